//! Metrics 6 and 7: press requests received in the period and where they stood at its end.

use super::{Standing, View, doubt_of_answer};
use crate::figure::NOT_STATED;
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;

/// Where a request of the period stands at its end; `None` when it was received outside the period.
fn standing(view: &View<'_>, record: &Record) -> Option<Standing> {
    view.is_in_period(record, "received_on").then(|| Standing::of(record, view.last()))
}

const OUTSIDE: Verdict<'static> = Verdict::Out("outside_period");

pub(super) fn received<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    standing(view, record).map_or(OUTSIDE, |_| Verdict::Count).into()
}

pub(super) fn answered<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let Some(standing) = standing(view, record) else { return OUTSIDE.into() };
    let verdict = match standing {
        Standing::Answered(_) => Verdict::Count,
        other => Verdict::Out(other.reason()),
    };
    let odd = doubt_of_answer(record).filter(|_| !matches!(standing, Standing::Open));
    verdict.doubted_if(odd.is_some(), odd.unwrap_or_default())
}

pub(super) fn refused<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match standing(view, record) {
        None => OUTSIDE.into(),
        Some(Standing::Refused) => {
            let groundless = record.values.word("refusal_ground").is_none();
            Verdict::Count.doubted_if(groundless, "refused_without_ground")
        }
        Some(other) => Verdict::Out(other.reason()).into(),
    }
}

pub(super) fn open<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match standing(view, record) {
        None => OUTSIDE,
        Some(Standing::Open) => Verdict::Count,
        Some(other) => Verdict::Out(other.reason()),
    };
    verdict.into()
}

/// Answered or refused after the limit, or not at all by the end of the period although the limit had come.
pub(super) fn overdue<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let Some(standing) = standing(view, record) else { return OUTSIDE.into() };
    let Some(due) = record.values.day("due_on") else { return Verdict::Out("no_limit").into() };
    let verdict = match (standing, view.by_end(record, "answered_on")) {
        (Standing::Withdrawn, _) => Verdict::Out("withdrawn"),
        (_, Some(done)) if done > due => Verdict::Count,
        (_, Some(_)) => Verdict::Out("in_time"),
        (Standing::Open, None) if view.is_over(due) => Verdict::Count,
        (Standing::Open, None) => Verdict::Out("not_due_yet"),
        (Standing::Answered(_) | Standing::AnsweredNoDay | Standing::Refused, None) => Verdict::Out("no_day"),
    };
    verdict.into()
}

pub(super) fn by_requester_kind<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if standing(view, record).is_none() {
        return OUTSIDE.into();
    }
    let kind = record.values.word("requester_kind");
    Verdict::Under(kind.unwrap_or(NOT_STATED).into()).doubted_if(kind.is_none(), "no_requester_kind")
}
