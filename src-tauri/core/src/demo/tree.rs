//! Planning the tree of unions: names, levels, openings, closings, moves.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::days;
use super::plots::{Kind, Plot, Plots, Trade};
use super::random::{Random, Shuffle, Stream};
use super::scale::Size;
use super::words::{EMPLOYERS, PLACES};
use crate::units::UnitLevel;

/// The lines of work that have unions of their own: new-employment group and name.
const LINES: [(&str, &str); 6] = [
    ("truck", "道路货运"),
    ("courier", "快递"),
    ("food", "网约送餐"),
    ("ride", "网约出行"),
    ("domestic", "家政服务"),
    ("guard", "保安服务"),
];

const LEVELS: [UnitLevel; 6] =
    [UnitLevel::Province, UnitLevel::City, UnitLevel::County, UnitLevel::Town, UnitLevel::Grassroots, UnitLevel::Branch];

/// Plans all unions. `book` is the day on which the books open, `end` the last day that anything happens.
pub fn plan(size: &Size, seed: u64, book: NaiveDate, end: NaiveDate) -> Option<Plots> {
    let mut planner = Planner {
        random: Random::new(seed, Stream::Units, 0),
        seed,
        trades: Trade::all(),
        names: HashSet::new(),
        plots: Vec::new(),
        counties: 0,
        leaves: 0,
        book,
        end,
    };
    let level = size.below.iter().position(|count| *count > 0).unwrap_or(4);
    planner.add(None, *LEVELS.get(level)?, 0, size.below);
    planner.settle(size.people);
    Plots::new(planner.plots, size.people)
}

struct Planner {
    random: Random,
    seed: u64,
    trades: Vec<(u32, Trade)>,
    names: HashSet<String>,
    plots: Vec<Plot>,
    /// How many counties have a name already.
    counties: u64,
    /// How many unions at the grass roots there are already.
    leaves: u64,
    book: NaiveDate,
    end: NaiveDate,
}

impl Planner {
    /// Adds the `nth` union of a parent and all below it: `below` counts them by level.
    fn add(&mut self, parent: Option<usize>, level: UnitLevel, nth: u64, below: [u64; 5]) {
        let at = self.plots.len();
        let code =
            parent.and_then(|parent| self.plots.get(parent)).map_or("demo".to_owned(), |above| format!("{}-{}", above.code, nth + 1));
        let opened = self.opening(parent);
        let mut plot = Plot {
            code,
            name: String::new(),
            short: String::new(),
            place: parent.and_then(|parent| self.plots.get(parent)).map(|above| above.place.clone()).unwrap_or_default(),
            level,
            kind: Kind::Above,
            trade: Trade::default(),
            employer: None,
            parent,
            after: 0,
            first: 0,
            opened,
            closed: None,
            merged: false,
            moved: None,
        };
        if parent.is_none() {
            plot.place = self.surroundings(level);
        }
        self.christen(&mut plot, nth);
        if level == UnitLevel::Grassroots && parent.is_some() {
            self.fortunes(&mut plot);
        }
        self.plots.push(plot);
        self.add_children(at, below);
        let after = self.plots.len();
        if let Some(plot) = self.plots.get_mut(at) {
            plot.after = after;
        }
    }

    fn add_children(&mut self, at: usize, below: [u64; 5]) {
        let Some((step, count)) = below.iter().enumerate().find(|(_, count)| **count > 0).map(|(step, count)| (step, *count)) else {
            return;
        };
        let Some(level) = LEVELS.get(step + 1).copied() else { return };
        let shares: Vec<Vec<u64>> = below.iter().skip(step + 1).map(|total| self.split(*total, count)).collect();
        for nth in 0..count {
            let mut rest = [0; 5];
            let own = shares.iter().map(|share| share.get(usize::try_from(nth).unwrap_or(0)).copied().unwrap_or(0));
            rest.iter_mut().skip(step + 1).zip(own).for_each(|(rest, own)| *rest = own);
            self.add(Some(at), level, nth, rest);
        }
    }

    /// Splits a total into uneven parts.
    fn split(&mut self, total: u64, parts: u64) -> Vec<u64> {
        let weights: Vec<u64> = (0..parts).map(|_| 3 + self.random.below(3)).collect();
        shares(total, &weights)
    }

    /// A new union is founded after its parent.
    fn opening(&mut self, parent: Option<usize>) -> NaiveDate {
        let from = parent.and_then(|parent| self.plots.get(parent)).map_or(days::years_after(self.book, -70), |above| above.opened);
        let last = days::years_after(self.book, -2);
        let middle = days::plus(from, (last - from).num_days() / 3);
        days::between(&mut self.random, days::plus(from, 30), middle)
    }

    /// The place that the topmost union's own one lies in.
    fn surroundings(&mut self, level: UnitLevel) -> String {
        let city = || PLACES.of("市").first().copied().unwrap_or_default();
        match level {
            UnitLevel::Province => String::new(),
            UnitLevel::City => "云岭省".into(),
            UnitLevel::County => format!("云岭省{}市", city()),
            _ => format!("云岭省{}市{}县", city(), PLACES.of("县").first().copied().unwrap_or_default()),
        }
    }

    fn christen(&mut self, plot: &mut Plot, nth: u64) {
        match plot.level {
            UnitLevel::Province => self.above(plot, "云岭省".into()),
            UnitLevel::City => {
                let stem = nth_of(PLACES.of("市"), nth);
                self.above(plot, format!("{stem}市"));
            }
            UnitLevel::County => {
                let stem = nth_of(PLACES.of("县"), self.counties);
                self.counties += 1;
                let kind = if nth == 0 { "区" } else { self.random.weighted(&[(78, "县"), (14, "区"), (8, "市")]) };
                self.above(plot, format!("{stem}{kind}"));
            }
            UnitLevel::Town => self.town(plot, nth),
            UnitLevel::Grassroots => self.grassroots(plot),
            UnitLevel::Branch => branch(plot, self.plots.first(), nth),
        }
    }

    fn above(&mut self, plot: &mut Plot, own: String) {
        plot.place.push_str(&own);
        plot.short = format!("{own}总工会");
        plot.name.clone_from(&plot.short);
    }

    fn town(&mut self, plot: &mut Plot, nth: u64) {
        let county = county_of(&plot.place).to_owned();
        let kind = self.random.weighted(&[(62, "镇"), (20, "街道"), (12, "乡"), (6, "园区")]);
        let (first, last, streets) = (PLACES.of("乡首"), PLACES.of("乡末"), PLACES.of("街道"));
        let key = self.seed ^ self.counties;
        let at = Shuffle::new(key, (first.len() * last.len()) as u64).place(nth);
        let own = match kind {
            "街道" => format!("{}街道", nth_of(streets, Shuffle::new(key, streets.len() as u64).place(nth % streets.len() as u64))),
            "园区" if nth > 0 => nth_of(PLACES.of("园区"), nth).to_owned(),
            _ => {
                let kind = if kind == "园区" { "镇" } else { kind };
                format!("{}{}{kind}", nth_of(first, at / last.len() as u64), nth_of(last, at % last.len() as u64))
            }
        };
        let ending = if own.ends_with(['镇', '乡', '道']) { "总工会" } else { "工会工作委员会" };
        plot.place.push_str(&own);
        plot.short = format!("{own}{ending}");
        plot.name = self.unused(&format!("{county}{}", plot.short));
    }

    fn grassroots(&mut self, plot: &mut Plot) {
        self.leaves += 1;
        match self.leaves {
            leaf if leaf % 19 == 4 => self.line(plot, leaf),
            leaf if leaf % 7 == 3 => self.joint(plot),
            _ => self.single(plot),
        }
    }

    fn single(&mut self, plot: &mut Plot) {
        plot.kind = Kind::Single;
        plot.trade = self.random.weighted(&self.trades);
        let suffix = plot.trade.suffix;
        let employer = if plot.trade.is_public() {
            self.unused(&format!("{}{suffix}", town_of(&plot.place)))
        } else {
            let sign = self.random.pick(EMPLOYERS.of("首")).to_owned() + self.random.pick(EMPLOYERS.of("末"));
            let stem: String = county_of(&plot.place).chars().take(2).collect();
            self.unused(&format!("{stem}{sign}{suffix}"))
        };
        plot.short = employer.clone() + "工会";
        plot.name = employer.clone() + "工会委员会";
        plot.employer = Some(employer);
    }

    fn joint(&mut self, plot: &mut Plot) {
        plot.kind = Kind::Joint;
        plot.trade =
            Trade {
                industry: "mixed", nature: "170", economy: "private", suffix: "", jobs: "营业员,服务员,操作工,司机,文员,修理工"
            };
        let village = self.random.weighted(&[(60, "社区"), (40, "村")]);
        let (first, last) = (PLACES.of("乡首"), PLACES.of("乡末"));
        let own = format!("{}{}{village}", self.random.pick(first), self.random.pick(last));
        plot.short = self.unused(&format!("{}{own}联合工会", town_of(&plot.place)));
        plot.name = format!("{}{}", county_of(&plot.place), plot.short);
    }

    fn line(&mut self, plot: &mut Plot, leaf: u64) {
        let (group, line) = *LINES.get(usize::try_from(leaf / 19).unwrap_or(0) % LINES.len()).unwrap_or(&("courier", "快递"));
        plot.kind = Kind::Line(group);
        plot.trade = Trade { industry: "G", nature: "170", economy: "private", suffix: "", jobs: "" };
        plot.short = format!("{line}行业工会联合会");
        plot.name = self.unused(&format!("{}{line}行业工会联合会", county_of(&plot.place)));
        if plot.name.contains('（') {
            plot.name = self.unused(&format!("{}{}{line}行业工会联合会", county_of(&plot.place), town_of(&plot.place)));
        }
    }

    /// Marks a name as used; one that is used already is numbered.
    fn unused(&mut self, name: &str) -> String {
        let numbered = (1..).map(|n| if n == 1 { name.to_owned() } else { format!("{name}（{n}）") });
        let free = numbered.take(10_000).find(|name| !self.names.contains(name)).unwrap_or_default();
        self.names.insert(free.clone());
        free
    }

    /// Some unions were founded, closed, merged or moved since the books opened.
    fn fortunes(&mut self, plot: &mut Plot) {
        let window = (days::plus(self.book, 40), days::plus(self.end, -75));
        match self.leaves {
            leaf if leaf % 17 == 5 => plot.opened = days::between(&mut self.random, window.0, window.1),
            leaf if leaf % 20 == 13 => {
                let elder = self.elder(plot);
                plot.merged = leaf % 40 == 13 && elder.is_some();
                let heir = elder.filter(|_| plot.merged).or(plot.parent);
                plot.closed = heir.map(|heir| (days::between(&mut self.random, window.0, window.1), heir));
            }
            leaf if leaf % 25 == 9 => {
                let before = plot.parent.and_then(|parent| self.neighbour(parent));
                plot.moved = Some((days::between(&mut self.random, window.0, window.1), before));
            }
            _ => {}
        }
    }

    /// An older union under the same parent, which is there all the time.
    fn elder(&self, plot: &Plot) -> Option<usize> {
        let lasting = |other: &Plot| other.parent == plot.parent && other.closed.is_none() && other.opened < self.book;
        let found = self.plots.iter().enumerate().rev().find(|(_, other)| other.level == plot.level && lasting(other));
        found.map(|(at, _)| at)
    }

    /// A union of the same level under the same parent.
    fn neighbour(&self, of: usize) -> Option<usize> {
        let this = self.plots.get(of)?;
        let found =
            self.plots.iter().enumerate().rev().find(|(at, other)| *at != of && other.level == this.level && other.parent == this.parent);
        found.map(|(at, _)| at)
    }

    /// Gives every plot its people.
    fn settle(&mut self, people: u64) {
        let weights: Vec<u64> = self.plots.iter().map(|plot| weight(plot, &mut self.random)).collect();
        let mut first = 0;
        for (plot, own) in self.plots.iter_mut().zip(shares(people, &weights)) {
            plot.first = first;
            first += own;
        }
    }
}

/// Splits a total by weights; the parts add up to it.
fn shares(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum = weights.iter().sum::<u64>().max(1);
    let mut before = 0;
    let ends = weights.iter().map(|weight| {
        before += weight;
        total * before / sum
    });
    let mut last = 0;
    ends.map(|end| end - std::mem::replace(&mut last, end)).collect()
}

/// How many people a union has, against the others.
fn weight(plot: &Plot, random: &mut Random) -> u64 {
    let (first, last) = match plot.kind {
        _ if plot.closed.is_some() => (15, 40),
        Kind::Above => (2, 6),
        Kind::Joint => (60, 220),
        Kind::Line(_) => (300, 1_200),
        Kind::Branch => (80, 130),
        Kind::Single if plot.parent.is_none() => (15, 25),
        Kind::Single => random.weighted(&[(45, (25, 110)), (35, (110, 320)), (16, (320, 900)), (4, (900, 2_600))]),
    };
    random.within(first, last).cast_unsigned()
}

fn branch(plot: &mut Plot, root: Option<&Plot>, nth: u64) {
    let own = nth_of(&["机关", "生产一部", "生产二部", "后勤", "销售"], nth);
    plot.kind = Kind::Branch;
    plot.trade = root.map(|root| root.trade).unwrap_or_default();
    plot.employer = root.and_then(|root| root.employer.clone());
    plot.short = format!("{own}分工会");
    plot.name = format!("{}{}", root.map(|root| root.short.as_str()).unwrap_or_default(), plot.short);
}

fn nth_of<'w>(words: &[&'w str], nth: u64) -> &'w str {
    let at = usize::try_from(nth % words.len().max(1) as u64).unwrap_or(0);
    words.get(at).copied().unwrap_or_default()
}

/// The county in a place: 云岭省澜川市梅塘县清溪镇 gives 梅塘县.
fn county_of(place: &str) -> &str {
    let rest = place.strip_prefix("云岭省").unwrap_or(place);
    let rest = rest.split_once('市').map_or(rest, |(_, rest)| rest);
    let end = rest.find(['县', '区', '市']).map_or(rest.len(), |at| at + '县'.len_utf8());
    rest.get(..end).unwrap_or(rest)
}

/// The town in a place, or its county where it has none.
fn town_of(place: &str) -> &str {
    let county = county_of(place);
    let town = place.rsplit_once(county).map_or("", |(_, town)| town);
    if town.is_empty() { county } else { town }
}

#[cfg(test)]
mod tests {
    use super::super::scale::Scale;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_scale_has_its_unions_in_its_levels_and_every_person_a_home() {
        for scale in Scale::ALL {
            let size = scale.size();
            let plots = plan(&size, 1, day("2023-10-31"), day("2026-10-31")).unwrap();
            assert_eq!(plots.all().len() as u64, 1 + size.below.iter().sum::<u64>(), "unions of {}", scale.word());
            assert_eq!(plots.people_of(0), (0, size.people), "the topmost union has everybody");
            assert!(plots.all().windows(2).all(|pair| pair[0].first <= pair[1].first), "people follow each other");
            let names: HashSet<_> = plots.all().iter().map(|plot| &plot.name).collect();
            assert_eq!(names.len(), plots.all().len(), "no two unions of {} have one name", scale.word());
            for (at, plot) in plots.all().iter().enumerate() {
                let parent = plot.parent.map(|parent| plots.get(parent));
                assert!(
                    parent.is_none_or(|parent| parent.opened <= plot.opened && parent.level < plot.level),
                    "{} stands right",
                    plot.name
                );
                assert!(plot.closed.is_none_or(|(_, heir)| heir < at && plots.get(heir).closed.is_none()), "{} has an heir", plot.name);
                assert!(plot.after > at && plot.name.chars().count() <= 60, "{}", plot.name);
            }
        }
    }

    #[test]
    fn places_are_taken_apart() {
        assert_eq!(county_of("云岭省澜川市梅塘县清溪镇"), "梅塘县", "a county below a city");
        assert_eq!(county_of("云岭省澜川市玉洲市"), "玉洲市", "a city of county level");
        assert_eq!(town_of("云岭省澜川市玉洲市市桥镇"), "市桥镇", "a town whose name begins like a city's kind");
        assert_eq!(town_of("云岭省澜川市梅塘县"), "梅塘县", "no town");
    }
}
