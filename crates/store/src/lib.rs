//! What the office knows, kept: rows, files, ledger, jobs, backup. The only crate that knows SQL.
//!
//! - [`Database`]: open, [`read`](Database::read) one snapshot, [`write`](Database::write) one transaction;
//! - query functions by thing: [`register`], [`ledger`];
//! - each function that changes business data records the change in the ledger in the same transaction.
//!
//! It must not know HTTP, templates or what a figure means.

mod database;
mod error;
mod files;
pub mod ledger;
mod migrate;
mod reader;
pub mod register;
pub mod source;
mod sql;
mod writer;

pub use database::{Database, Target};
pub use error::StoreError;
pub use reader::Reader;
pub use source::{Actor, Clock, Random, Sources, SystemClock, SystemRandom};
pub use writer::Tx;
