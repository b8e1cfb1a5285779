//! What must be published, and what became of it.

use app::register;
use domain::access::Role;
use domain::register::Register;
use http::StatusCode;

use crate::site::Site;

#[tokio::test]
async fn a_duty_is_done_late_or_owed_by_what_was_published_and_the_calendar_says_why() {
    let site = Site::new();
    let list = site.get(Role::Clerk, "/duties").await.text();
    assert!(list.contains("Chương trình, kế hoạch công tác hằng năm"), "{list}");
    assert!(list.contains("Chưa có minh chứng") && list.contains("Chưa kiểm tra lần nào"), "{list}");
    let today = site.app.today();
    let typed = [("posted_on", today.strftime("%d/%m/%Y").to_string()), ("title", "Kế hoạch năm".to_owned())];
    let typed = typed.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let id = register::add(&site.app, &app::Actor::command_line(), Register::News, &typed).unwrap();
    let address = format!("http://127.0.0.1:8080/tin-tuc/ke-hoach-nam-{id}");
    let prove = |created: String| {
        let (site, address) = (&site, address.clone());
        async move {
            let fields = [("created_on", created.as_str()), ("item", address.as_str())];
            site.post(Role::Clerk, "/duties/AI-WORK", &fields).await
        }
    };
    let on = |day: domain::time::Day| day.strftime("%d/%m/%Y").to_string();
    assert_eq!(prove(on(today)).await.location, "/duties/AI-WORK");
    let page = site.get(Role::Clerk, "/duties/AI-WORK").await.text();
    assert!(page.contains("Đã công khai") && page.contains("Kế hoạch năm"), "{page}");
    assert!(page.contains("Cách tính hạn"), "{page}");
    let month_ago = today.saturating_sub(jiff::Span::new().days(30));
    assert_eq!(prove(on(month_ago)).await.location, "/duties/AI-WORK");
    let list = site.get(Role::Clerk, "/duties").await.text();
    assert!(list.contains("Quá hạn"), "{list}");
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Đặt cấu hình"), "{ledger}");
}

#[tokio::test]
async fn a_proof_that_is_no_public_page_or_no_day_is_refused_and_stays_typed() {
    let site = Site::new();
    for (created, item, says) in [
        ("30/02/2020", "", "không phải là ngày"),
        ("01/01/2030", "", "ở phía trước"),
        ("", "/tin-tuc/khong-co-01ARZ3NDEKTSV4RRFFQ69G5FAV", "không phải là địa chỉ"),
        ("", "https://example.vn", "không phải là địa chỉ"),
    ] {
        let fields = [("created_on", created), ("item", item)];
        let refused = site.post(Role::Clerk, "/duties/AI-WORK", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text();
        assert!(page.contains(says) && page.contains(created) && page.contains(item), "{says}: {page}");
    }
    let missing = site.get(Role::Clerk, "/duties/NONE").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
