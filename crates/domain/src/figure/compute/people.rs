//! Metric 3: spokespersons in office during the period, published, in time.

use super::{View, unit_key};
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;
use crate::time;

/// A person named for several matters is one person.
pub(super) fn published<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let values = &record.values;
    let person = || {
        let body = unit_key(values.text("body").unwrap_or(""));
        format!("{} | {body}", values.text("full_name").unwrap_or(""))
    };
    let verdict = match values.day("published_on") {
        Some(day) if day <= view.last() => Verdict::Under(person().into()),
        Some(_) => Verdict::Out("after_period"),
        None => Verdict::Out("not_published"),
    };
    verdict.into()
}

/// Each naming has its own limit (PS-PUB-2, PS-PUB-3), to the minute where both times were written down.
pub(super) fn published_in_time<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let published = view.by_end(record, "published_on");
    let clock = |field| record.values.text(field).and_then(time::read_clock);
    let is_past_the_hour = || match (clock("published_at"), clock("publish_due_at")) {
        (Some(published), Some(due)) => published > due,
        _ => false,
    };
    let verdict = match (published, record.values.day("publish_due_on")) {
        (_, None) => Verdict::Out("no_limit"),
        (Some(published), Some(due)) if published == due && is_past_the_hour() => Verdict::Missed("late"),
        (Some(published), Some(due)) if published <= due => Verdict::Count,
        (Some(_), Some(_)) => Verdict::Missed("late"),
        (None, Some(due)) if view.is_over(due) => Verdict::Missed("not_published"),
        (None, Some(_)) => Verdict::Out("not_due_yet"),
    };
    verdict.into()
}
