//! The programme of a day: the station writes it, everybody reads it.

use domain::access::Capability;
use domain::id::{PublicationId, SlotId};
use domain::programme::{self, DAY, LONGEST_TITLE, Slot};
use domain::text;
use domain::time::Day;
use store::{programme as rows, public_item, publication};

use crate::{ActionError, Actor, App, Invalid, office};

/// A part of the programme as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// When it begins: `5:30`, `05h30`.
    pub start: String,
    /// How many minutes.
    pub minutes: String,
    /// What it is; empty for the title of the bulletin.
    pub title: String,
    /// The bulletin that was broadcast.
    pub bulletin: Option<PublicationId>,
}

/// A part with the bulletin readers can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The part.
    pub slot: Slot,
    /// Title and readable part of the address of the bulletin, while it is public.
    pub bulletin: Option<(String, String)>,
}

impl Shown {
    /// What it is called: by its own title, else by that of its bulletin. Nothing of a bulletin that was withdrawn.
    pub fn title(&self) -> Option<&str> {
        let own = Some(self.slot.title.as_str()).filter(|title| !title.is_empty());
        own.or_else(|| self.bulletin.as_ref().map(|(title, _)| title.as_str()))
    }
}

/// The programme of a day, for everybody.
///
/// # Errors
/// When the database fails.
pub fn of_day(app: &App, day: Day) -> Result<Vec<Shown>, ActionError> {
    let today = app.today();
    app.read(|r| {
        let mut shown = Vec::new();
        for slot in rows::of_day(r, day)? {
            let found = slot.bulletin.map(|id| public_item::find(r, id)).transpose()?.flatten();
            let found = found.filter(|found| found.withdrawn.is_none() && found.item.posted_on <= today);
            shown.push(Shown { slot, bulletin: found.map(|found| (found.item.title, found.item.slug)) });
        }
        Ok(shown)
    })
}

/// The first and the last day that has a programme; nothing when the station keeps none.
///
/// # Errors
/// When the database fails.
pub fn days(app: &App) -> Result<Option<(Day, Day)>, ActionError> {
    app.read(|r| Ok(rows::days(r)?))
}

/// Adds a part to the programme of a day.
///
/// # Errors
/// Without the right to write; for a time that cannot be read, a title that is missing, or a part that overlaps another.
pub fn add(app: &App, actor: &Actor, day: Day, typed: &Typed) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    let unit = office::office(app)?.unit;
    let minutes: Option<u16> =
        typed.minutes.trim().parse().ok().filter(|minutes| (1..=DAY).contains(minutes));
    let start = programme::read_time(&typed.start);
    let mut invalid = Vec::new();
    for (field, is_read, code) in
        [("start", start.is_some(), "not_a_time"), ("minutes", minutes.is_some(), "not_minutes")]
    {
        invalid.extend((!is_read).then(|| Invalid::new(field, code)));
    }
    if let (Some(start), Some(minutes)) = (start, minutes)
        && start.saturating_add(minutes) > DAY
    {
        invalid.push(Invalid::new("minutes", "past_midnight"));
    }
    let title = text::clean_line(&typed.title);
    if title.chars().count() > LONGEST_TITLE {
        invalid.push(Invalid::new("title", "too_long").with("limit", LONGEST_TITLE));
    }
    let (Some(start), Some(minutes), true) = (start, minutes, invalid.is_empty()) else {
        return Err(ActionError::Invalid(invalid));
    };
    app.write(actor, |tx| {
        match typed.bulletin {
            Some(id) if publication::find(tx, id)?.is_none() => return Err(ActionError::NotFound),
            None if title.is_empty() => return Err(ActionError::invalid("title", "required")),
            Some(_) | None => {}
        }
        let slot = Slot { id: tx.new_id()?, unit, day, start, minutes, title, bulletin: typed.bulletin };
        if let Some(other) = rows::of_day(tx, day)?.into_iter().find(|other| other.overlaps(&slot)) {
            let taken =
                format!("{} – {}", programme::write_time(other.start), programme::write_time(other.end()));
            return Err(ActionError::Invalid(vec![Invalid::new("start", "time_taken").with("time", taken)]));
        }
        Ok(rows::insert(tx, &slot)?)
    })
}

/// Takes a part out.
///
/// # Errors
/// Without the right to write, or when it is not there any more.
pub fn remove(app: &App, actor: &Actor, id: SlotId) -> Result<Day, ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| {
        let slot = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        rows::delete(tx, &slot)?;
        Ok(slot.day)
    })
}

/// Copies the programme of one day to another that has none, without its bulletins. Gives how many parts.
///
/// # Errors
/// Without the right to write; when there is nothing to copy, or the day has a programme.
pub fn copy(app: &App, actor: &Actor, (from, to): (Day, Day)) -> Result<usize, ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| {
        if !rows::of_day(tx, to)?.is_empty() {
            return Err(ActionError::invalid("from", "programme_there"));
        }
        let slots = rows::of_day(tx, from)?;
        if slots.is_empty() {
            return Err(ActionError::invalid("from", "programme_empty"));
        }
        for slot in &slots {
            let copy = Slot { id: tx.new_id()?, day: to, bulletin: None, ..slot.clone() };
            rows::insert(tx, &copy)?;
        }
        Ok(slots.len())
    })
}
