//! Who and what the tests speak of.

use domain::id::UnitId;
use domain::register::{Register, Value, Values};
use domain::time::Day;
use store::unit::UnitRow;
use store::{StoreError, Tx};
use testkit::Office;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn unit_row(id: UnitId, name: &str) -> UnitRow {
    UnitRow {
        id,
        name: name.into(),
        short_name: name.into(),
        code: "UBND".into(),
        kind: "district".into(),
        parent: None,
        valid_from: None,
        valid_to: None,
        aliases: "[]".into(),
        tasks: "[]".into(),
        version: 1,
    }
}

/// The office whose registers the tests keep.
pub fn unit(office: &Office) -> UnitId {
    office.db.write(&office.actor(), |tx| add_unit(tx, "UBND huyện Kim Bảng")).unwrap()
}

pub fn add_unit(tx: &mut Tx<'_>, name: &str) -> Result<UnitId, StoreError> {
    let id = tx.new_id()?;
    store::unit::insert(tx, &unit_row(id, name))?;
    Ok(id)
}

pub fn values(register: Register, pairs: &[(&str, Value)]) -> Values {
    let mut values = Values::new();
    for (key, value) in pairs {
        assert!(values.set(register.field(key).unwrap(), value.clone()), "{key}");
    }
    values
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// A news item of the radio station.
pub fn news(posted_on: &str, title: &str) -> Values {
    values(
        Register::News,
        &[
            ("posted_on", Value::Day(day(posted_on))),
            ("title", text(title)),
            ("supplier", text("Đài Truyền thanh huyện")),
        ],
    )
}

/// A citizen's question.
pub fn question(received_on: &str, subject: &str, asker: &str) -> Values {
    values(
        Register::Questions,
        &[("received_on", Value::Day(day(received_on))), ("subject", text(subject)), ("asker", text(asker))],
    )
}
