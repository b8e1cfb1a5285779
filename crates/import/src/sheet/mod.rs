//! The rows below the headings: which are lines, and what is in them.

mod aside;
mod order;
mod prepare;
mod swap;

use std::collections::BTreeMap;

use domain::register::{Field, Presence, Register, Value, Values};
use domain::time::Day;

use crate::header::{self, Header};
use crate::legacy::Legacy;
use crate::source::{Cell, Raw, Row, Sheet, letter};
use crate::value::day::{self, DayContext};
use crate::value::plain::bare;
use crate::value::{self, Place};
use crate::{Code, Finding, Item, Line, Options, Rejected, Severity};
use aside::Aside;
pub(crate) use prepare::{Head, prepare};
use swap::Swaps;

/// What came of a row.
#[derive(Default)]
pub(crate) struct RowRead {
    pub(crate) item: Option<Item>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) passed_over: bool,
}

/// Reads the rows of one sheet, in order.
pub(crate) struct Lines<'o> {
    sheet: String,
    header: Header,
    absent: Vec<&'static Field>,
    day: DayContext,
    options: &'o Options,
    /// The old encoding the sheet as a whole is in.
    legacy: Option<Legacy>,
    /// The old encoding met in a cell.
    met: Option<Legacy>,
    aside: Aside,
    swaps: Swaps,
    /// Cells merged downwards: by column, the last row they cover and what stands in them.
    merged: BTreeMap<u16, (u32, Raw)>,
    /// What stood last in each mapped column, for `nt` (như trên).
    above: BTreeMap<u16, Raw>,
}

/// A cell of a mapped column on its way to a value.
struct Filled {
    cell: Cell,
    field: &'static Field,
    /// Taken from a merged cell or from the row above.
    carried: bool,
    /// The number of a symbol that stands in a column of its own.
    number: Option<Raw>,
}

/// The values of a row and what is to be said about them.
#[derive(Default)]
struct Content {
    values: Values,
    findings: Vec<Finding>,
    beside: Vec<(&'static str, Day)>,
}

impl<'o> Lines<'o> {
    pub(crate) fn new(
        sheet: &Sheet,
        header: Header,
        year: Option<i16>,
        options: &'o Options,
        legacy: Option<Legacy>,
    ) -> Lines<'o> {
        Lines {
            sheet: sheet.name.clone(),
            absent: header.absent(),
            header,
            day: DayContext { year, since_1904: sheet.since_1904 },
            options,
            legacy,
            met: None,
            aside: Aside::default(),
            swaps: Swaps::default(),
            merged: BTreeMap::new(),
            above: BTreeMap::new(),
        }
    }

    /// Reads one row.
    pub(crate) fn row(&mut self, row: &Row) -> RowRead {
        let filled = self.fill(row);
        if filled.iter().all(|filled| filled.carried || filled.cell.raw.is_blank()) {
            return RowRead::default();
        }
        if aside::is_numbers(row) || self.repeats_header(&filled) {
            return RowRead { passed_over: true, ..RowRead::default() };
        }
        let mut content = self.content(&filled, row.number);
        self.set_days_beside(&mut content);
        let missing: Vec<&'static Field> = self.missing(&content.values);
        // A needed cell that cannot be read but has digits, or would be readable converted, was meant as a value.
        let meant = |finding: &Finding| {
            matches!(finding.code, Code::LegacyText | Code::CellError)
                || finding.value.contains(|sign: char| sign.is_ascii_digit())
        };
        let unread = |field: &&Field| {
            content.findings.iter().any(|finding| finding.field == field.key && meant(finding))
        };
        if !missing.is_empty() && !is_evident(&content.values, row) {
            let written = written(row);
            let found = content.values.iter().count();
            // A total may stand in any column, that of days too.
            let silent = !missing.iter().any(unread) || aside::is_total_row(&written);
            if silent && let Some(severity) = self.aside.recognise(&written, missing.len(), found) {
                return self.pass_over(row.number, &written, severity);
            }
        }
        self.aside.resume();
        order::check(self.header.register, &mut content, &filled, &self.sheet, row.number);
        order::check_answer(&mut content, &filled, &self.sheet, row.number);
        self.remember(filled);
        self.finish(row, content, &missing)
    }

    /// A line above the headings: of another table, whose columns are not known.
    pub(crate) fn above_header(&self, row: &Row) -> Rejected {
        let cells = written(row);
        let text = cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
        let finding =
            Finding::new(Severity::Bad, Code::RowAboveHeader).at(&self.sheet, row.number.to_string());
        let findings = vec![finding.of(&text)];
        Rejected {
            sheet: self.sheet.clone(),
            row: row.number,
            register: self.header.register,
            cells,
            findings,
        }
    }

    fn pass_over(&mut self, number: u32, written: &[(u16, String)], severity: Severity) -> RowRead {
        let text: Vec<&str> = written.iter().map(|(_, text)| text.as_str()).collect();
        let text = text.join(" ");
        if let Some(year) = day::year_in(&text).filter(|_| written.len() == 1) {
            self.day.year = Some(year);
        }
        let finding =
            Finding::new(severity, Code::RowPassedOver).at(&self.sheet, number.to_string()).of(&text);
        RowRead { findings: vec![finding], passed_over: true, item: None }
    }

    /// The cells of mapped columns, with what merged cells and `nt` carry down.
    fn fill(&mut self, row: &Row) -> Vec<Filled> {
        let mut filled = Vec::new();
        let columns = self.header.columns.iter();
        let fields: Vec<(u16, &'static Field, Option<u16>)> =
            columns.filter_map(|column| Some((column.column, column.field?, column.number))).collect();
        for (column, field, numbers) in fields {
            let cell_of = |column: u16| row.cells.iter().find(|cell| cell.column == column);
            let own = cell_of(column);
            let number = numbers.and_then(cell_of).filter(|cell| !cell.raw.is_blank());
            if numbers.is_some() && number.is_none() && field.presence == Presence::Required {
                let part = |cell: &Cell| !cell.raw.written().contains(|sign: char| sign.is_ascii_digit());
                if own.is_none_or(part) {
                    continue;
                }
            }
            if let Some(cell) = own {
                if cell.span > 1 {
                    let until = row.number.saturating_add(cell.span - 1);
                    self.merged.insert(column, (until, cell.raw.clone()));
                }
                let ditto = matches!(&cell.raw, Raw::Text(text) if is_ditto(text));
                let above = self.above.get(&column).filter(|_| ditto);
                let carried = above.is_some();
                let raw = above.unwrap_or(&cell.raw).clone();
                let number = number.map(|number| number.raw.clone());
                filled.push(Filled { cell: Cell { raw, ..cell.clone() }, field, carried, number });
            } else if let Some((_, raw)) = self.merged.get(&column).filter(|(until, _)| row.number <= *until)
            {
                let cell = Cell { column, raw: raw.clone(), font: None, span: 1 };
                let number = number.map(|number| number.raw.clone());
                filled.push(Filled { cell, field, carried: true, number });
            } else if let Some(number) = number {
                filled.push(Filled { cell: number.clone(), field, carried: false, number: None });
            }
        }
        filled
    }

    /// A row of headings again, in the middle of the sheet (printed at the top of each page).
    fn repeats_header(&self, filled: &[Filled]) -> bool {
        let same = filled.iter().filter(|filled| {
            let Raw::Text(text) = &filled.cell.raw else { return false };
            let own = self.header.columns.iter().find(|column| column.column == filled.cell.column);
            // A text much longer than the heading need not be folded to be known as another.
            own.filter(|column| text.len() <= column.heading.len() + 8).is_some_and(|column| {
                let written = bare(text);
                !written.is_empty()
                    && (bare(&column.last) == written || bare(&column.heading).starts_with(&written))
            })
        });
        same.count() * 2 > filled.len()
    }

    fn content(&mut self, filled: &[Filled], number: u32) -> Content {
        let mut content = Content::default();
        for Filled { cell, field, carried, number: beside } in filled {
            let place = Place {
                sheet: &self.sheet,
                cell: format!("{}{number}", letter(cell.column)),
                field,
                day: self.day,
                orders: field.key == self.header.register.day_field(),
            };
            let Some(raw) =
                readable(cell, &place, self.options, self.legacy, &mut self.met, &mut content.findings)
            else {
                continue;
            };
            let raw = match beside {
                Some(number) => value::symbol::joined(number, &raw),
                None => raw,
            };
            let mut checked = value::check(&raw, &place);
            self.swaps.see(cell.column, field, &raw, &checked);
            if *carried && checked.value.is_some() {
                let finding = Finding::new(Severity::Doubt, Code::FromMergedCell);
                let finding = finding.at(&self.sheet, place.cell.clone()).of(&raw.written());
                checked.findings.push(finding.in_field(field.key));
            }
            content.findings.append(&mut checked.findings);
            if let Some(value) = checked.value {
                content.values.set(field, value);
            }
            if let Some((key, day)) = header::day_beside(field.key).zip(checked.day_beside) {
                content.beside.push((key, day));
            }
        }
        content
    }

    /// Days that stood behind a symbol go to their field when nothing else fills it.
    fn set_days_beside(&self, content: &mut Content) {
        for (key, day) in &content.beside {
            if let Some(field) = self.header.register.field(key)
                && content.values.get(key).is_none()
            {
                content.values.set(field, Value::Day(*day));
            }
        }
    }

    fn missing(&self, values: &Values) -> Vec<&'static Field> {
        let register: Register = self.header.register;
        let required = register.fields().iter().filter(|field| field.presence == Presence::Required);
        required.filter(|field| values.get(field.key).is_none()).collect()
    }

    fn remember(&mut self, filled: Vec<Filled>) {
        for filled in filled {
            self.above.insert(filled.cell.column, filled.cell.raw);
        }
    }

    fn finish(&mut self, row: &Row, mut content: Content, missing: &[&'static Field]) -> RowRead {
        let number = row.number;
        let mut why = Vec::new();
        for field in missing {
            if self.absent.contains(field) {
                why.push(header::missing_column(&self.sheet, field));
            } else if !content.findings.iter().any(|finding| finding.field == field.key) {
                content.findings.push(self.required_missing(number, field));
            }
        }
        let findings = content.findings.clone();
        let bad = !why.is_empty() || findings.iter().any(|finding| finding.severity == Severity::Bad);
        let sheet = self.sheet.clone();
        let register = self.header.register;
        let item = if bad {
            why.extend(content.findings);
            why.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            Item::Rejected(Rejected { sheet, row: number, register, cells: written(row), findings: why })
        } else {
            content.findings.retain(|finding| finding.severity == Severity::Doubt);
            Item::Good(Line {
                sheet,
                row: number,
                register,
                values: content.values,
                doubts: content.findings,
            })
        };
        RowRead { item: Some(item), findings, passed_over: false }
    }

    fn required_missing(&self, number: u32, field: &'static Field) -> Finding {
        let column = self.header.columns.iter().find(|column| column.field == Some(field));
        let cell = column.map_or(number.to_string(), |column| format!("{}{number}", letter(column.column)));
        Finding::new(Severity::Bad, Code::RequiredMissing)
            .at(&self.sheet, cell)
            .in_field(field.key)
            .with("heading", header::official(field))
    }

    /// What is to be said of the sheet when all rows are read.
    pub(crate) fn closing(&self) -> Vec<Finding> {
        let heading = |column: u16| {
            let column = self.header.columns.iter().find(|known| known.column == column);
            column.map_or(String::new(), |column| column.heading.clone())
        };
        let suspicious = self.swaps.suspicious();
        let finding = |(column, count): (u16, u32)| {
            Finding::new(Severity::Doubt, Code::DayMaybeSwapped)
                .at(&self.sheet, letter(column))
                .of(&heading(column))
                .with("count", count)
        };
        suspicious.into_iter().map(finding).collect()
    }

    /// The old encoding met in single cells.
    pub(crate) fn legacy_met(&self) -> Option<Legacy> {
        self.met
    }
}

/// A row that is a line whatever it lacks: it has the symbol of a document, or a day, number or word of a list among
/// other cells. Places for signatures have none.
fn is_evident(values: &Values, row: &Row) -> bool {
    let checked = |(_, value): (&str, &Value)| match value {
        Value::Day(_) | Value::Count(_) | Value::Word(_) => row.cells.len() >= 3,
        Value::Text(text) => {
            text.starts_with(|sign: char| sign.is_ascii_digit()) && text.contains('/') && !text.contains(' ')
        }
        Value::Flag(_) => false,
    };
    values.iter().any(checked)
}

/// The cells of a row as written.
fn written(row: &Row) -> Vec<(u16, String)> {
    row.cells.iter().map(|cell| (cell.column, cell.raw.written())).collect()
}

/// `nt`, `như trên`, `"`: the same as above.
fn is_ditto(text: &str) -> bool {
    let trimmed = text.trim();
    matches!(trimmed, "\"" | "''" | "//" | "”")
        || (trimmed.len() <= 16 && matches!(bare(trimmed).as_str(), "nt" | "nhu tren"))
}

/// The cell with its text in Unicode. Text of an old encoding is converted when that was asked for; else it is
/// offered for conversion, and the cell gives nothing.
fn readable(
    cell: &Cell,
    place: &Place<'_>,
    options: &Options,
    sheet: Option<Legacy>,
    met: &mut Option<Legacy>,
    findings: &mut Vec<Finding>,
) -> Option<Raw> {
    let Raw::Text(text) = &cell.raw else { return Some(cell.raw.clone()) };
    let Some((legacy, shown)) = prepare::in_unicode(text, cell.font, sheet) else {
        return Some(cell.raw.clone());
    };
    met.get_or_insert(legacy);
    let converted = options.convert_legacy == Some(legacy);
    let (severity, code) =
        if converted { (Severity::Info, Code::LegacyConverted) } else { (Severity::Bad, Code::LegacyText) };
    let finding = Finding::new(severity, code).at(place.sheet, place.cell.clone()).of(text);
    findings.push(finding.in_field(place.field.key).with("encoding", legacy.name()).with("shown", &shown));
    converted.then_some(Raw::Text(shown))
}
