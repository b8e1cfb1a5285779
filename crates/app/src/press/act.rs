//! Carrying out what was decided about a request.

use domain::access::Capability;
use domain::deadline::{self, Deadline, Due, Pause, Trigger};
use domain::id::{CaseId, UnitId};
use domain::law::Limit;
use domain::press::request::{Answer, Bypass, Clearance, LONGEST_ANSWER, Shift};
use domain::press::workflow::{self, Event, Given, State, Step};
use domain::press::{clock, delay};
use domain::register::Register;
use domain::text;
use domain::time::{self, Day};
use store::Tx;
use store::press::{self as rows, CaseRow};

use super::{NewPart, chain_for, end_of, is_late, line, part, who, with_facts};
use crate::rules::Policy;
use crate::{ActionError, Actor, App, Invalid, office, rules};

/// What comes with an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    /// Why.
    pub reason: String,
    /// *Văn bản* that says so; for extensions and pauses.
    pub document: String,
    /// Days more, for an extension.
    pub days: u32,
    /// The step to go back to, from 0.
    pub step: Option<usize>,
    /// The digest of what the person was shown.
    pub shown_digest: Option<String>,
}

/// Who does a request, by when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The unit that leads.
    pub lead: Option<UnitId>,
    /// The stored word of the legal kind.
    pub legal_kind: String,
    /// What other units are asked.
    pub parts: Vec<NewPart>,
    /// What the units should know.
    pub note: String,
}

pub(super) fn load(tx: &mut Tx<'_>, (id, version): (CaseId, i64)) -> Result<CaseRow, ActionError> {
    let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version == version { Ok(row) } else { Err(ActionError::Stale) }
}

pub(super) fn decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    policy: &Policy,
    row: &CaseRow,
    event: Event,
    given: Given<'_>,
) -> Result<Step, ActionError> {
    let open_parts = rows::parts(tx, row.id)?.iter().filter(|part| !part.state.is_in()).count();
    let digest = row.request.answer.digest();
    with_facts(row, policy, (open_parts, tx.now()), &digest, |facts| {
        workflow::decide(facts, event, who(actor), given)
            .map_err(|refusal| ActionError::Refused(refusal.code()))
    })
}

/// Saves what a step made of a request: the row, its line in the register, the step itself.
pub(super) fn save(
    tx: &mut Tx<'_>,
    policy: &Policy,
    mut row: CaseRow,
    (step, note): (Step, &str),
) -> Result<CaseRow, ActionError> {
    row.state = step.to();
    row.due_at = row.request.deadline.as_ref().and_then(|deadline| end_of(deadline.due));
    delay::note(&mut row.request, row.state, tx.now());
    if row.state.is_closed() && row.closed_at.is_none() {
        // What was said was in time when it was said; it was written down later.
        row.closed_at = Some(row.request.spoken.as_ref().map_or(tx.now(), |spoken| spoken.at));
        if is_late(&row, tx.now()) {
            let shares = delay::shares(&row.request, row.due_at, tx.now(), &policy.calendar);
            row.request.charged = delay::longest(&shares).map(|share| share.place.clone());
        }
    }
    let digest = row.request.answer.digest();
    let word = step.event().word();
    let row = rows::update(tx, &format!("press_case.{word}"), &row)?;
    line::keep(tx, &row)?;
    rows::add_step(tx, row.id, word, note, &digest)?;
    Ok(row)
}

/// Hands a request to a leading unit, and asks others to help (B4, B5).
///
/// # Errors
/// Without the right, when it cannot be assigned now, or changed meanwhile.
pub fn assign(
    app: &App,
    actor: &Actor,
    at: (CaseId, i64),
    assignment: &Assignment,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let policy = rules::policy(app)?;
    let today = app.today();
    let mut invalid = Vec::new();
    let kind =
        Register::PressRequests.field("legal_kind").and_then(|field| field.word(&assignment.legal_kind));
    if kind.is_none() {
        invalid.push(Invalid::new("legal_kind", "required"));
    }
    let tree = office::tree(app)?;
    let working = office::working_day(&tree, office::office(app)?.unit, today);
    let stands = |unit: UnitId| tree.get(unit).is_some_and(|unit| unit.is_valid(working));
    let Some(lead) = assignment.lead.filter(|unit| stands(*unit)) else {
        invalid.push(Invalid::new("lead", "required"));
        return Err(ActionError::Invalid(invalid));
    };
    for (index, part) in assignment.parts.iter().enumerate() {
        part::check(part, today, &mut invalid, index);
        if part.unit == Some(lead) {
            invalid.push(Invalid::new(format!("unit_{index}"), "unit_leads"));
        }
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let note = text::clean_text(&assignment.note);
    let now = app.now();
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let step = decide(tx, actor, &policy, &row, Event::Assign, Given::default())?;
        row.request.lead = Some(lead);
        let mut rekinded = None;
        let asked = &mut row.request.asked;
        if asked.legal_kind != assignment.legal_kind {
            // What it is in law decides its limit; the day of receipt stays, and what is late stays late.
            let is_over = row.due_at.is_some_and(|due| due < now);
            if is_over && !asked.legal_kind.is_empty() {
                return Err(ActionError::invalid("legal_kind", "kind_of_late"));
            }
            let before = std::mem::replace(&mut asked.legal_kind, assignment.legal_kind.clone());
            let promised = row.request.deadline.as_ref().map(|deadline| deadline.due);
            row.request.promised = row.request.promised.or(promised);
            if !is_over {
                row.request.deadline = recomputed(&policy, &row)?;
            }
            let after = row.request.deadline.as_ref().map(|deadline| deadline.due);
            if !before.is_empty() && promised != after {
                if note.is_empty() {
                    return Err(ActionError::invalid("note", "kind_needs_reason"));
                }
                rekinded = Some(kinds_in_words((&before, promised), (&assignment.legal_kind, after)));
            }
        }
        let row = save(tx, &policy, row, (step, &note))?;
        if let Some(words) = rekinded {
            rows::add_step(tx, row.id, "rekind", &words, "")?;
        }
        for new in &assignment.parts {
            part::insert(tx, &policy, Some(row.id), new)?;
        }
        Ok(())
    })
}

/// What a change of the kind did, for the course of the request: the official words of both kinds, and both limits.
fn kinds_in_words(before: (&str, Option<Due>), after: (&str, Option<Due>)) -> String {
    let words = |(kind, due): (&str, Option<Due>)| {
        let field = Register::PressRequests.field("legal_kind");
        let official = field.and_then(|field| field.official(kind)).unwrap_or(kind);
        match due {
            Some(due) => format!("{official} (hạn {})", due.in_words()),
            None => official.to_owned(),
        }
    };
    format!("{} → {}", words(before), words(after))
}

/// The limit of a request from its kind, its pauses and its extension.
fn recomputed(policy: &Policy, row: &CaseRow) -> Result<Option<Deadline>, ActionError> {
    let request = &row.request;
    let received = time::day_of(row.received_at);
    let kind = Some(request.asked.legal_kind.as_str()).filter(|kind| !kind.is_empty());
    let Some(rule) = clock::rule(&policy.law, kind, received) else { return Ok(None) };
    let most = |rule: &str| match clock::pause(&policy.law, rule, received).map(|rule| rule.limit) {
        Some(Limit::CalendarDays(days)) => i64::from(days),
        _ => 0,
    };
    let most = most(&rule.id);
    let mut used = 0;
    let mut pauses = Vec::new();
    for shift in request.shifts.iter().filter(|shift| shift.days == 0) {
        // A pause that lasts counts to its legal end: nobody has to wake the clock.
        let left = most - used;
        if left <= 0 {
            break;
        }
        let last_allowed = time::days_later(shift.from, left - 1);
        let to = shift.to.unwrap_or(last_allowed).min(last_allowed);
        if to < shift.from {
            continue;
        }
        used += i64::from((to - shift.from).get_days()) + 1;
        pauses.push(Pause { from: shift.from, to, reason: shift.reason.clone() });
    }
    let computed = deadline::compute_with(rule, Trigger::Day(received), &policy.calendar, &pauses)
        .map_err(anyhow::Error::new);
    let mut deadline = computed?;
    // What was promised first stays visible, whatever moved it.
    let first =
        deadline::compute(rule, Trigger::Day(received), &policy.calendar).map_err(anyhow::Error::new)?;
    for shift in request.shifts.iter().filter(|shift| shift.days > 0) {
        if let Some(extension) = clock::extension(&policy.law, &rule.id, received) {
            deadline = deadline
                .extended_by(extension, shift.days, &shift.reason, &policy.calendar)
                .map_err(over_maximum)?;
        }
    }
    let first = request.promised.unwrap_or(first.due);
    deadline.first_due = (first != deadline.due).then_some(first);
    Ok(Some(deadline))
}

fn over_maximum(error: deadline::NoExtension) -> ActionError {
    match error {
        deadline::NoExtension::OverMaximum(most) => {
            ActionError::Invalid(vec![Invalid::new("days", "over_maximum").with("limit", most)])
        }
        deadline::NoExtension::NotInDays | deadline::NoExtension::NoDeadline(_) => {
            ActionError::Refused("press_no_extension")
        }
    }
}

/// Writes the answer, from the version the person saw. It voids every clearance.
///
/// # Errors
/// Without the right, when it cannot be written now, when it changed meanwhile, or for fields that cannot be taken.
pub fn write(app: &App, actor: &Actor, at: (CaseId, i64), answer: &Answer) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let answer = Answer {
        text: text::clean_text(&answer.text),
        speaker: text::clean_line(&answer.speaker),
        ..answer.clone()
    };
    let mut invalid = Vec::new();
    if answer.text.chars().count() > LONGEST_ANSWER {
        invalid.push(Invalid::new("text", "too_long").with("limit", LONGEST_ANSWER));
    }
    if answer.speaker.chars().count() > 100 {
        invalid.push(Invalid::new("speaker", "too_long").with("limit", 100));
    }
    let is_word = |field: &str, word: &str| {
        Register::PressRequests.field(field).and_then(|known| known.word(word)).is_some()
    };
    if !is_word("reply_form", &answer.form) {
        invalid.push(Invalid::new("form", "required"));
    }
    // What is said is said by somebody; who that may be is looked at when it is handed in and when it leaves.
    if answer.is_spoken() && !answer.refuses() && answer.speaker.is_empty() {
        invalid.push(Invalid::new("speaker", "required"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let step = decide(tx, actor, &policy, &row, Event::Write, Given::default())?;
        let received = time::day_of(row.received_at);
        let offers = policy.law.grounds_at(received).any(|ground| ground.code == answer.ground);
        if answer.refuses() && !offers {
            return Err(ActionError::Refused(workflow::Refusal::GroundNotInForce.code()));
        }
        row.request.answer = answer;
        if !row.request.writers.contains(&actor.name) {
            row.request.writers.push(actor.name.clone());
        }
        row.request.void_clearance();
        save(tx, &policy, row, (step, ""))?;
        Ok(())
    })
}

/// Carries out an event on a request, from the version the person saw. Assigning, writing and issuing have functions
/// of their own.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; [`ActionError::Stale`].
pub fn act(app: &App, actor: &Actor, at: (CaseId, i64), event: Event, act: &Act) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    if event.brings_more() {
        return Err(ActionError::Refused(workflow::Refusal::NotNow.code()));
    }
    let policy = rules::policy(app)?;
    let reason = text::clean_text(&act.reason);
    if reason.chars().count() > 2_000 {
        return Err(ActionError::Invalid(vec![Invalid::new("reason", "too_long").with("limit", 2_000)]));
    }
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let given = Given { reason: &reason, shown_digest: act.shown_digest.as_deref(), step: act.step };
        let step = decide(tx, actor, &policy, &row, event, given)?;
        change(tx, &policy, &mut row, event, (&reason, act))?;
        save(tx, &policy, row, (step, &reason))?;
        Ok(())
    })
}

/// What an event does to the request itself.
fn change(
    tx: &mut Tx<'_>,
    policy: &Policy,
    row: &mut CaseRow,
    event: Event,
    (reason, act): (&str, &Act),
) -> Result<(), ActionError> {
    let today = time::day_of(tx.now());
    let person = tx.actor().to_owned();
    match event {
        Event::Decline => row.request.lead = None,
        Event::Submit => {
            let answer = &row.request.answer;
            if !answer.speaker.is_empty() {
                let who = (answer.speaker.as_str(), row.request.asked.subject.as_str());
                super::speaker::require(tx, who, today)?;
            }
            (row.request.chain, row.request.passed_over) = chain_for(tx, &row.request, today)?;
            row.request.void_clearance();
        }
        Event::Endorse | Event::Clear => row.request.clearances.push(Clearance {
            step: row.request.next_step(),
            person,
            at: tx.now(),
            digest: row.request.answer.digest(),
        }),
        Event::SendBack => row.request.void_clearance(),
        Event::Recheck => {
            if let Some(step) = act.step {
                row.request.clearances.truncate(step);
            }
        }
        Event::Bypass => {
            let limit = policy.law.rule_at(clock::SECOND_LOOK, today).ok();
            let limit = limit
                .and_then(|rule| deadline::compute(rule, Trigger::Instant(tx.now()), &policy.calendar).ok());
            row.request.clearances.clear();
            row.request.bypass = Some(Bypass {
                person,
                at: tx.now(),
                digest: row.request.answer.digest(),
                reason: reason.to_owned(),
                look_by: limit.and_then(|deadline| end_of(deadline.due)),
                looked: None,
            });
        }
        Event::SecondLook => {
            if let Some(bypass) = &mut row.request.bypass {
                bypass.looked = Some((person, tx.now()));
            }
        }
        Event::Extend => {
            if act.days == 0 {
                return Err(ActionError::invalid("days", "required"));
            }
            shift(policy, row, (today, act.days), reason, &act.document)?;
        }
        Event::Pause => shift(policy, row, (today, 0), reason, &act.document)?,
        Event::Resume => {
            let yesterday = today.yesterday().unwrap_or(today);
            if let Some(pause) = row.request.shifts.iter_mut().find(|s| s.days == 0 && s.to.is_none()) {
                pause.to = Some(yesterday);
            }
            row.request.deadline = recomputed(policy, row)?;
        }
        Event::Accept
        | Event::Withdraw
        | Event::Assign
        | Event::Write
        | Event::Tell
        | Event::Issue
        | Event::IssueRefusal => {}
    }
    Ok(())
}

/// Notes an extension or the beginning of a pause and computes the limit anew; the first date stays in its trace.
fn shift(
    policy: &Policy,
    row: &mut CaseRow,
    (from, days): (Day, u32),
    reason: &str,
    document: &str,
) -> Result<(), ActionError> {
    let rule = row.request.deadline.as_ref().map(|deadline| deadline.rule.clone()).unwrap_or_default();
    let received = time::day_of(row.received_at);
    let allowed = if days > 0 {
        clock::extension(&policy.law, &rule, received)
    } else {
        clock::pause(&policy.law, &rule, received)
    };
    row.request.shifts.push(Shift {
        reason: reason.to_owned(),
        document: text::clean_line(document),
        from,
        to: None,
        days,
        rule: allowed.map(domain::law::Rule::key).unwrap_or_default(),
    });
    row.request.deadline = recomputed(policy, row)?;
    Ok(())
}

/// Whether the state of a request still lets units work on it.
pub(super) fn is_open(state: State) -> Result<(), ActionError> {
    if state.is_closed() { Err(ActionError::Refused("press_not_now")) } else { Ok(()) }
}
