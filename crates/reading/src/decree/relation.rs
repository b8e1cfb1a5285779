//! The body: legal bases (*căn cứ*) and relations to other documents.

use serde::{Deserialize, Serialize};

use super::pattern;
use super::{Confidence, Day, Field};
use crate::layout::{Line, Side, joined};

/// What this document does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// *Sửa đổi, bổ sung.*
    Amends,
    /// *Thay thế.*
    Replaces,
    /// *Bãi bỏ, hủy bỏ, hết hiệu lực.*
    Repeals,
    /// *Đính chính.*
    Corrects,
    /// *Hướng dẫn, quy định chi tiết.*
    Guides,
}

/// A relation to another document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// What is done.
    pub verb: Verb,
    /// Number and symbol of the other document, `12/2020/QĐ-UBND`.
    pub target: String,
    /// Its day, when it is written.
    #[serde(default)]
    pub issued: Option<Day>,
    /// Its issuer as written; may be empty.
    #[serde(default)]
    pub issuer: String,
}

impl Relation {
    fn new(verb: Verb, cited: Cited) -> Relation {
        Relation { verb, target: cited.target, issued: cited.issued, issuer: cited.issuer }
    }
}

/// Another document as it is named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Number and symbol.
    pub target: String,
    /// Its day, when it is written.
    pub issued: Option<Day>,
    /// Its issuer as written; may be empty.
    pub issuer: String,
}

/// The documents named in a text, in order.
pub fn cited(text: &str) -> Vec<Cited> {
    let found = pattern::TARGET.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    found.map(|found| cited_at(text, &found)).collect()
}

/// The document whose number was found at a place of a text, with what stands behind it.
fn cited_at(text: &str, found: &regex::Captures<'_>) -> Cited {
    let mut rest = found.get(0).map_or("", |whole| &text[whole.end()..]);
    let mut issued = None;
    if let Some(day) = pattern::ISSUED.as_ref().and_then(|pattern| pattern.captures(rest)) {
        issued = pattern::day(&day);
        rest = day.get(0).map_or(rest, |whole| &rest[whole.end()..]);
    }
    let issuer = pattern::ISSUER.as_ref().and_then(|pattern| pattern.captures(rest));
    let issuer = issuer.map_or("", |found| found.name("issuer").map_or("", |name| name.as_str()));
    let end = pattern::ISSUER_ENDS.as_ref().and_then(|pattern| pattern.find(issuer));
    let issuer = end.map_or(issuer, |end| &issuer[..end.start()]).trim();
    let issuer = if issuer.chars().count() > 120 { "" } else { issuer };
    Cited { target: target(&found["number"], &found["symbol"]), issued, issuer: issuer.to_owned() }
}

/// The words of each act, in lower case; looked for before the number and after it.
const WORDS: &[(&str, Verb)] = &[
    ("sửa đổi", Verb::Amends),
    ("bổ sung", Verb::Amends),
    ("thay thế", Verb::Replaces),
    ("bãi bỏ", Verb::Repeals),
    ("hủy bỏ", Verb::Repeals),
    ("huỷ bỏ", Verb::Repeals),
    ("đính chính", Verb::Corrects),
];

/// Paragraphs put together from lines: a line that opens none goes on with the one before.
pub(super) fn paragraphs(lines: &[Line]) -> Vec<(String, Vec<&Line>)> {
    let mut out: Vec<(String, Vec<&Line>)> = Vec::new();
    for line in lines.iter().filter(|line| line.side == Side::Full) {
        match out.last_mut() {
            Some((text, lines)) if !line.opens => {
                *text = joined([text.as_str(), line.text.as_str()].into_iter());
                lines.push(line);
            }
            _ => out.push((line.text.clone(), vec![line])),
        }
    }
    out
}

/// The paragraphs among which the legal bases stand: those before what is decided. A base ends with `;` or `.`; until
/// then what opens no other goes on with it, however the lines were broken.
fn base_paragraphs(lines: &[Line]) -> Vec<(String, Vec<&Line>)> {
    let mut out: Vec<(String, Vec<&Line>)> = Vec::new();
    let mut begun = false;
    for (text, lines) in paragraphs(lines) {
        let opens = pattern::hits(&pattern::BASE_OPENS, &text);
        if !opens && pattern::hits(&pattern::OPERATIVE, &text) {
            break;
        }
        begun |= text.to_lowercase().contains("căn cứ ");
        match out.last_mut() {
            Some((last, told))
                if begun && !opens && !pattern::is_upper(&text) && !last.ends_with([';', '.', ':']) =>
            {
                *last = joined([last.as_str(), text.as_str()].into_iter());
                told.extend(lines);
            }
            _ => out.push((text, lines)),
        }
    }
    out
}

/// The legal bases, in order.
pub(super) fn bases(lines: &[Line]) -> Vec<Field> {
    let clean = |text: &str| text.trim_end_matches([';', ',', '.', ':', ' ', '/']).to_owned();
    let mut out = Vec::new();
    for (text, lines) in base_paragraphs(lines) {
        for part in text.split(';').map(|part| part.trim().trim_start_matches(['-', '–', '+', ' '])) {
            if part.to_lowercase().starts_with("căn cứ ") {
                out.extend(Field::new(clean(part), &lines, Confidence::SURE));
            }
        }
    }
    out
}

/// The relations said in the abstract and in sentences of the body that are no legal basis.
pub(super) fn relations(
    lines: &[Line],
    summary: Option<&Field>,
    kind: Option<&Field>,
) -> Vec<Field<Relation>> {
    let mut out: Vec<Field<Relation>> = Vec::new();
    let kind = kind.map_or("", |kind| kind.value.as_str());
    if SPEAKS_ONLY.contains(&kind) {
        return out;
    }
    if let Some(summary) = summary {
        for relation in in_sentence(&summary.value) {
            out.push(Field { value: relation, place: summary.place.clone(), confidence: Confidence::SURE });
        }
        if pattern::hits(&pattern::GUIDES, &summary.value) {
            for cited in cited(&summary.value) {
                let relation = Relation::new(Verb::Guides, cited);
                if out.iter().all(|known| known.value.target != relation.target) {
                    let (place, confidence) = (summary.place.clone(), Confidence::LIKELY);
                    out.push(Field { value: relation, place, confidence });
                }
            }
        }
    }
    let mut listed = None;
    for (text, lines) in paragraphs(lines) {
        let lower = text.to_lowercase();
        if lower.trim_start_matches(['-', ' ']).starts_with("căn cứ") {
            continue;
        }
        let mut found: Vec<Relation> = text.split_inclusive([';', '.']).flat_map(in_sentence).collect();
        let is_item = pattern::hits(&pattern::ITEM, &text);
        if let (Some(verb), true, true) = (listed, is_item, found.is_empty()) {
            found.extend(cited(&text).into_iter().take(1).map(|cited| Relation::new(verb, cited)));
        }
        if !is_item {
            listed = announced(&lower);
        }
        for relation in found {
            let same = |known: &Field<Relation>| {
                known.value.verb == relation.verb && known.value.target == relation.target
            };
            if let Some(known) = out.iter().position(same).and_then(|at| out.get_mut(at)) {
                // An abstract is short; the sentence that acts tells day and issuer.
                known.value.issued = known.value.issued.or(relation.issued);
                if known.value.issuer.is_empty() {
                    known.value.issuer = relation.issuer;
                }
            } else {
                out.extend(Field::new(relation, &lines, Confidence::LIKELY));
            }
        }
    }
    if kind == "CÔNG VĂN" {
        out.retain(|field| matches!(field.value.verb, Verb::Corrects | Verb::Guides));
    }
    out
}

/// Kinds that ask, report or record and change no document themselves.
const SPEAKS_ONLY: [&str; 8] =
    ["TỜ TRÌNH", "BÁO CÁO", "BIÊN BẢN", "GIẤY MỜI", "CÔNG ĐIỆN", "THƯ MỜI", "GIẤY GIỚI THIỆU", "PHIẾU TRÌNH"];

/// What a sentence says of the list behind it: `Bãi bỏ toàn bộ các Quyết định sau đây:`.
fn announced(lower: &str) -> Option<Verb> {
    if !lower.trim_end().ends_with(':') || pattern::TARGET.as_ref().is_none_or(|p| p.is_match(lower)) {
        return None;
    }
    WORDS
        .iter()
        .filter_map(|(word, verb)| lower.rfind(word).map(|at| (at, *verb)))
        .max_by_key(|f| f.0)
        .map(|f| f.1)
}

fn target(number: &str, symbol: &str) -> String {
    let symbol: String = symbol.chars().filter(|c| !c.is_whitespace()).collect();
    format!("{number}/{}", symbol.replace('–', "-"))
}

/// For each number, the nearest word of an act before it, or "hết hiệu lực" after it. A number brought in by
/// "theo", "căn cứ" or "được sửa đổi bởi" is cited, not touched.
fn in_sentence(text: &str) -> Vec<Relation> {
    let Some(pattern) = pattern::TARGET.as_ref() else { return Vec::new() };
    let mut out = Vec::new();
    for found in pattern.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let before = text[..whole.start()].to_lowercase();
        let after = text[whole.end()..].to_lowercase();
        let near = WORDS
            .iter()
            .filter_map(|(word, verb)| before.rfind(word).map(|at| (at, *verb)))
            .max_by_key(|f| f.0);
        let expires = after.contains("hết hiệu lực").then_some(Verb::Repeals);
        let cited = near.is_some_and(|(at, _)| {
            let between = &before[at..];
            ["theo ", "căn cứ ", "ban hành kèm theo quyết định này"].iter().any(|word| between.contains(word))
                && !between.contains("kèm theo")
                || before[..at].trim_end().ends_with("được")
                || before[..at].trim_end().ends_with("đã")
        });
        let verb = near.filter(|_| !cited).map(|(_, verb)| verb).or(expires);
        if let Some(verb) = verb {
            // To repeal or replace a part is to amend the whole.
            let between = near.map_or("", |(at, _)| &before[at..]);
            let is_part = ["khoản ", "điểm ", "cụm từ", "điều ", "chương ", "mục ", "một phần"];
            let is_part = is_part.iter().any(|word| between.contains(word));
            let verb = if is_part && verb != Verb::Corrects { Verb::Amends } else { verb };
            out.push(Relation::new(verb, cited_at(text, &found)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cited_document_has_its_day_and_its_issuer_as_written() {
        let one = |text: &str| cited(text).remove(0);
        let cited = one(
            "Quyết định số 05/2019/QĐ-UBND ngày 02 tháng 3 năm 2019 của Ủy ban nhân dân huyện Kim Bảng ban hành Quy chế",
        );
        assert_eq!(
            (cited.target.as_str(), cited.issuer.as_str()),
            ("05/2019/QĐ-UBND", "Ủy ban nhân dân huyện Kim Bảng")
        );
        assert_eq!(cited.issued, Some(Day { year: 2019, month: Some(3), day: Some(2) }));
        let cited = one("Nghị quyết 12/2020/NQ-HĐND ngày 10/7/2020 của HĐND tỉnh;");
        assert_eq!((cited.issued.map(|day| day.year), cited.issuer.as_str()), (Some(2020), "HĐND tỉnh"));
        let bare = one("thay thế Quyết định số 05/2019/QĐ-UBND.");
        assert_eq!((bare.issued, bare.issuer.as_str()), (None, ""));
    }
}
