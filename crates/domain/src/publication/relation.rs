//! What one document does to another (*quan hệ giữa các văn bản*, *lược đồ*): as it stands in the acting document, and
//! the one rule by which the other document is found among ours.

use serde::{Deserialize, Serialize};

use crate::text;
use crate::time::Day;

/// What is done. Locale keys `document_act.<word>`, `document_acted.<word>` for the other direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// *Thay thế.*
    Replaces,
    /// *Bãi bỏ.*
    Repeals,
    /// *Bãi bỏ một phần.*
    RepealsPart,
    /// *Sửa đổi, bổ sung.*
    Amends,
    /// *Đính chính.*
    Corrects,
    /// *Hướng dẫn, quy định chi tiết.*
    Guides,
    /// *Căn cứ.*
    BasedOn,
}

impl Act {
    /// All of them, in the order of pages: what ends another document first.
    pub const ALL: [Act; 7] = [
        Act::Replaces,
        Act::Repeals,
        Act::RepealsPart,
        Act::Amends,
        Act::Corrects,
        Act::Guides,
        Act::BasedOn,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Act::Replaces => "replaces",
            Act::Repeals => "repeals",
            Act::RepealsPart => "repeals_part",
            Act::Amends => "amends",
            Act::Corrects => "corrects",
            Act::Guides => "guides",
            Act::BasedOn => "based_on",
        }
    }

    /// The act with this stored word.
    pub fn from_word(word: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.word() == word)
    }
}

/// A relation as the acting document has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// What is done.
    pub act: Act,
    /// Number and symbol of the other document, `12/2020/QĐ-UBND`.
    pub symbol: String,
    /// Its day of issue, when it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Day>,
    /// Its issuer as written; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
}

/// What tells a document from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// Number and symbol.
    pub symbol: &'a str,
    /// Day of issue.
    pub issued_on: Day,
    /// Issuer; may be empty.
    pub issuer: &'a str,
}

impl Relation {
    /// Whether it names this document and no other that could be meant: the same number and symbol, the day when it is
    /// written, else a symbol with its year; the issuer when it is written, else the day or the issuer of the acting
    /// document. An issuer may be written without the name of its place behind the day (`UBND huyện`).
    pub fn names(&self, acting_issuer: &str, other: Identity<'_>) -> bool {
        if symbol_key(&self.symbol) != symbol_key(other.symbol) || symbol_key(other.symbol).is_empty() {
            return false;
        }
        let is_day_told = match self.issued_on {
            Some(day) if day != other.issued_on => return false,
            day => day.is_some(),
        };
        if !is_day_told && year_of(&self.symbol).is_none() {
            return false;
        }
        let (told, issuer) = (issuer_key(&self.issuer), issuer_key(other.issuer));
        if told.is_empty() {
            return is_day_told || (!issuer.is_empty() && issuer_key(acting_issuer) == issuer);
        }
        let is_begun = issuer.strip_prefix(&told).is_some_and(|rest| rest.starts_with(' '));
        told == issuer || (is_day_told && is_begun)
    }
}

/// The form in which two symbols are the same: capitals, no spaces, one dash, no zeros before the number.
pub fn symbol_key(symbol: &str) -> String {
    let is_dash = |sign: char| matches!(sign, '\u{2010}'..='\u{2015}' | '\u{2212}');
    let tight: String = text::clean_line(symbol)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| if is_dash(sign) { '-' } else { sign })
        .flat_map(char::to_uppercase)
        .collect();
    tight.trim_start_matches('0').to_owned()
}

/// The year a symbol carries: `12/2020/QĐ-UBND`.
pub(super) fn year_of(symbol: &str) -> Option<i16> {
    let part = symbol.split('/').nth(1)?.trim();
    part.parse().ok().filter(|year| part.len() == 4 && (1945..=2200).contains(year))
}

/// The form in which two issuers are the same: folded, usual abbreviations written out.
fn issuer_key(issuer: &str) -> String {
    let folded = text::fold(issuer);
    let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let full = words.map(|word| match word {
        "ubnd" => "uy ban nhan dan",
        "hdnd" => "hoi dong nhan dan",
        "tp" => "thanh pho",
        word => word,
    });
    full.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(symbol: &str, issued_on: Option<&str>, issuer: &str) -> Relation {
        Relation {
            act: Act::Replaces,
            symbol: symbol.into(),
            issued_on: issued_on.map(|day| day.parse().unwrap()),
            issuer: issuer.into(),
        }
    }

    fn names(relation: &Relation) -> bool {
        let other = Identity {
            symbol: "07/2020/QĐ-UBND",
            issued_on: "2020-03-02".parse().unwrap(),
            issuer: "Ủy ban nhân dân huyện Kim Bảng",
        };
        relation.names("UBND huyện Kim Bảng", other)
    }

    #[test]
    fn a_relation_names_a_document_only_when_no_other_can_be_meant() {
        let day = Some("2020-03-02");
        for (symbol, issued_on, issuer, is_named) in [
            ("7/2020/qđ – ubnd", day, "", true),
            ("07/2020/QĐ-UBND", day, "UBND huyện Kim Bảng", true),
            ("07/2020/QĐ-UBND", day, "UBND huyện", true),
            ("07/2020/QĐ-UBND", day, "UBND tỉnh Hà Nam", false),
            ("07/2020/QĐ-UBND", Some("2020-03-03"), "", false),
            ("07/2020/QĐ-UBND", None, "Uỷ ban nhân dân huyện Kim Bảng", true),
            ("07/2020/QĐ-UBND", None, "UBND huyện", false),
            ("07/2020/QĐ-UBND", None, "", true),
            ("17/2020/QĐ-UBND", day, "", false),
            ("07/2020/QĐ-UBNDX", day, "", false),
        ] {
            assert_eq!(
                names(&relation(symbol, issued_on, issuer)),
                is_named,
                "{symbol} {issued_on:?} {issuer}"
            );
        }
    }

    #[test]
    fn without_day_and_issuer_only_a_document_of_the_same_issuer_with_the_year_in_its_symbol_is_meant() {
        let issued_on: Day = "2020-03-02".parse().unwrap();
        let of = |symbol, issuer| Identity { symbol, issued_on, issuer };
        let bare = relation("07/2020/QĐ-UBND", None, "");
        assert!(!bare.names("UBND tỉnh Hà Nam", of("07/2020/QĐ-UBND", "UBND huyện Kim Bảng")));
        assert!(!bare.names("", of("07/2020/QĐ-UBND", "")));
        let individual = relation("1234/QĐ-UBND", None, "UBND huyện Kim Bảng");
        assert!(!individual.names("", of("1234/QĐ-UBND", "UBND huyện Kim Bảng")), "a number of another year");
        let dated = relation("1234/QĐ-UBND", Some("2020-03-02"), "");
        assert!(dated.names("", of("1234/QĐ-UBND", "")));
        assert!(!relation("", Some("2020-03-02"), "").names("", of("", "")));
    }

    #[test]
    fn each_act_finds_itself_by_its_word() {
        for act in Act::ALL {
            assert_eq!(Act::from_word(act.word()), Some(act));
            assert_eq!(serde_json::to_value(act).unwrap(), act.word());
        }
    }
}
