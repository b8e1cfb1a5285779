//! Metric 17: how often pages of the public site were read. A day on which nobody counted is no day without readers.

use std::collections::BTreeMap;

use super::View;
use crate::figure::{Amount, Doubt, Part};
use crate::period::Period;
use crate::time::Day;

/// What a figure of views comes to: the amount, its months, and that days are missing. `None` for another figure.
pub(super) fn of(view: &View<'_>, id: &str) -> Option<(Amount, Vec<Part>, Option<Doubt>)> {
    let period = view.period();
    let counted_on = view.source.counted_on;
    Some(match id {
        "visits" => total(&view.source.page_views, period, counted_on),
        "visits.year_before" => match period.year_before() {
            Ok(before) => total(&view.source.page_views, before, counted_on),
            Err(_) => (Amount::NoData, Vec::new(), None),
        },
        "visits.monthly_mean" => monthly_mean(&view.source.page_views, period),
        _ => return None,
    })
}

fn total(views: &BTreeMap<Day, u64>, period: Period, counted_on: Day) -> (Amount, Vec<Part>, Option<Doubt>) {
    let mut months: BTreeMap<String, u64> = BTreeMap::new();
    let mut days = 0;
    for (day, count) in views.range(period.first()..=period.last()) {
        *months.entry(month(*day)).or_default() += count;
        days += 1;
    }
    if days == 0 {
        return (Amount::NoData, Vec::new(), None);
    }
    // The day of counting is not over.
    let last = counted_on.yesterday().map_or(period.last(), |yesterday| yesterday.min(period.last()));
    let is_partial = days < days_of(period.first(), last);
    let doubt = is_partial.then(|| Doubt { word: "some_days_not_counted", records: Vec::new() });
    let count = months.values().sum();
    let parts = months.into_iter().map(|(label, count)| Part { label, count, counted: Vec::new() });
    (Amount::Count { count }, parts.collect(), doubt)
}

/// The mean of the whole months of the period of which every day was counted, rounded half up.
fn monthly_mean(views: &BTreeMap<Day, u64>, period: Period) -> (Amount, Vec<Part>, Option<Doubt>) {
    let mut parts = Vec::new();
    let mut first = period.first().first_of_month();
    while first <= period.last() {
        let last = first.last_of_month();
        let counts: Vec<u64> = views.range(first..=last).map(|(_, count)| *count).collect();
        if period.contains(first) && period.contains(last) && counts.len() == days_of(first, last) {
            parts.push(Part { label: month(first), count: counts.iter().sum(), counted: Vec::new() });
        }
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    let months = parts.len() as u64;
    if months == 0 {
        return (Amount::NoData, parts, None);
    }
    let sum: u64 = parts.iter().map(|part| part.count).sum();
    (Amount::Count { count: (sum * 2 + months) / (months * 2) }, parts, None)
}

fn days_of(first: Day, last: Day) -> usize {
    usize::try_from((last - first).get_days()).map_or(0, |days| days + 1)
}

fn month(day: Day) -> String {
    format!("{}-{:02}", day.year(), day.month())
}
