//! Errors that readers reported, on the desk.

use app::notice::{self, Sent};
use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

#[tokio::test]
async fn a_notice_is_listed_handled_and_its_contact_shown_only_to_those_with_the_right() {
    let site = Site::new();
    assert!(site.get(Role::Clerk, "/notices").await.text().contains("Chưa có báo lỗi"));
    let sent = Sent {
        message: "Ngày họp sai".to_owned(),
        contact: "0912 345 678".to_owned(),
        consent: true,
        ..Sent::default()
    };
    notice::send(&site.app, &sent).unwrap();
    let list = site.get(Role::Clerk, "/notices?state=new").await.text();
    let (_, rest) = list.split_once("href=\"/notices/").unwrap();
    let path = format!("/notices/{}", rest.split('"').next().unwrap());
    assert!(list.contains("Ngày họp sai") && !list.contains("0912"), "{list}");
    let page = site.get(Role::Clerk, &path).await;
    assert!(page.text().contains("0912 345 678"), "{}", page.text());
    assert!(!site.get(Role::Radio, &path).await.text().contains("0912"));
    let version = page.hidden("version");
    let act = |state: &'static str, answer: &'static str| {
        let (site, path, version) = (&site, path.clone(), version.clone());
        async move {
            let fields = [("version", version.as_str()), ("state", state), ("answer", answer)];
            site.post(Role::Clerk, &path, &fields).await
        }
    };
    let silent = act("refused", "").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text().contains("Chưa nhập mục này"), "{}", silent.text());
    let nothing = act("", "Đã xem").await;
    assert!(nothing.text().contains("Đã xem</textarea>"), "{}", nothing.text());
    assert_eq!(act("corrected", "Đã sửa.").await.location, path);
    assert!(site.get(Role::Clerk, &path).await.text().contains("Đã sửa."));
    assert_ne!(act("refused", "Thôi").await.status, StatusCode::SEE_OTHER);
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Sửa theo báo lỗi nội dung"), "{ledger}");
}
