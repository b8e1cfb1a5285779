//! The small tools figures are computed with: looking at a record once, counting it or leaving it out.

use std::collections::BTreeMap;

use super::{Amount, Doubt, Figure, LeftOut, Part};
use crate::register::{Record, RecordRef};
use crate::text;

/// A figure while it is counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counted: Vec<RecordRef>,
    base: Vec<RecordRef>,
    left_out: Vec<LeftOut>,
    doubts: BTreeMap<&'static str, Vec<RecordRef>>,
    parts: BTreeMap<String, (String, u64, Vec<RecordRef>)>,
}

impl Tally {
    /// Counts a record.
    pub(super) fn count(&mut self, record: &Record) {
        self.counted.push(record.reference());
    }

    /// Puts a record into the lower number of a ratio, and into the upper one when `upper`, else leaves it out there.
    pub(super) fn weigh(&mut self, record: &Record, upper: bool, reason: &'static str) {
        self.base.push(record.reference());
        if upper { self.count(record) } else { self.leave(record, reason) }
    }

    /// Leaves a record out.
    pub(super) fn leave(&mut self, record: &Record, reason: &'static str) {
        self.left_out.push(LeftOut { record: record.reference(), reason });
    }

    /// Notes a doubt about a record.
    pub(super) fn doubt(&mut self, record: &Record, word: &'static str) {
        self.doubts.entry(word).or_default().push(record.reference());
    }

    /// Counts a record under a label; labels that are the same text are one part, written as first met.
    pub(super) fn count_under(&mut self, record: &Record, label: &str) {
        self.count(record);
        let part = self.parts.entry(text::key(label)).or_insert_with(|| (label.to_owned(), 0, Vec::new()));
        part.1 += 1;
        part.2.push(record.reference());
    }

    /// So many as were counted.
    pub(super) fn into_count(self, id: &str, metric: u8, unit: &'static str) -> Figure {
        let count = self.counted.len() as u64;
        self.into_figure(id, metric, unit, Amount::Count { count })
    }

    /// So many distinct things, of which `counted` holds one record each.
    pub(super) fn into_amount(self, id: &str, metric: u8, unit: &'static str, count: u64) -> Figure {
        self.into_figure(id, metric, unit, Amount::Count { count })
    }

    /// The counted of the weighed.
    pub(super) fn into_ratio(self, id: &str, metric: u8) -> Figure {
        let amount = Amount::Ratio { part: self.counted.len() as u64, whole: self.base.len() as u64 };
        self.into_figure(id, metric, "percent", amount)
    }

    /// With this amount.
    pub(super) fn into_figure(self, id: &str, metric: u8, unit: &'static str, amount: Amount) -> Figure {
        let mut parts: Vec<Part> =
            self.parts.into_values().map(|(label, count, counted)| Part { label, count, counted }).collect();
        parts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        let doubts = self.doubts.into_iter().map(|(word, records)| Doubt { word, records }).collect();
        Figure {
            id: id.to_owned(),
            metric,
            amount,
            unit,
            parts,
            counted: self.counted,
            base: self.base,
            left_out: self.left_out,
            doubts,
        }
    }
}
