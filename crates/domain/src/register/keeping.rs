//! How long what is personal in a register is kept: the rule, from which day on it counts, and whether the time is over.
//!
//! The figures of a period look at no personal value, so a record whose time is over counts as before.

use jiff::Span;

use super::{Register, Values};
use crate::law::{Law, Limit};
use crate::time::Day;

/// How long names and contacts of those who ask are kept after the answer.
pub const ASKER: &str = "PS-OWN-ASK";
/// How long names of reporters are kept after a request was closed.
pub const REPORTER: &str = "PS-OWN-KEEP";
/// How long a file that nothing refers to is kept.
pub const FILE: &str = "PS-OWN-FILE";

/// The rule that says how long personal values of a register are kept; none for a register without such values.
pub const fn rule(register: Register) -> Option<&'static str> {
    match register {
        Register::Questions => Some(ASKER),
        Register::PressRequests => Some(REPORTER),
        Register::OutgoingDocuments
        | Register::IncomingDocuments
        | Register::PressItems
        | Register::News
        | Register::PortalDocuments
        | Register::Regulations
        | Register::RollOuts
        | Register::Spokespersons
        | Register::Statements
        | Register::ExtraordinaryCases
        | Register::InternalRequests
        | Register::Trainings
        | Register::Outages => None,
    }
}

/// The first day from which on something is kept under a rule of `today`; none when no rule of that day says how long.
pub fn kept_since(law: &Law, rule: &str, today: Day) -> Option<Day> {
    let span = Span::new();
    let span = match law.rule_at(rule, today).ok()?.limit {
        Limit::Months(months) => span.try_months(i64::from(months)),
        Limit::CalendarDays(days) => span.try_days(i64::from(days)),
        _ => return None,
    };
    today.checked_sub(span.ok()?).ok()
}

/// The day a record was closed: answered or published, the later one; without such a day but with an outcome that is not
/// *open*, the last day that stands in it. None while it is open: then whoever asked must still be reached.
pub fn closed_on(register: Register, values: &Values) -> Option<Day> {
    rule(register)?;
    let answered = ["answered_on", "published_on"].into_iter().filter_map(|field| values.day(field)).max();
    if answered.is_some() {
        return answered;
    }
    values.word("outcome").filter(|outcome| *outcome != "open")?;
    ["received_on", "due_on", "notice_on", "promised_on"]
        .into_iter()
        .filter_map(|field| values.day(field))
        .max()
}

/// Whether the time of the personal values of a record is over on `today`. One that was taken out of its register counts
/// from the day it was closed, or else from the day it was taken out.
pub fn is_over(law: &Law, register: Register, values: &Values, removed_on: Option<Day>, today: Day) -> bool {
    let since = rule(register).and_then(|rule| kept_since(law, rule, today));
    let end = closed_on(register, values).or(removed_on);
    since.zip(end).is_some_and(|(since, end)| end < since)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{Privacy, Value};

    fn values(register: Register, days: &[(&str, Day)], outcome: Option<&'static str>) -> Values {
        let mut values = Values::new();
        for (key, day) in days {
            assert!(values.set(register.field(key).unwrap(), Value::Day(*day)));
        }
        if let Some(outcome) = outcome {
            assert!(values.set(register.field("outcome").unwrap(), Value::Word(outcome)));
        }
        values
    }

    #[test]
    fn every_register_with_personal_values_has_a_rule_that_is_shipped_and_no_other_has_one() {
        let (law, today) = (Law::shipped(), date(2026, 11, 30));
        for register in Register::ALL {
            let is_personal = register.fields().iter().any(|field| field.privacy == Privacy::Personal);
            assert_eq!(rule(register).is_some(), is_personal, "{register:?}");
            if let Some(rule) = rule(register) {
                assert_eq!(kept_since(&law, rule, today), Some(date(2024, 11, 30)), "{rule}");
            }
        }
        assert_eq!(kept_since(&law, FILE, today), Some(date(2026, 11, 27)));
        assert_eq!(kept_since(&law, "PS-OWN-NONE", today), None);
        assert_eq!(kept_since(&law, FILE, date(2009, 12, 31)), None, "before the rule is in force");
    }

    #[test]
    fn a_record_is_closed_by_its_answer_or_by_an_outcome_that_ends_it() {
        let (received, answered, published) = (date(2020, 1, 2), date(2020, 1, 9), date(2020, 1, 20));
        let register = Register::Questions;
        let closed = |days: &[(&str, Day)], outcome| closed_on(register, &values(register, days, outcome));
        let asked = ("received_on", received);
        assert_eq!(closed(&[asked], None), None);
        assert_eq!(closed(&[asked, ("due_on", published)], Some("open")), None);
        assert_eq!(closed(&[asked, ("answered_on", answered)], None), Some(answered));
        let both = [asked, ("answered_on", answered), ("published_on", published)];
        assert_eq!(closed(&both, Some("open")), Some(published));
        assert_eq!(closed(&[asked], Some("rerouted")), Some(received));
        assert_eq!(closed(&[asked, ("notice_on", answered)], Some("refused")), Some(answered));
        let press = values(Register::PressRequests, &[asked, ("answered_on", answered)], None);
        assert_eq!(closed_on(Register::PressRequests, &press), Some(answered));
        let news = values(Register::News, &[("posted_on", answered)], None);
        assert_eq!(closed_on(Register::News, &news), None);
    }

    #[test]
    fn the_time_is_over_the_day_after_its_last() {
        let law = Law::shipped();
        let register = Register::Questions;
        let answered = values(register, &[("answered_on", date(2020, 3, 5))], None);
        let over = |values: &Values, removed, today| is_over(&law, register, values, removed, today);
        assert!(!over(&answered, None, date(2022, 3, 5)));
        assert!(over(&answered, None, date(2022, 3, 6)));
        let open = values(register, &[("received_on", date(2020, 3, 5))], None);
        assert!(!over(&open, None, date(2040, 1, 1)));
        let removed = Some(date(2021, 1, 1));
        assert!(!over(&open, removed, date(2023, 1, 1)));
        assert!(over(&open, removed, date(2023, 1, 2)));
        assert!(over(&answered, removed, date(2022, 3, 6)), "closed before it was taken out");
    }
}
