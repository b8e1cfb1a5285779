//! The log of security events. Not business data: no ledger entry for each; but where the chain stands is recorded in
//! the ledger every day by [`anchor`], so that even a chain rewritten as a whole is found.

use domain::ledger::{Fault, GENESIS};
use domain::security::Event;
use domain::time::Timestamp;

use crate::ledger::Change;
use crate::sql::{Flow, Row, params, value_rows};
use crate::{Reader, StoreError, Tx};

/// The subject of the anchors in the ledger.
const SUBJECT: (&str, &str) = ("security_log", "head");
const COLUMNS: &str = "sequence, at, event, person, address, port, request, detail, previous, hash";
const CHUNK: usize = 200;

/// An event to note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEvent {
    /// When, in milliseconds UTC.
    pub at_milliseconds: i64,
    /// What: `signed_in`.
    pub event: String,
    /// The person's id, or empty.
    pub person: String,
    /// The address, or empty.
    pub address: String,
    /// The port, or 0.
    pub port: i64,
    /// The reference number of the request, or empty.
    pub request: String,
    /// What it was about.
    pub detail: String,
}

fn read(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        sequence: row.integer(0)?,
        at_milliseconds: row.integer(1)?,
        event: row.string(2)?,
        person: row.string(3)?,
        address: row.string(4)?,
        port: row.integer(5)?,
        request: row.string(6)?,
        detail: row.string(7)?,
        previous: row.string(8)?,
        hash: row.string(9)?,
    })
}

struct Head {
    sequence: i64,
    hash: String,
    removed_sequence: i64,
    removed_hash: String,
}

fn head(r: &mut Reader<'_>) -> Result<Head, StoreError> {
    let sql = "SELECT sequence, hash, removed_sequence, removed_hash FROM security_head WHERE id = 1";
    let found = r.query_opt(sql, &[], |row| {
        Ok(Head {
            sequence: row.integer(0)?,
            hash: row.string(1)?,
            removed_sequence: row.integer(2)?,
            removed_hash: row.string(3)?,
        })
    })?;
    found.ok_or_else(|| StoreError::corrupt("security_head.id", "the head of the security log is missing"))
}

/// Appends events in their order. Writers of the database come one after the other, so the chain has one end.
///
/// # Errors
/// When the database fails.
pub fn append(tx: &mut Tx<'_>, events: &[NewEvent]) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let Head { mut sequence, mut hash, .. } = head(tx)?;
    for chunk in events.chunks(CHUNK) {
        let mut sealed = Vec::with_capacity(chunk.len());
        for new in chunk {
            let event = Event {
                sequence: sequence + 1,
                at_milliseconds: new.at_milliseconds,
                event: new.event.clone(),
                person: new.person.clone(),
                address: new.address.clone(),
                port: new.port,
                request: new.request.clone(),
                detail: new.detail.clone(),
                previous: hash,
                hash: String::new(),
            }
            .sealed();
            sequence = event.sequence;
            hash = event.hash.clone();
            sealed.push(event);
        }
        let mut values = Vec::with_capacity(sealed.len() * 10);
        for event in &sealed {
            values.extend_from_slice(params![
                event.sequence,
                event.at_milliseconds,
                &event.event,
                &event.person,
                &event.address,
                event.port,
                &event.request,
                &event.detail,
                &event.previous,
                &event.hash,
            ]);
        }
        let sql = format!("INSERT INTO security_events ({COLUMNS}) VALUES {}", value_rows(sealed.len(), 10));
        tx.execute(&sql, &values)?;
    }
    let sql = "UPDATE security_head SET sequence = ?, hash = ? WHERE id = 1";
    tx.execute(sql, params![sequence, &hash]).map(drop)
}

/// Events before a sequence, newest first, only of one kind when asked, and whether there are more.
///
/// # Errors
/// When the database fails.
pub fn page(
    r: &mut Reader<'_>,
    before: Option<i64>,
    event: Option<&str>,
    limit: u16,
) -> Result<(Vec<Event>, bool), StoreError> {
    let (before, most) = (before.unwrap_or(i64::MAX), i64::from(limit) + 1);
    let mut events = if let Some(event) = event {
        let sql = format!(
            "SELECT {COLUMNS} FROM security_events WHERE sequence < ? AND event = ? ORDER BY sequence DESC LIMIT ?"
        );
        r.query(&sql, params![before, event, most], read)?
    } else {
        let sql = format!(
            "SELECT {COLUMNS} FROM security_events WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"
        );
        r.query(&sql, params![before, most], read)?
    };
    let more = events.len() > usize::from(limit);
    events.truncate(usize::from(limit));
    Ok((events, more))
}

/// The kinds of events there are, by their words.
///
/// # Errors
/// When the database fails.
pub fn kinds(r: &mut Reader<'_>) -> Result<Vec<String>, StoreError> {
    r.query("SELECT DISTINCT event FROM security_events ORDER BY event", &[], |row| row.string(0))
}

/// Records in the ledger where the log stands, when it moved since the last time. Says whether it did.
///
/// # Errors
/// When the database fails.
pub fn anchor(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let Head { sequence, hash, .. } = head(tx)?;
    if sequence == 0 || last_anchor(tx)?.is_some_and(|(anchored, _)| anchored == sequence) {
        return Ok(false);
    }
    let after = serde_json::json!({"hash": hash, "sequence": sequence}).to_string();
    let (subject_kind, subject) = SUBJECT;
    tx.record(Change { kind: "security_log.anchored", subject_kind, subject, after: Some(&after) })?;
    Ok(true)
}

/// Sequence and hash of the last anchor in the ledger.
fn last_anchor(r: &mut Reader<'_>) -> Result<Option<(i64, String)>, StoreError> {
    let content = r.query_opt(
        "SELECT v.content FROM ledger l JOIN revisions v ON v.sequence = l.sequence
         WHERE l.subject_kind = ? AND l.subject = ? ORDER BY l.sequence DESC LIMIT 1",
        params![SUBJECT.0, SUBJECT.1],
        |row| row.opt_string(0),
    )?;
    let json = content.flatten().and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
    Ok(json.and_then(|json| Some((json["sequence"].as_i64()?, json["hash"].as_str()?.to_owned()))))
}

/// Takes events from before an instant away. The head keeps where the rest begins; who does this notes it as an event.
/// Gives the last sequence taken away, when any was.
///
/// # Errors
/// When the database fails.
pub fn remove_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<Option<i64>, StoreError> {
    // Order is by sequence: the first event that is to stay ends what goes, whatever its neighbours' clocks said.
    let stays = tx.query_opt(
        "SELECT MIN(sequence) FROM security_events WHERE at >= ?",
        params![before.as_millisecond()],
        |row| row.opt_integer(0),
    )?;
    let Some(stays) = stays.flatten() else { return Ok(None) };
    let last = tx.query_opt(
        "SELECT sequence, hash FROM security_events WHERE sequence = ?",
        params![stays - 1],
        |row| Ok((row.integer(0)?, row.string(1)?)),
    )?;
    let Some((sequence, hash)) = last else { return Ok(None) };
    tx.execute("DELETE FROM security_events WHERE sequence <= ?", params![sequence])?;
    let sql = "UPDATE security_head SET removed_sequence = ?, removed_hash = ? WHERE id = 1";
    tx.execute(sql, params![sequence, &hash])?;
    Ok(Some(sequence))
}

/// What a check of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many events are good, from the first one kept.
    pub events: i64,
    /// The event that is wrong first, and how.
    pub first_fault: Option<(i64, BadEvent)>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadEvent {
    /// The chain: a gap, another predecessor, another content.
    Chain(Fault),
    /// Events were cut off at the end: the head or the ledger names a later one.
    CutOff,
    /// The event is another one than the ledger recorded at this place.
    Replaced,
}

/// Checks the chain, its head, and the last anchor in the ledger.
///
/// # Errors
/// When the database fails; a fault found is no error.
pub fn verify(r: &mut Reader<'_>) -> Result<Verification, StoreError> {
    let head = head(r)?;
    let anchor = last_anchor(r)?;
    let (mut sequence, mut hash) = (head.removed_sequence, head.removed_hash.clone());
    let mut fault = None;
    let mut events = 0;
    if sequence == 0 && hash != GENESIS {
        fault = Some((1, BadEvent::Chain(Fault::Unchained)));
    }
    r.each(&format!("SELECT {COLUMNS} FROM security_events ORDER BY sequence"), &[], |row| {
        let event = read(row)?;
        let chained = event.continues(sequence, &hash).map_err(BadEvent::Chain);
        let is_anchored =
            anchor.as_ref().is_none_or(|(at, hash)| *at != event.sequence || *hash == event.hash);
        let checked = if is_anchored { chained } else { chained.and(Err(BadEvent::Replaced)) };
        if let (None, Err(what)) = (fault, checked) {
            fault = Some((event.sequence, what));
        }
        if fault.is_some() {
            return Ok(Flow::Break(()));
        }
        events += 1;
        sequence = event.sequence;
        hash = event.hash;
        Ok(Flow::Continue(()))
    })?;
    let ends_early = sequence != head.sequence
        || hash != head.hash
        || anchor.is_some_and(|(anchored, _)| anchored > sequence);
    if fault.is_none() && ends_early {
        fault = Some((sequence + 1, BadEvent::CutOff));
    }
    Ok(Verification { events, first_fault: fault })
}
