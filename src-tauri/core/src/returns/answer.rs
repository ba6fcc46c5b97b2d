//! Answering a sender: the receipt (回执) that says what became of a file.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::correspondent::own_key;
use super::delivery::{Delivery, DeliveryState, Parcel};
use super::receive::task_of;
use crate::error::{Result, refused};
use crate::record::{Code as _, Id, Value as _, Wire};
use crate::report::seal::{Reason, Receipt};
use crate::sheet::write::bytes_to_file;
use crate::store::{Step, Store, Written};
use crate::units::topmost;

/// An answer to a file that came.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Answer {
    /// The delivery.
    pub id: Id<Delivery>,
    /// Whether it is returned; otherwise the receipt says that it was taken.
    #[serde(default)]
    pub refuse: bool,
    /// Why, place by place: `表1!D6`, or nothing for the whole.
    #[serde(default)]
    pub reasons: Vec<ReasonGiven>,
    /// Where the receipt goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// One reason for returning a file.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct ReasonGiven {
    /// Where.
    #[serde(default)]
    pub place: String,
    /// What is wrong, a full sentence.
    pub reason: String,
}

/// What was answered.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Answered {
    /// Where the receipt lies.
    pub path: PathBuf,
}

/// Writes the receipt of a file that was taken, or returns one with its reasons. Refuses to return what was taken, to confirm what was
/// not, and to answer a file that could not be read.
pub fn answer(store: &Store, act: &Answer) -> Result<Written<Answered>> {
    let key = own_key(store)?;
    let mut written = store.write(Step::new(if act.refuse { "退回报表" } else { "写出接收回执" }).irrevocable(), |tx| {
        let delivery = tx.get(act.id)?;
        let taken = delivery.state == DeliveryState::Taken;
        if taken == act.refuse || delivery.state == DeliveryState::PassedOver {
            return refused(
                format!("“{}”的状态是“{}”。", delivery.file, delivery.state.label()),
                "只有已接收的能写接收回执，没有接收的能退回。",
            );
        }
        let parcel: Option<Parcel> = delivery.content.as_deref().and_then(|content| serde_json::from_str(content).ok());
        let received = delivery.took.map(|took| tx.get(took)).transpose()?;
        let manifest = parcel.as_ref().and_then(|parcel| parcel.manifest.clone()).or_else(|| received.as_ref()?.digest.clone());
        // A file without a seal is named by its own digest: its sender opens the receipt as a table.
        let Ok(manifest) = manifest.unwrap_or_else(|| delivery.digest.clone()).parse() else {
            return refused(format!("“{}”没有读出来，不能写回执。", delivery.file), "请用其他办法告诉对方。");
        };
        let version = parcel.map_or(1, |parcel| parcel.version);
        let task = match received {
            Some(received) => received.package(tx)?,
            None => task_of(tx, &delivery, version)?,
        };
        let given = act.reasons.iter().map(|given| Reason { place: given.place.clone(), reason: given.reason.trim().to_owned() });
        let own =
            delivery.notes.iter().flat_map(|notes| notes.lines()).map(|note| Reason { place: String::new(), reason: note.to_owned() });
        let reasons: Vec<Reason> = given.chain(own.filter(|_| act.refuse)).filter(|reason| !reason.reason.is_empty()).collect();
        if act.refuse && reasons.is_empty() {
            return refused("退回没有写明原因。", "请写明哪里不对、怎么改，对方装入回执就能看到。");
        }
        let period = super::compute::period(delivery.period.as_deref().unwrap_or_default())?;
        let unit = delivery.unit.map(|unit| tx.get(unit)).transpose()?;
        let (by, seat) = (topmost(tx)?.map(|(_, name)| name).unwrap_or_default(), key.public().fingerprint());
        let receipt = Receipt {
            format: Receipt::FORMAT,
            unit: unit.as_ref().map(|unit| unit.code.clone()).unwrap_or_default(),
            name: unit.map(|unit| unit.name).unwrap_or_default(),
            task: task.key.clone(),
            title: task.name(period),
            period: period.to_string(),
            no: delivery.no.and_then(|no| u32::try_from(no).ok()).unwrap_or(1),
            manifest,
            taken,
            reasons,
            by: format!("{by} {}", store.clerk()).trim().to_owned(),
            at: tx.now().at,
            seat,
        };
        if act.refuse {
            tx.set(act.id, &[("state", DeliveryState::Returned.to_cell())])?;
        } else {
            // The receipt is noted with the delivery, so that the step stands in the timeline.
            let note = [delivery.notes.as_deref().unwrap_or_default(), "已写出接收回执。"].join("\n");
            tx.set(act.id, &[("notes", Some(crate::text::cut(note.trim(), 4000)).to_cell())])?;
        }
        Ok((receipt.seal(&key)?, Answered { path: act.path.clone() }))
    })?;
    let file = std::mem::take(&mut written.value.0);
    bytes_to_file(&act.path, &file)?;
    Ok(written.map(|(_, answered)| answered))
}
