//! XLSX out. Every cell is typed as text, so nothing is run, no symbol becomes a day and no number loses its zeros.

use domain::register::{FieldKind, Presence, Register, Values};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::{WriteError, written};
use crate::header::{official, register_name};

/// Rows of a template that are typed as text.
const TEMPLATE_ROWS: u32 = 1_000;

pub(super) fn heading_format() -> Format {
    cell_format().set_bold().set_align(FormatAlign::Center).set_background_color("DCE6F1")
}

/// Text, wrapped, bordered, Times New Roman as documents are.
pub(super) fn cell_format() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(12)
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
}

fn width(kind: FieldKind) -> f64 {
    match kind {
        FieldKind::Day | FieldKind::Clock | FieldKind::Count | FieldKind::Flag => 13.0,
        FieldKind::Line(0..=100) | FieldKind::Word(_) | FieldKind::Symbol => 22.0,
        FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit => 42.0,
    }
}

fn start(sheet: &mut Worksheet, register: Register) -> Result<(), WriteError> {
    sheet.set_name(register_name(register))?;
    let format = heading_format();
    for (column, field) in (0_u16..).zip(register.fields()) {
        sheet.set_column_width(column, width(field.kind))?;
        sheet.write_string_with_format(0, column, official(field), &format)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A register as XLSX: one sheet named after it, official headings, one row for each of `lines`.
///
/// # Errors
/// When there are more lines than a sheet can hold (1,048,575) or one is longer than a cell can hold.
pub fn export_xlsx<'v>(
    register: Register,
    lines: impl IntoIterator<Item = &'v Values>,
) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    start(sheet, register)?;
    let format = cell_format();
    for (row, values) in (1_u32..).zip(lines) {
        for (column, field) in (0_u16..).zip(register.fields()) {
            if let Some(value) = values.get(field.key) {
                sheet.write_string_with_format(row, column, written(field, value), &format)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

/// An empty XLSX to fill in: official headings, cells typed as text, and a second sheet that says how each column is
/// written.
///
/// # Errors
/// Never for the registers we have.
pub fn template(register: Register) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    start(sheet, register)?;
    let format = cell_format();
    for row in 1..=TEMPLATE_ROWS {
        for (column, _) in (0_u16..).zip(register.fields()) {
            sheet.write_blank(row, column, &format)?;
        }
    }
    notes(book.add_worksheet(), register)?;
    Ok(book.save_to_buffer()?)
}

/// The sheet of notes. Its own headings are none a register has, so an import passes it over.
fn notes(sheet: &mut Worksheet, register: Register) -> Result<(), WriteError> {
    sheet.set_name("Hướng dẫn")?;
    let (heading, cell) = (heading_format(), cell_format());
    for (column, (title, width)) in (0_u16..).zip([("Cột", 36.0), ("Bắt buộc", 12.0), ("Cách ghi", 70.0)])
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, title, &heading)?;
    }
    for (row, field) in (1_u32..).zip(register.fields()) {
        let needed = if field.presence == Presence::Required { "Có" } else { "Không" };
        sheet.write_string_with_format(row, 0, official(field), &cell)?;
        sheet.write_string_with_format(row, 1, needed, &cell)?;
        sheet.write_string_with_format(row, 2, how(field.kind), &cell)?;
    }
    Ok(())
}

/// How a value is written, for the sheet of notes. Vietnamese: the sheets are Vietnamese.
fn how(kind: FieldKind) -> String {
    match kind {
        FieldKind::Line(limit) => format!("Ghi trên một dòng, không quá {limit} ký tự."),
        FieldKind::Text => "Ghi tự do, có thể nhiều dòng.".to_owned(),
        FieldKind::Day => "Ngày/tháng/năm, ví dụ 20/11/2020.".to_owned(),
        FieldKind::Clock => "Giờ:phút, ví dụ 08:30.".to_owned(),
        FieldKind::Count => "Số nguyên, ví dụ 5 hoặc 1.600.".to_owned(),
        FieldKind::Flag => "Ghi Có hoặc Không.".to_owned(),
        FieldKind::Word(words) => {
            let official: Vec<&str> =
                words.iter().filter_map(|(_, spellings)| spellings.first().copied()).collect();
            format!("Ghi một trong các giá trị: {}.", official.join("; "))
        }
        FieldKind::Unit => "Tên cơ quan, đơn vị, ghi đầy đủ.".to_owned(),
        FieldKind::Symbol => "Số và ký hiệu văn bản, ví dụ 1140/STTTT-TTBCXB.".to_owned(),
    }
}
