//! Files into registers, through the pages.

use domain::access::Role;
use http::StatusCode;

use crate::site::{Site, choices};

const NEWS: &str = "STT,Ngày đăng,Tiêu đề,Chuyên mục,Đơn vị cung cấp\r\n\
    1,05/01/2020,Hội nghị tổng kết năm 2019,Tin hoạt động,Đài Truyền thanh huyện\r\n\
    2,20/03/2020,Tăng cường phòng dịch,Y tế,Phòng Y tế\r\n";
const BAD: &str = "STT,Ngày đăng,Tiêu đề,Chuyên mục,Đơn vị cung cấp\r\n\
    1,05/01/2020,Hội nghị tổng kết năm 2019,Tin hoạt động,Đài Truyền thanh huyện\r\n\
    2,31/02/2020,Tăng cường phòng dịch,Y tế,Phòng Y tế\r\n";

#[tokio::test]
async fn a_file_is_previewed_imported_and_adds_nothing_the_second_time() {
    let site = Site::new();
    let done = site.import("tin.csv", NEWS.as_bytes(), "all").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let result = site.get(Role::Clerk, &done.location).await.text();
    assert!(result.contains("Đã nhập 2 dòng.") && result.contains("/registers/news"), "{result}");
    let list = site.get(Role::Clerk, "/registers/news").await.text();
    assert!(list.contains("Hội nghị tổng kết năm 2019") && list.contains("20/03/2020"));

    let again = site.upload(Role::Clerk, "/import", "tin.csv", NEWS.as_bytes()).await;
    let preview = site.get(Role::Clerk, &again.location).await.text();
    assert!(preview.contains("Mọi dòng của tệp này đã có trong sổ"), "{preview}");
}

#[tokio::test]
async fn bad_rows_are_named_and_come_back_as_a_file_while_the_good_ones_are_taken() {
    let site = Site::new();
    let sent = site.upload(Role::Clerk, "/import", "tin.csv", BAD.as_bytes()).await;
    let preview = site.get(Role::Clerk, &sent.location).await;
    let page = preview.text();
    assert!(page.contains("1 dòng không nhập được") && page.contains("31/02/2020"), "{page}");
    assert!(!page.contains("value=\"all\"") && page.contains("value=\"good\""));

    let all = site.import("tin.csv", BAD.as_bytes(), "all").await;
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(all.text().contains("chưa nhập dòng nào"));
    assert!(!site.get(Role::Clerk, "/registers/news").await.text().contains("Hội nghị"));

    let good = site.import("tin.csv", BAD.as_bytes(), "good").await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    let result = site.get(Role::Clerk, &good.location).await.text();
    let (_, rest) = result.split_once("href=\"/import/rejected/").unwrap();
    let digest = rest.split('"').next().unwrap();
    let file = site.get(Role::Clerk, &format!("/import/rejected/{digest}")).await;
    assert!(file.status == StatusCode::OK && file.body.starts_with(b"PK"));
    assert!(site.get(Role::Clerk, "/registers/news").await.text().contains("Hội nghị"));
}

#[tokio::test]
async fn changed_choices_are_shown_again_before_anything_is_written() {
    let site = Site::new();
    let sent = site.upload(Role::Clerk, "/import", "tin.csv", NEWS.as_bytes()).await;
    let preview = site.get(Role::Clerk, &sent.location).await;
    let path = sent.location.split('?').next().unwrap().to_owned();
    let send = |page: &crate::site::Answer, change: (&str, &str), action: &str| {
        let mut fields = choices(page);
        for (name, value) in &mut fields {
            if name == change.0 {
                change.1.clone_into(value);
            }
        }
        fields.push(("action".to_owned(), action.to_owned()));
        fields
    };
    let fields = send(&preview, ("g0-c-D", "-"), "all");
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let asked = site.post(Role::Clerk, &path, &pairs).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text());
    assert!(asked.text().contains("Các lựa chọn đã thay đổi"));
    assert!(!site.get(Role::Clerk, "/registers/news").await.text().contains("Hội nghị"));

    let fields = send(&asked, ("none", ""), "all");
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = site.post(Role::Clerk, &path, &pairs).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let list = site.get(Role::Clerk, "/registers/news").await.text();
    assert!(list.contains("Hội nghị tổng kết năm 2019") && !list.contains("Tin hoạt động"));
}

#[tokio::test]
async fn a_file_that_is_no_register_is_refused_with_what_to_do() {
    let site = Site::new();
    for (name, bytes) in
        [("so.xlsx", &b"not a workbook"[..]), ("so.docx", &b"PK\x03\x04"[..]), ("so.csv", b"")]
    {
        let refused = site.upload(Role::Clerk, "/import", name, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = refused.text();
        assert!(page.contains("href=\"#f-file\"") && !page.contains("import.finding."), "{name}: {page}");
    }
}

#[tokio::test]
async fn sec_upl_a_kept_upload_is_not_given_out_as_a_file_of_rejected_rows() {
    let site = Site::new();
    let sent = site.upload(Role::Clerk, "/import", "tin.csv", NEWS.as_bytes()).await;
    let digest = sent.location.trim_start_matches("/import/").split('?').next().unwrap().to_owned();
    let answer = site.get(Role::Clerk, &format!("/import/rejected/{digest}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(Role::Clerk, "/import/0000").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sec_az_04_rejected_rows_and_a_file_that_was_looked_at_are_only_of_whoever_sent_them() {
    let site = Site::new();
    let done = site.import("tin.csv", BAD.as_bytes(), "good").await;
    let result = site.get(Role::Clerk, &done.location).await.text();
    let (_, rest) = result.split_once("href=\"/import/rejected/").unwrap();
    let rejected = format!("/import/rejected/{}", rest.split('"').next().unwrap());
    let looked = site.upload(Role::Clerk, "/import", "tin.csv", NEWS.as_bytes()).await.location;
    for path in [&rejected, &looked] {
        assert_eq!(site.get(Role::Clerk, path).await.status, StatusCode::OK, "{path}");
        for role in [Role::Radio, Role::Administrator] {
            assert_eq!(site.get(role, path).await.status, StatusCode::NOT_FOUND, "{role:?} {path}");
        }
    }
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Tải tệp các dòng không nhập"), "{ledger}");
}
