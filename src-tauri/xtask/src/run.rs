//! `cargo xtask run`: the program's main job, done once on this machine.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::calendar::Moment;
use crate::checkout::Checkout;
use crate::command::{build, seconds, show, show_faulty};
use crate::failure::{Failure, Outcome, no_words};
use crate::packages::TO_BUILD;
use crate::{setup, window};

/// The roster that the demo office imports: new members of `ROSTER_UNIT`, in the layout of the official form.
const ROSTER: &str = "assets/demo/roster.xlsx";
/// The name of the roster's layout.
const LAYOUT: &str = "roster";
/// The code of the unit that the roster belongs to.
const ROSTER_UNIT: &str = "demo-1";
/// The code of the unit that the month's workbook is made for: the town's own union, with all below it.
const REPORT_UNIT: &str = "demo";

/// Opens the window on a demo office where somebody can see it; does the main job without one where nobody can.
pub fn run(checkout: &Checkout, words: &[String]) -> Outcome {
    no_words("run", words)?;
    if window::can_be_seen() { window::open(checkout) } else { headless(checkout) }
}

/// Builds the command line, makes a town's demo office in a fresh folder, imports a roster and writes last month's workbook.
fn headless(checkout: &Checkout) -> Outcome {
    let start = Instant::now();
    setup::install(&[TO_BUILD])?;
    build(checkout)?;
    let office = Office::fresh(checkout, Moment::now())?;
    for step in office.steps() {
        // Some rows of the roster are faulty on purpose; that they are told is looked at afterwards.
        let run = if step.first().is_some_and(|word| word == "import") { show_faulty } else { show };
        run(&mut office.call(&step))?;
    }
    println!("{}", office.told()?);
    println!("── done in {}", seconds(start.elapsed()));
    Ok(())
}

/// The demo office: a folder of its own and the month it reports on.
struct Office {
    cli: PathBuf,
    root: PathBuf,
    folder: PathBuf,
    month: String,
}

impl Office {
    /// Makes the folder, named by the moment so that no earlier one is touched, and a password in it.
    fn fresh(checkout: &Checkout, now: Moment) -> Outcome<Self> {
        let folder = checkout.root.join("demo-office").join(now.stamp());
        fs::create_dir_all(&folder).map_err(|source| Failure::new(format!("{}: {source}", folder.display())))?;
        let office = Self { cli: checkout.cli(), root: checkout.root.clone(), folder, month: now.last_month() };
        let password = random_password().map_err(|source| Failure::new(format!("no random numbers: {source}")))?;
        fs::write(office.password(), password).map_err(|source| Failure::new(format!("{}: {source}", office.folder.display())))?;
        Ok(office)
    }

    /// Lists the calls of the command line that do the job, in order.
    fn steps(&self) -> Vec<Vec<String>> {
        let (file, workbook) = (self.short(self.file()), self.short(self.workbook()));
        let (month, errors) = (self.month.as_str(), self.short(self.errors()));
        [
            vec!["demo", &file, "--scale", "town", "--seed", "1", "--until", month],
            vec!["import", &file, "member", ROSTER, "--layout", LAYOUT, "--unit", ROSTER_UNIT, "--errors", &errors],
            vec!["report", &file, "monthly", "--unit", REPORT_UNIT, "--period", month, &workbook],
            vec!["check", &file],
        ]
        .map(|step| step.into_iter().map(str::to_owned).collect())
        .into()
    }

    fn call(&self, step: &[String]) -> Command {
        let mut command = Command::new(&self.cli);
        command.current_dir(&self.root).args(step).args(["--password-file", &self.short(self.password())]);
        command
    }

    /// Writes a path as seen from the checkout, where the calls are made, so that they read well.
    fn short(&self, path: PathBuf) -> String {
        path.strip_prefix(&self.root).unwrap_or(&path).display().to_string()
    }

    /// Says where everything lies; refuses where a step left out what it should have written.
    fn told(&self) -> Outcome<String> {
        let lies = |name, path: PathBuf| match path.is_file() {
            true => Ok(format!("{name:<9} {}", path.display())),
            false => Err(Failure::new(format!("no step wrote the {name}, {}", path.display()))),
        };
        let lines = [
            lies("office", self.file())?,
            lies("password", self.password())?,
            lies("workbook", self.workbook())?,
            lies("errors", self.errors())?,
        ];
        Ok(format!("\n{}", lines.join("\n")))
    }

    fn file(&self) -> PathBuf {
        self.folder.join("demo.unionbook")
    }

    fn password(&self) -> PathBuf {
        self.folder.join("password.txt")
    }

    /// The rows of the roster that were not taken, with the reasons.
    fn errors(&self) -> PathBuf {
        self.folder.join("roster-errors.xlsx")
    }

    fn workbook(&self) -> PathBuf {
        self.folder.join(format!("monthly-{}.xlsx", self.month))
    }
}

fn random_password() -> std::io::Result<String> {
    let mut bytes = [0_u8; 12];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
