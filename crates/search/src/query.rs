//! What people ask: words, phrases, filters.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use domain::time::Day;

use unicode_normalization::char::is_combining_mark;

use crate::naming::{self, Type};
use crate::telex;
use crate::words::{Forms, head, words};

/// A query is read up to this many bytes.
pub const LONGEST_QUERY: usize = 512;
/// A query is read up to this many words (SRCH-02, SRCH-A01).
pub const MOST_WORDS: usize = 10;
/// Hits of one page at most.
pub const LARGEST_PAGE: usize = 100;
/// Pages reach up to this many hits; who looks deeper narrows the query.
pub const DEEPEST: usize = 5_000;

/// A property by which hits are counted and narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// [`crate::Entry::kind`].
    Kind,
    /// [`crate::Entry::section`], *chuyên mục*.
    Section,
    /// [`crate::Entry::field`], *lĩnh vực*.
    Field,
    /// [`crate::Entry::issuer`], *cơ quan ban hành*.
    Issuer,
    /// [`crate::Entry::document_type`], *loại văn bản*.
    DocumentType,
    /// [`crate::Entry::course`] on the day of the question, *tình trạng hiệu lực*.
    Effect,
    /// The year of [`crate::Entry::day`], as `2019`.
    Year,
}

impl Facet {
    /// All facets.
    pub const ALL: [Self; 7] =
        [Self::Kind, Self::Section, Self::Field, Self::Issuer, Self::DocumentType, Self::Effect, Self::Year];
    pub(crate) const TEXTS: [Self; 6] =
        [Self::Kind, Self::Section, Self::Field, Self::Issuer, Self::DocumentType, Self::Effect];

    /// The name in addresses: `kind`, `section`, `field`, `issuer`, `type`, `effect`, `year`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Section => "section",
            Self::Field => "field",
            Self::Issuer => "issuer",
            Self::DocumentType => "type",
            Self::Effect => "effect",
            Self::Year => "year",
        }
    }
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Best first; without words the newest first.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// A question to the index. Every value is accepted; what is too long is cut, and [`crate::Results::cut`] says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What was typed: words, `"phrases in quotes"`, numbers and symbols. No sign is an operator but the quotes.
    /// Without words every item is found.
    pub text: String,
    /// Per facet the values of which an item has one; facets without values do not narrow.
    pub filters: BTreeMap<Facet, BTreeSet<String>>,
    /// First day, inclusive.
    pub from: Option<Day>,
    /// Last day, inclusive.
    pub to: Option<Day>,
    /// Order of the hits.
    pub order: Order,
    /// Hits to skip, up to [`DEEPEST`].
    pub offset: usize,
    /// Hits to give, up to [`LARGEST_PAGE`].
    pub limit: usize,
    /// The present day: newer items rank slightly higher, items of later days are not found.
    pub today: Day,
}

impl Query {
    /// The first twenty hits for `text`, best first.
    pub fn new(text: impl Into<String>, today: Day) -> Self {
        Self {
            text: text.into(),
            filters: BTreeMap::new(),
            from: None,
            to: None,
            order: Order::default(),
            offset: 0,
            limit: 20,
            today,
        }
    }

    /// Narrows to items with this value of the facet, or another one asked for before.
    #[must_use]
    pub fn with(mut self, facet: Facet, value: impl Into<String>) -> Self {
        self.filters.entry(facet).or_default().insert(value.into());
        self
    }
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub forms: Forms,
    /// What was meant when the word was typed as Telex.
    pub telex: Option<Forms>,
    /// Its place in [`Asked::text`].
    pub place: Range<usize>,
}

/// A part of a query that an item has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// The word, anywhere.
    Word(Word),
    /// The words next to each other: between quotes.
    Phrase(Vec<Word>),
    /// The words next to each other, or all in the number and symbol: typed with signs between, `QĐ-UBND`.
    Joined(Vec<Word>),
    /// Words that name a type of document, and the types they may name.
    Type(Vec<Word>, Vec<&'static Type>),
}

impl Part {
    pub(crate) fn words(&self) -> &[Word] {
        match self {
            Self::Word(word) => std::slice::from_ref(word),
            Self::Phrase(words) | Self::Joined(words) | Self::Type(words, _) => words,
        }
    }

    pub(crate) fn words_mut(&mut self) -> &mut [Word] {
        match self {
            Self::Word(word) => std::slice::from_mut(word),
            Self::Phrase(words) | Self::Joined(words) | Self::Type(words, _) => words,
        }
    }
}

/// A query as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub text: String,
    pub parts: Vec<Part>,
    pub cut: bool,
}

impl Asked {
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.parts.iter().flat_map(Part::words)
    }

    /// Reads words that name types of documents as such.
    pub(crate) fn name_types(&mut self) {
        self.parts = naming::read(std::mem::take(&mut self.parts));
    }

    /// Whether a type of document stands before a number: that one document is asked for.
    pub(crate) fn numbers_a_document(&self) -> bool {
        self.numbered_types().next().is_some()
    }

    /// Each type with the number that stands after it.
    pub(crate) fn numbered_types(&self) -> impl Iterator<Item = (&[Word], &[&'static Type], &Word)> {
        self.parts.windows(2).filter_map(|pair| match pair {
            [Part::Type(words, types), next] => {
                naming::number_of(next).map(|number| (words.as_slice(), types.as_slice(), number))
            }
            _ => None,
        })
    }

    /// Reads `text`; takes everything.
    pub(crate) fn read(text: &str) -> Self {
        let short = head(text, LONGEST_QUERY);
        let mut asked = Self { text: short.to_owned(), parts: Vec::new(), cut: short.len() < text.len() };
        let mut left = MOST_WORDS;
        for (piece, quoted) in pieces(short) {
            let mut found: Vec<Word> = words(&short[piece.clone()])
                .map(|range| word(short, piece.start + range.start..piece.start + range.end))
                .collect();
            if found.len() > left {
                found.truncate(left);
                asked.cut = true;
            }
            left -= found.len();
            match found.len() {
                0 => {}
                1 => asked.parts.extend(found.into_iter().map(Part::Word)),
                _ if quoted => asked.parts.push(Part::Phrase(found)),
                _ => asked.parts.push(Part::Joined(found)),
            }
        }
        asked
    }
}

fn word(text: &str, place: Range<usize>) -> Word {
    let typed = &text[place.clone()];
    Word { forms: Forms::of(typed), telex: telex::meant(typed).map(|meant| Forms::of(&meant)), place }
}

fn closing(sign: char) -> Option<char> {
    match sign {
        '"' => Some('"'),
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        _ => None,
    }
}

/// Whether a sign between two words makes them one piece, as in `29/2019/QĐ-UBND`, `1.600`, `Hà Nội–Huế`.
fn joins(sign: char) -> bool {
    sign.is_alphanumeric()
        || is_combining_mark(sign)
        || matches!(sign, '/' | '-' | '‐'..='—' | '.' | '_' | '@' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Divides a query at white space and signs that do not join, and into pieces between quotes; a quote without its
/// partner is a sign like others.
fn pieces(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let after = at + sign.len_utf8();
        let partner = closing(sign).and_then(|partner| Some((text[after..].find(partner)?, partner)));
        if let Some((inside, partner)) = partner {
            pieces.push((start..at, false));
            pieces.push((after..after + inside, true));
            at = after + inside + partner.len_utf8();
            start = at;
        } else {
            if !joins(sign) {
                pieces.push((start..at, false));
                start = after;
            }
            at = after;
        }
    }
    pieces.push((start..at, false));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        let fold = |words: &[Word]| {
            words.iter().map(|word| word.forms.fold.to_string()).collect::<Vec<_>>().join(" ")
        };
        Asked::read(text)
            .parts
            .iter()
            .map(|part| match part {
                Part::Word(_) => fold(part.words()),
                Part::Phrase(words) => format!("\"{}\"", fold(words)),
                Part::Joined(words) | Part::Type(words, _) => format!("{{{}}}", fold(words)),
            })
            .collect()
    }

    #[test]
    fn a_query_is_words_phrases_and_joined_words() {
        assert_eq!(shape("Quyết định 29/2019"), ["quyet", "dinh", "{29 2019}"]);
        assert_eq!(shape("\"ủy ban\" QĐ-UBND"), ["\"uy ban\"", "{qd ubnd}"]);
        assert_eq!(shape("“Kim Bảng”, «x y»z"), ["\"kim bang\"", "\"x y\"", "z"]);
        assert_eq!(shape("QD29"), ["{qd 29}"]);
    }

    #[test]
    fn signs_of_query_languages_are_no_operators() {
        assert_eq!(
            shape("a AND NEAR(b) kind:c* -d \"e f"),
            ["a", "and", "near", "b", "kind", "c", "d", "e", "f"]
        );
        assert_eq!(shape("\"\" ((( *"), Vec::<String>::new());
    }

    #[test]
    fn a_query_is_cut_to_ten_words_and_says_so() {
        let asked = Asked::read(&"từ ".repeat(1_000));
        assert_eq!((asked.words().count(), asked.cut), (MOST_WORDS, true));
        assert!(!Asked::read("một hai").cut);
        assert_eq!(Asked::read("1/2/3/4/5/6/7/8/9/10/11/12").words().count(), MOST_WORDS);
    }
}
