//! The body: legal bases (*căn cứ*) and relations to other documents.

use serde::{Deserialize, Serialize};

use super::pattern;
use super::{Confidence, Field};
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
}

/// A relation to another document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// What is done.
    pub verb: Verb,
    /// Number and symbol of the other document, `12/2020/QĐ-UBND`.
    pub target: String,
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
fn paragraphs(lines: &[Line]) -> Vec<(String, Vec<&Line>)> {
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

/// The legal bases, in order.
pub(super) fn bases(lines: &[Line]) -> Vec<Field> {
    let clean = |text: &str| text.trim_end_matches([';', ',', '.', ':', ' ']).to_owned();
    let mut out = Vec::new();
    for (text, lines) in paragraphs(lines) {
        for part in text.split(';').map(|part| part.trim().trim_start_matches(['-', '–', '+', ' '])) {
            if part.to_lowercase().starts_with("căn cứ ") {
                out.extend(Field::new(clean(part), &lines, Confidence::SURE));
            }
        }
    }
    out
}

/// The relations said in the abstract and in sentences of the body that are no legal basis.
pub(super) fn relations(lines: &[Line], summary: Option<&Field>) -> Vec<Field<Relation>> {
    let mut out: Vec<Field<Relation>> = Vec::new();
    if let Some(summary) = summary {
        for relation in in_sentence(&summary.value) {
            out.push(Field { value: relation, place: summary.place.clone(), confidence: Confidence::SURE });
        }
    }
    for (text, lines) in paragraphs(lines) {
        let lower = text.to_lowercase();
        if lower.trim_start_matches(['-', ' ']).starts_with("căn cứ") {
            continue;
        }
        for sentence in text.split_inclusive([';', '.']) {
            for relation in in_sentence(sentence) {
                if out.iter().all(|field| field.value != relation) {
                    out.extend(Field::new(relation, &lines, Confidence::LIKELY));
                }
            }
        }
    }
    out
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
            let symbol: String = found["symbol"].chars().filter(|c| !c.is_whitespace()).collect();
            let target = format!("{}/{}", &found["number"], symbol.replace('–', "-"));
            out.push(Relation { verb, target });
        }
    }
    out
}
