//! DOCX → lines: paragraphs in reading order; cells of a table and text on both sides of a tab become columns.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::layout::{Line, Side, tidy, waits};
use crate::limits::{Limits, Refused};
use crate::package::Package;
use crate::tcvn;

/// What a DOCX file holds.
pub struct Read {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its words as they are kept: a line each, but a row of a table is one line, its cells parted by tabs. What is set
    /// in a table for its layout only, head and foot of a document, stays lines.
    pub text: String,
}

/// The lines of a DOCX file.
///
/// # Errors
/// As [`read`].
pub fn lines(bytes: &[u8], limits: &Limits) -> Result<Vec<Line>, Refused> {
    Ok(read(bytes, limits)?.lines)
}

/// The lines and the words of a DOCX file.
///
/// # Errors
/// When the package is damaged, locked, no text document, or over a limit.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Read, Refused> {
    let mut package = Package::open(bytes, limits)?;
    let xml = package.main()?;
    let usual_font = package.xml("word/styles.xml")?.map_or_else(String::new, |styles| usual_font(&styles));
    let mut reader = Reader::from_str(&xml);
    let mut walk = Walk { limits: *limits, usual_font, ..Walk::default() };
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(tag) => {
                walk.path.push(tag.local_name().as_ref().to_owned());
                if walk.path.len() > limits.depth {
                    return Err(Refused::TooLarge);
                }
                walk.start(&tag);
            }
            Event::Empty(tag) => {
                walk.start(&tag);
                walk.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                walk.path.pop();
                walk.end(tag.local_name().as_ref())?;
            }
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(name) => walk.reference(&name)?,
            Event::DocType(_) => return Err(Refused::Broken),
            Event::Eof => break,
            _ => {}
        }
    }
    if !walk.path.is_empty() {
        return Err(Refused::Broken);
    }
    let text = shown(&walk.lines, &walk.rows);
    Ok(Read { lines: walk.lines, text })
}

/// A row of a table that stands in no other table.
struct Row {
    /// The number of its table.
    table: usize,
    /// Index of its first line.
    first: usize,
    /// The column of each of its lines.
    columns: Vec<usize>,
}

/// The words, a row of a table with data in one line.
fn shown(lines: &[Line], rows: &[Row]) -> String {
    let mut made: Vec<String> = Vec::new();
    let mut at = 0;
    for table in rows.chunk_by(|one, next| one.table == next.table).filter(|table| is_data(lines, table)) {
        let width = table.iter().flat_map(|row| &row.columns).max().map_or(0, |last| last + 1);
        for row in table {
            made.extend(lines.get(at..row.first).unwrap_or_default().iter().map(|line| line.text.clone()));
            let mut cells = vec![String::new(); width];
            for (line, column) in lines.iter().skip(row.first).zip(&row.columns) {
                let Some(cell) = cells.get_mut(*column) else { continue };
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&line.text);
            }
            if !row.columns.is_empty() {
                made.push(cells.join("\t"));
            }
            at = row.first + row.columns.len();
        }
    }
    made.extend(lines.get(at..).unwrap_or_default().iter().map(|line| line.text.clone()));
    made.join("\n")
}

/// Whether a table holds data: three rows of two columns, or two rows of three, and neither head nor foot of a document.
fn is_data(lines: &[Line], table: &[Row]) -> bool {
    let used = |row: &Row| row.columns.iter().collect::<std::collections::BTreeSet<_>>().len();
    let at_least = |columns: usize| table.iter().filter(|row| used(row) >= columns).count();
    let is_layout = |text: &str| {
        ["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI"].iter().any(|nation| text.contains(nation))
            || text.starts_with("Nơi nhận")
    };
    let mut own = table.iter().flat_map(|row| lines.iter().skip(row.first).take(row.columns.len()));
    (at_least(2) >= 3 || at_least(3) >= 2) && !own.any(|line| is_layout(&line.text))
}

/// A paragraph under way.
#[derive(Default)]
struct Paragraph {
    /// Text, with tabs and line breaks as such.
    text: String,
    /// Letters in bold.
    bold: usize,
    /// All letters.
    letters: usize,
    /// Whether it stands in the middle, where it says so itself.
    centred: Option<bool>,
}

/// A table under way.
#[derive(Default)]
struct Table {
    /// Cells of this row so far.
    cell: usize,
    /// Index of the first line of this row.
    row_start: usize,
    /// The cell of each line of this row.
    cells: Vec<usize>,
    /// The column in which the next cell begins.
    column: usize,
    /// The column of each line of this row.
    columns: Vec<usize>,
    /// Columns over which the open cell goes beyond its own.
    beyond: usize,
}

/// Columns over which one cell may go.
const MOST_COLUMNS: usize = 64;

#[derive(Default)]
struct Walk {
    limits: Limits,
    path: Vec<String>,
    lines: Vec<Line>,
    /// Open paragraphs; more than one when a text box stands inside a paragraph.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Rows of the tables that are over, and how many tables there were.
    rows: Vec<Row>,
    tables_seen: usize,
    bold: bool,
    /// Shown in capitals whatever is written (`w:caps`).
    capitals: bool,
    /// The font of this run, where it matters: one of the old encoding, or any that ends it.
    font: String,
    /// The font of the file where a run names none.
    usual_font: String,
    /// Levels of what is not shown: deleted text, the fallback copy of a text box.
    hidden: usize,
    in_text: bool,
    characters: usize,
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => {
                self.bold = false;
                self.capitals = false;
                self.font.clone_from(&self.usual_font);
            }
            "b" if self.path.iter().any(|name| name == "r") => self.bold = is_on(tag),
            "caps" if self.path.iter().any(|name| name == "r") => self.capitals = is_on(tag),
            "rFonts" if self.path.iter().any(|name| name == "r") => {
                if let Some(font) = value(tag, "ascii").or_else(|| value(tag, "hAnsi")) {
                    self.font = font;
                }
            }
            "jc" if self.path.iter().any(|name| name == "pPr") => {
                if let (Some(paragraph), Some(told)) = (self.paragraphs.last_mut(), value(tag, "val")) {
                    paragraph.centred = Some(told == "center");
                }
            }
            "t" => self.in_text = true,
            "tab" if !self.path.iter().any(|name| name == "tabs") => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" => {
                self.tables.push(Table { row_start: self.lines.len(), ..Table::default() });
            }
            "tr" => {
                let start = self.lines.len();
                if let Some(table) = self.tables.last_mut() {
                    *table = Table { row_start: start, ..Table::default() };
                }
            }
            "gridSpan" => {
                let columns =
                    value(tag, "val").and_then(|columns| columns.parse::<usize>().ok()).unwrap_or(1);
                if let Some(table) = self.tables.last_mut() {
                    table.beyond = columns.clamp(1, MOST_COLUMNS) - 1;
                }
            }
            "Fallback" | "del" | "moveFrom" => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refused> {
        match name {
            "p" => self.close_paragraph()?,
            "t" => self.in_text = false,
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let new = self.lines.len().saturating_sub(table.row_start + table.cells.len());
                    table.cells.extend(std::iter::repeat_n(table.cell, new));
                    table.columns.extend(std::iter::repeat_n(table.column, new));
                    table.cell += 1;
                    table.column = (table.column + 1 + std::mem::take(&mut table.beyond)).min(MOST_COLUMNS);
                }
            }
            "tr" => self.close_row(),
            "tbl" => {
                self.tables.pop();
                self.tables_seen += 1;
            }
            "Fallback" | "del" | "moveFrom" => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// In a row of two cells (or three, the middle empty) lines stand left and right.
    fn close_row(&mut self) {
        let is_outermost = self.tables.len() == 1;
        let Some(table) = self.tables.last_mut() else { return };
        if is_outermost {
            let columns = std::mem::take(&mut table.columns);
            self.rows.push(Row { table: self.tables_seen, first: table.row_start, columns });
        }
        let mut used = table.cells.clone();
        used.dedup();
        if used.len() == 2 || table.cell == 2 {
            let first = if table.cell == 2 { 0 } else { used[0] };
            for (line, cell) in self.lines[table.row_start..].iter_mut().zip(&table.cells) {
                line.side = if *cell == first { Side::Left } else { Side::Right };
            }
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden == 0
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 || !self.in_text {
            return;
        }
        let bold = self.bold;
        let meant = tcvn::is_font(&self.font).then(|| tcvn::meant(text, &self.font));
        let text = meant.as_deref().unwrap_or(text);
        let shown = self.capitals.then(|| text.to_uppercase());
        let text = shown.as_deref().unwrap_or(text);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            paragraph.letters += letters;
            paragraph.bold += if bold { letters } else { 0 };
            paragraph.text.push_str(text);
        }
    }

    fn reference(&mut self, name: &quick_xml::events::BytesRef<'_>) -> Result<(), Refused> {
        if let Some(c) = name.resolve_char_ref().map_err(|_| Refused::Broken)? {
            self.text(c.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let known = match name.as_ref() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => return Err(Refused::Broken),
        };
        self.text(known);
        Ok(())
    }

    fn close_paragraph(&mut self) -> Result<(), Refused> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        self.characters += paragraph.text.len();
        if self.hidden > 0 {
            return Ok(());
        }
        let bold = Some(paragraph.letters > 0 && paragraph.bold * 2 > paragraph.letters);
        let centred = paragraph.centred;
        for piece in paragraph.text.split('\n') {
            let trimmed = piece.trim_matches(['\t', ' ']);
            let parts: Vec<String> = trimmed.split('\t').map(tidy).filter(|part| !part.is_empty()).collect();
            let parts = if parts.len() == 1 { parted_by_spaces(trimmed) } else { parts };
            let two = parts.len() == 2;
            let late = piece.trim_start_matches(' ').starts_with("\t\t")
                || piece.chars().take_while(|c| *c == ' ').count() >= FAR;
            for (place, part) in parts.into_iter().enumerate() {
                let side = match (two, place) {
                    (true, 0) => Side::Left,
                    (true, _) => Side::Right,
                    (false, _) if late => Side::Right,
                    _ => Side::Full,
                };
                let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
                self.lines.push(Line { text: part, page: None, number, side, bold, opens: true, centred });
            }
        }
        if self.lines.len() > self.limits.lines || self.characters > self.limits.characters {
            return Err(Refused::TooLarge);
        }
        Ok(())
    }
}

/// Spaces that part two columns.
const WIDE: usize = 4;

/// Spaces at the beginning that put a line into the right column.
const FAR: usize = 24;

/// The two columns of a line that were set apart by many spaces; else the line as it is. A gap that waits for a number
/// or a day parts nothing.
fn parted_by_spaces(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let gap = " ".repeat(WIDE);
    for piece in text.split(gap.as_str()).map(tidy).filter(|piece| !piece.is_empty()) {
        match parts.last_mut() {
            Some(last) if waits(last, &piece) => {
                last.push(' ');
                last.push_str(&piece);
            }
            _ => parts.push(piece),
        }
    }
    if parts.len() == 2 { parts } else { vec![tidy(text)] }
}

/// The font of a file whose runs name none: that of its usual paragraphs, else of everything.
fn usual_font(styles: &str) -> String {
    let section = |from: &str, to: &str| {
        let start = styles.find(from)?;
        let end = styles[start..].find(to)? + start;
        let font = styles[start..end].split("w:ascii=\"").nth(1)?.split('"').next()?;
        Some(font.to_owned())
    };
    section("w:default=\"1\" w:styleId=\"Normal\"", "</w:style>")
        .or_else(|| section("<w:docDefaults>", "</w:docDefaults>"))
        .unwrap_or_default()
}

/// A value of an element, by its name without prefix.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.value.as_ref().to_owned())
}

/// Whether an on-off property is on: `<w:b/>` and `<w:b w:val="true"/>`, but not `<w:b w:val="0"/>`.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !tag.attributes()
        .flatten()
        .any(|a| a.key.local_name().as_ref() == "val" && matches!(a.value.as_ref(), "0" | "false" | "none"))
}
