//! DOCX → article: headings, paragraphs, lists, tables and pictures as HTML for the sanitiser of articles, without
//! anything of Word's look. What cannot stand in an article is left out and told.

mod block;
mod inline;
mod numbering;
mod render;
mod style;
mod table;
mod xml;

use serde::{Deserialize, Serialize};

use crate::limits::{Limits, Refused};
use crate::package::Package;

/// A picture taken out of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// What stands for it in the HTML: the value of `src`, to be replaced by where the picture is kept.
    pub place: String,
    /// Its name in the file.
    pub name: String,
    /// Its description for those who cannot see it; empty when the writer gave none.
    pub alt: String,
    /// Its bytes, as they stood in the file. Carried beside the JSON, not in it.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Something of the file that is not in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Comments of reviewers.
    Comments,
    /// Changes that were tracked: insertions were taken, deletions left out.
    TrackedChanges,
    /// Text that Word hides.
    HiddenText,
    /// Pictures of a kind that the web does not show (EMF, WMF, SVG), or that stand outside the file.
    Pictures,
    /// Charts, drawings and embedded objects.
    Objects,
    /// More pictures than an article takes.
    TooManyPictures,
}

impl LeftOut {
    /// The stable word; its text stands in the locales.
    pub const fn word(self) -> &'static str {
        match self {
            LeftOut::Comments => "comments",
            LeftOut::TrackedChanges => "tracked_changes",
            LeftOut::HiddenText => "hidden_text",
            LeftOut::Pictures => "pictures",
            LeftOut::Objects => "objects",
            LeftOut::TooManyPictures => "too_many_pictures",
        }
    }
}

/// An article read from a DOCX file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Article {
    /// The title: the first paragraph of style Title or Heading 1, or the first centred bold line. Not in the HTML.
    pub title: String,
    /// The text as HTML, with pictures under their places; to be passed through the sanitiser.
    pub html: String,
    /// The pictures, in order.
    pub pictures: Vec<Picture>,
    /// What was left out, each kind once.
    pub left_out: Vec<LeftOut>,
}

/// Reads an article.
///
/// # Errors
/// When the package is damaged, locked, carries macros, is no text document, or over a limit.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Article, Refused> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main()?;
    let styles = package.xml("word/styles.xml")?.unwrap_or_default();
    let numbers = package.xml("word/numbering.xml")?.unwrap_or_default();
    let links = package.xml("word/_rels/document.xml.rels")?.unwrap_or_default();
    let notes = package.xml("word/footnotes.xml")?.unwrap_or_default();
    let around = block::Around {
        styles: style::Styles::read(&styles)?,
        numbering: numbering::Numbering::read(&numbers)?,
        links: xml::relations(&links)?,
        notes: xml::notes(&notes)?,
    };
    let document = xml::parse(&main)?;
    let mut reading = block::Reading::new(&around, &mut package, limits);
    let blocks = reading.document(document.root_element())?;
    let block::Found { pictures, left_out, notes } = reading.finish();
    let (title, html) = render::article(blocks, &notes, &pictures);
    if html.len() > limits.characters {
        return Err(Refused::TooLarge);
    }
    Ok(Article { title, html, pictures, left_out })
}
