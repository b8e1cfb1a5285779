//! What a document does to others, as rows of a form and as facts.

use std::fmt::Write as _;
use std::sync::LazyLock;

use app::publication::MOST_RELATIONS;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::publication::relation::{Act, Relation};
use domain::publication::{Content, Kind};
use web_kit::Language;
use web_kit::component::{Badge, Choice, Fact, Field, Kind as Shape};
use web_kit::form::{FieldError, FormState};
use words::key;

use crate::show_day;

/// The parts of a row.
const PARTS: [&str; 4] = ["act", "symbol", "issued_on", "issuer"];
/// Rows that are offered besides those filled in.
const FREE: usize = 3;

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let rows = 0..MOST_RELATIONS;
    rows.flat_map(|row| PARTS.map(|part| name(row, part))).collect()
});

fn name(row: usize, part: &str) -> String {
    format!("relation.{row}.{part}")
}

/// The names a form of this kind may send.
pub(super) fn names(kind: Kind) -> &'static [String] {
    if kind == Kind::Document { NAMES.as_slice() } else { &[] }
}

/// The values of these relations.
pub(crate) fn filled(relations: &[Relation]) -> Vec<(String, String)> {
    let of = |(row, relation): (usize, &Relation)| {
        [
            (name(row, "act"), relation.act.word().to_owned()),
            (name(row, "symbol"), relation.symbol.clone()),
            (name(row, "issued_on"), relation.issued_on.map(show_day::day).unwrap_or_default()),
            (name(row, "issuer"), relation.issuer.clone()),
        ]
    };
    relations.iter().enumerate().flat_map(of).collect()
}

fn is_filled(form: &FormState, row: usize) -> bool {
    PARTS[1..].iter().any(|part| !form.value(&name(row, part)).trim().is_empty())
}

fn last_filled(form: &FormState) -> usize {
    (0..MOST_RELATIONS).rev().find(|row| is_filled(form, *row)).map_or(0, |row| row + 1)
}

/// The rows that were sent, up to the last one that says something; a day that cannot be read is noted in the form.
pub(super) fn read(kind: Kind, form: &mut FormState) -> Vec<Relation> {
    if kind != Kind::Document {
        return Vec::new();
    }
    (0..last_filled(form))
        .map(|row| {
            let typed = form.line(&name(row, "issued_on"));
            let issued_on = app::rules::read_day(&typed);
            if issued_on.is_none() && !typed.is_empty() {
                form.refuse(FieldError::new(&name(row, "issued_on"), key!("form.not_a_day")));
            }
            let act = Act::from_word(form.value(&name(row, "act")));
            if act.is_none() && is_filled(form, row) {
                form.refuse(FieldError::new(&name(row, "act"), key!("form.required")));
            }
            Relation {
                act: act.unwrap_or(Act::Replaces),
                symbol: form.line(&name(row, "symbol")),
                issued_on,
                issuer: form.line(&name(row, "issuer")),
            }
        })
        .collect()
}

/// The rows of a form.
#[derive(Template)]
#[template(path = "publication/relations.html")]
pub(crate) struct Rows {
    t: Language,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    fields: Vec<Field>,
    /// Where it was read, and how sure that is.
    note: Option<(String, Badge)>,
    act: Option<Act>,
    symbol: String,
}

impl HtmlSafe for Rows {}

impl Rows {
    /// The rows of a document, and some more to fill in; none of other kinds.
    pub(crate) fn new(t: Language, kind: Kind, form: &FormState) -> Option<Rows> {
        if kind != Kind::Document {
            return None;
        }
        let acts = Act::ALL.map(|act| Choice::new(act.word(), act_word(t, act)));
        let row = |row: usize| {
            let field = |part: &str, shape| {
                let label = t.text(&format!("document_relation.{part}"));
                Field::new(form, t, &name(row, part), label, shape)
            };
            let fields = vec![
                field("act", Shape::Select(acts.to_vec())),
                field("symbol", Shape::Line("text")),
                field("issued_on", Shape::Day),
                field("issuer", Shape::Line("text")),
            ];
            Row {
                label: t.fill("document_relation.row", &[("number", &(row + 1))]),
                fields,
                note: None,
                act: Act::from_word(form.value(&name(row, "act"))),
                symbol: form.line(&name(row, "symbol")),
            }
        };
        let rows = (0..(last_filled(form) + FREE).min(MOST_RELATIONS)).map(row).collect();
        Some(Rows { t, rows })
    }

    /// The fields, for the summary of errors.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.rows.iter().flat_map(|row| &row.fields)
    }

    /// The same, each row with what is noted of its act and symbol.
    #[must_use]
    pub(crate) fn noted(mut self, note: impl Fn(Act, &str) -> Option<(String, Badge)>) -> Rows {
        for row in &mut self.rows {
            row.note = row.act.and_then(|act| note(act, &row.symbol));
        }
        self
    }
}

/// An act in words: *Thay thế*.
pub(crate) fn act_word(t: Language, act: Act) -> &'static str {
    t.text(&format!("document_act.{}", act.word()))
}

/// The other document of a relation: `07/2020/QĐ-UBND, ngày 02/03/2020, UBND huyện Kim Bảng`.
pub(crate) fn target(t: Language, relation: &Relation) -> String {
    let mut said = relation.symbol.clone();
    if let Some(day) = relation.issued_on {
        let _ = write!(said, ", {}", t.fill("document_relation.on_day", &[("day", &show_day::day(day))]));
    }
    if !relation.issuer.is_empty() {
        let _ = write!(said, ", {}", relation.issuer);
    }
    said
}

/// The relations of a content as facts.
pub(super) fn facts(t: Language, content: &Content) -> Vec<Fact> {
    let fact = |relation: &Relation| Fact::new(act_word(t, relation.act), target(t, relation));
    content.relations.iter().map(fact).collect()
}
