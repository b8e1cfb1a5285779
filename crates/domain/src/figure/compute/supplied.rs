//! Metric 8: distinct documents that left on request.

use std::collections::{BTreeMap, BTreeSet};

use super::{Standing, View, by_day_and_id, symbol_key};
use crate::figure::tally::Tally;
use crate::register::{Record, Register};
use crate::time::Day;

/// Numbers begin anew each year, so the same symbol comes back after a year: a reply is the document of that symbol
/// issued within half a year of it.
const SAME_NUMBERING: i32 = 183;

/// Counts the replies to press requests answered in the period, and the outgoing documents of the period marked as
/// supplied on request; a document that is found in both once, as the outgoing document.
pub(super) fn count<'a>(view: &View<'a>, tally: &mut Tally<'a>) {
    let replies = replies(view, tally);
    let outgoing = Outgoing::with_symbols(view, &replies.iter().map(|reply| reply.2.as_str()).collect());
    let mut counted: Vec<&'a Record> = Vec::new();
    let mut seen: BTreeSet<(String, i16)> = BTreeSet::new();
    for (request, day, symbol) in replies {
        let found = outgoing.nearest(&symbol, day);
        let year = found.and_then(|record| record.values.day("issued_on")).unwrap_or(day).year();
        let is_new = seen.insert((symbol, year));
        match found {
            Some(record) => {
                tally.leave(request, "same_document");
                counted.extend(is_new.then_some(record));
            }
            None if is_new => {
                tally.doubt(request, "reply_not_in_register");
                counted.push(request);
            }
            None => tally.leave(request, "same_document"),
        }
    }
    let already: BTreeSet<_> = counted.iter().map(|record| record.reference()).collect();
    for record in view.of(Register::OutgoingDocuments) {
        let (symbol, day) = (record.values.text("symbol"), record.values.day("issued_on"));
        let is_supplied =
            record.values.word("supplied_to").is_some() && !already.contains(&record.reference());
        let (true, Some(symbol), Some(day)) = (is_supplied, symbol, day) else { continue };
        if seen.insert((symbol_key(symbol), day.year())) {
            counted.push(record);
        } else {
            tally.leave(record, "same_document");
        }
    }
    counted.sort_by_cached_key(|record| by_day_and_id(record));
    for record in counted {
        tally.count(record);
    }
}

/// The press requests answered in the period with a document: request, day of the answer, symbol.
fn replies<'a>(view: &View<'a>, tally: &mut Tally<'a>) -> Vec<(&'a Record, Day, String)> {
    let mut replies = Vec::new();
    for request in view.of(Register::PressRequests) {
        match (Standing::of(request, view.last()), request.values.text("reply_symbol")) {
            (Standing::Answered(day), _) if !view.period().contains(day) => {
                tally.leave(request, "outside_period");
            }
            (Standing::Answered(day), Some(symbol)) => replies.push((*request, day, symbol_key(symbol))),
            (Standing::Answered(_), None) => tally.leave(request, "no_document"),
            (other, _) => tally.leave(request, other.reason()),
        }
    }
    replies
}

/// The outgoing documents that have one of some symbols.
struct Outgoing<'a>(BTreeMap<String, Vec<(Day, &'a Record)>>);

impl<'a> Outgoing<'a> {
    fn with_symbols(view: &View<'a>, symbols: &BTreeSet<&str>) -> Outgoing<'a> {
        let mut found: BTreeMap<String, Vec<(Day, &'a Record)>> = BTreeMap::new();
        if symbols.is_empty() {
            return Outgoing(found);
        }
        for record in view.of(Register::OutgoingDocuments) {
            let symbol = record.values.text("symbol").map(symbol_key);
            let symbol = symbol.filter(|symbol| symbols.contains(symbol.as_str()));
            if let (Some(symbol), Some(day)) = (symbol, record.values.day("issued_on")) {
                found.entry(symbol).or_default().push((day, record));
            }
        }
        Outgoing(found)
    }

    /// The document of a symbol issued nearest to a day, within the numbering of one year.
    fn nearest(&self, symbol: &str, day: Day) -> Option<&'a Record> {
        let distance = |issued: Day| (issued - day).get_days().abs();
        let near = self.0.get(symbol)?.iter().filter(|(issued, _)| distance(*issued) <= SAME_NUMBERING);
        near.min_by_key(|(issued, record)| (distance(*issued), record.id)).map(|(_, record)| *record)
    }
}
