//! What a person may upload on one day: set by the administrator, said in the form, what was typed stays.

use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

const LIMITS: &str = "/administration/uploads";

#[tokio::test]
async fn sec_upl_a09_over_the_days_limit_the_form_says_what_to_do_and_keeps_what_was_typed() {
    let site = Site::new();
    let form = site.get(Role::Administrator, LIMITS).await.text();
    assert!(form.contains("value=\"3000\"") && form.contains("value=\"5000\""), "{form}");
    let wrong = [("files", "không"), ("megabytes", "5")];
    let wrong = site.post(Role::Administrator, LIMITS, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("từ 1 đến 100000") && wrong.text().contains("không"), "{}", wrong.text());
    let set = [("files", "1"), ("megabytes", "5")];
    assert_eq!(site.post(Role::Administrator, LIMITS, &set).await.location, "/administration");
    let new = [("title", "Hội nghị"), ("body", "<p>Nội dung</p>")];
    let begun = site.post(Role::Clerk, "/publications/new/notice", &new).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let add = format!("{}/attach", begun.location.split('?').next().unwrap());
    let version = site.get(Role::Clerk, &add).await.hidden("version");
    let fields = [("version", version.as_str()), ("text", "Kế hoạch <tháng 6>")];
    let pdf = testkit::pdf("Lan", 0);
    let first = site.upload_with(Role::Clerk, &add, &fields, ("a.exe", b"MZ\x90\0")).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    let over = site.upload_with(Role::Clerk, &add, &fields, ("a.pdf", &pdf)).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["hết mức cho phép", "nhờ người quản trị nâng mức", "Kế hoạch &#60;tháng 6&#62;"]
    {
        assert!(over.text().contains(shown), "{shown}: {}", over.text());
    }
}
