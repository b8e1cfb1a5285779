//! Press conferences: planning one, the notice in time, holding it, its minutes (B13). What was held is a line of the
//! register of statements, kept in the same transaction.

use domain::access::Capability;
use domain::deadline::Deadline;
use domain::id::ConferenceId;
use domain::press::conference::{
    self as machine, Conference, Event, Facts, Guest, Notice, Paper, Refusal, State,
};
use domain::register::Register;
use domain::text;
use domain::time::{self, Timestamp};
use domain::unit::UnitKind;
use store::conference::{self as rows, ConferenceRow};
use store::{Reader, Tx};

use super::{end_of, speaker};
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
    /// Whether the documents that prove the information lawful are with the notice.
    pub has_documents: bool,
    /// Whether readers of the portal see it.
    pub is_public: bool,
    /// The agencies, one a line.
    pub guests: String,
}

/// What is typed with an event; each event takes what it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// *Số, ký hiệu* of the notice, of the answer, of the minutes; or the reason of a cancellation.
    pub symbol: String,
    /// When the notice was sent.
    pub at: Option<Timestamp>,
    /// The agencies that came, by their place in the list.
    pub came: Vec<usize>,
    /// The minutes.
    pub text: String,
}

/// A press conference with what its page shows.
#[derive(Debug, Clone)]
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

fn kind_of_office(r: &mut Reader<'_>) -> Result<UnitKind, ActionError> {
    let office = office::load(r)?.unit;
    Ok(office::load_tree(r)?.get(office).map_or(UnitKind::Commune, |unit| unit.kind))
}

fn deadline(policy: &Policy, kind: UnitKind, starts_at: Timestamp) -> Option<Deadline> {
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
        let hidden = [Err(Refusal::NotNow), Err(Refusal::NotYours)];
        let buttons =
            Event::ALL.into_iter().map(decide).filter(|(_, result)| !hidden.contains(result)).collect();
        let papers = machine::papers(time::day_of(row.starts_at)).into_iter();
        let papers = papers.map(|paper| (paper.clone(), row.conference.has(&paper))).collect();
        let names = account::names(r)?;
        let planned_by = names.get(&row.created_by).cloned().unwrap_or_default();
        Ok(ShownConference { row, buttons, deadline, papers, planned_by })
    })
}

fn facts(row: &ConferenceRow, needs_notice: bool) -> Facts<'_> {
    Facts { state: row.state, conference: &row.conference, starts_at: row.starts_at, needs_notice }
}

/// Checks what was typed over what stands; a plan lies ahead.
fn checked(plan: &Plan, before: &Conference, now: Timestamp) -> Result<(Conference, Timestamp), ActionError> {
    let [subject, place, chair] =
        [&plan.subject, &plan.place, &plan.chair].map(|line| text::clean_line(line));
    let names = plan.guests.lines().map(text::clean_line).filter(|name| !name.is_empty());
    let mut guests: Vec<Guest> = Vec::new();
    for agency in names {
        if !guests.iter().any(|guest| text::key(&guest.agency) == text::key(&agency)) {
            guests.push(Guest { agency, came: false });
        }
    }
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
    match plan.starts_at {
        None => invalid.push(Invalid::new("starts_on", "required")),
        Some(at) if at <= now => invalid.push(Invalid::new("starts_on", "in_past")),
        Some(_) => {}
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
                has_documents: plan.has_documents,
                is_public: plan.is_public,
                guests,
                notice: None,
                answer: String::new(),
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
    let (conference, starts_at) = checked(plan, &Conference::default(), app.now())?;
    app.write(actor, |tx| {
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
fn decided(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (ConferenceId, i64),
    (event, policy): (Event, &Policy),
) -> Result<(ConferenceRow, Option<Deadline>), ActionError> {
    let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    let deadline = deadline(policy, kind_of_office(tx)?, row.starts_at);
    let to = machine::decide(&facts(&row, deadline.is_some()), event, &actor.roles, tx.now());
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
        let (row, _) = decided(tx, actor, at, (Event::Edit, &policy))?;
        let (conference, starts_at) = checked(plan, &row.conference, now)?;
        rows::update(tx, "press_conference.edit", &ConferenceRow { conference, starts_at, ..row })?;
        Ok(())
    })
}

/// Carries out an event other than editing, from the version the person saw.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, also for a chair who may not speak that day;
/// [`ActionError::Stale`]; for words that are missing.
pub fn act_on_conference(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    event: Event,
    told: &Told,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let (policy, now) = (rules::policy(app)?, app.now());
    app.write(actor, |tx| {
        let (mut row, deadline) = decided(tx, actor, at, (event, &policy))?;
        let conference = &mut row.conference;
        let symbol = words(told, event)?;
        match event {
            Event::Notify => {
                let sent = told.at.ok_or_else(|| ActionError::invalid("sent_on", "required"))?;
                if sent > now {
                    return Err(ActionError::invalid("sent_on", "in_future"));
                }
                let on_time = deadline.and_then(|deadline| end_of(deadline.due)).map(|due| sent <= due);
                conference.notice = Some(Notice { symbol, at: sent, on_time });
            }
            Event::Accept | Event::Object | Event::Cancel => conference.answer = symbol,
            Event::Hold => {
                let who = (conference.chair.as_str(), conference.subject.as_str());
                speaker::require(tx, who, time::day_of(row.starts_at))?;
                for (index, guest) in conference.guests.iter_mut().enumerate() {
                    guest.came = told.came.contains(&index);
                }
            }
            Event::Close => {
                conference.minutes = text::clean_text(&told.text);
                conference.minutes_symbol = symbol;
            }
            Event::Edit => return Err(ActionError::Refused(Refusal::NotNow.code())),
        }
        let row = rows::update(tx, &format!("press_conference.{}", event.word()), &row)?;
        if matches!(row.state, State::Held | State::Closed) { keep_line(tx, &row) } else { Ok(()) }
    })
}

/// The symbol or reason an event needs, in one line; the minutes besides.
fn words(told: &Told, event: Event) -> Result<String, ActionError> {
    const LONGEST: usize = 20_000;
    let symbol = text::clean_line(&told.symbol);
    let mut invalid = Vec::new();
    if symbol.is_empty() && event != Event::Hold {
        invalid.push(Invalid::new("symbol", "required"));
    }
    if symbol.chars().count() > 500 {
        invalid.push(Invalid::new("symbol", "too_long").with("limit", 500));
    }
    if event == Event::Close && told.text.trim().is_empty() {
        invalid.push(Invalid::new("text", "required"));
    }
    if told.text.chars().count() > LONGEST {
        invalid.push(Invalid::new("text", "too_long").with("limit", LONGEST));
    }
    if invalid.is_empty() { Ok(symbol) } else { Err(ActionError::Invalid(invalid)) }
}

/// The line of the register of statements.
fn keep_line(tx: &mut Tx<'_>, row: &ConferenceRow) -> Result<(), ActionError> {
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
