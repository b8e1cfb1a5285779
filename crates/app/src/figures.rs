//! Figures of a period from the records as they stand, and the records behind each.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::figure::{self, Amount, Figure, NOT_STATED, Source};
use domain::id::{RecordId, UnitId};
use domain::period::Period;
use domain::register::{FieldKind, Record, RecordRef, Register};
use domain::time::Day;
use store::register as rows;
use words::Language;

use crate::{ActionError, Actor, App, office, register};

/// Records on a page of a drill-down.
const PER_PAGE: usize = 50;

/// The figures of a period, from the records as they stand now.
///
/// # Errors
/// Without the right to read reports.
pub fn of_period(app: &App, actor: &Actor, period: Period) -> Result<Vec<Figure>, ActionError> {
    actor.require(Capability::ReadReports)?;
    let today = app.today();
    app.read(|r| Ok(figure::compute(&source(r, period, today)?)))
}

/// What figures are computed from, in one snapshot.
pub(crate) fn source(
    r: &mut store::Reader<'_>,
    period: Period,
    counted_on: Day,
) -> Result<Source, ActionError> {
    let office = office::load(r)?;
    let mut records = BTreeMap::new();
    for register in kept(r, office.unit)? {
        let found = match figure::read_by(register) {
            Some([]) => Vec::new(),
            Some(fields) => rows::load_for_period(r, register, Some(office.unit), fields, period)?,
            None => all_of(r, register, office.unit)?,
        };
        let found = match compared(register, period) {
            Some((before, fields)) => {
                let earlier = rows::load_for_period(r, register, Some(office.unit), fields, before)?;
                together(found, earlier)
            }
            None => found,
        };
        records.insert(register, found);
    }
    let tree = office::load_tree(r)?;
    let audience = office::audience(&tree, office.unit, period.last());
    let mut page_views = store::page_view::by_day(r, period)?;
    if let Ok(before) = period.year_before() {
        page_views.extend(store::page_view::by_day(r, before)?);
    }
    Ok(Source { period, counted_on, records, page_views, audience, radio_names: office.radio_names })
}

/// The same days a year before, of a register whose lines of that time a figure compares, and the days that matter.
fn compared(register: Register, period: Period) -> Option<(Period, &'static [&'static str])> {
    let is_compared = figure::ALL
        .iter()
        .any(|of| of.shape == figure::Shape::YearBefore && of.registers.contains(&register));
    period.year_before().ok().filter(|_| is_compared).zip(figure::read_by(register))
}

/// Both, each record once, in the order of ids.
fn together(found: Vec<Record>, more: Vec<Record>) -> Vec<Record> {
    let all: BTreeMap<RecordId, Record> =
        found.into_iter().chain(more).map(|record| (record.id, record)).collect();
    all.into_values().collect()
}

fn kept(r: &mut store::Reader<'_>, unit: UnitId) -> Result<Vec<Register>, ActionError> {
    let opened = rows::opened_registers(r, Some(unit))?;
    Ok(Register::ALL.into_iter().filter(|register| opened.iter().any(|(of, _, _)| of == register)).collect())
}

fn all_of(r: &mut store::Reader<'_>, register: Register, unit: UnitId) -> Result<Vec<Record>, ActionError> {
    let mut records = Vec::new();
    rows::all(r, register, Some(unit), |stored| {
        records.push(stored.record);
        Ok(())
    })?;
    records.sort_by_key(|record| record.id);
    Ok(records)
}

/// The source as it stood at a checkpoint of the ledger, from revisions alone: a second, independent way to the same
/// figures (RPT-04).
pub(crate) fn source_at(
    r: &mut store::Reader<'_>,
    (period, counted_on): (Period, Day),
    sequence: i64,
    kept: &[Register],
    audience: Vec<String>,
    radio_names: Vec<String>,
) -> Result<Source, ActionError> {
    let office = office::load(r)?;
    let mut records = BTreeMap::new();
    for register in kept {
        let mut found = Vec::new();
        let fields = figure::read_by(*register);
        let before = compared(*register, period).map(|(before, _)| before);
        rows::records_at(r, *register, sequence, |record| {
            let is_within = |day| period.contains(day) || before.is_some_and(|before| before.contains(day));
            let touches = fields.is_none_or(|fields| {
                fields.iter().any(|field| record.values.day(field).is_some_and(is_within))
            });
            if touches && record.unit == office.unit {
                found.push(record);
            }
            Ok(())
        })?;
        found.sort_by_key(|record| record.id);
        records.insert(*register, found);
    }
    let page_views = store::page_view::by_day_at(r, sequence)?;
    Ok(Source { period, counted_on, records, page_views, audience, radio_names })
}

/// The years that have records, newest first.
///
/// # Errors
/// Without the right to read reports.
pub fn years(app: &App, actor: &Actor) -> Result<Vec<i16>, ActionError> {
    actor.require(Capability::ReadReports)?;
    app.read(|r| {
        let unit = office::load(r)?.unit;
        let mut years = std::collections::BTreeSet::new();
        for register in Register::ALL {
            for descending in [false, true] {
                let mut filter = rows::Filter::of(register);
                filter.unit = Some(unit);
                filter.per_page = 1;
                filter.sort =
                    Some(rows::Sort { field: register.day_field().to_owned(), is_descending: descending });
                let first = rows::list(r, &filter)?.records.first().and_then(Record::day);
                years.extend(first.map(domain::time::Day::year));
            }
        }
        let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
            return Ok(Vec::new());
        };
        Ok((first..=last).rev().collect())
    })
}

/// A figure opened down to its records.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The figure.
    pub figure: Figure,
    /// What the figure of the same days a year before came to, where it is compared with one.
    pub before: Option<Amount>,
    /// A page of the records counted.
    pub counted: Vec<Record>,
    /// The records left out, with the reason; at most 200.
    pub left_out: Vec<(Record, &'static str)>,
    /// How many records are counted on all pages.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// Opens a figure of a period, or one part of it, down to its records.
///
/// # Errors
/// Without the right to read reports and registers, or when there is no such figure or part.
pub fn open(
    app: &App,
    actor: &Actor,
    period: Period,
    (id, part): (&str, Option<&str>),
    page: usize,
) -> Result<Opened, ActionError> {
    actor.require(Capability::ReadReports)?;
    let today = app.today();
    app.read(|r| {
        let figures = figure::compute(&source(r, period, today)?);
        let before = figure::compared_with(id)
            .and_then(|other| figures.iter().find(|figure| figure.id == other))
            .map(|figure| figure.amount);
        let figure = figures.into_iter().find(|figure| figure.id == id).ok_or(ActionError::NotFound)?;
        let references: Vec<RecordRef> = match part {
            None => figure.counted.clone(),
            Some(label) => {
                let part = figure.parts.iter().find(|part| part.label == label);
                part.ok_or(ActionError::NotFound)?.counted.clone()
            }
        };
        let pages = references.len().div_ceil(PER_PAGE).max(1);
        let page = page.clamp(1, pages);
        if !actor.may(Capability::ReadRegisters) {
            let total = references.len();
            return Ok(Opened {
                figure,
                before,
                counted: Vec::new(),
                left_out: Vec::new(),
                total,
                page,
                pages,
            });
        }
        let shown: Vec<RecordRef> =
            references.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).cloned().collect();
        let mut counted = load(r, &shown)?;
        register::hand_over(actor, &mut counted);
        let left: Vec<RecordRef> = figure.left_out.iter().take(200).map(|left| left.record.clone()).collect();
        let mut found = load(r, &left)?;
        register::hand_over(actor, &mut found);
        let left_out = figure
            .left_out
            .iter()
            .filter_map(|left| {
                let record = found.iter().find(|record| record.id == left.record.id)?.clone();
                Some((record, left.reason))
            })
            .collect();
        Ok(Opened { total: references.len(), figure, before, counted, left_out, page, pages })
    })
}

/// Loads records of several registers, in the order of the references.
pub(crate) fn load(r: &mut store::Reader<'_>, references: &[RecordRef]) -> Result<Vec<Record>, ActionError> {
    let mut by_register: BTreeMap<Register, Vec<RecordId>> = BTreeMap::new();
    for reference in references {
        by_register.entry(reference.register).or_default().push(reference.id);
    }
    let mut found: BTreeMap<RecordId, Record> = BTreeMap::new();
    for (register, ids) in by_register {
        found.extend(rows::find_many(r, register, &ids)?.into_iter().map(|record| (record.id, record)));
    }
    Ok(references.iter().filter_map(|reference| found.remove(&reference.id)).collect())
}

/// What a part is called: a month, a stored word, or what the records say.
pub fn part_label(t: Language, figure: &Figure, label: &str) -> String {
    if label == NOT_STATED {
        return t.text("part_label.not_stated").to_owned();
    }
    if (figure.id == "news.by_month" || figure.id.starts_with("visits"))
        && let Some((year, month)) = label.split_once('-')
    {
        return t.fill("part_label.month", &[("month", &month.trim_start_matches('0')), ("year", &year)]);
    }
    let registers = figure::ALL.iter().find(|of| of.id == figure.id).map_or(&[][..], |of| of.registers);
    let known = registers.iter().find_map(|register| {
        let field = register
            .fields()
            .iter()
            .find(|field| matches!(field.kind, FieldKind::Word(_)) && field.word(label).is_some())?;
        t.find(&format!("word.{}.{}.{label}", register.word(), field.key))
    });
    known.unwrap_or(label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(id: &str) -> Figure {
        Figure {
            id: id.to_owned(),
            metric: 18,
            amount: Amount::Count { count: 1 },
            unit: "question",
            parts: Vec::new(),
            counted: Vec::new(),
            base: Vec::new(),
            left_out: Vec::new(),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn parts_are_named_by_words_months_and_what_the_records_say() {
        let label = |id, label| part_label(Language::Vi, &figure(id), label);
        assert_eq!(label("press_requests.by_requester_kind", "press_agency"), "Cơ quan báo chí");
        assert_eq!(label("press_requests.by_requester_kind", NOT_STATED), "Chưa ghi rõ");
        assert_eq!(label("news.by_month", "2020-03"), "Tháng 3/2020");
        assert_eq!(label("news.by_supplier", "Đài Truyền thanh"), "Đài Truyền thanh");
    }
}
