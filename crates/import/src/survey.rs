//! What reading a file gives: lines, rejected rows, and the survey that the preview shows.

use domain::register::{Register, Values};
use serde::{Serialize, Serializer};

use crate::{Code, Finding, Legacy, Limits, Severity};

/// A checked line, ready to become a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The sheet it stands in.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: u32,
    /// The register.
    pub register: Register,
    /// Its values; every required field has one.
    pub values: Values,
    /// What a person should look at in this line.
    pub doubts: Vec<Finding>,
}

/// A row that is not taken, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The sheet it stands in.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: u32,
    /// The register.
    pub register: Register,
    /// Column number from 0 and the cell as written.
    pub cells: Vec<(u16, String)>,
    /// Why, most important first.
    pub findings: Vec<Finding>,
}

/// One row of the file, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A good line.
    Good(Line),
    /// A row that is not taken.
    Rejected(Rejected),
}

/// What a file holds and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// Its sheets, in their order.
    pub sheets: Vec<SheetSurvey>,
    /// Findings, in the order found; of those about rows and cells, of each severity at most [`Limits::findings`].
    pub findings: Vec<Finding>,
    /// Findings of severity bad, all of them.
    pub bad: usize,
    /// Findings of severity doubt, all of them.
    pub doubts: usize,
    /// Findings of severity info, all of them.
    pub infos: usize,
    /// Findings counted but not kept.
    pub truncated: usize,
    /// The old encoding found; asking for its conversion is [`crate::Options::convert_legacy`].
    pub legacy: Option<Legacy>,
}

/// What one sheet holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetSurvey {
    /// Its name.
    pub name: String,
    /// The register recognised or given; `None` for a cover sheet or one that was not understood.
    #[serde(serialize_with = "register_word")]
    pub register: Option<Register>,
    /// The next likely register, when the choice is a doubt.
    #[serde(serialize_with = "register_word")]
    pub alternative: Option<Register>,
    /// The last row of the headings, counted from 1; 0 when none was found.
    pub header_row: u32,
    /// The year found in its name or title.
    pub year: Option<i16>,
    /// Columns that hold a field.
    pub mapping: Vec<MappedColumn>,
    /// Letter and heading of columns that hold none.
    pub unmapped: Vec<(String, String)>,
    /// Rows that are lines, good or bad.
    pub rows_total: u32,
    /// Rows taken.
    pub rows_good: u32,
    /// Rows not taken.
    pub rows_bad: u32,
    /// Rows passed over: repeated headings, section titles, totals, signatures.
    pub rows_passed_over: u32,
}

/// A column that holds a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MappedColumn {
    /// `C`.
    pub letter: String,
    /// The heading as written; of merged headings both parts.
    pub heading: String,
    /// The key of the field.
    pub field: &'static str,
    /// How sure, in hundredths: 100 is a heading we know.
    pub score: u8,
}

impl Survey {
    /// Lines taken, over all sheets.
    pub fn rows_good(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.rows_good).sum()
    }

    /// Lines not taken, over all sheets.
    pub fn rows_bad(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.rows_bad).sum()
    }

    /// Lines looked at, over all sheets.
    pub fn rows_total(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.rows_total).sum()
    }

    /// Counts a finding, and keeps it while there is room for its severity.
    pub(crate) fn note(&mut self, finding: Finding, limits: &Limits) {
        let count = match finding.severity {
            Severity::Bad => &mut self.bad,
            Severity::Doubt => &mut self.doubts,
            Severity::Info => &mut self.infos,
        };
        *count += 1;
        let of_a_row = !finding.field.is_empty() || finding.code == Code::RowPassedOver;
        if *count <= limits.findings || !of_a_row {
            self.findings.push(finding);
        } else {
            self.truncated += 1;
        }
    }
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn register_word<S: Serializer>(register: &Option<Register>, serializer: S) -> Result<S::Ok, S::Error> {
    register.map(Register::word).serialize(serializer)
}
