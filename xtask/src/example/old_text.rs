//! Text in the encodings of old programs.

use anyhow::{Result, bail};
use encoding_rs::WINDOWS_1258;
use unicode_normalization::UnicodeNormalization;

/// TCVN3 (ABC), lower case: letter and the Latin-1 sign of its byte.
const TCVN3: &str = "Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§ă¨â©êªô«ơ¬ư\u{AD}đ®àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞòßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýýỵþ";

/// Text as a program with TCVN3 fonts stores it: each letter as the Latin-1 sign of its byte.
pub(super) fn tcvn3(text: &str) -> String {
    let pairs: Vec<char> = TCVN3.chars().collect();
    let sign = |letter: char| {
        let pair = pairs.chunks_exact(2).find(|pair| pair[0] == letter);
        pair.map_or(letter, |pair| pair[1])
    };
    text.nfc().map(sign).collect()
}

/// Text in Windows-1258: letters with their circumflex, breve or horn as one byte, the tone mark behind as another.
///
/// # Errors
/// When a sign is not in that code page.
pub(super) fn windows_1258(text: &str) -> Result<Vec<u8>> {
    let mut apart = String::new();
    for letter in text.nfc() {
        let mut alone = [0; 4];
        let (_, _, is_missing) = WINDOWS_1258.encode(letter.encode_utf8(&mut alone));
        if !is_missing {
            apart.push(letter);
            continue;
        }
        let marks: String = std::iter::once(letter).nfd().collect();
        let (tones, base): (Vec<char>, Vec<char>) = marks
            .chars()
            .partition(|mark| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
        apart.extend(base.into_iter().nfc());
        apart.extend(tones);
    }
    let (bytes, _, is_missing) = WINDOWS_1258.encode(&apart);
    if is_missing {
        bail!("not in Windows-1258: {apart}");
    }
    Ok(bytes.into_owned())
}

/// Text in UTF-16 with its mark, as Excel saves "Unicode text".
pub(super) fn utf_16(text: &str) -> Vec<u8> {
    std::iter::once('\u{FEFF}')
        .chain(text.chars())
        .flat_map(|sign| sign.encode_utf16(&mut [0; 2]).to_vec())
        .flat_map(u16::to_le_bytes)
        .collect()
}
