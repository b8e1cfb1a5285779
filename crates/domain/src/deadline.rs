//! Limits and how they are computed. Every date comes with its explanation: the start, each day counted or skipped
//! and why, a shifted end, pauses and extensions.
//!
//! Counting follows Bộ luật Dân sự 2015, Điều 145–148: hours start at the moment itself (TM-1); days start the day
//! after (TM-2) and end at 24:00 of the last day (TM-3), which moves past days off (TM-4). Three kinds of limit, three
//! ways to count; no shared helper that guesses.

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, DayKind};
use crate::law::{Limit, Rule};
use crate::time::{self, Day, Timestamp};

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

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The clock starts.
    Start {
        /// As written.
        at: String,
        /// Whether the first day is not counted.
        first_day_not_counted: bool,
    },
    /// A day counted as number so and so.
    Counted {
        /// The day.
        day: Day,
        /// Its number, from 1.
        number: u32,
        /// What kind of day it is.
        kind: DayKind,
        /// The decision behind a made-working day.
        source: String,
    },
    /// A day not counted.
    Skipped {
        /// The day.
        day: Day,
        /// Why.
        kind: DayKind,
        /// The decision behind it.
        source: String,
    },
    /// Calendar days counted in one go.
    Span {
        /// How many.
        days: u32,
        /// The last of them.
        last: Day,
    },
    /// The end moved past a day off (TM-4).
    Shifted {
        /// From this day.
        from: Day,
        /// Because of this.
        kind: DayKind,
        /// The decision behind it.
        source: String,
    },
    /// Hours counted, which no day off stops (TM-7).
    Hours {
        /// How many; negative before an event.
        hours: i64,
    },
    /// The clock stood still.
    Paused {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
        /// Why.
        reason: String,
    },
    /// More time was given; the first date stays visible.
    Extended {
        /// The date before.
        first_due: String,
        /// Why.
        reason: String,
    },
    /// The date is fixed and never moves later; the last working day before it is named.
    Fixed {
        /// The last good day.
        last: Day,
        /// The last working day not after it.
        last_working: Day,
    },
    /// The end.
    End {
        /// As written.
        due: String,
    },
}

/// A computed limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// When it is due.
    pub due: Due,
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

/// A time during which the clock stands still: the days from `from` to `to` are not counted.
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
        Limit::CalendarDays(days) => Due::Day(count.calendar_days(trigger.day(), days)?),
        Limit::Months(months) => Due::Day(count.months(trigger.day(), months)?),
        Limit::BeforeDayOfYear(day) => Due::Day(count.before(trigger.day(), day)?),
        Limit::TimesAMonth(_) | Limit::TimesAQuarter(_) | Limit::AtOnce | Limit::Open => {
            return Err(NoDeadline::NotCountable);
        }
    };
    count.trace.push(Step::End { due: due.in_words() });
    Ok(Deadline {
        due,
        rule: rule.id.clone(),
        basis: rule.basis.clone(),
        trace: count.trace,
        is_provisional: count.is_provisional,
        calendar_version: calendar.version(),
    })
}

struct Count<'a> {
    calendar: &'a Calendar,
    pauses: &'a [Pause],
    trace: Vec<Step>,
    is_provisional: bool,
}

impl Count<'_> {
    fn look(&mut self, day: Day) -> (DayKind, String) {
        self.is_provisional |= self.calendar.is_provisional(day);
        (self.calendar.kind_of(day), self.calendar.source_of(day).unwrap_or("").to_owned())
    }

    /// The day after `day`, past pauses.
    fn next(&mut self, day: Day) -> Result<Day, NoDeadline> {
        let mut next = day.tomorrow()?;
        while let Some(pause) = self.pauses.iter().find(|pause| pause.from <= next && next <= pause.to) {
            self.trace.push(Step::Paused { from: next, to: pause.to, reason: pause.reason.clone() });
            next = pause.to.tomorrow()?;
        }
        Ok(next)
    }

    fn hours(&mut self, trigger: Trigger, hours: i64) -> Result<Due, NoDeadline> {
        let Trigger::Instant(at) = trigger else { return Err(NoDeadline::NeedsHour) };
        self.trace.push(Step::Hours { hours });
        Ok(Due::Instant(at.checked_add(jiff::SignedDuration::from_hours(hours))?))
    }

    fn working_days(&mut self, start: Day, days: u32) -> Result<Day, NoDeadline> {
        let mut day = start;
        let mut number = 0;
        while number < days {
            day = self.next(day)?;
            let (kind, source) = self.look(day);
            if kind.is_working() {
                number += 1;
                self.trace.push(Step::Counted { day, number, kind, source });
            } else {
                self.trace.push(Step::Skipped { day, kind, source });
            }
        }
        Ok(day)
    }

    fn calendar_days(&mut self, start: Day, days: u32) -> Result<Day, NoDeadline> {
        let mut day = start;
        for _ in 0..days {
            day = self.next(day)?;
        }
        self.trace.push(Step::Span { days, last: day });
        self.shift(day)
    }

    fn months(&mut self, start: Day, months: u32) -> Result<Day, NoDeadline> {
        // jiff ends on the last day of a shorter month, as TM-5 asks.
        let last = start.checked_add(jiff::Span::new().try_months(months)?)?;
        let days = u32::try_from((last - start).get_days()).unwrap_or(0);
        self.trace.push(Step::Span { days, last });
        self.shift(last)
    }

    fn shift(&mut self, mut day: Day) -> Result<Day, NoDeadline> {
        loop {
            let (kind, source) = self.look(day);
            if kind.is_working() {
                return Ok(day);
            }
            self.trace.push(Step::Shifted { from: day, kind, source });
            day = day.tomorrow()?;
        }
    }

    /// The last good day before a day of the year: in the trigger's year, or the next when that is past.
    fn before(&mut self, start: Day, month_and_day: u32) -> Result<Day, NoDeadline> {
        let part = |value: u32| i8::try_from(value).map_err(|_| NoDeadline::OutOfRange);
        let (month, date) = (part(month_and_day / 100)?, part(month_and_day % 100)?);
        let in_year =
            |year: i16| -> Result<Day, NoDeadline> { Ok(Day::new(year, month, date)?.yesterday()?) };
        let this = in_year(start.year())?;
        let last = if this < start { in_year(start.year().saturating_add(1))? } else { this };
        let mut last_working = last;
        while !self.look(last_working).0.is_working() {
            last_working = last_working.yesterday()?;
        }
        self.trace.push(Step::Fixed { last, last_working });
        Ok(last)
    }
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
            basis: format!("{}; {}", self.basis, rule.basis),
            rule: self.rule.clone(),
            is_provisional: self.is_provisional || more.is_provisional,
            ..more
        })
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

/// `thứ Hai 24/11/2020`.
fn weekday_vi(day: Day) -> String {
    use jiff::civil::Weekday as W;
    let name = match day.weekday() {
        W::Monday => "thứ Hai",
        W::Tuesday => "thứ Ba",
        W::Wednesday => "thứ Tư",
        W::Thursday => "thứ Năm",
        W::Friday => "thứ Sáu",
        W::Saturday => "thứ Bảy",
        W::Sunday => "Chủ nhật",
    };
    format!("{name} {}", time::day_in_table(day))
}

fn weekday_en(day: Day) -> String {
    format!("{:?} {}", day.weekday(), time::day_in_table(day))
}

fn with(source: &str) -> String {
    if source.is_empty() { String::new() } else { format!(" ({source})") }
}

impl Step {
    /// In Vietnamese.
    pub fn in_vietnamese(&self) -> String {
        match self {
            Step::Start { at, first_day_not_counted: true } => {
                format!("Bắt đầu từ {at}; ngày đầu tiên không tính (Bộ luật Dân sự 2015, Điều 147).")
            }
            Step::Start { at, first_day_not_counted: false } => format!("Bắt đầu từ {at}."),
            Step::Counted { day, number, kind: DayKind::MadeWorking, source } => {
                format!("{}: ngày làm việc thứ {number}, làm bù{}.", weekday_vi(*day), with(source))
            }
            Step::Counted { day, number, .. } => format!("{}: ngày làm việc thứ {number}.", weekday_vi(*day)),
            Step::Skipped { day, kind, source } => {
                format!("{}: không tính, {}{}.", weekday_vi(*day), kind.in_vietnamese(), with(source))
            }
            Step::Span { days, last } => format!("Đếm {days} ngày, đến hết {}.", weekday_vi(*last)),
            Step::Shifted { from, kind, source } => format!(
                "{} là ngày {}{}: chuyển sang ngày tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5).",
                weekday_vi(*from),
                kind.in_vietnamese(),
                with(source)
            ),
            Step::Hours { hours } if *hours < 0 => format!("Lùi lại {} giờ trước sự kiện.", -hours),
            Step::Hours { hours } => {
                format!("Cộng {hours} giờ liên tục, kể cả ban đêm, ngày nghỉ, ngày lễ.")
            }
            Step::Paused { from, to, reason } => format!(
                "Tạm dừng từ {} đến {}: {reason}.",
                time::day_in_table(*from),
                time::day_in_table(*to)
            ),
            Step::Extended { first_due, reason } => {
                format!("Gia hạn; thời hạn ban đầu là {first_due}: {reason}.")
            }
            Step::Fixed { last, last_working } => format!(
                "Ngày cuối cùng hợp lệ là {}; không lùi sang ngày sau. Ngày làm việc cuối cùng: {}.",
                weekday_vi(*last),
                weekday_vi(*last_working)
            ),
            Step::End { due } => format!("Hết hạn: {due}."),
        }
    }

    /// In English.
    pub fn in_english(&self) -> String {
        match self {
            Step::Start { at, first_day_not_counted: true } => {
                format!("Starts on {at}; the first day does not count (Civil Code 2015, Article 147).")
            }
            Step::Start { at, first_day_not_counted: false } => format!("Starts at {at}."),
            Step::Counted { day, number, kind, source } => {
                format!("{}: day {number}, {}{}.", weekday_en(*day), kind.in_english(), with(source))
            }
            Step::Skipped { day, kind, source } => {
                format!("{}: not counted, {}{}.", weekday_en(*day), kind.in_english(), with(source))
            }
            Step::Span { days, last } => format!("{days} days, to the end of {}.", weekday_en(*last)),
            Step::Shifted { from, kind, source } => format!(
                "{} is a {}{}: moves to the next day (Civil Code 2015, Article 148.5).",
                weekday_en(*from),
                kind.in_english(),
                with(source)
            ),
            Step::Hours { hours } if *hours < 0 => format!("{} hours before the event.", -hours),
            Step::Hours { hours } => format!("{hours} hours on the clock, nights and holidays included."),
            Step::Paused { from, to, reason } => {
                format!("Paused from {} to {}: {reason}.", time::day_in_table(*from), time::day_in_table(*to))
            }
            Step::Extended { first_due, reason } => format!("Extended; first due {first_due}: {reason}."),
            Step::Fixed { last, last_working } => format!(
                "The last good day is {}; it never moves later. Last working day: {}.",
                weekday_en(*last),
                weekday_en(*last_working)
            ),
            Step::End { due } => format!("Due: {due}."),
        }
    }

    /// Whether it is a counted day.
    pub const fn is_counted(&self) -> bool {
        matches!(self, Step::Counted { .. })
    }
}
