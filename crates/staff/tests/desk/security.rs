//! The log of security events: written while pages are used, read by the administrator.

use std::time::Duration;

use app::security::Recorder;
use domain::access::Role;
use http::StatusCode;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::site::Site;

const EVENTS: &str = "/administration/events";

#[tokio::test]
async fn refusals_and_reading_are_kept_with_person_and_source_and_shown_to_the_administrator_alone() {
    let site = Site::new();
    let (recorder, taker) = Recorder::start(site.app.clone()).unwrap();
    tracing_subscriber::registry().with(taker).init();
    site.get(Role::Clerk, "/people").await;
    let fields = [
        ("received_on", "16/11/2020"),
        ("asker", "Nguyễn Văn Kín"),
        ("subject", "Thủ tục cấp giấy phép xây dựng nhà ở riêng lẻ"),
        ("unit", "Phòng Kinh tế và Hạ tầng"),
        ("track", "question"),
    ];
    let added = site.post(Role::Clerk, "/registers/questions/new", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    site.get(Role::Clerk, &added.location).await;
    site.get(Role::Administrator, "/registers/questions/export.csv").await;
    // A step left out: a request nobody has cleared is sent.
    let path = crate::press::take(&site).await;
    let fields = [
        ("version", "1"),
        ("number", ""),
        ("gap_reason", ""),
        ("symbol", "UBND-VHTT"),
        ("issued_on", "02/06/2020"),
        ("delivery", "post"),
        ("to", "Tòa soạn Báo Hà Nam"),
    ];
    let skipped = site.post(Role::Clerk, &format!("{path}/issue"), &fields).await;
    assert_eq!(skipped.status, StatusCode::CONFLICT, "{}", skipped.text());
    assert!(recorder.stop(Duration::from_secs(30)));
    let page = site.get(Role::Administrator, EVENTS).await.text();
    for shown in ["không có quyền", "Xem dữ liệu cá nhân", "Xuất sổ", "127.0.0.1 : 50000"] {
        assert!(page.contains(shown), "no {shown} in {page}");
    }
    assert!(!page.contains("Nguyễn Văn Kín"));
    let clerk = site.office.db.read(|r| store::person::all(r)).unwrap();
    let clerk = clerk.iter().find(|person| person.roles == [Role::Clerk]).unwrap();
    assert!(page.contains(&clerk.full_name), "{page}");
    let refused = site.get(Role::Administrator, "/administration/events?event=act_refused").await.text();
    assert!(refused.contains("code=press_not_now") && refused.contains(&clerk.full_name), "{refused}");
    let only = site.get(Role::Administrator, "/administration/events?event=exported").await.text();
    assert!(only.contains("register=questions") && !only.contains("write_people"), "{only}");
    assert_eq!(site.get(Role::Leader, EVENTS).await.status, StatusCode::FORBIDDEN);
    let good = site.post(Role::Administrator, "/ledger/verify", &[]).await.text();
    assert!(good.contains("banner-done"), "{good}");
    site.office.damage("UPDATE security_events SET person = 'somebody' WHERE sequence = 1");
    let bad = site.post(Role::Administrator, "/ledger/verify", &[]).await.text();
    assert!(bad.contains("security event 1"), "{bad}");
}
