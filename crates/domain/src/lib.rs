//! The words, rules and decisions of *Phát Ngôn*: how a Vietnamese People's Committee (Ủy ban nhân dân) speaks
//! to the press, informs the public and reports on it.
//!
//! Pure: no I/O, no async, no clock, no randomness, no SQL, no HTML. Functions take the instant and the ids they
//! need. What a newcomer reads first, in business order:
//!
//! - [`register`]: the registers (*sổ*) an office keeps, as data: fields, headings, values;
//! - [`mod@unit`]: offices with dated changes and successors;
//! - [`law`], [`calendar`], [`deadline`]: dated rules, days with a kind, and dates that explain themselves;
//! - [`period`], [`figure`]: what a report counts, which records stand behind each count and which do not;
//! - [`machine`]: what the state machines below are made of;
//! - [`report`]: the way of a report from draft to issued document;
//! - [`press`]: requests of the press, from receipt to the numbered reply;
//! - [`data_request`], [`data_breach`]: what people ask of their own data, and what has to be told when it got out;
//! - [`roll_out`]: a regulation sent to units, acknowledged by each;
//! - [`publication`]: what is written for the public, its way to the portal, and what the public sees;
//! - [`redaction`]: what may be personal data in a text, and the text without it;
//! - [`ledger`]: the chained history every change is written to;
//! - [`duty`]: what must be published, and whether it was;
//! - [`notice`]: what readers report as wrong;
//! - [`site`]: how the public site presents itself;
//! - [`access`]: who may do what, one table;
//! - [`text`], [`time`], [`id`]: Vietnamese text, days and instants, ids.

pub mod absence;
pub mod access;
pub mod calendar;
pub mod data_breach;
pub mod data_request;
pub mod deadline;
pub mod difference;
pub mod duty;
pub mod figure;
pub mod id;
pub mod law;
pub mod ledger;
pub mod machine;
pub mod notice;
pub mod outage;
pub mod page_view;
pub mod period;
pub mod press;
pub mod programme;
pub mod publication;
pub mod redaction;
pub mod register;
pub mod report;
pub mod roll_out;
pub mod security;
pub mod site;
pub mod text;
pub mod time;
pub mod unit;
