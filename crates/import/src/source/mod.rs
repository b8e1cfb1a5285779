//! Sheets as rows of raw cells, one row at a time, whatever the format.

mod csv;
mod decode;
mod ods;
mod xls;
mod xlsx;

use domain::time::{self, Day};

pub(crate) use decode::decode;

use crate::guard::Kind;
use crate::legacy::LegacyFont;
use crate::{Finding, Limits, Options, Refused};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    Text(String),
    Number(f64),
    Day(Day),
    Flag(bool),
    /// `#REF!` and its like.
    Error(String),
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// From 0.
    pub(crate) column: u16,
    pub(crate) raw: Raw,
    /// The font, when it is one of an old encoding.
    pub(crate) font: Option<LegacyFont>,
    /// Rows it spans; 1 when it is not merged downwards.
    pub(crate) span: u32,
}

/// A row with at least one cell, cells by column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// From 1, as the sheet program counts.
    pub(crate) number: u32,
    pub(crate) cells: Vec<Cell>,
}

/// A sheet before its rows are read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Bare numbers that are days count from 1904, not from 1900.
    pub(crate) since_1904: bool,
}

/// The rows of a sheet, pulled one by one.
pub(crate) trait Rows {
    /// The next row that has a cell.
    fn next_row(&mut self) -> Result<Option<Row>, Refused>;

    /// Whether cells beyond the last column looked at were left out.
    fn cut(&self) -> bool {
        false
    }
}

/// Takes each sheet in turn.
pub(crate) type Visit<'v> = dyn FnMut(&Sheet, &mut dyn Rows) -> Result<(), Refused> + 'v;

/// Opens a checked file and shows its sheets, in order. Gives what is to be said of the file as a whole.
pub(crate) fn each_sheet(
    kind: Kind,
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    visit: &mut Visit<'_>,
) -> Result<Vec<Finding>, Refused> {
    match kind {
        Kind::Xlsx => xlsx::each_sheet(bytes, &options.limits, visit).map(|()| Vec::new()),
        Kind::Xls => xls::each_sheet(bytes, &options.limits, visit).map(|()| Vec::new()),
        Kind::Ods => ods::each_sheet(bytes, &options.limits, visit).map(|()| Vec::new()),
        Kind::Csv => csv::one_sheet(file_name, bytes, &options.limits, visit),
    }
}

impl Raw {
    /// The cell as it is written, for findings, headings and text fields.
    pub(crate) fn written(&self) -> String {
        match self {
            Raw::Text(text) | Raw::Error(text) => text.clone(),
            Raw::Number(number) => number_written(*number),
            Raw::Day(day) => time::day_in_table(*day),
            Raw::Flag(true) => "TRUE".to_owned(),
            Raw::Flag(false) => "FALSE".to_owned(),
        }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Raw::Text(text) if text.chars().all(|sign| sign.is_whitespace() || sign == '\u{FEFF}'))
    }
}

/// Whole numbers without a fraction; others with a decimal comma, as the office sees them.
fn number_written(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string().replace('.', ",") }
}

/// `A`, `Z`, `AA`: the letter of a column from 0.
pub(crate) fn letter(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The column from 0 of a letter.
pub(crate) fn column_of(letter: &str) -> Option<u16> {
    let mut column: u32 = 0;
    for sign in letter.trim().chars() {
        let digit = sign.to_ascii_uppercase().is_ascii_uppercase().then(|| sign.to_ascii_uppercase())?;
        column = column.checked_mul(26)? + u32::from(digit) - u32::from('A') + 1;
    }
    u16::try_from(column.checked_sub(1)?).ok()
}

/// The day of a serial number of the 1900 or 1904 system. Serial 60 of the 1900 system, 29/02/1900, never was.
pub(crate) fn serial_day(serial: f64, since_1904: bool) -> Option<Day> {
    let whole = serial.floor();
    if !(1.0..=2_958_465.0).contains(&whole) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to lie between 1 and 2,958,465")]
    let days = whole as i64;
    let (epoch, days) = match (since_1904, days) {
        (true, days) => (Day::constant(1904, 1, 1), days),
        (false, 60) => return None,
        (false, days @ ..60) => (Day::constant(1899, 12, 31), days),
        (false, days) => (Day::constant(1899, 12, 30), days),
    };
    epoch.checked_add(jiff::SignedDuration::from_hours(days * 24)).ok()
}

/// A calamine value as a raw cell. `None` for an empty one.
fn raw_of(data: calamine::DataRef<'_>) -> Option<Raw> {
    use calamine::DataRef;
    let raw = match data {
        DataRef::Int(number) => {
            #[expect(clippy::cast_precision_loss, reason = "sheet programs keep numbers as doubles")]
            let number = number as f64;
            Raw::Number(number)
        }
        DataRef::Float(number) => Raw::Number(number),
        DataRef::String(text) | DataRef::DurationIso(text) => Raw::Text(text),
        DataRef::SharedString(text) => Raw::Text(text.to_owned()),
        DataRef::Bool(flag) => Raw::Flag(flag),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let whole = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
            match whole.and_then(|((year, month), day)| Day::new(year, month, day).ok()) {
                Some(day) if at.is_datetime() && at.as_f64() >= 1.0 => Raw::Day(day),
                _ => Raw::Number(at.as_f64()),
            }
        }
        DataRef::DateTimeIso(text) => iso_day(&text).map_or(Raw::Text(text), Raw::Day),
        DataRef::Error(error) => Raw::Error(error.to_string()),
        DataRef::Empty => return None,
    };
    (!raw.is_blank()).then_some(raw)
}

/// The day of `2020-11-20` or `2020-11-20T08:30:00`.
fn iso_day(text: &str) -> Option<Day> {
    text.get(..10)?.parse().ok()
}

/// Keeps a cell that lies within the columns looked at; says whether it did.
fn keep(row: &mut Row, cell: Cell, limits: &Limits) -> bool {
    let within = cell.column < limits.columns;
    if within {
        row.cells.push(cell);
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn letters_of_columns_go_there_and_back() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (255, "IV"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letter(column), name);
            assert_eq!(column_of(name), Some(column));
        }
        assert_eq!(column_of("Ă"), None);
        assert_eq!(column_of("ZZZZZZZZ"), None);
    }

    #[test]
    fn serial_days_of_both_systems() {
        assert_eq!(serial_day(44155.0, false), Some(date(2020, 11, 20)));
        assert_eq!(serial_day(44155.75, false), Some(date(2020, 11, 20)));
        assert_eq!(serial_day(44155.0 - 1462.0, true), Some(date(2020, 11, 20)));
        assert_eq!(serial_day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(serial_day(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(serial_day(60.0, false), None);
        assert_eq!(serial_day(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(serial_day(0.5, false), None);
        assert_eq!(serial_day(f64::NAN, false), None);
    }

    #[test]
    fn numbers_are_written_as_the_office_sees_them() {
        assert_eq!(Raw::Number(12.0).written(), "12");
        assert_eq!(Raw::Number(1.5).written(), "1,5");
    }
}
