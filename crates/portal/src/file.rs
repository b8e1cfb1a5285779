//! Files of public items: pictures, sound and PDF are shown, everything else is saved; parts of a recording are
//! given to players that ask for them.

use app::App;
use app::public;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use web_kit::Fault;
use web_kit::form::Path;
use web_kit::page::file_name;

use crate::{frame, link};

/// What browsers show by themselves and cannot run anything from. SVG is not among them.
const SHOWN: [&str; 11] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/wav",
    "audio/aac",
    "audio/flac",
    "application/pdf",
];

/// A file by the digest of its bytes. Its name is part of the address, so that it is saved under it.
pub async fn show(
    State(app): State<App>,
    Path((digest, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let (file, bytes) = app.run(move |app| public::file(app, &digest)).await.map_err(frame::fault)?;
    let path = link::file(file.digest.as_str(), &file.name);
    if name != file.name {
        let location = HeaderValue::try_from(path).map_err(Fault::internal)?;
        return Ok((StatusCode::MOVED_PERMANENTLY, [(http::header::LOCATION, location)]).into_response());
    }
    answer(
        &headers,
        (file.digest.as_str(), &file.name, &file.media_type),
        bytes,
        "public, max-age=0, s-maxage=60",
    )
}

/// The answer: whole, a part, or that the reader has it.
pub(crate) fn answer(
    asked: &HeaderMap,
    (digest, name, media_type): (&str, &str, &str),
    bytes: Vec<u8>,
    cache: &'static str,
) -> Result<Response, Fault> {
    let tag = format!("\"{}\"", &digest[..digest.len().min(32)]);
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let has_it = text(IF_NONE_MATCH)
        .is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let total = bytes.len();
    let wanted = text(RANGE).filter(|_| text(IF_RANGE).is_none_or(|known| known == tag));
    let mut response = match wanted.map(|range| part_of(range, total)) {
        _ if has_it => StatusCode::NOT_MODIFIED.into_response(),
        None | Some(Part::Whole) => Body::from(bytes).into_response(),
        Some(Part::Of(first, last)) => {
            let part = bytes.get(first..=last).map(<[u8]>::to_vec).unwrap_or_default();
            let mut response = (StatusCode::PARTIAL_CONTENT, Body::from(part)).into_response();
            set(&mut response, CONTENT_RANGE, &format!("bytes {first}-{last}/{total}"))?;
            response
        }
        Some(Part::Outside) => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            // The page of an error would not be what a player expects; an empty body of this type is.
            set(&mut response, CONTENT_RANGE, &format!("bytes */{total}"))?;
            set(&mut response, CONTENT_LENGTH, "0")?;
            response
        }
    };
    let is_shown = SHOWN.contains(&media_type);
    let way = if is_shown { "inline" } else { "attachment" };
    let media_type = if is_known(media_type) { media_type } else { "application/octet-stream" };
    for (header, value) in [
        (CONTENT_TYPE, media_type),
        (CONTENT_DISPOSITION, &format!("{way}; {}", file_name(name))),
        (ETAG, &tag),
        (ACCEPT_RANGES, "bytes"),
        (CACHE_CONTROL, cache),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, policy(media_type)),
    ] {
        set(&mut response, header, value)?;
    }
    Ok(response)
}

/// A file runs nothing and loads nothing. The viewer of PDF that browsers bring along works inside the sandbox; pages of
/// ours, and no others, may show it inside themselves.
fn policy(media_type: &str) -> &'static str {
    if media_type == "application/pdf" {
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
    } else {
        "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
    }
}

/// Types no browser takes for a page of ours.
fn is_known(media_type: &str) -> bool {
    let is_page = ["html", "xml", "svg", "javascript", "ecmascript", "css", "json"];
    !is_page.iter().any(|part| media_type.contains(part)) || media_type.contains("openxmlformats")
}

fn set(response: &mut Response, name: http::HeaderName, value: &str) -> Result<(), Fault> {
    let value = HeaderValue::from_str(value).map_err(Fault::internal)?;
    response.headers_mut().insert(name, value);
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// All of it: no range, several, or one in no unit we know.
    Whole,
    /// From this byte to that one.
    Of(usize, usize),
    /// Beyond the end.
    Outside,
}

/// RFC 9110 14: one range of bytes.
fn part_of(range: &str, total: usize) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(0) => Part::Outside,
            Some(_) if total == 0 => Part::Outside,
            Some(length) => Part::Of(total.saturating_sub(length), total - 1),
            None => Part::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), _) if first >= total => Part::Outside,
            (Some(first), None) if last.is_empty() => Part::Of(first, total - 1),
            (Some(first), Some(last)) if last >= first => Part::Of(first, last.min(total - 1)),
            _ => Part::Whole,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_run_of_bytes_inside_the_file() {
        assert_eq!(part_of("bytes=0-3", 10), Part::Of(0, 3));
        assert_eq!(part_of("bytes=4-", 10), Part::Of(4, 9));
        assert_eq!(part_of("bytes=-4", 10), Part::Of(6, 9));
        assert_eq!(part_of("bytes=-40", 10), Part::Of(0, 9));
        assert_eq!(part_of("bytes=8-99", 10), Part::Of(8, 9));
        assert_eq!(part_of("bytes=10-", 10), Part::Outside);
        assert_eq!(part_of("bytes=-0", 10), Part::Outside);
        assert_eq!(part_of("bytes=5-2", 10), Part::Whole);
        assert_eq!(part_of("bytes=0-1,4-5", 10), Part::Whole);
        assert_eq!(part_of("lines=0-1", 10), Part::Whole);
        assert_eq!(part_of("bytes=-1", 0), Part::Outside);
    }

    #[test]
    fn a_file_that_could_be_taken_for_a_page_is_only_saved() {
        for media_type in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"] {
            let answer =
                answer(&HeaderMap::new(), ("ab", "a.html", media_type), vec![1], "no-store").unwrap();
            assert_eq!(answer.headers()["content-type"], "application/octet-stream", "{media_type}");
            assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment;"));
        }
    }
}
