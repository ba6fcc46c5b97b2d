//! Measures speed and memory at the scale of a province: one table, each line beside a floor or a peer of the same run.
//!
//! `unionbook-bench [--ui] [CASE]… [--scale county] [--folder DIR]`, where `--ui` means the screens and not the core. Every case runs in a process of its own, so that its peak of
//! memory is its own and a case that fails takes no other with it. Offices are made once in the folder and used again;
//! what is changed is a copy.

mod cases;
mod clock;
mod edit;
mod export;
mod import;
mod lists;
mod monthly;
mod office;
mod peers;
mod returns;
mod rosters;
mod search;
mod sizes;
mod store;
mod table;
mod ui;

use std::process::{Command, ExitCode, Stdio};

use office::Folder;
use table::{Line, Table};

/// Anything that ends a measurement.
type Failure = Box<dyn std::error::Error>;
type Outcome<T> = Result<T, Failure>;

fn main() -> ExitCode {
    match Asked::read(std::env::args().skip(1)).and_then(|asked| asked.run()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

/// What was asked for.
struct Asked {
    folder: Folder,
    /// The cases to run; all of them where there is none.
    cases: Vec<String>,
    /// Those that are meant where none is named.
    among: &'static [(&'static str, cases::Case)],
    /// Whether this is the process of one case, which gives its lines as JSON.
    alone: bool,
}

impl Asked {
    fn read(words: impl Iterator<Item = String>) -> Outcome<Self> {
        let (mut cases, mut alone, mut folder, mut among) = (Vec::new(), false, Folder::default(), cases::CASES);
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--alone" => alone = true,
                "--ui" => among = ui::CASES,
                "--scale" => folder.scale = office::scale(&words.next().unwrap_or_default())?,
                "--folder" => folder.path = words.next().ok_or("--folder needs a folder")?.into(),
                name if cases::find(name).is_some() => cases.push(word),
                _ => return Err(format!("no case “{word}”; there are: {}", cases::names()).into()),
            }
        }
        Ok(Self { folder, cases, among, alone })
    }

    fn run(&self) -> Outcome<bool> {
        std::fs::create_dir_all(&self.folder.path)?;
        if !self.alone {
            return self.run_all();
        }
        for name in &self.cases {
            let lines = cases::find(name).ok_or("no such case")?(&self.folder)?;
            println!("{}", serde_json::to_string(&lines)?);
        }
        Ok(true)
    }

    fn run_all(&self) -> Outcome<bool> {
        let mut table = Table::begin(&self.folder);
        for name in self.names() {
            match self.apart(name) {
                Ok(lines) => lines.into_iter().for_each(|line| table.print(line)),
                Err(failure) => table.fail(name, &failure),
            }
        }
        Ok(table.end())
    }

    /// The cases to run, in their order.
    fn names(&self) -> Vec<&'static str> {
        let among = if self.cases.is_empty() { self.among.iter().chain(&[]) } else { cases::CASES.iter().chain(ui::CASES) };
        let named = among.map(|(name, _)| *name);
        named.filter(|name| self.cases.is_empty() || self.cases.iter().any(|case| case == name)).collect()
    }

    /// Runs a case in a process of its own.
    fn apart(&self, name: &str) -> Outcome<Vec<Line>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([name, "--alone", "--scale", self.folder.scale.word(), "--folder"]).arg(&self.folder.path);
        let output = command.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("ended with {}", output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
