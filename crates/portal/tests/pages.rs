//! The public pages behind the real front, for somebody nobody knows.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::reports::{self, Act};
use app::{Actor, App, Parts, SecretKey, installation};
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use store::Blobs;
use testkit::Office;
use web_kit::server::{Front, Limits, Settings};

const HOST: &str = "127.0.0.1:8080";

struct Site {
    front: Front,
    app: App,
    _office: Office,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Site {
    fn new() -> Site {
        let office = Office::on_sqlite();
        let folder = office.directory.clone();
        let app = App::new(Parts {
            database: office.db.clone(),
            blobs: Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
            key: SecretKey::from_bytes([7; 32]),
            folder,
            base_url: format!("http://{HOST}"),
            font_places: Vec::new(),
        });
        installation::make(&app, &Actor::command_line(), &installation::example()).unwrap();
        let settings = Settings {
            site: Arc::new(web_kit::site::Site::new(&format!("http://{HOST}"), &[], &[]).unwrap()),
            limits: Limits::default(),
            random: |bytes| bytes.fill(1),
            ready: Arc::new(|| true),
        };
        Site { front: Front::new(portal::router(app.clone()), settings), app, _office: office }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = Request::builder().uri(path).header("host", HOST).body(Body::empty()).unwrap();
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        let response = self.front.answer(peer, request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// A report of 2020, frozen; the path of its proof.
    fn freeze(&self) -> String {
        let actor = Actor::command_line();
        let period = "2020".parse().unwrap();
        let template = reports::templates(period).unwrap().remove(0).id;
        let id = reports::create(&self.app, &actor, period, &template).unwrap();
        self.freeze_again(id)
    }

    fn freeze_again(&self, id: domain::id::ReportId) -> String {
        let actor = Actor::command_line();
        let version = reports::editor(&self.app, &actor, id).unwrap().report.version;
        let act = Act { reason: Some("Số liệu đã đủ".to_owned()), ..Act::default() };
        reports::act(&self.app, &actor, (id, version), domain::report::Event::Freeze, &act).unwrap();
        reports::editor(&self.app, &actor, id).unwrap().frozen.last().unwrap().proof_path.clone()
    }
}

#[tokio::test]
async fn a_frozen_report_is_proved_to_everyone_with_its_digest_and_file() {
    let site = Site::new();
    let path = site.freeze();
    let page = site.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let file = site.get(&format!("{path}/so-lieu.json")).await;
    assert_eq!(file.headers["content-disposition"].to_str().unwrap().split(';').next(), Some("attachment"));
    let set = report_digest(&file.text);
    assert!(page.text.contains(&set), "{}", page.text);
    assert!(path.ends_with(&set[..12]));
    assert!(!page.text.contains("Số liệu đã đủ"), "inner notes are not public");
}

/// The digest a frozen file names.
fn report_digest(json: &str) -> String {
    let (_, rest) = json.split_once("\"digest\"").unwrap();
    rest.split('"').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn a_code_nobody_made_has_no_page() {
    let site = Site::new();
    for code in ["000000000000", "khong-co", "../../sign-in", "0000000000000000"] {
        assert_eq!(site.get(&format!("/so-lieu/{code}")).await.status, StatusCode::NOT_FOUND, "{code}");
    }
}

#[tokio::test]
async fn the_calculator_explains_each_day() {
    let site = Site::new();
    let empty = site.get("/thoi-han").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text.contains("<optgroup") && !empty.text.contains("class=\"trace\""));
    let page = site.get("/thoi-han?rule=PT-QA-4&from=24/12/2020").await.text;
    assert!(page.contains("<strong>15/01/2021</strong>"), "{page}");
    assert!(page.contains("Tết Dương lịch") && page.contains("ngày làm việc thứ 15"));
    let bad = site.get("/thoi-han?rule=PT-QA-4&from=%3Cb%3E").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!bad.text.contains("<b>"));
    assert_eq!(site.get("/thoi-han?rule=PT-QA-4&other=1").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_site_says_what_machines_and_people_ask_about_it() {
    let site = Site::new();
    let security = site.get("/.well-known/security.txt").await.text;
    assert!(security.contains(&format!("Contact: http://{HOST}/tro-nang#lien-he")));
    assert!(site.get("/robots.txt").await.text.contains("Disallow: /\n"));
    let statement = site.get("/tro-nang").await.text;
    assert!(statement.contains("id=\"lien-he\"") && statement.contains("Kim Bảng"));
    let moved = site.get("/dang-nhap").await;
    assert_eq!(
        (moved.status, &moved.headers["location"]),
        (StatusCode::SEE_OTHER, &"/sign-in".parse().unwrap())
    );
}
