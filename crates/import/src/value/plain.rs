//! Counts, yes and no, words of closed lists.

use domain::register::Field;
use domain::text;
use domain::time::{self, Time};
use jiff::SignedDuration;

use crate::Code;
use crate::source::Raw;

/// Words that may follow a number: `05 bản`.
const COUNTED: [&str; 9] = ["ban", "lan", "cai", "bo", "to", "trang", "tin", "bai", "van ban"];

/// A time of day: as people write it, or the part of a day that a sheet holds.
pub(crate) fn clock(raw: &Raw) -> Result<Time, Code> {
    let read = match raw {
        Raw::Text(text) => time::read_clock(text),
        Raw::Number(part) if (0.0..1.0).contains(part) => {
            #[expect(clippy::cast_possible_truncation, reason = "less than 1440")]
            let minutes = (part * 1440.0).round() as i16;
            Time::midnight().checked_add(SignedDuration::from_mins(minutes.into())).ok()
        }
        Raw::Number(_) | Raw::Day(_) | Raw::Flag(_) | Raw::Error(_) => None,
    };
    read.ok_or(Code::ClockUnreadable)
}

/// A whole number and what to say about how it was read.
pub(crate) fn count(raw: &Raw) -> Result<(i64, Option<Code>), Code> {
    let text = match raw {
        Raw::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within bounds")]
            return Ok((*number as i64, None));
        }
        Raw::Text(text) => text::fold(text),
        Raw::Number(_) | Raw::Day(_) | Raw::Flag(_) | Raw::Error(_) => return Err(Code::NumberUnreadable),
    };
    let end = text.find(|sign: char| sign.is_alphabetic()).unwrap_or(text.len());
    let (digits, word) = text.split_at(end);
    if !word.is_empty() && !COUNTED.contains(&word.trim_end_matches('.')) {
        return Err(Code::NumberUnreadable);
    }
    grouped(digits.trim()).ok_or(Code::NumberUnreadable)
}

/// `1600`, `1.600`; `1,600` and `1 600` with a note.
fn grouped(digits: &str) -> Option<(i64, Option<Code>)> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((digits.parse().ok()?, None));
    }
    let sign = digits.chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| ".,  ".contains(*sign))?;
    let mut groups = digits.split(sign);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()) && is_digits(group))?;
    let mut all = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        all.push_str(group);
    }
    Some((all.parse().ok()?, (sign != '.').then_some(Code::NumberSeparator)))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Yes or no.
pub(crate) fn flag(raw: &Raw) -> Result<bool, Code> {
    const YES: [&str; 13] = ["x", "co", "yes", "y", "v", "1", "true", "✓", "✔", "☑", "dung", "roi", "phai"];
    const NO: [&str; 11] = ["khong", "ko", "k", "no", "n", "0", "false", "-", "chua", "☐", "khong co"];
    let text = match raw {
        Raw::Flag(flag) => return Ok(*flag),
        Raw::Text(_) | Raw::Number(_) | Raw::Day(_) | Raw::Error(_) => text::fold(&raw.written()),
    };
    let text = text.trim_matches(['.', '(', ')', ' ']);
    if YES.contains(&text) {
        Ok(true)
    } else if NO.contains(&text) {
        Ok(false)
    } else {
        Err(Code::FlagUnknown)
    }
}

/// Letters and digits only, folded, single spaces.
pub(crate) fn bare(text: &str) -> String {
    let folded = text::fold(text);
    let words: Vec<&str> =
        folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Abbreviations inside words of lists, folded.
const SHORT: [(&str, &str); 8] = [
    ("tl", "tra loi"),
    ("xl", "xu ly"),
    ("gq", "giai quyet"),
    ("kq", "ket qua"),
    ("yc", "yeu cau"),
    ("tt", "thong tin"),
    ("vb", "van ban"),
    ("1", "mot"),
];

/// A text without marks and with its abbreviations written out.
fn written_out(text: &str) -> String {
    let bare = bare(text);
    let long = |word| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long);
    bare.split(' ').map(long).collect::<Vec<_>>().join(" ")
}

/// The word whose spelling of two words or more begins `bare_text` (*Đã trả lời bằng văn bản*), unless what follows may
/// turn it round.
fn begun(words: &'static [(&'static str, &'static [&'static str])], bare_text: &str) -> Option<&'static str> {
    const TURNS: [&str; 7] = ["chua", "khong", "nhung", "mot", "phan", "du", "truoc"];
    let begins = |spelling: &str| {
        let rest = bare_text.strip_prefix(spelling)?.strip_prefix(' ')?;
        let turned = rest.split(' ').any(|word| TURNS.contains(&word));
        (spelling.contains(' ') && !turned).then_some(spelling.len())
    };
    let all = words.iter().flat_map(|(stored, spellings)| spellings.iter().map(move |s| (*stored, bare(s))));
    all.filter_map(|(stored, spelling)| Some((begins(&spelling)?, stored))).max().map(|(_, stored)| stored)
}

/// One of the words of `field`, by its spellings or its stored form; a close one with a note.
pub(crate) fn word(field: &Field, text: &str) -> Result<(&'static str, Option<Code>), Code> {
    let domain::register::FieldKind::Word(words) = field.kind else { return Err(Code::WordUnknown) };
    let bare_text = written_out(text);
    let exact = words.iter().find(|(stored, spellings)| {
        *stored == text.trim() || spellings.iter().any(|s| written_out(s) == bare_text)
    });
    if let Some((stored, _)) = exact {
        return Ok((stored, None));
    }
    let mut close = words.iter().filter(|(_, spellings)| {
        spellings.iter().map(|spelling| bare(spelling)).any(|spelling| {
            spelling.len() >= 6 && crate::header::distance(&spelling, &bare_text, 1).is_some()
        })
    });
    match (close.next(), close.next()) {
        (Some((stored, _)), None) => Ok((stored, Some(Code::WordGuessed))),
        (None, _) => begun(words, &bare_text)
            .map_or(Err(Code::WordUnknown), |stored| Ok((stored, Some(Code::WordGuessed)))),
        _ => Err(Code::WordUnknown),
    }
}

/// What `field` accepts, the official spelling of each word.
pub(crate) fn accepted(field: &Field) -> String {
    let domain::register::FieldKind::Word(words) = field.kind else { return String::new() };
    let official = words.iter().filter_map(|(_, spellings)| spellings.first().copied());
    official.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::register::Register;
    use proptest::prelude::*;

    fn text(text: &str) -> Raw {
        Raw::Text(text.to_owned())
    }

    #[test]
    fn numbers_with_and_without_thousands() {
        for written in ["1.600", "1600", "1.600 bản", " 1600 "] {
            assert_eq!(count(&text(written)), Ok((1600, None)), "{written}");
        }
        assert_eq!(count(&text("1,600")), Ok((1600, Some(Code::NumberSeparator))));
        assert_eq!(count(&text("1 600")), Ok((1600, Some(Code::NumberSeparator))));
        assert_eq!(count(&text("05")), Ok((5, None)));
        assert_eq!(count(&Raw::Number(12.0)), Ok((12, None)));
        for wrong in
            ["1.60", "1,5", "-3", "12.34.567", "nhiều", "3 con", "", "1.600,5", "99999999999999999999"]
        {
            assert_eq!(count(&text(wrong)), Err(Code::NumberUnreadable), "{wrong}");
        }
        assert_eq!(count(&Raw::Number(1.5)), Err(Code::NumberUnreadable));
        assert_eq!(count(&Raw::Number(-1.0)), Err(Code::NumberUnreadable));
    }

    #[test]
    fn yes_and_no() {
        for yes in ["x", "X", "Có", "✓", "có", "Rồi"] {
            assert_eq!(flag(&text(yes)), Ok(true), "{yes}");
        }
        for no in ["không", "Không", "-", "Chưa"] {
            assert_eq!(flag(&text(no)), Ok(false), "{no}");
        }
        assert_eq!(flag(&Raw::Number(1.0)), Ok(true));
        assert_eq!(flag(&text("có thể")), Err(Code::FlagUnknown));
    }

    #[test]
    fn words_by_every_spelling_and_close_ones_with_a_note() {
        let outcome = Register::PressRequests.field("outcome").unwrap();
        assert_eq!(word(outcome, "Đã trả lời"), Ok(("answered", None)));
        assert_eq!(word(outcome, "DA TRA LOI."), Ok(("answered", None)));
        assert_eq!(word(outcome, "refused"), Ok(("refused", None)));
        assert_eq!(word(outcome, "Đã trả lờii"), Ok(("answered", Some(Code::WordGuessed))));
        assert_eq!(word(outcome, "Không rõ"), Err(Code::WordUnknown));
        for (short, stored) in
            [("Đã TL", "answered"), ("chưa TL", "open"), ("Đang XL", "open"), ("Đã GQ", "answered")]
        {
            assert_eq!(word(outcome, short), Ok((stored, None)), "{short}");
        }
        for longer in ["Đã trả lời bằng văn bản", "Đã cung cấp TT ngày 20/11"] {
            assert_eq!(word(outcome, longer), Ok(("answered", Some(Code::WordGuessed))), "{longer}");
        }
        for turned in ["Đã trả lời nhưng chưa đủ", "Đã trả lời một phần", "Không trả lời"]
        {
            assert_eq!(word(outcome, turned), Err(Code::WordUnknown), "{turned}");
        }
        assert!(accepted(outcome).starts_with("Đã trả lời; Từ chối"));
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_from_the_form_of_tables(number in 0_u32..) {
            let written = domain::text::number(u64::from(number));
            prop_assert_eq!(count(&text(&written)), Ok((i64::from(number), None)));
        }
    }
}
