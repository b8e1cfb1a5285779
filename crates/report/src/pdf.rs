//! The document as PDF: tagged, PDF/A-2a and PDF/UA-1, font inside. All text goes to Typst as data, never as source.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
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
    /// Signs of the text that the font does not have (another script, a picture sign); a question mark stands for each.
    pub replaced: Vec<char>,
}

/// Stands for a sign that the font cannot show.
const REPLACEMENT: char = '?';

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
    secretary_word: &'a str,
    date: [i16; 3],
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
    let dated = document.dated();
    let data = Data {
        laid: &laid,
        title_line: document.title_line(),
        author: document.header.issuer.join(" "),
        font: fonts.family(),
        national_name: layout::NATIONAL_NAME,
        motto: layout::MOTTO,
        end_sign: END_SIGN,
        secretary_word: layout::SECRETARY,
        date: [dated.year(), i16::from(dated.month()), i16::from(dated.day())],
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
    let mut data = serde_json::to_value(&data)?;
    let mut replaced = BTreeSet::new();
    showable(&mut data, fonts, &mut replaced);
    let data = data.to_string();
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
        replaced: replaced.into_iter().collect(),
    })
}

/// Puts [`REPLACEMENT`] for every sign that the font cannot show, drops signs that show nothing.
fn showable(value: &mut Value, fonts: &Fonts, replaced: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            let plain = escape::plain(text);
            *text = plain
                .chars()
                .filter(|sign| !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
                .map(|sign| match sign {
                    '\t' | '\n' | '\r' => ' ',
                    sign if fonts.shows(sign) => sign,
                    sign => {
                        replaced.insert(sign);
                        REPLACEMENT
                    }
                })
                .collect();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| showable(item, fonts, replaced)),
        Value::Object(fields) => fields.values_mut().for_each(|field| showable(field, fonts, replaced)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
