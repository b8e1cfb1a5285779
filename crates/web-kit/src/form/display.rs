//! Language, theme and size of letters: small forms of everyone. They change a cookie of the browser and nothing else, so the
//! browser's own word about the origin is proof enough.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::post;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use words::Language;

use super::{de, read};
use crate::cookie::{self, Life};
use crate::fault::{Fault, PageResult};
use crate::page::{redirect, set_cookie};
use crate::visitor::{self, LANGUAGE, TEXT_SIZE, THEME, TextSize, Theme, Visitor};

/// Where the language form goes.
pub(crate) const LANGUAGE_PATH: &str = "/ngon-ngu";
/// Where the theme form goes.
pub(crate) const THEME_PATH: &str = "/giao-dien";
/// Where the form of the size of letters goes.
pub(crate) const TEXT_SIZE_PATH: &str = "/co-chu";
const YEAR: Life = Life::Seconds(365 * 86_400);

#[derive(Deserialize)]
struct ChooseLanguage {
    language: String,
    back: String,
}

#[derive(Deserialize)]
struct ChooseTheme {
    theme: String,
    back: String,
}

#[derive(Deserialize)]
struct ChooseTextSize {
    size: String,
    back: String,
}

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route(LANGUAGE_PATH, post(language))
        .route(THEME_PATH, post(theme))
        .route(TEXT_SIZE_PATH, post(text_size))
}

async fn open_form<T: DeserializeOwned>(request: Request<Body>) -> Result<(Visitor, T), Fault> {
    let (parts, body) = request.into_parts();
    let pairs = read::form(&parts.headers, body).await?;
    let form = de::from_pairs(&pairs).map_err(|error| Fault::bad_request().cause(error))?;
    Ok((visitor::of(&parts)?.clone(), form))
}

async fn language(request: Request) -> PageResult {
    let (visitor, form) = open_form::<ChooseLanguage>(request).await?;
    let language = Language::from_tag(&form.language).ok_or_else(Fault::bad_request)?;
    let line = cookie::write(&visitor.site, LANGUAGE, language.tag(), YEAR);
    Ok(set_cookie(redirect(&form.back), line))
}

async fn theme(request: Request) -> PageResult {
    let (visitor, form) = open_form::<ChooseTheme>(request).await?;
    let theme = Theme::from_word(&form.theme).ok_or_else(Fault::bad_request)?;
    let line = cookie::write(&visitor.site, THEME, theme.word(), YEAR);
    Ok(set_cookie(redirect(&form.back), line))
}

async fn text_size(request: Request) -> PageResult {
    let (visitor, form) = open_form::<ChooseTextSize>(request).await?;
    let size = TextSize::from_word(&form.size).ok_or_else(Fault::bad_request)?;
    let line = cookie::write(&visitor.site, TEXT_SIZE, size.word(), YEAR);
    Ok(set_cookie(redirect(&form.back), line))
}
