//! Lists that are no register: a table whose columns the caller names, and plain text of any encoding.

use std::collections::BTreeMap;

use domain::text::fold;

use crate::source::{self, Raw, Row, Rows, Sheet};
use crate::value::day::{self, DayContext};
use crate::{Code, Options, Refused, guard};

/// A column of a list.
#[derive(Debug, Clone, Copy)]
pub struct ListColumn {
    /// What the caller calls it.
    pub key: &'static str,
    /// How offices head it; compared without case, diacritics and spaces.
    pub headings: &'static [&'static str],
    /// Whether its cells are days, given as `2020-11-20`; what is no day is given as it is written.
    pub is_day: bool,
}

/// A row of a list: the cells of the columns that were found, none of them blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The sheet.
    pub sheet: String,
    /// Counted from 1 as the sheet program does.
    pub number: u32,
    /// By the key of the column.
    pub cells: BTreeMap<&'static str, String>,
    /// Where the columns stand, by their key: `B`.
    pub columns: BTreeMap<&'static str, String>,
}

impl ListRow {
    /// The place of a cell, `B12`; the number of the row where the column is missing.
    pub fn place(&self, key: &str) -> String {
        format!("{}{}", self.columns.get(key).map_or("", String::as_str), self.number)
    }
}

/// Rows looked at for headings.
const HEAD: usize = 20;

/// Reads the rows of each sheet that has a row of headings with at least two of the columns.
///
/// # Errors
/// When the whole file is refused, or no sheet has such headings.
pub fn list(file_name: &str, bytes: &[u8], columns: &[ListColumn]) -> Result<Vec<ListRow>, Refused> {
    let options = Options::default();
    let kind = guard::check(file_name, bytes, &options.limits)?;
    let (mut found, mut has_headings) = (Vec::new(), false);
    source::each_sheet(kind, file_name, bytes, &options, &mut |sheet, rows| {
        let Some(places) = headings(rows, columns)? else { return Ok(()) };
        has_headings = true;
        let columns: BTreeMap<_, _> =
            places.iter().map(|(at, column)| (column.key, source::letter(*at))).collect();
        while let Some(row) = rows.next_row()? {
            let cells = cells(sheet, &row, &places);
            if !cells.is_empty() {
                let (sheet, columns) = (sheet.name.clone(), columns.clone());
                found.push(ListRow { sheet, number: row.number, cells, columns });
            }
        }
        Ok(())
    })?;
    if has_headings { Ok(found) } else { Err(Refused::because(Code::NoHeader)) }
}

/// Which column of the sheet is which of the list.
fn headings(
    rows: &mut dyn Rows,
    columns: &[ListColumn],
) -> Result<Option<BTreeMap<u16, ListColumn>>, Refused> {
    for _ in 0..HEAD {
        let Some(row) = rows.next_row()? else { return Ok(None) };
        let mut places = BTreeMap::new();
        for cell in &row.cells {
            let heading = bare(&cell.raw.written());
            let column = columns.iter().find(|column| column.headings.iter().any(|own| bare(own) == heading));
            places.extend(column.map(|column| (cell.column, *column)));
        }
        if places.len() >= 2 {
            return Ok(Some(places));
        }
    }
    Ok(None)
}

fn bare(heading: &str) -> String {
    fold(heading).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

fn cells(sheet: &Sheet, row: &Row, places: &BTreeMap<u16, ListColumn>) -> BTreeMap<&'static str, String> {
    let context = DayContext { year: None, since_1904: sheet.since_1904 };
    let mut cells = BTreeMap::new();
    for cell in row.cells.iter().filter(|cell| !cell.raw.is_blank()) {
        let Some(column) = places.get(&cell.column) else { continue };
        let written = match &cell.raw {
            raw if column.is_day => {
                day::read(raw, context).map_or_else(|_| raw.written(), |read| read.day.to_string())
            }
            Raw::Number(part) if (0.0..1.0).contains(part) => time_of_day(*part),
            raw => raw.written(),
        };
        cells.insert(column.key, written.trim().to_owned());
    }
    cells
}

/// Sheets keep a time of day as a part of the day: `0,2292` is `05:30`.
fn time_of_day(part: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1,440 for a part of a day"
    )]
    let minutes = (part * 1_440.0).round() as u32 % 1_440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The text of a text file, whatever its encoding: UTF-8, UTF-16, Windows-1258, TCVN3, VNI.
pub fn plain_text(bytes: &[u8]) -> String {
    source::decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [ListColumn; 3] = [
        ListColumn { key: "day", headings: &["Ngày", "Ngày phát"], is_day: true },
        ListColumn { key: "title", headings: &["Tiêu đề", "Tên bản tin"], is_day: false },
        ListColumn { key: "time", headings: &["Giờ phát"], is_day: false },
    ];

    #[test]
    fn columns_are_found_by_their_headings_in_any_order_below_a_title() {
        let csv = "DANH SÁCH BẢN TIN,,\nTEN BAN TIN,Ghi chú,Ngay phat\nBản tin 1,x,5/3/2020\n,,\nBản tin 2,,hôm qua\n";
        let rows = list("ban-tin.csv", csv.as_bytes(), &COLUMNS).unwrap();
        let cells: Vec<_> =
            rows.iter().map(|row| (row.cells["title"].as_str(), row.cells["day"].as_str())).collect();
        assert_eq!(cells, [("Bản tin 1", "2020-03-05"), ("Bản tin 2", "hôm qua")]);
        assert_eq!(rows[0].number, 3);
        assert!(list("ban-tin.csv", b"a,b\n1,2\n", &COLUMNS).is_err());
    }

    #[test]
    fn a_time_of_day_is_a_part_of_a_day() {
        assert_eq!(time_of_day(5.5 / 24.0), "05:30");
        assert_eq!(time_of_day(0.999_999), "00:00");
    }

    #[test]
    fn text_files_of_windows_are_read() {
        assert_eq!(plain_text("Bản tin".as_bytes()), "Bản tin");
        let wide: Vec<u8> = "\u{FEFF}Bản tin".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(plain_text(&wide), "Bản tin");
    }
}
