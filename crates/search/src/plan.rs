//! A question in words as a question to the engine.
//!
//! Every part has to be in the item, in any text of it, without regard to marks. What ranks is added beside: words
//! in the title, in the abstract, written with the same marks, standing together; number and symbol above all.

use std::cell::Cell;
use std::collections::HashSet;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use crate::Error;
use crate::naming::Type;
use crate::query::{Asked, Part, Word};
use crate::schema::Fields;

const TITLE: Score = 3.0;
const TITLE_MARKED: Score = 2.0;
const SUMMARY: Score = 1.5;
const MARKED: Score = 0.8;
const TITLE_TOGETHER: Score = 2.0;
const SUMMARY_TOGETHER: Score = 1.0;
/// The type of document that was named.
const TYPE: Score = 4.0;
const NUMBER_WORD: Score = 20.0;
/// The type of document that was named with a number.
const NUMBERED_TYPE: Score = 500.0;
/// Far above what words can reach, each far above the one before.
const NUMBER_PARTS: Score = 1_000.0;
const NUMBER_START: Score = 2_000.0;
const NUMBER_WHOLE: Score = 8_000.0;

/// Items of an index in which walking through half of them costs something.
const LARGE: u64 = 20_000;

/// What ranking and phrases may read beside the words that an item has to have, in entries of the lists of words
/// (SRCH-02): what would cost more is left out, so that no question takes long however it is made.
const MOST_READ: u64 = 4_000_000;
/// Comparing the places of a word in an item costs as much as so many entries.
const PLACES: u64 = 10;

type Clause = (Occur, Box<dyn Query>);

pub(crate) struct Plan<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
    /// What of [`MOST_READ`] is left.
    left: Cell<u64>,
    /// Whether the words of a phrase are asked for without regard to their places, because comparing them costs too
    /// much.
    loosened: Cell<bool>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(fields: &'a Fields, searcher: &'a Searcher) -> Self {
        Self { fields, searcher, left: Cell::new(MOST_READ), loosened: Cell::new(false) }
    }

    /// Whether a phrase was not asked for as one.
    pub(crate) fn is_loosened(&self) -> bool {
        self.loosened.get()
    }

    /// Takes what reading so many entries costs from what is left; nothing when that is less.
    fn afford(&self, entries: u64) -> bool {
        let left = self.left.get().checked_sub(entries);
        self.left.set(left.unwrap_or(self.left.get()));
        left.is_some()
    }

    /// In how many items a word of a field is; what cannot be counted is dear.
    fn entries(&self, field: Field, text: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(MOST_READ)
    }

    /// Whether comparing the places of these words can be afforded: in every item that the rarest of them is in.
    fn afford_together(&self, field: Field, words: &[Word]) -> bool {
        let rarest = words.iter().map(|word| self.entries(field, &word.forms.fold)).min().unwrap_or(0);
        self.afford(rarest.saturating_mul(PLACES))
    }

    /// In how many items the word is, without regard to marks.
    pub(crate) fn items_with(&self, fold: &str) -> Result<u64, Error> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.all, fold))?)
    }

    /// Puts what was meant in the place of words typed as Telex that are nowhere in the index.
    pub(crate) fn settle_telex(&self, asked: &mut Asked) -> Result<(), Error> {
        for word in asked.parts.iter_mut().flat_map(Part::words_mut) {
            if let Some(meant) = &word.telex
                && self.items_with(&word.forms.fold)? == 0
                && self.items_with(&meant.fold)? > 0
            {
                word.forms = meant.clone();
            }
        }
        Ok(())
    }

    /// All parts; with what ranks when `ranked`.
    pub(crate) fn all(&self, asked: &Asked, ranked: bool) -> Box<dyn Query> {
        let mut clauses: Vec<Clause> =
            distinct(asked).into_iter().map(|part| (Occur::Must, self.part(part))).collect();
        for (words, types, number) in asked.numbered_types() {
            clauses.push((Occur::Must, self.numbered(words, types, number)));
        }
        if ranked {
            self.rank(asked, &mut clauses);
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Three fifths of the parts, with every number among them, for questions to which nothing has all.
    pub(crate) fn most(&self, asked: &Asked) -> Box<dyn Query> {
        let has_number = |part: &Part| part.words().iter().any(|word| word.forms.is_number());
        let (numbers, words): (Vec<&Part>, Vec<&Part>) =
            distinct(asked).into_iter().partition(|part| has_number(part));
        let enough = ((numbers.len() + words.len()) * 3).div_ceil(5).saturating_sub(numbers.len());
        let words = words.into_iter().map(|part| (Occur::Should, self.part(part)));
        let mut parts: Vec<Clause> = words.collect();
        parts.extend(numbers.into_iter().map(|part| (Occur::Must, self.part(part))));
        let mut clauses: Vec<Clause> =
            vec![(Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(parts, enough)))];
        self.rank(asked, &mut clauses);
        Box::new(BooleanQuery::new(clauses))
    }

    fn part(&self, part: &Part) -> Box<dyn Query> {
        match part {
            Part::Word(word) => term(self.fields.all, &word.forms.fold, IndexRecordOption::WithFreqs),
            Part::Phrase(words) => self.together_if_affordable(words),
            Part::Joined(words) => Box::new(BooleanQuery::union(vec![
                self.together_if_affordable(words),
                Box::new(BooleanQuery::intersection(self.in_number(words))),
            ])),
            Part::Type(words, types) => {
                let all = |name: &str| -> Box<dyn Query> {
                    let one = |word| term(self.fields.all, word, IndexRecordOption::WithFreqs);
                    Box::new(BooleanQuery::intersection(name.split(' ').map(one).collect()))
                };
                let ways = names(words, types);
                let mut ways: Vec<Box<dyn Query>> = ways.iter().map(|name| all(name)).collect();
                ways.push(self.of_type(types));
                Box::new(BooleanQuery::union(ways))
            }
        }
    }

    /// Documents of one of the types: by the name of the type, or by the code in the symbol.
    pub(crate) fn of_type(&self, types: &[&Type]) -> Box<dyn Query> {
        let names = types.iter().map(|one| term(self.fields.type_start, one.name, IndexRecordOption::Basic));
        let codes = types
            .iter()
            .flat_map(|one| one.codes)
            .map(|code| term(self.fields.number, code, IndexRecordOption::Basic));
        Box::new(BooleanQuery::union(names.chain(codes).collect()))
    }

    /// The document of a type with a number, and texts that name it: *Công văn số 538*.
    fn numbered(&self, words: &[Word], types: &[&Type], number: &Word) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = vec![Box::new(BooleanQuery::intersection(vec![
            self.of_type(types),
            term(self.fields.number, &number.forms.fold, IndexRecordOption::Basic),
        ]))];
        let field = self.fields.all;
        for name in names(words, types) {
            for before in [&[][..], &["so"]] {
                let texts = name.split(' ').chain(before.iter().copied()).chain([&*number.forms.fold]);
                let terms: Vec<Term> = texts.map(|text| Term::from_field_text(field, text)).collect();
                if self.afford(self.entries(field, &number.forms.fold).saturating_mul(PLACES)) {
                    ways.push(Box::new(PhraseQuery::new(terms)));
                } else {
                    self.loosened.set(true);
                }
            }
        }
        Box::new(BooleanQuery::union(ways))
    }

    fn together_if_affordable(&self, words: &[Word]) -> Box<dyn Query> {
        let field = self.fields.all;
        if self.afford_together(field, words) {
            return together(field, words);
        }
        self.loosened.set(true);
        let one = |word: &Word| term(field, &word.forms.fold, IndexRecordOption::WithFreqs);
        Box::new(BooleanQuery::intersection(words.iter().map(one).collect()))
    }

    fn rank(&self, asked: &Asked, clauses: &mut Vec<Clause>) {
        let mut add = |query: Box<dyn Query>, weight: Score| {
            clauses.push((Occur::Should, Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>));
        };
        let fields = self.fields;
        let words: Vec<Word> = asked.words().cloned().collect();
        let mut seen = HashSet::new();
        for word in words.iter().filter(|word| seen.insert(&word.forms.key)) {
            let Word { forms, .. } = word;
            if self.afford(self.entries(fields.title, &forms.fold)) {
                add(term(fields.title, &forms.fold, IndexRecordOption::WithFreqs), TITLE);
            }
            if self.tells(fields.summary, &forms.fold) {
                add(term(fields.summary, &forms.fold, IndexRecordOption::WithFreqs), SUMMARY);
            }
            if forms.marked() {
                if self.afford(self.entries(fields.title_marked, &forms.key)) {
                    add(term(fields.title_marked, &forms.key, IndexRecordOption::WithFreqs), TITLE_MARKED);
                }
                if self.tells(fields.all_marked, &forms.key) {
                    add(term(fields.all_marked, &forms.key, IndexRecordOption::WithFreqs), MARKED);
                }
            }
        }
        if words.len() > 1 {
            for (field, weight) in [(fields.title, TITLE_TOGETHER), (fields.summary, SUMMARY_TOGETHER)] {
                if self.afford_together(field, &words) {
                    add(together(field, &words), weight);
                }
            }
        }
        let is_numbered = words.iter().any(|word| word.forms.is_number());
        for part in &asked.parts {
            if let Part::Type(_, types) = part {
                add(certain(self.of_type(types)), if is_numbered { NUMBERED_TYPE } else { TYPE });
            }
        }
        self.rank_numbers(asked, &words, &mut add);
    }

    /// Whether a word tells items apart enough to be worth walking through all that have it: in a large index one
    /// that half of the items have adds next to nothing to a rank and costs most of the time.
    fn tells(&self, field: Field, text: &str) -> bool {
        let (items, with) = (self.searcher.num_docs(), self.entries(field, text));
        (items < LARGE || with < items / 2) && self.afford(with)
    }

    /// Number and symbol stand first: the whole one, then its beginning, then all its parts in any order.
    fn rank_numbers(&self, asked: &Asked, words: &[Word], add: &mut dyn FnMut(Box<dyn Query>, Score)) {
        let mut numbers: Vec<&[Word]> = Vec::new();
        if words.iter().any(|word| word.forms.is_number()) {
            numbers.push(words);
        }
        let besides: Vec<Word> = asked
            .parts
            .iter()
            .filter(|part| !matches!(part, Part::Type(..)))
            .flat_map(Part::words)
            .cloned()
            .collect();
        if besides.len() < words.len() && besides.first().is_some_and(|word| word.forms.is_number()) {
            numbers.push(&besides);
        }
        for part in &asked.parts {
            match part {
                Part::Joined(part) | Part::Phrase(part) if part.len() < words.len() => numbers.push(part),
                Part::Joined(part) if numbers.is_empty() => numbers.push(part),
                _ => {}
            }
        }
        for words in numbers {
            let joined = words.iter().map(|word| &*word.forms.fold).collect::<Vec<_>>().join("/");
            add(
                certain(term(self.fields.number_start, &format!("={joined}"), IndexRecordOption::Basic)),
                NUMBER_WHOLE,
            );
            add(certain(term(self.fields.number_start, &joined, IndexRecordOption::Basic)), NUMBER_START);
            let parts: Box<dyn Query> = Box::new(BooleanQuery::intersection(self.in_number(words)));
            add(certain(parts), NUMBER_PARTS);
        }
        for word in words.iter().filter(|word| word.forms.is_number()) {
            add(certain(term(self.fields.number, &word.forms.fold, IndexRecordOption::Basic)), NUMBER_WORD);
        }
    }

    fn in_number(&self, words: &[Word]) -> Vec<Box<dyn Query>> {
        words
            .iter()
            .map(|word| certain(term(self.fields.number, &word.forms.fold, IndexRecordOption::Basic)))
            .collect()
    }
}

/// What a type is called in texts: as typed, and in full.
fn names(words: &[Word], types: &[&Type]) -> Vec<String> {
    let typed = words.iter().map(|word| &*word.forms.fold).collect::<Vec<_>>().join(" ");
    let mut names: Vec<String> = types.iter().map(|one| one.name.to_owned()).chain([typed]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The parts, a word that is repeated once.
fn distinct(asked: &Asked) -> Vec<&Part> {
    let mut seen = HashSet::new();
    let mut parts = Vec::with_capacity(asked.parts.len());
    for part in &asked.parts {
        let is_new = match part {
            Part::Word(word) => seen.insert(&word.forms.fold),
            Part::Phrase(_) | Part::Joined(_) | Part::Type(..) => true,
        };
        parts.extend(is_new.then_some(part));
    }
    parts
}

fn together(field: Field, words: &[Word]) -> Box<dyn Query> {
    let mut terms: Vec<Term> =
        words.iter().map(|word| Term::from_field_text(field, &word.forms.fold)).collect();
    match (terms.len(), terms.pop()) {
        (1, Some(only)) => Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)),
        (_, Some(last)) => {
            terms.push(last);
            Box::new(PhraseQuery::new(terms))
        }
        (_, None) => Box::new(tantivy::query::EmptyQuery),
    }
}

fn term(field: Field, text: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}

/// The query with a score of one, however rare its words.
fn certain(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 1.0))
}

#[cfg(test)]
mod tests {
    use domain::time::Day;

    use super::*;
    use crate::collect::Collect;
    use crate::{Change, Entry, Index};

    const TODAY: Day = Day::constant(2026, 11, 23);
    const ITEMS: u64 = 50;

    fn index() -> Index {
        let index = Index::in_memory().unwrap();
        let text = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(20);
        let entry = |id: u64| Entry {
            id: id.to_string(),
            title: text.clone(),
            summary: text.clone(),
            body: text.clone(),
            day: TODAY,
            ..Entry::default()
        };
        let batch: Vec<Change> = (0..ITEMS).map(|id| Change::Put(Box::new(entry(id)))).collect();
        index.apply(&batch, 1).unwrap();
        index
    }

    /// What a question takes of so much; how many items it finds, and whether a phrase was loosened.
    fn cost(index: &Index, text: &str, most: u64) -> (u64, u64, bool) {
        let searcher = index.searcher();
        let plan = Plan { left: Cell::new(most), ..Plan::new(&index.fields, &searcher) };
        let query = crate::Query::new(text, TODAY);
        let found = searcher
            .search(&*plan.all(&Asked::read(text), true), &Collect { query: &query, ranked: true })
            .unwrap();
        (most - plan.left.get(), found.total, plan.is_loosened())
    }

    #[test]
    fn what_ranks_and_phrases_never_cost_more_than_may_be_read() {
        let index = index();
        let words = "một hai ba bốn năm sáu bảy tám chín mười";
        let quoted = "\"một hai\" \"ba bốn\" \"năm sáu\" \"bảy tám\" \"chín mười\"";
        let joined = "một-hai-ba-bốn-năm-sáu-bảy-tám-chín-mười";
        for hostile in [words, quoted, joined, &"một ".repeat(10), "\"mười một\" mười một"] {
            let (whole, total, loosened) = cost(&index, hostile, MOST_READ);
            assert_eq!((total, loosened), (ITEMS, false), "{hostile}");
            for most in [0, ITEMS, 10 * ITEMS, 25 * ITEMS] {
                let (taken, total, loosened) = cost(&index, hostile, most);
                assert!(taken <= most.min(whole), "{hostile}: {taken} of {most}");
                assert_eq!(total, ITEMS, "{hostile}");
                assert!(!loosened || hostile.contains(['"', '-']), "{hostile}");
            }
        }
        assert!(cost(&index, "\"hai một\"", 0).2, "a phrase is asked for as words when it costs too much");
        assert_eq!(cost(&index, "\"hai một\"", MOST_READ).1, 0);
    }

    #[test]
    fn a_word_that_is_repeated_costs_once() {
        let index = index();
        let once = cost(&index, "một", MOST_READ).0;
        // Beside it only the words standing together, in title and abstract.
        let again = cost(&index, &"một ".repeat(10), MOST_READ).0;
        assert_eq!(again, once + 2 * ITEMS * PLACES);
    }
}
