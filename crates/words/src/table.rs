//! The built-in tables, sorted by key.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::Language;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

pub(crate) fn of(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Vi => VI,
        Language::En => EN,
    }
}

pub(crate) fn find(language: Language, key: &str) -> Option<&'static str> {
    let table = of(language);
    table.binary_search_by(|(known, _)| (*known).cmp(key)).ok().map(|index| table[index].1)
}

/// Unknown keys that are kept. More than this is a program that makes keys from input.
const MOST_UNKNOWN: usize = 256;

/// The key itself, kept for the life of the program. Keys come from our own code, so there are few.
pub(crate) fn unknown(key: &str) -> &'static str {
    static SEEN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = seen.get(key) {
        return known;
    }
    if seen.len() >= MOST_UNKNOWN {
        return "?";
    }
    let kept: &'static str = Box::leak(key.to_owned().into_boxed_str());
    seen.insert(kept);
    kept
}
