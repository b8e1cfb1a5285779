//! A working copy for whoever has the link to it (checklist PUB-A06): kept by nobody, found by no search.

use app::{App, publication};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::publication::item::Item;
use http::{HeaderMap, HeaderValue};
use web_kit::component::{Banner, Tone};
use web_kit::form::Path;
use web_kit::page::framing;
use web_kit::{Cache, Fault, PageResult, Visitor, page};

use crate::frame::{self, Frame};
use crate::item::{Article, Beside};
use crate::{file, link};

#[derive(Template)]
#[template(path = "preview.html")]
struct Page {
    frame: Frame,
    article: Article,
}

/// The working copy.
pub async fn show(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> PageResult {
    let place = format!("/xem-truoc/{}", link::encode(&token));
    let work = move |app: &App| {
        let row = publication::by_preview(app, &token)?;
        let item = Item::of_content(row.kind, &row.content, app.today());
        let beside = Beside::of(app, row.id, &item)?;
        Ok((row.kind, item, beside))
    };
    let (frame, (kind, item, beside)) = frame::with(&app, &visitor, work).await?;
    let t = frame.t();
    let address = |digest: &str, name: &str| format!("{place}/{digest}/{}", link::encode(name));
    let mut article = Article::of(t, kind, (&item, &beside), address);
    article.prose = article.prose.pictures_at(&place);
    let frame = frame
        .title(item.title)
        .under(Vec::new())
        .unlisted()
        .banner(Banner::new(Tone::Warning, t.text("portal.preview.banner")));
    let frames = article.paper.as_ref().is_some_and(|paper| paper.viewer.is_some());
    let response = page(&Page { frame, article }, Cache::Private)?;
    let mut response = if frames { framing(response) } else { response };
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}

/// A file of it.
pub async fn file(
    State(app): State<App>,
    Path((token, digest, _)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let read = move |app: &App| publication::preview_file(app, &token, &digest);
    let (file, bytes) = app.run(read).await.map_err(frame::fault)?;
    file::answer(&headers, (&file.digest, &file.name, &file.media_type), bytes, "no-store")
}
