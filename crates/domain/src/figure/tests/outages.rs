//! Outages of the site: how many, and how long it could not be reached.

use super::*;

const KEYS: [&str; 4] = ["started_on", "started_at", "ended_on", "ended_at"];

/// A line from one moment to another, each `2020-06-01 08:30`; a part that is missing is not written down.
fn line<'a>(from: &'a str, to: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let moments = [from, to].map(|moment| moment.split_once(' ').unwrap_or((moment, "")));
    let parts = moments.into_iter().flat_map(|(day, hour)| [day, hour]);
    let mut pairs: Vec<_> = KEYS.into_iter().zip(parts).filter(|(_, text)| !text.is_empty()).collect();
    pairs.push(("subject", "Cổng thông tin điện tử"));
    pairs.extend_from_slice(more);
    pairs
}

fn year(lines: &[Vec<(&str, &str)>]) -> Source {
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    year_with(Register::Outages, &lines)
}

#[test]
fn a_register_that_was_never_opened_has_no_data_and_an_open_one_without_lines_tells_of_none() {
    for id in ["outages", "outages.unreachable"] {
        assert_eq!(figure(&empty_year(), id).amount, Amount::NoData, "{id}");
        assert_eq!(count(&year(&[]), id), 0, "{id}");
    }
}

#[test]
fn outages_are_counted_in_the_period_in_which_they_began_planned_ones_apart() {
    let source = year(&[
        line("2020-06-01 08:00", "2020-06-01 09:00", &[("kind", "planned")]),
        line("2020-07-01", "", &[("kind", "unplanned")]),
        line("2020-08-01 23:50", "2020-08-02 00:20", &[("kind", "unplanned")]),
        line("2020-09-01 10:00", "2020-09-01 10:05", &[]),
        line("2019-12-31 23:00", "2020-01-01 01:00", &[("kind", "unplanned")]),
    ]);
    assert_eq!(count(&source, "outages"), 4);
    assert_eq!(parts(&source, "outages"), owned(&[("unplanned", 2), ("-", 1), ("planned", 1)]));
    assert_eq!(left_out(&source, "outages"), [(5, "outside_period")]);
    assert_eq!(doubts(&source, "outages"), [("no_outage_kind", vec![4])]);
}

#[test]
fn the_time_is_that_within_the_period_and_one_minute_counts_once() {
    let source = year(&[
        line("2020-06-01 08:00", "2020-06-01 09:00", &[]),
        // Within the first, and beyond its end.
        line("2020-06-01 08:10", "2020-06-01 08:20", &[]),
        line("2020-06-01 8h50", "2020-06-01 9h30", &[]),
        line("2019-12-31 23:00", "2020-01-01 00:45", &[]),
        line("2020-12-31 23:00", "2021-01-01 02:00", &[]),
        line("2020-05-05 10:00", "2020-05-05 10:00", &[]),
    ]);
    assert_eq!(count(&source, "outages.unreachable"), 90 + 45 + 60);
    assert_eq!(figure(&source, "outages.unreachable").counted.len(), 6);
}

#[test]
fn what_has_no_hours_no_end_or_an_end_before_its_beginning_adds_no_time() {
    let mut source = year(&[
        line("2020-06-01", "2020-06-01 09:00", &[]),
        line("2020-06-01 08:00", "2020-06-02", &[]),
        line("2020-06-01 08:00", "", &[]),
        line("2020-06-01 08:00", "2020-06-01 07:00", &[]),
        line("2019-06-01 08:00", "2019-06-01 09:00", &[]),
    ]);
    assert_eq!(count(&source, "outages.unreachable"), 0);
    let why = [(1, "no_hours"), (2, "no_hours"), (3, "not_over"), (4, "end_before_start")];
    assert_eq!(left_out(&source, "outages.unreachable"), why, "the last does not touch the year");
    // Work announced for later is no outage yet.
    source = year(&[line("2020-06-01 08:00", "2020-06-03 08:00", &[])]);
    source.counted_on = date(2020, 5, 31);
    for id in ["outages", "outages.unreachable"] {
        assert_eq!(left_out(&source, id), [(1, "not_begun")], "{id}");
    }
    source.counted_on = date(2020, 6, 2);
    assert_eq!(left_out(&source, "outages.unreachable"), [(1, "not_over")]);
    assert_eq!(count(&source, "outages"), 1);
}
