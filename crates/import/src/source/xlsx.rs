//! XLSX through calamine's cell stream: only the table of shared strings is held as a whole.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};

use super::{Cell, Row, Rows, Sheet, Visit, keep, raw_of};
use crate::guard::contained;
use crate::legacy::LegacyFont;
use crate::{Code, Limits, Refused};

type Source<'b> = Cursor<&'b [u8]>;

/// Merged cells kept per sheet; honest sheets have far fewer.
const MOST_MERGES: usize = 100_000;

fn damaged<E>(_: E) -> Refused {
    Refused::because(Code::FileDamaged)
}

pub(super) fn each_sheet(bytes: &[u8], limits: &Limits, visit: &mut Visit<'_>) -> Result<(), Refused> {
    let mut book: Xlsx<Source<'_>> =
        contained(|| Xlsx::new(Cursor::new(bytes)))?.map_err(|error| match error {
            calamine::XlsxError::Password => Refused::because(Code::FileEncrypted),
            _ => Refused::because(Code::FileDamaged),
        })?;
    let sheets = book.sheets_metadata().to_vec();
    let since_1904 = book.has_1904_epoch();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let spans = contained(|| spans(&mut book, &sheet.name))?;
        let reader = contained(|| book.worksheet_cells_reader(&sheet.name))?.map_err(damaged)?;
        let fonts = reader
            .styles()
            .iter()
            .map(|style| style.font.as_ref()?.name.as_deref().and_then(LegacyFont::named))
            .collect();
        let mut rows = XlsxRows { reader, fonts, spans, limits, ahead: None, cut: false, ended: false };
        let hidden = sheet.visible != SheetVisible::Visible;
        let shown = Sheet { name: sheet.name.clone(), hidden, since_1904 };
        visit(&shown, &mut rows)?;
    }
    Ok(())
}

/// Rows spanned by cells merged downwards, by row and column from 0.
fn spans(book: &mut Xlsx<Source<'_>>, sheet: &str) -> HashMap<(u32, u32), u32> {
    let merges = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    let down = merges.into_iter().filter(|merge| merge.end.0 > merge.start.0);
    down.take(MOST_MERGES).map(|merge| (merge.start, merge.end.0 - merge.start.0 + 1)).collect()
}

struct XlsxRows<'x, 'b> {
    reader: XlsxCellReader<'x, Source<'b>>,
    fonts: Vec<Option<LegacyFont>>,
    spans: HashMap<(u32, u32), u32>,
    limits: &'x Limits,
    /// The first cell of the row after.
    ahead: Option<(u32, Cell)>,
    cut: bool,
    ended: bool,
}

impl XlsxRows<'_, '_> {
    /// The next cell that is not empty, with its row from 0.
    fn next_cell(&mut self) -> Result<Option<(u32, Cell)>, Refused> {
        while !self.ended {
            let Some((cell, style)) = self.reader.next_cell_with_style_id().map_err(damaged)? else {
                // The stream may not be asked again behind its end.
                self.ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            let Some(raw) = raw_of(cell.get_value().clone()) else { continue };
            let Ok(column) = u16::try_from(column) else {
                self.cut = true;
                continue;
            };
            let font = self.fonts.get(style).copied().flatten();
            let span = self.spans.get(&(row, u32::from(column))).copied().unwrap_or(1);
            return Ok(Some((row, Cell { column, raw, font, span })));
        }
        Ok(None)
    }

    fn read_row(&mut self) -> Result<Option<Row>, Refused> {
        let first = match self.ahead.take() {
            Some(cell) => Some(cell),
            None => self.next_cell()?,
        };
        let Some((number, cell)) = first else { return Ok(None) };
        let mut row = Row { number: number.saturating_add(1), cells: Vec::new() };
        self.cut |= !keep(&mut row, cell, self.limits);
        while let Some((next, cell)) = self.next_cell()? {
            if next != number {
                self.ahead = Some((next, cell));
                break;
            }
            self.cut |= !keep(&mut row, cell, self.limits);
        }
        row.cells.sort_by_key(|cell| cell.column);
        row.cells.dedup_by_key(|cell| cell.column);
        Ok(Some(row))
    }
}

impl Rows for XlsxRows<'_, '_> {
    fn next_row(&mut self) -> Result<Option<Row>, Refused> {
        loop {
            match contained(|| self.read_row())?? {
                Some(row) if row.cells.is_empty() => {}
                row => return Ok(row),
            }
        }
    }

    fn cut(&self) -> bool {
        self.cut
    }
}
