//! What figures are computed from, and which records a computation looks at.

use std::collections::BTreeMap;

use crate::period::Period;
use crate::register::{Record, Register};
use crate::time::Day;

/// The day fields by which a record of a register touches a period, for those registers whose records count only
/// when they do; none for a register that no figure reads. `None`: every record of the register is to be loaded
/// (what was rolled out earlier still holds).
pub const fn read_by(register: Register) -> Option<&'static [&'static str]> {
    match register {
        Register::PressRequests | Register::Questions => Some(&["received_on", "answered_on"]),
        Register::PressItems => Some(&["published_on", "action_on"]),
        Register::News => Some(&["posted_on"]),
        Register::PortalDocuments => Some(&["posted_on", "issued_on"]),
        Register::OutgoingDocuments => Some(&["issued_on"]),
        Register::IncomingDocuments => Some(&[]),
        Register::Statements => Some(&["held_on"]),
        Register::ExtraordinaryCases => Some(&["arose_on"]),
        Register::InternalRequests => Some(&["asked_on"]),
        Register::Trainings => Some(&["held_on"]),
        Register::Regulations | Register::RollOuts | Register::Spokespersons | Register::Outages => None,
    }
}

/// Everything a computation may know. The same source gives the same figures.
#[derive(Debug, Clone)]
pub struct Source {
    /// The period.
    pub period: Period,
    /// The day of counting: in a period that is not over, a limit that ends on it or later has not come.
    pub counted_on: Day,
    /// Records of each register that was ever opened, in any order. A register that is not here gives "no data".
    /// Records that do not touch the period change nothing, but that news of the same days a year before are compared.
    pub records: BTreeMap<Register, Vec<Record>>,
    /// Names of the units the regulation must reach on the last day of the period; of an office that ended before it, on
    /// its own last day.
    pub audience: Vec<String>,
    /// Pages of the public site that were read, by day: the days that are over and on which they were counted, of the
    /// period and of the same days a year before. A day that is missing was not counted.
    pub page_views: BTreeMap<Day, u64>,
    /// Names under which the radio station supplies news, beside the usual ones.
    pub radio_names: Vec<String>,
}

impl Source {
    /// News posted on the same days a year before, by day and then by id; none where that lies outside the calendar.
    pub(super) fn news_a_year_before(&self) -> Vec<&Record> {
        let (Ok(before), Some(news)) = (self.period.year_before(), self.records.get(&Register::News)) else {
            return Vec::new();
        };
        let mut found: Vec<&Record> =
            news.iter().filter(|record| touches(Register::News, record, before)).collect();
        found.sort_by_cached_key(|record| (record.day(), record.id));
        found
    }

    /// The records of a register that the figures of the period look at, by day and then by id; `None` when the
    /// register was never opened.
    pub(super) fn looked_at(&self, register: Register) -> Option<Vec<&Record>> {
        let records = self.records.get(&register)?;
        let mut found: Vec<&Record> =
            records.iter().filter(|record| touches(register, record, self.period)).collect();
        found.sort_by_cached_key(|record| (record.day(), record.id));
        Some(found)
    }
}

/// Whether a record has to do with a period.
fn touches(register: Register, record: &Record, period: Period) -> bool {
    let values = &record.values;
    let begun = |field| values.day(field).is_none_or(|day: Day| day <= period.last());
    match read_by(register) {
        Some(fields) => fields.iter().any(|field| values.day(field).is_some_and(|day| period.contains(day))),
        // One that is not over yet touches every period from its beginning on.
        None if register == Register::Outages => {
            begun("started_on") && values.day("ended_on").is_none_or(|day| day >= period.first())
        }
        None if register == Register::Spokespersons => {
            begun("starts_on") && values.day("ends_on").is_none_or(|day| day >= period.first())
        }
        None => begun(register.day_field()),
    }
}
