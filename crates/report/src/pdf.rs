//! The document as PDF: tagged, PDF/A-2a and PDF/UA-1, font inside. All text goes to Typst as data, never as source.

use std::sync::Arc;

use serde::Serialize;
use typeset::{Fonts, Job, TypesetError};

use crate::document::{Document, Laid};
use crate::escape;
use crate::layout::{self, END_SIGN};
use crate::qr;

const SOURCE: &str = include_str!("../assets/document.typ");

/// A PDF, and which font is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The family embedded: `Liberation Serif`.
    pub font: String,
    /// Whether its letters are as wide as those of Times New Roman, so that it breaks lines as the DOCX does.
    pub times_widths: bool,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The document could not be written as data.
    #[error("the document could not be written as data: {0}")]
    Data(#[from] serde_json::Error),
    /// It could not be typeset.
    #[error(transparent)]
    Typeset(#[from] TypesetError),
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    laid: &'a Laid,
    title_line: String,
    author: String,
    font: &'a str,
    national_name: &'a str,
    motto: &'a str,
    end_sign: &'a str,
    date: Option<[i16; 3]>,
    margins: layout::Margins,
    first_line: f64,
    line: f64,
    paragraph: u32,
    short_rule: f64,
    rule_points: f64,
    header_left: u32,
    proof: Option<Proof>,
}

#[derive(Serialize)]
struct Proof {
    url: String,
    digest: String,
    checkpoint: i64,
    has_code: bool,
}

/// Draws the document with the fonts.
///
/// # Errors
/// When it cannot be typeset; not for any text that people wrote.
pub fn pdf(document: &Document, fonts: &Arc<Fonts>) -> Result<MadePdf, PdfError> {
    let laid = document.laid();
    let code = document.proof.as_ref().and_then(|proof| qr::modules(&proof.url));
    let issued = document.header.date;
    let data = Data {
        laid: &laid,
        title_line: document.title_line(),
        author: document.header.issuer.join(" "),
        font: fonts.family(),
        national_name: layout::NATIONAL_NAME,
        motto: layout::MOTTO,
        end_sign: END_SIGN,
        date: issued.map(|day| [day.year(), i16::from(day.month()), i16::from(day.day())]),
        margins: document.layout.margins,
        first_line: f64::from(document.layout.first_line.hundredths_of_mm()) / 100.0,
        line: f64::from(document.layout.line_hundredths) / 100.0,
        paragraph: document.layout.paragraph_points,
        short_rule: layout::SHORT_RULE,
        rule_points: layout::RULE_POINTS,
        header_left: document.layout.header_left_percent(),
        proof: document.proof.as_ref().map(|proof| Proof {
            url: proof.url.clone(),
            digest: proof.digest_on_paper(),
            checkpoint: proof.checkpoint,
            has_code: code.is_some(),
        }),
    };
    let data = escape::plain(&serde_json::to_string(&data)?);
    let mut files = vec![("/data.json", data.clone().into_bytes())];
    if let Some(code) = code {
        files.push(("/code.svg", code.svg().into_bytes()));
    }
    let made = typeset::pdf(fonts, &Job { source: SOURCE, files, identity: &data })?;
    Ok(MadePdf {
        bytes: made.bytes,
        pages: made.pages,
        font: fonts.family().to_owned(),
        times_widths: fonts.has_times_widths(),
    })
}
