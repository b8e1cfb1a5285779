//! The reply as an official document (*công văn trả lời*), in the form of NĐ 30/2020.

use domain::access::Capability;
use domain::id::CaseId;
use domain::law::{self, Ground};
use domain::press::conference::Kept;
use domain::time::{self, Day};
use report::document::{Block, Document, Header, Inline, Pattern, Signature, Signer};
use store::blob::BlobRow;
use store::press::{self as rows, CaseRow};

use crate::office::Office;
use crate::{ActionError, Actor, App, kept_file, office, rules};

/// A file of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// For Word.
    Docx,
    /// To print and to send.
    Pdf,
}

impl File {
    /// The file with this name in an address.
    pub fn from_word(word: &str) -> Option<File> {
        [File::Docx, File::Pdf].into_iter().find(|file| file.word() == word)
    }

    /// Its name in an address, and its ending.
    pub const fn word(self) -> &'static str {
        match self {
            File::Docx => "docx",
            File::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            File::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            File::Pdf => "application/pdf",
        }
    }
}

/// What a letter needs besides the request.
pub(super) struct Parts<'a> {
    pub(super) office: &'a Office,
    pub(super) grounds: &'a [Ground],
    pub(super) today: Day,
}

/// The letter of a request: with number and date once they are given.
pub(super) fn compose(
    row: &CaseRow,
    parts: &Parts<'_>,
    number: Option<(u32, &str, Day)>,
    signer: Option<&Signer>,
) -> Document {
    let names = &parts.office.names;
    let request = &row.request;
    let asked = &request.asked;
    let subject = asked.subject.trim().trim_end_matches(['.', ';']);
    let own = |symbol: &str| symbol.split_once('/').map_or(symbol, |(_, rest)| rest).to_owned();
    let symbol = number.map_or_else(|| symbol_of(parts.office), |(_, symbol, _)| own(symbol));
    let mut body = vec![paragraph(&opening(row, names.name.as_str()))];
    body.extend(request.answer.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(paragraph));
    if let Some(ground) = parts.grounds.iter().find(|ground| ground.code == request.answer.ground) {
        body.push(paragraph(&format!(
            "Căn cứ từ chối cung cấp thông tin: {} ({}).",
            ground.title.trim_end_matches('.'),
            law::cited(&ground.basis)
        )));
    }
    body.push(paragraph(&format!("{} trân trọng thông báo", names.name)));
    let about =
        if request.answer.refuses() { "từ chối cung cấp thông tin" } else { "cung cấp thông tin" };
    Document {
        layout: report::layout::Layout::default(),
        header: Header {
            parent: names.parent.clone(),
            issuer: names.header.clone(),
            number: number.map(|(number, _, _)| number),
            symbol,
            place: names.place.clone(),
            date: number.map(|(_, _, day)| day),
            counted_until: parts.today,
        },
        type_name: String::new(),
        summary: format!("{about} về {}", lower_first(subject)),
        addressees: vec![asked.requester.clone()],
        bases: Vec::new(),
        pattern: Pattern::Numbered,
        body,
        signature: signer.and_then(|signer| Signature::compose(signer).ok()),
        recipients: Vec::new(),
        filing_unit: names.filing_unit.clone(),
        secretary: String::new(),
        annexes: Vec::new(),
        proof: None,
    }
}

fn opening(row: &CaseRow, office: &str) -> String {
    let asked = &row.request.asked;
    let received = time::day_in_words(time::day_of(row.received_at));
    let document = if asked.request_symbol.is_empty() {
        String::new()
    } else {
        format!(" (văn bản, giấy giới thiệu số {})", asked.request_symbol)
    };
    format!(
        "{office} nhận được yêu cầu của {}{document} {received} về việc: {}. Về nội dung này, {office} có ý kiến như sau:",
        asked.requester,
        asked.subject.trim_end_matches('.')
    )
}

pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    // A name keeps its capital: only a word in small letters after the first is a sentence.
    let is_name = letters.clone().next().is_some_and(char::is_uppercase);
    match first {
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        Some(_) => text.to_owned(),
        None => String::new(),
    }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph(Inline::text(text))
}

/// The symbol of a letter without its number: body and drafting unit (FM-NO-6).
pub(super) fn symbol_of(office: &Office) -> String {
    let names = &office.names;
    match names.filing_unit.trim() {
        "" => names.symbol.clone(),
        unit => format!("{}-{unit}", names.symbol),
    }
}

/// Draws a letter.
pub(crate) fn draw(app: &App, document: &Document, file: File) -> Result<Vec<u8>, ActionError> {
    Ok(match file {
        File::Docx => report::docx(document).map_err(anyhow::Error::new)?,
        File::Pdf => report::pdf(document, &app.fonts()?).map_err(anyhow::Error::new)?.bytes,
    })
}

/// Draws both files of a document as it leaves and puts them among the files; their rows are registered by whoever
/// names them.
pub(crate) fn draw_kept(app: &App, document: &Document) -> Result<(Kept, Vec<BlobRow>), ActionError> {
    let mut rows = Vec::new();
    for file in [File::Docx, File::Pdf] {
        let bytes = draw(app, document, file)?;
        rows.push(kept_file::put(app, bytes, file.media_type())?);
    }
    let digest = |index: usize| rows.get(index).map(|row| row.digest.to_string()).unwrap_or_default();
    Ok((Kept { docx: digest(0), pdf: digest(1) }, rows))
}

/// The digest of one of the kept files.
pub(crate) fn digest_of(kept: &Kept, file: File) -> &str {
    match file {
        File::Docx => &kept.docx,
        File::Pdf => &kept.pdf,
    }
}

/// A file of the reply: as it left, or as it stands now while it is a draft.
///
/// # Errors
/// Without the right to see requests, when there is none, or nothing is written yet.
pub fn file(app: &App, actor: &Actor, id: CaseId, file: File) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    if row.request.issued.is_some() {
        return kept(app, &row, file);
    }
    if row.request.answer.text.is_empty() || row.request.spoken.is_some() {
        return Err(ActionError::NotFound);
    }
    let (office, policy) = (office::office(app)?, rules::policy(app)?);
    let grounds: Vec<Ground> = policy.law.grounds_at(time::day_of(row.received_at)).cloned().collect();
    let parts = Parts { office: &office, grounds: &grounds, today: app.today() };
    draw(app, &compose(&row, &parts, None, office.signer.as_ref()), file)
}

/// The file as it left.
pub(super) fn kept(app: &App, row: &CaseRow, file: File) -> Result<Vec<u8>, ActionError> {
    let issued = row.request.issued.as_ref().ok_or(ActionError::NotFound)?;
    let digest = match file {
        File::Docx => &issued.docx,
        File::Pdf => &issued.pdf,
    };
    kept_file::read(app, digest)
}
