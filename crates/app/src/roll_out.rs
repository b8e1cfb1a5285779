//! Rolling a regulation out to units: sending it to an audience, what each unit answers, who has not (A1 to A5). Each
//! answer keeps its line of the register of roll-outs in the same transaction.

use domain::access::Capability;
use domain::id::{RecordId, RollOutId, UnitId};
use domain::register::{Register, due};
use domain::roll_out::{self as machine, Event, LONGEST_TEXT, State, digest_of};
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use store::Tx;
use store::roll_out as rows;

pub use store::roll_out::{AnswerRow, CampaignRow};

use crate::kept_line::{self, Line};
use crate::{ActionError, Actor, App, Invalid, account, office, rules};

const REGISTER: Register = Register::RollOuts;

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewRollOut {
    /// *Số, ký hiệu quy chế.*
    pub symbol: String,
    /// *Tên quy chế.*
    pub title: String,
    /// The text.
    pub body: String,
    /// Until when units answer.
    pub due_on: Option<Day>,
    /// The units.
    pub audience: Vec<UnitId>,
}

/// A roll-out with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What was sent.
    pub campaign: CampaignRow,
    /// Units that were sent it.
    pub total: i64,
    /// Units that acknowledged it.
    pub acknowledged: i64,
    /// Units that are exempt.
    pub exempt: i64,
    /// Units that ask.
    pub asking: i64,
}

impl Progress {
    /// Units that still owe an answer.
    pub fn outstanding(&self) -> i64 {
        self.total - self.acknowledged - self.exempt
    }
}

/// A roll-out with everything its page shows.
#[derive(Debug, Clone)]
pub struct ShownRollOut {
    /// How far it is.
    pub progress: Progress,
    /// The answers, those that have not answered first, with the name of the unit.
    pub answers: Vec<(AnswerRow, String)>,
    /// Names of people, by the word the ledger keeps.
    pub people: std::collections::BTreeMap<String, String>,
    /// The text of the same regulation that was sent before.
    pub before: Option<CampaignRow>,
}

/// All roll-outs, the last first.
///
/// # Errors
/// Without the right to see the press desk.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<Progress>, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(progress_of_all)
}

/// How far each roll-out is, the last first.
pub(crate) fn progress_of_all(r: &mut store::Reader<'_>) -> Result<Vec<Progress>, ActionError> {
    let counts = rows::counts(r)?;
    let of = |id| {
        counts.iter().filter(move |(of, ..)| *of == id).map(|(_, state, count)| (*state, *count)).collect()
    };
    Ok(rows::all(r)?.into_iter().map(|campaign| progress(of(campaign.id), campaign)).collect())
}

fn progress(counts: Vec<(State, i64)>, campaign: CampaignRow) -> Progress {
    let count = |wanted| counts.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| *count).sum();
    Progress {
        total: counts.iter().map(|(_, count)| *count).sum(),
        acknowledged: count(State::Acknowledged),
        exempt: count(State::Exempt),
        asking: count(State::Asking),
        campaign,
    }
}

/// A roll-out with everything its page shows.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn show(app: &App, actor: &Actor, id: RollOutId) -> Result<ShownRollOut, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let campaign = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let tree = office::load_tree(r)?;
        let answers = rows::answers(r, id)?;
        let before = rows::all(r)?
            .into_iter()
            .find(|other| other.symbol == campaign.symbol && other.created_at < campaign.created_at);
        let counts = answers.iter().map(|answer| (answer.state, 1)).collect();
        let progress = progress(counts, campaign);
        let mut answers: Vec<(AnswerRow, String)> = answers
            .into_iter()
            .map(|answer| {
                let name = tree.get(answer.unit).map(|unit| unit.name.clone()).unwrap_or_default();
                (answer, name)
            })
            .collect();
        answers.sort_by(|(one, a), (other, b)| (one.state, a).cmp(&(other.state, b)));
        Ok(ShownRollOut { progress, answers, people: account::names(r)?.into_iter().collect(), before })
    })
}

/// The answer a person's unit owes, or gave.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn answer(app: &App, actor: &Actor, id: RecordId) -> Result<(AnswerRow, CampaignRow), ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let answer = rows::find_answer(r, id)?.ok_or(ActionError::NotFound)?;
        let campaign = rows::find(r, answer.campaign)?.ok_or(ActionError::NotFound)?;
        Ok((answer, campaign))
    })
}

/// Sends a regulation to units.
///
/// # Errors
/// Without the right, for fields that are missing or too long, a day that has passed, or no unit.
pub fn send(app: &App, actor: &Actor, new: &NewRollOut) -> Result<RollOutId, ActionError> {
    actor.require(Capability::TakePress)?;
    let (symbol, title) = (text::clean_line(&new.symbol), text::clean_line(&new.title));
    let body = text::clean_text(&new.body);
    let today = app.today();
    let mut invalid = Vec::new();
    for (field, value, most) in
        [("symbol", &symbol, 100), ("title", &title, 500), ("body", &body, LONGEST_TEXT)]
    {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    match new.due_on {
        None => invalid.push(Invalid::new("due_on", "required")),
        Some(day) if day < today => invalid.push(Invalid::new("due_on", "in_past")),
        Some(_) => {}
    }
    if new.audience.is_empty() {
        invalid.push(Invalid::new("audience", "required"));
    }
    let Some(due_on) = new.due_on.filter(|_| invalid.is_empty()) else {
        return Err(ActionError::Invalid(invalid));
    };
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        let office = office::load(tx)?.unit;
        let tree = office::load_tree(tx)?;
        let row = CampaignRow {
            id: tx.new_id()?,
            unit: office,
            digest: digest_of(&body),
            symbol,
            title,
            body,
            due_on,
            created_by: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        let campaign = rows::insert(tx, &row)?;
        let mut audience = new.audience.clone();
        audience.sort();
        audience.dedup();
        for unit in audience {
            tree.get(unit).ok_or(ActionError::NotFound)?;
            let row = AnswerRow {
                id: tx.new_id()?,
                campaign: campaign.id,
                unit,
                state: State::Sent,
                question: String::new(),
                reply: String::new(),
                person: None,
                digest: String::new(),
                answered_at: None,
                version: 1,
            };
            let answer = rows::insert_answer(tx, &row)?;
            keep_line(tx, &policy, &campaign, &answer, &tree)?;
        }
        Ok(campaign.id)
    })
}

/// Carries out an event on the answer of a unit, from the version the person saw. `words` are question, reply or
/// reason; `shown` is the digest of the text that was shown.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; [`ActionError::Stale`].
pub fn act(
    app: &App,
    actor: &Actor,
    (id, version): (RecordId, i64),
    event: Event,
    (words, shown): (&str, Option<&str>),
) -> Result<RollOutId, ActionError> {
    actor.require(Capability::ReadPress)?;
    let words = text::clean_text(words);
    if words.chars().count() > 5_000 {
        return Err(ActionError::Invalid(vec![Invalid::new("words", "too_long").with("limit", 5_000)]));
    }
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        let mut row = rows::find_answer(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let campaign = rows::find(tx, row.campaign)?.ok_or(ActionError::NotFound)?;
        let who = (actor.roles.as_slice(), actor.unit);
        row.state = machine::decide((row.state, row.unit), event, who, &words, (shown, &campaign.digest))
            .map_err(|refusal| ActionError::Refused(refusal.code()))?;
        match event {
            Event::Acknowledge => row.digest.clone_from(&campaign.digest),
            Event::Ask => row.question = words,
            Event::Reply | Event::Exempt => row.reply = words,
        }
        if row.state.is_done() {
            row.answered_at = Some(tx.now());
            row.person = Some(actor.name.clone());
        }
        let row = rows::update_answer(tx, &format!("roll_out_answer.{}", event.word()), &row)?;
        let tree = office::load_tree(tx)?;
        keep_line(tx, &policy, &campaign, &row, &tree)?;
        Ok(campaign.id)
    })
}

/// The line of the register that counts an answer.
fn keep_line(
    tx: &mut Tx<'_>,
    policy: &rules::Policy,
    campaign: &CampaignRow,
    row: &AnswerRow,
    tree: &Tree,
) -> Result<(), ActionError> {
    let unit = tree.get(row.unit).map(|unit| unit.name.as_str()).unwrap_or_default();
    let values = |before| {
        let mut line = Line::over(REGISTER, before);
        line.text("regulation", &campaign.symbol);
        line.text("recipient", unit);
        line.day("sent_on", time::day_of(campaign.created_at));
        if let Some(at) = row.answered_at.filter(|_| row.state == State::Acknowledged) {
            line.day("acknowledged_on", time::day_of(at));
        }
        let mut values = line.values();
        due::fill(REGISTER, &mut values, &policy.law, &policy.calendar);
        Ok(values)
    };
    // Where the unit has a line of this regulation already, of an earlier text or an imported register, that one stays.
    kept_line::keep(tx, (REGISTER, campaign.unit, row.id), values)?;
    Ok(())
}
