//! How the public site presents itself, set on the desk.

use app::site;
use domain::access::Role;
use domain::site::Accent;
use http::StatusCode;

use crate::site::{Answer, Site};

const PATH: &str = "/administration/site";

fn fields<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Trang thông tin xã Mẫu"),
        ("slogan", "Gần dân, vì dân"),
        ("address", "Thôn Đông, xã Mẫu"),
        ("phone", "0226 3820 000"),
        ("email", "vanthu@mau.gov.vn"),
        ("responsible", "Ông Nguyễn Văn A, Chủ tịch"),
        ("license", ""),
        ("reuse", ""),
        ("palette", "green"),
        ("own", ""),
        ("menu", "Tin | /tin-tuc\nDịch vụ công | https://dichvucong.gov.vn"),
    ];
    for (name, value) in changed {
        if let Some(field) = fields.iter_mut().find(|(known, _)| known == name) {
            field.1 = value;
        }
    }
    fields
}

async fn save(site: &Site, changed: &[(&str, &str)]) -> Answer {
    site.post(Role::Administrator, PATH, &fields(changed)).await
}

#[tokio::test]
async fn the_look_is_kept_and_written_to_the_ledger() {
    let site = Site::new();
    let saved = save(&site, &[]).await;
    assert_eq!(saved.location, PATH, "{}", saved.text());
    let look = site::look(&site.app).unwrap();
    assert_eq!((look.accent, look.menu.len()), (Accent::Green, 2));
    let form = site.get(Role::Administrator, PATH).await.text();
    assert!(form.contains("value=\"Gần dân, vì dân\""), "{form}");
    assert!(form.contains("Dịch vụ công | https://dichvucong.gov.vn"), "{form}");
    let ledger = site.get(Role::Administrator, "/ledger").await.text();
    assert!(ledger.contains("Đặt cấu hình"), "{ledger}");
}

#[tokio::test]
async fn a_colour_a_contrast_and_a_link_that_cannot_be_are_refused_and_what_was_typed_stays() {
    let site = Site::new();
    for (changed, says, shown) in [
        (vec![("palette", "own"), ("own", "vàng")], "không phải là mã màu", "value=\"vàng\""),
        (vec![("palette", "own"), ("own", "#f4cf63")], "độ tương phản chỉ đạt 1,", "value=\"#f4cf63\""),
        (vec![("menu", "Xấu | javascript:alert(1)")], "địa chỉ phải bắt đầu bằng /", "Xấu | javascript"),
        (vec![("menu", "Tin | /tin-tuc\nkhông có địa chỉ")], "Dòng 2", "không có địa chỉ"),
        (vec![("email", "vanthu")], "không phải là địa chỉ thư điện tử", "value=\"vanthu\""),
        (vec![("phone", "<b>")], "không phải là số điện thoại", "value=\"&#60;b&#62;\""),
        (vec![("palette", "")], "Chưa nhập mục này", "Gần dân, vì dân"),
    ] {
        let answer = save(&site, &changed).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{changed:?}");
        assert!(page.contains(says) && page.contains(shown), "{changed:?}: {page}");
        assert!(page.contains("Trang thông tin xã Mẫu"), "{changed:?}");
    }
    assert_eq!(site::look(&site.app).unwrap(), domain::site::Look::default());
    let own = save(&site, &[("palette", "own"), ("own", "#17457f")]).await;
    assert_eq!(own.location, PATH, "{}", own.text());
}

fn png() -> Vec<u8> {
    // One transparent pixel.
    let hex = "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000\
               000d49444154789c63982323df000003870158cbf5f4b90000000049454e44ae426082";
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[tokio::test]
async fn the_picture_in_the_head_is_drawn_anew_and_taken_away_again() {
    let site = Site::new();
    let path = "/administration/site/logo";
    for (bytes, says) in [(&b"<svg onload='x'/>"[..], "không"), (b"", "Chưa chọn tệp")] {
        let refused = site.upload(Role::Administrator, path, "logo.png", bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(says), "{}", refused.text());
    }
    let sent = site.upload(Role::Administrator, path, "logo.png", &png()).await;
    assert_eq!(sent.location, PATH, "{}", sent.text());
    let logo = site::look(&site.app).unwrap().logo.unwrap();
    assert_eq!((logo.width, logo.height, logo.ending.as_str()), (1, 1, "png"));
    let digest = logo.digest.clone();
    assert!(site.app.run(move |app| site::logo(app, &digest)).await.is_ok());
    let removed = site.upload_with(Role::Administrator, path, &[("act", "remove")], ("", b"")).await;
    assert_eq!(removed.location, PATH, "{}", removed.text());
    assert!(site.app.run(move |app| site::logo(app, &logo.digest)).await.is_err());
}
