//! What the office knows, kept: rows, files, ledger, jobs, backup. The only crate that knows SQL.
//!
//! - [`Database`]: open, [`read`](Database::read) one snapshot, [`write`](Database::write) one transaction;
//! - query functions by thing: [`register`], [`mod@unit`], [`person`], [`rule`], [`calendar`], [`import`], [`report`],
//!   [`publication`], [`public_item`], [`job`] …;
//! - [`archive`]: backup, restore, copying to another database;
//! - each function that changes business data records the change in the ledger in the same transaction.
//!
//! It must not know HTTP, templates or what a figure means.

pub mod absence;
pub mod archive;
pub mod attempt;
pub mod blob;
pub mod bulletin_batch;
pub mod calendar;
mod canonical;
mod coded;
pub mod conference;
pub mod data_breach;
pub mod data_request;
mod database;
pub mod emergency;
mod error;
pub mod file_check;
pub mod file_text;
mod files;
pub mod import;
pub mod job;
pub mod ledger;
pub mod line_look;
pub mod mail;
mod migrate;
pub mod notice;
pub mod outgoing_number;
pub mod outside_link;
pub mod packet;
pub mod page_view;
pub mod person;
pub mod picture_size;

pub mod press;
pub mod programme;
mod public_count;
pub mod public_item;
pub mod public_relation;
pub mod publication;
mod reader;
pub mod recording;
pub mod register;
pub mod report;
pub mod roll_out;
pub mod rule;
pub mod schema;
pub mod security;
pub mod session;
pub mod setting;
pub mod source;
mod sql;
pub mod standstill;
pub mod statement;
pub mod unit;
pub mod uploaded_document;
mod writer;

pub use blob::{Blobs, Digest};
pub use database::{Database, Target};
pub use error::StoreError;
pub use migrate::schema_digest;
pub use reader::Reader;
pub use source::{Actor, Clock, Random, Sources, SystemClock, SystemRandom};
pub use writer::Tx;
