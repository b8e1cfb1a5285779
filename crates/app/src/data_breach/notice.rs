//! The notice to the authority (*thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân*) as a document in the form of NĐ
//! 30/2020, with the contents the decree on personal data asks for; what left is kept as it left.

use domain::access::Capability;
use domain::data_breach::{self as machine, Event, Refusal, Sent};
use domain::id::BreachId;
use domain::register::{Register, Values};
use domain::text;
use domain::time::{self, Day, Timestamp};
use report::document::{Block, Document, Header, Inline, Pattern, Signature};
use store::data_breach::{self as rows, BreachRow};

use super::{LONGEST, decided, moment};
use crate::kept_line::Line;
use crate::numbering::{self, Wanted};
use crate::office::{self, Office};
use crate::press::File;
use crate::press::letter::{self, paragraph};
use crate::{ActionError, Actor, App, Invalid, kept_file};

/// To whom a notice goes, unless another is typed.
pub const AUTHORITY: &str = "Bộ Công an (Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao)";

/// What is typed when a notice leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// The next one of the year when absent.
    pub number: Option<u32>,
    /// Why numbers are left out before a typed one.
    pub gap_reason: String,
    /// Its symbol without the number.
    pub symbol: String,
    /// To whom.
    pub addressee: String,
    /// When it was sent.
    pub at: Option<Timestamp>,
    /// Why it comes after the limit.
    pub late_reason: String,
}

/// The symbol notices bear without their number (FM-NO-5).
fn symbol_of(office: &Office) -> String {
    format!("TB-{}", office.names.symbol)
}

/// The number that comes next this year, and the symbol of notices.
///
/// # Errors
/// Without the right to report breaches.
pub fn next_notice(app: &App, actor: &Actor) -> Result<(u32, String), ActionError> {
    actor.require(Capability::ReportBreaches)?;
    let year = app.today().year();
    app.read(|r| {
        let office = office::load(r)?;
        Ok((numbering::next(r, office.unit, year)?, symbol_of(&office)))
    })
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: Inline::text(text) }
}

/// The paragraphs of a text, or what stands for one that is not known yet.
fn paragraphs(text: &str, otherwise: &str, body: &mut Vec<Block>) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        body.push(paragraph(otherwise));
    }
    body.extend(lines.into_iter().map(paragraph));
}

fn body(row: &BreachRow, office: &Office, late_reason: &str) -> Vec<Block> {
    const UNKNOWN: &str = "Đang xác minh; sẽ thông báo bổ sung.";
    let (known, name) = (&row.breach.known, &office.names.name);
    let basis =
        row.breach.clock.as_ref().map(|clock| format!("Thực hiện {}, ", clock.basis.replace("; ", " và ")));
    let intro = basis.unwrap_or_default();
    let again = if row.breach.notices.is_empty() { "thông báo" } else { "thông báo bổ sung" };
    let mut body = vec![
        paragraph(&format!("{intro}{name} {again} vi phạm quy định về bảo vệ dữ liệu cá nhân như sau:")),
        heading("Cơ quan thông báo"),
        paragraph(&format!("Tên cơ quan: {name}. Địa danh: {}.", office.names.place)),
        paragraph(&format!(
            "Người được giao bảo vệ dữ liệu cá nhân: {}.",
            known.officer.trim_end_matches('.')
        )),
        heading("Thời điểm"),
    ];
    if let Some(at) = known.noticed_at {
        body.push(paragraph(&format!("Phát hiện lúc {}.", moment(at))));
    }
    paragraphs(&known.happened, "Thời gian, địa điểm xảy ra: đang xác minh.", &mut body);
    body.push(heading("Hành vi vi phạm"));
    paragraphs(&known.nature, UNKNOWN, &mut body);
    body.push(heading("Loại dữ liệu và số người có dữ liệu liên quan"));
    paragraphs(&known.data_kinds, UNKNOWN, &mut body);
    let people = known.people.map(|count| count.to_string());
    let people = people.as_deref().unwrap_or("đang xác minh; sẽ thông báo bổ sung");
    body.push(paragraph(&format!("Số người có dữ liệu liên quan: {people}.")));
    body.push(heading("Hậu quả, thiệt hại đã xảy ra hoặc có thể xảy ra"));
    paragraphs(&known.consequences, UNKNOWN, &mut body);
    body.push(heading("Biện pháp khắc phục, giảm thiểu tác hại"));
    paragraphs(&known.measures, UNKNOWN, &mut body);
    if !late_reason.is_empty() {
        body.push(heading("Lý do thông báo sau thời hạn"));
        paragraphs(late_reason, "", &mut body);
    }
    body
}

/// What a notice bears once it is sent.
struct Borne<'a> {
    number: Option<u32>,
    symbol: &'a str,
    day: Option<Day>,
    addressee: &'a str,
    late_reason: &'a str,
}

fn compose(row: &BreachRow, (office, today): (&Office, Day), borne: &Borne<'_>) -> Document {
    let names = &office.names;
    Document {
        layout: report::layout::Layout::default(),
        header: Header {
            parent: names.parent.clone(),
            issuer: names.header.clone(),
            number: borne.number,
            symbol: borne.symbol.to_owned(),
            place: names.place.clone(),
            date: borne.day,
            counted_until: today,
        },
        type_name: "Thông báo".to_owned(),
        summary: "Vi phạm quy định về bảo vệ dữ liệu cá nhân".to_owned(),
        addressees: vec![borne.addressee.to_owned()],
        bases: Vec::new(),
        pattern: Pattern::Numbered,
        body: body(row, office, borne.late_reason),
        signature: office.signer.as_ref().and_then(|signer| Signature::compose(signer).ok()),
        recipients: Vec::new(),
        filing_unit: names.filing_unit.clone(),
        secretary: String::new(),
        annexes: Vec::new(),
        proof: None,
    }
}

/// A notice as it was typed and checked.
struct Checked {
    symbol: String,
    addressee: String,
    sent_at: Timestamp,
    late_reason: String,
    is_first: bool,
}

fn checked(row: &BreachRow, typed: &Notice, now: Timestamp) -> Result<Checked, ActionError> {
    let (symbol, addressee) = (text::clean_line(&typed.symbol), text::clean_line(&typed.addressee));
    let late_reason = text::clean_text(&typed.late_reason);
    let sent_at = typed.at.unwrap_or(now);
    let is_first = row.breach.notices.is_empty();
    // A further notice has no limit of its own.
    let is_late = is_first && row.breach.clock.as_ref().is_some_and(|clock| clock.is_late_at(sent_at));
    let mut invalid = Vec::new();
    if typed.number == Some(0) {
        invalid.push(Invalid::new("number", "required"));
    }
    if symbol.is_empty() || symbol.contains('/') || symbol.chars().count() > 40 {
        invalid.push(Invalid::new("symbol", "not_a_symbol"));
    }
    if addressee.is_empty() {
        invalid.push(Invalid::new("addressee", "required"));
    }
    if is_late && late_reason.is_empty() {
        invalid.push(Invalid::new("late_reason", "required"));
    }
    for (field, value, most) in [("addressee", &addressee, 300), ("late_reason", &late_reason, LONGEST)] {
        if value.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if sent_at > now {
        invalid.push(Invalid::new("sent_on", "in_future"));
    }
    if let Some(noticed) = row.breach.known.noticed_at.filter(|noticed| sent_at < *noticed) {
        let start = time::instant_in_table(noticed);
        invalid.push(Invalid::new("sent_on", "before_start").with("start", start));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let late_reason = if is_late { late_reason } else { String::new() };
    Ok(Checked { symbol, addressee, sent_at, late_reason, is_first })
}

/// Sends a notice under a number: its files are kept as they leave, the register of outgoing documents has its line.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; for a moment before it was noticed or ahead; after the limit
/// without a reason; a number that is taken, with the next one; [`ActionError::Stale`].
pub fn notify(app: &App, actor: &Actor, at: (BreachId, i64), typed: &Notice) -> Result<(), ActionError> {
    actor.require(Capability::ReportBreaches)?;
    let row = app.read(|r| rows::find(r, at.0)?.ok_or(ActionError::NotFound))?;
    if row.version != at.1 {
        return Err(ActionError::Stale);
    }
    let decided_now = machine::decide((row.state, &row.breach), Event::Notify, &actor.roles);
    decided_now.map_err(|refusal: Refusal| ActionError::Refused(refusal.code()))?;
    let (office, now) = (office::office(app)?, app.now());
    let Checked { symbol, addressee, sent_at, late_reason, is_first } = checked(&row, typed, now)?;
    let (day, today) = (time::day_of(sent_at), time::day_of(now));
    numbering::with_number(app, (office.unit, day), typed.number, |number| {
        let gap_reason = typed.gap_reason.as_str();
        let wanted = Wanted { unit: office.unit, day, number, symbol: &symbol, gap_reason };
        let borne = Borne {
            number: Some(number),
            symbol: &symbol,
            day: Some(day),
            addressee: &addressee,
            late_reason: &late_reason,
        };
        let (kept, files) = letter::draw_kept(app, &compose(&row, (&office, today), &borne))?;
        let values = line(&wanted, &office, &addressee);
        app.write(actor, |tx| {
            let mut row = decided(tx, actor, at, Event::Notify)?;
            let document = numbering::register(tx, wanted, values.clone())?;
            for file in &files {
                store::blob::register(tx, file)?;
            }
            if is_first {
                row.breach.on_time = row.breach.clock.as_ref().map(|clock| !clock.is_late_at(sent_at));
            }
            row.due_at = None;
            row.breach.notices.push(Sent {
                symbol: wanted.full(),
                day,
                at: sent_at,
                addressee: addressee.clone(),
                late_reason: late_reason.clone(),
                document,
                kept: kept.clone(),
                person: actor.name.clone(),
            });
            rows::update(tx, "data_breach.notify", &row)?;
            Ok(())
        })
    })
}

/// The line of a notice in the register of outgoing documents.
fn line(wanted: &Wanted<'_>, office: &Office, addressee: &str) -> Values {
    let mut line = Line::new(Register::OutgoingDocuments);
    line.text("symbol", &wanted.full());
    line.day("issued_on", wanted.day);
    line.text("summary", "Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân");
    if let Some(signer) = &office.signer {
        line.text("signer", &signer.name);
    }
    line.text("recipients", addressee);
    line.day("sent_on", wanted.day);
    line.values()
}

/// A notice: one that left, by its place from 0; or, without a place, as the next would be drawn now.
///
/// # Errors
/// Without the right, when there is none, or while something it has to say is missing.
pub fn notice_file(
    app: &App,
    actor: &Actor,
    id: BreachId,
    (place, file): (Option<usize>, File),
) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ReportBreaches)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    if let Some(place) = place {
        let sent = row.breach.notices.get(place).ok_or(ActionError::NotFound)?;
        return kept_file::read(app, letter::digest_of(&sent.kept, file));
    }
    if !row.breach.known.is_complete() {
        return Err(ActionError::NotFound);
    }
    let office = office::office(app)?;
    let symbol = symbol_of(&office);
    let borne = Borne { number: None, symbol: &symbol, day: None, addressee: AUTHORITY, late_reason: "" };
    letter::draw(app, &compose(&row, (&office, app.today()), &borne), file)
}
