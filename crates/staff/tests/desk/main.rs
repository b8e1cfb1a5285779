//! The desk through its whole path: front, gate, handler, action, database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]

mod access;
mod accounts;
mod approvals;
mod data_breaches;
mod data_requests;
mod documents;
mod duties;
mod exchange;
mod figures;
mod imports;
mod installation;
mod jobs;
mod look;
mod machines;
mod notices;
mod outages;
mod press;
mod publications;
mod radio;
mod registers;
mod reports;
mod rules;
mod security;
mod site;
mod together;
mod uploads;
