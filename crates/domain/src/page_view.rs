//! Views of pages of the public site: which part of it was read, and nothing of who read it.

/// A part of the public site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The first page.
    Home,
    /// News, lists and items.
    News,
    /// Bulletins of the station.
    Bulletin,
    /// Official documents.
    Document,
    /// Statements.
    Statement,
    /// Corrections.
    Correction,
    /// Answers.
    Answer,
    /// Notices.
    Notice,
    /// The search.
    Search,
    /// Everything else: contacts, open data, the calculator.
    Other,
}

impl Part {
    /// All, in the order of their places.
    pub const ALL: [Part; 10] = [
        Part::Home,
        Part::News,
        Part::Bulletin,
        Part::Document,
        Part::Statement,
        Part::Correction,
        Part::Answer,
        Part::Notice,
        Part::Search,
        Part::Other,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Part::Home => "home",
            Part::News => "news",
            Part::Bulletin => "bulletin",
            Part::Document => "document",
            Part::Statement => "statement",
            Part::Correction => "correction",
            Part::Answer => "answer",
            Part::Notice => "notice",
            Part::Search => "search",
            Part::Other => "other",
        }
    }
}
