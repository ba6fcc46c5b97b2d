//! `task`: what the unions above ask for.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;

use crate::args::Task;
use crate::session::{Session, call};
use crate::told::Told;

/// Lists, checks, takes in or writes tasks.
pub fn run(session: &Session, args: &Task) -> Result<Told> {
    match args {
        Task::List(of) => {
            let tasks = call(&session.open(&of.file)?, "task.list", json!({}))?;
            let line = |task: &Json| {
                let word = |name: &str| task.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
                format!("{}\t第 {} 版\t{}", word("key"), task.get("version").unwrap_or(&Json::Null), word("title"))
            };
            let text = tasks.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n");
            Ok(Told::new(text, tasks))
        }
        Task::Check(of) => {
            let store = session.open(&of.file)?;
            let task = call(&store, "task.read", json!({ "path": of.package }))?;
            let flaws = call(&store, "task.check", json!({ "task": task }))?;
            let line = |flaw: &Json| {
                let word = |name: &str| flaw.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
                format!("{}：{}", word("place"), word("what"))
            };
            let lines: Vec<String> = flaws.as_array().into_iter().flatten().map(line).collect();
            let text = if lines.is_empty() { "任务文件前后一致。".into() } else { lines.join("\n") };
            Ok(Told::new(text, flaws))
        }
        Task::New(of) => {
            let store = session.open(&of.file)?;
            let task = call(&store, "task.read", json!({ "path": of.package }))?;
            let title = task.get("title").and_then(Json::as_str).unwrap_or_default().to_owned();
            let answer = call(&store, "task.add", json!({ "task": task }))?;
            Ok(Told::new(format!("已装入任务“{title}”。"), answer))
        }
        Task::Write(of) => {
            let answer = call(&session.open(&of.file)?, "task.write", json!({ "key": of.task, "path": of.out }))?;
            Ok(Told::new(format!("已写出：{}", of.out.display()), answer))
        }
    }
}
