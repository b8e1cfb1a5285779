//! DOCX → lines: paragraphs in reading order; cells of a table and text on both sides of a tab become columns.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::layout::{Line, Side, tidy};
use crate::limits::{Limits, Refused};
use crate::package::Package;

/// The lines of a DOCX file.
///
/// # Errors
/// When the package is damaged, locked, no text document, or over a limit.
pub fn lines(bytes: &[u8], limits: &Limits) -> Result<Vec<Line>, Refused> {
    let xml = Package::open(bytes, limits)?.main()?;
    let mut reader = Reader::from_str(&xml);
    let mut walk = Walk { limits: *limits, ..Walk::default() };
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
    Ok(walk.lines)
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
}

#[derive(Default)]
struct Walk {
    limits: Limits,
    path: Vec<String>,
    lines: Vec<Line>,
    /// Open paragraphs; more than one when a text box stands inside a paragraph.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    bold: bool,
    /// Levels of what is not shown: deleted text, the fallback copy of a text box.
    hidden: usize,
    in_text: bool,
    characters: usize,
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.bold = false,
            "b" if self.path.iter().any(|name| name == "r") => self.bold = is_on(tag),
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
                    table.cell += 1;
                }
            }
            "tr" => self.close_row(),
            "tbl" => {
                self.tables.pop();
            }
            "Fallback" | "del" | "moveFrom" => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// In a row of two cells (or three, the middle empty) lines stand left and right.
    fn close_row(&mut self) {
        let Some(table) = self.tables.last() else { return };
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
        for piece in paragraph.text.split('\n') {
            let trimmed = piece.trim_matches(['\t', ' ']);
            let parts: Vec<String> = trimmed.split('\t').map(tidy).filter(|part| !part.is_empty()).collect();
            let two = parts.len() == 2;
            let late = piece.trim_start_matches(' ').starts_with("\t\t");
            for (place, part) in parts.into_iter().enumerate() {
                let side = match (two, place) {
                    (true, 0) => Side::Left,
                    (true, _) => Side::Right,
                    (false, _) if late => Side::Right,
                    _ => Side::Full,
                };
                let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
                self.lines.push(Line { text: part, page: None, number, side, bold, opens: true });
            }
        }
        if self.lines.len() > self.limits.lines || self.characters > self.limits.characters {
            return Err(Refused::TooLarge);
        }
        Ok(())
    }
}

/// Whether an on-off property is on: `<w:b/>` and `<w:b w:val="true"/>`, but not `<w:b w:val="0"/>`.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !tag.attributes()
        .flatten()
        .any(|a| a.key.local_name().as_ref() == "val" && matches!(a.value.as_ref(), "0" | "false" | "none"))
}
