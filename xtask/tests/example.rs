//! The registers in `examples/`: committed as generated, and what the program makes of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::calendar::Calendar;
use domain::figure::{self, Amount, Figure, Source};
use domain::id::{RecordId, UnitId};
use domain::law::Law;
use domain::period::Period;
use domain::register::{Record, Register, due};
use domain::time::Day;
use domain::unit::{Seeds, Tree};
use import::{Item, Options};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

#[test]
fn what_is_committed_is_what_the_generator_writes() {
    for (path, bytes) in xtask::example::files().unwrap() {
        let committed = std::fs::read(examples().join(path)).unwrap_or_default();
        assert!(committed == bytes, "{path} is not as generated: run `cargo xtask example`");
    }
}

/// A file read as the import of the application reads it.
fn read(path: &str, bytes: &[u8], options: &Options) -> (import::Survey, Vec<Item>) {
    let mut items = Vec::new();
    let name = path.rsplit('/').next().unwrap();
    let survey = import::read_all(name, bytes, options, &mut |item| items.push(item)).unwrap();
    (survey, items)
}

/// The good lines as records, their limits filled as the application does; ids go on from `number`.
fn records_of(items: Vec<Item>, number: &mut u64) -> BTreeMap<Register, Vec<Record>> {
    let (law, calendar) = (Law::shipped(), Calendar::shipped());
    let mut records: BTreeMap<Register, Vec<Record>> = BTreeMap::new();
    for item in items {
        let Item::Good(line) = item else { continue };
        *number += 1;
        let mut values = line.values;
        due::fill(line.register, &mut values, &law, &calendar);
        let (id, unit) = (RecordId::from_parts(*number, 0), UnitId::from_parts(0, 1));
        let record = Record { id, register: line.register, unit, values, version: 1 };
        records.entry(line.register).or_default().push(record);
    }
    records
}

/// The figures of 2020 from the example's files, all through the importer.
fn figures_of_2020() -> Vec<Figure> {
    let mut records: BTreeMap<Register, Vec<Record>> = BTreeMap::new();
    let mut number = 0;
    for (path, bytes) in xtask::example::files().unwrap() {
        if !path.starts_with("kim-bang-2020/") {
            continue;
        }
        let (survey, items) = read(path, &bytes, &Options::default());
        assert_eq!(survey.bad, 0, "{path}: {:#?}", survey.findings);
        assert!(items.iter().all(|item| matches!(item, Item::Good(_))), "{path}: a line is rejected");
        for (register, more) in records_of(items, &mut number) {
            records.entry(register).or_default().extend(more);
        }
    }
    for (register, records) in &records {
        let keys: std::collections::BTreeSet<String> =
            records.iter().map(|record| record.values.key(*register)).collect();
        assert_eq!(keys.len(), records.len(), "two lines of {register:?} are the same thing");
    }
    let (units, links) = Seeds::kim_bang().units_and_links(id_of);
    let tree = Tree::new(units, links).unwrap();
    let period = Period::calendar_year(2020).unwrap();
    let below = tree.below(id_of("huyen-kim-bang"), period.last());
    let audience = below.into_iter().map(|(_, unit)| unit.name.clone()).collect();
    figure::compute(&Source {
        period,
        counted_on: Day::MAX,
        records,
        audience,
        radio_names: Vec::new(),
        page_views: BTreeMap::new(),
    })
}

/// An id from the code of a unit in data/units.
fn id_of(code: &str) -> UnitId {
    UnitId::from_parts(0, code.bytes().fold(7, |sum, byte| sum * 31 % 1_000_000_007 + u128::from(byte)))
}

fn count(figures: &[Figure], id: &str) -> u64 {
    match figures.iter().find(|figure| figure.id == id).unwrap().amount {
        Amount::Count { count } => count,
        other => panic!("{id} is {other:?}"),
    }
}

fn ratio(figures: &[Figure], id: &str) -> (u64, u64) {
    match figures.iter().find(|figure| figure.id == id).unwrap().amount {
        Amount::Ratio { part, whole } => (part, whole),
        other => panic!("{id} is {other:?}"),
    }
}

#[test]
fn the_example_year_gives_the_numbers_of_the_public_report() {
    let figures = figures_of_2020();
    assert_eq!(count(&figures, "news.from_radio"), 513);
    assert_eq!(count(&figures, "news.total"), 513 + 104);
    assert_eq!(count(&figures, "documents_posted.total"), 1_627);
    assert_eq!(count(&figures, "documents_supplied_on_request"), 5);
    assert_eq!(ratio(&figures, "questions.answered"), (128, 128));
    assert_eq!(ratio(&figures, "questions.on_time"), (128, 128));
    assert_eq!(count(&figures, "questions.rerouted"), 6);
    assert_eq!(ratio(&figures, "corrections.requested"), (3, 3));
    assert_eq!(count(&figures, "corrections.corrected"), 3);
    assert_eq!(count(&figures, "press_items.monitored"), 18);
    assert_eq!(ratio(&figures, "press_items.answered"), (4, 4));
    assert_eq!(count(&figures, "press_requests.received"), 8);
    assert_eq!(count(&figures, "press_requests.overdue"), 0);
    for id in ["regulation.units_total", "regulation.units_sent", "regulation.units_acknowledged"] {
        assert_eq!(count(&figures, id), 31, "{id}");
    }
    let (in_time, with_limit) = ratio(&figures, "documents_posted.in_time");
    assert_eq!(with_limit, 1_627);
    assert!(in_time < with_limit && in_time * 100 > with_limit * 90, "{in_time} of {with_limit}");
    assert_eq!(ratio(&figures, "spokespersons.published_in_time"), (2, 2));
    let doubted: Vec<_> = figures
        .iter()
        .filter(|figure| !figure.doubts.is_empty())
        .map(|figure| (figure.id.as_str(), figure.doubts[0].word, figure.doubts[0].records.len()))
        .collect();
    assert!(doubted.is_empty(), "{doubted:?}");
}

#[test]
fn the_request_of_the_so_is_among_the_incoming_documents() {
    let (path, bytes) =
        xtask::example::files().unwrap().into_iter().find(|(path, _)| path.contains("van-ban-den")).unwrap();
    let (_, items) = read(path, &bytes, &Options::default());
    let found = items.iter().any(|item| match item {
        Item::Good(line) => {
            line.values.text("symbol") == Some("1140/STTTT-TTBCXB")
                && line.values.day("issued_on") == Some(Day::constant(2020, 11, 20))
        }
        Item::Rejected(_) => false,
    });
    assert!(found);
}

/// What the import makes of an untidy file, in the words of `expected.json`.
fn outcome(path: &str, bytes: &[u8]) -> serde_json::Value {
    let (first, _) = read(path, bytes, &Options::default());
    let options = Options { convert_legacy: first.legacy, ..Options::default() };
    let (survey, items) = read(path, bytes, &options);
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rejected = Vec::new();
    for item in &items {
        match item {
            Item::Good(line) => *lines.entry(line.register.word()).or_default() += 1,
            Item::Rejected(row) => {
                let first = row.findings.first().unwrap();
                rejected.push(serde_json::json!({
                    "sheet": row.sheet, "cell": first.cell, "code": first.code.word(), "value": first.value,
                }));
            }
        }
    }
    let doubts: std::collections::BTreeSet<&str> = survey
        .findings
        .iter()
        .filter(|finding| finding.severity == import::Severity::Doubt)
        .map(|finding| finding.code.word())
        .collect();
    serde_json::json!({
        "legacy": first.legacy.map(|legacy| format!("{legacy:?}").to_lowercase()),
        "lines": lines,
        "rejected": rejected,
        "doubts": doubts,
    })
}

#[test]
fn late_open_and_rerouted_questions_of_an_untidy_register_are_counted_as_such() {
    let (path, bytes) =
        xtask::example::files().unwrap().into_iter().find(|(path, _)| path.contains("tcvn3")).unwrap();
    let options = Options { convert_legacy: Some(import::Legacy::Tcvn3), ..Options::default() };
    let (_, items) = read(path, &bytes, &options);
    let records = records_of(items, &mut 0);
    let period = Period::calendar_year(2023).unwrap();
    let source = Source {
        period,
        counted_on: Day::MAX,
        records,
        audience: Vec::new(),
        radio_names: Vec::new(),
        page_views: BTreeMap::new(),
    };
    let figures = figure::compute(&source);
    assert_eq!(count(&figures, "questions.received"), 11);
    assert_eq!(count(&figures, "questions.rerouted"), 1);
    assert_eq!(ratio(&figures, "questions.answered"), (10, 11));
    assert_eq!(ratio(&figures, "questions.on_time"), (9, 11));
}

#[test]
fn untidy_registers_are_read_as_expected() {
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(examples().join("messy/expected.json")).unwrap()).unwrap();
    let mut found = serde_json::Map::new();
    for (path, bytes) in xtask::example::files().unwrap() {
        if let Some(name) = path.strip_prefix("messy/") {
            found.insert(name.to_owned(), outcome(path, &bytes));
        }
    }
    let found = serde_json::Value::Object(found);
    assert!(found == expected, "found: {}", serde_json::to_string_pretty(&found).unwrap());
}
