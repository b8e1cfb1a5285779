//! What must be published (`domain::duty`), and what shows that it was: proofs stand in settings, one for each duty,
//! so that each change is in the ledger.

use domain::access::Capability;
use domain::deadline::Deadline;
use domain::duty::{self, Duty, Evidence, Standing};
use domain::id::PublicationId;
use domain::time::Day;
use store::public_item::{self, PublicItem};

use crate::{ActionError, Actor, App, Invalid, rules};

/// A duty as it stands.
#[derive(Debug, Clone)]
pub struct View {
    /// What must be published.
    pub duty: &'static Duty,
    /// The period it is owed for now.
    pub period: String,
    /// Where it stands.
    pub standing: Standing,
    /// What somebody said shows it.
    pub evidence: Option<Evidence>,
    /// The last day of the term and how it was counted; none without a rule or without the day it starts.
    pub term: Option<Deadline>,
    /// The public item that shows it; none while it is not public, or not any more.
    pub item: Option<PublicItem>,
}

/// What is typed as proof.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// When the information came about; may be empty.
    pub created_on: String,
    /// The address of the public item, or its id; empty to take the proof away.
    pub item: String,
}

fn key(duty: &Duty) -> String {
    format!("duty.{}", duty.id)
}

fn proofs(r: &mut store::Reader<'_>, duty: &Duty) -> Result<Vec<Evidence>, ActionError> {
    let stored = store::setting::get(r, &key(duty))?.unwrap_or_else(|| "[]".to_owned());
    serde_json::from_str(&stored).map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

/// The duties owed today, those that are late first.
///
/// # Errors
/// Without the right to see what is written for the public.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<View>, ActionError> {
    actor.require(Capability::ReadPublications)?;
    let today = app.today();
    let policy = rules::policy(app)?;
    let mut views = app.read(|r| {
        let owed = duty::shipped().iter().filter(|duty| duty.is_owed(today));
        owed.map(|duty| view(r, duty, today, &policy)).collect::<Result<Vec<_>, _>>()
    })?;
    views.sort_by_key(|view| view.standing);
    Ok(views)
}

fn view(
    r: &mut store::Reader<'_>,
    duty: &'static Duty,
    today: Day,
    policy: &rules::Policy,
) -> Result<View, ActionError> {
    let period = duty.renew.period(today);
    let evidence = proofs(r, duty)?.into_iter().find(|proof| proof.period == period);
    let item = match evidence.as_ref().and_then(|proof| proof.item.parse::<PublicationId>().ok()) {
        Some(id) => public_item::find(r, id)?,
        None => None,
    };
    let item = item.filter(|found| found.withdrawn.is_none() && found.item.posted_on <= today);
    let created = evidence.as_ref().and_then(|proof| proof.created_on);
    let term = created.and_then(|day| duty::term(duty, day, &policy.law, &policy.calendar));
    let due = term.as_ref().map(|term| term.due.day());
    let standing = duty::standing(due, item.as_ref().map(|found| found.item.posted_on), today);
    Ok(View { duty, period, standing, evidence, term, item })
}

/// One duty.
///
/// # Errors
/// Without the right, or when it is not owed today.
pub fn show(app: &App, actor: &Actor, id: &str) -> Result<View, ActionError> {
    let views = list(app, actor)?;
    views.into_iter().find(|view| view.duty.id == id).ok_or(ActionError::NotFound)
}

/// Notes what shows that a duty was done in its present period.
///
/// # Errors
/// Without the right to write for the public; for a day that is none or lies ahead; for an address that leads to
/// nothing public.
pub fn prove(app: &App, actor: &Actor, id: &str, typed: &Typed) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    let view = show(app, actor, id)?;
    let today = app.today();
    let mut invalid = Vec::new();
    let created_on = match typed.created_on.trim() {
        "" => None,
        text => {
            let day = rules::read_day(text);
            match day {
                None => invalid.push(Invalid::new("created_on", "not_a_day").with("value", text)),
                Some(day) if day > today => invalid.push(Invalid::new("created_on", "in_the_future")),
                Some(_) => {}
            }
            day
        }
    };
    let item = match typed.item.trim() {
        "" => String::new(),
        text => match public_at(app, text)? {
            Some(id) => id.to_string(),
            None => {
                invalid.push(Invalid::new("item", "not_public").with("value", text));
                String::new()
            }
        },
    };
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let mut proofs = proofs(tx, view.duty)?;
        proofs.retain(|proof| proof.period != view.period);
        if created_on.is_some() || !item.is_empty() {
            proofs.push(Evidence { period: view.period.clone(), created_on, item });
        }
        let text = serde_json::to_string(&proofs).map_err(anyhow::Error::new)?;
        Ok(store::setting::set(tx, &key(view.duty), &text)?)
    })
}

/// The public item an address leads to: the id is the end of the path.
fn public_at(app: &App, address: &str) -> Result<Option<PublicationId>, ActionError> {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let tail: String = path.chars().rev().take(26).collect::<Vec<_>>().into_iter().rev().collect();
    let Ok(id) = tail.parse::<PublicationId>() else { return Ok(None) };
    match crate::public::item(app, id) {
        Ok(found) => Ok(found.withdrawn.is_none().then_some(id)),
        Err(ActionError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
