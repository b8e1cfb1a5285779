//! Bytes of a CSV file to text: byte order marks, UTF-8, UTF-16 without mark, else Windows-1258 against the old
//! encodings, decided by which gives Vietnamese syllables.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::legacy::{Legacy, Tally};

/// The text, and the name of the encoding when it is not plain UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, broken) = encoding.decode_without_bom_handling(rest);
        let told = match (encoding == UTF_8, broken) {
            (true, false) => None,
            (true, true) => Some("UTF-8 (?)"),
            (false, _) => Some(encoding.name()),
        };
        return (text, told);
    }
    if let Some(encoding) = wide(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0, Some(encoding.name()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => eight_bit(bytes),
    }
}

/// UTF-16 without a mark: most signs of delimiters, digits and blanks have a zero byte on one side only.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096))?;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 10;
    if odd > many && even * 20 < odd {
        Some(UTF_16LE)
    } else if even > many && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn eight_bit(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    let (lossy, _) = UTF_8.decode_without_bom_handling(bytes);
    let broken = lossy.matches('\u{FFFD}').count();
    let beyond = lossy.chars().filter(|sign| !sign.is_ascii()).count();
    if broken * 3 < beyond {
        return (lossy, Some("UTF-8 (?)"));
    }
    let sample = bytes.get(..bytes.len().min(256 * 1024)).unwrap_or_default();
    let western = WINDOWS_1252.decode_without_bom_handling(sample).0;
    let vietnamese: String = WINDOWS_1258.decode_without_bom_handling(sample).0.nfc().collect();
    let old = Legacy::ALL.map(|legacy| Tally::of(&legacy.to_unicode(&western)).good).into_iter().max();
    if old.unwrap_or(0) > Tally::of(&vietnamese).good {
        // The old encodings are offered for conversion later; until then the signs are kept one by one.
        return (WINDOWS_1252.decode_without_bom_handling(bytes).0, Some("TCVN3/VNI"));
    }
    let text: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    (Cow::Owned(text), Some(WINDOWS_1258.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Số, ký hiệu;Ngày tháng;Trích yếu\n1/UBND;20/11/2020;Báo cáo tình hình\n";

    fn utf16(big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(TEXT.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    /// Windows-1258 keeps the shape with the letter and writes the tone after it.
    fn windows_1258() -> Vec<u8> {
        let spread: String = TEXT
            .chars()
            .flat_map(|sign| {
                let parts: Vec<char> = sign.to_string().nfd().collect();
                let (tone, shape): (Vec<char>, Vec<char>) = parts.into_iter().partition(|part| {
                    matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
                });
                let shape: String = shape.into_iter().nfc().collect();
                shape.chars().chain(tone).collect::<Vec<char>>()
            })
            .collect();
        let (bytes, _, lost) = WINDOWS_1258.encode(&spread);
        assert!(!lost);
        bytes.into_owned()
    }

    #[test]
    fn every_encoding_gives_the_same_text_in_nfc() {
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        assert_eq!(decode(TEXT.as_bytes()), (Cow::Borrowed(TEXT), None));
        assert_eq!(decode(&marked), (Cow::Borrowed(TEXT), None));
        for big in [true, false] {
            for mark in [true, false] {
                assert_eq!(decode(&utf16(big, mark)).0, TEXT, "big {big}, mark {mark}");
            }
        }
        assert_eq!(decode(&windows_1258()), (Cow::Borrowed(TEXT), Some("windows-1258")));
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf_8_into_something_else() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.extend_from_slice(b"\xFF");
        let (text, told) = decode(&bytes);
        assert!(text.starts_with(TEXT));
        assert_eq!(told, Some("UTF-8 (?)"));
    }

    #[test]
    fn tcvn3_bytes_keep_their_signs() {
        let (text, told) = decode(b"S\xE8, k\xFD hi\xD6u;Ng\xB5y th\xB8ng;Tr\xDDch y\xD5u\n");
        assert!(text.starts_with("Sè, ký hiÖu;Ngµy th¸ng"), "{text}");
        assert_eq!(told, Some("TCVN3/VNI"));
    }
}
