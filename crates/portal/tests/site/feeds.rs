//! Feeds and site maps are read by programs others wrote.

use app::Actor;
use app::publication::Draft;
use app::radio::programme;
use domain::publication::{Kind, Purpose};
use domain::register::Register;
use feed_rs::parser;
use http::StatusCode;

use crate::site::{Site, draft};

#[tokio::test]
async fn feeds_of_each_kind_are_read_by_a_feed_reader_with_what_the_list_has() {
    let site = Site::new();
    let id = site.publish(Kind::News, &draft("Hội nghị <b>\"sơ kết\"</b> & tổng kết"));
    for form in ["rss.xml", "atom.xml"] {
        let answer = site.get(&format!("/tin-tuc/{form}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let feed = parser::parse(answer.bytes.as_slice()).unwrap();
        let entry = &feed.entries[0];
        assert_eq!(entry.title.as_ref().unwrap().content, "Hội nghị <b>\"sơ kết\"</b> & tổng kết", "{form}");
        assert!(entry.links.iter().any(|link| link.href.ends_with(&site.path(id))), "{:?}", entry.links);
        assert_eq!(entry.id, format!("http://127.0.0.1:8080/tin-tuc/{id}"));
        assert!(feed.updated.is_some());
        // The clock of the test stands at 09:00 in Vietnam.
        assert_eq!(entry.published.unwrap().to_rfc3339(), "2020-12-15T02:00:00+00:00", "{form}");
        let section = site.get(&format!("/tin-tuc/{form}?muc=Th%E1%BB%9Di+s%E1%BB%B1")).await;
        assert_eq!(parser::parse(section.bytes.as_slice()).unwrap().entries.len(), 1);
        let other = site.get(&format!("/tin-tuc/{form}?muc=Kh%C3%A1c")).await;
        assert_eq!(parser::parse(other.bytes.as_slice()).unwrap().entries.len(), 0);
    }
}

#[tokio::test]
async fn the_podcast_has_each_recording_with_its_length_and_type() {
    let site = Site::new();
    let sound = site.file(b"ID3 am thanh", "ban-tin.mp3", "audio/mpeg", Purpose::Sound);
    site.publish(Kind::Bulletin, &Draft { files: vec![sound.clone()], ..draft("Bản tin ngày 15/12") });
    site.publish(Kind::Bulletin, &draft("Bản tin không có tiếng"));
    let answer = site.get("/ban-tin/podcast.xml").await;
    let feed = parser::parse(answer.bytes.as_slice()).unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert!(answer.text.contains("<itunes:explicit>false</itunes:explicit>"));
    let enclosure = format!(
        "url=\"http://127.0.0.1:8080/tep/{}/ban-tin.mp3\" length=\"12\" type=\"audio/mpeg\"",
        sound.digest
    );
    assert!(answer.text.contains(&enclosure), "{}", answer.text);
}

#[tokio::test]
async fn the_site_map_names_every_public_item_in_a_part_of_its_index() {
    let site = Site::new();
    let id = site.line(Register::News, &[("posted_on", "02/12/2020"), ("title", "Tin trong sổ")]);
    let index = site.get("/sitemap.xml").await;
    assert!(index.text.contains("<loc>http://127.0.0.1:8080/sitemap/1.xml</loc>"), "{}", index.text);
    let part = site.get("/sitemap/1.xml").await.text;
    assert!(part.contains(&format!("<loc>http://127.0.0.1:8080{}</loc>", site.path(id))), "{part}");
    for none in ["/sitemap/2.xml", "/sitemap/0.xml", "/sitemap/a.xml", "/sitemap/1"] {
        assert_eq!(site.get(none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
    assert!(site.get("/robots.txt").await.text.contains("Sitemap: http://127.0.0.1:8080/sitemap.xml"));
}

#[tokio::test]
async fn the_programme_of_a_day_is_read_with_its_bulletins_while_they_are_public() {
    let site = Site::new();
    assert!(!site.get("/ban-tin").await.text.contains("/ban-tin/chuong-trinh"));
    let sound = site.file(b"ID3 am thanh", "ban-tin.mp3", "audio/mpeg", Purpose::Sound);
    let id = site.publish(Kind::Bulletin, &Draft { files: vec![sound], ..draft("Bản tin sáng") });
    let part = |start: &str, title: &str, bulletin| programme::Typed {
        start: start.into(),
        minutes: "30".into(),
        title: title.into(),
        bulletin,
    };
    let day = domain::time::Day::constant(2020, 12, 15);
    let actor = Actor::command_line();
    programme::add(&site.app, &actor, day, &part("17:00", "Tin chiều", None)).unwrap();
    programme::add(&site.app, &actor, day, &part("5:30", "", Some(id))).unwrap();
    assert!(site.get("/ban-tin").await.text.contains("href=\"/ban-tin/chuong-trinh\""));
    let page = site.get("/ban-tin/chuong-trinh?ngay=2020-12-15").await.text;
    assert!(page.find("05:30 – 06:00").unwrap() < page.find("17:00 – 17:30").unwrap(), "{page}");
    let open = format!("<a href=\"{}\">Bản tin sáng</a>", site.path(id));
    assert!(page.contains(&open), "{page}");
    assert!(page.contains("ngay=2020-12-14") && page.contains("ngay=2020-12-16"));
    assert!(
        site.get("/ban-tin/chuong-trinh?ngay=2021-01-01")
            .await
            .text
            .contains("Chưa có chương trình cho ngày này")
    );
    assert_eq!(site.get("/ban-tin/chuong-trinh?ngay=hom-qua").await.status, StatusCode::NOT_FOUND);
    site.withdraw(id, "Đăng nhầm");
    let page = site.get("/ban-tin/chuong-trinh?ngay=2020-12-15").await.text;
    assert!(page.contains("05:30 – 06:00") && !page.contains("Bản tin sáng"), "{page}");
}
