//! Answering a search.

use std::collections::{BTreeMap, HashMap};

use ::search::{Count, Facet, Marked, Query, Results, Suggestion};
use domain::publication::effect::Status;
use domain::time::Day;
use store::public_item::{self as rows, Standing};

use super::keeper;
use crate::{ActionError, App};

/// The answer to a search.
#[derive(Debug, Clone)]
pub enum Answer {
    /// What was found.
    Found(Found),
    /// The index is being made; nothing can be found yet.
    Preparing,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many items on all pages.
    pub total: u64,
    /// The page that was asked for.
    pub hits: Vec<Hit>,
    /// Values with their counts; most frequent first, years newest first.
    pub facets: BTreeMap<Facet, Vec<Count>>,
    /// The question with the marks that the found items have.
    pub did_you_mean: Option<String>,
    /// Nothing has the question as typed: what was searched for instead.
    pub mended: Option<String>,
    /// No item has all that was asked; these have most of it.
    pub partial: bool,
    /// The question was longer than is read.
    pub cut: bool,
}

/// An item that was found, public at the moment of the answer.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The stored word of its kind.
    pub kind: String,
    /// Its title, with the places that were found.
    pub title: Marked,
    /// Number and symbol, with the places that were found.
    pub symbol: Option<Marked>,
    /// The best piece of its text.
    pub excerpt: Marked,
    /// The day it stands under.
    pub day: Day,
    /// Its address, as path.
    pub path: String,
    /// Its section; of documents the type.
    pub section: String,
    /// Who issued or supplied it.
    pub source: String,
    /// How it stands today; none for what is no legal normative document.
    pub effect: Option<Status>,
}

/// Answers a search from what is public now.
///
/// # Errors
/// When the database or the index fails.
pub fn find(app: &App, query: &Query) -> Result<Answer, ActionError> {
    keeper::catch_up(app).or_else(tolerable)?;
    let place = app.search_place();
    let Some(index) = place.ready() else { return Ok(Answer::Preparing) };
    let query = Query { today: app.today(), ..query.clone() };
    let upto = index.upto().map_err(|error| place.failed(error))?;
    let results = index.search(&query).map_err(|error| place.failed(error))?;
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    let public = standing(app, &ids, upto)?;
    let effects = app.read(|r| Ok(store::public_relation::statuses(r, &ids, query.today)?))?;
    Ok(Answer::Found(shown(results, &public, &effects)))
}

/// At most so many items that go on as what was typed begins; nothing while the index is being made.
///
/// # Errors
/// When the database or the index fails.
pub fn suggest(app: &App, typed: &str, limit: usize) -> Result<Vec<Suggestion>, ActionError> {
    keeper::catch_up(app).or_else(tolerable)?;
    let place = app.search_place();
    let Some(index) = place.ready() else { return Ok(Vec::new()) };
    let upto = index.upto().map_err(|error| place.failed(error))?;
    let found = index.suggest(typed, limit, app.today()).map_err(|error| place.failed(error))?;
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    let public = standing(app, &ids, upto)?;
    Ok(found.into_iter().filter(|one| public.contains_key(&one.id)).collect())
}

/// Another program that keeps the index is no reason not to search it.
fn tolerable(error: ActionError) -> Result<(), ActionError> {
    match error {
        ActionError::Refused(_) => Ok(()),
        error => Err(error),
    }
}

/// Those of the items that are public now and read as the index has them.
fn standing(app: &App, ids: &[&str], upto: u64) -> Result<HashMap<String, Standing>, ActionError> {
    let upto = i64::try_from(upto).unwrap_or(i64::MAX);
    let today = app.today();
    let rows = app.read(|r| Ok(rows::standing(r, ids)?))?;
    let is_shown = |row: &Standing| !row.is_withdrawn && row.posted_on <= today && row.changed <= upto;
    Ok(rows.into_iter().filter(is_shown).map(|row| (row.id.clone(), row)).collect())
}

fn shown(results: Results, public: &HashMap<String, Standing>, effects: &BTreeMap<String, Status>) -> Found {
    let found = results.hits.len();
    let hits: Vec<Hit> = results
        .hits
        .into_iter()
        .filter_map(|hit| {
            let row = public.get(&hit.id)?;
            Some(Hit {
                kind: hit.kind,
                title: hit.title,
                symbol: hit.number_symbol,
                excerpt: hit.excerpt,
                day: hit.day,
                path: hit.url,
                section: row.section.clone(),
                source: row.source.clone(),
                effect: effects.get(&hit.id).copied(),
            })
        })
        .collect();
    let gone = found - hits.len();
    Found {
        total: results.total.saturating_sub(gone as u64),
        // It is drawn from the texts of all hits.
        did_you_mean: results.did_you_mean.filter(|_| gone == 0),
        mended: results.mended,
        facets: results.facets,
        partial: results.partial,
        cut: results.cut,
        hits,
    }
}
