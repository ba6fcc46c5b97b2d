//! Returns (报表): what a union above asks for, filled in from records, checked, frozen, sent, received and consolidated.
//!
//! A task says what is asked ([`crate::report::task`]); a return is one task, one union, one period, one version.

mod analysis;
mod answer;
mod board;
mod compute;
mod consolidate;
mod correspondent;
mod delivery;
mod edit;
mod fill;
mod judge;
mod late;
mod look;
mod masked;
mod nodes;
mod receive;
mod roster;
mod send;
mod spot;
mod statement;
mod task_file;
mod wipe;

pub use analysis::{
    Axis, Brief, Pivot, PivotCell, PivotFile, PivotLine, PivotOf, SeriesOf, SeriesPoint, TaskNumber, brief, pivot, series, task_numbers,
    write_pivot,
};
pub use answer::{Answer, Answered, ReasonGiven, answer};
pub use board::{Board, BoardLine, BoardOf, board};
pub use compute::{ComputeAll, ComputeOf, Tried, TryTask, compute, compute_all, find, try_task};
pub use consolidate::{Among, Consolidate, Consolidated, consolidate};
pub use correspondent::{
    CardFile, CardOf, CardShown, Correspondent, OwnCard, Signing, add_card, look_card, own_card, remove_card, renew_key, seat_signer,
    signing,
};
pub use delivery::{Compared, Delivered, Delivery, DeliveryOf, DeliveryState, delivery};
pub use edit::{
    Attach, Audited, Correct, Explain, ReturnOf, SetSigners, TypeIn, TypeRows, attach, audit, correct, explain, sign, type_in, type_rows,
};
pub use look::{Added, NumberAt, ReturnView, Source, ViewOf, behind, view};
pub use nodes::{Node, NodesOf, Off, nodes};
pub use receive::{Deliveries, Receive, receive, take};
pub use send::{Proposed, Send, SentFile, WriteBlank, WriteReturn, propose, read_package, send, write, write_blank};
pub use statement::{Adjustment, Attachment, Basis, Content, Note, Part, Return, ReturnState, Signers};
pub use task_file::{NewTask, TaskFile, TaskLine, TaskOf, add, adopt, check, form, list, task};

use crate::modules::Module;
use crate::record::Row as _;

/// Gives the returns' share of the store.
pub fn module() -> Module {
    Module::new("returns")
        .migration("1_returns.sql", include_str!("migrations/1_returns.sql"))
        .record::<TaskFile>()
        .record::<Return>()
        .record::<Delivery>()
        .record::<Correspondent>()
        .migration("2_erasure.sql", include_str!("migrations/2_erasure.sql"))
        .migration("3_retired_keys.sql", include_str!("migrations/3_retired_keys.sql"))
        .slow_tie(
            Return::NAME,
            "SELECT p.id AS person, coalesce(r.sent, r.until) AS ended FROM return r JOIN person p ON instr(r.content, p.id_number) > 0 WHERE r.state >= 3",
        )
        .wipe(wipe::wipe)
}
