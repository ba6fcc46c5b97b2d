//! What is incomplete or late, each with the list that shows it.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::api::{self, Filter, List, RecordName};
use crate::error::Result;
use crate::record::{ERASED, Wire};
use crate::store::Db;
use crate::store::list::Op;

/// Something to see to.
#[derive(Debug, Serialize, Wire)]
pub struct Item {
    /// One word for it.
    pub key: &'static str,
    /// What it is.
    pub label: &'static str,
    /// How many rows.
    pub count: u64,
    /// What to do about them.
    pub hint: &'static str,
    /// The record whose list shows them.
    pub record: RecordName,
    /// The filters of that list.
    pub filters: Vec<Narrowing>,
}

/// One filter of a list that is shown.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Narrowing {
    /// The field.
    pub field: &'static str,
    /// How it is compared.
    pub op: Op,
    /// What it is compared with; nothing for `empty`.
    pub value: Json,
}

impl Narrowing {
    fn asked(&self) -> Filter {
        Filter { field: self.field.into(), op: self.op, value: self.value.clone() }
    }
}

/// Looks for all that is to be seen to.
pub fn items(db: &Db<'_>) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for look in looks(&db.now().today.to_string()) {
        let filters: Vec<Filter> = look.filters.iter().map(Narrowing::asked).collect();
        let query = List::whole(&look.record, None, None, &filters, &[]);
        let count = api::count(db, &query)?;
        items.extend((count > 0).then_some(Item { count, ..look }));
    }
    Ok(items)
}

fn looks(today: &str) -> Vec<Item> {
    let item = |key, label, hint, record: &str, filters| Item { key, label, count: 0, hint, record: RecordName(record.into()), filters };
    let overdue = vec![filter("state", Op::Is, json!("planned")), filter("planned", Op::Less, json!(today))];
    let mending =
        vec![filter("verdict", Op::Is, json!("to_mend")), filter("cleared", Op::Empty, Json::Null), filter("due", Op::Less, json!(today))];
    let unplaced = filter("longitude", Op::Empty, Json::Null);
    // Who was erased has none, and needs none.
    let unnumbered = vec![filter("id_number", Op::Empty, Json::Null), filter("name", Op::IsNot, json!(ERASED))];
    vec![
        item("overdue", "已过计划日期、还没登记举办的活动", "请登记举办，或取消", "activity", overdue),
        item("mending", "整改期限已过的站点检查", "请核对整改情况，合格的登记“整改合格”", "inspection", mending),
        item("unplaced", "还没有坐标的服务站点", "上级站点台账要求填写经纬度", "station", vec![unplaced]),
        item("unnumbered", "没有证件号码的人员", "没有证件号码无法查重，也不能上报名册", "person", unnumbered),
    ]
}

fn filter(field: &'static str, op: Op, value: Json) -> Narrowing {
    Narrowing { field, op, value }
}
