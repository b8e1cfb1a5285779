//! Press releases, interviews, briefings and posts (B13): a release is written, approved by a second person, sent under a
//! number and handed on to the portal; what was said or posted is written down once it took place. What was told is a line
//! of the register of statements, kept in the same transaction.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::{PublicationId, StatementId, UnitId};
use domain::press::statement::{
    self as machine, Approval, Event, Form, Issued, Refusal, State, Statement, Told, Who,
};
use domain::publication::Kind;
use domain::register::Register;
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use report::document::{Document, Header, Pattern, Signature};
use store::statement::{self as rows, StatementRow};
use store::{Reader, Tx};

use super::letter::{self, File, paragraph};
use super::said::{SaidElsewhere, said_elsewhere};
use super::speaker;
use crate::kept_line::{self, Line};
use crate::numbering::{self, Wanted};
use crate::office::Office;
use crate::publication::{Draft, begin_together};
use crate::{ActionError, Actor, App, Invalid, account, kept_file, office};

const REGISTER: Register = Register::Statements;
/// Statements on a list at most.
const LISTED: u16 = 200;
/// Signs of a text.
pub const LONGEST_STATEMENT: usize = 20_000;

/// What is typed about a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementEdit {
    /// *Nội dung*; of a release its title.
    pub subject: String,
    /// The text, or what was said.
    pub text: String,
    /// The stored word of its occasion.
    pub occasion: String,
    /// Whether it is a turn of speech; only of what is spoken.
    pub is_speech: bool,
    /// The unit that speaks; the office when absent.
    pub unit: Option<UnitId>,
    /// Who speaks.
    pub speaker: String,
    /// With whom.
    pub with: String,
    /// When it was said or posted.
    pub at: Option<Timestamp>,
    /// Where it can be read.
    pub url: String,
}

/// What is given when a release leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    /// *Số*; the next one of the year when absent.
    pub number: Option<u32>,
    /// Why numbers are left out before a typed one.
    pub gap_reason: String,
    /// *Ký hiệu* without the number: `TC-UBND`.
    pub symbol: String,
    /// *Ngày ban hành*; today when absent.
    pub day: Option<Day>,
}

/// A statement with what its page shows.
#[derive(Debug, Clone)]
pub struct ShownStatement {
    /// The statement.
    pub row: StatementRow,
    /// What this person may do now, and what stands against it.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// The digest of the text as it stands.
    pub digest: String,
    /// The unit that speaks, by name.
    pub unit: String,
    /// Names of people, by the word the ledger keeps.
    pub people: BTreeMap<String, String>,
    /// What was said before on the same subject.
    pub said_before: Vec<SaidElsewhere>,
}

/// Those being worked at, and what was told: the last first.
#[derive(Debug, Clone)]
pub struct Statements {
    /// Releases that did not leave yet.
    pub open: Vec<StatementRow>,
    /// What was told.
    pub told: Vec<StatementRow>,
}

/// The press releases of the office and what it said.
///
/// # Errors
/// Without the right to see the press desk.
pub fn statements(app: &App, actor: &Actor) -> Result<Statements, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let open = rows::list(r, &[State::Draft, State::InReview, State::Approved], LISTED)?;
        Ok(Statements { open, told: rows::list(r, &[State::Issued, State::Given], LISTED)? })
    })
}

/// The press releases that wait for this person, with the act they wait for. Who may write sees every draft.
pub(crate) fn releases_waiting_for(
    app: &App,
    actor: &Actor,
) -> Result<Vec<(StatementRow, Event)>, ActionError> {
    const WAY: [Event; 3] = [Event::Submit, Event::Approve, Event::Issue];
    let open = app.read(|r| Ok(rows::list(r, &[State::Draft, State::InReview, State::Approved], LISTED)?))?;
    let waits = |row: StatementRow| {
        let digest = row.statement.told.digest();
        let may = |event: &Event| {
            let given = ("-", Some(digest.as_str()));
            machine::decide((row.state, &row.statement), *event, who(actor), given).is_ok()
        };
        WAY.iter().copied().find(may).map(|event| (row, event))
    };
    Ok(open.into_iter().filter_map(waits).collect())
}

/// A statement with what its page shows.
///
/// # Errors
/// Without the right to see the press desk, or when there is none.
pub fn statement(app: &App, actor: &Actor, id: StatementId) -> Result<ShownStatement, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let digest = row.statement.told.digest();
        let decide = |event| {
            // Reason and text are asked for on the page of the act.
            let given = ("-", Some(digest.as_str()));
            (event, machine::decide((row.state, &row.statement), event, who(actor), given).map(drop))
        };
        let hidden = [Err(Refusal::NotNow), Err(Refusal::NotYours)];
        let buttons =
            Event::ALL.into_iter().map(decide).filter(|(_, result)| !hidden.contains(result)).collect();
        let unit = unit_name(r, row.statement.told.unit)?;
        let people = account::names(r)?.into_iter().collect();
        let said_before = said_elsewhere(r, &row.statement.told.subject, &row.id.to_string())?;
        Ok(ShownStatement { row, buttons, digest, unit, people, said_before })
    })
}

fn who(actor: &Actor) -> Who<'_> {
    Who { name: &actor.name, roles: &actor.roles, unit: actor.unit }
}

/// The name of the unit that speaks; that of the office for none.
fn unit_name(r: &mut Reader<'_>, unit: Option<UnitId>) -> Result<String, ActionError> {
    let tree: Tree = office::load_tree(r)?;
    let office = office::load(r)?;
    let own = unit.filter(|unit| *unit != office.unit).and_then(|unit| tree.get(unit));
    Ok(own.map_or(office.names.name, |unit| unit.name.clone()))
}

/// Checks what was typed; what is told must have been told, and a text is never longer than its field.
fn checked(edit: &StatementEdit, form: Form, now: Timestamp) -> Result<Told, ActionError> {
    let [subject, speaker, with, url] =
        [&edit.subject, &edit.speaker, &edit.with, &edit.url].map(|line| text::clean_line(line));
    let body = text::clean_text(&edit.text);
    let mut invalid = Vec::new();
    let mut check = |field: &str, value: &str, most: usize, is_required: bool| {
        if is_required && value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    };
    check("subject", &subject, 500, true);
    check("text", &body, LONGEST_STATEMENT, form.is_spoken());
    check("speaker", &speaker, 100, form.is_spoken());
    check("with", &with, 200, form.is_spoken());
    check("url", &url, 1_000, form == Form::Post);
    if !url.is_empty() && !["https://", "http://"].iter().any(|start| url.starts_with(start)) {
        invalid.push(Invalid::new("url", "not_a_url"));
    }
    if REGISTER.field("occasion").and_then(|field| field.word(&edit.occasion)).is_none() {
        invalid.push(Invalid::new("occasion", "required"));
    }
    let at = edit.at.filter(|_| form != Form::Release);
    match at {
        None if form != Form::Release => invalid.push(Invalid::new("held_on", "required")),
        Some(at) if at > now => invalid.push(Invalid::new("held_on", "in_future")),
        _ => {}
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    Ok(Told {
        form,
        subject,
        text: body,
        occasion: edit.occasion.clone(),
        is_speech: form.is_spoken() && edit.is_speech,
        unit: edit.unit,
        speaker,
        with: if form == Form::Release { String::new() } else { with },
        at,
        url: if form == Form::Release { String::new() } else { url },
    })
}

/// Who speaks must be entitled on the day: always of what was said, and of what was written when somebody is named.
fn refuse_speaker(r: &mut Reader<'_>, told: &Told, day: Day) -> Result<(), ActionError> {
    if told.speaker.is_empty() {
        return Ok(());
    }
    speaker::require(r, (&told.speaker, &told.subject), day)
}

fn known_unit(r: &mut Reader<'_>, told: &Told) -> Result<(), ActionError> {
    match told.unit {
        Some(unit) if office::load_tree(r)?.get(unit).is_none() => Err(ActionError::NotFound),
        _ => Ok(()),
    }
}

/// Begins a release, or writes down what was said or posted.
///
/// # Errors
/// Without the right; for fields that cannot be taken; for a speaker who was not entitled that day.
pub fn begin_statement(
    app: &App,
    actor: &Actor,
    (form, edit): (Form, &StatementEdit),
) -> Result<StatementId, ActionError> {
    if form != Form::Release || !machine::may_write(&actor.roles) {
        actor.require(Capability::TakePress)?;
    }
    let told = checked(edit, form, app.now())?;
    app.write(actor, |tx| {
        known_unit(tx, &told)?;
        let state = if form == Form::Release { State::Draft } else { State::Given };
        if let Some(at) = told.at {
            refuse_speaker(tx, &told, time::day_of(at))?;
        }
        let row = StatementRow {
            id: tx.new_id()?,
            unit: office::load(tx)?.unit,
            state,
            statement: Statement {
                told: told.clone(),
                by: actor.unit.filter(|_| actor.may(Capability::DraftPress)),
                writers: vec![actor.name.clone()],
                approval: None,
                issued: None,
                publication: None,
                note: String::new(),
            },
            created_by: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            version: 1,
        };
        let kind = if state == State::Given { "press_statement.given" } else { "press_statement.begun" };
        let row = rows::insert(tx, kind, &row)?;
        if state == State::Given {
            keep_line(tx, &row)?;
        }
        Ok(row.id)
    })
}

/// What was decided, from the version the person saw.
fn decided(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (StatementId, i64),
    (event, note, shown): (Event, &str, Option<&str>),
) -> Result<StatementRow, ActionError> {
    let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    let to = machine::decide((row.state, &row.statement), event, who(actor), (note, shown));
    row.state = to.map_err(|refusal| ActionError::Refused(refusal.code()))?;
    Ok(row)
}

/// Changes the text of a release, which voids its approval, or corrects what was written down.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, [`ActionError::Stale`]; for fields that cannot be taken; for a
/// speaker who was not entitled that day.
pub fn edit_statement(
    app: &App,
    actor: &Actor,
    at: (StatementId, i64),
    edit: &StatementEdit,
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let now = app.now();
    app.write(actor, |tx| {
        let mut row = decided(tx, actor, at, (Event::Edit, "", None))?;
        let told = checked(edit, row.statement.told.form, now)?;
        known_unit(tx, &told)?;
        if let Some(at) = told.at {
            refuse_speaker(tx, &told, time::day_of(at))?;
        }
        row.statement.told = told;
        row.statement.approval = None;
        if !row.statement.writers.contains(&actor.name) {
            row.statement.writers.push(actor.name.clone());
        }
        let row = rows::update(tx, "press_statement.edit", &row)?;
        if row.state == State::Given { keep_line(tx, &row) } else { Ok(()) }
    })
}

/// Carries out an event other than editing and issuing; `note` is the reason, `shown` the digest of the text that was
/// shown.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, [`ActionError::Stale`].
pub fn act_on_statement(
    app: &App,
    actor: &Actor,
    at: (StatementId, i64),
    event: Event,
    (note, shown): (&str, Option<&str>),
) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let note = text::clean_text(note);
    if note.chars().count() > 2_000 {
        return Err(ActionError::Invalid(vec![Invalid::new("reason", "too_long").with("limit", 2_000)]));
    }
    if matches!(event, Event::Edit | Event::Issue) {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
    }
    app.write(actor, |tx| {
        let was_told = rows::find(tx, at.0)?.is_some_and(|row| row.state.was_told());
        let mut row = decided(tx, actor, at, (event, &note, shown))?;
        let statement = &mut row.statement;
        match event {
            Event::Approve => {
                let (digest, person) = (statement.told.digest(), actor.name.clone());
                statement.approval = Some(Approval { digest, person, at: tx.now() });
            }
            Event::SendBack | Event::Discard => {
                statement.approval = None;
                statement.note = note;
            }
            Event::Submit | Event::Edit | Event::Issue => {}
        }
        let row = rows::update(tx, &format!("press_statement.{}", event.word()), &row)?;
        if was_told { take_line_out(tx, &row) } else { Ok(()) }
    })
}

/// The symbol press releases bear without their number (FM-NO-5).
fn symbol_of(office: &Office) -> String {
    format!("TC-{}", office.names.symbol)
}

/// The number that comes next this year, and the symbol releases bear.
///
/// # Errors
/// Without the right to see the press desk.
pub fn next_release(app: &App, actor: &Actor) -> Result<(u32, String), ActionError> {
    actor.require(Capability::ReadPress)?;
    let year = app.today().year();
    app.read(|r| {
        let office = office::load(r)?;
        Ok((numbering::next(r, office.unit, year)?, symbol_of(&office)))
    })
}

/// A release as a document: with number and date once they are given.
fn compose(row: &StatementRow, (office, today): (&Office, Day), borne: Option<(u32, &str, Day)>) -> Document {
    let (names, told) = (&office.names, &row.statement.told);
    let lines = told.text.lines().map(str::trim).filter(|line| !line.is_empty());
    Document {
        layout: report::layout::Layout::default(),
        header: Header {
            parent: names.parent.clone(),
            issuer: names.header.clone(),
            number: borne.map(|(number, ..)| number),
            symbol: borne.map_or_else(|| symbol_of(office), |(_, symbol, _)| symbol.to_owned()),
            place: names.place.clone(),
            date: borne.map(|(.., day)| day),
            counted_until: today,
        },
        type_name: "Thông cáo báo chí".to_owned(),
        summary: told.subject.trim_end_matches(['.', ';']).to_owned(),
        addressees: Vec::new(),
        bases: Vec::new(),
        pattern: Pattern::Numbered,
        body: lines.map(paragraph).collect(),
        signature: office.signer.as_ref().and_then(|signer| Signature::compose(signer).ok()),
        recipients: vec!["Các cơ quan báo chí".to_owned(), "Cổng Thông tin điện tử".to_owned()],
        filing_unit: names.filing_unit.clone(),
        secretary: String::new(),
        annexes: Vec::new(),
        proof: None,
    }
}

/// Sends a release under a number: its files are kept as they leave, the registers of outgoing documents and of statements
/// have their lines.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, also for a speaker who is not entitled that day; a number that is
/// taken, with the next one; [`ActionError::Stale`].
pub fn issue_statement(
    app: &App,
    actor: &Actor,
    at: (StatementId, i64),
    release: &Release,
) -> Result<(), ActionError> {
    actor.require(Capability::IssuePress)?;
    let row = app.read(|r| rows::find(r, at.0)?.ok_or(ActionError::NotFound))?;
    if row.version != at.1 {
        return Err(ActionError::Stale);
    }
    let decided_now = machine::decide((row.state, &row.statement), Event::Issue, who(actor), ("", None));
    decided_now.map_err(|refusal| ActionError::Refused(refusal.code()))?;
    let (office, today) = (office::office(app)?, app.today());
    let (symbol, day) = (text::clean_line(&release.symbol), release.day.unwrap_or(today));
    let mut invalid = Vec::new();
    if release.number == Some(0) {
        invalid.push(Invalid::new("number", "required"));
    }
    if symbol.is_empty() || symbol.contains('/') || symbol.chars().count() > 40 {
        invalid.push(Invalid::new("symbol", "not_a_symbol"));
    }
    if day > today {
        invalid.push(Invalid::new("issued_on", "in_future"));
    }
    let written = row.statement.approval.as_ref().map(|approval| time::day_of(approval.at));
    if let Some(approved) = written.filter(|approved| day < *approved) {
        let start = time::day_in_table(approved);
        invalid.push(Invalid::new("issued_on", "before_start").with("start", start));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    numbering::with_number(app, (office.unit, day), release.number, |number| {
        let gap_reason = &release.gap_reason;
        let wanted = Wanted { unit: office.unit, day, number, symbol: &symbol, gap_reason };
        let document = compose(&row, (&office, today), Some((number, &symbol, day)));
        let (kept, files) = letter::draw_kept(app, &document)?;
        let mut line = Line::new(Register::OutgoingDocuments);
        line.text("symbol", &wanted.full());
        line.day("issued_on", day);
        line.text("summary", &format!("Thông cáo báo chí {}", letter::lower_first(&document.summary)));
        if let Some(signer) = &office.signer {
            line.text("signer", &signer.name);
        }
        line.text("recipients", "Các cơ quan báo chí");
        line.day("sent_on", day);
        let values = line.values();
        app.write(actor, |tx| {
            let mut row = decided(tx, actor, at, (Event::Issue, "", None))?;
            refuse_speaker(tx, &row.statement.told, day)?;
            let document = numbering::register(tx, wanted, values.clone())?;
            for file in &files {
                store::blob::register(tx, file)?;
            }
            row.statement.issued = Some(Issued { symbol: wanted.full(), day, document, kept: kept.clone() });
            let row = rows::update(tx, "press_statement.issue", &row)?;
            keep_line(tx, &row)
        })
    })
}

/// A file of a release: as it left, or as it would be drawn now.
///
/// # Errors
/// Without the right to see the press desk, when there is none, or for what is no release.
pub fn statement_file(app: &App, actor: &Actor, id: StatementId, file: File) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    if let Some(issued) = &row.statement.issued {
        return kept_file::read(app, letter::digest_of(&issued.kept, file));
    }
    if row.statement.told.form != Form::Release || row.statement.told.text.is_empty() {
        return Err(ActionError::NotFound);
    }
    let office = office::office(app)?;
    letter::draw(app, &compose(&row, (&office, app.today()), None), file)
}

/// Begins a publication with a release that left, once; it is approved and published like any other.
///
/// # Errors
/// Without the right; when it did not leave, or stands on the portal already.
pub fn statement_to_portal(app: &App, actor: &Actor, id: StatementId) -> Result<PublicationId, ActionError> {
    actor.require(Capability::TakePress)?;
    let office = office::office(app)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        let statement = &row.statement;
        let Some(issued) = &statement.issued else {
            return Err(ActionError::Refused(Refusal::NotNow.code()));
        };
        if statement.publication.is_some() {
            return Err(ActionError::Refused("press_on_portal"));
        }
        let day = time::day_in_words(issued.day);
        let draft = Draft {
            title: statement.told.subject.clone(),
            summary: format!("Thông cáo báo chí số {} {day}.", issued.symbol),
            body: statement.told.text.clone(),
            ..Draft::default()
        };
        let writers: Vec<&str> = statement.writers.iter().map(String::as_str).collect();
        let publication = begin_together(tx, actor, &office, Kind::Statement, &draft, &writers)?;
        row.statement.publication = Some(publication);
        rows::update(tx, "press_statement.to_portal", &row)?;
        Ok(publication)
    })
}

/// The line of the register of statements.
fn keep_line(tx: &mut Tx<'_>, row: &StatementRow) -> Result<(), ActionError> {
    let told = &row.statement.told;
    let mut line = Line::new(REGISTER);
    let issued = row.statement.issued.as_ref().map(|issued| issued.day);
    if let Some(day) = issued.or(told.at.map(time::day_of)) {
        line.day("held_on", day);
    }
    line.word("form", told.form.in_register());
    line.word("turn", if told.is_speech { "speech" } else { "information" });
    line.word("occasion", &told.occasion);
    line.text("subject", &told.subject);
    line.text("unit", &unit_name(tx, told.unit)?);
    line.text("speaker", &told.speaker);
    line.text("url", &told.url);
    if !told.with.is_empty() {
        line.text("note", &told.with);
    }
    store::register::open(tx, REGISTER, row.unit, None)?;
    let at = (REGISTER, row.unit, kept_line::id_of(row.id)?);
    if kept_line::keep(tx, at, |_| Ok(line.values()))? {
        Ok(())
    } else {
        Err(ActionError::invalid("subject", "exists_already"))
    }
}

/// What was written down by mistake counts no more.
fn take_line_out(tx: &mut Tx<'_>, row: &StatementRow) -> Result<(), ActionError> {
    let id = kept_line::id_of(row.id)?;
    if let Some(stored) = store::register::find(tx, REGISTER, id)? {
        store::register::delete(tx, REGISTER, id, stored.record.version)?;
    }
    Ok(())
}
