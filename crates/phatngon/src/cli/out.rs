//! The only place that writes to standard output and standard error.

use std::io::{self, Write as _};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Writes a line for people.
pub fn line(text: impl AsRef<str>) {
    let mut out = io::stdout().lock();
    // A closed pipe (`| head`) is the reader's choice, not a fault.
    let _ = writeln!(out, "{}", text.as_ref());
}

/// Writes a value for programs, piece by piece: the figures of a large office are a hundred megabytes.
///
/// # Errors
/// When it cannot be written as JSON, which none of ours causes.
pub fn json<T: Serialize + ?Sized>(value: &T) -> anyhow::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match serde_json::to_writer_pretty(&mut out, value) {
        Err(error) if error.is_io() => return Ok(()),
        done => done?,
    }
    let _ = writeln!(out).and_then(|()| out.flush());
    Ok(())
}

/// Writes a note to standard error.
pub fn note(text: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", text.as_ref());
}

/// Writes an error with its causes.
pub fn error(error: &anyhow::Error) {
    note(format!("phatngon: {error:#}"));
}

/// A bar for work of known length; hidden when quiet or when standard error is no terminal.
pub fn bar(length: u64, message: &str, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} ({eta})") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(message.to_owned());
    bar
}

/// Columns of text, aligned, two spaces apart. Widths count signs, not bytes.
pub fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect();
        line(cells.join("  ").trim_end());
    }
}
