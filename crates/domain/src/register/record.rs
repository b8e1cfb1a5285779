//! A record of a register: checked values and how they are read, compared and written canonically.

use litemap::LiteMap;

use super::{Field, Register, Value};
use crate::id::{RecordId, UnitId};
use crate::text;
use crate::time::Day;

/// The values of a record, by field key. Only fields that have a value are present.
// A sorted list: a record has a dozen values at most, and a year's figures hold hundreds of thousands of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(LiteMap<&'static str, Value>);

/// A record of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Its register.
    pub register: Register,
    /// The office that keeps it.
    pub unit: UnitId,
    /// Its values.
    pub values: Values,
    /// Counts edits, from 1; an edit names the version it started from.
    pub version: i64,
}

/// Where a record is found: enough to list it under a figure and to open it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// Its register.
    pub register: Register,
    /// Its id.
    pub id: RecordId,
}

impl Values {
    /// No values.
    pub fn new() -> Values {
        Values::default()
    }

    /// Sets a value. A value that the field may not hold is not set, and `false` is returned.
    pub fn set(&mut self, field: &Field, value: Value) -> bool {
        let fits = field.accepts(&value);
        if fits {
            self.0.insert(field.key, value);
        }
        fits
    }

    /// Takes a value away.
    pub fn clear(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The text of a `Line`, `Text`, `Unit` or `Symbol` field.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.0.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The day of a `Day` field.
    pub fn day(&self, key: &str) -> Option<Day> {
        match self.0.get(key) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// The number of a `Count` field.
    pub fn count(&self, key: &str) -> Option<i64> {
        match self.0.get(key) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        }
    }

    /// The answer of a `Flag` field.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.0.get(key) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// The stored word of a `Word` field.
    pub fn word(&self, key: &str) -> Option<&'static str> {
        match self.0.get(key) {
            Some(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// All values, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The canonical JSON object: keys in byte order, no white space, NFC text. The bytes that digests are made of.
    pub fn to_canonical_json(&self) -> String {
        let object: serde_json::Map<String, serde_json::Value> =
            self.0.iter().map(|(key, value)| ((*key).to_owned(), value.to_json())).collect();
        serde_json::Value::Object(object).to_string()
    }

    /// Reads what [`Values::to_canonical_json`] wrote. `None` when it is not such a text.
    pub fn from_canonical_json(register: Register, json: &str) -> Option<Values> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).ok()?;
        let mut values = Values::new();
        for (key, value) in &object {
            let field = register.field(key)?;
            values.0.insert(field.key, Value::from_json(field, value)?);
        }
        Some(values)
    }

    /// The key of the record in its register: the folded values of the register's key fields. Two lines with the
    /// same key speak of the same thing. Differences in case, diacritics style (hoà, hòa) and spaces do not count.
    pub fn key(&self, register: Register) -> String {
        let parts: Vec<String> = register
            .key_fields()
            .iter()
            .map(|key| match self.0.get(key) {
                None => String::new(),
                Some(Value::Text(text)) => text::key(text),
                Some(value) => value.to_json().to_string(),
            })
            .collect();
        parts.join("|")
    }
}

impl Record {
    /// Where this record is found.
    pub fn reference(&self) -> RecordRef {
        RecordRef { register: self.register, id: self.id }
    }

    /// The day that puts this record into a period by default.
    pub fn day(&self) -> Option<Day> {
        self.values.day(self.register.day_field())
    }

    /// The name of this record in lists.
    pub fn title(&self) -> &str {
        self.values.text(self.register.title_field()).unwrap_or("")
    }
}
