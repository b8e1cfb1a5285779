//! What holds for any records.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::time::Day;

/// Fills the fields of a record from numbers: days around the period, a few words, a few texts.
fn arbitrary_record(register: Register) -> impl Strategy<Value = Record> {
    let fields = register.fields();
    let cells = proptest::collection::vec((any::<bool>(), 0_u16..1_000), fields.len());
    (1_u64..u64::from(u32::MAX), cells).prop_map(move |(number, cells)| {
        let mut values = Values::new();
        for (field, (is_there, seed)) in fields.iter().zip(cells) {
            let is_required = field.presence == crate::register::Presence::Required;
            if is_there || is_required {
                values.set(field, value(field.kind, seed));
            }
        }
        let unit = UnitId::from_parts(0, 1);
        Record { id: RecordId::from_parts(number, 0), register, unit, values, version: 1 }
    })
}

fn value(kind: FieldKind, seed: u16) -> Value {
    match kind {
        FieldKind::Day => {
            Value::Day(date(2019, 10, 1).checked_add(jiff::Span::new().days(i64::from(seed % 560))).unwrap())
        }
        FieldKind::Clock => Value::Text(format!("{:02}:{:02}", seed % 24, seed % 60)),
        FieldKind::Count => Value::Count(i64::from(seed % 4)),
        FieldKind::Flag => Value::Flag(seed.is_multiple_of(2)),
        FieldKind::Word(words) => {
            let (word, _) = words.get(usize::from(seed) % words.len()).unwrap();
            Value::Word(word)
        }
        FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol => {
            let texts = [
                "Đài Truyền thanh huyện",
                "đài truyền thanh huyện",
                "12/QĐ-UBND",
                "012/QĐ-UBND",
                "Hoà",
                "Hòa",
            ];
            Value::Text(texts.get(usize::from(seed) % texts.len()).map(|text| (*text).to_owned()).unwrap())
        }
    }
}

prop_compose! {
    fn arbitrary_source()(
        records in prop::sample::select(Register::ALL.to_vec())
            .prop_flat_map(|register| (Just(register), proptest::collection::vec(arbitrary_record(register), 0..25))),
        requests in proptest::collection::vec(arbitrary_record(Register::PressRequests), 0..8),
        outgoing in proptest::collection::vec(arbitrary_record(Register::OutgoingDocuments), 0..8),
    ) -> Source {
        let mut source = empty_year();
        let (register, records) = records;
        for (register, records) in
            [(Register::PressRequests, requests), (Register::OutgoingDocuments, outgoing), (register, records)]
        {
            let distinct: BTreeMap<RecordId, Record> =
                records.into_iter().map(|record| (record.id, record)).collect();
            source.records.insert(register, distinct.into_values().collect());
        }
        source
    }
}

/// A record of the register all of whose days lie outside the period.
fn moved_outside(mut record: Record) -> Record {
    let days: Vec<&str> = record
        .register
        .fields()
        .iter()
        .filter(|field| field.kind == FieldKind::Day && record.values.day(field.key).is_some())
        .map(|field| field.key)
        .collect();
    for key in days {
        let field = record.register.field(key).unwrap();
        record.values.set(field, Value::Day(Day::constant(2022, 5, 4)));
    }
    record.id = RecordId::from_parts(0, 77);
    record
}

fn references(source: &Source, definition: &Definition) -> BTreeSet<RecordRef> {
    let registers = definition.registers.iter();
    registers.filter_map(|register| source.looked_at(*register)).flatten().map(Record::reference).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn each_record_looked_at_is_counted_or_left_out_and_never_both(source in arbitrary_source()) {
        for (figure, definition) in compute(&source).iter().zip(ALL) {
            let counted: BTreeSet<_> = figure.counted.iter().cloned().collect();
            let left: BTreeSet<_> = figure.left_out.iter().map(|left| left.record.clone()).collect();
            prop_assert_eq!(counted.len(), figure.counted.len(), "{} counts a record twice", figure.id);
            prop_assert_eq!(left.len(), figure.left_out.len(), "{} leaves a record out twice", figure.id);
            prop_assert!(counted.is_disjoint(&left), "{}", figure.id);
            let seen: BTreeSet<_> = counted.union(&left).cloned().collect();
            let looked_at = references(&source, definition);
            if definition.id == "documents_supplied_on_request" {
                prop_assert!(seen.is_subset(&looked_at));
            } else if definition.shape == Shape::YearBefore {
                let before: BTreeSet<_> = source.news_a_year_before().into_iter().map(Record::reference).collect();
                prop_assert_eq!(&seen, &before);
            } else {
                prop_assert_eq!(&seen, &looked_at, "{}", figure.id);
            }
            let base: BTreeSet<_> = figure.base.iter().cloned().collect();
            prop_assert_eq!(base.len(), figure.base.len());
            prop_assert!(base.is_subset(&seen));
            for left in &figure.left_out {
                prop_assert!(LEFT_OUT.contains(&left.reason), "{}", left.reason);
            }
            for doubt in &figure.doubts {
                prop_assert!(DOUBTS.contains(&doubt.word), "{}", doubt.word);
            }
        }
    }

    #[test]
    fn the_amount_is_that_of_the_records_counted(source in arbitrary_source()) {
        for (figure, definition) in compute(&source).iter().zip(ALL) {
            let counted = figure.counted.len() as u64;
            match (figure.amount, definition.shape) {
                (Amount::Ratio { part, whole }, _) => {
                    prop_assert_eq!((part, whole), (counted, figure.base.len() as u64));
                    prop_assert!(part <= whole);
                }
                (Amount::Count { count }, Shape::DistinctParts) => {
                    prop_assert_eq!(count, figure.parts.len() as u64);
                }
                (Amount::Count { .. }, Shape::Sum | Shape::Minutes) | (Amount::TenthsOfDay { .. }, _) => {}
                (Amount::Count { count }, _) => prop_assert_eq!(count, counted),
                (Amount::NoData, _) => prop_assert_eq!(counted, 0),
            }
            if !figure.parts.is_empty() {
                prop_assert_eq!(figure.parts.iter().map(|part| part.count).sum::<u64>(), counted);
                let mut of_parts: Vec<_> = figure.parts.iter().flat_map(|part| part.counted.clone()).collect();
                let mut all = figure.counted.clone();
                of_parts.sort();
                all.sort();
                prop_assert_eq!(of_parts, all);
            }
        }
    }

    #[test]
    fn the_order_of_records_changes_nothing(source in arbitrary_source(), turn in 0_usize..25) {
        let mut turned = source.clone();
        for records in turned.records.values_mut() {
            records.reverse();
            if !records.is_empty() {
                let by = turn % records.len();
                records.rotate_left(by);
            }
        }
        prop_assert_eq!(compute(&source), compute(&turned));
    }

    #[test]
    fn a_record_that_does_not_touch_the_period_changes_nothing(
        source in arbitrary_source(),
        added in prop::sample::select(Register::ALL.to_vec()).prop_flat_map(arbitrary_record),
    ) {
        let mut more = source.clone();
        let Some(records) = more.records.get_mut(&added.register) else { return Ok(()) };
        records.push(moved_outside(added));
        prop_assert_eq!(compute(&source), compute(&more));
    }

    #[test]
    fn answering_later_never_raises_the_share_on_time(
        records in proptest::collection::vec(arbitrary_record(Register::Questions), 1..20),
        chosen in 0_usize..20,
        later in 1_i64..200,
    ) {
        let mut source = empty_year();
        let distinct: BTreeMap<RecordId, Record> =
            records.into_iter().map(|record| (record.id, record)).collect();
        source.records.insert(Register::Questions, distinct.into_values().collect());
        let (before, _) = ratio(&source, "questions.on_time");
        let records = source.records.get_mut(&Register::Questions).unwrap();
        let chosen = chosen % records.len();
        let record = records.get_mut(chosen).unwrap();
        let Some(day) = record.values.day("answered_on") else { return Ok(()) };
        let later = day.checked_add(jiff::Span::new().days(later)).unwrap();
        record.values.set(Register::Questions.field("answered_on").unwrap(), Value::Day(later));
        let (after, _) = ratio(&source, "questions.on_time");
        prop_assert!(after <= before);
    }
}

#[test]
fn a_register_of_thousands_is_counted_without_quadratic_work() {
    let mut source = empty_year();
    for register in
        [Register::News, Register::PortalDocuments, Register::Questions, Register::OutgoingDocuments]
    {
        let records = (0_u32..5_000).map(|number| {
            let mut values = Values::new();
            for field in register.fields() {
                let seed = u16::try_from((number * 7) % 1_000).unwrap();
                values.set(field, value(field.kind, seed));
            }
            let unit = UnitId::from_parts(0, 1);
            Record { id: RecordId::from_parts(u64::from(number) + 1, 0), register, unit, values, version: 1 }
        });
        source.records.insert(register, records.collect());
    }
    assert_eq!(compute(&source).len(), ALL.len());
}
