//! Made-up registers (*dữ liệu minh họa*): the year 2020 of Kim Bảng, whose totals are those of its public report, and
//! registers of other offices and years in other shapes.
//!
//! Deterministic: no clock, its own random numbers from fixed seeds, fixed creation times. The same code writes the
//! same bytes. No line is about a real event; press agencies, askers and staff are invented.

mod document;
mod incoming;
mod messy;
mod news;
mod old_text;
mod place;
mod press;
mod question;
mod random;
mod sheet;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A file of the examples: path below `examples/`, bytes.
pub type File = (&'static str, Vec<u8>);

/// The first line of every table, so that nobody takes it for real.
pub(crate) const MADE_UP: &str = "DỮ LIỆU MINH HỌA – không phải hồ sơ thật";

/// All files that are generated.
///
/// # Errors
/// When a table cannot be written, which only a mistake in this code causes.
pub fn files() -> Result<Vec<File>> {
    let year = document::Year::make();
    let mut files = vec![
        ("kim-bang-2020/so-van-ban-di-2020.xlsx", sheet::workbook(&[document::outgoing(&year)])?),
        ("kim-bang-2020/so-van-ban-den-2020.csv", sheet::csv_with_mark(&incoming::incoming(), b',')?),
        ("kim-bang-2020/so-theo-doi-bao-chi-2020.xlsx", sheet::workbook(&press::sheets(&year))?),
        ("kim-bang-2020/tin-bai-cong-thong-tin-2020.xlsx", sheet::workbook(&[news::news()])?),
        ("kim-bang-2020/van-ban-dang-cong-2020.csv", sheet::csv_with_mark(&document::posted(&year), b';')?),
        ("kim-bang-2020/so-hoi-dap-2020.xlsx", sheet::workbook(&[question::questions()])?),
    ];
    files.extend(messy::files()?);
    Ok(files)
}

/// Writes all generated files below a folder.
///
/// # Errors
/// When a file cannot be made or written.
pub fn write(folder: &Path) -> Result<()> {
    for (path, bytes) in files()? {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}
