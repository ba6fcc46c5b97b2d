//! Which indicators stand in which column of which sheet.

use super::book::Column;
use super::numbers::Numbers;
use crate::report::{Indicator, Part};

/// A sheet as it is meant to be.
pub struct Plan {
    /// Its name on the tab.
    pub name: &'static str,
    /// Its columns from left to right.
    pub blocks: &'static [Block],
}

/// Columns under one heading.
pub enum Block {
    /// A heading with its columns.
    One(&'static str, &'static [Want]),
    /// For each part of the first indicator's split that occurs: a heading with the part's name, and a column for each indicator.
    Each(&'static str, &'static [&'static str]),
}

/// A column, or several.
pub enum Want {
    /// An indicator under its own name.
    Whole(&'static str),
    /// An indicator under another name.
    As(&'static str, &'static str),
    /// An indicator that others of the sheet come to in every row: names to add, names to take away.
    Balance(&'static str, &'static [&'static str], &'static [&'static str]),
    /// The parts of an indicator's split; all of the list, or those that occur.
    Parts(&'static str, &'static str, bool),
}

use Block::{Each, One};
use Want::{As, Balance, Parts, Whole};

/// The sheets of the workbook.
pub const SHEETS: &[Plan] = &[
    Plan {
        name: "组织和会员",
        blocks: &[
            One(
                "会员变动",
                &[
                    Whole("members.opening"),
                    Whole("members.opened"),
                    Whole("members.joined"),
                    Whole("members.transferred_in"),
                    Whole("members.transferred_out"),
                    Whole("members.left"),
                    Whole("members.expelled"),
                    Balance(
                        "members.closing",
                        &["members.opening", "members.joined", "members.transferred_in"],
                        &["members.transferred_out", "members.left", "members.expelled"],
                    ),
                ],
            ),
            One("期末会员其中", &[Whole("members.women"), Whole("members.migrants"), Whole("members.retained")]),
            One(
                "期末会员中的新就业形态劳动者",
                &[
                    As("members.new_employment", "合计"),
                    Parts("members.new_employment", "new_employment", true),
                    As("members.new_employment_joined", "本期入会"),
                ],
            ),
            One("工会组织", &[As("units.open", "期末数"), As("units.founded", "本期新建"), As("units.closed", "本期撤销")]),
            One("期末工会按层级", &[Parts("units.open", "level", false)]),
            One("期末工会按类型", &[Parts("units.open", "kind", false)]),
            One("职工和会费", &[Whole("units.staff"), Whole("members.dues")]),
        ],
    },
    Plan {
        name: "志愿服务",
        blocks: &[
            One("志愿服务队", &[As("volunteers.teams", "期末数"), Parts("volunteers.teams", "level", false)]),
            One("注册志愿者", &[As("volunteers.registered", "期末数"), Whole("volunteers.members"), Whole("volunteers.newly_registered")]),
            One(
                "志愿服务活动",
                &[
                    As("volunteers.activities", "场次"),
                    Whole("volunteers.times"),
                    Whole("volunteers.active"),
                    Whole("volunteers.minutes"),
                    Whole("volunteers.served"),
                ],
            ),
            Each("area", &["volunteers.activities", "volunteers.times", "volunteers.minutes", "volunteers.served"]),
        ],
    },
    Plan {
        name: "服务站点",
        blocks: &[
            One("期末开放站点", &[As("stations.open", "合计"), Parts("stations.open", "kind", false)]),
            One("按开放类型", &[Parts("stations.open", "opening", true)]),
            One("服务人次", &[As("stations.visits", "合计"), Parts("stations.visits", "visitor", false)]),
            One("站点活动", &[As("activities.at_stations", "场次")]),
        ],
    },
    Plan {
        name: "活动",
        blocks: &[
            One("合计", &[Whole("activities.held"), Whole("activities.persons"), Whole("activities.times"), Whole("activities.cost")]),
            Each("kind", &["activities.held", "activities.persons", "activities.times", "activities.cost"]),
        ],
    },
];

/// The numbers that the cover shows: a sheet's name and an indicator.
pub const COVER: &[(&str, &str)] = &[
    ("组织和会员", "units.open"),
    ("组织和会员", "members.closing"),
    ("组织和会员", "members.joined"),
    ("组织和会员", "members.new_employment"),
    ("志愿服务", "volunteers.registered"),
    ("志愿服务", "volunteers.minutes"),
    ("服务站点", "stations.open"),
    ("服务站点", "stations.visits"),
    ("活动", "activities.held"),
    ("活动", "activities.times"),
];

/// Makes a plan's columns for the union at a place: of parts that are not asked for whole, those that occur there.
pub fn columns(plan: &Plan, numbers: &Numbers, place: u32) -> Vec<Column> {
    let chosen = Chosen { numbers, place };
    let mut columns: Vec<Column> = plan.blocks.iter().flat_map(|block| chosen.block(block)).collect();
    across(plan, &mut columns);
    columns
}

struct Chosen<'n> {
    numbers: &'n Numbers,
    place: u32,
}

impl Chosen<'_> {
    fn block(&self, block: &Block) -> Vec<Column> {
        match block {
            One(heading, wants) => wants.iter().flat_map(|want| self.want(heading, want)).collect(),
            Each(split, codes) => {
                let occurring = |part: &Part| codes.iter().any(|code| self.occurs(code, split, part));
                let parts = codes.first().map(|code| self.parts(code, split)).unwrap_or_default();
                let each =
                    |part: Part| codes.iter().filter_map(move |code| self.part(&part.label, code, split, &part, None)).collect::<Vec<_>>();
                parts.into_iter().filter(occurring).flat_map(each).collect()
            }
        }
    }

    fn want(&self, heading: &str, want: &Want) -> Vec<Column> {
        match want {
            Whole(code) | Balance(code, ..) => self.whole(heading, code, None).into_iter().collect(),
            As(code, label) => self.whole(heading, code, Some(label)).into_iter().collect(),
            Parts(code, split, all) => {
                let parts = self.parts(code, split).into_iter();
                let wanted = parts.filter(|part| *all && !part.code.is_empty() || self.occurs(code, split, part));
                wanted.filter_map(|part| self.part(heading, code, split, &part, Some(&part.label))).collect()
            }
        }
    }

    fn whole(&self, heading: &str, code: &str, label: Option<&str>) -> Option<Column> {
        let (family, figures) = self.numbers.family(code)?;
        let indicator = figures.layout.indicator(code)?;
        Some(column(heading, label, indicator, None, (family, figures.layout.cells(code).whole)))
    }

    fn part(&self, heading: &str, code: &str, split: &'static str, part: &Part, label: Option<&str>) -> Option<Column> {
        let (family, figures) = self.numbers.family(code)?;
        let slot = figures.layout.cells(code).part(split, &part.code)?;
        Some(column(heading, label, figures.layout.indicator(code)?, Some((split, part.code.clone())), (family, slot)))
    }

    fn parts(&self, code: &str, split: &str) -> Vec<Part> {
        let Some((_, figures)) = self.numbers.family(code) else { return Vec::new() };
        let cells = figures.layout.cells(code);
        cells.splits.iter().find(|(_, parts)| parts.key == split).map(|(_, parts)| parts.all().to_vec()).unwrap_or_default()
    }

    fn occurs(&self, code: &str, split: &str, part: &Part) -> bool {
        let found = self.numbers.family(code).and_then(|(_, figures)| Some((figures, figures.layout.cells(code).part(split, &part.code)?)));
        found.is_some_and(|(figures, slot)| figures.total(self.place, slot) != 0)
    }
}

fn column(
    heading: &str,
    label: Option<&str>,
    indicator: &'static Indicator,
    part: Option<(&'static str, String)>,
    slot: (usize, usize),
) -> Column {
    Column {
        heading: heading.to_owned(),
        label: label.unwrap_or(indicator.label).to_owned(),
        code: indicator.code,
        part,
        measure: indicator.measure,
        additive: indicator.additive,
        across: Vec::new(),
        slot,
    }
}

/// Says of each column which others it is the sum of in every row.
fn across(plan: &Plan, columns: &mut [Column]) {
    let whole = |code: &str| columns.iter().position(|column| column.code == code && column.part.is_none());
    let mut sums: Vec<(usize, Vec<(i64, usize)>)> = Vec::new();
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| column.part.is_none() && column.additive) {
        let parts = |split| {
            move |(_, other): &(usize, &Column)| other.code == column.code && other.part.as_ref().is_some_and(|part| part.0 == split)
        };
        let split = columns.iter().find_map(|other| other.part.as_ref().filter(|_| other.code == column.code).map(|part| part.0));
        let of_parts = split.map(|split| columns.iter().enumerate().filter(parts(split)).map(|(other, _)| (1, other)).collect());
        let of_others = balance(plan, column.code).map(|(add, take)| {
            let signed = |sign| move |code: &&'static str| Some((sign, *code));
            let all = add.iter().filter_map(signed(1)).chain(take.iter().filter_map(signed(-1)));
            all.filter_map(|(sign, code)| whole(code).map(|other| (sign, other))).collect()
        });
        sums.extend(of_others.or(of_parts).map(|sum| (at, sum)));
    }
    for (at, sum) in sums {
        columns.get_mut(at).into_iter().for_each(|column| column.across.clone_from(&sum));
    }
}

type Balanced = (&'static [&'static str], &'static [&'static str]);

fn balance(plan: &Plan, code: &str) -> Option<Balanced> {
    let wants = plan.blocks.iter().flat_map(|block| if let One(_, wants) = block { *wants } else { &[] });
    wants
        .filter_map(|want| if let Balance(of, add, take) = want { Some((*of, (*add, *take))) } else { None })
        .find(|(of, _)| *of == code)
        .map(|(_, balance)| balance)
}
