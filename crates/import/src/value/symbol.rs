//! Numbers and symbols of documents: `1140/STTTT-TTBCXB`.

use domain::text;

use crate::source::Raw;

/// A symbol in its usual form, and whether more than spaces had to be changed.
pub(crate) fn usual(written: &str) -> (String, bool) {
    let line = text::clean_line(written);
    let bare = without_label(&line);
    let dashes: String = bare.chars().map(|sign| if is_dash(sign) { '-' } else { sign }).collect();
    let tight = tighten(&dashes);
    let repaired = repair_types(&tight);
    let changed = repaired != tight;
    (repaired, changed)
}

/// Number and symbol of two columns in one text: `12` and `/QĐ-UBND` or `QĐ-UBND`. A whole symbol stays as it is; so
/// does a number that the sheet program made a day, to be told.
pub(crate) fn joined(number: &Raw, symbol: &Raw) -> Raw {
    if matches!(number, Raw::Day(_) | Raw::Error(_)) {
        return number.clone();
    }
    let (number, symbol) = (number.written(), symbol.written());
    let (number, rest) = (number.trim(), symbol.trim());
    let whole = rest.split_once('/').is_some_and(|(first, _)| {
        let same = |text: &str| text.trim().trim_start_matches('0').to_owned();
        first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty() && same(first) == same(number)
    });
    Raw::Text(match rest.trim_start_matches(['/', ' ']) {
        _ if whole => rest.to_owned(),
        "" => number.to_owned(),
        rest if number.ends_with('/') => format!("{number}{rest}"),
        rest => format!("{number}/{rest}"),
    })
}

/// Takes away `Số:`, `Số`.
fn without_label(line: &str) -> &str {
    let folded: String = line.chars().take(3).map(|sign| text::fold(&sign.to_string())).collect();
    if !folded.starts_with("so") {
        return line;
    }
    let rest = line.char_indices().nth(2).and_then(|(at, _)| line.get(at..)).unwrap_or("");
    let after = rest.trim_start_matches([':', ' ', '.']);
    if after.len() < rest.len() && after.starts_with(|sign: char| sign.is_ascii_digit()) {
        after
    } else {
        line
    }
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// No spaces around `/` and `-`.
fn tighten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '/' | '-') {
            out.truncate(out.trim_end().len());
        }
        if sign != ' ' || !out.ends_with(['/', '-']) {
            out.push(sign);
        }
    }
    out
}

/// Abbreviations of types and bodies whose Đ was written as D. Only those that mean nothing else.
fn repair_types(symbol: &str) -> String {
    const WRONG: [(&str, &str); 5] =
        [("QD", "QĐ"), ("ND", "NĐ"), ("HDND", "HĐND"), ("TTDT", "TTĐT"), ("LDTBXH", "LĐTBXH")];
    let mut out = String::with_capacity(symbol.len());
    let mut rest = symbol;
    while !rest.is_empty() {
        let end = rest.find(['/', '-', '&']).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        out.push_str(WRONG.iter().find(|(wrong, _)| *wrong == part).map_or(part, |(_, right)| right));
        let (sign, tail) = tail.split_at(tail.len().min(1));
        out.push_str(sign);
        rest = tail;
    }
    out
}

/// `1140/STTTT-TTBCXB ngày 20/11/2020` into symbol and day, as written.
pub(crate) fn split_day(written: &str) -> Option<(&str, &str)> {
    let marks = ["ngày", "Ngày", "NGÀY", "ngay ", "Ngay "];
    let at = marks.iter().filter_map(|mark| written.rfind(mark)).max()?;
    let (symbol, day) = written.split_at(at);
    let symbol = symbol.trim().trim_end_matches(|sign: char| sign.is_whitespace() || ",;(-".contains(sign));
    let day = day.trim().trim_end_matches(')');
    (symbol.contains(|sign: char| sign.is_ascii_digit()) && day.contains(|sign: char| sign.is_ascii_digit()))
        .then_some((symbol, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_dashes_and_labels_go() {
        for written in [
            "1140/STTTT-TTBCXB",
            "1140 / STTTT - TTBCXB",
            "1140/STTTT–TTBCXB",
            "Số: 1140/STTTT-TTBCXB",
            "Số 1140/STTTT-TTBCXB",
            "So: 1140/STTTT-TTBCXB",
            "1140/ STTTT -\u{a0}TTBCXB",
        ] {
            assert_eq!(usual(written), ("1140/STTTT-TTBCXB".to_owned(), false), "{written}");
        }
        assert_eq!(usual("Sổ tay 12").0, "Sổ tay 12");
        assert_eq!(usual("Số đặc biệt").0, "Số đặc biệt");
    }

    #[test]
    fn number_and_symbol_of_two_columns_are_one() {
        let text = |text: &str| Raw::Text(text.to_owned());
        for (number, symbol, both) in [
            (Raw::Number(12.0), "/QĐ-UBND", "12/QĐ-UBND"),
            (text("02"), "BC-UBND", "02/BC-UBND"),
            (text("02/"), "BC-UBND", "02/BC-UBND"),
            (text("2"), "02/BC-UBND", "02/BC-UBND"),
            (text("12"), "2026/QĐ-UBND", "12/2026/QĐ-UBND"),
            (text("12"), " ", "12"),
        ] {
            assert_eq!(joined(&number, &text(symbol)), text(both), "{number:?} {symbol}");
        }
        let day = Raw::Day(jiff::civil::date(2021, 3, 12));
        assert_eq!(joined(&day, &text("UBND")), day);
    }

    #[test]
    fn only_abbreviations_that_mean_nothing_else_are_repaired() {
        assert_eq!(usual("20/2016/QD-UBND"), ("20/2016/QĐ-UBND".to_owned(), true));
        assert_eq!(usual("12/NQ-HDND").0, "12/NQ-HĐND");
        assert_eq!(usual("12/HD-UBND"), ("12/HD-UBND".to_owned(), false));
        assert_eq!(usual("QDA/1").0, "QDA/1");
    }

    #[test]
    fn a_day_behind_the_symbol_is_split_off() {
        assert_eq!(
            split_day("1140/STTTT-TTBCXB ngày 20/11/2020"),
            Some(("1140/STTTT-TTBCXB", "ngày 20/11/2020"))
        );
        assert_eq!(
            split_day("12/QĐ-UBND, (ngày 5 tháng 3 năm 2020)"),
            Some(("12/QĐ-UBND", "ngày 5 tháng 3 năm 2020"))
        );
        assert_eq!(split_day("1140/STTTT"), None);
        assert_eq!(split_day("ngày 20/11/2020"), None);
    }
}
