//! Links to look at a working copy before it is published. The address is shown once, on the page that answers.

use app::publication::{self, PREVIEW_DAYS};
use askama::Template;
use domain::id::PublicationId;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::form::{Form, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Cache, PageResult, page};
use words::key;

use super::path;
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "publication/preview.html")]
struct Page {
    chrome: Chrome,
    explanation: String,
    address: String,
    back: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Makes a link and shows it.
pub(super) async fn make(staff: Staff, Path(id): Path<PublicationId>, _: Form<Nothing>) -> PageResult {
    let t = staff.t();
    let (token, base) = staff
        .run(move |app, actor| Ok((publication::make_preview(app, actor, id)?, app.base_url().to_owned())))
        .await
        .map_err(refusal::fault)?;
    page(
        &Page {
            chrome: staff
                .chrome(t.text("publication_preview.title"))
                .under(vec![Link::new(t.text("nav.publications"), "/publications")]),
            explanation: t.fill("publication_preview.explanation", &[("days", &PREVIEW_DAYS)]),
            address: format!("{base}/xem-truoc/{token}"),
            back: path(id),
        },
        Cache::Private,
    )
}

/// Ends all links.
pub(super) async fn end(staff: Staff, Path(id): Path<PublicationId>, _: Form<Nothing>) -> PageResult {
    staff
        .run(move |app, actor| publication::revoke_previews(app, actor, id))
        .await
        .map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &path(id), key!("publication_preview.ended")))
}
