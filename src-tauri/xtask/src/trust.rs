//! `cargo xtask trust`: what an office relies on, tried many times, as one table.

use std::fs;
use std::time::{Duration, Instant};

use crate::checkout::Checkout;
use crate::command::{WHOLE, build_whole, cargo, seconds, show};
use crate::failure::{Failure, Outcome};
use crate::packages::{TO_BUILD, TO_DRIVE, TO_OPEN, TO_SHOW, TO_WATCH};
use crate::{screens, setup, sockets};

/// A row's name and the tests that make it: the beginning of their paths.
const ROWS: [(&str, &str); 8] = [
    ("kill", "kill::a_kill"),
    ("power", "trust::power::a_power"),
    ("full", "trust::full::a_disk"),
    ("damage", "trust::damage::whatever"),
    ("mutants", "trust::mutants::files"),
    ("race", "trust::race::two_programs"),
    ("clock", "trust::clock::whatever"),
    ("plain", "trust::plain::nothing"),
];
/// The row that the window makes.
const SOCKETS: &str = "sockets";

/// What a row came to.
pub struct Figures {
    /// Its name.
    pub name: String,
    /// What was tried, how often, how often it held, the figures in words, and the goal.
    pub cells: [String; 5],
    /// How long it took.
    pub time: Duration,
}

impl Figures {
    fn failed(name: &str, time: Duration) -> Self {
        let cells = ["failed: its words stand above the table", "", "0", "", ""].map(str::to_owned);
        Self { name: name.to_owned(), cells, time }
    }

    fn holds(&self) -> bool {
        let [_, tried, held, ..] = &self.cells;
        tried == held && tried.parse::<u64>().is_ok_and(|tried| tried > 0)
    }
}

/// Runs all rows, or those named: the large numbers, those of the suite with `--suite`, or `--count N` trials of each. `full` has a trial
/// for each write that there is, and takes N for the rows that are imported; `sockets` is one look at the window.
pub fn trust(checkout: &Checkout, words: &[String]) -> Outcome {
    let (count, names) = asked(words)?;
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN, TO_DRIVE, TO_WATCH])?;
    screens::build(checkout)?;
    build_whole(checkout)?;
    let mut table = Vec::new();
    for name in &names {
        table.push(if name == SOCKETS { sockets_row(checkout) } else { row(checkout, name, &count)? });
        // Written after each row, so that a run of hours that is cut off has its figures.
        write(checkout, &table)?;
    }
    print!("\n{}", text(&table));
    println!("\n── target/trust.txt and target/trust.json");
    match table.iter().filter(|figures| !figures.holds()).count() {
        0 => Ok(()),
        failed => Err(Failure::new(format!("{failed} of {} rows do not hold", table.len()))),
    }
}

/// The row that the window makes; where it cannot be made, it does not hold, and the others stand all the same.
fn sockets_row(checkout: &Checkout) -> Figures {
    let start = Instant::now();
    sockets::row(checkout).unwrap_or_else(|failure| {
        eprintln!("{}", failure.words);
        Figures::failed(SOCKETS, start.elapsed())
    })
}

/// How many trials, and which rows.
fn asked(words: &[String]) -> Outcome<(String, Vec<String>)> {
    let (mut count, mut names) = ("large".to_owned(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--suite" => "suite".clone_into(&mut count),
            "--count" => {
                let given = words.next().filter(|n| n.parse::<u64>().is_ok_and(|n| n > 0));
                count = given.ok_or_else(|| Failure::usage("--count takes a number from 1 on"))?.clone();
            }
            name if name == SOCKETS || ROWS.iter().any(|row| row.0 == name) => names.push(name.to_owned()),
            other => return Err(Failure::usage(format!("there is no row “{other}”; there are {}", all().join(", ")))),
        }
    }
    Ok((count, if names.is_empty() { all() } else { names }))
}

fn all() -> Vec<String> {
    ROWS.iter().map(|row| row.0).chain([SOCKETS]).map(str::to_owned).collect()
}

/// Runs the test of one row and reads the line that it writes.
fn row(checkout: &Checkout, name: &str, count: &str) -> Outcome<Figures> {
    let filter = ROWS.iter().find(|row| row.0 == name).map_or("", |row| row.1);
    let figures = checkout.target.join("trust-figures.txt");
    let _ = fs::remove_file(&figures);
    let mut tests = cargo(checkout, &["test"]);
    tests.args(WHOLE).args(["--test", "all", "--", "--nocapture", filter]);
    tests.env("UNIONBOOK_TRUST", count).env("UNIONBOOK_TRUST_FIGURES", &figures);
    let start = Instant::now();
    let ran = show(&mut tests);
    let line = fs::read_to_string(&figures).unwrap_or_default();
    Ok(match ran {
        Ok(time) => read(&line, time).ok_or_else(|| Failure::new(format!("the row {name} told nothing")))?,
        Err(failure) => {
            eprintln!("{}", failure.words);
            Figures::failed(name, start.elapsed())
        }
    })
}

fn read(line: &str, time: Duration) -> Option<Figures> {
    let mut cells = line.trim_end().split('\t').map(str::to_owned);
    let name = cells.next().filter(|name| !name.is_empty())?;
    Some(Figures { name, cells: [cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?], time })
}

fn write(checkout: &Checkout, table: &[Figures]) -> Outcome {
    let put = |name: &str, text: String| {
        let path = checkout.target.join(name);
        fs::write(&path, text).map_err(|source| Failure::new(format!("{}: {source}", path.display())))
    };
    put("trust.txt", text(table))?;
    put("trust.json", json(table))
}

fn text(table: &[Figures]) -> String {
    let line = |figures: &Figures| {
        let [what, tried, held, figure, goal] = &figures.cells;
        let word = if figures.holds() { "held" } else { "FAILED" };
        let Figures { name, time, .. } = figures;
        format!(
            "{name:8} {word:6} {held:>7} of {tried:<7} {:>12}  {figure}\n{:47}tried: {what}\n{:47}goal: {goal}\n",
            seconds(*time),
            "",
            ""
        )
    };
    table.iter().map(line).collect()
}

fn json(table: &[Figures]) -> String {
    let row = |figures: &Figures| {
        let [what, tried, held, figure, goal] = &figures.cells;
        let number = |text: &String| text.parse::<u64>().unwrap_or(0);
        format!(
            "  {{ \"row\": {}, \"what\": {}, \"tried\": {}, \"held\": {}, \"figure\": {}, \"goal\": {}, \"holds\": {}, \"seconds\": {:.1} }}",
            quoted(&figures.name),
            quoted(what),
            number(tried),
            number(held),
            quoted(figure),
            quoted(goal),
            figures.holds(),
            figures.time.as_secs_f64()
        )
    };
    format!("[\n{}\n]\n", table.iter().map(row).collect::<Vec<_>>().join(",\n"))
}

fn quoted(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if letter < ' ' => format!("\\u{:04x}", u32::from(letter)),
        letter => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_s_line_is_read_and_written_as_text_and_json() {
        let line = "kill\tkill -9 “x”\t300\t300\t0 \"lost\"\t0 lost\n";
        let table = [read(line, Duration::from_secs(90)).unwrap(), Figures::failed("race", Duration::from_secs(1))];
        let said = text(&table);
        assert!(said.contains("kill     held       300 of 300") && said.contains("goal: 0 lost"), "{said}");
        assert!(said.contains("race     FAILED"), "a row that failed is told as failed: {said}");
        let said = json(&table);
        assert!(said.contains("\"figure\": \"0 \\\"lost\\\"\"") && said.contains("\"seconds\": 90.0"), "{said}");
        assert!(said.contains("\"holds\": false"), "{said}");
    }

    #[test]
    fn a_row_that_tried_nothing_does_not_hold() {
        for (line, holds) in [
            ("kill\tx\t3\t3\tf\tg\n", true),
            ("kill\tx\t3\t2\tf\tg\n", false),
            ("kill\tx\t0\t0\tf\tg\n", false),
            ("kill\tx\t\t\tf\tg\n", false),
        ] {
            assert_eq!(read(line, Duration::ZERO).unwrap().holds(), holds, "{line}");
        }
    }

    #[test]
    fn rows_and_numbers_are_asked_for_by_words() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(asked(&[]).unwrap(), ("large".to_owned(), all()), "all rows, the large numbers");
        assert_eq!(asked(&words("race --count 7")).unwrap(), ("7".to_owned(), words("race")), "one row, so many trials");
        assert_eq!(asked(&words("--suite")).unwrap().0, "suite", "the numbers of the suite");
        assert_eq!(asked(&words("rows")).unwrap_err().code, 2, "a row that is none is wrong usage");
        assert_eq!(asked(&words("--count many")).unwrap_err().code, 2, "and so is a number that is none");
        assert_eq!(asked(&words("plain --count 0")).unwrap_err().code, 2, "nothing is proved by no trial");
    }
}
