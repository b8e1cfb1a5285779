//! Writing: begin, begin for a line that stands in a register already, edit.

use std::collections::BTreeMap;

use domain::access::{Capability, Role};
use domain::id::{PublicationId, RecordId};
use domain::publication::relation::Relation;
use domain::publication::workflow::{self, Event, Given, State};
use domain::publication::{Attachment, Content, Kind};
use domain::register::{Field, Presence, Privacy, Register, Values};
use domain::text;
use domain::time::{Day, Timestamp};
use store::publication::{self as rows, PublicationRow};

use super::{facts, who};
use crate::register::{Typed, check};
use crate::{ActionError, Actor, App, Invalid, office};

/// What an editor sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// *Tiêu đề*; of a document its *trích yếu*.
    pub title: String,
    /// *Tóm tắt.*
    pub summary: String,
    /// HTML of the editor, or plain text.
    pub body: String,
    /// *Chuyên mục*; of a document *loại văn bản*.
    pub section: String,
    /// Fields of its register, as typed.
    pub fields: BTreeMap<String, String>,
    /// Its files in their order, with their words; only ones that were uploaded.
    pub files: Vec<Attachment>,
    /// The last day it is shown.
    pub last_day: Option<Day>,
    /// When somebody should look whether it still holds.
    pub review_on: Option<Day>,
    /// What a document does to others, row by row; rows without number, day and issuer are none.
    pub relations: Vec<Relation>,
}

/// Relations of one document.
pub const MOST_RELATIONS: usize = 60;
/// Signs of a number and symbol, of an issuer.
const LONGEST_SYMBOL: usize = 100;
const LONGEST_ISSUER: usize = 200;

/// The relations of a draft, cleaned, without the rows that say nothing; of other kinds none.
fn relations(kind: Kind, draft: &Draft, invalid: &mut Vec<Invalid>) -> Vec<Relation> {
    let mut kept = Vec::new();
    let rows = if kind == Kind::Document { draft.relations.as_slice() } else { &[] };
    for (number, row) in rows.iter().enumerate() {
        let (symbol, issuer) = (text::clean_line(&row.symbol), text::clean_line(&row.issuer));
        if symbol.is_empty() && issuer.is_empty() && row.issued_on.is_none() {
            continue;
        }
        let name = |part: &str| format!("relation.{number}.{part}");
        if symbol.is_empty() {
            let field = name("symbol");
            invalid.push(Invalid::new(field, "required"));
        }
        for (part, value, most) in [("symbol", &symbol, LONGEST_SYMBOL), ("issuer", &issuer, LONGEST_ISSUER)]
        {
            if value.chars().count() > most {
                invalid.push(Invalid::new(name(part), "too_long").with("limit", most));
            }
        }
        kept.push(Relation { act: row.act, symbol, issued_on: row.issued_on, issuer });
    }
    if kept.len() > MOST_RELATIONS {
        invalid.push(Invalid::new("relations", "too_many_relations").with("limit", MOST_RELATIONS));
    }
    kept
}

/// Fields that other parts of a publication fill.
pub(super) fn filled_elsewhere(kind: Kind) -> &'static [&'static str] {
    match kind.spec().register {
        Some(Register::News) => &["title", "category", "posted_on", "withdrawn_on"],
        Some(Register::PortalDocuments) => &["summary", "type_name", "posted_on", "withdrawn_on"],
        _ => &[],
    }
}

/// The fields an editor fills in besides title, summary, text and section.
pub fn own_fields(kind: Kind) -> Vec<&'static Field> {
    let fields = kind.spec().register.map_or(&[][..], |register| register.fields());
    let is_own =
        |field: &&Field| field.privacy == Privacy::Public && !filled_elsewhere(kind).contains(&field.key);
    fields.iter().filter(is_own).collect()
}

/// The text of a content as its register's line has it, besides its days.
pub(super) fn typed(kind: Kind, content: &Content) -> Typed {
    let mut typed = content.fields.clone();
    match kind.spec().register {
        Some(Register::News) => {
            typed.insert("title".into(), content.title.clone());
            typed.insert("category".into(), content.section.clone());
        }
        Some(Register::PortalDocuments) => {
            typed.insert("summary".into(), content.title.clone());
            typed.insert("type_name".into(), content.section.clone());
        }
        _ => {}
    }
    typed
}

/// Checks a draft. What is missing may be added later; what cannot be read is refused now.
fn content_of(kind: Kind, draft: &Draft) -> Result<Content, ActionError> {
    let mut invalid = Vec::new();
    let title = text::clean_line(&draft.title);
    if title.is_empty() {
        invalid.push(Invalid::new("title", "required"));
    }
    for (field, value, most) in
        [("title", &title, 500), ("summary", &draft.summary, 1_000), ("section", &draft.section, 200)]
    {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    let body = rich_text::from_typed(&draft.body).unwrap_or_else(|refused| {
        invalid.push(match refused {
            rich_text::Refused::TooLong => Invalid::new("body", "too_long").with("limit", rich_text::LONGEST),
            rich_text::Refused::TooDeep => Invalid::new("body", "too_deep"),
        });
        String::new()
    });
    let own: Typed = draft
        .fields
        .iter()
        .filter(|(key, _)| !filled_elsewhere(kind).contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let content = Content {
        title,
        summary: text::clean_text(&draft.summary),
        body,
        section: text::clean_line(&draft.section),
        fields: BTreeMap::new(),
        files: draft.files.clone(),
        last_day: draft.last_day,
        relations: relations(kind, draft, &mut invalid),
    };
    let fields = if let Some(register) = kind.spec().register {
        let mut all = typed(kind, &content);
        all.extend(own);
        match check(register, &all, &Values::new()) {
            Ok(values) => kept(kind, &values),
            Err(ActionError::Invalid(problems)) => {
                let (missing, bad): (Vec<_>, Vec<_>) =
                    problems.into_iter().partition(|p| p.code == "required");
                invalid.extend(bad);
                // Only what is missing stands against it: read what is there.
                read_leniently(kind, register, &all, &missing)
            }
            Err(other) => return Err(other),
        }
    } else {
        own.into_iter()
            .map(|(key, value)| (key, text::clean_line(&value)))
            .filter(|(_, v)| !v.is_empty())
            .collect()
    };
    if invalid.is_empty() { Ok(Content { fields, ..content }) } else { Err(ActionError::Invalid(invalid)) }
}

/// The fields of a register's line that a content keeps: all that are not filled elsewhere, as typed.
fn kept(kind: Kind, values: &Values) -> BTreeMap<String, String> {
    own_fields(kind)
        .into_iter()
        .filter_map(|field| {
            let value = values.get(field.key)?;
            let text = match value {
                domain::register::Value::Day(day) => day.to_string(),
                other => crate::register::shown_value(other),
            };
            Some((field.key.to_owned(), text))
        })
        .collect()
}

fn read_leniently(
    kind: Kind,
    register: Register,
    typed: &Typed,
    missing: &[Invalid],
) -> BTreeMap<String, String> {
    let mut values = Values::new();
    for field in register.fields() {
        let is_missing = missing.iter().any(|problem| problem.field == field.key);
        if let Some(text) = typed.get(field.key)
            && !is_missing
            && let Some(value) = import::read_value(field, &text::clean_text(text))
        {
            values.set(field, value);
        }
    }
    kept(kind, &values)
}

/// What its register still asks for, when it is to be submitted.
pub(super) fn missing(kind: Kind, content: &Content) -> Vec<Invalid> {
    let Some(register) = kind.spec().register else { return Vec::new() };
    let typed = typed(kind, content);
    register
        .fields()
        .iter()
        .filter(|field| field.presence == Presence::Required && field.key != "posted_on")
        .filter(|field| typed.get(field.key).is_none_or(|text| text.trim().is_empty()))
        .map(|field| Invalid::new(field.key, "required"))
        .collect()
}

/// Begins a publication.
///
/// # Errors
/// Without the right to write, or when a field cannot be taken.
pub fn begin(app: &App, actor: &Actor, kind: Kind, draft: &Draft) -> Result<PublicationId, ActionError> {
    actor.require(Capability::WritePublications)?;
    let office = office::office(app)?;
    app.write(actor, |tx| begin_together(tx, actor, &office, kind, draft, &[]))
}

/// The words of a draft as they would be kept.
///
/// # Errors
/// When a field cannot be taken.
pub(crate) fn cleaned(kind: Kind, draft: &Draft) -> Result<String, ActionError> {
    content_of(kind, draft).map(|content| content.body)
}

/// Begins a publication inside a transaction that does more; the right to write was checked. `writers` are those who
/// wrote the text or brought its file, besides the person: none of them may approve it.
pub(crate) fn begin_together(
    tx: &mut store::Tx<'_>,
    actor: &Actor,
    office: &office::Office,
    kind: Kind,
    draft: &Draft,
    writers: &[&str],
) -> Result<PublicationId, ActionError> {
    let mut content = content_of(kind, draft)?;
    let is_radio = actor.roles.contains(&Role::Radio) || kind == Kind::Bulletin;
    if kind.spec().register == Some(Register::News)
        && is_radio
        && !content.fields.contains_key("supplier")
        && let Some(station) = office.radio_names.first()
    {
        content.fields.insert("supplier".into(), station.clone());
    }
    let id = tx.new_id()?;
    own_files(tx, &content)?;
    let mut row = fresh(id, kind, content, actor, office, draft);
    let others = writers.iter().filter(|other| **other != actor.name).map(|other| (*other).to_owned());
    row.writers.extend(others);
    Ok(rows::insert(tx, &row)?.id)
}

fn fresh(
    id: PublicationId,
    kind: Kind,
    content: Content,
    actor: &Actor,
    office: &office::Office,
    draft: &Draft,
) -> PublicationRow {
    PublicationRow {
        id,
        unit: office.unit,
        kind,
        state: State::Draft,
        content,
        writers: vec![actor.name.clone()],
        approved_digest: None,
        approved_by: None,
        approved_at: None,
        publish_at: None,
        publish_note: String::new(),
        expires_at: None,
        review_on: draft.review_on,
        published_version: 0,
        first_posted_on: None,
        is_public: false,
        created_by: actor.name.clone(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 0,
    }
}

/// Begins to write the text of a line that stands in a register already, so that its address stays the same. Gives
/// the publication, also when there is one.
///
/// # Errors
/// Without the right to write, or when the register has no such line or is not published.
pub fn begin_for(
    app: &App,
    actor: &Actor,
    register: Register,
    id: RecordId,
) -> Result<PublicationId, ActionError> {
    actor.require(Capability::WritePublications)?;
    let office = office::office(app)?;
    let publication: PublicationId =
        id.to_string().parse().map_err(|error| ActionError::Internal(anyhow::Error::new(error)))?;
    app.write(actor, |tx| {
        let record = store::register::find(tx, register, id)?.ok_or(ActionError::NotFound)?.record;
        if rows::find(tx, publication)?.is_some() {
            return Ok(publication);
        }
        let kind = match register {
            Register::News => Kind::News,
            Register::PortalDocuments => Kind::Document,
            _ => return Err(ActionError::NotFound),
        };
        let section = if kind == Kind::News { "category" } else { "type_name" };
        let content = Content {
            title: record.title().to_owned(),
            section: record.values.text(section).unwrap_or_default().to_owned(),
            fields: kept(kind, &record.values),
            ..Content::default()
        };
        let mut row = fresh(publication, kind, content, actor, &office, &Draft::default());
        row.first_posted_on = record.values.day("posted_on");
        row.is_public = row.first_posted_on.is_some() && record.values.day("withdrawn_on").is_none();
        Ok(rows::insert(tx, &row)?.id)
    })
}

/// Every file a content names was uploaded.
fn own_files(r: &mut store::Reader<'_>, content: &Content) -> Result<(), ActionError> {
    for file in &content.files {
        let known = match store::Digest::parse(&file.digest) {
            Some(digest) => store::blob::find(r, &digest)?.is_some(),
            None => false,
        };
        if !known {
            return Err(ActionError::invalid("files", "no_such_file"));
        }
    }
    Ok(())
}

/// Changes the text, from the version the editor saw; an approval is void after it.
///
/// # Errors
/// Without the right, when it changed meanwhile, or when a field cannot be taken.
pub fn edit(
    app: &App,
    actor: &Actor,
    (id, version): (PublicationId, i64),
    draft: &Draft,
) -> Result<i64, ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        let content = content_of(row.kind, draft)?;
        own_files(tx, &content)?;
        if content == row.content && draft.review_on == row.review_on {
            return Ok(row.version);
        }
        let digest = row.content.digest();
        let given = Given { note: "", publish_at: None, shown_digest: None, now: tx.now() };
        let step = workflow::decide(&facts(&row, &digest), Event::Edit, who(actor), given)
            .map_err(|refusal| ActionError::Refused(refusal.code()))?;
        row.state = step.to();
        row.content = content;
        row.review_on = draft.review_on;
        void_approval(&mut row);
        if !row.writers.contains(&actor.name) {
            row.writers.push(actor.name.clone());
        }
        Ok(rows::update(tx, "publication.edit", &row)?.version)
    })
}

/// An approval holds for one text only.
pub(super) fn void_approval(row: &mut PublicationRow) {
    row.approved_digest = None;
    row.approved_by = None;
    row.approved_at = None;
    row.publish_at = None;
    row.publish_note.clear();
}
