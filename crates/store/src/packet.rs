//! Packets of electronic document exchange as rows, never changed: `app::exchange` gives them meaning.

use domain::id::{PacketId, RecordId, UnitId};
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A packet that was sent or received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketRow {
    /// Its id.
    pub id: PacketId,
    /// The office whose packet it is.
    pub unit: UnitId,
    /// Whether it was received.
    pub is_incoming: bool,
    /// *Mã định danh* of the other body: the sender, or the first receiver.
    pub organ_id: String,
    /// Its name.
    pub organ_name: String,
    /// The document's identifier in the exchange.
    pub identifier: String,
    /// Number and symbol.
    pub code: String,
    /// Day of issue; none where the packet names no day there is.
    pub issued_on: Option<Day>,
    /// *Trích yếu.*
    pub subject: String,
    /// The stable word of what it does with the document.
    pub business: String,
    /// Its line in the register of outgoing or incoming documents.
    pub record: Option<RecordId>,
    /// The digest of the packet as it left or came.
    pub file_digest: String,
    /// The name of the file, for display.
    pub file_name: String,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub handled_at: Timestamp,
}

/// What was reported of a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusRow {
    /// The packet.
    pub packet: PacketId,
    /// Its number, from 1.
    pub number: i64,
    /// The two digits of the status.
    pub code: String,
    /// Why, or what more there is to say.
    pub description: String,
    /// *Mã định danh* of who reports.
    pub organ_id: String,
    /// When, as the packet says.
    pub reported_at: Option<Timestamp>,
    /// Who entered or made it, as the ledger names actors.
    pub person: String,
    /// When.
    pub handled_at: Timestamp,
}

const COLUMNS: &str = "id, unit_id, is_incoming, organ_id, organ_name, identifier, code, issued_on, subject, \
                       business, record_id, file_digest, file_name, person, handled_at";

fn read(row: &Row<'_>) -> Result<PacketRow, StoreError> {
    Ok(PacketRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        is_incoming: row.bool(2)?,
        organ_id: row.string(3)?,
        organ_name: row.string(4)?,
        identifier: row.string(5)?,
        code: row.string(6)?,
        issued_on: row.opt_parse(7)?,
        subject: row.string(8)?,
        business: row.string(9)?,
        record: row.opt_parse(10)?,
        file_digest: row.string(11)?,
        file_name: row.string(12)?,
        person: row.string(13)?,
        handled_at: row.instant(14)?,
    })
}

/// Records a packet; who and when are set here.
///
/// # Errors
/// [`StoreError::Dangling`] when the office does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &PacketRow) -> Result<(), StoreError> {
    let row = PacketRow { person: tx.actor().to_owned(), handled_at: tx.now(), ..row.clone() };
    let (id, record) = (row.id.to_string(), row.record.map(|id| id.to_string()));
    tx.execute(
        &format!(
            "INSERT INTO exchange_packets ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ),
        params![
            &id,
            &row.unit.to_string(),
            row.is_incoming,
            &row.organ_id,
            &row.organ_name,
            &row.identifier,
            &row.code,
            row.issued_on,
            &row.subject,
            &row.business,
            record.as_deref(),
            &row.file_digest,
            &row.file_name,
            &row.person,
            row.handled_at.as_millisecond(),
        ],
    )?;
    let kind = if row.is_incoming { "exchange_packet.received" } else { "exchange_packet.sent" };
    let after = canonical(&row)?;
    tx.record(Change { kind, subject_kind: "exchange_packet", subject: &id, after: Some(&after) }).map(drop)
}

/// Records what was reported of a packet; number, who and when are set here.
///
/// # Errors
/// [`StoreError::Dangling`] when there is no such packet.
pub fn add_status(tx: &mut Tx<'_>, row: &StatusRow) -> Result<(), StoreError> {
    let id = row.packet.to_string();
    let number: i64 = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM exchange_statuses WHERE packet_id = ?",
        params![&id],
        |row| row.integer(0),
    )?;
    let (person, handled_at) = (tx.actor().to_owned(), tx.now());
    let row = StatusRow { number, person, handled_at, ..row.clone() };
    tx.execute(
        "INSERT INTO exchange_statuses (packet_id, number, code, description, organ_id, reported_at, person,
         handled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            &id,
            number,
            &row.code,
            &row.description,
            &row.organ_id,
            row.reported_at.map(|at| at.as_millisecond()),
            &row.person,
            row.handled_at.as_millisecond(),
        ],
    )?;
    let (after, subject) = (canonical(&row)?, format!("{id}/{number}"));
    let kind = "exchange_status.added";
    tx.record(Change { kind, subject_kind: "exchange_status", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// A page of packets, the last first, with how many there are.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, page: u32, per_page: u16) -> Result<(Vec<PacketRow>, i64), StoreError> {
    let offset = i64::from(page.max(1) - 1) * i64::from(per_page);
    let sql = format!(
        "SELECT {COLUMNS} FROM exchange_packets ORDER BY handled_at DESC, id DESC LIMIT {per_page} OFFSET {offset}"
    );
    let total = r.query_one("SELECT COUNT(*) FROM exchange_packets", &[], |row| row.integer(0))?;
    Ok((r.query(&sql, &[], read)?, total))
}

/// One packet.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: PacketId) -> Result<Option<PacketRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM exchange_packets WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// The packets about a document, sent or received, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn about(r: &mut Reader<'_>, identifier: &str, is_incoming: bool) -> Result<Vec<PacketRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM exchange_packets WHERE identifier = ? AND is_incoming = ? ORDER BY handled_at, id"
    );
    r.query(&sql, params![identifier, is_incoming], read)
}

/// What was reported of a packet, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn statuses(r: &mut Reader<'_>, packet: PacketId) -> Result<Vec<StatusRow>, StoreError> {
    r.query(
        "SELECT packet_id, number, code, description, organ_id, reported_at, person, handled_at
         FROM exchange_statuses WHERE packet_id = ? ORDER BY number",
        params![&packet.to_string()],
        |row| {
            Ok(StatusRow {
                packet: row.parse(0)?,
                number: row.integer(1)?,
                code: row.string(2)?,
                description: row.string(3)?,
                organ_id: row.string(4)?,
                reported_at: row.opt_instant(5)?,
                person: row.string(6)?,
                handled_at: row.instant(7)?,
            })
        },
    )
}
