//! Tables, with captions, sorting by links, and a form for narrow screens.

use askama::Template;
use askama::filters::HtmlSafe;
use words::Language;

use super::small::Badge;

/// What a table becomes where it does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrow {
    /// Scrolls sideways, reachable by keyboard: for wide tables whose columns are compared.
    Scroll,
    /// Each row becomes a card with the column's name before each value: for few columns.
    Cards,
}

/// The order of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Ascending.
    Up,
    /// Descending.
    Down,
    /// Not sorted by it.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    Usual,
    Numeric,
    Short,
    Wide,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    label: String,
    width: Width,
    sort: Sort,
    href: String,
}

impl Column {
    /// A column of texts.
    pub fn new(label: impl Into<String>) -> Column {
        Column { label: label.into(), width: Width::Usual, sort: Sort::None, href: String::new() }
    }

    /// The same, of numbers: aligned to the right.
    #[must_use]
    pub fn numeric(mut self) -> Column {
        self.width = Width::Numeric;
        self
    }

    /// The same, of long texts: keeps room for several words a line where the table scrolls.
    #[must_use]
    pub fn wide(mut self) -> Column {
        self.width = Width::Wide;
        self
    }

    /// The same, of short texts that are read in one piece, days and symbols: never broken into lines.
    #[must_use]
    pub fn short(mut self) -> Column {
        self.width = Width::Short;
        self
    }

    /// The same, sorted so now; `href` sorts by it.
    #[must_use]
    pub fn sorted(mut self, sort: Sort, href: impl Into<String>) -> Column {
        self.sort = sort;
        self.href = href.into();
        self
    }

    const fn class(&self) -> &'static str {
        match self.width {
            Width::Usual => "",
            Width::Numeric => "numeric",
            Width::Short => "short",
            Width::Wide => "wide",
        }
    }

    const fn aria_sort(&self) -> &'static str {
        match self.sort {
            Sort::Up => "ascending",
            Sort::Down => "descending",
            Sort::None => "",
        }
    }
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    text: String,
    href: String,
    note: String,
    badge: Option<Badge>,
}

impl Cell {
    /// A text.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A text that opens something.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Cell {
        Cell { text: text.into(), href: href.into(), ..Cell::default() }
    }

    /// A badge.
    pub fn badge(badge: Badge) -> Cell {
        Cell { badge: Some(badge), ..Cell::default() }
    }

    /// The same, with a small line below.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Cell {
        self.note = note.into();
        self
    }

    /// The same, with a badge after it.
    #[must_use]
    pub fn with_badge(mut self, badge: Badge) -> Cell {
        self.badge = Some(badge);
        self
    }
}

/// A table. The first cell of each row names the row.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    t: Language,
    id: String,
    caption: String,
    caption_hidden: bool,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    foot: Vec<Cell>,
    narrow: Narrow,
}

impl HtmlSafe for Table {}

impl Table {
    /// A table with these columns. `id` is unique on the page.
    pub fn new(t: Language, id: &str, caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table {
            t,
            id: id.to_owned(),
            caption: caption.into(),
            caption_hidden: false,
            columns,
            rows: Vec::new(),
            foot: Vec::new(),
            narrow: Narrow::Scroll,
        }
    }

    /// The same, with these rows, each with a cell for every column.
    #[must_use]
    pub fn rows(mut self, rows: Vec<Vec<Cell>>) -> Table {
        self.rows = rows;
        self
    }

    /// The same, with a last row of sums.
    #[must_use]
    pub fn foot(mut self, foot: Vec<Cell>) -> Table {
        self.foot = foot;
        self
    }

    /// The same, as cards where it does not fit.
    #[must_use]
    pub fn cards(mut self) -> Table {
        self.narrow = Narrow::Cards;
        self
    }

    /// The same, its caption only for screen readers, because a heading above says it.
    #[must_use]
    pub fn caption_hidden(mut self) -> Table {
        self.caption_hidden = true;
        self
    }

    fn is_cards(&self) -> bool {
        self.narrow == Narrow::Cards
    }

    /// The cells of a row, each with its column and whether it names the row.
    fn cells<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (usize, &'a Column, &'a Cell)> {
        self.columns.iter().zip(row).enumerate().map(|(index, (column, cell))| (index, column, cell))
    }
}
