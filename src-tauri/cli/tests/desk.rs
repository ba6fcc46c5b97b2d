//! A PC to run the program on.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::api::dispatch;
use unionbook_core::modules::Registry;
use unionbook_core::people::id_number::generate;
use unionbook_core::store::{Access, Cost, Now, Secret, Store, timeline};

/// The password of every test file.
pub const PASSWORD: &str = "一句好记的话";

/// A PC: a folder with files, and the settings of an installation.
pub struct Desk {
    /// The folder.
    pub folder: TempDir,
}

/// How a run ended and what it said.
pub struct Ran {
    /// How it ended.
    pub code: i32,
    /// What it said.
    pub out: String,
    /// What it complained of.
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Json {
        assert_eq!(self.out.lines().count(), 1, "--json gives one object in one line: {}", self.out);
        assert_eq!(self.err, "", "and nothing else");
        serde_json::from_str(&self.out).expect("the line is JSON")
    }
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder for the test") }
    }

    /// With a file of a union.
    pub fn with_office() -> Self {
        let desk = Self::new();
        let made = desk.run(&["new", "a.unionbook", "--unit", "测试工会", "--code", "T1", "--clerk", "经办人甲"]);
        assert_eq!(made.code, 0, "a file is made: {}", made.err);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unionbook-cli"));
        command.args(words).current_dir(self.folder.path()).stdin(std::process::Stdio::null());
        for name in ["UNIONBOOK_ACCOUNT", "UNIONBOOK_CLERK", "UNIONBOOK_RECOVERY_KEY", "UNIONBOOK_NEW_PASSWORD"] {
            command.env_remove(name);
        }
        command.env("UNIONBOOK_HOME", self.path("设置")).env("UNIONBOOK_PASSWORD", PASSWORD);
        command
    }

    pub fn run(&self, words: &[&str]) -> Ran {
        ran(self.command(words).output().expect("the program starts"))
    }

    pub fn json(&self, words: &[&str]) -> Json {
        let ran = self.run(&[words, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{words:?} is done: {}", ran.out);
        let told = ran.json();
        assert_eq!(told["ok"], true, "and says so");
        told["answer"].clone()
    }

    /// With a file of two unions and a member, whose password is quickly tried: for tests that open it often.
    pub fn with_members() -> Self {
        let desk = Self::new();
        let store = Store::create(&desk.path("a.unionbook"), PASSWORD, access(Registry::shipped())).expect("a file").0;
        let call = |command: &str, payload: Json| dispatch(&store, command, payload).expect("done")["value"].clone();
        let unit = |code: &str, name: &str| {
            call("units.open", json!({ "code": code, "name": name, "level": "grassroots", "opened": "2010-01-01" }))
        };
        let (first, second) = (unit("T1", "测试工会"), unit("T2", "另一工会"));
        let person = |name: &str, n: u16| {
            let values = json!({ "name": name, "id_number": id(n), "phone": format!("1380000{n:04}") });
            call("record.save", json!({ "record": "person", "values": values }))["id"].clone()
        };
        call("members.open_book", json!({ "person": person("赵一", 901), "unit": first, "day": "2026-01-01" }));
        call("members.open_book", json!({ "person": person("钱二", 903), "unit": second, "day": "2026-01-01" }));
        drop(store);
        desk
    }

    /// Opens the file as another program would.
    pub fn open(&self, registry: Registry) -> Store {
        Store::open(&self.path("a.unionbook"), &Secret::Password(PASSWORD.into()), access(registry)).expect("the file opens")
    }

    /// Everything that the office has entered, and how many steps it took.
    pub fn everything(&self) -> Json {
        let store = self.open(Registry::shipped());
        let list =
            |record: &str| dispatch(&store, "record.list", json!({ "record": record, "limit": 1000, "reveal": true })).expect("a list");
        // The log of disclosures is of looks such as this one, and nothing that the office has entered.
        let entered = store.registry().tables().filter(|table| table.name != "disclosure");
        let rows: Vec<Json> = entered.map(|table| json!([table.name, list(table.name)["rows"]])).collect();
        let steps = store.read(|db| timeline(db, None, 1000)).expect("the history").len();
        json!({ "rows": rows, "steps": steps })
    }

    /// Writes a file of any content.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("the file is written");
        path
    }
}

fn access(registry: Registry) -> Access {
    let now = Now { at: 1_793_491_200, today: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") };
    let (clock, installation, clerk) = (Arc::new(move || now), "另一台".to_owned(), "另一个".into());
    Access { registry: Arc::new(registry), clock, installation, clerk, cost: Cost::LEAST }
}

/// A valid number of nobody, born on the first of 1990; odd ones are men's.
pub fn id(n: u16) -> String {
    generate("000000", NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day"), n).expect("a number")
}

/// Reads how a run ended.
pub fn ran(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is said is text");
    Ran { code: output.status.code().expect("the program ends by itself"), out: text(output.stdout), err: text(output.stderr) }
}
