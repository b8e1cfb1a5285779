//! The computation of every figure: each record a figure looks at is judged alone, by a small function named in
//! [`judge`]; what needs several records at once is prepared in [`View`].

mod coverage;
mod outages;
mod people;
mod portal;
mod questions;
mod requests;
mod rollout;
mod speech;
mod supplied;
mod views;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::source::Source;
use super::tally::{Judged, Tally};
use super::{ALL, Amount, Definition, Figure, Shape};
use crate::id::RecordId;
use crate::period::Period;
use crate::register::{Record, RecordRef, Register};
use crate::text;
use crate::time::Day;

/// Computes all figures of the period, in the order of [`ALL`].
pub fn compute(source: &Source) -> Vec<Figure> {
    let view = View::new(source);
    ALL.iter().map(|definition| figure(&view, definition)).collect()
}

fn figure(view: &View<'_>, definition: &'static Definition) -> Figure {
    let mut tally = Tally::new(definition);
    if definition.id == "regulation.units_total" {
        let total = match view.source.audience.len() {
            0 => Amount::NoData,
            count => Amount::Count { count: count as u64 },
        };
        return tally.finish_with(total);
    }
    if definition.registers.is_empty()
        && let Some((amount, parts, doubt)) = views::of(view, definition.id)
    {
        let mut figure = tally.finish_with(amount);
        figure.parts = parts;
        figure.doubts.extend(doubt);
        return figure;
    }
    if !definition.registers.iter().any(|register| view.records.contains_key(register)) {
        return tally.finish_with(Amount::NoData);
    }
    if definition.id == "documents_supplied_on_request" {
        supplied::count(view, &mut tally);
        return tally.finish();
    }
    match definition.shape {
        Shape::YearBefore => return portal::year_before(view, tally),
        Shape::Absent => return portal::units_not_contributing(view, tally),
        Shape::Minutes => return outages::unreachable(view, tally),
        _ => {}
    }
    if let (Some(judge), [register]) = (judge(definition.id), definition.registers) {
        for record in view.of(*register) {
            tally.add(record, judge(view, record));
        }
    }
    tally.finish()
}

/// How a record is judged for a figure.
type Judge = for<'a> fn(&View<'a>, &'a Record) -> Judged<'a>;

/// The judge of a figure that counts the records of one register; `None` for one that is not made of records.
pub(super) fn judge(id: &str) -> Option<Judge> {
    let judge: Judge = match id {
        "regulation.units_sent" => rollout::sent,
        "regulation.units_acknowledged" => rollout::acknowledged,
        "regulation.own_issued" => rollout::own_issued,
        "regulation.own_on_time" => rollout::own_on_time,
        "spokespersons.published" => people::published,
        "spokespersons.published_in_time" => people::published_in_time,
        "press_requests.received" => requests::received,
        "press_requests.answered" => requests::answered,
        "press_requests.refused" => requests::refused,
        "press_requests.open" => requests::open,
        "press_requests.overdue" => requests::overdue,
        "press_requests.by_requester_kind" => requests::by_requester_kind,
        "press_conferences.held" => speech::press_conferences,
        "briefings.attended" => speech::briefings,
        "speech.turns" => speech::turns,
        "speech.by_unit" => speech::speech_by_unit,
        "information.by_unit" => speech::information_by_unit,
        "speech.units" => speech::units,
        "extraordinary.spoken" => speech::spoken,
        "extraordinary.on_time" => speech::on_time,
        "coordination.in_time" => speech::coordination,
        "training.sessions" | "training.people" => speech::trainings,
        "press_items.monitored" => coverage::monitored,
        "press_items.needing_answer" => coverage::needing_answer,
        "press_items.answered" => coverage::answered,
        "press_items.self_detected" => coverage::self_detected,
        "corrections.requested" => coverage::requested,
        "corrections.corrected" => coverage::corrected,
        "corrections.refused" => coverage::refused,
        "corrections.pending" => coverage::pending,
        "corrections.rounds" => coverage::rounds,
        "news.total" => portal::news,
        "news.from_radio" => portal::news_from_radio,
        "news.by_supplier" => portal::news_by_supplier,
        "news.by_category" => portal::news_by_category,
        "news.by_month" => portal::news_by_month,
        "portal.units_contributing" => portal::units_contributing,
        "documents_posted.total" => portal::documents,
        "documents_posted.by_type" => portal::documents_by_type,
        "documents_posted.by_issuer" => portal::documents_by_issuer,
        "documents_posted.in_time" => portal::documents_in_time,
        "outages" => outages::begun,
        "questions.received" => questions::received,
        "questions.answered" => questions::answered,
        "questions.on_time" => questions::on_time,
        "questions.published" => questions::published,
        "questions.rerouted" => questions::rerouted,
        "questions.refused" => questions::refused,
        "questions.mean_days" | "questions.p90_days" => questions::days_taken,
        _ => return None,
    };
    Some(judge)
}

/// What a judge may know beside the record: the period, and what only all records together can say.
pub(super) struct View<'a> {
    source: &'a Source,
    records: BTreeMap<Register, Vec<&'a Record>>,
    /// Symbols of regulations that ended before the period began.
    ended: HashSet<String>,
    /// Symbols of regulations in whose place a newer one stands at the end of the period.
    replaced: HashSet<String>,
    /// Names of the units that the regulation must reach, as they are compared.
    audience: HashSet<String>,
    /// Suppliers of news that mean the radio station, as written.
    radio: HashSet<&'a str>,
    /// Documents posted that have the symbol, day and issuer of another.
    twice: HashSet<RecordId>,
}

impl<'a> View<'a> {
    fn new(source: &'a Source) -> View<'a> {
        let records: BTreeMap<_, _> = Register::ALL
            .into_iter()
            .filter_map(|register| Some((register, source.looked_at(register)?)))
            .collect();
        let of = |register: Register| records.get(&register).map_or(&[][..], Vec::as_slice);
        let over =
            |record: &&&Record| record.values.day("ended_on").is_some_and(|day| day < source.period.first());
        let ended = of(Register::Regulations).iter().filter(over);
        let ended = ended.filter_map(|record| record.values.text("symbol")).map(symbol_key).collect();
        let until = source.period.last().min(source.counted_on);
        let newer = of(Register::Regulations).iter().chain(of(Register::RollOuts));
        let replaced = newer.filter_map(|record| rollout::replaces(record, until)).collect();
        let suppliers: HashSet<&str> =
            of(Register::News).iter().filter_map(|record| record.values.text("supplier")).collect();
        let own: HashSet<String> = source.radio_names.iter().map(|name| text::fold(name)).collect();
        let radio = suppliers.into_iter().filter(|name| portal::is_radio(name, &own)).collect();
        let twice = twice(of(Register::PortalDocuments));
        let audience = source.audience.iter().map(|name| unit_key(name)).collect();
        View { source, records, ended, replaced, audience, radio, twice }
    }

    fn period(&self) -> Period {
        self.source.period
    }

    /// The last day of the period: what happened later has not happened yet.
    fn last(&self) -> Day {
        self.source.period.last()
    }

    /// Whether a limit of the period is over: by its end, and by the day of counting.
    fn is_over(&self, due: Day) -> bool {
        due <= self.last() && due < self.source.counted_on
    }

    /// The day of a field, when it has come by the end of the period.
    fn by_end(&self, record: &Record, field: &str) -> Option<Day> {
        record.values.day(field).filter(|day| *day <= self.last())
    }

    fn is_in_period(&self, record: &Record, field: &str) -> bool {
        record.values.day(field).is_some_and(|day| self.period().contains(day))
    }

    fn of(&self, register: Register) -> &[&'a Record] {
        self.records.get(&register).map_or(&[], Vec::as_slice)
    }
}

/// Records that share symbol, day of issue and issuer: perhaps one document written down twice.
fn twice(documents: &[&Record]) -> HashSet<RecordId> {
    let mut first: HashMap<(String, Option<Day>, &str), RecordId> = HashMap::with_capacity(documents.len());
    let mut twice = HashSet::new();
    for record in documents {
        let values = &record.values;
        let Some(symbol) = values.text("symbol") else { continue };
        let key = (symbol_key(symbol), values.day("issued_on"), values.text("issuer").unwrap_or(""));
        if let Some(other) = first.insert(key, record.id) {
            twice.extend([other, record.id]);
        }
    }
    twice
}

/// The form in which two symbols are the same: no marks, no spaces, no leading zeros (`05/BC-UBND` = `5/BC-UBND`).
fn symbol_key(symbol: &str) -> String {
    let plain = |sign: char| match sign {
        'Đ' | 'đ' => 'd',
        other => other.to_ascii_lowercase(),
    };
    // Most symbols have no other letters than these; a year has many.
    let is_simple = symbol.chars().all(|sign| sign.is_ascii() || matches!(sign, 'Đ' | 'đ'));
    let folded = if is_simple { symbol.chars().map(plain).collect() } else { text::fold(symbol) };
    let tight: String = folded.chars().filter(|sign| !sign.is_whitespace()).collect();
    tight.trim_start_matches('0').to_owned()
}

/// The form in which two names of a unit are the same: no marks, no punctuation, *UBND* written out.
fn unit_key(name: &str) -> String {
    let plain: String =
        text::fold(name).chars().map(|sign| if sign.is_alphanumeric() { sign } else { ' ' }).collect();
    let words = plain.split_whitespace();
    words.map(|word| if word == "ubnd" { "uy ban nhan dan" } else { word }).collect::<Vec<_>>().join(" ")
}

/// Where a request or question stands at the end of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Answered on this day.
    Answered(Day),
    /// Said to be answered, without a day: not to be proved.
    AnsweredNoDay,
    /// Refused.
    Refused,
    /// Taken back by who asked.
    Withdrawn,
    /// Neither.
    Open,
}

impl Standing {
    fn of(record: &Record, last: Day) -> Standing {
        let answered_on = record.values.day("answered_on");
        match (record.values.word("outcome"), answered_on) {
            (_, Some(day)) if day > last => Standing::Open,
            (Some("refused"), _) => Standing::Refused,
            (Some("withdrawn"), _) => Standing::Withdrawn,
            (_, Some(day)) => Standing::Answered(day),
            (Some("answered"), None) => Standing::AnsweredNoDay,
            (_, None) => Standing::Open,
        }
    }

    /// Why a record that stands so is not among those that stand otherwise.
    const fn reason(self) -> &'static str {
        match self {
            Standing::Answered(_) => "answered",
            Standing::AnsweredNoDay => "no_day",
            Standing::Refused => "refused",
            Standing::Withdrawn => "withdrawn",
            Standing::Open => "open",
        }
    }
}

/// What is odd about the days of a record said to be answered.
fn doubt_of_answer(record: &Record) -> Option<&'static str> {
    let values = &record.values;
    match (values.day("answered_on"), values.day("received_on"), values.word("outcome")) {
        (Some(answered), Some(received), _) if answered < received => Some("day_order"),
        (Some(_), _, Some("open")) => Some("outcome_contradicts_day"),
        (None, _, Some("answered")) => Some("answered_without_day"),
        _ => None,
    }
}

/// A reference that orders records of several registers.
fn by_day_and_id(record: &Record) -> (Option<Day>, RecordRef) {
    (record.day(), record.reference())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_the_same_whatever_marks_spaces_and_leading_zeros() {
        for written in
            ["05/QĐ-UBND", "5/qđ-ubnd", "5 / QĐ - UBND", "5/QD-UBND", "005/QĐ\u{a0}-UBND", "5/QÐ-UBND"]
        {
            assert_eq!(symbol_key(written), "5/qd-ubnd", "{written}");
        }
        assert_ne!(symbol_key("50/QĐ-UBND"), symbol_key("5/QĐ-UBND"));
    }

    #[test]
    fn a_committee_is_the_same_written_short_or_in_full() {
        assert_eq!(unit_key("UBND xã Thi Sơn"), unit_key("Ủy ban nhân dân xã Thi Sơn"));
        assert_eq!(unit_key("Phòng Tài chính - Kế hoạch"), unit_key("phòng Tài chính Kế hoạch"));
        assert_ne!(unit_key("UBND xã Thi Sơn"), unit_key("UBND xã Thanh Sơn"));
    }
}
