//! CSV out: RFC 4180, UTF-8 with byte order mark (sheet programs need it to see Vietnamese), comma, formulas guarded.

use std::io::Write;

use domain::register::{Register, Values};

use super::{WriteError, written};
use crate::header::official;

/// Writes a register as CSV, line by line.
pub struct CsvWriter<W: Write> {
    register: Register,
    inner: ::csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Starts the file: byte order mark and headings.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(register: Register, mut out: W) -> Result<CsvWriter<W>, WriteError> {
        out.write_all("\u{FEFF}".as_bytes()).map_err(::csv::Error::from)?;
        let mut inner = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        inner.write_record(register.fields().iter().map(official))?;
        Ok(CsvWriter { register, inner })
    }

    /// Writes one line.
    ///
    /// # Errors
    /// When writing fails.
    pub fn line(&mut self, values: &Values) -> Result<(), WriteError> {
        let cells =
            self.register.fields().iter().map(|field| {
                values.get(field.key).map_or(String::new(), |value| guarded(written(field, value)))
            });
        Ok(self.inner.write_record(cells)?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.inner.flush().map_err(::csv::Error::from)?;
        Ok(())
    }
}

/// An apostrophe before what a sheet program would run (EXP-01). Apostrophes that stand there already are counted,
/// so that reading takes away exactly the one put here.
fn guarded(text: String) -> String {
    if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

/// A whole register as CSV.
///
/// # Errors
/// When writing fails.
pub fn export_csv<'v>(
    register: Register,
    lines: impl IntoIterator<Item = &'v Values>,
) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::new();
    let mut writer = CsvWriter::new(register, &mut out)?;
    for values in lines {
        writer.line(values)?;
    }
    writer.finish()?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_program_would_run_gets_an_apostrophe() {
        for dangerous in ["=1+1", "+84", "-x", "@SUM(A1)", "'=x", "\tx"] {
            assert_eq!(guarded(dangerous.to_owned()), format!("'{dangerous}"));
        }
        assert_eq!(guarded("1-2".to_owned()), "1-2");
        assert_eq!(guarded("'trích'".to_owned()), "'trích'");
    }
}
