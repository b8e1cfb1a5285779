//! Tables as offices keep them, written as XLSX and CSV.

use anyhow::Result;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::MADE_UP;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    /// A true date in XLSX; `20/11/2020` in CSV.
    Day(Date),
    Number(u32),
}

/// A row of headings: for each cell the text and how many columns it spans.
pub(super) type Headings = Vec<(String, u16)>;

/// A table with all that stands around it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) sheet: &'static str,
    /// Lines above the headings.
    pub(super) titles: Vec<String>,
    /// One row of headings or two; a heading of the first row that spans one column reaches down over the second,
    /// where that has an empty text.
    pub(super) headings: Vec<Headings>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// Rows below: totals, places for signatures.
    pub(super) foot: Vec<Vec<Cell>>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::from(text.as_str())
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Day(day)
    }
}

impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Cell {
        Cell::Number(number)
    }
}

impl Cell {
    fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => slashes(*day),
            Cell::Number(number) => number.to_string(),
        }
    }
}

/// `20/11/2020`.
pub(super) fn slashes(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A row of text and day cells.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::example::sheet::Cell::from($cell)),*] };
}
pub(super) use row;

/// One row of headings.
pub(super) fn plain(headings: &[&str]) -> Vec<Headings> {
    vec![headings.iter().map(|heading| ((*heading).to_owned(), 1)).collect()]
}

/// Two rows of headings: each text with the number of columns it spans.
pub(super) fn merged(upper: &[(&str, u16)], lower: &[(&str, u16)]) -> Vec<Headings> {
    let owned = |row: &[(&str, u16)]| row.iter().map(|(text, span)| ((*text).to_owned(), *span)).collect();
    vec![owned(upper), owned(lower)]
}

struct Look {
    title: Format,
    heading: Format,
    text: Format,
    day: Format,
}

impl Look {
    fn new() -> Look {
        let cell = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let boxed = cell.clone().set_border(FormatBorder::Thin);
        Look {
            title: cell.set_bold(),
            heading: boxed.clone().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            day: boxed.clone().set_num_format("dd/mm/yyyy"),
            text: boxed.set_text_wrap(),
        }
    }
}

/// A workbook of these tables, one sheet each.
pub(super) fn workbook(tables: &[Table]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2021, 1, 4)?;
    book.set_properties(&DocProperties::new().set_title(MADE_UP).set_creation_datetime(&made));
    let look = Look::new();
    for table in tables {
        fill(book.add_worksheet().set_name(table.sheet)?, table, &look)?;
    }
    Ok(book.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, table: &Table, look: &Look) -> Result<()> {
    let mut at = 0;
    for title in &table.titles {
        sheet.write_with_format(at, 0, title, &look.title)?;
        at += 1;
    }
    headings(sheet, at, &table.headings, &look.heading)?;
    at += u32::try_from(table.headings.len())?;
    for row in table.rows.iter().chain(&table.foot) {
        for (cell, column) in row.iter().zip(0..) {
            match cell {
                Cell::Empty => drop(sheet.write_blank(at, column, &look.text)?),
                Cell::Text(text) => drop(sheet.write_with_format(at, column, text, &look.text)?),
                Cell::Number(number) => drop(sheet.write_with_format(at, column, *number, &look.text)?),
                Cell::Day(day) => {
                    let (year, month, day) = (day.year(), day.month(), day.day());
                    let day = ExcelDateTime::from_ymd(year.try_into()?, month.try_into()?, day.try_into()?)?;
                    sheet.write_with_format(at, column, &day, &look.day)?;
                }
            }
        }
        at += 1;
    }
    for (column, width) in (0..).zip(widths(table)) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// Wide enough for most cells; long texts wrap.
fn widths(table: &Table) -> Vec<u32> {
    let columns: usize = table.headings.iter().flatten().map(|(_, span)| usize::from(*span)).sum();
    let columns = columns / table.headings.len().max(1);
    let longest = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column).filter(|_| row.len() > 1));
        cells.map(|cell| cell.written().chars().count()).max().unwrap_or(0)
    };
    (0..columns).map(|column| u32::try_from(longest(column).clamp(10, 45) + 2).unwrap_or(12)).collect()
}

fn headings(sheet: &mut Worksheet, at: u32, rows: &[Headings], look: &Format) -> Result<()> {
    let below = rows.get(1);
    let last = at + u32::try_from(rows.len())? - 1;
    for (row, number) in rows.iter().zip(at..) {
        let mut column = 0;
        for (text, span) in row {
            let has_none_below = below
                .and_then(|below| below.get(usize::from(column)))
                .is_none_or(|(text, _)| text.is_empty());
            if *span > 1 {
                sheet.merge_range(number, column, number, column + span - 1, text, look)?;
            } else if number == at && last > at && has_none_below {
                sheet.merge_range(at, column, last, column, text, look)?;
            } else if !text.is_empty() {
                sheet.write_with_format(number, column, text, look)?;
            }
            column += span;
        }
    }
    Ok(())
}

/// The rows of a table as text, with titles above and foot below.
pub(super) fn lines(table: &Table) -> Vec<Vec<String>> {
    let titles = table.titles.iter().map(|title| vec![title.clone()]);
    let headings = table.headings.iter().map(|row| {
        let spread = |(text, span): &(String, u16)| {
            std::iter::once(text.clone()).chain((1..*span).map(|_| String::new()))
        };
        row.iter().flat_map(spread).collect()
    });
    let rows = table.rows.iter().chain(&table.foot).map(|row| row.iter().map(Cell::written).collect());
    titles.chain(headings).chain(rows).collect()
}

/// CSV text of a table, lines ended as Windows does.
pub(super) fn csv_text(table: &Table, delimiter: u8) -> Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines(table) {
        writer.write_record(&line)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// CSV in UTF-8 with the byte order mark that Excel wants.
pub(super) fn csv_with_mark(table: &Table, delimiter: u8) -> Result<Vec<u8>> {
    Ok(format!("\u{FEFF}{}", csv_text(table, delimiter)?).into_bytes())
}
