//! What is put into the index: one entry per public item.

use domain::time::Day;
use serde::{Deserialize, Serialize};

use crate::words::{Forms, head, words};

/// Each text of an entry is indexed up to this many bytes.
pub const LONGEST_TEXT: usize = 1 << 20;
/// Body and attachments together are kept for excerpts up to this many bytes.
pub const LONGEST_EXCERPT_SOURCE: usize = 32 << 10;

/// One item as it is searched: a news item, an official document, an answer, a bulletin.
///
/// Put only public texts in: the index of the portal holds nothing else (SRCH-01, SRCH-A02).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Identifier of the item, unique over all kinds (a ULID).
    pub id: String,
    /// Kind of item: `news`, `document`, `answer`.
    pub kind: String,
    /// Title of a news item, *trích yếu* of a document.
    pub title: String,
    /// *Số, ký hiệu* of an official document: `29/2019/QĐ-UBND`.
    pub number_symbol: Option<String>,
    /// Abstract, lead.
    pub summary: String,
    /// Text without markup.
    pub body: String,
    /// Texts of attached files.
    pub attachments: Vec<String>,
    /// Section of the site (*chuyên mục*).
    pub section: Option<String>,
    /// Field of state management (*lĩnh vực*).
    pub field: Option<String>,
    /// Issuing body (*cơ quan ban hành*).
    pub issuer: Option<String>,
    /// Type of document (*loại văn bản*).
    pub document_type: Option<String>,
    /// Who signed it (*người ký*); found as a word of the item.
    pub signer: Option<String>,
    /// From which day on a document stands how (*tình trạng hiệu lực*), oldest first; the day of the first is empty.
    /// Nothing for what has no such state.
    pub course: Vec<(String, String)>,
    /// Day of issue or publication.
    pub day: Day,
    /// The day from which it may be found.
    pub visible_from: Day,
    /// Address of the page on the portal, as path.
    pub url: String,
}

/// A change of the index, in the order of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The item is public with this content; replaces what the index held of it.
    Put(Box<Entry>),
    /// The item with this identifier is no longer public.
    Remove(String),
}

/// What the index keeps to show a hit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub kind: String,
    pub title: String,
    pub number_symbol: Option<String>,
    pub summary: String,
    pub text: String,
    pub signer: String,
    pub day: Day,
    pub url: String,
}

impl Kept {
    pub(crate) fn of(entry: &Entry) -> Self {
        let mut text = head(&entry.body, LONGEST_EXCERPT_SOURCE).to_owned();
        for attachment in &entry.attachments {
            if text.len() >= LONGEST_EXCERPT_SOURCE {
                break;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(head(attachment, LONGEST_EXCERPT_SOURCE - text.len().min(LONGEST_EXCERPT_SOURCE)));
        }
        Self {
            kind: entry.kind.clone(),
            title: entry.title.clone(),
            number_symbol: entry.number_symbol.clone(),
            summary: entry.summary.clone(),
            text,
            signer: entry.signer.clone().unwrap_or_default(),
            day: entry.day,
            url: entry.url.clone(),
        }
    }
}

/// Every beginning of the name of a type of document, folded: `quyet`, `quyet dinh`.
pub(crate) fn type_starts(name: &str) -> Vec<String> {
    let mut starts: Vec<String> = Vec::new();
    for range in words(name).take(8) {
        let word = Forms::of(&name[range]).fold;
        starts.push(starts.last().map_or_else(|| word.to_string(), |before| format!("{before} {word}")));
    }
    starts
}

/// The parts of a number and symbol, folded and joined: `29/2019/qd/ubnd`. Empty when there is no word in it.
pub(crate) fn number_key(number_symbol: &str) -> String {
    words(number_symbol)
        .map(|range| Forms::of(&number_symbol[range]).fold.to_string())
        .collect::<Vec<_>>()
        .join("/")
}
