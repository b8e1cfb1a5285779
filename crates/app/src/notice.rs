//! What readers report as wrong: sent by anybody, looked into on the desk, answered at the page of the receipt code.

use domain::access::Capability;
use domain::deadline::{Deadline, Trigger};
use domain::id::{NoticeId, PublicationId};
use domain::law::Rule;
use domain::notice::{self, LONGEST_CONTACT, LONGEST_TEXT, RULE, State};
use domain::text;
use domain::time::{Day, Timestamp};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use store::notice as rows;
use store::public_item::{self, PublicItem};

pub use store::notice::NoticeRow;

use crate::{ActionError, Actor, App, Invalid, rules};

/// Notices from one network in an hour: enough for an office behind one address, too few to bury the desk (LIM).
pub const AN_HOUR: i64 = 5;
/// Notices on a page of the desk.
pub const PER_PAGE: u16 = 50;

/// What a reader sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The item it is about, when it was sent from one.
    pub item: Option<PublicationId>,
    /// What is wrong.
    pub message: String,
    /// How to reach the sender; may be empty.
    pub contact: String,
    /// Whether the sender agreed that the contact be kept (Law 91/2025/QH15: silence is no consent).
    pub consent: bool,
    /// From where, for the limit.
    pub network: String,
}

pub(crate) fn hash_of(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

/// Takes a notice of anybody; gives its receipt code, which only the sender ever sees.
///
/// # Errors
/// For a message that is empty or too long, a contact without consent, an item that is not public, or too many from
/// one network.
pub fn send(app: &App, sent: &Sent) -> Result<String, ActionError> {
    let (message, contact) = (text::clean_text(&sent.message), text::clean_line(&sent.contact));
    let mut invalid = Vec::new();
    if message.is_empty() {
        invalid.push(Invalid::new("message", "required"));
    }
    for (field, value, most) in [("message", &message, LONGEST_TEXT), ("contact", &contact, LONGEST_CONTACT)]
    {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if !contact.is_empty() && !sent.consent {
        invalid.push(Invalid::new("consent", "needs_consent"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let address = match sent.item {
        Some(id) => address_of(&crate::public::item(app, id)?),
        None => "/".to_owned(),
    };
    limit_of(app, "notice", &sent.network, AN_HOUR)?;
    let code = notice::receipt(app.random()?);
    let due_on = due(app)?;
    app.write(&Actor::system(), |tx| {
        let row = NoticeRow {
            id: tx.new_id()?,
            item: sent.item,
            address,
            message,
            contact,
            code_hash: hash_of(&code),
            state: State::New,
            answer: String::new(),
            received_at: tx.now().as_millisecond(),
            due_on,
            closed_at: None,
            version: 1,
        };
        Ok(rows::insert(tx, &row)?)
    })?;
    Ok(code)
}

fn address_of(found: &PublicItem) -> String {
    domain::publication::Kind::from_word(&found.item.kind)
        .map_or_else(|| "/".to_owned(), |kind| format!("/{}/{}", kind.spec().path, found.id))
}

/// Counts what one network sends through a public form, apart from what is sent, so that a refused try counts as well.
pub(crate) fn limit_of(app: &App, form: &str, network: &str, most: i64) -> Result<(), ActionError> {
    const HOUR: i64 = 3_600;
    let now = app.now();
    let start = Timestamp::from_second(now.as_second().div_euclid(HOUR) * HOUR).unwrap_or(now);
    let bucket = format!("{form}:{network}");
    let tries = app.write(&Actor::system(), |tx| Ok(store::attempt::count_up(tx, &bucket, start)?))?;
    if tries > most {
        tracing::info!(target: "security", event = "notices_limited", form, network);
        return Err(ActionError::TooMany { seconds: HOUR - now.as_second().rem_euclid(HOUR) });
    }
    Ok(())
}

/// The last day of the limit for what comes today; none when no rule in force gives one.
fn due(app: &App) -> Result<Option<Day>, ActionError> {
    Ok(term(app, app.today())?.map(|(_, deadline)| deadline.due.day()))
}

/// The limit for what comes on a day, and the rule that gives it.
fn term(app: &App, day: Day) -> Result<Option<(Rule, Deadline)>, ActionError> {
    let policy = rules::policy(app)?;
    let Ok(rule) = policy.law.rule_at(RULE, day) else { return Ok(None) };
    let computed = domain::deadline::compute(rule, Trigger::Day(day), &policy.calendar).ok();
    Ok(computed.map(|deadline| (rule.clone(), deadline)))
}

/// What the sender of a notice sees at the page of the receipt code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Where it stands.
    pub state: State,
    /// What the sender is told; empty so far.
    pub answer: String,
    /// When it came.
    pub received: Day,
    /// The last day of the limit.
    pub due_on: Option<Day>,
    /// How that day was counted; none where rule or calendar have changed since, so that they no longer give it.
    pub term: Option<(Rule, Deadline)>,
    /// The page it is about.
    pub address: String,
}

/// The notice with this receipt code. Nobody guesses one: it holds 80 random bits.
///
/// # Errors
/// [`ActionError::NotFound`] when there is none.
pub fn by_code(app: &App, typed: &str) -> Result<Receipt, ActionError> {
    let code = notice::read_receipt(typed).ok_or(ActionError::NotFound)?;
    let row = app.read(|r| rows::by_code(r, &hash_of(&code))?.ok_or(ActionError::NotFound))?;
    let received = Timestamp::from_millisecond(row.received_at).map_err(anyhow::Error::new)?;
    let received = domain::time::day_of(received);
    let term = term(app, received)?.filter(|(_, deadline)| Some(deadline.due.day()) == row.due_on);
    Ok(Receipt {
        state: row.state,
        answer: row.answer,
        received,
        term,
        due_on: row.due_on,
        address: row.address,
    })
}

/// A page of notices with how many there are.
///
/// # Errors
/// Without the right to see what is written for the public.
pub fn list(
    app: &App,
    actor: &Actor,
    state: Option<State>,
    page: u32,
) -> Result<(Vec<NoticeRow>, i64), ActionError> {
    actor.require(Capability::ReadPublications)?;
    let (mut notices, total) = app.read(|r| Ok(rows::list(r, state, page, PER_PAGE)?))?;
    notices.iter_mut().for_each(|row| row.contact.clear());
    Ok((notices, total))
}

/// One notice with the title of what it is about; the contact only for those with the right, and their look at it is
/// a security event.
///
/// # Errors
/// Without the right, or when there is none.
pub fn show(app: &App, actor: &Actor, id: NoticeId) -> Result<(NoticeRow, String), ActionError> {
    actor.require(Capability::ReadPublications)?;
    let (mut row, title) = app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let item = row.item.map(|item| public_item::find(r, item)).transpose()?.flatten();
        Ok((row, item.map(|found| found.item.title).unwrap_or_default()))
    })?;
    if !actor.may(Capability::ReadPersonalData) {
        row.contact.clear();
    } else if !row.contact.is_empty() {
        let actor = actor.name.as_str();
        tracing::info!(target: "security", event = "personal_data_read", actor, notice = %id, "personal data read");
    }
    Ok((row, title))
}

/// Moves a notice on, from the version the person saw, and tells the sender `answer`.
///
/// # Errors
/// Without the right to write for the public; when it cannot go there; without an answer where the sender is owed one;
/// when it changed meanwhile.
pub fn act(
    app: &App,
    actor: &Actor,
    (id, version): (NoticeId, i64),
    next: State,
    answer: &str,
) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    let answer = text::clean_text(answer);
    if answer.chars().count() > LONGEST_TEXT {
        return Err(ActionError::Invalid(vec![
            Invalid::new("answer", "too_long").with("limit", LONGEST_TEXT),
        ]));
    }
    if answer.is_empty() && next.is_closed() {
        return Err(ActionError::invalid("answer", "required"));
    }
    app.write(actor, |tx| {
        let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        if !row.state.leads_to(next) {
            return Err(ActionError::Refused("notice_not_now"));
        }
        let closed_at = next.is_closed().then(|| tx.now().as_millisecond());
        Ok(rows::update(tx, &NoticeRow { state: next, answer, closed_at, ..row })?)
    })
}

/// Takes away contacts whose time is over; part of the daily clearing-up.
pub(crate) fn forget_contacts(tx: &mut store::Tx<'_>) -> Result<usize, ActionError> {
    let age = SignedDuration::from_hours(notice::CONTACT_DAYS * 24);
    let before = tx.now().checked_sub(age).unwrap_or(Timestamp::MIN);
    Ok(rows::erase_contacts(tx, before)?)
}
