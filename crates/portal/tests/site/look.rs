//! The look an administrator chose, on the public pages.

use app::Actor;
use app::site::{self, Typed};
use http::StatusCode;

use crate::site::Site;

fn chosen() -> Typed {
    let line = str::to_owned;
    Typed {
        lines: [
            line("Trang tin xã Mẫu"),
            line("Gần dân"),
            line("Thôn Đông"),
            line("0226 3820 000"),
            line("vanthu@mau.gov.vn"),
            line("Ông A"),
            line("Số 1/GP"),
            line("Ghi rõ nguồn xã Mẫu."),
        ],
        palette: line("own"),
        own: line("#17457f"),
        menu: line("Tin | /tin-tuc\nDịch vụ công | https://dichvucong.gov.vn"),
    }
}

#[tokio::test]
async fn head_foot_menu_and_contacts_follow_the_settings_at_once() {
    let site = Site::new();
    let before = site.get("/").await.text;
    assert!(!before.contains("/mau-sac/") && before.contains("Cổng thông tin điện tử"), "{before}");
    site::change(&site.app, &Actor::command_line(), &chosen()).unwrap();
    let page = site.get("/lien-he").await.text;
    for shown in [
        "Trang tin xã Mẫu</span>",
        "Gần dân</span>",
        "Thôn Đông",
        "mailto:vanthu@mau.gov.vn",
        "tel:02263820000",
        "Ông A",
        "Số 1/GP",
        "Ghi rõ nguồn xã Mẫu.",
        "href=\"https://dichvucong.gov.vn\"",
        "og:site_name\" content=\"Trang tin xã Mẫu\"",
        "/mau-sac/17457f.css",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // What the menu no longer names is found in the foot.
    let (_, foot) = page.split_once("<footer").unwrap();
    assert!(foot.contains("href=\"/lien-he\"") && foot.contains("href=\"/van-ban\""), "{foot}");
}

#[tokio::test]
async fn only_colours_that_can_be_read_and_the_present_picture_are_given_out() {
    let site = Site::new();
    let sheet = site.get("/mau-sac/17457f.css").await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text.contains("--red: #17457f;"), "{}", sheet.text);
    for path in ["/mau-sac/f4cf63.css", "/mau-sac/x.css", "/mau-sac/17457f", "/bieu-trung/0.png"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
