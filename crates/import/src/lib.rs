//! Registers in and out: the bytes of a sheet an office keeps become checked lines of a register
//! ([`domain::register`]), and registers become sheets again.
//!
//! Knows file formats, old Vietnamese encodings and how offices write headings, days and numbers. Knows no
//! database, no clock and no screen: what is wrong is data ([`Finding`]), the words stand in
//! `locales/*/import.toml`.
//!
//! The way of a file through this crate:
//! 1. [`guard`]: is it small, whole, unencrypted and of the kind its name says? Nothing is parsed before that.
//! 2. `source`: its sheets as rows of raw cells, one row at a time.
//! 3. `header`: which row holds the headings, which register is it, which column is which field?
//! 4. `value`: each cell checked into a [`domain::register::Value`], or a finding that says why not.
//! 5. `sheet`: good lines go to the caller's sink; findings and counts to the [`Survey`].
//!
//! Nothing is guessed silently: a guess leaves a finding of severity [`Severity::Doubt`].

pub mod guard;
pub mod legacy;

mod finding;
mod header;
mod listing;
mod options;
mod read;
mod sheet;
mod source;
mod survey;
mod value;
mod write;

pub use finding::{Code, Finding, Refused, Severity};
pub use header::register_name;
pub use legacy::Legacy;
pub use listing::{ListColumn, ListRow, list, plain_text};
pub use options::{Limits, Options, SheetChoice};
pub use read::{read, read_all};
pub use survey::{Item, Line, MappedColumn, Rejected, SheetSurvey, Survey};
pub use value::read_value;
pub use write::{CsvWriter, WriteError, export_csv, export_xlsx, rejected_file, template};
