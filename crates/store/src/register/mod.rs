//! Records of registers: one table per register, its statements built from `Register::fields()`.
//!
//! The words put into statements are table and column names from that fixed list, never text from outside.

mod list;
mod personal;
mod said;
mod write;

use std::sync::OnceLock;

use domain::id::{ImportId, RecordId, UnitId};
use domain::register::{Field, FieldKind, Privacy, Record, Register, Value, Values};
use domain::text;
use domain::time::Timestamp;

pub(crate) use list::escape_like;
pub use list::{
    Filter, Page, Sort, all, count, find, find_many, list, load_for_period, opened_registers, record_at,
    records_at, symbols_of_year,
};
pub use personal::{Forgotten, Held, forget_personal, holding_personal};
pub use said::statements_about;
pub use write::{InsertedMany, Insertion, NewRecord, delete, insert, insert_as, insert_many, open, update};

use crate::StoreError;
use crate::sql::{Param, Row};

/// A record as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The record.
    pub record: Record,
    /// The import that brought it; none when it was written by hand.
    pub import: Option<ImportId>,
    /// When it was first recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The columns every register has, before its fields, as [`columns`] lists them.
pub(crate) const BASE_COLUMNS: usize = 9;

/// The columns of a register's table `t`, as [`read`] reads them.
pub(crate) fn columns(register: Register) -> &'static str {
    static LISTS: OnceLock<Vec<(Register, String)>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let of = |register: Register| {
            let mut list =
                "t.id, t.unit_id, t.version, t.import_id, t.created_at, t.updated_at, t.record_key, \
                            t.search_text, t.search_personal"
                    .to_owned();
            for field in register.fields() {
                list.push_str(", t.");
                list.push_str(field.key);
            }
            (register, list)
        };
        Register::ALL.into_iter().map(of).collect()
    });
    lists.iter().find(|(of, _)| *of == register).map_or("t.id", |(_, list)| list)
}

/// Reads a row of [`columns`].
pub(crate) fn read(register: Register, row: &Row<'_>) -> Result<Stored, StoreError> {
    let mut values = Values::new();
    for (index, field) in register.fields().iter().enumerate() {
        let column = BASE_COLUMNS + index;
        let value = match field.kind {
            FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol | FieldKind::Clock => {
                row.opt_string(column)?.map(Value::Text)
            }
            FieldKind::Day => row.opt_parse(column)?.map(Value::Day),
            FieldKind::Count => row.opt_integer(column)?.map(Value::Count),
            FieldKind::Flag => row.opt_bool(column)?.map(Value::Flag),
            FieldKind::Word(_) => match row.opt_text(column)? {
                Some(word) => {
                    let known = field.word(word);
                    Some(Value::Word(known.ok_or_else(|| row.corrupt(column, "unknown word"))?))
                }
                None => None,
            },
        };
        if let Some(value) = value
            && !values.set(field, value)
        {
            return Err(row.corrupt(column, "a value the field may not hold"));
        }
    }
    Ok(Stored {
        record: Record { id: row.parse(0)?, register, unit: row.parse(1)?, values, version: row.integer(2)? },
        import: row.opt_parse(3)?,
        created_at: row.instant(4)?,
        updated_at: row.instant(5)?,
    })
}

impl Stored {
    /// The canonical content that the ledger commits to.
    pub(crate) fn content(&self) -> String {
        content(self.record.unit, self.import, &self.record.values, self.record.version)
    }

    /// Whether the columns made from the values are what they must be.
    pub(crate) fn is_indexed_well(&self, row: &Row<'_>) -> Result<bool, StoreError> {
        let Indexed { key, search, personal } = Indexed::of(self.record.register, &self.record.values);
        Ok(row.text(6)? == key && row.text(7)? == search && row.text(8)? == personal)
    }
}

/// Canonical JSON: keys in byte order, no white space.
fn content(unit: UnitId, import: Option<ImportId>, values: &Values, version: i64) -> String {
    let import = import.map_or_else(|| "null".to_owned(), |import| format!("\"{import}\""));
    let values = values.to_canonical_json();
    format!(r#"{{"import":{import},"unit":"{unit}","values":{values},"version":{version}}}"#)
}

/// What [`content`] wrote, read back.
fn from_content(register: Register, id: RecordId, content: &str) -> Option<Record> {
    let json: serde_json::Value = serde_json::from_str(content).ok()?;
    Some(Record {
        id,
        register,
        unit: json.get("unit")?.as_str()?.parse().ok()?,
        values: Values::from_canonical_json(register, &json.get("values")?.to_string())?,
        version: json.get("version")?.as_i64()?,
    })
}

/// The columns made from the values.
struct Indexed {
    key: String,
    search: String,
    personal: String,
}

impl Indexed {
    fn of(register: Register, values: &Values) -> Indexed {
        let mut search = String::new();
        let mut personal = String::new();
        for field in register.fields() {
            if let Some(text) = values.text(field.key) {
                let of = if field.privacy == Privacy::Personal { &mut personal } else { &mut search };
                of.push(' ');
                of.push_str(&text::fold(text));
            }
        }
        Indexed { key: values.key(register), search, personal }
    }
}

/// The value of a field as a parameter.
fn param<'v>(field: &Field, values: &'v Values) -> Param<'v> {
    match values.get(field.key) {
        None => Param::Null,
        Some(Value::Text(text)) => Param::Text(text),
        Some(Value::Word(word)) => Param::Text(word),
        Some(Value::Day(day)) => Param::Day(*day),
        Some(Value::Count(count)) => Param::Integer(*count),
        Some(Value::Flag(flag)) => Param::Bool(*flag),
    }
}
