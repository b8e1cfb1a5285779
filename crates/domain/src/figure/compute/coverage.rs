//! Metrics 11 to 13: coverage published in the period, what was found false in it and what the press did.

use super::View;
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;

const OUTSIDE: Verdict<'static> = Verdict::Out("outside_period");

fn is_of_period(view: &View<'_>, record: &Record) -> bool {
    view.is_in_period(record, "published_on")
}

/// One-sided is not false: only false facts open a correction (Luật Báo chí 2016 Đ42, 2025 Đ35).
fn is_false(record: &Record) -> bool {
    matches!(record.values.word("assessment"), Some("false" | "partly"))
}

fn has_action(record: &Record) -> bool {
    matches!(record.values.word("action"), Some("feedback" | "correction_request"))
}

fn needs_answer(record: &Record) -> bool {
    record.values.flag("needs_answer").unwrap_or(false) || is_false(record) || has_action(record)
}

pub(super) fn monitored<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if is_of_period(view, record) { Verdict::Count.into() } else { OUTSIDE.into() }
}

pub(super) fn needing_answer<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match is_of_period(view, record) {
        false => OUTSIDE,
        true if needs_answer(record) => Verdict::Count,
        true => Verdict::Out("no_answer_needed"),
    };
    verdict.into()
}

pub(super) fn answered<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !is_of_period(view, record) {
        return OUTSIDE.into();
    }
    if !needs_answer(record) {
        return Verdict::Out("no_answer_needed").into();
    }
    match (has_action(record), record.values.day("action_on")) {
        (true, Some(day)) if day <= view.last() => Verdict::Count.into(),
        (true, None) => Verdict::Missed("no_day").doubted_if(true, "action_without_day"),
        (true, Some(_)) => Verdict::Missed("after_period").into(),
        (false, _) => Verdict::Missed("not_answered").into(),
    }
}

pub(super) fn self_detected<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match (is_of_period(view, record), record.values.word("detected_by")) {
        (false, _) => OUTSIDE,
        (true, Some("unit")) => Verdict::Count,
        (true, Some(_)) => Verdict::Missed("assigned_from_above"),
        (true, None) => Verdict::Out("detection_unknown"),
    };
    verdict.into()
}

/// Whether the press was asked to put a false item right by the end of the period, or why it is not counted. `Err`
/// says also whether the item is a false one of the period.
fn request(view: &View<'_>, record: &Record) -> Result<(), (bool, &'static str)> {
    if !is_of_period(view, record) {
        return Err((false, "outside_period"));
    }
    match record.values.word("assessment") {
        Some("false" | "partly") => {}
        Some("one_sided") => return Err((false, "one_sided")),
        _ => return Err((false, "not_false")),
    }
    match (has_action(record), record.values.day("action_on")) {
        (false, _) => Err((true, "nothing_requested")),
        (true, Some(day)) if day > view.last() => Err((true, "after_period")),
        (true, _) => Ok(()),
    }
}

pub(super) fn requested<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match request(view, record) {
        Ok(()) => {
            let no_day = record.values.day("action_on").is_none();
            Verdict::Count.doubted_if(no_day, "action_without_day")
        }
        Err((true, reason)) => Verdict::Missed(reason).into(),
        Err((false, reason)) => Verdict::Out(reason).into(),
    }
}

/// What the press did by the end of the period.
enum Outcome {
    Corrected,
    Refused,
    Pending,
}

fn outcome(view: &View<'_>, record: &Record) -> Outcome {
    let has_come = record.values.day("outcome_on").is_none_or(|day| day <= view.last());
    match record.values.word("outcome").filter(|_| has_come) {
        Some("corrected" | "feedback_published" | "removed") => Outcome::Corrected,
        Some("refused") => Outcome::Refused,
        _ => Outcome::Pending,
    }
}

fn with_outcome<'a>(
    view: &View<'a>,
    record: &'a Record,
    counts: fn(&Outcome) -> bool,
    otherwise: &'static str,
) -> Judged<'a> {
    let verdict = match request(view, record) {
        Ok(()) if counts(&outcome(view, record)) => Verdict::Count,
        Ok(()) => Verdict::Out(otherwise),
        Err((_, reason)) => Verdict::Out(reason),
    };
    verdict.into()
}

pub(super) fn corrected<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    with_outcome(view, record, |outcome| matches!(outcome, Outcome::Corrected), "not_corrected")
}

pub(super) fn refused<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    with_outcome(view, record, |outcome| matches!(outcome, Outcome::Refused), "not_refused")
}

pub(super) fn pending<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    with_outcome(view, record, |outcome| matches!(outcome, Outcome::Pending), "not_pending")
}

pub(super) fn rounds<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match request(view, record) {
        Ok(()) => Verdict::Count.doubted_if(record.values.count("rounds").is_none(), "rounds_assumed"),
        Err((_, reason)) => Verdict::Out(reason).into(),
    }
}
