//! Input of people. Every extractor here refuses what its type does not name: unknown fields, a field given twice,
//! bytes that are not UTF-8, control characters (GEN-01, GEN-03, GEN-04, GEN-09).
//!
//! - [`Form`]: a form of our own pages, with the proof that it came from one; for fixed fields;
//! - [`Fields`]: the same for fields that are data (registers); open it with [`Fields::only`];
//! - [`Upload`]: the same with one file, on routes that take files;
//! - [`Uploads`]: the same with many files, one after the other;
//! - [`Query`] and [`Path`]: the address.
//!
//! A form's type holds strings, as typed. Its `check` makes the command or adds to the [`FormState`], which the same
//! page shows again.

mod de;
pub(crate) mod display;
mod extract;
mod read;
mod state;
mod upload;
mod uploads;

pub use extract::{Fields, Form, Path, Query, Submitted};
pub use state::{FieldError, FormKey, FormState};
pub use upload::{Upload, with_file_of};
pub use uploads::{UploadedFile, Uploads};
