//! Checking that nothing was changed past the ledger.

use app::overseeing::{self, Health};
use askama::Template;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Fact, Facts, Tone};
use web_kit::form::Submitted;
use web_kit::{Cache, PageResult, page};

use super::PATH;
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "ledger/verify.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    faults: Vec<String>,
}

/// Checks chain, rows, database and files; shows what was found.
pub async fn verify(staff: Staff, _: Submitted) -> PageResult {
    let t = staff.t();
    let health = staff.run(overseeing::verify_now).await.map_err(refusal::fault)?;
    let banner = if health.is_good() {
        Banner::new(Tone::Done, t.text("ledger.good"))
    } else {
        Banner::new(Tone::Bad, t.text("ledger.bad_text")).title(t.text("ledger.bad"))
    };
    let shown = Page {
        chrome: staff
            .chrome(t.text("ledger.verified"))
            .under(vec![Link::new(t.text("ledger.title"), PATH)])
            .banner(banner),
        facts: facts(&staff, &health),
        faults: faults(&health),
    };
    page(&shown, Cache::Private)
}

fn facts(staff: &Staff, health: &Health) -> Facts {
    let t = staff.t();
    let checkpoint = &health.ledger.checkpoint;
    Facts::new(
        t,
        vec![
            Fact::new(t.text("ledger.entries"), t.number(u64::try_from(checkpoint.sequence).unwrap_or(0))),
            Fact::new(t.text("ledger.last_hash"), checkpoint.hash.clone()),
            Fact::new(
                t.text("ledger.security_events"),
                t.number(u64::try_from(health.security.events).unwrap_or(0)),
            ),
        ],
    )
}

fn faults(health: &Health) -> Vec<String> {
    let mut faults: Vec<String> = health.first_fault().into_iter().collect();
    faults.extend(health.database.iter().chain(&health.files).cloned());
    faults.dedup();
    faults
}
