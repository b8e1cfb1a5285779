//! Extraordinary cases: opening one starts the clock of its date, speaking stops it, a crisis has one speaker and
//! freezes what else is said on the matter (B18, G8).

use domain::access::Capability;
use domain::id::{CaseId, EmergencyId};
use domain::press::emergency::{self, Class, Earlier, Emergency, Moments, Said};
use domain::register::Register;
use domain::text;
use domain::time::{self, Timestamp};
use store::Tx;
use store::emergency::{self as rows, EmergencyRow};
use store::register::NewRecord;

use super::{end_of, speaker};
use crate::kept_line::{self, Line};
use crate::{ActionError, Actor, App, Invalid, account, mail, office, rules};

/// What is typed when a case is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmergency {
    /// What it is about.
    pub subject: String,
    /// Why the office has to speak.
    pub class: Class,
    /// Its moments.
    pub moments: Moments,
    /// Who determined that it affects opinion.
    pub determined_by: String,
    /// Why.
    pub determined_why: String,
}

/// A class that was determined later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// The class.
    pub class: Class,
    /// When it was determined.
    pub determined_at: Option<Timestamp>,
    /// By whom.
    pub determined_by: String,
    /// Why.
    pub determined_why: String,
}

/// What was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speech {
    /// When; now when absent.
    pub at: Option<Timestamp>,
    /// Who spoke.
    pub speaker: String,
    /// What was said.
    pub text: String,
    /// The stored word of the form.
    pub form: String,
    /// Whether only initial information was given.
    pub is_holding: bool,
}

/// A case with what its page shows.
#[derive(Debug, Clone)]
pub struct ShownEmergency {
    /// The case.
    pub row: EmergencyRow,
    /// Names of people, by the word the ledger keeps.
    pub people: std::collections::BTreeMap<String, String>,
    /// The requests of the press on the same matter: number and subject.
    pub related: Vec<(CaseId, String, String)>,
    /// Open requests that may be added.
    pub open: Vec<(CaseId, String, String)>,
}

/// The cases that are not over, and the last that are.
///
/// # Errors
/// Without the right to see requests.
pub fn emergencies(app: &App, actor: &Actor) -> Result<(Vec<EmergencyRow>, Vec<EmergencyRow>), ActionError> {
    const LAST: u16 = 50;
    actor.require(Capability::ReadPress)?;
    app.read(|r| Ok((rows::open(r)?, rows::over(r, LAST)?)))
}

/// A case with what its page shows.
///
/// # Errors
/// Without the right to see requests, or when there is none.
pub fn emergency(app: &App, actor: &Actor, id: EmergencyId) -> Result<ShownEmergency, ActionError> {
    const MOST: u16 = 100;
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let mut related = Vec::new();
        for case in &row.emergency.related {
            if let Some(found) = store::press::find(r, *case)? {
                related.push((found.id, found.number, found.request.asked.subject));
            }
        }
        let open = store::press::open(r, None, MOST)?
            .into_iter()
            .filter(|case| !row.emergency.related.contains(&case.id))
            .map(|case| (case.id, case.number, case.request.asked.subject))
            .collect();
        Ok(ShownEmergency { people: account::names(r)?.into_iter().collect(), related, open, row })
    })
}

/// Opens a case; its clock is that of the law of its date.
///
/// # Errors
/// Without the right, for fields that are missing, or moments that lie ahead or out of order.
pub fn open_emergency(app: &App, actor: &Actor, new: &NewEmergency) -> Result<EmergencyId, ActionError> {
    actor.require(Capability::TakePress)?;
    let subject = text::clean_line(&new.subject);
    let moments = new.moments;
    let mut invalid = Vec::new();
    if subject.is_empty() {
        invalid.push(Invalid::new("subject", "required"));
    }
    if subject.chars().count() > 500 {
        invalid.push(Invalid::new("subject", "too_long").with("limit", 500));
    }
    if moments.happened_at.is_none() {
        invalid.push(Invalid::new("happened_on", "required"));
    }
    if moments.received_at.is_none() {
        invalid.push(Invalid::new("received_on", "required"));
    }
    let policy = rules::policy(app)?;
    let determined =
        Determined { by: text::clean_line(&new.determined_by), why: text::clean_text(&new.determined_why) };
    let must = emergency::is_determined_by_office(&policy.law, new.class, moments);
    determined.check(must, moments.determined_at, &mut invalid);
    let now = app.now();
    check_moments(moments, now, &mut invalid);
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let clock = emergency::clock(&policy.law, &policy.calendar, new.class, moments);
    let unit = office::office(app)?.unit;
    app.write(actor, |tx| {
        let row = EmergencyRow {
            id: tx.new_id()?,
            unit,
            due_at: clock.as_ref().and_then(|clock| end_of(clock.deadline.due)),
            emergency: Emergency {
                subject,
                class: new.class,
                moments,
                determined_by: determined.by.clone(),
                determined_why: determined.why.clone(),
                earlier: Vec::new(),
                clock,
                said: Vec::new(),
                on_time: None,
                one_speaker: String::new(),
                related: Vec::new(),
            },
            closed_at: None,
            created_by: String::new(),
            created_at: now,
            version: 1,
        };
        let row = rows::insert(tx, &row)?;
        keep_line(tx, &row)?;
        mail::emergency_opened(tx, row.id, row.due_at)?;
        Ok(row.id)
    })
}

/// What stands against the moments of a case: none lies ahead, and nothing is received before it happened.
fn check_moments(moments: Moments, now: Timestamp, invalid: &mut Vec<Invalid>) {
    let all = [
        ("happened_on", moments.happened_at),
        ("received_on", moments.received_at),
        ("determined_on", moments.determined_at),
    ];
    for (field, at) in all {
        if at.is_some_and(|at| at > now) {
            invalid.push(Invalid::new(field, "in_future"));
        }
    }
    if let (Some(happened), Some(received)) = (moments.happened_at, moments.received_at)
        && received < happened
    {
        let start = time::instant_in_table(happened);
        invalid.push(Invalid::new("received_on", "before_start").with("start", start));
    }
}

/// Who determined a class, and why.
struct Determined {
    by: String,
    why: String,
}

impl Determined {
    fn check(&self, must: bool, at: Option<Timestamp>, invalid: &mut Vec<Invalid>) {
        if must && at.is_none() {
            invalid.push(Invalid::new("determined_on", "required"));
        }
        for (field, value, most) in [("determined_by", &self.by, 200), ("determined_why", &self.why, 2_000)] {
            if must && value.is_empty() {
                invalid.push(Invalid::new(field, "required"));
            }
            if value.chars().count() > most {
                invalid.push(Invalid::new(field, "too_long").with("limit", most));
            }
        }
    }
}

/// Determines the class of a case anew, before anything was said and while its limit runs: by whom, when and why are kept,
/// as is what was determined before, and the clock is that of the class.
///
/// # Errors
/// Without the right to approve; [`ActionError::Refused`] once something was said or the limit is over; [`ActionError::Stale`]; for fields that
/// are missing, or a moment that lies ahead or before the case.
pub fn classify_emergency(
    app: &App,
    actor: &Actor,
    at: (EmergencyId, i64),
    new: &Classification,
) -> Result<(), ActionError> {
    actor.require(Capability::ApprovePress)?;
    let (policy, now) = (rules::policy(app)?, app.now());
    let determined =
        Determined { by: text::clean_line(&new.determined_by), why: text::clean_text(&new.determined_why) };
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        if !row.emergency.said.is_empty() {
            return Err(ActionError::Refused("emergency_spoken"));
        }
        if row.emergency.is_overdue(now) {
            return Err(ActionError::Refused("emergency_already_late"));
        }
        let mut invalid = Vec::new();
        determined.check(true, new.determined_at, &mut invalid);
        let happened = row.emergency.moments.happened_at;
        match (new.determined_at, happened) {
            (Some(at), _) if at > now => invalid.push(Invalid::new("determined_on", "in_future")),
            (Some(at), Some(happened)) if at < happened => {
                let start = time::instant_in_table(happened);
                invalid.push(Invalid::new("determined_on", "before_start").with("start", start));
            }
            _ => {}
        }
        if !invalid.is_empty() {
            return Err(ActionError::Invalid(invalid));
        }
        let emergency = &mut row.emergency;
        emergency.earlier.push(Earlier {
            class: emergency.class,
            determined_at: emergency.moments.determined_at,
            determined_by: std::mem::take(&mut emergency.determined_by),
            determined_why: std::mem::take(&mut emergency.determined_why),
            due: emergency.clock.as_ref().map(|clock| clock.deadline.due),
            until: now,
            person: actor.name.clone(),
        });
        emergency.class = new.class;
        emergency.moments.determined_at = new.determined_at;
        emergency.determined_by.clone_from(&determined.by);
        emergency.determined_why.clone_from(&determined.why);
        emergency.clock = emergency::clock(&policy.law, &policy.calendar, new.class, emergency.moments);
        row.due_at = emergency.clock.as_ref().and_then(|clock| end_of(clock.deadline.due));
        let row = rows::update(tx, "press_emergency.classify", &row)?;
        keep_line(tx, &row)
    })
}

fn load(tx: &mut Tx<'_>, (id, version): (EmergencyId, i64)) -> Result<EmergencyRow, ActionError> {
    let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    if row.closed_at.is_some() { Err(ActionError::Refused("emergency_over")) } else { Ok(row) }
}

/// Writes down what was said. Only who may speak that day, and in a crisis only the one speaker; the first word
/// decides for good whether the limit was kept.
///
/// # Errors
/// Without the right to approve; a speaker who is not entitled that day; fields that cannot be taken.
pub fn speak(app: &App, actor: &Actor, at: (EmergencyId, i64), speech: &Speech) -> Result<(), ActionError> {
    actor.require(Capability::ApprovePress)?;
    let (name, said) = (text::clean_line(&speech.speaker), text::clean_text(&speech.text));
    let now = app.now();
    let spoken_at = speech.at.unwrap_or(now);
    let mut invalid = Vec::new();
    for (field, value, most) in [("speaker", &name, 100), ("text", &said, 20_000)] {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if spoken_at > now {
        invalid.push(Invalid::new("spoken_on", "in_future"));
    }
    let form = Register::Statements.field("form").and_then(|field| field.word(&speech.form));
    if form.is_none() {
        invalid.push(Invalid::new("form", "required"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let emergency = &mut row.emergency;
        if emergency.is_crisis() && text::key(&emergency.one_speaker) != text::key(&name) {
            return Err(ActionError::Refused("crisis_one_speaker"));
        }
        if let Some(clock) = &emergency.clock
            && spoken_at < clock.at
        {
            let start = time::instant_in_table(clock.at);
            return Err(ActionError::Invalid(vec![
                Invalid::new("spoken_on", "before_start").with("start", start),
            ]));
        }
        let day = time::day_of(spoken_at);
        speaker::require(tx, (&name, &emergency.subject), day)?;
        if emergency.said.is_empty() {
            emergency.on_time = emergency.clock.as_ref().map(|clock| !clock.deadline.is_late_at(spoken_at));
        }
        emergency.said.push(Said {
            at: spoken_at,
            speaker: name.clone(),
            text: said.clone(),
            form: speech.form.clone(),
            is_holding: speech.is_holding,
            person: actor.name.clone(),
        });
        let row = rows::update(tx, "press_emergency.speak", &row)?;
        keep_line(tx, &row)?;
        keep_statement(tx, &row, speech, (&name, day))
    })
}

/// Begins or ends a crisis: one speaker, and the requests on the same matter frozen.
///
/// # Errors
/// Without the right to approve; a speaker who may not speak today.
pub fn set_crisis(
    app: &App,
    actor: &Actor,
    at: (EmergencyId, i64),
    one_speaker: &str,
    related: &[CaseId],
) -> Result<(), ActionError> {
    actor.require(Capability::ApprovePress)?;
    let name = text::clean_line(one_speaker);
    let today = app.today();
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        if !name.is_empty() {
            speaker::require(tx, (&name, &row.emergency.subject), today)?;
        }
        for case in related {
            store::press::find(tx, *case)?.ok_or(ActionError::NotFound)?;
        }
        row.emergency.one_speaker.clone_from(&name);
        row.emergency.related = related.to_vec();
        let kind = if name.is_empty() { "press_emergency.calm" } else { "press_emergency.crisis" };
        rows::update(tx, kind, &row)?;
        Ok(())
    })
}

/// Ends a case; a crisis ends with it.
///
/// # Errors
/// Without the right to approve; when nothing was said although the law asks for it.
pub fn close_emergency(app: &App, actor: &Actor, at: (EmergencyId, i64)) -> Result<(), ActionError> {
    actor.require(Capability::ApprovePress)?;
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        if row.emergency.said.is_empty() && row.emergency.clock.is_some() {
            return Err(ActionError::Refused("emergency_not_spoken"));
        }
        row.emergency.one_speaker.clear();
        row.closed_at = Some(tx.now());
        rows::update(tx, "press_emergency.close", &row)?;
        Ok(())
    })
}

/// The crisis that freezes the answer to a request.
pub(super) fn freezing(r: &mut store::Reader<'_>, case: CaseId) -> Result<Option<EmergencyRow>, ActionError> {
    let freezes = |row: &EmergencyRow| row.emergency.is_crisis() && row.emergency.related.contains(&case);
    Ok(rows::open(r)?.into_iter().find(freezes))
}

/// Refuses to send an answer on a matter that is frozen by a crisis.
pub(super) fn refuse_frozen(r: &mut store::Reader<'_>, case: CaseId) -> Result<(), ActionError> {
    if freezing(r, case)?.is_some() { Err(ActionError::Refused("press_frozen")) } else { Ok(()) }
}

/// The line of the register of extraordinary cases.
fn keep_line(tx: &mut Tx<'_>, row: &EmergencyRow) -> Result<(), ActionError> {
    let emergency = &row.emergency;
    let mut line = Line::new(Register::ExtraordinaryCases);
    let start = emergency.clock.as_ref().map(|clock| clock.at);
    let arose = start.or(emergency.moments.happened_at).unwrap_or(row.created_at);
    line.day("arose_on", time::day_of(arose));
    line.word("class", emergency.class.word());
    line.text("subject", &emergency.subject);
    if let Some(clock) = &emergency.clock {
        line.text("trigger_at", &time::instant_in_table(clock.at));
        line.text("due_at", &clock.deadline.due.in_words());
        line.text("due_basis", &domain::register::due::basis_of(&clock.deadline));
    }
    if let Some(first) = emergency.said.first() {
        line.day("spoken_on", time::day_of(first.at));
        line.text("spoken_at", &time::instant_in_table(first.at));
        line.text("speaker", &first.speaker);
    }
    if let Some(on_time) = emergency.on_time {
        line.flag("on_time", on_time);
    }
    let at = (Register::ExtraordinaryCases, row.unit, kept_line::id_of(row.id)?);
    let is_kept = kept_line::keep(tx, at, |_| Ok(line.values()))?;
    if is_kept { Ok(()) } else { Err(ActionError::invalid("subject", "exists_already")) }
}

/// The line of the register of statements: each word said is a turn of speech.
fn keep_statement(
    tx: &mut Tx<'_>,
    row: &EmergencyRow,
    speech: &Speech,
    (name, day): (&str, domain::time::Day),
) -> Result<(), ActionError> {
    let register = Register::Statements;
    let number = row.emergency.said.len();
    let subject = if number > 1 {
        format!("{} (lần {number})", row.emergency.subject)
    } else {
        row.emergency.subject.clone()
    };
    let mut line = Line::new(register);
    line.day("held_on", day);
    line.word("form", &speech.form);
    line.word("turn", "speech");
    line.word("occasion", "extraordinary");
    line.text("subject", &subject);
    line.text("unit", &crate::office::load(tx)?.names.name);
    line.text("speaker", name);
    let values = line.values();
    store::register::open(tx, register, row.unit, None)?;
    let new = NewRecord { register, unit: row.unit, values, import: None };
    store::register::insert(tx, &new)?;
    Ok(())
}
