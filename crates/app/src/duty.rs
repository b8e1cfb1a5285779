//! What must be published (`domain::duty`), and what shows that it was: proofs stand in settings, one for each duty,
//! so that each change is in the ledger. The list is the one shipped with the rows of the office laid over it; those
//! stand among the dated rules under ids of their own and are added, never edited, as those are.

use domain::access::Capability;
use domain::deadline::Deadline;
use domain::duty::{self, Duty, Evidence, Standing};
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::text;
use domain::time::{self, Day};
use store::public_item::{self, PublicItem};

use crate::{ActionError, Actor, App, Invalid, rules};

/// Rows of the office stand among the rules under ids that begin so.
pub(crate) const DUTY: &str = "duty:";
/// Letters a text of a row may have.
const LONGEST: usize = 500;

/// A duty as it stands.
#[derive(Debug, Clone)]
pub struct View {
    /// What must be published.
    pub duty: Duty,
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
        let owed = all(r)?.into_iter().filter(|duty| duty.is_owed(today));
        owed.map(|duty| view(r, duty, today, &policy)).collect::<Result<Vec<_>, _>>()
    })?;
    views.sort_by_key(|view| view.standing);
    Ok(views)
}

fn view(
    r: &mut store::Reader<'_>,
    duty: Duty,
    today: Day,
    policy: &rules::Policy,
) -> Result<View, ActionError> {
    let period = duty.renew.period(today);
    let evidence = proofs(r, &duty)?.into_iter().find(|proof| proof.period == period);
    let item = match evidence.as_ref().and_then(|proof| proof.item.parse::<PublicationId>().ok()) {
        Some(id) => public_item::find(r, id)?,
        None => None,
    };
    let item = item.filter(|found| found.withdrawn.is_none() && found.item.posted_on <= today);
    let created = evidence.as_ref().and_then(|proof| proof.created_on);
    let term = created.and_then(|day| duty::term(&duty, day, &policy.law, &policy.calendar));
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
        let mut proofs = proofs(tx, &view.duty)?;
        proofs.retain(|proof| proof.period != view.period);
        if created_on.is_some() || !item.is_empty() {
            proofs.push(Evidence { period: view.period.clone(), created_on, item });
        }
        let text = serde_json::to_string(&proofs).map_err(anyhow::Error::new)?;
        Ok(store::setting::set(tx, &key(&view.duty), &text)?)
    })
}

/// Every row there is, by id and first day.
fn all(r: &mut store::Reader<'_>) -> Result<Vec<Duty>, ActionError> {
    let rows = store::rule::all(r)?.into_iter().filter(|row| row.id.starts_with(DUTY));
    let own = rows.map(|row| serde_json::from_str(&row.body)).collect::<Result<Vec<Duty>, _>>();
    Ok(duty::laid_over(duty::shipped(), &own.map_err(anyhow::Error::new)?))
}

/// Every row of every duty, by id and first day.
///
/// # Errors
/// Without the right to see reports and what they go by.
pub fn rows(app: &App, actor: &Actor) -> Result<Vec<Duty>, ActionError> {
    actor.require(Capability::ReadReports)?;
    app.read(all)
}

/// Stands for the rows of a duty as somebody saw them; changes with each new or ended row. Empty for no row.
pub fn mark<'a>(rows: impl IntoIterator<Item = &'a Duty>) -> String {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = |row: &Duty| format!("{}/{}", row.valid_from, day(row.valid_to));
    rows.into_iter().map(of).collect::<Vec<_>>().join(" ")
}

/// Adds a dated row of a duty. The row it follows ends the day before. `seen` is the [`mark`] of the rows the person
/// had before the eyes.
///
/// # Errors
/// Without the right; fields that cannot be taken; [`ActionError::Stale`] when the rows changed meanwhile; when it does
/// not fit among the rows that exist.
pub fn add(app: &App, actor: &Actor, duty: &Duty, seen: &str) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    let duty = Duty { valid_to: duty.valid_to, ended_by: String::new(), ..cleaned(duty) };
    let policy = rules::policy(app)?;
    let mut invalid = faults(&duty);
    if let Some(rule) = &duty.rule {
        let known = policy.law.rule_at(rule, duty.valid_from);
        invalid.extend(known.err().map(|problem| match problem {
            domain::law::NoRule::Unknown(_) => Invalid::new("rule", "no_such_rule"),
            domain::law::NoRule::NotInForce(_, _) => Invalid::new("rule", "not_in_force"),
        }));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let rows = of(tx, &duty.id)?;
        if seen.is_empty() && !rows.is_empty() {
            return Err(ActionError::invalid("id", "exists_already"));
        }
        is_as_seen(&rows, seen)?;
        if rows.iter().any(|row| row.valid_from == duty.valid_from) {
            return Err(ActionError::invalid("valid_from", "exists_already"));
        }
        let before = rows.iter().find(|row| row.valid_from < duty.valid_from && row.overlaps(&duty));
        let others =
            rows.iter().filter(|row| before.is_none_or(|before| before.valid_from != row.valid_from));
        if others.into_iter().any(|row| row.overlaps(&duty)) {
            return Err(ActionError::invalid("valid_from", "overlaps"));
        }
        if let Some(before) = before {
            let last = duty.valid_from.yesterday().map_err(anyhow::Error::new)?;
            let ended = Duty { valid_to: Some(last), ..before.clone() };
            // A shipped row that the office did not touch ends by what is laid over it.
            if version(tx, before)? > 0 {
                save(tx, &ended)?;
            }
        }
        save(tx, &duty)
    })
}

/// What ends a duty, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Its last day.
    pub last: Day,
    /// *Căn cứ.*
    pub basis: String,
    /// Where that was read.
    pub source: String,
}

/// Ends the last row of a duty; nothing follows it. `seen` as for [`add`].
///
/// # Errors
/// Without the right; without basis or source; for a day before the row begins or not before the day it ends already;
/// [`ActionError::Stale`] when the rows changed meanwhile.
pub fn end(app: &App, actor: &Actor, id: &str, ending: &Ending, seen: &str) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    let (basis, source) = (text::clean_line(&ending.basis), text::clean_line(&ending.source));
    let invalid = text_faults(&[("basis", &basis), ("source", &source)]);
    app.write(actor, |tx| {
        let rows = of(tx, id)?;
        let last = rows.last().ok_or(ActionError::NotFound)?;
        is_as_seen(&rows, seen)?;
        let mut invalid = invalid;
        if ending.last < last.valid_from {
            let start = time::day_in_table(last.valid_from);
            invalid.push(Invalid::new("valid_to", "before_start").with("start", start));
        }
        if last.valid_to.is_some_and(|end| end <= ending.last) {
            invalid.push(Invalid::new("valid_to", "ends_before"));
        }
        if !invalid.is_empty() {
            return Err(ActionError::Invalid(invalid));
        }
        let ended_by = format!("{basis} ({source})");
        save(tx, &Duty { valid_to: Some(ending.last), ended_by, ..last.clone() })
    })
}

fn of(tx: &mut store::Tx<'_>, id: &str) -> Result<Vec<Duty>, ActionError> {
    Ok(all(tx)?.into_iter().filter(|row| row.id == id).collect())
}

fn is_as_seen(rows: &[Duty], seen: &str) -> Result<(), ActionError> {
    if mark(rows) == seen { Ok(()) } else { Err(ActionError::Stale) }
}

fn row_id(duty: &Duty) -> String {
    format!("{DUTY}{}", duty.id)
}

/// The version of the stored row; 0 when none is stored.
fn version(tx: &mut store::Tx<'_>, duty: &Duty) -> Result<i64, ActionError> {
    Ok(store::rule::find(tx, &row_id(duty), duty.valid_from)?.map_or(0, |row| row.version))
}

fn save(tx: &mut store::Tx<'_>, duty: &Duty) -> Result<(), ActionError> {
    let row = store::rule::RuleRow {
        id: row_id(duty),
        valid_from: duty.valid_from,
        valid_to: duty.valid_to,
        body: serde_json::to_string(duty).map_err(anyhow::Error::new)?,
        version: version(tx, duty)?,
    };
    Ok(store::rule::save(tx, &row)?)
}

fn cleaned(duty: &Duty) -> Duty {
    let clean = |value: &String| text::clean_line(value);
    Duty {
        id: clean(&duty.id),
        title: clean(&duty.title),
        rule: duty.rule.as_ref().map(clean).filter(|rule| !rule.is_empty()),
        unit: clean(&duty.unit),
        basis: clean(&duty.basis),
        source: clean(&duty.source),
        ..duty.clone()
    }
}

fn faults(duty: &Duty) -> Vec<Invalid> {
    let texts =
        [("title", &duty.title), ("unit", &duty.unit), ("basis", &duty.basis), ("source", &duty.source)];
    let mut invalid = text_faults(&texts);
    if !duty::is_id(&duty.id) {
        invalid.insert(0, Invalid::new("id", "not_an_id"));
    }
    if Kind::from_word(&duty.kind).is_none() {
        invalid.push(Invalid::new("kind", "not_a_word").with("value", &duty.kind));
    }
    if duty.valid_to.is_some_and(|last| last < duty.valid_from) {
        let start = time::day_in_table(duty.valid_from);
        invalid.push(Invalid::new("valid_to", "before_start").with("start", start));
    }
    invalid
}

fn text_faults(texts: &[(&'static str, &String)]) -> Vec<Invalid> {
    let fault = |(field, value): &(&'static str, &String)| {
        if value.is_empty() {
            Some(Invalid::new(*field, "required"))
        } else if value.chars().count() > LONGEST {
            Some(Invalid::new(*field, "too_long").with("limit", LONGEST))
        } else {
            None
        }
    };
    texts.iter().filter_map(fault).collect()
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
