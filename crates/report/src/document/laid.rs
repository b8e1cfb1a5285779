//! The document as it is drawn: numbers given, `./.` appended, recipients complete. All writers draw this, so they
//! cannot differ in wording.

use serde::Serialize;

use super::{Annex, Block, Column, Document, Inline, Pattern, Piece};
use crate::layout::{END_SIGN, ITEM_LETTERS, SHORT_RULE, Sizes, balanced, bold_width};

/// What the writers draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Laid {
    /// Cells 1 to 4.
    pub header: LaidHeader,
    /// Cell 5a, first line; empty in a letter.
    pub type_name: String,
    /// Cell 5b, `V/v …` of a letter (*công văn*), broken into lines; empty in every other document.
    pub about: Vec<String>,
    /// Cell 5a, the summary, broken into lines of about the same length.
    pub summary: Vec<String>,
    /// Length in points of the rule under it.
    pub summary_rule: f64,
    /// Cell 9a.
    pub addressed: Addressed,
    /// Cell 6, bases with `;` and `.` at their ends.
    pub bases: Vec<String>,
    /// Cell 6.
    pub body: Vec<LaidBlock>,
    /// Cell 7a; empty in a draft without signer.
    pub authority: Vec<String>,
    /// Cell 7b.
    pub signer: String,
    /// Who kept the minutes and signs on the left; empty in every other document.
    pub secretary: String,
    /// Cell 9b.
    pub recipients: Vec<String>,
    /// Annexes.
    pub annexes: Vec<LaidAnnex>,
    /// Sizes in points.
    pub sizes: Sizes,
}

/// Cells 1 to 4.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LaidHeader {
    /// First line of cell 2, if any.
    pub parent: Option<String>,
    /// Cell 2.
    pub issuer: Vec<String>,
    /// Cell 3.
    pub number: String,
    /// Cell 4.
    pub place: String,
}

/// *Kính gửi*: one addressee stands on the same line, more stand below with dashes (PL I.II.9).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "lines")]
pub enum Addressed {
    /// No *Kính gửi*.
    None,
    /// `Kính gửi: Sở Thông tin và Truyền thông`
    One(String),
    /// `- Sở …;` … `- Ban ….`
    Many(Vec<String>),
}

/// An annex as drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LaidAnnex {
    /// `Phụ lục`, `Phụ lục I`.
    pub word: String,
    /// Title in capitals.
    pub title: String,
    /// Its blocks.
    pub body: Vec<LaidBlock>,
}

/// How a heading looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadingStyle {
    /// **I. TITLE**
    Capitals,
    /// **1. Title**
    Bold,
    /// a) title
    Plain,
}

/// A block as drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LaidBlock {
    /// A heading.
    Heading {
        /// From 1; below the title of the document.
        level: u8,
        /// How it looks.
        style: HeadingStyle,
        /// `1.`, `I.`, `a)`.
        marker: String,
        /// The title.
        text: Vec<Span>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Span>,
    },
    /// A line with a dash.
    Dash {
        /// Its text, without the dash.
        text: Vec<Span>,
    },
    /// A table.
    Table {
        /// What it shows.
        caption: String,
        /// Header cells.
        columns: Vec<Column>,
        /// Cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
}

/// Text, perhaps a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// How it reads.
    pub text: String,
    /// Which figure it is.
    pub figure: Option<String>,
}

impl LaidBlock {
    /// All its running text.
    pub fn spans(&self) -> Vec<&Span> {
        match self {
            LaidBlock::Heading { text, .. } | LaidBlock::Paragraph { text } | LaidBlock::Dash { text } => {
                text.iter().collect()
            }
            LaidBlock::Table { rows, .. } => rows.iter().flatten().flatten().collect(),
        }
    }

    /// How it reads in one line, marker included.
    pub fn reads(&self) -> String {
        let text: String = self.spans().iter().map(|span| span.text.as_str()).collect();
        match self {
            LaidBlock::Heading { marker, .. } => format!("{marker} {text}"),
            LaidBlock::Dash { .. } => format!("- {text}"),
            LaidBlock::Paragraph { .. } | LaidBlock::Table { .. } => text,
        }
    }
}

impl Document {
    /// The document as drawn.
    pub fn laid(&self) -> Laid {
        let several = self.annexes.len() > 1;
        let sizes = self.layout.sizes();
        let width = self.layout.text_width();
        let (summary, about) = if self.is_letter() {
            let column = width * self.layout.header_left_percent() / 100;
            (Vec::new(), balanced(&format!("V/v {}", self.summary), sizes.about, column))
        } else {
            (balanced(&self.summary, sizes.title, width), Vec::new())
        };
        let longest = summary.iter().map(|line| bold_width(line, sizes.title)).fold(0.0, f64::max);
        Laid {
            header: LaidHeader {
                parent: self.header.parent.clone(),
                issuer: self.header.issuer.clone(),
                number: self.header.number_line(),
                place: self.header.place_line(),
            },
            type_name: self.type_name.to_uppercase(),
            summary,
            about,
            summary_rule: longest * SHORT_RULE,
            addressed: addressed(&self.addressees),
            bases: ended(&self.bases),
            body: lay(&self.body, self.pattern),
            authority: self.signature.as_ref().map(|s| s.lines().to_vec()).unwrap_or_default(),
            signer: self.signature.as_ref().map(|s| s.name().to_owned()).unwrap_or_default(),
            secretary: domain::text::clean_line(&self.secretary),
            recipients: self.recipient_lines(),
            annexes: self
                .annexes
                .iter()
                .enumerate()
                .map(|(index, annex)| lay_annex(annex, several.then_some(index + 1), self.pattern))
                .collect(),
            sizes,
        }
    }
}

fn addressed(to: &[String]) -> Addressed {
    let clean: Vec<&str> =
        to.iter().map(|one| one.trim().trim_end_matches([';', '.'])).filter(|one| !one.is_empty()).collect();
    match clean.as_slice() {
        [] => Addressed::None,
        [one] => Addressed::One((*one).to_owned()),
        many => {
            let last = many.len() - 1;
            let line =
                |(index, one): (usize, &&str)| format!("{one}{}", if index == last { "." } else { ";" });
            Addressed::Many(many.iter().enumerate().map(line).collect())
        }
    }
}

/// Bases end with `;`, the last with `.` (PL I.II.6a).
fn ended(bases: &[String]) -> Vec<String> {
    let last = bases.len().saturating_sub(1);
    let end = |(index, base): (usize, &String)| {
        format!("{}{}", base.trim().trim_end_matches([';', '.']), if index == last { "." } else { ";" })
    };
    bases.iter().enumerate().map(end).collect()
}

fn lay_annex(annex: &Annex, number: Option<usize>, pattern: Pattern) -> LaidAnnex {
    LaidAnnex {
        word: number.map_or("Phụ lục".to_owned(), |n| format!("Phụ lục {}", roman(n))),
        title: annex.title.to_uppercase(),
        body: lay(&annex.body, pattern),
    }
}

/// Gives every heading its number and the last line its `./.`.
fn lay(blocks: &[Block], pattern: Pattern) -> Vec<LaidBlock> {
    let mut counts = [0usize; 3];
    let mut laid: Vec<LaidBlock> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => heading(&mut counts, *level, text, pattern),
            Block::Paragraph(text) => LaidBlock::Paragraph { text: spans(text) },
            Block::Dash(text) => LaidBlock::Dash { text: spans(text) },
            Block::Table(table) => LaidBlock::Table {
                caption: table.caption.clone(),
                columns: table.columns.clone(),
                rows: table.rows.iter().map(|row| row.iter().map(spans).collect()).collect(),
            },
        })
        .collect();
    append_end(&mut laid);
    laid
}

fn heading(counts: &mut [usize; 3], level: u8, text: &Inline, pattern: Pattern) -> LaidBlock {
    let index = usize::from(level.clamp(1, 3)) - 1;
    counts[index] += 1;
    counts[index + 1..].fill(0);
    let number = counts[index];
    let steps: [HeadingStyle; 3] = match pattern {
        Pattern::Numbered => [HeadingStyle::Bold, HeadingStyle::Plain, HeadingStyle::Plain],
        Pattern::Roman => [HeadingStyle::Capitals, HeadingStyle::Bold, HeadingStyle::Plain],
    };
    let style = steps[index];
    let marker = match style {
        HeadingStyle::Capitals => format!("{}.", roman(number)),
        HeadingStyle::Bold => format!("{number}."),
        HeadingStyle::Plain => format!("{})", letter(number)),
    };
    let mut text = spans(text);
    if style == HeadingStyle::Capitals {
        for span in &mut text {
            span.text = span.text.to_uppercase();
        }
    }
    LaidBlock::Heading { level: level.clamp(1, 3), style, marker, text }
}

/// `./.` once: whatever end the last line had is replaced.
fn append_end(blocks: &mut Vec<LaidBlock>) {
    for block in blocks.iter_mut() {
        let (LaidBlock::Paragraph { text } | LaidBlock::Dash { text }) = block else { continue };
        let typed = text.last_mut().filter(|span| span.figure.is_none() && span.text.ends_with(END_SIGN));
        if let Some(last) = typed {
            last.text.truncate(last.text.len() - END_SIGN.len());
            last.text.push('.');
        }
    }
    let end = Span { text: END_SIGN.to_owned(), figure: None };
    match blocks.last_mut() {
        None => {}
        Some(LaidBlock::Paragraph { text } | LaidBlock::Dash { text }) => {
            if let Some(last) = text.last_mut().filter(|span| span.figure.is_none()) {
                last.text = last.text.trim_end().trim_end_matches(['.', ';', ',']).to_owned();
            }
            text.push(end);
        }
        Some(LaidBlock::Heading { .. } | LaidBlock::Table { .. }) => {
            blocks.push(LaidBlock::Paragraph { text: vec![end] });
        }
    }
}

fn spans(text: &Inline) -> Vec<Span> {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => Span { text: text.clone(), figure: None },
            Piece::Figure { id, text } => Span { text: text.clone(), figure: Some(id.clone()) },
        })
        .collect()
}

/// Roman numerals up to 399, more than any document has parts.
fn roman(number: usize) -> String {
    let steps =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number;
    let mut out = String::new();
    for (value, signs) in steps {
        while rest >= value {
            out.push_str(signs);
            rest -= value;
        }
    }
    out
}

/// a, b, c, d, đ, e …; after y: aa, ab.
fn letter(number: usize) -> String {
    let index = number.saturating_sub(1);
    let round = index / ITEM_LETTERS.len();
    let sign = ITEM_LETTERS[index % ITEM_LETTERS.len()];
    let before = round.checked_sub(1).map(|first| ITEM_LETTERS[first % ITEM_LETTERS.len()]);
    before.into_iter().chain([sign]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(blocks: &[Block], pattern: Pattern) -> Vec<String> {
        lay(blocks, pattern).iter().map(LaidBlock::reads).collect()
    }

    fn head(level: u8, text: &str) -> Block {
        Block::Heading { level, text: Inline::text(text) }
    }

    #[test]
    fn both_legal_patterns_number_their_headings() {
        let blocks =
            [head(1, "Số liệu"), head(2, "Họp báo"), head(3, "Định kỳ"), head(1, "Đề xuất"), head(2, "Khác")];
        assert_eq!(
            reads(&blocks, Pattern::Roman),
            ["I. SỐ LIỆU", "1. Họp báo", "a) Định kỳ", "II. ĐỀ XUẤT", "1. Khác", "./."]
        );
        assert_eq!(reads(&blocks[..2], Pattern::Numbered), ["1. Số liệu", "a) Họp báo", "./."]);
    }

    #[test]
    fn item_letters_are_those_of_the_decree() {
        let letters: String = (1..=11).map(letter).collect();
        assert_eq!(letters, "abcdđeghikl");
        assert_eq!(letter(24), "aa");
    }

    #[test]
    fn the_end_sign_stands_once_at_the_end_however_it_was_typed() {
        for typed in
            ["trân trọng báo cáo", "trân trọng báo cáo.", "trân trọng báo cáo./.", "trân trọng báo cáo; "]
        {
            let blocks = [Block::Paragraph(Inline::text("Trước./.")), Block::Paragraph(Inline::text(typed))];
            assert_eq!(reads(&blocks, Pattern::Numbered), ["Trước.", "trân trọng báo cáo./."], "{typed}");
        }
    }

    #[test]
    fn one_addressee_stands_on_the_line_and_several_below_it() {
        assert_eq!(addressed(&[]), Addressed::None);
        assert_eq!(addressed(&["Sở A.".into()]), Addressed::One("Sở A".into()));
        assert_eq!(
            addressed(&["Sở A".into(), " Ban B; ".into()]),
            Addressed::Many(vec!["Sở A;".into(), "Ban B.".into()])
        );
    }
}
