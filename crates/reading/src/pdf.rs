//! PDF → lines: glyphs with their place are put together to lines; a wide gap in the head or foot makes two columns.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::Object;
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

use crate::layout::{Line, Side, tidy, waits};
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
    /// Its number in the order of drawing.
    drawn: usize,
}

/// A page under way.
struct Sheet {
    number: u32,
    glyphs: Vec<Glyph>,
}

struct Collect {
    limits: Limits,
    sheets: Vec<Sheet>,
    characters: usize,
    drawn: usize,
}

impl OutputDev for Collect {
    fn begin_page(
        &mut self,
        number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.sheets.push(Sheet { number, glyphs: Vec::new() });
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
        let glyph = Glyph {
            x: at.m31,
            y: -at.m32,
            end: at.m31 + width * size,
            size,
            text: text.to_owned(),
            drawn: self.drawn,
        };
        self.drawn += 1;
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
    size: f64,
    /// The last sign of it in the order of drawing.
    drawn: usize,
}

/// The segments at one height.
type Row = Vec<Segment>;

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
    let mut document = Document::load_mem(bytes).map_err(|_| Refused::Broken)?;
    if document.is_encrypted() {
        return Err(Refused::Locked);
    }
    spell_out_widths(&mut document);
    let mut collect = Collect { limits: *limits, sheets: Vec::new(), characters: 0, drawn: 0 };
    output_doc(&document, &mut collect).map_err(|_| Refused::Broken)?;
    let pages: Vec<(u32, Vec<Row>)> = collect
        .sheets
        .into_iter()
        .map(|sheet| (sheet.number, without_page_number(rows(sheet.glyphs))))
        .collect();
    // What the pages share: a page with few lines does not tell how wide the text is.
    let segments = || pages.iter().flat_map(|(_, rows)| rows.iter().flatten());
    let left = segments().map(|segment| segment.start).fold(f64::INFINITY, f64::min);
    let right = segments().map(|segment| segment.end).fold(0.0, f64::max);
    let mut read = Read { lines: Vec::new(), pages: 0, without_text: Vec::new() };
    // Columns may go on over the end of a page.
    let mut since = usize::MAX;
    for (number, rows) in pages {
        read.pages += 1;
        if rows.is_empty() {
            read.without_text.push(number);
        }
        since = page(&rows, number, (left, right), since, &mut read.lines);
        if read.lines.len() > limits.lines {
            return Err(Refused::TooLarge);
        }
    }
    Ok(read)
}

/// A bare number at the top or the foot of a page is that of the page.
fn without_page_number(mut rows: Vec<Row>) -> Vec<Row> {
    let is_number = |row: &Row| {
        let text = row.iter().map(|segment| segment.text.trim()).collect::<String>();
        text.trim_matches(['-', '–', ' ']).parse::<u16>().is_ok() && text.len() < 6
    };
    if rows.first().is_some_and(is_number) {
        rows.remove(0);
    }
    if rows.last().is_some_and(is_number) {
        rows.pop();
    }
    rows
}

/// How many rows away a row of two columns makes a short row one of a column too.
const REACH: usize = 4;

/// The lines of a page. `since` is how many rows ago the last one in a column was; given back for the next page.
fn page(
    rows: &[Row],
    number: u32,
    (left, right): (f64, f64),
    mut since: usize,
    lines: &mut Vec<Line>,
) -> usize {
    let width = (right - left).max(1.0);
    let middle = f64::midpoint(left, right);
    let is_parted = |row: &Row| {
        row.len() >= 2
            && row.iter().any(|segment| segment.start < middle && segment.end < middle + width * 0.1)
            && row.iter().any(|segment| segment.start > middle - width * 0.15)
    };
    let rows: Vec<&Row> = rows.iter().filter(|row| !row.is_empty()).collect();
    let parted: Vec<bool> = rows.iter().map(|row| is_parted(row)).collect();
    // Whether the line above ran to the margin, so that this one goes on with it.
    let mut filled = false;
    for (at, row) in rows.iter().enumerate() {
        let near = since < REACH || parted[at..(at + REACH + 1).min(rows.len())].contains(&true);
        since = since.saturating_add(1);
        for segment in *row {
            let text = tidy(&segment.text);
            if text.is_empty() {
                continue;
            }
            let goes_on = filled && row.len() == 1 && segment.start < left + 2.0;
            let side = if parted[at] || (near && !goes_on) {
                side(segment, parted[at], middle, width)
            } else {
                Side::Full
            };
            since = match side {
                Side::Full if segment.end - segment.start > width * 0.62 => usize::MAX,
                Side::Full => since,
                _ => 0,
            };
            let (before, behind) = (segment.start - left, right - segment.end);
            let fills = before < segment.size && behind < segment.size;
            let centred = (!fills).then(|| (before - behind).abs() < 1.2 * segment.size);
            let opens = !goes_on || side != Side::Full;
            // The next word would not have found room.
            filled = side == Side::Full && segment.end > right - 5.0 * segment.size;
            let line = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
            lines.push(Line { text, page: Some(number), number: line, side, bold: None, opens, centred });
        }
    }
    since
}

/// Writes the widths of composite fonts given as `first last width` out as `first [width …]`: the library reads the
/// former form wrongly, and without widths words run together and lines fall into disorder.
fn spell_out_widths(document: &mut Document) {
    let fonts: Vec<_> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let font = object.as_dict().ok()?;
            let kind = font.get(b"Subtype").and_then(Object::as_name).ok()?;
            kind.starts_with(b"CIDFontType").then_some(())?;
            let widths = font.get(b"W").ok()?;
            let (_, widths) = document.dereference(widths).ok()?;
            Some((*id, spelt_out(widths.as_array().ok()?)))
        })
        .collect();
    for (id, widths) in fonts {
        if let Ok(font) = document.get_object_mut(id).and_then(Object::as_dict_mut) {
            font.set("W", Object::Array(widths));
        }
    }
}

fn spelt_out(widths: &[Object]) -> Vec<Object> {
    let mut made = Vec::new();
    let mut rest = widths;
    loop {
        rest = match rest {
            [first, Object::Array(list), rest @ ..] => {
                made.extend([first.clone(), Object::Array(list.clone())]);
                rest
            }
            [first, Object::Integer(last), width, rest @ ..] => {
                let count = last - first.as_i64().unwrap_or(*last);
                if let Ok(count @ 0..=0xFFFF) = usize::try_from(count) {
                    made.extend([first.clone(), Object::Array(vec![width.clone(); count + 1])]);
                }
                rest
            }
            _ => return made,
        };
    }
}

/// In a row of two columns, the half; else short pieces whose middle is far off the middle of the page.
fn side(segment: &Segment, parted: bool, middle: f64, width: f64) -> Side {
    let own = f64::midpoint(segment.start, segment.end);
    let short = segment.end - segment.start < width * 0.62;
    let off = (own - middle) / width;
    // No line in the middle begins there.
    let late = segment.start > middle - 0.02 * width;
    match () {
        () if !(parted || (short && (off.abs() > 0.1 || late))) => Side::Full,
        () if off < 0.0 => Side::Left,
        () => Side::Right,
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

fn segments(mut row: Vec<Glyph>) -> Row {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut out: Row = Vec::new();
    for glyph in row {
        let blank = glyph.text.trim().is_empty();
        match out.last_mut() {
            Some(segment) if !is_apart(segment, &glyph) => {
                if glyph.x - segment.end > 0.15 * glyph.size || blank {
                    segment.text.push(' ');
                }
                segment.drawn = glyph.drawn;
                if !blank {
                    segment.text.push_str(&glyph.text);
                    segment.end = segment.end.max(glyph.end);
                }
            }
            _ if blank => {}
            _ => out.push(Segment {
                start: glyph.x,
                end: glyph.end,
                text: glyph.text,
                size: glyph.size,
                drawn: glyph.drawn,
            }),
        }
    }
    put_together(out)
}

/// Segments that are no columns: many with narrow gaps are words of one line, and a gap may wait for a number or a day.
fn put_together(row: Row) -> Row {
    let gaps = || row.windows(2).map(|pair| pair[1].start - pair[0].end);
    let (least, most) = gaps().fold((f64::INFINITY, 0.0_f64), |(a, b), gap| (a.min(gap), b.max(gap)));
    // A line stretched to the margin has the same gap everywhere; the cells of a table have not.
    let is_stretched = row.first().is_some_and(|first| most - least < 0.2 * first.size);
    let (are_words, is_stretched) = (row.len() > 3, row.len() > 3 && is_stretched);
    let mut out: Row = Vec::new();
    for segment in row {
        match out.last_mut() {
            Some(last)
                if is_stretched
                    || (are_words && segment.start - last.end < 0.6 * segment.size)
                    || waits(last.text.trim(), segment.text.trim()) =>
            {
                last.text.push(' ');
                last.text.push_str(&segment.text);
                last.end = segment.end;
                last.drawn = segment.drawn;
            }
            _ => out.push(segment),
        }
    }
    out
}

/// A wide gap parts columns; a narrow one does where the signs were not drawn one after the other.
fn is_apart(segment: &Segment, glyph: &Glyph) -> bool {
    let gap = glyph.x - segment.end;
    let follows = glyph.drawn > segment.drawn && glyph.drawn - segment.drawn < 4;
    gap > 1.6 * glyph.size || (!follows && gap > 0.2 * glyph.size)
}
