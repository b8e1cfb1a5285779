//! Vietnamese text: cleaning what comes in, folding for search and comparison, keys for sameness.

use std::collections::BTreeMap;

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

/// Whether two names are one name written two ways: with other capitals, another place of the tone mark, or one of them
/// without any marks. *Tân Lập* and *Tân Lạp* are two.
pub fn is_one_name(one: &str, other: &str) -> bool {
    let (one_key, other_key) = (key(one), key(other));
    one_key == other_key || {
        let fold = fold(&one_key);
        fold == self::fold(&other_key) && (one_key == fold || other_key == fold)
    }
}

/// Counted names with those together that are one ([`is_one_name`]), under the one most often written; the most
/// frequent first.
pub fn one_of_each_name<N: Copy + Ord + std::ops::AddAssign>(
    mut counts: Vec<(String, N)>,
) -> Vec<(String, N)> {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out: Vec<(String, N)> = Vec::with_capacity(counts.len());
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_fold: BTreeMap<String, usize> = BTreeMap::new();
    // Names with marks first: one without joins the most frequent of those it may stand for.
    let (marked, bare): (Vec<_>, Vec<_>) = counts
        .into_iter()
        .map(|(name, count)| (key(&name), name, count))
        .partition(|(key, ..)| *key != fold(key));
    for (key, name, count) in marked.into_iter().chain(bare) {
        let fold = fold(&key);
        let place = of_key.get(&key).or_else(|| of_fold.get(&fold).filter(|_| key == fold)).copied();
        if let Some((_, sum)) = place.and_then(|place| out.get_mut(place)) {
            *sum += count;
            continue;
        }
        of_fold.entry(fold).or_insert(out.len());
        of_key.insert(key, out.len());
        out.push((name, count));
    }
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
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
    fn one_name_written_two_ways_is_counted_once_and_two_names_are_not_made_one() {
        let counted = |names: &[(&str, u64)]| {
            one_of_each_name(names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect())
        };
        let one = counted(&[("Đài Truyền thanh", 3), ("Đài truyền thanh", 5), ("dai truyen thanh", 1)]);
        assert_eq!(one, [("Đài truyền thanh".to_owned(), 9)]);
        assert_eq!(counted(&[("Uỷ ban", 1), ("Ủy ban", 2)]), [("Ủy ban".to_owned(), 3)]);
        assert_eq!(counted(&[("Tân Lập", 1), ("Tân Lạp", 2), ("tan lap", 4)]).len(), 2);
        assert!(is_one_name("Đài Truyền thanh", "DAI TRUYEN THANH") && !is_one_name("Tân Lập", "Tân Lạp"));
    }

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
