//! What a rule limits.

use serde::{Deserialize, Serialize};

/// What a rule limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
pub enum Limit {
    /// Elapsed hours; they run at night, on weekends and holidays (TM-7).
    Hours(u32),
    /// Hours before an event.
    HoursBefore(u32),
    /// Working days before an event.
    WorkingDaysBefore(u32),
    /// Working days after the day of the trigger (TM-6).
    WorkingDays(u32),
    /// Calendar days; a last day that is off moves to the next working day (TM-4).
    CalendarDays(u32),
    /// Calendar months (TM-5).
    Months(u32),
    /// Before a day of the year, given as month × 100 + day: the last good day is the one before (TM-8).
    BeforeDayOfYear(u32),
    /// So many times a month.
    TimesAMonth(u32),
    /// So many times in three months.
    TimesAQuarter(u32),
    /// Once in so many years.
    EveryYears(u32),
    /// So many times, after which the duty ends (rounds of feedback).
    Rounds(u32),
    /// In the next issue of the newspaper or magazine.
    NextIssue,
    /// At once.
    AtOnce,
    /// No number in the text.
    Open,
}

impl Limit {
    /// Whether [`crate::deadline::compute`] can give a date for it.
    pub const fn is_countable(self) -> bool {
        match self {
            Limit::Hours(_)
            | Limit::HoursBefore(_)
            | Limit::WorkingDays(_)
            | Limit::WorkingDaysBefore(_)
            | Limit::CalendarDays(_)
            | Limit::Months(_)
            | Limit::BeforeDayOfYear(_) => true,
            Limit::TimesAMonth(_)
            | Limit::TimesAQuarter(_)
            | Limit::EveryYears(_)
            | Limit::Rounds(_)
            | Limit::NextIssue
            | Limit::AtOnce
            | Limit::Open => false,
        }
    }

    /// Whether its clock starts at a moment, not on a day.
    pub const fn needs_hour(self) -> bool {
        matches!(self, Limit::Hours(_) | Limit::HoursBefore(_))
    }

    /// In Vietnamese, as a table shows it.
    pub fn in_vietnamese(self) -> String {
        match self {
            Limit::Hours(n) => format!("{n} giờ"),
            Limit::HoursBefore(n) => format!("trước {n} giờ"),
            Limit::WorkingDays(n) => format!("{n} ngày làm việc"),
            Limit::WorkingDaysBefore(n) => format!("trước {n} ngày làm việc"),
            Limit::CalendarDays(n) => format!("{n} ngày"),
            Limit::Months(n) => format!("{n} tháng"),
            Limit::BeforeDayOfYear(day) => format!("trước ngày {}/{}", day % 100, day / 100),
            Limit::TimesAMonth(n) => format!("{n} lần/tháng"),
            Limit::TimesAQuarter(n) => format!("{n} lần/quý"),
            Limit::EveryYears(n) => format!("{n} năm một lần"),
            Limit::Rounds(n) => format!("{n} lần"),
            Limit::NextIssue => "số ra kế tiếp".to_owned(),
            Limit::AtOnce => "ngay".to_owned(),
            Limit::Open => "không quy định số ngày".to_owned(),
        }
    }

    /// In English, as a table shows it.
    pub fn in_english(self) -> String {
        match self {
            Limit::Hours(n) => format!("{n} hours"),
            Limit::HoursBefore(n) => format!("{n} hours before"),
            Limit::WorkingDays(n) => format!("{n} working days"),
            Limit::WorkingDaysBefore(n) => format!("{n} working days before"),
            Limit::CalendarDays(n) => format!("{n} days"),
            Limit::Months(n) => format!("{n} months"),
            Limit::BeforeDayOfYear(day) => format!("before {}/{}", day % 100, day / 100),
            Limit::TimesAMonth(n) => format!("{n} a month"),
            Limit::TimesAQuarter(n) => format!("{n} a quarter"),
            Limit::EveryYears(n) => format!("every {n} years"),
            Limit::Rounds(n) => format!("{n} rounds"),
            Limit::NextIssue => "next issue".to_owned(),
            Limit::AtOnce => "at once".to_owned(),
            Limit::Open => "no number".to_owned(),
        }
    }

    /// What is wrong with its number, if anything.
    pub(super) fn fault(self) -> Option<&'static str> {
        match self {
            Limit::BeforeDayOfYear(day) => {
                let date = i8::try_from(day / 100).ok().zip(i8::try_from(day % 100).ok());
                let exists =
                    date.is_some_and(|(month, day)| jiff::civil::Date::new(2000, month, day).is_ok());
                (!exists).then_some("is no day of the year; write month * 100 + day")
            }
            Limit::Hours(n)
            | Limit::HoursBefore(n)
            | Limit::WorkingDays(n)
            | Limit::WorkingDaysBefore(n)
            | Limit::CalendarDays(n)
            | Limit::Months(n)
            | Limit::TimesAMonth(n)
            | Limit::TimesAQuarter(n)
            | Limit::EveryYears(n)
            | Limit::Rounds(n) => {
                (n == 0 || n > 10_000).then_some("must be from 1 to 10000; without a number write open")
            }
            Limit::NextIssue | Limit::AtOnce | Limit::Open => None,
        }
    }
}
