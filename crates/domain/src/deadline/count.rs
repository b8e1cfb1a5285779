//! The ways to count. Three kinds of limit, three ways; no shared helper that guesses.

use super::{Due, NoDeadline, Pause, Step, Trigger};
use crate::calendar::{Calendar, DayKind};
use crate::time::Day;

pub(super) struct Count<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) pauses: &'a [Pause],
    pub(super) trace: Vec<Step>,
    pub(super) is_provisional: bool,
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

    pub(super) fn hours(&mut self, trigger: Trigger, hours: i64) -> Result<Due, NoDeadline> {
        let Trigger::Instant(at) = trigger else { return Err(NoDeadline::NeedsHour) };
        self.trace.push(Step::Hours { hours });
        Ok(Due::Instant(at.checked_add(jiff::SignedDuration::from_hours(hours))?))
    }

    pub(super) fn working_days(&mut self, start: Day, days: u32) -> Result<Day, NoDeadline> {
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

    /// Working days backwards from an event; the day of the event does not count.
    pub(super) fn working_days_before(&mut self, event: Day, days: u32) -> Result<Day, NoDeadline> {
        let mut day = event;
        let mut number = 0;
        while number < days {
            day = day.yesterday()?;
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

    pub(super) fn calendar_days(&mut self, start: Day, days: u32) -> Result<Day, NoDeadline> {
        let mut day = start;
        for _ in 0..days {
            day = self.next(day)?;
        }
        self.trace.push(Step::Span { days, last: day });
        self.shift(day)
    }

    pub(super) fn months(&mut self, start: Day, months: u32) -> Result<Day, NoDeadline> {
        // jiff ends on the last day of a shorter month, as TM-5 asks.
        let plain = start.checked_add(jiff::Span::new().try_months(months)?)?;
        // Counted day by day, so that a pause moves the end.
        let days = u32::try_from(start.until(plain)?.get_days()).map_err(|_| NoDeadline::OutOfRange)?;
        self.calendar_days(start, days)
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
    pub(super) fn before(&mut self, start: Day, month_and_day: u32) -> Result<Day, NoDeadline> {
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
