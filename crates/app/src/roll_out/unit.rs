//! What a unit does with a regulation it was sent: it acknowledges, asks, hands it on to the units below it, returns the
//! internal regulation it issued itself.

use domain::access::Capability;
use domain::id::{RecordId, RollOutId, UnitId};
use domain::publication::Attachment;
use domain::roll_out::{self as machine, Event, Paper, Refusal, State};
use domain::text;
use domain::time::Day;
use domain::unit::Tree;
use store::roll_out::{self as rows, AnswerRow, CampaignRow};
use store::{Reader, Tx};

use super::keep_line;
use crate::publication::Uploaded;
use crate::{ActionError, Actor, App, Invalid, kept_file, office, rules};

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
    // A paper is noted with its symbol and its day: `acknowledge_by_paper`.
    if event == Event::ByPaper {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
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
            Event::ByPaper => {}
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

/// The paper by which a unit acknowledged, as it is typed.
#[derive(Debug, Clone, Default)]
pub struct AcknowledgedOnPaper {
    /// *Số, ký hiệu.*
    pub symbol: String,
    /// Its day.
    pub day: Option<Day>,
    /// Its file: PDF, Word or a picture; none when it is not kept here.
    pub file: Option<Uploaded>,
}

/// Notes for a unit that it acknowledged by a paper, from the version the person saw: who noted it, the paper's symbol, day
/// and file are kept, and no digest, for nobody of the unit was shown the text here.
///
/// # Errors
/// Without the right; [`ActionError::Refused`] with the code of the refusal; [`ActionError::Stale`]; for a symbol or day
/// that is missing, a day before it was sent or ahead; for a file of another kind.
pub fn acknowledge_by_paper(
    app: &App,
    actor: &Actor,
    (id, version): (RecordId, i64),
    typed: &AcknowledgedOnPaper,
) -> Result<RollOutId, ActionError> {
    actor.require(Capability::TakePress)?;
    let symbol = text::clean_line(&typed.symbol);
    let mut invalid = Vec::new();
    if symbol.is_empty() {
        invalid.push(Invalid::new("symbol", "required"));
    }
    if symbol.chars().count() > 100 {
        invalid.push(Invalid::new("symbol", "too_long").with("limit", 100));
    }
    match typed.day {
        None => invalid.push(Invalid::new("issued_on", "required")),
        Some(day) if day > app.today() => invalid.push(Invalid::new("issued_on", "in_the_future")),
        Some(_) => {}
    }
    let Some(day) = typed.day.filter(|_| invalid.is_empty()) else {
        return Err(ActionError::Invalid(invalid));
    };
    let policy = rules::policy(app)?;
    let kept = typed.file.clone().map(|file| kept_file::keep(app, actor, file)).transpose()?;
    app.write(actor, |tx| {
        let mut row = rows::find_answer(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let campaign = rows::find(tx, row.campaign)?.ok_or(ActionError::NotFound)?;
        let who = (actor.roles.as_slice(), actor.unit);
        row.state = machine::decide((row.state, row.unit), Event::ByPaper, who, &symbol, (None, ""))
            .map_err(|refusal| ActionError::Refused(refusal.code()))?;
        let sent = domain::time::day_of(campaign.created_at);
        if day < sent {
            let start = domain::time::day_in_table(sent);
            return Err(ActionError::Invalid(vec![
                Invalid::new("issued_on", "before_start").with("start", start),
            ]));
        }
        let file = match &kept {
            Some((file, blob)) => {
                store::blob::register(tx, blob)?;
                Some(file.clone())
            }
            None => None,
        };
        row.paper = Some(Paper { symbol: symbol.clone(), day, file });
        row.answered_at = Some(tx.now());
        row.person = Some(actor.name.clone());
        let row = rows::update_answer(tx, "roll_out_answer.by_paper", &row)?;
        let tree = office::load_tree(tx)?;
        keep_line(tx, &policy, &campaign, &row, &tree)?;
        Ok(campaign.id)
    })
}

/// The file of the paper by which a unit acknowledged.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn paper_file(app: &App, actor: &Actor, id: RecordId) -> Result<(Attachment, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find_answer(r, id)?.ok_or(ActionError::NotFound))?;
    let file = row.paper.and_then(|paper| paper.file).ok_or(ActionError::NotFound)?;
    let bytes = kept_file::read(app, &file.digest)?;
    Ok((file, bytes))
}

/// Asks a unit for its answer; `via` is the answer of the unit above that hands it on.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    policy: &rules::Policy,
    tree: &Tree,
    (campaign, unit, via): (&CampaignRow, UnitId, Option<RecordId>),
) -> Result<(), ActionError> {
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
        via,
        own_symbol: String::new(),
        own_issued_on: None,
        own_file: None,
        paper: None,
    };
    let answer = rows::insert_answer(tx, &row)?;
    keep_line(tx, policy, campaign, &answer, tree)
}

/// The units below the one of an answer, on a day, that were not asked yet.
pub(super) fn not_asked_below(
    r: &mut Reader<'_>,
    today: Day,
    answer: &AnswerRow,
) -> Result<Vec<(UnitId, String)>, ActionError> {
    let tree = office::load_tree(r)?;
    let asked: Vec<UnitId> = rows::answers(r, answer.campaign)?.iter().map(|answer| answer.unit).collect();
    let below = tree.below(answer.unit, today).into_iter();
    let open = below.filter(|(_, unit)| !asked.contains(&unit.id));
    Ok(open.map(|(_, unit)| (unit.id, unit.name.clone())).collect())
}

/// The answer as the person saw it, and what was sent; only for people of its unit.
fn own_answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (RecordId, i64),
) -> Result<(AnswerRow, CampaignRow), ActionError> {
    let row = rows::find_answer(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    if !machine::is_of_unit(row.unit, (&actor.roles, actor.unit)) {
        return Err(ActionError::Refused(Refusal::NotYours.code()));
    }
    let campaign = rows::find(tx, row.campaign)?.ok_or(ActionError::NotFound)?;
    Ok((row, campaign))
}

/// Hands a regulation on to units below the person's own (*quán triệt đến đơn vị trực thuộc*), from the version of the
/// answer the person saw. Each of them answers for itself.
///
/// # Errors
/// [`ActionError::Refused`] for people of other units, [`ActionError::Stale`]; without a unit, or with one that is not
/// below or was asked already.
pub fn hand_on(
    app: &App,
    actor: &Actor,
    (id, version): (RecordId, i64),
    units: &[UnitId],
) -> Result<RollOutId, ActionError> {
    actor.require(Capability::ReadPress)?;
    if units.is_empty() {
        return Err(ActionError::invalid("audience", "required"));
    }
    let (policy, today) = (rules::policy(app)?, app.today());
    app.write(actor, |tx| {
        let (row, campaign) = own_answer(tx, actor, (id, version))?;
        let open = not_asked_below(tx, today, &row)?;
        if units.iter().any(|unit| !open.iter().any(|(other, _)| other == unit)) {
            return Err(ActionError::invalid("audience", "exists_already"));
        }
        let row = rows::update_answer(tx, "roll_out_answer.hand_on", &row)?;
        let tree = office::load_tree(tx)?;
        for unit in units {
            ask(tx, &policy, &tree, (&campaign, *unit, Some(row.id)))?;
        }
        Ok(campaign.id)
    })
}

/// The internal regulation of a unit (*quy chế nội bộ*).
#[derive(Debug, Clone, Default)]
pub struct OwnRegulation {
    /// *Số, ký hiệu.*
    pub symbol: String,
    /// *Ngày ban hành.*
    pub issued_on: Option<Day>,
    /// Its file: PDF, Word or a picture; none when it is not sent along.
    pub file: Option<Uploaded>,
}

/// The file of the internal regulation that a unit returned.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn own_file(app: &App, actor: &Actor, id: RecordId) -> Result<(Attachment, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find_answer(r, id)?.ok_or(ActionError::NotFound))?;
    let file = row.own_file.ok_or(ActionError::NotFound)?;
    let bytes = kept_file::read(app, &file.digest)?;
    Ok((file, bytes))
}

/// Returns the internal regulation that the person's unit issued (NĐ 244/2026 Đ8 k3, Đ12), from the version of the
/// answer the person saw. What is returned later takes the place of what was returned before.
///
/// # Errors
/// [`ActionError::Refused`] for people of other units, [`ActionError::Stale`]; for a symbol or day that is missing, too
/// long, or in the future; for a file of another kind.
pub fn return_own(
    app: &App,
    actor: &Actor,
    (id, version): (RecordId, i64),
    own: &OwnRegulation,
) -> Result<RollOutId, ActionError> {
    const LONGEST: usize = 100;
    actor.require(Capability::ReadPress)?;
    let symbol = text::clean_line(&own.symbol);
    let mut invalid = Vec::new();
    if symbol.is_empty() {
        invalid.push(Invalid::new("symbol", "required"));
    }
    if symbol.chars().count() > LONGEST {
        invalid.push(Invalid::new("symbol", "too_long").with("limit", LONGEST));
    }
    match own.issued_on {
        None => invalid.push(Invalid::new("issued_on", "required")),
        Some(day) if day > app.today() => invalid.push(Invalid::new("issued_on", "in_the_future")),
        Some(_) => {}
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let policy = rules::policy(app)?;
    let kept = own.file.clone().map(|file| kept_file::keep(app, actor, file)).transpose()?;
    app.write(actor, |tx| {
        let (row, campaign) = own_answer(tx, actor, (id, version))?;
        // The file of one regulation is not the evidence of another.
        let is_same = row.own_symbol == symbol && row.own_issued_on == own.issued_on;
        let own_file = match &kept {
            Some((file, blob)) => {
                store::blob::register(tx, blob)?;
                Some(file.clone())
            }
            None => row.own_file.clone().filter(|_| is_same),
        };
        let row = AnswerRow { own_symbol: symbol, own_issued_on: own.issued_on, own_file, ..row };
        let row = rows::update_answer(tx, "roll_out_answer.own_regulation", &row)?;
        let tree = office::load_tree(tx)?;
        keep_line(tx, &policy, &campaign, &row, &tree)?;
        Ok(campaign.id)
    })
}
