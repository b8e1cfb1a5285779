//! Signing in and what follows from it. Every event is in the security log (target `security`), without secrets.

use std::net::IpAddr;

use domain::id::PersonId;
use domain::time::Timestamp;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use store::person::{self as rows, PersonRow};
use store::session::{self as session_rows, SessionRow};

use super::tries::Tries;
use super::{Person, check_password, factor, hash, limits, password};
use crate::secret::NONCE;
use crate::{ActionError, Actor, App, mail};

/// What was typed to sign in.
#[derive(Clone)]
pub struct SignIn {
    /// The account.
    pub account: String,
    /// The password.
    pub password: String,
    /// The code of the second factor, or a recovery code.
    pub code: Option<String>,
    /// Where it comes from.
    pub network: IpAddr,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// Signed in; the token goes into the cookie and nowhere else.
    Done {
        /// The session token.
        token: String,
        /// Whether the person must set a password first.
        must_change_password: bool,
    },
    /// The password is right; a code is asked for.
    NeedsCode,
}

/// A session that is alive.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose it is.
    pub person: Person,
    /// The person with the roles of this moment.
    pub actor: Actor,
    /// Names the session without giving it away.
    pub token_hash: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Whether the password was given within the last five minutes.
    pub is_proved: bool,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Names it.
    pub token_hash: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

const FAILED: ActionError = ActionError::Refused("sign_in_failed");

fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Signs a person in.
///
/// # Errors
/// [`ActionError::Refused`] `sign_in_failed` for every wrong combination alike; [`ActionError::TooMany`].
pub fn sign_in(app: &App, form: &SignIn) -> Result<SignedIn, ActionError> {
    if form.password.chars().count() > password::LENGTH_MAX * 4 {
        return Err(FAILED);
    }
    let account = domain::text::fold(&form.account);
    let tries = Tries::of_sign_in(&account, form.network);
    app.read(|r| tries.check(r, app.now()))?;
    let found = app.read(|r| {
        let person = rows::find_by_account(r, &form.account)?.filter(|person| person.is_enabled);
        match person {
            Some(person) => Ok(rows::credentials(r, person.id)?.map(|credentials| (person, credentials))),
            None => Ok(None),
        }
    })?;
    let known = found.as_ref().map(|(person, _)| person.id.to_string());
    let stored = found.as_ref().and_then(|(_, credentials)| credentials.password_hash.clone());
    let is_known = stored.is_some();
    let against = match stored {
        Some(stored) => stored,
        // The time a known account would take (AUTH-12).
        None => password::decoy(app.random()?).map_err(|error| anyhow::anyhow!("{error}"))?,
    };
    let matches = password::matches(&form.password, &against) && is_known;
    let Some((person, credentials)) = found.filter(|_| matches) else {
        return fail(app, &tries, known.as_deref());
    };
    if let Some(sealed) = &credentials.totp_secret {
        let Some(code) = form.code.as_deref().filter(|code| !code.trim().is_empty()) else {
            return Ok(SignedIn::NeedsCode);
        };
        if !use_code(app, person.id, sealed, code)? {
            return fail(app, &tries, known.as_deref());
        }
    }
    begin(app, &person, form, &tries)
}

/// An unknown account is not logged: people type passwords into that field (LOG-04).
fn fail(app: &App, tries: &Tries, known: Option<&str>) -> Result<SignedIn, ActionError> {
    tracing::warn!(target: "security", event = "sign_in_failed", person = known, "sign-in failed");
    tries.failed(app)?;
    Err(FAILED)
}

fn begin(app: &App, person: &PersonRow, form: &SignIn, tries: &Tries) -> Result<SignedIn, ActionError> {
    let token = hex::encode(app.random::<32>()?);
    let actor = Actor::person(person.id, person.unit, person.roles.clone());
    app.write(&actor, |tx| {
        let now = tx.now();
        tries.passed(tx)?;
        let open = session_rows::of_person(tx, person.id)?;
        for old in open.iter().skip(limits::SESSIONS - 1) {
            session_rows::delete(tx, &old.token_hash)?;
        }
        rows::note_seen(tx, person.id)?;
        let user_agent = domain::text::clean_line(&form.user_agent).chars().take(200).collect();
        let row = SessionRow {
            token_hash: hash_of(&token),
            person: person.id,
            created_at: now,
            seen_at: now,
            proved_at: Some(now),
            user_agent,
        };
        session_rows::insert(tx, &row)?;
        Ok(())
    })?;
    tracing::info!(target: "security", event = "signed_in", person = %person.id, "signed in");
    Ok(SignedIn::Done { token, must_change_password: person.must_change_password })
}

fn context(person: PersonId) -> String {
    format!("totp:{person}")
}

/// Whether a code is right and was not used before; uses it up.
fn use_code(app: &App, person: PersonId, sealed: &[u8], code: &str) -> Result<bool, ActionError> {
    let seed = app
        .key()
        .open_sealed(sealed, &context(person))
        .ok_or_else(|| anyhow::anyhow!("the second factor of {person} cannot be opened with this key"))?;
    let step = factor::step_of(&seed, code, app.now());
    let recovery = factor::recovery_hash(code);
    let step_key = format!("factor_step.{person}");
    let codes_key = format!("recovery_codes.{person}");
    app.write(&Actor::system(), |tx| {
        if let Some(step) = step {
            let last = store::setting::get(tx, &step_key)?.and_then(|last| last.parse::<i64>().ok());
            if last.is_some_and(|last| step <= last) {
                return Ok(false);
            }
            store::setting::set(tx, &step_key, &step.to_string())?;
            return Ok(true);
        }
        let kept = store::setting::get(tx, &codes_key)?.unwrap_or_else(|| "[]".to_owned());
        let mut codes: Vec<String> = serde_json::from_str(&kept).unwrap_or_default();
        let before = codes.len();
        codes.retain(|code| *code != recovery);
        if codes.len() == before {
            return Ok(false);
        }
        store::setting::set(tx, &codes_key, &serde_json::to_string(&codes).map_err(anyhow::Error::new)?)?;
        Ok(true)
    })
}

/// The session a token belongs to, when it is alive; one that is not ends.
///
/// # Errors
/// When the database fails.
pub fn session(app: &App, token: &str) -> Result<Option<Session>, ActionError> {
    let token_hash = hash_of(token);
    let now = app.now();
    let found = app.read(|r| {
        let Some(row) = session_rows::find(r, &token_hash)? else { return Ok(None) };
        Ok(rows::find(r, row.person)?.map(|person| (row, person)))
    })?;
    let Some((row, person)) = found else { return Ok(None) };
    if !person.is_enabled || !limits::is_alive(row.created_at, row.seen_at, now) {
        app.write(&Actor::system(), |tx| Ok(session_rows::delete(tx, &token_hash)?))?;
        return Ok(None);
    }
    if now.duration_since(row.seen_at) > SignedDuration::from_mins(1) {
        app.write(&Actor::system(), |tx| Ok(session_rows::touch(tx, &token_hash)?))?;
    }
    Ok(Some(Session {
        actor: Actor::person(person.id, person.unit, person.roles.clone()),
        person: Person::from(person),
        token_hash,
        created_at: row.created_at,
        is_proved: limits::is_proved(row.proved_at, now),
    }))
}

/// Ends the session of a token.
///
/// # Errors
/// When the database fails.
pub fn sign_out(app: &App, token: &str) -> Result<(), ActionError> {
    tracing::info!(target: "security", event = "signed_out", "signed out");
    app.write(&Actor::system(), |tx| Ok(session_rows::delete(tx, &hash_of(token))?))
}

/// Proves the person again: the password, and the code when there is a second factor. Acts of administration ask
/// for a proof not older than five minutes.
///
/// # Errors
/// [`ActionError::Refused`] `sign_in_failed`; [`ActionError::TooMany`].
pub fn prove(app: &App, session: &Session, password: &str, code: Option<&str>) -> Result<(), ActionError> {
    check_proof(app, session, password, code)?;
    app.write(&session.actor, |tx| Ok(session_rows::prove(tx, &session.token_hash)?))
}

fn check_proof(app: &App, session: &Session, password: &str, code: Option<&str>) -> Result<(), ActionError> {
    let tries = Tries::of_proof(session.person.id);
    app.read(|r| tries.check(r, app.now()))?;
    let credentials =
        app.read(|r| Ok(rows::credentials(r, session.person.id)?))?.ok_or(ActionError::NotFound)?;
    let right = credentials.password_hash.as_deref().is_some_and(|hash| password::matches(password, hash));
    let right = right
        && match &credentials.totp_secret {
            Some(sealed) => use_code(app, session.person.id, sealed, code.unwrap_or(""))?,
            None => true,
        };
    if right {
        return app.write(&session.actor, |tx| tries.passed(tx));
    }
    tracing::warn!(target: "security", event = "proof_failed", person = %session.person.id, "proof failed");
    tries.failed(app)?;
    Err(FAILED)
}

/// Changes the own password; the other sessions end.
///
/// # Errors
/// When the old one is wrong (field `old`) or the new one cannot be taken (field `new`); [`ActionError::TooMany`].
pub fn change_password(app: &App, session: &Session, old: &str, new: &str) -> Result<(), ActionError> {
    let tries = Tries::of_proof(session.person.id);
    let (person, credentials) = app.read(|r| {
        tries.check(r, app.now())?;
        let person = rows::find(r, session.person.id)?.ok_or(ActionError::NotFound)?;
        let credentials = rows::credentials(r, session.person.id)?.ok_or(ActionError::NotFound)?;
        Ok((person, credentials))
    })?;
    if !credentials.password_hash.as_deref().is_some_and(|hash| password::matches(old, hash)) {
        tries.failed(app)?;
        return Err(ActionError::invalid("old", "password_wrong"));
    }
    check_password(app, &person, new, "new")?;
    let hash = hash(app, new)?;
    tracing::info!(target: "security", event = "password_changed", person = %person.id, "password changed");
    app.write(&session.actor, |tx| {
        tries.passed(tx)?;
        rows::set_password(tx, person.id, &hash, false)?;
        mail::password_changed(tx, person.id)?;
        session_rows::delete_of_person(tx, person.id, Some(&session.token_hash))?;
        Ok(())
    })
}

/// The sessions of the person.
///
/// # Errors
/// When the database fails.
pub fn sessions(app: &App, session: &Session) -> Result<Vec<SessionView>, ActionError> {
    let rows = app.read(|r| Ok(session_rows::of_person(r, session.person.id)?))?;
    let view = |row: SessionRow| SessionView {
        is_this: row.token_hash == session.token_hash,
        token_hash: row.token_hash,
        created_at: row.created_at,
        seen_at: row.seen_at,
        user_agent: row.user_agent,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one of the own sessions.
///
/// # Errors
/// When it is not the person's.
pub fn end_session(app: &App, session: &Session, token_hash: &str) -> Result<(), ActionError> {
    app.write(&session.actor, |tx| {
        let own = session_rows::of_person(tx, session.person.id)?;
        if !own.iter().any(|row| row.token_hash == token_hash) {
            return Err(ActionError::NotFound);
        }
        Ok(session_rows::delete(tx, token_hash)?)
    })
}

/// What an authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// `otpauth://…`, for the QR code.
    pub url: String,
    /// The seed in Base32, for typing by hand.
    pub secret_base32: String,
}

fn pending(person: PersonId) -> String {
    format!("factor_pending.{person}")
}

/// Begins to set up a second factor; [`confirm_factor`] ends it.
///
/// # Errors
/// When there is one already.
pub fn begin_factor(app: &App, session: &Session) -> Result<Enrolment, ActionError> {
    if session.person.has_factor {
        return Err(ActionError::Refused("factor_exists"));
    }
    let seed: [u8; 20] = app.random()?;
    let nonce: [u8; NONCE] = app.random()?;
    let context = format!("pending:{}", session.person.id);
    let sealed = app.key().seal(&seed, &context, nonce).ok_or_else(|| anyhow::anyhow!("sealing failed"))?;
    let (url, secret_base32) = factor::enrolment(&seed, &session.person.account, "Phát Ngôn")
        .ok_or_else(|| anyhow::anyhow!("no address for the authenticator"))?;
    app.write(&session.actor, |tx| {
        Ok(store::setting::set(tx, &pending(session.person.id), &hex::encode(&sealed))?)
    })?;
    Ok(Enrolment { url, secret_base32 })
}

/// Ends the set-up with a first code; gives the recovery codes, once.
///
/// # Errors
/// When the code is wrong (field `code`) or no set-up was begun.
pub fn confirm_factor(app: &App, session: &Session, code: &str) -> Result<Vec<String>, ActionError> {
    let person = session.person.id;
    let sealed = app.read(|r| Ok(store::setting::get(r, &pending(person))?))?;
    let sealed = sealed.and_then(|text| hex::decode(text).ok()).ok_or(ActionError::NotFound)?;
    let seed = app.key().open_sealed(&sealed, &format!("pending:{person}")).ok_or(ActionError::NotFound)?;
    let Some(step) = factor::step_of(&seed, code, app.now()) else {
        return Err(ActionError::invalid("code", "code_wrong"));
    };
    let mut random = [[0; 10]; factor::RECOVERY_CODES];
    for bytes in &mut random {
        *bytes = app.random()?;
    }
    let codes = factor::recovery_codes(random);
    let kept: Vec<&String> = codes.iter().map(|(_, stored)| stored).collect();
    let kept = serde_json::to_string(&kept).map_err(anyhow::Error::new)?;
    let nonce: [u8; NONCE] = app.random()?;
    let sealed =
        app.key().seal(&seed, &context(person), nonce).ok_or_else(|| anyhow::anyhow!("sealing failed"))?;
    tracing::info!(target: "security", event = "factor_added", %person, "second factor added");
    app.write(&session.actor, |tx| {
        rows::set_second_factor(tx, person, Some(&sealed))?;
        mail::factor_changed(tx, person, true)?;
        store::setting::set(tx, &format!("recovery_codes.{person}"), &kept)?;
        store::setting::set(tx, &format!("factor_step.{person}"), &step.to_string())?;
        store::setting::set(tx, &pending(person), "done")?;
        session_rows::delete_of_person(tx, person, Some(&session.token_hash))?;
        Ok(())
    })?;
    Ok(codes.into_iter().map(|(shown, _)| shown).collect())
}

/// Takes the second factor away; asks for password and code again (AUTH-A09).
///
/// # Errors
/// As [`prove`].
pub fn remove_factor(app: &App, session: &Session, password: &str, code: &str) -> Result<(), ActionError> {
    check_proof(app, session, password, Some(code))?;
    let person = session.person.id;
    tracing::warn!(target: "security", event = "factor_removed", %person, "second factor removed");
    app.write(&session.actor, |tx| {
        rows::set_second_factor(tx, person, None)?;
        mail::factor_changed(tx, person, false)?;
        store::setting::set(tx, &format!("recovery_codes.{person}"), "[]")?;
        session_rows::delete_of_person(tx, person, Some(&session.token_hash))?;
        Ok(())
    })
}
