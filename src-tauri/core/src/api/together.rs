//! The same act for many, as one step.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{known, save};
use crate::error::{Error, Report, Result};
use crate::record::Wire;
use crate::store::{Step, Store, Written};

/// An act to be done for many.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The command, one that is a single act.
    pub command: String,
    /// What it takes, for each.
    pub payloads: Vec<Json>,
}

/// One that the act was refused for.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Refused {
    /// Its place among the payloads, from 0.
    pub at: usize,
    /// Why.
    pub report: Report,
}

/// Does an act for each payload as one step, so that one undo takes all of it back; those that a rule refuses are told, the others
/// are done. Whoever may not do the act at all is refused. Whatever is no refusal, a full disk or a fault of the program, ends it all with nothing done.
pub fn together(store: &Store, ask: &Together) -> Result<Written<Vec<Refused>>> {
    let command = known(&ask.command)?;
    store.allow(command.right, command.label)?;
    let act = command.act.ok_or_else(|| Error::Usage(format!("“{}”不能成批办理", ask.command)))?;
    store.write(Step::new(name(command.label, ask.payloads.len())), |tx| {
        let mut refused = Vec::new();
        for (at, payload) in ask.payloads.iter().enumerate() {
            match tx.attempt(|| act(tx, payload.clone())).map_err(|error| save::taken(store.registry(), error)) {
                Ok(_) => {}
                Err(error @ (Error::Faults(_) | Error::Refused(_) | Error::Gone(_))) => {
                    refused.push(Refused { at, report: error.report() })
                }
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    })
}

fn name(label: &str, many: usize) -> String {
    if many > 1 { format!("{label}（{many} 项）") } else { label.to_owned() }
}
