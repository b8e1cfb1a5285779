//! The measures of official documents, each with its article: the one place where they stand.
//!
//! NĐ 30/2020/NĐ-CP, Annex I, Part I (PL I). Sizes move together (footnote of PL I.V), so there are two presets and no
//! free sizes; margins, indent and spacing are refused outside the legal ranges.

use domain::time::Day;
use serde::{Deserialize, Serialize};

/// Which text rules the form of a document, by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormRule {
    /// `nd-30-2020`.
    pub id: &'static str,
    /// First day, `None` when it lies before what is known here.
    pub valid_from: Option<Day>,
    /// The text.
    pub basis: &'static str,
    /// How sure it is: `read in text`, `read in summary`.
    pub confidence: &'static str,
}

/// In force since the day of its signature.
pub const ND_30_2020: FormRule = FormRule {
    id: "nd-30-2020",
    valid_from: Some(jiff::civil::date(2020, 3, 5)),
    basis: "Nghị định số 30/2020/NĐ-CP",
    confidence: "read in text",
};

/// What older documents follow; national title and sizes are nearly the same.
pub const TT_01_2011: FormRule = FormRule {
    id: "tt-01-2011",
    valid_from: None,
    basis: "Thông tư số 01/2011/TT-BNV",
    confidence: "read in summary",
};

/// The rule for a document of that day.
pub fn rule_of(day: Day) -> FormRule {
    if ND_30_2020.valid_from.is_some_and(|first| first <= day) { ND_30_2020 } else { TT_01_2011 }
}

/// *Quốc hiệu*, PL I.II.1. One spelling, NFC.
pub const NATIONAL_NAME: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// *Tiêu ngữ*, PL I.II.1: hyphens with spaces.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Who kept minutes signs so (*biên bản*, PL III).
pub const SECRETARY: &str = "THƯ KÝ";
/// PL I.I.4.
pub const FONT: &str = "Times New Roman";
/// A4, PL I.I.1, in millimetres.
pub const PAGE: (u32, u32) = (210, 297);
/// The end sign: in every sample of Annex III, though Annex I does not state it.
pub const END_SIGN: &str = "./.";
/// Item letters (*điểm*), PL I.II.6đ: with đ, without ă â ê ô ơ ư f j w z.
pub const ITEM_LETTERS: &[char] = &[
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'x', 'y',
];
/// Rule under the issuing body and under the summary: between 1/3 and 1/2 of the line (PL I.II.2, II.5).
pub const SHORT_RULE: f64 = 0.4;
/// Thickness of drawn rules in points. No article; thin and solid.
pub const RULE_POINTS: f64 = 0.75;

/// Sizes in points that belong together (FM-PG-7). Default: the sample column of the decree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// 12 / 13 / 13: national name, motto, place and date.
    #[default]
    Small,
    /// 13 / 14 / 14.
    Large,
}

/// Sizes in points of each component (PL I.V).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Cell 1, first line: 12–13.
    pub national_name: u32,
    /// Cell 1, second line: 13–14.
    pub motto: u32,
    /// Cell 2: 12–13.
    pub issuer: u32,
    /// Cell 3: 13.
    pub number: u32,
    /// Cell 4: 13–14.
    pub place_date: u32,
    /// Cell 5a: 13–14.
    pub title: u32,
    /// Cell 5b: 12–13.
    pub about: u32,
    /// Cells 6 and 9a: 13–14.
    pub body: u32,
    /// Cells 7a, 7b: 13–14.
    pub signer: u32,
    /// Cell 9b, the words "Nơi nhận:": 12.
    pub recipients_word: u32,
    /// Cell 9b, the list: 11.
    pub recipients: u32,
    /// PL I.I.7: 13–14.
    pub page_number: u32,
}

/// Margins in millimetres (PL I.I.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Margins {
    /// 20–25.
    pub top: u32,
    /// 20–25.
    pub bottom: u32,
    /// 30–35.
    pub left: u32,
    /// 15–20.
    pub right: u32,
}

/// First-line indent (PL I.II.6e): 1 cm or 1,27 cm, nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstLine {
    /// 1 cm.
    OneCentimetre,
    /// 1,27 cm.
    #[default]
    HalfInch,
}

/// The choices of an office inside what the decree allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// Which sizes.
    pub preset: Preset,
    /// Size of the body: 13 or 14 points.
    pub body_points: u32,
    /// Margins.
    pub margins: Margins,
    /// Indent of the first line.
    pub first_line: FirstLine,
    /// Line spacing in hundredths: 100 (single) to 150.
    pub line_hundredths: u32,
    /// Points between paragraphs, at least 6.
    pub paragraph_points: u32,
}

/// A measure outside what the decree allows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {value}, allowed is {allowed} ({basis})")]
pub struct LayoutFault {
    /// What: `margin_top`, `body_points`, `line_hundredths`, `paragraph_points`.
    pub what: &'static str,
    /// What was asked for.
    pub value: u32,
    /// What is allowed, in words.
    pub allowed: &'static str,
    /// The article.
    pub basis: &'static str,
}

impl Default for Layout {
    fn default() -> Layout {
        Layout {
            preset: Preset::Small,
            body_points: 14,
            margins: Margins { top: 20, bottom: 20, left: 30, right: 15 },
            first_line: FirstLine::HalfInch,
            line_hundredths: 105,
            paragraph_points: 6,
        }
    }
}

impl FirstLine {
    /// In hundredths of a millimetre.
    pub fn hundredths_of_mm(self) -> u32 {
        match self {
            FirstLine::OneCentimetre => 1_000,
            FirstLine::HalfInch => 1_270,
        }
    }
}

impl Layout {
    /// The sizes of every component.
    pub fn sizes(&self) -> Sizes {
        let (national_name, motto, place_date, title) = match self.preset {
            Preset::Small => (12, 13, 13, 14),
            Preset::Large => (13, 14, 14, 14),
        };
        Sizes {
            national_name,
            motto,
            issuer: national_name,
            number: 13,
            place_date,
            title,
            about: 12,
            body: self.body_points,
            signer: 14,
            recipients_word: 12,
            recipients: 11,
            page_number: 13,
        }
    }

    /// Width of the text in millimetres.
    pub fn text_width(&self) -> u32 {
        PAGE.0 - self.margins.left - self.margins.right
    }

    /// Width of the left column of the header in percent of the text. The drawing of the decree has 43 : 46, a guide:
    /// the national name alone takes 88 mm at 12 points and 96 mm at 13, more than 46 % of 165 mm, and must stay on
    /// one line; so the right column takes what it needs.
    pub fn header_left_percent(&self) -> u32 {
        match self.preset {
            Preset::Small => 42,
            Preset::Large => 38,
        }
    }

    /// Every measure that the decree does not allow.
    pub fn faults(&self) -> Vec<LayoutFault> {
        let m = &self.margins;
        [
            ("margin_top", m.top, 20..=25, "20-25 mm", "PL I.I.3"),
            ("margin_bottom", m.bottom, 20..=25, "20-25 mm", "PL I.I.3"),
            ("margin_left", m.left, 30..=35, "30-35 mm", "PL I.I.3"),
            ("margin_right", m.right, 15..=20, "15-20 mm", "PL I.I.3"),
            ("body_points", self.body_points, 13..=14, "13-14", "PL I.II.6"),
            ("line_hundredths", self.line_hundredths, 100..=150, "100-150", "PL I.II.6e"),
            ("paragraph_points", self.paragraph_points, 6..=24, "6 or more", "PL I.II.6e"),
        ]
        .into_iter()
        .filter(|(_, value, range, ..)| !range.contains(value))
        .map(|(what, value, _, allowed, basis)| LayoutFault { what, value, allowed, basis })
        .collect()
    }
}

/// Width in points of a line in Times Bold at `points`, to draw a rule as long as the line or a part of it. The widths
/// of letters with marks are those of the base letters in Times and in Liberation Serif.
pub fn bold_width(text: &str, points: u32) -> f64 {
    let thousandths: u32 = domain::text::fold(text)
        .chars()
        .zip(text.chars())
        .map(|(base, sign)| {
            bold_thousandths(if sign.is_uppercase() { base.to_ascii_uppercase() } else { base })
        })
        .sum();
    f64::from(thousandths) * f64::from(points) / 1000.0
}

/// Breaks a centred bold line that is too long into lines of about the same length, so that no single word is left over.
/// "năm 2020" stays together.
pub fn balanced(text: &str, points: u32, width_mm: u32) -> Vec<String> {
    let kept = text.trim().replace("năm ", "năm\u{a0}");
    let words: Vec<&str> = kept.split(' ').filter(|word| !word.is_empty()).collect();
    let room = f64::from(width_mm) * 72.0 / 25.4 * TITLE_SHARE;
    let whole = bold_width(text, points);
    let mut lines: Vec<String> = vec![String::new()];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
    let count = (whole / room).ceil().max(1.0) as usize;
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let aim = whole / count as f64;
    for word in words {
        let left = count - lines.len().min(count);
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let full = bold_width(&longer, points) > aim + bold_width(word, points) / 2.0;
        if !line.is_empty() && (full && left > 0 || bold_width(&longer, points) > room / TITLE_SHARE) {
            lines.push(word.to_owned());
        } else {
            *line = longer;
        }
    }
    lines
}

/// How much of the text width a line of the title takes at most before it is broken.
const TITLE_SHARE: f64 = 0.82;

/// Advance widths of Times New Roman Bold in thousandths of the size.
fn bold_thousandths(sign: char) -> u32 {
    match sign {
        ' ' | '.' | ',' => 250,
        'i' | 'l' | 'j' | '-' | ':' | ';' | '(' | ')' => 305,
        'f' | 't' => 333,
        'I' | 's' => 389,
        'r' | 'c' | 'e' | 'z' => 444,
        'J' | 'a' | 'g' | 'o' | 'v' | 'x' | 'y' | '0'..='9' => 500,
        'b' | 'd' | 'h' | 'k' | 'n' | 'p' | 'q' | 'u' | 'S' => 556,
        'P' | 'F' => 611,
        'B' | 'E' | 'L' | 'T' | 'Z' => 667,
        'M' => 944,
        'W' => 1000,
        'm' => 833,
        'G' | 'H' | 'K' | 'O' | 'Q' => 778,
        _ => 722,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::is_nfc;

    #[test]
    fn the_hard_texts_are_byte_for_byte_what_the_decree_prints() {
        assert_eq!(
            NATIONAL_NAME,
            "C\u{1ed8}NG H\u{d2}A X\u{c3} H\u{1ed8}I CH\u{1ee6} NGH\u{128}A VI\u{1ec6}T NAM"
        );
        assert_eq!(MOTTO, "\u{110}\u{1ed9}c l\u{1ead}p - T\u{1ef1} do - H\u{1ea1}nh ph\u{fa}c");
        assert!(is_nfc(NATIONAL_NAME) && is_nfc(MOTTO));
        assert_eq!(NATIONAL_NAME.chars().count(), 34);
        assert_eq!(MOTTO.matches(" - ").count(), 2);
    }

    #[test]
    fn the_national_name_fits_its_column_in_both_presets() {
        for preset in [Preset::Small, Preset::Large] {
            let layout = Layout {
                preset,
                margins: Margins { left: 35, right: 20, ..Layout::default().margins },
                ..Layout::default()
            };
            let column = f64::from(layout.text_width() * (100 - layout.header_left_percent())) / 100.0;
            let name = bold_width(NATIONAL_NAME, layout.sizes().national_name) * 25.4 / 72.0;
            // The narrowest legal page is 155 mm of text; the large preset just fits.
            assert!(name < column + 0.5, "{preset:?}: {name} mm in {column} mm");
        }
    }

    #[test]
    fn measures_outside_the_legal_ranges_are_named_with_their_article() {
        assert_eq!(Layout::default().faults(), vec![]);
        let mut layout = Layout::default();
        layout.margins.left = 25;
        layout.line_hundredths = 200;
        let faults = layout.faults();
        assert_eq!(
            faults.iter().map(|fault| fault.what).collect::<Vec<_>>(),
            ["margin_left", "line_hundredths"]
        );
        assert_eq!(faults[0].basis, "PL I.I.3");
    }

    #[test]
    fn the_rule_follows_the_date_of_the_document() {
        assert_eq!(rule_of(jiff::civil::date(2020, 3, 4)).id, "tt-01-2011");
        assert_eq!(rule_of(jiff::civil::date(2020, 3, 5)).id, "nd-30-2020");
    }
}
