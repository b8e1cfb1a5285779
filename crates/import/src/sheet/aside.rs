//! Rows that are not lines of the register: column numbers, section titles, totals, places for signatures.

use domain::text;

use crate::Severity;
use crate::source::{Raw, Row};
use crate::value::plain::bare;

const TOTALS: [&str; 5] = ["tong cong", "tong so", "tong", "cong", "luy ke"];
const SECTIONS: [&str; 9] =
    ["thang ", "quy ", "nam ", "tuan ", "phan ", "muc ", "chuong ", "linh vuc ", "van ban "];
const SIGNATURES: [&str; 18] = [
    "nguoi lap",
    "lap bieu",
    "lap so",
    "thu truong",
    "chu tich",
    "tm uy ban",
    "tm ubnd",
    "kt ",
    "tl ",
    "ky ten",
    "ky ghi ro",
    "dong dau",
    "xac nhan",
    "chanh van phong",
    "truong phong",
    "van thu",
    "can bo",
    "giam doc",
];

/// Whether the sheet has come to its foot.
#[derive(Debug, Default)]
pub(super) struct Aside {
    foot: bool,
}

impl Aside {
    /// The sheet goes on: what stood above was no foot.
    pub(super) fn resume(&mut self) {
        self.foot = false;
    }

    /// Whether a row that lacks needed values is no line. Severity info where the words say so, doubt where only the
    /// shape does.
    pub(super) fn recognise(
        &mut self,
        cells: &[(u16, String)],
        missing: usize,
        found: usize,
    ) -> Option<Severity> {
        let texts: Vec<String> = cells.iter().map(|(_, text)| bare(text)).collect();
        let first = texts.iter().find(|text| !text.is_empty())?;
        let words = texts.iter().filter(|text| text.chars().any(char::is_alphabetic)).count();
        if is_total_row(cells) {
            return Some(Severity::Info);
        }
        if first.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number in the ordinal column makes it a line.
            return None;
        }
        if words <= 4 && texts.iter().any(|text| signs(text)) {
            self.foot = true;
            return Some(if found >= 2 { Severity::Doubt } else { Severity::Info });
        }
        if self.foot && cells.len() <= 4 {
            return Some(Severity::Info);
        }
        // One text across the sheet: a section, or a line of which only one cell was filled in.
        if words == 1 && cells.len() <= 2 && found <= 1 && missing > 0 {
            let numbered = first.split(' ').next().is_some_and(is_roman_or_letter);
            let section = numbered || SECTIONS.iter().any(|word| first.starts_with(word));
            return Some(if section { Severity::Info } else { Severity::Doubt });
        }
        None
    }
}

/// A row whose first text is a total, with hardly any other text.
pub(super) fn is_total_row(cells: &[(u16, String)]) -> bool {
    let mut texts = cells.iter().map(|(_, text)| text).filter(|text| !bare(text).is_empty());
    let words = texts.clone().filter(|text| text.chars().any(char::is_alphabetic)).count();
    words <= 2 && texts.next().is_some_and(|text| is_total(text))
}

/// `Tổng cộng`, `Cộng tháng 3: 12 văn bản`. With marks, `cộng` is not `công` (Công an xã); without them only what
/// follows tells.
fn is_total(written: &str) -> bool {
    let text = bare(written);
    let Some(total) = TOTALS.iter().find(|total| text == **total || text.starts_with(&format!("{total} ")))
    else {
        return false;
    };
    let marked = text::key(written);
    let other_word = ["công", "tòng", "tông", "tống"].iter().any(|word| marked.starts_with(word));
    let rest = text.get(total.len()..).unwrap_or("").trim();
    let body =
        matches!(rest.split(' ').next(), Some("an" | "doan" | "ty" | "cong" | "cuc" | "dong" | "giao"));
    !other_word && !body
}

/// Words of a place for signatures, or place and day of one.
fn signs(text: &str) -> bool {
    let short = text.split(' ').count() <= 6;
    let signature = short && SIGNATURES.iter().any(|word| text.starts_with(word));
    signature || (text.contains(" ngay ") && text.contains(" thang "))
}

fn is_roman_or_letter(word: &str) -> bool {
    word.chars().all(|sign| "ivx".contains(sign))
        || (word.len() == 1 && word.chars().all(|sign| sign.is_ascii_lowercase()))
}

/// `(1) (2) (3)` or `1 2 3`: the numbers of the columns below the headings.
pub(super) fn is_numbers(row: &Row) -> bool {
    let number = |raw: &Raw| -> Option<i64> {
        let text = text::fold(&raw.written());
        // Sheet programs read `(3)` as minus three.
        text.trim_matches(['(', ')', '[', ']', ' ', '.', '-']).parse().ok()
    };
    let numbers: Option<Vec<i64>> = row.cells.iter().map(|cell| number(&cell.raw)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 3
            && numbers.first().is_some_and(|first| (0..=3).contains(first))
            && numbers.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(texts: &[&str]) -> Option<Severity> {
        let cells: Vec<(u16, String)> = (0..).zip(texts.iter().map(|text| (*text).to_owned())).collect();
        Aside::default().recognise(&cells, 2, 0)
    }

    #[test]
    fn totals_sections_and_signatures_are_no_lines() {
        for texts in [
            &["Tổng cộng", "513"][..],
            &["Tháng 3 năm 2020"],
            &["I. Văn bản chỉ đạo"],
            &["Người lập biểu", "Thủ trưởng đơn vị"],
        ] {
            assert_eq!(recognise(texts), Some(Severity::Info), "{texts:?}");
        }
        assert_eq!(recognise(&["Kim Bảng, ngày 31 tháng 12 năm 2020"]), Some(Severity::Info));
        assert_eq!(recognise(&["một chữ lạ"]), Some(Severity::Doubt));
        assert_eq!(recognise(&["12/UBND", "20/11/2020", "Về việc", "An"]), None);
    }

    #[test]
    fn a_body_whose_name_begins_like_a_total_is_no_total() {
        for name in ["Công an xã", "Công đoàn xã", "Tổng công ty Điện", "CONG AN XA", "Tổng cục Thuế"]
        {
            assert_eq!(recognise(&[name, "10/2022/QĐ-UBND"]), None, "{name}");
        }
        for total in ["Tổng số văn bản", "Cộng", "CONG THANG 3", "Cộng tháng 3: 12 văn bản", "Tổng: 5"]
        {
            assert_eq!(recognise(&[total, "12"]), Some(Severity::Info), "{total}");
        }
    }

    #[test]
    fn below_the_signatures_short_rows_are_names() {
        let mut aside = Aside::default();
        let row = |texts: &[&str]| {
            (0..).zip(texts.iter().map(|text| (*text).to_owned())).collect::<Vec<(u16, String)>>()
        };
        assert_eq!(aside.recognise(&row(&["Người lập", "Chủ tịch"]), 2, 0), Some(Severity::Info));
        assert_eq!(aside.recognise(&row(&["Nguyễn Văn A", "Trần Thị B"]), 2, 1), Some(Severity::Info));
    }
}
