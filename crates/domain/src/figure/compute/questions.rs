//! Metric 18: questions of citizens received in the period and where they stood at its end.

use super::{Standing, View, doubt_of_answer};
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;
use crate::time::Day;

/// What a submission is in law; *Hỏi – Đáp* where nothing is written.
fn track(record: &Record) -> &'static str {
    record.values.word("track").unwrap_or("question")
}

/// Why a record is no question of the period: received outside of it, of another track, or passed on.
fn not_of_period(view: &View<'_>, record: &Record) -> Option<&'static str> {
    if !view.is_in_period(record, "received_on") {
        Some("outside_period")
    } else if track(record) != "question" {
        Some("not_a_question")
    } else {
        (record.values.word("outcome") == Some("rerouted")).then_some("rerouted")
    }
}

/// Where a question of the period stands at its end, or why it is none.
fn standing(view: &View<'_>, record: &Record) -> Result<Standing, &'static str> {
    not_of_period(view, record).map_or_else(|| Ok(Standing::of(record, view.last())), Err)
}

pub(super) fn received<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    not_of_period(view, record).map_or(Verdict::Count, Verdict::Out).into()
}

pub(super) fn answered<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let (verdict, odd) = match standing(view, record) {
        Err(reason) => return Verdict::Out(reason).into(),
        Ok(Standing::Answered(_)) => (Verdict::Count, doubt_of_answer(record)),
        Ok(Standing::AnsweredNoDay) => (Verdict::Missed("no_day"), doubt_of_answer(record)),
        Ok(other) => (Verdict::Missed(other.reason()), None),
    };
    verdict.doubted_if(odd.is_some(), odd.unwrap_or_default())
}

/// The day by which a question is to be answered: the limit, or the day that a progress notice sent within the limit
/// named (PT-QA-4).
fn limit(record: &Record) -> Option<Day> {
    let values = &record.values;
    let due = values.day("due_on")?;
    let is_noticed = values.day("notice_on").is_some_and(|notice| notice <= due);
    Some(values.day("promised_on").filter(|_| is_noticed).map_or(due, |promised| promised.max(due)))
}

/// Of the questions answered, or open although their limit had come by the end of the period, those answered within
/// the limit. A refused question has no answer to be on time; one without a limit is a doubt.
pub(super) fn on_time<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let standing = match standing(view, record) {
        Err(reason) => return Verdict::Out(reason).into(),
        Ok(standing) => standing,
    };
    if matches!(standing, Standing::Refused | Standing::Withdrawn) {
        return Verdict::Out(standing.reason()).into();
    }
    let Some(limit) = limit(record) else { return Verdict::Out("no_limit").doubted_if(true, "no_limit") };
    match standing {
        Standing::Answered(day) if day <= limit => Verdict::Count.into(),
        Standing::AnsweredNoDay => Verdict::Missed("no_day").doubted_if(true, "answered_without_day"),
        Standing::Answered(_) => Verdict::Missed("late").into(),
        _ if view.is_over(limit) => Verdict::Missed("late").into(),
        _ => Verdict::Out("not_due_yet").into(),
    }
}

pub(super) fn published<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match (not_of_period(view, record), record.values.day("published_on")) {
        (Some(reason), _) => Verdict::Out(reason),
        (None, Some(day)) if day <= view.last() => Verdict::Count,
        (None, Some(_)) => Verdict::Out("after_period"),
        (None, None) => Verdict::Out("not_published"),
    };
    verdict.into()
}

/// What came in as a question and was none, or was another body's, by track.
pub(super) fn rerouted<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match not_of_period(view, record) {
        Some("outside_period") => Verdict::Out("outside_period"),
        Some(_) => Verdict::Under(track(record).into()),
        None => Verdict::Out("is_a_question"),
    };
    verdict.into()
}

pub(super) fn refused<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match standing(view, record) {
        Err(reason) => Verdict::Out(reason),
        Ok(Standing::Refused) => Verdict::Count,
        Ok(_) => Verdict::Out("not_refused"),
    };
    verdict.into()
}

/// Questions answered, whose days from receipt to answer can be told.
pub(super) fn days_taken<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match standing(view, record) {
        Err(reason) => Verdict::Out(reason),
        Ok(Standing::Answered(_)) if doubt_of_answer(record) == Some("day_order") => {
            Verdict::Out("day_order")
        }
        Ok(Standing::Answered(_)) => Verdict::Count,
        Ok(other) => Verdict::Out(other.reason()),
    };
    verdict.into()
}
