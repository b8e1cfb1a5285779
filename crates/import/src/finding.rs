//! What is wrong with a file, a sheet or a cell, as data. The words stand in `locales/*/import.toml`.

use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something was done that the reader of the preview may want to know.
    Info,
    /// The value was taken, or left out of an optional field, and a person should look at it.
    Doubt,
    /// The line, the sheet or the file is not taken.
    Bad,
}

/// One thing found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is.
    pub code: Code,
    /// The sheet, empty for the whole file.
    pub sheet: String,
    /// The cell as the office sees it, `C12`; a column `C`, a row `12`; or empty for the whole sheet.
    pub cell: String,
    /// What stands there, cut to 200 characters for showing.
    pub value: String,
    /// The field concerned, its stored key, or empty.
    pub field: &'static str,
    /// Values for the placeholders of the text, besides `value`.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// The longest part of a value that is shown.
    const SHOWN: usize = 200;

    /// A finding without a place. [`Finding::at`] and [`Finding::of`] say where and about what.
    pub fn new(severity: Severity, code: Code) -> Finding {
        Finding {
            severity,
            code,
            sheet: String::new(),
            cell: String::new(),
            value: String::new(),
            field: "",
            args: Vec::new(),
        }
    }

    /// Says where: sheet and cell.
    #[must_use]
    pub fn at(mut self, sheet: &str, cell: String) -> Finding {
        sheet.clone_into(&mut self.sheet);
        self.cell = cell;
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn of(mut self, value: &str) -> Finding {
        self.value = value.chars().take(Finding::SHOWN).collect();
        self
    }

    /// Says which field is concerned.
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Finding {
        self.field = field;
        self
    }

    /// Adds a value for a placeholder of the text.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over numbers and texts alike")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Finding {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key of its text in the locale files: what is wrong, by which rule, what to do.
    pub fn locale_key(&self) -> String {
        format!("import.finding.{}", self.code.word())
    }

    /// All placeholders of the text with their values.
    pub fn placeholders(&self) -> Vec<(&'static str, &str)> {
        let own = [("value", &self.value), ("cell", &self.cell), ("sheet", &self.sheet)];
        let own = own.into_iter().map(|(name, value)| (name, value.as_str()));
        own.chain(self.args.iter().map(|(name, value)| (*name, value.as_str()))).collect()
    }
}

/// The whole file is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file is not read: {}", .0.code.word())]
pub struct Refused(pub Box<Finding>);

impl Refused {
    /// A refusal with this code.
    pub(crate) fn because(code: Code) -> Refused {
        Refused(Box::new(Finding::new(Severity::Bad, code)))
    }

    /// Adds a value for a placeholder of the text.
    #[must_use]
    pub(crate) fn with(self, name: &'static str, value: impl ToString) -> Refused {
        Refused(Box::new(self.0.with(name, value)))
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// What a finding is about. The word is stable: it names the text and stands in JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Code::$name => $word,)+
                }
            }
        }
    };
}

codes! {
    /// The file has no bytes, or no sheet has a cell.
    FileEmpty = "file_empty",
    /// More bytes than allowed (UPL-02).
    FileTooLarge = "file_too_large",
    /// The name ends in nothing we read.
    FileKindUnknown = "file_kind_unknown",
    /// The content is of another kind than the name says (UPL-02).
    FileKindMismatch = "file_kind_mismatch",
    /// A web page saved under the name of a sheet.
    FileIsWebPage = "file_is_web_page",
    /// Opens only with a password.
    FileEncrypted = "file_encrypted",
    /// Contains macros.
    FileMacro = "file_macro",
    /// Broken, cut off, or made to harm.
    FileDamaged = "file_damaged",
    /// More than the allowed number of parts in the archive (UPL-03).
    ArchiveEntries = "archive_entries",
    /// More bytes unpacked than allowed (UPL-03).
    ArchiveUnpacked = "archive_unpacked",
    /// Packed more tightly than honest files are (UPL-03).
    ArchiveRatio = "archive_ratio",
    /// More cells or rows than allowed.
    TooManyRows = "too_many_rows",
    /// Cells far to the right were not looked at.
    TooManyColumns = "too_many_columns",
    /// A CSV file was decoded from an encoding other than UTF-8.
    Decoded = "decoded",
    /// A CSV line has a quotation mark that is never closed.
    QuoteOpen = "quote_open",
    /// No row of headings was found.
    NoHeader = "no_header",
    /// A hidden sheet was not read.
    SheetHidden = "sheet_hidden",
    /// The sheet could be one of two registers.
    RegisterAmbiguous = "register_ambiguous",
    /// A column could be one of two fields, or a field one of two columns.
    ColumnAmbiguous = "column_ambiguous",
    /// The heading was recognised only approximately.
    ColumnGuessed = "column_guessed",
    /// A column with values is not one of the register.
    ColumnUnknown = "column_unknown",
    /// A field that every line needs has no column.
    RequiredColumnMissing = "required_column_missing",
    /// A row that is not a line of the register was passed over: section title, total, signature.
    RowPassedOver = "row_passed_over",
    /// A line has no value in a field that every line needs.
    RequiredMissing = "required_missing",
    /// Not a day.
    DayUnreadable = "day_unreadable",
    /// A day the calendar does not have.
    DayImpossible = "day_impossible",
    /// Only readable with the month first, which is not how days are written here.
    DaySwapped = "day_swapped",
    /// In this column, day and month may have been swapped.
    DayMaybeSwapped = "day_maybe_swapped",
    /// A year before 1945 or after 2100.
    DayOutOfRange = "day_out_of_range",
    /// Only month and year.
    DayWithoutDay = "day_without_day",
    /// No year in the cell and none in the title of the sheet.
    DayWithoutYear = "day_without_year",
    /// The year that puts the day in order with the other days of its line was taken.
    YearFromNeighbour = "year_from_neighbour",
    /// A day before or after another of its line where it cannot be.
    DaysOutOfOrder = "days_out_of_order",
    /// Answered, but on no day.
    AnsweredWithoutDay = "answered_without_day",
    /// A line above the headings, of another table of the sheet.
    RowAboveHeader = "row_above_header",
    /// A number like `20.1`: the 20th of January or of October.
    DayAmbiguous = "day_ambiguous",
    /// The year was taken from the title of the sheet.
    YearFromTitle = "year_from_title",
    /// The year was written with two digits.
    YearTwoDigits = "year_two_digits",
    /// The year is not that of the sheet.
    YearUnlikeTitle = "year_unlike_title",
    /// The day was written as a bare number.
    DayFromNumber = "day_from_number",
    /// Not a whole number.
    NumberUnreadable = "number_unreadable",
    /// A time of day that is none.
    ClockUnreadable = "clock_unreadable",
    /// A comma or space was read as the sign for thousands.
    NumberSeparator = "number_separator",
    /// Neither yes nor no.
    FlagUnknown = "flag_unknown",
    /// Not one of the words the field accepts.
    WordUnknown = "word_unknown",
    /// Close to one of the words the field accepts.
    WordGuessed = "word_guessed",
    /// The symbol was brought into its usual form.
    SymbolRepaired = "symbol_repaired",
    /// The symbol stands in a cell that the sheet program turned into a day.
    SymbolIsDay = "symbol_is_day",
    /// Symbol and day stood in one cell.
    SymbolAndDay = "symbol_and_day",
    /// Longer than the field usually is.
    TooLong = "too_long",
    /// The cell shows an error of the sheet program (`#REF!`).
    CellError = "cell_error",
    /// A value was carried down from a merged cell.
    FromMergedCell = "from_merged_cell",
    /// Text in an old encoding; conversion is offered.
    LegacyText = "legacy_text",
    /// Text was converted from an old encoding as asked.
    LegacyConverted = "legacy_converted",
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_its_text_and_fills_its_placeholders() {
        let finding =
            Finding::new(Severity::Bad, Code::DayImpossible).at("Sheet1", "C12".into()).of("31/02/2020");
        assert_eq!(finding.locale_key(), "import.finding.day_impossible");
        assert!(finding.placeholders().contains(&("value", "31/02/2020")));
        assert!(finding.placeholders().contains(&("cell", "C12")));
    }
}
