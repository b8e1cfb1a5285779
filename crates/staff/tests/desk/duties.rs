//! What must be published, and what became of it.

use app::links::{Answer as Heard, Fetched, Prober};
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

/// What the administrator types for a duty; the last field is the mark of the rows that were on the screen.
fn typed(id: &'static str, basis: &'static str, seen: &str) -> Vec<(&'static str, String)> {
    [
        ("id", id),
        ("title", "Lịch tiếp công dân"),
        ("renew", "quarter"),
        ("rule", ""),
        ("unit", "Văn phòng"),
        ("kind", "notice"),
        ("valid_from", "01/01/2019"),
        ("valid_to", ""),
        ("basis", basis),
        ("source", "Bản giấy"),
        ("confidence", "doubtful"),
        ("seen", seen),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn send(site: &Site, path: &str, fields: &[(&'static str, String)]) -> crate::site::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    site.post(Role::Administrator, path, &fields).await
}

#[tokio::test]
async fn the_administrator_adds_a_duty_and_it_stands_in_the_list_with_its_origin_and_doubt() {
    let site = Site::new();
    assert_eq!(site.get(Role::Clerk, "/law/duties/new").await.status, StatusCode::FORBIDDEN);
    let form = site.get(Role::Administrator, "/law/duties/new").await.text();
    let bad = send(&site, "/law/duties/new", &typed("kb lich", "", &seen(&form))).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = bad.text();
    assert!(page.contains("href=\"#f-basis\"") && page.contains("Lịch tiếp công dân"), "{page}");
    let bad = send(&site, "/law/duties/new", &typed("kb lich", "Quy chế", &seen(&form))).await.text();
    assert!(bad.contains("Mã gồm chữ in hoa") && bad.contains("value=\"kb lich\""), "{bad}");
    let added = send(&site, "/law/duties/new", &typed("KB-LICH", "Quy chế", &seen(&form))).await;
    assert_eq!(added.location, "/law/duties/KB-LICH", "{}", added.text());
    let list = site.get(Role::Clerk, "/duties").await.text();
    assert!(list.contains("Quy chế · Cơ quan bổ sung") && list.contains("Còn có cách hiểu khác"), "{list}");
    assert!(list.contains("Danh mục đi kèm phần mềm"));
    let law = site.get(Role::Clerk, "/law").await.text();
    assert!(law.contains("/law/duties/KB-LICH") && !law.contains("/law/duties/new"), "{law}");
    let rows = site.get(Role::Clerk, "/law/duties/KB-LICH").await.text();
    assert!(rows.contains("Bản giấy · Cơ quan bổ sung") && !rows.contains("/end\""), "{rows}");
    assert_eq!(site.get(Role::Clerk, "/law/duties/KB-NONE").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_who_change_a_duty_at_once_lose_nothing() {
    let site = Site::new();
    let form = site.get(Role::Administrator, "/law/duties/new?duty=PS-SPOKESPERSON").await.text();
    let mark = seen(&form);
    assert!(form.contains("Họ tên, chức vụ, số điện thoại") && !mark.is_empty(), "{form}");
    let first = send(&site, "/law/duties/new", &typed("PS-SPOKESPERSON", "Quy chế một", &mark)).await;
    assert_eq!(first.location, "/law/duties/PS-SPOKESPERSON", "{}", first.text());
    let mut second = typed("PS-SPOKESPERSON", "Quy chế hai", &mark);
    second[6].1 = "01/06/2019".to_owned();
    let told = send(&site, "/law/duties/new", &second).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    let page = told.text();
    for text in ["người khác đã thay đổi", "Quy chế một", "value=\"Quy chế hai\"", "01/06/2019"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    // The form goes on from what stands now.
    second[11].1 = seen(&page);
    assert_eq!(send(&site, "/law/duties/new", &second).await.location, "/law/duties/PS-SPOKESPERSON");
    let rows = site.get(Role::Clerk, "/law/duties/PS-SPOKESPERSON").await.text();
    assert!(rows.contains("01/01/2019 – 31/05/2019") && rows.contains("từ 01/06/2019"), "{rows}");
}

#[tokio::test]
async fn a_duty_is_ended_with_its_basis() {
    let site = Site::new();
    let path = "/law/duties/PS-SPOKESPERSON/end";
    let form = site.get(Role::Administrator, path).await.text();
    let fields = |day: &str, basis: &str, mark: &str| {
        [("valid_to", day), ("basis", basis), ("source", "Công báo"), ("seen", mark)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let bad = send(&site, path, &fields("31/02/2019", "", &seen(&form))).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("31/02/2019") && bad.text().contains("href=\"#f-basis\""));
    let stale = send(&site, path, &fields("31/12/2019", "Nghị định", "x")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("value=\"Nghị định\""));
    let ended = send(&site, path, &fields("31/12/2019", "Nghị định", &seen(&form))).await;
    assert_eq!(ended.location, "/law/duties/PS-SPOKESPERSON", "{}", ended.text());
    let rows = site.get(Role::Clerk, "/law/duties/PS-SPOKESPERSON").await.text();
    assert!(rows.contains("Kết thúc theo: Nghị định (Công báo)") && rows.contains("– 31/12/2019"), "{rows}");
    assert!(!site.get(Role::Clerk, "/duties").await.text().contains("/duties/PS-SPOKESPERSON"));
}

/// Every link is as this says.
struct All(Heard);

impl Prober for All {
    fn look(&self, links: &[String]) -> std::io::Result<Vec<(String, Heard)>> {
        Ok(links.iter().map(|link| (link.clone(), self.0)).collect())
    }

    fn fetch(&self, _: &str, _: usize) -> std::io::Result<Fetched> {
        unreachable!("checking links fetches no document")
    }
}

async fn links_checked_when(heard: Heard) -> Site {
    let site = Site::new();
    let _ = site.app.clone().with_prober(std::sync::Arc::new(All(heard)));
    let off = site.get(Role::Clerk, "/duties").await.text();
    assert!(off.contains("Chưa bật kiểm tra liên kết đến trang khác"), "{off}");
    let times = "/administration/jobs/times";
    let form = site.get(Role::Administrator, times).await.text();
    assert!(form.contains("name=\"outside_links\"") && !form.contains("checked"), "{form}");
    let fields =
        [("backup_at", "01:00"), ("verify_at", "02:00"), ("keep_days", "14"), ("outside_links", "on")];
    site.post(Role::Administrator, times, &fields).await;
    assert!(site.get(Role::Administrator, times).await.text().contains("checked"));
    assert!(site.get(Role::Clerk, "/duties").await.text().contains("Đã bật, chưa kiểm tra lần nào"));
    let text = [
        ("title", "Thông báo có liên kết"),
        ("section", "Thời sự"),
        ("summary", ""),
        ("body", "<p><a href=\"https://bao.vn/mat\">báo</a></p>"),
        ("last_day", ""),
        ("review_on", ""),
    ];
    let made = site.post(Role::Radio, "/publications/new/notice", &text).await;
    crate::publications::publish(&site, made.location.split('?').next().unwrap()).await;
    let failing = store::outside_link::OutsideLink {
        url: "https://bao.vn/mat".to_owned(),
        checked_at: site.app.now() - jiff::SignedDuration::from_hours(30),
        failing_since: Some(site.app.now() - jiff::SignedDuration::from_hours(30)),
        answer: "silent".to_owned(),
    };
    site.office.db.write(&site.office.actor(), |tx| store::outside_link::save(tx, &failing)).unwrap();
    site.post(Role::Administrator, "/administration/jobs/outside_links/run", &[]).await;
    app::jobs::run_due(&site.app, "w").unwrap();
    site
}

#[tokio::test]
async fn a_broken_link_to_another_site_stands_beside_the_duties_with_its_reason() {
    let site = links_checked_when(Heard::Status(410)).await;
    let list = site.get(Role::Clerk, "/duties").await.text();
    for text in ["https://bao.vn/mat", "Trang trả lời mã 410", "1 liên kết không mở được trong hai lần"]
    {
        assert!(list.contains(text), "{text}: {list}");
    }
    let jobs = site.get(Role::Administrator, "/administration/jobs").await.text();
    assert!(jobs.contains("Có 1 liên kết đến trang khác không mở được"), "{jobs}");
}

#[tokio::test]
async fn no_network_is_not_a_broken_link() {
    let site = links_checked_when(Heard::Silent).await;
    let list = site.get(Role::Clerk, "/duties").await.text();
    assert!(list.contains("không có mạng") && !list.contains("https://bao.vn/mat"), "{list}");
}
