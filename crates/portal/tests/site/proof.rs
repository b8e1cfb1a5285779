//! The proof of a report's figures, the calculator, what machines and people ask about the site.

use app::Actor;
use app::reports::{self, Act};
use http::StatusCode;

use crate::site::{HOST, Site};

impl Site {
    /// A report of 2020, frozen; the path of its proof.
    fn freeze(&self) -> String {
        let actor = Actor::command_line();
        let period: domain::period::Period = "2020".parse().unwrap();
        let template = reports::templates(&self.app, period.last()).unwrap().remove(0).template.id;
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
    assert!(
        !bad.text.contains("<b>") && bad.text.contains("Chưa tính được") && !bad.text.contains("Chưa lưu")
    );
    assert!(!empty.text.contains("-OWN-"), "how the office works inside is no limit for readers");
    let own = site.get("/thoi-han?rule=PS-OWN-KEEP&from=24/12/2020").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get("/thoi-han?rule=PT-QA-4&other=1").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_site_says_what_machines_and_people_ask_about_it() {
    let site = Site::new();
    let security = site.get("/.well-known/security.txt").await.text;
    assert!(security.contains(&format!("Contact: http://{HOST}/tro-nang#lien-he")));
    assert!(site.get("/robots.txt").await.text.contains("Disallow: /desk\n"));
    let statement = site.get("/tro-nang").await.text;
    assert!(statement.contains("id=\"lien-he\"") && statement.contains("Kim Bảng"));
    let moved = site.get("/dang-nhap").await;
    assert_eq!(
        (moved.status, &moved.headers["location"]),
        (StatusCode::SEE_OTHER, &"/sign-in".parse().unwrap())
    );
}
