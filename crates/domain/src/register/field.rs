//! A field of a register and the values it may hold.

use crate::time::{self, Day};

/// One column of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The stored word: column name, locale key (`register.<register>.<key>`), key in JSON.
    pub key: &'static str,
    /// What a value is.
    pub kind: FieldKind,
    /// Whether a line without it is a line.
    pub presence: Presence,
    /// Who may see it.
    pub privacy: Privacy,
    /// Headings under which offices write this column, official wording first, in Vietnamese with diacritics.
    /// Recognition folds case, diacritics and punctuation, so variants that differ only in those are not listed.
    pub headings: &'static [&'static str],
}

/// What a value of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text, at most so many characters. The limit warns at entry, it never cuts.
    Line(u16),
    /// Text of several lines.
    Text,
    /// A legal day.
    Day,
    /// A time of day in Vietnam, `08:30`.
    Clock,
    /// A whole number, not negative.
    Count,
    /// Yes or no.
    Flag,
    /// One of a closed list of words: (stored word, what offices write, official wording first).
    Word(&'static [(&'static str, &'static [&'static str])]),
    /// The name of a unit as written on that day; resolved through the unit tree when counted.
    Unit,
    /// A number and symbol of a document, `1140/STTTT-TTBCXB`.
    Symbol,
}

/// Whether a line needs a value for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A line without it is refused.
    Required,
    /// May be empty.
    Optional,
}

/// Who may see a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Anyone, once the record is published.
    Public,
    /// People of the office.
    Internal,
    /// Personal data: people with the right to see it, each view of it logged.
    Personal,
}

/// A checked value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a `Line`, `Text`, `Unit`, `Symbol` or `Clock` field: NFC, trimmed, never empty.
    Text(String),
    /// Of a `Day` field.
    Day(Day),
    /// Of a `Count` field.
    Count(i64),
    /// Of a `Flag` field.
    Flag(bool),
    /// Of a `Word` field: the stored word.
    Word(&'static str),
}

impl Field {
    /// Whether `value` is one this field may hold.
    pub fn accepts(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (
                FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol,
                Value::Text(text),
            ) => !text.is_empty(),
            (FieldKind::Clock, Value::Text(text)) => time::read_clock(text).is_some(),
            (FieldKind::Day, Value::Day(_)) | (FieldKind::Flag, Value::Flag(_)) => true,
            (FieldKind::Count, Value::Count(count)) => *count >= 0,
            (FieldKind::Word(words), Value::Word(word)) => words.iter().any(|(stored, _)| stored == word),
            _ => false,
        }
    }

    /// What offices write for a stored word, official wording first; for a `Word` field.
    pub fn official(&self, word: &str) -> Option<&'static str> {
        let FieldKind::Word(words) = self.kind else { return None };
        words.iter().find(|(stored, _)| *stored == word)?.1.first().copied()
    }

    /// The stored word equal to `text`, for a `Word` field.
    pub fn word(&self, text: &str) -> Option<&'static str> {
        match self.kind {
            FieldKind::Word(words) => words.iter().map(|(stored, _)| *stored).find(|stored| *stored == text),
            FieldKind::Line(_)
            | FieldKind::Text
            | FieldKind::Day
            | FieldKind::Clock
            | FieldKind::Count
            | FieldKind::Flag
            | FieldKind::Unit
            | FieldKind::Symbol => None,
        }
    }
}

impl Value {
    /// The form in canonical JSON, exports and ledger digests. A day is `2020-11-20`.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Text(text) => text.as_str().into(),
            Value::Day(day) => day.to_string().into(),
            Value::Count(count) => (*count).into(),
            Value::Flag(flag) => (*flag).into(),
            Value::Word(word) => (*word).into(),
        }
    }

    /// Reads what [`Value::to_json`] wrote for `field`. `None` when it does not fit the field.
    pub fn from_json(field: &Field, json: &serde_json::Value) -> Option<Value> {
        let value = match field.kind {
            FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol | FieldKind::Clock => {
                Value::Text(json.as_str()?.to_owned())
            }
            FieldKind::Day => Value::Day(json.as_str()?.parse().ok()?),
            FieldKind::Count => Value::Count(json.as_i64()?),
            FieldKind::Flag => Value::Flag(json.as_bool()?),
            FieldKind::Word(_) => Value::Word(field.word(json.as_str()?)?),
        };
        field.accepts(&value).then_some(value)
    }
}
