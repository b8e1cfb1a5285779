//! Metric 17: outages of the public site and the time it could not be reached, from the register that people keep.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::View;
use crate::figure::tally::{Judged, Tally, Verdict};
use crate::figure::{Amount, Figure, NOT_STATED};
use crate::outage;
use crate::register::{Record, Register};

/// Outages that began in the period, planned and not.
pub(super) fn begun<'a>(view: &View<'a>, record: &'a Record) -> Judged<'a> {
    if !view.is_in_period(record, "started_on") {
        return Verdict::Out("outside_period").into();
    }
    if is_ahead(view, record) {
        return Verdict::Out("not_begun").into();
    }
    let kind = record.values.word("kind");
    Verdict::Under(kind.unwrap_or(NOT_STATED).into()).doubted_if(kind.is_none(), "no_outage_kind")
}

/// Work that was announced and lies ahead is no outage yet.
fn is_ahead(view: &View<'_>, record: &Record) -> bool {
    record.values.day("started_on").is_some_and(|day| day > view.source.counted_on)
}

/// Minutes of the period in which the site, or a part of it, could not be reached; what two lines tell of the same
/// minute counts once.
pub(super) fn unreachable<'a>(view: &View<'a>, mut tally: Tally<'a>) -> Figure {
    let mut spans = Vec::new();
    for record in view.of(Register::Outages) {
        match span(view, record) {
            Ok(span) => {
                tally.count(record);
                spans.push(span);
            }
            Err(reason) => tally.leave(record, reason),
        }
    }
    tally.finish_with(Amount::Count { count: minutes(spans) })
}

/// From when to when an outage lasted within the period, or why that is not known.
fn span(view: &View<'_>, record: &Record) -> Result<(DateTime, DateTime), &'static str> {
    let values = &record.values;
    if is_ahead(view, record) {
        return Err("not_begun");
    }
    let over = values.day("ended_on").filter(|day| *day <= view.source.counted_on).ok_or("not_over")?;
    let began = outage::began(values).ok_or("no_hours")?;
    let ended = outage::ended(values).ok_or("no_hours")?;
    if ended < began {
        return Err("end_before_start");
    }
    let first = view.period().first().to_datetime(jiff::civil::Time::midnight());
    // The last minute of the last day is in the period.
    let last =
        view.last().tomorrow().map_or(DateTime::MAX, |day| day.to_datetime(jiff::civil::Time::midnight()));
    if over < view.period().first() || began >= last || ended < first {
        return Err("outside_period");
    }
    Ok((began.max(first), ended.min(last)))
}

/// The length of all spans together.
fn minutes(mut spans: Vec<(DateTime, DateTime)>) -> u64 {
    spans.sort_unstable();
    let mut all = SignedDuration::ZERO;
    let mut covered = DateTime::MIN;
    for (from, to) in spans {
        let from = from.max(covered);
        if to > from {
            all += to.duration_since(from);
            covered = to;
        }
    }
    u64::try_from(all.as_mins()).unwrap_or(0)
}
