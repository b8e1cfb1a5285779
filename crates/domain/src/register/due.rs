//! The limit of a record that was written down without one: computed once, when the record is made, from the rule in
//! force on the day of its trigger, and kept with its basis. A later change of law or calendar alters no record.

use jiff::SignedDuration;

use super::{Field, Register, Value, Values};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Due, Trigger};
use crate::law::{Law, Limit};
use crate::time::{self, Day, Time};

/// Which field a rule limits, which day starts it, and the rules that may apply: the first in force on that day does.
struct Clock {
    limit: &'static str,
    start: &'static str,
    rules: &'static [&'static str],
    /// Where the register holds times of the day as well.
    hours: Option<Hours>,
}

/// The fields with the times of the day of a limit and of what starts it.
#[derive(Clone, Copy)]
struct Hours {
    limit: &'static str,
    start: &'static str,
}

impl Clock {
    const fn by_day(limit: &'static str, start: &'static str, rules: &'static [&'static str]) -> Clock {
        Clock { limit, start, rules, hours: None }
    }

    /// The day that starts it, and the time of that day where one was written down.
    fn begin(&self, values: &Values) -> Option<(Day, Option<Time>)> {
        let day = values.day(self.start)?;
        Some((day, self.hours.and_then(|hours| values.text(hours.start)).and_then(time::read_clock)))
    }

    /// The limit as it stands in a record.
    fn written<'a>(&self, values: &'a Values) -> (Option<Day>, Option<&'a str>) {
        (values.day(self.limit), self.hours.and_then(|hours| values.text(hours.limit)))
    }
}

/// The day from which every unit without an internal regulation had to issue one (PS-REG-2): the rule's own first
/// day, whatever the day of the roll-out.
const OWN_REGULATION: &str = "PS-REG-2";

/// The rules that may limit a request of the press of this legal kind; none for a kind without a legal limit.
pub(crate) fn press_rules(legal_kind: &str) -> &'static [&'static str] {
    match legal_kind {
        "answer_in_press" => &["PL-ANS-1"],
        "forwarded_opinion" => &["PL-ANS-2"],
        // From 1/7/2026 PL-ANS-3 counts from the conclusion; what counts from receipt is the acceptance.
        "forwarded_complaint" => &["PL-ANS-3-ACC", "PL-ANS-3"],
        _ => &[],
    }
}

/// The words of a limit's basis as a register keeps them.
pub fn basis_of(deadline: &Deadline) -> String {
    format!("{}; {}; lịch {}", deadline.rule, deadline.basis, deadline.calendar_version)
}

fn clock(register: Register, values: &Values) -> Option<Clock> {
    match register {
        Register::PressRequests => {
            let rules = press_rules(values.word("legal_kind")?);
            (!rules.is_empty()).then_some(Clock::by_day("due_on", "received_on", rules))
        }
        Register::Questions if matches!(values.word("track"), None | Some("question")) => {
            Some(Clock::by_day("due_on", "received_on", &["PT-QA-4"]))
        }
        Register::PortalDocuments => {
            // NĐ 42/2022 and NĐ 224/2026 count no days: the general limit of the access law stands.
            Some(Clock::by_day("post_due_on", "issued_on", &["PT-T-DOC-1", "AI-PUB-2"]))
        }
        Register::Spokespersons => {
            let rules: &[&str] = match values.word("kind")? {
                "regular" => &["PS-PUB-3"],
                // PS-PUB-2 ended with NĐ 09/2017; the optional rule of the office stands in its place.
                "authorised" => &["PS-PUB-2", "PS-PUB-5"],
                _ => return None,
            };
            let hours = Some(Hours { limit: "publish_due_at", start: "signed_at" });
            Some(Clock { hours, ..Clock::by_day("publish_due_on", "starts_on", rules) })
        }
        Register::RollOuts => Some(Clock::by_day("own_regulation_due_on", "sent_on", &[OWN_REGULATION])),
        Register::Questions
        | Register::OutgoingDocuments
        | Register::IncomingDocuments
        | Register::PressItems
        | Register::News
        | Register::Regulations
        | Register::Statements
        | Register::ExtraordinaryCases
        | Register::InternalRequests
        | Register::Trainings
        | Register::Outages => None,
    }
}

/// The fields of a register that [`fill`] may set.
pub const fn limit_fields(register: Register) -> &'static [&'static str] {
    match register {
        Register::PressRequests | Register::Questions => &["due_on", "due_basis"],
        Register::PortalDocuments => &["post_due_on", "due_basis"],
        Register::Spokespersons => &["publish_due_on", "publish_due_at", "due_basis"],
        Register::RollOuts => &["own_regulation_due_on", "due_basis"],
        Register::OutgoingDocuments
        | Register::IncomingDocuments
        | Register::PressItems
        | Register::News
        | Register::Regulations
        | Register::Statements
        | Register::ExtraordinaryCases
        | Register::InternalRequests
        | Register::Trainings
        | Register::Outages => &[],
    }
}

/// Computes and sets the limit of a record, with its basis. Does nothing when a limit was written down, no rule is in
/// force on the day of the trigger, or the register knows no limit.
///
/// A limit in hours counts from the time of day of its trigger where the record has one. Where it has none, it counts
/// from the last second of that day and the limit is the day on which it ends (12 h and 24 h after 20/11 both end on
/// 21/11). That never makes a record late that was not.
pub fn fill(register: Register, values: &mut Values, law: &Law, calendar: &Calendar) -> Option<Deadline> {
    let clock = clock(register, values)?;
    if values.day(clock.limit).is_some() {
        return None;
    }
    let begin = clock.begin(values)?;
    let deadline = compute(&clock, begin, law, calendar)?;
    let limit = register.field(clock.limit)?;
    let basis = register.field("due_basis")?;
    let text = basis_of(&deadline);
    set(values, limit, Value::Day(deadline.due.day()));
    set(values, basis, Value::Text(text));
    if let (Some(hours), (_, Some(_)), Due::Instant(due)) = (clock.hours, begin, deadline.due) {
        let at = time::clock_in_table(due.to_zoned(time::vietnam()).time());
        set(values, register.field(hours.limit)?, Value::Text(at));
    }
    Some(deadline)
}

/// What a correction does to a limit, before [`fill`]: a computed limit whose starting day was corrected is taken
/// away, to be computed anew; a limit that was written down instead loses the basis of the computed one.
pub fn renew(register: Register, before: &Values, after: &mut Values) {
    let (Some(old), Some(new)) = (clock(register, before), clock(register, after)) else { return };
    let was_computed = before.text("due_basis").is_some();
    if !was_computed || before.text("due_basis") != after.text("due_basis") {
        return;
    }
    if old.written(before) != new.written(after) {
        after.clear("due_basis");
    } else if old.begin(before) != new.begin(after) || old.rules != new.rules {
        limit_fields(register).iter().for_each(|field| after.clear(field));
    }
}

fn compute(
    clock: &Clock,
    (start, at): (Day, Option<Time>),
    law: &Law,
    calendar: &Calendar,
) -> Option<Deadline> {
    let (rule, start) = if clock.rules == [OWN_REGULATION] {
        // Its clock started once, for all, on its own first day; a roll-out before that day has no such limit.
        let rule = law.rules.iter().find(|rule| rule.id == OWN_REGULATION && start >= rule.valid_from)?;
        (rule, rule.valid_from)
    } else {
        (clock.rules.iter().find_map(|id| law.rule_at(id, start).ok())?, start)
    };
    let trigger = match rule.limit {
        Limit::Hours(_) => Trigger::Instant(match at {
            Some(at) => time::at(start, at.hour(), at.minute())?,
            // Nobody wrote the time down: counted from the end of the day.
            None => time::start_of(start.tomorrow().ok()?).ok()? - SignedDuration::from_secs(1),
        }),
        _ => Trigger::Day(start),
    };
    deadline::compute(rule, trigger, calendar).ok()
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
    fn an_authorisation_signed_at_a_known_time_is_published_within_12_hours() {
        let named = |kind, day, at: &str| {
            let pairs = [
                ("starts_on", Value::Day(day)),
                ("kind", Value::Word(kind)),
                ("signed_at", Value::Text(at.into())),
            ];
            let values = filled(Register::Spokespersons, &pairs);
            (values.day("publish_due_on"), values.text("publish_due_at").map(str::to_owned))
        };
        let at = |day, clock: &str| (Some(day), Some(clock.to_owned()));
        assert_eq!(named("authorised", date(2020, 11, 20), "08:30"), at(date(2020, 11, 20), "20:30"));
        assert_eq!(named("authorised", date(2020, 11, 20), "16:00"), at(date(2020, 11, 21), "04:00"));
        assert_eq!(named("regular", date(2026, 8, 29), "10:15"), at(date(2026, 8, 30), "10:15"));
        // No rule of 2020 limits it.
        assert_eq!(named("regular", date(2020, 11, 20), "08:30"), (None, None));
    }

    #[test]
    fn a_time_written_down_later_renews_the_limit_and_one_taken_out_gives_the_day_back() {
        let register = Register::Spokespersons;
        let day = date(2020, 11, 20);
        let by_day = filled(register, &[("starts_on", Value::Day(day)), ("kind", Value::Word("authorised"))]);
        let mut timed = by_day.clone();
        timed.set(register.field("signed_at").unwrap(), Value::Text("08:30".into()));
        let renewed = |before: &Values, mut after: Values| {
            renew(register, before, &mut after);
            fill(register, &mut after, &Law::shipped(), &Calendar::shipped());
            after
        };
        let timed = renewed(&by_day, timed);
        assert_eq!((timed.day("publish_due_on"), timed.text("publish_due_at")), (Some(day), Some("20:30")));
        let mut without = timed.clone();
        without.clear("signed_at");
        assert_eq!(renewed(&timed, without), by_day);
        let mut by_hand = timed.clone();
        by_hand.set(register.field("publish_due_at").unwrap(), Value::Text("21:00".into()));
        let by_hand = renewed(&timed, by_hand);
        assert_eq!((by_hand.text("publish_due_at"), by_hand.text("due_basis")), (Some("21:00"), None));
    }

    #[test]
    fn a_document_after_the_portal_decree_of_2011_has_the_limit_of_the_access_law() {
        let values = filled(Register::PortalDocuments, &[("issued_on", Value::Day(date(2023, 6, 1)))]);
        assert_eq!(values.day("post_due_on"), Some(date(2023, 6, 8)));
        assert!(values.text("due_basis").unwrap().starts_with("AI-PUB-2; Luật Tiếp cận thông tin"));
    }

    #[test]
    fn a_forwarded_complaint_counts_from_receipt_in_both_regimes() {
        let complaint = |day| {
            let kind = ("legal_kind", Value::Word("forwarded_complaint"));
            let values = filled(Register::PressRequests, &[("received_on", Value::Day(day)), kind]);
            (values.day("due_on"), values.text("due_basis").map(str::to_owned).unwrap_or_default())
        };
        let (due, basis) = complaint(date(2020, 6, 1));
        assert_eq!(due, Some(date(2020, 7, 1)));
        assert!(basis.starts_with("PL-ANS-3;"), "{basis}");
        let (due, basis) = complaint(date(2026, 7, 2));
        assert_eq!(due, Some(date(2026, 7, 13)));
        assert!(basis.starts_with("PL-ANS-3-ACC;"), "{basis}");
    }

    #[test]
    fn every_basis_fits_its_field() {
        let ids = ["PL-ANS-1", "PL-ANS-2", "PL-ANS-3", "PL-ANS-3-ACC", "PT-QA-4", "PT-T-DOC-1", "AI-PUB-2"];
        let ids = ids.into_iter().chain(["PS-PUB-2", "PS-PUB-3", "PS-PUB-5", OWN_REGULATION]);
        let crate::register::FieldKind::Line(most) = Register::Questions.field("due_basis").unwrap().kind
        else {
            panic!("due_basis is no line");
        };
        let law = Law::shipped();
        for id in ids {
            for rule in law.rules.iter().filter(|rule| rule.id == id) {
                let text = format!("{id}; {}; lịch 0123456789ab", rule.basis);
                assert!(text.chars().count() <= usize::from(most), "{}: {text}", rule.key());
            }
        }
    }

    #[test]
    fn a_request_without_a_legal_limit_gets_none() {
        let field = Register::PressRequests.field("legal_kind").unwrap();
        let crate::register::FieldKind::Word(words) = field.kind else { panic!("legal_kind is no word") };
        let limited = ["answer_in_press", "forwarded_opinion", "forwarded_complaint"];
        for (kind, _) in words {
            let pairs = [("received_on", Value::Day(date(2020, 6, 1))), ("legal_kind", Value::Word(kind))];
            let due = filled(Register::PressRequests, &pairs).day("due_on");
            assert_eq!(due.is_some(), limited.contains(kind), "{kind}");
        }
        let pairs = [("received_on", Value::Day(date(2020, 6, 1)))];
        assert_eq!(filled(Register::PressRequests, &pairs).day("due_on"), None);
    }

    #[test]
    fn own_regulations_were_due_on_17_august_2026_and_no_earlier_roll_out_has_that_limit() {
        let due =
            |day| filled(Register::RollOuts, &[("sent_on", Value::Day(day))]).day("own_regulation_due_on");
        assert_eq!(due(date(2026, 7, 10)), Some(date(2026, 8, 17)));
        assert_eq!(due(date(2020, 1, 10)), None);
    }
}
