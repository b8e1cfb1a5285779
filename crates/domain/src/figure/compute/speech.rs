//! Metrics 4, 5, 9, 10, 20 and 21: what was said and how, extraordinary cases and their clock, units working together,
//! trainings.

use super::{View, unit_key};
use crate::figure::NOT_STATED;
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;
use crate::time::Day;

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

/// Turns of one kind by unit; those of the other kind are left out, as is one that says neither.
fn by_unit<'a>(
    view: &View<'a>,
    record: &'a Record,
    (turn, other): (&'static str, &'static str),
) -> Judged<'a> {
    if !view.is_in_period(record, "held_on") {
        return OUTSIDE.into();
    }
    match record.values.word("turn") {
        None => Verdict::Out("no_turn").into(),
        Some(word) if word != turn => Verdict::Out(other).into(),
        Some(_) => {
            let unit = record.values.text("unit");
            Verdict::Under(unit.unwrap_or(NOT_STATED).into()).doubted_if(unit.is_none(), "no_unit")
        }
    }
}

pub(super) fn speech_by_unit<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    by_unit(view, record, ("speech", "is_information"))
}

pub(super) fn information_by_unit<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    by_unit(view, record, ("information", "is_speech"))
}

/// Units that spoke or gave information, each once.
pub(super) fn units<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "held_on") {
        return OUTSIDE.into();
    }
    let unit = record.values.text("unit");
    unit.map_or(Verdict::Out("no_unit"), |unit| Verdict::Under(unit_key(unit).into())).into()
}

/// Extraordinary cases that arose in the period and were spoken on by its end.
pub(super) fn spoken<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "arose_on") {
        return OUTSIDE.into();
    }
    let spoken = view.by_end(record, "spoken_on").is_some();
    if spoken { Verdict::Count } else { Verdict::Missed("not_spoken") }.into()
}

/// The day on which the clock of a case runs out; none where its line does not say.
fn due_day(record: &Record) -> Option<Day> {
    Day::strptime("%d/%m/%Y", record.values.text("due_at")?.split_whitespace().next()?).ok()
}

/// Of those with a limit: whether it was kept, as decided when the office spoke. One whose clock still runs is neither.
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
        (None, _) if due_day(record).is_some_and(|due| !view.is_over(due)) => Verdict::Out("not_due_yet"),
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
