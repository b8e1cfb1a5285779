//! Text with delimiters: encoding and delimiter are found, the quoting is that of RFC 4180.

use super::{Cell, Raw, Row, Rows, Sheet, Visit, decode, keep};
use crate::{Code, Finding, Limits, Refused, Severity};

/// Line breaks in one cell beyond which a quotation mark was probably never closed.
const MOST_BREAKS: usize = 200;

pub(super) fn one_sheet(
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
    visit: &mut Visit<'_>,
) -> Result<Vec<Finding>, Refused> {
    let (text, encoding) = decode::decode(bytes);
    let (text, delimiter) = delimiter(&text);
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = CsvRows {
        text: text.as_bytes(),
        reader,
        record: ::csv::StringRecord::new(),
        limits,
        extra: 0,
        cut: false,
        open: None,
    };
    visit(&Sheet { name: name.clone(), hidden: false, since_1904: false }, &mut rows)?;
    let mut findings = Vec::new();
    if let Some(encoding) = encoding {
        findings.push(Finding::new(Severity::Info, Code::Decoded).with("encoding", encoding));
    }
    if let Some(row) = rows.open {
        findings.push(Finding::new(Severity::Doubt, Code::QuoteOpen).at(&name, row.to_string()));
    }
    Ok(findings)
}

struct CsvRows<'t> {
    text: &'t [u8],
    reader: ::csv::Reader<&'t [u8]>,
    record: ::csv::StringRecord,
    limits: &'t Limits,
    /// Lines of the text beyond those a sheet program shows, by line breaks inside quotes.
    extra: u64,
    cut: bool,
    open: Option<u32>,
}

impl Rows for CsvRows<'_> {
    fn next_row(&mut self) -> Result<Option<Row>, Refused> {
        let damaged = |_| Refused::because(Code::FileDamaged);
        while self.reader.read_record(&mut self.record).map_err(damaged)? {
            let line = self.record.position().map_or(0, |at| at.line() + blank_lines(self.text, at.byte()));
            let number = u32::try_from(line.saturating_sub(self.extra)).unwrap_or(u32::MAX);
            let mut row = Row { number, cells: Vec::new() };
            for (index, field) in self.record.iter().enumerate() {
                let breaks = field.matches('\n').count();
                self.extra += u64::try_from(breaks).unwrap_or(0);
                if breaks > MOST_BREAKS {
                    self.open.get_or_insert(number);
                }
                let raw = Raw::Text(unguarded(field).to_owned());
                if !raw.is_blank() {
                    let column = u16::try_from(index).unwrap_or(u16::MAX);
                    self.cut |= !keep(&mut row, Cell { column, raw, font: None, span: 1 }, self.limits);
                }
            }
            if !row.cells.is_empty() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn cut(&self) -> bool {
        self.cut
    }
}

/// Blank lines that the reader passes over before the record that starts at `byte`.
fn blank_lines(text: &[u8], byte: u64) -> u64 {
    let rest = usize::try_from(byte).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    u64::try_from(blank.count()).unwrap_or(0)
}

/// Takes away the apostrophe that an export put before what a sheet program would run as a formula (EXP-01).
fn unguarded(field: &str) -> &str {
    let rest = field.trim_start_matches('\'');
    match field.strip_prefix('\'') {
        Some(bare) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => bare,
        _ => field,
    }
}

/// The delimiter, by a `sep=` line or by which sign stands equally often in most lines.
fn delimiter(text: &str) -> (&str, u8) {
    if let Some(rest) = text.strip_prefix("sep=") {
        let mut signs = rest.chars();
        if let Some(sign) = signs.next().and_then(|sign| u8::try_from(sign).ok()) {
            return (signs.as_str(), sign);
        }
    }
    let score = |delimiter: u8| {
        let counts = counts(text, delimiter);
        let usual = counts
            .iter()
            .copied()
            .filter(|count| *count > 0)
            .max_by_key(|count| (counts.iter().filter(|other| *other == count).count(), *count));
        usual.map_or((0, 0), |usual| (counts.iter().filter(|count| **count == usual).count(), usual))
    };
    let best =
        [b';', b',', b'\t', b'|'].into_iter().max_by_key(|delimiter| (score(*delimiter), *delimiter == b','));
    (text, best.unwrap_or(b','))
}

/// How often the sign stands outside quotes in each of the first lines.
fn counts(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts = vec![0];
    let mut quoted = false;
    for byte in text.bytes().take(64 * 1024) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => counts.push(0),
            _ if byte == delimiter && !quoted => {
                if let Some(last) = counts.last_mut() {
                    *last += 1;
                }
            }
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_stands_equally_often() {
        assert_eq!(delimiter("a;b;c\n1,2;x, y;3\n1;2;3\n").1, b';');
        assert_eq!(delimiter("a,b,c\n\"x;y;z;w\",2,3\n").1, b',');
        assert_eq!(delimiter("Sổ\n\na\tb\n1, 2\t3\n").1, b'\t');
        assert_eq!(delimiter("sep=|\na|b,c,d\n").1, b'|');
        assert_eq!(delimiter("one\ntwo\n").1, b',');
    }

    #[test]
    fn the_guard_against_formulas_is_taken_away_and_other_apostrophes_stay() {
        assert_eq!(unguarded("'=1+1"), "=1+1");
        assert_eq!(unguarded("''=1"), "'=1");
        assert_eq!(unguarded("'quoted'"), "'quoted'");
    }
}
