//! Keeping the registers: lists, a record with its history, adding, amending, removing, exporting.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::{PublicationId, RecordId};
use domain::law::Law;
use domain::outage;
use domain::publication::item::is_public_register;
use domain::register::{Field, FieldKind, Presence, Privacy, Record, Register, Value, Values, due};
use domain::time::{self, Day, Timestamp};
use store::register as rows;

use crate::{ActionError, Actor, App, Invalid, account, numbering, office, press, rules};

/// Records on a page.
const PER_PAGE: u16 = 50;

/// What is asked of a register.
#[derive(Debug, Clone)]
pub struct Query {
    /// The register.
    pub register: Register,
    /// Words to be found.
    pub search: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// A `Word` field and its value.
    pub word: Option<(&'static str, &'static str)>,
    /// From 1.
    pub page: i64,
}

impl Query {
    /// The first page of everything.
    pub fn all(register: Register) -> Query {
        Query { register, search: String::new(), from: None, to: None, word: None, page: 1 }
    }

    fn filter(&self, actor: &Actor) -> rows::Filter {
        let search = Some(self.search.trim()).filter(|search| !search.is_empty()).map(str::to_owned);
        let equals = self.word.map(|(field, word)| (field.to_owned(), Value::Word(word)));
        rows::Filter {
            search,
            searches_personal: actor.may(Capability::ReadPersonalData),
            from: self.from,
            to: self.to,
            equals: equals.into_iter().collect(),
            page: u32::try_from(self.page.max(1)).unwrap_or(u32::MAX),
            per_page: PER_PAGE,
            ..rows::Filter::of(self.register)
        }
    }
}

/// A page of a register.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records; personal values only for those with the right.
    pub records: Vec<Record>,
    /// How many there are on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// How many pages there are, at least 1.
    pub pages: i64,
}

/// A page of records.
///
/// # Errors
/// Without the right to read registers.
pub fn list(app: &App, actor: &Actor, query: &Query) -> Result<Page, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    let filter = query.filter(actor);
    app.read(|r| {
        let total = i64::try_from(rows::count(r, &filter)?).unwrap_or(i64::MAX);
        let mut records = rows::list(r, &filter)?.records;
        hand_over(actor, &mut records);
        let pages = total.max(1).div_euclid(i64::from(PER_PAGE))
            + i64::from(total.max(1).rem_euclid(i64::from(PER_PAGE)) > 0);
        Ok(Page { records, total, page: query.page.max(1), pages })
    })
}

/// Takes the personal values out of records for those who may not see them; who sees some stands in the security log
/// (AZ-A05).
pub(crate) fn hand_over(actor: &Actor, records: &mut [Record]) {
    records.iter_mut().for_each(|record| mask(actor, record));
    let is_personal = |record: &&Record| {
        let mut fields = record.register.fields().iter();
        fields.any(|field| field.privacy == Privacy::Personal && record.values.get(field.key).is_some())
    };
    let mut personal = records.iter().filter(is_personal);
    if let Some(first) = personal.next() {
        let (register, count) = (first.register.word(), 1 + personal.count());
        let (actor, first) = (&actor.name, first.id);
        tracing::info!(target: "security", event = "personal_data_read", actor, register, %first, count, "personal data read");
    }
}

/// Takes the personal values out of a record for those who may not see them.
fn mask(actor: &Actor, record: &mut Record) {
    if !actor.may(Capability::ReadPersonalData) {
        for field in record.register.fields().iter().filter(|field| field.privacy == Privacy::Personal) {
            record.values.clear(field.key);
        }
    }
}

/// How many records each register has, and whether it was ever opened.
///
/// # Errors
/// Without the right to read registers.
pub fn counts(app: &App, actor: &Actor) -> Result<Vec<(Register, i64, bool)>, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    app.read(|r| {
        let opened = rows::opened_registers(r, None)?;
        Register::ALL
            .into_iter()
            .map(|register| {
                let count = rows::count(r, &rows::Filter::of(register))?;
                let is_open = opened.iter().any(|(of, _, _)| *of == register);
                Ok((register, i64::try_from(count).unwrap_or(i64::MAX), is_open))
            })
            .collect()
    })
}

/// A record with what is known about it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The record.
    pub record: Record,
    /// Its history, newest first.
    pub history: Vec<HistoryLine>,
    /// How its limit was computed, sentence by sentence.
    pub deadline: Option<Vec<String>>,
    /// The name of the file it was imported from.
    pub import: Option<String>,
    /// The publication that keeps it: what its text says is changed there.
    pub publication: Option<PublicationId>,
}

/// One change of a record.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// The ledger entry.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub who: String,
    /// `questions.amended`.
    pub kind: String,
    /// Field, before, after.
    pub changes: Vec<(&'static str, Option<String>, Option<String>)>,
    /// Whether what is personal was erased from it.
    pub is_erased: bool,
}

/// One record with its history.
///
/// # Errors
/// Without the right to read registers, or when there is none.
pub fn show(app: &App, actor: &Actor, register: Register, id: RecordId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    let policy = rules::policy(app)?;
    app.read(|r| {
        let stored = rows::find(r, register, id)?.ok_or(ActionError::NotFound)?;
        let mut record = stored.record;
        let deadline = explain(&record, &policy);
        hand_over(actor, std::slice::from_mut(&mut record));
        let entries = store::ledger::history(r, register.word(), &id.to_string())?;
        let names = account::names(r)?;
        let sequences: Vec<i64> = entries.iter().map(|(entry, _)| entry.sequence).collect();
        let erased = store::ledger::erased_of(r, &sequences)?;
        let mut history = Vec::with_capacity(entries.len());
        let mut before = Values::new();
        for (entry, _) in entries {
            let mut after = rows::record_at(r, register, id, entry.sequence)?
                .unwrap_or_else(|| Record { values: Values::new(), ..record.clone() });
            mask(actor, &mut after);
            history.push(HistoryLine {
                sequence: entry.sequence,
                at: Timestamp::from_millisecond(entry.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH),
                who: names.get(&entry.actor).cloned().unwrap_or_else(|| entry.actor.clone()),
                is_erased: erased.contains(&entry.sequence),
                kind: entry.kind,
                changes: changes(register, &before, &after.values),
            });
            before = after.values;
        }
        history.reverse();
        let import = match stored.import {
            Some(import) => store::import::find(r, import)?.map(|import| import.file_name),
            None => None,
        };
        let publication = text_of(r, register, id)?;
        Ok(Shown { record, history, deadline, import, publication })
    })
}

/// The explanation of a limit that was computed, not typed.
fn explain(record: &Record, policy: &rules::Policy) -> Option<Vec<String>> {
    record.values.text("due_basis")?;
    let mut bare = record.values.clone();
    for field in due::limit_fields(record.register) {
        bare.clear(field);
    }
    let deadline = due::fill(record.register, &mut bare, &policy.law, &policy.calendar)?;
    Some(deadline.describe_vi())
}

fn changes(
    register: Register,
    before: &Values,
    after: &Values,
) -> Vec<(&'static str, Option<String>, Option<String>)> {
    register
        .fields()
        .iter()
        .filter(|field| before.get(field.key) != after.get(field.key))
        .map(|field| {
            let text = |values: &Values| values.get(field.key).map(shown_value);
            (field.key, text(before), text(after))
        })
        .collect()
}

/// A value as people read it: days as `20/11/2020`, counts with dots. Words stay stored words; pages translate them.
pub fn shown_value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => time::day_in_table(*day),
        Value::Count(count) => count.to_string(),
        Value::Flag(flag) => if *flag { "x" } else { "" }.to_owned(),
        Value::Word(word) => (*word).to_owned(),
    }
}

/// Field key → text as typed.
pub type Typed = BTreeMap<String, String>;

/// Checks what was typed against the fields of a register.
///
/// # Errors
/// Every field that cannot be taken.
pub fn check(register: Register, typed: &Typed, start: &Values) -> Result<Values, ActionError> {
    let mut invalid = Vec::new();
    let values = read_all(register, typed, start, &mut invalid);
    check_whole(register, &values, &mut invalid);
    if invalid.is_empty() { Ok(values) } else { Err(ActionError::Invalid(invalid)) }
}

/// What was typed, over the values it started from.
fn read_all(register: Register, typed: &Typed, start: &Values, invalid: &mut Vec<Invalid>) -> Values {
    let mut values = start.clone();
    for key in typed.keys().filter(|key| register.field(key).is_none()) {
        invalid.push(Invalid::new(key.as_str(), "unknown_field"));
    }
    for field in register.fields() {
        let Some(text) = typed.get(field.key) else { continue };
        match read_typed(field, text) {
            Ok(Some(value)) => {
                values.set(field, value);
            }
            Ok(None) => values.clear(field.key),
            Err(problem) => invalid.push(problem),
        }
    }
    values
}

/// What a record needs as a whole: every required field, and days in their order.
fn check_whole(register: Register, values: &Values, invalid: &mut Vec<Invalid>) {
    for field in register.fields() {
        let missing = field.presence == Presence::Required && values.get(field.key).is_none();
        if missing && !invalid.iter().any(|problem| problem.field == field.key) {
            invalid.push(Invalid::new(field.key, "required"));
        }
    }
    if register == Register::Spokespersons {
        // In writing, for one matter, for a limited time: what is missing is asked for.
        let missing = domain::press::speaker::missing_of_authorisation(values).into_iter();
        invalid.extend(missing.map(|field| {
            let code = if field == "authorised_by" { "authoriser_needed" } else { "authorisation_needs" };
            Invalid::new(field, code)
        }));
    }
    if register == Register::Outages {
        check_hours(values, invalid);
    }
    order_of_days(register, values, invalid);
}

/// What a published spokesperson lacks by the law of the day of publishing.
fn check_published(register: Register, values: &Values, law: &Law) -> Result<(), ActionError> {
    if register != Register::Spokespersons {
        return Ok(());
    }
    let missing = domain::press::speaker::missing_of_publication(law, values).into_iter();
    let invalid: Vec<Invalid> = missing.map(|field| Invalid::new(field, "publication_needs")).collect();
    if invalid.is_empty() { Ok(()) } else { Err(ActionError::Invalid(invalid)) }
}

/// The end of an outage has both day and hour, and lies after the beginning.
fn check_hours(values: &Values, invalid: &mut Vec<Invalid>) {
    for (one, other) in [("ended_on", "ended_at"), ("ended_at", "ended_on")] {
        if values.get(one).is_some() && values.get(other).is_none() {
            invalid.push(Invalid::new(other, "required"));
        }
    }
    let (began, ended) = (outage::began(values), outage::ended(values));
    if let (Some(began), Some(ended)) = (began, ended)
        && began.date() == ended.date()
        && ended < began
    {
        invalid
            .push(Invalid::new("ended_at", "before_start").with("start", time::clock_in_table(began.time())));
    }
}

/// GEN-02: nothing is answered, sent or ended before it began.
fn order_of_days(register: Register, values: &Values, invalid: &mut Vec<Invalid>) {
    let pairs: &[(&str, &str)] = match register {
        Register::PressRequests | Register::Questions => {
            &[("received_on", "answered_on"), ("received_on", "due_on"), ("received_on", "notice_on")]
        }
        Register::PressItems => &[("published_on", "action_on"), ("action_on", "outcome_on")],
        Register::News => &[("posted_on", "withdrawn_on")],
        Register::PortalDocuments => &[("posted_on", "withdrawn_on")],
        Register::Spokespersons => &[("starts_on", "ends_on")],
        Register::Statements => &[],
        Register::ExtraordinaryCases => &[("arose_on", "spoken_on")],
        Register::InternalRequests => &[("asked_on", "due_on"), ("asked_on", "answered_on")],
        Register::Trainings => &[],
        Register::Outages => &[("started_on", "ended_on")],
        Register::Regulations => &[("issued_on", "ended_on")],
        Register::RollOuts => &[("sent_on", "acknowledged_on")],
        Register::OutgoingDocuments => &[],
        Register::IncomingDocuments => &[("arrived_on", "forwarded_on")],
    };
    for (earlier, later) in pairs {
        if let (Some(first), Some(second)) = (values.day(earlier), values.day(later))
            && second < first
        {
            invalid.push(Invalid::new(*later, "before_start").with("start", time::day_in_table(first)));
        }
    }
}

fn read_typed(field: &'static Field, text: &str) -> Result<Option<Value>, Invalid> {
    let text = if field.kind == FieldKind::Text {
        domain::text::clean_text(text)
    } else {
        domain::text::clean_line(text)
    };
    if text.is_empty() {
        return Ok(None);
    }
    if let FieldKind::Line(limit) = field.kind
        && text.chars().count() > usize::from(limit)
    {
        return Err(Invalid::new(field.key, "too_long").with("limit", limit));
    }
    if let Some(word) = field.word(&text) {
        return Ok(Some(Value::Word(word)));
    }
    import::read_value(field, &text)
        .map(Some)
        .ok_or_else(|| Invalid::new(field.key, not_read(field.kind)).with("value", &text))
}

const fn not_read(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Day => "not_a_day",
        FieldKind::Clock => "not_a_clock",
        FieldKind::Count => "not_a_count",
        FieldKind::Flag => "not_a_flag",
        FieldKind::Word(_) => "not_a_word",
        FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol => "not_a_text",
    }
}

fn exists_already(register: Register) -> ActionError {
    ActionError::invalid(register.key_fields().first().copied().unwrap_or(""), "exists_already")
}

/// Adds a record. A limit that was not typed is computed and kept with its basis.
///
/// # Errors
/// Without the right, when a field cannot be taken, or when the same thing is in the register already.
pub fn add(app: &App, actor: &Actor, register: Register, typed: &Typed) -> Result<RecordId, ActionError> {
    actor.require(Capability::WriteRegisters)?;
    let mut values = check(register, typed, &Values::new())?;
    let policy = rules::policy(app)?;
    check_published(register, &values, &policy.law)?;
    due::fill(register, &mut values, &policy.law, &policy.calendar);
    let unit = office::office(app)?.unit;
    app.write(actor, |tx| {
        refuse_speaker(tx, register, &values)?;
        if register == Register::OutgoingDocuments {
            numbering::refuse_typed(tx, unit, &values)?;
        }
        rows::open(tx, register, unit, None)?;
        match rows::insert(tx, &rows::NewRecord { register, unit, values, import: None })? {
            rows::Insertion::Inserted(id) => Ok(id),
            rows::Insertion::Duplicate(_) => Err(exists_already(register)),
        }
    })
}

/// A turn of speech needs a speaker who may speak that day (NĐ 09/2017 Đ3, NĐ 244/2026 Đ3).
fn refuse_speaker(tx: &mut store::Tx<'_>, register: Register, values: &Values) -> Result<(), ActionError> {
    // Without the kind of turn it may be one.
    let is_speech = register == Register::Statements && values.word("turn") != Some("information");
    match (values.text("speaker"), values.day("held_on")) {
        (Some(name), Some(day)) if is_speech => {
            press::speaker::require(tx, (name, values.text("subject").unwrap_or("")), day)
        }
        _ => Ok(()),
    }
}

/// A line that another record keeps is changed there, so that both say the same: a request of the press, what a unit
/// answered, or a text that readers see only after somebody approved it (WF-02).
fn refuse_kept(tx: &mut store::Tx<'_>, register: Register, id: RecordId) -> Result<(), ActionError> {
    let signs = id.to_string();
    let is_kept = match register {
        Register::News | Register::PortalDocuments => {
            return match text_of(tx, register, id)? {
                Some(_) => Err(ActionError::Refused("record_of_publication")),
                None => Ok(()),
            };
        }
        Register::PressRequests => match signs.parse() {
            Ok(case) => store::press::find(tx, case)?.is_some(),
            Err(_) => false,
        },
        Register::Statements => is_kept_statement(tx, &signs)?,
        Register::RollOuts => store::roll_out::find_answer(tx, id)?.is_some(),
        Register::ExtraordinaryCases => match signs.parse() {
            Ok(case) => store::emergency::find(tx, case)?.is_some(),
            Err(_) => false,
        },
        Register::InternalRequests => match signs.parse() {
            Ok(part) => store::press::find_part(tx, part)?.is_some(),
            Err(_) => false,
        },
        _ => false,
    };
    if is_kept { Err(ActionError::Refused("record_of_case")) } else { Ok(()) }
}

/// Whether a request of the press, a press conference or a statement of its own keeps a line of the register of statements.
fn is_kept_statement(tx: &mut store::Tx<'_>, signs: &str) -> Result<bool, ActionError> {
    let (Ok(case), Ok(conference), Ok(statement)) = (signs.parse(), signs.parse(), signs.parse()) else {
        return Ok(false);
    };
    Ok(store::press::find(tx, case)?.is_some()
        || store::conference::find(tx, conference)?.is_some()
        || store::statement::find(tx, statement)?.is_some())
}

/// The publication that keeps a line, once its text was begun.
fn text_of(
    r: &mut store::Reader<'_>,
    register: Register,
    id: RecordId,
) -> Result<Option<PublicationId>, ActionError> {
    if !is_public_register(register) {
        return Ok(None);
    }
    let Ok(id) = id.to_string().parse() else { return Ok(None) };
    Ok(store::publication::find(r, id)?.map(|row| row.id))
}

/// Changes a record, from the version the person saw.
///
/// # Errors
/// Without the right, when it was changed meanwhile, when a field cannot be taken, or when it would be the same thing
/// as another record.
pub fn amend(
    app: &App,
    actor: &Actor,
    (register, id): (Register, RecordId),
    version: i64,
    typed: &Typed,
) -> Result<(), ActionError> {
    actor.require(Capability::WriteRegisters)?;
    let policy = rules::policy(app)?;
    app.write(actor, |tx| {
        refuse_kept(tx, register, id)?;
        let mut record = rows::find(tx, register, id)?.ok_or(ActionError::NotFound)?.record;
        if record.version != version {
            return Err(ActionError::Stale);
        }
        let mut typed = typed.clone();
        if !actor.may(Capability::ReadPersonalData) {
            typed.retain(|key, _| register.field(key).is_none_or(|f| f.privacy != Privacy::Personal));
        }
        let mut invalid = Vec::new();
        let mut values = read_all(register, &typed, &record.values, &mut invalid);
        due::renew(register, &record.values, &mut values);
        due::fill(register, &mut values, &policy.law, &policy.calendar);
        check_whole(register, &values, &mut invalid);
        if !invalid.is_empty() {
            return Err(ActionError::Invalid(invalid));
        }
        check_published(register, &values, &policy.law)?;
        if values != record.values {
            refuse_speaker(tx, register, &values)?;
            if register == Register::OutgoingDocuments {
                numbering::refuse_change(tx, (id, record.unit), (&record.values, &values))?;
            }
            record.values = values;
            rows::update(tx, &record).map_err(|error| match error {
                store::StoreError::Unique(_) => exists_already(register),
                other => other.into(),
            })?;
        }
        Ok(())
    })
}

/// Takes a record out of its register. Its history stays in the ledger.
///
/// # Errors
/// Without the right or a reason, or when it was changed meanwhile.
pub fn remove(
    app: &App,
    actor: &Actor,
    (register, id): (Register, RecordId),
    version: i64,
    reason: &str,
) -> Result<(), ActionError> {
    actor.require(Capability::WriteRegisters)?;
    let reason = domain::text::clean_line(reason);
    if reason.is_empty() {
        return Err(ActionError::invalid("reason", "required"));
    }
    app.write(actor, |tx| {
        refuse_kept(tx, register, id)?;
        let stored = rows::find(tx, register, id)?;
        rows::delete(tx, register, id, version)?;
        if let Some(stored) = stored.filter(|_| register == Register::OutgoingDocuments) {
            numbering::void(tx, (id, stored.record.unit), &stored.record.values, &reason)?;
        }
        let subject = id.to_string();
        let kind = format!("{}.removal_reason", register.word());
        tx.record(store::ledger::Change {
            kind: &kind,
            subject_kind: "removal",
            subject: &subject,
            after: Some(&reason),
        })?;
        Ok(())
    })
}

/// The records a query finds, on all pages, for export. Personal values only for those with the right; who exported
/// how much is kept in the ledger (EXP-02).
///
/// # Errors
/// Without the right to export.
fn exported(app: &App, actor: &Actor, query: &Query) -> Result<Vec<Record>, ActionError> {
    actor.require(Capability::ExportRegisters)?;
    const MOST: u16 = 10_000;
    let mut filter = query.filter(actor);
    filter.per_page = MOST;
    filter.page = 1;
    let mut records = Vec::new();
    loop {
        let page = app.read(|r| Ok(rows::list(r, &filter)?))?;
        records.extend(page.records);
        if !page.has_more {
            break;
        }
        filter.page += 1;
    }
    hand_over(actor, &mut records);
    let what = format!("{}: {} rows, search {:?}", query.register.word(), records.len(), query.search);
    app.write(actor, |tx| {
        let word = query.register.word();
        tx.record(store::ledger::Change {
            kind: "register.exported",
            subject_kind: "export",
            subject: word,
            after: Some(&what),
        })?;
        Ok(())
    })?;
    let (register, rows) = (query.register.word(), records.len());
    let personal = actor.may(Capability::ReadPersonalData);
    tracing::info!(target: "security", event = "exported", person = actor.name, register, rows, personal);
    Ok(records)
}

/// The records a query finds as XLSX.
///
/// # Errors
/// Without the right to export.
pub fn export_xlsx(app: &App, actor: &Actor, query: &Query) -> Result<Vec<u8>, ActionError> {
    let records = exported(app, actor, query)?;
    let rows: Vec<&Values> = records.iter().map(|record| &record.values).collect();
    Ok(import::export_xlsx(query.register, rows).map_err(anyhow::Error::new)?)
}

/// The records a query finds as CSV (RFC 4180, UTF-8 with BOM).
///
/// # Errors
/// Without the right to export.
pub fn export_csv(app: &App, actor: &Actor, query: &Query) -> Result<Vec<u8>, ActionError> {
    let records = exported(app, actor, query)?;
    let rows: Vec<&Values> = records.iter().map(|record| &record.values).collect();
    Ok(import::export_csv(query.register, rows).map_err(anyhow::Error::new)?)
}

/// An empty register to fill in.
///
/// # Errors
/// When it cannot be written, which nothing causes.
pub fn template_xlsx(register: Register) -> Result<Vec<u8>, ActionError> {
    Ok(import::template(register).map_err(anyhow::Error::new)?)
}
