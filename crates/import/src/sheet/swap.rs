//! Suspicion that day and month were swapped in a column: by a sheet program of another country, which turns
//! `03/04/2020` into the 4th of March and leaves `20/11/2020` as text.

use std::collections::BTreeMap;

use domain::register::{Field, FieldKind, Value};

use crate::Code;
use crate::source::Raw;
use crate::value::Checked;

#[derive(Debug, Default)]
struct Seen {
    texts_after_12: u32,
    texts_to_12: u32,
    cells_after_12: u32,
    cells_to_12: u32,
    month_first: u32,
}

/// What was seen of each column of days.
#[derive(Debug, Default)]
pub(super) struct Swaps(BTreeMap<u16, Seen>);

impl Swaps {
    pub(super) fn see(&mut self, column: u16, field: &Field, raw: &Raw, checked: &Checked) {
        if field.kind != FieldKind::Day {
            return;
        }
        let seen = self.0.entry(column).or_default();
        seen.month_first +=
            u32::from(checked.findings.iter().any(|finding| finding.code == Code::DaySwapped));
        let Some(Value::Day(day)) = &checked.value else { return };
        let count = match (raw, day.day() > 12) {
            (Raw::Text(_), true) => &mut seen.texts_after_12,
            (Raw::Text(_), false) => &mut seen.texts_to_12,
            (_, true) => &mut seen.cells_after_12,
            (_, false) => &mut seen.cells_to_12,
        };
        *count += 1;
    }

    /// Columns under suspicion and how many of their days are.
    pub(super) fn suspicious(&self) -> Vec<(u16, u32)> {
        let count = |seen: &Seen| {
            if seen.month_first > 0 {
                return seen.texts_to_12 + seen.cells_to_12;
            }
            let divided = seen.texts_after_12 >= 3 && seen.texts_to_12 == 0 && seen.cells_after_12 == 0;
            if divided { seen.cells_to_12 } else { 0 }
        };
        self.0.iter().map(|(column, seen)| (*column, count(seen))).filter(|(_, count)| *count > 0).collect()
    }
}
