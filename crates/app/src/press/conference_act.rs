//! What is done to a press conference that was planned: the notice and the invitation leave under numbers, the answer of the
//! authority, that it was held, its minutes, that it was cancelled.

use domain::access::Capability;
use domain::id::ConferenceId;
use domain::press::conference::{self as machine, Conference, Event, Invitation, Notice, Refusal, State};
use domain::text;
use domain::time::{self, Day, Timestamp};
use store::conference::{self as rows, ConferenceRow};

use super::conference::{decided, keep_line};
use super::conference_papers::{self as papers, Asked, ConferencePaper};
use super::{end_of, speaker};
use crate::{ActionError, Actor, App, Invalid, office, rules};

/// What is typed with an event; each event takes what it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// *Số, ký hiệu* of the answer; *ký hiệu* of notice, invitation and minutes, without the number; or the reason of a
    /// cancellation.
    pub symbol: String,
    /// *Số* of notice and invitation, the next one of the year when absent; of the minutes, which take no number of the
    /// register of outgoing documents and may have none.
    pub number: Option<u32>,
    /// Why numbers are left out before a typed one.
    pub gap_reason: String,
    /// To whom the notice goes; the provincial committee when empty.
    pub addressee: String,
    /// When the notice was sent, or the answer came.
    pub at: Option<Timestamp>,
    /// Day of the invitation; today when absent.
    pub day: Option<Day>,
    /// The agencies that came, by their place in the list.
    pub came: Vec<usize>,
    /// The minutes.
    pub text: String,
    /// Who kept them.
    pub secretary: String,
    /// Who else was there, one a line.
    pub others: String,
    /// When it ended; as planned when absent.
    pub ended_at: Option<Timestamp>,
}

/// Carries out an event other than editing, from the version the person saw.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, also for a chair who may not speak that day;
/// [`ActionError::Stale`]; for words that are missing; for a number that is taken, with the next one.
pub fn act_on_conference(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    event: Event,
    told: &Told,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    // Changing the plan is `edit_conference`, with the plan.
    if event == Event::Edit {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
    }
    // What is not possible is refused before what was typed is looked at; the transaction decides again.
    let (policy, now) = (rules::policy(app)?, app.now());
    app.read(|r| decided(r, actor, at, (event, &policy, now)).map(drop))?;
    let symbol = words(told, event)?;
    match event {
        Event::Notify => notify(app, actor, at, (told, &symbol)),
        Event::Invite => invite(app, actor, at, (told, &symbol)),
        Event::Close | Event::Correct => close(app, actor, at, (event, told, &symbol)),
        _ => step(app, actor, at, (event, told, symbol)),
    }
}

/// The conference as the person saw it.
pub(super) fn seen(app: &App, (id, version): (ConferenceId, i64)) -> Result<ConferenceRow, ActionError> {
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    if row.version == version { Ok(row) } else { Err(ActionError::Stale) }
}

/// Gives notice: the letter to the provincial committee leaves under a number. Of a conference that has begun the notice
/// is noted as it left: nothing is drawn, and no number is taken.
fn notify(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    (told, symbol): (&Told, &str),
) -> Result<(), ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    let sent = past(told.at, ("sent_on", now))?;
    let row = seen(app, at)?;
    let typed = text::clean_line(&told.addressee);
    let office = office::office(app)?;
    let addressee = if typed.is_empty() { papers::authority(&office::tree(app)?, &office) } else { typed };
    if row.starts_at <= now {
        return note_notice(app, actor, at, (told.number, symbol, &addressee, sent));
    }
    let asked = Asked {
        number: told.number,
        gap_reason: &told.gap_reason,
        symbol,
        day: time::day_of(sent),
        addressee: &addressee,
    };
    papers::send(app, actor, (&row, ConferencePaper::Notice), &asked, |tx, given| {
        let (mut row, deadline) = decided(tx, actor, at, (Event::Notify, &policy, now))?;
        let on_time = deadline.and_then(|deadline| end_of(deadline.due)).map(|due| sent <= due);
        row.conference.notice = Some(Notice {
            symbol: given.symbol,
            at: sent,
            on_time,
            addressee: addressee.clone(),
            document: Some(given.document),
            kept: Some(given.kept),
        });
        rows::update(tx, "press_conference.notify", &row)?;
        Ok(())
    })
}

/// Notes the notice that was given of a conference that is over; by the law of its day it was in time or not.
fn note_notice(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    (number, symbol, addressee, sent): (Option<u32>, &str, &str, Timestamp),
) -> Result<(), ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    let number = number.ok_or_else(|| ActionError::invalid("number", "required"))?;
    app.write(actor, |tx| {
        let (mut row, deadline) = decided(tx, actor, at, (Event::Notify, &policy, now))?;
        if sent > row.starts_at {
            let start = time::instant_in_table(row.starts_at);
            return Err(ActionError::Invalid(vec![
                Invalid::new("sent_on", "after_start").with("start", start),
            ]));
        }
        row.conference.notice = Some(Notice {
            symbol: format!("{number:02}/{symbol}"),
            at: sent,
            on_time: deadline.and_then(|deadline| end_of(deadline.due)).map(|due| sent <= due),
            addressee: addressee.to_owned(),
            document: None,
            kept: None,
        });
        rows::update(tx, "press_conference.notify", &row)?;
        Ok(())
    })
}

/// Sends the invitation under a number.
fn invite(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    (told, symbol): (&Told, &str),
) -> Result<(), ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    let today = time::day_of(now);
    let day = told.day.unwrap_or(today);
    if day > today {
        return Err(ActionError::invalid("sent_on", "in_future"));
    }
    let row = seen(app, at)?;
    let addressee = "Các cơ quan báo chí được mời";
    let asked = Asked { number: told.number, gap_reason: &told.gap_reason, symbol, day, addressee };
    papers::send(app, actor, (&row, ConferencePaper::Invitation), &asked, |tx, given| {
        let (mut row, _) = decided(tx, actor, at, (Event::Invite, &policy, now))?;
        let document = given.document;
        row.conference.invitation =
            Some(Invitation { symbol: given.symbol, day, document, kept: given.kept });
        rows::update(tx, "press_conference.invite", &row)?;
        Ok(())
    })
}

/// Writes the minutes down, or anew, and keeps them as they are drawn; those that stood before are kept too.
fn close(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    (event, told, symbol): (Event, &Told, &str),
) -> Result<(), ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    let mut row = seen(app, at)?;
    if told.ended_at.is_some_and(|ended| ended < row.starts_at) {
        let start = time::instant_in_table(row.starts_at);
        return Err(ActionError::Invalid(vec![
            Invalid::new("ended_on", "before_start").with("start", start),
        ]));
    }
    if let Some(ended) = told.ended_at {
        past(Some(ended), ("ended_on", now))?;
    }
    let conference = &mut row.conference;
    conference.minutes = text::clean_text(&told.text);
    conference.minutes_symbol = told.number.map(|number| format!("{number:02}/{symbol}")).unwrap_or_default();
    conference.secretary = text::clean_line(&told.secretary);
    conference.others = text::clean_text(&told.others);
    conference.ended_at = told.ended_at;
    conference.minutes_before.extend(conference.minutes_kept.take());
    let (kept, files) = papers::keep_minutes(app, &row)?;
    let written = Conference { minutes_kept: Some(kept), ..row.conference };
    app.write(actor, |tx| {
        let (row, _) = decided(tx, actor, at, (event, &policy, now))?;
        for file in &files {
            store::blob::register(tx, file)?;
        }
        let row = ConferenceRow { conference: written.clone(), ..row };
        let row = rows::update(tx, &format!("press_conference.{}", event.word()), &row)?;
        keep_line(tx, &row)
    })
}

/// What needs no document of ours: the answer of the authority, that it was held, that it was cancelled.
fn step(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    (event, told, symbol): (Event, &Told, String),
) -> Result<(), ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    app.write(actor, |tx| {
        let (mut row, _) = decided(tx, actor, at, (event, &policy, now))?;
        let day = time::day_of(row.starts_at);
        let conference = &mut row.conference;
        match event {
            Event::Accept | Event::Object => {
                let came = past(told.at, ("answered_on", now))?;
                if let Some(notice) = conference.notice.as_ref().filter(|notice| came < notice.at) {
                    let start = time::instant_in_table(notice.at);
                    let wrong = Invalid::new("answered_on", "before_start").with("start", start);
                    return Err(ActionError::Invalid(vec![wrong]));
                }
                conference.answered_at = Some(came);
                let due = machine::objection_deadline(&policy.law, &policy.calendar, row.starts_at);
                let due = due.filter(|_| event == Event::Object).and_then(|due| end_of(due.due));
                conference.objected_on_time = due.map(|due| came <= due);
                conference.answer.clone_from(&symbol);
            }
            Event::Cancel => conference.answer.clone_from(&symbol),
            Event::Hold => {
                speaker::require(tx, (&conference.chair, &conference.subject), day)?;
                for (index, guest) in conference.guests.iter_mut().enumerate() {
                    guest.came = told.came.contains(&index);
                }
            }
            Event::Edit | Event::Notify | Event::Invite | Event::Close | Event::Correct => {
                return Err(ActionError::Refused(Refusal::NotNow.code()));
            }
        }
        let row = rows::update(tx, &format!("press_conference.{}", event.word()), &row)?;
        if row.state == State::Held { keep_line(tx, &row) } else { Ok(()) }
    })
}

/// The symbol the paper of an event begins with; empty where none leaves or is written.
///
/// # Errors
/// Without the right to see the press desk.
pub fn conference_symbol(app: &App, actor: &Actor, event: Event) -> Result<String, ActionError> {
    actor.require(Capability::ReadPress)?;
    let office = office::office(app)?;
    Ok(match event {
        Event::Notify => ConferencePaper::Notice.symbol(&office),
        Event::Invite => ConferencePaper::Invitation.symbol(&office),
        Event::Close | Event::Correct => ConferencePaper::Minutes.symbol(&office),
        Event::Edit | Event::Accept | Event::Object | Event::Hold | Event::Cancel => String::new(),
    })
}

/// A moment that was told and does not lie ahead.
fn past(at: Option<Timestamp>, (field, now): (&str, Timestamp)) -> Result<Timestamp, ActionError> {
    let at = at.ok_or_else(|| ActionError::invalid(field, "required"))?;
    if at > now { Err(ActionError::invalid(field, "in_future")) } else { Ok(at) }
}

/// The symbol or reason an event needs, in one line; the minutes besides.
fn words(told: &Told, event: Event) -> Result<String, ActionError> {
    const LONGEST: usize = 20_000;
    let symbol = text::clean_line(&told.symbol);
    let mut invalid = Vec::new();
    let is_minutes = matches!(event, Event::Close | Event::Correct);
    if symbol.is_empty() && event != Event::Hold && !(is_minutes && told.number.is_none()) {
        invalid.push(Invalid::new("symbol", "required"));
    }
    // Minutes are numbered, or bear neither number nor symbol.
    if is_minutes && told.number.is_none() && !symbol.is_empty() {
        invalid.push(Invalid::new("number", "minutes_number"));
    }
    let is_own = is_minutes || matches!(event, Event::Notify | Event::Invite);
    if is_own && (symbol.contains('/') || symbol.chars().count() > 40) {
        invalid.push(Invalid::new("symbol", "not_a_symbol"));
    }
    if is_own && told.number == Some(0) {
        invalid.push(Invalid::new("number", "required"));
    }
    for (field, value, most) in [
        ("addressee", &told.addressee, 200),
        ("minute_taker", &told.secretary, 100),
        ("others", &told.others, 2_000),
    ] {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if is_minutes && text::clean_line(&told.secretary).is_empty() {
        invalid.push(Invalid::new("minute_taker", "required"));
    }
    if symbol.chars().count() > 500 {
        invalid.push(Invalid::new("symbol", "too_long").with("limit", 500));
    }
    if is_minutes && told.text.trim().is_empty() {
        invalid.push(Invalid::new("text", "required"));
    }
    if told.text.chars().count() > LONGEST {
        invalid.push(Invalid::new("text", "too_long").with("limit", LONGEST));
    }
    if invalid.is_empty() { Ok(symbol) } else { Err(ActionError::Invalid(invalid)) }
}
