//! Words of a Vietnamese text with the place where each stands.
//!
//! A word here is a syllable, a number or a run of letters (TX-20): words are divided at everything that is neither
//! letter nor digit, and between letters and digits (`QĐ29` = `QĐ 29`). Marks standing apart (NFD, TX-16) and signs
//! that cannot be seen belong to the word they stand in.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use domain::text;
use unicode_normalization::char::is_combining_mark;

/// Longer words are compared by this many signs only.
const LONGEST: usize = 64;
/// A text in Vietnamese has some 7,000 syllables; beyond this the memory starts anew.
const REMEMBERED: usize = 30_000;

/// The two forms of a word in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forms {
    /// Lower case, one style of tone marks, marks kept: `thủy`.
    pub key: Arc<str>,
    /// Lower case, no marks, đ as d: `thuy`. Numbers without leading zeros (`05` = `5`).
    pub fold: Arc<str>,
}

impl Forms {
    pub(crate) fn of(word: &str) -> Self {
        if !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_digit()) {
            let digits = word.trim_start_matches('0');
            let digits: Arc<str> = cut(if digits.is_empty() { "0" } else { digits }).into();
            return Self { key: Arc::clone(&digits), fold: digits };
        }
        if word.is_ascii() {
            let lower: Arc<str> = cut(&word.to_ascii_lowercase()).into();
            return Self { key: Arc::clone(&lower), fold: lower };
        }
        Self { key: cut(&text::key(word)).into(), fold: cut(&text::fold(word)).into() }
    }

    /// Whether the word is written with marks or đ.
    pub(crate) fn marked(&self) -> bool {
        self.key != self.fold
    }

    /// Whether the word is a number.
    pub(crate) fn is_number(&self) -> bool {
        self.fold.bytes().all(|sign| sign.is_ascii_digit())
    }
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// Remembers the forms of words already seen; syllables repeat.
#[derive(Debug, Default)]
pub(crate) struct Memory(HashMap<Box<str>, Forms>);

impl Memory {
    pub(crate) fn forms(&mut self, word: &str) -> Forms {
        if let Some(forms) = self.0.get(word) {
            return forms.clone();
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        let forms = Forms::of(word);
        self.0.insert(word.into(), forms.clone());
        forms
    }
}

/// The places of the words of `text`, as ranges of bytes.
pub(crate) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// See [`words`].
#[derive(Debug, Clone)]
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter,
    Digit,
    /// Part of a word only inside one.
    Joined,
    Other,
}

fn sign(c: char) -> Sign {
    if c.is_ascii() {
        return if c.is_ascii_alphabetic() {
            Sign::Letter
        } else if c.is_ascii_digit() {
            Sign::Digit
        } else {
            Sign::Other
        };
    }
    if c.is_alphabetic() {
        Sign::Letter
    } else if c.is_numeric() {
        Sign::Digit
    } else if is_combining_mark(c)
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    {
        Sign::Joined
    } else {
        Sign::Other
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..)?;
        let mut found: Option<(usize, Sign)> = None;
        let mut end = self.at;
        for (offset, c) in rest.char_indices() {
            let here = sign(c);
            let place = self.at + offset;
            match (found, here) {
                (None, Sign::Letter | Sign::Digit) => found = Some((place, here)),
                (None, _) => continue,
                (Some(_), Sign::Joined) => {}
                (Some((_, first)), here) if here == first => {}
                (Some(_), _) => break,
            }
            end = place + c.len_utf8();
        }
        let (start, _) = found?;
        self.at = end;
        Some(start..end)
    }
}

/// The start of `text` of at most `bytes` bytes, never inside a sign.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<String> {
        words(text).map(|range| Forms::of(&text[range]).fold.to_string()).collect()
    }

    #[test]
    fn marks_standing_apart_and_hidden_signs_stay_in_their_word() {
        assert_eq!(folds("Thái Bi\u{300}nh, nguye\u{302}\u{303}n\u{ad}"), ["thai", "binh", "nguyen"]);
        assert_eq!(folds("quyết\u{200b}định"), ["quyetdinh"]);
        assert_eq!(folds("\u{300} \u{200b}"), Vec::<String>::new());
    }

    #[test]
    fn number_and_symbol_fall_into_their_parts_and_leading_zeros_do_not_count() {
        assert_eq!(folds("05/2019/QĐ-UBND"), ["5", "2019", "qd", "ubnd"]);
        assert_eq!(folds("Luật 103/2016/QH13, QĐ29"), ["luat", "103", "2016", "qh", "13", "qd", "29"]);
        assert_eq!(folds("00"), ["0"]);
    }

    #[test]
    fn both_places_of_the_tone_mark_and_both_d_have_one_form() {
        assert_eq!(Forms::of("HOÀ"), Forms::of("hòa"));
        assert_eq!(&*Forms::of("Ðường").key, "đường");
        assert!(Forms::of("đi").marked() && !Forms::of("ban").marked());
    }

    #[test]
    fn ranges_point_into_the_original_text() {
        let text = "« Bi\u{300}nh » 05";
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Bi\u{300}nh", "05"]);
    }
}
