//! Searching.

use std::collections::BTreeMap;

use domain::time::Day;
use tantivy::query::AllQuery;
use tantivy::schema::{TantivyDocument, Value};
use tantivy::{DocAddress, Searcher};

use crate::collect::{Collect, Found};
use crate::entry::Kept;
use crate::excerpt::{Finder, Marked};
use crate::plan::Plan;
use crate::query::{Asked, DEEPEST, Facet, LARGEST_PAGE, Query};
use crate::{Error, Index, meant};

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

        let mut query = query.clone();
        let cut = asked.cut || query.offset > DEEPEST || query.limit > LARGEST_PAGE;
        query.offset = query.offset.min(DEEPEST);
        query.limit = query.limit.min(LARGEST_PAGE);

        let (found, partial) = walk(&plan, &asked, &query)?;
        let cut = cut || plan.is_loosened();
        let hits = self.hits(&searcher, &asked, &found)?;
        let did_you_mean = meant::marks(&asked, &hits);
        Ok(Results { total: found.total, facets: facets(found.counts), did_you_mean, partial, cut, hits })
    }

    fn hits(&self, searcher: &Searcher, asked: &Asked, found: &Found) -> Result<Vec<Hit>, Error> {
        let mut finder = Finder::new(asked);
        let mut hits = Vec::with_capacity(found.best.len());
        for item in &found.best {
            let (id, kept) = self.kept(searcher, item.address)?;
            hits.push(Hit {
                id,
                kind: kept.kind,
                title: finder.mark(&kept.title),
                number_symbol: kept.number_symbol.as_deref().map(|number| finder.mark(number)),
                excerpt: finder.excerpt(&[&kept.summary, &kept.text]),
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

fn walk(plan: &Plan<'_>, asked: &Asked, query: &Query) -> Result<(Found, bool), Error> {
    let mut collect = Collect { query, ranked: !asked.parts.is_empty() };
    if asked.parts.is_empty() {
        return Ok((plan.searcher.search(&AllQuery, &collect)?, false));
    }
    let all = plan.all(asked, query.order == crate::Order::Relevance);
    let found = plan.searcher.search(&*all, &collect)?;
    if found.matched > 0 || asked.parts.len() < 3 {
        return Ok((found, false));
    }
    let best_first = Query { order: crate::Order::Relevance, ..query.clone() };
    collect.query = &best_first;
    let found = plan.searcher.search(&*plan.most(asked), &collect)?;
    let partial = found.matched > 0;
    Ok((found, partial))
}

fn facets(counts: BTreeMap<Facet, BTreeMap<String, u64>>) -> BTreeMap<Facet, Vec<Count>> {
    counts
        .into_iter()
        .filter(|(_, counts)| !counts.is_empty())
        .map(|(facet, counts)| {
            let mut counts: Vec<Count> =
                counts.into_iter().map(|(value, count)| Count { value, count }).collect();
            if facet == Facet::Year {
                counts.sort_by(|a, b| b.value.cmp(&a.value));
            } else {
                counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            }
            (facet, counts)
        })
        .collect()
}
