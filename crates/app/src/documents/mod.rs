//! Official documents that come as files (*văn bản số hóa*): each is read in a helper process, what was read is
//! proposed with its place and its confidence, and a person confirms it; then a publication is begun with it.
//!
//! What could not be read is listed with the reason, so that of hundreds of files none is lost. A file with a mark of
//! state secrets is not kept at all (checklist DOC-A05).

mod check;
mod draft;
mod many;
mod text;

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::{PublicationId, RecordId, UploadId};
use domain::publication::{Attachment, Kind, Purpose};
use domain::register::Register;
use domain::text::fold;
use domain::time::{Day, Timestamp};
use store::Digest;
use store::blob::{self, BlobRow};
use store::file_check;
use store::file_text::{self, FileText};
use store::ledger::Erased;
use store::uploaded_document as rows;

pub use crate::file_reader::Signature;
pub use check::{FileFindings, FileSignatures, findings_of, signatures_of};
pub use draft::act_of;
pub use many::{Beside, MOST_AT_ONCE, beside, certain, confirm_many};
pub use reading::decree::{Confidence, Decree, Effective, Field, Place, Relation, Signer, Verb};
pub use store::uploaded_document::{State, UploadedRow};
pub use text::{FileWords, words_of, words_of_public};

pub(crate) use check::look;

use crate::file_reader::{self, Ask, Document};
use crate::publication::{Draft, begin_together, safe_name};
use crate::{ActionError, Actor, App, account, office};

/// Documents on a page of the list.
pub const PER_PAGE: u16 = 50;

/// What became of an uploaded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It was read and waits for a person.
    Proposed(UploadId),
    /// It was not read; the code says why.
    Refused(UploadId, &'static str),
}

/// Reads an uploaded file and keeps what was read as a proposal.
///
/// # Errors
/// Without the right to write. A file that cannot be read is no error: it is listed.
pub fn take(app: &App, actor: &Actor, file_name: &str, bytes: Vec<u8>) -> Result<Taken, ActionError> {
    actor.require(Capability::WritePublications)?;
    let read = over(crate::uploads::spend(app, actor, bytes.len()))?
        .map_or_else(|| file_reader::document(app, Ask::Document, &bytes), Err)
        .and_then(|document| if document.secret.is_some() { Err("reading_secret") } else { Ok(document) })
        .and_then(|document| Ok((look(app, &bytes, document.format.media_type())?, document)));
    let mut row = fresh(file_name, bytes.len());
    match read {
        Err(code) => {
            if code == "reading_secret" {
                tracing::warn!(target: "security", event = "secret_mark_refused", size = bytes.len());
                // Even the name of such a file may say too much.
                row.file_name.clear();
            }
            row.state = State::Refused;
            code.clone_into(&mut row.problem);
            let id = app.write(actor, |tx| {
                row.id = tx.new_id()?;
                Ok(rows::insert(tx, &row)?.id)
            })?;
            Ok(Taken::Refused(id, code))
        }
        Ok((looked, document)) => {
            let digest = app.blobs().put(bytes)?;
            row.digest = Some(digest.to_string());
            document.format.media_type().clone_into(&mut row.media_type);
            fill(&mut row, &document)?;
            let kept = BlobRow {
                digest: digest.clone(),
                size_bytes: row.size_bytes,
                media_type: row.media_type.clone(),
            };
            let words = words(&digest, &document);
            let id = app.write(actor, |tx| {
                blob::register(tx, &kept)?;
                file_text::put(tx, &words)?;
                file_check::put(tx, &looked.check)?;
                row.id = tx.new_id()?;
                Ok(rows::insert(tx, &row)?.id)
            })?;
            Ok(Taken::Proposed(id))
        }
    }
}

/// The code of a refusal by the day's limit, which is listed like any other; none when there is room.
fn over(spent: Result<(), ActionError>) -> Result<Option<&'static str>, ActionError> {
    match spent {
        Err(ActionError::Invalid(wrong)) => Ok(wrong.first().map(|wrong| wrong.code)),
        other => other.map(|()| None),
    }
}

/// Lists a file that was larger than one may be, so that it is not lost from sight.
///
/// # Errors
/// Without the right to write.
pub fn note_too_large(app: &App, actor: &Actor, file_name: &str) -> Result<Taken, ActionError> {
    actor.require(Capability::WritePublications)?;
    let code = "reading_too_large";
    let mut row = UploadedRow { state: State::Refused, problem: code.into(), ..fresh(file_name, 0) };
    app.write(actor, |tx| {
        row.id = tx.new_id()?;
        Ok(Taken::Refused(rows::insert(tx, &row)?.id, code))
    })
}

fn fresh(file_name: &str, size: usize) -> UploadedRow {
    UploadedRow {
        id: UploadId::from_parts(0, 0),
        file_name: domain::text::clean_line(file_name).chars().take(255).collect(),
        digest: None,
        size_bytes: i64::try_from(size).unwrap_or(i64::MAX),
        media_type: String::new(),
        state: State::Proposed,
        problem: String::new(),
        reading: String::new(),
        document_key: String::new(),
        publication: None,
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 0,
    }
}

fn words(digest: &Digest, document: &Document) -> FileText {
    FileText {
        digest: digest.clone(),
        body: document.text.clone(),
        is_recognised: !document.recognised.is_empty(),
    }
}

/// What was read, without the words of the file: those are kept once, beside the file.
fn fill(row: &mut UploadedRow, document: &Document) -> Result<(), ActionError> {
    let slim = Document { text: String::new(), ..document.clone() };
    row.reading = serde_json::to_string(&slim).map_err(anyhow::Error::new)?;
    row.document_key = key_of(&document.decree);
    Ok(())
}

/// Number, symbol and day in one form; empty when one of them is missing.
fn key_of(decree: &Decree) -> String {
    match (draft::symbol(decree), draft::day(decree)) {
        (Some(symbol), Some(day)) => document_key(&symbol, day),
        _ => String::new(),
    }
}

fn document_key(symbol: &str, day: Day) -> String {
    let bare: String = fold(symbol).chars().filter(|c| !c.is_whitespace()).collect();
    format!("{} {day}", bare.trim_start_matches('0'))
}

/// The same document elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duplicate {
    /// Another upload.
    Upload(UploadId, String),
    /// A publication begun with an upload.
    Publication(PublicationId, String),
    /// A line of the register of documents.
    Record(RecordId, String),
}

/// An uploaded document with what its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The document.
    pub row: UploadedRow,
    /// Who uploaded it, by name.
    pub who: String,
    /// What was read; none when nothing was.
    pub document: Option<Document>,
    /// The same document elsewhere, by the file or by number, symbol and day.
    pub duplicates: Vec<Duplicate>,
}

/// A page of uploaded documents in a state.
#[derive(Debug, Clone)]
pub struct Page {
    /// Newest first.
    pub documents: Vec<Shown>,
    /// In this state, on all pages.
    pub total: i64,
    /// How many there are in each state.
    pub counts: Vec<(State, i64)>,
}

/// A page of uploaded documents.
///
/// # Errors
/// Without the right to see what is being written.
pub fn list(app: &App, actor: &Actor, state: State, page: u32) -> Result<Page, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        let register = registered(r)?;
        let names = account::names(r)?;
        let documents = rows::list(r, state, page, PER_PAGE)?;
        let documents =
            documents.into_iter().map(|row| shown(r, row, &register, &names)).collect::<Result<_, _>>()?;
        let counts: Vec<(State, i64)> = State::ALL
            .into_iter()
            .map(|state| Ok((state, rows::count(r, state)?)))
            .collect::<Result<_, ActionError>>()?;
        let total = counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
        Ok(Page { documents, total, counts })
    })
}

/// An uploaded document.
///
/// # Errors
/// Without the right to see what is being written, or when there is none.
pub fn show(app: &App, actor: &Actor, id: UploadId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let register = registered(r)?;
        let names = account::names(r)?;
        shown(r, row, &register, &names)
    })
}

/// The documents of the register by their key.
fn registered(r: &mut store::Reader<'_>) -> Result<BTreeMap<String, (RecordId, String)>, ActionError> {
    let mut found = BTreeMap::new();
    store::register::all(r, Register::PortalDocuments, None, |stored| {
        let values = &stored.record.values;
        if let (Some(symbol), Some(day)) = (values.text("symbol"), values.day("issued_on")) {
            found.insert(document_key(symbol, day), (stored.record.id, symbol.to_owned()));
        }
        Ok(())
    })?;
    Ok(found)
}

fn shown(
    r: &mut store::Reader<'_>,
    row: UploadedRow,
    register: &BTreeMap<String, (RecordId, String)>,
    names: &BTreeMap<String, String>,
) -> Result<Shown, ActionError> {
    let document: Option<Document> = serde_json::from_str(&row.reading).ok();
    let mut duplicates = Vec::new();
    if row.state == State::Proposed {
        let digest = row.digest.as_deref().unwrap_or_default();
        for other in rows::same(r, digest, &row.document_key)?.into_iter().filter(|other| other.id != row.id)
        {
            duplicates.push(match other.publication {
                Some(publication) => Duplicate::Publication(publication, other.file_name),
                None => Duplicate::Upload(other.id, other.file_name),
            });
        }
        if let Some((id, symbol)) = register.get(&row.document_key) {
            duplicates.push(Duplicate::Record(*id, symbol.clone()));
        }
    }
    let who = names.get(&row.created_by).cloned().unwrap_or_else(|| row.created_by.clone());
    Ok(Shown { row, who, document, duplicates })
}

/// The draft a person is offered to correct.
///
/// # Errors
/// As [`show`].
pub fn proposal(app: &App, actor: &Actor, id: UploadId) -> Result<(Shown, Draft), ActionError> {
    let found = show(app, actor, id)?;
    let units = app.read(|r| Ok(store::unit::all(r)?))?;
    let draft =
        found.document.as_ref().map(|document| draft::of(&document.decree, &units)).unwrap_or_default();
    Ok((found, draft))
}

/// The bytes of an uploaded file, to be looked at beside the form.
///
/// # Errors
/// Without the right to see what is being written, or when nothing was kept.
pub fn file(app: &App, actor: &Actor, id: UploadId) -> Result<(UploadedRow, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPublications)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    let digest = row.digest.as_deref().and_then(Digest::parse).ok_or(ActionError::NotFound)?;
    Ok((row, app.blobs().get(&digest)?))
}

/// Recognises the signs of a scanned file and reads it anew.
///
/// # Errors
/// Without the right; when it changed meanwhile or no longer waits; [`ActionError::Refused`] `reading_no_recogniser`
/// when this machine cannot, `reading_nothing_recognised` when nothing came of it.
pub fn recognise(app: &App, actor: &Actor, (id, version): (UploadId, i64)) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    if !file_reader::can_recognise() {
        return Err(ActionError::Refused("reading_no_recogniser"));
    }
    let (mut row, bytes) = file(app, actor, id)?;
    waiting(&row, version)?;
    let document = file_reader::document(app, Ask::Recognise, &bytes).map_err(ActionError::Refused)?;
    if document.recognised.is_empty() {
        return Err(ActionError::Refused("reading_nothing_recognised"));
    }
    if document.secret.is_some() {
        put_away_secret(app, actor, (id, version), &Digest::of(&bytes))?;
        return Err(ActionError::Refused("reading_secret"));
    }
    let digest = Digest::of(&bytes);
    fill(&mut row, &document)?;
    app.write(actor, |tx| {
        file_text::put(tx, &words(&digest, &document))?;
        rows::update(tx, "uploaded_document.recognised", &row)?;
        Ok(())
    })
}

/// Takes a document in which a mark of state secrets was recognised out of the system, with everything that came of it:
/// its bytes, its words, its name, what was read, and what the ledger's revisions said of it (checklist DOC-A05).
/// Whoever uploaded the same bytes again loses them too. A file that something else names by now stays and is told.
fn put_away_secret(
    app: &App,
    actor: &Actor,
    (id, version): (UploadId, i64),
    digest: &Digest,
) -> Result<(), ActionError> {
    let is_gone = app.write(actor, |tx| {
        let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        waiting(&row, version)?;
        let copies = rows::same(tx, digest.as_str(), "")?;
        for mut row in copies.into_iter().filter(|row| row.state == State::Proposed) {
            let said = store::ledger::history(tx, "uploaded_document", &row.id.to_string())?;
            let said: Vec<_> = said
                .into_iter()
                .map(|(entry, _)| Erased { sequence: entry.sequence, remainder: None })
                .collect();
            store::ledger::erase(tx, "state_secret", &said)?;
            row.state = State::Refused;
            "reading_secret".clone_into(&mut row.problem);
            row.file_name.clear();
            row.reading.clear();
            row.document_key.clear();
            row.digest = None;
            rows::update(tx, "uploaded_document.secret", &row)?;
        }
        Ok(blob::forget(tx, digest)?)
    })?;
    tracing::warn!(target: "security", event = "secret_mark_refused", recognised = true, removed = is_gone);
    if is_gone {
        // Not kept aside: what may not be kept at all goes at once.
        app.blobs().set_aside(digest, app.now())?;
        for aside in app.blobs().aside()?.iter().filter(|aside| aside.digest == *digest) {
            app.blobs().delete_aside(aside)?;
        }
    }
    Ok(())
}

fn waiting(row: &UploadedRow, version: i64) -> Result<(), ActionError> {
    if row.version != version {
        return Err(ActionError::Stale);
    }
    if row.state == State::Proposed { Ok(()) } else { Err(ActionError::Refused("upload_is_done")) }
}

/// Begins a publication with an uploaded document, with the fields as the person confirmed them; the file is its
/// first file.
///
/// # Errors
/// Without the right, when it changed meanwhile or no longer waits, or when a field cannot be taken.
pub fn confirm(
    app: &App,
    actor: &Actor,
    (id, version): (UploadId, i64),
    draft: &Draft,
) -> Result<PublicationId, ActionError> {
    actor.require(Capability::WritePublications)?;
    let office = office::office(app)?;
    app.write(actor, |tx| confirm_together(tx, actor, &office, (id, version), draft))
}

/// Confirms one inside a transaction that does more; the right to write was checked.
fn confirm_together(
    tx: &mut store::Tx<'_>,
    actor: &Actor,
    office: &office::Office,
    (id, version): (UploadId, i64),
    draft: &Draft,
) -> Result<PublicationId, ActionError> {
    let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    waiting(&row, version)?;
    let digest = row.digest.clone().ok_or(ActionError::NotFound)?;
    let ending = if row.media_type == "application/pdf" { "pdf" } else { "docx" };
    let file = Attachment {
        digest,
        name: safe_name(&row.file_name, ending),
        media_type: row.media_type.clone(),
        size: u64::try_from(row.size_bytes).unwrap_or(0),
        purpose: Purpose::Attachment,
        text: String::new(),
    };
    let draft = Draft { files: vec![file], ..draft.clone() };
    let uploader = row.created_by.clone();
    let publication = begin_together(tx, actor, office, Kind::Document, &draft, &[&uploader])?;
    row.state = State::Confirmed;
    row.publication = Some(publication);
    rows::update(tx, "uploaded_document.confirmed", &row)?;
    Ok(publication)
}

/// Puts an uploaded document aside.
///
/// # Errors
/// Without the right, or when it changed meanwhile or was confirmed.
pub fn discard(app: &App, actor: &Actor, (id, version): (UploadId, i64)) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.state == State::Refused && row.version == version {
            row.state = State::Proposed;
        }
        waiting(&row, version)?;
        row.state = State::Discarded;
        rows::update(tx, "uploaded_document.discarded", &row)?;
        Ok(())
    })
}
