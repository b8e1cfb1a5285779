//! Requests of the press (*yêu cầu cung cấp thông tin của báo chí*): from receipt through the work of units and the
//! chain of clearance to the reply that leaves with a number.
//!
//! - [`request`]: what was asked, what is answered, what was decided, as one value;
//! - [`workflow`]: states, events, the table of transitions, the one decision;
//! - [`part`]: what the leading and the co-ordinating units were asked, each with a clock of its own;
//! - [`chain`]: who clears in which order, dated data of the office;
//! - [`clock`]: when a request is due, by the law of the day it was received;
//! - [`emergency`]: extraordinary cases and their clock of hours;
//! - [`speaker`]: who may speak for the office on a day;
//! - [`statement`]: press releases, and what was said or posted of the office's own accord.

pub mod chain;
pub mod clock;
pub mod conference;
pub mod delay;
pub mod emergency;
pub mod library;
pub mod part;
pub mod request;
pub mod speaker;
pub mod statement;
pub mod workflow;

#[cfg(test)]
mod tests;
