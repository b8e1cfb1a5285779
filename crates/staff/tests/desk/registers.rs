//! Keeping a register by hand.

use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

const QUESTION: [(&str, &str); 5] = [
    ("received_on", "16/11/2020"),
    ("asker", "Ngô Văn Hỏi"),
    ("subject", "Thủ tục cấp giấy phép xây dựng nhà ở riêng lẻ"),
    ("unit", "Phòng Kinh tế và Hạ tầng"),
    ("track", "question"),
];

/// Adds a question as the clerk; its path.
async fn add(site: &Site) -> String {
    let sent = site.post(Role::Clerk, "/registers/questions/new", &QUESTION).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    sent.location
}

#[tokio::test]
async fn a_line_is_added_found_changed_and_taken_out_and_its_history_says_so() {
    let site = Site::new();
    let path = add(&site).await;
    let list = site.get(Role::Clerk, "/registers/questions?q=giay%20phep").await.text();
    assert!(list.contains("Thủ tục cấp giấy phép xây dựng nhà ở riêng lẻ") && list.contains(&path));

    let form = site.get(Role::Clerk, &format!("{path}/edit")).await;
    let mut fields = QUESTION.to_vec();
    let version = form.hidden("version");
    fields.extend([("answered_on", "20/11/2020"), ("outcome", "answered"), ("version", &*version)]);
    let saved = site.post(Role::Clerk, &format!("{path}/edit"), &fields).await;
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("20/11/2020") && page.contains("Đã trả lời") && page.contains("Nguyễn Thị An"));

    let form = site.get(Role::Clerk, &format!("{path}/remove")).await;
    let version = form.hidden("version");
    let refused =
        site.post(Role::Clerk, &format!("{path}/remove"), &[("version", &version), ("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let removed = site
        .post(Role::Clerk, &format!("{path}/remove"), &[("version", &version), ("reason", "ghi trùng")])
        .await;
    assert_eq!((removed.status, removed.location.as_str()), (StatusCode::SEE_OTHER, "/registers/questions"));
    assert_eq!(site.get(Role::Clerk, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_limit_is_computed_and_explained() {
    let site = Site::new();
    let path = add(&site).await;
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("Cách tính thời hạn") && page.contains("PT-QA-4"), "{page}");
}

#[tokio::test]
async fn what_was_typed_wrongly_is_kept_and_each_error_named() {
    let site = Site::new();
    let fields = [("received_on", "31/02/2020"), ("subject", ""), ("unit", "Phòng Tư pháp")];
    let refused = site.post(Role::Clerk, "/registers/questions/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("value=\"31/02/2020\"") && page.contains("value=\"Phòng Tư pháp\""));
    assert!(page.contains("href=\"#f-received-on\"") && page.contains("href=\"#f-subject\""), "{page}");
    assert_eq!(site.get(Role::Clerk, "/registers/questions").await.text().matches("table-cards").count(), 0);
}

#[tokio::test]
async fn a_field_that_the_register_does_not_have_is_refused() {
    let site = Site::new();
    let mut fields = QUESTION.to_vec();
    fields.push(("version_of_law", "1"));
    let refused = site.post(Role::Clerk, "/registers/questions/new", &fields).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_stale_change_overwrites_nothing_and_shows_both_texts() {
    let site = Site::new();
    let path = add(&site).await;
    let edit = format!("{path}/edit");
    let version = site.get(Role::Clerk, &edit).await.hidden("version");
    let with = |unit: &'static str, version: &str| {
        let mut fields: Vec<(String, String)> =
            QUESTION.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        fields.retain(|(name, _)| name != "unit");
        fields.extend([("unit".to_owned(), unit.to_owned()), ("version".to_owned(), version.to_owned())]);
        fields
    };
    let send = |fields: Vec<(String, String)>| {
        let (site, edit) = (&site, &edit);
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            site.post(Role::Clerk, edit, &fields).await
        }
    };
    assert_eq!(send(with("Phòng Tư pháp", &version)).await.status, StatusCode::SEE_OTHER);
    let stale = send(with("Phòng Nội vụ", &version)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let page = stale.text();
    assert!(page.contains("Phòng Tư pháp") && page.contains("value=\"Phòng Nội vụ\""), "{page}");
    assert!(!site.get(Role::Clerk, &path).await.text().contains("Phòng Nội vụ"));
    let newer = stale.hidden("version");
    assert_eq!(send(with("Phòng Nội vụ", &newer)).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(Role::Clerk, &path).await.text().contains("Phòng Nội vụ"));
}

#[tokio::test]
async fn sec_gen_18_a_form_sent_twice_makes_one_line() {
    let site = Site::new();
    let form = site.get(Role::Clerk, "/registers/questions/new").await;
    let key = form.hidden("form_key");
    let mut fields = QUESTION.to_vec();
    fields.push(("form_key", &key));
    let (one, two) = tokio::join!(
        site.post(Role::Clerk, "/registers/questions/new", &fields),
        site.post(Role::Clerk, "/registers/questions/new", &fields),
    );
    assert_eq!((one.status, two.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER), "{}", two.text());
    assert_eq!(one.location, two.location);
}

#[tokio::test]
async fn personal_values_are_shown_to_those_with_the_right_and_to_nobody_else() {
    let site = Site::new();
    let path = add(&site).await;
    assert!(site.get(Role::Clerk, &path).await.text().contains("Ngô Văn Hỏi"));
    for role in [Role::Leader, Role::Radio, Role::Administrator] {
        let page = site.get(role, &path).await.text();
        assert!(!page.contains("Ngô Văn Hỏi") && page.contains("Dữ liệu cá nhân"), "{}", role.word());
    }
    let exported = site.get(Role::Leader, "/registers/questions/export.csv").await;
    assert!(exported.kind.starts_with("text/csv") && !exported.text().contains("Ngô Văn Hỏi"));
    assert!(site.get(Role::Clerk, "/registers/questions/export.csv").await.text().contains("Ngô Văn Hỏi"));
}

#[tokio::test]
async fn who_may_not_see_personal_values_cannot_change_them_either() {
    let site = Site::new();
    let path = add(&site).await;
    let edit = format!("{path}/edit");
    let form = site.get(Role::Radio, &edit).await;
    let version = form.hidden("version");
    assert!(!form.text().contains("name=\"asker\""));
    let mut fields: Vec<_> = QUESTION.iter().copied().filter(|(name, _)| *name != "asker").collect();
    fields.push(("version", &version));
    let mut with_asker = fields.clone();
    with_asker.push(("asker", "Kẻ Khác"));
    assert_eq!(site.post(Role::Radio, &edit, &with_asker).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.post(Role::Radio, &edit, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(Role::Clerk, &path).await.text().contains("Ngô Văn Hỏi"));
}

#[tokio::test]
async fn sec_out_01_what_people_write_stays_text() {
    let site = Site::new();
    let bad = [("received_on", "16/11/2020"), ("subject", "<script>alert(1)</script>\" onmouseover=x")];
    let sent = site.post(Role::Clerk, "/registers/questions/new", &bad).await;
    for path in [sent.location.clone(), "/registers/questions".to_owned(), format!("{}/edit", sent.location)]
    {
        let page = site.get(Role::Clerk, &path).await.text();
        assert!(!page.contains("<script>alert") && !page.contains("\" onmouseover"), "{path}");
    }
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_named_and_exports_nothing() {
    let site = Site::new();
    add(&site).await;
    let page = site.get(Role::Clerk, "/registers/questions?from=31%2F02%2F2020").await;
    assert!(page.status == StatusCode::OK && page.text().contains("Không phải ngày"));
    let export = site.get(Role::Clerk, "/registers/questions/export.xlsx?from=31%2F02%2F2020").await;
    assert_eq!(export.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_register_has_its_pages_and_a_blank_file() {
    let site = Site::new();
    for register in domain::register::Register::ALL {
        let path = staff::link::register(register);
        for page in [path.clone(), format!("{path}/new"), format!("{path}/template.xlsx")] {
            let answer = site.get(Role::Clerk, &page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
        }
    }
    assert_eq!(site.get(Role::Clerk, "/registers/nothing").await.status, StatusCode::NOT_FOUND);
}
