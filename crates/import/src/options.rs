//! What the caller may decide before a file is read.

use domain::register::Register;

use crate::Legacy;

/// How to read a file. The default recognises everything by itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The register of every sheet, where the caller knows it.
    pub register: Option<Register>,
    /// The year of days written without one, where the sheet does not say it itself.
    pub year_hint: Option<i16>,
    /// The old encoding to convert from, after the preview offered it ([`crate::Survey::legacy`]).
    pub convert_legacy: Option<Legacy>,
    /// Decisions about single sheets; they come before `register` and before recognition.
    pub sheets: Vec<SheetChoice>,
    /// The guards.
    pub limits: Limits,
}

/// What a person decided about one sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetChoice {
    /// The name of the sheet. A CSV file has one sheet whose name is that of the file without its ending.
    pub sheet: String,
    /// Do not read it.
    pub skip: bool,
    /// The register it holds.
    pub register: Option<Register>,
    /// The last row of its headings, counted from 1 as the sheet program does.
    pub header_row: Option<u32>,
    /// Column letters and the field each holds; `None` leaves the column out. Columns not named are recognised.
    pub columns: Vec<(String, Option<String>)>,
}

/// The guards (UPL-02, UPL-03) and the sizes that keep memory bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Parts of the archive, for XLSX and ODS.
    pub entries: usize,
    /// Bytes of all parts unpacked.
    pub unpacked: u64,
    /// Bytes unpacked for one byte packed.
    pub ratio: u64,
    /// Rows with content, over all sheets.
    pub rows: u32,
    /// Columns looked at.
    pub columns: u16,
    /// Findings kept of each severity; more are counted.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 50 * 1024 * 1024,
            entries: 2_000,
            unpacked: 200 * 1024 * 1024,
            ratio: 100,
            rows: 1_000_000,
            columns: 256,
            findings: 2_000,
        }
    }
}

impl Options {
    /// What was decided about the sheet of this name.
    pub(crate) fn choice(&self, sheet: &str) -> Option<&SheetChoice> {
        self.sheets.iter().find(|choice| choice.sheet == sheet)
    }
}
