//! Registers out: XLSX with every cell typed as text, CSV guarded against formulas (EXP-01), empty templates, and the
//! file of rejected rows. Whatever is written here is read back equal by [`crate::read()`].

mod csv;
mod rejected;
mod xlsx;

use domain::register::{Field, FieldKind, Value};
use domain::text;
use domain::time;

pub use csv::{CsvWriter, export_csv};
pub use rejected::rejected_file;
pub use xlsx::{export_xlsx, template};

/// The file could not be written: too many rows for a sheet, or the disk below a CSV stream failed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// From the XLSX writer.
    #[error("the XLSX file could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// From the CSV writer.
    #[error("the CSV file could not be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The rejected rows belong to a file that is refused as a whole.
    #[error(transparent)]
    Refused(#[from] crate::Refused),
}

/// A value as the office writes it.
fn written(field: &Field, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => time::day_in_table(*day),
        Value::Count(count) => u64::try_from(*count).map_or_else(|_| count.to_string(), text::number),
        Value::Flag(true) => "Có".to_owned(),
        Value::Flag(false) => "Không".to_owned(),
        Value::Word(word) => official_word(field, word).to_owned(),
    }
}

/// The official spelling of a stored word.
fn official_word<'w>(field: &Field, word: &'w str) -> &'w str {
    let FieldKind::Word(words) = field.kind else { return word };
    let spellings = words.iter().find(|(stored, _)| *stored == word).map(|(_, spellings)| *spellings);
    spellings.and_then(|spellings| spellings.first().copied()).unwrap_or(word)
}
