//! Errors that readers report.

use domain::access::Role;
use domain::notice::State;
use domain::publication::Kind;
use http::StatusCode;

use crate::site::{Answer, Site, draft};

/// Sends the form as a browser would: with the cookie and the token of the page.
async fn send(site: &Site, item: &str, fields: &[(&str, &str)]) -> Answer {
    let form = site.get(&format!("/gop-y?muc={item}")).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.header("cache-control").contains("no-store"), "{:?}", form.headers);
    let cookie = form.header("set-cookie").split(';').next().unwrap().to_owned();
    let (_, rest) = form.text.split_once("name=\"csrf\" value=\"").unwrap();
    let token = rest.split('"').next().unwrap().to_owned();
    let mut all = vec![("csrf", token.as_str()), ("item", item)];
    all.extend_from_slice(fields);
    site.post("/gop-y", &cookie, &all).await
}

#[tokio::test]
async fn a_reader_reports_an_error_and_reads_the_answer_with_the_code() {
    let site = Site::new();
    let id = site.publish(Kind::News, &draft("Hội nghị tổng kết"));
    let page = site.get(&site.path(id)).await.text;
    assert!(page.contains(&format!("/gop-y?muc={id}")), "{page}");
    let fields =
        [("message", "Ngày họp sai"), ("contact", "0912 345 678"), ("consent", "on"), ("website", "")];
    let sent = send(&site, &id.to_string(), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let receipt = sent.header("location").to_owned();
    let shown = site.get(&receipt).await.text;
    assert!(shown.contains("Mới nhận") && shown.contains("Hạn trả lời"), "{shown}");
    assert!(shown.contains("Hạn này được tính thế nào") && shown.contains("<ol class=\"trace\">"), "{shown}");
    assert!(!shown.contains("0912"), "the contact is for the desk alone");
    let clerk = site.person(Role::Clerk);
    let (listed, total) = app::notice::list(&site.app, &clerk, None, 1).unwrap();
    assert_eq!((total, listed[0].contact.as_str()), (1, ""));
    let (row, title) = app::notice::show(&site.app, &clerk, listed[0].id).unwrap();
    assert_eq!((title.as_str(), row.contact.as_str()), ("Hội nghị tổng kết", "0912 345 678"));
    let radio = site.person(Role::Radio);
    assert_eq!(app::notice::show(&site.app, &radio, row.id).unwrap().0.contact, "");
    app::notice::act(&site.app, &clerk, (row.id, row.version), State::Corrected, "Đã sửa ngày.").unwrap();
    let shown = site.get(&receipt).await.text;
    assert!(shown.contains("Đã sửa ngày.") && !shown.contains("Mới nhận"), "{shown}");
    let unknown = site.get("/gop-y/bien-nhan?ma=AAAA-AAAA-AAAA-AAAA").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_what_was_typed_stays() {
    let site = Site::new();
    let empty = send(&site, "", &[("message", ""), ("contact", "Lan <b>"), ("website", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["Chưa nhập mục này", "đánh dấu đồng ý", "Lan &#60;b&#62;"] {
        assert!(empty.text.contains(shown), "{shown}: {}", empty.text);
    }
    let trapped = send(&site, "", &[("message", "mua hàng"), ("website", "https://x")]).await;
    assert_eq!(trapped.header("location"), "/gop-y");
    let forged = site.post("/gop-y", "", &[("message", "x")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let hidden = send(&site, "01ARZ3NDEKTSV4RRFFQ69G5FAV", &[("message", "x"), ("website", "")]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let clerk = site.person(Role::Clerk);
    assert_eq!(app::notice::list(&site.app, &clerk, None, 1).unwrap().1, 0);
}

#[tokio::test]
async fn sec_lim_one_network_cannot_bury_the_desk() {
    let site = Site::new();
    for _ in 0..app::notice::AN_HOUR {
        let sent = send(&site, "", &[("message", "Sai"), ("website", "")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let over = send(&site, "", &[("message", "Sai"), ("website", "")]).await;
    assert_eq!(over.status, StatusCode::TOO_MANY_REQUESTS);
}
