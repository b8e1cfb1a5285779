//! Rolling a regulation out to units: sending it to an audience, what each unit answers, who has not (A1 to A7). Each
//! answer keeps its line of the register of roll-outs in the same transaction.

mod unit;

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::{RecordId, RollOutId, UnitId};
use domain::publication::Attachment;
use domain::register::{Register, due};
use domain::roll_out::{About, LONGEST_TEXT, State, digest_with};
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::{Tree, UnitKind};
use store::Tx;
use store::roll_out as rows;

pub use store::roll_out::{AnswerRow, CampaignRow};
pub use unit::{
    AcknowledgedOnPaper, OwnRegulation, acknowledge_by_paper, act, hand_on, own_file, paper_file, return_own,
};

use crate::kept_line::{self, Line};
use crate::publication::Uploaded;
use crate::{ActionError, Actor, App, Invalid, account, kept_file, office, rules};

const REGISTER: Register = Register::RollOuts;

/// What is sent.
#[derive(Debug, Clone, Default)]
pub struct NewRollOut {
    /// *Số, ký hiệu quy chế.*
    pub symbol: String,
    /// *Tên quy chế.*
    pub title: String,
    /// The text; may be empty when there is a file.
    pub body: String,
    /// *Cơ quan ban hành.*
    pub issuer: String,
    /// *Ngày ban hành.*
    pub issued_on: Option<Day>,
    /// *Ngày có hiệu lực.*
    pub effective_on: Option<Day>,
    /// Its file: PDF, Word or a picture.
    pub file: Option<Uploaded>,
    /// Until when units answer.
    pub due_on: Option<Day>,
    /// The units.
    pub audience: Vec<UnitId>,
    /// The one it replaces; when none is chosen, the last one of the same symbol.
    pub replaces: Option<RollOutId>,
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

/// The answer of a unit, as the page of a roll-out shows it.
#[derive(Debug, Clone)]
pub struct ShownAnswer {
    /// The answer.
    pub row: AnswerRow,
    /// The name of the unit.
    pub unit: String,
    /// 0 for a unit the office sent it to, 1 for one that such a unit handed it on to, and so on.
    pub depth: usize,
    /// Whether somebody of the unit has an account with which to answer.
    pub has_account: bool,
    /// Of the units it was handed on to at any depth: how many owe no answer any more, and how many there are.
    pub below: (usize, usize),
}

/// A roll-out with everything its page shows.
#[derive(Debug, Clone)]
pub struct ShownRollOut {
    /// How far it is.
    pub progress: Progress,
    /// The answers: that of the own unit first, then those that have not answered, each followed by those it was handed on to.
    pub answers: Vec<ShownAnswer>,
    /// Names of people, by the word the ledger keeps.
    pub people: BTreeMap<String, String>,
    /// What it replaces.
    pub before: Option<CampaignRow>,
    /// What replaces it; nothing is owed to it from then on.
    pub after: Option<CampaignRow>,
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

/// Roll-outs that units still owe an answer to; what a newer text replaces is owed no more.
pub(crate) fn outstanding(r: &mut store::Reader<'_>) -> Result<Vec<Progress>, ActionError> {
    let mut all = progress_of_all(r)?;
    let replaced: Vec<RollOutId> = all.iter().filter_map(|progress| progress.campaign.replaces).collect();
    all.retain(|progress| progress.outstanding() > 0 && !replaced.contains(&progress.campaign.id));
    Ok(all)
}

/// What a unit has not acknowledged, the first due first; what a newer text replaces is owed no more.
pub(crate) fn owed_by(r: &mut store::Reader<'_>, unit: UnitId) -> Result<Vec<CampaignRow>, ActionError> {
    let mut owed = Vec::new();
    for campaign in standing(rows::all(r)?) {
        let answers = rows::answers(r, campaign.id)?;
        if answers.iter().any(|answer| answer.unit == unit && !answer.state.is_done()) {
            owed.push(campaign);
        }
    }
    owed.sort_by_key(|campaign| campaign.due_on);
    Ok(owed)
}

/// Those that no other of them replaces.
pub(crate) fn standing(campaigns: Vec<CampaignRow>) -> Vec<CampaignRow> {
    let replaced: Vec<RollOutId> = campaigns.iter().filter_map(|campaign| campaign.replaces).collect();
    campaigns.into_iter().filter(|campaign| !replaced.contains(&campaign.id)).collect()
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

/// An answer with what it is about.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The answer.
    pub answer: AnswerRow,
    /// The unit it is of, by name.
    pub unit: String,
    /// What was sent.
    pub campaign: CampaignRow,
    /// What that replaces.
    pub before: Option<CampaignRow>,
    /// The units below that were not asked yet: whom it can be handed on to.
    pub below: Vec<(UnitId, String)>,
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
        let before = replaced(r, &campaign)?;
        let counts = answers.iter().map(|answer| (answer.state, 1)).collect();
        let progress = progress(counts, campaign);
        let mut answers = tree_of(answers, &tree, actor.unit);
        let answering = account::units_that_answer(r)?;
        for answer in &mut answers {
            answer.has_account = answering.contains(&answer.row.unit);
        }
        let after = rows::all(r)?.into_iter().find(|other| other.replaces == Some(id));
        let people = account::names(r)?.into_iter().collect();
        Ok(ShownRollOut { progress, answers, people, before, after })
    })
}

/// A unit to which a regulation can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// 1 for a unit right below the office, 2 for one below such a unit, and so on.
    pub depth: usize,
    /// Whether somebody of the unit has an account with which to answer.
    pub has_account: bool,
}

/// The units to which a regulation can be sent today, each after the one above it, by name.
///
/// # Errors
/// Without the right to send.
pub fn audience(app: &App, actor: &Actor) -> Result<Vec<Addressee>, ActionError> {
    actor.require(Capability::TakePress)?;
    let today = app.today();
    app.read(|r| {
        let (own, tree, answering) =
            (office::load(r)?.unit, office::load_tree(r)?, account::units_that_answer(r)?);
        let today = office::working_day(&tree, own, today);
        let addressee = |(depth, unit): (usize, &domain::unit::Unit)| Addressee {
            unit: unit.id,
            name: unit.name.clone(),
            kind: unit.kind,
            parent: unit.parent,
            depth,
            has_account: answering.contains(&unit.id),
        };
        Ok(office::below_by_name(&tree, own, today).into_iter().map(addressee).collect())
    })
}

/// The file of a regulation that was sent.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn regulation_file(
    app: &App,
    actor: &Actor,
    id: RollOutId,
) -> Result<(Attachment, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    let file = row.about.file.ok_or(ActionError::NotFound)?;
    let bytes = kept_file::read(app, &file.digest)?;
    Ok((file, bytes))
}

/// What a roll-out replaces.
fn replaced(r: &mut store::Reader<'_>, campaign: &CampaignRow) -> Result<Option<CampaignRow>, ActionError> {
    match campaign.replaces {
        Some(before) => Ok(rows::find(r, before)?),
        None => Ok(None),
    }
}

/// Answers as a tree: on each level that of `own` first, then by state and name, each followed by those it was handed
/// on to.
fn tree_of(answers: Vec<AnswerRow>, tree: &Tree, own: Option<UnitId>) -> Vec<ShownAnswer> {
    let mut by_via: BTreeMap<Option<RecordId>, Vec<ShownAnswer>> = BTreeMap::new();
    for row in answers {
        let unit = tree.get(row.unit).map(|unit| unit.name.clone()).unwrap_or_default();
        by_via.entry(row.via).or_default().push(ShownAnswer {
            row,
            unit,
            depth: 0,
            has_account: false,
            below: (0, 0),
        });
    }
    for level in by_via.values_mut() {
        level.sort_by_key(|answer| (own != Some(answer.row.unit), answer.row.state, answer.unit.clone()));
    }
    let mut out = Vec::new();
    unfold(&mut by_via, (None, 0), &mut out);
    out
}

/// Puts one level with everything below it into `out`; gives how many of them owe no answer, and how many there are.
fn unfold(
    by_via: &mut BTreeMap<Option<RecordId>, Vec<ShownAnswer>>,
    (via, depth): (Option<RecordId>, usize),
    out: &mut Vec<ShownAnswer>,
) -> (usize, usize) {
    let (mut done, mut all) = (0, 0);
    for mut answer in by_via.remove(&via).unwrap_or_default() {
        answer.depth = depth;
        let (id, at) = (answer.row.id, out.len());
        done += usize::from(answer.row.state.is_done());
        all += 1;
        out.push(answer);
        let below = unfold(by_via, (Some(id), depth + 1), out);
        out[at].below = below;
        done += below.0;
        all += below.1;
    }
    (done, all)
}

/// The answer a person's unit owes, or gave.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn answer(app: &App, actor: &Actor, id: RecordId) -> Result<Owed, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let answer = rows::find_answer(r, id)?.ok_or(ActionError::NotFound)?;
        let campaign = rows::find(r, answer.campaign)?.ok_or(ActionError::NotFound)?;
        let before = replaced(r, &campaign)?;
        let below = unit::not_asked_below(r, app.today(), &answer)?;
        let unit = office::load_tree(r)?.get(answer.unit).map(|unit| unit.name.clone()).unwrap_or_default();
        Ok(Owed { answer, unit, campaign, before, below })
    })
}

/// What was checked of a regulation to send.
struct Checked {
    symbol: String,
    title: String,
    body: String,
    issuer: String,
    due_on: Day,
}

fn check(new: &NewRollOut, today: Day) -> Result<Checked, ActionError> {
    let (symbol, title) = (text::clean_line(&new.symbol), text::clean_line(&new.title));
    let body = text::clean_text(&new.body);
    let issuer = text::clean_line(&new.issuer);
    let mut invalid = Vec::new();
    for (field, value, most) in [
        ("symbol", &symbol, 100),
        ("title", &title, 500),
        ("body", &body, LONGEST_TEXT),
        ("issuer", &issuer, 200),
    ] {
        let may_be_empty = field == "issuer" || (field == "body" && new.file.is_some());
        if value.is_empty() && !may_be_empty {
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
    match (new.issued_on, new.effective_on) {
        (Some(issued), _) if issued > today => invalid.push(Invalid::new("issued_on", "in_the_future")),
        (Some(issued), Some(effective)) if effective < issued => {
            let start = time::day_in_table(issued);
            invalid.push(Invalid::new("effective_on", "before_start").with("start", start));
        }
        _ => {}
    }
    if new.audience.is_empty() {
        invalid.push(Invalid::new("audience", "required"));
    }
    match new.due_on.filter(|_| invalid.is_empty()) {
        Some(due_on) => Ok(Checked { symbol, title, body, issuer, due_on }),
        None => Err(ActionError::Invalid(invalid)),
    }
}

/// Sends a regulation to units.
///
/// # Errors
/// Without the right, for fields that are missing or too long, a day that has passed, or no unit.
pub fn send(app: &App, actor: &Actor, new: &NewRollOut) -> Result<RollOutId, ActionError> {
    actor.require(Capability::TakePress)?;
    let Checked { symbol, title, body, issuer, due_on } = check(new, app.today())?;
    let policy = rules::policy(app)?;
    let kept = new.file.clone().map(|file| kept_file::keep(app, actor, file)).transpose()?;
    let about = About {
        issuer,
        issued_on: new.issued_on,
        effective_on: new.effective_on,
        file: kept.as_ref().map(|(file, _)| file.clone()),
    };
    app.write(actor, |tx| {
        if let Some((_, blob)) = &kept {
            store::blob::register(tx, blob)?;
        }
        let office = office::load(tx)?.unit;
        let tree = office::load_tree(tx)?;
        let replaces = match new.replaces {
            Some(before) => Some(rows::find(tx, before)?.ok_or(ActionError::NotFound)?.id),
            None => rows::all(tx)?.into_iter().find(|before| before.symbol == symbol).map(|before| before.id),
        };
        let row = CampaignRow {
            id: tx.new_id()?,
            unit: office,
            digest: digest_with(&body, about.file.as_ref()),
            symbol,
            title,
            body,
            about,
            due_on,
            created_by: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            replaces,
        };
        let campaign = rows::insert(tx, &row)?;
        let mut audience = new.audience.clone();
        audience.sort();
        audience.dedup();
        for unit in audience {
            tree.get(unit).ok_or(ActionError::NotFound)?;
            unit::ask(tx, &policy, &tree, (&campaign, unit, None))?;
        }
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
    let older = replaced(tx, campaign)?.filter(|older| older.symbol != campaign.symbol);
    let values = |before| {
        let mut line = Line::over(REGISTER, before);
        line.text("regulation", &campaign.symbol);
        if let Some(older) = &older {
            line.text("replaces", &older.symbol);
        }
        if let Some(day) = campaign.about.effective_on {
            line.day("effective_on", day);
        }
        line.text("recipient", unit);
        line.day("sent_on", time::day_of(campaign.created_at));
        let answered = row.answered_at.filter(|_| row.state == State::Acknowledged);
        // A paper acknowledges on its own day, not on the day it was noted.
        if let Some(day) = row.paper.as_ref().map(|paper| paper.day).or(answered.map(time::day_of)) {
            line.day("acknowledged_on", day);
        }
        if let Some(day) = row.own_issued_on {
            line.text("own_regulation_symbol", &row.own_symbol);
            line.day("own_regulation_on", day);
        }
        let mut values = line.values();
        due::fill(REGISTER, &mut values, &policy.law, &policy.calendar);
        Ok(values)
    };
    // Where the unit has a line of this regulation already, of an earlier text or an imported register, that one stays.
    kept_line::keep(tx, (REGISTER, campaign.unit, row.id), values)?;
    Ok(())
}
