//! What the reporter sees at the page of the code: where the request stands, the promised date, the answer; asking
//! on, and saying what the answer was worth.

use domain::id::CaseId;
use domain::notice::{read_receipt, receipt};
use domain::press::request::{Identity, LONGEST_QUESTIONS, Rating};
use domain::press::workflow::State;
use domain::text;
use domain::time::{self, Day};
use store::press::{self as rows, CaseRow};

use super::intake::{AN_HOUR, Intake, hash_of, insert};
use super::letter::{File, kept};
use crate::{ActionError, Actor, App, Invalid, kept_line, rules};

/// What the holder of the code complained of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complained {
    /// What about.
    pub text: String,
    /// When.
    pub day: Day,
    /// What the office answered, and when.
    pub reply: Option<(String, Day)>,
}

/// What the holder of the code is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// The day it came.
    pub received: Day,
    /// The promised date (*ngày hẹn trả lời*), and how it came about, in Vietnamese.
    pub due: Option<(Day, Vec<String>)>,
    /// The date promised first, when it was moved.
    pub first_due: Option<Day>,
    /// Whether the clock stands still, and why.
    pub pause: Option<String>,
    /// The text of the answer, once it left, with its symbol and day.
    pub answer: Option<(String, String, Day)>,
    /// The ground on which it was refused, with its legal basis.
    pub ground: Option<(String, String)>,
    /// Whether the sender was asked to show who they are, and has not.
    pub is_unverified: bool,
    /// What was said of the answer.
    pub rating: Option<Rating>,
    /// What was complained of, first to last.
    pub complaints: Vec<Complained>,
    /// Whether another complaint is taken now.
    pub may_complain: bool,
    /// The address on the portal, once it is public.
    pub portal: Option<String>,
}

pub(super) fn find(app: &App, typed: &str) -> Result<CaseRow, ActionError> {
    let code = read_receipt(typed).ok_or(ActionError::NotFound)?;
    app.read(|r| rows::by_code(r, &hash_of(&code))?.ok_or(ActionError::NotFound))
}

/// The request with this code. Nobody guesses one: it holds 80 random bits.
///
/// # Errors
/// [`ActionError::NotFound`] when there is none.
pub fn by_code(app: &App, typed: &str) -> Result<Receipt, ActionError> {
    let row = find(app, typed)?;
    let portal = match row.request.publication {
        None => None,
        Some(id) => {
            crate::public::item(app, id).ok().filter(|found| found.withdrawn.is_none()).map(|found| {
                crate::publication::public_path(domain::publication::Kind::Statement, &found.item.slug, id)
            })
        }
    };
    let request = row.request;
    let received = time::day_of(row.received_at);
    let (answered_on, symbol) = (request.answered_on(), request.reply_symbol().to_owned());
    let is_done = answered_on.is_some();
    let ground = if is_done && request.answer.refuses() {
        let policy = rules::policy(app)?;
        let known = policy.law.grounds_at(received).find(|ground| ground.code == request.answer.ground);
        known.map(|ground| (ground.title.clone(), ground.basis.clone()))
    } else {
        None
    };
    let first = request.deadline.as_ref().and_then(|deadline| deadline.first_due);
    let complained = request.complaints.iter().map(|complaint| {
        let reply = complaint.reply.as_ref().map(|(text, _, at)| (text.clone(), time::day_of(*at)));
        Complained { text: complaint.text.clone(), day: time::day_of(complaint.at), reply }
    });
    let complaints = complained.collect();
    let may_complain =
        request.open_complaint().is_none() && request.complaints.len() < super::MOST_COMPLAINTS;
    Ok(Receipt {
        number: row.number,
        subject: request.asked.subject.clone(),
        state: row.state,
        received,
        ground,
        due: request.deadline.as_ref().map(|deadline| {
            let basis = format!("Căn cứ: {}.", deadline.bases());
            (deadline.due.day(), [deadline.describe_vi(), vec![basis]].concat())
        }),
        first_due: first.map(domain::deadline::Due::day),
        pause: request.pause().map(|pause| pause.reason.clone()),
        is_unverified: request.asked.identity == Identity::Unverified && !is_done,
        answer: answered_on.map(|day| (request.answer.text, symbol, day)),
        complaints,
        may_complain,
        rating: request.rating,
        portal,
    })
}

/// Whether this is a code that opened a request before who asks was confirmed: another one was given to the confirmed
/// contact, and this one opens nothing.
///
/// # Errors
/// When the database fails.
pub fn is_replaced(app: &App, typed: &str) -> Result<bool, ActionError> {
    let Some(code) = read_receipt(typed) else { return Ok(false) };
    app.read(|r| Ok(rows::is_replaced(r, &hash_of(&code))?))
}

/// The letter, for the holder of the code.
///
/// # Errors
/// [`ActionError::NotFound`] when there is no such request, or it was not answered.
pub fn letter_by_code(app: &App, typed: &str) -> Result<Vec<u8>, ActionError> {
    kept(app, &find(app, typed)?, File::Pdf)
}

/// Asks on from an answered request: a new request that names the first; gives its code. Who holds the code of a
/// confirmed sender is that sender: it was given out after somebody confirmed the contact. Once names and contacts are
/// forgotten, nobody knows who that was, and it begins unverified.
///
/// # Errors
/// When the first was not answered, for questions that are missing or too long, or too many from one network.
pub fn follow_up(app: &App, typed: &str, questions: &str, network: &str) -> Result<String, ActionError> {
    let before = find(app, typed)?;
    if before.request.answered_on().is_none() {
        return Err(ActionError::Refused("press_not_now"));
    }
    let questions = text::clean_text(questions);
    if questions.is_empty() {
        return Err(ActionError::invalid("questions", "required"));
    }
    if questions.chars().count() > LONGEST_QUESTIONS {
        let wrong = Invalid::new("questions", "too_long").with("limit", LONGEST_QUESTIONS);
        return Err(ActionError::Invalid(vec![wrong]));
    }
    crate::notice::limit_of(app, "press", network, AN_HOUR)?;
    let policy = rules::policy(app)?;
    let code = receipt(app.random()?);
    app.write(&Actor::system(), |tx| {
        let mut asked = before.request.asked.clone();
        asked.subject =
            format!("{}{}: {}", super::FOLLOW_UP, before.number, asked.subject).chars().take(500).collect();
        asked.questions = questions;
        asked.channel = "portal".to_owned();
        // A letter of then does not introduce anybody now.
        asked.request_symbol.clear();
        if before.reporter.is_empty() && before.confirmed_contact.is_empty() {
            asked.identity = Identity::Unverified;
        }
        let is_confirmed = asked.identity != Identity::Unverified;
        let contact = if is_confirmed { &before.confirmed_contact } else { &before.contact };
        let intake = Intake {
            asked,
            reporter: before.reporter.clone(),
            contact: contact.clone(),
            card: before.card.clone(),
            received_at: None,
        };
        let id: CaseId =
            insert(tx, &policy, before.unit, &intake, &code, Some(kept_line::id_of(before.id)?))?;
        rows::add_step(tx, before.id, "follow_up", &id.to_string(), "")?;
        Ok(())
    })?;
    Ok(code)
}

/// Says what the answer was worth, 1 to 5; the last word counts.
///
/// # Errors
/// When it was not answered, or for stars that are none.
pub fn rate(app: &App, typed: &str, stars: u8, words: &str) -> Result<(), ActionError> {
    let found = find(app, typed)?;
    let words = text::clean_text(words);
    if !(1..=5).contains(&stars) {
        return Err(ActionError::invalid("stars", "required"));
    }
    if words.chars().count() > 2_000 {
        return Err(ActionError::Invalid(vec![Invalid::new("words", "too_long").with("limit", 2_000)]));
    }
    app.write(&Actor::system(), |tx| {
        let mut row = rows::find(tx, found.id)?.ok_or(ActionError::NotFound)?;
        if row.request.answered_on().is_none() {
            return Err(ActionError::Refused("press_not_now"));
        }
        row.request.rating = Some(Rating { stars, text: words, at: tx.now() });
        rows::update(tx, "press_case.rate", &row)?;
        Ok(())
    })
}
