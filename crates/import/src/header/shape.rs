//! What rows look like, whatever they say: a title across the sheet, a line of the register.

use domain::register::Register;
use domain::text;

use super::{Column, names};
use crate::source::{Raw, Row};
use crate::value::day::{self, DayContext};
use crate::value::plain::bare;

/// Words of a text that stands over some columns as part of a merged heading; a title has more.
const GROUP_WORDS: usize = 4;

/// Whether adjacent rows can be one heading of several rows: no title or section above, no line of the register
/// below. A lone text reaches over the columns to its right, so a title would otherwise become part of every heading,
/// and the first line of the register would be taken for one.
pub(super) fn one_heading(group: &[Row]) -> bool {
    let lone = |row: &Row| row.cells.iter().filter(|cell| !cell.raw.is_blank()).count() <= 1;
    let (Some(first), rest) = (group.first(), group.get(1..).unwrap_or_default()) else { return false };
    let titled = lone(first) && first.cells.iter().any(|cell| is_title(&cell.raw.written()));
    !titled && !rest.iter().any(lone) && !group.iter().any(is_line)
}

/// A text that names a register, a year or a month, or is too long for a heading over some columns.
fn is_title(text: &str) -> bool {
    let folded = text::fold(text);
    folded.split(' ').count() > GROUP_WORDS
        || day::year_in(text).is_some()
        || folded.starts_with("so ")
        || folded.starts_with("thang ")
        || Register::ALL.iter().any(|register| names::named(*register, text) >= 3.0)
}

/// A row with a day or a symbol of a document: below the headings, never among them.
pub(crate) fn is_line(row: &Row) -> bool {
    row.cells.iter().any(|cell| match &cell.raw {
        Raw::Day(_) => true,
        Raw::Text(text) => {
            day::of_text(text, DayContext::default()).is_ok() || (text.len() <= 60 && is_symbol(text))
        }
        Raw::Number(_) | Raw::Flag(_) | Raw::Error(_) => false,
    })
}

/// `12/UBND-VP`: a number, a slash, letters.
fn is_symbol(text: &str) -> bool {
    text.trim().split_once('/').is_some_and(|(number, rest)| {
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.trim_start().starts_with(|sign: char| sign.is_alphanumeric())
    })
}

/// Marks each column of symbols without numbers (`Ký hiệu`) whose numbers stand in the column beside it (`Số`).
pub(super) fn join_numbers(columns: &mut [Column]) {
    let is_number = |column: &Column| {
        let of_arrival = bare(&column.heading).split(' ').any(|word| word == "den");
        !of_arrival
            && matches!(bare(&column.last).as_str(), "so" | "so vb" | "so van ban" | "so cv" | "so cong van")
    };
    let is_symbol = |column: &Column| {
        matches!(bare(&column.last).as_str(), "ky hieu" | "ki hieu" | "kh" | "ky hieu vb" | "ky hieu van ban")
    };
    for at in 0..columns.len() {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let number =
            beside.into_iter().flatten().filter_map(|at| columns.get(at)).find(|column| is_number(column));
        let number = number.map(|column| (column.column, column.last.clone()));
        if let Some((number, last)) = number
            && let Some(column) = columns.get_mut(at).filter(|column| is_symbol(column))
        {
            column.number = Some(number);
            column.heading = format!("{last} + {}", column.heading);
        }
    }
}
