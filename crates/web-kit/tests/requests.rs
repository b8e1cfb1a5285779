//! What the front refuses, and what every answer carries.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod common;

use std::time::Duration;

use axum::body::Body;
use common::{HOST, SESSION, answer, answer_of, form, front, request, status, text};
use http::{Request, StatusCode};
use web_kit::server::Limits;

fn get(path: &str) -> Request<Body> {
    request("GET", path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn sec_out_03_04_05_every_answer_has_the_security_headers() {
    for path in ["/", "/nothing-here", "/broken", "/list?page=x", "/healthz"] {
        let response = answer(get(path)).await;
        let header =
            |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let policy = header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}");
        for part in ["object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
        assert_eq!(header("referrer-policy").as_deref(), Some("same-origin"));
        assert_eq!(header("cross-origin-opener-policy").as_deref(), Some("same-origin"));
        assert_eq!(header("cross-origin-resource-policy").as_deref(), Some("same-origin"));
        assert!(header("permissions-policy").is_some());
        assert_eq!(header("strict-transport-security"), None);
        assert!(header("content-type").unwrap().contains("charset=utf-8"), "{path}");
    }
    let secure = front("https://phatngon.vn", Limits::default());
    let request = Request::get("/").header("host", "phatngon.vn").body(Body::empty()).unwrap();
    let response = answer_of(&secure, request).await;
    assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
}

#[tokio::test]
async fn sec_out_04_the_promise_of_https_is_the_one_of_the_settings() {
    use web_kit::site::{Hsts, Site};
    let site = Site::new("https://phatngon.vn", &[], &[]).unwrap();
    let site = site.with_hsts(Hsts { days: 30, with_subdomains: false });
    let mut settings = front("https://phatngon.vn", Limits::default()).settings().clone();
    settings.site = std::sync::Arc::new(site);
    let front = web_kit::server::Front::new(axum::Router::new(), settings);
    let request = Request::get("/").header("host", "phatngon.vn").body(Body::empty()).unwrap();
    let response = answer_of(&front, request).await;
    assert_eq!(response.headers()["strict-transport-security"], "max-age=2592000");
}

#[tokio::test]
async fn sec_lim_a01_too_many_public_pages_get_429_with_the_time_to_wait_in_vietnamese() {
    use std::time::Duration;
    use web_kit::limit::{Limiter, per_network};
    let limiter = std::sync::Arc::new(Limiter::new(3, Duration::from_mins(1), 100));
    let public = axum::Router::new().route("/public", axum::routing::get(|| async { "public" }));
    let free = axum::Router::new().route("/free", axum::routing::get(|| async { "free" }));
    let settings = front("http://127.0.0.1:8080", Limits::default()).settings().clone();
    let front = web_kit::server::Front::new(per_network(public, limiter).merge(free), settings);
    for _ in 0..3 {
        assert_eq!(answer_of(&front, get("/public")).await.status(), StatusCode::OK);
    }
    let refused = answer_of(&front, get("/public")).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    assert!(text(refused).await.contains("Hãy đợi một lát rồi thử lại"));
    assert_eq!(answer_of(&front, get("/free")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn sec_out_03_reports_of_the_policy_have_an_address_that_takes_anything_and_answers_nothing() {
    let page = answer(get("/")).await;
    assert!(page.headers()["content-security-policy"].to_str().unwrap().ends_with("report-uri /csp-report"));
    let report =
        r#"{"csp-report":{"effective-directive":"script-src","blocked-uri":"https://evil.example/x"}}"#;
    for body in [report, "not a report", ""] {
        let request = Request::post("/csp-report")
            .header("host", common::HOST)
            .header("origin", format!("http://{}", common::HOST))
            .header("content-type", "application/csp-report")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(answer(request).await.status(), StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn sec_out_12_without_a_word_of_the_page_nothing_is_kept() {
    for path in ["/", "/desk", "/nothing-here"] {
        assert_eq!(answer(get(path)).await.headers()["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn sec_gen_10_only_declared_methods_answer() {
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        let response = answer(request(method, "/").body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let response = answer(request("POST", "/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()["allow"], "GET,HEAD");
    let response = answer(request("HEAD", "/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(text(response).await, "");
    assert_eq!(status(get("/save")).await, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn sec_gen_08_sizes_are_limited_before_anything_is_read() {
    assert_eq!(status(get(&format!("/list?q={}", "a".repeat(9_000)))).await, StatusCode::URI_TOO_LONG);
    let large = request("GET", "/").header("x-large", "a".repeat(17_000)).body(Body::empty()).unwrap();
    assert_eq!(status(large).await, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let mut many = request("GET", "/");
    for index in 0..100 {
        many = many.header(format!("x-{index}"), "1");
    }
    assert_eq!(status(many.body(Body::empty()).unwrap()).await, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let long = form("/save", &format!("title={}", "a".repeat(1_100_000)));
    assert_eq!(status(long).await, StatusCode::PAYLOAD_TOO_LARGE);
    let fields = "f=1&".repeat(201);
    assert_eq!(status(form("/save", &fields)).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn sec_gen_11_a_form_is_accepted_in_its_own_type_only() {
    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
        let request = request("POST", "/save").header("content-type", kind).body("title=a".into()).unwrap();
        assert_eq!(status(request).await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    assert_eq!(status(request("POST", "/save").body("title=a".into()).unwrap()).await.as_u16(), 415);
}

#[tokio::test]
async fn sec_gen_a01_bytes_that_are_no_text_are_refused_everywhere() {
    for path in
        ["/text/%FF", "/text/%00", "/text/%ED%A0%80", "/list?q=%00", "/list?q=%C0%80", "/list?q=%0D%0A"]
    {
        assert_eq!(status(get(path)).await, StatusCode::BAD_REQUEST, "{path}");
    }
    for body in ["title=%FF", "title=%00", "title=%ED%A0%80", "title=%1B"] {
        assert_eq!(status(form("/save", body)).await, StatusCode::BAD_REQUEST, "{body}");
    }
    let header = http::HeaderValue::from_bytes(b"\xff\xfe").unwrap();
    let request = request("GET", "/").header("user-agent", header).body(Body::empty()).unwrap();
    assert_eq!(status(request).await, StatusCode::BAD_REQUEST);
    assert_eq!(text(answer(get("/text/%C4%90%E1%BB%81")).await).await, "Đề");
}

#[tokio::test]
async fn sec_gen_a05_an_unknown_host_is_not_served() {
    for host in ["evil.vn", "127.0.0.1", "127.0.0.1:8080.evil.vn"] {
        let request = Request::get("/").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(status(request).await, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    assert_eq!(status(Request::get("/").body(Body::empty()).unwrap()).await, StatusCode::MISDIRECTED_REQUEST);
    let forwarded = request("GET", "/").header("x-forwarded-host", "evil.vn").body(Body::empty()).unwrap();
    assert_eq!(status(forwarded).await, StatusCode::OK);
    let other = Request::get("http://evil.vn/").header("host", HOST).body(Body::empty()).unwrap();
    assert_eq!(status(other).await, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn sec_gen_a07_extra_or_doubled_fields_are_refused() {
    assert_eq!(status(form("/save", "title=a&count=2")).await, StatusCode::SEE_OTHER);
    for body in
        ["title=a&role=admin", "title=a&unit_id=1", "title=a&title=b", "title=a&count=1&count=2", "count=1"]
    {
        assert_eq!(status(form("/save", body)).await, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(status(form("/button", "")).await, StatusCode::OK);
    assert_eq!(status(form("/button", "x=1")).await, StatusCode::BAD_REQUEST);
    assert_eq!(text(answer(form("/fields", "symbol=12%2FQD")).await).await, "12/QD");
    for body in ["symbol=a&id=1", "symbol=a&symbol=b"] {
        assert_eq!(status(form("/fields", body)).await, StatusCode::BAD_REQUEST, "{body}");
    }
    for path in ["/list?q=a&admin=1", "/list?q=a&q=b"] {
        assert_eq!(status(get(path)).await, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn sec_gen_a09_odd_numbers_are_answered_and_never_panic() {
    for page in ["-1", "9223372036854775808", "1e9", "%2B1x", "NaN"] {
        assert_eq!(status(get(&format!("/list?page={page}"))).await, StatusCode::BAD_REQUEST, "{page}");
    }
    for id in ["-1", "18446744073709551616", "x", "%20"] {
        assert_eq!(status(get(&format!("/record/{id}"))).await, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(text(answer(get("/list?q=&page=")).await).await, " 1");
}

#[tokio::test]
async fn sec_gen_a13_a_packed_body_is_refused() {
    for packing in ["gzip", "deflate", "br", "gzip, identity"] {
        let mut packed = form("/save", "title=a");
        packed.headers_mut().insert("content-encoding", packing.parse().unwrap());
        assert_eq!(status(packed).await, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{packing}");
    }
}

#[tokio::test]
async fn sec_sess_a04_a_form_without_proof_changes_nothing() {
    let body = "title=a";
    let post = || {
        Request::post("/save")
            .header("host", HOST)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", format!("pn-session={SESSION}"))
    };
    let token = web_kit::csrf::token(SESSION);
    let good = format!("csrf={token}&{body}");
    let origin = format!("http://{HOST}");
    let cases = [
        (post().body(Body::from(good.clone())).unwrap(), "no origin at all"),
        (post().header("origin", "null").body(good.clone().into()).unwrap(), "null origin"),
        (post().header("origin", "http://evil.vn").body(good.clone().into()).unwrap(), "foreign origin"),
        (
            post()
                .header("origin", &origin)
                .header("sec-fetch-site", "cross-site")
                .body(good.clone().into())
                .unwrap(),
            "cross-site",
        ),
        (post().header("origin", &origin).body(body.into()).unwrap(), "no token"),
        (post().header("origin", &origin).body(format!("csrf=0&{body}").into()).unwrap(), "wrong token"),
        (post().header("origin", &origin).body(format!("csrf={token}&{good}").into()).unwrap(), "two tokens"),
    ];
    for (request, what) in cases {
        let response = answer(request).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{what}");
        assert!(text(response).await.contains("Biểu mẫu"), "{what}");
    }
    let mut other = form("/save", body);
    other.headers_mut().insert("cookie", format!("pn-session={}", "f".repeat(64)).parse().unwrap());
    assert_eq!(status(other).await, StatusCode::FORBIDDEN, "token of another session");
    let mut none = form("/save", body);
    none.headers_mut().remove("cookie");
    assert_eq!(status(none).await, StatusCode::FORBIDDEN, "no cookie");
    let mut with_override = request("GET", "/save?_method=POST").body(Body::empty()).unwrap();
    with_override.headers_mut().insert("x-http-method-override", "POST".parse().unwrap());
    assert_eq!(status(with_override).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        status(post().header("origin", &origin).body(good.into()).unwrap()).await,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn sec_out_16_a_form_before_signing_in_is_bound_to_a_cookie_of_its_own() {
    let bare = || Request::builder().header("host", HOST).header("origin", format!("http://{HOST}"));
    let page = answer(bare().uri("/sign-in").body(Body::empty()).unwrap()).await;
    let line = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert_eq!(page.headers()["cache-control"], "no-store");
    let cookie = line.split(';').next().unwrap().to_owned();
    let tokens = text(page).await;
    let (first, second) = tokens.split_once(' ').unwrap();
    assert_eq!(first, second);
    let send = |cookie: String| {
        let builder = bare().method("POST").uri("/save").header("cookie", cookie);
        let builder = builder.header("content-type", "application/x-www-form-urlencoded");
        builder.body(Body::from(format!("csrf={first}&title=a"))).unwrap()
    };
    assert_eq!(status(send(cookie.clone())).await, StatusCode::SEE_OTHER);
    assert_eq!(status(send(format!("pn-visitor={}", "0".repeat(64)))).await, StatusCode::FORBIDDEN);
    let again = bare().uri("/sign-in").header("cookie", cookie).body(Body::empty()).unwrap();
    assert!(!answer(again).await.headers().contains_key("set-cookie"));
}

#[tokio::test]
async fn sec_out_05_pages_of_signed_in_people_are_nothing_for_other_sites() {
    let load = |site: &str, mode: &str| {
        let builder = request("GET", "/desk").header("sec-fetch-site", site).header("sec-fetch-mode", mode);
        builder.body(Body::empty()).unwrap()
    };
    for mode in ["no-cors", "cors", "websocket"] {
        assert_eq!(status(load("cross-site", mode)).await, StatusCode::FORBIDDEN, "{mode}");
    }
    assert_eq!(status(load("cross-site", "navigate")).await, StatusCode::OK);
    assert_eq!(status(load("same-origin", "cors")).await, StatusCode::OK);
}

#[tokio::test]
async fn sec_err_01_a_fault_shows_a_reference_and_nothing_of_the_inside() {
    for path in ["/full", "/broken"] {
        let response = answer(get(path)).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = text(response).await;
        assert!(page.contains(&id), "{path}");
        for inner in ["SELECT", "secret", "panic", ".rs", "axum"] {
            assert!(!page.contains(inner), "{path}: {inner}");
        }
    }
}

#[tokio::test]
async fn sec_err_a01_a_panic_costs_one_request_only() {
    let front = front("http://127.0.0.1:8080", Limits { in_flight: 1, ..Limits::default() });
    for _ in 0..20 {
        assert_eq!(answer_of(&front, get("/broken")).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
    assert_eq!(answer_of(&front, get("/")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn sec_out_a01_what_was_sent_is_shown_as_text() {
    let page = text(answer(get("/%3Cscript%3Ealert(1)%3C/script%3E")).await).await;
    assert!(!page.contains("<script>"), "{page}");
    let page = text(answer(get("/x?a='%22%3E%3Cimg%20src=x%3E")).await).await;
    assert!(!page.contains("<img") && !page.contains("'%22"), "{page}");
}

#[tokio::test(start_paused = true)]
async fn sec_lim_05_a_handler_that_takes_too_long_gives_503() {
    let response = answer(get("/hang")).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "30");
}

#[tokio::test]
async fn sec_lim_06_more_requests_than_places_get_503_at_once_and_probes_still_answer() {
    let front = front("http://127.0.0.1:8080", Limits { in_flight: 1, ..Limits::default() });
    let busy = tokio::spawn({
        let front = front.clone();
        async move { answer_of(&front, get("/hang")).await }
    });
    let refused = tokio::time::timeout(Duration::from_secs(5), async {
        loop {
            let response = answer_of(&front, get("/")).await;
            if response.status() != StatusCode::OK {
                return response;
            }
            tokio::task::yield_now().await;
        }
    });
    let refused = refused.await.unwrap();
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()["retry-after"], "5");
    assert_eq!(answer_of(&front, get("/healthz")).await.status(), StatusCode::OK);
    assert_eq!(answer_of(&front, get("/readyz")).await.status(), StatusCode::OK);
    busy.abort();
}

#[tokio::test]
async fn sec_cfg_a03_leftovers_and_metrics_are_not_on_the_public_listener() {
    for path in [
        "/.git/config",
        "/debug",
        "/metrics",
        "/assets/",
        "/assets/x/style.css~",
        "/index.html.bak",
        "/server-status",
    ] {
        assert_eq!(status(get(path)).await, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!answer(get("/")).await.headers().contains_key("server"));
}

#[tokio::test]
async fn the_language_is_chosen_by_a_form_and_stays_on_the_site() {
    let post = |body: &str| {
        let builder =
            request("POST", "/ngon-ngu").header("content-type", "application/x-www-form-urlencoded");
        builder.body(Body::from(body.to_owned())).unwrap()
    };
    let response = answer(post("language=en&back=%2Flist%3Fq%3Da")).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/list?q=a");
    let line = response.headers()["set-cookie"].to_str().unwrap();
    assert!(line.starts_with("pn-language=en; Path=/; HttpOnly; SameSite=Lax"), "{line}");
    let away = answer(post("language=en&back=%2F%2Fevil.vn")).await;
    assert_eq!(away.headers()["location"], "/");
    for body in [
        "language=fr&back=/",
        "language=en%0D%0ASet-Cookie:x&back=/",
        "language=en",
        "language=en&back=/&x=1",
    ] {
        assert_eq!(answer(post(body)).await.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let english = Request::get("/nothing").header("host", HOST).header("cookie", "pn-language=en");
    assert!(text(answer(english.body(Body::empty()).unwrap()).await).await.contains("Page not found"));
}

#[tokio::test]
async fn a_notice_is_carried_over_one_redirect_only() {
    let response = answer(form("/save", "title=a")).await;
    let line = response.headers()["set-cookie"].to_str().unwrap();
    assert!(line.starts_with("pn-notice=list.empty;"), "{line}");
    let with = |key: &str| {
        let builder = Request::get("/page").header("host", HOST).header("cookie", format!("pn-notice={key}"));
        builder.body(Body::empty()).unwrap()
    };
    let shown = answer(with("list.empty")).await;
    assert!(shown.headers()["set-cookie"].to_str().unwrap().starts_with("pn-notice=; "));
    assert!(text(shown).await.contains("Chưa có dòng nào."));
    let made_up = answer(with("no.such_key")).await;
    assert!(!made_up.headers().contains_key("set-cookie"));
    assert!(!text(made_up).await.contains("no.such_key"));
}

#[tokio::test]
async fn assets_are_kept_for_ever_packed_where_accepted_and_not_sent_again() {
    let href = web_kit::asset::href("style.css");
    let response = answer(get(&href)).await;
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()["content-type"], "text/css; charset=utf-8");
    let packed = request("GET", &href).header("accept-encoding", "gzip, br").body(Body::empty()).unwrap();
    let packed = answer(packed).await;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let tag = packed.headers()["etag"].clone();
    let again = request("GET", &href).header("accept-encoding", "gzip").header("if-none-match", tag);
    let again = answer(again.body(Body::empty()).unwrap()).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(text(again).await, "");
    assert_eq!(status(get("/assets/0000000000000000/style.css")).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sec_out_14_a_download_is_an_attachment_in_a_sandbox() {
    let response = answer(get("/download")).await;
    let line = response.headers()["content-disposition"].to_str().unwrap();
    assert_eq!(line, "attachment; filename=\"bao cao.pdf\"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o%2Epdf");
    assert_eq!(response.headers()["content-security-policy"], "sandbox; default-src 'none'");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

fn upload(parts: &[(&str, &str, &str)]) -> Request<Body> {
    let mut body = String::new();
    for (name, file, content) in parts {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body = [body.as_str(), &head, content, "\r\n"].concat();
    }
    body.push_str("--XX--\r\n");
    let builder = request("POST", "/file").header("content-type", "multipart/form-data; boundary=XX");
    builder.body(body.into()).unwrap()
}

#[tokio::test]
async fn an_upload_is_read_after_its_proof_only() {
    let token = web_kit::csrf::token(SESSION);
    let good = answer(upload(&[("csrf", "", &token), ("note", "", "n"), ("file", "../a.csv", "abc")])).await;
    assert_eq!(text(good).await, "a.csv 3 n");
    let late = upload(&[("file", "a.csv", "abc"), ("csrf", "", &token)]);
    assert_eq!(status(late).await, StatusCode::FORBIDDEN);
    let wrong = upload(&[("csrf", "", "0"), ("file", "a.csv", "abc")]);
    assert_eq!(status(wrong).await, StatusCode::FORBIDDEN);
    let extra = upload(&[("csrf", "", &token), ("role", "", "admin"), ("file", "a.csv", "abc")]);
    assert_eq!(status(extra).await, StatusCode::BAD_REQUEST);
    let two = upload(&[("csrf", "", &token), ("file", "a.csv", "abc"), ("file", "b.csv", "abc")]);
    assert_eq!(status(two).await, StatusCode::BAD_REQUEST);
    let twice =
        upload(&[("csrf", "", &token), ("note", "", "a"), ("note", "", "b"), ("file", "b.csv", "abc")]);
    assert_eq!(status(twice).await, StatusCode::BAD_REQUEST);
    assert_eq!(status(form("/file", "note=a")).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
