//! Every query and every change, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "tests")]

mod cast;
mod data_request;
mod history;
mod job;
mod ledger;
mod mail;
mod notice;
mod outgoing_number;
mod page_view;
mod personal;
mod press;
mod programme;
mod publication;
mod register;
mod relation;
mod report;
mod roll_out;
mod rows;
mod security;
mod unused;
mod uploaded_document;
mod writing;
