//! Metrics 14 to 16: what was posted on the portal in the period and still stood there at its end.

use std::collections::{BTreeMap, HashSet};

use super::{View, unit_key};
use crate::figure::tally::{Judged, Tally, Verdict};
use crate::figure::{Amount, Figure, NOT_STATED, Part};
use crate::register::{Record, Register};
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

/// News of the same days a year before; no data when nothing of that time was written down, for then nobody knows.
pub(super) fn year_before<'a>(view: &View<'a>, mut tally: Tally<'a>) -> Figure {
    let before = view.source.news_a_year_before();
    let Ok(period) = view.period().year_before() else { return tally.finish_with(Amount::NoData) };
    for record in &before {
        let is_gone = record.values.day("withdrawn_on").is_some_and(|day| day <= period.last());
        tally.add(record, if is_gone { Verdict::Out("withdrawn") } else { Verdict::Count }.into());
    }
    if before.is_empty() { tally.finish_with(Amount::NoData) } else { tally.finish() }
}

/// Units that are to take part and supplied nothing that was counted; each is a part without records. What came from
/// a supplier that is none of the units is looked at and doubted.
pub(super) fn units_not_contributing<'a>(view: &View<'a>, mut tally: Tally<'a>) -> Figure {
    let units: BTreeMap<String, &str> =
        view.source.audience.iter().map(|name| (unit_name(name), name.as_str())).collect();
    let mut silent = units.clone();
    for record in view.of(Register::News) {
        let verdict = match (not_posted(view, record), record.values.text("supplier")) {
            (Some(reason), _) => Verdict::Out(reason).into(),
            (None, None) => Verdict::Out("no_supplier").into(),
            (None, Some(supplier)) => {
                let name = unit_name(supplier);
                silent.remove(&name);
                Verdict::Out("has_contributed")
                    .doubted_if(!units.contains_key(&name), "supplier_not_in_audience")
            }
        };
        tally.add(record, verdict);
    }
    let amount = match units.len() {
        0 => Amount::NoData,
        _ => Amount::Count { count: silent.len() as u64 },
    };
    let mut figure = tally.finish_with(amount);
    if amount == Amount::NoData {
        return figure;
    }
    let part = |name: &&str| Part { label: (*name).to_owned(), count: 0, counted: Vec::new() };
    figure.parts = silent.values().map(part).collect();
    figure
}

/// The form in which a supplier is a unit: as units are compared, without *Ủy ban nhân dân* before it.
fn unit_name(name: &str) -> String {
    let key = unit_key(name);
    key.strip_prefix("uy ban nhan dan ").unwrap_or(&key).to_owned()
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
