//! The frozen set (*bộ số liệu đã chốt*): figures of a period as they stood at one entry of the ledger, with a digest
//! that says at once whether anything changed.
//!
//! The digest is SHA-256 over the canonical JSON: UTF-8, keys in byte order, no white space, numbers as integers. The
//! file `so-lieu.json` holds the set and its digest; [`FrozenSet::parse`] refuses a file whose digest is not its own.

use std::borrow::Cow;

use domain::figure::{Amount, Figure};
use domain::period::Period;
use domain::register::RecordRef;
use domain::time::Day;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::figure_view::{FigureView, amount_json, amount_text};

/// The form of the file. A reader refuses what it does not know.
pub const FORMAT: u32 = 1;

/// Figures of a period, frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenSet {
    /// [`FORMAT`].
    pub format: u32,
    /// The office, as it is called in the report.
    pub office: String,
    /// Its id.
    pub office_id: String,
    /// What was counted.
    pub period: Period,
    /// The day of counting, when the period was not over: limits that had not come by then are not late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_on: Option<Day>,
    /// Id of the template.
    pub template: String,
    /// Counts the freezes of one report, from 1.
    pub version: u32,
    /// Which rules counted.
    pub rules: Versions,
    /// Sequence of the last ledger entry that was looked at.
    pub ledger_sequence: i64,
    /// Hash of that entry.
    pub ledger_hash: String,
    /// The figures.
    pub figures: Vec<FrozenFigure>,
}

/// Which versions of the rules counted; digests or numbers as the caller keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versions {
    /// Of the definitions of the figures.
    pub figures: String,
    /// Of the calendar.
    pub calendar: String,
    /// Of the law table.
    pub law: String,
}

/// One figure of the set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenFigure {
    /// `questions.answered`.
    pub id: String,
    /// The metric of Law 6.4.
    pub metric: u8,
    /// Its title.
    pub title: String,
    /// What is counted and what not.
    pub definition: String,
    /// What it came to.
    pub amount: Amount,
    /// The word of what is counted: `câu hỏi`, `%`.
    pub unit: String,
    /// Sub-figures: label, how many.
    pub parts: Vec<(String, u64)>,
    /// The records counted.
    pub records: Vec<FrozenRecord>,
    /// Of a ratio: the records of its lower number.
    pub base: Vec<FrozenRecord>,
    /// The records looked at and not counted.
    pub left_out: Vec<FrozenLeftOut>,
}

/// A record that was counted: which, and the digest of its content at that moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenRecord {
    /// Its register: `questions`. Borrowed where it is made from a register: a set may name a million records.
    pub register: Cow<'static, str>,
    /// Its id.
    pub id: String,
    /// Digest of its content, as the ledger holds it; empty where figures are only looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

/// A record that was looked at and not counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenLeftOut {
    /// The record.
    #[serde(flatten)]
    pub record: FrozenRecord,
    /// Why, in words.
    pub reason: String,
}

/// A difference between two sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The figure; empty when the sets differ in what they are about.
    pub figure: String,
    /// Its title, or the name of what differs: `period`, `office`.
    pub title: String,
    /// How it reads in the first set.
    pub first: String,
    /// How it reads in the second.
    pub second: String,
    /// Records counted only in the first, as `register/id`.
    pub only_first: Vec<String>,
    /// Records counted only in the second.
    pub only_second: Vec<String>,
    /// Records counted in both whose content changed.
    pub changed: Vec<String>,
}

/// Why a file is not a frozen set.
#[derive(Debug, thiserror::Error)]
pub enum BadSet {
    /// Not JSON of this form.
    #[error("not a set of figures: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Written by a newer program.
    #[error("the set has form {0}; this program reads form {FORMAT}: use a newer one")]
    Format(u32),
    /// Somebody changed the file.
    #[error(
        "the digest in the file is {written}, that of its figures is {computed}: the file was changed after it was frozen"
    )]
    Digest {
        /// What the file says.
        written: String,
        /// What its content gives.
        computed: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    digest: String,
    set: FrozenSet,
}

impl FrozenSet {
    /// SHA-256 over the canonical JSON, 64 lower-case hexadecimal signs.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(canonical(&self.value()).as_bytes()))
    }

    /// The file `so-lieu.json`: the set and its digest, readable, one line for a value.
    ///
    /// # Errors
    /// When the set cannot be written as JSON, which no set of this type is known to do.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let file = serde_json::json!({ "digest": self.digest(), "set": self.value() });
        let mut text = serde_json::to_string_pretty(&file)?;
        text.push('\n');
        Ok(text)
    }

    /// Reads the file again and checks its digest.
    ///
    /// # Errors
    /// See [`BadSet`].
    pub fn parse(json: &str) -> Result<FrozenSet, BadSet> {
        let value: Value = serde_json::from_str(json)?;
        let format =
            value.pointer("/set/format").and_then(Value::as_u64).and_then(|form| u32::try_from(form).ok());
        if let Some(other) = format.filter(|form| *form != FORMAT) {
            return Err(BadSet::Format(other));
        }
        let file: SetFile = serde_json::from_value(value)?;
        let computed = file.set.digest();
        if computed == file.digest {
            Ok(file.set)
        } else {
            Err(BadSet::Digest { written: file.digest, computed })
        }
    }

    /// The figure of that id.
    pub fn figure(&self, id: &str) -> Option<&FrozenFigure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// The words of a figure in the language of the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureWords {
    /// Its title.
    pub title: String,
    /// What is counted and what not.
    pub definition: String,
    /// The word of what is counted.
    pub unit: String,
}

impl FrozenFigure {
    /// Freezes a computed figure. `record` gives a record its digest, `reason` and `label` put the words of
    /// left-out reasons and of parts into the language of the report.
    pub fn freeze(
        figure: &Figure,
        words: FigureWords,
        record: impl Fn(&RecordRef) -> FrozenRecord,
        reason: impl Fn(&str) -> String,
        label: impl Fn(&str) -> String,
    ) -> FrozenFigure {
        FrozenFigure {
            id: figure.id.clone(),
            metric: figure.metric,
            title: words.title,
            definition: words.definition,
            amount: figure.amount,
            unit: words.unit,
            parts: figure.parts.iter().map(|part| (label(&part.label), part.count)).collect(),
            records: figure.counted.iter().map(&record).collect(),
            base: figure.base.iter().map(&record).collect(),
            left_out: figure
                .left_out
                .iter()
                .map(|left| FrozenLeftOut { record: record(&left.record), reason: reason(left.reason) })
                .collect(),
        }
    }

    /// How it reads.
    pub fn text(&self) -> String {
        amount_text(self.amount)
    }

    /// As a report shows it.
    pub fn view(&self) -> FigureView {
        FigureView {
            id: self.id.clone(),
            title: self.title.clone(),
            definition: self.definition.clone(),
            unit: self.unit.clone(),
            amount: self.amount,
            parts: self.parts.clone(),
        }
    }
}

impl FrozenRecord {
    /// A record with the digest of its content.
    pub fn new(record: &RecordRef, digest: String) -> FrozenRecord {
        FrozenRecord { register: Cow::Borrowed(record.register.word()), id: record.id.to_string(), digest }
    }

    /// `questions/01J…`.
    pub fn place(&self) -> String {
        format!("{}/{}", self.register, self.id)
    }
}

/// A figure as `phatngon report figures --format json` prints it: `value` a number, `null` when there is none.
#[derive(Debug, Serialize)]
pub struct FigureJson<'a> {
    id: &'a str,
    title: &'a str,
    value: Value,
    unit: &'a str,
    text: String,
    part: Option<u64>,
    whole: Option<u64>,
    definition: &'a str,
    parts: Vec<PartJson<'a>>,
    records: &'a [FrozenRecord],
    base: &'a [FrozenRecord],
    left_out: &'a [FrozenLeftOut],
}

#[derive(Debug, Serialize)]
struct PartJson<'a> {
    label: &'a str,
    value: u64,
}

/// The list that `phatngon report figures --format json` prints.
pub fn figures_json(figures: &[FrozenFigure]) -> Vec<FigureJson<'_>> {
    figures.iter().map(FigureJson::of).collect()
}

impl<'a> FigureJson<'a> {
    fn of(figure: &'a FrozenFigure) -> FigureJson<'a> {
        let (part, whole) = match figure.amount {
            Amount::Ratio { part, whole } => (Some(part), Some(whole)),
            _ => (None, None),
        };
        FigureJson {
            id: &figure.id,
            title: &figure.title,
            value: amount_json(figure.amount),
            unit: if part.is_none() { &figure.unit } else { "%" },
            text: figure.text(),
            part,
            whole,
            definition: &figure.definition,
            parts: figure.parts.iter().map(|(label, value)| PartJson { label, value: *value }).collect(),
            records: &figure.records,
            base: &figure.base,
            left_out: &figure.left_out,
        }
    }
}

/// What differs between two sets, in the order of the first; nothing when they are equal.
pub fn compare(first: &FrozenSet, second: &FrozenSet) -> Vec<Difference> {
    let mut out = Vec::new();
    let about = |set: &FrozenSet| {
        [
            ("office", set.office_id.clone()),
            ("period", set.period.to_string()),
            ("rules", format!("{} {} {}", set.rules.figures, set.rules.calendar, set.rules.law)),
        ]
    };
    for ((what, one), (_, other)) in about(first).into_iter().zip(about(second)) {
        if one != other {
            out.push(Difference::plain("", what, &one, &other));
        }
    }
    for figure in &first.figures {
        match second.figure(&figure.id) {
            None => out.push(Difference::plain(&figure.id, &figure.title, &figure.text(), "")),
            Some(other) => out.extend(compare_figures(figure, other)),
        }
    }
    for figure in second.figures.iter().filter(|figure| first.figure(&figure.id).is_none()) {
        out.push(Difference::plain(&figure.id, &figure.title, "", &figure.text()));
    }
    out
}

impl Difference {
    fn plain(figure: &str, title: &str, first: &str, second: &str) -> Difference {
        Difference {
            figure: figure.to_owned(),
            title: title.to_owned(),
            first: first.to_owned(),
            second: second.to_owned(),
            only_first: vec![],
            only_second: vec![],
            changed: vec![],
        }
    }
}

fn compare_figures(first: &FrozenFigure, second: &FrozenFigure) -> Option<Difference> {
    use std::collections::BTreeMap;
    let all = |figure: &FrozenFigure| -> BTreeMap<(bool, String), String> {
        let records = figure.records.iter().map(|record| ((false, record.place()), record.digest.clone()));
        records
            .chain(figure.base.iter().map(|record| ((true, record.place()), record.digest.clone())))
            .collect()
    };
    let (one, other) = (all(first), all(second));
    let only =
        |of: &BTreeMap<(bool, String), String>, not: &BTreeMap<(bool, String), String>| -> Vec<String> {
            let mut places: Vec<String> =
                of.keys().filter(|key| !not.contains_key(*key)).map(|(_, place)| place.clone()).collect();
            places.sort();
            places.dedup();
            places
        };
    let mut changed: Vec<String> = one
        .iter()
        .filter(|(key, digest)| other.get(*key).is_some_and(|now| now != *digest))
        .map(|((_, place), _)| place.clone())
        .collect();
    changed.sort();
    changed.dedup();
    let difference = Difference {
        only_first: only(&one, &other),
        only_second: only(&other, &one),
        changed,
        ..Difference::plain(&first.id, &first.title, &in_full(first), &in_full(second))
    };
    let same = first.amount == second.amount
        && first.parts == second.parts
        && difference.only_first.is_empty()
        && difference.only_second.is_empty()
        && difference.changed.is_empty();
    (!same).then_some(difference)
}

fn in_full(figure: &FrozenFigure) -> String {
    match figure.amount {
        Amount::Ratio { part, whole } => format!("{} ({part}/{whole})", figure.text()),
        _ => figure.text(),
    }
}

/// Keys in byte order, no white space.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            let inside: Vec<String> = keys
                .into_iter()
                .map(|key| format!("{}:{}", Value::from(key.as_str()), canonical(&fields[key.as_str()])))
                .collect();
            format!("{{{}}}", inside.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}
