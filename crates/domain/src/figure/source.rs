//! What figures are computed from.

use std::collections::BTreeMap;

use crate::period::Period;
use crate::register::{Record, Register};
use crate::text;
use crate::time::Day;

/// The day fields by which a record of a register touches a period, for those registers whose records count only
/// when they do. `None`: every record of the register is looked at (what was rolled out earlier still holds).
pub const fn read_by(register: Register) -> Option<&'static [&'static str]> {
    match register {
        Register::PressRequests => Some(&["received_on", "answered_on"]),
        Register::PressItems => Some(&["published_on"]),
        Register::News | Register::PortalDocuments => Some(&["posted_on"]),
        Register::Questions => Some(&["received_on"]),
        Register::OutgoingDocuments => Some(&["issued_on"]),
        Register::IncomingDocuments => Some(&["arrived_on"]),
        Register::Regulations | Register::RollOuts | Register::Spokespersons => None,
    }
}

/// Everything a computation may know. The same source gives the same figures.
#[derive(Debug, Clone)]
pub struct Source {
    /// The period.
    pub period: Period,
    /// Records of each register that was ever opened. A register that is not here gives "no data".
    pub records: BTreeMap<Register, Vec<Record>>,
    /// Names of the units the regulation must reach on the last day of the period.
    pub audience: Vec<String>,
    /// Names under which the radio station supplies news, beside the usual ones.
    pub radio_names: Vec<String>,
}

impl Source {
    /// The records of a register; `None` when it was never opened.
    pub(super) fn of(&self, register: Register) -> Option<&[Record]> {
        self.records.get(&register).map(Vec::as_slice)
    }

    /// The records of a register whose day field lies in the period.
    pub(super) fn on(&self, register: Register, field: &str) -> Option<impl Iterator<Item = &Record>> {
        let period = self.period;
        let field = field.to_owned();
        self.of(register).map(|records| {
            records
                .iter()
                .filter(move |record| record.values.day(&field).is_some_and(|day| period.contains(day)))
        })
    }

    /// Whether a supplier's name means the radio station.
    pub(super) fn is_radio(&self, supplier: &str) -> bool {
        let folded = text::fold(supplier);
        const USUAL: [&str; 2] = ["dai truyen thanh", "dai phat thanh"];
        USUAL.iter().any(|name| folded.contains(name))
            || self.radio_names.iter().any(|name| text::fold(name) == folded)
    }

    /// The last day of the period.
    pub(super) fn last(&self) -> Day {
        self.period.last()
    }
}
