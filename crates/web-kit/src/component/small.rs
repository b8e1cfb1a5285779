//! Small things: notices, tiles, badges, what an empty list says.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::chrome::{Icon, Link};

/// How something is meant. Never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// To know.
    Info,
    /// It worked.
    Done,
    /// To look at.
    Warning,
    /// It did not work, or something is late.
    Bad,
    /// Nothing special.
    Plain,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Done => "done",
            Tone::Warning => "warning",
            Tone::Bad => "bad",
            Tone::Plain => "plain",
        }
    }

    fn icon(self) -> Icon {
        Icon::new(match self {
            Tone::Info | Tone::Plain => "info",
            Tone::Done => "check",
            Tone::Warning | Tone::Bad => "alert",
        })
    }

    const fn role(self) -> &'static str {
        match self {
            Tone::Bad | Tone::Warning => "alert",
            Tone::Info | Tone::Done | Tone::Plain => "status",
        }
    }
}

/// A notice above the content.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/banner.html")]
pub struct Banner {
    tone: Tone,
    title: String,
    text: String,
    link: Option<Link>,
}

impl HtmlSafe for Banner {}

impl Banner {
    /// A notice.
    pub fn new(tone: Tone, text: impl Into<String>) -> Banner {
        Banner { tone, title: String::new(), text: text.into(), link: None }
    }

    /// The same, with a title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Banner {
        self.title = title.into();
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn link(mut self, link: Link) -> Banner {
        self.link = Some(link);
        self
    }
}

/// A short mark beside a text: state of a record, doubt of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(source = r#"<span class="badge badge-{{ tone.class() }}">{{ text }}</span>"#, ext = "html")]
pub struct Badge {
    tone: Tone,
    text: String,
}

impl HtmlSafe for Badge {}

impl Badge {
    /// A badge.
    pub fn new(tone: Tone, text: impl Into<String>) -> Badge {
        Badge { tone, text: text.into() }
    }
}

/// One figure, large.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/tile.html")]
pub struct Tile {
    label: String,
    value: String,
    unit: String,
    note: String,
    href: String,
    badge: Option<Badge>,
    missing: bool,
}

impl HtmlSafe for Tile {}

impl Tile {
    /// A figure: what it counts, the number, its unit.
    pub fn new(label: impl Into<String>, value: impl Into<String>, unit: impl Into<String>) -> Tile {
        Tile {
            label: label.into(),
            value: value.into(),
            unit: unit.into(),
            note: String::new(),
            href: String::new(),
            badge: None,
            missing: false,
        }
    }

    /// A figure for which there is nothing to count yet; said in words, never as 0.
    pub fn missing(label: impl Into<String>, words: impl Into<String>) -> Tile {
        Tile { missing: true, ..Tile::new(label, words, "") }
    }

    /// The same, with a line below.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Tile {
        self.note = note.into();
        self
    }

    /// The same, opening its records.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Tile {
        self.href = href.into();
        self
    }

    /// The same, with a badge.
    #[must_use]
    pub fn badge(mut self, badge: Badge) -> Tile {
        self.badge = Some(badge);
        self
    }
}

/// What stands where a list would be.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    title: String,
    text: String,
    action: Option<Link>,
}

impl HtmlSafe for Empty {}

impl Empty {
    /// Nothing here, and why.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Empty {
        Empty { title: title.into(), text: text.into(), action: None }
    }

    /// The same, with the way out.
    #[must_use]
    pub fn action(mut self, action: Link) -> Empty {
        self.action = Some(action);
        self
    }
}
