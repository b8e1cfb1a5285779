//! `so-lieu.xlsx`: the figures, every record counted, every record left out with the reason. All cells that hold text
//! are typed as text, so nothing in them is ever a formula (EXP-01).

use std::collections::BTreeMap;

use domain::figure::Amount;
use domain::time::{self, Day};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::escape;
use crate::figure_view::NO_DATA;
use crate::frozen::{FrozenFigure, FrozenRecord, FrozenSet};

/// What stands beside the id of a record, for readers who may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordLabel {
    /// The day that puts it into the period.
    pub day: Option<Day>,
    /// Its title.
    pub title: String,
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The writer refused.
    #[error("the workbook could not be written: {0}")]
    Write(#[from] XlsxError),
}

/// Longest text of a cell.
const CELL: usize = 32_767;

struct Formats {
    head: Format,
    text: Format,
    number: Format,
    decimal: Format,
}

/// Writes the set. `labels` by `register/id` ([`FrozenRecord::place`]); a record without one shows its id only.
///
/// # Errors
/// When the writer refuses, e.g. more rows than a sheet holds.
pub fn workbook(set: &FrozenSet, labels: &BTreeMap<String, RecordLabel>) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    // No clock: the same set gives the same bytes. The day is the last of the period.
    let last = set.period.last();
    let year = u16::try_from(last.year()).unwrap_or(1900).max(1900);
    let made = ExcelDateTime::from_ymd(year, last.month().unsigned_abs(), last.day().unsigned_abs())?;
    book.set_properties(
        &DocProperties::new()
            .set_title(escape::plain(&set.office))
            .set_author("Phát Ngôn")
            .set_creation_datetime(&made),
    );
    let formats = Formats {
        head: Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_border(FormatBorder::Thin),
        text: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
        number: Format::new().set_num_format("#,##0").set_align(FormatAlign::Top),
        decimal: Format::new().set_num_format("#,##0.0").set_align(FormatAlign::Top),
    };
    figures_sheet(book.add_worksheet(), set, &formats)?;
    counted_sheet(book.add_worksheet(), set, labels, &formats)?;
    left_out_sheet(book.add_worksheet(), set, labels, &formats)?;
    Ok(book.save_to_buffer()?)
}

fn head(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[(&str, f64)],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (index, (title, width)) in columns.iter().enumerate() {
        let column = u16::try_from(index).unwrap_or(u16::MAX);
        sheet.write_string_with_format(0, column, *title, &formats.head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let words: String = escape::plain(words).chars().take(CELL).collect();
    sheet.write_string_with_format(row, column, words, &formats.text).map(|_| ())
}

fn figures_sheet(sheet: &mut Worksheet, set: &FrozenSet, formats: &Formats) -> Result<(), XlsxError> {
    let columns = [
        ("Mã số liệu", 28.0),
        ("Tên số liệu", 44.0),
        ("Giá trị", 16.0),
        ("Đơn vị tính", 14.0),
        ("Tử số", 10.0),
        ("Mẫu số", 10.0),
        ("Cách tính", 60.0),
        ("Từ ngày", 12.0),
        ("Đến ngày", 12.0),
    ];
    head(sheet, "Số liệu", &columns, formats)?;
    let mut row = 1;
    for figure in &set.figures {
        put(sheet, row, 0, &figure.id, formats)?;
        put(sheet, row, 1, &figure.title, formats)?;
        value(sheet, row, figure.amount, formats)?;
        let is_ratio = matches!(figure.amount, Amount::Ratio { .. });
        put(sheet, row, 3, if is_ratio { "%" } else { &figure.unit }, formats)?;
        put(sheet, row, 6, &figure.definition, formats)?;
        put(sheet, row, 7, &time::day_in_table(set.period.first()), formats)?;
        put(sheet, row, 8, &time::day_in_table(set.period.last()), formats)?;
        row += 1;
        for (label, count) in &figure.parts {
            put(sheet, row, 0, &figure.id, formats)?;
            put(sheet, row, 1, &format!("    {label}"), formats)?;
            value(sheet, row, Amount::Count { count: *count }, formats)?;
            put(sheet, row, 3, &figure.unit, formats)?;
            row += 1;
        }
    }
    put(sheet, row + 1, 0, "Mã kiểm", formats)?;
    put(sheet, row + 1, 1, &set.digest(), formats)?;
    put(sheet, row + 2, 0, "Mốc nhật ký", formats)?;
    put(sheet, row + 2, 1, &format!("{} {}", set.ledger_sequence, set.ledger_hash), formats)
}

#[expect(clippy::cast_precision_loss, reason = "XLSX holds numbers as doubles; counts stay far below 2^53")]
fn value(sheet: &mut Worksheet, row: u32, amount: Amount, formats: &Formats) -> Result<(), XlsxError> {
    match amount {
        Amount::Count { count } => {
            sheet.write_number_with_format(row, 2, count as f64, &formats.number)?;
        }
        Amount::Ratio { part, whole } => {
            match amount.tenths_of_percent() {
                Some(tenths) => {
                    sheet.write_number_with_format(row, 2, tenths as f64 / 10.0, &formats.decimal)?
                }
                None => sheet.write_string_with_format(row, 2, crate::NOTHING_AROSE, &formats.text)?,
            };
            sheet.write_number_with_format(row, 4, part as f64, &formats.number)?;
            sheet.write_number_with_format(row, 5, whole as f64, &formats.number)?;
        }
        Amount::TenthsOfDay { tenths } => {
            sheet.write_number_with_format(row, 2, tenths as f64 / 10.0, &formats.decimal)?;
        }
        Amount::NoData => {
            sheet.write_string_with_format(row, 2, NO_DATA, &formats.text)?;
        }
    }
    Ok(())
}

fn record_cells(
    sheet: &mut Worksheet,
    row: u32,
    figure: &FrozenFigure,
    record: &FrozenRecord,
    labels: &BTreeMap<String, RecordLabel>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let label = labels.get(&record.place());
    put(sheet, row, 0, &figure.id, formats)?;
    put(sheet, row, 1, &figure.title, formats)?;
    put(sheet, row, 2, &record.register, formats)?;
    put(sheet, row, 3, &record.id, formats)?;
    put(sheet, row, 4, &label.and_then(|l| l.day).map(time::day_in_table).unwrap_or_default(), formats)?;
    put(sheet, row, 5, label.map_or("", |l| l.title.as_str()), formats)
}

fn counted_sheet(
    sheet: &mut Worksheet,
    set: &FrozenSet,
    labels: &BTreeMap<String, RecordLabel>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let columns = [
        ("Mã số liệu", 28.0),
        ("Tên số liệu", 36.0),
        ("Sổ", 20.0),
        ("Mã dòng", 30.0),
        ("Ngày", 12.0),
        ("Nội dung", 60.0),
        ("Được tính vào", 16.0),
        ("Mã kiểm của dòng", 40.0),
    ];
    head(sheet, "Dòng được tính", &columns, formats)?;
    let mut row = 1;
    for figure in &set.figures {
        let upper = if figure.base.is_empty() { "giá trị" } else { "tử số" };
        let counted = figure.records.iter().map(|record| (record, upper));
        for (record, into) in counted.chain(figure.base.iter().map(|record| (record, "mẫu số"))) {
            record_cells(sheet, row, figure, record, labels, formats)?;
            put(sheet, row, 6, into, formats)?;
            put(sheet, row, 7, &record.digest, formats)?;
            row += 1;
        }
    }
    Ok(())
}

fn left_out_sheet(
    sheet: &mut Worksheet,
    set: &FrozenSet,
    labels: &BTreeMap<String, RecordLabel>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let columns = [
        ("Mã số liệu", 28.0),
        ("Tên số liệu", 36.0),
        ("Sổ", 20.0),
        ("Mã dòng", 30.0),
        ("Ngày", 12.0),
        ("Nội dung", 60.0),
        ("Lý do không tính", 44.0),
    ];
    head(sheet, "Dòng không tính", &columns, formats)?;
    let mut row = 1;
    for figure in &set.figures {
        for left in &figure.left_out {
            record_cells(sheet, row, figure, &left.record, labels, formats)?;
            put(sheet, row, 6, &left.reason, formats)?;
            row += 1;
        }
    }
    Ok(())
}
