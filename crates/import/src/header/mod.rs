//! Which row holds the headings, which register a sheet is, which column is which field. Works on the first rows of a
//! sheet; every reading is scored, the best wins, and a close second is told.

mod heading;
mod matching;
mod names;
pub(crate) mod shape;

use domain::register::{Field, Presence, Register};

use crate::source::{Row, column_of, letter};
use crate::value::plain::bare;
use crate::{Code, Finding, Severity, SheetChoice};
pub(crate) use heading::distance;
use matching::{Candidate, Matcher};
pub use names::register_name;

/// Scores this close are a doubt.
const CLOSE: f64 = 0.8;
/// Least score of a sheet that is a register.
const LEAST: f64 = 1.5;
/// A heading fitted less well than this is a guess.
const SURE: f64 = 0.85;

/// A column under the headings.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the column of a column is its number")]
pub(crate) struct Column {
    pub(crate) column: u16,
    pub(crate) heading: String,
    /// The lowest part of the heading, by which a repeated heading row is known.
    pub(crate) last: String,
    pub(crate) field: Option<&'static Field>,
    pub(crate) score: f64,
    /// The column beside it that holds the number of the symbol (`Số` | `Ký hiệu`).
    pub(crate) number: Option<u16>,
}

/// The headings of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) register: Register,
    pub(crate) alternative: Option<Register>,
    /// Index, among the rows looked at, of the first row below the headings.
    pub(crate) below: usize,
    /// Index of the first heading row.
    pub(crate) first: usize,
    /// Number of the last heading row.
    pub(crate) row: u32,
    pub(crate) columns: Vec<Column>,
}

/// What is known before looking.
pub(crate) struct Asked<'a> {
    pub(crate) sheet: &'a str,
    pub(crate) file_name: &'a str,
    pub(crate) register: Option<Register>,
    pub(crate) choice: Option<&'a SheetChoice>,
    /// What the cover sheets before it say.
    pub(crate) cover: &'a str,
}

/// Finds the headings in the first rows of a sheet.
pub(crate) fn find(rows: &[Row], asked: &Asked<'_>) -> Option<Header> {
    let forced = asked.choice.and_then(|choice| choice.register).or(asked.register);
    let wanted_row = asked.choice.and_then(|choice| choice.header_row);
    let registers: Vec<Register> = forced.map_or(Register::ALL.to_vec(), |register| vec![register]);
    let mut matcher = Matcher::new(registers);
    let mut best: Vec<(Register, Candidate)> = Vec::new();
    for candidate in matcher.candidates(rows, wanted_row) {
        let title = title_above(rows, candidate.first);
        let context = |register| {
            0.5 * names::named(register, asked.sheet)
                + 0.5 * names::named(register, &title)
                + 0.35 * names::named(register, asked.file_name)
                + 0.35 * names::named(register, asked.cover)
        };
        for (register, mut reading) in matcher.readings(&candidate) {
            let accepted =
                reading.base >= LEAST || wanted_row.is_some() || (forced.is_some() && reading.matched > 0);
            if !accepted || (reading.matched < 2 && wanted_row.is_none() && forced.is_none()) {
                continue;
            }
            reading.score = reading.base + context(register);
            match best.iter_mut().find(|(known, _)| *known == register) {
                Some((_, known)) if known.score >= reading.score => {}
                Some((_, known)) => *known = reading,
                None => best.push((register, reading)),
            }
        }
    }
    best.sort_by(|one, other| other.1.score.total_cmp(&one.1.score));
    let mut best = best.into_iter();
    let (register, reading) = best.next()?;
    let second = best.next().filter(|(_, other)| reading.score - other.score < CLOSE);
    let mut header = Header {
        register,
        alternative: second.map(|(register, _)| register),
        below: reading.below,
        first: reading.first,
        row: reading.row,
        columns: reading.columns,
    };
    if let Some(choice) = asked.choice {
        header.apply(choice);
    }
    Some(header)
}

fn title_above(rows: &[Row], first: usize) -> String {
    let cells = rows.iter().take(first).flat_map(|row| &row.cells);
    cells.map(|cell| cell.raw.written()).collect::<Vec<_>>().join(" \n")
}

impl Header {
    /// Puts the decisions of a person over what was recognised.
    fn apply(&mut self, choice: &SheetChoice) {
        for (name, key) in &choice.columns {
            let Some(number) = column_of(name) else { continue };
            let field = key.as_deref().and_then(|key| self.register.field(key));
            for column in &mut self.columns {
                if field.is_some() && column.field == field {
                    column.field = None;
                }
            }
            match self.columns.iter_mut().find(|column| column.column == number) {
                Some(column) => (column.field, column.score) = (field, 1.0),
                None => self.columns.push(Column {
                    column: number,
                    heading: String::new(),
                    last: String::new(),
                    field,
                    score: 1.0,
                    number: None,
                }),
            }
            if field.is_some() {
                for column in self.columns.iter_mut().filter(|column| column.number == Some(number)) {
                    column.number = None;
                }
            }
        }
        self.columns.sort_by_key(|column| column.column);
    }

    /// Whether a column holds this field.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.columns.iter().any(|column| column.field.is_some_and(|field| field.key == key))
    }

    /// Fields every line needs that no column gives, not even behind a symbol.
    pub(crate) fn absent(&self) -> Vec<&'static Field> {
        let beside = |key: &str| {
            self.columns
                .iter()
                .filter_map(|column| column.field)
                .any(|field| day_beside(field.key) == Some(key))
        };
        let required = |field: &&Field| field.presence == Presence::Required;
        let fields = self.register.fields().iter().filter(required);
        fields.filter(|field| !self.has(field.key) && !beside(field.key)).collect()
    }

    /// What is to be said about register and columns.
    pub(crate) fn findings(&self, sheet: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(other) = self.alternative {
            let finding = Finding::new(Severity::Doubt, Code::RegisterAmbiguous).at(sheet, String::new());
            findings.push(
                finding.with("first", register_name(self.register)).with("second", register_name(other)),
            );
        }
        for field in self.absent() {
            findings.push(missing_column(sheet, field));
        }
        for column in &self.columns {
            findings.extend(self.about(sheet, column));
        }
        findings
    }

    fn about(&self, sheet: &str, column: &Column) -> Option<Finding> {
        let finding = |severity, code| {
            Finding::new(severity, code).at(sheet, letter(column.column)).of(&column.heading)
        };
        match column.field {
            Some(field) if column.score < SURE => Some(
                finding(Severity::Doubt, Code::ColumnGuessed)
                    .in_field(field.key)
                    .with("heading", official(field)),
            ),
            Some(_) => None,
            None if column.heading.is_empty() || is_ordinal(&column.heading) => None,
            None if self.columns.iter().any(|other| other.number == Some(column.column)) => None,
            None => {
                let same = self
                    .columns
                    .iter()
                    .find(|other| other.field.is_some() && bare(&other.heading) == bare(&column.heading));
                Some(match same {
                    Some(other) => {
                        finding(Severity::Doubt, Code::ColumnAmbiguous).with("other", letter(other.column))
                    }
                    None => finding(Severity::Info, Code::ColumnUnknown),
                })
            }
        }
    }
}

/// The finding that a needed field has no column.
pub(crate) fn missing_column(sheet: &str, field: &'static Field) -> Finding {
    Finding::new(Severity::Bad, Code::RequiredColumnMissing)
        .at(sheet, String::new())
        .in_field(field.key)
        .with("heading", official(field))
}

/// The official heading of a field.
pub(crate) fn official(field: &Field) -> &'static str {
    field.headings.first().copied().unwrap_or(field.key)
}

/// The day field that a day behind the symbol in the same cell belongs to.
pub(crate) fn day_beside(symbol: &str) -> Option<&'static str> {
    match symbol {
        "symbol" => Some("issued_on"),
        "reply_symbol" => Some("answered_on"),
        "action_symbol" => Some("action_on"),
        "sent_symbol" => Some("sent_on"),
        "own_regulation_symbol" => Some("own_regulation_on"),
        _ => None,
    }
}

/// Whether a heading is that of the ordinal column (*STT*).
pub(crate) fn is_ordinal(heading: &str) -> bool {
    let bare = bare(heading);
    matches!(bare.as_str(), "stt" | "tt" | "so tt" | "so thu tu" | "thu tu" | "s tt" | "stt stt" | "no")
}

#[cfg(test)]
mod tests;
