//! The dashboard and the way from a figure to its records.

use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

const NEWS: &str = "STT,Ngày đăng,Tiêu đề,Chuyên mục,Đơn vị cung cấp\r\n\
    1,05/01/2020,Hội nghị tổng kết năm 2019,Tin hoạt động,Đài Truyền thanh huyện\r\n\
    2,20/03/2020,Tăng cường phòng dịch,Y tế,Phòng Y tế\r\n\
    3,20/12/2020,Sơ kết vụ đông,Nông nghiệp,Đài Truyền thanh huyện\r\n";

#[tokio::test]
async fn an_empty_office_sees_no_data_and_never_zero_and_the_way_to_import() {
    let site = Site::new();
    let page = site.get(Role::Clerk, "/desk").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Chưa có dữ liệu") && text.contains("href=\"/import\""));
    assert!(!text.contains("<p class=\"tile-value\">0"), "{text}");
}

#[tokio::test]
async fn a_figure_opens_the_records_counted_and_those_left_out_with_the_reason() {
    let site = Site::new();
    site.import("tin.csv", NEWS.as_bytes(), "all").await;
    let page = site.get(Role::Clerk, "/desk?period=2020").await.text();
    assert!(page.contains("href=\"/figures/news.from_radio?period=2020\"") && page.contains("<svg"));
    let figure = site.get(Role::Clerk, "/figures/news.from_radio?period=2020").await.text();
    assert!(figure.contains("Hồ sơ được tính (2)") && figure.contains("Sơ kết vụ đông"), "{figure}");
    assert!(figure.contains("Do đơn vị khác cung cấp") && figure.contains("Tăng cường phòng dịch"));

    let closing = site.get(Role::Clerk, "/figures/news.from_radio?period=2020-closing").await.text();
    assert!(closing.contains("Hồ sơ được tính (1)") && !closing.contains("Sơ kết vụ đông"), "{closing}");
    let part = "/figures/news.by_supplier?period=2020&part=Ph%C3%B2ng%20Y%20t%E1%BA%BF";
    let part = site.get(Role::Clerk, part).await.text();
    assert!(part.contains("Hồ sơ được tính: Phòng Y tế (1)"), "{part}");
}

#[tokio::test]
async fn days_of_one_s_own_are_a_period_too() {
    let site = Site::new();
    site.import("tin.csv", NEWS.as_bytes(), "all").await;
    let page = site.get(Role::Clerk, "/desk?from=01%2F03%2F2020&to=31%2F03%2F2020").await.text();
    assert!(
        page.contains("2020-03-01..2020-03-31") && page.contains("từ 01/03/2020 đến 31/03/2020"),
        "{page}"
    );
    let wrong = site.get(Role::Clerk, "/desk?from=01%2F03%2F2020&to=01%2F02%2F2020").await.text();
    assert!(wrong.contains("Ngày cuối không được trước ngày đầu."));
}

#[tokio::test]
async fn who_may_not_read_registers_sees_the_figure_but_no_record() {
    let site = Site::new();
    site.import("tin.csv", NEWS.as_bytes(), "all").await;
    let page = site.get(Role::Superior, "/figures/news.total?period=2020").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Hồ sơ được tính (3)") && !text.contains("Sơ kết vụ đông"), "{text}");
}

#[tokio::test]
async fn what_is_no_figure_no_period_or_no_part_is_not_there() {
    let site = Site::new();
    for path in [
        "/figures/nothing?period=2020",
        "/figures/news.total?period=20",
        "/figures/news.total?period=2020&part=x",
    ] {
        assert_eq!(site.get(Role::Clerk, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn every_figure_has_its_page_in_both_languages_of_the_words() {
    let site = Site::new();
    for definition in domain::figure::ALL {
        let path = format!("/figures/{}?period=2020", definition.id);
        let answer = site.get(Role::Clerk, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.text().contains(&format!("figure.{}", definition.id)), "{path} shows a key");
    }
}
