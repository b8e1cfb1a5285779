//! Letters to the people of the office: what is due, and what happened to the own account; and to who sent a request of
//! the press: that it came, that the answer left. A letter is queued in the transaction that causes it and handed to the
//! mail server of the office later; nothing waits for it to arrive (MAIL-02, MAIL-04). Without a mail server nothing is
//! queued.
//!
//! A letter has one recipient and holds numbers, days and addresses of pages, neither names nor what was asked, and no
//! code (MAIL-03).

mod letter;
mod reminder;
mod sender;
mod settings;

use domain::access::Capability;
use domain::id::{MailId, PersonId};
use domain::time::{Day, Timestamp};
use jiff::SignedDuration;
use post::{Failure, Server};
use serde::{Deserialize, Serialize};
use store::mail::{self as rows, Ending, MailRow, Recipient};
use store::{Reader, Tx};

pub(crate) use reminder::remind;
pub(crate) use sender::{request_answered, request_received};
pub use settings::{MailForm, MailSettings, save_settings};

use crate::{ActionError, Actor, App, account};

/// Letters handed over each time the queue is looked at, so that many go at a set rate.
const AT_ONCE: usize = 20;
/// Letters on the page.
const SHOWN: u16 = 50;
/// Ended letters are shown for a quarter.
const ENDED_DAYS: i64 = 92;
/// How long a letter about what happened is of use.
const OF_USE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who hands letters to a server: a port, so that no action knows of the network.
pub trait Carrier: Send + Sync {
    /// Hands a letter over. Blocks.
    ///
    /// # Errors
    /// Why it was not handed over.
    fn carry(&self, server: &Server, letter: &post::Letter) -> Result<(), Failure>;
}

impl Carrier for post::Client {
    fn carry(&self, server: &Server, letter: &post::Letter) -> Result<(), Failure> {
        self.send(server, letter)
    }
}

/// What something due is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Subject {
    /// A request of the press.
    Case,
    /// What another unit asked for its answer.
    Part,
    /// A regulation to be acknowledged.
    RollOut,
    /// An extraordinary case on which nothing was said yet; the label is its moment.
    Emergency,
    /// An answer approved past the chain, to be looked at.
    SecondLook,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Item {
    subject: Subject,
    /// Its number or symbol.
    label: String,
    due: Day,
    /// Where it is, within the site.
    path: String,
}

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case")]
enum Content {
    /// What is due soon or late on a day.
    Reminder { day: Day, items: Vec<Item>, more: usize },
    /// An extraordinary case was opened; until when the office must have spoken.
    Emergency { due: Option<Timestamp>, path: String },
    /// The own password was changed.
    PasswordChanged { at: Timestamp },
    /// The own second factor was set up or taken away.
    FactorChanged { at: Timestamp, is_on: bool },
    /// A request of the press came: its number, the promised day.
    RequestReceived { number: String, due: Option<Day> },
    /// The answer to a request of the press left.
    RequestAnswered { number: String },
    /// The administrator tries the settings.
    Trial,
}

/// Queues a letter about something that happened; nothing when there is no mail server or no address.
fn tell(tx: &mut Tx<'_>, person: PersonId, cause: &str, content: &Content) -> Result<(), ActionError> {
    let has_address = store::person::find(tx, person)?.is_some_and(|row| !row.email.is_empty());
    if has_address && settings::is_on(tx)? {
        let until = tx.now() + OF_USE;
        queue(tx, person, cause, content, until)?;
    }
    Ok(())
}

fn queue(
    tx: &mut Tx<'_>,
    to: impl Into<Recipient>,
    cause: &str,
    content: &Content,
    until: Timestamp,
) -> Result<bool, ActionError> {
    let content = serde_json::to_string(content).map_err(anyhow::Error::new)?;
    Ok(rows::queue(tx, to, (cause, &content), until)?)
}

/// Tells a person that the own password was changed (AUTH-04).
pub(crate) fn password_changed(tx: &mut Tx<'_>, person: PersonId) -> Result<(), ActionError> {
    let at = tx.now();
    tell(tx, person, &format!("password {person} {}", at.as_millisecond()), &Content::PasswordChanged { at })
}

/// Tells a person that the own second factor was set up or taken away (AUTH-A09).
pub(crate) fn factor_changed(tx: &mut Tx<'_>, person: PersonId, is_on: bool) -> Result<(), ActionError> {
    let at = tx.now();
    let cause = format!("factor {person} {}", at.as_millisecond());
    tell(tx, person, &cause, &Content::FactorChanged { at, is_on })
}

/// Tells those who may approve what the office says at once that an extraordinary case was opened.
pub(crate) fn emergency_opened(
    tx: &mut Tx<'_>,
    id: domain::id::EmergencyId,
    due: Option<Timestamp>,
) -> Result<(), ActionError> {
    for person in store::person::all(tx)?.into_iter().filter(|person| person.is_enabled) {
        if domain::access::may(&person.roles, Capability::ApprovePress) {
            let content = Content::Emergency { due, path: format!("/press/emergencies/{id}") };
            tell(tx, person.id, &format!("emergency {id} {}", person.id), &content)?;
        }
    }
    Ok(())
}

/// Hands over what waits, at most so many at once. Says how many were tried.
///
/// # Errors
/// When the database fails. A letter that cannot be handed over is no error: it is noted and tried again.
pub fn run_due(app: &App, worker: &str) -> Result<usize, ActionError> {
    let Some(carrier) = app.carrier() else { return Ok(0) };
    let Some(sender) = app.read(|r| settings::sender(r, app.key()))? else { return Ok(0) };
    for count in 0..AT_ONCE {
        let Some(row) = rows::claim(app.database(), worker)? else { return Ok(count) };
        let ending = hand_over(app, carrier, &sender, &row)?;
        let is_heard = !matches!(ending, Ending::Unreachable(_));
        if let Ending::Unreachable(why) | Ending::Later(why) | Ending::Failed(why) = &ending {
            tracing::warn!(mail = %row.id, attempts = row.attempts, why, "a letter was not handed over");
        }
        let settled = app.write(&Actor::system(), |tx| Ok(rows::settle(tx, &row, &ending)?));
        match settled {
            Ok(()) => {}
            Err(ActionError::Stale) => tracing::warn!(mail = %row.id, "another worker took the letter over"),
            Err(error) => return Err(error),
        }
        if !is_heard {
            return Ok(count + 1);
        }
    }
    Ok(AT_ONCE)
}

fn hand_over(
    app: &App,
    carrier: &dyn Carrier,
    sender: &settings::Sender,
    row: &MailRow,
) -> Result<Ending, ActionError> {
    if row.expires_at <= app.now() {
        return Ok(Ending::Expired);
    }
    let Ok(content) = serde_json::from_str::<Content>(&row.content) else {
        return Ok(Ending::Failed("of another version of the program".to_owned()));
    };
    let Some(address) = app.read(|r| address(r, row.to, &content))? else {
        return Ok(Ending::Failed("no address".to_owned()));
    };
    let letter = letter::write(app, (sender, &address), (&row.id.to_string(), row.created_at), &content)?;
    Ok(match carrier.carry(&sender.server, &letter) {
        Ok(()) => Ending::Sent,
        Err(Failure::Later(why)) => Ending::Later(why),
        Err(Failure::Unreachable(why)) => Ending::Unreachable(why),
        Err(Failure::Refused(why)) => Ending::Failed(why),
    })
}

/// Where a letter goes now; nowhere when the person may not sign in any more or the contact was taken away.
fn address(r: &mut Reader<'_>, to: Recipient, content: &Content) -> Result<Option<String>, ActionError> {
    Ok(match to {
        Recipient::Person(id) => {
            let person = store::person::find(r, id)?;
            person.filter(|person| person.is_enabled && !person.email.is_empty()).map(|person| person.email)
        }
        Recipient::Sender(id) => store::press::find(r, id)?.and_then(|row| sender::address(&row, content)),
    })
}

/// Forgets letters that ended long ago.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), ActionError> {
    let before = tx.now() - SignedDuration::from_hours(ENDED_DAYS * 24);
    rows::sweep(tx, before)?;
    Ok(())
}

/// A letter as the page of the administrator shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The letter.
    pub row: MailRow,
    /// The name of whom it goes to; of who sent a request, its number.
    pub name: String,
    /// Its template; locale key `mail.template.<word>`.
    pub template: String,
}

/// Everything the page of mail shows.
#[derive(Debug, Clone)]
pub struct MailOverview {
    /// The settings, without the password.
    pub settings: MailSettings,
    /// Letters that wait, and that were given up.
    pub waiting: i64,
    /// See `waiting`.
    pub failed: i64,
    /// The last letters.
    pub letters: Vec<Sent>,
    /// People who may sign in and have no address.
    pub without_address: Vec<String>,
}

/// How mail stands.
///
/// # Errors
/// Without the right to administer.
pub fn overview(app: &App, actor: &Actor) -> Result<MailOverview, ActionError> {
    actor.require(Capability::Administer)?;
    app.read(|r| {
        let names = account::names(r)?;
        let counts = rows::counts(r)?;
        let count = |state: &str| counts.iter().find(|(of, _)| of == state).map_or(0, |(_, count)| *count);
        let mut letters = Vec::new();
        for row in rows::latest(r, SHOWN)? {
            let name = match row.to {
                Recipient::Person(person) => names.get(&person.to_string()).cloned().unwrap_or_default(),
                Recipient::Sender(case) => {
                    store::press::find(r, case)?.map(|case| case.number).unwrap_or_default()
                }
            };
            letters.push(Sent { name, template: template_of(&row.content), row });
        }
        let people = store::person::all(r)?.into_iter();
        Ok(MailOverview {
            settings: settings::read(r)?,
            waiting: count("waiting"),
            failed: count("failed"),
            letters,
            without_address: people
                .filter(|person| person.is_enabled && person.email.is_empty())
                .map(|person| person.full_name)
                .collect(),
        })
    })
}

fn template_of(content: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(content).unwrap_or_default();
    json.get("template").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// Whether letters wait longer than an hour or were given up within a day: somebody should look.
pub(crate) fn is_stuck(r: &mut Reader<'_>, now: Timestamp) -> Result<bool, ActionError> {
    let (hour, day) = (SignedDuration::from_hours(1), SignedDuration::from_hours(24));
    Ok(rows::latest(r, SHOWN)?.iter().any(|row| match row.state.as_str() {
        "waiting" => row.last_error.is_some() && now.duration_since(row.created_at) > hour,
        "failed" => row.ended_at.is_some_and(|at| now.duration_since(at) < day),
        _ => false,
    }))
}

/// Lets a letter that was given up be tried again.
///
/// # Errors
/// Without the right to administer, or when it is none that was given up.
pub fn try_again(app: &App, actor: &Actor, id: MailId) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let is_one = app.write(actor, |tx| {
        let until = tx.now() + OF_USE;
        Ok(rows::again(tx, id, until)?)
    })?;
    if is_one { Ok(()) } else { Err(ActionError::Stale) }
}

/// Hands one letter to the administrator's own address at once: whether the settings are right.
///
/// # Errors
/// Without the right to administer; [`ActionError::Refused`] when there is no server or no own address.
pub fn try_out(app: &App, actor: &Actor) -> Result<Result<(), Failure>, ActionError> {
    actor.require(Capability::Administer)?;
    let own = match actor.person {
        Some(id) => app.read(|r| Ok(store::person::find(r, id)?))?,
        None => None,
    };
    let own =
        own.filter(|person| !person.email.is_empty()).ok_or(ActionError::Refused("mail_own_address"))?;
    let sender = app.read(|r| settings::sender(r, app.key()))?.ok_or(ActionError::Refused("mail_off"))?;
    let carrier = app.carrier().ok_or(ActionError::Refused("mail_off"))?;
    let id = hex::encode(app.random::<12>()?);
    let letter = letter::write(app, (&sender, &own.email), (&id, app.now()), &Content::Trial)?;
    let sent = carrier.carry(&sender.server, &letter);
    if sent.is_ok() {
        app.write(actor, |tx| Ok(rows::hasten(tx)?))?;
    }
    Ok(sent)
}
