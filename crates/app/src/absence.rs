//! Who is away and who stands in (A8, G4): written down by oneself or by the clerk, shown where work waits, and a person
//! who is away speaks for nobody.

use std::collections::BTreeMap;

use domain::absence::{Colleague, deputy_fault, overlaps};
use domain::access::Capability;
use domain::id::{AbsenceId, PersonId};
use domain::text;
use domain::time::Day;
use store::absence::{self as rows, AbsenceRow};
use store::person::{self, PersonRow};
use store::{Reader, StoreError};

use crate::{ActionError, Actor, App, Invalid};

/// What is typed about an absence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAbsence {
    /// Who is away; the person themselves when absent.
    pub person: Option<PersonId>,
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
    actor.person == Some(row.person) || actor.may(Capability::TakePress)
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
            name: name(row.person),
            deputy: row.deputy.map(name).unwrap_or_default(),
            may_end: may_end(actor, &row),
            row,
        };
        Ok(rows::since(r, today)?.into_iter().map(shown).collect())
    })
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
/// Without the right, for days that are missing, over or out of order, days on which the person is away already, or a
/// deputy who may not do the same work or is away as well.
pub fn add_absence(app: &App, actor: &Actor, new: &NewAbsence) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let person = new.person.or(actor.person).ok_or_else(|| ActionError::invalid("person", "required"))?;
    if actor.person != Some(person) {
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
        let away = person::find(tx, person)?.ok_or(ActionError::NotFound)?;
        let known = rows::since(tx, first)?;
        let is_away =
            |id| known.iter().any(|row| row.person == id && overlaps((row.first, row.last), (first, last)));
        if is_away(person) {
            return Err(ActionError::invalid("first", "away_already"));
        }
        if let Some(deputy) = new.deputy {
            let found = person::find(tx, deputy)?.filter(|found| found.is_enabled);
            let found = found.ok_or_else(|| ActionError::invalid("deputy", "deputy_cannot"))?;
            let fault = deputy_fault(colleague(&away), colleague(&found));
            if let Some(code) = fault.or_else(|| is_away(deputy).then_some("deputy_away")) {
                return Err(ActionError::Invalid(vec![Invalid::new("deputy", code)]));
            }
        }
        let (id, created_by) = (tx.new_id()?, String::new());
        let row = AbsenceRow { id, person, first, last, deputy: new.deputy, created_by, version: 1 };
        Ok(rows::insert(tx, &row)?)
    })
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
        if let Some(name) = people.get(&row.person) {
            let deputy = row.deputy.and_then(|deputy| people.get(&deputy).cloned());
            away.insert(text::key(name), (row.last, deputy));
        }
    }
    Ok(away)
}
