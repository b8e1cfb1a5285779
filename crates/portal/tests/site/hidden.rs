//! What is not public is nowhere: canary words in inner fields, drafts and withdrawn items (PUB-A01, A02, A05).

use app::publication::{self, Act, Draft};
use domain::access::Role;
use domain::publication::workflow::Event;
use domain::publication::{Kind, Purpose};
use domain::register::Register;
use http::StatusCode;

use crate::site::{Site, draft, without_words};

/// Everything that shows items.
fn places() -> Vec<String> {
    let fixed =
        ["/", "/so-do", "/lien-he", "/sitemap.xml", "/sitemap/1.xml", "/ban-tin/podcast.xml", "/robots.txt"];
    let mut places: Vec<String> = fixed.map(str::to_owned).into();
    for file in ["", "/tin-tuc.csv", "/tin-tuc.json", "/van-ban.csv", "/van-ban.json"] {
        places.push(format!("/du-lieu-mo{file}"));
    }
    for kind in Kind::ALL {
        let path = kind.spec().path;
        places.extend(["", "/rss.xml", "/atom.xml"].map(|tail| format!("/{path}{tail}")));
    }
    places
}

#[tokio::test]
async fn sec_pub_a02_no_word_of_an_inner_field_a_draft_or_a_later_day_is_anywhere() {
    let site = Site::new();
    let shown = site.line(
        Register::PortalDocuments,
        &[
            ("symbol", "1/KH-UBND"),
            ("issued_on", "01/12/2020"),
            ("posted_on", "02/12/2020"),
            ("summary", "Kế hoạch công khai"),
            ("due_basis", "CANARY căn cứ"),
            ("note", "CANARY ghi chú"),
        ],
    );
    site.line(Register::News, &[("posted_on", "02/12/2099"), ("title", "CANARY ngày mai")]);
    let hidden_file = site.file(b"CANARY", "CANARY.pdf", "application/pdf", Purpose::Attachment);
    let hidden = Draft { files: vec![hidden_file.clone()], ..draft("CANARY nháp") };
    let clerk = site.person(Role::Clerk);
    let id = publication::begin(&site.app, &clerk, Kind::Notice, &hidden).unwrap();
    let mut places = places();
    places.push(site.path(shown));
    for place in &places {
        let page = site.get(place).await;
        assert_eq!(page.status, StatusCode::OK, "{place}");
        assert!(!page.text.contains("CANARY") && !page.text.contains("canary"), "{place}: {}", page.text);
    }
    let never = "/thong-bao/khong-co-01J9ZZZZZZZZZZZZZZZZZZZZZZ".to_owned();
    let no_file = format!("/tep/{}/CANARY.pdf", "0".repeat(64));
    let pairs = [
        (never, format!("/thong-bao/canary-nhap-{id}")),
        (no_file, format!("/tep/{}/CANARY.pdf", hidden_file.digest)),
    ];
    for (never, hidden) in pairs {
        let mut bodies = std::collections::BTreeSet::new();
        for path in [never, hidden] {
            let answer = site.get(&path).await;
            assert_eq!((answer.status, answer.header("etag")), (StatusCode::NOT_FOUND, ""));
            // The page names the address that was asked for, to come back to it after choosing a language, and offers
            // its words to search for.
            bodies.insert(without_words(&answer.text.replace(&path, "")));
        }
        assert_eq!(bodies.len(), 1, "what is hidden and what never was look the same");
    }
}

#[tokio::test]
async fn sec_pub_a05_a_withdrawn_item_leaves_every_place_at_once_and_its_address_says_so() {
    let site = Site::new();
    let file = site.file(b"%PDF-1.7 CANARY", "CANARY.pdf", "application/pdf", Purpose::Attachment);
    let text = Draft {
        body: "CANARY trong bài".into(),
        summary: "CANARY".into(),
        files: vec![file.clone()],
        ..draft("CANARY tiêu đề")
    };
    let id = site.publish(Kind::News, &text);
    let path = site.path(id);
    let address = format!("/tep/{}/CANARY.pdf", file.digest);
    let before = site.get(&path).await;
    assert!(before.text.contains("CANARY trong bài"));
    assert!(site.get("/tin-tuc/rss.xml").await.text.contains("CANARY tiêu đề"));
    assert_eq!(site.get(&address).await.status, StatusCode::OK);
    site.withdraw(id, "Thông tin chưa chính xác");
    let gone = site.get_with(&path, &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text.contains("Thông tin chưa chính xác") && gone.text.contains("noindex"), "{}", gone.text);
    assert!(!gone.text.contains("CANARY"), "{}", gone.text);
    assert_eq!(gone.header("cache-control"), "no-store");
    assert_eq!(site.get_with(&address, &[("if-none-match", "*")]).await.status, StatusCode::NOT_FOUND);
    for place in places() {
        assert!(!site.get(&place).await.text.contains("CANARY"), "{place}");
    }
}

#[tokio::test]
async fn sec_upl_06_a_file_is_saved_or_shown_by_its_type_and_never_run() {
    let site = Site::new();
    let sound = site.file(b"ID3 mot ban tin", "ban tin.mp3", "audio/mpeg", Purpose::Sound);
    let word = site.file(
        b"PK",
        "mẫu đơn.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Purpose::Attachment,
    );
    site.publish(Kind::Bulletin, &Draft { files: vec![sound.clone(), word.clone()], ..draft("Bản tin") });
    let path = format!("/tep/{}/ban%20tin.mp3", sound.digest);
    let whole = site.get(&path).await;
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), ("audio/mpeg", "bytes"));
    assert!(whole.header("content-disposition").starts_with("inline"));
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    let part = site.get_with(&path, &[("range", "bytes=4-6")]).await;
    assert_eq!((part.status, part.bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, b"mot".as_slice()));
    assert_eq!(part.header("content-range"), "bytes 4-6/15");
    let beyond = site.get_with(&path, &[("range", "bytes=99-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let saved = site.get(&format!("/tep/{}/m%E1%BA%ABu%20%C4%91%C6%A1n.docx", word.digest)).await;
    assert!(saved.header("content-disposition").starts_with("attachment; filename=\"mau don.docx\""));
    assert!(saved.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(
        site.get(&format!("/tep/{}/khac.docx", word.digest)).await.status,
        StatusCode::MOVED_PERMANENTLY
    );
}

#[tokio::test]
async fn sec_pub_a06_a_preview_shows_a_draft_with_its_files_to_who_has_the_link_and_dies_with_publishing() {
    let site = Site::new();
    let clerk = site.person(Role::Clerk);
    let file = site.file(b"%PDF-1.7", "du thao.pdf", "application/pdf", Purpose::Attachment);
    let draft = Draft { files: vec![file.clone()], ..draft("Bản nháp") };
    let id = publication::begin(&site.app, &clerk, Kind::Notice, &draft).unwrap();
    let token = publication::make_preview(&site.app, &clerk, id).unwrap();
    let path = format!("/xem-truoc/{token}");
    let page = site.get(&path).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(
        page.text.contains("Bản nháp")
            && page.text.contains("noindex")
            && page.text.contains("chưa được đăng")
    );
    let attached = format!("{path}/{}/du%20thao.pdf", file.digest);
    assert!(page.text.contains(&attached), "{}", page.text);
    let bytes = site.get(&attached).await;
    assert_eq!((bytes.status, bytes.header("cache-control")), (StatusCode::OK, "no-store"));
    assert_eq!(site.get(&format!("/xem-truoc/{}", "0".repeat(32))).await.status, StatusCode::NOT_FOUND);
    site.act(Role::Clerk, id, domain::publication::workflow::Event::Submit, publication::Act::default());
    site.act(Role::Leader, id, domain::publication::workflow::Event::Approve, publication::Act::default());
    site.act(Role::Clerk, id, domain::publication::workflow::Event::Publish, publication::Act::default());
    for dead in [path, attached] {
        assert_eq!(site.get(&dead).await.status, StatusCode::NOT_FOUND, "{dead}");
    }
}

#[tokio::test]
async fn pictures_of_a_page_and_of_its_preview_keep_their_place_free_before_they_are_loaded() {
    let site = Site::new();
    let picture = |width: u32, height: u32| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        site.file(&bytes.into_inner(), "anh.png", "image/png", Purpose::Picture)
    };
    let (first, second) = (picture(64, 36), picture(30, 50));
    let shown = |file: &domain::publication::Attachment| {
        format!("<p><img src=\"/tep/{}/anh.png\" alt=\"Mô tả\"></p>", file.digest)
    };
    // They came before sizes were kept: nobody has noted any.
    let in_text = Draft {
        body: format!("{}{}", shown(&first), shown(&second)),
        files: vec![first.clone(), second.clone()],
        ..draft("Trong bài")
    };
    let beside =
        Draft { body: shown(&second), files: vec![first.clone(), second.clone()], ..draft("Ngoài bài") };
    let expected = |place: &str, file: &domain::publication::Attachment, rest: &str| {
        format!("<img src=\"{place}/{}/anh.png\" alt=\"Mô tả\" {rest}>", file.digest)
    };
    let lazy = "width=\"30\" height=\"50\" loading=\"lazy\" decoding=\"async\"";
    for draft in [in_text, beside] {
        let id = site.publish(Kind::News, &draft);
        let page = site.get(&site.path(id)).await.text;
        assert!(page.contains(&expected("/tep", &first, "width=\"64\" height=\"36\"")), "{page}");
        assert!(page.contains(&expected("/tep", &second, lazy)), "{page}");
        let clerk = site.person(Role::Clerk);
        let copy = publication::begin(&site.app, &clerk, Kind::Notice, &draft).unwrap();
        let place = format!("/xem-truoc/{}", publication::make_preview(&site.app, &clerk, copy).unwrap());
        let page = site.get(&place).await.text;
        assert!(page.contains(&expected(&place, &first, "width=\"64\" height=\"36\"")), "{page}");
        assert!(page.contains(&expected(&place, &second, lazy)), "{page}");
    }
}

#[tokio::test]
async fn open_data_has_each_public_line_once_and_no_formula() {
    let site = Site::new();
    for number in 0..3 {
        let title = format!("=1+{number} \"x\"");
        site.line(Register::News, &[("posted_on", "02/12/2020"), ("title", &title), ("note", "CANARY")]);
    }
    let csv = site.get("/du-lieu-mo/tin-tuc.csv").await;
    assert!(
        csv.text.starts_with("\u{feff}id,address,title,section,day,posted_on,updated_at,supplier"),
        "{}",
        csv.text
    );
    assert_eq!(csv.text.lines().count(), 4);
    assert!(csv.text.contains("\"'=1+0 \"\"x\"\"\"") && !csv.text.contains("CANARY"));
    let json = site.get("/du-lieu-mo/tin-tuc.json").await;
    let lines: Vec<std::collections::BTreeMap<String, String>> = serde_json::from_str(&json.text).unwrap();
    let titles: std::collections::BTreeSet<&str> = lines.iter().map(|line| line["title"].as_str()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(titles.into_iter().collect::<Vec<_>>(), ["=1+0 \"x\"", "=1+1 \"x\"", "=1+2 \"x\""]);
    let none = site.get("/du-lieu-mo/van-ban.json").await;
    assert_eq!(serde_json::from_str::<Vec<()>>(&none.text).unwrap().len(), 0);
    assert_eq!(site.get("/du-lieu-mo/thong-bao.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sec_news_a01_a_bare_line_is_plain_text_wherever_it_is_shown() {
    let site = Site::new();
    let markup = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let news = [
        ("posted_on", "02/12/2020"),
        ("title", markup),
        ("category", markup),
        ("supplier", markup),
        ("author", markup),
        ("url", "javascript:alert(1)"),
    ];
    let document = [
        ("symbol", "1/KH-UBND"),
        ("issued_on", "01/12/2020"),
        ("posted_on", "02/12/2020"),
        ("summary", markup),
        ("type_name", markup),
        ("issuer", markup),
        ("signer", "<img src=x onerror=alert(1)>"),
        ("url", "javascript:alert(1)"),
    ];
    let lines = [site.line(Register::News, &news), site.line(Register::PortalDocuments, &document)];
    let mut places = places();
    for id in lines {
        let item = app::public::item(&site.app, id).unwrap().item;
        assert!(item.title.contains("<script>"), "the line is shown as typed");
        assert_eq!((item.body.as_str(), item.files.len(), item.summary.as_str()), ("", 0, ""));
        places.push(site.path(id));
    }
    let mut shown = 0;
    for place in places {
        let page = site.get(&place).await;
        let is_data = place.starts_with("/du-lieu-mo/");
        assert!(is_data || !page.text.contains("<script>alert"), "{place}: {}", page.text);
        assert!(is_data || !page.text.contains("<img src=x"), "{place}: {}", page.text);
        assert!(!page.text.contains("href=\"javascript:"), "{place}: {}", page.text);
        shown += usize::from(page.text.contains("alert(1)"));
    }
    assert!(shown > 6, "only {shown} places show the lines");
}

#[tokio::test]
async fn sec_press_04_what_is_scheduled_is_nowhere_until_its_instant() {
    let site = Site::served();
    let file = site.file(b"%PDF-1.7 EMBARGO", "EMBARGO.pdf", "application/pdf", Purpose::Attachment);
    let text = Draft {
        body: "EMBARGO trong bài".into(),
        summary: "EMBARGO tóm tắt".into(),
        files: vec![file.clone()],
        ..draft("EMBARGO tiêu đề")
    };
    let id = publication::begin(&site.app, &site.person(Role::Clerk), Kind::News, &text).unwrap();
    site.act(Role::Clerk, id, Event::Submit, Act::default());
    site.act(Role::Leader, id, Event::Approve, Act::default());
    let publish_at = site.app.now().checked_add(jiff::SignedDuration::from_hours(1)).ok();
    site.act(Role::Clerk, id, Event::Schedule, Act { publish_at, ..Act::default() });
    let searches = ["/tim-kiem?q=embargo", "/tim-kiem/goi-y.json?q=embargo", "/tim-kiem?q=trong%20b%C3%A0i"];
    let places: Vec<String> = places().into_iter().chain(searches.map(str::to_owned)).collect();
    let (page, address) =
        (format!("/tin-tuc/embargo-tieu-de-{id}"), format!("/tep/{}/EMBARGO.pdf", file.digest));
    for (minutes, due) in [(0, 0), (59, 0), (1, 1)] {
        site.office.clock.advance_minutes(minutes);
        assert_eq!(publication::run_due(&site.app).unwrap(), due);
        let mut shown = Vec::new();
        for place in &places {
            let answer = site.get(place).await;
            if answer.text.contains("EMBARGO") || answer.text.contains("embargo-tieu-de") {
                shown.push(place.as_str());
            }
        }
        let found = [site.get(&page).await.status, site.get(&address).await.status];
        if due == 0 {
            assert_eq!((shown, found), (Vec::new(), [StatusCode::NOT_FOUND; 2]), "after {minutes} minutes");
        } else {
            for place in
                ["/tin-tuc", "/tin-tuc/rss.xml", "/sitemap/1.xml", "/du-lieu-mo/tin-tuc.json", searches[0]]
            {
                assert!(shown.contains(&place), "{place} is not among {shown:?}");
            }
            assert_eq!(found, [StatusCode::OK; 2]);
        }
    }
}
