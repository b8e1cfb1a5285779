//! Capitals and names (Annex II).

use std::collections::BTreeMap;

use super::Finding;
use super::citation::capital;
use super::text::Line;

/// Types that stay small when texts in general are meant (FM-VH-9).
const GENERAL: &[&str] =
    &["văn bản", "quyết định", "kế hoạch", "chỉ thị", "công văn", "nghị quyết", "thông báo", "hướng dẫn"];

/// Words that are capitals nowhere but at the beginning of a sentence, with the small form.
const NEVER_CAPITAL: &[(&str, &str)] =
    &[("cho Báo chí", "cho báo chí"), ("và Cung cấp thông tin", "và cung cấp thông tin")];

/// Names of bodies, as the unit list writes them (FM-VH-6). Dashes and "và" are read alike.
const BODIES: &[&str] = &[
    "Sở Thông tin và Truyền thông",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Văn hóa và Thể thao",
    "Sở Khoa học và Công nghệ",
    "Sở Nội vụ",
    "Bộ Thông tin và Truyền thông",
    "Bộ Văn hóa, Thể thao và Du lịch",
];

pub(super) fn check(lines: &[Line], names: &[String]) -> Vec<Finding> {
    let mut out = bodies(lines, names);
    for line in lines {
        out.extend(general(line));
        for (wrong, right) in NEVER_CAPITAL {
            if line.text.contains(wrong) {
                out.push(Finding::fault("FM-VH-9", "capital.common_word", line.number, wrong, *right));
            }
        }
        if let Some(found) = regulation_name(&line.text) {
            // The seed cites the title as the decision printed it; a quoted title keeps its spelling.
            let right = "Quy chế Phát ngôn và cung cấp thông tin cho báo chí";
            out.push(
                Finding::fault("FM-VH-9", "capital.regulation_name", line.number, &found, right).advice(),
            );
        }
    }
    out
}

/// "văn bản, Quyết định, Kế hoạch...": texts in general, in a list, without number.
fn general(line: &Line) -> Option<Finding> {
    let wrong = GENERAL.iter().map(|kind| (*kind, capital(kind))).find(|(_, written)| {
        let in_list = [
            format!(", {written},"),
            format!(", {written}.."),
            format!(", {written} đã"),
            format!("các {written} "),
        ];
        in_list.iter().any(|form| {
            line.text.find(form.as_str()).is_some_and(|at| {
                let rest = &line.text[at + form.len()..];
                !rest.trim_start().starts_with("số ")
            })
        })
    })?;
    Some(Finding::fault("FM-VH-9", "capital.texts_in_general", line.number, &wrong.1, wrong.0))
}

fn regulation_name(text: &str) -> Option<String> {
    ["Quy chế phát ngôn và cung cấp thông tin", "Quy chế phát ngôn và Cung cấp thông tin"]
        .into_iter()
        .find(|wrong| text.contains(wrong))
        .map(str::to_owned)
}

/// One body, one name: every other spelling of it is a finding.
fn bodies(lines: &[Line], names: &[String]) -> Vec<Finding> {
    let mut out = Vec::new();
    for name in BODIES.iter().copied().chain(names.iter().map(String::as_str)) {
        let key = joined(name);
        let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
        for line in lines {
            for spelling in spelled(&line.text, &key, name) {
                spellings.entry(spelling).or_insert(line.number);
            }
        }
        for (spelling, number) in spellings.iter().filter(|(spelling, _)| spelling.as_str() != name) {
            out.push(Finding::fault("FM-VH-6", "name.of_body", *number, spelling, name));
        }
    }
    out
}

/// The words of a name, folded, without "và", dashes and commas.
fn joined(text: &str) -> Vec<String> {
    domain::text::fold(text)
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "va")
        .map(str::to_owned)
        .collect()
}

/// Every place of the line where the name stands, as written.
fn spelled(line: &str, key: &[String], name: &str) -> Vec<String> {
    let first = name.split(' ').next().unwrap_or_default();
    let mut out = Vec::new();
    for (at, _) in line.match_indices(first) {
        let words: Vec<&str> = line[at..].split(' ').collect();
        // A name has at most as many words as its own and the joining ones.
        for take in key.len()..=(key.len() + 3).min(words.len()) {
            let candidate = words[..take].join(" ");
            let bare = candidate.trim_end_matches([';', '.', ',', ':']);
            if joined(bare) == key {
                out.push(bare.to_owned());
                break;
            }
        }
    }
    out
}
