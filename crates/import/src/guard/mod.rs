//! The guards before any parser: size, kind by content against kind by name, archive limits (UPL-02, UPL-03),
//! encryption and macros. A parser library that fails by panic harms one file only ([`contained`]).

mod archive;
mod compound;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Code, Limits, Refused};

/// A kind of file we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97–2003 workbook.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with delimiters.
    Csv,
}

impl Kind {
    /// The name people know.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Xlsx => "XLSX",
            Kind::Xls => "XLS",
            Kind::Ods => "ODS",
            Kind::Csv => "CSV",
        }
    }

    /// The kind by the ending of the name.
    pub fn by_name(file_name: &str) -> Option<Kind> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Kind::Xlsx),
            "xls" => Some(Kind::Xls),
            "ods" => Some(Kind::Ods),
            "csv" | "tsv" | "txt" => Some(Kind::Csv),
            _ => None,
        }
    }
}

/// The kind of a file that passed every guard.
///
/// # Errors
/// The reason for which the file is not read.
pub fn check(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Kind, Refused> {
    if bytes.is_empty() {
        return Err(Refused::because(Code::FileEmpty));
    }
    if bytes.len() > limits.bytes {
        let mebibytes = limits.bytes / (1024 * 1024);
        return Err(Refused::because(Code::FileTooLarge).with("limit", mebibytes));
    }
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if matches!(ending.as_str(), "xlsm" | "xltm" | "xlam" | "xla") {
        return Err(Refused::because(Code::FileMacro));
    }
    let Some(named) = Kind::by_name(file_name) else {
        return Err(Refused::because(Code::FileKindUnknown).with("ending", ending));
    };
    let found = by_content(bytes, limits)?;
    if found == named {
        Ok(found)
    } else {
        Err(Refused::because(Code::FileKindMismatch).with("named", named.name()).with("found", found.name()))
    }
}

fn by_content(bytes: &[u8], limits: &Limits) -> Result<Kind, Refused> {
    const OTHER: [(&[u8], &str); 7] = [
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"Rar!", "RAR"),
        (b"7z\xBC\xAF", "7z"),
        (b"{\\rtf", "RTF"),
    ];
    if bytes.starts_with(b"PK") {
        return archive::check(bytes, limits);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return contained(|| compound::check(bytes)).and_then(|kind| kind);
    }
    if let Some((_, name)) = OTHER.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Refused::because(Code::FileKindUnknown).with("ending", name));
    }
    if is_web_page(bytes) {
        return Err(Refused::because(Code::FileIsWebPage));
    }
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let nuls = bytes.iter().take(4096).filter(|byte| **byte == 0).count();
    if !wide && nuls * 10 > bytes.len().min(4096) * 6 {
        return Err(Refused::because(Code::FileDamaged));
    }
    Ok(Kind::Csv)
}

/// Many systems save a table of HTML (or Excel's XML of 2003) under the name `.xls`.
fn is_web_page(bytes: &[u8]) -> bool {
    let start: String = bytes
        .iter()
        .filter(|byte| byte.is_ascii_graphic())
        .take(200)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    ["<html", "<!doctype", "<table", "<?xml", "<head", "<style", "<meta"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// Runs a parser so that its panic is a damaged file, not the end of the program.
///
/// # Errors
/// [`Code::FileDamaged`] when it panicked.
pub fn contained<T>(run: impl FnOnce() -> T) -> Result<T, Refused> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Refused::because(Code::FileDamaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, bytes: &[u8]) -> Code {
        check(name, bytes, &Limits::default()).unwrap_err().0.code
    }

    #[test]
    fn content_and_name_must_agree() {
        assert_eq!(code("so.csv", b""), Code::FileEmpty);
        assert_eq!(code("so.docx", b"PK"), Code::FileKindUnknown);
        assert_eq!(code("so", b"a,b"), Code::FileKindUnknown);
        assert_eq!(code("so.xlsm", b"PK"), Code::FileMacro);
        assert_eq!(code("so.xlsx", b"a,b\n"), Code::FileKindMismatch);
        assert_eq!(code("so.csv", b"%PDF-1.7"), Code::FileKindUnknown);
        assert_eq!(code("so.xls", b"\n <HTML><table>"), Code::FileIsWebPage);
        assert_eq!(check("so.CSV", b"a,b\n", &Limits::default()), Ok(Kind::Csv));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_unread() {
        let limits = Limits { bytes: 3, ..Limits::default() };
        assert_eq!(check("so.csv", b"a,b\n", &limits).unwrap_err().0.code, Code::FileTooLarge);
    }

    #[test]
    fn a_panic_in_a_parser_is_a_damaged_file() {
        let hostile: &[u8] = &[];
        let outcome = contained(|| hostile.first().copied().expect("the library gives up"));
        assert_eq!(outcome.unwrap_err().0.code, Code::FileDamaged);
    }
}
