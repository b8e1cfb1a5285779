//! The desk: the pages of signed-in people. Each page takes what the browser sent, calls one action of `app`, and
//! draws the answer. It opens no transaction, reads no file and knows no SQL; who may do what stands in the table of
//! routes ([`routes`]) and is enforced there ([`gate`]) and in the actions.
//!
//! - [`desk`]: the dashboard of a period;
//! - [`figure`]: one figure down to its records;
//! - [`register`]: lists, records, forms, exports;
//! - [`sign_in`]: coming in and going out;
//! - [`report`]: the editor of a report, its acts and files;
//! - [`import`]: files into registers, with a preview;
//! - [`rule`]: calendar, dated rules, calculator;
//! - [`account`], [`person`], [`mod@unit`], [`office`], [`ledger`], [`administration`]: the own account and the
//!   installation.

pub mod account;
pub mod administration;
mod data_breach;
mod data_request;
pub mod desk;
mod document;
pub mod duty;
mod exchange;
pub mod figure;
pub mod gate;
pub mod import;
pub mod ledger;
pub mod link;
pub mod menu;
pub mod notice;
pub mod office;
pub mod outage;
pub mod part;
pub mod person;
pub mod press;
mod publication;
mod radio;
pub mod refusal;
pub mod register;
pub mod report;
mod roll_out;
pub mod routes;
pub mod rule;
pub mod show_day;
pub mod sign_in;
pub mod signer;
mod state;
pub mod unit;
mod work;

pub use gate::{Gate, Staff};
pub use routes::{Route, Verb, router};
pub use state::State;
