//! Ready answers: what is kept, for whom, and until when.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod common;

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use axum::routing::get;
use common::{HOST, SESSION, answer_of};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use web_kit::server::{Front, Limits, Shelf};

/// A site that counts how often a page was drawn.
struct Counting {
    front: Front,
    drawn: Arc<AtomicU64>,
    edition: Arc<AtomicU64>,
}

fn site() -> Counting {
    let drawn = Arc::new(AtomicU64::new(0));
    let edition = Arc::new(AtomicU64::new(1));
    let page = |cache: &'static str, drawn: &Arc<AtomicU64>| {
        let drawn = Arc::clone(drawn);
        get(move || {
            let number = drawn.fetch_add(1, Ordering::SeqCst);
            let text = format!("{number}: {}", "Tin tức huyện Kim Bảng. ".repeat(100));
            let kind = ("content-type", "text/html; charset=utf-8");
            async move { ([kind, ("cache-control", cache)], text).into_response() }
        })
    };
    let cookie = get(|| async {
        ([("cache-control", "public, max-age=60"), ("set-cookie", "visitor=x")], "with a cookie")
            .into_response()
    });
    let router = Router::new()
        .route("/tin", page("public, max-age=60", &drawn))
        .route("/rieng", page("no-store", &drawn))
        .route("/cookie", cookie);
    let shelf = Shelf::new(
        {
            let edition = Arc::clone(&edition);
            Arc::new(move || edition.load(Ordering::SeqCst))
        },
        1_000_000,
    );
    let settings = common::front("http://127.0.0.1:8080", Limits::default()).settings().clone();
    Counting { front: Front::new(router, settings).with_shelf(shelf), drawn, edition }
}

async fn ask(site: &Counting, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut asked = Request::get(path).header("host", HOST);
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    answer_of(&site.front, asked.body(Body::empty()).unwrap()).await
}

async fn bytes(response: Response<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn a_public_page_is_drawn_once_in_an_edition_and_again_in_the_next() {
    let site = site();
    let (_, first_headers, first) = bytes(ask(&site, "/tin", &[]).await).await;
    let (_, second_headers, second) = bytes(ask(&site, "/tin", &[]).await).await;
    assert!(site.drawn.load(Ordering::SeqCst) == 1 && first == second);
    assert_ne!(first_headers["x-request-id"], second_headers["x-request-id"]);
    for name in ["content-security-policy", "etag", "content-type", "cache-control", "x-content-type-options"]
    {
        assert_eq!(first_headers[name], second_headers[name], "{name}");
    }
    site.edition.store(2, Ordering::SeqCst);
    assert!(bytes(ask(&site, "/tin", &[]).await).await.2 != first);
    assert_eq!(site.drawn.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn each_page_that_a_person_reads_is_told_whether_it_was_ready_or_not() {
    let mut site = site();
    let read = Arc::new(AtomicU64::new(0));
    let told = Arc::clone(&read);
    site.front = site.front.with_reading(Arc::new(move |path| {
        assert!(path.starts_with('/') && !path.contains('?'), "{path}");
        told.fetch_add(1, Ordering::SeqCst);
    }));
    let firefox = ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    let (_, headers, _) = bytes(ask(&site, "/tin?trang=2", &[firefox]).await).await;
    bytes(ask(&site, "/tin?trang=2", &[firefox]).await).await;
    bytes(ask(&site, "/rieng", &[firefox]).await).await;
    let tag = ("if-none-match", headers["etag"].to_str().unwrap());
    assert_eq!(ask(&site, "/tin?trang=2", &[firefox, tag]).await.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(read.load(Ordering::SeqCst), 4, "drawn, ready, private, and one whose copy still holds");
    let session = format!("pn-session={}", "a".repeat(64));
    let others: [&[(&str, &str)]; 4] = [
        &[],
        &[("user-agent", "Googlebot/2.1")],
        &[firefox, ("sec-purpose", "prefetch")],
        &[firefox, ("cookie", &session)],
    ];
    for headers in others {
        bytes(ask(&site, "/tin", headers).await).await;
    }
    bytes(ask(&site, "/khong-co", &[firefox]).await).await;
    bytes(ask(&site, "/healthz", &[firefox]).await).await;
    assert_eq!(
        read.load(Ordering::SeqCst),
        4,
        "robots, pages loaded ahead, the office's own people, faults, files"
    );
}

#[tokio::test]
async fn each_browser_gets_the_encoding_it_reads_and_the_same_text() {
    let site = site();
    let (_, _, plain) = bytes(ask(&site, "/tin", &[]).await).await;
    let (_, headers, packed) = bytes(ask(&site, "/tin", &[("accept-encoding", "gzip, deflate")]).await).await;
    assert_eq!(headers["content-encoding"], "gzip");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&*packed).read_to_end(&mut text).unwrap();
    assert!(text == plain);
    let (_, headers, packed) = bytes(ask(&site, "/tin", &[("accept-encoding", "gzip, br")]).await).await;
    assert_eq!(headers["content-encoding"], "br");
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut text).unwrap();
    assert!(text == plain);
    let (_, headers, _) = bytes(ask(&site, "/tin", &[("accept-encoding", "br;q=0, gzip;q=0")]).await).await;
    assert!(!headers.contains_key("content-encoding"));
}

#[tokio::test]
async fn a_copy_that_still_holds_costs_no_bytes_and_one_of_another_encoding_does_not_count() {
    let site = site();
    let gzip = ("accept-encoding", "gzip");
    let (_, headers, _) = bytes(ask(&site, "/tin", &[gzip]).await).await;
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let weak = format!("\"other\", W/{tag}");
    for known in [&tag, &weak] {
        let (status, headers, body) =
            bytes(ask(&site, "/tin", &[gzip, ("if-none-match", known)]).await).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(headers["etag"], tag);
    }
    let (status, ..) = bytes(ask(&site, "/tin", &[("if-none-match", &tag)]).await).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn sec_pub_04_private_answers_cookies_and_signed_in_people_are_never_kept() {
    let site = site();
    for _ in 0..2 {
        ask(&site, "/rieng", &[]).await;
    }
    assert_eq!(site.drawn.load(Ordering::SeqCst), 2);
    for _ in 0..2 {
        assert_eq!(ask(&site, "/cookie", &[]).await.headers()["set-cookie"], "visitor=x");
    }
    let session = format!("pn-session={SESSION}");
    ask(&site, "/tin", &[("cookie", &session)]).await;
    ask(&site, "/tin", &[("cookie", &session)]).await;
    assert_eq!(site.drawn.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn sec_pub_a04_headers_do_not_reach_what_others_get_and_languages_stay_apart() {
    let site = site();
    let poison = [("x-forwarded-host", "evil.vn"), ("x-original-url", "/x"), ("accept-language", "en")];
    let (_, _, first) = bytes(ask(&site, "/tin", &poison).await).await;
    let (_, _, second) = bytes(ask(&site, "/tin", &[]).await).await;
    assert!(first == second);
    let (_, _, english) = bytes(ask(&site, "/tin", &[("cookie", "pn-language=en")]).await).await;
    assert!(english != first);
    let wrong =
        answer_of(&site.front, Request::get("/tin").header("host", "evil.vn").body(Body::empty()).unwrap());
    assert_eq!(wrong.await.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn head_says_what_get_would_without_a_body() {
    let site = site();
    let (_, got, body) = bytes(ask(&site, "/tin", &[]).await).await;
    let head =
        answer_of(&site.front, Request::head("/tin").header("host", HOST).body(Body::empty()).unwrap()).await;
    let (_, headers, nothing) = bytes(head).await;
    assert_eq!((headers["etag"].clone(), nothing.len()), (got["etag"].clone(), 0));
    assert_eq!(headers["content-length"], body.len().to_string().as_str());
}
