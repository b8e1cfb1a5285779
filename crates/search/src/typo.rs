//! Words typed wrong by one sign: a second try, when a question finds nothing as typed.

use std::collections::BTreeSet;

use tantivy::collector::Count;

use crate::Error;
use crate::plan::Plan;
use crate::query::{Asked, Part, Word};

/// Words of this many letters are tried with any one sign wrong; shorter ones with two neighbours exchanged only,
/// for most short words are one sign from another word.
const LONG: usize = 5;
/// Longer words are not tried.
const LONGEST: usize = 16;
/// Words of a question that are mended at most (SRCH-02).
const MOST_WORDS: usize = 3;
/// Readings of a word that are tried at most, the most frequent ones.
const MOST_READINGS: usize = 6;

/// The question with the words that are nowhere in the index replaced by what they were probably meant to be; `None`
/// when there are no such words, or nothing has all of it even then.
pub(crate) fn mended(plan: &Plan<'_>, asked: &Asked) -> Result<Option<Asked>, Error> {
    let mut wrong = Vec::new();
    for word in asked.words().filter(|word| !word.forms.is_number()) {
        if plan.items_with(&word.forms.fold)? == 0 {
            wrong.push(word.clone());
        }
    }
    if wrong.is_empty() || wrong.len() > MOST_WORDS {
        return Ok(None);
    }
    let mut text = asked.text.clone();
    // From the last one on, so that the places of those before stay right.
    for word in wrong.iter().rev() {
        let Some(meant) = best(plan, asked, word, &wrong)? else { return Ok(None) };
        text.replace_range(word.place.clone(), &meant);
    }
    Ok(Some(Asked { cut: asked.cut, ..Asked::read(&text) }))
}

/// The reading that most items have together with what was typed right.
fn best(plan: &Plan<'_>, asked: &Asked, word: &Word, wrong: &[Word]) -> Result<Option<String>, Error> {
    let mut readings = Vec::new();
    for reading in near(&word.forms.fold) {
        let items = plan.items_with(&reading)?;
        if items > 0 {
            readings.push((items, reading));
        }
    }
    readings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    readings.truncate(MOST_READINGS);
    let right: Vec<Part> = asked
        .words()
        .filter(|other| wrong.iter().all(|wrong| wrong.place != other.place))
        .map(|other| Part::Word(other.clone()))
        .collect();
    let mut best: Option<(usize, String)> = None;
    for (_, reading) in readings {
        let mut parts = right.clone();
        parts.extend(Asked::read(&reading).parts);
        let tried = Asked { text: String::new(), parts, cut: false };
        let found = plan.searcher.search(&*plan.all(&tried, false), &Count)?;
        if found > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((found, reading));
        }
    }
    Ok(best.map(|(_, reading)| reading))
}

/// Words one mistake away: two neighbours exchanged; in longer words also a sign too many, too few, or another.
fn near(word: &str) -> BTreeSet<String> {
    let signs: Vec<char> = word.chars().collect();
    let mut found = BTreeSet::new();
    if signs.len() < 3 || signs.len() > LONGEST || !word.bytes().all(|sign| sign.is_ascii_lowercase()) {
        return found;
    }
    let with = |found: &mut BTreeSet<String>, change: &dyn Fn(&mut Vec<char>)| {
        let mut other = signs.clone();
        change(&mut other);
        found.insert(other.into_iter().collect());
    };
    for at in 1..signs.len() {
        with(&mut found, &|other| other.swap(at - 1, at));
    }
    if signs.len() >= LONG {
        for at in 0..=signs.len() {
            if at < signs.len() {
                with(&mut found, &|other| {
                    other.remove(at);
                });
            }
            for sign in 'a'..='z' {
                with(&mut found, &|other| other.insert(at, sign));
                if at < signs.len() {
                    with(&mut found, &|other| other[at] = sign);
                }
            }
        }
    }
    found.remove(word);
    found
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn long_words_are_tried_with_one_mistake_and_short_ones_exchanged_only() {
        let long = near("phong");
        for meant in ["phuong", "phon", "phonh", "phogn", "hpong"] {
            assert!(long.contains(meant), "{meant}");
        }
        assert!(!long.contains("phong") && !long.contains("pohgn"));
        assert!(near("dihn").contains("dinh"));
        assert!(!near("dih").contains("dinh"));
        assert!(near("ab").is_empty() && near(&"a".repeat(17)).is_empty() && near("qd2019").is_empty());
    }
}
