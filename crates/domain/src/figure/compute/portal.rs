//! Metrics 14 to 16: what was posted on the portal in the period and still stood there at its end.

use std::collections::HashSet;

use super::View;
use crate::figure::NOT_STATED;
use crate::figure::tally::{Judged, Verdict};
use crate::register::Record;
use crate::text;

/// How radio stations of districts and communes are usually named, folded.
const RADIO: [&str; 5] =
    ["dai truyen thanh", "dai phat thanh", "truyen thanh huyen", "truyen thanh xa", "truyen thanh phuong"];

/// Whether a supplier's name means the radio station; `own` are the installation's other names for it, folded.
pub(super) fn is_radio(supplier: &str, own: &HashSet<String>) -> bool {
    let folded = text::fold(supplier);
    own.contains(&folded) || RADIO.iter().any(|name| folded.contains(name))
}

/// Why something does not stand among what was posted in the period.
fn not_posted(view: &View<'_>, record: &Record) -> Option<&'static str> {
    match record.values.day("posted_on") {
        None => Some("not_posted"),
        Some(day) if !view.period().contains(day) => Some("outside_period"),
        Some(_) => view.by_end(record, "withdrawn_on").map(|_| "withdrawn"),
    }
}

fn counted<'a>(view: &View<'a>, record: &'a Record, verdict: Verdict<'a>) -> Judged<'a> {
    not_posted(view, record).map_or(verdict, Verdict::Out).into()
}

fn label<'a>(record: &'a Record, field: &str) -> Verdict<'a> {
    Verdict::Under(record.values.text(field).unwrap_or(NOT_STATED).into())
}

pub(super) fn news<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    counted(view, record, Verdict::Count)
}

pub(super) fn news_from_radio<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match record.values.text("supplier") {
        Some(supplier) if view.radio.contains(supplier) => Verdict::Under(supplier.into()),
        Some(_) => Verdict::Out("other_supplier"),
        None => Verdict::Out("no_supplier"),
    };
    counted(view, record, verdict)
}

pub(super) fn news_by_supplier<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match not_posted(view, record) {
        Some(reason) => Verdict::Out(reason).into(),
        None => label(record, "supplier").doubted_if(record.values.text("supplier").is_none(), "no_supplier"),
    }
}

pub(super) fn news_by_category<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    counted(view, record, label(record, "category"))
}

pub(super) fn news_by_month<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let month = |day: crate::time::Day| format!("{}-{:02}", day.year(), day.month());
    let month = record.values.day("posted_on").map(month).unwrap_or_default();
    counted(view, record, Verdict::Under(month.into()))
}

/// Distinct units that supplied news.
pub(super) fn units_contributing<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let supplier = record.values.text("supplier");
    counted(view, record, supplier.map_or(Verdict::Out("no_supplier"), |name| Verdict::Under(name.into())))
}

pub(super) fn documents<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    match not_posted(view, record) {
        Some(reason) => Verdict::Out(reason).into(),
        None => Verdict::Count.doubted_if(view.twice.contains(&record.id), "same_symbol"),
    }
}

pub(super) fn documents_by_type<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    counted(view, record, label(record, "type_name"))
}

pub(super) fn documents_by_issuer<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    counted(view, record, label(record, "issuer"))
}

/// Posted by its limit, of those posted that have one (PT-T-DOC-1).
pub(super) fn documents_in_time<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    let verdict = match (record.values.day("posted_on"), record.values.day("post_due_on")) {
        (Some(posted), Some(due)) if posted <= due => Verdict::Count,
        (Some(_), Some(_)) => Verdict::Missed("late"),
        _ => Verdict::Out("no_limit"),
    };
    counted(view, record, verdict)
}
