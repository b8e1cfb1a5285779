//! Requests of people about their own data: sent from the privacy page, followed with the code.

use app::data_request::{self, Given, Identification};
use domain::access::Role;
use domain::data_request::Event;
use http::StatusCode;

use crate::site::{Answer, Site};

const FORM: &str = "/du-lieu-ca-nhan";
const STATUS: &str = "/du-lieu-ca-nhan/tra-cuu";

/// Sends the form as a browser would: with the cookie and the token of the page.
async fn send(site: &Site, changed: &[(&str, &str)]) -> Answer {
    let form = site.get(FORM).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.header("cache-control").contains("no-store"), "{:?}", form.headers);
    let cookie = form.header("set-cookie").split(';').next().unwrap().to_owned();
    let (_, rest) = form.text.split_once("name=\"csrf\" value=\"").unwrap();
    let token = rest.split('"').next().unwrap().to_owned();
    let mut all = vec![
        ("csrf", token.as_str()),
        ("kind", "see"),
        ("name", "Trần Thị Riêng"),
        ("contact", "0912 345 678"),
        ("details", "Thư hỏi tôi gửi tháng 3"),
        ("website", ""),
    ];
    for (name, value) in changed {
        all.iter_mut().filter(|(known, _)| known == name).for_each(|field| field.1 = value);
    }
    site.post(FORM, &cookie, &all).await
}

#[tokio::test]
async fn sec_pii_03_a_person_asks_follows_with_the_code_and_reads_the_answer_once_confirmed() {
    let site = Site::new();
    site.office.clock.set(domain::time::at(jiff::civil::date(2026, 3, 2), 9, 0).unwrap());
    let privacy = site.get("/quyen-rieng-tu").await.text;
    assert!(privacy.contains("href=\"/du-lieu-ca-nhan\""), "{privacy}");
    let sent = send(&site, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let first = sent.header("location").to_owned();
    let shown = site.get(&first).await.text;
    assert!(shown.contains("DL-0001/") && shown.contains("Mới nhận"), "{shown}");
    assert!(shown.contains("<ol class=\"trace\">") && shown.contains("91/2025/QH15"), "{shown}");
    for limit in ["Hạn xác nhận tiếp nhận", "04/03/2026", "Hạn giải quyết", "12/03/2026"] {
        assert!(shown.contains(limit), "{limit}: {shown}");
    }
    assert!(!shown.contains("Riêng") && !shown.contains("0912"), "who asks is for the desk alone");
    let clerk = site.person(Role::Clerk);
    let id = data_request::list(&site.app, &clerk, None, 1).unwrap().0[0].id;
    let at = || (id, data_request::show(&site.app, &clerk, id).unwrap().row.version);
    data_request::act(&site.app, &clerk, at(), Event::Acknowledge, &Given::default()).unwrap();
    let known = Identification { contact: "0912 345 678".into(), how: "Gọi lại".into() };
    let code = data_request::identify(&site.app, &clerk, at(), &known).unwrap();
    let given = Given { answer: "Đã gửi bản sao <b>hồ sơ</b>".into(), ..Given::default() };
    data_request::act(&site.app, &clerk, at(), Event::Fulfil, &given).unwrap();
    let old = site.get(&first).await;
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    assert!(old.text.contains("cấp mã mới") && !old.text.contains("bản sao"), "{}", old.text);
    let new = site.get(&format!("{STATUS}?ma={code}")).await;
    assert!(new.text.contains("Đã gửi bản sao &#60;b&#62;"), "{}", new.text);
    assert!(new.header("cache-control").contains("no-store"), "{:?}", new.headers);
    let unknown = site.get(&format!("{STATUS}?ma=AAAA-AAAA-AAAA-AAAA")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_what_was_typed_stays() {
    let site = Site::new();
    let empty = send(&site, &[("kind", "all"), ("name", ""), ("details", "Thư <i>")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["Chưa nhập mục này", "Thư &#60;i&#62;", "0912 345 678"] {
        assert!(empty.text.contains(shown), "{shown}: {}", empty.text);
    }
    let trapped = send(&site, &[("website", "https://x")]).await;
    assert_eq!(trapped.header("location"), FORM);
    let forged = site.post(FORM, "", &[("kind", "see")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let clerk = site.person(Role::Clerk);
    assert_eq!(data_request::list(&site.app, &clerk, None, 1).unwrap().1, 0);
    for _ in 0..data_request::AN_HOUR {
        assert_eq!(send(&site, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(send(&site, &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
}
