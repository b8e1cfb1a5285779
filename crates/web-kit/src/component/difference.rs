//! What changed between two texts. Said by words and marks, not by colour alone.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::difference::{Line, Mark, between};
use words::Language;

/// A paragraph: its tag (`del`, `ins`, or none), what a screen reader says first, its pieces.
struct Paragraph {
    tag: &'static str,
    said: &'static str,
    pieces: Vec<(String, bool)>,
}

/// The paragraphs that changed, with their neighbours; the others are counted.
#[derive(Template)]
#[template(path = "components/difference.html")]
pub struct Difference {
    paragraphs: Vec<Paragraph>,
    same: &'static str,
}

impl HtmlSafe for Difference {}

impl Difference {
    /// What changed from `before` to `after`.
    pub fn new(t: Language, before: &str, after: &str) -> Difference {
        let paragraph = |line| match line {
            Line::LeftOut(count) => {
                let said = t.fill("difference.left_out", &[("count", &count)]);
                Paragraph { tag: "", said: "", pieces: vec![(said, false)] }
            }
            Line::Paragraph(mark, pieces) => {
                let (tag, said) = match mark {
                    Mark::Kept => ("", ""),
                    Mark::Removed => ("del", t.text("difference.removed")),
                    Mark::Added => ("ins", t.text("difference.added")),
                };
                Paragraph { tag, said, pieces }
            }
        };
        let paragraphs = between(before, after).into_iter().map(paragraph).collect();
        Difference { paragraphs, same: t.text("difference.same") }
    }
}
