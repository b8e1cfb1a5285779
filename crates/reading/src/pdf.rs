//! PDF → lines: glyphs with their place are put together to lines; a wide gap in the head or foot makes two columns.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

use crate::layout::{Line, Side, tidy};
use crate::limits::{Limits, Refused};

/// What a PDF gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The lines in reading order.
    pub lines: Vec<Line>,
    /// How many pages the file has.
    pub pages: u32,
    /// Pages without text: scans, for which only recognition of characters helps.
    pub without_text: Vec<u32>,
}

/// One sign on a page, in points, y downwards.
struct Glyph {
    x: f64,
    y: f64,
    end: f64,
    size: f64,
    text: String,
}

/// A page under way.
struct Sheet {
    number: u32,
    width: f64,
    glyphs: Vec<Glyph>,
}

struct Collect {
    limits: Limits,
    sheets: Vec<Sheet>,
    characters: usize,
}

impl OutputDev for Collect {
    fn begin_page(
        &mut self,
        number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.sheets.push(Sheet { number, width: media.urx - media.llx, glyphs: Vec::new() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.characters += text.len();
        if self.characters > self.limits.characters {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        let size = font_size * at.m22.hypot(at.m21);
        let glyph = Glyph { x: at.m31, y: -at.m32, end: at.m31 + width * size, size, text: text.to_owned() };
        let sound = glyph.x.is_finite() && glyph.y.is_finite() && glyph.end.is_finite() && size.is_finite();
        if let Some(sheet) = self.sheets.last_mut().filter(|_| sound) {
            sheet.glyphs.push(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// A run of signs on one line without a wide gap.
struct Segment {
    start: f64,
    end: f64,
    text: String,
}

/// The lines of a PDF file.
///
/// # Errors
/// When the file is damaged, locked, no PDF, or over a limit. A panic of the library is an error of this file only.
pub fn lines(bytes: &[u8], limits: &Limits) -> Result<Read, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    if !bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Err(Refused::NotKnown);
    }
    catch_unwind(AssertUnwindSafe(|| collect(bytes, limits))).unwrap_or(Err(Refused::Broken))
}

fn collect(bytes: &[u8], limits: &Limits) -> Result<Read, Refused> {
    let document = Document::load_mem(bytes).map_err(|_| Refused::Broken)?;
    if document.is_encrypted() {
        return Err(Refused::Locked);
    }
    let mut collect = Collect { limits: *limits, sheets: Vec::new(), characters: 0 };
    output_doc(&document, &mut collect).map_err(|_| Refused::Broken)?;
    let mut read = Read { lines: Vec::new(), pages: 0, without_text: Vec::new() };
    for sheet in collect.sheets {
        read.pages += 1;
        let before = read.lines.len();
        let (number, width) = (sheet.number, sheet.width);
        let rows = rows(sheet.glyphs);
        let margin = rows.iter().flatten().map(|segment| segment.start).fold(width, f64::min);
        let right = rows.iter().flatten().map(|segment| segment.end).fold(0.0, f64::max);
        let mut filled = false;
        for row in rows {
            let count = row.len();
            for segment in row {
                let text = tidy(&segment.text);
                if text.is_empty() || (count == 1 && text.len() < 4 && text.parse::<u32>().is_ok()) {
                    continue;
                }
                let middle = f64::midpoint(margin, right);
                let side = side(&segment, count, middle, right - margin);
                let opens = !filled || segment.start > margin + 12.0 || side != Side::Full;
                filled = segment.end > right - 30.0;
                let line = u32::try_from(read.lines.len() + 1).unwrap_or(u32::MAX);
                read.lines.push(Line { text, page: Some(number), number: line, side, bold: None, opens });
            }
        }
        if read.lines.len() > limits.lines {
            return Err(Refused::TooLarge);
        }
        if read.lines.len() == before {
            read.without_text.push(number);
        }
    }
    Ok(read)
}

/// Short pieces whose middle is far off the middle of the page stand in a column.
fn side(segment: &Segment, count: usize, middle: f64, width: f64) -> Side {
    let own = f64::midpoint(segment.start, segment.end);
    let short = segment.end - segment.start < width * 0.6;
    let off = (own - middle) / width.max(1.0);
    match () {
        () if count == 2 || (short && off.abs() > 0.12) => {
            if off < 0.0 {
                Side::Left
            } else {
                Side::Right
            }
        }
        () => Side::Full,
    }
}

/// Glyphs to rows by their height, rows to segments by their gaps.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Segment>> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|f| (glyph.y - f.y).abs() < 0.35 * f.size.max(4.0)) => {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().map(segments).collect()
}

fn segments(mut row: Vec<Glyph>) -> Vec<Segment> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut out: Vec<Segment> = Vec::new();
    for glyph in row {
        let blank = glyph.text.trim().is_empty();
        match out.last_mut() {
            Some(segment) if glyph.x - segment.end < 1.6 * glyph.size => {
                if glyph.x - segment.end > 0.15 * glyph.size || blank {
                    segment.text.push(' ');
                }
                if !blank {
                    segment.text.push_str(&glyph.text);
                    segment.end = segment.end.max(glyph.end);
                }
            }
            _ if blank => {}
            _ => out.push(Segment { start: glyph.x, end: glyph.end, text: glyph.text }),
        }
    }
    out
}
