//! Whole files through the importer, made here or committed as fixtures.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be made or read fails the test")]

mod books;
mod fixtures;
mod hostile;
mod old_text;
mod round_trip;
mod words;

use domain::register::Register;
use import::{Code, Finding, Item, Line, Options, Rejected, Severity, Survey};
use rust_xlsxwriter::{Format, Workbook};

/// A file read: what came of it.
struct Read {
    lines: Vec<Line>,
    rejected: Vec<Rejected>,
    survey: Survey,
}

fn read(name: &str, bytes: &[u8]) -> Read {
    read_with(name, bytes, &Options::default())
}

fn read_with(name: &str, bytes: &[u8], options: &Options) -> Read {
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    let survey = import::read_all(name, bytes, options, &mut |item| match item {
        Item::Good(line) => lines.push(line),
        Item::Rejected(row) => rejected.push(row),
    })
    .unwrap_or_else(|refused| panic!("{refused}"));
    survey.findings.iter().chain(rejected.iter().flat_map(|row| &row.findings)).for_each(words::fills);
    Read { lines, rejected, survey }
}

impl Read {
    fn finding(&self, code: Code) -> &Finding {
        let found = self.survey.findings.iter().find(|finding| finding.code == code);
        found.unwrap_or_else(|| panic!("no {code:?} in {:#?}", self.survey.findings))
    }

    fn codes(&self, severity: Severity) -> Vec<Code> {
        let of = self.survey.findings.iter().filter(|finding| finding.severity == severity);
        of.map(|finding| finding.code).collect()
    }

    fn text(&self, line: usize, key: &str) -> &str {
        self.lines[line].values.text(key).unwrap_or("")
    }
}

/// What a test puts into a cell.
#[derive(Clone)]
enum Put {
    Nothing,
    Text(String),
    Number(f64),
    /// A date cell by its serial.
    Date(f64),
    /// A formula and its result.
    Formula(&'static str, &'static str),
}

impl From<&str> for Put {
    fn from(text: &str) -> Put {
        if text.is_empty() { Put::Nothing } else { Put::Text(text.to_owned()) }
    }
}

impl From<f64> for Put {
    fn from(number: f64) -> Put {
        Put::Number(number)
    }
}

macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::Put::from($cell)),*] };
}
use row;

/// A workbook of sheets of rows.
fn book(sheets: &[(&str, Vec<Vec<Put>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (number, row) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(row) {
                let written = match cell {
                    Put::Nothing => continue,
                    Put::Text(text) => sheet.write_string(number, column, text),
                    Put::Number(value) => sheet.write_number(number, column, *value),
                    Put::Date(serial) => sheet.write_number_with_format(number, column, *serial, &date),
                    Put::Formula(formula, result) => {
                        let formula = rust_xlsxwriter::Formula::new(*formula).set_result(*result);
                        sheet.write_formula(number, column, formula)
                    }
                };
                written.unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn register_of(read: &Read, sheet: usize) -> Option<Register> {
    read.survey.sheets[sheet].register
}
