//! Lines of registers that other records keep: a publication, a request of the press, what a unit answered. The line
//! bears the record's own id and is kept in the transaction that changes the record.

use domain::id::{RecordId, UnitId};
use domain::register::{FieldKind, Register, Value, Values};
use domain::text;
use domain::time::Day;
use store::Tx;
use store::register::{self, Insertion, NewRecord};

use crate::ActionError;

/// The values of a line, put together field by field. What a field cannot hold is left out; a text is cut to what its
/// field takes.
pub(crate) struct Line {
    register: Register,
    values: Values,
}

impl Line {
    /// A line without values.
    pub(crate) fn new(register: Register) -> Line {
        Line { register, values: Values::new() }
    }

    /// These values, to be changed.
    pub(crate) fn over(register: Register, values: Values) -> Line {
        Line { register, values }
    }

    /// The values as they stand.
    pub(crate) fn values(self) -> Values {
        self.values
    }

    fn put(&mut self, key: &str, value: Value) {
        if let Some(field) = self.register.field(key) {
            self.values.set(field, value);
        }
    }

    /// A text in one line; nothing for an empty one.
    pub(crate) fn text(&mut self, key: &str, text: &str) {
        let most = match self.register.field(key).map(|field| field.kind) {
            Some(FieldKind::Line(most)) => usize::from(most),
            _ => usize::MAX,
        };
        let cut: String = text::clean_line(text).chars().take(most).collect();
        if !cut.is_empty() {
            self.put(key, Value::Text(cut));
        }
    }

    /// A stored word; nothing for one that the field does not know.
    pub(crate) fn word(&mut self, key: &str, word: &str) {
        if let Some(word) = self.register.field(key).and_then(|field| field.word(word)) {
            self.put(key, Value::Word(word));
        }
    }

    /// A day.
    pub(crate) fn day(&mut self, key: &str, day: Day) {
        self.put(key, Value::Day(day));
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, key: &str, flag: bool) {
        self.put(key, Value::Flag(flag));
    }
}

/// The id of the line a record keeps: the same signs.
pub(crate) fn id_of(id: impl std::fmt::Display) -> Result<RecordId, ActionError> {
    id.to_string().parse().map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

/// Adds the line, or saves it where its values changed; `values` makes them from those it has, none for a new line.
/// Says whether the line is there: not when the register has the same thing under another id.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    (register, unit, id): (Register, UnitId, RecordId),
    values: impl FnOnce(Values) -> Result<Values, ActionError>,
) -> Result<bool, ActionError> {
    let Some(stored) = register::find(tx, register, id)? else {
        let new = NewRecord { register, unit, values: values(Values::new())?, import: None };
        return Ok(matches!(register::insert_as(tx, id, &new)?, Insertion::Inserted(_)));
    };
    let mut record = stored.record;
    let changed = values(record.values.clone())?;
    if record.values != changed {
        record.values = changed;
        register::update(tx, &record)?;
    }
    Ok(true)
}
