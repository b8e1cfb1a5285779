//! Each figure cell by cell, on records made by the small builder below.

mod locale;
mod outages;
mod portal;
mod press;
mod property;
mod question;
mod rollout;
mod speech;
mod views;

use std::collections::BTreeMap;

use super::*;
use crate::id::{RecordId, UnitId};
use crate::period::Period;
use crate::register::{FieldKind, Record, Register, Value, Values};
use jiff::civil::date;

/// A record of `register` with values written as text: days as `2020-11-20`, flags as `yes` or `no`.
fn record(register: Register, number: u64, pairs: &[(&str, &str)]) -> Record {
    let mut values = Values::new();
    for (key, text) in pairs {
        let field = register.field(key).unwrap_or_else(|| panic!("{register:?} has no {key}"));
        let value = match field.kind {
            FieldKind::Day => Value::Day(text.parse().unwrap()),
            FieldKind::Count => Value::Count(text.parse().unwrap()),
            FieldKind::Flag => Value::Flag(*text == "yes"),
            FieldKind::Word(_) => Value::Word(field.word(text).unwrap_or_else(|| panic!("no word {text}"))),
            _ => Value::Text((*text).to_owned()),
        };
        assert!(values.set(field, value), "{key} = {text}");
    }
    let unit = UnitId::from_parts(0, 1);
    Record { id: RecordId::from_parts(number, 0), register, unit, values, version: 1 }
}

/// The year 2020 with these lines in one register, numbered from 1; every other register never opened.
fn year_with(register: Register, lines: &[&[(&str, &str)]]) -> Source {
    let mut source = empty_year();
    add(&mut source, register, lines);
    source
}

fn empty_year() -> Source {
    Source {
        period: Period::calendar_year(2020).unwrap(),
        counted_on: date(2021, 1, 15),
        records: BTreeMap::new(),
        page_views: BTreeMap::new(),
        audience: Vec::new(),
        radio_names: Vec::new(),
    }
}

/// Opens a register and adds lines to it, numbered from 1.
fn add(source: &mut Source, register: Register, lines: &[&[(&str, &str)]]) {
    let records = lines.iter().zip(1..).map(|(pairs, number)| record(register, number, pairs));
    source.records.entry(register).or_default().extend(records);
}

fn figure(source: &Source, id: &str) -> Figure {
    compute(source).into_iter().find(|figure| figure.id == id).unwrap_or_else(|| panic!("no figure {id}"))
}

fn count(source: &Source, id: &str) -> u64 {
    match figure(source, id).amount {
        Amount::Count { count } => count,
        other => panic!("{id} is {other:?}"),
    }
}

fn ratio(source: &Source, id: &str) -> (u64, u64) {
    match figure(source, id).amount {
        Amount::Ratio { part, whole } => (part, whole),
        other => panic!("{id} is {other:?}"),
    }
}

/// The number that [`record`] gave to a record.
fn number(reference: &RecordRef) -> u64 {
    (1..1_000).find(|number| RecordId::from_parts(*number, 0) == reference.id).unwrap()
}

/// The records counted, by number.
fn counted(source: &Source, id: &str) -> Vec<u64> {
    let mut counted: Vec<_> = figure(source, id).counted.iter().map(number).collect();
    counted.sort_unstable();
    counted
}

/// The records left out with their reasons, by number.
fn left_out(source: &Source, id: &str) -> Vec<(u64, &'static str)> {
    let mut left: Vec<_> =
        figure(source, id).left_out.iter().map(|left| (number(&left.record), left.reason)).collect();
    left.sort_unstable();
    left
}

fn doubts(source: &Source, id: &str) -> Vec<(&'static str, Vec<u64>)> {
    let doubts = figure(source, id).doubts;
    doubts.iter().map(|doubt| (doubt.word, doubt.records.iter().map(number).collect())).collect()
}

/// The parts: label and count.
fn parts(source: &Source, id: &str) -> Vec<(String, u64)> {
    figure(source, id).parts.into_iter().map(|part| (part.label, part.count)).collect()
}

fn owned(parts: &[(&str, u64)]) -> Vec<(String, u64)> {
    parts.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect()
}

#[test]
fn a_hundred_percent_means_all_and_zero_means_none() {
    let percent = |part, whole| Amount::Ratio { part, whole }.tenths_of_percent();
    assert_eq!(percent(3, 3), Some(1000));
    assert_eq!(percent(9_999, 10_000), Some(999));
    assert_eq!(percent(1, 10_000), Some(1));
    assert_eq!(percent(0, 5), Some(0));
    assert_eq!(percent(1, 3), Some(333));
    assert_eq!(percent(0, 0), None);
}

#[test]
fn all_22_metrics_have_a_figure_each_once_and_each_with_a_judge_or_without_records() {
    let metrics: std::collections::BTreeSet<u8> = ALL.iter().map(|definition| definition.metric).collect();
    assert_eq!(metrics, (1..=22).collect());
    let ids: std::collections::BTreeSet<&str> = ALL.iter().map(|definition| definition.id).collect();
    assert_eq!(ids.len(), ALL.len());
    for definition in ALL {
        let is_judged = super::compute::judge(definition.id).is_some();
        let takes_all = matches!(definition.shape, Shape::YearBefore | Shape::Absent | Shape::Minutes);
        let reads_one = definition.registers.len() == 1 && !takes_all;
        assert_eq!(is_judged, reads_one, "{}", definition.id);
        assert_eq!(definition.shape == Shape::Given, definition.registers.is_empty(), "{}", definition.id);
    }
}

#[test]
fn a_register_never_opened_gives_no_data_and_an_opened_empty_one_gives_zero() {
    for figure in compute(&empty_year()) {
        assert_eq!(figure.amount, Amount::NoData, "{}", figure.id);
    }
    let mut opened = empty_year();
    for register in Register::ALL {
        opened.records.insert(register, Vec::new());
    }
    for (figure, definition) in compute(&opened).iter().zip(ALL) {
        let expected = match definition.shape {
            Shape::Given | Shape::MeanDays | Shape::NinetiethDays | Shape::YearBefore | Shape::Absent => {
                Amount::NoData
            }
            Shape::Ratio => Amount::Ratio { part: 0, whole: 0 },
            _ => Amount::Count { count: 0 },
        };
        assert_eq!((figure.id.as_str(), figure.amount), (definition.id, expected));
    }
}

#[test]
fn figures_come_in_the_order_of_their_definitions() {
    let ids: Vec<String> = compute(&empty_year()).into_iter().map(|figure| figure.id).collect();
    let defined: Vec<&str> = ALL.iter().map(|definition| definition.id).collect();
    assert_eq!(ids, defined);
}

#[test]
fn a_period_that_is_no_calendar_year_is_counted_by_its_own_days() {
    let lines: &[&[(&str, &str)]] = &[
        &[("posted_on", "2019-12-14"), ("title", "trước kỳ")],
        &[("posted_on", "2019-12-15"), ("title", "ngày đầu")],
        &[("posted_on", "2020-12-14"), ("title", "ngày cuối")],
        &[("posted_on", "2020-12-15"), ("title", "sau kỳ")],
    ];
    let mut source = year_with(Register::News, lines);
    source.period = Period::new(date(2019, 12, 15), date(2020, 12, 14)).unwrap();
    assert_eq!(counted(&source, "news.total"), [2, 3]);
    assert_eq!(parts(&source, "news.by_month"), owned(&[("2019-12", 1), ("2020-12", 1)]));
}
