//! Numbers of outgoing documents (*số văn bản đi*): one series for each office and year, the next in the transaction
//! that sends the document, each accounted for (NĐ 30/2020 Đ15). What is typed must be free and leave nothing out, or say
//! why. Lines that were imported or typed into the register keep what they say and count as taken.

use std::collections::BTreeSet;

use domain::id::{RecordId, UnitId};
use domain::register::{Register, Values};
use domain::text;
use domain::time::{Day, Timestamp};
use store::outgoing_number::{self as rows, NumberRow};
use store::register::{Insertion, NewRecord};
use store::{Reader, Tx};

use crate::{ActionError, App, Invalid};

/// Signs of a reason.
const LONGEST_REASON: usize = 500;

/// The numbers of an office's year.
struct Book {
    /// Of lines that stand.
    standing: BTreeSet<u32>,
    /// Given once and voided.
    voided: BTreeSet<u32>,
}

impl Book {
    fn load(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<Book, ActionError> {
        let symbols = store::register::symbols_of_year(r, unit, year)?;
        let mut standing: BTreeSet<u32> = symbols.iter().filter_map(|symbol| number_of(symbol)).collect();
        let mut voided = BTreeSet::new();
        for row in rows::of_year(r, unit, year)? {
            if row.voided_at.is_some() {
                voided.insert(row.number)
            } else {
                standing.insert(row.number)
            };
        }
        Ok(Book { standing, voided })
    }

    fn is_taken(&self, number: u32) -> bool {
        self.standing.contains(&number) || self.voided.contains(&number)
    }

    /// The one after the highest that stands; voided ones are passed over.
    fn next(&self) -> u32 {
        let first = self.standing.last().map_or(1, |highest| highest.saturating_add(1));
        (first..u32::MAX).find(|number| !self.voided.contains(number)).unwrap_or(u32::MAX)
    }
}

/// The number a symbol begins with: 125 of `125/UBND-VHTT`.
fn number_of(symbol: &str) -> Option<u32> {
    symbol.split_once('/')?.0.trim().parse().ok()
}

/// The number that comes next in the register of outgoing documents of a year.
pub(crate) fn next(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<u32, ActionError> {
    Ok(Book::load(r, unit, year)?.next())
}

/// What a document asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The office.
    pub(crate) unit: UnitId,
    /// Day of issue; its year is the book.
    pub(crate) day: Day,
    /// The number it is to have.
    pub(crate) number: u32,
    /// Its symbol without the number: `UBND-VHTT`.
    pub(crate) symbol: &'a str,
    /// Why numbers before it are left out; empty when none are.
    pub(crate) gap_reason: &'a str,
}

impl Wanted<'_> {
    /// Number and symbol, as the document bears them: below ten with a leading zero (FM-NO).
    pub(crate) fn full(&self) -> String {
        format!("{:02}/{}", self.number, self.symbol)
    }
}

fn taken(next: u32) -> ActionError {
    ActionError::Invalid(vec![Invalid::new("number", "number_taken").with("next", next)])
}

/// How often a document whose number was not typed is drawn anew with the next one, when others took it meanwhile.
const TRIES: usize = 8;

/// Sends a document under the number that was typed, or the next one of the year; `send` draws it and gives it the
/// number in its transaction.
pub(crate) fn with_number<T>(
    app: &App,
    (unit, day): (UnitId, Day),
    typed: Option<u32>,
    mut send: impl FnMut(u32) -> Result<T, ActionError>,
) -> Result<T, ActionError> {
    let mut tries = TRIES;
    loop {
        let number = match typed {
            Some(number) => number,
            None => app.read(|r| next(r, unit, day.year()))?,
        };
        tries = tries.saturating_sub(1);
        match send(number) {
            Err(error) if typed.is_none() && tries > 0 && is_taken(&error) => {}
            done => return done,
        }
    }
}

/// Whether somebody else took the number meanwhile.
fn is_taken(error: &ActionError) -> bool {
    matches!(error, ActionError::Invalid(wrong) if wrong.iter().any(|wrong| wrong.code == "number_taken"))
}

/// Gives a document its number and its line in the register; `values` are those of the line, with the symbol.
///
/// # Errors
/// When the number is taken, with the next one; when numbers would be left out without a reason.
pub(crate) fn register(tx: &mut Tx<'_>, wanted: Wanted<'_>, values: Values) -> Result<RecordId, ActionError> {
    let Wanted { unit, day, number, .. } = wanted;
    let book = Book::load(tx, unit, day.year())?;
    let next = book.next();
    if book.is_taken(number) {
        return Err(taken(next));
    }
    let gap_reason = text::clean_line(wanted.gap_reason);
    let leaves_out = number > next;
    if leaves_out && gap_reason.is_empty() {
        let wrong = Invalid::new("gap_reason", "number_gap").with("next", next).with("number", number);
        return Err(ActionError::Invalid(vec![wrong]));
    }
    if gap_reason.chars().count() > LONGEST_REASON {
        let wrong = Invalid::new("gap_reason", "too_long").with("limit", LONGEST_REASON);
        return Err(ActionError::Invalid(vec![wrong]));
    }
    store::register::open(tx, Register::OutgoingDocuments, unit, None)?;
    let new = NewRecord { register: Register::OutgoingDocuments, unit, values, import: None };
    let id = match store::register::insert(tx, &new)? {
        Insertion::Inserted(id) => id,
        Insertion::Duplicate(_) => return Err(ActionError::invalid("number", "exists_already")),
    };
    let row = NumberRow {
        unit,
        year: day.year(),
        number,
        symbol: wanted.full(),
        document: id,
        gap_from: leaves_out.then_some(next),
        gap_reason: if leaves_out { gap_reason } else { String::new() },
        void_reason: String::new(),
        given_by: String::new(),
        given_at: Timestamp::UNIX_EPOCH,
        voided_at: None,
    };
    rows::give(tx, &row).map_err(|error| match error {
        store::StoreError::Unique(_) => taken(next),
        other => other.into(),
    })?;
    Ok(id)
}

fn number_and_year(values: &Values) -> Option<(u32, i16)> {
    Some((number_of(values.text("symbol")?)?, values.day("issued_on")?.year()))
}

/// A line that is typed into the register bears no number that was given to another document or voided, and no symbol
/// that stands in that year (NĐ 30/2020 Đ15 k1).
pub(crate) fn refuse_typed(tx: &mut Tx<'_>, unit: UnitId, values: &Values) -> Result<(), ActionError> {
    let Some((number, year)) = number_and_year(values) else { return Ok(()) };
    let is_given = rows::of_year(tx, unit, year)?.iter().any(|row| row.number == number);
    let key = text::key(values.text("symbol").unwrap_or_default());
    let symbols = store::register::symbols_of_year(tx, unit, year)?;
    if is_given || symbols.iter().any(|symbol| text::key(symbol) == key) {
        let next = next(tx, unit, year)?;
        return Err(ActionError::Invalid(vec![Invalid::new("symbol", "number_taken").with("next", next)]));
    }
    Ok(())
}

/// A number that was given stays with its document, on its day.
pub(crate) fn refuse_change(
    tx: &mut Tx<'_>,
    (id, unit): (RecordId, UnitId),
    (before, after): (&Values, &Values),
) -> Result<(), ActionError> {
    let key = |values: &Values| (values.text("symbol").map(text::key), values.day("issued_on"));
    if key(before) == key(after) {
        return Ok(());
    }
    if rows::of_document(tx, id)?.is_some() {
        return Err(ActionError::Refused("number_was_given"));
    }
    if number_and_year(before) == number_and_year(after) { Ok(()) } else { refuse_typed(tx, unit, after) }
}

/// Leaves the number of a line that is taken out of the register voided, with the reason.
pub(crate) fn void(
    tx: &mut Tx<'_>,
    (id, unit): (RecordId, UnitId),
    values: &Values,
    reason: &str,
) -> Result<(), ActionError> {
    if let Some(row) = rows::of_document(tx, id)? {
        return Ok(rows::void(tx, &row, reason)?);
    }
    let Some((number, year)) = number_and_year(values) else { return Ok(()) };
    // Called after the line is gone: another line of the past may bear the same number.
    if Book::load(tx, unit, year)?.is_taken(number) {
        return Ok(());
    }
    let row = NumberRow {
        unit,
        year,
        number,
        symbol: values.text("symbol").unwrap_or_default().to_owned(),
        document: id,
        gap_from: None,
        gap_reason: String::new(),
        void_reason: reason.to_owned(),
        given_by: String::new(),
        given_at: Timestamp::UNIX_EPOCH,
        voided_at: Some(tx.now()),
    };
    Ok(rows::give(tx, &row)?)
}
