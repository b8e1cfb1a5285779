//! Breaches of the protection of personal data: written down when they are noticed, told to the authority under a number of
//! the register of outgoing documents, told again when more is known. The first notice decides for good whether the hours
//! of the law were kept.

mod notice;

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::data_breach::{self as machine, Breach, Event, Known, Refusal, State};
use domain::deadline::{Deadline, Due};
use domain::id::BreachId;
use domain::text;
use domain::time::{self, Timestamp};
use store::Tx;
use store::data_breach as rows;

pub use notice::{AUTHORITY, Notice, next_notice, notice_file, notify};
pub use store::data_breach::BreachRow;

use crate::press::end_of;
use crate::{ActionError, Actor, App, Invalid, account, office, rules};

/// Signs of each text.
pub const LONGEST: u32 = 8_000;
/// Breaches that are listed.
const MOST: u16 = 200;

/// A breach with what its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The breach.
    pub row: BreachRow,
    /// What may be done now, or why not what the role could do.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// Names of people, by the word the ledger keeps.
    pub people: BTreeMap<String, String>,
}

/// The breaches, the newest first.
///
/// # Errors
/// Without the right to report them.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<BreachRow>, ActionError> {
    actor.require(Capability::ReportBreaches)?;
    app.read(|r| Ok(rows::list(r, MOST)?))
}

/// One breach.
///
/// # Errors
/// Without the right to report them, or when there is none.
pub fn show(app: &App, actor: &Actor, id: BreachId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReportBreaches)?;
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let decide = |event| machine::decide((row.state, &row.breach), event, &actor.roles).map(drop);
        let all = Event::ALL.into_iter().map(|event| (event, decide(event)));
        let buttons =
            all.filter(|(_, result)| !matches!(result, Err(Refusal::NotNow | Refusal::NotYours))).collect();
        Ok(Shown { buttons, people: account::names(r)?, row })
    })
}

/// The breaches nobody told the authority of, for whoever may.
pub(crate) fn waiting(app: &App, actor: &Actor) -> Result<Vec<BreachRow>, ActionError> {
    let all = list(app, actor)?;
    Ok(all.into_iter().filter(|row| row.state == State::Open).collect())
}

fn checked(app: &App, typed: &Known) -> Result<Known, ActionError> {
    let known = Known {
        subject: text::clean_line(&typed.subject),
        noticed_at: typed.noticed_at,
        happened: text::clean_text(&typed.happened),
        nature: text::clean_text(&typed.nature),
        data_kinds: text::clean_text(&typed.data_kinds),
        people: typed.people,
        consequences: text::clean_text(&typed.consequences),
        measures: text::clean_text(&typed.measures),
        officer: text::clean_line(&typed.officer),
    };
    let mut invalid = Vec::new();
    if known.subject.is_empty() {
        invalid.push(Invalid::new("subject", "required"));
    }
    match known.noticed_at {
        None => invalid.push(Invalid::new("noticed_on", "required")),
        Some(at) if at > app.now() => invalid.push(Invalid::new("noticed_on", "in_future")),
        Some(_) => {}
    }
    let most = usize::try_from(LONGEST).unwrap_or(usize::MAX);
    let texts = [
        ("subject", &known.subject, 300),
        ("happened", &known.happened, most),
        ("nature", &known.nature, most),
        ("data_kinds", &known.data_kinds, most),
        ("consequences", &known.consequences, most),
        ("measures", &known.measures, most),
        ("officer", &known.officer, 300),
    ];
    for (field, value, most) in texts {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if invalid.is_empty() { Ok(known) } else { Err(ActionError::Invalid(invalid)) }
}

fn clock(app: &App, known: &Known) -> Result<Option<Deadline>, ActionError> {
    let policy = rules::policy(app)?;
    Ok(known.noticed_at.and_then(|at| machine::clock(&policy.law, &policy.calendar, at)))
}

fn end(clock: Option<&Deadline>) -> Option<Timestamp> {
    clock.map(|clock| clock.due).and_then(|due: Due| end_of(due))
}

/// Writes a breach down; its clock is that of the law of the moment it was noticed.
///
/// # Errors
/// Without the right; without a subject or the moment; for a moment that lies ahead; for texts that are too long.
pub fn open(app: &App, actor: &Actor, typed: &Known) -> Result<BreachId, ActionError> {
    actor.require(Capability::ReportBreaches)?;
    let known = checked(app, typed)?;
    let clock = clock(app, &known)?;
    let unit = office::office(app)?.unit;
    app.write(actor, |tx| {
        let row = BreachRow {
            id: tx.new_id()?,
            unit,
            state: State::Open,
            due_at: end(clock.as_ref()),
            breach: Breach { known, clock, on_time: None, notices: Vec::new(), note: String::new() },
            created_by: String::new(),
            created_at: tx.now(),
            version: 1,
        };
        Ok(rows::insert(tx, &row)?.id)
    })
}

/// Reads the breach at the version the person saw and decides.
fn decided(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (BreachId, i64),
    event: Event,
) -> Result<BreachRow, ActionError> {
    let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    let to = machine::decide((row.state, &row.breach), event, &actor.roles)
        .map_err(|refusal| ActionError::Refused(refusal.code()))?;
    Ok(BreachRow { state: to, ..row })
}

/// Changes what is known. The moment it was noticed moves the clock only until the authority was told.
///
/// # Errors
/// As [`open`]; [`ActionError::Refused`] once it ended, or for another moment after a notice left; [`ActionError::Stale`].
pub fn edit(app: &App, actor: &Actor, at: (BreachId, i64), typed: &Known) -> Result<(), ActionError> {
    actor.require(Capability::ReportBreaches)?;
    let known = checked(app, typed)?;
    let clock = clock(app, &known)?;
    app.write(actor, |tx| {
        let mut row = decided(tx, actor, at, Event::Edit)?;
        let breach = &mut row.breach;
        if breach.notices.is_empty() {
            row.due_at = end(clock.as_ref());
            breach.clock = clock;
        } else if breach.known.noticed_at != known.noticed_at {
            return Err(ActionError::Refused("breach_moment_told"));
        }
        breach.known = known;
        rows::update(tx, "data_breach.edit", &row)?;
        Ok(())
    })
}

/// Ends a breach that was told and remedied, or discards one that was none; `note` says what was done, or why.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; without a note; [`ActionError::Stale`].
pub fn finish(
    app: &App,
    actor: &Actor,
    at: (BreachId, i64),
    event: Event,
    note: &str,
) -> Result<(), ActionError> {
    actor.require(Capability::ReportBreaches)?;
    if !matches!(event, Event::Close | Event::Discard) {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
    }
    let note = text::clean_text(note);
    app.write(actor, |tx| {
        let mut row = decided(tx, actor, at, event)?;
        if note.is_empty() {
            return Err(ActionError::invalid("note", "required"));
        }
        if note.chars().count() > usize::try_from(LONGEST).unwrap_or(usize::MAX) {
            return Err(ActionError::Invalid(vec![Invalid::new("note", "too_long").with("limit", LONGEST)]));
        }
        row.breach.note = note;
        row.due_at = None;
        rows::update(tx, &format!("data_breach.{}", event.word()), &row)?;
        Ok(())
    })
}

/// `22 giờ 30, ngày 16 tháng 02 năm 2026`.
fn moment(at: Timestamp) -> String {
    let local = at.to_zoned(time::vietnam());
    format!("{:02} giờ {:02}, {}", local.hour(), local.minute(), time::day_in_words(local.date()))
}
