//! Background work on the pages of the administrator.

use app::jobs::run_due;
use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

const JOBS: &str = "/administration/jobs";

#[tokio::test]
async fn the_administrator_sees_each_kind_runs_one_and_reads_its_result() {
    let site = Site::new();
    let page = site.get(Role::Administrator, JOBS).await.text();
    for title in ["Dọn dữ liệu tạm", "Sao lưu", "Kiểm tra dữ liệu", "Chưa lên lịch"] {
        assert!(page.contains(title), "no {title} in {page}");
    }
    let asked = site.post(Role::Administrator, "/administration/jobs/verify/run", &[]).await;
    assert_eq!((asked.status, asked.location.as_str()), (StatusCode::SEE_OTHER, JOBS));
    run_due(&site.app, "w").unwrap();
    let page = site.get(Role::Administrator, JOBS).await.text();
    assert!(page.contains("đều nguyên vẹn"), "{page}");
    assert!(page.contains("Chờ đến giờ") && !page.contains("Chưa lên lịch"));
    let unknown = site.post(Role::Administrator, "/administration/jobs/mail/run", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let forbidden = site.post(Role::Clerk, "/administration/jobs/verify/run", &[]).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_failed_check_warns_those_who_look_after_the_installation_and_nobody_else() {
    let site = Site::new();
    site.office.damage("UPDATE ledger SET actor = 'somebody' WHERE sequence = 2");
    site.post(Role::Administrator, "/administration/jobs/verify/run", &[]).await;
    run_due(&site.app, "w").unwrap();
    for path in ["/desk", "/administration", JOBS] {
        let page = site.get(Role::Administrator, path).await.text();
        assert!(page.contains("Dữ liệu không còn nguyên vẹn"), "{path}");
        assert!(page.contains("ledger entry 2"), "{path}");
    }
    assert!(!site.get(Role::Clerk, "/desk").await.text().contains("Dữ liệu không còn nguyên vẹn"));
    site.office.damage("UPDATE ledger SET actor = 'command_line' WHERE sequence = 2");
    site.office.clock.advance_minutes(1);
    site.post(Role::Administrator, "/ledger/verify", &[]).await;
    assert!(!site.get(Role::Administrator, "/desk").await.text().contains("Dữ liệu không còn nguyên vẹn"));
}

#[tokio::test]
async fn the_hours_of_work_are_changed_and_a_wrong_hour_is_shown_again_with_what_to_write() {
    let site = Site::new();
    let times = "/administration/jobs/times";
    let form = site.get(Role::Administrator, times).await.text();
    assert!(form.contains("value=\"01:00\"") && form.contains("value=\"14\""), "{form}");
    let fields = [("backup_at", "giờ trưa"), ("verify_at", "03:15"), ("keep_days", "30")];
    let wrong = site.post(Role::Administrator, times, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = wrong.text();
    assert!(
        text.contains("giờ trưa") && text.contains("Hãy ghi như 01:00") && text.contains("03:15"),
        "{text}"
    );
    let fields = [("backup_at", "22:30"), ("verify_at", "03:15"), ("keep_days", "30")];
    let saved = site.post(Role::Administrator, times, &fields).await;
    assert_eq!(saved.location, JOBS);
    let page = site.get(Role::Administrator, JOBS).await.text();
    assert!(
        page.contains("sao lưu lúc 22:30") && page.contains("03:15") && page.contains("30 ngày"),
        "{page}"
    );
}

#[tokio::test]
async fn the_mail_server_is_set_on_screen_and_what_was_typed_wrong_stays_without_the_password() {
    let site = Site::new();
    let (page, form) = ("/administration/mail", "/administration/mail/settings");
    let off = site.get(Role::Administrator, page).await.text();
    assert!(off.contains("Chưa khai báo máy chủ thư nên không thư nào được gửi"), "{off}");
    assert!(off.contains("Người dùng chưa có địa chỉ thư") && !off.contains("Gửi thư thử cho tôi"));
    assert_eq!(site.get(Role::Clerk, page).await.status, StatusCode::FORBIDDEN);
    let typed = [
        ("is_on", "on"),
        ("host", "mail hanam"),
        ("security", "tls"),
        ("from", "vanthu@hanam.example"),
        ("account", "vanthu"),
        ("password", "rất bí mật"),
    ];
    let wrong = site.post(Role::Administrator, form, &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = wrong.text();
    assert!(text.contains("Không phải tên máy chủ") && text.contains("value=\"mail hanam\""), "{text}");
    assert!(!text.contains("rất bí mật"));
    let right = typed.map(|(name, value)| (name, if name == "host" { "mail.hanam.example" } else { value }));
    let saved = site.post(Role::Administrator, form, &right).await;
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, page));
    let on = site.get(Role::Administrator, page).await.text();
    assert!(on.contains("mail.hanam.example:465") && on.contains("Đang bật"), "{on}");
    assert!(on.contains("Gửi thư thử cho tôi") && !on.contains("rất bí mật"));
    let trial = site.post(Role::Administrator, "/administration/mail/trial", &[]).await;
    assert!(trial.text().contains("Tài khoản của bạn chưa có địa chỉ thư"), "{}", trial.text());
    let unknown = site.post(Role::Administrator, "/administration/mail/abc/again", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
