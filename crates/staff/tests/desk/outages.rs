//! Outages of the site: what the server noticed waits at the register until somebody says what it was.

use app::outages;
use domain::access::Role;
use domain::register::Register;
use http::StatusCode;

use crate::site::Site;

#[tokio::test]
async fn a_standstill_waits_at_the_register_and_is_written_down_or_dismissed() {
    let site = Site::new();
    // Not longer: people who do nothing for a quarter of an hour are signed out.
    for minutes in [0, 5, 6] {
        site.office.clock.advance_minutes(minutes);
        outages::sign(&site.app).unwrap();
    }
    let list = site.get(Role::Clerk, "/registers/outages").await.text();
    assert!(list.contains("Hệ thống đề nghị ghi"), "{list}");
    let work = site.get(Role::Clerk, "/work").await.text();
    assert!(work.contains("Xác nhận 2 khoảng máy chủ ngừng hoạt động"), "{work}");
    let found = outages::standstills(&site.app, &app::Actor::command_line()).unwrap();
    let [first, second] = [&found[0], &found[1]].map(|row| format!("/outages/{}", row.id));
    assert!(list.contains(&first) && list.contains(&second), "{list}");
    let page = site.get(Role::Clerk, &first).await.text();
    assert!(
        page.contains("Toàn bộ Cổng thông tin điện tử") && page.contains("Không có dấu hiệu hoạt động từ")
    );
    let refused = site.post(Role::Clerk, &first, &[("subject", " "), ("cause", "Mất điện")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Mất điện"), "what was typed stays");
    let fields = [("subject", "Toàn bộ Cổng"), ("kind", "unplanned"), ("cause", "Mất điện")];
    let noted = site.post(Role::Clerk, &first, &fields).await;
    assert!(noted.location.starts_with("/registers/outages/"), "{}", noted.location);
    let refused = site.post(Role::Clerk, &second, &[("subject", "x"), ("dismiss", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    let fields = [("subject", "x"), ("cause", "Chuyển máy chủ"), ("dismiss", "1")];
    assert_eq!(site.post(Role::Clerk, &second, &fields).await.location, "/registers/outages");
    let list = site.get(Role::Clerk, "/registers/outages").await.text();
    assert!(!list.contains("Hệ thống đề nghị ghi") && list.contains("Toàn bộ Cổng"), "{list}");
    assert_eq!(site.get(Role::Clerk, &first).await.status, StatusCode::NOT_FOUND);
    let counted = app::register::counts(&site.app, &app::Actor::command_line()).unwrap();
    assert!(counted.contains(&(Register::Outages, 1, true)));
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Xác nhận khoảng ngừng hoạt động không phải gián đoạn"), "{ledger}");
}
