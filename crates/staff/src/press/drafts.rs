//! Every version of an answer (*các bản dự thảo*), each beside the one before it.

use app::press;
use askama::Template;
use domain::id::CaseId;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::Difference;
use web_kit::form::Path;
use web_kit::{Cache, PageResult, page};

use super::{PATH, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

/// A version: its number and anchor, who and when, and what changed.
struct Version {
    id: String,
    title: String,
    who: String,
    changed: Difference,
}

#[derive(Template)]
#[template(path = "press/drafts.html")]
struct Page {
    chrome: Chrome,
    versions: Vec<Version>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let t = staff.t();
    let (row, drafts) =
        staff.run(move |app, actor| press::drafts(app, actor, id)).await.map_err(refusal::fault)?;
    let before = std::iter::once("").chain(drafts.iter().map(|draft| draft.text.as_str()));
    let mut versions: Vec<Version> = drafts
        .iter()
        .zip(before)
        .map(|(draft, before)| Version {
            id: format!("v-{}", draft.number),
            title: t.fill("press_drafts.number", &[("number", &draft.number)]),
            who: format!("{}, {}", draft.who, show_day::instant(draft.at)),
            changed: Difference::new(t, before, &draft.text),
        })
        .collect();
    versions.reverse();
    let crumbs = vec![Link::new(t.text("nav.press"), PATH), Link::new(row.request.asked.subject, path(id))];
    let shown = Page { chrome: staff.chrome(t.text("press_drafts.title")).under(crumbs), versions };
    page(&shown, Cache::Private)
}
