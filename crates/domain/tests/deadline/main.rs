//! Limits against the worked examples of the law text (Law 7.2b), an independent oracle, and properties.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod examples;
mod oracle;
mod properties;

use domain::calendar::{Calendar, DayKind, SpecialDay};
use domain::deadline::{self, Deadline, Trigger};
use domain::law::{Confidence, Law, Limit, Origin, Rule};
use domain::time::Day;
use jiff::civil::date;

/// By the shipped law and calendar.
fn computed(rule: &str, from: Day) -> Deadline {
    let law = Law::shipped();
    let rule = law.rule_at(rule, from).unwrap();
    deadline::compute(rule, Trigger::Day(from), &Calendar::shipped()).unwrap()
}

fn of_limit(limit: Limit, from: Day) -> Deadline {
    deadline::compute(&rule(limit), Trigger::Day(from), &Calendar::shipped()).unwrap()
}

fn rule(limit: Limit) -> Rule {
    Rule {
        id: "T".into(),
        title: String::new(),
        limit,
        who: String::new(),
        trigger: String::new(),
        valid_from: date(2000, 1, 1),
        valid_to: None,
        basis: String::new(),
        source: String::new(),
        confidence: Confidence::ReadInText,
        origin: Origin::Law,
    }
}

fn with_day(day: Day, kind: DayKind) -> Calendar {
    let shipped = Calendar::shipped();
    let mut days: Vec<SpecialDay> = shipped.days().cloned().collect();
    days.push(SpecialDay { day, kind, source: String::new() });
    Calendar::new(days, shipped.years().cloned().collect())
}
