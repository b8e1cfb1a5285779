//! Metrics 4, 5, 9, 10, 20 and 21: what was said and how, extraordinary cases and their clock, units working together,
//! trainings.

use super::View;
use crate::figure::NOT_STATED;
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;

const OUTSIDE: Verdict<'static> = Verdict::Out("outside_period");

/// Under the word of a field; a record without one is counted under "not stated", with a doubt.
fn under<'a>(record: &'a Record, field: &str, doubt: &'static str) -> Judged<'a> {
    let word = record.values.word(field);
    Verdict::Under(word.unwrap_or(NOT_STATED).into()).doubted_if(word.is_none(), doubt)
}

fn of_form<'a>(view: &View<'a>, record: &'a Record, form: &str, other: &'static str) -> Judged<'a> {
    if !view.is_in_period(record, "held_on") {
        return OUTSIDE.into();
    }
    if record.values.word("form") != Some(form) {
        return Verdict::Out(other).into();
    }
    under(record, "occasion", "no_occasion")
}

pub(super) fn press_conferences<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    of_form(view, record, "press_conference", "not_a_press_conference")
}

pub(super) fn briefings<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    of_form(view, record, "exchange_or_briefing", "not_a_briefing")
}

/// Turns of speech and turns of information, counted apart.
pub(super) fn turns<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "held_on") {
        return OUTSIDE.into();
    }
    under(record, "turn", "no_turn")
}

pub(super) fn turns_by_unit<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "held_on") {
        return OUTSIDE.into();
    }
    let unit = record.values.text("unit");
    Verdict::Under(unit.unwrap_or(NOT_STATED).into()).doubted_if(unit.is_none(), "no_unit")
}

/// Extraordinary cases that arose in the period and were spoken on by its end.
pub(super) fn spoken<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "arose_on") {
        return OUTSIDE.into();
    }
    let spoken = view.by_end(record, "spoken_on").is_some();
    if spoken { Verdict::Count } else { Verdict::Missed("not_spoken") }.into()
}

/// Of those with a limit: whether it was kept, as decided when the office spoke.
pub(super) fn on_time<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "arose_on") {
        return OUTSIDE.into();
    }
    if record.values.text("due_at").is_none() && record.values.flag("on_time").is_none() {
        return Verdict::Out("no_limit").into();
    }
    let verdict = match (view.by_end(record, "spoken_on"), record.values.flag("on_time")) {
        (Some(_), Some(true)) => Verdict::Count,
        (Some(_), Some(false)) => Verdict::Missed("late"),
        (Some(_), None) => Verdict::Out("no_limit"),
        (None, _) => Verdict::Missed("not_spoken"),
    };
    verdict.into()
}

/// Requests between units that were asked in the period: sent within their limit.
pub(super) fn coordination<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "asked_on") {
        return OUTSIDE.into();
    }
    let Some(due) = record.values.day("due_on") else { return Verdict::Out("no_limit").into() };
    let verdict = match (record.values.word("outcome"), view.by_end(record, "answered_on")) {
        (Some("waived"), _) => Verdict::Out("waived"),
        (_, Some(sent)) if sent <= due => Verdict::Count,
        (_, Some(_)) => Verdict::Missed("late"),
        (_, None) if view.is_over(due) => Verdict::Missed("not_answered"),
        (_, None) => Verdict::Out("not_due_yet"),
    };
    verdict.into()
}

pub(super) fn trainings<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if view.is_in_period(record, "held_on") { Verdict::Count } else { OUTSIDE }.into()
}
