//! The file of rejected rows: as they were written, with what is wrong and what to do, to be corrected and imported
//! again.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::xlsx::{cell_format, heading_format};
use super::{WriteError, xlsx};
use crate::header::official;
use crate::source::column_of;
use crate::{Finding, Item, Options, Rejected, Severity, SheetSurvey, read_all};

/// Headings of the columns added. They are no headings of a register, so the corrected file can be imported as it is.
const ADDED: [&str; 3] = ["Ô lỗi", "Lý do", "Cách sửa"];

/// Reads the file again and writes its rejected rows as XLSX, one sheet for each of its sheets that has some. `words`
/// gives, for a finding, what is wrong and what to do.
///
/// # Errors
/// When the file is refused as a whole, or the rows do not fit into sheets.
pub fn rejected_file(
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    words: &dyn Fn(&Finding) -> (String, String),
) -> Result<Vec<u8>, WriteError> {
    let mut rows: BTreeMap<String, Vec<Rejected>> = BTreeMap::new();
    let survey = read_all(file_name, bytes, options, &mut |item| {
        if let Item::Rejected(rejected) = item {
            rows.entry(rejected.sheet.clone()).or_default().push(rejected);
        }
    })?;
    let mut book = Workbook::new();
    for sheet in &survey.sheets {
        if let Some(rejected) = rows.remove(&sheet.name) {
            write_sheet(book.add_worksheet(), sheet, &rejected, words)?;
        }
    }
    if book.worksheets().is_empty() {
        book.add_worksheet();
    }
    Ok(book.save_to_buffer()?)
}

fn write_sheet(
    out: &mut Worksheet,
    sheet: &SheetSurvey,
    rejected: &[Rejected],
    words: &dyn Fn(&Finding) -> (String, String),
) -> Result<(), WriteError> {
    let name: String = sheet.name.chars().filter(|sign| !r"[]:*?/\".contains(*sign)).take(31).collect();
    if !name.trim_matches('\'').is_empty() {
        out.set_name(name.trim_matches('\''))?;
    }
    let heading = heading_format();
    let mut added = 0;
    for (column, text) in headings(sheet) {
        added = added.max(column + 1);
        out.write_string_with_format(0, column, text, &heading)?;
        out.set_column_width(column, 24)?;
    }
    let widest = rejected.iter().flat_map(|row| row.cells.iter().map(|(column, _)| column + 1)).max();
    added = added.max(widest.unwrap_or(0));
    for (column, title) in (added..).zip(ADDED) {
        out.write_string_with_format(0, column, title, &heading)?;
        out.set_column_width(column, 40)?;
    }
    let cell = xlsx::cell_format();
    for (row, rejected) in (1_u32..).zip(rejected) {
        for (column, text) in &rejected.cells {
            out.write_string_with_format(row, *column, text, &cell)?;
        }
        write_reasons(out, row, added, rejected, words)?;
    }
    Ok(())
}

fn write_reasons(
    out: &mut Worksheet,
    row: u32,
    column: u16,
    rejected: &Rejected,
    words: &dyn Fn(&Finding) -> (String, String),
) -> Result<(), WriteError> {
    let bad: Vec<&Finding> =
        rejected.findings.iter().filter(|finding| finding.severity == Severity::Bad).collect();
    let (why, what): (Vec<String>, Vec<String>) = bad.iter().map(|finding| words(finding)).unzip();
    let places: Vec<&str> =
        bad.iter().map(|finding| finding.cell.as_str()).filter(|cell| !cell.is_empty()).collect();
    for (column, texts) in (column..).zip([places.join(", "), why.join("\n"), what.join("\n")]) {
        out.write_string_with_format(row, column, texts, &cell_format())?;
    }
    Ok(())
}

/// The official headings where columns were recognised, those of the office elsewhere: so every row is recognised
/// when it comes back.
fn headings(sheet: &SheetSurvey) -> Vec<(u16, String)> {
    let known = sheet.mapping.iter().filter_map(|mapped| {
        let field = sheet.register?.field(mapped.field)?;
        Some((column_of(&mapped.letter)?, official(field).to_owned()))
    });
    let unknown =
        sheet.unmapped.iter().filter_map(|(letter, heading)| Some((column_of(letter)?, heading.clone())));
    known.chain(unknown).collect()
}
