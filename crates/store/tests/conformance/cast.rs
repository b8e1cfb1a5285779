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

/// The digest of the token of [`session`].
pub const TOKEN_HASH: &str = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

pub fn person_row(id: domain::id::PersonId, account: &str) -> store::person::PersonRow {
    store::person::PersonRow {
        id,
        account: account.into(),
        full_name: format!("Người dùng {account}"),
        title: "Văn thư".into(),
        email: format!("{account}@kimbang.example"),
        unit: None,
        roles: vec![domain::access::Role::Clerk],
        is_enabled: true,
        must_change_password: false,
        has_second_factor: false,
        created_at: domain::time::Timestamp::UNIX_EPOCH,
        last_seen_at: None,
        version: 1,
    }
}

pub fn person(tx: &mut Tx<'_>, account: &str) -> Result<domain::id::PersonId, StoreError> {
    let id = tx.new_id()?;
    let credentials = store::person::Credentials {
        password_hash: Some("$argon2id$x".into()),
        totp_secret: Some(vec![0, 255, 7]),
    };
    store::person::insert(tx, &person_row(id, account), &credentials)?;
    Ok(id)
}

pub fn session(tx: &Tx<'_>, person: domain::id::PersonId) -> store::session::SessionRow {
    store::session::SessionRow {
        token_hash: TOKEN_HASH.into(),
        person,
        created_at: tx.now(),
        seen_at: tx.now(),
        proved_at: Some(tx.now()),
        user_agent: "Trình duyệt".into(),
    }
}
