//! Limits and how they are computed. Every date comes with its explanation: the start, each day counted or skipped
//! and why, a shifted end, pauses and extensions.
//!
//! Counting follows Bộ luật Dân sự 2015, Điều 145–148: hours start at the moment itself (TM-1); days start the day
//! after (TM-2) and end at 24:00 of the last day (TM-3), which moves past days off (TM-4). Three kinds of limit, three
//! ways to count; no shared helper that guesses.

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::law::{Limit, Rule};
use crate::time::{self, Day, Timestamp};

mod count;
mod step;

use count::Count;
pub use step::Step;

/// Where a clock starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// On a day.
    Day(Day),
    /// At an instant; limits in days start the day after its day.
    Instant(Timestamp),
}

impl Trigger {
    /// The legal day.
    pub fn day(self) -> Day {
        match self {
            Trigger::Day(day) => day,
            Trigger::Instant(at) => time::day_of(at),
        }
    }

    fn in_words(self) -> String {
        match self {
            Trigger::Day(day) => time::day_in_table(day),
            Trigger::Instant(at) => time::instant_in_table(at),
        }
    }
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Until 24:00 of a day.
    Day(Day),
    /// Until an instant.
    Instant(Timestamp),
}

impl Due {
    /// The legal day on which it ends.
    pub fn day(self) -> Day {
        match self {
            Due::Day(day) => day,
            Due::Instant(at) => time::day_of(at),
        }
    }

    /// `15/01/2021`, or `30/08/2026 22:30`.
    pub fn in_words(self) -> String {
        match self {
            Due::Day(day) => time::day_in_table(day),
            Due::Instant(at) => time::instant_in_table(at),
        }
    }
}

/// A computed limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// When it is due.
    pub due: Due,
    /// When it was due before it was extended; the first date stays visible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Due>,
    /// The rule's id.
    pub rule: String,
    /// Its legal basis.
    pub basis: String,
    /// How it came about.
    pub trace: Vec<Step>,
    /// Whether a day of a year not confirmed was used.
    pub is_provisional: bool,
    /// The calendar used.
    pub calendar_version: String,
}

/// Why no date can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDeadline {
    /// The rule gives no number, or says "at once".
    #[error("the rule gives no countable limit")]
    NotCountable,
    /// Hours need an instant, not a day.
    #[error("a limit in hours starts at a moment: give the hour too")]
    NeedsHour,
    /// The date lies outside the calendar.
    #[error("the date lies outside the calendar")]
    OutOfRange,
}

impl From<jiff::Error> for NoDeadline {
    fn from(_: jiff::Error) -> NoDeadline {
        NoDeadline::OutOfRange
    }
}

/// A time during which the clock stands still: the days from `from` to `to` are not counted. Limits in hours know no
/// pause (TM-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Why.
    pub reason: String,
}

/// Computes a limit.
///
/// # Errors
/// When the rule cannot be counted, an hour is missing, or the date leaves the calendar.
pub fn compute(rule: &Rule, trigger: Trigger, calendar: &Calendar) -> Result<Deadline, NoDeadline> {
    compute_with(rule, trigger, calendar, &[])
}

/// Computes a limit with pauses.
///
/// # Errors
/// As [`compute`].
pub fn compute_with(
    rule: &Rule,
    trigger: Trigger,
    calendar: &Calendar,
    pauses: &[Pause],
) -> Result<Deadline, NoDeadline> {
    let in_days = !matches!(rule.limit, Limit::Hours(_) | Limit::HoursBefore(_));
    let start = Step::Start { at: trigger.in_words(), first_day_not_counted: in_days };
    let mut count = Count { calendar, pauses, trace: vec![start], is_provisional: false };
    let due = match rule.limit {
        Limit::Hours(hours) => count.hours(trigger, i64::from(hours))?,
        Limit::HoursBefore(hours) => count.hours(trigger, -i64::from(hours))?,
        Limit::WorkingDays(days) => Due::Day(count.working_days(trigger.day(), days)?),
        Limit::WorkingDaysBefore(days) => Due::Day(count.working_days_before(trigger.day(), days)?),
        Limit::CalendarDays(days) => Due::Day(count.calendar_days(trigger.day(), days)?),
        Limit::Months(months) => Due::Day(count.months(trigger.day(), months)?),
        Limit::BeforeDayOfYear(day) => Due::Day(count.before(trigger.day(), day)?),
        Limit::TimesAMonth(_)
        | Limit::TimesAQuarter(_)
        | Limit::EveryYears(_)
        | Limit::Rounds(_)
        | Limit::NextIssue
        | Limit::AtOnce
        | Limit::Open => return Err(NoDeadline::NotCountable),
    };
    count.trace.push(Step::End { due: due.in_words() });
    Ok(Deadline {
        due,
        first_due: None,
        rule: rule.id.clone(),
        basis: rule.basis.clone(),
        trace: count.trace,
        is_provisional: count.is_provisional,
        calendar_version: calendar.version(),
    })
}

/// Why a limit cannot be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoExtension {
    /// The rule allows less.
    #[error("the rule allows at most {0}")]
    OverMaximum(u32),
    /// The rule counts neither days nor working days.
    #[error("the rule gives no extension in days")]
    NotInDays,
    /// No date comes out.
    #[error(transparent)]
    NoDeadline(#[from] NoDeadline),
}

impl Deadline {
    /// This deadline with more time: `rule` counted from the day it was due. The first date stays in the trace.
    ///
    /// # Errors
    /// As [`compute`].
    pub fn extended(&self, rule: &Rule, reason: &str, calendar: &Calendar) -> Result<Deadline, NoDeadline> {
        let more = compute(rule, Trigger::Day(self.due.day()), calendar)?;
        let mut trace = self.trace.clone();
        trace.push(Step::Extended { first_due: self.due.in_words(), reason: reason.to_owned() });
        trace.extend(more.trace);
        Ok(Deadline {
            trace,
            first_due: Some(self.first_due.unwrap_or(self.due)),
            basis: format!("{}; {}", self.basis, rule.basis),
            rule: self.rule.clone(),
            is_provisional: self.is_provisional || more.is_provisional,
            ..more
        })
    }

    /// This deadline with `amount` more days, at most what `rule` allows (*gia hạn*: AI-X-OFF, AI-X-NET): working
    /// days where the rule counts working days, else calendar days.
    ///
    /// # Errors
    /// When the rule allows less, or counts something else.
    pub fn extended_by(
        &self,
        rule: &Rule,
        amount: u32,
        reason: &str,
        calendar: &Calendar,
    ) -> Result<Deadline, NoExtension> {
        let (maximum, limit) = match rule.limit {
            Limit::WorkingDays(maximum) => (maximum, Limit::WorkingDays(amount)),
            Limit::CalendarDays(maximum) => (maximum, Limit::CalendarDays(amount)),
            _ => return Err(NoExtension::NotInDays),
        };
        if amount > maximum {
            return Err(NoExtension::OverMaximum(maximum));
        }
        Ok(self.extended(&Rule { limit, ..rule.clone() }, reason, calendar)?)
    }

    /// The legal bases, each once: that of the rule, and those of what moved it.
    pub fn bases(&self) -> String {
        let mut bases: Vec<&str> = Vec::new();
        for basis in self.basis.split("; ").filter(|basis| !basis.is_empty()) {
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
        bases.join("; ")
    }

    /// Whether something done at an instant is late: to the moment for a limit in hours, else by its legal day.
    pub fn is_late_at(&self, at: Timestamp) -> bool {
        match self.due {
            Due::Instant(due) => at > due,
            Due::Day(due) => time::day_of(at) > due,
        }
    }

    /// Whether something done on `day` is late.
    pub fn is_late(&self, day: Day) -> bool {
        day > self.due.day()
    }

    /// The explanation in Vietnamese, a sentence a step.
    pub fn describe_vi(&self) -> Vec<String> {
        self.trace.iter().map(Step::in_vietnamese).collect()
    }

    /// The explanation in English, a sentence a step.
    pub fn describe_en(&self) -> Vec<String> {
        self.trace.iter().map(Step::in_english).collect()
    }
}
