//! Electronic exchange of documents (*liên thông văn bản điện tử*, QĐ 28/2018/QĐ-TTg): packets that leave with a line of
//! the register of outgoing documents, packets that come and get their line in that of incoming documents, and what is
//! reported of them. A packet is carried by the platform of the province, at which no program can enrol itself: here it
//! is made and taken in as a file. Its signature is neither made nor checked.

use domain::access::Capability;
use domain::id::{PacketId, RecordId};
use domain::period::Period;
use domain::register::{Register, Values};
use domain::text;
use domain::time::Day;
use edxml::{Business, Fault, File, Organ, Packet, Signer, Status, StatusCode};
use store::Reader;
use store::blob;
use store::packet as rows;
use store::register::{Insertion, NewRecord};

pub use store::packet::{PacketRow, StatusRow};

use crate::kept_line::Line;
use crate::office::{self, Office};
use crate::publication::Uploaded;
use crate::{ActionError, Actor, App, Invalid, account, kept_file};

/// Packets on a page.
pub const PER_PAGE: u16 = 50;
/// Receivers of a packet.
pub const MOST_RECEIVERS: usize = 50;
/// The type a packet is kept and given out as.
pub const MEDIA_TYPE: &str = "application/xml";

/// A packet to be made.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// To whom: one a line, *mã định danh* and name, `H42.10 Sở Thí Dụ`.
    pub receivers: String,
    /// *Tên loại văn bản.*
    pub type_name: String,
    /// *Độ khẩn*, 0 to 4.
    pub priority: u8,
    /// What it does with the document.
    pub business: Business,
    /// The files: the document as it was signed.
    pub file: Option<Uploaded>,
}

/// A packet that came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// The name of the file.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// *Số đến.*
    pub arrival_number: String,
    /// *Ngày đến*; today when absent.
    pub arrived_on: Option<Day>,
    /// *Đơn vị hoặc người nhận.*
    pub handler: String,
}

/// What became of a packet that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A document, which has its line in the register of incoming documents.
    Document(PacketId),
    /// A status of a document that was sent; the packet it is about.
    Status(PacketId),
}

/// A packet with what its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The packet.
    pub row: PacketRow,
    /// What stands in it; its files without their bytes, each with its size.
    pub packet: Packet,
    /// Bytes of each file.
    pub sizes: Vec<usize>,
    /// What was reported of it, first to last, with the name of who entered it.
    pub statuses: Vec<(StatusRow, String)>,
    /// Who sent or took it.
    pub who: String,
}

fn refused(fault: Fault) -> ActionError {
    ActionError::Refused(match fault {
        Fault::TooLarge => "packet_too_large",
        Fault::NotXml => "packet_not_xml",
        Fault::NotPacket => "packet_not_packet",
        Fault::OtherKind => "packet_other_kind",
        Fault::BadFile => "packet_bad_file",
        Fault::TooManyFiles => "packet_too_many_files",
    })
}

/// A page of packets, the last first, with how many there are.
///
/// # Errors
/// Without the right to see registers.
pub fn list(app: &App, actor: &Actor, page: u32) -> Result<(Vec<PacketRow>, i64), ActionError> {
    actor.require(Capability::ReadRegisters)?;
    app.read(|r| Ok(rows::list(r, page, PER_PAGE)?))
}

/// A packet with what stands in it.
///
/// # Errors
/// Without the right to see registers, or when there is none.
pub fn show(app: &App, actor: &Actor, id: PacketId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    let (row, statuses, names) = app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        Ok((row, rows::statuses(r, id)?, account::names(r)?))
    })?;
    let name = |word: &str| names.get(word).cloned().unwrap_or_else(|| word.to_owned());
    let mut packet = edxml::read(&kept_file::read(app, &row.file_digest)?).map_err(refused)?;
    let sizes = packet.files.iter_mut().map(|file| std::mem::take(&mut file.bytes).len()).collect();
    Ok(Shown {
        statuses: statuses.into_iter().map(|status| (status.clone(), name(&status.person))).collect(),
        who: name(&row.person),
        packet,
        sizes,
        row,
    })
}

/// A packet as it left or came: its name and its bytes.
///
/// # Errors
/// Without the right to see registers, or when there is none.
pub fn packet_file(app: &App, actor: &Actor, id: PacketId) -> Result<(String, Vec<u8>), ActionError> {
    actor.require(Capability::ReadRegisters)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    let bytes = kept_file::read(app, &row.file_digest)?;
    Ok((row.file_name, bytes))
}

/// A file of a packet, by its place from 0: its name and its bytes. Its declared type is never trusted.
///
/// # Errors
/// Without the right to see registers, or when there is none.
pub fn file(app: &App, actor: &Actor, id: PacketId, place: usize) -> Result<(String, Vec<u8>), ActionError> {
    let (_, bytes) = packet_file(app, actor, id)?;
    let files = edxml::read(&bytes).map_err(refused)?.files;
    let file = files.into_iter().nth(place).ok_or(ActionError::NotFound)?;
    Ok((file.name, file.bytes))
}

// Out.

/// The line of the register of outgoing documents a packet is made of.
///
/// # Errors
/// Without the right to issue, or when there is none.
pub fn document(app: &App, actor: &Actor, id: RecordId) -> Result<Values, ActionError> {
    actor.require(Capability::IssuePress)?;
    app.read(|r| Ok(line(r, id)?.0))
}

fn line(r: &mut Reader<'_>, id: RecordId) -> Result<(Values, Office), ActionError> {
    let found = store::register::find(r, Register::OutgoingDocuments, id)?.ok_or(ActionError::NotFound)?;
    Ok((found.record.values, office::load(r)?))
}

/// Makes a packet of a line of the register of outgoing documents; it is kept as it is given out.
///
/// # Errors
/// Without the right; before the office has its code (`exchange_no_code`); without receivers, a file or a type; for a
/// receiver without a code.
pub fn send(app: &App, actor: &Actor, id: RecordId, sending: &Sending) -> Result<PacketId, ActionError> {
    actor.require(Capability::IssuePress)?;
    let (values, office) = app.read(|r| line(r, id))?;
    if office.organ_id.is_empty() {
        return Err(ActionError::Refused("exchange_no_code"));
    }
    let mut invalid = Vec::new();
    let receivers = receivers(&sending.receivers, &mut invalid);
    let type_name = text::clean_line(&sending.type_name);
    if type_name.is_empty() {
        invalid.push(Invalid::new("type_name", "required"));
    }
    if type_name.chars().count() > 100 {
        invalid.push(Invalid::new("type_name", "too_long").with("limit", 100));
    }
    if sending.priority > 4 {
        invalid.push(Invalid::new("priority", "required"));
    }
    let Some(file) = sending.file.as_ref().filter(|file| !file.bytes.is_empty()) else {
        invalid.push(Invalid::new("file", "required"));
        return Err(ActionError::Invalid(invalid));
    };
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    crate::uploads::spend(app, actor, file.bytes.len())?;
    let packet = compose(&values, &office, (receivers, type_name), sending, file, app.now());
    let bytes = edxml::write(&packet).map_err(anyhow::Error::new)?;
    // What is given out is what others read.
    edxml::read(&bytes).map_err(refused)?;
    let kept = kept_file::put(app, bytes, MEDIA_TYPE)?;
    app.write(actor, |tx| {
        blob::register(tx, &kept)?;
        let first = packet.to.first().cloned().unwrap_or_default();
        let row = PacketRow {
            id: tx.new_id()?,
            unit: office.unit,
            is_incoming: false,
            organ_id: first.id,
            organ_name: first.name,
            identifier: packet.identifier(),
            code: packet.code(),
            issued_on: packet.day,
            subject: packet.subject.clone(),
            business: packet.business.word().to_owned(),
            record: Some(id),
            file_digest: kept.digest.to_string(),
            file_name: file_name(&packet.code()),
            person: String::new(),
            handled_at: tx.now(),
        };
        rows::insert(tx, &row)?;
        Ok(row.id)
    })
}

/// A name for a packet: letters and digits of its code.
fn file_name(code: &str) -> String {
    let plain: String =
        text::fold(code).chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
    format!("{}.edxml", plain.trim_matches('-'))
}

fn receivers(typed: &str, invalid: &mut Vec<Invalid>) -> Vec<Organ> {
    let mut receivers = Vec::new();
    for typed in typed.lines().map(text::clean_line).filter(|line| !line.is_empty()) {
        let (id, name) = typed.split_once(' ').unwrap_or((typed.as_str(), ""));
        let id = id.trim_end_matches([',', ';', ':']).to_uppercase();
        if edxml::is_organ_id(&id) {
            receivers.push(Organ { id, name: text::clean_line(name), ..Organ::default() });
        } else {
            invalid.push(Invalid::new("receivers", "not_an_organ_id").with("value", &typed));
        }
    }
    if receivers.is_empty() && invalid.is_empty() {
        invalid.push(Invalid::new("receivers", "required"));
    }
    if receivers.len() > MOST_RECEIVERS {
        invalid.push(Invalid::new("receivers", "too_many").with("limit", MOST_RECEIVERS));
    }
    receivers
}

fn compose(
    values: &Values,
    office: &Office,
    (to, type_name): (Vec<Organ>, String),
    sending: &Sending,
    file: &Uploaded,
    now: domain::time::Timestamp,
) -> Packet {
    let said = |key: &str| values.text(key).unwrap_or_default().to_owned();
    let symbol = said("symbol");
    let (number, notation) = symbol.split_once('/').unwrap_or(("", symbol.as_str()));
    let signer = said("signer");
    // The signature of the office is known in full; of others the register has the name.
    let own = office.signer.as_ref().filter(|own| text::key(&own.name) == text::key(&signer));
    let position = own.map(|own| own.signer_title.clone()).unwrap_or_default();
    Packet {
        from: Organ { id: office.organ_id.clone(), name: office.names.name.clone(), ..Organ::default() },
        to,
        number: number.trim().to_owned(),
        notation: notation.trim().to_owned(),
        place: office.names.place.clone(),
        day: values.day("issued_on"),
        type_name,
        subject: said("summary"),
        signer: Signer { competence: String::new(), position, full_name: signer },
        places: said("recipients")
            .split([';', '\n'])
            .map(text::clean_line)
            .filter(|it| !it.is_empty())
            .collect(),
        priority: sending.priority,
        business: sending.business,
        made_at: Some(now),
        files: vec![File {
            name: file.name.clone(),
            description: file.text.clone(),
            media_type: media_type(&file.name).to_owned(),
            bytes: file.bytes.clone(),
        }],
        ..Packet::default()
    }
}

fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

// In.

/// The number that comes next in the register of incoming documents this year, where the lines have plain numbers.
///
/// # Errors
/// Without the right to see registers.
pub fn next_arrival(app: &App, actor: &Actor) -> Result<u32, ActionError> {
    actor.require(Capability::ReadRegisters)?;
    let year = Period::calendar_year(app.today().year()).map_err(anyhow::Error::new)?;
    app.read(|r| {
        let register = Register::IncomingDocuments;
        let lines = store::register::load_for_period(r, register, None, &["arrived_on"], year)?;
        let numbers =
            lines.iter().filter_map(|line| line.values.text("arrival_number")?.trim().parse::<u32>().ok());
        Ok(numbers.max().unwrap_or(0).saturating_add(1))
    })
}

/// Takes a packet in: a document gets its line in the register of incoming documents, a status is kept with the packet
/// it is about.
///
/// # Errors
/// Without the right; why the file is no packet (`packet_…`); for a packet that was taken already (`packet_again`), a
/// document that stands in the register already (`packet_in_register`), or a status of a document that was not sent
/// from here (`packet_unknown`); for a number or day that cannot be.
pub fn receive(app: &App, actor: &Actor, received: &Received) -> Result<Taken, ActionError> {
    actor.require(Capability::IssuePress)?;
    if received.bytes.is_empty() {
        return Err(ActionError::invalid("file", "required"));
    }
    crate::uploads::spend(app, actor, received.bytes.len())?;
    match edxml::read(&received.bytes) {
        Ok(packet) => take(app, actor, received, &packet).map(Taken::Document),
        Err(Fault::OtherKind) => {
            let status = edxml::read_status(&received.bytes).map_err(refused)?;
            note(app, actor, &status).map(Taken::Status)
        }
        Err(fault) => Err(refused(fault)),
    }
}

fn take(app: &App, actor: &Actor, received: &Received, packet: &Packet) -> Result<PacketId, ActionError> {
    let today = app.today();
    let arrived_on = received.arrived_on.unwrap_or(today);
    let number = text::clean_line(&received.arrival_number);
    let mut invalid = Vec::new();
    if number.is_empty() {
        invalid.push(Invalid::new("arrival_number", "required"));
    }
    if number.chars().count() > 11 {
        invalid.push(Invalid::new("arrival_number", "too_long").with("limit", 11));
    }
    if arrived_on > today {
        invalid.push(Invalid::new("arrived_on", "in_future"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    if packet.subject.is_empty() || (packet.from.name.is_empty() && packet.from.id.is_empty()) {
        return Err(ActionError::Refused("packet_not_packet"));
    }
    let author = if packet.from.name.is_empty() { &packet.from.id } else { &packet.from.name };
    let mut line = Line::new(Register::IncomingDocuments);
    line.day("arrived_on", arrived_on);
    line.text("arrival_number", &number);
    line.text("author", author);
    line.text("symbol", &packet.code());
    if let Some(day) = packet.day {
        line.day("issued_on", day);
    }
    line.text("summary", &format!("{} {}", packet.type_name, packet.subject));
    line.text("handler", &text::clean_line(&received.handler));
    if let Some(due) = packet.due {
        line.day("due_on", due);
    }
    let values = line.values();
    let kept = kept_file::put(app, received.bytes.clone(), MEDIA_TYPE)?;
    app.write(actor, |tx| {
        let unit = office::load(tx)?.unit;
        let identifier = packet.identifier();
        let digest = kept.digest.to_string();
        if rows::about(tx, &identifier, true)?.iter().any(|row| row.file_digest == digest) {
            return Err(ActionError::Refused("packet_again"));
        }
        store::register::open(tx, Register::IncomingDocuments, unit, None)?;
        let new = NewRecord { register: Register::IncomingDocuments, unit, values, import: None };
        let Insertion::Inserted(record) = store::register::insert(tx, &new)? else {
            return Err(ActionError::Refused("packet_in_register"));
        };
        blob::register(tx, &kept)?;
        let name: String = text::clean_line(&received.file_name).chars().take(200).collect();
        let row = PacketRow {
            id: tx.new_id()?,
            unit,
            is_incoming: true,
            organ_id: packet.from.id.clone(),
            organ_name: packet.from.name.clone(),
            identifier,
            code: packet.code(),
            issued_on: packet.day,
            subject: packet.subject.clone(),
            business: packet.business.word().to_owned(),
            record: Some(record),
            file_digest: digest,
            file_name: name,
            person: String::new(),
            handled_at: tx.now(),
        };
        rows::insert(tx, &row)?;
        Ok(row.id)
    })
}

fn note(app: &App, actor: &Actor, status: &Status) -> Result<PacketId, ActionError> {
    app.write(actor, |tx| {
        let sent = rows::about(tx, &status.document, false)?;
        let packet = sent.last().ok_or(ActionError::Refused("packet_unknown"))?.id;
        let row = StatusRow {
            packet,
            number: 0,
            code: status.status.digits().to_owned(),
            description: status.description.clone(),
            organ_id: status.from.id.clone(),
            reported_at: status.at,
            person: String::new(),
            handled_at: tx.now(),
        };
        let known = rows::statuses(tx, packet)?.into_iter().any(|known| {
            (&known.code, &known.organ_id, known.reported_at) == (&row.code, &row.organ_id, row.reported_at)
        });
        if known {
            return Err(ActionError::Refused("packet_again"));
        }
        rows::add_status(tx, &row)?;
        Ok(packet)
    })
}

/// Reports where a received document stands: the status packet to be given to the platform, kept with the packet.
///
/// # Errors
/// Without the right; for a packet that was sent from here; before the office has its code; refusing without a reason.
pub fn report(
    app: &App,
    actor: &Actor,
    id: PacketId,
    (status, description): (StatusCode, &str),
) -> Result<(String, Vec<u8>), ActionError> {
    actor.require(Capability::IssuePress)?;
    let office = office::office(app)?;
    if office.organ_id.is_empty() {
        return Err(ActionError::Refused("exchange_no_code"));
    }
    let description = text::clean_line(description);
    if description.chars().count() > 500 {
        return Err(ActionError::Invalid(vec![Invalid::new("description", "too_long").with("limit", 500)]));
    }
    let needs_reason = matches!(status, StatusCode::Refused | StatusCode::Disagreed);
    if needs_reason && description.is_empty() {
        return Err(ActionError::invalid("description", "required"));
    }
    app.write(actor, |tx| {
        let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if !row.is_incoming {
            return Err(ActionError::Refused("packet_is_own"));
        }
        let names = account::names(tx)?;
        let made = Status {
            from: Organ { id: office.organ_id.clone(), name: office.names.name.clone(), ..Organ::default() },
            to: row.organ_id.clone(),
            document: row.identifier.clone(),
            code: row.code.clone(),
            day: row.issued_on,
            status,
            description: description.clone(),
            at: Some(tx.now()),
            staff: names.get(&actor.name).cloned().unwrap_or_default(),
        };
        rows::add_status(
            tx,
            &StatusRow {
                packet: id,
                number: 0,
                code: status.digits().to_owned(),
                description,
                organ_id: office.organ_id.clone(),
                reported_at: made.at,
                person: String::new(),
                handled_at: tx.now(),
            },
        )?;
        let bytes = edxml::write_status(&made).map_err(anyhow::Error::new)?;
        let name = file_name(&row.code).replace(".edxml", &format!("-{}.edxml", status.digits()));
        Ok((name, bytes))
    })
}
