//! Views of pages: days that were counted, and those that were not.

use super::*;
use crate::time::{Day, days_later};

fn counted_from(first: Day, days: i64, each: u64) -> BTreeMap<Day, u64> {
    (0..days).map(|number| (days_later(first, number), each)).collect()
}

#[test]
fn where_nobody_counted_there_is_no_data_and_a_counted_day_without_readers_is_zero() {
    let mut source = empty_year();
    for id in ["visits", "visits.year_before", "visits.monthly_mean"] {
        assert_eq!(figure(&source, id).amount, Amount::NoData, "{id}");
    }
    source.page_views = counted_from(date(2020, 6, 1), 1, 0);
    assert_eq!(count(&source, "visits"), 0);
    assert_eq!(doubts(&source, "visits"), [("some_days_not_counted", vec![])]);
    assert_eq!(figure(&source, "visits.monthly_mean").amount, Amount::NoData, "no whole month was counted");
}

#[test]
fn a_year_of_which_every_day_was_counted_has_its_months_and_their_mean() {
    let mut source = empty_year();
    source.page_views = counted_from(date(2020, 1, 1), 366, 10);
    assert_eq!(count(&source, "visits"), 3_660);
    assert_eq!(parts(&source, "visits").len(), 12);
    assert_eq!(parts(&source, "visits")[1], ("2020-02".to_owned(), 290));
    assert_eq!(doubts(&source, "visits"), []);
    assert_eq!(count(&source, "visits.monthly_mean"), 305);
    assert_eq!(figure(&source, "visits.year_before").amount, Amount::NoData);
    source.page_views.extend(counted_from(date(2019, 1, 1), 365, 7));
    assert_eq!(count(&source, "visits.year_before"), 2_555);
    assert_eq!(count(&source, "visits"), 3_660, "the year before is not of this year");
}

#[test]
fn the_mean_leaves_out_a_month_that_was_counted_in_part() {
    let mut source = empty_year();
    source.page_views = counted_from(date(2020, 3, 15), 17 + 30 + 31, 1);
    assert_eq!(parts(&source, "visits.monthly_mean"), owned(&[("2020-04", 30), ("2020-05", 31)]));
    assert_eq!(count(&source, "visits.monthly_mean"), 31, "30.5 is rounded up");
}

#[test]
fn the_day_of_counting_is_not_over_and_not_missed() {
    let mut source = empty_year();
    source.counted_on = date(2020, 1, 11);
    source.page_views = counted_from(date(2020, 1, 1), 10, 1);
    assert_eq!(doubts(&source, "visits"), []);
    source.page_views.remove(&date(2020, 1, 5));
    assert_eq!(doubts(&source, "visits"), [("some_days_not_counted", vec![])]);
}
