//! One question about one file, and its answer: what the helper process is asked and says.

use serde::{Deserialize, Serialize};

use crate::article::{self, Article};
use crate::attachment::{self, Checked};
use crate::decree::{self, Decree};
use crate::layout::Line;
use crate::limits::{Limits, Refused};
use crate::signature::{self, Signature};
use crate::{docx, pdf, sound};

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// An article out of a DOCX file.
    Article,
    /// Text and fields of an official document, DOCX or PDF.
    Document,
    /// The same of a scanned PDF, its signs recognised (*nhận dạng chữ*, OCR).
    Recognise,
    /// How long a recording is.
    Length,
    /// Whether a file may be published as it is, and what is hidden in it.
    Check,
}

impl Ask {
    /// All of them.
    pub const ALL: [Ask; 5] = [Ask::Article, Ask::Document, Ask::Recognise, Ask::Length, Ask::Check];

    /// The word on the command line of the helper.
    pub const fn word(self) -> &'static str {
        match self {
            Ask::Article => "article",
            Ask::Document => "document",
            Ask::Recognise => "recognise",
            Ask::Length => "length",
            Ask::Check => "check",
        }
    }

    /// The question of a word.
    pub fn from_word(word: &str) -> Option<Ask> {
        Ask::ALL.into_iter().find(|ask| ask.word() == word)
    }
}

/// The format a file has by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

impl Format {
    /// Both of them.
    pub const ALL: [Format; 2] = [Format::Docx, Format::Pdf];

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Pdf => "application/pdf",
        }
    }
}

/// What an official document holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its format.
    pub format: Format,
    /// Its pages; none in DOCX.
    pub pages: Option<u32>,
    /// Its words, a line each; a row of a table in a DOCX is one line, its cells parted by tabs.
    pub text: String,
    /// Its fields.
    pub decree: Decree,
    /// Pages without a text layer that were not recognised either.
    pub without_text: Vec<u32>,
    /// Pages whose signs were recognised; what was read from them deserves a second look.
    pub recognised: Vec<u32>,
    /// Digital signatures, only looked at, not trusted.
    pub signatures: Vec<Signature>,
    /// A mark of state secrets (*dấu chỉ độ mật*), as it stands there.
    pub secret: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The article.
    Article(Article),
    /// The document.
    Document(Box<Document>),
    /// The length of a recording in seconds; none when it cannot be told.
    Length(Option<u32>),
    /// What a file that is to be published holds.
    Checked(Box<Checked>),
    /// The file was not read.
    Refused(Refused),
}

/// Answers a question in this very process. A file from outside is read by [`crate::process::Separate`] instead.
pub fn answer(ask: Ask, bytes: &[u8], limits: &Limits) -> Answer {
    let answer = match ask {
        Ask::Article => article::read(bytes, limits).map(Answer::Article),
        Ask::Document | Ask::Recognise => {
            document(bytes, limits).map(|read| Answer::Document(Box::new(read)))
        }
        Ask::Length => sound::seconds(bytes, limits).map(Answer::Length),
        Ask::Check => attachment::check(bytes, limits).map(|checked| Answer::Checked(Box::new(checked))),
    };
    answer.unwrap_or_else(Answer::Refused)
}

/// Reads an official document, DOCX or PDF by its content.
///
/// # Errors
/// As those of the two formats.
pub fn document(bytes: &[u8], limits: &Limits) -> Result<Document, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.starts_with(b"%PDF-") {
        let read = pdf::lines(bytes, limits)?;
        let signatures = signature::read(bytes);
        let mut document = of_lines(Format::Pdf, &read.lines);
        document.pages = Some(read.pages);
        document.without_text = read.without_text;
        document.signatures = signatures;
        Ok(document)
    } else {
        let read = docx::read(bytes, limits)?;
        Ok(Document { text: read.text, ..of_lines(Format::Docx, &read.lines) })
    }
}

/// A document of lines in reading order.
pub(crate) fn of_lines(format: Format, lines: &[Line]) -> Document {
    let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    Document {
        format,
        pages: None,
        text,
        decree: decree::read(lines),
        without_text: Vec::new(),
        recognised: Vec::new(),
        signatures: Vec::new(),
        secret: decree::secret_mark(lines),
    }
}
