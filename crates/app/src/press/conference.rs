//! Press conferences: planning one, what its page shows, the line of the register of statements that one which was held
//! keeps in the same transaction (B13).

use domain::access::Capability;
use domain::deadline::Deadline;
use domain::id::{AgencyId, ConferenceId};
use domain::press::conference::{self as machine, Conference, Event, Facts, Guest, Paper, Refusal, State};
use domain::register::Register;
use domain::text;
use domain::time::{self, Timestamp};
use domain::unit::UnitKind;
use store::conference::{self as rows, ConferenceRow};
use store::{Reader, Tx};

use super::{conference_papers as papers, end_of, speaker};
use crate::kept_line::{self, Line};
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, Invalid, account, office};

const REGISTER: Register = Register::Statements;
/// Agencies that are invited at most.
pub const MOST_GUESTS: usize = 200;
/// Conferences on a list at most.
const LISTED: u16 = 100;

/// What is typed about a press conference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// *Nội dung.*
    pub subject: String,
    /// The stored word of its occasion.
    pub occasion: String,
    /// *Địa điểm.*
    pub place: String,
    /// When it begins.
    pub starts_at: Option<Timestamp>,
    /// Minutes it is to take.
    pub minutes_long: Option<u16>,
    /// *Người chủ trì.*
    pub chair: String,
    /// Whether readers of the portal see it.
    pub is_public: bool,
    /// Those invited of the register of press agencies.
    pub agencies: Vec<AgencyId>,
    /// Other agencies, one a line.
    pub guests: String,
}

/// A press conference with what its page shows.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not depend on one another")]
pub struct ShownConference {
    /// The conference.
    pub row: ConferenceRow,
    /// What this person may do now, and what stands against it.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// Until when notice is given; none where the office gives none.
    pub deadline: Option<Deadline>,
    /// What the notice must contain, and whether it is there.
    pub papers: Vec<(Paper, bool)>,
    /// Who planned it.
    pub planned_by: String,
    /// To whom the notice goes.
    pub authority: String,
    /// Why the chair may not speak that day; nothing for one who may, and once it was held.
    pub chair_fault: Option<&'static str>,
    /// Whether this person may add files.
    pub may_attach: bool,
    /// Whether it has begun: its notice is noted and no longer sent.
    pub has_begun: bool,
    /// Whether it was written down only after it began.
    pub is_recorded_later: bool,
    /// Whether a notice sent now would be late.
    pub is_notice_late: bool,
}

/// Coming and past ones: the next first, the last first.
#[derive(Debug, Clone)]
pub struct Conferences {
    /// Those that begin today or later.
    pub coming: Vec<ConferenceRow>,
    /// The others.
    pub past: Vec<ConferenceRow>,
}

fn all(app: &App) -> Result<Conferences, ActionError> {
    let from = time::start_of(app.today()).unwrap_or(Timestamp::MIN);
    app.read(|r| {
        Ok(Conferences { coming: rows::coming(r, from, LISTED)?, past: rows::past(r, from, LISTED)? })
    })
}

/// The press conferences of the office.
///
/// # Errors
/// Without the right to see the press desk.
pub fn conferences(app: &App, actor: &Actor) -> Result<Conferences, ActionError> {
    actor.require(Capability::ReadPress)?;
    all(app)
}

/// The press conferences readers may see: notified where the law asks for it, and meant for them.
///
/// # Errors
/// When the database fails.
pub fn public_conferences(app: &App) -> Result<Conferences, ActionError> {
    let kind = app.read(kind_of_office)?;
    let policy = rules::policy(app)?;
    let mut found = all(app)?;
    let is_shown = |row: &ConferenceRow| {
        row.conference.is_public && row.state.is_shown(deadline(&policy, kind, row.starts_at).is_some())
    };
    found.coming.retain(is_shown);
    found.past.retain(is_shown);
    Ok(found)
}

pub(super) fn kind_of_office(r: &mut Reader<'_>) -> Result<UnitKind, ActionError> {
    let office = office::load(r)?.unit;
    Ok(office::load_tree(r)?.get(office).map_or(UnitKind::Commune, |unit| unit.kind))
}

pub(super) fn deadline(policy: &Policy, kind: UnitKind, starts_at: Timestamp) -> Option<Deadline> {
    machine::notice_deadline(&policy.law, &policy.calendar, kind, starts_at)
}

/// A press conference with what its page shows.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn conference(app: &App, actor: &Actor, id: ConferenceId) -> Result<ShownConference, ActionError> {
    actor.require(Capability::ReadPress)?;
    let (policy, now) = (rules::policy(app)?, app.now());
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let deadline = deadline(&policy, kind_of_office(r)?, row.starts_at);
        let facts = facts(&row, deadline.is_some());
        let decide = |event| (event, machine::decide(&facts, event, &actor.roles, now).map(drop));
        // Who keeps the desk waits for who may speak, and is told so.
        let is_shown = |(event, result): &(Event, Result<(), Refusal>)| match result {
            Err(Refusal::NotNow) => false,
            Err(Refusal::NotYours) => *event == Event::Hold && actor.may(Capability::TakePress),
            _ => true,
        };
        let buttons = Event::ALL.into_iter().map(decide).filter(is_shown).collect();
        let papers = machine::papers(time::day_of(row.starts_at)).into_iter();
        let papers = papers.map(|paper| (paper.clone(), row.conference.has(&paper))).collect();
        let names = account::names(r)?;
        let planned_by = names.get(&row.created_by).cloned().unwrap_or_default();
        let office = office::load(r)?;
        let authority = papers::authority(&office::load_tree(r)?, &office);
        let may_attach = row.state.takes_files() && actor.may(Capability::TakePress);
        let chair_fault = chair_fault(r, &row)?;
        let due = deadline.as_ref().and_then(|deadline| end_of(deadline.due));
        Ok(ShownConference {
            has_begun: row.starts_at <= now,
            is_recorded_later: row.created_at > row.starts_at,
            is_notice_late: row.state == State::Planned && due.is_some_and(|due| due < now),
            row,
            buttons,
            deadline,
            papers,
            planned_by,
            authority,
            chair_fault,
            may_attach,
        })
    })
}

/// Why the chair may not speak on the day of a conference that is not held yet.
fn chair_fault(r: &mut Reader<'_>, row: &ConferenceRow) -> Result<Option<&'static str>, ActionError> {
    let lies_ahead =
        matches!(row.state, State::Planned | State::Notified | State::Accepted | State::Objected);
    if !lies_ahead {
        return Ok(None);
    }
    let who = (row.conference.chair.as_str(), row.conference.subject.as_str());
    match speaker::require(r, who, time::day_of(row.starts_at)) {
        Err(ActionError::Refused(code)) => Ok(Some(code)),
        Err(other) => Err(other),
        Ok(()) => Ok(None),
    }
}

pub(super) fn facts(row: &ConferenceRow, needs_notice: bool) -> Facts<'_> {
    Facts { state: row.state, conference: &row.conference, starts_at: row.starts_at, needs_notice }
}

/// Who is invited: those chosen of the register of press agencies, and those typed; each once. A typed name that stands in
/// the register is that agency.
fn guests(r: &mut Reader<'_>, plan: &Plan) -> Result<Vec<Guest>, ActionError> {
    let known = store::press::agencies(r)?;
    let chosen = known.iter().filter(|agency| plan.agencies.contains(&agency.id));
    let chosen = chosen.map(|agency| agency.name.clone());
    let typed = plan.guests.lines().map(text::clean_line).filter(|name| !name.is_empty());
    let mut guests: Vec<Guest> = Vec::new();
    for agency in chosen.chain(typed) {
        let key = text::key(&agency);
        if guests.iter().any(|guest| text::key(&guest.agency) == key) {
            continue;
        }
        let known = known.iter().find(|known| text::key(&known.name) == key);
        let agency = known.map_or(agency, |known| known.name.clone());
        guests.push(Guest { agency, known: known.map(|known| known.id), came: false });
    }
    Ok(guests)
}

/// Checks what was typed over what stands. One that is over is written down afterwards.
fn checked(
    r: &mut Reader<'_>,
    plan: &Plan,
    before: &Conference,
) -> Result<(Conference, Timestamp), ActionError> {
    let [subject, place, chair] =
        [&plan.subject, &plan.place, &plan.chair].map(|line| text::clean_line(line));
    let guests = guests(r, plan)?;
    let mut invalid = Vec::new();
    for (field, value, most) in [("subject", &subject, 500), ("place", &place, 200), ("chair", &chair, 100)] {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if REGISTER.field("occasion").and_then(|field| field.word(&plan.occasion)).is_none() {
        invalid.push(Invalid::new("occasion", "required"));
    }
    if plan.starts_at.is_none() {
        invalid.push(Invalid::new("starts_on", "required"));
    }
    let minutes_long = plan.minutes_long.filter(|minutes| (5..=600).contains(minutes));
    if minutes_long.is_none() {
        invalid.push(Invalid::new("minutes_long", "not_a_count"));
    }
    if guests.len() > MOST_GUESTS || guests.iter().any(|guest| guest.agency.chars().count() > 200) {
        invalid.push(Invalid::new("guests", "too_long").with("limit", MOST_GUESTS));
    }
    match (plan.starts_at, minutes_long) {
        (Some(starts_at), Some(minutes_long)) if invalid.is_empty() => Ok((
            Conference {
                subject,
                occasion: plan.occasion.clone(),
                place,
                minutes_long,
                chair,
                is_public: plan.is_public,
                guests,
                notice: None,
                invitation: None,
                answer: String::new(),
                answered_at: None,
                objected_on_time: None,
                ..before.clone()
            },
            starts_at,
        )),
        _ => Err(ActionError::Invalid(invalid)),
    }
}

/// Plans a press conference.
///
/// # Errors
/// Without the right, or for fields that cannot be taken.
pub fn plan_conference(app: &App, actor: &Actor, plan: &Plan) -> Result<ConferenceId, ActionError> {
    actor.require(Capability::TakePress)?;
    app.write(actor, |tx| {
        let (conference, starts_at) = checked(tx, plan, &Conference::default())?;
        let row = ConferenceRow {
            id: tx.new_id()?,
            unit: office::load(tx)?.unit,
            state: State::Planned,
            starts_at,
            conference,
            created_by: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            version: 1,
        };
        Ok(rows::insert(tx, &row)?.id)
    })
}

/// What was decided, from the version the person saw.
pub(super) fn decided(
    r: &mut Reader<'_>,
    actor: &Actor,
    (id, version): (ConferenceId, i64),
    (event, policy, now): (Event, &Policy, Timestamp),
) -> Result<(ConferenceRow, Option<Deadline>), ActionError> {
    let mut row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    let deadline = deadline(policy, kind_of_office(r)?, row.starts_at);
    let to = machine::decide(&facts(&row, deadline.is_some()), event, &actor.roles, now);
    row.state = to.map_err(|refusal| ActionError::Refused(refusal.code()))?;
    Ok((row, deadline))
}

/// Changes the plan; after an objection it begins anew.
///
/// # Errors
/// [`ActionError::Refused`] once notice was given, [`ActionError::Stale`]; for fields that cannot be taken.
pub fn edit_conference(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    plan: &Plan,
) -> Result<(), ActionError> {
    actor.require(Capability::TakePress)?;
    let (policy, now) = (rules::policy(app)?, app.now());
    app.write(actor, |tx| {
        let (row, _) = decided(tx, actor, at, (Event::Edit, &policy, now))?;
        let (conference, starts_at) = checked(tx, plan, &row.conference)?;
        rows::update(tx, "press_conference.edit", &ConferenceRow { conference, starts_at, ..row })?;
        Ok(())
    })
}

/// The line of the register of statements.
pub(super) fn keep_line(tx: &mut Tx<'_>, row: &ConferenceRow) -> Result<(), ActionError> {
    let conference = &row.conference;
    let mut line = Line::new(REGISTER);
    line.day("held_on", time::day_of(row.starts_at));
    line.word("form", "press_conference");
    line.word("turn", "speech");
    line.word("occasion", &conference.occasion);
    line.text("subject", &conference.subject);
    line.text("unit", &office::load(tx)?.names.name);
    line.text("speaker", &conference.chair);
    if let Some(notice) = &conference.notice {
        line.day("notice_on", time::day_of(notice.at));
    }
    line.text("minutes_symbol", &conference.minutes_symbol);
    let is_kept =
        kept_line::keep(tx, (REGISTER, row.unit, kept_line::id_of(row.id)?), |_| Ok(line.values()))?;
    if is_kept { Ok(()) } else { Err(ActionError::Refused("conference_in_register")) }
}
