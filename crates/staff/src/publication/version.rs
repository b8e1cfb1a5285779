//! One published version: what readers saw, who wrote, approved and published it, and what changed from the one before.

use app::publication::{self, Version};
use askama::Template;
use axum::response::Response;
use domain::id::PublicationId;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Difference, Fact, Facts};
use web_kit::form::Path;
use web_kit::{Cache, Fault, Language, PageResult, page};

use super::hidden;
use super::whole::{Whole, lines};
use super::{file, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "publication/version.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    changed: Option<Difference>,
    whole: Whole,
}

/// Where a version is.
pub(super) fn version_path(id: PublicationId, number: i64) -> String {
    format!("{}/versions/{number}", path(id))
}

/// Shows a version.
pub(super) async fn show(staff: Staff, Path((id, number)): Path<(PublicationId, i64)>) -> PageResult {
    let t = staff.t();
    let version = staff
        .run(move |app, actor| publication::version(app, actor, id, number))
        .await
        .map_err(refusal::fault)?;
    let (kind, content) = (version.kind, &version.row.content);
    let notes = hidden::notes(&staff, content.files.clone()).await?;
    let changed = |before| Difference::new(t, &lines(t, kind, before), &lines(t, kind, content));
    let page_of = Page {
        chrome: staff.chrome(t.fill("publication_version.title", &[("number", &number)])).under(vec![
            Link::new(t.text("nav.publications"), "/publications"),
            Link::new(version.title.clone(), path(id)),
        ]),
        facts: facts(t, &version),
        changed: version.before.as_ref().map(changed),
        whole: Whole::new(t, kind, content, &format!("{}/files", version_path(id, number)), &notes),
    };
    page(&page_of, Cache::Private)
}

fn facts(t: Language, version: &Version) -> Facts {
    let row = &version.row;
    let writers = if version.writers.is_empty() {
        t.text("publication_version.writers_unknown").to_owned()
    } else {
        version.writers.join(", ")
    };
    let mut facts = vec![
        Fact::new(t.text("publication_page.published_at"), show_day::instant(row.published_at)),
        Fact::new(t.text("publication_version.writers"), writers),
        Fact::new(t.text("publication_version.approved_by"), version.approved_by.clone()),
        Fact::new(t.text("publication_version.published_by"), version.published_by.clone()),
    ];
    if !row.note.is_empty() {
        let key = if row.is_correction { "publication_page.corrected" } else { "publication_page.changed" };
        facts.push(Fact::new(t.text(key), row.note.clone()));
    }
    Facts::new(t, facts)
}

/// A file of a version.
pub(super) async fn show_file(
    staff: Staff,
    Path((id, number, digest)): Path<(PublicationId, i64, String)>,
) -> Result<Response, Fault> {
    let (file, bytes) = staff
        .run(move |app, actor| publication::version_file(app, actor, (id, number), &digest))
        .await
        .map_err(refusal::fault)?;
    Ok(file::response(&file, bytes))
}

/// The same under the name it has in public: what pictures in a text are called by.
pub(super) async fn show_named_file(
    staff: Staff,
    Path((id, number, digest, _)): Path<(PublicationId, i64, String, String)>,
) -> Result<Response, Fault> {
    show_file(staff, Path((id, number, digest))).await
}
