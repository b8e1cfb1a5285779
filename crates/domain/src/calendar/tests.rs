//! What the shipped calendar says, and what a calendar refuses.

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

#[test]
fn every_shipped_day_has_a_source_and_a_confidence() {
    let calendar = Calendar::shipped();
    assert!(calendar.days().all(|special| !special.source.is_empty()));
    assert!(calendar.days().all(|special| calendar.confidence_of(special.day).is_some()));
    assert!(calendar.days_of(2027).all(|special| special.day.month() != 2
        || calendar.confidence_of(special.day).is_some_and(Confidence::is_doubtful)));
}

#[test]
fn each_swap_has_one_day_off_and_one_day_worked_but_the_one_to_verify() {
    let calendar = Calendar::shipped();
    let count = |kind| calendar.days().filter(|special| special.kind == kind).count();
    assert_eq!(count(DayKind::Swapped), count(DayKind::MadeWorking) + 1);
    assert_eq!(calendar.kind_of(date(2026, 8, 22)), DayKind::Weekend);
}

#[test]
fn the_next_and_the_last_working_day_pass_over_tet() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.next_working(date(2026, 2, 13)).unwrap(), date(2026, 2, 23));
    assert_eq!(calendar.last_working(date(2026, 2, 22)).unwrap(), date(2026, 2, 13));
    assert_eq!(calendar.last_working(date(2026, 2, 13)).unwrap(), date(2026, 2, 13));
    assert_eq!(calendar.next_working(date(2019, 5, 3)).unwrap(), date(2019, 5, 4));
    assert!(calendar.next_working(Day::MAX).is_err());
}

#[test]
fn a_working_day_has_eight_hours_and_a_holiday_none() {
    let calendar = Calendar::new(Vec::new(), Vec::new());
    let minutes = |day| -> i64 {
        calendar
            .sessions_of(day)
            .iter()
            .map(|session| session.from.duration_until(session.to).as_mins())
            .sum()
    };
    assert_eq!((minutes(date(2020, 11, 20)), minutes(date(2020, 11, 21))), (480, 0));
    assert!(calendar.with_hours(Vec::new()).sessions_of(date(2020, 11, 20)).is_empty());
}

#[test]
fn all_faults_of_a_calendar_are_told_at_once() {
    let text = r#"
[[year]]
year = 2020
is_confirmed = true

[[run]]
first = "2020-06-06"
kind = "weekend"
source = "x"
confidence = "read_in_text"

[[run]]
first = "2021-06-07"
kind = "holiday"
source = " "
confidence = "read_in_text"

[[run]]
first = "2020-06-08"
kind = "feast"
source = "x"
confidence = "read_in_text"

[[hours]]
kind = "working"
sessions = [{ from = "11:30", to = "07:30" }]
source = "x"
confidence = "doubtful"
"#;
    let faults = Calendar::parse(text).unwrap_err().0;
    for expected in [
        "2020-06-06: is weekend anyway",
        "2021-06-07: there is no row",
        "2021-06-07: source",
        "feast",
        "hours working",
    ] {
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected}: {faults:#?}");
    }
}
