//! What other units are asked (*phối hợp cung cấp thông tin*): for a request, or by the spokesperson alone.

use domain::access::Capability;
use domain::deadline::{self, Trigger};
use domain::id::{CaseId, PartId, UnitId};
use domain::press::clock;
use domain::press::part::{self as machine, Event, Refusal, State};
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use store::Tx;
use store::press::{self as rows, CaseRow, PartRow, RemarkRow};

use super::act::is_open;
use super::{line, part_who};
use crate::rules::Policy;
use crate::{ActionError, Actor, App, Invalid, account, office, rules};

/// Signs of what is asked or sent.
const LONGEST: usize = 20_000;
/// Signs of what is said about a part.
pub const LONGEST_REMARK: usize = 4_000;

/// What a unit is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPart {
    /// The unit.
    pub unit: Option<UnitId>,
    /// What is asked.
    pub question: String,
    /// Until when; by the rule of the office when absent (PS-RGT-2: the spokesperson sets the limit).
    pub due_on: Option<Day>,
}

pub(super) fn check(new: &NewPart, today: Day, invalid: &mut Vec<Invalid>, index: usize) {
    if new.unit.is_none() {
        invalid.push(Invalid::new(format!("unit_{index}"), "required"));
    }
    let question = text::clean_text(&new.question);
    if question.is_empty() {
        invalid.push(Invalid::new(format!("question_{index}"), "required"));
    }
    if question.chars().count() > LONGEST {
        invalid.push(Invalid::new(format!("question_{index}"), "too_long").with("limit", LONGEST));
    }
    if new.due_on.is_some_and(|day| day < today) {
        invalid.push(Invalid::new(format!("due_{index}"), "in_past"));
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    policy: &Policy,
    case: Option<CaseId>,
    new: &NewPart,
) -> Result<PartId, ActionError> {
    let today = time::day_of(tx.now());
    let Some(unit) = new.unit else { return Err(ActionError::invalid("unit_0", "required")) };
    let by_rule = || {
        let rule = policy.law.rule_at(clock::PART, today).ok()?;
        Some(deadline::compute(rule, Trigger::Day(today), &policy.calendar).ok()?.due.day())
    };
    let due_on = new.due_on.or_else(by_rule).ok_or_else(|| ActionError::invalid("due_0", "required"))?;
    let row = PartRow {
        id: tx.new_id()?,
        case,
        unit,
        question: text::clean_text(&new.question),
        state: State::Asked,
        answer: String::new(),
        person: None,
        due_on,
        asked_by: String::new(),
        asked_at: Timestamp::UNIX_EPOCH,
        done_at: None,
        version: 1,
    };
    let row = rows::insert_part(tx, &row)?;
    line::keep_part(tx, &row)?;
    Ok(row.id)
}

/// Asks a unit for something: for a request that is open, by who co-ordinates or the unit that leads it; or apart from
/// any, by who co-ordinates.
///
/// # Errors
/// Without the right, for fields that cannot be taken, or when the request is closed.
pub fn ask(app: &App, actor: &Actor, case: Option<CaseId>, new: &NewPart) -> Result<PartId, ActionError> {
    actor.require(if case.is_some() { Capability::ReadPress } else { Capability::TakePress })?;
    let today = app.today();
    let mut invalid = Vec::new();
    check(new, today, &mut invalid, 0);
    let tree = office::tree(app)?;
    let working = office::working_day(&tree, office::office(app)?.unit, today);
    if new.unit.is_some_and(|unit| tree.get(unit).is_none_or(|unit| !unit.is_valid(working))) {
        invalid.push(Invalid::new("unit_0", "required"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        if let Some(id) = case {
            let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
            if !part_who(actor, Some(&row)).asks() {
                return Err(ActionError::Refused(machine::Refusal::NotYours.code()));
            }
            is_open(row.state)?;
            if row.request.lead == new.unit {
                return Err(ActionError::invalid("unit_0", "unit_leads"));
            }
            rows::add_step(tx, id, "ask", &text::clean_text(&new.question), "")?;
        }
        insert(tx, &policy, case, new)
    })
}

/// What a unit was asked, with everything its page shows.
#[derive(Debug, Clone)]
pub struct ShownPart {
    /// The part.
    pub row: PartRow,
    /// Number and subject of the request it is for.
    pub case: Option<(String, String)>,
    /// What this person may do about it.
    pub events: Vec<Event>,
    /// What stands against everything else.
    pub refused: Vec<(Event, Refusal)>,
    /// What was said about it, first to last.
    pub remarks: Vec<RemarkRow>,
    /// Whether this person may say something now.
    pub may_discuss: bool,
    /// Names of people, by the word the ledger keeps.
    pub people: std::collections::BTreeMap<String, String>,
    /// All units.
    pub tree: Tree,
}

/// What a unit was asked.
///
/// # Errors
/// Without the right to see requests, or when there is none.
pub fn part(app: &App, actor: &Actor, id: PartId) -> Result<ShownPart, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let row = rows::find_part(r, id)?.ok_or(ActionError::NotFound)?;
        let case = case_of(r, &row)?;
        let is_over = case.as_ref().is_some_and(|case| case.state.is_closed());
        let who = part_who(actor, case.as_ref());
        let against = |event| match machine::decide((row.state, row.unit), event, who, "-") {
            _ if is_over => Some(Refusal::NotNow),
            decided => decided.err(),
        };
        Ok(ShownPart {
            events: Event::ALL.into_iter().filter(|event| against(*event).is_none()).collect(),
            refused: Event::ALL.into_iter().filter_map(|event| Some((event, against(event)?))).collect(),
            remarks: rows::remarks(r, id)?,
            may_discuss: !is_over && who.discusses(row.unit),
            case: case.map(|case| (case.number, case.request.asked.subject)),
            people: account::names(r)?.into_iter().collect(),
            tree: office::load_tree(r)?,
            row,
        })
    })
}

/// The request a part is for.
fn case_of(r: &mut store::Reader<'_>, part: &PartRow) -> Result<Option<CaseRow>, ActionError> {
    let Some(case) = part.case else { return Ok(None) };
    Ok(Some(rows::find(r, case)?.ok_or(ActionError::NotFound)?))
}

/// Says something about a part to the others who have to do with it (G2): who asks, who was asked, who approves.
///
/// # Errors
/// Without the right; without words, or with too many; when the request is closed.
pub fn discuss(app: &App, actor: &Actor, id: PartId, words: &str) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let words = text::clean_text(words);
    if words.is_empty() {
        return Err(ActionError::invalid("words", "required"));
    }
    if words.chars().count() > LONGEST_REMARK {
        let wrong = Invalid::new("words", "too_long").with("limit", LONGEST_REMARK);
        return Err(ActionError::Invalid(vec![wrong]));
    }
    app.write(actor, |tx| {
        let row = rows::find_part(tx, id)?.ok_or(ActionError::NotFound)?;
        let case = case_of(tx, &row)?;
        if !part_who(actor, case.as_ref()).discusses(row.unit) {
            return Err(ActionError::Refused(machine::Refusal::NotYours.code()));
        }
        if let Some(case) = case {
            is_open(case.state)?;
        }
        rows::add_remark(tx, id, &words)?;
        Ok(())
    })
}

/// Carries out an event on a part, from the version the person saw. `words` are the reason, or what is sent.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; [`ActionError::Stale`].
pub fn act_on_part(
    app: &App,
    actor: &Actor,
    (id, version): (PartId, i64),
    event: Event,
    words: &str,
) -> Result<Option<CaseId>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let words = text::clean_text(words);
    if words.chars().count() > LONGEST {
        return Err(ActionError::Invalid(vec![Invalid::new("words", "too_long").with("limit", LONGEST)]));
    }
    app.write(actor, |tx| {
        let mut row = rows::find_part(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let case = case_of(tx, &row)?;
        if let Some(case) = &case {
            is_open(case.state)?;
        }
        let who = part_who(actor, case.as_ref());
        row.state = machine::decide((row.state, row.unit), event, who, &words)
            .map_err(|refusal| ActionError::Refused(refusal.code()))?;
        match event {
            Event::Accept => {}
            // What was sent stays to be mended; when it was first sent is forgotten, for it was not in.
            Event::Return => row.done_at = None,
            Event::Deliver | Event::Decline | Event::Waive => {
                row.answer.clone_from(&words);
                row.person = Some(actor.name.clone());
                row.done_at = Some(tx.now());
            }
        }
        let case = row.case;
        let row = rows::update_part(tx, &format!("press_part.{}", event.word()), &row)?;
        line::keep_part(tx, &row)?;
        if let Some(case) = case {
            rows::add_step(tx, case, &format!("part_{}", event.word()), &words, "")?;
        }
        Ok(case)
    })
}
