//! Who is away and who stands in (A8, G4): written down by oneself or by the clerk, shown where work waits, and a person
//! who is away speaks for nobody. A spokesperson without an account can be away too; nobody stands in for them here, the
//! head authorises another (PS-WHO-7).

use std::collections::{BTreeMap, BTreeSet};

use domain::absence::{Colleague, deputy_fault, overlaps};
use domain::access::Capability;
use domain::id::{AbsenceId, PersonId};
use domain::text;
use domain::time::Day;
use store::absence::{self as rows, AbsenceRow};
use store::person::{self, PersonRow};
use store::{Reader, StoreError};

use crate::press::speaker;
use crate::{ActionError, Actor, App, Invalid};

/// Who is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// Somebody with an account.
    Person(PersonId),
    /// A spokesperson without one, by name.
    Speaker(String),
}

/// What is typed about an absence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAbsence {
    /// Who is away; the person themselves when nobody is named.
    pub who: Option<Away>,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
    /// Who stands in.
    pub deputy: Option<PersonId>,
}

/// An absence with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The row.
    pub row: AbsenceRow,
    /// Who is away.
    pub name: String,
    /// Who stands in; empty for nobody.
    pub deputy: String,
    /// Whether this person may end it.
    pub may_end: bool,
}

fn may_end(actor: &Actor, row: &AbsenceRow) -> bool {
    (row.person.is_some() && actor.person == row.person) || actor.may(Capability::TakePress)
}

/// The absences that are not over.
///
/// # Errors
/// Without the right to see the press desk.
pub fn absences(app: &App, actor: &Actor) -> Result<Vec<Absence>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let today = app.today();
    app.read(|r| {
        let people = names(r)?;
        let name = |id| people.get(&id).cloned().unwrap_or_default();
        let shown = |row: AbsenceRow| Absence {
            name: name_of(&people, &row),
            deputy: row.deputy.map(name).unwrap_or_default(),
            may_end: may_end(actor, &row),
            row,
        };
        Ok(rows::since(r, today)?.into_iter().map(shown).collect())
    })
}

fn name_of(people: &BTreeMap<PersonId, String>, row: &AbsenceRow) -> String {
    let name = row.person.and_then(|id| people.get(&id).cloned());
    name.or_else(|| row.speaker.clone()).unwrap_or_default()
}

/// The spokespersons of today or later without an account, by name.
///
/// # Errors
/// Without the right to see the press desk.
pub fn speakers_without_account(app: &App, actor: &Actor) -> Result<Vec<String>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let today = app.today();
    app.read(|r| without_account(r, today))
}

/// Names of the office's register of spokespersons on `day` or later that no account bears.
fn without_account(r: &mut Reader<'_>, day: Day) -> Result<Vec<String>, ActionError> {
    let known: BTreeSet<String> = names(r)?.values().map(|name| text::key(name)).collect();
    let mut found = speaker::named_since(r, day)?;
    found.retain(|name| !known.contains(&text::key(name)));
    Ok(found)
}

fn names(r: &mut Reader<'_>) -> Result<BTreeMap<PersonId, String>, StoreError> {
    Ok(person::all(r)?.into_iter().map(|person| (person.id, person.full_name)).collect())
}

/// The absences of today in which this person stands in.
///
/// # Errors
/// Without the right to see the press desk.
pub fn stands_in(app: &App, actor: &Actor) -> Result<Vec<Absence>, ActionError> {
    let today = app.today();
    let mut found = absences(app, actor)?;
    found.retain(|absence| {
        absence.row.first <= today && absence.row.deputy.is_some() && absence.row.deputy == actor.person
    });
    Ok(found)
}

/// Everybody who can be away, and stand in: enabled accounts with their names.
///
/// # Errors
/// Without the right to see the press desk.
pub fn colleagues(app: &App, actor: &Actor) -> Result<Vec<(PersonId, String)>, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let enabled = person::all(r)?.into_iter().filter(|person| person.is_enabled);
        Ok(enabled.map(|person| (person.id, person.full_name)).collect())
    })
}

fn colleague(person: &PersonRow) -> Colleague<'_> {
    Colleague { id: person.id, unit: person.unit, roles: &person.roles }
}

/// Writes down an absence: one's own, or as the clerk anybody's.
///
/// # Errors
/// Without the right, for days that are missing, over or out of order, days on which the person is away already, a
/// name that is no spokesperson's, a deputy of somebody without an account, or one who may not do the same work or is
/// away as well.
pub fn add_absence(app: &App, actor: &Actor, new: &NewAbsence) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let own = actor.person.map(Away::Person);
    let away = new.who.clone().or(own.clone()).ok_or_else(|| ActionError::invalid("person", "required"))?;
    if own.as_ref() != Some(&away) {
        actor.require(Capability::TakePress)?;
    }
    let today = app.today();
    let mut invalid = Vec::new();
    for (field, day) in [("first", new.first), ("last", new.last)] {
        match day {
            None => invalid.push(Invalid::new(field, "required")),
            Some(day) if day < today => invalid.push(Invalid::new(field, "in_past")),
            Some(_) => {}
        }
    }
    let (Some(first), Some(last)) = (new.first, new.last) else { return Err(ActionError::Invalid(invalid)) };
    if last < first {
        invalid.push(Invalid::new("last", "before_begin"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let known = rows::since(tx, first)?;
        let is_away = |who: &Away| {
            known.iter().any(|row| is_of(row, who) && overlaps((row.first, row.last), (first, last)))
        };
        if is_away(&away) {
            return Err(ActionError::invalid("first", "away_already"));
        }
        if let Some(fault) = deputy_of(tx, &away, new.deputy, is_away)? {
            return Err(ActionError::invalid("deputy", fault));
        }
        let (person, speaker) = match away {
            Away::Person(id) => (Some(id), None),
            Away::Speaker(name) => {
                let named =
                    without_account(tx, first)?.into_iter().find(|own| text::key(own) == text::key(&name));
                (None, Some(named.ok_or_else(|| ActionError::invalid("person", "speaker_not_named"))?))
            }
        };
        let (id, created_by) = (tx.new_id()?, String::new());
        let row = AbsenceRow { id, person, speaker, first, last, deputy: new.deputy, created_by, version: 1 };
        Ok(rows::insert(tx, &row)?)
    })
}

fn is_of(row: &AbsenceRow, who: &Away) -> bool {
    match who {
        Away::Person(id) => row.person == Some(*id),
        Away::Speaker(name) => row.speaker.as_ref().is_some_and(|own| text::key(own) == text::key(name)),
    }
}

/// Why the deputy chosen cannot stand in; nothing when nobody was chosen.
fn deputy_of(
    r: &mut Reader<'_>,
    away: &Away,
    deputy: Option<PersonId>,
    is_away: impl Fn(&Away) -> bool,
) -> Result<Option<&'static str>, ActionError> {
    let Some(deputy) = deputy else { return Ok(None) };
    let Away::Person(away) = away else { return Ok(Some("deputy_of_speaker")) };
    let away = person::find(r, *away)?.ok_or(ActionError::NotFound)?;
    let Some(found) = person::find(r, deputy)?.filter(|found| found.is_enabled) else {
        return Ok(Some("deputy_cannot"));
    };
    let fault = deputy_fault(colleague(&away), colleague(&found));
    Ok(fault.or_else(|| is_away(&Away::Person(deputy)).then_some("deputy_away")))
}

/// Ends an absence: from today on the person is there. One that has not begun is taken away.
///
/// # Errors
/// Without the right, when there is none or it is over, or when it changed meanwhile.
pub fn end_absence(app: &App, actor: &Actor, (id, version): (AbsenceId, i64)) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let today = app.today();
    app.write(actor, |tx| {
        let row = rows::find(tx, id)?.filter(|row| row.last >= today).ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        if !may_end(actor, &row) {
            return Err(ActionError::Forbidden(Capability::TakePress.word()));
        }
        match today.yesterday() {
            Ok(last) if last >= row.first => Ok(rows::end(tx, &row, last)?),
            _ => Ok(rows::cancel(tx, &row)?),
        }
    })
}

/// Who is away on a day, by the key of the name: until when, and who stands in.
pub(crate) fn away_on(
    r: &mut Reader<'_>,
    day: Day,
) -> Result<BTreeMap<String, (Day, Option<String>)>, ActionError> {
    let people = names(r)?;
    let mut away = BTreeMap::new();
    for row in rows::since(r, day)?.into_iter().filter(|row| row.first <= day) {
        let deputy = row.deputy.and_then(|deputy| people.get(&deputy).cloned());
        away.insert(text::key(&name_of(&people, &row)), (row.last, deputy));
    }
    Ok(away)
}
