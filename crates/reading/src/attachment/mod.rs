//! Files that are to be published as they are: whether they are what they say, may be handed on at all, and what they
//! hold that nobody sees who only looks at them (security checklist UPL-03, UPL-A01, UPL-A07, DOC-06).

mod office;
mod pdf;

use serde::{Deserialize, Serialize};

use crate::limits::{Limits, Refused};
use crate::signature::Signature;

/// What a file is by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument sheets.
    Ods,
    /// PDF.
    Pdf,
}

impl Kind {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Pdf => "application/pdf",
        }
    }
}

/// Something in a file that is not seen by who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Names of who wrote it and of their organisation.
    Author,
    /// Comments.
    Comments,
    /// Changes that were tracked and neither taken nor refused.
    Changes,
    /// Words formatted as hidden.
    Words,
    /// Hidden sheets.
    Sheets,
    /// Hidden rows and columns.
    Cells,
    /// Links to other files, data of other workbooks.
    Links,
    /// Files inside the file.
    Files,
    /// Programs (JavaScript) and actions of a PDF.
    Scripts,
    /// Annotations of a PDF but links and fields of forms.
    Annotations,
    /// Pages that are pictures: no words and no marks can be looked for.
    Pictures,
}

impl Hidden {
    /// All of them.
    pub const ALL: [Hidden; 11] = [
        Hidden::Author,
        Hidden::Comments,
        Hidden::Changes,
        Hidden::Words,
        Hidden::Sheets,
        Hidden::Cells,
        Hidden::Links,
        Hidden::Files,
        Hidden::Scripts,
        Hidden::Annotations,
        Hidden::Pictures,
    ];

    /// The stable word; its text stands in the locales of the application.
    pub const fn word(self) -> &'static str {
        match self {
            Hidden::Author => "author",
            Hidden::Comments => "comments",
            Hidden::Changes => "changes",
            Hidden::Words => "words",
            Hidden::Sheets => "sheets",
            Hidden::Cells => "cells",
            Hidden::Links => "links",
            Hidden::Files => "files",
            Hidden::Scripts => "scripts",
            Hidden::Annotations => "annotations",
            Hidden::Pictures => "pictures",
        }
    }
}

/// How often something hidden was found, and the first of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub hidden: Hidden,
    /// How often.
    pub count: u32,
    /// A name or word of it, to be recognised by; may be empty.
    pub example: String,
}

/// What was found in a file that may be handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// What it is.
    pub kind: Kind,
    /// Its words, a line each; none when they cannot be drawn out.
    pub text: Option<String>,
    /// A mark of state secrets, as it stands there.
    pub secret: Option<String>,
    /// What is hidden in it, in the order of [`Hidden::ALL`].
    pub findings: Vec<Finding>,
    /// Digital signatures of a PDF, only looked at, not trusted.
    #[serde(default)]
    pub signatures: Vec<Signature>,
}

/// Findings under way.
#[derive(Default)]
struct Tally(std::collections::BTreeMap<Hidden, (u32, String)>);

impl Tally {
    fn add(&mut self, hidden: Hidden, example: &str) {
        self.count(hidden, 1, example);
    }

    fn count(&mut self, hidden: Hidden, count: usize, example: &str) {
        if count == 0 {
            return;
        }
        let (all, first) = self.0.entry(hidden).or_default();
        *all = all.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        if first.is_empty() {
            *first = crate::layout::tidy(example).chars().take(80).collect();
        }
    }

    fn findings(self) -> Vec<Finding> {
        let made = |(hidden, (count, example))| Finding { hidden, count, example };
        self.0.into_iter().map(made).collect()
    }
}

/// Checks a file and looks for what is hidden in it.
///
/// # Errors
/// When it is harmful, damaged, locked, over a limit, or none of the kinds that are taken.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<Checked, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    if bytes.starts_with(b"%PDF-") { pdf::check(bytes, limits) } else { office::check(bytes, limits) }
}
