//! What came in: each file that was received, what it was taken for, and what became of it (收件).

use serde::{Deserialize, Serialize};

use super::Return;
use super::statement::Note;
use crate::error::Result;
use crate::record::{Code, Entered, Id, Record, Wire, mask_numbers};
use crate::report::task::{Value, Values};
use crate::report::workbook::{Changed, Understood, Unread};
use crate::store::Db;
use crate::units::Unit;

/// 收件走到了哪一步。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum DeliveryState {
    /// 可接收：封条完好，内容对得上。
    #[code(1, "可接收", "待接收")]
    Clean,
    /// 待核对：普通表格，先看一看认得对不对。
    #[code(2, "待核对", "待看")]
    ToLook,
    /// 隔离：有问题，不能接收。
    #[code(3, "隔离", "有问题")]
    Quarantined,
    /// 已接收。
    #[code(4, "已接收", "已收下")]
    Taken,
    /// 已退回。
    #[code(5, "已退回", "退回")]
    Returned,
    /// 不用处理：重复，或已有更新的版本。
    #[code(6, "不用处理", "重复")]
    PassedOver,
}

/// 收到的一份文件。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "delivery", label = "收件", order = "entered", unit = "unit", kept = "*")]
pub struct Delivery {
    /// The id.
    pub id: Id<Delivery>,
    /// 文件名。
    #[field(label = "文件名", max = 300, listed)]
    pub file: String,
    /// 文件内容的校验值。
    #[field(label = "校验值", max = 64)]
    pub digest: String,
    /// 走到了哪一步。
    #[field(label = "收件状态", listed, filter)]
    pub state: DeliveryState,
    /// 认出的报送单位。
    #[field(label = "报送单位", listed)]
    pub unit: Option<Id<Unit>>,
    /// 文件里写的报送单位。
    #[field(label = "文件所写单位", max = 130, listed)]
    pub sender: Option<String>,
    /// 任务代号。
    #[field(label = "任务代号", max = 60, filter)]
    pub code: Option<String>,
    /// 期间。
    #[field(label = "报告期", max = 10, listed, filter)]
    pub period: Option<String>,
    /// 第几版。
    #[field(label = "版本", listed)]
    pub no: Option<i64>,
    /// 是否过了期限才收到。
    #[field(label = "逾期", listed, filter)]
    pub late: bool,
    /// 为什么隔离，有什么要注意的。
    #[field(label = "说明", max = 4000, listed)]
    pub notes: Option<String>,
    /// 认出的内容。
    #[field(label = "内容", max = 16000000)]
    pub content: Option<String>,
    /// 接收后成了哪份报表。
    #[field(label = "报表")]
    pub took: Option<Id<Return>>,
    /// The moment of entry.
    #[field(label = "收到时间", listed)]
    pub entered: Entered,
}

/// What a received file says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Parcel {
    /// The values.
    pub values: Values,
    /// Explanations that came with it.
    pub notes: Vec<Note>,
    /// The task's version.
    pub version: u32,
    /// The digest of the manifest, where there is one; receipts name it.
    pub manifest: Option<String>,
    /// Why it replaces an earlier version.
    pub reason: Option<String>,
    /// Whether a seal vouches for it.
    pub sealed: bool,
    /// What was told of it when it came.
    pub told: Option<Box<Delivered>>,
}

/// What a file was taken for, as it is shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, Wire)]
pub struct Delivered {
    /// The delivery.
    pub id: Option<Id<Delivery>>,
    /// The file's name.
    pub file: String,
    /// What became of it, its word.
    pub state: String,
    /// The same in the words offices use.
    pub state_label: String,
    /// The union that it is from, as the file says.
    pub sender: String,
    /// The task's title.
    pub title: String,
    /// The period's key.
    pub period: String,
    /// The version.
    pub no: i64,
    /// Whether it came after the day on which it was due.
    pub late: bool,
    /// Why it is kept apart, and what is to be noticed.
    pub notes: Vec<String>,
    /// Cells that were changed after sealing.
    pub changed: Vec<Changed>,
    /// What a plain workbook was understood to say.
    pub understood: Vec<Understood>,
    /// What of it could not be taken.
    pub unread: Vec<Unread>,
    /// Where it differs from the last version from the same union: the address, what it said, what it says.
    pub compared: Vec<Compared>,
}

/// A value that differs from the last version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Compared {
    /// The address.
    pub at: String,
    /// What it is called.
    pub label: String,
    /// What the last version says.
    pub before: String,
    /// What this one says.
    pub now: String,
}

/// Which delivery.
#[derive(Debug, Clone, Copy, Deserialize, Wire)]
pub struct DeliveryOf {
    /// The delivery.
    pub id: Id<Delivery>,
}

/// Tells a delivery once more: what it was taken for when it came, and how it stands now. People's numbers are masked.
pub fn delivery(db: &Db<'_>, ask: &DeliveryOf) -> Result<Delivered> {
    let delivery = db.get(ask.id)?;
    let parcel: Option<Parcel> = delivery.content.as_deref().and_then(|content| serde_json::from_str(content).ok());
    let told = parcel.and_then(|parcel| parcel.told).map(|told| *told).unwrap_or_default();
    Ok(Delivered {
        id: Some(delivery.id),
        file: delivery.file,
        state: delivery.state.word().to_owned(),
        state_label: delivery.state.label().to_owned(),
        sender: delivery.sender.unwrap_or_default(),
        period: delivery.period.unwrap_or_default(),
        no: delivery.no.unwrap_or_default(),
        late: delivery.late,
        notes: delivery.notes.iter().flat_map(|notes| notes.lines()).map(str::to_owned).collect(),
        ..told
    }
    .masked())
}

impl Delivered {
    /// The same with people's numbers masked: the file itself has them.
    fn masked(mut self) -> Self {
        let hide = |text: &mut String| *text = mask_numbers(text);
        self.notes.iter_mut().for_each(hide);
        self.changed.iter_mut().flat_map(|one| [&mut one.sealed, &mut one.found]).for_each(hide);
        self.unread.iter_mut().flat_map(|one| [&mut one.text, &mut one.what, &mut one.hint]).for_each(hide);
        self.compared.iter_mut().flat_map(|one| [&mut one.before, &mut one.now]).for_each(hide);
        for one in &mut self.understood {
            hide(&mut one.text);
            if let Value::Text(text) = &mut one.value {
                hide(text);
            }
        }
        self
    }
}
