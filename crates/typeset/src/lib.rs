//! PDF from a Typst source and data, tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same input.
//!
//! Knows nothing of reports or registers. Reads no file but the fonts it is told to look for, has no network and no
//! clock: a source can open only the files handed over in [`Job`].

mod fonts;
mod world;

use std::sync::Arc;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use fonts::{FontError, FontOrigin, Fonts, SELF_TEST, STANDARD_FOLDERS};

/// What to set: a Typst source and the files it may open.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The Typst source. Text of people belongs into a data file, never into the source.
    pub source: &'a str,
    /// Files by absolute virtual path, `/data.json`.
    pub files: Vec<(&'a str, Vec<u8>)>,
    /// Identifies the document for ever; the identifier in the PDF is a hash of it.
    pub identity: &'a str,
}

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why no PDF came out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// A file of the job has a path that leads outside.
    #[error("the file path {0:?} is not a path inside the job")]
    BadPath(String),
    /// The source could not be set, or the result is no PDF/A or PDF/UA; one line per fault.
    #[error("the document could not be typeset: {0}")]
    Source(String),
}

/// How many rounds of unused results stay in memory: a warm document is set again in a fraction of the time.
const ROUNDS_KEPT: usize = 8;

/// Sets the job with the fonts.
///
/// # Errors
/// When a path is bad, the source has a fault or the result would break PDF/A-2a or PDF/UA-1.
pub fn pdf(fonts: &Arc<Fonts>, job: &Job<'_>) -> Result<Pdf, TypesetError> {
    let world = world::JobWorld::new(fonts, job)?;
    let set = typst::compile::<PagedDocument>(&world);
    let document = set.output.map_err(|faults| TypesetError::Source(in_words(&faults)))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fault| TypesetError::Source(fault.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(job.identity.to_owned()),
        creator: Smart::Custom(Some("Phát Ngôn".to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| TypesetError::Source(in_words(&faults)));
    comemo::evict(ROUNDS_KEPT);
    Ok(Pdf { bytes: bytes?, pages: document.pages().len() })
}

fn in_words(faults: &[SourceDiagnostic]) -> String {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            let hints: Vec<&str> = fault.hints.iter().map(|hint| hint.v.as_str()).collect();
            format!("{} {}", fault.message, hints.join(" ")).trim_end().to_owned()
        })
        .collect();
    lines.join("; ")
}
