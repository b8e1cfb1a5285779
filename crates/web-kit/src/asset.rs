//! Style sheet, script and icons: built in, each under an address that holds the hash of its content, so that
//! browsers keep it for ever and never mix two versions.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::fault::Fault;

/// One built-in file.
struct Asset {
    name: &'static str,
    hash: &'static str,
    bytes: &'static [u8],
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of the asset with this file name: `/assets/0123456789abcdef/style.css`. A name that does not exist
/// gives an address that does not exist; a test keeps templates from using one.
pub fn href(name: &str) -> String {
    let hash = ASSETS.iter().find(|asset| asset.name == name).map_or("-", |asset| asset.hash);
    format!("/assets/{hash}/{name}")
}

/// Whether the build has this asset: `editor.js` is there when `scripts/setup` built it.
pub fn is_built_in(name: &str) -> bool {
    ASSETS.iter().any(|asset| asset.name == name)
}

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let icon = |request: Request| async move { send("favicon.svg", request.headers(), "no-cache") };
    Router::new().route("/assets/{hash}/{name}", get(serve)).route("/favicon.ico", get(icon))
}

async fn serve(request: Request) -> Result<Response, Fault> {
    let mut parts = request.uri().path().split('/').skip(2);
    let (Some(hash), Some(name)) = (parts.next(), parts.next()) else { return Err(Fault::not_found()) };
    if !ASSETS.iter().any(|asset| asset.name == name && asset.hash == hash) {
        return Err(Fault::not_found());
    }
    send(name, request.headers(), "public, max-age=31536000, immutable")
}

fn send(name: &str, headers: &HeaderMap, cache: &'static str) -> Result<Response, Fault> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or_else(Fault::not_found)?;
    let accepts = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = asset.gzip.filter(|_| accepts.split(',').any(|one| one.trim() == "gzip"));
    let tag = format!("\"{}{}\"", asset.hash, if packed.is_some() { "-gz" } else { "" });
    let tag = HeaderValue::try_from(tag).map_err(Fault::internal)?;
    let body = packed.unwrap_or(asset.bytes);
    let fresh = headers.get(IF_NONE_MATCH).is_some_and(|known| *known == tag);
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(body).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        if packed.is_some() {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    };
    let out = response.headers_mut();
    out.insert(ETAG, tag);
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    Ok(response)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_has_a_type_and_an_address_with_its_hash() {
        for asset in ASSETS {
            assert_ne!(content_type(asset.name), "application/octet-stream", "{}", asset.name);
            assert!(href(asset.name).contains(asset.hash));
        }
        assert!(ASSETS.iter().any(|asset| asset.name == "style.css"));
    }
}
