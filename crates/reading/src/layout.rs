//! Text with its layout, as both formats give it: lines in reading order, each knowing where it stands.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// The column of a line. Header and foot of an administrative document stand in two columns (NĐ 30/2020, Annex I.IV).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Over the whole width, or in a file that does not tell.
    Full,
    /// The left of two columns.
    Left,
    /// The right of two columns.
    Right,
}

/// A line (PDF) or a paragraph (DOCX).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The text in NFC, spaces made single.
    pub text: String,
    /// The page, from 1; none in DOCX, where pages are made by the program that shows it.
    pub page: Option<u32>,
    /// The paragraph or line, from 1 in reading order.
    pub number: u32,
    /// The column.
    pub side: Side,
    /// Whether more than half of the letters are bold; none where the file does not tell.
    pub bold: Option<bool>,
    /// Whether the line opens a paragraph. Always so in DOCX; a guess from the indent in PDF.
    pub opens: bool,
    /// Whether the line stands in the middle; none where the file does not tell, or where it fills the width.
    pub centred: Option<bool>,
}

/// The text in NFC with every run of spaces (and soft or zero-width characters) made one space, ends trimmed. The
/// Icelandic letter that some keyboards write for Đ, and the hyphens that do not break, become the usual ones.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'Ð' => out.push('Đ'),
            'ð' => out.push('đ'),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Lines put together: with a space, but none where a number with symbol was broken at its stroke or hyphen.
pub(crate) fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in lines.map(str::trim) {
        let last = out.rsplit(' ').next().unwrap_or_default();
        let is_broken = last.len() > 1
            && last.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())
            && last.ends_with(['/', '-']);
        let goes_on = line.starts_with(|c: char| c.is_alphanumeric());
        let is_whole = is_broken && goes_on;
        if !(out.is_empty() || is_whole) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Whether the gap between two pieces of a line was left for a number, a day or a month rather than to part columns:
/// `Số:      /QĐ-UBND`, `ngày      tháng 5 năm 2025`.
pub(crate) fn waits(before: &str, after: &str) -> bool {
    let (before, after) = (before.to_lowercase(), after.to_lowercase());
    let left = ["số:", "số", "ngày", "tháng"].iter().any(|word| before.ends_with(word));
    after.starts_with('/') || (left && ["tháng", "năm"].iter().any(|word| after.starts_with(word)))
}
