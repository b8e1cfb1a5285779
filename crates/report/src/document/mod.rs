//! The one model of an official document. Writers draw it, the form checker reads it; none of them adds wording.
//!
//! Invariants, held here and not left to templates:
//! - "Như trên" stands first in *Nơi nhận* whenever there is a *Kính gửi*, "Lưu: VT, <đơn vị>." always last;
//! - `./.` ends the body and each annex exactly once;
//! - numbers and item letters come from the legal pattern, not from typed text;
//! - the signature block is composed from parts, so a forbidden pair cannot be written ([`Signature`]).

mod laid;
mod names;
mod signature;

use domain::time::{self, Day};
use serde::{Deserialize, Serialize};

pub use laid::{Addressed, HeadingStyle, Laid, LaidAnnex, LaidBlock, LaidHeader, Span};
pub use names::{Citation, OfficeNames, ProofLink};
pub use signature::{Authority, Signature, SignatureFault, Signer};

use crate::layout::Layout;

/// An official document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Measures.
    pub layout: Layout,
    /// Cells 1 to 4.
    pub header: Header,
    /// Cell 5a, *tên loại*: `BÁO CÁO`. Empty for a letter (*công văn*), whose summary stands in cell 5b.
    pub type_name: String,
    /// Cell 5a or 5b, *trích yếu*; of a letter without `V/v`.
    pub summary: String,
    /// Cell 9a, *Kính gửi*; required for a report to a superior (FM-RC-2).
    pub addressees: Vec<String>,
    /// Cell 6, *căn cứ*, one per line.
    pub bases: Vec<String>,
    /// Which of the two legal patterns numbers the headings.
    pub pattern: Pattern,
    /// Cell 6.
    pub body: Vec<Block>,
    /// Cells 7a, 7b; `None` in a draft without a signer.
    pub signature: Option<Signature>,
    /// Cell 9b without "Như trên" and "Lưu", which are added.
    pub recipients: Vec<String>,
    /// The unit that drafted and files it: `VHTT`.
    pub filing_unit: String,
    /// Who kept minutes (*thư ký*), signing beside the chair and above *Nơi nhận*; empty in every other document.
    pub secretary: String,
    /// Annexes, in order.
    pub annexes: Vec<Annex>,
    /// The public page where the figures can be checked.
    pub proof: Option<ProofLink>,
}

/// Cells 1 to 4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// *Cơ quan chủ quản trực tiếp*, if any.
    pub parent: Option<String>,
    /// *Cơ quan ban hành*, one or more lines.
    pub issuer: Vec<String>,
    /// *Số*; not given before the document is issued (FM-NO-4).
    pub number: Option<u32>,
    /// *Ký hiệu*: `BC-UBND`.
    pub symbol: String,
    /// *Địa danh*.
    pub place: String,
    /// *Thời gian ban hành*; not given before the document is issued.
    pub date: Option<Day>,
    /// The last day that was counted: its year stands in the date line, and it dates the file, while the date is open.
    pub counted_until: Day,
}

/// The two legal patterns of numbering (PL I.II.6đ and table PL I.V, row 6b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// **1. Title** → a) (the seed).
    Numbered,
    /// **I. TITLE** → **1. Title** → a).
    Roman,
}

/// A block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1, 2 or 3; its number comes from the pattern.
    Heading {
        /// From 1.
        level: u8,
        /// The title, in lower case; the writer capitalises where the pattern says so.
        text: Inline,
    },
    /// A paragraph with first-line indent.
    Paragraph(Inline),
    /// A line with a dash, customary under a point.
    Dash(Inline),
    /// A table with header cells.
    Table(Table),
}

/// A table: every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Header cells.
    pub columns: Vec<Column>,
    /// Rows of cells.
    pub rows: Vec<Vec<Inline>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The header cell.
    pub title: String,
    /// Share of the width; the writer scales the sum to the text width.
    pub share: u32,
    /// Centred, as numbers are.
    #[serde(default)]
    pub centred: bool,
}

/// Running text with figures in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline(pub Vec<Piece>);

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A figure: which, and how it reads here.
    Figure {
        /// `questions.answered`.
        id: String,
        /// `05`, `1.627`, `98,4%`, `chưa có dữ liệu`.
        text: String,
    },
}

/// An annex (*phụ lục*). "(Kèm theo …)" is left blank on electronic documents (PL I.III.1c).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its title.
    pub title: String,
    /// Its blocks, numbered on their own.
    pub body: Vec<Block>,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline(vec![Piece::Text(text.into())])
    }

    /// How it reads.
    pub fn reads(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Figure { text, .. } => text.as_str(),
            })
            .collect()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.reads().trim().is_empty()
    }
}

impl Header {
    /// `Số: 05/BC-UBND`: a number below 10 takes a zero, no spaces in it (PL I.II.3); room for it while it is open.
    pub fn number_line(&self) -> String {
        match self.number {
            Some(number) => format!("Số: {number:02}/{}", self.symbol),
            None => format!("Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/{}", self.symbol),
        }
    }

    /// `Kim Bảng, ngày 15 tháng 12 năm 2020` (PL I.II.4); room for day and month while they are open.
    pub fn place_line(&self) -> String {
        if let Some(day) = self.date {
            return format!("{}, {}", self.place, time::day_in_words(day));
        }
        let room = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
        format!("{}, ngày{room}tháng{room}năm {}", self.place, self.counted_until.year())
    }
}

impl Document {
    /// *Nơi nhận*, complete: "Như trên" first when there are addressees, "Lưu: VT, {unit}." last (FM-RC-2, 4).
    pub fn recipient_lines(&self) -> Vec<String> {
        let named = self.recipients.iter().map(|line| line.trim().trim_start_matches('-').trim());
        let kept = named
            .map(|line| line.trim_end_matches([';', '.']).trim())
            .filter(|line| !line.is_empty())
            .filter(|line| {
                let key = domain::text::fold(line);
                !key.starts_with("nhu tren") && !key.starts_with("luu:")
            })
            .map(|line| format!("- {line};"));
        let first = (!self.addressees.is_empty()).then(|| "- Như trên;".to_owned());
        let last = if self.filing_unit.trim().is_empty() {
            "- Lưu: VT.".to_owned()
        } else {
            format!("- Lưu: VT, {}.", self.filing_unit.trim())
        };
        first.into_iter().chain(kept).chain([last]).collect()
    }

    /// Whether it is a letter (*công văn*): no name of a type, *V/v* under the number (PL I.II.5).
    pub fn is_letter(&self) -> bool {
        self.type_name.trim().is_empty()
    }

    /// The title in one line, for metadata: `Báo cáo kết quả …`, `Công văn về việc …`.
    pub fn title_line(&self) -> String {
        if self.is_letter() {
            format!("Công văn về việc {}", self.summary)
        } else {
            format!("{} {}", self.type_name, self.summary)
        }
    }

    /// The day that dates the file: never the clock.
    pub fn dated(&self) -> Day {
        self.header.date.unwrap_or(self.header.counted_until)
    }

    /// Every figure the document names, in order, each once.
    pub fn figure_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        let laid = self.laid();
        let spans = laid
            .body
            .iter()
            .chain(laid.annexes.iter().flat_map(|annex| &annex.body))
            .flat_map(LaidBlock::spans);
        for id in spans.filter_map(|span| span.figure.as_ref()) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }
}
