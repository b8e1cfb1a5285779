//! Figures (*số liệu*): the 22 metrics of a report, each with its definition, the records counted and the records
//! looked at and not counted, with the reason.
//!
//! Invariants:
//! - a figure is computed from records alone; the same records, in any order, give the same figure;
//! - a record that a figure looked at is either counted or left out with a reason, never both;
//! - a figure for which no record type exists, or whose register was never opened, is [`Amount::NoData`],
//!   never zero;
//! - every counted unit of an [`Amount::Count`] is one record in [`Figure::counted`]; except for a sum
//!   ([`Shape::Sum`]), for time ([`Shape::Minutes`]), for distinct things shown with all their records ([`Shape::DistinctParts`]), where each part is
//!   one, for things that no record names ([`Shape::Absent`]) and for views of pages, which are counted by the day.
//!
//! A question or request belongs to the period in which it was received, and is judged as it stood at the end of
//! the period's last day; what happened later has not happened yet.

mod compute;
mod definition;
mod source;
mod tally;

use serde::{Deserialize, Serialize};

use crate::register::RecordRef;

pub use compute::compute;
pub use definition::{ALL, DOUBTS, Definition, LEFT_OUT, Shape, compared_with};
pub use source::{Source, read_by};

/// Counts changes of the rules by which figures are computed. A frozen set names the one it was made by.
pub const RULE_VERSION: u32 = 2;

/// The label of the part whose records do not say what they are divided by; locale key `part_label.not_stated`.
pub const NOT_STATED: &str = "-";

/// One figure of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Stable id, `questions.answered`; locale keys `figure.<id>.title`, `figure.<id>.definition`.
    pub id: String,
    /// The metric (1 to 22) of Law 6.4 that it belongs to.
    pub metric: u8,
    /// What it came to.
    pub amount: Amount,
    /// What is counted: locale key `unit_of_count.<word>`, e.g. `document`, `question`, `percent`, `day`.
    pub unit: &'static str,
    /// Sub-figures of one total: (label as written in the records, amount, its records), e.g. news by supplier.
    pub parts: Vec<Part>,
    /// The records counted; for a ratio the records of its upper number.
    pub counted: Vec<RecordRef>,
    /// For a ratio: the records of its lower number.
    pub base: Vec<RecordRef>,
    /// The records looked at and not counted.
    pub left_out: Vec<LeftOut>,
    /// What a reader should know: locale keys with arguments, e.g. a reply whose document is in no register.
    pub doubts: Vec<Doubt>,
}

/// What a figure came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Amount {
    /// So many.
    Count {
        /// How many.
        count: u64,
    },
    /// So many of so many (`part` ≤ `whole`); shown as a percentage where `whole` > 0.
    Ratio {
        /// The upper number.
        part: u64,
        /// The lower number.
        whole: u64,
    },
    /// A mean or percentile of days, in tenths of a day.
    TenthsOfDay {
        /// Tenths of a day.
        tenths: u64,
    },
    /// *Chưa có dữ liệu*: no record type, or the register was never opened.
    NoData,
}

/// A part of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The value that groups it, as written (a supplier's name, a type of document) or a stored word.
    pub label: String,
    /// How many.
    pub count: u64,
    /// Its records.
    pub counted: Vec<RecordRef>,
}

/// A record that was looked at and not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The record.
    pub record: RecordRef,
    /// Why: locale key `left_out.<word>`.
    pub reason: &'static str,
}

/// Something a reader of a figure should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Locale key `doubt.<word>`.
    pub word: &'static str,
    /// The records it is about.
    pub records: Vec<RecordRef>,
}

impl Amount {
    /// The percentage of a ratio in tenths of a percent, rounded half up; 100 % only when all are, 0 % only when
    /// none is. `None` when it is no ratio or has nothing below.
    pub fn tenths_of_percent(self) -> Option<u64> {
        match self {
            Amount::Ratio { part, whole } if whole > 0 => {
                let rounded = (part * 2_000 + whole) / (whole * 2);
                Some(match rounded {
                    1_000 if part < whole => 999,
                    0 if part > 0 => 1,
                    exact => exact,
                })
            }
            Amount::Ratio { .. } | Amount::Count { .. } | Amount::TenthsOfDay { .. } | Amount::NoData => None,
        }
    }
}

#[cfg(test)]
mod tests;
