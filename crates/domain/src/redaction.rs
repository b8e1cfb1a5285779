//! Covering (*che*) what must not go to the public: proposals of what may be personal data, and the text without it.
//!
//! Law 91/2025/QH15 lets personal data be published only with consent or where a law says so. A proposal is no verdict:
//! a person decides about each, and another approves the text. Names are not proposed: no pattern tells the name of a
//! citizen from that of an official.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text;

/// What stands where something was covered. Always the same, so that nothing tells how long it was.
pub const MARK: &str = "[đã che]";

/// What a covered place seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// *Số điện thoại.*
    Phone,
    /// *Địa chỉ thư điện tử.*
    Email,
    /// *Số căn cước, chứng minh nhân dân.*
    IdNumber,
    /// *Số hộ chiếu.*
    Passport,
    /// *Số tài khoản.*
    Account,
    /// *Biển số xe.*
    Plate,
    /// *Ngày, năm sinh.*
    Birth,
}

/// Something in a text that may be personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it seems to be.
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// A text with its covered places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The text that may be shown.
    pub text: String,
    /// How many places were covered.
    pub places: usize,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] =
        [Kind::Phone, Kind::Email, Kind::IdNumber, Kind::Passport, Kind::Account, Kind::Plate, Kind::Birth];

    /// The stored word; locale key `redaction.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::IdNumber => "id_number",
            Kind::Passport => "passport",
            Kind::Account => "account",
            Kind::Plate => "plate",
            Kind::Birth => "birth",
        }
    }
}

/// How each kind is written. The first that takes a place keeps it; a group named `it` is the part that counts.
/// Digits may stand apart by up to two spaces, dots, dashes or brackets.
static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    const GAP: &str = r"[ .\-()]{0,2}";
    let digits = |count: usize| format!(r"(?:{GAP}\d){{{count}}}");
    [
        (Kind::Email, r"[A-Za-z0-9._%+\-]+ ?(?:@|\(at\)|\[at\]) ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+".to_owned()),
        (Kind::Account, r"(?i)(?:số tài khoản|tài khoản số|stk)[^\d\n]{0,30}(?P<it>\d(?:[ .\-]?\d){5,18})".to_owned()),
        (Kind::Birth, r"(?i)sinh(?: ngày| năm)?:? ?(?P<it>ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{4})".to_owned()),
        (Kind::IdNumber, r"(?i)(?:cmnd|cccd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?)[^\d\n]{0,20}(?P<it>\d(?:[ .\-]?\d){8}(?:(?:[ .\-]?\d){3})?)".to_owned()),
        // A personal number begins with the code of a province, 001 to 096.
        (Kind::IdNumber, r"0\d(?:[ .]?\d){10}".to_owned()),
        (Kind::Phone, format!(r"(?:\+{GAP}84|0{GAP}0{GAP}84|84){GAP}(?:\(0\))?{GAP}(?:2{}|[35789]{})", digits(9), digits(8))),
        // Numbers of before 2017 have up to ten digits after a 0 and a 3.
        (Kind::Phone, format!(r"\(?0{GAP}(?:[23]{}|[35789]{})", digits(9), digits(8))),
        (Kind::IdNumber, r"\d{9}".to_owned()),
        (Kind::Passport, r"[A-Z]\d{7,8}".to_owned()),
        (Kind::Plate, r"\d{2}[ \-]?[A-ZĐ][A-Z0-9]?[ \-]?\d{3}[. ]?\d{2}|\d{2}[ \-]?[A-ZĐ]\d?[ \-]\d{4}".to_owned()),
    ]
    .into_iter()
    .filter_map(|(kind, pattern)| Some((kind, Regex::new(&pattern).ok()?)))
    .collect()
});

/// What may be personal data in a clean text ([`text::clean_text`]), in its order; no two overlap.
pub fn find(text: &str) -> Vec<Hit> {
    let plain = Plain::of(text);
    let mut hits: Vec<Hit> = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for found in pattern.captures_iter(&plain.text) {
            let Some(place) = found.name("it").or_else(|| found.get(0)) else { continue };
            if !stands_alone(&plain.text, &place.range()) {
                continue;
            }
            let range = plain.back(&place.range());
            let is_free = hits.iter().all(|hit| hit.range.end <= range.start || range.end <= hit.range.start);
            if is_free && fits(*kind, place.as_str()) {
                hits.push(Hit { kind: *kind, range });
            }
        }
    }
    hits.sort_by_key(|hit| hit.range.start);
    hits
}

/// Whether no letter or digit touches it, and no thousands of a sum follow.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let next = after.next();
    let goes_on = matches!(next, Some('.' | ',')) && after.next().is_some_and(|sign| sign.is_ascii_digit());
    // `1140/2019` and `29-1140` are numbers of documents.
    let is_symbol = next == Some('/') || before == Some('/');
    !before.is_some_and(char::is_alphanumeric)
        && !next.is_some_and(char::is_alphanumeric)
        && !goes_on
        && !is_symbol
}

fn fits(kind: Kind, text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (kind, digits.len()) {
        (Kind::IdNumber, 12) => digits
            .get(..3)
            .and_then(|code| code.parse().ok())
            .is_some_and(|code: u16| (1..=96).contains(&code)),
        _ => true,
    }
}

/// A text with digits of all widths, and letters that stand for digits, as plain digits; and where each came from.
struct Plain {
    text: String,
    /// For each byte of `text`, where the sign it belongs to begins in the original; one more for the end.
    from: Vec<usize>,
}

impl Plain {
    fn of(original: &str) -> Plain {
        let signs: Vec<(usize, char)> = original.char_indices().collect();
        let mut text = String::with_capacity(original.len());
        let mut from = Vec::with_capacity(original.len() + 1);
        let is_digit = |index: Option<usize>| {
            index.and_then(|index| signs.get(index)).is_some_and(|(_, sign)| narrow(*sign).is_ascii_digit())
        };
        for (index, (at, sign)) in signs.iter().enumerate() {
            let between = is_digit(index.checked_sub(1)) && is_digit(Some(index + 1));
            let plain = match narrow(*sign) {
                'O' | 'o' if between => '0',
                'l' | 'I' if between => '1',
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '·' | '_' => '-',
                '\u{a0}' => ' ',
                other => other,
            };
            from.extend(std::iter::repeat_n(*at, plain.len_utf8()));
            text.push(plain);
        }
        from.push(original.len());
        Plain { text, from }
    }

    fn back(&self, range: &Range<usize>) -> Range<usize> {
        let at = |index: usize| self.from.get(index).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    }
}

/// Full-width digits and letters as plain ones.
fn narrow(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => {
            u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(sign)
        }
        _ => sign,
    }
}

/// The text with each of `phrases` covered wherever it stands as whole words, whatever its capitals and spaces.
/// Phrases that are empty cover nothing.
pub fn cover(original: &str, phrases: &[String]) -> Covered {
    let mut wanted: Vec<Vec<char>> = phrases.iter().map(|phrase| lower(&text::clean_line(phrase))).collect();
    wanted.retain(|phrase| !phrase.is_empty());
    // The longest first: a name in full before its last part.
    wanted.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let signs: Vec<char> = original.chars().collect();
    let small = lower(original);
    let mut covered = Covered { text: String::with_capacity(original.len()), places: 0 };
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        let found = wanted.iter().find_map(|phrase| length_at(&small, at, phrase));
        if let Some(length) = found {
            covered.text.push_str(MARK);
            covered.places += 1;
            at += length;
        } else {
            covered.text.push(*sign);
            at += 1;
        }
    }
    covered
}

/// Each sign in lower case, one for one.
fn lower(text: &str) -> Vec<char> {
    let one = |sign: char| {
        let mut small = sign.to_lowercase();
        match (small.next(), small.next()) {
            (Some(only), None) => only,
            _ => sign,
        }
    };
    text.chars().map(one).collect()
}

/// How many signs `phrase` takes at `at`, when it stands there as whole words.
fn length_at(text: &[char], at: usize, phrase: &[char]) -> Option<usize> {
    let is_word = |index: Option<usize>| {
        index.and_then(|index| text.get(index)).is_some_and(|sign| sign.is_alphanumeric())
    };
    let starts = phrase.first().is_some_and(|sign| sign.is_alphanumeric());
    if starts && is_word(at.checked_sub(1)) {
        return None;
    }
    let mut here = at;
    for sign in phrase {
        if *sign == ' ' {
            let spaces = text.get(here..)?.iter().take_while(|sign| sign.is_whitespace()).count();
            if spaces == 0 {
                return None;
            }
            here += spaces;
        } else if text.get(here) == Some(sign) {
            here += 1;
        } else {
            return None;
        }
    }
    let ends = phrase.last().is_some_and(|sign| sign.is_alphanumeric());
    (!(ends && is_word(Some(here)))).then_some(here - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        find(text).into_iter().map(|hit| (hit.kind, &text[hit.range])).collect()
    }

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(PATTERNS.len(), 10);
    }

    #[test]
    fn telephones_are_found_however_they_are_written() {
        for written in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "0 9 1 2 3 4 5 6 7 8",
            "+84912345678",
            "+84 (0) 912 345 678",
            "84912345678",
            "0351 3 820 123",
            "(0226) 3 820 123",
            "０９１２３４５６７８",
            "09l2345678",
            "0912 345 6O8",
            "0912–345–678",
        ] {
            let text = format!("Liên hệ {written}, buổi sáng.");
            let hits = found(&text);
            assert_eq!(hits.len(), 1, "{written}: {hits:?}");
        }
    }

    #[test]
    fn other_personal_data_is_found_with_its_kind() {
        for (text, kind, it) in [
            ("thư an.nguyen@example.vn nhé", Kind::Email, "an.nguyen@example.vn"),
            ("thư an (at) example.vn nhé", Kind::Email, "an (at) example.vn"),
            ("CCCD 035 085 012 345.", Kind::IdNumber, "035 085 012 345"),
            ("số 035085012345", Kind::IdNumber, "035085012345"),
            ("CMND: 168.205.701 cấp", Kind::IdNumber, "168.205.701"),
            ("số 168205701 cấp ngày", Kind::IdNumber, "168205701"),
            ("hộ chiếu B1234567", Kind::Passport, "B1234567"),
            ("số tài khoản tại ngân hàng: 0351 0001 2345 67", Kind::Account, "0351 0001 2345 67"),
            ("xe 90B1-234.56 đỗ", Kind::Plate, "90B1-234.56"),
            ("xe 90A-1234 đỗ", Kind::Plate, "90A-1234"),
            ("ông A, sinh năm 1960, trú tại", Kind::Birth, "1960"),
            ("bà B (sinh ngày 02/3/1971)", Kind::Birth, "02/3/1971"),
        ] {
            assert_eq!(found(text), [(kind, it)], "{text}");
        }
    }

    #[test]
    fn figures_of_an_office_are_no_personal_data() {
        for text in [
            "Quyết định số 1140/QĐ-UBND ngày 24/12/2020",
            "Nghị định 30/2020/NĐ-CP; số 125/UBND-VHTT",
            "Tổng kinh phí 2.682.057.000 đồng, năm 2019-2020",
            "kinh phí 268.205.701 đồng",
            "từ 08 giờ 00 đến 17 giờ 30, các ngày 05, 06, 07/8/2026",
            "tổng đài 19001234; 1.600 văn bản, 513 tin",
            "Kế hoạch 29-KH/TU",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_phrase_is_covered_everywhere_as_whole_words_and_its_length_is_not_told() {
        let phrases = ["Nguyễn Văn An".to_owned(), "An".to_owned(), String::new(), "0912 345 678".to_owned()];
        let covered =
            cover("Ông NGUYỄN VĂN  AN (0912 345 678), an ninh; ban An.\nông Nguyễn\nVăn An", &phrases);
        assert_eq!(covered.text, "Ông [đã che] ([đã che]), [đã che] ninh; ban [đã che].\nông [đã che]");
        assert_eq!(covered.places, 5);
    }

    proptest::proptest! {
        #[test]
        fn what_is_found_is_gone_when_covered(text in "[ -~áđẾ０-９\n]{0,120}") {
            let text = text::clean_text(&text);
            let phrases: Vec<String> = find(&text).into_iter().map(|hit| text[hit.range].to_owned()).collect();
            let covered = cover(&text, &phrases);
            for phrase in &phrases {
                proptest::prop_assert!(!covered.text.contains(phrase.as_str()), "{phrase:?} in {covered:?}");
            }
        }
    }
}
