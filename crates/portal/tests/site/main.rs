//! The public pages behind the real front, for somebody nobody knows.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod asking;
mod data_requests;
mod documents;
mod feed_rules;
mod feeds;
mod hidden;
mod look;
mod notices;
mod pages;
mod press;
mod proof;
mod search;
mod site;
