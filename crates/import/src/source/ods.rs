//! ODS, read as a stream of its `content.xml`. Repeated rows and cells stay what they are: a repetition of nothing
//! takes no memory, a repetition of something is bounded by the limits.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::{Cell, Raw, Row, Rows, Sheet, Visit, iso_day, keep};
use crate::guard::contained;
use crate::{Code, Limits, Refused};

type Xml<'z, 'b> = Reader<BufReader<ZipFile<'z, Cursor<&'b [u8]>>>>;

fn damaged<E>(_: E) -> Refused {
    Refused::because(Code::FileDamaged)
}

pub(super) fn each_sheet(bytes: &[u8], limits: &Limits, visit: &mut Visit<'_>) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(archive.by_name("content.xml").map_err(damaged)?));
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut style = String::new();
    let mut hidden_styles = BTreeSet::new();
    loop {
        buffer.clear();
        match contained(|| xml.read_event_into(&mut buffer))?.map_err(damaged)? {
            Event::Start(start) => match start.name().as_ref() {
                "style:style" => style = attribute(&start, "style:name").unwrap_or_default(),
                "style:table-properties"
                    if attribute(&start, "table:display").as_deref() == Some("false") =>
                {
                    hidden_styles.insert(style.clone());
                }
                "table:table" => {
                    let hidden = attribute(&start, "table:style-name")
                        .is_some_and(|style| hidden_styles.contains(&style));
                    let name = attribute(&start, "table:name").unwrap_or_default();
                    let mut rows =
                        OdsRows { xml: &mut xml, limits, number: 0, again: None, ended: false, cut: false };
                    visit(&Sheet { name, hidden, since_1904: false }, &mut rows)?;
                    while !rows.ended {
                        rows.again = None;
                        rows.next_row()?;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

struct OdsRows<'x, 'z, 'b> {
    xml: &'x mut Xml<'z, 'b>,
    limits: &'x Limits,
    /// The number of the last row seen.
    number: u32,
    /// A row to be given again, and how often.
    again: Option<(Row, u32)>,
    ended: bool,
    cut: bool,
}

impl Rows for OdsRows<'_, '_, '_> {
    fn next_row(&mut self) -> Result<Option<Row>, Refused> {
        contained(|| self.read())?
    }

    fn cut(&self) -> bool {
        self.cut
    }
}

impl OdsRows<'_, '_, '_> {
    fn read(&mut self) -> Result<Option<Row>, Refused> {
        if let Some((mut row, times)) = self.again.take() {
            self.number = self.number.saturating_add(1);
            row.number = self.number;
            if times > 1 {
                self.again = Some((row.clone(), times - 1));
            }
            return Ok(Some(row));
        }
        let mut buffer = Vec::new();
        let mut depth = 0;
        while !self.ended {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(start) if start.name().as_ref() == "table:table" => depth += 1,
                Event::Start(start) if start.name().as_ref() == "table:table-row" && depth == 0 => {
                    let times = count(&start, "table:number-rows-repeated");
                    let mut row = Row { number: self.number.saturating_add(1), cells: Vec::new() };
                    self.read_cells(&mut row)?;
                    if row.cells.is_empty() {
                        self.number = self.number.saturating_add(times);
                        continue;
                    }
                    self.number = row.number;
                    if times > 1 {
                        self.again = Some((row.clone(), times - 1));
                    }
                    return Ok(Some(row));
                }
                Event::End(end) if end.name().as_ref() == "table:table" => {
                    self.ended = depth == 0;
                    depth -= 1;
                }
                Event::Eof => return Err(Refused::because(Code::FileDamaged)),
                _ => {}
            }
        }
        Ok(None)
    }

    fn read_cells(&mut self, row: &mut Row) -> Result<(), Refused> {
        let mut column: u32 = 0;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(start)
                    if matches!(start.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
                {
                    let times = count(&start, "table:number-columns-repeated");
                    let covered = start.name().as_ref() == "table:covered-table-cell";
                    let span = count(&start, "table:number-rows-spanned");
                    let start = start.into_owned();
                    let raw = self.read_value(&start)?.filter(|raw| !raw.is_blank() && !covered);
                    if let Some(raw) = raw {
                        let room = u32::from(self.limits.columns).saturating_sub(column);
                        self.cut |= times > room;
                        for index in 0..times.min(room) {
                            let column = u16::try_from(column.saturating_add(index)).unwrap_or(u16::MAX);
                            let cell = Cell { column, raw: raw.clone(), font: None, span };
                            self.cut |= !keep(row, cell, self.limits);
                        }
                    }
                    column = column.saturating_add(times);
                }
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(()),
                Event::Eof => return Err(Refused::because(Code::FileDamaged)),
                _ => {}
            }
        }
    }

    /// The value of a cell by its type; the text is read in any case, to pass the element.
    fn read_value(&mut self, start: &BytesStart<'_>) -> Result<Option<Raw>, Refused> {
        let text = self.read_text(start.name().as_ref())?;
        let number =
            || attribute(start, "office:value").and_then(|value| value.parse().ok()).map(Raw::Number);
        let kind = attribute(start, "office:value-type").unwrap_or_default();
        let typed = match kind.as_str() {
            "float" | "percentage" | "currency" => number(),
            "date" => attribute(start, "office:date-value").as_deref().and_then(iso_day).map(Raw::Day),
            "boolean" => attribute(start, "office:boolean-value").map(|value| Raw::Flag(value == "true")),
            _ if text.starts_with('#') && text.ends_with(['!', '?', 'A']) => Some(Raw::Error(text.clone())),
            _ => None,
        };
        Ok(typed.or(if text.is_empty() { None } else { Some(Raw::Text(text)) }))
    }

    /// The text of a cell up to its end, paragraphs as lines, without comments.
    fn read_text(&mut self, cell: &str) -> Result<String, Refused> {
        let mut text = String::new();
        let mut buffer = Vec::new();
        let mut aside = 0;
        let mut paragraphs = 0;
        loop {
            buffer.clear();
            match self.xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(start) => match start.name().as_ref() {
                    "office:annotation" | "draw:frame" | "table:table" => aside += 1,
                    "text:p" if aside == 0 => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" if aside == 0 => text.push(' '),
                    "text:tab" if aside == 0 => text.push('\t'),
                    "text:line-break" if aside == 0 => text.push('\n'),
                    _ => {}
                },
                Event::End(end) => match end.name().as_ref() {
                    "office:annotation" | "draw:frame" | "table:table" => aside -= 1,
                    name if name == cell && aside <= 0 => return Ok(text),
                    _ => {}
                },
                Event::Text(part) if aside == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(part) if aside == 0 && paragraphs > 0 => {
                    if let Ok(Some(sign)) = part.resolve_char_ref() {
                        text.push(sign);
                    } else {
                        text.push_str(match &*part.xml10_content() {
                            "amp" => "&",
                            "lt" => "<",
                            "gt" => ">",
                            "quot" => "\"",
                            "apos" => "'",
                            _ => "",
                        });
                    }
                }
                Event::Eof => return Err(Refused::because(Code::FileDamaged)),
                _ => {}
            }
        }
    }
}
