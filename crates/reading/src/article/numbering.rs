//! Numbering: what stands before a paragraph of a list. Simple figures and points become lists of the web; every
//! other form (`Điều 1.`, `a)`, `II.`) is part of what the text says and is written out.

use std::collections::BTreeMap;

use super::xml::{attribute, child, elements, parse, value};
use crate::limits::Refused;

/// Levels of a list in Word.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Number → (what it is an instance of, changed starts).
    numbers: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    kinds: BTreeMap<String, Vec<Level>>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A point of a list.
    Point,
    /// A number of a list.
    Number(u32),
    /// Words to be written out.
    Words(String),
}

/// How far each list has come.
#[derive(Debug, Default)]
pub(super) struct Counters {
    at: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: std::collections::BTreeSet<String>,
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Numbering, Refused> {
        let mut made = Numbering::default();
        if text.is_empty() {
            return Ok(made);
        }
        for node in elements(parse(text)?.root_element()) {
            match node.tag_name().name() {
                "abstractNum" => {
                    let id = attribute(node, "abstractNumId").unwrap_or_default();
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in elements(node).filter(|node| node.tag_name().name() == "lvl") {
                        let at = attribute(level, "ilvl").and_then(|at| at.parse::<usize>().ok());
                        let Some(slot) = at.and_then(|at| levels.get_mut(at)) else { continue };
                        *slot = Level {
                            format: value(level, "numFmt").unwrap_or("decimal").to_owned(),
                            text: value(level, "lvlText").unwrap_or_default().to_owned(),
                            start: value(level, "start").and_then(|s| s.parse().ok()).unwrap_or(1),
                        };
                    }
                    made.kinds.insert(id.to_owned(), levels);
                }
                "num" => {
                    let starts = elements(node)
                        .filter(|node| node.tag_name().name() == "lvlOverride")
                        .filter_map(|node| {
                            let at = attribute(node, "ilvl")?.parse().ok()?;
                            Some((at, value(node, "startOverride")?.parse().ok()?))
                        });
                    let id = attribute(node, "numId").unwrap_or_default();
                    let kind = child(node, "abstractNumId").and_then(|node| attribute(node, "val"));
                    made.numbers
                        .insert(id.to_owned(), (kind.unwrap_or_default().to_owned(), starts.collect()));
                }
                _ => {}
            }
        }
        Ok(made)
    }

    /// What stands before the next paragraph of a list; nothing when the list has no marks.
    pub(super) fn next(&self, counters: &mut Counters, id: &str, level: usize) -> Option<Mark> {
        let (kind, starts) = self.numbers.get(id)?;
        let levels = self.kinds.get(kind)?;
        let own = levels.get(level)?;
        match own.format.as_str() {
            "bullet" => return Some(Mark::Point),
            "none" | "" => return None,
            _ => {}
        }
        let is_new = counters.begun.insert(id.to_owned());
        let at = counters.at.entry(kind.clone()).or_default();
        if is_new {
            for (level, start) in starts {
                if let Some(slot) = at.get_mut(*level) {
                    *slot = Some(start.saturating_sub(1));
                }
            }
        }
        let number = at[level].map_or(own.start, |n| n.saturating_add(1));
        at[level] = Some(number);
        at[level + 1..].fill(None);
        let bare = own.text.trim().trim_end_matches(['.', ')']);
        if own.format.starts_with("decimal") && bare == format!("%{}", level + 1) {
            return Some(Mark::Number(number));
        }
        let mut words = own.text.clone();
        for (place, level) in levels.iter().enumerate().take(level + 1) {
            let number = at[place].unwrap_or(level.start);
            words = words.replace(&format!("%{}", place + 1), &written(&level.format, number));
        }
        Some(Mark::Words(words.trim().to_owned()))
    }
}

/// A number as its format writes it.
fn written(format: &str, number: u32) -> String {
    match format {
        "lowerLetter" => letters(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

fn letters(number: u32) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    letter.to_string().repeat(usize::try_from(index / 26 % 10 + 1).unwrap_or(1))
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3999);
    let mut made = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            made.push_str(sign);
            left -= value;
        }
    }
    made
}
