//! Whether a word is built like a Vietnamese syllable: onset, nucleus, coda, one tone that the coda allows. Used to
//! weigh evidence, so a little looseness does no harm.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
const OPEN: [&str; 44] = [
    "a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iu", "oa", "oe", "oi", "ôi", "ơi", "ua", "uê", "ui", "uơ", "uy", "ưa", "ưi", "ưu", "iêu", "yêu", "oai",
    "oay", "oeo", "uây", "uôi", "ươi", "ươu", "uya", "uyu",
];
const CLOSED: [&str; 23] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "yê", "oa", "oă", "oe", "oo", "uâ",
    "uê", "uô", "ươ", "uyê",
];
const CODAS: [&str; 8] = ["ch", "ng", "nh", "c", "m", "n", "p", "t"];

/// How many words with marks are built like syllables, and how many are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) good: usize,
    pub(crate) bad: usize,
}

impl Tally {
    /// Weighs the words of `text` that have signs beyond ASCII.
    pub(crate) fn of(text: &str) -> Tally {
        let mut tally = Tally::default();
        let ends = |sign: char| {
            sign.is_ascii() && !sign.is_ascii_alphabetic()
                || sign.is_whitespace()
                || matches!(sign, '\u{2010}'..='\u{2027}')
        };
        for word in text.split(ends).filter(|word| !word.is_ascii()) {
            if is_syllable(word) {
                tally.good += 1;
            } else {
                tally.bad += 1;
            }
        }
        tally
    }

    pub(crate) fn add(&mut self, other: &Tally) {
        self.good += other.good;
        self.bad += other.bad;
    }

    /// Good words in a hundred.
    pub(crate) fn share_good(&self) -> usize {
        self.good * 100 / (self.good + self.bad).max(1)
    }
}

fn is_syllable(word: &str) -> bool {
    let mut tone = None;
    let mut bare = String::new();
    for sign in word.nfd() {
        if matches!(sign, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
            if tone.replace(sign).is_some() {
                return false;
            }
        } else {
            bare.extend(sign.to_lowercase());
        }
    }
    let bare: String = bare.nfc().collect();
    if bare == "đ" || bare == "gi" {
        return true;
    }
    let vowel_only = |rime: &str| OPEN.contains(&rime);
    let closed = |rime: &str| {
        CODAS.iter().any(|coda| {
            let stop = matches!(*coda, "c" | "ch" | "p" | "t");
            let tone_fits = !stop || matches!(tone, Some('\u{301}' | '\u{323}'));
            tone_fits && rime.strip_suffix(coda).is_some_and(|nucleus| CLOSED.contains(&nucleus))
        })
    };
    ONSETS.iter().any(|onset| {
        bare.strip_prefix(onset).is_some_and(|rime| vowel_only(rime) || closed(rime) || consonants(rime))
    })
}

/// `TTĐT`, `QĐ`, `HĐND`: abbreviations keep Đ among consonants.
fn consonants(rime: &str) -> bool {
    rime.contains('đ') && rime.chars().all(|sign| sign == 'đ' || sign.is_ascii_lowercase()) && rime.len() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_syllables_and_broken_ones_are_not() {
        for word in
            ["Số", "ký", "hiệu", "Nguyễn", "huyện", "nghiêng", "quốc", "gì", "yêu", "khuỷu", "Đường", "QĐ"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["hiÖu", "v¨n", "b¶n", "cafộ", "ngµy", "thaùng", "quyeát", "cât"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
