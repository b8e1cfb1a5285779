//! XLS (Excel 97–2003) through calamine, which holds a sheet as a whole; the guard has bounded its size.

use std::io::Cursor;

use calamine::{Data, DataRef, Range, Reader, SheetType, SheetVisible, Xls};

use super::{Cell, Row, Rows, Sheet, Visit, keep, raw_of};
use crate::guard::contained;
use crate::{Code, Limits, Refused};

pub(super) fn each_sheet(bytes: &[u8], limits: &Limits, visit: &mut Visit<'_>) -> Result<(), Refused> {
    let mut book: Xls<Cursor<&[u8]>> =
        contained(|| Xls::new(Cursor::new(bytes)))?.map_err(|error| match error {
            calamine::XlsError::Password => Refused::because(Code::FileEncrypted),
            _ => Refused::because(Code::FileDamaged),
        })?;
    let sheets = book.sheets_metadata().to_vec();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let range = contained(|| book.worksheet_range(&sheet.name))?
            .map_err(|_| Refused::because(Code::FileDamaged))?;
        let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let hidden = sheet.visible != SheetVisible::Visible;
        let shown = Sheet { name: sheet.name.clone(), hidden, since_1904: book.has_1904_epoch() };
        visit(&shown, &mut XlsRows { range, merges, limits, next: 0, cut: false })?;
    }
    Ok(())
}

fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

struct XlsRows<'x> {
    range: Range<Data>,
    merges: Vec<calamine::Dimensions>,
    limits: &'x Limits,
    /// Index of the next row in the range.
    next: usize,
    cut: bool,
}

impl Rows for XlsRows<'_> {
    fn next_row(&mut self) -> Result<Option<Row>, Refused> {
        let Some((first_row, first_column)) = self.range.start() else { return Ok(None) };
        let (height, width) = self.range.get_size();
        while self.next < height {
            let index = self.next;
            self.next += 1;
            let number = first_row + u32::try_from(index).unwrap_or(u32::MAX - first_row);
            let mut row = Row { number: number.saturating_add(1), cells: Vec::new() };
            for offset in 0..width {
                let Some(raw) = self.range.get((index, offset)).and_then(|data| raw_of(borrowed(data)))
                else {
                    continue;
                };
                let column = first_column + u32::try_from(offset).unwrap_or(0);
                let merged = self.merges.iter().find(|merge| merge.start == (number, column));
                let span = merged.map_or(1, |merge| merge.end.0.saturating_sub(number) + 1);
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                self.cut |= !keep(&mut row, Cell { column, raw, font: None, span }, self.limits);
            }
            if !row.cells.is_empty() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn cut(&self) -> bool {
        self.cut
    }
}
