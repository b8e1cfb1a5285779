//! Requests of reporters: sent, followed with the code, and what a code opens once somebody else was confirmed.

use app::press::{self, Act, Assignment, Identification, Issue};
use app::{Actor, App};
use domain::access::Role;
use domain::id::CaseId;
use domain::press::request::{Answer, Delivery, Identity};
use domain::press::workflow::Event;
use http::StatusCode;

use crate::site::{Answer as Page, Site};

const STATUS: &str = "/yeu-cau-bao-chi/tra-cuu";

/// Sends the form as a browser would: with the cookie and the token of the page.
async fn send(site: &Site, changed: &[(&str, &str)]) -> Page {
    let form = site.get("/yeu-cau-bao-chi").await;
    let cookie = form.header("set-cookie").split(';').next().unwrap().to_owned();
    let (_, rest) = form.text.split_once("name=\"csrf\" value=\"").unwrap();
    let token = rest.split('"').next().unwrap().to_owned();
    let mut all = vec![
        ("csrf", token.as_str()),
        ("agency", "Báo Hà Nam"),
        ("reporter", "Nguyễn Thị Phóng"),
        ("contact", "forger@evil.example"),
        ("card", "NB 4711"),
        ("request_symbol", "12/GGT-BHN"),
        ("subject", "Tiến độ thu gom rác thải"),
        ("questions", "Bao giờ xong? <img src=https://track.example/a.png>"),
        ("consent", "on"),
        ("website", ""),
    ];
    for (name, value) in changed {
        all.iter_mut().filter(|(known, _)| known == name).for_each(|field| field.1 = value);
    }
    site.post("/yeu-cau-bao-chi", &cookie, &all).await
}

/// Confirms somebody else than the sender and sends the answer out; the new code.
fn answer(app: &App, [clerk, leader, officer]: [Actor; 3]) -> String {
    let id: CaseId =
        press::list(app, &clerk, &press::Filter { page: 1, ..Default::default() }).unwrap().cases[0].id;
    let at = || (id, press::show(app, &clerk, id).unwrap().row.version);
    let lead = press::units(app, &clerk).unwrap()[1].id;
    let assignment =
        Assignment { lead: Some(lead), legal_kind: "information".into(), ..Assignment::default() };
    press::assign(app, &clerk, at(), &assignment).unwrap();
    let officer = Actor::person(officer.person.unwrap(), Some(lead), vec![Role::Officer]);
    press::act(app, &officer, at(), Event::Accept, &Act::default()).unwrap();
    let text = Answer {
        text: "Xong trước 30/6.".into(),
        form: "press_release_or_written".into(),
        ..Answer::default()
    };
    press::write(app, &officer, at(), &text).unwrap();
    let shown_digest = Some(press::show(app, &leader, id).unwrap().digest);
    let act = Act { reason: "Gấp".into(), shown_digest, ..Act::default() };
    press::act(app, &leader, at(), Event::Bypass, &act).unwrap();
    let known = Identification {
        identity: Identity::KnownContact,
        contact: "024 3825 0000".into(),
        note: "Gọi tòa soạn".into(),
    };
    let code = press::identify(app, &clerk, at(), &known).unwrap().unwrap();
    let issue = Issue {
        symbol: "UBND-VP".into(),
        day: Some(app.today()),
        delivery: Some(Delivery::Page),
        ..Issue::default()
    };
    press::send_out(app, &clerk, at(), &issue).unwrap();
    code
}

#[tokio::test]
async fn sec_press_a01_the_code_of_who_sent_a_request_in_a_reporters_name_says_only_that_another_was_given() {
    let site = Site::new();
    let sent = send(&site, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let forged = sent.header("location").to_owned();
    let before = site.get(&forged).await;
    assert!(
        before.text.contains("YC-0001/") && before.text.contains("xác minh bạn là phóng viên"),
        "{}",
        before.text
    );
    assert!(!before.text.contains("4711") && !before.text.contains("evil.example"), "{}", before.text);
    let people = [Role::Clerk, Role::Leader, Role::Officer].map(|role| site.person(role));
    let code = site.app.run(move |app| Ok::<_, app::ActionError>(answer(app, people))).await.unwrap();
    let after = site.get(&forged).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND);
    assert!(after.text.contains("cấp mã mới cho liên hệ đã xác minh"), "{}", after.text);
    for told in ["YC-0001/", "Xong trước 30/6.", "rác thải", "024 3825"] {
        assert!(!after.text.contains(told), "{told}: {}", after.text);
    }
    let letter = forged.replace("tra-cuu", "van-ban");
    assert_eq!(site.get(&letter).await.status, StatusCode::NOT_FOUND);
    let own = site.get(&format!("{STATUS}?ma={code}")).await;
    assert!(own.text.contains("Xong trước 30/6."), "{}", own.text);
    let letter = site.get(&format!("/yeu-cau-bao-chi/van-ban?ma={code}")).await;
    assert!(letter.bytes.starts_with(b"%PDF"));
    let unknown = site.get(&format!("{STATUS}?ma=AAAA-AAAA-AAAA-AAAA")).await;
    assert!(unknown.text.contains("Không có yêu cầu nào mang mã này"), "{}", unknown.text);
}

#[tokio::test]
async fn what_cannot_be_taken_is_named_and_what_was_typed_stays() {
    let site = Site::new();
    let long = "9".repeat(101);
    let told = send(&site, &[("consent", ""), ("card", &long), ("agency", "")]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["f-consent", "f-card", "f-agency"] {
        assert!(told.text.contains(&format!("href=\"#{field}\"")), "{field}: {}", told.text);
    }
    assert!(told.text.contains("12/GGT-BHN") && told.text.contains(&long));
}
