//! What there is to hand over, line by line.

use chrono::Datelike;
use serde::Serialize;

use crate::api::Nothing;
use crate::calendar::chinese_day;
use crate::error::Result;
use crate::home;
use crate::record::{Code, Wire};
use crate::returns::{DeliveryState, ReturnState, Signing, signing};
use crate::store::{Account, Db, Now, Role, key_state};

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum HandoverPart {
    /// What the file holds.
    Data,
    /// Work that is begun or due.
    Open,
    /// Who may open it, and with what.
    Keys,
}

impl HandoverPart {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Data => "台账资料",
            Self::Open => "没有办完的事",
            Self::Keys => "账号与钥匙",
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct HandoverLine {
    /// Its part.
    pub part: HandoverPart,
    /// What it is about.
    pub what: String,
    /// How it stands: a number with its measure, or words.
    pub state: String,
    /// What is to be done before the handover is done; nothing where all is well.
    pub to_do: Option<String>,
}

impl HandoverLine {
    fn new(part: HandoverPart, what: impl Into<String>, state: impl Into<String>) -> Self {
        Self { part, what: what.into(), state: state.into(), to_do: None }
    }

    fn asks(self, to_do: impl Into<String>) -> Self {
        Self { to_do: Some(to_do.into()), ..self }
    }
}

/// Lists what is handed over, what is open, and who may open the file.
pub fn list(db: &Db<'_>, _: &Nothing) -> Result<Vec<HandoverLine>> {
    Ok([data(db)?, returns(db)?, begun(db)?, accounts(db)?, keys(db)?].concat())
}

/// How many rows each table has, ledgers that acts write and links among them.
fn data(db: &Db<'_>) -> Result<Vec<HandoverLine>> {
    let mut lines = Vec::new();
    for table in db.registry().tables().filter(|table| !table.view) {
        let rows: i64 = db.one(&format!("SELECT count(*) FROM {}", table.name), [])?.unwrap_or(0);
        if rows > 0 {
            lines.push(HandoverLine::new(HandoverPart::Data, table.label, format!("{rows} 条")));
        }
    }
    let sql = "SELECT count(*) FROM step WHERE log = 0";
    lines.push(HandoverLine::new(HandoverPart::Data, "操作记录", format!("{} 步", db.one::<i64>(sql, [])?.unwrap_or(0))));
    Ok(lines)
}

/// The returns and what came from below, by how they stand.
fn returns(db: &Db<'_>) -> Result<Vec<HandoverLine>> {
    let own = [ReturnState::Draft, ReturnState::Audited, ReturnState::Refused];
    let below = [DeliveryState::Clean, DeliveryState::ToLook, DeliveryState::Quarantined];
    Ok([states(db, "return", "报表", &own)?, states(db, "delivery", "收件", &below)?].concat())
}

/// The rows of a record by their state; those in a state that asks for something are open.
fn states<S: Code + PartialEq>(db: &Db<'_>, record: &str, label: &str, open: &[S]) -> Result<Vec<HandoverLine>> {
    let sql = format!("SELECT state, count(*) FROM {record} GROUP BY state ORDER BY state");
    let found = db.rows(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    let line = |(code, rows): (i64, i64)| {
        let state = S::of(code)?;
        let part = if open.contains(&state) { HandoverPart::Open } else { HandoverPart::Data };
        Some(HandoverLine::new(part, format!("{label}：{}", state.label()), format!("{rows} 份")))
    };
    Ok(found.into_iter().filter_map(line).collect())
}

/// What the first page asks to be seen to.
fn begun(db: &Db<'_>) -> Result<Vec<HandoverLine>> {
    let (month, due) = home::due(db.now().today, home::DUE);
    let late = (db.now().today - due).num_days();
    let state =
        if late > 0 { format!("{}前报出，已过 {late} 天", chinese_day(due)) } else { format!("{}前报出", chinese_day(due)) };
    let monthly = HandoverLine::new(HandoverPart::Open, format!("{}年{}月月报", month.year(), month.month()), state);
    let items = home::items(db)?.into_iter().map(|item| HandoverLine::new(HandoverPart::Open, item.label, format!("{} 条", item.count)));
    Ok([monthly.asks("请核对有没有报出；没有的，先报出再交接。")].into_iter().chain(items).collect())
}

fn accounts(db: &Db<'_>) -> Result<Vec<HandoverLine>> {
    let live: Vec<Account> = db.select(" WHERE removed IS NULL ORDER BY since, id", [])?;
    let admins = live.iter().filter(|account| account.role == Role::Admin).count();
    let mut lines: Vec<HandoverLine> =
        live.iter().map(|account| HandoverLine::new(HandoverPart::Keys, format!("账号：{}", account.name), account.role.label())).collect();
    if admins < 2 {
        let line = HandoverLine::new(HandoverPart::Keys, "管理员", format!("{admins} 位"));
        lines.push(line.asks("请先给接手的人建一个“管理员”账号，交接完再停用移交人的。"));
    }
    Ok(lines)
}

/// When the file got its key, and whether somebody was removed since.
fn keys(db: &Db<'_>) -> Result<Vec<HandoverLine>> {
    let state = key_state(db)?;
    let day = state.renewed.map(|at| Now { at, today: db.now().today }.local().date());
    let removed = db.one::<Option<i64>>("SELECT max(at) FROM step WHERE name LIKE '停用账号：%'", [])?.flatten();
    let key =
        HandoverLine::new(HandoverPart::Keys, "台账钥匙", day.map_or_else(|| "建账时的".into(), |day| format!("{}更换", chinese_day(day))));
    let is_old = removed.is_some_and(|removed| state.renewed.is_none_or(|renewed| renewed < removed));
    let recovery = HandoverLine::new(HandoverPart::Keys, "恢复密钥", if state.is_noted { "纸质，封存移交" } else { "还没有收好" });
    let lines = [
        if is_old {
            key.asks("有账号停用以后还没有换过钥匙，请换一把新的，并收好新的恢复密钥。")
        } else {
            key
        },
        if state.is_noted { recovery } else { recovery.asks("请打印或抄下，封好。") },
    ];
    let seals = signing(db)?.into_iter().map(|signing| seal(&signing, removed));
    Ok(lines.into_iter().chain(seals).collect())
}

/// With which key a PC of the office seals, and whether somebody was removed since it was made.
fn seal(signing: &Signing, removed: Option<i64>) -> HandoverLine {
    let what = if signing.seat == 0 { "签名钥匙".into() } else { format!("签名钥匙（席位 {}）", signing.seat) };
    let line = HandoverLine::new(HandoverPart::Keys, what, format!("指纹 {}", signing.fingerprint));
    if removed.is_some_and(|removed| signing.made < removed) {
        line.asks("有账号停用以后还没有换过，请在“报表—通讯卡”里更换，再把新的通讯卡发给上级和下级。")
    } else {
        line
    }
}
