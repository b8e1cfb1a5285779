//! Text that was written as HTML, and data for programs that read a page.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;

/// An article. What is drawn went through the one sanitiser here, whatever happened to it before (NEWS-01).
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(source = r#"<div class="prose">{{ html|safe }}</div>"#, ext = "html")]
pub struct Prose {
    html: String,
}

impl HtmlSafe for Prose {}

impl Prose {
    /// The article; nothing when it is one that the sanitiser does not take.
    pub fn new(html: &str) -> Prose {
        Prose { html: rich_text::clean(html).unwrap_or_default() }
    }

    /// The same, its pictures read from below another address of ours: those of a working copy.
    #[must_use]
    pub fn pictures_at(mut self, place: &str) -> Prose {
        self.html = self.html.replace("src=\"/tep/", &format!("src=\"{place}/"));
        self
    }

    /// The same, its pictures with their sides in pixels, known by the name of their file, and loaded when they come into
    /// sight, but the first where nothing with pictures stands before it.
    #[must_use]
    pub fn sized(mut self, sizes: &BTreeMap<String, (u32, u32)>, is_first: bool) -> Prose {
        self.html = rich_text::with_sizes(&self.html, is_first, |file| sizes.get(file).copied());
        self
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// A block of JSON-LD: read by programs, run by none.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(source = r#"<script type="application/ld+json">{{ json|safe }}</script>"#, ext = "html")]
pub struct Data {
    json: String,
}

impl HtmlSafe for Data {}

impl Data {
    /// A block of this JSON. Signs that could end the block are written as escapes (OUT-01).
    pub fn new(json: &str) -> Data {
        let mut safe = String::with_capacity(json.len());
        for sign in json.chars() {
            match sign {
                '<' => safe.push_str("\\u003c"),
                '>' => safe.push_str("\\u003e"),
                '&' => safe.push_str("\\u0026"),
                '\u{2028}' => safe.push_str("\\u2028"),
                '\u{2029}' => safe.push_str("\\u2029"),
                sign => safe.push(sign),
            }
        }
        Data { json: safe }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_past_the_sanitiser_is_cleaned_when_it_is_shown() {
        let shown =
            Prose::new("<p>Tin</p><script>alert(1)</script><img src=\"https://evil.vn/a.png\">").to_string();
        assert_eq!(shown, "<div class=\"prose\"><p>Tin</p></div>");
    }

    #[test]
    fn a_title_cannot_end_the_block_of_data() {
        let block = Data::new(r#"{"name":"</script><script>alert(1)</script>"}"#).to_string();
        assert_eq!(block.matches("</script>").count(), 1, "{block}");
        assert!(block.contains(r"\u003c/script\u003e"));
    }
}
