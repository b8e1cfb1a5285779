//! The fields of an official document, read from its layout (NĐ 30/2020/NĐ-CP, Annex I; before it TT 01/2011/TT-BNV).
//!
//! Nothing here is certain: each field carries the words it was read from and a confidence, for a person to confirm.

mod effect;
mod foot;
mod head;
mod pattern;
mod relation;

use serde::{Deserialize, Serialize};

pub use effect::Effective;
pub use relation::{Cited, Relation, Verb, cited};

use crate::layout::Line;

/// How sure a reading is, in permille.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(u16);

impl Confidence {
    /// Read from the place and in the form the decree prescribes.
    pub const SURE: Confidence = Confidence(970);
    /// Read from the right form in an unusual place, or the other way round.
    pub const LIKELY: Confidence = Confidence(850);
    /// A guess.
    pub const DOUBTFUL: Confidence = Confidence(600);

    /// In permille, 0 to 1000.
    pub const fn permille(self) -> u16 {
        self.0
    }

    /// The stable key of its words in the locales.
    pub const fn key(self) -> &'static str {
        match self.0 {
            950.. => "sure",
            800..950 => "likely",
            _ => "doubtful",
        }
    }
}

/// Where a field was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Page from 1; none in DOCX.
    pub page: Option<u32>,
    /// Paragraph or line from 1.
    pub line: u32,
    /// The words there.
    pub quote: String,
}

/// A value with its place and confidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T = String> {
    /// What was read.
    pub value: T,
    /// Where.
    pub place: Place,
    /// How sure.
    pub confidence: Confidence,
}

impl<T> Field<T> {
    fn new(value: T, lines: &[&Line], confidence: Confidence) -> Option<Self> {
        let first = lines.first()?;
        let quote = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        Some(Field { value, place: Place { page: first.page, line: first.number, quote }, confidence })
    }
}

/// A calendar day as written; parts may be missing in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12; none in a draft.
    pub month: Option<u8>,
    /// Day, 1 to 31; none in a draft.
    pub day: Option<u8>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Signer {
    /// The authority line, `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`; empty when the head signs in own name.
    pub authority: String,
    /// The title, `PHÓ CHỦ TỊCH`.
    pub title: String,
    /// The name.
    pub name: String,
}

/// What was read out of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Decree {
    /// Issuer (*cơ quan ban hành*).
    pub issuer: Option<Field>,
    /// The body above the issuer (*cơ quan chủ quản*).
    pub parent: Option<Field>,
    /// Number (*số*), `07`; empty when the place for it was left empty.
    pub number: Option<Field>,
    /// Symbol (*ký hiệu*), `QĐ-UBND`, `2025/QĐ-UBND` for laws with a year.
    pub symbol: Option<Field>,
    /// Place (*địa danh*).
    pub place: Option<Field>,
    /// Date.
    pub date: Option<Field<Day>>,
    /// Type (*tên loại*), upper case; `CÔNG VĂN` for a letter.
    pub kind: Option<Field>,
    /// Abstract (*trích yếu*), without `V/v`.
    pub summary: Option<Field>,
    /// Signers in order.
    pub signers: Vec<Field<Signer>>,
    /// Recipients (*nơi nhận*), without dash and end mark.
    pub recipients: Vec<Field>,
    /// Legal bases (*căn cứ*), each as written without end mark.
    pub bases: Vec<Field>,
    /// Relations to other documents.
    pub relations: Vec<Field<Relation>>,
    /// When it takes effect.
    #[serde(default)]
    pub effective: Option<Field<Effective>>,
}

impl Decree {
    /// The same, each field at most doubtful: for what was read from recognised signs.
    #[must_use]
    pub fn doubted(mut self) -> Decree {
        fn doubt<T>(field: &mut Field<T>) {
            field.confidence = field.confidence.min(Confidence::DOUBTFUL);
        }
        let single =
            [&mut self.issuer, &mut self.parent, &mut self.number, &mut self.symbol, &mut self.place];
        single.into_iter().chain([&mut self.kind, &mut self.summary]).flatten().for_each(doubt);
        self.date.iter_mut().for_each(doubt);
        self.signers.iter_mut().for_each(doubt);
        self.recipients.iter_mut().chain(&mut self.bases).for_each(doubt);
        self.relations.iter_mut().for_each(doubt);
        self.effective.iter_mut().for_each(doubt);
        self
    }
}

/// A mark of state secrets near the top (*độ mật*: MẬT, TỐI MẬT, TUYỆT MẬT; Luật Bảo vệ bí mật nhà nước), as it
/// stands there. Such a document may not be kept on a system like this one.
pub fn secret_mark(lines: &[Line]) -> Option<String> {
    let is_mark = |line: &&Line| {
        let bare = line.text.to_uppercase();
        let bare = bare.trim_start_matches("ĐỘ MẬT").trim_matches([':', ' ', '.', '-', '–', '*', '(', ')']);
        matches!(bare, "MẬT" | "TỐI MẬT" | "TUYỆT MẬT")
    };
    lines.iter().take(60).find(is_mark).map(|line| line.text.clone())
}

/// Reads the fields out of lines in reading order.
pub fn read(lines: &[Line]) -> Decree {
    let mut decree = Decree::default();
    let lines: Vec<Line> =
        lines.iter().filter(|line| !pattern::hits(&pattern::MARK, &line.text)).cloned().collect();
    let lines = lines.as_slice();
    let body = head::read(lines, &mut decree);
    let end = foot::read(&lines[body.min(lines.len())..], &mut decree);
    let middle = &lines[body.min(lines.len())..(body + end).min(lines.len())];
    decree.bases = relation::bases(middle);
    decree.relations = relation::relations(middle, decree.summary.as_ref(), decree.kind.as_ref());
    decree.effective = effect::read(middle, decree.kind.as_ref());
    decree
}
