//! This binary run as another process, for what must be killed, raced, or watched from outside.

use std::path::Path;
use std::process::{Command, Stdio};

use unionbook_core::store::Sidecar;

use crate::world::PASSWORD;

/// Makes a call of one ignored test of this binary, whose words are read.
pub fn command(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What SQLite and SQLCipher find wrong with a file that nobody has open: its structure, and the code over each of its pages.
pub fn faults_of(file: &Path) -> Vec<String> {
    let first = |sidecar: &Sidecar| sidecar.names().into_iter().next();
    let (key, _) = Sidecar::read(file).and_then(|sidecar| sidecar.open(first(&sidecar).as_deref(), PASSWORD)).expect("its keys");
    let connection = rusqlite::Connection::open(file).expect("opened");
    connection.execute_batch(&key.pragma()).expect("its key");
    let mut faults = Vec::new();
    for look in ["integrity_check", "cipher_integrity_check"] {
        let mut statement = connection.prepare(&format!("PRAGMA {look}")).expect("looked at");
        let said = statement.query_map([], |row| row.get::<_, String>(0)).expect("it answers");
        faults.extend(said.map(|line| line.expect("a text")).filter(|line| line != "ok"));
    }
    faults
}
