//! What holds for every day and every number.

use domain::calendar::Calendar;
use domain::deadline::Step;
use domain::law::Limit;
use domain::time::Day;
use jiff::civil::date;
use proptest::prelude::*;

use super::of_limit;

fn any_day() -> impl Strategy<Value = Day> {
    (0_i64..3650).prop_map(|days| date(2017, 3, 1).checked_add(jiff::Span::new().days(days)).unwrap())
}

proptest! {
    #[test]
    fn working_days_end_on_a_working_day_and_are_explained_one_by_one(from in any_day(), days in 1_u32..40) {
        let calendar = Calendar::shipped();
        let deadline = of_limit(Limit::WorkingDays(days), from);
        prop_assert!(calendar.is_working(deadline.due.day()) && deadline.due.day() > from);
        // Every day after the start is either counted, with the next number, or skipped because it is off.
        let (mut day, mut number) = (from, 0);
        for step in &deadline.trace {
            let (own, expected) = match step {
                Step::Counted { day: own, number: n, .. } => {
                    number += 1;
                    prop_assert_eq!(*n, number);
                    (own, true)
                }
                Step::Skipped { day: own, .. } => (own, false),
                _ => continue,
            };
            day = day.tomorrow().unwrap();
            prop_assert_eq!((*own, expected), (day, calendar.is_working(day)));
        }
        prop_assert_eq!((number, day), (days, deadline.due.day()));
        prop_assert_eq!(deadline.describe_vi().len(), deadline.trace.len());
    }

    #[test]
    fn a_later_start_and_a_longer_limit_never_end_earlier(from in any_day(), days in 1_u32..30) {
        for limit in [Limit::WorkingDays as fn(u32) -> Limit, Limit::CalendarDays, Limit::Months] {
            let due = |from: Day, days| of_limit(limit(days), from).due.day();
            prop_assert!(due(from, days) <= due(from.tomorrow().unwrap(), days));
            prop_assert!(due(from, days) <= due(from, days + 1));
        }
    }

    #[test]
    fn calendar_days_shift_only_forward_and_only_past_days_off(from in any_day(), days in 1_u32..60) {
        let calendar = Calendar::shipped();
        let due = of_limit(Limit::CalendarDays(days), from).due.day();
        let plain = from.checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
        prop_assert!(due >= plain && calendar.is_working(due));
        let mut day = plain;
        while day < due {
            prop_assert!(!calendar.is_working(day));
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn counting_back_from_the_end_of_working_days_comes_to_the_start_or_past_days_off(
        from in any_day(),
        days in 1_u32..30,
    ) {
        let calendar = Calendar::shipped();
        let due = of_limit(Limit::WorkingDays(days), from).due.day();
        let back = of_limit(Limit::WorkingDaysBefore(days), due).due.day();
        prop_assert_eq!(back, calendar.last_working(from).unwrap());
    }

    #[test]
    fn working_days_never_end_before_as_many_calendar_days(from in any_day(), days in 1_u32..30) {
        let plain = from.checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
        prop_assert!(of_limit(Limit::WorkingDays(days), from).due.day() >= plain);
    }

    #[test]
    fn before_a_date_the_last_day_lies_within_a_year_and_never_after_it(from in any_day()) {
        let due = of_limit(Limit::BeforeDayOfYear(1220), from).due.day();
        prop_assert!(due >= from && (due.month(), due.day()) == (12, 19));
        prop_assert!(due <= from.checked_add(jiff::Span::new().years(1)).unwrap());
    }
}
