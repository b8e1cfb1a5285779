//! Vietnamese text: cleaning what comes in, folding for search and comparison, keys for sameness.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One line, clean: NFC, Eth repaired to Đ (TX-6), no control, bidi or zero-width characters, white space of any
/// kind as single spaces, trimmed.
pub fn clean_line(text: &str) -> String {
    let kept: String = text.nfc().filter_map(repair).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text of several lines, clean: as [`clean_line`] line by line, at most one empty line between paragraphs.
pub fn clean_text(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(clean_line) {
        if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

fn repair(sign: char) -> Option<char> {
    match sign {
        'Ð' => Some('Đ'),
        'ð' => Some('đ'),
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{AD}' => None,
        sign if sign.is_whitespace() => Some(' '),
        sign if sign.is_control() => None,
        sign => Some(sign),
    }
}

/// The form in which people search: lower case, no marks, đ as d, single spaces (TX-14). Not reversible.
pub fn fold(text: &str) -> String {
    clean_line(text)
        .nfd()
        .filter(|sign| !is_combining_mark(*sign))
        .flat_map(char::to_lowercase)
        .map(|sign| if sign == 'đ' { 'd' } else { sign })
        .collect()
}

/// The form in which two texts are the same text: clean, lower case, one style of tone marks for oa, oe, uy
/// (hoà = hòa, TX-12), marks kept.
pub fn key(text: &str) -> String {
    let lower: String = clean_line(text).chars().flat_map(char::to_lowercase).collect();
    one_tone_style(&lower)
}

/// Moves the tone mark of an open syllable in oa, oe, uy from its second vowel to its first (hoà → hòa).
fn one_tone_style(lower: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let mut out = String::with_capacity(lower.len());
    let mut rest = lower;
    while !rest.is_empty() {
        let end = rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(rest.len());
        let (syllable, tail) = rest.split_at(end);
        match PAIRS.iter().find(|(new, _)| syllable.ends_with(new)) {
            Some((new, old)) if !(new.starts_with('u') && syllable.starts_with('q')) => {
                out.push_str(syllable.strip_suffix(new).unwrap_or(syllable));
                out.push_str(old);
            }
            _ => out.push_str(syllable),
        }
        let step = tail.chars().next().map_or(0, char::len_utf8);
        let (sign, tail) = tail.split_at(step);
        out.push_str(sign);
        rest = tail;
    }
    out
}

/// `1.600`: dot for thousands (TX-28).
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `05`, `513`, `1.600`: a count in running text, below 10 with a leading zero (TX-30, custom). Zero stays `0`.
pub fn count_in_text(count: u64) -> String {
    if (1..10).contains(&count) { format!("0{count}") } else { number(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_gives_nfc_repairs_eth_and_drops_what_cannot_be_seen() {
        assert_eq!(clean_line(" Ðề\u{a0}án\t bi\u{300}nh\u{200b} \u{202e}x\n"), "Đề án bình x");
        assert_eq!(clean_text("a \r\n\n\n b\n\n"), "a\n\nb");
    }

    #[test]
    fn folding_drops_marks_of_both_normal_forms() {
        assert_eq!(fold("Đường Nguyễn Huệ"), "duong nguyen hue");
        assert_eq!(fold("bi\u{300}nh"), "binh");
    }

    #[test]
    fn both_styles_of_tone_marks_have_one_key_and_qu_does_not_move() {
        for (new, old) in [("hoà", "hòa"), ("Thuỷ", "Thủy"), ("khoẻ", "khỏe"), ("uỷ ban", "Ủy ban")]
        {
            assert_eq!(key(new), key(old));
        }
        assert_eq!(key("quý"), "quý");
        assert_eq!(key("toán"), "toán");
    }

    #[test]
    fn numbers_have_dots_and_small_counts_a_zero() {
        assert_eq!(number(1_600), "1.600");
        assert_eq!(number(2_682_057), "2.682.057");
        assert_eq!(number(513), "513");
        assert_eq!([count_in_text(0), count_in_text(5), count_in_text(10)], ["0", "05", "10"]);
    }
}
