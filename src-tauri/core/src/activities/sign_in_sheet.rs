//! The sign-in sheet of an activity (签到表), on paper: the names of its list, or empty lines.

use std::path::PathBuf;

use serde::Deserialize;

use super::Activity;
use crate::calendar::chinese_day;
use crate::disclosure::{self, DisclosureKind, Given};
use crate::error::{Result, refused};
use crate::paper::{Align, Column, Face, Fonts, OnPaper, Paper, Setup, Style, Table, mm};
use crate::record::{Id, Wire};
use crate::sheet::write::Target;
use crate::store::{Db, Store};

/// A sign-in sheet to write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
pub struct SignInSheet {
    /// The activity.
    pub activity: Id<Activity>,
    /// Whether the names of its list stand on it.
    pub named: bool,
    /// How many empty lines follow, at most 200.
    pub blanks: usize,
    /// Where the PDF goes; an older file of the name is replaced.
    pub path: PathBuf,
}

const MOST: usize = 200;

/// Writes an activity's sign-in sheet as a PDF, and into the disclosure log where names stand on it. Refuses more empty lines than 200,
/// and a computer without a Chinese font.
pub fn sign_in_sheet(store: &Store, ask: &SignInSheet) -> Result<OnPaper> {
    if ask.blanks > MOST {
        return refused(format!("空行填了 {} 行，太多了，没有写出文件。", ask.blanks), format!("请填 0 到 {MOST} 行。"));
    }
    let mut paper = Paper::new(Fonts::of_system()?);
    paper.mark(disclosure::mark(store));
    let (title, named) = store.read(|db| written(db, &mut paper, ask))?;
    let given = Given { kind: DisclosureKind::Printed, of: &title, columns: &["姓名", "单位"], many: named, path: &ask.path };
    let note = |file: &mut Target| if named > 0 { disclosure::note(store, &given, file) } else { Ok(()) };
    paper.place_noted(&ask.path, &title, store.now(), note)
}

/// Writes the sheet; gives its title, and how many names stand on it.
fn written(db: &Db<'_>, paper: &mut Paper, ask: &SignInSheet) -> Result<(String, u64)> {
    let activity = db.get(ask.activity)?;
    let mut people = if ask.named { listed(db, ask.activity)? } else { Vec::new() };
    let named = people.len() as u64;
    let blanks = if people.is_empty() { ask.blanks.max(1) } else { ask.blanks };
    people.extend(std::iter::repeat_n((String::new(), String::new()), blanks));
    let title = format!("{} 签到表", activity.title);
    paper.part(Setup::A4, format!("{title}（续）"));
    head(db, paper, &activity)?;
    paper.table(&table(&activity, people))?;
    paper.space(mm(2.0));
    paper.write(foot(&activity), &Style::new(Face::Song, 10.0))?;
    Ok((title, named))
}

/// The names of an activity's list and the unions that they are members of.
fn listed(db: &Db<'_>, activity: Id<Activity>) -> Result<Vec<(String, String)>> {
    let sql = "SELECT p.name, coalesce((SELECT u.name FROM member m JOIN unit u ON u.id = m.unit WHERE m.person = p.id), '') \
               FROM participation t JOIN person p ON p.id = t.person WHERE t.activity = ?1 ORDER BY p._pinyin, p.id";
    db.rows(sql, [activity.get()], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn head(db: &Db<'_>, paper: &mut Paper, activity: &Activity) -> Result<()> {
    let title = |size, spread| Style { spread, leading: 1.4, ..Style::new(Face::Hei, size).at(Align::Middle) };
    paper.write(&activity.title, &title(16.0, 0.0))?;
    paper.write("签到表", &title(20.0, 0.3))?;
    paper.space(mm(3.0));
    let unit = db.get(activity.unit)?.name;
    let station = activity.station.map(|station| db.get(station)).transpose()?.map(|station| station.name);
    let place = activity.place.clone().or(station).unwrap_or_default();
    let leader = activity.leader.as_deref().unwrap_or_default();
    let facts = Style { leading: 1.4, ..Style::new(Face::Song, 10.5) };
    paper.write_beside(&[&format!("主办工会：{unit}"), &format!("时间：{}", when(activity))], &facts)?;
    paper.write_beside(&[&format!("地点：{place}"), &format!("负责人：{leader}")], &facts)?;
    paper.space(mm(2.0));
    Ok(())
}

fn when(activity: &Activity) -> String {
    let day = activity.day.or(activity.planned).map(chinese_day);
    let hours: Vec<&str> = [&activity.begins, &activity.ends].into_iter().flatten().map(String::as_str).collect();
    let parts = day.into_iter().chain((!hours.is_empty()).then(|| hours.join("—")));
    parts.collect::<Vec<_>>().join(" ")
}

fn table(activity: &Activity, people: Vec<(String, String)>) -> Table {
    let phone = Column::fixed("联系电话", 28.0);
    let mut columns = vec![Column::fixed("序号", 12.0), Column::fixed("姓名", 26.0), Column::open("单位"), phone];
    if activity.area.is_some() {
        columns.extend([Column::fixed("签到时间", 19.0), Column::fixed("签退时间", 19.0)]);
    }
    columns.push(Column::fixed("签名", 28.0));
    let empty = columns.len() - 3;
    let row = |(at, (name, unit)): (usize, (String, String))| {
        let words = [(at + 1).to_string(), name, unit].into_iter();
        words.chain(std::iter::repeat_n(String::new(), empty)).collect()
    };
    Table { rows: people.into_iter().enumerate().map(row).collect(), columns, size: 10.5, least: mm(8.5) }
}

fn foot(activity: &Activity) -> &'static str {
    if activity.area.is_some() {
        "签到、签退时间据实填写，作为登记志愿服务时长的依据；时长不含路途。"
    } else {
        "请本人签名。"
    }
}
