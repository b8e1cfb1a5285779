//! Invitations: a link with which a person sets the own password, once, within an hour (CFG-01, AUTH-06, AUTH-08).

use domain::access::Capability;
use domain::id::PersonId;
use domain::time::Timestamp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::person as rows;

use super::{Person, check_password, hash};
use crate::{ActionError, Actor, App};

/// How long an invitation lives.
const LIFE: SignedDuration = SignedDuration::from_hours(1);

/// An invitation, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// 256 random bits.
    pub token: String,
    /// `/invitation/<token>`.
    pub path: String,
    /// When it dies.
    pub expires_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    hash: String,
    expires_ms: i64,
}

fn setting(person: PersonId) -> String {
    format!("invitation.{person}")
}

fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Makes a new invitation for a person; the one before dies.
///
/// # Errors
/// Without the right to change people, or when there is no such person.
pub fn invite(app: &App, actor: &Actor, id: PersonId) -> Result<Invitation, ActionError> {
    actor.require(Capability::WritePeople)?;
    let secret = hex::encode(app.random::<32>()?);
    let token = format!("{id}{secret}");
    app.write(actor, |tx| {
        rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        let expires_at = tx.now().checked_add(LIFE).map_err(anyhow::Error::new)?;
        let kept = Kept { hash: hash_of(&token), expires_ms: expires_at.as_millisecond() };
        store::setting::set(tx, &setting(id), &serde_json::to_string(&kept).map_err(anyhow::Error::new)?)?;
        Ok(Invitation { path: format!("/invitation/{token}"), token: token.clone(), expires_at })
    })
}

fn find(app: &App, r: &mut store::Reader<'_>, token: &str) -> Result<rows::PersonRow, ActionError> {
    let id: PersonId = token.get(..26).and_then(|id| id.parse().ok()).ok_or(ActionError::NotFound)?;
    let kept = store::setting::get(r, &setting(id))?.ok_or(ActionError::NotFound)?;
    let kept: Kept = serde_json::from_str(&kept).map_err(|_| ActionError::NotFound)?;
    if kept.hash != hash_of(token) || kept.expires_ms < app.now().as_millisecond() {
        return Err(ActionError::NotFound);
    }
    rows::find(r, id)?.filter(|person| person.is_enabled).ok_or(ActionError::NotFound)
}

/// Whom an invitation is for.
///
/// # Errors
/// [`ActionError::NotFound`] when it was used, replaced or is too old.
pub fn invited(app: &App, token: &str) -> Result<Person, ActionError> {
    app.read(|r| find(app, r, token)).map(Person::from)
}

/// Sets the password of the invited person. The invitation is used up and all sessions of the person end.
///
/// # Errors
/// As [`invited`]; when the password cannot be taken (field `new`).
pub fn accept(app: &App, token: &str, password: &str) -> Result<(), ActionError> {
    let person = app.read(|r| find(app, r, token))?;
    check_password(app, &person, password, "new")?;
    let hash = hash(app, password)?;
    let actor = Actor::person(person.id, person.unit, Vec::new());
    app.write(&actor, |tx| {
        find(app, tx, token)?;
        store::setting::set(tx, &setting(person.id), "used")?;
        rows::set_password(tx, person.id, &hash, false)?;
        store::session::delete_of_person(tx, person.id, None)?;
        Ok(())
    })
}
