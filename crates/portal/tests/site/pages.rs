//! Pages: each opens, in both languages; an item has one address.

use app::publication::Act;
use domain::access::Role;
use domain::publication::Kind;
use domain::publication::workflow::Event;
use domain::register::Register;
use http::StatusCode;

use crate::site::{Site, draft};

const FIXED: [&str; 9] =
    ["/", "/du-lieu-mo", "/hop-bao", "/lien-he", "/so-do", "/thoi-han", "/tro-nang", "/tin-tuc", "/van-ban"];

/// A site with one item of each kind and lines of both registers.
fn filled() -> (Site, Vec<String>) {
    let site = Site::new();
    let mut paths = Vec::new();
    for kind in Kind::ALL {
        let mut draft = draft(&format!("Mục của {}", kind.spec().path));
        if kind == Kind::Document {
            draft.fields = [("symbol", "12/KH-UBND"), ("issued_on", "10/12/2020")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into();
        }
        let id = site.publish(kind, &draft);
        paths.push(site.path(id));
    }
    let fields =
        [("posted_on", "02/12/2020"), ("title", "Tin trong sổ"), ("url", "https://kimbang.example/tin")];
    paths.push(site.path(site.line(Register::News, &fields)));
    (site, paths)
}

#[tokio::test]
async fn every_page_opens_in_both_languages() {
    let (site, items) = filled();
    let lists = Kind::ALL.map(|kind| format!("/{}", kind.spec().path));
    for path in FIXED.map(str::to_owned).into_iter().chain(lists).chain(items) {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains("<html lang=\"vi\""), "{path}");
        let english = site.get_with(&path, &[("cookie", "pn-language=en")]).await;
        assert!(english.text.contains("<html lang=\"en\"") && english.text.contains(">Contact<"), "{path}");
        for page in [&page, &english] {
            for key in [">portal.", "\"portal.", " portal."] {
                let found = page.text.find(key).map(|at| &page.text[at..at + 40]);
                assert!(found.is_none_or(|found| found.starts_with(" portal.</")), "{path}: {found:?}");
            }
            assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
            assert!(page.text.len() < 60_000, "{path} has {} bytes", page.text.len());
            assert!(!page.text.contains("src=\"http"), "{path}");
            // The one script is our own, and only suggests while one types in the box of the search.
            assert_eq!(page.text.matches("<script src").count(), 1, "{path}");
            assert!(
                page.text.contains("<script src=\"/assets/") && page.text.contains("search.js\" defer"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn an_item_has_one_address_and_every_other_leads_to_it() {
    let (site, items) = filled();
    let path = &items[0];
    let (_, id) = path.rsplit_once('-').unwrap();
    for wrong in [format!("/tin-tuc/{id}"), format!("/tin-tuc/khac-{id}"), format!("/van-ban/x-{id}")] {
        let answer = site.get(&wrong).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::MOVED_PERMANENTLY, path.as_str())
        );
    }
    let page = site.get(&format!("{path}?utm_source=x")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&format!("<link rel=\"canonical\" href=\"http://127.0.0.1:8080{path}\">")));
}

#[tokio::test]
async fn lists_have_their_pages_and_none_beyond_the_end() {
    let site = Site::new();
    for number in 1..=21 {
        let title = format!("Tin số {number:02}");
        site.line(Register::News, &[("posted_on", "02/12/2020"), ("title", &title), ("category", "Văn hóa")]);
    }
    let first = site.get("/tin-tuc?fbclid=abc").await;
    assert_eq!(first.text.matches("class=\"story\"").count(), 20);
    assert!(first.text.contains("/tin-tuc?trang=2"));
    assert_eq!(site.get("/tin-tuc?trang=2").await.text.matches("class=\"story\"").count(), 1);
    for beyond in
        ["/tin-tuc?trang=3", "/tin-tuc?trang=0", "/tin-tuc?trang=x", "/tin-tuc?nam=abc", "/thong-bao?trang=2"]
    {
        assert_eq!(site.get(beyond).await.status, StatusCode::NOT_FOUND, "{beyond}");
    }
    let narrowed = site.get("/tin-tuc?muc=V%C4%83n+h%C3%B3a&nam=2020").await;
    assert_eq!(narrowed.text.matches("class=\"story\"").count(), 20);
    let none = site.get("/tin-tuc?muc=Kh%C3%A1c").await;
    assert_eq!((none.status, none.text.matches("class=\"story\"").count()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn a_section_written_with_other_capitals_is_the_same_section() {
    let site = Site::new();
    for (title, supplier) in [
        ("Một", "Đài Truyền thanh"),
        ("Hai", "Đài truyền thanh"),
        ("Ba", "Đài truyền thanh"),
        ("Bốn", "Công an"),
    ] {
        site.line(
            Register::News,
            &[("posted_on", "02/12/2020"), ("title", title), ("category", "Văn hóa"), ("supplier", supplier)],
        );
    }
    for asked in ["%C4%90%C3%A0i+Truy%E1%BB%81n+thanh", "%C4%90%C3%A0i+truy%E1%BB%81n+thanh"] {
        let page = site.get(&format!("/tin-tuc?nguon={asked}")).await.text;
        assert_eq!(page.matches("class=\"story\"").count(), 3, "{page}");
        assert!(
            page.contains("selected>Đài truyền thanh (3)<") && !page.contains("Đài Truyền thanh ("),
            "{page}"
        );
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_answered_by_a_page_of_the_site() {
    let site = Site::new();
    let id = site.publish(Kind::News, &draft("Hội nghị"));
    let dead = format!("/xem-truoc/{}", "0".repeat(32));
    let unknown = format!("/tin-tuc/hop-dan-giao-dat-{}", id.to_string().replace(|_: char| true, "0"));
    for path in ["/khong-co", "/tin-tuc/a/b/c", "/tin-tuc?trang=99", &dead, &unknown] {
        let page = site.get(path).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (StatusCode::NOT_FOUND, "no-store"),
            "{path}"
        );
        assert!(
            page.text.contains("class=\"find find-large\"") && page.text.contains("class=\"foot\""),
            "{path}"
        );
        assert!(page.text.contains("href=\"/lien-he\"") && page.text.contains("noindex"), "{path}");
        assert_eq!(page.text.matches("id=\"q\"").count(), 1, "{path}");
    }
    assert!(site.get(&unknown).await.text.contains("value=\"hop dan giao dat\""));
    for path in ["/khong-co/anh.png", "/tep/00/x"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.text.contains("find-large"), "{path}: a program that asks for a file needs no page");
    }
    let inside = site.get_with("/khong-co", &[("cookie", &format!("pn-session={}", "a".repeat(64)))]).await;
    assert!(!inside.text.contains("find-large"), "people of the office keep the page of the desk");
}

#[tokio::test]
async fn a_change_and_a_mended_mistake_stand_on_the_page_with_their_day() {
    let site = Site::new();
    let id = site.publish(Kind::News, &draft("Hội nghị"));
    let version = app::publication::show(&site.app, &site.person(Role::Clerk), id).unwrap().row.version;
    let mended = app::publication::Draft {
        body: "Chiều nay, huyện tổ chức hội nghị.".into(),
        ..draft("Hội nghị")
    };
    app::publication::edit(&site.app, &site.person(Role::Clerk), (id, version), &mended).unwrap();
    site.act(Role::Clerk, id, Event::Submit, Act::default());
    site.act(Role::Leader, id, Event::Approve, Act::default());
    let note = Act { note: "Sửa giờ họp".into(), is_correction: true, ..Act::default() };
    site.act(Role::Clerk, id, Event::Publish, note);
    let page = site.get(&site.path(id)).await.text;
    assert!(
        page.contains("<strong>Đính chính.</strong> Sửa giờ họp") && page.contains("Chiều nay"),
        "{page}"
    );
    assert!(!page.contains("Sáng nay"));
}

#[tokio::test]
async fn a_reader_who_has_the_page_is_told_so_and_shared_caches_ask_after_a_minute() {
    let (site, items) = filled();
    let page = site.get(&items[0]).await;
    assert_eq!(page.header("cache-control"), "public, max-age=0, s-maxage=60");
    assert_eq!(page.header("vary"), "cookie");
    assert!(page.header("set-cookie").is_empty());
    let again = site.get_with(&items[0], &[("if-none-match", page.header("etag"))]).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let dark = site
        .get_with(&items[0], &[("cookie", "pn-theme=dark"), ("if-none-match", page.header("etag"))])
        .await;
    assert_eq!(dark.status, StatusCode::OK);
    assert!(dark.text.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn only_spokespersons_of_today_that_were_made_public_are_named() {
    let site = Site::new();
    let base =
        [("title", "Chánh Văn phòng"), ("kind", "Người phát ngôn thường xuyên"), ("phone", "0226 3820 000")];
    let person = |name: &'static str, more: &[(&'static str, &'static str)]| {
        let fields: Vec<_> = base.iter().chain(more).copied().chain([("full_name", name)]).collect();
        site.line(Register::Spokespersons, &fields);
    };
    person(
        "Nguyễn Văn An",
        &[("starts_on", "01/01/2020"), ("published_on", "01/01/2020"), ("note", "mật khẩu nội bộ")],
    );
    person(
        "Trần Thị Bình",
        &[("starts_on", "01/01/2019"), ("ends_on", "31/12/2019"), ("published_on", "01/01/2019")],
    );
    person("Lê Văn Cường", &[("starts_on", "01/01/2020")]);
    person(
        "Đỗ Thị Quyền",
        &[
            ("title", "Phó Chủ tịch"),
            ("kind", "Được ủy quyền"),
            ("starts_on", "01/01/2020"),
            ("ends_on", "31/12/2099"),
            ("matter", "Vụ cháy chợ Quế"),
            ("decision_symbol", "5/GUQ-UBND"),
            ("authorised_by", "Phạm Hoàng Tùng, Chủ tịch"),
            ("published_on", "01/01/2020"),
        ],
    );
    let page = site.get("/lien-he").await.text;
    assert!(page.contains("Người ủy quyền") && page.contains("Phạm Hoàng Tùng, Chủ tịch"), "{page}");
    assert!(page.contains("Nguyễn Văn An") && page.contains("tel:02263820000"), "{page}");
    for hidden in ["Trần Thị Bình", "Lê Văn Cường", "mật khẩu nội bộ"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn readers_see_press_conferences_once_notified_and_their_calendar_and_that_one_is_cancelled() {
    use app::press::{self, Plan, Told};
    use app::publication::Uploaded;
    use domain::press::conference::Event;
    /// A picture of one dot.
    const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
        \0\0\0\nIDATx\x9c\x63\xf8\x0f\0\x01\x01\x01\0\xb1\x38\xf6\x14\0\0\0\0IEND\xae\x42\x60\x82";
    let site = Site::new();
    let empty = site.get("/hop-bao").await;
    assert!(empty.text.contains("Hiện không có cuộc họp báo nào"), "{}", empty.text);
    assert!(site.get("/lien-he").await.text.contains("/hop-bao"));
    let clerk = site.person(Role::Clerk);
    let at = |day, hour| domain::time::at(jiff::civil::date(2099, 9, day), hour, 0);
    let plan = Plan {
        subject: "Kết quả cải cách hành chính".into(),
        occasion: "periodic".into(),
        place: "Hội trường".into(),
        starts_at: at(10, 9),
        minutes_long: Some(60),
        chair: "Phạm Hoàng Tùng".into(),
        is_public: true,
        guests: "Báo Hà Nam".into(),
        agencies: Vec::new(),
    };
    let id = press::plan_conference(&site.app, &clerk, &plan).unwrap();
    let hidden = Plan { subject: "Chưa công bố".into(), is_public: false, ..plan };
    let other = press::plan_conference(&site.app, &clerk, &hidden).unwrap();
    assert!(!site.get("/hop-bao").await.text.contains("Kết quả cải cách"), "not before it was notified");
    let told = Told { symbol: "TB-UBND".into(), at: Some(site.app.now()), ..Told::default() };
    // Files are kept on a thread that may wait.
    let (app, actor, given) = (&site.app, &clerk, &told);
    std::thread::scope(|scope| {
        for id in [id, other] {
            let notify = move || {
                let proof =
                    Uploaded { name: "anh.png".into(), bytes: DOT.to_vec(), text: "Số liệu".into() };
                press::attach_to_conference(app, actor, (id, 1), proof)?;
                press::act_on_conference(app, actor, (id, 2), Event::Notify, given)
            };
            scope.spawn(notify).join().unwrap().unwrap();
        }
    });
    let page = site.get("/hop-bao").await.text;
    assert!(page.contains("Kết quả cải cách hành chính") && page.contains("10/09/2099 09:00"), "{page}");
    assert!(!page.contains("Chưa công bố") && !page.contains("Báo Hà Nam"), "guests are for the desk alone");
    let calendar = site.get("/hop-bao/lich.ics").await;
    assert!(calendar.header("content-type").starts_with("text/calendar"), "{:?}", calendar.headers);
    assert!(calendar.text.contains("DTSTART:20990910T020000Z"), "{}", calendar.text);
    press::act_on_conference(&site.app, &clerk, (id, 3), Event::Cancel, &told).unwrap();
    assert!(site.get("/hop-bao").await.text.contains("Đã hủy"));
    assert!(site.get("/hop-bao/lich.ics").await.text.contains("STATUS:CANCELLED"));
}
