//! What the system itself notices of outages (*gián đoạn của trang*): the server writes a sign of life once a minute; a
//! time without one is proposed to the clerk, who writes it into the register or says that it was none. No figure counts
//! what nobody confirmed. What the server cannot notice – a line that is cut, a server of names that fails – is written
//! down by hand.

use domain::access::Capability;
use domain::id::{RecordId, StandstillId};
use domain::register::{Register, Values};
use domain::{text, time};
use jiff::SignedDuration;
use store::register as rows;
use store::standstill::{self, State};

pub use store::standstill::StandstillRow;

use crate::register::{Typed, check};
use crate::{ActionError, Actor, App, account, office};

/// Signs come once a minute: less than two without one may be no standstill.
const SHORTEST: SignedDuration = SignedDuration::from_mins(2);

/// Writes a sign of life, and notes the time since the one before where it is long. Of several servers each writes; the
/// site stands still when none does.
///
/// # Errors
/// When the database fails.
pub fn sign(app: &App) -> Result<(), ActionError> {
    app.write(&Actor::system(), |tx| {
        let now = tx.now();
        if let Some(before) = standstill::sign(tx)?
            && now.duration_since(before) >= SHORTEST
        {
            standstill::insert(tx, before, now)?;
        }
        Ok(())
    })
}

/// Standstills of which nobody has said what they were.
///
/// # Errors
/// Without the right to write registers.
pub fn standstills(app: &App, actor: &Actor) -> Result<Vec<StandstillRow>, ActionError> {
    actor.require(Capability::WriteRegisters)?;
    app.read(|r| Ok(standstill::open(r)?))
}

/// One of them.
///
/// # Errors
/// Without the right, or when there is none that is open.
pub fn standstill(app: &App, actor: &Actor, id: StandstillId) -> Result<StandstillRow, ActionError> {
    actor.require(Capability::WriteRegisters)?;
    app.read(|r| find_open(r, id))
}

fn find_open(r: &mut store::Reader<'_>, id: StandstillId) -> Result<StandstillRow, ActionError> {
    standstill::find(r, id)?.filter(|row| row.state == State::Open).ok_or(ActionError::NotFound)
}

/// Writes a standstill into the register of outages: when it was comes from the signs, what it was from who confirms it.
///
/// # Errors
/// Without the right, when a field cannot be taken, or when the register has this outage.
pub fn note_standstill(
    app: &App,
    actor: &Actor,
    id: StandstillId,
    typed: &Typed,
) -> Result<RecordId, ActionError> {
    actor.require(Capability::WriteRegisters)?;
    let unit = office::office(app)?.unit;
    app.write(actor, |tx| {
        let row = find_open(tx, id)?;
        let mut line = typed.clone();
        for (day, hour, at) in [("started_on", "started_at", row.from), ("ended_on", "ended_at", row.until)] {
            let local = at.to_zoned(time::vietnam()).datetime();
            line.insert(day.to_owned(), local.date().to_string());
            line.insert(hour.to_owned(), time::clock_in_table(local.time()));
        }
        let noted_by = account::names(tx)?.get(&actor.name).cloned();
        line.insert("noted_by".to_owned(), noted_by.unwrap_or_default());
        let values = check(Register::Outages, &line, &Values::new())?;
        rows::open(tx, Register::Outages, unit, None)?;
        let new = rows::NewRecord { register: Register::Outages, unit, values, import: None };
        let rows::Insertion::Inserted(record) = rows::insert(tx, &new)? else {
            return Err(ActionError::invalid("subject", "exists_already"));
        };
        standstill::settle(tx, &StandstillRow { state: State::Noted, ..row })?;
        Ok(record)
    })
}

/// Says that a standstill was no outage of the site, and why.
///
/// # Errors
/// Without the right, without a reason, or when somebody said what it was.
pub fn dismiss_standstill(app: &App, actor: &Actor, id: StandstillId, why: &str) -> Result<(), ActionError> {
    actor.require(Capability::WriteRegisters)?;
    let note: String = text::clean_line(why).chars().take(500).collect();
    if note.is_empty() {
        return Err(ActionError::invalid("cause", "required"));
    }
    app.write(actor, |tx| {
        let row = find_open(tx, id)?;
        Ok(standstill::settle(tx, &StandstillRow { state: State::Dismissed, note, ..row })?)
    })
}
