//! What the look of the site is made of: the colours that follow from the one chosen, the picture in the head.

use app::{App, site};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::site::{Color, LEAST_CONTRAST, Shades};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use web_kit::Fault;
use web_kit::form::Path;

use crate::{file, frame};

/// A style sheet that names nothing but the colours; its address holds the one they follow from, so it never changes.
pub async fn colours(Path(name): Path<String>) -> Result<Response, Fault> {
    let color = name.strip_suffix(".css").and_then(Color::parse).ok_or_else(Fault::not_found)?;
    let shades = Shades::of(color);
    if shades.worst() < LEAST_CONTRAST || name.contains('#') {
        return Err(Fault::not_found());
    }
    let headers =
        [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, sheet(shades)).into_response())
}

fn sheet(Shades { base, deep, light }: Shades) -> String {
    let dark = format!("--red: {base}; --red-deep: {deep}; --accent: {light};");
    format!(
        ":root {{ --red: {base}; --red-deep: {deep}; --accent: {base}; }}\n\
         @media (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ {dark} }} }}\n\
         :root[data-theme=\"dark\"] {{ {dark} }}\n"
    )
}

/// The picture in the head; of the present one only.
pub async fn logo(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let (digest, ending) = name.split_once('.').ok_or_else(Fault::not_found)?;
    let asked = digest.to_owned();
    let (logo, bytes) = app.run(move |app| site::logo(app, &asked)).await.map_err(frame::fault)?;
    if ending != logo.ending {
        return Err(Fault::not_found());
    }
    let media_type = if logo.ending == "png" { "image/png" } else { "image/jpeg" };
    let name = format!("bieu-trung.{}", logo.ending);
    file::answer(&headers, (&logo.digest, &name, media_type), bytes, "public, max-age=86400, s-maxage=60")
}
