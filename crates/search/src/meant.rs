//! "Did you mean": the question with the marks that the found items have.

use std::collections::HashMap;
use std::sync::Arc;

use crate::find::Hit;
use crate::query::{Asked, Word};
use crate::words::{Forms, Memory, words};

/// A reading next to a neighbour of the question counts this many times one standing alone.
const BESIDE: u32 = 5;

/// The question with marks as most of `hits` write it; `None` when it was typed so, or when its own marks occur.
pub(crate) fn marks(asked: &Asked, hits: &[Hit]) -> Option<String> {
    let asked_words: Vec<&Word> = asked.words().collect();
    let mut readings: Vec<HashMap<Arc<str>, u32>> = vec![HashMap::new(); asked_words.len()];
    let mut memory = Memory::default();
    for hit in hits {
        for text in [&hit.title.text, &hit.excerpt.text] {
            let found: Vec<Forms> = words(text).map(|place| memory.forms(&text[place])).collect();
            read(&asked_words, &found, &mut readings);
        }
    }
    let mut out = String::with_capacity(asked.text.len() + 16);
    let mut at = 0;
    let mut changed = false;
    for (word, readings) in asked_words.iter().zip(&readings) {
        let typed = Forms::of(&asked.text[word.place.clone()]);
        let own = readings.get(&typed.key).copied().unwrap_or(0);
        let best = readings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        out.push_str(&asked.text[at..word.place.start]);
        at = word.place.end;
        match best {
            // Typed with marks that occur: it was meant so. Typed without: the most frequent reading, if it has marks.
            Some((best, count)) if *best != typed.key && (own == 0 || (!typed.marked() && *count > own)) => {
                changed = true;
                out.push_str(best);
            }
            _ => out.push_str(&asked.text[word.place.clone()]),
        }
    }
    out.push_str(&asked.text[at..]);
    changed.then_some(out)
}

fn read(asked: &[&Word], found: &[Forms], readings: &mut [HashMap<Arc<str>, u32>]) {
    let is = |place: Option<usize>, word: Option<usize>| match (place, word) {
        (Some(place), Some(word)) => {
            found.get(place).zip(asked.get(word)).is_some_and(|(found, asked)| found.fold == asked.forms.fold)
        }
        _ => false,
    };
    for (place, forms) in found.iter().enumerate() {
        for (index, word) in asked.iter().enumerate() {
            if word.forms.fold == forms.fold {
                let beside =
                    is(place.checked_sub(1), index.checked_sub(1)) || is(Some(place + 1), Some(index + 1));
                *readings[index].entry(Arc::clone(&forms.key)).or_default() +=
                    if beside { BESIDE } else { 1 };
            }
        }
    }
}
