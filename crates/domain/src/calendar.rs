//! The working calendar (*lịch làm việc*) as data: every day that is not what its weekday says, with its source.
//!
//! It refuses to guess: a year without rows, or not confirmed by the administrator, is provisional and says so.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::time::Day;

const SHIPPED: &str = include_str!("../../../data/calendar/vietnam.toml");

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// *Ngày làm việc*.
    Working,
    /// *Nghỉ hằng tuần*: Saturday, Sunday (QĐ 188/1999/QĐ-TTg).
    Weekend,
    /// *Nghỉ lễ, tết*.
    Holiday,
    /// *Nghỉ bù* for a holiday on a weekly day off (Bộ luật Lao động, Điều 111 khoản 3).
    Compensatory,
    /// *Nghỉ hoán đổi*: a working day given off, worked on another day.
    Swapped,
    /// *Làm bù*: a weekly day off that is worked for a swapped one.
    MadeWorking,
    /// *Cơ quan đóng cửa*: a local closure (storm, flood).
    LocalClosure,
}

impl DayKind {
    /// All kinds.
    pub const ALL: [DayKind; 7] = [
        DayKind::Working,
        DayKind::Weekend,
        DayKind::Holiday,
        DayKind::Compensatory,
        DayKind::Swapped,
        DayKind::MadeWorking,
        DayKind::LocalClosure,
    ];

    /// The stored word; locale key `day_kind.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            DayKind::Working => "working",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "holiday",
            DayKind::Compensatory => "compensatory",
            DayKind::Swapped => "swapped",
            DayKind::MadeWorking => "made_working",
            DayKind::LocalClosure => "local_closure",
        }
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<DayKind> {
        DayKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is worked.
    pub const fn is_working(self) -> bool {
        matches!(self, DayKind::Working | DayKind::MadeWorking)
    }

    /// In Vietnamese, for explanations.
    pub const fn in_vietnamese(self) -> &'static str {
        match self {
            DayKind::Working => "ngày làm việc",
            DayKind::Weekend => "nghỉ hằng tuần",
            DayKind::Holiday => "nghỉ lễ, tết",
            DayKind::Compensatory => "nghỉ bù",
            DayKind::Swapped => "nghỉ hoán đổi",
            DayKind::MadeWorking => "làm bù",
            DayKind::LocalClosure => "cơ quan đóng cửa",
        }
    }

    /// In English, for explanations.
    pub const fn in_english(self) -> &'static str {
        match self {
            DayKind::Working => "working day",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "public holiday",
            DayKind::Compensatory => "day off in lieu",
            DayKind::Swapped => "swapped day off",
            DayKind::MadeWorking => "worked in lieu",
            DayKind::LocalClosure => "office closed",
        }
    }
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "year", default)]
    years: Vec<Year>,
    #[serde(rename = "run", default)]
    runs: Vec<Run>,
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
}

/// A calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Day, SpecialDay>,
    years: BTreeMap<i16, Year>,
}

/// A text that is not a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the calendar cannot be read: {0}")]
pub struct BadCalendar(pub String);

impl Calendar {
    /// A calendar of these days and years.
    pub fn new(days: Vec<SpecialDay>, years: Vec<Year>) -> Calendar {
        Calendar {
            days: days.into_iter().map(|day| (day.day, day)).collect(),
            years: years.into_iter().map(|year| (year.year, year)).collect(),
        }
    }

    /// Reads the data file.
    ///
    /// # Errors
    /// When it is no calendar, a day stands twice, or a day is given the kind it has anyway.
    pub fn parse(toml: &str) -> Result<Calendar, BadCalendar> {
        let file: File = toml::from_str(toml).map_err(|error| BadCalendar(error.to_string()))?;
        let mut calendar = Calendar::new(Vec::new(), file.years);
        for run in file.runs {
            let mut day = run.first;
            while day <= run.last.unwrap_or(run.first) {
                let special = SpecialDay { day, kind: run.kind, source: run.source.clone() };
                if plain(day) == run.kind || calendar.days.insert(day, special).is_some() {
                    return Err(BadCalendar(format!("{day} stands twice or is nothing special")));
                }
                day = day.tomorrow().map_err(|error| BadCalendar(error.to_string()))?;
            }
        }
        Ok(calendar)
    }

    /// The calendar shipped with the program. A test reads it.
    pub fn shipped() -> Calendar {
        Calendar::parse(SHIPPED).unwrap_or_default()
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

    /// A short name of exactly this content: the first 12 signs of its digest. Each computed limit names it.
    pub fn version(&self) -> String {
        let mut hasher = Sha256::new();
        for special in self.days.values() {
            hasher.update(format!("{} {}\n", special.day, special.kind.word()));
        }
        for year in self.years.values() {
            hasher.update(format!("{} {}\n", year.year, year.is_confirmed));
        }
        hex::encode(hasher.finalize()).chars().take(12).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_shipped_calendar_is_right_and_covers_2017_to_2027() {
        let calendar = Calendar::parse(SHIPPED).unwrap();
        let years: Vec<i16> = calendar.years().map(|year| year.year).collect();
        assert_eq!(years, (2017..=2027).collect::<Vec<_>>());
        assert!(calendar.is_provisional(date(2027, 3, 1)) && !calendar.is_provisional(date(2020, 3, 1)));
        assert!(calendar.is_provisional(date(2040, 3, 1)));
    }

    #[test]
    fn days_of_2026_that_are_known() {
        let calendar = Calendar::shipped();
        for (day, kind) in [
            (date(2026, 1, 1), DayKind::Holiday),
            (date(2026, 1, 2), DayKind::Swapped),
            (date(2026, 1, 10), DayKind::MadeWorking),
            (date(2026, 2, 16), DayKind::Holiday),
            (date(2026, 2, 20), DayKind::Holiday),
            (date(2026, 2, 23), DayKind::Working),
            (date(2026, 4, 27), DayKind::Compensatory),
            (date(2026, 8, 31), DayKind::Swapped),
            (date(2026, 9, 2), DayKind::Holiday),
            (date(2026, 11, 24), DayKind::Holiday),
        ] {
            assert_eq!(calendar.kind_of(day), kind, "{day}");
        }
    }

    #[test]
    fn the_version_changes_with_the_content() {
        let calendar = Calendar::shipped();
        let mut days: Vec<SpecialDay> = calendar.days().cloned().collect();
        let years: Vec<Year> = calendar.years().cloned().collect();
        assert_eq!(Calendar::new(days.clone(), years.clone()).version(), calendar.version());
        days.push(SpecialDay { day: date(2026, 8, 22), kind: DayKind::MadeWorking, source: String::new() });
        assert_ne!(Calendar::new(days, years).version(), calendar.version());
    }
}
