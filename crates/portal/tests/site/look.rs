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
            line("People's Committee of Mau Commune"),
        ],
        texts: [line("Xã Mẫu có 5 thôn.\n\nThành lập năm 2025."), line("Liên hệ ông A để rút lại đồng ý.")],
        palette: line("own"),
        own: line("#17457f"),
        menu: line("Tin | /tin-tuc | News\nDịch vụ công | https://dichvucong.gov.vn"),
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

#[tokio::test]
async fn english_pages_have_the_english_name_and_menu_and_say_what_is_vietnamese() {
    let site = Site::new();
    site.publish(domain::publication::Kind::News, &crate::site::draft("Hội nghị"));
    site::change(&site.app, &Actor::command_line(), &chosen()).unwrap();
    let english = site.get_with("/", &[("cookie", "pn-language=en")]).await.text;
    assert!(
        english.contains("<title>People&#39;s Committee of Mau Commune – Official portal</title>"),
        "{english}"
    );
    assert!(english.contains(">News</a>") && english.contains("lang=\"vi\">Hội nghị</a>"), "{english}");
    let vietnamese = site.get("/").await.text;
    assert!(vietnamese.contains("<title>Trang tin xã Mẫu – Cổng thông tin điện tử</title>"), "{vietnamese}");
    assert!(vietnamese.contains(">Tin</a>") && !vietnamese.contains("Mau Commune"));
}

#[tokio::test]
async fn the_office_says_what_it_is_and_privacy_is_one_step_away_from_every_page() {
    let site = Site::new();
    assert_eq!(site.get("/gioi-thieu").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/").await.text.contains("/gioi-thieu"));
    let privacy = site.get("/quyen-rieng-tu").await.text;
    assert!(privacy.contains("Không có cookie theo dõi") && !privacy.contains("portal.privacy"), "{privacy}");
    site::change(&site.app, &Actor::command_line(), &chosen()).unwrap();
    let about = site.get("/gioi-thieu").await.text;
    assert!(
        about.contains(">Xã Mẫu có 5 thôn.</p>") && about.contains(">Thành lập năm 2025.</p>"),
        "{about}"
    );
    assert!(site.get("/quyen-rieng-tu").await.text.contains("Liên hệ ông A"));
    for path in ["/", "/gop-y", "/van-ban"] {
        let page = site.get(path).await.text;
        assert!(page.contains("href=\"/gioi-thieu\"") && page.contains("href=\"/quyen-rieng-tu\""), "{path}");
    }
    let accessibility = site.get("/tro-nang").await.text;
    assert!(accessibility.contains("WCAG 2.2") && accessibility.contains("mailto:vanthu@mau.gov.vn"));
}
