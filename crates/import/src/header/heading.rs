//! How well a heading as written fits a heading we know.

use domain::text;

/// Abbreviations inside headings, folded.
const SHORT: [(&str, &str); 26] = [
    ("bh", "ban hanh"),
    ("qdinh", "quyet dinh"),
    ("kh", "ky hieu"),
    ("khieu", "ky hieu"),
    ("sh", "so hieu"),
    ("skh", "so ky hieu"),
    ("sokh", "so ky hieu"),
    ("ng", "ngay"),
    ("ngthang", "ngay thang"),
    ("th", "thang"),
    ("vb", "van ban"),
    ("cv", "cong van"),
    ("qd", "quyet dinh"),
    ("qc", "quy che"),
    ("nd", "noi dung"),
    ("dv", "don vi"),
    ("cq", "co quan"),
    ("sl", "so luong"),
    ("bc", "bao chi"),
    ("tt", "thong tin"),
    ("sdt", "so dien thoai"),
    ("dt", "dien thoai"),
    ("pv", "phong vien"),
    ("kq", "ket qua"),
    ("gc", "ghi chu"),
    ("tg", "tac gia"),
];
/// Words that carry no meaning in a heading.
const FILL: [&str; 9] = ["cua", "va", "hoac", "cac", "nam", "theo", "la", "neu", "co"];

/// A heading taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    words: Vec<String>,
    joined: String,
    /// Words without fillers, sorted.
    bag: Vec<String>,
}

impl Heading {
    /// Takes a heading as written apart. `None` for text that is no heading: empty, too long, only numbers.
    pub(crate) fn of(written: &str) -> Option<Heading> {
        if written.len() > 400 {
            return None;
        }
        let folded = text::fold(written);
        let outside = without_brackets(&folded);
        let mut words: Vec<String> = outside
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .flat_map(|word| {
                let long = SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long);
                long.split(' ').map(str::to_owned)
            })
            .collect();
        for at in 1..words.len() {
            // Offices say công văn for any document.
            if let Some([first, second]) = words.get_mut(at - 1..=at)
                && first == "cong"
                && second == "van"
            {
                (*first, *second) = ("van".to_owned(), "ban".to_owned());
            }
        }
        if words.is_empty() || words.len() > 16 || words.iter().all(|word| is_digits(word)) {
            return None;
        }
        let mut bag: Vec<String> =
            words.iter().filter(|word| !FILL.contains(&word.as_str())).cloned().collect();
        bag.sort();
        bag.dedup();
        Some(Heading { joined: words.concat(), words, bag })
    }

    /// Whether it names a day: what fits it only in part must be a day too.
    pub(crate) fn names_day(&self) -> bool {
        self.words.first().is_some_and(|word| word == "ngay")
    }

    /// 1 for the same heading, 0 for nothing in common. Below 0.7 it is no evidence.
    pub(crate) fn fits(&self, known: &Heading) -> f64 {
        if self.words == known.words {
            return 1.0;
        }
        if self.joined == known.joined || self.bag == known.bag {
            return 0.95;
        }
        let longest = self.joined.len().max(known.joined.len());
        let allowed = if longest >= 14 { 2 } else { usize::from(longest >= 6) };
        if allowed > 0
            && let Some(steps) = distance(&self.joined, &known.joined, allowed)
        {
            return if steps == 1 { 0.9 } else { 0.85 };
        }
        self.overlap(known)
    }

    /// One heading containing the other's words, small typing errors allowed.
    fn overlap(&self, known: &Heading) -> f64 {
        let near = |word: &String, words: &[String]| {
            words.iter().any(|other| word == other || (word.len() >= 4 && distance(word, other, 1).is_some()))
        };
        let share = |part: usize, whole: usize| {
            let (part, whole) =
                (u8::try_from(part).unwrap_or(u8::MAX), u8::try_from(whole).unwrap_or(u8::MAX));
            f64::from(part) / f64::from(whole.max(1))
        };
        let (mine, theirs) = (self.bag.len(), known.bag.len());
        if known.bag.iter().all(|word| near(word, &self.bag)) {
            // More was written than the heading needs: `Ngày đăng tin trên cổng`.
            let base = if theirs >= 2 { 0.62 } else { 0.45 };
            return base + 0.3 * share(theirs, mine);
        }
        if mine >= 2 && self.bag.iter().all(|word| near(word, &known.bag)) {
            return 0.5 + 0.4 * share(mine, theirs);
        }
        0.0
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Without `(dd/mm/yyyy)`, unless everything stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside: String = text
        .chars()
        .filter(|sign| {
            match sign {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    if outside.trim().is_empty() { text.to_owned() } else { outside }
}

/// The edit distance (insert, delete, change, swap of neighbours) when it is at most `most`.
pub(crate) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most * 4 {
        return None;
    }
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, sign) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, goal) in other.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let change = at(&last, column) + usize::from(sign != goal);
            let mut best = change.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(goal)
                && other.get(column - 1) == Some(sign);
            if swapped {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            next.push(best);
        }
        if next.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|steps| *steps <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(written: &str, known: &str) -> f64 {
        Heading::of(written).unwrap().fits(&Heading::of(known).unwrap())
    }

    #[test]
    fn case_marks_and_punctuation_do_not_matter() {
        for written in [
            "SỐ, KÝ HIỆU VĂN BẢN",
            "So ky hieu van ban",
            "Số/ký hiệu văn bản",
            "Số KH VB",
            "Số, ký hiệu\nvăn bản (*)",
        ] {
            assert!((fits(written, "Số, ký hiệu văn bản") - 1.0).abs() < 1e-9, "{written}");
        }
    }

    #[test]
    fn order_fillers_and_small_errors_cost_a_little() {
        for (written, known) in [
            ("Đến ngày tháng", "Ngày tháng đến"),
            ("Nội dung của văn bản", "Nội dung văn bản"),
            ("Ng. tháng văn bản", "Ngày tháng văn bản"),
            ("Trích yêú", "Trích yếu"),
            ("Trich yeuu", "Trích yếu"),
            ("Sốkýhiệu", "Số ký hiệu"),
        ] {
            let score = fits(written, known);
            assert!(score >= 0.85, "{written}: {score}");
        }
    }

    #[test]
    fn different_headings_do_not_fit() {
        for (written, known) in [
            ("Ngày đến", "Ngày đi"),
            ("Số đến", "Số bản"),
            ("Ghi chú", "Ký nhận"),
            ("Báo", "Bản"),
            ("STT", "Số đến"),
        ] {
            let score = fits(written, known);
            assert!(score < 0.7, "{written} / {known}: {score}");
        }
    }

    #[test]
    fn numbers_and_long_texts_are_no_headings() {
        assert_eq!(Heading::of("(1)"), None);
        assert_eq!(Heading::of("20/11/2020"), None);
        assert_eq!(Heading::of(&"dài ".repeat(200)), None);
    }

    #[test]
    fn the_edit_distance_counts_a_swap_as_one() {
        assert_eq!(distance("ngay", "nagy", 2), Some(1));
        assert_eq!(distance("ngay", "ngay", 1), Some(0));
        assert_eq!(distance("ngay", "thang", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
