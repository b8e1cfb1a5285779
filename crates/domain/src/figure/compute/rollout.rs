//! Metrics 1 and 2: the units the regulation was rolled out to, and their own regulations.

use super::{View, symbol_key, unit_key};
use crate::figure::tally::{Judged, Verdict};
use crate::register::{Record, Register};
use crate::time::Day;

/// The symbol of the regulation in whose place the one of a line stands by `until`: from the day it takes effect, or else
/// from the day it was issued or sent.
pub(super) fn replaces(record: &Record, until: Day) -> Option<String> {
    let values = &record.values;
    let (own, begins) = match record.register {
        Register::Regulations => ("symbol", "issued_on"),
        _ => ("regulation", "sent_on"),
    };
    let replaced = symbol_key(values.text("replaces")?);
    let begins = values.day("effective_on").or(values.day(begins))?;
    let is_other = values.text(own).is_none_or(|own| symbol_key(own) != replaced);
    (begins <= until && is_other).then_some(replaced)
}

/// The unit a roll-out concerns, unless the regulation ended before the period.
fn unit(view: &View<'_>, record: &Record) -> Result<String, &'static str> {
    if record.values.day("sent_on").is_none() {
        return Err("no_day");
    }
    if record.values.text("regulation").is_some_and(|symbol| view.ended.contains(&symbol_key(symbol))) {
        return Err("regulation_ended");
    }
    Ok(unit_key(record.values.text("recipient").unwrap_or("")))
}

/// As [`unit`], unless another text stands in the place of the regulation at the end of the period: then what was sent
/// and acknowledged of it says nothing of the text in force.
fn unit_in_force(view: &View<'_>, record: &Record) -> Result<String, &'static str> {
    let unit = unit(view, record)?;
    let is_replaced =
        record.values.text("regulation").is_some_and(|symbol| view.replaced.contains(&symbol_key(symbol)));
    if is_replaced { Err("replaced") } else { Ok(unit) }
}

pub(super) fn sent<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match unit_in_force(view, record) {
        Err(reason) => Verdict::Out(reason).into(),
        Ok(unit) => {
            let unknown = !view.audience.is_empty() && !view.audience.contains(&unit);
            Verdict::Under(unit.into()).doubted_if(unknown, "recipient_not_in_audience")
        }
    }
}

pub(super) fn acknowledged<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match (unit_in_force(view, record), record.values.day("acknowledged_on")) {
        (Err(reason), _) => Verdict::Out(reason),
        (Ok(unit), Some(day)) if day <= view.last() => Verdict::Under(unit.into()),
        (Ok(_), Some(_)) => Verdict::Out("after_period"),
        (Ok(_), None) => Verdict::Out("not_acknowledged"),
    };
    verdict.into()
}

pub(super) fn own_issued<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match (unit(view, record), record.values.day("own_regulation_on")) {
        (Err(reason), _) => Verdict::Out(reason),
        (Ok(unit), Some(day)) if day <= view.last() => Verdict::Under(unit.into()),
        (Ok(_), Some(_)) => Verdict::Out("after_period"),
        (Ok(_), None) => Verdict::Out("no_own_regulation"),
    };
    verdict.into()
}

/// Units that had to issue their own regulation (PS-REG-2) and did so by the limit; one whose limit has not come by
/// the end of the period is left out.
pub(super) fn own_on_time<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let issued = view.by_end(record, "own_regulation_on");
    let verdict = match (unit(view, record), record.values.day("own_regulation_due_on"), issued) {
        (Err(reason), ..) => Verdict::Out(reason),
        (Ok(_), None, _) => Verdict::Out("no_limit"),
        (Ok(_), Some(due), Some(issued)) if issued <= due => Verdict::Count,
        (Ok(_), Some(_), Some(_)) => Verdict::Missed("late"),
        (Ok(_), Some(due), None) if view.is_over(due) => Verdict::Missed("no_own_regulation"),
        (Ok(_), Some(_), None) => Verdict::Out("not_due_yet"),
    };
    verdict.into()
}
