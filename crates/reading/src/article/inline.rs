//! What stands in a line: words with their look, links, pictures, notes.

use std::fmt::Write as _;

/// How words look, as far as it means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an own property of a run")]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) above: bool,
    pub(super) below: bool,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Words { text: String, look: Look, link: Option<String> },
    /// A break of the line the writer made.
    Break,
    /// A picture, by its number.
    Picture(usize),
    /// A mark of a footnote, by its number from 1.
    Note(usize),
}

/// Escapes for text and attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The words alone.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let mut made = String::new();
    for piece in pieces {
        match piece {
            Piece::Words { text, .. } => made.push_str(text),
            Piece::Break => made.push(' '),
            Piece::Picture(_) | Piece::Note(_) => {}
        }
    }
    crate::layout::tidy(&made)
}

/// The pieces as HTML without pictures. `is_head` leaves bold out: what is a heading need not say so.
pub(super) fn html(pieces: &[Piece], is_head: bool) -> String {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Piece::Words { text, look, link } = piece else {
            if !matches!(piece, Piece::Picture(_)) {
                merged.push(piece.clone());
            }
            continue;
        };
        let look = Look { bold: look.bold && !is_head, ..*look };
        match merged.last_mut() {
            // A space has no look of its own.
            Some(Piece::Words { text: before, look: l, link: a })
                if *a == *link && (*l == look || text.trim().is_empty()) =>
            {
                before.push_str(text);
            }
            _ => merged.push(Piece::Words { text: text.clone(), look, link: link.clone() }),
        }
    }
    let mut made = String::new();
    let mut spaced = true;
    for piece in &merged {
        match piece {
            Piece::Words { text, look, link } => words(&mut made, &mut spaced, text, *look, link.as_deref()),
            Piece::Break => {
                made.truncate(made.trim_end().len());
                if !made.is_empty() {
                    made.push_str("<br>");
                }
                spaced = true;
            }
            Piece::Note(number) => {
                let _ = write!(made, "<sup>[{number}]</sup>");
                spaced = false;
            }
            Piece::Picture(_) => {}
        }
    }
    let mut rest = made.trim_end();
    while let Some(shorter) = rest.strip_suffix("<br>") {
        rest = shorter.trim_end();
    }
    rest.to_owned()
}

/// Adds words with their tags; runs of spaces become one, also over the borders of pieces, and stand outside the tags.
fn words(made: &mut String, spaced: &mut bool, text: &str, look: Look, link: Option<&str>) {
    let begins = text.starts_with(char::is_whitespace);
    let ends = text.ends_with(char::is_whitespace);
    let inner = crate::layout::tidy(text);
    if begins && !*spaced {
        made.push(' ');
        *spaced = true;
    }
    if inner.is_empty() {
        return;
    }
    let mut tags: Vec<&str> = Vec::new();
    for (on, tag) in [
        (look.bold, "strong"),
        (look.italic, "em"),
        (look.struck, "s"),
        (look.above, "sup"),
        (look.below, "sub"),
    ] {
        if on {
            tags.push(tag);
        }
    }
    if let Some(link) = link {
        let _ = write!(made, "<a href=\"{}\">", escape(link));
    }
    for tag in &tags {
        let _ = write!(made, "<{tag}>");
    }
    made.push_str(&escape(&inner));
    for tag in tags.iter().rev() {
        let _ = write!(made, "</{tag}>");
    }
    if link.is_some() {
        made.push_str("</a>");
    }
    *spaced = false;
    if ends {
        made.push(' ');
        *spaced = true;
    }
}

/// An address a reader may follow.
pub(super) fn followed(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
        .then(|| address.to_owned())
}
