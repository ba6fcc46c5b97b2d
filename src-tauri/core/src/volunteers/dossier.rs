//! What stands in a volunteer's dossier beside the hours: training, honours, evaluations.

use chrono::NaiveDate;

use super::Volunteer;
use crate::error::Faults;
use crate::record::{Code, Entered, Id, Minutes, Record};
use crate::store::Db;

/// 志愿服务条例第十九条所列五类信息里，基本信息和服务情况以外的三类。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum DossierKind {
    /// 培训
    #[code(1, "培训", "培训情况")]
    Training,
    /// 表彰奖励
    #[code(2, "表彰奖励", "表彰|奖励|表彰奖励情况")]
    Honour,
    /// 评价
    #[code(3, "评价", "评价情况|服务评价")]
    Evaluation,
}

/// 志愿者的培训、表彰奖励和评价记录，须真实、准确、完整（《志愿服务条例》第十九条，民政部令第67号）。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "dossier", label = "志愿者档案", order = "day", check = check)]
pub struct Dossier {
    /// The id.
    pub id: Id<Dossier>,
    /// 哪名志愿者。
    #[field(label = "志愿者", listed)]
    pub volunteer: Id<Volunteer>,
    /// 培训、表彰奖励或评价。
    #[field(label = "类别", listed, filter)]
    pub kind: DossierKind,
    /// 哪一天。
    #[field(label = "日期", listed)]
    pub day: NaiveDate,
    /// 培训的主题、荣誉的名称或评价的结论。
    #[field(label = "名称", max = 100, listed)]
    pub title: String,
    /// 培训、授予或作出评价的单位。
    #[field(label = "单位", max = 100, listed)]
    pub issuer: Option<String>,
    /// 培训的时长；不计入志愿服务时长。
    #[field(label = "培训时长（小时）", listed)]
    pub minutes: Option<Minutes>,
    /// 内容、证书编号等。
    #[field(label = "内容", max = 500)]
    pub content: Option<String>,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}

/// Refuses a day ahead, and a length that is none or of what is no training.
fn check(entry: &Dossier, db: &Db<'_>, faults: &mut Faults) {
    if entry.day > db.now().today {
        faults.error("day", "日期", "在今天之后", "请核对日期");
    }
    let Some(Minutes(minutes)) = entry.minutes else { return };
    if minutes <= 0 {
        faults.error("minutes", "培训时长（小时）", "时长应大于零", "没有时长的不用填");
    }
    if entry.kind != DossierKind::Training {
        faults.error("minutes", "培训时长（小时）", format!("{}没有时长", entry.kind.label()), "请清空时长，或把类别改为“培训”");
    }
}
