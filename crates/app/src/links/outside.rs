//! Links of what is public to other sites. They are asked only when the administrator switched that on: an
//! installation without a way to the Internet would report every link as broken. Where no server at all was heard, the
//! run says so and keeps nothing.

use std::collections::BTreeMap;
use std::io;

use jiff::SignedDuration;
use outgoing::{Answer, Fetched};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::outside_link::{self, OutsideLink};

use super::{Broken, KEPT, address, each_item};
use crate::jobs::{Outcome, outside_is_on};
use crate::{ActionError, App};

/// Links that are asked in one run, and of one host.
const ASKED: usize = 300;
const ASKED_OF_HOST: usize = 50;
/// A link is asked again after so long, and is broken when it failed so long: two runs, one day apart. A little less
/// than a day, so that a run that begins a minute early counts.
const APART: SignedDuration = SignedDuration::from_hours(20);
/// Pages named for one broken link.
const PAGES: usize = 5;

/// Who asks other servers: a port, so that no action knows of the network.
pub trait Prober: Send + Sync {
    /// Asks for each link once. Blocks; what was not reached in time has no answer.
    ///
    /// # Errors
    /// When nothing can be asked at all.
    fn look(&self, links: &[String]) -> io::Result<Vec<(String, Answer)>>;

    /// Fetches a document of at most so many bytes that a person asked for. Blocks.
    ///
    /// # Errors
    /// When nothing can be asked at all.
    fn fetch(&self, link: &str, most: usize) -> io::Result<Fetched>;
}

impl Prober for outgoing::Client {
    fn look(&self, links: &[String]) -> io::Result<Vec<(String, Answer)>> {
        outgoing::Client::look(self, links)
    }

    fn fetch(&self, link: &str, most: usize) -> io::Result<Fetched> {
        outgoing::Client::fetch(self, link, most)
    }
}

/// A link to another site that leads nowhere, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// Where it stands and leads.
    #[serde(flatten)]
    pub broken: Broken,
    /// The word of why; locale key `duty.outside.reason.<word>`.
    pub reason: String,
    /// The status a server answered; empty for other reasons.
    pub status: String,
}

/// The stored word of an answer, with the status.
fn word(answer: Answer) -> String {
    match answer {
        Answer::Leads => "leads".to_owned(),
        Answer::Status(status) => format!("status {status}"),
        Answer::Lost => "lost".to_owned(),
        Answer::Unanswered => "unanswered".to_owned(),
        Answer::Silent => "silent".to_owned(),
        Answer::Untrusted => "untrusted".to_owned(),
        Answer::Forbidden => "forbidden".to_owned(),
    }
}

/// Links to other sites by address, without what stands after `#`, and where they stand.
type Found = BTreeMap<String, Vec<(String, String)>>;

fn find(app: &App) -> Result<Found, ActionError> {
    let mut found = Found::new();
    each_item(app, |item| {
        for link in rich_text::links(&item.item.body) {
            let url = link.split('#').next().unwrap_or_default();
            let is_own =
                url.strip_prefix(app.base_url()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            if is_own || !(url.starts_with("http://") || url.starts_with("https://")) {
                continue;
            }
            let pages = found.entry(url.to_owned()).or_default();
            let page = (address(item), item.item.title.clone());
            if pages.len() < PAGES && !pages.contains(&page) {
                pages.push(page);
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// What a run found and is left to write.
pub(crate) struct Looked {
    asked: Vec<OutsideLink>,
    gone: Vec<String>,
    outcome: Outcome,
}

impl Looked {
    /// Writes it.
    pub(crate) fn keep(self, tx: &mut Tx<'_>) -> Result<Outcome, ActionError> {
        for row in &self.asked {
            outside_link::save(tx, row)?;
        }
        for url in &self.gone {
            outside_link::remove(tx, url)?;
        }
        Ok(self.outcome)
    }
}

/// Asks what is due; nothing when that is switched off.
pub(crate) fn look(app: &App) -> Result<Looked, ActionError> {
    let prober = match app.prober() {
        Some(prober) if outside_is_on(app)? => prober,
        _ => {
            return Ok(Looked { asked: Vec::new(), gone: Vec::new(), outcome: Outcome::good("outside_off") });
        }
    };
    let found = find(app)?;
    let known = app.read(|r| Ok(outside_link::all(r)?))?;
    let mut known: BTreeMap<String, OutsideLink> =
        known.into_iter().map(|row| (row.url.clone(), row)).collect();
    let now = app.now();
    let answers = prober.look(&chosen(&found, &known, now)).map_err(anyhow::Error::new)?;
    let is_heard = answers.is_empty() || answers.iter().any(|(_, answer)| answer.is_heard());
    let gone: Vec<String> = known.keys().filter(|url| !found.contains_key(*url)).cloned().collect();
    known.retain(|url, _| found.contains_key(url));
    let mut asked = Vec::new();
    for (url, answer) in answers.into_iter().filter(|_| is_heard) {
        let before = known.get(&url).and_then(|row| row.failing_since);
        let failing_since = answer.is_broken().then(|| before.unwrap_or(now));
        let row = OutsideLink { url: url.clone(), checked_at: now, failing_since, answer: word(answer) };
        asked.push(row.clone());
        known.insert(url, row);
    }
    let outcome = outcome(&found, &known, (asked.len(), is_heard))?;
    Ok(Looked { asked, gone, outcome })
}

/// What is asked this time: half of the places for what failed, then what was asked longest ago.
fn chosen(found: &Found, known: &BTreeMap<String, OutsideLink>, now: domain::time::Timestamp) -> Vec<String> {
    let asked = |url: &String| known.get(url).map(|row| row.checked_at);
    let is_due = |url: &&String| asked(url).is_none_or(|at| now.duration_since(at) >= APART);
    let is_failing = |url: &String| known.get(url).is_some_and(|row| row.failing_since.is_some());
    let (mut failing, mut rest): (Vec<&String>, Vec<&String>) =
        found.keys().filter(is_due).partition(|url| is_failing(url));
    failing.sort_by_key(|url| asked(url));
    rest.sort_by_key(|url| asked(url));
    let places = failing.len().min((ASKED / 2).max(ASKED.saturating_sub(rest.len())));
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    let is_polite = |url: &&String| {
        let count = hosts.entry(outgoing::host(url).unwrap_or_default()).or_default();
        *count += 1;
        *count <= ASKED_OF_HOST
    };
    failing.into_iter().take(places).chain(rest).filter(is_polite).take(ASKED).cloned().collect()
}

fn outcome(
    found: &Found,
    known: &BTreeMap<String, OutsideLink>,
    (asked, is_heard): (usize, bool),
) -> Result<Outcome, ActionError> {
    let is_broken = |row: &&OutsideLink| {
        row.failing_since.is_some_and(|since| row.checked_at.duration_since(since) >= APART)
    };
    let (mut count, mut broken) = (0_usize, Vec::new());
    for row in known.values().filter(is_broken) {
        count += 1;
        let (reason, status) = row.answer.split_once(' ').unwrap_or((&row.answer, ""));
        for (page, title) in found.get(&row.url).into_iter().flatten() {
            if broken.len() < KEPT {
                let at = Broken { page: page.clone(), title: title.clone(), link: row.url.clone() };
                broken.push(Outside { broken: at, reason: reason.to_owned(), status: status.to_owned() });
            }
        }
    }
    let of = |word: &str| known.values().filter(|row| row.answer == word).count();
    let failing = known.values().filter(|row| row.failing_since.is_some()).count();
    let outcome = match (is_heard, count) {
        (false, _) => Outcome::bad("outside_no_network"),
        (true, 0) => Outcome::good("outside_whole"),
        (true, _) => Outcome::bad("outside_broken"),
    };
    let kept = serde_json::to_string(&broken).map_err(anyhow::Error::new)?;
    let all = [
        ("total", found.len()),
        ("asked", asked),
        ("count", count),
        ("waiting", failing - count),
        ("untold", of("untrusted") + of("forbidden")),
    ];
    Ok(all.into_iter().fold(outcome, |outcome, (name, count)| outcome.with(name, count)).with("broken", kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_never_asked_comes_first_failing_links_have_half_of_the_places_and_no_host_has_all() {
        let now: domain::time::Timestamp = "2020-12-15T00:00:00Z".parse().unwrap();
        let ago = |hours: i64| now.checked_sub(SignedDuration::from_hours(hours)).unwrap();
        let url = |host: usize, page: usize| format!("https://h{host}.vn/{page:03}");
        let row = |url: String, hours: i64, failing: bool| OutsideLink {
            url,
            checked_at: ago(hours),
            failing_since: failing.then(|| ago(hours)),
            answer: "leads".to_owned(),
        };
        let mut found = Found::new();
        let mut known = BTreeMap::new();
        for host in 0..20 {
            for page in 0..30 {
                found.insert(url(host, page), Vec::new());
                if host < 10 {
                    known.insert(url(host, page), row(url(host, page), 30, true));
                }
            }
        }
        let first = chosen(&found, &known, now);
        let failing = first.iter().filter(|url| known.contains_key(*url)).count();
        assert_eq!((first.len(), failing), (300, 150));
        // Nothing is asked twice within a day; one host never takes more than its share.
        for row in known.values_mut() {
            row.checked_at = ago(19);
        }
        assert!(chosen(&found, &known, now).iter().all(|url| !known.contains_key(url)));
        let one: Found = (0..200).map(|page| (url(1, page), Vec::new())).collect();
        assert_eq!(chosen(&one, &BTreeMap::new(), now).len(), ASKED_OF_HOST);
    }
}
