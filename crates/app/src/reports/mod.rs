//! Periodic reports: drafting, freezing the figures, the way to the signature, the documents, the proof.
//!
//! The decision whether an act is possible is `domain::report::decide`; here the act is carried out. What is cleared
//! and signed is bound to a digest over the frozen set, the text, the letter and the signer.

mod documents;
mod freeze;
mod issue;
mod proof;
mod template;

use domain::access::{Capability, Role};
use domain::id::ReportId;
use domain::period::Period;
use domain::report::{self as workflow, Event, Refusal, ReportFacts, State, Who};
use domain::text;
use domain::time::{Day, Timestamp};
use report::FrozenFigure;
use report::document::{Citation, Signer};
use sha2::{Digest, Sha256};
use store::report::{self as rows, ReportRow, ReportVersionRow};

pub use documents::{Kind, Made, Make, figure_titles, file, make, preview_html};
pub use freeze::frozen_figures;
pub use issue::next_number;
pub use proof::{Checked, Proof, ProofFigure, proof, proof_json, verify};
pub use template::{Kept, NewTemplate, add_template, templates};
pub(crate) use template::{TEMPLATE, install};

use crate::{ActionError, Actor, App, account, office, rules};

/// A report as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportView {
    /// Its id.
    pub id: ReportId,
    /// Its title.
    pub title: String,
    /// What it counts.
    pub period: Period,
    /// The id of its template.
    pub template: String,
    /// Where it stands.
    pub state: State,
    /// Version for editing.
    pub version: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

fn view(row: &ReportRow) -> Result<ReportView, ActionError> {
    Ok(ReportView {
        id: row.id,
        title: row.title.clone(),
        period: period_of(row)?,
        template: row.template.clone(),
        state: row.state,
        version: row.version,
        updated_at: row.updated_at,
    })
}

pub(crate) fn period_of(row: &ReportRow) -> Result<Period, ActionError> {
    Period::new(row.period_first, row.period_last)
        .map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

/// All reports, the latest period first.
///
/// # Errors
/// Without the right to read reports.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<ReportView>, ActionError> {
    actor.require(Capability::ReadReports)?;
    app.read(|r| rows::all(r)?.iter().map(view).collect())
}

/// The reports that wait for this person, with the act they wait for: what leads them on. Nobody is waited for to clear
/// or sign what they wrote.
pub(crate) fn waiting_for(app: &App, actor: &Actor) -> Result<Vec<(ReportId, String, Event)>, ActionError> {
    const WAY: [Event; 5] = [Event::Freeze, Event::Submit, Event::Clear, Event::Sign, Event::Issue];
    let roles = actor.deciding_roles();
    app.read(|r| {
        let mut waiting = Vec::new();
        for row in rows::all(r)?.into_iter().filter(|row| row.state != State::Issued) {
            let digest = digest_of(&row, rows::versions(r, row.id)?.last());
            let drafters: Vec<String> = serde_json::from_str(&row.drafters).unwrap_or_default();
            let facts = ReportFacts {
                state: row.state,
                drafters: &drafters,
                digest: &digest,
                cleared_digest: row.cleared_digest.as_deref(),
            };
            let who = Who { person: &actor.name, roles: &roles };
            let event =
                WAY.into_iter().find(|event| workflow::decide(&facts, *event, who, Some("-")).is_ok());
            waiting.extend(event.map(|event| (row.id, row.title, event)));
        }
        Ok(waiting)
    })
}

/// Begins a report.
///
/// # Errors
/// Without the right to draft, when there is no such template, when there is a report over the period already, or when
/// no closing row gives the period, which [`create_over`] takes with a reason.
pub fn create(app: &App, actor: &Actor, period: Period, template: &str) -> Result<ReportId, ActionError> {
    create_over(app, actor, (period, ""), template)
}

/// The step a report over a period of its own begins with; its note says why.
const BEGIN: &str = "begin";

/// Begins a report over a period with the reason for it: due, and kept among the steps of the report, when neither the
/// calendar year nor a closing row (*thời gian chốt số liệu*) gives the period.
///
/// # Errors
/// As [`create`]; `reason` is `required` for a period of its own.
pub fn create_over(
    app: &App,
    actor: &Actor,
    (period, reason): (Period, &str),
    template: &str,
) -> Result<ReportId, ActionError> {
    actor.require(Capability::DraftReport)?;
    app.write(actor, |tx| {
        let template = template::find(tx, template)?
            .ok_or_else(|| ActionError::invalid("template", "no_such_template"))?
            .template;
        let reason = text::clean_text(reason);
        let is_own = !rules::load(tx)?.law.is_offered(period);
        if is_own && reason.is_empty() {
            return Err(ActionError::invalid("reason", "required"));
        }
        let office = office::load(tx)?;
        let taken = |row: &ReportRow| {
            row.template == template.id
                && (row.period_first, row.period_last) == (period.first(), period.last())
        };
        if rows::all(tx)?.iter().any(taken) {
            return Err(ActionError::invalid("period", "exists_already"));
        }
        let now = tx.now();
        let row = ReportRow {
            id: tx.new_id()?,
            unit: office.unit,
            period_first: period.first(),
            period_last: period.last(),
            template: template.id.clone(),
            title: format!("{} {}", template.type_name, period.in_words()),
            state: State::Draft,
            frozen_version: 0,
            narrative: "{}".to_owned(),
            request_letter: "null".to_owned(),
            recipients: "[]".to_owned(),
            signer: json(&office.signer)?,
            drafters: "[]".to_owned(),
            cleared_digest: None,
            number: None,
            issued_on: None,
            created_by: actor.name.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let id = rows::insert(tx, &row)?.id;
        if is_own {
            rows::add_step(tx, id, BEGIN, &reason)?;
        }
        Ok(id)
    })
}

pub(crate) fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, ActionError> {
    Ok(serde_json::to_string(value).map_err(anyhow::Error::new)?)
}

/// What people write in a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// Slot → text. A slot that is absent, or says what is suggested, takes the suggestion.
    pub narrative: Vec<(String, String)>,
    /// The letter that asked for the report.
    pub letter: Option<Citation>,
    /// Who signs.
    pub signer: Option<Signer>,
}

/// Changes text, letter or signer, from the version the editor saw. Only before it is submitted.
///
/// # Errors
/// Without the right to draft; when it was submitted; when it changed meanwhile; when the signature would be wrong.
pub fn edit(
    app: &App,
    actor: &Actor,
    (id, version): (ReportId, i64),
    edit: &Edit,
) -> Result<(), ActionError> {
    actor.require(Capability::DraftReport)?;
    if let Some(signer) = &edit.signer
        && let Err(fault) = report::document::Signature::compose(signer)
    {
        return Err(ActionError::invalid("signer", fault.code()));
    }
    let suggested = documents::suggested(&documents::load(app, id)?)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        if !row.state.text_can_change() {
            return Err(ActionError::Refused("report_not_now"));
        }
        let template = template::of(tx, &row)?;
        let slots: Vec<&str> = template.slots().into_iter().map(|(slot, _)| slot).collect();
        let mut narrative = serde_json::Map::new();
        for (slot, written) in &edit.narrative {
            if !slots.contains(&slot.as_str()) {
                return Err(ActionError::invalid(slot, "unknown_field"));
            }
            let written = text::clean_text(written);
            // What is suggested goes on following the figures.
            if suggested.get(slot).is_none_or(|suggestion| text::clean_text(suggestion) != written) {
                narrative.insert(slot.clone(), written.into());
            }
        }
        row.narrative = json(&narrative)?;
        row.request_letter = json(&edit.letter)?;
        row.signer = json(&edit.signer)?;
        row.drafters = with_drafter(&row.drafters, &actor.name)?;
        rows::update(tx, "report.text_changed", &row)?;
        Ok(())
    })
}

fn with_drafter(drafters: &str, name: &str) -> Result<String, ActionError> {
    let mut drafters: Vec<String> = serde_json::from_str(drafters).unwrap_or_default();
    if !drafters.iter().any(|drafter| drafter == name) {
        drafters.push(name.to_owned());
    }
    json(&drafters)
}

/// The digest of everything that is cleared and signed.
fn digest_of(row: &ReportRow, frozen: Option<&ReportVersionRow>) -> String {
    let figures = frozen.map_or("", |version| version.digest.as_str());
    let whole = [figures, &row.narrative, &row.request_letter, &row.signer, &row.template].join("\n");
    hex::encode(Sha256::digest(whole.as_bytes()))
}

/// An act on a report and what comes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    /// Why, where a reason is due.
    pub reason: Option<String>,
    /// *Số*, when it is issued; the next one of the year when absent.
    pub number: Option<u32>,
    /// Why numbers are left out before a typed one.
    pub gap_reason: String,
    /// Date of issue.
    pub issued_on: Option<Day>,
}

/// Carries out an event on a report: freeze, reopen, submit, send back, clear, sign, issue.
///
/// # Errors
/// [`ActionError::Refused`] `report_<code>` of the refusal; [`ActionError::Stale`].
pub fn act(
    app: &App,
    actor: &Actor,
    (id, version): (ReportId, i64),
    event: Event,
    act: &Act,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadReports)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let versions = rows::versions(tx, id)?;
        let digest = digest_of(&row, versions.last());
        let drafters: Vec<String> = serde_json::from_str(&row.drafters).unwrap_or_default();
        let facts = ReportFacts {
            state: row.state,
            drafters: &drafters,
            digest: &digest,
            cleared_digest: row.cleared_digest.as_deref(),
        };
        let roles = actor.deciding_roles();
        let who = Who { person: &actor.name, roles: &roles };
        let step = workflow::decide(&facts, event, who, act.reason.as_deref()).map_err(refused)?;
        match event {
            Event::Freeze => {
                let reason = reason_to_freeze(tx, id, act)?;
                freeze::freeze(tx, &mut row, &reason)?;
            }
            Event::Reopen => {
                // Who wrote what still stands stays a drafter; number and date are given anew.
                row.cleared_digest = None;
                row.number = None;
                row.issued_on = None;
            }
            Event::SendBack => row.cleared_digest = None,
            Event::Clear => row.cleared_digest = Some(digest.clone()),
            Event::Issue => issue::issue(tx, &mut row, act)?,
            Event::Submit | Event::Sign => {}
        }
        if matches!(event, Event::Freeze) {
            row.drafters = with_drafter(&row.drafters, &actor.name)?;
        }
        row.state = step.to();
        rows::update(tx, &format!("report.{}", event.word()), &row)?;
        let note = text::clean_text(act.reason.as_deref().unwrap_or(""));
        rows::add_step(tx, id, event.word(), &note)?;
        Ok(())
    })
}

/// Why figures are frozen: what is said now, else why they were last opened again.
fn reason_to_freeze(tx: &mut store::Tx<'_>, id: ReportId, act: &Act) -> Result<String, ActionError> {
    if let Some(reason) = act.reason.as_ref().filter(|reason| !reason.trim().is_empty()) {
        return Ok(reason.clone());
    }
    let steps = rows::steps(tx, id)?;
    let last = steps.into_iter().rev().find(|step| step.event == Event::Reopen.word());
    Ok(last.map(|step| step.note).unwrap_or_default())
}

fn refused(refusal: Refusal) -> ActionError {
    ActionError::Refused(match refusal {
        Refusal::NotNow => "report_not_now",
        Refusal::NotYours => "report_not_yours",
        Refusal::OwnDraft => "report_own_draft",
        Refusal::ChangedSinceClearance => "report_changed_since_clearance",
        Refusal::NoReason => "report_no_reason",
    })
}

/// Everything the editor of a report shows.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The report.
    pub report: ReportView,
    /// Its figures: the frozen ones, or those of this moment in a draft.
    pub figures: Vec<FrozenFigure>,
    /// Its frozen versions, newest first; the first counts unless it is a draft.
    pub frozen: Vec<FrozenView>,
    /// The texts.
    pub narrative: Vec<Slot>,
    /// The letter that asked for it.
    pub letter: Option<Citation>,
    /// Who signs.
    pub signer: Option<Signer>,
    /// *Số*.
    pub number: Option<String>,
    /// Date of issue.
    pub issued_on: Option<Day>,
    /// What this person may do now, and what stands against it.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// The steps it took, newest first.
    pub steps: Vec<StepView>,
    /// Ids of figures that differ between the frozen set and today's records.
    pub differences: Vec<String>,
    /// Faults of form in the document: rule, where, what it should be.
    pub form_findings: Vec<String>,
}

/// A frozen version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenView {
    /// From 1.
    pub version: i64,
    /// Of the set.
    pub digest: String,
    /// When.
    pub frozen_at: Timestamp,
    /// Who, by name.
    pub who: String,
    /// Why it was frozen again.
    pub reason: String,
    /// The ledger's last entry then.
    pub ledger_sequence: i64,
    /// Its hash.
    pub ledger_hash: String,
    /// Where the public can check it: `/so-lieu/<code>`.
    pub proof_path: String,
}

/// A text of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its key.
    pub key: String,
    /// What it is for.
    pub label: String,
    /// What is written, or the suggestion.
    pub text: String,
    /// The suggestion, with `[[figure.id]]` where a figure stands.
    pub suggestion: String,
    /// Whether a person wrote it.
    pub is_written: bool,
}

/// A step a report took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// The word of the event.
    pub event: String,
    /// Who, by name.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// The reason.
    pub note: String,
}

/// Everything the editor of a report shows.
///
/// # Errors
/// Without the right to read reports, or when there is no such report.
pub fn editor(app: &App, actor: &Actor, id: ReportId) -> Result<Editor, ActionError> {
    actor.require(Capability::ReadReports)?;
    let loaded = documents::load(app, id)?;
    let row = &loaded.row;
    let document = documents::compose(app, &loaded);
    let form_findings = match &document {
        Ok(document) => report::form_check::check_document(document)
            .iter()
            .map(|f| format!("{} {}: {} → {}", f.rule, f.line, f.found, f.should_be))
            .collect(),
        Err(error) => vec![error.to_string()],
    };
    let digest = digest_of(row, loaded.versions.last());
    let drafters: Vec<String> = serde_json::from_str(&row.drafters).unwrap_or_default();
    let facts = ReportFacts {
        state: row.state,
        drafters: &drafters,
        digest: &digest,
        cleared_digest: row.cleared_digest.as_deref(),
    };
    let roles = actor.deciding_roles();
    let buttons = workflow::available(&facts, Who { person: &actor.name, roles: &roles })
        .into_iter()
        .map(|(event, result)| (event, result.map(drop)))
        .collect();
    let (names, steps) = app.read(|r| Ok((account::names(r)?, rows::steps(r, id)?)))?;
    let name = |word: &str| names.get(word).cloned().unwrap_or_else(|| word.to_owned());
    let mut steps: Vec<StepView> = steps
        .into_iter()
        .map(|step| StepView {
            event: step.event,
            who: name(&step.person),
            at: step.taken_at,
            note: step.note,
        })
        .collect();
    steps.reverse();
    Ok(Editor {
        report: view(row)?,
        figures: loaded.set.figures.clone(),
        frozen: loaded.versions.iter().rev().map(|version| frozen_view(version, &name)).collect(),
        narrative: documents::slots(&loaded)?,
        letter: loaded.letter.clone(),
        signer: loaded.signer.clone(),
        number: row.number.clone(),
        issued_on: row.issued_on,
        buttons,
        steps,
        differences: loaded.differences.clone(),
        form_findings,
    })
}

fn frozen_view(version: &ReportVersionRow, name: &dyn Fn(&str) -> String) -> FrozenView {
    FrozenView {
        version: version.version,
        digest: version.digest.clone(),
        frozen_at: version.frozen_at,
        who: name(&version.frozen_by),
        reason: version.reason.clone(),
        ledger_sequence: version.ledger_sequence,
        ledger_hash: version.ledger_hash.clone(),
        proof_path: proof::path_of(&version.digest),
    }
}

impl Actor {
    /// The roles that decide about reports: a person's own; the command line drafts and issues like a clerk.
    pub(crate) fn deciding_roles(&self) -> Vec<Role> {
        if self.person.is_none() { vec![Role::Clerk] } else { self.roles.clone() }
    }
}
