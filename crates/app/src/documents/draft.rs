//! What was read → a draft to be corrected: values as the register writes them, relations, bases as text.

use std::collections::BTreeMap;

use domain::publication::relation::{Act, Relation};
use domain::text::fold;
use domain::time::{Day, days_later};
use reading::decree::{self, Decree, Effective, Verb};
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
    whole(decree.date.as_ref()?.value)
}

fn whole(day: decree::Day) -> Option<Day> {
    let (month, of_month) = (day.month?, day.day?);
    Day::new(i16::try_from(day.year).ok()?, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?).ok()
}

/// The day of effect, counted from the day of issue where the document says so.
fn effective(decree: &Decree) -> Option<Day> {
    match decree.effective.as_ref()?.value {
        Effective::On(written) => whole(written),
        Effective::AtSigning => day(decree),
        Effective::AfterSigning(days) => Some(days_later(day(decree)?, i64::from(days))),
    }
}

/// What it does to others, then what it is based on.
fn relations(decree: &Decree) -> Vec<Relation> {
    let of = |act: Act, symbol: &str, issued: Option<decree::Day>, issuer: &str| Relation {
        act,
        symbol: symbol.to_owned(),
        issued_on: issued.and_then(whole),
        issuer: issuer.to_owned(),
    };
    let acts = decree.relations.iter().map(|field| {
        let relation = &field.value;
        of(act_of(relation.verb), &relation.target, relation.issued, &relation.issuer)
    });
    let bases = decree.bases.iter().flat_map(|field| decree::cited(&field.value));
    let bases = bases.map(|cited| of(Act::BasedOn, &cited.target, cited.issued, &cited.issuer));
    let mut all: Vec<Relation> = acts.chain(bases).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|relation| seen.insert((relation.act, relation.symbol.clone())));
    all.truncate(crate::publication::MOST_RELATIONS);
    all
}

/// What a word of the text means in the records.
pub const fn act_of(verb: Verb) -> Act {
    match verb {
        Verb::Amends => Act::Amends,
        Verb::Replaces => Act::Replaces,
        Verb::Repeals => Act::Repeals,
        Verb::Corrects => Act::Corrects,
        Verb::Guides => Act::Guides,
    }
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
    set("effective_on", effective(decree).map(|day| day.to_string()));
    set("signer", decree.signers.last().map(|field| person(&field.value.name)));
    set("signer_title", decree.signers.last().map(|field| sentence(&ordinary(&field.value.title))));
    Draft {
        title: decree.summary.as_ref().map(|field| sentence(&field.value)).unwrap_or_default(),
        section: decree.kind.as_ref().map(|field| sentence(&field.value.to_lowercase())).unwrap_or_default(),
        body: body(decree),
        fields,
        relations: relations(decree),
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

/// The legal bases as text, for the person to keep or to take away.
fn body(decree: &Decree) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if decree.bases.is_empty() {
        return String::new();
    }
    let items = decree.bases.iter().map(|field| format!("<li>{}</li>\n", escape(&field.value)));
    let items: String = items.collect();
    format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", Language::Vi.text("document_part.bases"))
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
