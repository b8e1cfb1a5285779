//! Which documents are legal normative ones (*văn bản quy phạm pháp luật*), by the law of their day: dated rows, as
//! shipped (`data/law/normative-documents.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::relation::year_of;
use crate::law::Confidence;
use crate::text;
use crate::time::Day;

/// The types of legal normative documents of a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normative {
    /// Their names, in Vietnamese.
    pub types: Vec<String>,
    /// What their symbols begin with, for a document that names no type.
    pub symbols: Vec<String>,
    /// First day.
    pub valid_from: Day,
    /// Last day; open when absent.
    pub valid_to: Option<Day>,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// Where it was read.
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    normative: Vec<Normative>,
}

/// The rows shipped with the program, oldest first. A test reads them.
pub fn shipped() -> &'static [Normative] {
    static ROWS: LazyLock<Vec<Normative>> = LazyLock::new(|| {
        let text = include_str!("../../../../data/law/normative-documents.toml");
        toml::from_str::<File>(text).unwrap_or_default().normative
    });
    &ROWS
}

/// Whether a document is a legal normative one: it has the type of one by the law of its day, and its year between number
/// and symbol, which only such documents carry (NĐ 30/2020/NĐ-CP Annex I leaves it out of all others).
pub fn is_normative(type_name: &str, symbol: &str, issued_on: Day) -> bool {
    let holds =
        |row: &&Normative| row.valid_from <= issued_on && row.valid_to.is_none_or(|last| issued_on <= last);
    let Some(row) = shipped().iter().find(holds) else { return false };
    let rest = symbol.split('/').nth(2).unwrap_or_default().trim();
    if year_of(symbol).is_none() || rest.is_empty() {
        return false;
    }
    let first = rest.split(['-', '–']).next().unwrap_or_default().trim();
    // What is named after the term of the National Assembly bears its number: `QH15`.
    let sign = if first.starts_with("QH") { "QH" } else { first };
    let type_name = text::fold(type_name);
    let type_name = type_name.trim();
    if type_name.is_empty() {
        return row.symbols.iter().any(|known| known == sign);
    }
    // A type says one thing and a symbol another: where the symbol is one of a type that is none of that day, it is none.
    let is_of_other_day = !row.symbols.iter().any(|known| known == sign)
        && shipped().iter().any(|other| other.symbols.iter().any(|known| known == sign));
    row.types.iter().any(|known| text::fold(known) == type_name) && !is_of_other_day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_rows_are_read_follow_each_other_day_by_day_and_say_their_basis() {
        assert_eq!(shipped().len(), 3);
        for (row, next) in shipped().iter().zip(shipped().iter().skip(1)) {
            assert_eq!(row.valid_to.unwrap().tomorrow().unwrap(), next.valid_from);
        }
        assert_eq!(shipped().last().unwrap().valid_to, None);
        for row in shipped() {
            assert!(!row.types.is_empty() && !row.symbols.is_empty() && !row.basis.is_empty());
        }
    }

    #[test]
    fn a_directive_was_one_until_the_last_day_of_its_law_whatever_names_it() {
        for (last, is) in [("2016-06-30", true), ("2016-07-01", false)] {
            for type_name in ["Chỉ thị", ""] {
                assert_eq!(is_normative(type_name, "05/2016/CT-UBND", day(last)), is, "{type_name} {last}");
            }
        }
        assert!(!is_normative("Quyết định", "05/2020/CT-UBND", day("2020-05-01")));
        assert!(!is_normative("Quyết định", "36/1996/QĐ-UB", day("1996-12-31")), "no row tells of that day");
    }
}
