//! A return (报表): one task, one union, one period, one version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::TaskFile;
use crate::error::{Error, Refusal, Result};
use crate::record::{Code, Entered, Id, Record, Wire};
use crate::report::task::{Task, Value, Values};
use crate::store::Db;
use crate::units::Unit;

/// 报表走到了哪一步。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
pub enum ReturnState {
    /// 草稿：可以重新运算、填写。
    #[code(1, "草稿", "编制中")]
    Draft,
    /// 已审核：没有强制错误，该说明的已说明。
    #[code(2, "已审核", "审核通过")]
    Audited,
    /// 已上报：封存，不再改变。
    #[code(3, "已上报", "已封存")]
    Sent,
    /// 已接收：上级收下了。
    #[code(4, "已接收", "已收下")]
    Accepted,
    /// 退回：上级退回，要更正后重报。
    #[code(5, "退回", "已退回")]
    Refused,
    /// 已更正：有更新的版本。
    #[code(6, "已被更正", "作废")]
    Superseded,
}

/// 报表的数从哪里来。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum Basis {
    /// 由本台账的记录运算。
    #[code(1, "台账运算", "运算")]
    Records,
    /// 由下级的报表汇总。
    #[code(2, "下级汇总", "汇总")]
    Returns,
    /// 收到的上报文件。
    #[code(3, "上报文件", "装入")]
    Sealed,
    /// 收到的普通表格，按版式认出。
    #[code(4, "普通表格", "手工表")]
    Plain,
}

/// 一个工会、一个期间、一个任务的一版报表。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "return", label = "报表", order = "until, code, unit, no", key = "unit, code, period, no", unit = "unit", kept = "*")]
pub struct Return {
    /// The id.
    pub id: Id<Return>,
    /// 哪个工会的。
    #[field(label = "报送单位", listed)]
    pub unit: Id<Unit>,
    /// 哪个任务的哪一版。
    #[field(label = "报表任务", listed)]
    pub task: Id<TaskFile>,
    /// 任务代号；各版本相同。
    #[field(label = "任务代号", max = 60, filter)]
    pub code: String,
    /// 期间：2026-10、2026-Q3、2026-H1、2026、2026-U。
    #[field(label = "报告期", max = 10, listed, filter)]
    pub period: String,
    /// 期间的最后一天。
    #[field(label = "截止日期", listed, filter)]
    pub until: NaiveDate,
    /// 第几版；更正后是新的一版。
    #[field(label = "版本", listed)]
    pub no: i64,
    /// 走到了哪一步。
    #[field(label = "报表状态", listed, filter)]
    pub state: ReturnState,
    /// 数从哪里来。
    #[field(label = "数据来源", listed, filter)]
    pub basis: Basis,
    /// 最迟哪一天报。
    #[field(label = "报送期限", listed, filter)]
    pub due: NaiveDate,
    /// 哪一天报的。
    #[field(label = "上报日期", listed)]
    pub sent: Option<NaiveDate>,
    /// 为什么更正，或为什么被退回。
    #[field(label = "更正或退回原因", max = 1000, listed)]
    pub reason: Option<String>,
    /// 全部内容：数、手填标记、说明、来源。
    #[field(label = "内容", max = 16000000)]
    pub content: String,
    /// 上报文件内容的校验值。
    #[field(label = "校验值", max = 64)]
    pub digest: Option<String>,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}

/// What a return says, and how it came to say it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Wire)]
#[serde(default)]
#[serde(rename = "ReturnContent")]
pub struct Content {
    /// The values.
    pub values: Values,
    /// What was typed over, by address (`会员!C6`, `分单位!000102!C` in a block), with the value that was computed.
    pub typed: BTreeMap<String, Value>,
    /// Explanations of checks that do not hold.
    pub notes: Vec<Note>,
    /// What the union's own level came to, where the return sums others.
    pub own: Option<Values>,
    /// The returns that it sums.
    pub parts: Vec<Part>,
    /// What was added by hand to a sum, by address.
    pub adjusted: BTreeMap<String, Adjustment>,
    /// What was entered late for other periods and counts here, by address and period, where the task has it so; under the return's own
    /// period, what a later one has taken along.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub late: BTreeMap<String, BTreeMap<String, i64>>,
    /// Who signs.
    pub signers: Signers,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// When it was sealed, in unix seconds.
    pub sealed: Option<i64>,
}

/// An explanation of a check that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename = "ReturnNote")]
pub struct Note {
    /// The check's word.
    pub check: String,
    /// The row's place in the block from 0, where the check is asked for every row.
    pub line: Option<usize>,
    /// What somebody says about it.
    pub text: String,
    /// Who.
    pub by: String,
}

/// A return that another one sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename = "ReturnPart")]
pub struct Part {
    /// The return.
    pub id: Id<Return>,
    /// The union.
    pub unit: Id<Unit>,
    /// Its version.
    pub no: i64,
}

/// A difference that the summing union adds (差额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Adjustment {
    /// How much, in the kind's smallest part.
    pub by: i64,
    /// Why.
    pub why: String,
}

/// Who signs a return.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(default)]
pub struct Signers {
    /// 单位负责人.
    pub head: String,
    /// 审核人.
    pub auditor: String,
    /// 填表人.
    pub clerk: String,
}

/// A file that goes with a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: String,
    /// How many bytes it has.
    pub size: u64,
}

impl ReturnState {
    /// Whether what it says stays.
    pub fn is_frozen(self) -> bool {
        self >= Self::Sent
    }

    /// Whether others may count on it: sent by this office or accepted from another.
    pub fn counts(self) -> bool {
        matches!(self, Self::Sent | Self::Accepted)
    }
}

impl Return {
    /// Reads what it says.
    pub fn content(&self) -> Result<Content> {
        let damaged = |_| Error::Damaged(Refusal::new("一份报表的内容读不出来。", "请用“检查”查看台账，必要时从备份恢复。"));
        serde_json::from_str(&self.content).map_err(damaged)
    }

    /// The task that it was made by.
    pub fn package(&self, db: &Db<'_>) -> Result<Task> {
        Task::read(&db.get(self.task)?.package)
    }
}

impl Content {
    /// As it is stored.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same, where it is needed no more: a sum of very many rows does not lie in memory twice.
    pub fn into_text(self) -> String {
        self.write()
    }
}
