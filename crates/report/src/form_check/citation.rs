//! Citations: in full once, then short; with a capital for a specific text.

use std::collections::BTreeSet;

use super::Finding;
use super::text::Line;

/// Types of documents that are cited, in lower case.
const KINDS: &[&str] = &[
    "quyết định",
    "công văn",
    "nghị định",
    "thông tư",
    "chỉ thị",
    "kế hoạch",
    "nghị quyết",
    "tờ trình",
    "hướng dẫn",
    "thông báo",
    "báo cáo",
    "công điện",
];

pub(super) fn check(lines: &[Line]) -> Vec<Finding> {
    let mut cited = BTreeSet::new();
    let mut out = Vec::new();
    for line in lines {
        for (at, _) in line.text.match_indices(" số ") {
            let Some(kind) = kind_before(&line.text[..at]) else { continue };
            let symbol: String = line.text[at + " số ".len()..]
                .chars()
                .take_while(|sign| sign.is_alphanumeric() || matches!(sign, '/' | '-' | '&'))
                .collect();
            if !symbol.contains('/') {
                continue;
            }
            let rest = &line.text[at + " số ".len() + symbol.len()..];
            out.extend(small_initial(line.number, &line.text[..at], kind, &symbol));
            let full = rest.trim_start().starts_with("ngày ");
            if !cited.insert(symbol.clone()) && full {
                let short = format!("{} số {symbol}", capital(kind));
                let found = format!("{short} ngày …");
                out.push(Finding::fault("FM-CT-3", "citation.full_twice", line.number, &found, short));
            }
        }
    }
    out
}

fn kind_before(before: &str) -> Option<&'static str> {
    let lower = before.to_lowercase();
    KINDS.iter().find(|kind| lower.ends_with(**kind)).copied()
}

/// FM-VH-9: a specific text takes a capital, in the middle of a sentence too.
fn small_initial(number: usize, before: &str, kind: &str, symbol: &str) -> Option<Finding> {
    before.ends_with(kind).then(|| {
        let found = format!("{kind} số {symbol}");
        Finding::fault(
            "FM-VH-9",
            "capital.cited_text",
            number,
            &found,
            format!("{} số {symbol}", capital(kind)),
        )
    })
}

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
