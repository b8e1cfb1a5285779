//! What was read → a draft to be corrected: values as the register writes them, bases and relations as text.

use std::collections::BTreeMap;

use domain::text::fold;
use domain::time::Day;
use reading::decree::{Decree, Verb};
use store::unit::UnitRow;
use words::Language;

use crate::publication::Draft;

/// Words behind which a name of a place follows.
const PLACE_WORDS: [&str; 9] =
    ["tỉnh", "huyện", "xã", "phường", "quận", "thị xã", "thành phố", "thị trấn", "đặc khu"];

/// `12/2025/QĐ-UBND`.
pub(super) fn symbol(decree: &Decree) -> Option<String> {
    let number = decree.number.as_ref().map(|field| field.value.trim()).filter(|value| !value.is_empty())?;
    let symbol = decree.symbol.as_ref().map(|field| field.value.trim()).filter(|value| !value.is_empty())?;
    Some(format!("{number}/{symbol}"))
}

/// The whole day.
pub(super) fn day(decree: &Decree) -> Option<Day> {
    let day = decree.date.as_ref()?.value;
    let (month, of_month) = (day.month?, day.day?);
    Day::new(i16::try_from(day.year).ok()?, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?).ok()
}

/// The draft.
pub(super) fn of(decree: &Decree, units: &[UnitRow]) -> Draft {
    let mut fields = BTreeMap::new();
    let mut set = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(key.to_owned(), value);
        }
    };
    let half = decree.symbol.as_ref().map(|field| format!("/{}", field.value));
    set("symbol", symbol(decree).or(half));
    set("issued_on", day(decree).map(|day| day.to_string()));
    set("issuer", decree.issuer.as_ref().map(|field| issuer(&field.value, units)));
    set("signer", decree.signers.last().map(|field| person(&field.value.name)));
    Draft {
        title: decree.summary.as_ref().map(|field| sentence(&field.value)).unwrap_or_default(),
        section: decree.kind.as_ref().map(|field| sentence(&field.value.to_lowercase())).unwrap_or_default(),
        body: body(decree),
        fields,
        ..Draft::default()
    }
}

/// The unit we know by this name, as we write it; else the words in ordinary letters with places in capitals.
fn issuer(read: &str, units: &[UnitRow]) -> String {
    let folded = fold(read);
    let known = units.iter().find(|unit| {
        fold(&unit.name) == folded || unit.aliases.split([';', '|', '\n']).any(|alias| fold(alias) == folded)
    });
    known.map_or_else(|| ordinary(read), |unit| unit.name.clone())
}

fn ordinary(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    let mut is_place = false;
    for (at, word) in lower.split(' ').enumerate() {
        let pair = format!("{} {word}", out.rsplit(' ').next().unwrap_or_default().to_lowercase());
        let opens = PLACE_WORDS.contains(&word) || PLACE_WORDS.contains(&pair.as_str());
        if at > 0 {
            out.push(' ');
        }
        // "thị xã", "thành phố", "thị trấn" begin with a word that is none alone.
        let begins = matches!(word, "thị" | "thành" | "đặc");
        if at == 0 || (is_place && !opens && !begins) {
            out.push_str(&capital(word));
        } else {
            out.push_str(word);
        }
        is_place = opens || (is_place && !begins);
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sentence(text: &str) -> String {
    capital(text.trim())
}

/// A name in ordinary letters.
fn person(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    name.to_lowercase().split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// Bases, relations and recipients as text, for the person to keep or to take away.
fn body(decree: &Decree) -> String {
    let vi = Language::Vi;
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let list = |title: &str, items: Vec<String>| {
        if items.is_empty() {
            return String::new();
        }
        let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>\n", escape(item))).collect();
        let items = items.concat();
        format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", vi.text(title))
    };
    let relation = |verb: Verb, target: &str| {
        let key = match verb {
            Verb::Amends => "document_relation.amends",
            Verb::Replaces => "document_relation.replaces",
            Verb::Repeals => "document_relation.repeals",
            Verb::Corrects => "document_relation.corrects",
        };
        vi.fill(key, &[("target", &target)])
    };
    [
        list("document_part.bases", decree.bases.iter().map(|field| field.value.clone()).collect()),
        list(
            "document_part.relations",
            decree.relations.iter().map(|field| relation(field.value.verb, &field.value.target)).collect(),
        ),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_become_ordinary_and_places_keep_theirs() {
        assert_eq!(ordinary("ỦY BAN NHÂN DÂN HUYỆN AN HÒA"), "Ủy ban nhân dân huyện An Hòa");
        assert_eq!(ordinary("ỦY BAN NHÂN DÂN THÀNH PHỐ ĐẠI LỘC"), "Ủy ban nhân dân thành phố Đại Lộc");
        assert_eq!(ordinary("SỞ Y TẾ TỈNH BÌNH SƠN"), "Sở y tế tỉnh Bình Sơn");
        assert_eq!(ordinary("Sở Y tế"), "Sở Y tế");
        assert_eq!(person("TRẦN THỊ BÍCH NGỌC"), "Trần Thị Bích Ngọc");
    }
}
