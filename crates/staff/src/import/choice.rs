//! What a person decides about a file, between the form and the importer: sheets with the same headings are decided
//! together, so that twelve monthly sheets are one decision.

use std::collections::BTreeMap;

use app::importing::{Legacy, Options, SheetChoice};
use domain::register::Register;
use import::SheetSurvey;
use web_kit::form::FormState;

/// Groups a form can hold.
const GROUPS: usize = 20;
/// Columns of one group whose names a form may send: A to CZ.
const LETTERS: usize = 104;
/// Selects on one page; a form takes 200 fields. Columns beyond stay as recognised.
const MOST_SELECTS: usize = 150;

/// The word of “do not import”.
pub(super) const SKIP: &str = "-";

/// Sheets with the same register, heading row and headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The names of the sheets.
    pub sheets: Vec<String>,
    /// The register they hold.
    pub register: Option<Register>,
    /// The last row of the headings; 0 for none.
    pub header_row: u32,
    /// Letter, heading and field of every column with a heading.
    pub columns: Vec<(String, String, Option<&'static str>)>,
    /// Whether the columns can be changed on this page.
    pub is_open: bool,
}

/// The sheets, brought together.
pub(super) fn groups(sheets: &[SheetSurvey]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for sheet in sheets {
        let of = group(sheet);
        let same = groups.iter_mut().find(|group| {
            (group.register, group.header_row) == (of.register, of.header_row) && group.columns == of.columns
        });
        match same {
            Some(same) => same.sheets.push(sheet.name.clone()),
            None => groups.push(of),
        }
    }
    let mut left = MOST_SELECTS;
    for (index, group) in groups.iter_mut().enumerate() {
        let fits = index < GROUPS && group.columns.len() <= left.min(LETTERS);
        group.is_open = fits && group.register.is_some();
        if group.is_open {
            left -= group.columns.len();
        }
    }
    groups.truncate(GROUPS);
    groups
}

fn group(sheet: &SheetSurvey) -> Group {
    let mapped = sheet
        .mapping
        .iter()
        .map(|column| (column.letter.clone(), column.heading.clone(), Some(column.field)));
    let unmapped = sheet.unmapped.iter().map(|(letter, heading)| (letter.clone(), heading.clone(), None));
    let mut columns: Vec<_> = mapped.chain(unmapped).collect();
    columns.sort_by_key(|(letter, _, _)| (letter.len(), letter.clone()));
    Group {
        sheets: vec![sheet.name.clone()],
        register: sheet.register,
        header_row: sheet.header_row,
        columns,
        is_open: false,
    }
}

/// What was decided, field name → text.
pub(super) type Fields = BTreeMap<String, String>;

/// The fields that show these groups and options.
pub(super) fn fields(groups: &[Group], options: &Options) -> Fields {
    let mut fields = Fields::new();
    fields.insert("year".to_owned(), options.year_hint.map(|year| year.to_string()).unwrap_or_default());
    fields
        .insert("legacy".to_owned(), options.convert_legacy.map(legacy_word).unwrap_or_default().to_owned());
    for (index, group) in groups.iter().enumerate() {
        let register = group.register.map_or(SKIP, Register::word);
        fields.insert(format!("g{index}-register"), register.to_owned());
        fields.insert(format!("g{index}-header"), header_text(group.header_row));
        for (letter, _, field) in group.columns.iter().filter(|_| group.is_open) {
            fields.insert(format!("g{index}-c-{letter}"), field.unwrap_or(SKIP).to_owned());
        }
    }
    fields
}

/// The row of the headings in a form; empty for none.
pub(super) fn header_text(row: u32) -> String {
    if row == 0 { String::new() } else { row.to_string() }
}

/// The word of an old encoding.
pub(super) const fn legacy_word(legacy: Legacy) -> &'static str {
    match legacy {
        Legacy::Tcvn3 => "tcvn3",
        Legacy::Vni => "vni",
    }
}

/// The names that a form of choices may send, besides those of its frame.
pub(super) fn names() -> Vec<String> {
    let mut names: Vec<String> = ["name", "action", "seen", "year", "legacy"].map(str::to_owned).to_vec();
    let letters: Vec<String> = (0..LETTERS).map(letters_of).collect();
    for index in 0..GROUPS {
        names.extend(["sheets", "register", "header"].map(|part| format!("g{index}-{part}")));
        names.extend(letters.iter().map(|letter| format!("g{index}-c-{letter}")));
    }
    names
}

/// `A`, `Z`, `AA`: the letters of a column counted from 0.
fn letters_of(index: usize) -> String {
    let letter = |index: usize| char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    if index < 26 {
        letter(index).to_string()
    } else {
        format!("{}{}", letter(index / 26 - 1), letter(index))
    }
}

/// What a form sent, read.
pub(super) struct Chosen {
    /// For the importer.
    pub options: Options,
    /// Whether it is what the page showed.
    pub is_seen: bool,
}

/// Reads the choices of a form. What does not fit (a field of another register) is left to recognition.
pub(super) fn read(form: &FormState) -> Chosen {
    let seen: Fields = serde_json::from_str(form.value("seen")).unwrap_or_default();
    let is_seen =
        !seen.is_empty() && seen.iter().all(|(name, value)| form.value(name).trim() == value.as_str());
    let year_hint = form.value("year").trim().parse().ok().filter(|year| (1945..=2100).contains(year));
    let convert_legacy =
        [Legacy::Tcvn3, Legacy::Vni].into_iter().find(|legacy| form.value("legacy") == legacy_word(*legacy));
    let mut sheets = Vec::new();
    for index in 0..GROUPS {
        let names: Vec<String> =
            serde_json::from_str(form.value(&format!("g{index}-sheets"))).unwrap_or_default();
        let choice = choice(form, &seen, index);
        sheets.extend(names.into_iter().map(|sheet| SheetChoice { sheet, ..choice.clone() }));
    }
    Chosen { options: Options { year_hint, convert_legacy, sheets, ..Options::default() }, is_seen }
}

fn choice(form: &FormState, seen: &Fields, index: usize) -> SheetChoice {
    let value = |part: &str| form.value(&format!("g{index}-{part}")).trim();
    let unchanged = |part: &str| seen.get(&format!("g{index}-{part}")).is_some_and(|was| was == value(part));
    let register = Register::from_word(value("register"));
    let mut columns = Vec::new();
    // Another register, or other headings: the columns that were shown no longer mean anything.
    if let Some(register) = register
        && unchanged("register")
        && unchanged("header")
    {
        for letter in (0..LETTERS).map(letters_of) {
            let field = value(&format!("c-{letter}"));
            if field == SKIP {
                columns.push((letter, None));
            } else if register.field(field).is_some() {
                columns.push((letter, Some(field.to_owned())));
            }
        }
    }
    SheetChoice {
        sheet: String::new(),
        skip: value("register") == SKIP,
        register,
        header_row: value("header").parse().ok().filter(|row| *row > 0),
        columns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use import::MappedColumn;

    fn sheet(name: &str) -> SheetSurvey {
        let column = |letter: &str, heading: &str, field| MappedColumn {
            letter: letter.to_owned(),
            heading: heading.to_owned(),
            field,
            score: 100,
        };
        SheetSurvey {
            name: name.to_owned(),
            register: Some(Register::News),
            header_row: 3,
            mapping: vec![column("B", "Ngày đăng", "posted_on"), column("C", "Tên bài", "title")],
            unmapped: vec![("A".to_owned(), "STT".to_owned())],
            ..SheetSurvey::default()
        }
    }

    fn sent(fields: &Fields, sheets: &str, changed: &[(&str, &str)]) -> Chosen {
        let mut all = fields.clone();
        all.insert("seen".to_owned(), serde_json::to_string(fields).unwrap());
        all.insert("g0-sheets".to_owned(), sheets.to_owned());
        all.extend(changed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        read(&FormState::of(all.iter().map(|(name, value)| (name.as_str(), value.clone()))))
    }

    #[test]
    fn monthly_sheets_with_the_same_headings_are_one_decision() {
        let groups = groups(&[sheet("T1"), sheet("T2"), SheetSurvey { header_row: 4, ..sheet("T3") }]);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].sheets, ["T1", "T2"]);
        assert_eq!(groups[0].columns[0], ("A".to_owned(), "STT".to_owned(), None));
    }

    #[test]
    fn what_was_shown_and_sent_back_is_what_the_importer_gets() {
        let groups = groups(&[sheet("T1"), sheet("T2")]);
        let fields = fields(&groups, &Options::default());
        let chosen = sent(&fields, r#"["T1","T2"]"#, &[]);
        assert!(chosen.is_seen);
        assert_eq!(chosen.options.sheets.len(), 2);
        let second = &chosen.options.sheets[1];
        assert_eq!(
            (second.sheet.as_str(), second.register, second.header_row),
            ("T2", Some(Register::News), Some(3))
        );
        assert_eq!(second.columns.len(), 3);
        assert_eq!(second.columns[0], ("A".to_owned(), None));
        assert_eq!(second.columns[2], ("C".to_owned(), Some("title".to_owned())));
    }

    #[test]
    fn a_change_is_noticed_and_another_register_drops_the_columns() {
        let groups = groups(&[sheet("T1")]);
        let fields = fields(&groups, &Options::default());
        let year = sent(&fields, r#"["T1"]"#, &[("year", "2020")]);
        assert!(!year.is_seen);
        assert_eq!(year.options.year_hint, Some(2020));
        let register = sent(&fields, r#"["T1"]"#, &[("g0-register", "questions")]);
        assert!(!register.is_seen && register.options.sheets[0].columns.is_empty());
        assert_eq!(register.options.sheets[0].register, Some(Register::Questions));
        let skip = sent(&fields, r#"["T1"]"#, &[("g0-register", SKIP)]);
        assert!(skip.options.sheets[0].skip);
    }

    #[test]
    fn letters_run_like_those_of_a_sheet_program() {
        assert_eq!([0, 25, 26, 51, 52, 103].map(letters_of), ["A", "Z", "AA", "AZ", "BA", "CZ"]);
    }
}
