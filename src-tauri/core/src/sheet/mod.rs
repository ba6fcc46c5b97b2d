//! Sheets in and out: workbooks and text files, without a noun of the trade.
//!
//! - [`read`] opens a file by its content and hands its rows over one by one.
//! - [`normal`] gives cells the form that is compared and stored; [`header`] finds the row that names the columns.
//! - [`layout`] describes an upstream blank; [`import`] brings rows in, after a preview, as one step; [`export`] sends
//!   them out.
//! - [`write`] fills a blank, its own or an upstream union's, and writes text sheets.

pub mod export;
pub(crate) mod fault;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
pub mod header;
pub mod import;
pub mod layout;
pub mod look;
pub mod normal;
pub(crate) mod package;
pub mod place;
pub mod read;
pub mod write;
pub(crate) mod xml;

pub use place::{Area, CellRef};
