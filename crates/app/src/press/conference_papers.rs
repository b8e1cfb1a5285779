//! The papers of a press conference as official documents, in the form of NĐ 30/2020: the notice to the provincial
//! committee, the invitation, the minutes. Each is drawn from the record; what left is kept as it left.

use domain::access::Capability;
use domain::id::{ConferenceId, RecordId};
use domain::press::conference::{self as machine, Conference, Kept};
use domain::register::Register;
use domain::text;
use domain::time::{self, Day, Timestamp};
use domain::unit::{Tree, UnitKind};
use report::document::{Annex, Block, Column, Document, Header, Inline, Pattern, Signature, Signer, Table};
use store::Tx;
use store::conference::{self as rows, ConferenceRow};

use super::letter::{self, File, lower_first, paragraph};
use crate::kept_line::Line;
use crate::numbering::{self, Wanted};
use crate::office::Office;
use crate::{ActionError, Actor, App, kept_file, office};

/// What a conference is called before the name of a province is known.
const ANY_PROVINCE: &str = "Ủy ban nhân dân tỉnh";

/// A paper of a press conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConferencePaper {
    /// *Công văn thông báo tổ chức họp báo.*
    Notice,
    /// *Giấy mời.*
    Invitation,
    /// *Biên bản.*
    Minutes,
}

impl ConferencePaper {
    /// All of them.
    pub const ALL: [ConferencePaper; 3] =
        [ConferencePaper::Notice, ConferencePaper::Invitation, ConferencePaper::Minutes];

    /// Its name in an address; locale key `conference.document.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            ConferencePaper::Notice => "notice",
            ConferencePaper::Invitation => "invitation",
            ConferencePaper::Minutes => "minutes",
        }
    }

    /// The paper with this name in an address.
    pub fn from_word(word: &str) -> Option<ConferencePaper> {
        ConferencePaper::ALL.into_iter().find(|paper| paper.word() == word)
    }

    /// The symbol it bears without its number (FM-NO-5, FM-NO-6).
    pub(super) fn symbol(self, office: &Office) -> String {
        match self {
            ConferencePaper::Notice => letter::symbol_of(office),
            ConferencePaper::Invitation => format!("GM-{}", office.names.symbol),
            ConferencePaper::Minutes => format!("BB-{}", office.names.symbol),
        }
    }

    fn kept(self, conference: &Conference) -> Option<&Kept> {
        match self {
            ConferencePaper::Notice => conference.notice.as_ref()?.kept.as_ref(),
            ConferencePaper::Invitation => Some(&conference.invitation.as_ref()?.kept),
            ConferencePaper::Minutes => conference.minutes_kept.as_ref(),
        }
    }
}

/// To whom the notice goes: the provincial committee above the office.
pub(super) fn authority(tree: &Tree, office: &Office) -> String {
    let above = tree.ancestors(office.unit).into_iter().find(|unit| unit.kind == UnitKind::Province);
    above.map_or_else(|| ANY_PROVINCE.to_owned(), |unit| unit.name.clone())
}

/// `09 giờ 00 phút, ngày 10 tháng 6 năm 2020`.
fn moment(at: Timestamp) -> String {
    let local = at.to_zoned(time::vietnam());
    format!("{:02} giờ {:02} phút, {}", local.hour(), local.minute(), time::day_in_words(local.date()))
}

/// What it is about, as it goes on after "họp báo".
fn about(subject: &str) -> String {
    let subject = subject.trim().trim_end_matches(['.', ';']);
    let folded = text::fold(subject);
    if folded.starts_with("hop bao ") {
        return subject.chars().skip("họp báo ".chars().count()).collect::<String>().trim().to_owned();
    }
    if folded.starts_with("ve ") { lower_first(subject) } else { format!("về {}", lower_first(subject)) }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: Inline::text(text) }
}

fn dash(text: &str) -> Block {
    Block::Dash(Inline::text(text))
}

/// The list of those invited, as an annex.
fn invited(conference: &Conference) -> Annex {
    let column = |title: &str, share: u32, centred: bool| Column { title: title.to_owned(), share, centred };
    let rows = conference.guests.iter().enumerate().map(|(index, guest)| {
        vec![Inline::text((index + 1).to_string()), Inline::text(guest.agency.clone())]
    });
    let table = Table {
        caption: "Danh sách cơ quan báo chí được mời".to_owned(),
        columns: vec![column("STT", 1, true), column("Cơ quan báo chí", 8, false)],
        rows: rows.collect(),
    };
    Annex {
        title: "Danh sách cơ quan báo chí được mời".to_owned(), body: vec![Block::Table(table)]
    }
}

/// The body of the notice: what the law of the day of the conference asks for (PL-CONF-3).
fn notice_body(row: &ConferenceRow, office: &Office) -> Vec<Block> {
    let conference = &row.conference;
    let name = &office.names.name;
    let law = machine::cited(time::day_of(row.starts_at));
    let law = law.map(|law| format!("Thực hiện {law}, ")).unwrap_or_default();
    let mut body = vec![
        paragraph(&format!("{law}{name} thông báo việc tổ chức họp báo như sau:")),
        heading("Nội dung họp báo"),
        paragraph(&format!("{}.", conference.subject.trim_end_matches('.'))),
        heading("Thời gian"),
        paragraph(&format!(
            "Bắt đầu lúc {}; dự kiến kết thúc lúc {}.",
            moment(row.starts_at),
            moment(conference.ends_at(row.starts_at))
        )),
        heading("Địa điểm"),
        paragraph(&format!("{}.", conference.place.trim_end_matches('.'))),
        heading("Người chủ trì"),
        paragraph(&format!("{}.", conference.chair)),
    ];
    // What is said to be enclosed is what is attached.
    if !conference.files.is_empty() {
        body.push(heading("Tài liệu chứng minh tính hợp pháp của thông tin"));
        body.push(paragraph("Gửi kèm văn bản này:"));
        let titles = conference.files.iter().map(|file| match file.text.trim() {
            "" => file.name.as_str(),
            title => title,
        });
        body.extend(titles.map(|title| dash(&format!("{};", title.trim_end_matches([';', '.'])))));
    }
    if !conference.guests.is_empty() {
        body.push(heading("Cơ quan báo chí được mời"));
        let count = conference.guests.len();
        body.push(paragraph(&format!("{count:02} cơ quan báo chí (danh sách tại Phụ lục kèm theo).")));
    }
    body.push(paragraph(&format!("{name} trân trọng thông báo")));
    body
}

fn invitation_body(row: &ConferenceRow, office: &Office) -> Vec<Block> {
    let conference = &row.conference;
    let name = &office.names.name;
    vec![
        paragraph(&format!(
            "{name} trân trọng kính mời: Các cơ quan báo chí (danh sách tại Phụ lục kèm theo)."
        )),
        paragraph(&format!("Tới dự: Họp báo {}.", about(&conference.subject))),
        paragraph(&format!("Chủ trì: {}.", conference.chair)),
        paragraph(&format!("Thời gian: {}.", moment(row.starts_at))),
        paragraph(&format!("Địa điểm: {}.", conference.place.trim_end_matches('.'))),
    ]
}

fn minutes_body(row: &ConferenceRow) -> Vec<Block> {
    let conference = &row.conference;
    let mut body = vec![
        paragraph(&format!("Thời gian bắt đầu: {}.", moment(row.starts_at))),
        paragraph(&format!("Địa điểm: {}.", conference.place.trim_end_matches('.'))),
        paragraph("Thành phần tham dự:"),
    ];
    let came: Vec<&str> =
        conference.guests.iter().filter(|guest| guest.came).map(|guest| guest.agency.as_str()).collect();
    let others = conference.others.lines().map(str::trim).filter(|line| !line.is_empty());
    body.extend(others.map(|line| dash(&format!("{};", line.trim_end_matches([';', '.'])))));
    body.push(match came.as_slice() {
        [] => dash("Không có cơ quan báo chí dự họp."),
        came => dash(&format!("Cơ quan báo chí ({:02}): {}.", came.len(), came.join(", "))),
    });
    body.push(paragraph(&format!("Chủ trì (chủ tọa): {}.", conference.chair)));
    if !conference.secretary.is_empty() {
        body.push(paragraph(&format!("Thư ký (người ghi biên bản): {}.", conference.secretary)));
    }
    body.push(paragraph("Nội dung:"));
    body.extend(conference.minutes.lines().map(str::trim).filter(|line| !line.is_empty()).map(paragraph));
    let ended = conference.ended_at.unwrap_or_else(|| conference.ends_at(row.starts_at));
    body.push(paragraph(&format!("Cuộc họp báo kết thúc vào lúc {}", moment(ended))));
    body
}

/// What a paper bears once it has a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Borne<'a> {
    /// *Số*; none of minutes whose symbol is not a number with a symbol.
    pub(super) number: Option<u32>,
    /// *Ký hiệu* without the number.
    pub(super) symbol: &'a str,
    /// Its day.
    pub(super) day: Day,
}

/// A paper as a document: with number and date once they are given.
pub(super) fn compose(
    row: &ConferenceRow,
    (office, addressee): (&Office, &str),
    paper: ConferencePaper,
    (borne, signer): (Option<Borne<'_>>, Option<&Signer>),
) -> Document {
    let names = &office.names;
    let conference = &row.conference;
    let subject = about(&conference.subject);
    let (type_name, summary, body) = match paper {
        ConferencePaper::Notice => {
            (String::new(), format!("thông báo tổ chức họp báo {subject}"), notice_body(row, office))
        }
        ConferencePaper::Invitation => {
            ("Giấy mời".to_owned(), format!("Dự họp báo {subject}"), invitation_body(row, office))
        }
        ConferencePaper::Minutes => ("Biên bản".to_owned(), format!("Họp báo {subject}"), minutes_body(row)),
    };
    let own = paper.symbol(office);
    let is_minutes = paper == ConferencePaper::Minutes;
    let signature = if is_minutes {
        Signature::of_part("Chủ tọa", &conference.chair).ok()
    } else {
        signer.and_then(|signer| Signature::compose(signer).ok())
    };
    let recipients = match paper {
        ConferencePaper::Invitation => vec!["Các cơ quan báo chí được mời".to_owned()],
        ConferencePaper::Notice | ConferencePaper::Minutes => Vec::new(),
    };
    let has_list = !is_minutes && !conference.guests.is_empty();
    Document {
        layout: report::layout::Layout::default(),
        header: Header {
            parent: names.parent.clone(),
            issuer: names.header.clone(),
            number: borne.and_then(|borne| borne.number),
            symbol: borne.map_or(own, |borne| borne.symbol.to_owned()),
            place: names.place.clone(),
            date: borne.map(|borne| borne.day),
            counted_until: time::day_of(row.starts_at),
        },
        type_name,
        summary,
        addressees: if paper == ConferencePaper::Notice { vec![addressee.to_owned()] } else { Vec::new() },
        bases: Vec::new(),
        pattern: Pattern::Numbered,
        body,
        signature,
        recipients,
        filing_unit: names.filing_unit.clone(),
        secretary: if is_minutes { conference.secretary.clone() } else { String::new() },
        annexes: if has_list { vec![invited(conference)] } else { Vec::new() },
        proof: None,
    }
}

/// A number a paper is to have, as it was typed and checked.
pub(super) struct Asked<'a> {
    /// The next one of the year when absent.
    pub(super) number: Option<u32>,
    /// Why numbers are left out before it.
    pub(super) gap_reason: &'a str,
    /// Its symbol without the number.
    pub(super) symbol: &'a str,
    /// Its day.
    pub(super) day: Day,
    /// To whom.
    pub(super) addressee: &'a str,
}

/// A paper that was given its number.
pub(super) struct Given {
    /// With its symbol.
    pub(super) symbol: String,
    /// Its line in the register of outgoing documents.
    pub(super) document: RecordId,
    /// Its files.
    pub(super) kept: Kept,
}

/// Draws a paper under a number and gives it that number in the transaction that `save` completes. It is drawn before
/// the transaction; the version that is saved there is the one that was drawn.
pub(super) fn send(
    app: &App,
    actor: &Actor,
    (row, paper): (&ConferenceRow, ConferencePaper),
    asked: &Asked<'_>,
    save: impl Fn(&mut Tx<'_>, Given) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    let office = office::office(app)?;
    let signer = office.signer.as_ref();
    numbering::with_number(app, (office.unit, asked.day), asked.number, |number| {
        let wanted = Wanted {
            unit: office.unit,
            day: asked.day,
            number,
            symbol: asked.symbol,
            gap_reason: asked.gap_reason,
        };
        let borne = Borne { number: Some(number), symbol: asked.symbol, day: asked.day };
        let document = compose(row, (&office, asked.addressee), paper, (Some(borne), signer));
        let (kept, files) = letter::draw_kept(app, &document)?;
        let mut line = Line::new(Register::OutgoingDocuments);
        line.text("symbol", &wanted.full());
        line.day("issued_on", asked.day);
        let name = if document.is_letter() { "V/v" } else { "Giấy mời" };
        line.text("summary", &format!("{name} {}", lower_first(&document.summary)));
        if let Some(signer) = signer {
            line.text("signer", &signer.name);
        }
        line.text("recipients", asked.addressee);
        line.day("sent_on", asked.day);
        let values = line.values();
        app.write(actor, |tx| {
            let document = numbering::register(tx, wanted, values.clone())?;
            for file in &files {
                store::blob::register(tx, file)?;
            }
            save(tx, Given { symbol: wanted.full(), document, kept: kept.clone() })
        })
    })
}

/// The files of the minutes as they stand, put among the files.
pub(super) fn keep_minutes(
    app: &App,
    row: &ConferenceRow,
) -> Result<(Kept, Vec<store::blob::BlobRow>), ActionError> {
    let office = office::office(app)?;
    let (number, own) = match row.conference.minutes_symbol.split_once('/') {
        Some((number, own)) => (number.trim().parse().ok(), own.trim()),
        None => (None, ""),
    };
    let typed = ConferencePaper::Minutes.symbol(&office);
    let symbol = if number.is_some() { own } else { &typed };
    let borne = Borne { number, symbol, day: time::day_of(row.starts_at) };
    let document = compose(row, (&office, ""), ConferencePaper::Minutes, (Some(borne), None));
    letter::draw_kept(app, &document)
}

/// Whether there is such a paper of a conference: no minutes before it was held, and none of what left on paper before
/// papers were drawn here.
pub fn is_drawn(row: &ConferenceRow, paper: ConferencePaper) -> bool {
    let was_held = matches!(row.state, machine::State::Held | machine::State::Closed);
    match paper {
        ConferencePaper::Notice => row.conference.notice.as_ref().is_none_or(|notice| notice.kept.is_some()),
        ConferencePaper::Invitation => !row.conference.guests.is_empty(),
        ConferencePaper::Minutes => {
            was_held && (row.state == machine::State::Held || row.conference.minutes_kept.is_some())
        }
    }
}

/// A paper of a press conference: as it left, or as it would be drawn now.
///
/// # Errors
/// Without the right to see the press desk, or when there is none; minutes before it was held.
pub fn conference_paper(
    app: &App,
    actor: &Actor,
    id: ConferenceId,
    (paper, file): (ConferencePaper, File),
) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    if let Some(kept) = paper.kept(&row.conference) {
        return kept_file::read(app, letter::digest_of(kept, file));
    }
    if !is_drawn(&row, paper) {
        return Err(ActionError::NotFound);
    }
    let (office, tree) = (office::office(app)?, office::tree(app)?);
    let addressee = authority(&tree, &office);
    let document = compose(&row, (&office, &addressee), paper, (None, office.signer.as_ref()));
    letter::draw(app, &document, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_goes_on_after_the_word_for_a_conference_however_it_was_typed() {
        for typed in ["Kết quả quý III.", "về kết quả quý III", "Họp báo về kết quả quý III"]
        {
            assert_eq!(about(typed), "về kết quả quý III", "{typed}");
        }
        assert_eq!(about("Họp báo thường kỳ"), "thường kỳ");
        assert_eq!(about("Về việc thu gom rác"), "về việc thu gom rác");
    }

    #[test]
    fn a_moment_is_written_as_documents_write_days() {
        let at = time::at(jiff::civil::date(2026, 1, 5), 9, 0).unwrap();
        assert_eq!(moment(at), "09 giờ 00 phút, ngày 05 tháng 01 năm 2026");
    }
}
