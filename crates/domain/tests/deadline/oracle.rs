//! The shipped calendar and the counting of working days against an independent oracle: see tests/oracle/make.py.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use domain::calendar::{Calendar, DayKind, SpecialDay, Year};
use domain::deadline::{self, Step, Trigger};
use domain::law::Limit;
use domain::time::Day;
use jiff::civil::{Weekday, date};
use sha2::{Digest, Sha256};

use super::rule;

/// Where we differ from the oracle on purpose: day, whether we work, why.
const REVIEWED: &[(Day, bool, &str)] = &[
    (date(2026, 1, 2), false, "letter 12729/VPCP-KGVX: off for officials, Saturday 10/1 worked"),
    (date(2026, 1, 10), true, "letter 12729/VPCP-KGVX"),
    (date(2026, 8, 22), false, "the working Saturday is to be verified (Law 10, doubt 14)"),
];

struct Oracle {
    /// Whether a day that is not what its weekday says is worked.
    special: BTreeMap<Day, bool>,
    /// The digest of all due days that start in a year.
    digests: BTreeMap<i16, String>,
}

fn oracle() -> Oracle {
    let mut oracle = Oracle { special: BTreeMap::new(), digests: BTreeMap::new() };
    for line in include_str!("../oracle/oracle.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [year, off, worked, digest] = cells[..] else { panic!("{line}") };
        let mut enter = |days: &str, is_worked| {
            for day in days.split(' ').filter(|day| !day.is_empty()) {
                oracle.special.insert(format!("{year}-{day}").parse().unwrap(), is_worked);
            }
        };
        enter(off, false);
        enter(worked, true);
        if !digest.is_empty() {
            oracle.digests.insert(year.parse().unwrap(), digest.to_owned());
        }
    }
    oracle
}

fn days_between(first: Day, last: Day) -> impl Iterator<Item = Day> {
    first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= last)
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The 30 working days after a day, as the explanation counts them: all due days of 1 to 30 at once.
fn thirty(start: Day, calendar: &Calendar) -> Vec<Day> {
    let deadline = deadline::compute(&rule(Limit::WorkingDays(30)), Trigger::Day(start), calendar).unwrap();
    let counted = deadline.trace.iter().filter_map(|step| match step {
        Step::Counted { day, .. } => Some(*day),
        _ => None,
    });
    counted.collect()
}

#[test]
fn the_calendar_agrees_with_the_oracle_but_for_the_reviewed_days() {
    let (calendar, oracle) = (Calendar::shipped(), oracle());
    let differences: Vec<(Day, bool)> = days_between(date(2017, 1, 1), date(2027, 12, 31))
        .map(|day| (day, calendar.is_working(day)))
        .filter(|(day, works)| *works != oracle.special.get(day).copied().unwrap_or(!is_weekend(*day)))
        .collect();
    let reviewed: Vec<_> = REVIEWED.iter().map(|(day, works, _)| (*day, *works)).collect();
    assert_eq!(differences, reviewed);
}

#[test]
fn by_the_days_of_the_oracle_every_start_of_2018_to_2026_times_1_to_30_gives_its_due_days() {
    let oracle = oracle();
    let days = oracle.special.iter().map(|(day, is_worked)| SpecialDay {
        day: *day,
        kind: if *is_worked { DayKind::MadeWorking } else { DayKind::Holiday },
        source: String::new(),
    });
    let years = (2017..=2027).map(|year| Year { year, is_confirmed: true, note: String::new() });
    let calendar = Calendar::new(days.collect(), years.collect());
    assert_eq!(oracle.digests.keys().copied().collect::<Vec<i16>>(), (2018..=2026).collect::<Vec<_>>());
    for (year, expected) in &oracle.digests {
        let mut lines = String::new();
        for start in days_between(date(*year, 1, 1), date(*year, 12, 31)) {
            for (index, due) in thirty(start, &calendar).into_iter().enumerate() {
                writeln!(lines, "{start} {} {due}", index + 1).unwrap();
            }
        }
        assert_eq!(&hex::encode(Sha256::digest(lines)), expected, "{year}");
    }
}

#[test]
fn by_the_shipped_days_a_due_day_differs_only_where_a_reviewed_day_lies_between() {
    let oracle = oracle();
    let is_worked = |day: &Day| oracle.special.get(day).copied().unwrap_or(!is_weekend(*day));
    let worked: Vec<Day> =
        days_between(date(2018, 1, 1), date(2027, 3, 31)).filter(|day| is_worked(day)).collect();
    let calendar = Calendar::shipped();
    let mut differing = BTreeSet::new();
    for start in days_between(date(2018, 1, 1), date(2026, 12, 31)) {
        let after = worked.partition_point(|day| *day <= start);
        for (ours, theirs) in thirty(start, &calendar).into_iter().zip(&worked[after..after + 30]) {
            if ours != *theirs {
                let last = ours.max(*theirs);
                let is_reviewed = |(day, ..): &&(Day, bool, &str)| start < *day && *day <= last;
                assert!(REVIEWED.iter().any(|row| is_reviewed(&row)), "{start}: {ours}, oracle {theirs}");
                differing.insert(start.year());
            }
        }
    }
    assert_eq!(differing, BTreeSet::from([2025, 2026]));
}
