//! The working calendar (*lịch làm việc*) as data: every day that is not what its weekday says, with its source.
//!
//! It refuses to guess: a year without rows, or not confirmed by the administrator, is provisional and says so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Time, Weekday};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::law::Confidence;
use crate::time::Day;

mod kind;
#[cfg(test)]
mod tests;

pub use kind::DayKind;

const SHIPPED: &str = include_str!("../../../../data/calendar/vietnam.toml");

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// The day.
    pub day: Day,
    /// What it is.
    pub kind: DayKind,
    /// The decision or law that made it so.
    pub source: String,
}

/// What is known of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Whether a named person confirmed it, or it lies in the past and was checked.
    pub is_confirmed: bool,
    /// A remark.
    #[serde(default)]
    pub note: String,
}

/// A session of a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// From this hour.
    pub from: Time,
    /// To this hour.
    pub to: Time,
}

/// The hours of a kind of day (*giờ làm việc*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Of this kind of day.
    pub kind: DayKind,
    /// Its sessions, in order.
    pub sessions: Vec<Session>,
    /// The decision that set them.
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Several days in a row, in the data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    first: Day,
    #[serde(default)]
    last: Option<Day>,
    kind: DayKind,
    source: String,
    confidence: Confidence,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Day, SpecialDay>,
    years: BTreeMap<i16, Year>,
    doubts: BTreeMap<Day, Confidence>,
    hours: Vec<Hours>,
    /// Kept, because each of a hundred thousand limits names it.
    version: String,
}

impl Default for Calendar {
    /// Weekends only, every year provisional, no hours.
    fn default() -> Calendar {
        let empty = Calendar {
            days: BTreeMap::new(),
            years: BTreeMap::new(),
            doubts: BTreeMap::new(),
            hours: Vec::new(),
            version: String::new(),
        };
        empty.sealed()
    }
}

/// A text that is not a calendar: every complaint names its row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the calendar cannot be read:\n{}", .0.join("\n"))]
pub struct BadCalendar(pub Vec<String>);

impl Calendar {
    /// A calendar of these days and years, with the shipped hours.
    pub fn new(days: Vec<SpecialDay>, years: Vec<Year>) -> Calendar {
        Calendar {
            days: days.into_iter().map(|day| (day.day, day)).collect(),
            years: years.into_iter().map(|year| (year.year, year)).collect(),
            doubts: BTreeMap::new(),
            hours: shipped().hours.clone(),
            version: String::new(),
        }
        .sealed()
    }

    /// Reads the data file.
    ///
    /// # Errors
    /// With all complaints at once: rows that cannot be read, a day that stands twice, that has no source, that is given
    /// the kind it has anyway, or that lies in a year without a row; sessions out of order.
    pub fn parse(toml: &str) -> Result<Calendar, BadCalendar> {
        let table: toml::Table = toml.parse().map_err(|error| BadCalendar(vec![format!("{error}")]))?;
        let mut complaints = Vec::new();
        for key in table.keys().filter(|key| !["hours", "year", "run"].contains(&key.as_str())) {
            complaints.push(format!("{key}: not one of hours, year, run"));
        }
        let mut calendar = Calendar { hours: rows(&table, "hours", &mut complaints), ..Calendar::default() };
        for year in rows::<Year>(&table, "year", &mut complaints) {
            if let Some(twice) = calendar.years.insert(year.year, year) {
                complaints.push(format!("year {}: stands twice", twice.year));
            }
        }
        for run in rows::<Run>(&table, "run", &mut complaints) {
            calendar.enter(&run, &mut complaints);
        }
        for hours in calendar.hours.iter().filter(|hours| !hours.is_ordered()) {
            complaints.push(format!("hours {}: the sessions are not in order", hours.kind.word()));
        }
        if complaints.is_empty() { Ok(calendar.sealed()) } else { Err(BadCalendar(complaints)) }
    }

    fn enter(&mut self, run: &Run, complaints: &mut Vec<String>) {
        let last = run.last.unwrap_or(run.first);
        if last < run.first {
            complaints.push(format!("run {}: last lies before first", run.first));
        }
        if run.source.trim().is_empty() {
            complaints.push(format!("run {}: source is empty", run.first));
        }
        for day in run.first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
            if plain(day) == run.kind {
                complaints.push(format!("{day}: is {} anyway", run.kind.word()));
            }
            if !self.years.contains_key(&day.year()) {
                complaints.push(format!("{day}: there is no row for its year"));
            }
            let special = SpecialDay { day, kind: run.kind, source: run.source.clone() };
            if self.days.insert(day, special).is_some() {
                complaints.push(format!("{day}: stands twice"));
            }
            self.doubts.insert(day, run.confidence);
        }
    }

    /// The calendar shipped with the program. A test reads it.
    pub fn shipped() -> Calendar {
        shipped().clone()
    }

    /// What kind of day it is.
    pub fn kind_of(&self, day: Day) -> DayKind {
        self.days.get(&day).map_or_else(|| plain(day), |special| special.kind)
    }

    /// Whether it is worked.
    pub fn is_working(&self, day: Day) -> bool {
        self.kind_of(day).is_working()
    }

    /// The decision behind a special day.
    pub fn source_of(&self, day: Day) -> Option<&str> {
        self.days.get(&day).map(|special| special.source.as_str())
    }

    /// How sure a special day of a data file is. Days entered by the office have none: their source is named by the one
    /// who entered them.
    pub fn confidence_of(&self, day: Day) -> Option<Confidence> {
        self.doubts.get(&day).copied()
    }

    /// The first working day after `day`.
    ///
    /// # Errors
    /// When the days of the calendar end before one comes.
    pub fn next_working(&self, day: Day) -> Result<Day, jiff::Error> {
        let mut next = day.tomorrow()?;
        while !self.is_working(next) {
            next = next.tomorrow()?;
        }
        Ok(next)
    }

    /// The last working day not after `day`.
    ///
    /// # Errors
    /// When the days of the calendar begin after one comes.
    pub fn last_working(&self, mut day: Day) -> Result<Day, jiff::Error> {
        while !self.is_working(day) {
            day = day.yesterday()?;
        }
        Ok(day)
    }

    /// The sessions of a day; none on a day off.
    pub fn sessions_of(&self, day: Day) -> &[Session] {
        let kind = self.kind_of(day);
        self.hours.iter().find(|hours| hours.kind == kind).map_or(&[], |hours| hours.sessions.as_slice())
    }

    /// The hours of each kind of day.
    pub fn hours(&self) -> &[Hours] {
        &self.hours
    }

    /// This calendar with other hours.
    #[must_use]
    pub fn with_hours(self, hours: Vec<Hours>) -> Calendar {
        Calendar { hours, ..self }
    }

    /// Whether the year of a day is not confirmed.
    pub fn is_provisional(&self, day: Day) -> bool {
        self.years.get(&day.year()).is_none_or(|year| !year.is_confirmed)
    }

    /// The special days of a year.
    pub fn days_of(&self, year: i16) -> impl Iterator<Item = &SpecialDay> {
        self.days.values().filter(move |special| special.day.year() == year)
    }

    /// What is known of its years.
    pub fn years(&self) -> impl Iterator<Item = &Year> {
        self.years.values()
    }

    /// All special days.
    pub fn days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.days.values()
    }

    /// A short name of exactly the days and years: the first 12 signs of their digest. Each computed limit names it.
    pub fn version(&self) -> String {
        self.version.clone()
    }

    fn sealed(mut self) -> Calendar {
        let mut hasher = Sha256::new();
        for special in self.days.values() {
            hasher.update(format!("{} {}\n", special.day, special.kind.word()));
        }
        for year in self.years.values() {
            hasher.update(format!("{} {}\n", year.year, year.is_confirmed));
        }
        self.version = hex::encode(hasher.finalize()).chars().take(12).collect();
        self
    }
}

impl Hours {
    fn is_ordered(&self) -> bool {
        let ends = self.sessions.iter().flat_map(|session| [session.from, session.to]);
        ends.clone().zip(ends.skip(1)).all(|(one, next)| one < next)
    }
}

/// What a day is by its weekday alone.
fn plain(day: Day) -> DayKind {
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => DayKind::Weekend,
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => {
            DayKind::Working
        }
    }
}

fn shipped() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(SHIPPED).unwrap_or_default());
    &CALENDAR
}

fn rows<T: DeserializeOwned>(table: &toml::Table, kind: &str, complaints: &mut Vec<String>) -> Vec<T> {
    let Some(toml::Value::Array(rows)) = table.get(kind) else { return Vec::new() };
    let mut out = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match row.clone().try_into() {
            Ok(row) => out.push(row),
            Err(error) => {
                let name = ["first", "kind"].iter().find_map(|key| row.get(*key)?.as_str()).unwrap_or("");
                let problem = error.to_string().trim().replace('\n', " ");
                complaints.push(format!("{kind} {} {name}: {problem}", index + 1));
            }
        }
    }
    out
}
