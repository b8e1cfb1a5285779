//! A figure while it is counted: each record looked at is counted or left out with a reason, never both.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Amount, Definition, Doubt, Figure, LeftOut, Part, Shape};
use crate::register::{Record, RecordRef, Register};
use crate::text;

/// What becomes of a record in one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// Counted; in a ratio, in both numbers.
    Count,
    /// Counted under this label, or as this thing where distinct things are counted.
    Under(Cow<'a, str>),
    /// In the lower number of a ratio only, and why not in the upper one.
    Missed(&'static str),
    /// Not counted, and why.
    Out(&'static str),
}

/// A verdict and what a reader should know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged<'a> {
    verdict: Verdict<'a>,
    doubt: Option<&'static str>,
}

impl<'a> From<Verdict<'a>> for Judged<'a> {
    fn from(verdict: Verdict<'a>) -> Judged<'a> {
        Judged { verdict, doubt: None }
    }
}

impl<'a> Verdict<'a> {
    /// With a doubt, where it holds.
    pub(super) fn doubted_if(self, holds: bool, word: &'static str) -> Judged<'a> {
        Judged { verdict: self, doubt: holds.then_some(word) }
    }
}

/// A figure while it is counted.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    definition: &'static Definition,
    counted: Vec<&'a Record>,
    base: Vec<&'a Record>,
    left_out: Vec<LeftOut>,
    doubts: BTreeMap<&'static str, Vec<RecordRef>>,
    groups: BTreeMap<String, Vec<&'a Record>>,
}

impl<'a> Tally<'a> {
    /// Nothing counted yet.
    pub(super) fn new(definition: &'static Definition) -> Tally<'a> {
        Tally {
            definition,
            counted: Vec::new(),
            base: Vec::new(),
            left_out: Vec::new(),
            doubts: BTreeMap::new(),
            groups: BTreeMap::new(),
        }
    }

    /// Puts a record where it was judged to belong.
    pub(super) fn add(&mut self, record: &'a Record, judged: Judged<'_>) {
        if let Some(word) = judged.doubt {
            self.doubt(record, word);
        }
        match judged.verdict {
            Verdict::Count => self.count(record),
            Verdict::Under(label) => {
                if self.definition.shape != Shape::Distinct {
                    self.counted.push(record);
                }
                if let Some(group) = self.groups.get_mut(label.as_ref()) {
                    group.push(record);
                } else {
                    self.groups.insert(label.into_owned(), vec![record]);
                }
            }
            Verdict::Missed(reason) => {
                self.base.push(record);
                self.leave(record, reason);
            }
            Verdict::Out(reason) => self.leave(record, reason),
        }
    }

    /// Counts a record.
    pub(super) fn count(&mut self, record: &'a Record) {
        self.counted.push(record);
        if self.definition.shape == Shape::Ratio {
            self.base.push(record);
        }
    }

    /// Leaves a record out.
    pub(super) fn leave(&mut self, record: &Record, reason: &'static str) {
        self.left_out.push(LeftOut { record: record.reference(), reason });
    }

    /// Notes a doubt about a record.
    pub(super) fn doubt(&mut self, record: &Record, word: &'static str) {
        self.doubts.entry(word).or_default().push(record.reference());
    }

    /// The figure.
    pub(super) fn finish(mut self) -> Figure {
        let parts = self.settle_groups();
        let amount = amount(self.definition.shape, &self.counted, self.base.len(), parts.len());
        let references = |records: &[&Record]| records.iter().map(|record| record.reference()).collect();
        Figure {
            id: self.definition.id.to_owned(),
            metric: self.definition.metric,
            amount,
            unit: self.definition.unit,
            parts,
            counted: references(&self.counted),
            base: references(&self.base),
            left_out: self.left_out,
            doubts: self.doubts.into_iter().map(|(word, records)| Doubt { word, records }).collect(),
        }
    }

    /// A figure with an amount that is not made of its records.
    pub(super) fn finish_with(self, amount: Amount) -> Figure {
        Figure { amount, ..self.finish() }
    }

    /// Brings groups whose labels are the same text together and counts their records, or one for each group.
    fn settle_groups(&mut self) -> Vec<Part> {
        let merged = merge(std::mem::take(&mut self.groups));
        if self.definition.shape == Shape::Distinct {
            let reason = if self.definition.unit == "person" { "same_person" } else { "same_unit" };
            for (_, records) in merged {
                let mut records = records.into_iter();
                self.counted.extend(records.next());
                records.for_each(|record| self.leave(record, reason));
            }
            self.counted.sort_by_key(|record| (record.day(), record.id));
            return Vec::new();
        }
        let mut parts = Vec::with_capacity(merged.len());
        for (label, records) in merged {
            let counted: Vec<_> = records.iter().map(|record| record.reference()).collect();
            parts.push(Part { label, count: counted.len() as u64, counted });
        }
        match self.definition.shape {
            Shape::OrderedParts => parts.sort_by(|a, b| a.label.cmp(&b.label)),
            _ => parts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label))),
        }
        parts
    }
}

/// Groups by label, labels that are the same text as one, written in the way that most records write it.
fn merge(groups: BTreeMap<String, Vec<&Record>>) -> Vec<(String, Vec<&Record>)> {
    struct Merged<'a> {
        label: String,
        votes: usize,
        is_mixed: bool,
        records: Vec<&'a Record>,
    }
    let mut merged: BTreeMap<String, Merged<'_>> = BTreeMap::new();
    for (label, records) in groups {
        let votes = records.len();
        let one = merged.entry(text::key(&label)).or_insert_with(|| Merged {
            label: label.clone(),
            votes,
            is_mixed: false,
            records: Vec::new(),
        });
        one.is_mixed = !one.records.is_empty();
        if votes > one.votes {
            (one.label, one.votes) = (label, votes);
        }
        one.records.extend(records);
    }
    let merged = merged.into_values().map(|mut one| {
        // Records come by day; only groups brought together are out of order.
        if one.is_mixed {
            one.records.sort_by_cached_key(|record| (record.day(), record.id));
        }
        (one.label, one.records)
    });
    merged.collect()
}

fn amount(shape: Shape, counted: &[&Record], base: usize, parts: usize) -> Amount {
    let count = |count: usize| Amount::Count { count: count as u64 };
    match shape {
        Shape::Count | Shape::Parts | Shape::OrderedParts | Shape::Distinct | Shape::YearBefore => {
            count(counted.len())
        }
        Shape::DistinctParts => count(parts),
        Shape::Ratio => Amount::Ratio { part: counted.len() as u64, whole: base as u64 },
        Shape::Sum => Amount::Count { count: counted.iter().map(|record| summand(record)).sum() },
        Shape::MeanDays => mean(&days(counted)),
        Shape::NinetiethDays => ninetieth(&mut days(counted)),
        Shape::Absent | Shape::Given | Shape::Minutes => Amount::NoData,
    }
}

/// The number a record adds to a sum: how often the press was written to about an item, once where no number is
/// written; how many people were trained, none where none is.
fn summand(record: &Record) -> u64 {
    let (field, unwritten) = match record.register {
        Register::Trainings => ("people", 0),
        _ => ("rounds", 1),
    };
    record.values.count(field).map_or(unwritten, |count| u64::try_from(count).unwrap_or(0))
}

/// Calendar days from receipt to answer, the day of receipt not counted.
fn days(answered: &[&Record]) -> Vec<u64> {
    let taken = |record: &&Record| {
        let (received, answered) = (record.values.day("received_on")?, record.values.day("answered_on")?);
        u64::try_from((answered - received).get_days()).ok()
    };
    answered.iter().filter_map(taken).collect()
}

/// The mean in tenths, rounded half up.
fn mean(days: &[u64]) -> Amount {
    let count = days.len() as u64;
    if count == 0 {
        return Amount::NoData;
    }
    let sum: u64 = days.iter().sum();
    Amount::TenthsOfDay { tenths: (sum * 20 + count) / (count * 2) }
}

/// The nearest-rank 90th percentile.
fn ninetieth(days: &mut [u64]) -> Amount {
    days.sort_unstable();
    let rank = (days.len() * 9).div_ceil(10);
    match rank.checked_sub(1).and_then(|index| days.get(index)) {
        Some(value) => Amount::TenthsOfDay { tenths: value * 10 },
        None => Amount::NoData,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_half_up_to_a_tenth() {
        assert_eq!(mean(&[1, 2]), Amount::TenthsOfDay { tenths: 15 });
        assert_eq!(mean(&[1, 1, 2]), Amount::TenthsOfDay { tenths: 13 });
        assert_eq!(mean(&[0, 0, 0, 1]), Amount::TenthsOfDay { tenths: 3 });
        assert_eq!(mean(&[]), Amount::NoData);
    }

    #[test]
    fn the_ninetieth_percentile_is_a_value_that_occurred() {
        let mut ten: Vec<u64> = (1..=10).rev().collect();
        assert_eq!(ninetieth(&mut ten), Amount::TenthsOfDay { tenths: 90 });
        assert_eq!(ninetieth(&mut [7]), Amount::TenthsOfDay { tenths: 70 });
        assert_eq!(ninetieth(&mut []), Amount::NoData);
    }
}
