//! Readings of the first rows as headings: one, two or three rows deep, for each register.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use domain::register::{Field, FieldKind, Presence, Register};

use super::heading::Heading;
use super::{Column, is_ordinal, shape};
use crate::source::Row;

/// Below this a heading is no evidence.
const EVIDENCE: f64 = 0.7;
/// A lower heading that must be read without the one above it counts a little less.
const ALONE: f64 = 0.9;

/// A heading we know and the fields it may name; the rank is its place among the headings of that field.
struct Known {
    heading: Heading,
    uses: Vec<(Register, &'static Field, u8)>,
}

fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut all: Vec<Known> = Vec::new();
        for register in Register::ALL {
            for field in register.fields() {
                for (rank, text) in field.headings.iter().enumerate() {
                    let Some(heading) = Heading::of(text) else { continue };
                    let rank = u8::try_from(rank).unwrap_or(u8::MAX);
                    match all.iter_mut().find(|known| known.heading == heading) {
                        Some(known) => known.uses.push((register, field, rank)),
                        None => all.push(Known { heading, uses: vec![(register, field, rank)] }),
                    }
                }
            }
        }
        all
    })
}

/// What a text could be: register, field, score.
type Uses = Rc<Vec<(Register, &'static Field, f64)>>;

/// Some rows read as headings, and what they give for one register.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Index of the first heading row.
    pub(crate) first: usize,
    /// Index of the row below the headings.
    pub(crate) below: usize,
    /// Number of the last heading row.
    pub(crate) row: u32,
    pub(crate) columns: Vec<Column>,
    /// Evidence of the headings alone.
    pub(crate) base: f64,
    /// Evidence with names and titles.
    pub(crate) score: f64,
    /// Columns that hold a field.
    pub(crate) matched: usize,
}

/// Scores headings; remembers what it scored.
pub(crate) struct Matcher {
    registers: Vec<Register>,
    seen: HashMap<String, Uses>,
}

impl Matcher {
    pub(crate) fn new(registers: Vec<Register>) -> Matcher {
        Matcher { registers, seen: HashMap::new() }
    }

    /// All groups of one to three rows that could be headings.
    pub(crate) fn candidates(&mut self, rows: &[Row], wanted: Option<u32>) -> Vec<Candidate> {
        let promising: Vec<usize> = rows.iter().map(|row| self.promise(row)).collect();
        let mut candidates = Vec::new();
        for last in 0..rows.len() {
            for depth in 1..=3.min(last + 1) {
                let first = last + 1 - depth;
                let group = rows.get(first..=last).unwrap_or_default();
                let row = group.last().map_or(0, |row| row.number);
                let adjacent = group.windows(2).all(|pair| match pair {
                    [one, next] => next.number == one.number + 1,
                    _ => false,
                });
                let most = promising.get(first..=last).unwrap_or_default().iter().max().copied().unwrap_or(0);
                let fits = wanted
                    .map_or(most >= 2 || (self.registers.len() == 1 && most >= 1), |number| number == row);
                if fits && adjacent && (depth == 1 || shape::one_heading(group)) {
                    let columns = compose(group);
                    candidates.push(Candidate {
                        first,
                        below: last + 1,
                        row,
                        columns,
                        base: 0.0,
                        score: 0.0,
                        matched: 0,
                    });
                }
            }
        }
        candidates
    }

    /// How many cells of a row could be headings.
    fn promise(&mut self, row: &Row) -> usize {
        row.cells.iter().filter(|cell| !self.uses(&cell.raw.written()).is_empty()).count()
    }

    /// What a text could be.
    fn uses(&mut self, text: &str) -> Uses {
        if let Some(uses) = self.seen.get(text) {
            return Rc::clone(uses);
        }
        let mut found: Vec<(Register, &'static Field, f64)> = Vec::new();
        if let Some(heading) = Heading::of(text).filter(|_| !is_ordinal(text)) {
            for known in known() {
                let fit = heading.fits(&known.heading);
                if fit < EVIDENCE {
                    continue;
                }
                for (register, field, rank) in &known.uses {
                    if heading.names_day() && field.kind != FieldKind::Day && fit < 0.95 {
                        continue;
                    }
                    let score = fit - 0.002 * f64::from(*rank);
                    match found.iter_mut().find(|(r, f, _)| r == register && f.key == field.key) {
                        Some((_, _, best)) => *best = best.max(score),
                        None => found.push((*register, field, score)),
                    }
                }
            }
        }
        let uses = Rc::new(found);
        self.seen.insert(text.to_owned(), Rc::clone(&uses));
        uses
    }

    /// What the candidate gives for each register.
    pub(crate) fn readings(&mut self, candidate: &Candidate) -> Vec<(Register, Candidate)> {
        let mut uses: Vec<Vec<(Register, &'static Field, f64)>> =
            candidate.columns.iter().map(|column| self.column_uses(column)).collect();
        let numbers: Vec<u16> = candidate.columns.iter().filter_map(|column| column.number).collect();
        for (column, uses) in candidate.columns.iter().zip(&mut uses) {
            if numbers.contains(&column.column) {
                uses.clear();
            }
        }
        self.registers.iter().map(|register| (*register, assign(*register, candidate, &uses))).collect()
    }

    /// What a column could be, by its whole heading or its lowest part alone.
    fn column_uses(&mut self, column: &Column) -> Vec<(Register, &'static Field, f64)> {
        if is_ordinal(&column.last) {
            return Vec::new();
        }
        if column.number.is_some() {
            return self.uses("Số, ký hiệu").to_vec();
        }
        let mut all = self.uses(&column.heading).to_vec();
        if column.last != column.heading {
            for (register, field, score) in self.uses(&column.last).iter() {
                let score = score * ALONE;
                match all.iter_mut().find(|(r, f, _)| r == register && f.key == field.key) {
                    Some((_, _, best)) => *best = best.max(score),
                    None => all.push((*register, field, score)),
                }
            }
        }
        all
    }
}

/// The headings of a group of rows: each column's texts from above to below; an upper text reaches to the right over
/// columns that have a lower text and none of their own, as merged cells do.
fn compose(group: &[Row]) -> Vec<Column> {
    let text_at = |row: &Row, column: u16| {
        let cell = row.cells.iter().find(|cell| cell.column == column)?;
        Some(cell.raw.written().split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut numbers: Vec<u16> =
        group.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut reaching: Vec<Option<String>> = vec![None; group.len()];
    let mut columns = Vec::new();
    for column in numbers {
        let mut parts: Vec<String> = Vec::new();
        for (index, row) in group.iter().enumerate() {
            let lower = group.get(index + 1..).unwrap_or_default();
            let has_lower = lower.iter().any(|row| text_at(row, column).is_some());
            let own = text_at(row, column);
            let reach = reaching.get_mut(index);
            let part = match (own, reach) {
                (Some(own), Some(reach)) => {
                    *reach = has_lower.then(|| own.clone());
                    Some(own)
                }
                (None, Some(reach)) if has_lower => reach.clone(),
                (None, Some(reach)) => {
                    *reach = None;
                    None
                }
                (own, None) => own,
            };
            parts.extend(part);
        }
        parts.dedup();
        let last = parts.last().cloned().unwrap_or_default();
        columns.push(Column {
            column,
            heading: parts.join(" – "),
            last,
            field: None,
            score: 0.0,
            number: None,
        });
    }
    shape::join_numbers(&mut columns);
    columns
}

/// Gives each field its best column, best pairs first.
fn assign(
    register: Register,
    candidate: &Candidate,
    uses: &[Vec<(Register, &'static Field, f64)>],
) -> Candidate {
    let mut pairs: Vec<(usize, &'static Field, f64)> = uses
        .iter()
        .enumerate()
        .flat_map(|(index, uses)| uses.iter().map(move |(r, field, score)| (index, *r, *field, *score)))
        .filter(|(_, r, _, score)| *r == register && *score >= EVIDENCE)
        .map(|(index, _, field, score)| (index, field, score))
        .collect();
    pairs.sort_by(|one, other| other.2.total_cmp(&one.2).then(one.0.cmp(&other.0)));
    let mut reading = candidate.clone();
    for (index, field, score) in pairs {
        let taken = reading.columns.iter().any(|column| column.field == Some(field));
        if let Some(column) = reading.columns.get_mut(index).filter(|column| column.field.is_none() && !taken)
        {
            column.field = Some(field);
            column.score = score;
        }
    }
    weigh(register, &mut reading);
    reading
}

fn weigh(register: Register, reading: &mut Candidate) {
    let mut base = 0.0;
    reading.matched = 0;
    for column in &reading.columns {
        base += match column.field {
            Some(field) if field.key == "note" => 0.2 * column.score,
            Some(field) if field.presence == Presence::Required => 2.0 * column.score,
            Some(_) => column.score,
            None if is_ordinal(&column.heading) || is_ordinal(&column.last) => 0.0,
            None if reading.columns.iter().any(|other| other.number == Some(column.column)) => 0.0,
            None => -0.35,
        };
        reading.matched += usize::from(column.field.is_some());
    }
    for field in register.fields().iter().filter(|field| field.presence == Presence::Required) {
        let has = |key: &str| reading.columns.iter().any(|column| column.field.is_some_and(|f| f.key == key));
        if !has(field.key) {
            // The day of a document often stands in one cell with its symbol.
            base -= if field.key == "issued_on" && has("symbol") { 0.5 } else { 1.5 };
        }
    }
    // Every office keeps a register of outgoing documents; a list of what is on the portal says so.
    let on_portal = ["posted_on", "url", "effective_on", "withdrawn_on"];
    let has_any = |keys: &[&str]| {
        reading.columns.iter().filter_map(|column| column.field).any(|field| keys.contains(&field.key))
    };
    if register == Register::PortalDocuments && !has_any(&on_portal) {
        base -= 0.5;
    }
    reading.base = base - 0.02 * f64::from(u8::try_from(reading.below - reading.first).unwrap_or(3));
}
