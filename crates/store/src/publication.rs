//! Publications as rows: the working copy, its published versions, its steps, links to look at it beforehand.

use domain::id::{PublicationId, UnitId};
use domain::publication::item::Item;
use domain::publication::workflow::State;
use domain::publication::{Content, Kind};
use domain::text;
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::public_item::{self, Note};
use crate::sql::{Param, Row, params};
use crate::{Digest, Reader, StoreError, Tx};

/// A publication as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicationRow {
    /// Its id; that of its line in a register, once it has one.
    pub id: PublicationId,
    /// The office that publishes it.
    pub unit: UnitId,
    /// What it is.
    #[serde(serialize_with = "kind_word")]
    pub kind: Kind,
    /// Where the working copy stands.
    #[serde(serialize_with = "state_word")]
    pub state: State,
    /// The working copy.
    pub content: Content,
    /// Everybody who changed the text since it was last published, as the ledger names actors.
    pub writers: Vec<String>,
    /// The digest that was approved.
    pub approved_digest: Option<String>,
    /// By whom.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<Timestamp>,
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// What changed, to be told when it is published.
    pub publish_note: String,
    /// When what readers see is to end; the working copy has its own last day.
    pub expires_at: Option<Timestamp>,
    /// When somebody should look whether it still holds (*ngày rà soát*).
    pub review_on: Option<Day>,
    /// The number of the version readers see or last saw; 0 before the first.
    pub published_version: i64,
    /// The day it was first posted.
    pub first_posted_on: Option<Day>,
    /// Whether readers see a version now.
    pub is_public: bool,
    /// Who began it, as the ledger names actors.
    pub created_by: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn kind_word<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.word())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn state_word<S: serde::Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.word())
}

/// A version as it was published. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionRow {
    /// The publication.
    pub publication: PublicationId,
    /// Its number, from 1.
    pub version: i64,
    /// What readers saw.
    pub content: Content,
    /// What changed; empty for the first.
    pub note: String,
    /// Whether it mends the office's own mistake (*đính chính*).
    pub is_correction: bool,
    /// Who wrote it, as the ledger names actors; empty for versions of a time when that was not kept with them.
    pub writers: Vec<String>,
    /// Who approved it.
    pub approved_by: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
}

/// A step a publication took. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The publication.
    pub publication: PublicationId,
    /// Its number, from 1.
    pub number: i64,
    /// The stored word of the event.
    pub event: String,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub taken_at: Timestamp,
    /// The reason or remark; may be empty.
    pub note: String,
    /// The digest of the text it was done to.
    pub digest: String,
}

/// Which publications to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only in this state.
    pub state: Option<State>,
    /// Words that must all occur in title or text; case and marks do not count.
    pub search: String,
    /// The page, from 1.
    pub page: u32,
    /// Publications on a page.
    pub per_page: u16,
}

const COLUMNS: &str = "id, unit_id, kind, state, content, writers, approved_digest, approved_by, approved_at,
    publish_at, publish_note, expires_at, review_on, published_version, first_posted_on, is_public, created_by,
    created_at, updated_at, version";

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
    serde_json::from_str(row.text(column)?).map_err(|error| row.corrupt(column, &error.to_string()))
}

fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(error.to_string()))
}

fn read(row: &Row<'_>) -> Result<PublicationRow, StoreError> {
    Ok(PublicationRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        kind: Kind::from_word(row.text(2)?).ok_or_else(|| row.corrupt(2, "unknown kind"))?,
        state: State::from_word(row.text(3)?).ok_or_else(|| row.corrupt(3, "unknown state"))?,
        content: json(row, 4)?,
        writers: json(row, 5)?,
        approved_digest: row.opt_string(6)?,
        approved_by: row.opt_string(7)?,
        approved_at: row.opt_instant(8)?,
        publish_at: row.opt_instant(9)?,
        publish_note: row.string(10)?,
        expires_at: row.opt_instant(11)?,
        review_on: row.opt_parse(12)?,
        published_version: row.integer(13)?,
        first_posted_on: row.opt_parse(14)?,
        is_public: row.bool(15)?,
        created_by: row.string(16)?,
        created_at: row.instant(17)?,
        updated_at: row.instant(18)?,
        version: row.integer(19)?,
    })
}

/// What lists search: title, summary, text and fields, folded.
fn search_text(content: &Content) -> String {
    let mut all = format!("{} {} {}", content.title, content.summary, content.section);
    for value in content.fields.values() {
        all.push(' ');
        all.push_str(value);
    }
    text::fold(&all)
}

fn record(tx: &mut Tx<'_>, kind: &str, id: PublicationId) -> Result<PublicationRow, StoreError> {
    let subject = id.to_string();
    let row = find(tx, id)?.ok_or(StoreError::Stale { table: "publications", id: subject.clone() })?;
    let after = canonical(&row)?;
    tx.record(Change { kind, subject_kind: "publication", subject: &subject, after: Some(&after) })?;
    Ok(row)
}

/// Records a new publication; version, times and author are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist; [`StoreError::Unique`] when there is one with this id.
pub fn insert(tx: &mut Tx<'_>, row: &PublicationRow) -> Result<PublicationRow, StoreError> {
    let (actor, now) = (tx.actor().to_owned(), tx.now_ms());
    let (content, writers) = (to_json(&row.content)?, to_json(&row.writers)?);
    tx.execute(
        "INSERT INTO publications (id, unit_id, kind, state, title, search_text, content, digest, writers,
         approved_digest, approved_by, approved_at, publish_at, publish_note, expires_at, review_on,
         published_version, first_posted_on, is_public, created_by, created_at, updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            row.kind.word(),
            row.state.word(),
            &row.content.title,
            &search_text(&row.content),
            &content,
            &row.content.digest(),
            &writers,
            row.approved_digest.as_deref(),
            row.approved_by.as_deref(),
            row.approved_at.map(|at| at.as_millisecond()),
            row.publish_at.map(|at| at.as_millisecond()),
            &row.publish_note,
            row.expires_at.map(|at| at.as_millisecond()),
            row.review_on,
            row.published_version,
            row.first_posted_on,
            row.is_public,
            &actor,
            now,
            now,
        ],
    )?;
    record(tx, "publication.begun", row.id)
}

/// Saves a publication; `kind` is what the ledger says happened (`publication.submit`), `row.version` the version
/// the change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &PublicationRow) -> Result<PublicationRow, StoreError> {
    let id = row.id.to_string();
    let (content, writers) = (to_json(&row.content)?, to_json(&row.writers)?);
    tx.execute_one(
        "publications",
        &id,
        "UPDATE publications SET kind = ?, state = ?, title = ?, search_text = ?, content = ?, digest = ?,
         writers = ?, approved_digest = ?, approved_by = ?, approved_at = ?, publish_at = ?, publish_note = ?,
         expires_at = ?, review_on = ?, published_version = ?, first_posted_on = ?, is_public = ?, updated_at = ?,
         version = version + 1 WHERE id = ? AND version = ?",
        params![
            row.kind.word(),
            row.state.word(),
            &row.content.title,
            &search_text(&row.content),
            &content,
            &row.content.digest(),
            &writers,
            row.approved_digest.as_deref(),
            row.approved_by.as_deref(),
            row.approved_at.map(|at| at.as_millisecond()),
            row.publish_at.map(|at| at.as_millisecond()),
            &row.publish_note,
            row.expires_at.map(|at| at.as_millisecond()),
            row.review_on,
            row.published_version,
            row.first_posted_on,
            row.is_public,
            tx.now_ms(),
            &id,
            row.version,
        ],
    )?;
    record(tx, kind, row.id)
}

/// One publication.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: PublicationId) -> Result<Option<PublicationRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM publications WHERE id = ?"), params![&id.to_string()], read)
}

fn predicate(filter: &Filter) -> (String, Vec<String>) {
    let mut sql = " WHERE 1 = 1".to_owned();
    let mut values = Vec::new();
    if let Some(kind) = filter.kind {
        sql.push_str(" AND kind = ?");
        values.push(kind.word().to_owned());
    }
    if let Some(state) = filter.state {
        sql.push_str(" AND state = ?");
        values.push(state.word().to_owned());
    }
    for word in text::fold(&filter.search).split_whitespace().take(10) {
        sql.push_str(" AND search_text LIKE ? ESCAPE '\\'");
        values.push(format!("%{}%", crate::register::escape_like(word)));
    }
    (sql, values)
}

/// A page of publications, the last changed first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<PublicationRow>, StoreError> {
    let (predicate, values) = predicate(filter);
    let offset = i64::from(filter.page.max(1) - 1) * i64::from(filter.per_page);
    let sql = format!(
        "SELECT {COLUMNS} FROM publications{predicate} ORDER BY updated_at DESC, id DESC LIMIT {} OFFSET {offset}",
        filter.per_page
    );
    let values: Vec<Param<'_>> = values.iter().map(|value| Param::Text(value)).collect();
    r.query(&sql, &values, read)
}

/// How many publications a filter finds on all pages.
///
/// # Errors
/// When the database fails.
pub fn count(r: &mut Reader<'_>, filter: &Filter) -> Result<i64, StoreError> {
    let (predicate, values) = predicate(filter);
    let values: Vec<Param<'_>> = values.iter().map(|value| Param::Text(value)).collect();
    r.query_one(&format!("SELECT COUNT(*) FROM publications{predicate}"), &values, |row| row.integer(0))
}

/// A publication that has a file with this digest in its working copy, whatever its state.
///
/// # Errors
/// When the database fails.
pub fn with_file(r: &mut Reader<'_>, digest: &Digest) -> Result<Option<PublicationId>, StoreError> {
    let sql = "SELECT id FROM publications WHERE content LIKE ? ORDER BY id LIMIT 1";
    r.query_opt(sql, params![&format!("%\"{}\"%", digest.as_str())], |row| row.parse(0))
}

/// A publication of a kind with this very title, whatever its state.
///
/// # Errors
/// When the database fails.
pub fn with_title(r: &mut Reader<'_>, kind: Kind, title: &str) -> Result<Option<PublicationId>, StoreError> {
    let sql = "SELECT id FROM publications WHERE kind = ? AND title = ? ORDER BY id LIMIT 1";
    r.query_opt(sql, params![kind.word(), title], |row| row.parse(0))
}

/// What waits for approval, the longest waiting first: what this person wrote or changed, or what others did.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn in_review(
    r: &mut Reader<'_>,
    writer: &str,
    is_own: bool,
    limit: u16,
) -> Result<Vec<PublicationRow>, StoreError> {
    let not = if is_own { "" } else { "NOT " };
    let sql = format!(
        "SELECT {COLUMNS} FROM publications WHERE state = ? AND writers {not}LIKE ? ESCAPE '\\'
         ORDER BY updated_at, id LIMIT {limit}"
    );
    let named = format!("%\"{}\"%", crate::register::escape_like(writer));
    r.query(&sql, params![State::InReview.word(), &named], read)
}

/// Publications whose hour has come: scheduled ones to be published, public ones to end, whatever becomes of their next
/// version.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn due(r: &mut Reader<'_>, now: Timestamp, limit: u16) -> Result<Vec<PublicationRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM publications WHERE (state = ? AND publish_at <= ?) OR (is_public = ? AND expires_at <= ?)
         ORDER BY id LIMIT {limit}"
    );
    let now = now.as_millisecond();
    r.query(&sql, params![State::Scheduled.word(), now, true, now], read)
}

/// Shows a version to readers: keeps it and changes what the public sees. The publication itself is saved by
/// [`update`] in the same transaction, its line in a register by `register`.
///
/// # Errors
/// [`StoreError::Unique`] when the version stands already: a published version never changes.
pub fn publish(tx: &mut Tx<'_>, row: &VersionRow, item: &Item) -> Result<(), StoreError> {
    let id = row.publication.to_string();
    tx.execute(
        "INSERT INTO publication_versions (publication_id, version, content, digest, note, is_correction,
         writers, approved_by, published_by, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            &id,
            row.version,
            &to_json(&row.content)?,
            &row.content.digest(),
            &row.note,
            row.is_correction,
            &to_json(&row.writers)?,
            &row.approved_by,
            &row.published_by,
            row.published_at.as_millisecond(),
        ],
    )?;
    let after = canonical(row)?;
    tx.record(Change {
        kind: "publication_version.published",
        subject_kind: "publication_version",
        subject: &format!("{id}/{}", row.version),
        after: Some(&after),
    })?;
    let notes = versions(tx, row.publication)?.into_iter().filter(|version| version.version > 1);
    let mut notes: Vec<Note> = notes
        .map(|version| Note {
            day: domain::time::day_of(version.published_at),
            text: version.note,
            is_correction: version.is_correction,
        })
        .collect();
    notes.reverse();
    public_item::put(tx, &id, item, &notes)
}

/// Takes a publication away from readers at once; the publication itself is saved by [`update`] in the same
/// transaction.
///
/// # Errors
/// When the database fails.
pub fn withdraw(tx: &mut Tx<'_>, id: PublicationId, on: Day, reason: &str) -> Result<(), StoreError> {
    let id = id.to_string();
    let after = serde_json::json!({ "on": on.to_string(), "reason": reason }).to_string();
    tx.record(Change {
        kind: "publication.taken_away",
        subject_kind: "public_item",
        subject: &id,
        after: Some(&after),
    })?;
    public_item::withdraw(tx, &id, on, reason)
}

/// The published versions, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn versions(r: &mut Reader<'_>, id: PublicationId) -> Result<Vec<VersionRow>, StoreError> {
    r.query(
        "SELECT publication_id, version, content, note, is_correction, writers, approved_by, published_by, published_at
         FROM publication_versions WHERE publication_id = ? ORDER BY version",
        params![&id.to_string()],
        |row| {
            Ok(VersionRow {
                publication: row.parse(0)?,
                version: row.integer(1)?,
                content: json(row, 2)?,
                note: row.string(3)?,
                is_correction: row.bool(4)?,
                writers: json(row, 5)?,
                approved_by: row.string(6)?,
                published_by: row.string(7)?,
                published_at: row.instant(8)?,
            })
        },
    )
}

/// Keeps a step; number, person and time are set here.
///
/// # Errors
/// When the database fails.
pub fn add_step(
    tx: &mut Tx<'_>,
    id: PublicationId,
    event: &str,
    note: &str,
    digest: &str,
) -> Result<(), StoreError> {
    let subject = id.to_string();
    let number = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM publication_steps WHERE publication_id = ?",
        params![&subject],
        |row| row.integer(0),
    )?;
    let row = StepRow {
        publication: id,
        number,
        event: event.to_owned(),
        person: tx.actor().to_owned(),
        taken_at: tx.now(),
        note: note.to_owned(),
        digest: digest.to_owned(),
    };
    tx.execute(
        "INSERT INTO publication_steps (publication_id, number, event, person_id, taken_at, note, digest)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![&subject, number, event, &row.person, row.taken_at.as_millisecond(), note, digest],
    )?;
    let after = canonical(&row)?;
    tx.record(Change {
        kind: "publication_step.taken",
        subject_kind: "publication_step",
        subject: &format!("{subject}/{number}"),
        after: Some(&after),
    })
    .map(drop)
}

/// The steps of a publication, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn steps(r: &mut Reader<'_>, id: PublicationId) -> Result<Vec<StepRow>, StoreError> {
    r.query(
        "SELECT publication_id, number, event, person_id, taken_at, note, digest FROM publication_steps
         WHERE publication_id = ? ORDER BY number",
        params![&id.to_string()],
        |row| {
            Ok(StepRow {
                publication: row.parse(0)?,
                number: row.integer(1)?,
                event: row.string(2)?,
                person: row.string(3)?,
                taken_at: row.instant(4)?,
                note: row.string(5)?,
                digest: row.string(6)?,
            })
        },
    )
}

/// What is public past its day of review, the longest overdue first; at most a hundred.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn past_review(r: &mut Reader<'_>, today: Day) -> Result<Vec<PublicationRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM publications WHERE is_public = ? AND review_on < ? ORDER BY review_on, id LIMIT 100"
    );
    r.query(&sql, params![true, today], read)
}

/// Keeps a link to look at a working copy; only the digest of its secret is stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the publication does not exist.
pub fn add_preview(
    tx: &mut Tx<'_>,
    id: PublicationId,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let (subject, actor, now) = (id.to_string(), tx.actor().to_owned(), tx.now_ms());
    tx.execute(
        "INSERT INTO preview_links (token_hash, publication_id, created_by, created_at, expires_at, is_revoked)
         VALUES (?, ?, ?, ?, ?, ?)",
        params![token_hash, &subject, &actor, now, expires_at.as_millisecond(), false],
    )?;
    let after = serde_json::json!({ "expires_at": expires_at.as_millisecond() }).to_string();
    tx.record(Change {
        kind: "preview_link.made",
        subject_kind: "preview_link",
        subject: &subject,
        after: Some(&after),
    })
    .map(drop)
}

/// Ends all links to a working copy. Says how many there were.
///
/// # Errors
/// When the database fails.
pub fn revoke_previews(tx: &mut Tx<'_>, id: PublicationId) -> Result<u64, StoreError> {
    let subject = id.to_string();
    let revoked = tx.execute(
        "UPDATE preview_links SET is_revoked = ? WHERE publication_id = ? AND is_revoked = ?",
        params![true, &subject, false],
    )?;
    if revoked > 0 {
        tx.record(Change {
            kind: "preview_link.revoked",
            subject_kind: "preview_link",
            subject: &subject,
            after: None,
        })?;
    }
    Ok(revoked)
}

/// The publication a link leads to, while the link holds.
///
/// # Errors
/// When the database fails.
pub fn by_preview(
    r: &mut Reader<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<PublicationRow>, StoreError> {
    let id: Option<PublicationId> = r.query_opt(
        "SELECT publication_id FROM preview_links WHERE token_hash = ? AND is_revoked = ? AND expires_at > ?",
        params![token_hash, false, now.as_millisecond()],
        |row| row.parse(0),
    )?;
    id.map_or(Ok(None), |id| find(r, id))
}

/// When these were first published, by id; what only a register knows is missing.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn first_published(
    r: &mut Reader<'_>,
    ids: &[&str],
) -> Result<std::collections::BTreeMap<String, Timestamp>, StoreError> {
    if ids.is_empty() {
        return Ok(std::collections::BTreeMap::new());
    }
    let sql = format!(
        "SELECT publication_id, MIN(published_at) FROM publication_versions WHERE publication_id IN ({})
         GROUP BY publication_id",
        crate::sql::marks(ids.len())
    );
    let ids: Vec<Param<'_>> = ids.iter().map(|id| Param::Text(id)).collect();
    let found = r.query(&sql, &ids, |row| Ok((row.string(0)?, row.instant(1)?)))?;
    Ok(found.into_iter().collect())
}
