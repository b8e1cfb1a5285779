//! The ledger: appending a change with its revision, reading the history, contents as of a checkpoint.
//! The form of an entry is `domain::ledger`'s. Checking it all is in [`verify`].

mod digests;
mod erasing;
mod verification;

use domain::ledger::{Entry, GENESIS, digest};
use domain::time::Timestamp;

pub use digests::digests_at;
pub use erasing::{Erased, erase, erased_of};
pub use verification::{BadEntry, FirstFault, Verification, verify};

use crate::StoreError;
use crate::reader::Reader;
use crate::sql::{Connection, Flow, Row, params, value_rows};
use crate::writer::Tx;

/// Rows in one multi-row insert.
pub(crate) const CHUNK: usize = 200;

/// The last entry, as the next one continues it.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) sequence: i64,
    pub(crate) hash: String,
    saved: i64,
}

impl Head {
    /// Reads the head and keeps other writers away until the end of the transaction.
    pub(crate) fn lock(connection: &mut Connection) -> Result<Head, StoreError> {
        let mut head = None;
        let sql = "UPDATE ledger_head SET sequence = sequence WHERE id = 1 RETURNING sequence, hash";
        connection.each(sql, &[], &mut |row| {
            let sequence = row.integer(0)?;
            head = Some(Head { sequence, hash: row.string(1)?, saved: sequence });
            Ok(Flow::Continue(()))
        })?;
        head.ok_or_else(|| StoreError::corrupt("ledger_head.id", "the head of the ledger is missing"))
    }

    /// Writes the head back when entries were added.
    pub(crate) fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.sequence == self.saved {
            return Ok(());
        }
        let sql = "UPDATE ledger_head SET sequence = ?, hash = ? WHERE id = 1";
        connection.execute(sql, params![self.sequence, &self.hash]).map(drop)
    }
}

/// A change to record.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// What happened: `questions.amended`, `report.frozen`.
    pub kind: &'a str,
    /// What kind of thing: a register's word, `report`, `person`, `rule`, `calendar_day`.
    pub subject_kind: &'a str,
    /// The thing's id.
    pub subject: &'a str,
    /// Its content after the change as canonical JSON; `None` when it exists no more. Its content before is the
    /// one of the entry before on the same subject.
    pub after: Option<&'a str>,
}

impl Tx<'_> {
    /// Appends the entry and the revision of a change; gives the sequence of the entry.
    ///
    /// # Errors
    /// When the database or the random source fails.
    pub fn record(&mut self, change: Change<'_>) -> Result<i64, StoreError> {
        let before = latest_digest(self, change.subject_kind, change.subject)?.unwrap_or_default();
        let link = self.link(change, before)?;
        append(self, std::slice::from_ref(&link))?;
        Ok(link.entry.sequence)
    }

    /// The next entry of the chain; moves the head.
    pub(crate) fn link(&mut self, change: Change<'_>, before: String) -> Result<Link, StoreError> {
        let salt: [u8; 16] = self.random()?;
        let entry = Entry {
            sequence: self.head.sequence + 1,
            at_milliseconds: self.now_ms(),
            actor: self.actor.clone(),
            kind: change.kind.to_owned(),
            subject_kind: change.subject_kind.to_owned(),
            subject: change.subject.to_owned(),
            before,
            after: change.after.map(|content| digest(&salt, content)).unwrap_or_default(),
            previous: self.head.hash.clone(),
            hash: String::new(),
        }
        .sealed();
        self.head.sequence = entry.sequence;
        self.head.hash.clone_from(&entry.hash);
        Ok(Link { entry, salt, content: change.after.map(str::to_owned) })
    }
}

/// An entry with the content it commits to.
pub(crate) struct Link {
    pub(crate) entry: Entry,
    salt: [u8; 16],
    content: Option<String>,
}

/// Writes entries and revisions, many rows per statement.
pub(crate) fn append(tx: &mut Tx<'_>, links: &[Link]) -> Result<(), StoreError> {
    for chunk in links.chunks(CHUNK) {
        let mut values = Vec::with_capacity(chunk.len() * 10);
        for Link { entry, .. } in chunk {
            values.extend_from_slice(params![
                entry.sequence,
                entry.at_milliseconds,
                &entry.actor,
                &entry.kind,
                &entry.subject_kind,
                &entry.subject,
                &entry.before,
                &entry.after,
                &entry.previous,
                &entry.hash,
            ]);
        }
        let sql = format!("INSERT INTO ledger ({ENTRY_COLUMNS}) VALUES {}", value_rows(chunk.len(), 10));
        tx.execute(&sql, &values)?;
        values.clear();
        let mut count = 0;
        for link in chunk.iter().filter(|link| link.content.is_some()) {
            let salt: &[u8] = &link.salt;
            values.extend_from_slice(params![link.entry.sequence, salt, link.content.as_deref()]);
            count += 1;
        }
        if count > 0 {
            let sql =
                format!("INSERT INTO revisions (sequence, salt, content) VALUES {}", value_rows(count, 3));
            tx.execute(&sql, &values)?;
        }
    }
    Ok(())
}

pub(crate) const ENTRY_COLUMNS: &str =
    "sequence, at, actor, kind, subject_kind, subject, before_digest, after_digest, previous, hash";

pub(crate) fn read_entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        sequence: row.integer(0)?,
        at_milliseconds: row.integer(1)?,
        actor: row.string(2)?,
        kind: row.string(3)?,
        subject_kind: row.string(4)?,
        subject: row.string(5)?,
        before: row.string(6)?,
        after: row.string(7)?,
        previous: row.string(8)?,
        hash: row.string(9)?,
    })
}

/// The digest after the last change of a subject; empty when it was deleted, none when it was never recorded.
pub(crate) fn latest_digest(
    r: &mut Reader<'_>,
    subject_kind: &str,
    subject: &str,
) -> Result<Option<String>, StoreError> {
    r.query_opt(
        "SELECT after_digest FROM ledger WHERE subject_kind = ? AND subject = ? ORDER BY sequence DESC LIMIT 1",
        params![subject_kind, subject],
        |row| row.string(0),
    )
}

/// A place in the ledger: what a report names so that it can be recomputed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The sequence of the last entry; 0 before the first.
    pub sequence: i64,
    /// Its hash.
    pub hash: String,
}

/// The place where the ledger stands in this snapshot.
///
/// # Errors
/// When the database fails.
pub fn checkpoint(r: &mut Reader<'_>) -> Result<Checkpoint, StoreError> {
    let last =
        r.query_opt("SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1", &[], |row| {
            Ok(Checkpoint { sequence: row.integer(0)?, hash: row.string(1)? })
        })?;
    Ok(last.unwrap_or_else(|| Checkpoint { sequence: 0, hash: GENESIS.to_owned() }))
}

/// The place where the ledger stands in this transaction, with the entries it recorded itself.
pub fn checkpoint_in(tx: &Tx<'_>) -> Checkpoint {
    Checkpoint { sequence: tx.head.sequence, hash: tx.head.hash.clone() }
}

/// The hash of the entry with this sequence; none when there is no such entry.
///
/// # Errors
/// When the database fails.
pub fn hash_at(r: &mut Reader<'_>, sequence: i64) -> Result<Option<String>, StoreError> {
    r.query_opt("SELECT hash FROM ledger WHERE sequence = ?", params![sequence], |row| row.string(0))
}

/// What to show of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this kind of thing.
    pub subject_kind: Option<String>,
    /// Only this thing.
    pub subject: Option<String>,
    /// Only what this actor did.
    pub actor: Option<String>,
    /// Only entries before this sequence: the next page.
    pub before: Option<i64>,
    /// Only from this instant.
    pub from: Option<Timestamp>,
    /// Only before this instant.
    pub to: Option<Timestamp>,
}

/// Entries, newest first, and whether there are more.
///
/// # Errors
/// When the database fails.
pub fn page(r: &mut Reader<'_>, filter: &Filter, limit: u16) -> Result<(Vec<Entry>, bool), StoreError> {
    let mut sql = format!("SELECT {ENTRY_COLUMNS} FROM ledger WHERE sequence < ?");
    let mut values = vec![filter.before.unwrap_or(i64::MAX).into()];
    for (column, value) in
        [("subject_kind", &filter.subject_kind), ("subject", &filter.subject), ("actor", &filter.actor)]
    {
        if let Some(value) = value {
            sql.push_str(" AND ");
            sql.push_str(column);
            sql.push_str(" = ?");
            values.push(value.into());
        }
    }
    for (condition, instant) in [(" AND at >= ?", filter.from), (" AND at < ?", filter.to)] {
        if let Some(instant) = instant {
            sql.push_str(condition);
            values.push(instant.as_millisecond().into());
        }
    }
    sql.push_str(" ORDER BY sequence DESC LIMIT ?");
    values.push((i64::from(limit) + 1).into());
    let mut entries = r.query(&sql, &values, read_entry)?;
    let more = entries.len() > usize::from(limit);
    entries.truncate(usize::from(limit));
    Ok((entries, more))
}

/// The content recorded by an entry, as canonical JSON; what remains of it when it was erased; none when it was a
/// deletion or nothing remains.
///
/// # Errors
/// When the database fails.
pub fn content(r: &mut Reader<'_>, sequence: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT COALESCE(content, remainder) FROM revisions WHERE sequence = ?";
    Ok(r.query_opt(sql, params![sequence], |row| row.opt_string(0))?.flatten())
}

/// The history of one thing, oldest first: each entry with its content, or with what remains of one that was erased.
///
/// # Errors
/// When the database fails.
pub fn history(
    r: &mut Reader<'_>,
    subject_kind: &str,
    subject: &str,
) -> Result<Vec<(Entry, Option<String>)>, StoreError> {
    r.query(
        "SELECT l.sequence, l.at, l.actor, l.kind, l.subject_kind, l.subject, l.before_digest, l.after_digest,
                l.previous, l.hash, COALESCE(v.content, v.remainder)
         FROM ledger l LEFT JOIN revisions v ON v.sequence = l.sequence
         WHERE l.subject_kind = ? AND l.subject = ? ORDER BY l.sequence LIMIT 10000",
        params![subject_kind, subject],
        |row| Ok((read_entry(row)?, row.opt_string(10)?)),
    )
}

/// Gives each thing of a kind as it stood at an entry of the ledger: its id and content, in the order of ids. Of what
/// was erased later, what remains.
///
/// # Errors
/// When the database fails or `each` does.
pub fn contents_at(
    r: &mut Reader<'_>,
    sequence: i64,
    subject_kind: &str,
    mut each: impl FnMut(&str, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    r.each(
        "SELECT l.subject, COALESCE(v.content, v.remainder)
         FROM (SELECT subject, MAX(sequence) AS last FROM ledger
               WHERE subject_kind = ? AND sequence <= ? GROUP BY subject) AS latest
         JOIN ledger l ON l.sequence = latest.last
         JOIN revisions v ON v.sequence = l.sequence
         WHERE l.after_digest <> '' AND COALESCE(v.content, v.remainder) IS NOT NULL
         ORDER BY l.subject",
        params![subject_kind, sequence],
        |row| {
            each(row.text(0)?, row.text(1)?)?;
            Ok(Flow::Continue(()))
        },
    )
}
