//! Suggestions while a question is typed: titles and numbers that go on as it begins.

use std::collections::{BTreeMap, HashSet};

use domain::text;
use domain::time::Day;
use tantivy::Searcher;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::collect::Collect;
use crate::excerpt::{Finder, Marked};
use crate::plan::Plan;
use crate::query::{Asked, Part, Query, Word};
use crate::{Error, Index};

/// Suggestions at most.
pub const MOST_SUGGESTIONS: usize = 10;
/// What a number that goes on as typed weighs: more than words of a title.
const NUMBER: f32 = 1_000.0;
/// A word begun is continued in this many ways at most, the most frequent ones.
const CONTINUED: usize = 40;
/// Continuations looked at in each part of the index.
const LOOKED_AT: usize = 2_000;

/// An item whose title or number goes on as the question begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Identifier as put in.
    pub id: String,
    /// Kind as put in.
    pub kind: String,
    /// The title; whole words of the question are marked.
    pub title: Marked,
    /// Number and symbol.
    pub number_symbol: Option<String>,
    /// Address as put in.
    pub url: String,
}

impl Index {
    /// At most `limit` (and [`MOST_SUGGESTIONS`]) items for what has been typed so far; the last word may be half
    /// typed. Items of one title are given once. `today` as in [`Query`].
    ///
    /// # Errors
    /// Only when the index itself fails.
    pub fn suggest(&self, typed: &str, limit: usize, today: Day) -> Result<Vec<Suggestion>, Error> {
        let searcher = self.searcher();
        let plan = Plan::new(&self.fields, &searcher);
        let mut asked = Asked::read(typed);
        plan.settle_telex(&mut asked)?;
        asked.name_types();
        let words: Vec<&Word> = asked.words().collect();
        let limit = limit.min(MOST_SUGGESTIONS);
        let Some((last, before)) = words.split_last().filter(|_| limit > 0) else { return Ok(Vec::new()) };
        let half = last.place.end == asked.text.len();

        let mut numbers = words.iter().map(|word| &*word.forms.fold).collect::<Vec<_>>().join("/");
        if !half {
            numbers.push('/');
        }
        let mut ways = vec![
            (Occur::Should, self.in_title(&searcher, before, last, half)?),
            (Occur::Should, continued(&searcher, self.fields.number_start, &numbers, NUMBER)?),
        ];
        if let [Part::Type(_, types), number] = asked.parts.as_slice()
            && number.words().first().is_some_and(|word| word.forms.is_number())
        {
            // `qd 7`: the number goes on, of documents of that type.
            let start = number.words().iter().map(|word| &*word.forms.fold).collect::<Vec<_>>().join("/");
            let start = if half { start } else { format!("{start}/") };
            let continued = continued(&searcher, self.fields.number_start, &start, NUMBER)?;
            let of_type: Box<dyn EngineQuery> = plan.of_type(types);
            let both = BooleanQuery::new(vec![(Occur::Must, of_type), (Occur::Must, continued)]);
            ways.push((Occur::Should, Box::new(both)));
        }
        let query = BooleanQuery::new(ways);
        // Some more than wanted, for titles that repeat.
        let more = Query { limit: limit * 4, ..Query::new("", today) };
        let found = searcher.search(&query, &Collect { query: &more, ranked: true })?;

        let mut finder = Finder::new(&asked);
        let mut seen = HashSet::new();
        let mut suggestions = Vec::new();
        for item in &found.best {
            let (id, kept) = self.kept(&searcher, item.address)?;
            if seen.insert((text::fold(&kept.title), kept.number_symbol.clone())) {
                let title = finder.mark(&kept.title);
                let number_symbol = kept.number_symbol;
                suggestions.push(Suggestion { id, kind: kept.kind, title, number_symbol, url: kept.url });
            }
            if suggestions.len() == limit {
                break;
            }
        }
        Ok(suggestions)
    }

    /// Titles with all words, the last one perhaps continued.
    fn in_title(
        &self,
        searcher: &Searcher,
        before: &[&Word],
        last: &Word,
        half: bool,
    ) -> Result<Box<dyn EngineQuery>, Error> {
        let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::new();
        for word in before {
            clauses.push((Occur::Must, term(self.fields.title, &word.forms.fold)));
        }
        for word in before.iter().copied().chain([last]).filter(|word| word.forms.marked()) {
            clauses.push((Occur::Should, term(self.fields.title_marked, &word.forms.key)));
        }
        clauses.push((
            Occur::Must,
            if half {
                continued(searcher, self.fields.title, &last.forms.fold, 1.0)?
            } else {
                term(self.fields.title, &last.forms.fold)
            },
        ));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }
}

/// The most frequent terms of `field` that begin with `start`; the word itself counts double.
fn continued(
    searcher: &Searcher,
    field: Field,
    start: &str,
    weight: f32,
) -> Result<Box<dyn EngineQuery>, Error> {
    let mut end = start.as_bytes().to_vec();
    end.push(0xff);
    let mut frequency: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().range().ge(start).lt(&end).into_stream()?;
        let mut left = LOOKED_AT;
        while left > 0 && terms.advance() {
            left -= 1;
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                *frequency.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut terms: Vec<(String, u64)> = frequency.into_iter().collect();
    terms.sort_by(|a, b| (b.0 == start).cmp(&(a.0 == start)).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let alternatives = terms.into_iter().take(CONTINUED).map(|(text, _)| {
        let whole = if text == start { 2.0 } else { 1.0 };
        let query = ConstScoreQuery::new(term(field, &text), 1.0);
        Box::new(BoostQuery::new(Box::new(query), weight * whole)) as Box<dyn EngineQuery>
    });
    Ok(Box::new(BooleanQuery::union(alternatives.collect())))
}

fn term(field: Field, text: &str) -> Box<dyn EngineQuery> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}
