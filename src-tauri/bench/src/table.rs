//! The table that is printed.

use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::office::Folder;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Figure {
    /// Seconds.
    Time(f64),
    /// Bytes.
    Bytes(f64),
    /// A bare number.
    Number(f64),
}

impl Figure {
    fn value(self) -> f64 {
        match self {
            Self::Time(value) | Self::Bytes(value) | Self::Number(value) => value,
        }
    }

    fn told(self) -> String {
        match self {
            Self::Time(value) if value >= 100.0 => format!("{value:.0} s"),
            Self::Time(value) if value >= 1.0 => format!("{value:.2} s"),
            Self::Time(value) if value >= 0.001 => format!("{:.2} ms", value * 1e3),
            Self::Time(value) => format!("{:.1} µs", value * 1e6),
            Self::Bytes(value) if value >= 1e6 => format!("{:.0} MB", value / 1e6),
            Self::Bytes(value) => format!("{:.0} kB", value / 1e3),
            Self::Number(value) => format!("{value:.2}"),
        }
    }
}

/// What a line is to keep to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Goal {
    /// The figure is no more.
    AtMost(Figure),
    /// The figure is no more than so many times what stands beside it.
    Times(f64),
    /// What stands beside is at least so many times the figure.
    Ahead(f64),
}

/// A line of the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    what: String,
    figure: Figure,
    beside: Option<(String, Figure)>,
    goals: Vec<Goal>,
}

impl Line {
    /// A figure without anything beside it.
    pub fn new(what: impl Into<String>, figure: Figure) -> Self {
        Self { what: what.into(), figure, beside: None, goals: Vec::new() }
    }

    /// Seconds.
    pub fn time(what: impl Into<String>, seconds: f64) -> Self {
        Self::new(what, Figure::Time(seconds))
    }

    /// The most memory that this process held until now.
    pub fn peak(what: impl Into<String>) -> Self {
        Self::new(what, Figure::Bytes(crate::clock::peak()))
    }

    /// Puts the time of a floor or a peer beside it.
    pub fn beside(mut self, name: impl Into<String>, seconds: f64) -> Self {
        self.beside = Some((name.into(), Figure::Time(seconds)));
        self
    }

    /// Puts any other figure beside it.
    pub fn beside_figure(mut self, name: impl Into<String>, figure: Figure) -> Self {
        self.beside = Some((name.into(), figure));
        self
    }

    /// Sets a bound in seconds.
    pub fn within(self, seconds: f64) -> Self {
        self.goal(Goal::AtMost(Figure::Time(seconds)))
    }

    /// Sets what the line is to keep to.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.beside.as_ref().map(|(_, beside)| beside.value() / self.figure.value())
    }

    /// Whether a goal is kept; a goal about what stands beside is missed where nothing does.
    fn keeps(&self, goal: Goal) -> bool {
        match goal {
            Goal::AtMost(bound) => self.figure.value() <= bound.value(),
            Goal::Times(most) => self.ratio().is_some_and(|ratio| 1.0 / ratio <= most),
            Goal::Ahead(least) => self.ratio().is_some_and(|ratio| ratio >= least),
        }
    }

    fn wanted(&self) -> String {
        let each = self.goals.iter().map(|goal| match goal {
            Goal::AtMost(bound) => format!("≤ {}", bound.told()),
            Goal::Times(most) => format!("≤ {most:.2}× of it"),
            Goal::Ahead(least) => format!("≥ {least}× faster"),
        });
        each.collect::<Vec<_>>().join(", ")
    }
}

/// Prints lines as they come and counts those that miss a goal.
pub struct Table {
    missed: Vec<String>,
}

impl Table {
    /// Prints the heading.
    pub fn begin(folder: &Folder) -> Self {
        println!("Offices in {}; scale: {}.", folder.path.display(), folder.scale.word());
        println!("{:<64} {:>10}  {:<40} {:>9}  goal", "what", "measured", "beside", "ratio");
        Self { missed: Vec::new() }
    }

    /// Prints a line.
    pub fn print(&mut self, line: Line) {
        let beside = line.beside.as_ref().map(|(name, figure)| format!("{name}: {}", figure.told())).unwrap_or_default();
        let ratio = line.ratio().map(|ratio| format!("{ratio:.2}×")).unwrap_or_default();
        let kept = line.goals.iter().all(|goal| line.keeps(*goal));
        let mark = if kept { "" } else { "  MISSED" };
        println!("{:<64} {:>10}  {beside:<40} {ratio:>9}  {}{mark}", line.what, line.figure.told(), line.wanted());
        if !kept {
            self.missed.push(line.what);
        }
    }

    /// Notes a case that could not be measured.
    pub fn fail(&mut self, name: &str, failure: &Failure) {
        println!("{name}: {failure}  MISSED");
        self.missed.push(name.to_owned());
    }

    /// Prints the sum; gives whether every goal was kept.
    pub fn end(self) -> bool {
        match self.missed.len() {
            0 => println!("Every goal was kept."),
            count => println!("{count} goals were missed: {}", self.missed.join("; ")),
        }
        self.missed.is_empty()
    }
}
