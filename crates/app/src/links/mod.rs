//! Links of what is public that lead nowhere: found by daily jobs, shown on the desk beside the duties. Links of this
//! site are followed in the database; other servers are asked only when that is switched on (`outside`).

pub(crate) mod outside;

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use store::Digest;
use store::public_item::{self, Filter, PublicItem};
use store::publication as rows;

pub use outgoing::{Answer, Fetched};
pub use outside::{Outside, Prober};
pub use store::publication::PublicationRow;

use crate::jobs::{self, Outcome};
use crate::{ActionError, Actor, App};

/// Broken links that are kept; more are only counted.
const KEPT: usize = 100;
/// Items read at a time.
const PART: u16 = 500;

/// Pages of the public site that are no items.
const PAGES: [&str; 14] = [
    "",
    "bieu-trung",
    "du-lieu-mo",
    "gop-y",
    "lien-he",
    "mau-sac",
    "robots.txt",
    "sitemap.xml",
    "so-do",
    "so-lieu",
    "thoi-han",
    "tim-kiem",
    "tro-nang",
    "assets",
];

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// The address of the page it stands on.
    pub page: String,
    /// The title of that page.
    pub title: String,
    /// Where it leads, or the name of the file that is missing.
    pub link: String,
}

/// What the last check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When it ended.
    pub at: Timestamp,
    /// How many links and files were looked at.
    pub checked: String,
    /// What is broken, at most a hundred.
    pub broken: Vec<Broken>,
}

/// What the last run that asked other servers found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideReport {
    /// When it ended.
    pub at: Timestamp,
    /// Its code: `outside_whole`, `outside_broken`, `outside_no_network`.
    pub code: String,
    /// Numbers by name: links there are (`total`), asked this time (`asked`), broken (`count`), failing for the first
    /// time (`waiting`), of which nothing can be told (`untold`).
    pub numbers: BTreeMap<String, String>,
    /// What is broken, at most a hundred.
    pub broken: Vec<Outside>,
}

/// What is known of the links of the site and of what is public past its day of review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Links of this site; none before the first check.
    pub own: Option<Report>,
    /// Whether other servers are asked.
    pub asks_outside: bool,
    /// Links to other sites; none before the first run, and none when that is switched off.
    pub outside: Option<OutsideReport>,
    /// Past the day of review.
    pub review: Vec<PublicationRow>,
}

/// The last checks, and what is public past its day of review.
///
/// # Errors
/// Without the right to see what is written for the public.
pub fn health(app: &App, actor: &Actor) -> Result<Health, ActionError> {
    actor.require(Capability::ReadPublications)?;
    let today = app.today();
    let review = app.read(|r| Ok(rows::past_review(r, today)?))?;
    let asks_outside = jobs::outside_is_on(app)?;
    let last = if asks_outside { jobs::last_outcome(app, jobs::Kind::OutsideLinks)? } else { None };
    let outside = last.filter(|(_, outcome)| outcome.code != "outside_off").map(|(at, mut outcome)| {
        let broken = outcome.args.remove("broken").and_then(|text| serde_json::from_str(&text).ok());
        OutsideReport { at, code: outcome.code, numbers: outcome.args, broken: broken.unwrap_or_default() }
    });
    let own = jobs::last_outcome(app, jobs::Kind::Links)?.map(|(at, outcome)| Report {
        at,
        checked: outcome.args.get("checked").cloned().unwrap_or_default(),
        broken: outcome
            .args
            .get("broken")
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default(),
    });
    Ok(Health { own, asks_outside, outside, review })
}

/// Looks at every link and file of everything public.
pub(crate) fn check(app: &App) -> Result<Outcome, ActionError> {
    let today = app.today();
    let (mut checked, mut count, mut broken) = (0_usize, 0_usize, Vec::new());
    each_item(app, |found| {
        for (link, is_good) in links_of(app, found, today)? {
            checked += 1;
            if !is_good {
                count += 1;
                if broken.len() < KEPT {
                    broken.push(Broken { page: address(found), title: found.item.title.clone(), link });
                }
            }
        }
        Ok(())
    })?;
    let outcome = if count == 0 { Outcome::good("links_whole") } else { Outcome::bad("links_broken") };
    let kept = serde_json::to_string(&broken).map_err(anyhow::Error::new)?;
    Ok(outcome.with("checked", checked).with("count", count).with("broken", kept))
}

/// Walks everything public, a part at a time.
fn each_item(
    app: &App,
    mut work: impl FnMut(&PublicItem) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    let filter = Filter { per_page: PART, ..Filter::of(&[], app.today()) };
    let mut after = String::new();
    loop {
        let part = app.read(|r| Ok(public_item::after(r, &filter, &after)?))?;
        let Some(last) = part.last() else { return Ok(()) };
        after = last.id.to_string();
        part.iter().try_for_each(&mut work)?;
    }
}

fn address(found: &PublicItem) -> String {
    Kind::from_word(&found.item.kind)
        .map_or_else(|| "/".to_owned(), |kind| format!("/{}/{}", kind.spec().path, found.id))
}

/// Links and files of an item, and whether each is there.
fn links_of(app: &App, found: &PublicItem, today: Day) -> Result<Vec<(String, bool)>, ActionError> {
    let mut all = Vec::new();
    for file in &found.item.files {
        let is_good = match Digest::parse(&file.digest) {
            Some(digest) => app.blobs().exists(&digest)?,
            None => false,
        };
        all.push((file.name.clone(), is_good));
    }
    for link in rich_text::links(&found.item.body) {
        let own = link.strip_prefix(app.base_url()).unwrap_or(&link);
        if own.starts_with('/') && !own.starts_with("//") {
            let is_good = app.read(|r| leads_somewhere(r, own, today))?;
            all.push((link, is_good));
        }
    }
    Ok(all)
}

fn leads_somewhere(r: &mut store::Reader<'_>, path: &str, today: Day) -> Result<bool, ActionError> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_matches('/').split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    if first == "tep" {
        let digest = second.and_then(Digest::parse);
        return Ok(match digest {
            Some(digest) => public_item::file(r, &digest, today)?.is_some(),
            None => false,
        });
    }
    if !Kind::ALL.iter().any(|kind| kind.spec().path == first) {
        return Ok(PAGES.contains(&first));
    }
    let Some(name) = second else { return Ok(true) };
    if ["rss.xml", "atom.xml", "podcast.xml"].contains(&name) {
        return Ok(true);
    }
    let id = name.rsplit('-').next().and_then(|id| id.parse::<PublicationId>().ok());
    let found = match id {
        Some(id) => public_item::find(r, id)?,
        None => None,
    };
    Ok(found.is_some_and(|found| found.withdrawn.is_none() && found.item.posted_on <= today))
}
