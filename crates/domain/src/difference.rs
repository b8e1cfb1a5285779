//! What changed between two texts, paragraph by paragraph and within each word by word: versions of an answer to the
//! press (*các bản dự thảo*), a regulation and the one before it (*so sánh với bản trước*).

use similar::{ChangeTag, InlineChangeOptions, TextDiff};

/// Paragraphs of a text that are compared one by one; of a longer one only the whole is.
const MOST_PARAGRAPHS: usize = 4_000;
/// Bytes of neighbouring changed paragraphs, old and new, within which words are compared.
const LONGEST_REFINED: usize = 30_000;
/// Paragraphs that stayed, shown around one that changed.
const AROUND: usize = 1;

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It stayed.
    Kept,
    /// It is no longer there, or not so.
    Removed,
    /// It is new, or newly so.
    Added,
}

/// A paragraph, or how many were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A paragraph with its pieces: text, and whether it is what changed within.
    Paragraph(Mark, Vec<(String, bool)>),
    /// So many paragraphs that stayed are not shown.
    LeftOut(usize),
}

/// What one must read to know what changed; nothing for equal texts.
pub fn between(before: &str, after: &str) -> Vec<Line> {
    let (before, after) = (ended(before), ended(after));
    if before == after {
        return Vec::new();
    }
    if before.lines().count().max(after.lines().count()) > MOST_PARAGRAPHS {
        let whole = |mark, text: &str| Line::Paragraph(mark, vec![(text.to_owned(), false)]);
        return vec![whole(Mark::Removed, &before), whole(Mark::Added, &after)];
    }
    let diff = TextDiff::from_lines(&before, &after);
    let mut options = InlineChangeOptions::new();
    options.semantic_cleanup(true);
    let (mut lines, mut next) = (Vec::new(), 0);
    for group in diff.grouped_ops(AROUND) {
        let Some(first) = group.first() else { continue };
        left_out(&mut lines, first.old_range().start - next);
        for op in &group {
            next = op.old_range().end;
            let old = op.old_range().filter_map(|index| diff.old_slice(index));
            let new = op.new_range().filter_map(|index| diff.new_slice(index));
            if old.chain(new).map(str::len).sum::<usize>() > LONGEST_REFINED {
                lines.extend(
                    diff.iter_changes(op).map(|change| {
                        Line::Paragraph(mark(change.tag()), pieces(&[(false, change.value())]))
                    }),
                );
            } else {
                let changes = diff.iter_inline_changes_with_options_deadline(op, options, None);
                lines.extend(
                    changes.map(|change| Line::Paragraph(mark(change.tag()), pieces(change.values()))),
                );
            }
        }
    }
    left_out(&mut lines, diff.old_len() - next);
    lines
}

/// The text with every paragraph ended in the same way, the last one too.
fn ended(text: &str) -> String {
    text.lines().flat_map(|line| [line, "\n"]).collect()
}

fn left_out(lines: &mut Vec<Line>, count: usize) {
    if count > 0 {
        lines.push(Line::LeftOut(count));
    }
}

fn mark(tag: ChangeTag) -> Mark {
    match tag {
        ChangeTag::Equal => Mark::Kept,
        ChangeTag::Delete => Mark::Removed,
        ChangeTag::Insert => Mark::Added,
    }
}

fn pieces(values: &[(bool, &str)]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (is_changed, text) in values {
        let text = text.trim_end_matches('\n');
        match pieces.last_mut() {
            // A gap between two changed words is read with them.
            Some((last, same)) if same == is_changed || text.trim().is_empty() => last.push_str(text),
            _ => pieces.push((text.to_owned(), *is_changed)),
        }
    }
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text form: `-` removed, `+` added, changed words in brackets.
    fn drawn(before: &str, after: &str) -> Vec<String> {
        let draw = |line: &Line| match line {
            Line::LeftOut(count) => format!("… {count}"),
            Line::Paragraph(mark, pieces) => {
                let sign = match mark {
                    Mark::Kept => ' ',
                    Mark::Removed => '-',
                    Mark::Added => '+',
                };
                let words: String = pieces
                    .iter()
                    .map(|(text, is_changed)| if *is_changed { format!("[{text}]") } else { text.clone() })
                    .collect();
                format!("{sign}{words}")
            }
        };
        between(before, after).iter().map(draw).collect()
    }

    #[test]
    fn a_changed_word_is_pointed_at_and_what_stayed_far_away_is_only_counted() {
        let before =
            "Điều 1\nĐiều 2\nNgười phát ngôn trả lời trong 10 ngày làm việc.\nĐiều 4\nĐiều 5\nĐiều 6";
        let after = before.replace("10 ngày", "05 ngày");
        assert_eq!(
            drawn(before, &after),
            [
                "… 1",
                " Điều 2",
                "-Người phát ngôn trả lời trong [10] ngày làm việc.",
                "+Người phát ngôn trả lời trong [05] ngày làm việc.",
                " Điều 4",
                "… 2",
            ]
        );
    }

    #[test]
    fn changed_words_beside_each_other_are_one_piece() {
        assert_eq!(
            drawn("Phạm vi điều chỉnh.", "Phạm vi, đối tượng."),
            ["-Phạm [vi điều chỉnh.]", "+Phạm [vi, đối tượng.]"]
        );
    }

    #[test]
    fn equal_texts_have_no_difference_and_a_new_or_lost_paragraph_is_whole() {
        assert_eq!(drawn("a\nb", "a\nb"), Vec::<String>::new());
        assert_eq!(drawn("Một", "Một\nHai"), [" Một", "+Hai"].map(String::from));
        assert_eq!(drawn("", "Một"), ["+Một".to_owned()]);
        assert_eq!(drawn("Một\nHai", "Hai"), ["-Một".to_owned(), " Hai".to_owned()]);
    }

    #[test]
    fn texts_made_to_be_slow_are_compared_as_wholes() {
        let many = |sign: &str| format!("{sign}\n").repeat(MOST_PARAGRAPHS + 1);
        assert_eq!(between(&many("a"), &many("b")).len(), 2);
        let long = |sign: &str| format!("{sign} ").repeat(LONGEST_REFINED);
        assert_eq!(between(&long("a"), &long("b")).len(), 2);
    }

    proptest! {
        #[test]
        fn nothing_that_was_added_or_removed_is_left_out(before in "([abc ]{0,3}\n){0,8}", after in "([abc ]{0,3}\n){0,8}") {
            let text = |wanted: Mark| -> Vec<String> {
                let mut out = Vec::new();
                for line in between(&before, &after) {
                    match line {
                        Line::Paragraph(mark, pieces) if mark == wanted || mark == Mark::Kept => {
                            out.push(pieces.into_iter().map(|(text, _)| text).collect());
                        }
                        Line::LeftOut(count) => out.extend((0..count).map(|_| "…".to_owned())),
                        Line::Paragraph(..) => {}
                    }
                }
                out
            };
            if before != after {
                for (mark, whole) in [(Mark::Removed, &before), (Mark::Added, &after)] {
                    let shown = text(mark);
                    let lines: Vec<&str> = whole.lines().collect();
                    prop_assert_eq!(shown.len(), lines.len());
                    prop_assert!(shown.iter().zip(lines).all(|(shown, line)| shown == "…" || shown == line));
                }
            }
        }
    }
}
