//! People with an account. What proves them (password hash, second factor) is read apart from who they are, so
//! that it does not travel with every page.

use std::fmt;

use domain::access::Role;
use domain::id::{PersonId, UnitId};
use domain::text;
use domain::time::Timestamp;

use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A person as stored, without what proves the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The id.
    pub id: PersonId,
    /// The name to sign in with, as written; compared folded.
    pub account: String,
    /// *Họ và tên.*
    pub full_name: String,
    /// *Chức vụ*; may be empty.
    pub title: String,
    /// The unit the person works in.
    pub unit: Option<UnitId>,
    /// The roles, in their order.
    pub roles: Vec<Role>,
    /// Where mail of this program goes; empty for nobody to be written to. In no revision.
    pub email: String,
    /// Whether the person may sign in.
    pub is_enabled: bool,
    /// Whether the password must be changed at the next sign-in.
    pub must_change_password: bool,
    /// Whether a second factor is set up.
    pub has_second_factor: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the person last signed in.
    pub last_seen_at: Option<Timestamp>,
    /// Counts edits, from 1.
    pub version: i64,
}

/// What proves a person. Never logged.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The hash of the password in PHC form; none when none was set.
    pub password_hash: Option<String>,
    /// The encrypted secret of the second factor.
    pub totp_secret: Option<Vec<u8>>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}

const SELECT: &str = "SELECT id, account, full_name, title, unit_id, is_enabled, must_change_password,
    totp_secret IS NOT NULL, created_at, last_seen_at, version, email FROM people";

fn read(row: &Row<'_>) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        id: row.parse(0)?,
        account: row.string(1)?,
        full_name: row.string(2)?,
        title: row.string(3)?,
        unit: row.opt_parse(4)?,
        roles: Vec::new(),
        is_enabled: row.bool(5)?,
        must_change_password: row.bool(6)?,
        has_second_factor: row.bool(7)?,
        created_at: row.instant(8)?,
        last_seen_at: row.opt_instant(9)?,
        version: row.integer(10)?,
        email: row.string(11)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, id: PersonId) -> Result<(), StoreError> {
    let id_text = id.to_string();
    let Some(person) = find(tx, id)? else {
        return Err(StoreError::Stale { table: "people", id: id_text });
    };
    let roles: Vec<&str> = person.roles.iter().map(|role| role.word()).collect();
    let after = crate::canonical::canonical(&serde_json::json!({
        "account": person.account,
        "full_name": person.full_name,
        "title": person.title,
        "unit": person.unit,
        "roles": roles,
        "has_email": !person.email.is_empty(),
        "is_enabled": person.is_enabled,
        "must_change_password": person.must_change_password,
        "has_second_factor": person.has_second_factor,
        "version": person.version,
    }))?;
    tx.record(Change { kind, subject_kind: "person", subject: &id_text, after: Some(&after) }).map(drop)
}

fn save_roles(tx: &mut Tx<'_>, id: &str, roles: &[Role]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM person_roles WHERE person_id = ?", params![id])?;
    for role in roles {
        tx.execute(
            "INSERT INTO person_roles (person_id, role) VALUES (?, ?) ON CONFLICT (person_id, role) DO NOTHING",
            params![id, role.word()],
        )?;
    }
    Ok(())
}

/// Records a new person with what proves the person; the version becomes 1, the time of making now.
///
/// # Errors
/// [`StoreError::Unique`] when the account stands already.
pub fn insert(tx: &mut Tx<'_>, person: &PersonRow, credentials: &Credentials) -> Result<(), StoreError> {
    let id = person.id.to_string();
    let unit = person.unit.map(|unit| unit.to_string());
    tx.execute(
        "INSERT INTO people (id, account, account_key, full_name, title, unit_id, password_hash, totp_secret,
         is_enabled, must_change_password, created_at, email, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &id,
            &person.account,
            &text::fold(&person.account),
            &person.full_name,
            &person.title,
            unit.as_deref(),
            credentials.password_hash.as_deref(),
            credentials.totp_secret.as_deref(),
            person.is_enabled,
            person.must_change_password,
            tx.now_ms(),
            &person.email,
        ],
    )?;
    save_roles(tx, &id, &person.roles)?;
    record(tx, "person.added", person.id)
}

/// Saves account, names, unit, roles and whether the person may sign in; `person.version` is the version the
/// change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile, [`StoreError::Unique`] when the account is another's.
pub fn update(tx: &mut Tx<'_>, person: &PersonRow) -> Result<(), StoreError> {
    let id = person.id.to_string();
    let unit = person.unit.map(|unit| unit.to_string());
    tx.execute_one(
        "people",
        &id,
        "UPDATE people SET account = ?, account_key = ?, full_name = ?, title = ?, unit_id = ?, is_enabled = ?,
         must_change_password = ?, email = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            &person.account,
            &text::fold(&person.account),
            &person.full_name,
            &person.title,
            unit.as_deref(),
            person.is_enabled,
            person.must_change_password,
            &person.email,
            &id,
            person.version,
        ],
    )?;
    save_roles(tx, &id, &person.roles)?;
    record(tx, "person.changed", person.id)
}

/// Sets the hash of a password.
///
/// # Errors
/// [`StoreError::Stale`] when there is no such person.
pub fn set_password(
    tx: &mut Tx<'_>,
    id: PersonId,
    password_hash: &str,
    must_change_password: bool,
) -> Result<(), StoreError> {
    let id_text = id.to_string();
    tx.execute_one(
        "people",
        &id_text,
        "UPDATE people SET password_hash = ?, must_change_password = ?, version = version + 1 WHERE id = ?",
        params![password_hash, must_change_password, &id_text],
    )?;
    record(tx, "person.password_set", id)
}

/// Sets or takes away the encrypted secret of the second factor.
///
/// # Errors
/// [`StoreError::Stale`] when there is no such person.
pub fn set_second_factor(
    tx: &mut Tx<'_>,
    id: PersonId,
    totp_secret: Option<&[u8]>,
) -> Result<(), StoreError> {
    let id_text = id.to_string();
    tx.execute_one(
        "people",
        &id_text,
        "UPDATE people SET totp_secret = ?, version = version + 1 WHERE id = ?",
        params![totp_secret, &id_text],
    )?;
    let kind =
        if totp_secret.is_some() { "person.second_factor_set" } else { "person.second_factor_removed" };
    record(tx, kind, id)
}

/// Notes that the person signed in now. Not business data: no ledger entry.
///
/// # Errors
/// When the database fails.
pub fn note_seen(tx: &mut Tx<'_>, id: PersonId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute("UPDATE people SET last_seen_at = ? WHERE id = ?", params![now, &id.to_string()]).map(drop)
}

fn roles_of(r: &mut Reader<'_>, id: &str) -> Result<Vec<Role>, StoreError> {
    let mut roles = r.query("SELECT role FROM person_roles WHERE person_id = ?", params![id], |row| {
        Role::from_word(row.text(0)?).ok_or_else(|| row.corrupt(0, "unknown role"))
    })?;
    roles.sort();
    Ok(roles)
}

/// One person.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
    let id = id.to_string();
    let Some(mut person) = r.query_opt(&format!("{SELECT} WHERE id = ?"), params![&id], read)? else {
        return Ok(None);
    };
    person.roles = roles_of(r, &id)?;
    Ok(Some(person))
}

/// The person with this account, in any spelling of case and marks.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find_by_account(r: &mut Reader<'_>, account: &str) -> Result<Option<PersonRow>, StoreError> {
    let sql = format!("{SELECT} WHERE account_key = ?");
    let Some(mut person) = r.query_opt(&sql, params![&text::fold(account)], read)? else {
        return Ok(None);
    };
    person.roles = roles_of(r, &person.id.to_string())?;
    Ok(Some(person))
}

/// What proves a person.
///
/// # Errors
/// When the database fails.
pub fn credentials(r: &mut Reader<'_>, id: PersonId) -> Result<Option<Credentials>, StoreError> {
    let sql = "SELECT password_hash, totp_secret FROM people WHERE id = ?";
    r.query_opt(sql, params![&id.to_string()], |row| {
        Ok(Credentials {
            password_hash: row.opt_string(0)?,
            totp_secret: row.opt_bytes(1)?.map(<[u8]>::to_vec),
        })
    })
}

/// All people, by name.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<PersonRow>, StoreError> {
    let mut people = r.query(&format!("{SELECT} ORDER BY full_name, id"), &[], read)?;
    let roles = r.query("SELECT person_id, role FROM person_roles", &[], |row| {
        let role = Role::from_word(row.text(1)?).ok_or_else(|| row.corrupt(1, "unknown role"))?;
        Ok((row.parse::<PersonId>(0)?, role))
    })?;
    for person in &mut people {
        person.roles = roles.iter().filter(|(id, _)| *id == person.id).map(|(_, role)| *role).collect();
        person.roles.sort();
    }
    Ok(people)
}

/// How many people may sign in with this role: the last administrator stays.
///
/// # Errors
/// When the database fails.
pub fn count_enabled(r: &mut Reader<'_>, role: Role) -> Result<i64, StoreError> {
    r.query_one(
        "SELECT COUNT(*) FROM people p JOIN person_roles s ON s.person_id = p.id
         WHERE p.is_enabled = TRUE AND s.role = ?",
        params![role.word()],
        |row| row.integer(0),
    )
}
