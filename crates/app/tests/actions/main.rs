//! What people can do, on both databases, without HTTP: action, transaction, ledger.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]

mod approvals;
mod attachments;
mod backup;
mod closings;
mod conferences;
mod data_breaches;
mod data_requests;
mod duties;
mod emergencies;
mod exchange;
mod factors;
mod figures;
mod grounds;
mod imports;
mod last_days;
mod mail;
mod numbering;
mod outages;
mod outside_links;
mod people;
mod press;
mod publications;
mod radio;
mod registers;
mod reports;
mod retention;
mod rights;
mod security_log;
mod senders;
mod sign_in;
mod speaking;
mod statements;
mod templates;
mod together;
mod uploads;
mod work;
mod world;
