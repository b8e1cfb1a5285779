//! Words typed by the rules of an input method that was switched off: `quyeets` for `quyết`.

use vi::validation::is_valid_syllable;

/// The syllable that was meant, when `word` reads as Telex and gives a Vietnamese syllable with marks.
pub(crate) fn meant(word: &str) -> Option<String> {
    if !(2..=9).contains(&word.len()) || !word.bytes().all(|sign| sign.is_ascii_alphabetic()) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let mut out = String::new();
    vi::transform_buffer(&vi::TELEX, lower.chars(), &mut out);
    (!out.is_ascii() && out.chars().count() < lower.len() && is_valid_syllable(&out)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telex_leftovers_give_the_syllable_that_was_meant() {
        for (typed, wanted) in [
            ("quyeets", "quyết"),
            ("ddinhj", "định"),
            ("DDAATS", "đất"),
            ("dduwowngf", "đường"),
            ("nguwowif", "người"),
            ("thuys", "thúy"),
            ("hoaf", "hòa"),
        ] {
            let meant = meant(typed).map(|word| domain::text::key(&word));
            assert_eq!(meant.as_deref(), Some(wanted), "{typed}");
        }
    }

    #[test]
    fn what_is_no_syllable_stays_as_typed() {
        for typed in ["news", "class", "ubnd", "sttttt", "quyet", "x", "", "2019", "chuyeenx-", "facebook"] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
