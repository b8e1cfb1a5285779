//! However a page is asked for: hidden things answer as missing ones, nothing a request says beside its address changes
//! what others get, and no address leads to another page (PUB-04, PUB-06, PUB-A03, PUB-A04, PUB-A08).

use app::publication::{self, Act, Draft};
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::workflow::Event;
use domain::publication::{Kind, Purpose};
use domain::register::Register;
use http::StatusCode;

use crate::site::{Answer, Site, draft, without_words};

/// Ways of asking that could tell more than a page shows.
const WAYS: [(&str, &[(&str, &str)]); 9] = [
    ("GET", &[]),
    ("HEAD", &[]),
    ("OPTIONS", &[]),
    ("GET", &[("if-none-match", "*")]),
    ("GET", &[("if-modified-since", "Wed, 01 Jan 2098 00:00:00 GMT")]),
    ("GET", &[("range", "bytes=0-3")]),
    ("HEAD", &[("range", "bytes=0-3"), ("if-range", "\"x\"")]),
    ("OPTIONS", &[("origin", "https://evil.example"), ("access-control-request-method", "GET")]),
    ("POST", &[("origin", "http://127.0.0.1:8080")]),
];

/// What came back, without the address that was asked for and what is new with each answer.
fn told(answer: &Answer, path: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "content-length"].contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, headers.collect(), without_words(&answer.text.replace(path, "")))
}

fn hidden(site: &Site) -> Vec<String> {
    let clerk = site.person(Role::Clerk);
    let file = |name: &str| site.file(name.as_bytes(), name, "application/pdf", Purpose::Attachment);
    let text = |name: &str| Draft { files: vec![file(name)], ..draft("Bài kín") };
    let path = |id: PublicationId| format!("/thong-bao/bai-kin-{id}");
    let begin = |name: &str| publication::begin(&site.app, &clerk, Kind::Notice, &text(name)).unwrap();
    let written = begin("a.pdf");
    let scheduled = begin("b.pdf");
    site.act(Role::Clerk, scheduled, Event::Submit, Act::default());
    site.act(Role::Leader, scheduled, Event::Approve, Act::default());
    let later = site.app.now() + jiff::SignedDuration::from_hours(24);
    site.act(Role::Clerk, scheduled, Event::Schedule, Act { publish_at: Some(later), ..Act::default() });
    let withdrawn = site.publish(Kind::Notice, &text("c.pdf"));
    site.withdraw(withdrawn, "Đăng nhầm");
    let line = site.line(Register::News, &[("posted_on", "02/12/2099"), ("title", "Ngày mai")]);
    let files = ["a.pdf", "b.pdf", "c.pdf"].map(|name| format!("/tep/{}/{name}", file(name).digest));
    let mut paths = vec![
        path(written),
        path(scheduled),
        format!("/thong-bao/{written}"),
        format!("/tin-tuc/ngay-mai-{line}"),
    ];
    paths.extend(files);
    paths
}

#[tokio::test]
async fn sec_pub_a03_what_is_hidden_answers_every_way_of_asking_as_what_is_missing() {
    let site = Site::served();
    let missing = |path: &str| match path.rsplit_once('/').unwrap() {
        (folder, name) if folder.starts_with("/tep/") => format!("/tep/{}/{name}", "0".repeat(64)),
        (folder, _) => format!("{folder}/khong-co-01J9ZZZZZZZZZZZZZZZZZZZZZZ"),
    };
    for path in hidden(&site) {
        let nowhere = missing(&path);
        for (method, headers) in WAYS {
            let found = site.ask(method, &path, headers, "").await;
            let none = site.ask(method, &nowhere, headers, "").await;
            assert_eq!(told(&found, &path), told(&none, &nowhere), "{method} {path} {headers:?}");
            let refused = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED, StatusCode::FORBIDDEN];
            assert!(refused.contains(&found.status), "{method} {path}: {}", found.status);
            assert_eq!(found.header("etag"), "", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn sec_pub_a03_a_withdrawn_page_says_so_and_no_more_whatever_is_asked() {
    let site = Site::served();
    let id = site.publish(Kind::News, &draft("Tin sai"));
    let path = site.path(id);
    let before = site.get(&path).await;
    site.withdraw(id, "Đăng nhầm");
    for (method, headers) in WAYS.into_iter().filter(|(method, _)| ["GET", "HEAD"].contains(method)) {
        let mut headers = headers.to_vec();
        headers.push(("if-none-match", before.header("etag")));
        let gone = site.ask(method, &path, &headers, "").await;
        assert_eq!((gone.status, gone.header("etag")), (StatusCode::GONE, ""), "{method} {headers:?}");
        assert!(!gone.text.contains("Sáng nay"), "{method} {headers:?}");
    }
}

#[tokio::test]
async fn sec_pub_a04_nothing_beside_the_address_changes_what_is_kept_for_others() {
    let site = Site::served();
    let path = site.path(site.publish(Kind::News, &draft("Hội nghị")));
    let poisons: [&[(&str, &str)]; 12] = [
        &[("x-forwarded-host", "evil.example")],
        &[("x-forwarded-proto", "ftp"), ("x-forwarded-port", "1")],
        &[("x-forwarded-prefix", "/evil"), ("x-forwarded-server", "evil.example")],
        &[("forwarded", "host=evil.example;proto=http")],
        &[("x-host", "evil.example"), ("x-http-host-override", "evil.example")],
        &[("x-original-url", "/desk"), ("x-rewrite-url", "/desk")],
        &[("x-http-method-override", "POST"), ("x-method-override", "DELETE")],
        &[("accept-language", "en"), ("accept", "application/json")],
        &[("user-agent", "<script>evil</script>"), ("referer", "https://evil.example/")],
        &[("origin", "https://evil.example")],
        &[("cookie", "evil=1; pn-session=evil")],
        &[("cf-connecting-ip", "6.6.6.6"), ("x-forwarded-for", "6.6.6.6"), ("true-client-ip", "6.6.6.6")],
    ];
    for place in ["/", "/tin-tuc", "/tin-tuc/rss.xml", "/sitemap.xml", &path] {
        for (number, headers) in poisons.into_iter().enumerate() {
            // An address of its own for each, so that the poisoned answer is the first one drawn.
            let address = format!("{place}?lan={number}");
            let plain = site.get(&format!("{place}?lan=moi-{number}")).await;
            let poisoned = site.get_with(&address, headers).await;
            let after = site.get(&address).await;
            assert_eq!((poisoned.status, after.status), (StatusCode::OK, StatusCode::OK), "{address}");
            assert!(!poisoned.text.contains("evil"), "{address} {headers:?}");
            assert_eq!(poisoned.text, after.text, "{address} {headers:?}");
            let plain = plain.text.replace(&format!("lan=moi-{number}"), &format!("lan={number}"));
            assert_eq!(after.text, plain, "{address} {headers:?}");
        }
    }
}

#[tokio::test]
async fn sec_pub_a04_the_body_of_a_reading_request_is_not_read() {
    let site = Site::served();
    site.publish(Kind::News, &draft("Hội nghị"));
    for address in ["/tin-tuc?muc=a", "/tim-kiem?q=a"] {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let fat = site.ask("GET", address, &kind, "muc=Th%E1%BB%9Di+s%E1%BB%B1&q=hoi&trang=9").await;
        let plain = site.get(address).await;
        assert_eq!((fat.status, &fat.text), (plain.status, &plain.text), "{address}");
    }
}

#[tokio::test]
async fn sec_pub_04_an_address_that_is_no_page_is_missing_and_never_another_page() {
    let site = Site::served();
    let path = site.path(site.publish(Kind::News, &draft("Hội nghị")));
    let (_, id) = path.rsplit_once('-').unwrap();
    let tails =
        ["/x.css", ";.js", "%3b.js", "/.css", "%00", "%2f", "%0a", "/", "//", "/..", ".html", "%2e%2e", "\\"];
    let mut missing: Vec<String> = tails.iter().map(|tail| format!("{path}{tail}")).collect();
    missing.extend(tails.iter().map(|tail| format!("/lien-he{tail}")));
    missing.extend(
        ["/index.html", "/TIN-TUC", "//tin-tuc", "/./tin-tuc", "/%2e/tin-tuc", "/x/../tin-tuc"]
            .map(str::to_owned),
    );
    missing.extend(
        ["/x/%2e%2e/tin-tuc", "/tin-tuc/..%2flien-he", "/tin%2Dtuc/x", "/desk/x.css"].map(str::to_owned),
    );
    missing.push(format!("/tin-tuc/{}", id.to_lowercase().replace('0', "o")));
    for address in missing {
        let answer = site.get(&address).await;
        let is_missing = [StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST].contains(&answer.status);
        assert!(is_missing, "{address}: {} {}", answer.status, answer.header("location"));
        assert!(!answer.text.contains("Sáng nay"), "{address}");
        assert!(!answer.header("cache-control").starts_with("public"), "{address}");
    }
}

#[tokio::test]
async fn sec_pub_a08_pages_without_end_and_facets_in_any_mixture_are_bounded() {
    let site = Site::served();
    for number in 1..=25 {
        let fields =
            [("posted_on", "02/12/2020"), ("title", &*format!("Tin {number}")), ("category", "Văn hóa")];
        site.line(Register::News, &fields);
    }
    for page in ["3", "1000000", "4294967295", "4294967296", "99999999999999999999", "-1", "1e6", "٢"] {
        for list in ["/tin-tuc", "/van-ban", "/tin-tuc?muc=V%C4%83n+h%C3%B3a&nam=2020&nguon=x"] {
            let address = format!("{list}{}trang={page}", if list.contains('?') { '&' } else { '?' });
            assert_eq!(site.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
        let part = site.get(&format!("/sitemap/{page}.xml")).await;
        assert_eq!(part.status, StatusCode::NOT_FOUND, "{page}");
    }
    let usual = site.get("/tin-tuc").await.text.len();
    let values = ["", "V%C4%83n+h%C3%B3a", "kh%C3%B4ng+c%C3%B3", "%00", "%25%27%22"];
    for section in values {
        for source in values {
            for year in ["", "2020", "1900", "2200"] {
                let address = format!("/tin-tuc?muc={section}&nguon={source}&nam={year}");
                let page = site.get(&address).await;
                // A zero sign is refused before any page is asked.
                let expected = if address.contains("%00") { StatusCode::BAD_REQUEST } else { StatusCode::OK };
                assert_eq!(page.status, expected, "{address}");
                assert!(page.text.len() < 2 * usual, "{address}: {} bytes", page.text.len());
            }
        }
    }
    let many = format!("/tin-tuc?{}", "muc=a&".repeat(1_000));
    assert!(site.get(&many).await.status.is_success());
    let today = site.app.today();
    for (days, status) in [(0, 200), (31, 200), (32, 404), (-31, 200), (-32, 404)] {
        let day = domain::time::days_later(today, days);
        let page = site.get(&format!("/ban-tin/chuong-trinh?ngay={day}")).await;
        assert_eq!(page.status.as_u16(), status, "{day}");
        assert_eq!(
            page.text.matches("rel=\"next\"").count(),
            usize::from(status == 200 && days < 31),
            "{day}"
        );
    }
    for day in ["0001-01-01", "9999-12-31", "2020-13-01"] {
        let page = site.get(&format!("/ban-tin/chuong-trinh?ngay={day}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{day}");
    }
}

#[tokio::test]
async fn sec_pub_06_pages_are_read_while_the_search_index_is_not_made() {
    let site = Site::new();
    let path = site.path(site.publish(Kind::News, &draft("Hội nghị")));
    assert_eq!(site.get("/tim-kiem?q=hoi").await.status, StatusCode::SERVICE_UNAVAILABLE);
    for page in ["/", "/tin-tuc", "/tin-tuc/rss.xml", "/sitemap.xml", &path] {
        assert_eq!(site.get(page).await.status, StatusCode::OK, "{page}");
    }
}
