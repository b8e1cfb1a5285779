//! Requests of the press: taking them, handing them to units, writing and clearing the answer, sending it with a
//! number. The decision whether an act is possible is `domain::press::workflow::decide`; here the act is carried out,
//! and the line of the register that counts it is kept in the same transaction.

mod act;
mod agency;
mod chains;
mod complaint;
mod conference;
mod conference_act;
mod conference_files;
mod conference_papers;
mod emergency;
mod identify;
mod intake;
mod issue;
mod known_reporter;
pub(crate) mod letter;
mod library;
mod line;
mod overview;
mod part;
mod portal;
mod reporter;
mod said;
pub(crate) mod speaker;
mod statement;
mod tell;
mod waiting;

use domain::access::Capability;
use domain::id::{CaseId, RecordId, UnitId};
use domain::law::{Ground, Limit};
use domain::press::clock;
use domain::press::delay::Share;
use domain::press::part as part_machine;
use domain::press::workflow::{self, Event, Facts, Refusal, State, Who};
use domain::register::Register;
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use store::press as rows;

pub use act::{Act, Assignment, act, assign, write};
pub use agency::{AgencyEdit, MEDIA, agencies, agency, save_agency};
pub(crate) use chains::CHAIN;
use chains::chain_for;
pub use chains::{ChainRow, add_chain, chains};
use complaint::may_answer_complaints;
pub use complaint::{LONGEST_COMPLAINT, MOST_COMPLAINTS, answer_complaint, complain};
pub use conference::{
    Conferences, MOST_GUESTS, Plan, ShownConference, conference, conferences, edit_conference,
    plan_conference, public_conferences,
};
pub use conference_act::{Told, act_on_conference, conference_symbol};
pub use conference_files::{attach_to_conference, conference_file, detach_from_conference};
pub use conference_papers::{ConferencePaper, conference_paper, is_drawn};
pub use emergency::{
    Classification, NewEmergency, ShownEmergency, Speech, classify_emergency, close_emergency, emergencies,
    emergency, open_emergency, set_crisis, speak,
};
pub use identify::{Identification, identify};
pub use intake::{Intake, Sent, send, take};
pub use issue::{Issue, next_number, send_out};
pub(crate) use known_reporter::forget_reporters;
pub use known_reporter::{ReporterEdit, reporter, reporters, save_reporter};
pub use letter::{File, file};
pub use library::{
    Library, Source, TemplateEdit, from_library, library, reply_template, reply_templates,
    save_reply_template,
};
pub use overview::{BACK, Late, Overview, overview};
pub use part::{LONGEST_REMARK, NewPart, ShownPart, act_on_part, ask, discuss, part};
pub use portal::{ForPortal, for_portal, to_portal};
pub use reporter::{Complained, Receipt, by_code, follow_up, is_replaced, letter_by_code, rate};
pub use said::{SaidAt, SaidElsewhere};
pub use speaker::speakers;
pub(crate) use statement::releases_waiting_for;
pub use statement::{
    LONGEST_STATEMENT, Release, ShownStatement, StatementEdit, Statements, act_on_statement, begin_statement,
    edit_statement, issue_statement, next_release, statement, statement_file, statement_to_portal,
    statements,
};
pub use store::conference::ConferenceRow;
pub use store::emergency::EmergencyRow;
pub use store::press::{
    AgencyRow, CaseRow, Filter, PartRow, RemarkRow, ReplyTemplateRow, ReporterRow, StepRow,
};
pub use store::statement::StatementRow;
pub use tell::{Telling, tell};
pub(crate) use waiting::{conferences_waiting_for, emergencies_to_speak_on, frozen};

use crate::roll_out::{self, CampaignRow};
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, account, office};

/// What the subject of a request that goes on from another begins with.
const FOLLOW_UP: &str = "Hỏi tiếp ";

/// Things of one kind on a board.
const ON_BOARD: u16 = 200;

/// Requests on a page of the desk.
pub const PER_PAGE: u16 = 50;

/// A page of requests.
#[derive(Debug, Clone)]
pub struct Page {
    /// The last received first; without names and contacts of reporters.
    pub cases: Vec<CaseRow>,
    /// On all pages.
    pub total: i64,
}

/// A page of requests.
///
/// # Errors
/// Without the right to see them.
pub fn list(app: &App, actor: &Actor, filter: &Filter) -> Result<Page, ActionError> {
    actor.require(Capability::ReadPress)?;
    let mut filter = Filter { per_page: PER_PAGE, ..filter.clone() };
    app.read(|r| {
        let total = rows::count(r, &filter)?;
        // Past the last page is the last page.
        let last = u32::try_from(total).unwrap_or(u32::MAX).div_ceil(u32::from(PER_PAGE)).max(1);
        filter.page = filter.page.clamp(1, last);
        let mut cases = rows::list(r, &filter)?;
        cases.iter_mut().for_each(forget);
        Ok(Page { cases, total })
    })
}

fn forget(row: &mut CaseRow) {
    row.reporter.clear();
    row.contact.clear();
    row.card.clear();
    row.confirmed_contact.clear();
    row.delivered_to.clear();
    row.code_hash.clear();
    row.replaced_code_hash = None;
}

/// What waits: open requests and parts of units, the first due first.
#[derive(Debug, Clone)]
pub struct Board {
    /// Open requests.
    pub cases: Vec<CaseRow>,
    /// Parts that wait for a unit, with the number of the request they are for.
    pub parts: Vec<(PartRow, String)>,
    /// Answers approved past the chain that this person may look at, the first due first.
    pub looks: Vec<CaseRow>,
    /// Requests whose reporter complained and waits for an answer, for those who may give one.
    pub complaints: Vec<CaseRow>,
    /// Regulations the person's unit has not acknowledged, the first due first.
    pub regulations: Vec<CampaignRow>,
    /// Spokespersons in office who are not published yet, the first due first; for who keeps the press desk or speaks.
    pub unpublished: Vec<Unpublished>,
}

/// A spokesperson who is not published yet (PS-PUB-2, PS-PUB-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpublished {
    /// The line of the register.
    pub id: RecordId,
    /// Name and title.
    pub who: String,
    /// Until when; none where no rule sets a limit.
    pub due_on: Option<Day>,
    /// Until what moment of that day, where the time of signing was written down.
    pub due_at: Option<Timestamp>,
}

/// The spokespersons of the office on a day who are not published yet, the first due first.
fn unpublished(r: &mut store::Reader<'_>, today: Day) -> Result<Vec<Unpublished>, ActionError> {
    let own = office::load(r)?.unit;
    let mut found = Vec::new();
    store::register::all(r, Register::Spokespersons, Some(own), |stored| {
        let (id, values) = (stored.record.id, stored.record.values);
        let is_in_office = values.day("starts_on").is_some_and(|first| first <= today)
            && values.day("ends_on").is_none_or(|last| today <= last);
        if is_in_office && values.day("published_on").is_none() {
            let name = [values.text("full_name"), values.text("title")];
            let who = name.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let due_on = values.day("publish_due_on");
            let clock = values.text("publish_due_at").and_then(time::read_clock);
            let due_at = due_on.zip(clock).and_then(|(day, at)| time::at(day, at.hour(), at.minute()));
            found.push(Unpublished { id, who, due_on, due_at });
        }
        Ok(())
    })?;
    found.sort_by_key(|line| (line.due_on.is_none(), line.due_on, line.due_at));
    Ok(found)
}

/// What waits for this person's unit, or for all units.
///
/// # Errors
/// Without the right to see requests.
pub fn board(app: &App, actor: &Actor, only_own: bool) -> Result<Board, ActionError> {
    actor.require(Capability::ReadPress)?;
    let unit = if only_own { actor.unit } else { None };
    let today = app.today();
    app.read(|r| {
        let mut cases = rows::open(r, unit, ON_BOARD)?;
        cases.iter_mut().for_each(forget);
        Ok(Board { cases, ..beside_cases(r, actor, unit, today)? })
    })
}

/// What waits for this person's unit besides requests: the board without them.
pub(crate) fn own_board(app: &App, actor: &Actor) -> Result<Board, ActionError> {
    let today = app.today();
    app.read(|r| beside_cases(r, actor, actor.unit, today))
}

fn beside_cases(
    r: &mut store::Reader<'_>,
    actor: &Actor,
    unit: Option<UnitId>,
    today: Day,
) -> Result<Board, ActionError> {
    let mut looks = rows::second_looks(r, ON_BOARD)?;
    looks.retain(|row| {
        let request = &row.request;
        actor.may(Capability::ClearPress)
            && workflow::looks_again(request.bypass.as_ref(), &request.writers, &actor.name).is_ok()
    });
    looks.iter_mut().for_each(forget);
    let regulations = match actor.unit {
        Some(unit) => roll_out::owed_by(r, unit)?,
        None => Vec::new(),
    };
    let mut complaints =
        if may_answer_complaints(actor) { rows::complaints(r, ON_BOARD)? } else { Vec::new() };
    complaints.iter_mut().for_each(forget);
    let sees = actor.may(Capability::TakePress) || actor.may(Capability::ApprovePress);
    let unpublished = if sees { unpublished(r, today)? } else { Vec::new() };
    let parts = rows::waiting_parts(r, unit, ON_BOARD)?;
    Ok(Board { cases: Vec::new(), parts, looks, complaints, regulations, unpublished })
}

/// Requests in the states that somebody with this person's rights leads on from, the first due of each state first;
/// without names and contacts of reporters.
pub(crate) fn open_cases(app: &App, actor: &Actor, limit: u16) -> Result<Vec<CaseRow>, ActionError> {
    let own = actor.unit.filter(|_| actor.may(Capability::DraftPress));
    let mut wanted = Vec::new();
    for (capability, state) in [
        (Capability::TakePress, State::Received),
        (Capability::ClearPress, State::InClearance),
        (Capability::IssuePress, State::Cleared),
    ] {
        wanted.extend(actor.may(capability).then_some((state, None)));
    }
    if own.is_some() {
        wanted.extend([(State::Assigned, own), (State::Drafting, own)]);
    }
    let mut cases = app.read(|r| {
        let mut cases = Vec::new();
        for (state, lead) in wanted {
            cases.extend(rows::in_state(r, state, lead, limit)?);
        }
        Ok(cases)
    })?;
    cases.iter_mut().for_each(forget);
    Ok(cases)
}

/// The act of this person a request waits for.
pub(crate) fn waits_for(actor: &Actor, policy: &Policy, row: &CaseRow, now: Timestamp) -> Option<Event> {
    let digest = row.request.answer.digest();
    with_facts(row, policy, (0, now), &digest, |facts| workflow::waits_for(facts, who(actor)))
}

/// A request with everything its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The request; name and contact of the reporter only for those with the right.
    pub row: CaseRow,
    /// What this person may do now, and what stands against it.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// The parts of other units, with what this person may do about each.
    pub parts: Vec<(PartRow, Vec<part_machine::Event>)>,
    /// How often something was said about each part.
    pub remarks: std::collections::BTreeMap<domain::id::PartId, i64>,
    /// Whether this person may answer what the reporter complained of.
    pub may_answer_complaints: bool,
    /// Whether this person may ask units for their part now.
    pub may_ask: bool,
    /// The steps it took, newest first, with the name of who took them.
    pub steps: Vec<(StepRow, String)>,
    /// The grounds on which it may be refused: those of the day it was received.
    pub grounds: Vec<Ground>,
    /// What was answered before on the same subject.
    pub said_before: Vec<CaseRow>,
    /// What was said elsewhere on it: at press conferences, in releases and interviews.
    pub said_elsewhere: Vec<SaidElsewhere>,
    /// Names of people, by the word the ledger keeps.
    pub people: std::collections::BTreeMap<String, String>,
    /// All units.
    pub tree: Tree,
    /// How long it was with whom.
    pub shares: Vec<Share>,
    /// When it is due has passed, or had when it was closed.
    pub is_late: bool,
    /// The digest of the answer as it stands.
    pub digest: String,
    /// Days an extension may add at most, by the law of the day of receipt.
    pub extension_most: Option<u32>,
    /// The crisis that freezes its answer.
    pub frozen_by: Option<EmergencyRow>,
}

/// A request with everything its page shows. Who sees the reporter's name and contact stands in the security log.
///
/// # Errors
/// Without the right to see requests, or when there is none.
pub fn show(app: &App, actor: &Actor, id: CaseId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReadPress)?;
    let policy = rules::policy(app)?;
    let now = app.now();
    let shown = app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let names = account::names(r)?;
        let name = |word: &str| names.get(word).cloned().unwrap_or_else(|| word.to_owned());
        let stored = rows::parts(r, id)?;
        let open_parts = stored.iter().filter(|part| !part.state.is_in()).count();
        let digest = row.request.answer.digest();
        let buttons = with_facts(&row, &policy, (open_parts, now), &digest, |facts| {
            workflow::available(facts, who(actor))
                .into_iter()
                .map(|(event, result)| (event, result.map(drop)))
                .collect()
        });
        let parts = stored
            .into_iter()
            .map(|part| {
                let events = if row.state.is_closed() {
                    Vec::new()
                } else {
                    part_machine::available((part.state, part.unit), part_who(actor, Some(&row)))
                };
                (part, events)
            })
            .collect();
        let steps = rows::steps(r, id)?;
        let steps = steps.into_iter().rev().map(|step| (step.clone(), name(&step.person))).collect();
        let mut said_before = said_before(r, &row)?;
        said_before.iter_mut().for_each(forget);
        let said_elsewhere = said::said_elsewhere(r, &row.request.asked.subject, &row.id.to_string())?;
        let received = time::day_of(row.received_at);
        let frozen_by = emergency::freezing(r, row.id)?.filter(|_| !row.state.is_closed());
        Ok(Shown {
            may_answer_complaints: may_answer_complaints(actor),
            remarks: rows::remark_counts(r, id)?,
            may_ask: !row.state.is_closed() && part_who(actor, Some(&row)).asks(),
            extension_most: extension_most(&policy, &row),
            frozen_by,
            is_late: is_late(&row, now),
            shares: overview::shares(&policy, &row, now),
            buttons,
            parts,
            steps,
            grounds: policy.law.grounds_at(received).cloned().collect(),
            said_before,
            said_elsewhere,
            people: names.into_iter().collect(),
            tree: office::load_tree(r)?,
            digest,
            row,
        })
    })?;
    Ok(hand_over(actor, shown))
}

/// A text of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its number, from 1.
    pub number: usize,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// The text.
    pub text: String,
    /// The version of the request that had it first.
    pub version: i64,
}

/// The request, and every text of its answer, first to last.
///
/// # Errors
/// Without the right to see requests, or when there is none.
pub fn drafts(app: &App, actor: &Actor, id: CaseId) -> Result<(CaseRow, Vec<Draft>), ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let mut row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        forget(&mut row);
        let names = account::names(r)?;
        let drafts = rows::drafts(r, id)?.into_iter().enumerate().map(|(index, draft)| Draft {
            number: index + 1,
            at: draft.at,
            who: names.get(&draft.person).cloned().unwrap_or(draft.person),
            text: draft.text,
            version: draft.version,
        });
        Ok((row, drafts.collect()))
    })
}

/// Whether this person sees who asked by name and how to reach them: who keeps the desk, and the unit that leads.
fn sees_reporter(actor: &Actor, row: &CaseRow) -> bool {
    let leads = row.request.lead.is_some() && row.request.lead == actor.unit;
    actor.may(Capability::ReadPersonalData) && (leads || actor.may(Capability::TakePress))
}

/// Takes name and contact out for those who may not see them; who sees some stands in the security log (AZ-A05).
fn hand_over(actor: &Actor, mut shown: Shown) -> Shown {
    let row = &shown.row;
    let personal = [&row.reporter, &row.contact, &row.card, &row.confirmed_contact, &row.delivered_to];
    let has_personal = personal.into_iter().any(|text| !text.is_empty());
    if !sees_reporter(actor, row) {
        forget(&mut shown.row);
    } else if has_personal {
        let (actor, case) = (actor.name.as_str(), shown.row.id);
        tracing::info!(target: "security", event = "personal_data_read", actor, %case, "personal data read");
    }
    shown
}

/// What was answered before on the same subject: first the request this one goes on from.
fn said_before(r: &mut store::Reader<'_>, row: &CaseRow) -> Result<Vec<CaseRow>, ActionError> {
    const MOST: usize = 5;
    let mut first = None;
    if let Some(follows) = row.request.follows
        && let Ok(follows) = follows.to_string().parse()
    {
        first = rows::find(r, follows)?.filter(|before| before.state == State::Answered);
    }
    let mut said = rows::said_before(r, row.id, &subject_words(&row.request.asked.subject), 5)?;
    if let Some(first) = first {
        said.retain(|other| other.id != first.id);
        said.insert(0, first);
        said.truncate(MOST);
    }
    Ok(said)
}

/// The syllables of a subject that say what it is about, without the number of the request it goes on from: the
/// first eight.
fn subject_words(subject: &str) -> Vec<String> {
    const MOST: usize = 8;
    // "Hỏi tiếp YC-0001/2026: …"
    let own = subject
        .strip_prefix(FOLLOW_UP)
        .and_then(|rest| rest.split_once(": "))
        .map_or(subject, |(_, own)| own);
    let mut words: Vec<String> = Vec::new();
    for word in text::fold(own).split(|sign: char| !sign.is_alphanumeric()) {
        let says = word.chars().count() >= 3 && !word.chars().all(|sign| sign.is_ascii_digit());
        if says && words.len() < MOST && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Whether a request is past its limit: now, or when it was closed. What was decided stays decided.
pub fn is_late(row: &CaseRow, now: Timestamp) -> bool {
    row.due_at.is_some_and(|due| row.closed_at.unwrap_or(now) > due)
}

/// The last instant of a limit.
pub(crate) fn end_of(due: domain::deadline::Due) -> Option<Timestamp> {
    match due {
        domain::deadline::Due::Instant(at) => Some(at),
        domain::deadline::Due::Day(day) => {
            let next = time::start_of(day.tomorrow().ok()?).ok()?;
            next.checked_sub(jiff::SignedDuration::from_millis(1)).ok()
        }
    }
}

fn who(actor: &Actor) -> Who<'_> {
    Who { name: &actor.name, roles: &actor.roles, unit: actor.unit }
}

/// Who acts on a part of a request, or on one apart from any.
fn part_who<'a>(actor: &'a Actor, case: Option<&CaseRow>) -> part_machine::Who<'a> {
    let lead = case.and_then(|row| row.request.lead);
    part_machine::Who { roles: &actor.roles, unit: actor.unit, leads: lead.is_some() && actor.unit == lead }
}

/// Gives what the decision needs to know to `work`.
fn with_facts<T>(
    row: &CaseRow,
    policy: &Policy,
    (open_parts, now): (usize, Timestamp),
    digest: &str,
    work: impl FnOnce(&Facts<'_>) -> T,
) -> T {
    let request = &row.request;
    let received = time::day_of(row.received_at);
    let grounds: Vec<&str> = policy.law.grounds_at(received).map(|ground| ground.code.as_str()).collect();
    let rule = request.deadline.as_ref().map_or("", |deadline| deadline.rule.as_str());
    let is_extended = request.shifts.iter().any(|shift| shift.days > 0);
    work(&Facts {
        state: row.state,
        lead: request.lead,
        writers: &request.writers,
        digest,
        shortcoming: request.answer.shortcoming(&grounds),
        refuses: request.answer.refuses(),
        is_spoken: request.answer.is_spoken(),
        chain: &request.chain,
        clearances: &request.clearances,
        bypass: request.bypass.as_ref(),
        open_parts,
        is_identified: request.asked.identity != domain::press::request::Identity::Unverified,
        clock: workflow::Clock {
            may_extend: !is_extended && clock::extension(&policy.law, rule, received).is_some(),
            may_pause: clock::pause(&policy.law, rule, received).is_some(),
            is_paused: request.pause().is_some(),
            is_over: row.due_at.is_some_and(|due| due < now),
        },
    })
}

/// Days an extension may add at most, by the law of the day of receipt.
fn extension_most(policy: &Policy, row: &CaseRow) -> Option<u32> {
    let rule = row.request.deadline.as_ref()?.rule.as_str();
    match clock::extension(&policy.law, rule, time::day_of(row.received_at))?.limit {
        Limit::WorkingDays(most) | Limit::CalendarDays(most) => Some(most),
        _ => None,
    }
}

/// How many requests wait at each open state, and how many of all are late: for the desk's first page.
///
/// # Errors
/// Without the right to see requests.
pub fn waiting(app: &App, actor: &Actor) -> Result<(Vec<(State, i64)>, i64), ActionError> {
    actor.require(Capability::ReadPress)?;
    let now = app.now();
    app.read(|r| {
        let open = State::ALL.into_iter().filter(|state| !state.is_closed());
        let counts = open
            .map(|state| Ok((state, rows::count(r, &Filter { states: vec![state], ..Filter::default() })?)))
            .collect::<Result<_, ActionError>>()?;
        let late = rows::count(r, &Filter { late_at: Some(now), ..Filter::default() })?;
        Ok((counts, late))
    })
}

/// A unit that may be given work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    /// The unit.
    pub id: UnitId,
    /// What it is called.
    pub name: String,
    /// Whether somebody of it has an account with which to do the work.
    pub has_account: bool,
}

/// The units that may be given work now: the office itself and those below it.
///
/// # Errors
/// Without the right to see requests.
pub fn units(app: &App, actor: &Actor) -> Result<Vec<Assignee>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let today = app.today();
    app.read(|r| {
        let own = office::load(r)?.unit;
        let tree = office::load_tree(r)?;
        let today = office::working_day(&tree, own, today);
        let below = office::below_by_name(&tree, own, today);
        let working = account::units_that_answer(r)?;
        let assignee = |unit: &domain::unit::Unit| Assignee {
            id: unit.id,
            name: unit.name.clone(),
            has_account: working.contains(&unit.id),
        };
        let all = tree.get(own).into_iter().chain(below.into_iter().map(|(_, unit)| unit));
        Ok(all.map(assignee).collect())
    })
}
