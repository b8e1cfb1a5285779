//! The way of a whole file: guards, sheets, survey.

use domain::text;

use crate::header::{self, Asked, shape};
use crate::sheet::{Head, Lines, prepare};
use crate::source::{self, Rows, Sheet};
use crate::value::day;
use crate::{
    Code, Finding, Item, Line, MappedColumn, Options, Refused, Severity, SheetSurvey, Survey, guard,
};

/// Rows looked at for headings.
const HEAD: usize = 50;

/// Reads a file of registers. Each good line goes to `sink` as soon as it is checked; what is wrong is in the survey.
///
/// # Errors
/// When the whole file is refused: see [`guard::check`]. Lines may have gone to `sink` before a damage was met.
pub fn read(
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Line),
) -> Result<Survey, Refused> {
    read_all(file_name, bytes, options, &mut |item| {
        if let Item::Good(line) = item {
            sink(line);
        }
    })
}

/// As [`read`], with the rejected rows too, in the order of the file.
///
/// # Errors
/// As [`read`].
pub fn read_all(
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Item),
) -> Result<Survey, Refused> {
    let kind = guard::check(file_name, bytes, &options.limits)?;
    let mut reading = Reading {
        file_name,
        options,
        survey: Survey::default(),
        rows: 0,
        cover: String::new(),
        year: None,
        sink,
    };
    let findings =
        source::each_sheet(kind, file_name, bytes, options, &mut |sheet, rows| reading.sheet(sheet, rows))?;
    let mut survey = reading.survey;
    for finding in findings {
        survey.note(finding, &options.limits);
    }
    if survey.sheets.is_empty() {
        return Err(Refused::because(Code::FileEmpty));
    }
    Ok(survey)
}

struct Reading<'r> {
    file_name: &'r str,
    options: &'r Options,
    survey: Survey,
    /// Rows with content so far, over all sheets.
    rows: u32,
    /// What the cover sheets so far say.
    cover: String,
    /// The year of the cover or of the sheet before.
    year: Option<i16>,
    sink: &'r mut dyn FnMut(Item),
}

impl Reading<'_> {
    fn note(&mut self, finding: Finding) {
        self.survey.note(finding, &self.options.limits);
    }

    fn sheet(&mut self, sheet: &Sheet, rows: &mut dyn Rows) -> Result<(), Refused> {
        let choice = self.options.choice(&sheet.name);
        if choice.is_some_and(|choice| choice.skip) {
            return Ok(());
        }
        let mut head = Vec::new();
        while head.len() < HEAD {
            let Some(row) = rows.next_row()? else { break };
            head.push(row);
        }
        if head.is_empty() {
            return Ok(());
        }
        if sheet.hidden && choice.is_none() {
            self.note(Finding::new(Severity::Doubt, Code::SheetHidden).at(&sheet.name, String::new()));
            self.survey.sheets.push(SheetSurvey { name: sheet.name.clone(), ..SheetSurvey::default() });
            return Ok(());
        }
        let head = prepare(head, self.options.convert_legacy);
        if let Some(legacy) = head.legacy {
            self.survey.legacy.get_or_insert(legacy);
        }
        let asked = Asked {
            sheet: &sheet.name,
            file_name: self.file_name,
            register: self.options.register,
            choice,
            cover: &self.cover,
        };
        match header::find(&head.shown, &asked) {
            Some(header) => self.lines(sheet, rows, head, header),
            None => self.without_header(sheet, rows, &head),
        }
    }

    /// A cover sheet, or one that is not understood: a doubt when it looks like a table.
    fn without_header(&mut self, sheet: &Sheet, rows: &mut dyn Rows, head: &Head) -> Result<(), Refused> {
        let table_like = head.shown.iter().filter(|row| row.cells.len() >= 3).count();
        let wanted = self.options.register.is_some() || self.options.choice(&sheet.name).is_some();
        let severity = match (wanted, table_like) {
            (true, _) => Severity::Bad,
            (false, 3..) => Severity::Doubt,
            (false, _) => Severity::Info,
        };
        if table_like == 0 {
            let texts = head.shown.iter().flat_map(|row| &row.cells).map(|cell| cell.raw.written());
            for text in texts.take(HEAD) {
                self.year = day::year_in(&text).or(self.year);
                self.cover = format!("{} \n{text}", self.cover);
            }
        }
        let mut count = u32::try_from(head.shown.len()).unwrap_or(u32::MAX);
        while rows.next_row()?.is_some() {
            count = count.saturating_add(1);
            if self.rows.saturating_add(count) > self.options.limits.rows {
                break;
            }
        }
        self.rows = self.rows.saturating_add(count);
        self.note(Finding::new(severity, Code::NoHeader).at(&sheet.name, String::new()).with("rows", count));
        self.survey.sheets.push(SheetSurvey {
            name: sheet.name.clone(),
            rows_passed_over: count,
            ..SheetSurvey::default()
        });
        Ok(())
    }

    fn lines(
        &mut self,
        sheet: &Sheet,
        rows: &mut dyn Rows,
        head: Head,
        header: header::Header,
    ) -> Result<(), Refused> {
        for finding in header.findings(&sheet.name) {
            self.note(finding);
        }
        let year = self.year(sheet, &head, header.first);
        self.year = year;
        let mut survey = describe(sheet, &header, year);
        let (first, below) = (header.first, header.below);
        let mut lines = Lines::new(sheet, header, year.or(self.options.year_hint), self.options, head.legacy);
        for row in head.raw.iter().take(first).filter(|row| row.cells.len() >= 3 && shape::is_line(row)) {
            let rejected = lines.above_header(row);
            survey.rows_total += 1;
            survey.rows_bad += 1;
            for finding in &rejected.findings {
                self.note(finding.clone());
            }
            (self.sink)(Item::Rejected(rejected));
        }
        let mut waiting = head.raw.into_iter().skip(below);
        loop {
            let row = match waiting.next() {
                Some(row) => Some(row),
                None => rows.next_row()?,
            };
            let Some(row) = row else { break };
            self.rows = self.rows.saturating_add(1);
            if self.rows > self.options.limits.rows {
                let finding = Finding::new(Severity::Bad, Code::TooManyRows);
                let finding = finding.at(&sheet.name, row.number.to_string());
                self.note(finding.with("limit", text::number(u64::from(self.options.limits.rows))));
                break;
            }
            let checked = lines.row(&row);
            for finding in checked.findings {
                self.note(finding);
            }
            survey.rows_passed_over += u32::from(checked.passed_over);
            if let Some(item) = checked.item {
                survey.rows_total += 1;
                match &item {
                    Item::Good(_) => survey.rows_good += 1,
                    Item::Rejected(_) => survey.rows_bad += 1,
                }
                (self.sink)(item);
            }
        }
        for finding in lines.closing() {
            self.note(finding);
        }
        if let Some(legacy) = lines.legacy_met() {
            self.survey.legacy.get_or_insert(legacy);
        }
        if rows.cut() {
            let finding = Finding::new(Severity::Doubt, Code::TooManyColumns).at(&sheet.name, String::new());
            self.note(finding.with("limit", self.options.limits.columns));
        }
        self.survey.sheets.push(survey);
        Ok(())
    }

    /// The year of the sheet: its title first, then its name, then the cover or the sheet before, then the name of the
    /// file.
    fn year(&self, sheet: &Sheet, head: &Head, first: usize) -> Option<i16> {
        let title = head.shown.iter().take(first).flat_map(|row| &row.cells).map(|cell| cell.raw.written());
        let mut years = title.filter_map(|title| day::year_in(&title));
        let own = years.next().or_else(|| day::year_in(&sheet.name));
        own.or(self.year).or_else(|| day::year_in(self.file_name))
    }
}

fn describe(sheet: &Sheet, header: &header::Header, year: Option<i16>) -> SheetSurvey {
    let mut survey = SheetSurvey {
        name: sheet.name.clone(),
        register: Some(header.register),
        alternative: header.alternative,
        header_row: header.row,
        year,
        ..SheetSurvey::default()
    };
    for column in &header.columns {
        let letter = source::letter(column.column);
        match column.field {
            Some(field) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a score lies between 0 and 1"
                )]
                let score = (column.score * 100.0).round() as u8;
                let heading = column.heading.clone();
                survey.mapping.push(MappedColumn { letter, heading, field: field.key, score });
            }
            None => survey.unmapped.push((letter, column.heading.clone())),
        }
    }
    survey
}
