//! The limit of a record that was written down without one: computed once, when the record is made, from the rule in
//! force on the day of its trigger, and kept with its basis. A later change of law or calendar alters no record.

use super::{Field, Register, Value, Values};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::law::{Law, Limit, Rule};
use crate::time::Day;

/// Which field a rule limits, and which day starts it.
struct Clock {
    limit: &'static str,
    start: &'static str,
    rule: &'static str,
}

/// The day from which every unit without an internal regulation had to issue one (PS-REG-2): the rule's own first
/// day, whatever the day of the roll-out.
const OWN_REGULATION: &str = "PS-REG-2";

fn clock(register: Register, values: &Values) -> Option<Clock> {
    match register {
        Register::PressRequests => {
            let rule = match values.word("legal_kind")? {
                "answer_in_press" => "PL-ANS-1",
                "forwarded_opinion" => "PL-ANS-2",
                "forwarded_complaint" => "PL-ANS-3",
                _ => return None,
            };
            Some(Clock { limit: "due_on", start: "received_on", rule })
        }
        Register::Questions if matches!(values.word("track"), None | Some("question")) => {
            Some(Clock { limit: "due_on", start: "received_on", rule: "PT-QA-4" })
        }
        Register::PortalDocuments => {
            Some(Clock { limit: "post_due_on", start: "issued_on", rule: "PT-T-DOC-1" })
        }
        Register::Spokespersons => {
            let rule = match values.word("kind")? {
                "regular" => "PS-PUB-3",
                "authorised" => "PS-PUB-2",
                _ => return None,
            };
            Some(Clock { limit: "publish_due_on", start: "starts_on", rule })
        }
        Register::RollOuts => {
            Some(Clock { limit: "own_regulation_due_on", start: "sent_on", rule: OWN_REGULATION })
        }
        Register::Questions
        | Register::OutgoingDocuments
        | Register::IncomingDocuments
        | Register::PressItems
        | Register::News
        | Register::Regulations => None,
    }
}

/// The fields of a register that [`fill`] may set.
pub const fn limit_fields(register: Register) -> &'static [&'static str] {
    match register {
        Register::PressRequests | Register::Questions => &["due_on", "due_basis"],
        Register::PortalDocuments => &["post_due_on", "due_basis"],
        Register::Spokespersons => &["publish_due_on", "due_basis"],
        Register::RollOuts => &["own_regulation_due_on", "due_basis"],
        Register::OutgoingDocuments
        | Register::IncomingDocuments
        | Register::PressItems
        | Register::News
        | Register::Regulations => &[],
    }
}

/// Computes and sets the limit of a record, with its basis. Does nothing when a limit was written down, no rule is in
/// force on the day of the trigger, or the register knows no limit.
///
/// A register holds days, not hours: a limit in hours counts from the end of its day, which never makes a record
/// late that was not.
pub fn fill(register: Register, values: &mut Values, law: &Law, calendar: &Calendar) -> Option<Deadline> {
    let clock = clock(register, values)?;
    if values.day(clock.limit).is_some() {
        return None;
    }
    let start = values.day(clock.start)?;
    let deadline = compute(&clock, start, law, calendar)?;
    let limit = register.field(clock.limit)?;
    let basis = register.field("due_basis")?;
    let text = format!("{}; {}; lịch {}", deadline.rule, deadline.basis, deadline.calendar_version);
    set(values, limit, Value::Day(deadline.due.day()));
    set(values, basis, Value::Text(text));
    Some(deadline)
}

fn compute(clock: &Clock, start: Day, law: &Law, calendar: &Calendar) -> Option<Deadline> {
    let own_regulation = |rule: &&Rule| rule.id == OWN_REGULATION && start >= rule.valid_from;
    let (rule, trigger) = if clock.rule == OWN_REGULATION {
        let rule = law.rules.iter().find(own_regulation)?;
        (rule, rule.valid_from)
    } else {
        let rule = law.rule_at(clock.rule, start).or_else(|_| fallback(clock.rule, start, law)).ok()?;
        (rule, start)
    };
    let in_days = match rule.limit {
        // Counted from the end of the day: 12 or 24 hours later lies on the next day.
        Limit::Hours(hours) => Rule { limit: Limit::CalendarDays(hours.div_ceil(24)), ..rule.clone() },
        _ => return deadline::compute(rule, Trigger::Day(trigger), calendar).ok(),
    };
    // Hours run through days off, so the end does not shift.
    let due = trigger.checked_add(jiff::Span::new().days(days_of(in_days.limit))).ok()?;
    let mut deadline = deadline::compute(&in_days, Trigger::Day(trigger), calendar).ok()?;
    deadline.due = deadline::Due::Day(due);
    deadline.trace = vec![
        deadline::Step::Start { at: crate::time::day_in_table(trigger), first_day_not_counted: true },
        deadline::Step::Span { days: u32::try_from(days_of(in_days.limit)).unwrap_or(0), last: due },
        deadline::Step::End { due: crate::time::day_in_table(due) },
    ];
    Some(deadline)
}

const fn days_of(limit: Limit) -> i64 {
    match limit {
        Limit::CalendarDays(days) => days as i64,
        _ => 0,
    }
}

/// PS-PUB-2 ended with NĐ 09/2017; the optional internal rule PS-PUB-5 stands in its place.
fn fallback<'a>(rule: &str, day: Day, law: &'a Law) -> Result<&'a Rule, crate::law::NoRule> {
    law.rule_at(if rule == "PS-PUB-2" { "PS-PUB-5" } else { rule }, day)
}

fn set(values: &mut Values, field: &Field, value: Value) {
    values.set(field, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn filled(register: Register, pairs: &[(&str, Value)]) -> Values {
        let mut values = Values::new();
        for (key, value) in pairs {
            assert!(values.set(register.field(key).unwrap(), value.clone()));
        }
        fill(register, &mut values, &Law::shipped(), &Calendar::shipped());
        values
    }

    #[test]
    fn a_question_of_2020_gets_15_working_days_with_its_basis() {
        let values = filled(Register::Questions, &[("received_on", Value::Day(date(2020, 12, 24)))]);
        assert_eq!(values.day("due_on"), Some(date(2021, 1, 15)));
        assert!(values.text("due_basis").unwrap().starts_with("PT-QA-4; Nghị định số 43/2011/NĐ-CP"));
    }

    #[test]
    fn a_limit_that_was_written_down_stays() {
        let due = Value::Day(date(2020, 12, 30));
        let values =
            filled(Register::Questions, &[("received_on", Value::Day(date(2020, 12, 24))), ("due_on", due)]);
        assert_eq!(values.day("due_on"), Some(date(2020, 12, 30)));
        assert_eq!(values.text("due_basis"), None);
    }

    #[test]
    fn a_document_of_2020_is_to_be_posted_in_two_working_days() {
        let values = filled(Register::PortalDocuments, &[("issued_on", Value::Day(date(2020, 11, 20)))]);
        assert_eq!(values.day("post_due_on"), Some(date(2020, 11, 24)));
    }

    #[test]
    fn the_same_opinion_gets_the_limit_of_its_own_date() {
        let opinion = |day| {
            filled(
                Register::PressRequests,
                &[("received_on", Value::Day(day)), ("legal_kind", Value::Word("forwarded_opinion"))],
            )
            .day("due_on")
        };
        assert_eq!(opinion(date(2026, 6, 1)), Some(date(2026, 7, 1)));
        assert_eq!(opinion(date(2026, 7, 2)), Some(date(2026, 7, 23)));
    }

    #[test]
    fn an_authorisation_is_published_by_the_end_of_the_next_day_even_on_a_weekend() {
        let values = filled(
            Register::Spokespersons,
            &[("starts_on", Value::Day(date(2020, 11, 20))), ("kind", Value::Word("authorised"))],
        );
        assert_eq!(values.day("publish_due_on"), Some(date(2020, 11, 21)));
    }

    #[test]
    fn own_regulations_were_due_on_17_august_2026_and_no_earlier_roll_out_has_that_limit() {
        let due =
            |day| filled(Register::RollOuts, &[("sent_on", Value::Day(day))]).day("own_regulation_due_on");
        assert_eq!(due(date(2026, 7, 10)), Some(date(2026, 8, 17)));
        assert_eq!(due(date(2020, 1, 10)), None);
    }
}
