//! Answers of a handler: a drawn page with its cache rule, a redirect that carries a notice.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderValue, StatusCode};

use crate::cookie::{self, Life};
use crate::fault::{Fault, PageResult};
use crate::form::FormState;
use crate::site::local_path;
use crate::visitor::{NOTICE, Visitor};

/// Who may keep a copy of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// Nobody: it depends on who asks, or holds personal data (OUT-12).
    Private,
    /// Anyone, for so many seconds: the same bytes for everybody.
    Public(u32),
    /// Anyone who asks again each time; caches that serve many may answer for so many seconds without asking. What
    /// the reader chose (language, theme, size) makes it another page.
    Shared(u32),
}

/// Draws `template` as an HTML page with status 200.
///
/// # Errors
/// When the template fails to write, which only a fault of ours can cause.
pub fn page(template: &impl Template, cache: Cache) -> PageResult {
    page_with(StatusCode::OK, template, cache)
}

/// Draws a page whose form was refused: status 422.
///
/// # Errors
/// As [`page`].
pub fn refused(template: &impl Template) -> PageResult {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template, Cache::Private)
}

/// [`refused`] when the form has errors, with status 409 when one of them is not in what was typed; else [`page`],
/// private.
///
/// # Errors
/// As [`page`].
pub fn with_form(template: &impl Template, form: &FormState) -> PageResult {
    match (form.has_errors(), form.is_conflict()) {
        (true, true) => page_with(StatusCode::CONFLICT, template, Cache::Private),
        (true, false) => refused(template),
        (false, _) => page(template, Cache::Private),
    }
}

/// Draws `template` with this status.
///
/// # Errors
/// As [`page`].
pub fn page_with(status: StatusCode, template: &impl Template, cache: Cache) -> PageResult {
    let body = template.render().map_err(Fault::internal)?;
    let cache_rule = cache;
    let cache = match cache {
        Cache::Shared(seconds) => HeaderValue::try_from(format!("public, max-age=0, s-maxage={seconds}"))
            .map_err(Fault::internal)?,
        Cache::Private => HeaderValue::from_static("no-store"),
        Cache::Public(seconds) => {
            HeaderValue::try_from(format!("public, max-age={seconds}")).map_err(Fault::internal)?
        }
    };
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    if matches!(cache_rule, Cache::Shared(_)) {
        let vary = [(http::header::VARY, HeaderValue::from_static("cookie"))];
        return Ok((status, vary, [(CONTENT_TYPE, html), (CACHE_CONTROL, cache)], body).into_response());
    }
    Ok((status, [(CONTENT_TYPE, html), (CACHE_CONTROL, cache)], body).into_response())
}

/// 303 to `path`, or to the start page when `path` would leave the site.
pub fn redirect(path: &str) -> Response {
    let path = local_path(path).unwrap_or("/");
    let location = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// [`redirect`], with the notice `key` (of the locale files, without placeholders) on the page that comes.
pub fn redirect_with_notice(visitor: &Visitor, path: &str, key: &str) -> Response {
    let mut response = redirect(path);
    if let Some(line) = cookie::write(&visitor.site, NOTICE, key, Life::Seconds(60)) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

/// Adds a `Set-Cookie` line, where there is one.
#[must_use]
pub fn set_cookie(mut response: Response, line: Option<HeaderValue>) -> Response {
    if let Some(line) = line {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

/// The same page, which may show files of ours inside itself, and nothing of anybody else (`frame-src 'self'`).
#[must_use]
pub fn framing(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(crate::server::FRAMING_POLICY);
    response.headers_mut().insert(http::header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A file to be saved: always an attachment, with its name as RFC 8187 writes it, sandboxed (OUT-14, UPL-06).
pub fn attachment(bytes: impl Into<axum::body::Body>, content_type: &'static str, name: &str) -> Response {
    let mut response = bytes.into().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        http::header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'"),
    );
    if let Ok(value) = HeaderValue::try_from(format!("attachment; {}", file_name(name))) {
        headers.insert(http::header::CONTENT_DISPOSITION, value);
    }
    response
}

/// `filename="bao-cao.pdf"; filename*=UTF-8''b%C3%A1o-c%C3%A1o.pdf`, for any disposition.
pub fn file_name(name: &str) -> String {
    let clean = domain::text::clean_line(name).replace(['/', '\\'], "-");
    let folded: String = domain::text::fold(&clean)
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || ".-_ ".contains(sign) { sign } else { '-' })
        .collect();
    let encoded = percent_encoding::utf8_percent_encode(&clean, percent_encoding::NON_ALPHANUMERIC);
    format!("filename=\"{folded}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_upl_a06_a_file_name_cannot_break_its_header() {
        let response = attachment("x", "application/pdf", "báo\r\nSet-Cookie: a=b \u{202e}\"../cáo.pdf");
        let line = response.headers()["content-disposition"].to_str().unwrap();
        assert_eq!(
            line,
            "attachment; filename=\"bao set-cookie- a-b -..-cao.pdf\"; \
             filename*=UTF-8''b%C3%A1o%20Set%2DCookie%3A%20a%3Db%20%22%2E%2E%2Dc%C3%A1o%2Epdf"
        );
        assert!(response.headers().get("set-cookie").is_none());
    }

    #[test]
    fn sec_out_a03_a_redirect_to_another_site_goes_to_the_start_page() {
        assert_eq!(redirect("/so?a=1").headers()["location"], "/so?a=1");
        assert_eq!(redirect("//evil.vn").headers()["location"], "/");
    }
}
