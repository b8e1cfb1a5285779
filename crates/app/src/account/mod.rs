//! People: signing in, sessions, second factors, invitations, rights.
//!
//! Invariants:
//! - a wrong account, a wrong password and a wrong code are one answer, and take the same time;
//! - no person sets another's password: an invitation lets the person do it, once, within an hour;
//! - the last administrator stays, and nobody changes the own rights.

mod factor;
mod invitation;
pub(crate) mod limits;
mod password;
mod session;
mod tries;

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{self, Capability, Role};
use domain::id::{PersonId, UnitId};
use domain::text;
use domain::time::Timestamp;
use store::person::{self as rows, PersonRow};

pub use factor::RECOVERY_CODES;
pub use invitation::{Invitation, accept as accept_invitation, invite, invited};
pub use password::{LENGTH_MAX, LENGTH_WITH_FACTOR, LENGTH_WITHOUT_FACTOR};
pub use session::{
    Enrolment, Session, SessionView, SignIn, SignedIn, begin_factor, change_password, confirm_factor,
    end_session, prove, remove_factor, session, sessions, sign_in, sign_out,
};

use crate::{ActionError, Actor, App, Invalid};

/// A person of the office, without what proves the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// What it signs in as.
    pub account: String,
    /// *Họ và tên*.
    pub full_name: String,
    /// *Chức vụ*.
    pub title: String,
    /// Where letters of this program go; empty for nowhere.
    pub email: String,
    /// Where it works.
    pub unit: Option<UnitId>,
    /// What it is.
    pub roles: Vec<Role>,
    /// Whether it may sign in.
    pub is_enabled: bool,
    /// Whether it has a second factor.
    pub has_factor: bool,
    /// When it last signed in.
    pub last_seen_at: Option<Timestamp>,
    /// Version for editing.
    pub version: i64,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Person {
        Person {
            id: row.id,
            account: row.account,
            full_name: row.full_name,
            title: row.title,
            email: row.email,
            unit: row.unit,
            roles: row.roles,
            is_enabled: row.is_enabled,
            has_factor: row.has_second_factor,
            last_seen_at: row.last_seen_at,
            version: row.version,
        }
    }
}

/// What is asked of a person when it is added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// What it signs in as.
    pub account: String,
    /// *Họ và tên*.
    pub full_name: String,
    /// *Chức vụ*.
    pub title: String,
    /// Where letters of this program go; empty for nowhere.
    pub email: String,
    /// Where it works.
    pub unit: Option<UnitId>,
    /// What it is.
    pub roles: Vec<Role>,
}

impl NewPerson {
    /// The checked form.
    fn check(&self) -> Result<NewPerson, ActionError> {
        let checked = NewPerson {
            account: text::clean_line(&self.account).to_lowercase(),
            full_name: text::clean_line(&self.full_name),
            title: text::clean_line(&self.title),
            email: text::clean_line(&self.email),
            unit: self.unit,
            roles: self.roles.clone(),
        };
        let mut invalid = Vec::new();
        let is_account = |text: &str| {
            (2..=40).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte))
        };
        if !is_account(&checked.account) {
            // Only plain letters: no look-alike of another account (ACC-04).
            invalid.push(Invalid::new("account", "not_an_account"));
        }
        if checked.full_name.is_empty() || checked.full_name.chars().count() > 50 {
            invalid.push(Invalid::new("full_name", "required"));
        }
        if !checked.email.is_empty() && !post::is_address(&checked.email) {
            invalid.push(Invalid::new("email", "not_an_address"));
        }
        if checked.roles.is_empty() {
            invalid.push(Invalid::new("roles", "required"));
        }
        if invalid.is_empty() { Ok(checked) } else { Err(ActionError::Invalid(invalid)) }
    }
}

/// All people.
///
/// # Errors
/// Without the right to change people.
pub fn people(app: &App, actor: &Actor) -> Result<Vec<Person>, ActionError> {
    actor.require(Capability::WritePeople)?;
    app.read(|r| Ok(rows::all(r)?.into_iter().map(Person::from).collect()))
}

/// One person.
///
/// # Errors
/// Without the right to change people, or when there is none.
pub fn person(app: &App, actor: &Actor, id: PersonId) -> Result<Person, ActionError> {
    actor.require(Capability::WritePeople)?;
    app.read(|r| rows::find(r, id)?.map(Person::from).ok_or(ActionError::NotFound))
}

/// Adds a person, who gets an invitation to set a password.
///
/// # Errors
/// Without the right, or when the account is taken or malformed.
pub fn add_person(app: &App, actor: &Actor, new: &NewPerson) -> Result<(PersonId, Invitation), ActionError> {
    actor.require(Capability::WritePeople)?;
    let new = new.check()?;
    let id = app.write(actor, |tx| insert(tx, &new, None))?;
    Ok((id, invite(app, actor, id)?))
}

/// Adds a person with a password at once: for the example installation.
pub(crate) fn add_with_password(
    app: &App,
    actor: &Actor,
    new: &NewPerson,
    password: &str,
) -> Result<PersonId, ActionError> {
    let new = new.check()?;
    let hash = hash(app, password)?;
    app.write(actor, |tx| insert(tx, &new, Some(hash)))
}

fn insert(tx: &mut store::Tx<'_>, new: &NewPerson, hash: Option<String>) -> Result<PersonId, ActionError> {
    if rows::find_by_account(tx, &new.account)?.is_some() {
        return Err(ActionError::invalid("account", "exists_already"));
    }
    let row = PersonRow {
        id: tx.new_id()?,
        account: new.account.clone(),
        full_name: new.full_name.clone(),
        title: new.title.clone(),
        email: new.email.clone(),
        unit: new.unit,
        roles: new.roles.clone(),
        is_enabled: true,
        must_change_password: false,
        has_second_factor: false,
        created_at: tx.now(),
        last_seen_at: None,
        version: 1,
    };
    rows::insert(tx, &row, &rows::Credentials { password_hash: hash, totp_secret: None })?;
    Ok(row.id)
}

/// Changes a person, from the version the editor saw. Disabling ends the person's sessions at once.
///
/// # Errors
/// Without the right; when it would take away the last administrator, or change one's own rights (AZ-A07).
pub fn change_person(
    app: &App,
    actor: &Actor,
    (id, version): (PersonId, i64),
    change: &NewPerson,
    is_enabled: bool,
) -> Result<(), ActionError> {
    actor.require(Capability::WritePeople)?;
    let change = change.check()?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let other = rows::find_by_account(tx, &change.account)?;
        if other.is_some_and(|other| other.id != id) {
            return Err(ActionError::invalid("account", "exists_already"));
        }
        let was = row.is_enabled && row.roles.contains(&Role::Administrator);
        let stays = is_enabled && change.roles.contains(&Role::Administrator);
        if was && !stays && rows::count_enabled(tx, Role::Administrator)? <= 1 {
            return Err(ActionError::Refused("last_administrator"));
        }
        let roles = |roles: &[Role]| roles.iter().copied().collect::<BTreeSet<Role>>();
        let same_rights = row.is_enabled == is_enabled && roles(&row.roles) == roles(&change.roles);
        if actor.person == Some(id) && !same_rights {
            tracing::warn!(target: "security", event = "own_rights_refused", person = %id, "own rights refused");
            return Err(ActionError::Refused("own_rights"));
        }
        row.account.clone_from(&change.account);
        row.full_name.clone_from(&change.full_name);
        row.title.clone_from(&change.title);
        row.email.clone_from(&change.email);
        row.unit = change.unit;
        row.roles.clone_from(&change.roles);
        row.is_enabled = is_enabled;
        rows::update(tx, &row)?;
        if !is_enabled {
            store::session::delete_of_person(tx, id, None)?;
        }
        Ok(())
    })
}

/// The names of people and of the actors that are none, by the word the ledger keeps.
pub(crate) fn names(r: &mut store::Reader<'_>) -> Result<BTreeMap<String, String>, ActionError> {
    Ok(rows::all(r)?.into_iter().map(|row| (row.id.to_string(), row.full_name)).collect())
}

/// Units of which somebody has an account with which to answer.
pub(crate) fn units_that_answer(r: &mut store::Reader<'_>) -> Result<BTreeSet<UnitId>, ActionError> {
    let people = rows::all(r)?.into_iter().filter(|person| person.is_enabled);
    let answers = people.filter(|person| access::may(&person.roles, Capability::DraftPress));
    Ok(answers.filter_map(|person| person.unit).collect())
}

pub(crate) fn hash(app: &App, password: &str) -> Result<String, ActionError> {
    let salt = app.random()?;
    password::hash(password, salt).map_err(|error| ActionError::Internal(anyhow::anyhow!("{error}")))
}

/// The words a password may not be made of: the person's own and the office's.
fn words_of(app: &App, person: &PersonRow) -> Vec<String> {
    let mut words = vec![person.account.clone(), person.full_name.clone(), person.title.clone()];
    if let Ok(office) = crate::office::office(app) {
        words.extend([office.names.place, office.names.name, office.names.short]);
    }
    words
}

/// Checks a new password for a person.
fn check_password(app: &App, person: &PersonRow, new: &str, field: &str) -> Result<(), ActionError> {
    let words = words_of(app, person);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    password::check_new(new, person.has_second_factor, &words).map_err(|bad| {
        let least = if person.has_second_factor { LENGTH_WITH_FACTOR } else { LENGTH_WITHOUT_FACTOR };
        ActionError::Invalid(vec![
            Invalid::new(field, bad.code()).with("least", least).with("most", LENGTH_MAX),
        ])
    })
}
