//! A question in words as a question to the engine.
//!
//! Every part has to be in the item, in any text of it, without regard to marks. What ranks is added beside: words
//! in the title, in the abstract, written with the same marks, standing together; number and symbol above all.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use crate::Error;
use crate::query::{Asked, Part, Word};
use crate::schema::Fields;

const TITLE: Score = 3.0;
const TITLE_MARKED: Score = 2.0;
const SUMMARY: Score = 1.5;
const MARKED: Score = 0.8;
const TITLE_TOGETHER: Score = 2.0;
const SUMMARY_TOGETHER: Score = 1.0;
const NUMBER_WORD: Score = 20.0;
/// Far above what words can reach, each far above the one before.
const NUMBER_PARTS: Score = 1_000.0;
const NUMBER_START: Score = 2_000.0;
const NUMBER_WHOLE: Score = 8_000.0;

/// Items of an index in which walking through half of them costs something.
const LARGE: u64 = 20_000;

type Clause = (Occur, Box<dyn Query>);

pub(crate) struct Plan<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
}

impl Plan<'_> {
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
            asked.parts.iter().map(|part| (Occur::Must, self.part(part))).collect();
        if ranked {
            self.rank(asked, &mut clauses);
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Three fifths of the parts, for questions to which nothing has all.
    pub(crate) fn most(&self, asked: &Asked) -> Box<dyn Query> {
        let parts = asked.parts.iter().map(|part| (Occur::Should, self.part(part))).collect();
        let enough = (asked.parts.len() * 3).div_ceil(5);
        let mut clauses: Vec<Clause> =
            vec![(Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(parts, enough)))];
        self.rank(asked, &mut clauses);
        Box::new(BooleanQuery::new(clauses))
    }

    fn part(&self, part: &Part) -> Box<dyn Query> {
        match part {
            Part::Word(word) => term(self.fields.all, &word.forms.fold, IndexRecordOption::WithFreqs),
            Part::Phrase(words) => together(self.fields.all, words),
            Part::Joined(words) => Box::new(BooleanQuery::union(vec![
                together(self.fields.all, words),
                Box::new(BooleanQuery::intersection(self.in_number(words))),
            ])),
        }
    }

    fn rank(&self, asked: &Asked, clauses: &mut Vec<Clause>) {
        let mut add = |query: Box<dyn Query>, weight: Score| {
            clauses.push((Occur::Should, Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>));
        };
        let fields = self.fields;
        let words: Vec<Word> = asked.words().cloned().collect();
        for word in &words {
            let Word { forms, .. } = word;
            add(term(fields.title, &forms.fold, IndexRecordOption::WithFreqs), TITLE);
            if self.tells(fields.summary, &forms.fold) {
                add(term(fields.summary, &forms.fold, IndexRecordOption::WithFreqs), SUMMARY);
            }
            if forms.marked() {
                add(term(fields.title_marked, &forms.key, IndexRecordOption::WithFreqs), TITLE_MARKED);
                if self.tells(fields.all_marked, &forms.key) {
                    add(term(fields.all_marked, &forms.key, IndexRecordOption::WithFreqs), MARKED);
                }
            }
        }
        if words.len() > 1 {
            add(together(fields.title, &words), TITLE_TOGETHER);
            add(together(fields.summary, &words), SUMMARY_TOGETHER);
        }
        self.rank_numbers(asked, &words, &mut add);
    }

    /// Whether a word tells items apart enough to be worth walking through all that have it: in a large index one
    /// that half of the items have adds next to nothing to a rank and costs most of the time.
    fn tells(&self, field: Field, text: &str) -> bool {
        let items = self.searcher.num_docs();
        // What cannot be counted is weighed.
        let with = self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0);
        items < LARGE || with < items / 2
    }

    /// Number and symbol stand first: the whole one, then its beginning, then all its parts in any order.
    fn rank_numbers(&self, asked: &Asked, words: &[Word], add: &mut dyn FnMut(Box<dyn Query>, Score)) {
        let mut numbers: Vec<&[Word]> = Vec::new();
        if words.iter().any(|word| word.forms.is_number()) {
            numbers.push(words);
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
