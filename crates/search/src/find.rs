//! Searching.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::text;
use domain::time::Day;
use tantivy::query::AllQuery;
use tantivy::schema::{TantivyDocument, Value};
use tantivy::{DocAddress, Searcher};

use crate::collect::{Collect, Found};
use crate::entry::Kept;
use crate::excerpt::{Finder, Marked};
use crate::plan::Plan;
use crate::query::{Asked, DEEPEST, Facet, LARGEST_PAGE, Query};
use crate::words::{Forms, words};
use crate::{Error, Index, meant, typo};

/// An item that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Identifier as put in.
    pub id: String,
    /// Kind as put in.
    pub kind: String,
    /// The whole title with what was found in it.
    pub title: Marked,
    /// Number and symbol with what was found in it.
    pub number_symbol: Option<Marked>,
    /// The best piece of abstract, body or attachments.
    pub excerpt: Marked,
    /// Day as put in.
    pub day: Day,
    /// Address as put in.
    pub url: String,
}

/// The value of a facet and how many hits have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value as put in.
    pub value: String,
    /// Items with it, were this facet not narrowed; all other filters apply.
    pub count: u64,
}

/// The answer to a [`Query`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// How many items were found in all.
    pub total: u64,
    /// The page that was asked for.
    pub hits: Vec<Hit>,
    /// Values with their counts; most frequent first, years newest first. Facets without values are missing.
    pub facets: BTreeMap<Facet, Vec<Count>>,
    /// The question with the marks that the found items have, when it was typed with others or none.
    pub did_you_mean: Option<String>,
    /// Nothing has the question as typed: what was searched for instead, with the words mended that are nowhere.
    pub mended: Option<String>,
    /// No item has all that was asked; these have most of it.
    pub partial: bool,
    /// The question was longer than is read, the page deeper than is shown, or a phrase of words so frequent that they
    /// were not compared by their places.
    pub cut: bool,
}

impl Index {
    /// Answers `query`. Strange input gives an answer, not an error.
    ///
    /// # Errors
    /// Only when the index itself fails.
    pub fn search(&self, query: &Query) -> Result<Results, Error> {
        let searcher = self.searcher();
        let plan = Plan::new(&self.fields, &searcher);
        let mut asked = Asked::read(&query.text);
        plan.settle_telex(&mut asked)?;
        asked.name_types();

        let mut query = query.clone();
        let cut = asked.cut || query.offset > DEEPEST || query.limit > LARGEST_PAGE;
        query.offset = query.offset.min(DEEPEST);
        query.limit = query.limit.min(LARGEST_PAGE);

        let Walked { found, partial, mended } = walk(&plan, &asked, &query)?;
        let cut = cut || plan.is_loosened();
        let hits = self.hits(&searcher, mended.as_ref().unwrap_or(&asked), &found)?;
        let (did_you_mean, mended) = match mended {
            None => (meant::marks(&asked, &hits), None),
            Some(mended) => (None, Some(meant::marks(&mended, &hits).unwrap_or(mended.text))),
        };
        Ok(Results {
            total: found.total,
            facets: facets(found.counts),
            did_you_mean,
            mended,
            partial,
            cut,
            hits,
        })
    }

    fn hits(&self, searcher: &Searcher, asked: &Asked, found: &Found) -> Result<Vec<Hit>, Error> {
        let mut finder = Finder::new(asked);
        let mut hits = Vec::with_capacity(found.best.len());
        for item in &found.best {
            let (id, kept) = self.kept(searcher, item.address)?;
            let mut excerpt = finder.excerpt(&[&kept.summary, &kept.text]);
            // Who signed says nothing unless it was asked for.
            if excerpt.ranges.is_empty() && has_all(&kept.signer, asked) {
                excerpt = finder.mark(&kept.signer);
            }
            hits.push(Hit {
                id,
                kind: kept.kind,
                title: finder.mark(&kept.title),
                number_symbol: kept.number_symbol.as_deref().map(|number| finder.mark(number)),
                excerpt,
                day: kept.day,
                url: kept.url,
            });
        }
        Ok(hits)
    }

    pub(crate) fn kept(&self, searcher: &Searcher, address: DocAddress) -> Result<(String, Kept), Error> {
        let doc: TantivyDocument = searcher.doc(address)?;
        let id = doc.get_first(self.fields.id).and_then(|id| id.as_str()).unwrap_or_default().to_owned();
        let kept = doc.get_first(self.fields.kept).and_then(|kept| kept.as_bytes()).unwrap_or_default();
        Ok((id, serde_json::from_slice(kept)?))
    }
}

/// Whether every word of the question is in a text.
fn has_all(text: &str, asked: &Asked) -> bool {
    let found: HashSet<Arc<str>> = words(text).map(|place| Forms::of(&text[place]).fold).collect();
    asked.words().all(|word| found.contains(&word.forms.fold))
}

struct Walked {
    found: Found,
    partial: bool,
    mended: Option<Asked>,
}

/// As typed; then with what was typed wrong mended; then what has most of it.
fn walk(plan: &Plan<'_>, asked: &Asked, query: &Query) -> Result<Walked, Error> {
    let mut collect = Collect { query, ranked: !asked.parts.is_empty() };
    let as_asked = |found| Walked { found, partial: false, mended: None };
    if asked.parts.is_empty() {
        return Ok(as_asked(plan.searcher.search(&AllQuery, &collect)?));
    }
    let is_ranked = query.order == crate::Order::Relevance;
    let found = plan.searcher.search(&*plan.all(asked, is_ranked), &collect)?;
    if found.matched > 0 {
        return Ok(as_asked(found));
    }
    if let Some(mut mended) = typo::mended(plan, asked)? {
        mended.name_types();
        let found = plan.searcher.search(&*plan.all(&mended, is_ranked), &collect)?;
        if found.matched > 0 {
            return Ok(Walked { found, partial: false, mended: Some(mended) });
        }
    }
    if asked.parts.len() < 3 && !asked.numbers_a_document() {
        return Ok(as_asked(found));
    }
    let best_first = Query { order: crate::Order::Relevance, ..query.clone() };
    collect.query = &best_first;
    let found = plan.searcher.search(&*plan.most(asked), &collect)?;
    let partial = found.matched > 0;
    Ok(Walked { found, partial, mended: None })
}

fn facets(counts: BTreeMap<Facet, BTreeMap<String, u64>>) -> BTreeMap<Facet, Vec<Count>> {
    counts
        .into_iter()
        .filter(|(_, counts)| !counts.is_empty())
        .map(|(facet, counts)| {
            let mut counts = text::one_of_each_name(counts.into_iter().collect());
            if facet == Facet::Year {
                counts.sort_by(|a, b| b.0.cmp(&a.0));
            }
            (facet, counts.into_iter().map(|(value, count)| Count { value, count }).collect())
        })
        .collect()
}
