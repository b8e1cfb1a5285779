//! Addresses people can read: Vietnamese words without accents.

/// The words of a title as an address: `Kế hoạch số 12/KH-UBND` → `ke-hoach-so-12-kh-ubnd`. At most 80 signs, cut at
/// a word; `khong-tieu-de` when nothing is left.
pub fn slug(title: &str) -> String {
    const MOST: usize = 80;
    let folded = crate::text::fold(title);
    let mut made = String::new();
    for word in folded.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if made.len() + 1 + word.len() > MOST {
            if made.is_empty() {
                made.push_str(&word[..MOST.min(word.len())]);
            }
            break;
        }
        if !made.is_empty() {
            made.push('-');
        }
        made.push_str(word);
    }
    if made.is_empty() { "khong-tieu-de".to_owned() } else { made }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vietnamese_words_lose_their_accents_and_signs_become_dashes() {
        assert_eq!(
            slug("Kế hoạch số 12/KH-UBND về Đề án “Chuyển đổi số”"),
            "ke-hoach-so-12-kh-ubnd-ve-de-an-chuyen-doi-so"
        );
        assert_eq!(slug("  …  "), "khong-tieu-de");
        assert_eq!(slug(&"a".repeat(200)).len(), 80);
    }

    proptest! {
        #[test]
        fn a_slug_is_always_a_short_plain_part_of_an_address(title in "\\PC{0,200}") {
            let made = slug(&title);
            prop_assert!((1..=80).contains(&made.len()));
            prop_assert!(made.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!made.starts_with('-') && !made.ends_with('-'));
        }
    }
}
