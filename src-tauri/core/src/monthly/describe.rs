//! The library of indicators, for those who make a task or ask what a number means.

use serde::Serialize;

use super::numbers::catalogue;
use crate::api::Nothing;
use crate::error::Result;
use crate::record::Wire;
use crate::report::{Indicator, Kind, Measure, Parts, Split};
use crate::store::Db;

/// An indicator as it is chosen.
#[derive(Debug, Serialize, Wire)]
pub struct IndicatorLine {
    /// Its code: `members.joined`.
    pub code: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it is counted in.
    pub measure: Measure,
    /// The word for that: 人, 人次.
    pub measure_label: &'static str,
    /// The time that it speaks of: 时点, 期间, 累计.
    pub kind_label: &'static str,
    /// What is counted and what is not (口径).
    pub definition: &'static str,
    /// Whether parts of the tree add up; distinct people do not (去重).
    pub additive: bool,
    /// What it can be split by.
    pub splits: Vec<SplitLine>,
}

/// A split as it is chosen.
#[derive(Debug, Serialize, Wire)]
pub struct SplitLine {
    /// Its key: `new_employment`.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// Its parts, each with its code and name; the last, without a code, holds what is in none.
    pub parts: Vec<(String, String)>,
}

/// Lists every indicator of every noun.
pub fn indicators(_: &Db<'_>, _: &Nothing) -> Result<Vec<IndicatorLine>> {
    Ok(catalogue().iter().flat_map(|family| family.indicators).map(line).collect())
}

fn line(indicator: &'static Indicator) -> IndicatorLine {
    let Indicator { code, label, measure, kind, definition, additive, splits, .. } = *indicator;
    let kind: Kind = kind;
    let splits = splits.iter().map(split).collect();
    IndicatorLine { code, label, measure, measure_label: measure.label(), kind_label: kind.label(), definition, additive, splits }
}

fn split(split: &'static Split) -> SplitLine {
    let parts = Parts::of(split).all().iter().map(|part| (part.code.clone(), part.label.clone())).collect();
    SplitLine { key: split.key, label: split.label, parts }
}
