//! The files of a report, and its document as a page.

use app::reports::{self, Kind};
use axum::response::{IntoResponse, Response};
use domain::id::ReportId;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Fault, PageResult};

use crate::gate::Staff;
use crate::refusal;

/// A file, to be saved.
pub async fn file(staff: Staff, Path((id, name)): Path<(ReportId, String)>) -> PageResult {
    let kind = Kind::from_file_name(&name).ok_or_else(Fault::not_found)?;
    let bytes =
        staff.run(move |app, actor| reports::file(app, actor, id, kind)).await.map_err(refusal::fault)?;
    Ok(attachment(bytes, kind.media_type(), kind.file_name()))
}

/// The document as a page of its own: our own bytes, with nothing but its own style.
pub async fn preview(staff: Staff, Path(id): Path<ReportId>) -> PageResult {
    let html =
        staff.run(move |app, actor| reports::preview_html(app, actor, id)).await.map_err(refusal::fault)?;
    let mut response: Response = html.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-same-origin",
        ),
    );
    Ok(response)
}
