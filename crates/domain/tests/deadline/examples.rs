//! The table of Law 7.2b cell by cell, and single rules of counting.

use domain::calendar::{Calendar, DayKind, Year};
use domain::deadline::{self, Due, NoDeadline, NoExtension, Pause, Step, Trigger};
use domain::law::{Law, Limit};
use domain::time::{Day, Timestamp};
use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
use jiff::civil::date;

use super::{computed, of_limit, rule, with_day};

/// One row of Law 7.2b.
struct Row {
    rule: &'static str,
    limit: Limit,
    trigger: (Weekday, Day),
    /// Days off between that are no plain weekend.
    off: &'static [Day],
    last: (Weekday, Day),
}

const TABLE: &[Row] = &[
    Row {
        rule: "PL-ANS-2",
        limit: Limit::CalendarDays(30),
        trigger: (Monday, date(2026, 6, 1)),
        off: &[],
        last: (Wednesday, date(2026, 7, 1)),
    },
    Row {
        rule: "PL-ANS-2",
        limit: Limit::WorkingDays(15),
        trigger: (Thursday, date(2026, 7, 2)),
        off: &[],
        last: (Thursday, date(2026, 7, 23)),
    },
    Row {
        rule: "PL-ANS-1",
        limit: Limit::CalendarDays(30),
        trigger: (Wednesday, date(2026, 4, 1)),
        off: &[date(2026, 5, 1)],
        last: (Monday, date(2026, 5, 4)),
    },
    Row {
        rule: "PT-QA-4",
        limit: Limit::WorkingDays(15),
        trigger: (Thursday, date(2020, 12, 24)),
        off: &[date(2021, 1, 1)],
        last: (Friday, date(2021, 1, 15)),
    },
    Row {
        rule: "PT-QA-4",
        limit: Limit::WorkingDays(15),
        trigger: (Monday, date(2026, 11, 16)),
        off: &[date(2026, 11, 24)],
        last: (Tuesday, date(2026, 12, 8)),
    },
    Row {
        rule: "AI-PUB-2",
        limit: Limit::WorkingDays(5),
        trigger: (Thursday, date(2026, 4, 23)),
        // The law text leaves out Sunday 26/4, the holiday that Monday makes up for.
        off: &[date(2026, 4, 26), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)],
        last: (Tuesday, date(2026, 5, 5)),
    },
    Row {
        rule: "AI-T-OFF-2",
        limit: Limit::WorkingDays(10),
        trigger: (Thursday, date(2026, 8, 20)),
        off: &[date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)],
        last: (Tuesday, date(2026, 9, 8)),
    },
    Row {
        rule: "PT-T-DOC-1",
        limit: Limit::WorkingDays(2),
        trigger: (Friday, date(2020, 11, 20)),
        off: &[],
        last: (Tuesday, date(2020, 11, 24)),
    },
    Row {
        rule: "PS-REG-2",
        limit: Limit::CalendarDays(45),
        trigger: (Wednesday, date(2026, 7, 1)),
        off: &[],
        last: (Monday, date(2026, 8, 17)),
    },
];

#[test]
fn the_worked_examples_cell_by_cell() {
    let law = Law::shipped();
    for Row { rule: id, limit, trigger, off, last } in TABLE {
        let (from, due) = (trigger.1, last.1);
        assert_eq!((from.weekday(), due.weekday()), (trigger.0, last.0), "{id} {from}");
        assert_eq!(law.rule_at(id, from).unwrap().limit, *limit, "{id} {from}");
        let deadline = computed(id, from);
        assert_eq!(deadline.due, Due::Day(due), "{id} {from}");
        let passed: Vec<Day> = deadline
            .trace
            .iter()
            .filter_map(|step| match step {
                Step::Skipped { day, kind, .. } | Step::Shifted { from: day, kind, .. }
                    if *kind != DayKind::Weekend =>
                {
                    Some(*day)
                }
                _ => None,
            })
            .collect();
        assert_eq!(passed, *off, "{id} {from}");
    }
}

#[test]
fn the_internal_regulation_shifts_from_a_saturday() {
    let deadline = computed("PS-REG-2", date(2026, 7, 1));
    let shifted = |step: &Step| matches!(step, Step::Shifted { from, .. } if from.weekday() == Saturday);
    assert!(deadline.trace.iter().any(shifted));
}

#[test]
fn a_saturday_entered_as_worked_brings_the_end_forward() {
    let law = Law::shipped();
    let from = date(2026, 8, 20);
    let rule = law.rule_at("AI-T-OFF-2", from).unwrap();
    let calendar = with_day(date(2026, 8, 22), DayKind::MadeWorking);
    let deadline = deadline::compute(rule, Trigger::Day(from), &calendar).unwrap();
    assert_eq!(deadline.due, Due::Day(date(2026, 9, 7)));
}

#[test]
fn twenty_four_hours_run_through_the_weekend() {
    let law = Law::shipped();
    let at: Timestamp = "2026-08-29T22:30:00+07:00".parse().unwrap();
    let rule = law.rule_at("PS-EXT-4", date(2026, 8, 29)).unwrap();
    let deadline = deadline::compute(rule, Trigger::Instant(at), &Calendar::shipped()).unwrap();
    assert_eq!(deadline.due, Due::Instant("2026-08-30T22:30:00+07:00".parse().unwrap()));
    assert!(deadline.describe_vi().iter().any(|line| line.contains("24 giờ liên tục")));
    assert!(deadline::compute(rule, Trigger::Day(date(2026, 8, 29)), &Calendar::shipped()).is_err());
}

#[test]
fn a_notice_before_an_event_counts_backwards() {
    let law = Law::shipped();
    let at: Timestamp = "2020-11-20T08:00:00+07:00".parse().unwrap();
    let rule = law.rule_at("PL-CONF-2", date(2020, 11, 20)).unwrap();
    let deadline = deadline::compute(rule, Trigger::Instant(at), &Calendar::shipped()).unwrap();
    assert_eq!(deadline.due, Due::Instant("2020-11-19T08:00:00+07:00".parse().unwrap()));
}

#[test]
fn before_20_december_never_moves_later_and_names_the_last_working_day() {
    let law = Law::shipped();
    let rule = law.rule_at("PS-RPT-2", date(2026, 12, 1)).unwrap();
    let deadline = deadline::compute(rule, Trigger::Day(date(2026, 12, 1)), &Calendar::shipped()).unwrap();
    assert_eq!(deadline.due, Due::Day(date(2026, 12, 19)));
    let fixed = Step::Fixed { last: date(2026, 12, 19), last_working: date(2026, 12, 18) };
    assert!(deadline.trace.contains(&fixed));
    let next = deadline::compute(rule, Trigger::Day(date(2026, 12, 20)), &Calendar::shipped()).unwrap();
    assert_eq!(next.due.day(), date(2027, 12, 19));
}

#[test]
fn a_month_ends_on_the_last_day_of_a_shorter_month() {
    let deadline =
        deadline::compute(&rule(Limit::Months(1)), Trigger::Day(date(2020, 1, 31)), &Calendar::shipped())
            .unwrap();
    // 29/2/2020 is a Saturday: to Monday 2/3.
    assert_eq!(deadline.due.day(), date(2020, 3, 2));
}

#[test]
fn a_pause_stops_the_clock_and_an_extension_keeps_the_first_date() {
    let calendar = Calendar::shipped();
    let five = rule(Limit::WorkingDays(5));
    let pause = Pause { from: date(2020, 6, 3), to: date(2020, 6, 9), reason: "chờ bổ sung".into() };
    let start = Trigger::Day(date(2020, 6, 1));
    let plain = deadline::compute(&five, start, &calendar).unwrap();
    let paused = deadline::compute_with(&five, start, &calendar, &[pause]).unwrap();
    assert_eq!((plain.due.day(), paused.due.day()), (date(2020, 6, 8), date(2020, 6, 15)));
    let extended = plain.extended(&five, "phức tạp", &calendar).unwrap();
    assert_eq!(extended.due.day(), date(2020, 6, 15));
    assert!(extended.describe_vi().iter().any(|line| line.contains("thời hạn ban đầu là 08/06/2020")));
}

#[test]
fn a_year_not_confirmed_gives_a_provisional_date() {
    let is_provisional = |from| {
        deadline::compute(&rule(Limit::WorkingDays(3)), Trigger::Day(from), &Calendar::shipped())
            .unwrap()
            .is_provisional
    };
    assert!(!is_provisional(date(2020, 6, 1)) && is_provisional(date(2027, 6, 1)));
}

#[test]
fn a_calendar_of_nothing_is_provisional_everywhere() {
    let calendar =
        Calendar::new(Vec::new(), vec![Year { year: 2020, is_confirmed: true, note: String::new() }]);
    assert!(!calendar.is_provisional(date(2020, 5, 5)) && calendar.is_provisional(date(2021, 5, 5)));
}

#[test]
fn working_days_before_an_event_are_counted_backwards_over_a_weekend() {
    let law = Law::shipped();
    let rule = law.rule_at("PT26-OUT", date(2026, 12, 1)).unwrap();
    let event = Trigger::Day(date(2026, 12, 1));
    let deadline = deadline::compute(rule, event, &Calendar::shipped()).unwrap();
    // 30, 27, 26, 25, 23, 20, 19: 24/11 is a holiday.
    assert_eq!(deadline.due.day(), date(2026, 11, 19));
    assert_eq!(deadline.trace.iter().filter(|step| step.is_counted()).count(), 7);
}

#[test]
fn an_extension_is_bounded_by_its_rule_and_adds_up() {
    let (law, calendar) = (Law::shipped(), Calendar::shipped());
    let first = computed("AI-T-NET-3", date(2020, 6, 1));
    assert_eq!(first.due.day(), date(2020, 6, 22));
    let rule = law.rule_at("AI-X-NET", date(2020, 6, 1)).unwrap();
    let longer = first.extended_by(rule, 7, "nhiều tài liệu", &calendar).unwrap();
    assert_eq!(longer.due.day(), date(2020, 6, 29));
    let again = longer.extended_by(rule, 15, "nhiều tài liệu", &calendar).unwrap();
    assert_eq!((again.first_due, again.due.day()), (Some(first.due), date(2020, 7, 14)));
    assert_eq!(first.extended_by(rule, 16, "", &calendar), Err(NoExtension::OverMaximum(15)));
    let hours = law.rule_at("PS-EXT-3", date(2020, 6, 1)).unwrap();
    assert_eq!(first.extended_by(hours, 1, "", &calendar), Err(NoExtension::NotInDays));
}

#[test]
fn lateness_is_by_the_moment_for_hours_and_by_the_legal_day_for_days() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let start = Trigger::Instant(at("2026-08-29T22:30:00+07:00"));
    let hours = deadline::compute(&rule(Limit::Hours(24)), start, &Calendar::shipped()).unwrap();
    assert!(!hours.is_late_at(at("2026-08-30T22:30:00+07:00")));
    assert!(hours.is_late_at(at("2026-08-30T22:30:01+07:00")));
    let days = of_limit(Limit::WorkingDays(2), date(2020, 11, 20));
    assert!(!days.is_late(date(2020, 11, 24)) && days.is_late(date(2020, 11, 25)));
    assert!(
        !days.is_late_at(at("2020-11-24T23:59:59+07:00")) && days.is_late_at(at("2020-11-25T00:00:00+07:00"))
    );
}

#[test]
fn a_limit_from_an_instant_starts_the_day_after_its_day_in_vietnam() {
    // 23:30 on 19/11 in UTC is already 20/11 in Vietnam.
    let start = Trigger::Instant("2020-11-19T23:30:00Z".parse().unwrap());
    let deadline = deadline::compute(&rule(Limit::WorkingDays(2)), start, &Calendar::shipped()).unwrap();
    assert_eq!(deadline.due.day(), date(2020, 11, 24));
}

#[test]
fn a_pause_moves_months_and_calendar_days_and_leaves_hours() {
    let calendar = Calendar::shipped();
    let pause = [Pause { from: date(2020, 6, 3), to: date(2020, 6, 9), reason: "chờ bổ sung".into() }];
    let due = |limit| {
        let start = Trigger::Instant("2020-06-01T08:00:00+07:00".parse().unwrap());
        deadline::compute_with(&rule(limit), start, &calendar, &pause).unwrap().due.day()
    };
    assert_eq!(due(Limit::CalendarDays(10)), date(2020, 6, 18));
    assert_eq!(due(Limit::Months(1)), date(2020, 7, 8));
    assert_eq!(due(Limit::Hours(72)), date(2020, 6, 4));
}

#[test]
fn what_cannot_be_counted_says_so() {
    for limit in [Limit::Open, Limit::AtOnce, Limit::NextIssue, Limit::Rounds(2), Limit::EveryYears(1)] {
        let result = deadline::compute(&rule(limit), Trigger::Day(date(2020, 6, 1)), &Calendar::shipped());
        assert_eq!(result, Err(NoDeadline::NotCountable));
        assert!(!limit.is_countable());
    }
    let end = deadline::compute(&rule(Limit::WorkingDays(9)), Trigger::Day(Day::MAX), &Calendar::shipped());
    assert_eq!(end, Err(NoDeadline::OutOfRange));
}

#[test]
fn every_countable_shipped_rule_gives_a_date_and_an_explanation_in_both_languages() {
    let (law, calendar) = (Law::shipped(), Calendar::shipped());
    for rule in law.rules.iter().filter(|rule| rule.limit.is_countable()) {
        let at = rule.valid_from.at(8, 0, 0, 0).to_zoned(domain::time::vietnam()).unwrap().timestamp();
        let deadline = deadline::compute(rule, Trigger::Instant(at), &calendar).unwrap();
        assert_eq!((&deadline.rule, &deadline.basis), (&rule.id, &rule.basis));
        let (vi, en) = (deadline.describe_vi(), deadline.describe_en());
        assert!(vi.len() == en.len() && vi.len() >= 3, "{}: {vi:?}", rule.id);
        assert!(vi.last().unwrap().contains(&deadline.due.in_words()), "{}: {vi:?}", rule.id);
    }
}

#[test]
fn a_deadline_is_kept_as_json_and_read_back_equal() {
    let deadline = computed("PT-QA-4", date(2020, 12, 24));
    let json = serde_json::to_string(&deadline).unwrap();
    assert_eq!(serde_json::from_str::<deadline::Deadline>(&json).unwrap(), deadline);
}
