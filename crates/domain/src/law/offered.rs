//! The periods a report of a year may have by the closing dates (*thời gian chốt số liệu*).

use super::{Closing, Law};
use crate::period::Period;

/// A period offered for a new report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The days.
    pub period: Period,
    /// The closing rows that give it; none for the calendar year, which needs no row.
    pub rows: Vec<&'a Closing>,
}

impl Law {
    /// The periods that end in `year`: the calendar year first, then those of the closing rows in force on the last
    /// day of each, longest first. Rows that give the same days give one period.
    pub fn periods_of(&self, year: i16) -> Vec<Offered<'_>> {
        let calendar = Period::calendar_year(year).ok();
        let mut offered: Vec<Offered<'_>> =
            calendar.into_iter().map(|period| Offered { period, rows: Vec::new() }).collect();
        let mut rows: Vec<&Closing> = self.closings.iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.months));
        for row in rows {
            for month in row.last_months() {
                let Ok(period) = row.period(year, month) else { continue };
                if !row.is_in_force(period.last()) {
                    continue;
                }
                match offered.iter_mut().find(|known| known.period == period) {
                    Some(known) => known.rows.push(row),
                    None => offered.push(Offered { period, rows: vec![row] }),
                }
            }
        }
        offered
    }

    /// Whether `period` is one of those offered for its year.
    pub fn is_offered(&self, period: Period) -> bool {
        self.periods_of(period.year()).iter().any(|offered| offered.period == period)
    }
}

impl Closing {
    /// The months of a year in which it ends: its own, or the last of every `months` months.
    pub fn last_months(&self) -> Vec<i8> {
        match self.last_month {
            Some(month) => vec![month],
            None => (1..=12).filter(|month| self.months > 0 && month % self.months == 0).collect(),
        }
    }

    /// Whether it gives a period in every year, leap year or not: one to twelve months, days that each month has.
    pub fn gives_periods(&self) -> bool {
        let months = self.last_months();
        let is_period = |year| months.iter().all(|month| self.period(year, *month).is_ok());
        (1..=12).contains(&self.months) && !months.is_empty() && is_period(2000) && is_period(2001)
    }
}
