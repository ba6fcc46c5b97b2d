//! The member roster out: present members with their persons and the last change of each.

use super::columns::{self, OWN};
use crate::error::{Result, refused};
use crate::members::{ChangeKind, Member};
use crate::modules::Registry;
use crate::people::Person;
use crate::record::{Cell, Code, Row};
use crate::sheet::export::Outlet;
use crate::sheet::import::{Column, Parent};
use crate::store::{Db, list};

/// Sends out the members who have not left.
pub struct RosterOutlet {
    columns: Vec<Column>,
    sql: [String; 2],
}

impl RosterOutlet {
    /// Makes ready to send rosters out; refuses an app without people.
    pub fn new(registry: &Registry) -> Result<Self> {
        let Some(entry) = registry.entry(Person::NAME) else { return refused("本程序没有人员模块。", "") };
        let columns = columns::all(&Parent::new(*entry, 1, None));
        Ok(Self { columns, sql: [select("member m"), select("temp.sub s CROSS JOIN member m ON m.unit = s.id")] })
    }
}

/// Reads members in the order of their unions and names; the last change is found by the ledger's own index.
fn select(from: &str) -> String {
    let person: String = Person::table().fields.iter().map(|field| format!("p.{}, ", field.name)).collect();
    let own: String = OWN.iter().map(|name| format!("m.{name}, ")).collect();
    format!(
        "SELECT m.id, {person}{own}u.name, c.kind, c.day, c.reason, c.other FROM {from} JOIN person p ON p.id = m.person \
         JOIN unit u ON u.id = m.unit \
         LEFT JOIN change c ON c.id = (SELECT l.id FROM change l WHERE l.member = m.id ORDER BY l.day DESC, l.id DESC LIMIT 1) \
         WHERE m.state <> 3 ORDER BY m.unit, m._pinyin, m.id"
    )
}

impl Outlet for RosterOutlet {
    fn columns(&self) -> Vec<Column> {
        self.columns.clone()
    }

    fn rows(&self, db: &Db<'_>, unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        if let Some(unit) = unit {
            list::within(db, Member::table(), unit)?;
        }
        let [all, within] = &self.sql;
        let mut statement = db.connection().prepare(if unit.is_some() { within } else { all })?;
        let mut rows = statement.query([])?;
        let mut cells = vec![Cell::Null; self.columns.len()];
        let kind = self.columns.iter().rposition(|column| column.name == "change_kind").unwrap_or(0);
        let joined = self.columns.iter().rposition(|column| column.name == "joined").unwrap_or(0);
        while let Some(row) = rows.next()? {
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = row.get(at)?;
            }
            as_joined(&mut cells, kind, joined);
            each(&cells)?;
        }
        Ok(())
    }
}

/// The form knows no 建账 and no 恢复: such a member is one who joined, on the day of joining where it is known.
fn as_joined(cells: &mut [Cell], kind: usize, joined: usize) {
    let plain = [ChangeKind::Opening, ChangeKind::Resumed].map(Code::code);
    if !cells.get(kind).and_then(Cell::int).is_some_and(|code| plain.contains(&code)) {
        return;
    }
    let day = cells.get(joined).filter(|day| !day.is_null()).cloned();
    if let Some(place) = cells.get_mut(kind) {
        *place = Cell::Int(ChangeKind::Joined.code());
    }
    if let (Some(day), Some(place)) = (day, cells.get_mut(kind + 1)) {
        *place = day;
    }
}
