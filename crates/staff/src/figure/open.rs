//! The page of one figure.

use std::collections::{BTreeMap, BTreeSet};

use app::figures::{self, Opened};
use askama::Template;
use domain::access::Capability;
use domain::figure::{self, Figure};
use domain::period::Period;
use domain::register::{Record, RecordRef};
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Column, Empty, Fact, Facts, Pager, Table};
use web_kit::form::{Path, Query};
use web_kit::{Cache, Fault, Language, PageResult, page, show};

use super::{chart, view};
use crate::refusal::fault;
use crate::register::value;
use crate::{Staff, link, register};

/// Records on a page, as the action gives them.
const PER_PAGE: u64 = 50;
/// A list this short is not folded.
const SHORT: usize = 20;
/// Records named under one doubt.
const NAMED: usize = 10;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    period: String,
    part: Option<String>,
    page: Option<usize>,
}

/// One thing to look at.
struct Doubt {
    text: &'static str,
    count: String,
    records: Vec<Link>,
}

#[derive(Template)]
#[template(path = "figure/open.html")]
struct Page {
    chrome: Chrome,
    value: String,
    unit: String,
    has_data: bool,
    of_whole: Option<String>,
    change: Option<String>,
    facts: Facts,
    chart: Option<chart::Drawn>,
    parts: Option<Table>,
    part: Option<String>,
    all: String,
    counted_title: String,
    counted: Option<Table>,
    pager: Option<Pager>,
    none_counted: Option<Empty>,
    may_read: bool,
    reasons: Vec<(&'static str, String)>,
    left_out: Option<Table>,
    left_out_open: bool,
    left_out_cut: Option<String>,
    doubts: Vec<Doubt>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let period: Period = asked.period.parse().map_err(|_| Fault::not_found())?;
    let part = asked.part.clone();
    let page_number = asked.page.unwrap_or(1);
    let opened = staff
        .run(move |app, actor| {
            let opened = app::figures::open(app, actor, period, (&id, part.as_deref()), page_number)?;
            let named = name_doubtful(app, actor, &opened);
            Ok((opened, named))
        })
        .await;
    let (opened, named) = opened.map_err(fault)?;
    page(&draw(&staff, period, &asked, &opened, &named), Cache::Private)
}

/// Records that doubts are about, where they are not on the page anyway.
fn name_doubtful(app: &app::App, actor: &app::Actor, opened: &Opened) -> BTreeMap<RecordRef, Record> {
    let on_page = opened.counted.iter().chain(opened.left_out.iter().map(|(record, _)| record));
    let mut found: BTreeMap<RecordRef, Record> =
        on_page.map(|record| (record.reference(), record.clone())).collect();
    for doubt in &opened.figure.doubts {
        for of in doubt.records.iter().take(NAMED) {
            if !found.contains_key(of)
                && let Ok(shown) = app::register::show(app, actor, of.register, of.id)
            {
                found.insert(of.clone(), shown.record);
            }
        }
    }
    found
}

fn draw(
    staff: &Staff,
    period: Period,
    asked: &Asked,
    opened: &Opened,
    named: &BTreeMap<RecordRef, Record>,
) -> Page {
    let t = staff.t();
    let figure = &opened.figure;
    let amount = view::amount(t, figure);
    let has_data = amount.is_some();
    let (value, unit) = match amount {
        Some((value, unit)) if unit == "%" => (format!("{value}%"), String::new()),
        Some(amount) => amount,
        None => (t.text("value.no_data").to_owned(), String::new()),
    };
    let total = opened.total as u64;
    let part = asked.part.as_deref().map(|label| figures::part_label(t, figure, label));
    let may_read = staff.may(Capability::ReadRegisters);
    let here = link::figure(&figure.id, period);
    let home = link::with_query("/desk", &[("period", &period.to_string())]);
    let href = |number: u64| {
        let pairs = [("part", asked.part.as_deref().unwrap_or("")), ("page", &*number.to_string())];
        link::with_query(&here, &pairs)
    };
    let counted_title = match &part {
        Some(part) => t.fill("figure_page.counted_part", &[("part", part), ("count", &t.number(total))]),
        None => t.fill("figure_page.counted", &[("count", &t.number(total))]),
    };
    let shows_records = may_read && total > 0;
    let under = vec![Link::new(t.text("nav.home"), home)];
    Page {
        chrome: staff.chrome(view::title(t, &figure.id)).under(under),
        of_whole: view::of_whole(t, figure),
        change: opened.before.and_then(|before| view::change(t, figure.amount, before)),
        facts: facts(t, figure, period),
        chart: chart::of_parts(t, figure, period),
        parts: (!figure.parts.is_empty()).then(|| parts(t, figure, &here)),
        part,
        counted_title,
        counted: shows_records.then(|| counted(t, &opened.counted)),
        pager: (may_read && opened.pages > 1)
            .then(|| Pager::new(t, (opened.page as u64, PER_PAGE, total), href)),
        none_counted: (total == 0).then(|| none_counted(staff, figure, has_data)),
        may_read,
        reasons: reasons(t, figure),
        left_out: (may_read && !opened.left_out.is_empty()).then(|| left_out(t, &opened.left_out)),
        left_out_open: opened.left_out.len() <= SHORT,
        left_out_cut: cut(t, opened),
        doubts: figure.doubts.iter().map(|doubt| doubtful(t, doubt, named)).collect(),
        all: here,
        value,
        unit,
        has_data,
    }
}

fn facts(t: Language, figure: &Figure, period: Period) -> Facts {
    let id = &figure.id;
    Facts::new(
        t,
        vec![
            Fact::new(t.text("figure_page.definition"), t.text(&format!("figure.{id}.definition"))),
            Fact::new(t.text("figure_page.period"), view::period(t, period)),
            Fact::new(t.text("figure_page.metric"), figure.metric.to_string()),
        ],
    )
}

fn parts(t: Language, figure: &Figure, here: &str) -> Table {
    let mut columns = vec![Column::new(t.text("chart.part")), Column::new(t.text("chart.count")).numeric()];
    let is_counted = !is_of_absent(figure);
    columns.truncate(if is_counted { 2 } else { 1 });
    let row = |part: &domain::figure::Part| {
        let label = figures::part_label(t, figure, &part.label);
        let label = if is_of_records(figure) {
            Cell::link(label, link::with_query(here, &[("part", &part.label)]))
        } else {
            Cell::new(label)
        };
        if is_counted { vec![label, Cell::new(t.number(part.count))] } else { vec![label] }
    };
    Table::new(t, "parts", t.text("figure_page.parts"), columns)
        .rows(figure.parts.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn day(t: Language, record: &Record) -> String {
    record.day().map(|day: Day| show::day(t, day)).unwrap_or_default()
}

/// The columns of a list of records; the register only where there are several.
fn columns(t: Language, records: &[&Record]) -> (Vec<Column>, bool) {
    let registers: BTreeSet<_> = records.iter().map(|record| record.register).collect();
    let several = registers.len() > 1;
    let mut columns = vec![
        Column::new(t.text("figure_page.record")).wide(),
        Column::new(t.text("figure_page.day")).short(),
    ];
    if several {
        columns.push(Column::new(t.text("figure_page.register")));
    }
    (columns, several)
}

fn row(t: Language, record: &Record, several: bool) -> Vec<Cell> {
    let mut cells =
        vec![Cell::link(value::title(t, record), link::record(record)), Cell::new(day(t, record))];
    if several {
        cells.push(Cell::new(register::name(t, record.register)));
    }
    cells
}

fn counted(t: Language, records: &[Record]) -> Table {
    let (columns, several) = columns(t, &records.iter().collect::<Vec<_>>());
    Table::new(t, "counted", t.text("figure_page.counted_caption"), columns)
        .rows(records.iter().map(|record| row(t, record, several)).collect())
        .caption_hidden()
        .cards()
}

/// Whether a figure is counted in records at all: views of pages and units that supplied nothing are not.
fn is_of_records(figure: &Figure) -> bool {
    !figure.id.starts_with("visits") && !is_of_absent(figure)
}

/// Whether the parts of a figure are things that no record names: there is nothing to count in them.
fn is_of_absent(figure: &Figure) -> bool {
    figure::ALL.iter().any(|of| of.id == figure.id && of.shape == figure::Shape::Absent)
}

fn none_counted(staff: &Staff, figure: &Figure, has_data: bool) -> Empty {
    let t = staff.t();
    if !is_of_records(figure) {
        let title = t.text(if has_data { "figure_page.no_records_title" } else { "value.no_data" });
        return Empty::new(title, t.text("figure_page.no_records_text"));
    }
    if has_data {
        return Empty::new(t.text("figure_page.none_title"), t.text("figure_page.none_text"));
    }
    let empty = Empty::new(t.text("value.no_data"), t.text("figure_page.no_data_text"));
    if staff.may(Capability::ImportRegisters) {
        return empty.action(Link::new(t.text("nav.import"), "/import"));
    }
    empty
}

/// How many records were left out for each reason, the most frequent first.
fn reasons(t: Language, figure: &Figure) -> Vec<(&'static str, String)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for left in &figure.left_out {
        *counts.entry(left.reason).or_default() += 1;
    }
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let words = |(reason, count): (&str, u64)| (t.text(&format!("left_out.{reason}")), t.number(count));
    counts.into_iter().map(words).collect()
}

fn left_out(t: Language, records: &[(Record, &'static str)]) -> Table {
    let (mut columns, several) = columns(t, &records.iter().map(|(record, _)| record).collect::<Vec<_>>());
    columns.push(Column::new(t.text("figure_page.reason")));
    let row = |(record, reason): &(Record, &'static str)| {
        let mut cells = row(t, record, several);
        cells.push(Cell::new(t.text(&format!("left_out.{reason}"))));
        cells
    };
    Table::new(t, "left-out", t.text("figure_page.left_out_caption"), columns)
        .rows(records.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

/// Said when more records were left out than the page shows.
fn cut(t: Language, opened: &Opened) -> Option<String> {
    let (shown, all) = (opened.left_out.len() as u64, opened.figure.left_out.len() as u64);
    (shown > 0 && shown < all)
        .then(|| t.fill("figure_page.left_out_cut", &[("shown", &t.number(shown)), ("all", &t.number(all))]))
}

fn doubtful(t: Language, doubt: &domain::figure::Doubt, named: &BTreeMap<RecordRef, Record>) -> Doubt {
    let records = doubt.records.iter().take(NAMED).filter_map(|of| named.get(of));
    Doubt {
        text: t.text(&format!("doubt.{}", doubt.word)),
        count: match doubt.records.len() as u64 {
            0 => String::new(),
            count => t.counted("figure_page.doubt_records", count),
        },
        records: records.map(|record| Link::new(value::title(t, record), link::record(record))).collect(),
    }
}
