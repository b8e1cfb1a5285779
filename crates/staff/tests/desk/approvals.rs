//! Approving through HTTP: everything that is approved is shown, and many at once are all approved or none.

use domain::access::Role;
use domain::publication::workflow::Event;
use http::StatusCode;

use crate::publications::{act, publish};
use crate::site::{Answer, Site};

const MANY: &str = "/publications/approve";
const MEGABYTE: usize = 1_024 * 1_024;

/// A picture of one pixel.
fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn begin(site: &Site, role: Role, kind: &str, fields: &[(&str, &str)]) -> String {
    let made = site.post(role, &format!("/publications/new/{kind}"), fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    made.location.split('?').next().unwrap().to_owned()
}

/// A notice of the radio desk that waits for approval.
async fn submitted(site: &Site, title: &str) -> String {
    let body = format!("Toàn văn của {title}.");
    let path = begin(site, Role::Radio, "notice", &[("title", title), ("body", &body)]).await;
    assert_eq!(act(site, Role::Radio, &path, Event::Submit, &[]).await.status, StatusCode::SEE_OTHER);
    path
}

#[tokio::test]
async fn sec_wf_03_the_page_of_approval_shows_everything_that_is_approved() {
    let site = Site::new();
    let fields = [
        ("title", "Kế hoạch phòng, chống dịch"),
        ("summary", "Tóm tắt kế hoạch"),
        ("body", "Toàn văn."),
        ("section", "Kế hoạch"),
        ("symbol", "12/KH-UBND"),
        ("issued_on", "20/11/2020"),
        ("signer", "Trần Văn Ký"),
        ("url", "https://kimbang.example/ke-hoach"),
        ("last_day", "31/12/2020"),
    ];
    let path = begin(&site, Role::Clerk, "document", &fields).await;
    let attach = format!("{path}/attach");
    let add = async |text: &str, name: &str, bytes: &[u8]| {
        let version = site.get(Role::Clerk, &attach).await.hidden("version");
        let fields = [("version", &*version), ("text", text)];
        let sent = site.upload_with(Role::Clerk, &attach, &fields, (name, bytes)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    };
    add("Ảnh hội nghị sơ kết", "anh.png", &picture()).await;
    // The picture stands in the text too, at the address it will have in public.
    let digest = site.get(Role::Clerk, &path).await.hidden("digest");
    let body = format!("<p>Toàn văn.</p><figure><img src=\"/tep/{digest}/anh.jpg\" alt=\"Ảnh\"></figure>");
    let (version, file) =
        (site.get(Role::Clerk, &format!("{path}/edit")).await.hidden("version"), format!("file.{digest}"));
    let mut typed: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != "body").collect();
    typed.extend([("body", &*body), ("version", &*version), (&*file, "Ảnh hội nghị sơ kết")]);
    let saved = site.post(Role::Clerk, &format!("{path}/edit"), &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    add("Phụ lục kèm theo", "phu-luc.pdf", &testkit::pdf("Lan", 0)).await;
    assert_eq!(act(&site, Role::Clerk, &path, Event::Submit, &[]).await.status, StatusCode::SEE_OTHER);

    let page = site.get(Role::Leader, &format!("{path}/acts/approve")).await.text();
    for part in [
        "Kế hoạch phòng, chống dịch",
        "Tóm tắt kế hoạch",
        "Toàn văn.",
        "12/KH-UBND",
        "20/11/2020",
        "Trần Văn Ký",
        "https://kimbang.example/ke-hoach",
        "31/12/2020",
        "Ảnh hội nghị sơ kết",
        "anh.jpg",
        "Phụ lục kèm theo",
        "phu-luc.pdf",
    ] {
        assert!(page.contains(part), "{part} is not shown: {page}");
    }
    assert!(!page.contains("src=\"/tep/"), "pictures that are not public yet are read from the desk");
    for address in page.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        if address.starts_with("/publications/") {
            assert_eq!(site.get(Role::Leader, address).await.status, StatusCode::OK, "{address}");
        }
    }
    assert!(page.matches(&format!("src=\"{path}/files/")).count() >= 2, "{page}");
}

#[tokio::test]
async fn news_04_a_published_version_is_read_with_what_changed_and_its_files() {
    let site = Site::new();
    let path = begin(&site, Role::Radio, "notice", &[("title", "Thông báo"), ("body", "Họp ngày 4.")]).await;
    let attach = format!("{path}/attach");
    let version = site.get(Role::Radio, &attach).await.hidden("version");
    let fields = [("version", &*version), ("text", "Lịch họp")];
    let sent = site.upload_with(Role::Radio, &attach, &fields, ("lich.pdf", &testkit::pdf("Lan", 0))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    publish(&site, &path).await;
    let page = site.get(Role::Radio, &path).await;
    let (version, digest) = (page.hidden("version"), page.hidden("digest"));
    let gone = [("version", &*version), ("digest", &*digest)];
    assert_eq!(site.post(Role::Radio, &format!("{path}/detach"), &gone).await.status, StatusCode::SEE_OTHER);
    let version = site.get(Role::Radio, &format!("{path}/edit")).await.hidden("version");
    let typed = [("title", "Thông báo"), ("body", "Họp ngày 5."), ("version", &*version)];
    assert_eq!(site.post(Role::Radio, &format!("{path}/edit"), &typed).await.status, StatusCode::SEE_OTHER);
    for (role, event) in
        [(Role::Radio, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Publish)]
    {
        let done = act(&site, role, &path, event, &[("note", "Sửa ngày họp")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{event:?}: {}", done.text());
    }
    let page = site.get(Role::UnitHead, &path).await.text();
    for number in [1, 2] {
        assert!(page.contains(&format!("href=\"{path}/versions/{number}\"")), "{page}");
    }
    let first = site.get(Role::UnitHead, &format!("{path}/versions/1")).await.text();
    assert!(first.contains("Họp ngày 4.") && !first.contains("<del>"), "{first}");
    let file = format!("{path}/versions/1/files/{digest}");
    assert!(first.contains(&file) && first.contains("Lịch họp"), "{first}");
    assert_eq!(site.get(Role::UnitHead, &file).await.status, StatusCode::OK);
    assert_eq!(
        site.get(Role::UnitHead, &format!("{path}/files/{digest}")).await.status,
        StatusCode::NOT_FOUND
    );
    let second = site.get(Role::UnitHead, &format!("{path}/versions/2")).await.text();
    for part in ["<del>", "<ins>", "Sửa ngày họp", "Người soạn", "Người duyệt", "lich.pdf: Lịch họp"]
    {
        assert!(second.contains(part), "{part}: {second}");
    }
    assert_eq!(site.get(Role::UnitHead, &format!("{path}/versions/3")).await.status, StatusCode::NOT_FOUND);
    let outsider = site.get(Role::Superior, &format!("{path}/versions/1")).await.status;
    assert_eq!(outsider, StatusCode::FORBIDDEN);
}

/// The value of the checkbox beside a title.
fn value(page: &Answer, path: &str) -> String {
    let id = path.rsplit('/').next().unwrap();
    let page = page.text();
    let (_, rest) = page.split_once(&format!("value=\"{id}.")).unwrap_or_else(|| panic!("no {id} in {page}"));
    format!("{id}.{}", rest.split('"').next().unwrap())
}

fn is_ticked(page: &str, value: &str) -> bool {
    let (_, rest) = page.split_once(&format!("value=\"{value}\"")).unwrap();
    rest.split('>').next().unwrap().ends_with(" checked")
}

async fn state(site: &Site, path: &str) -> String {
    let page = site.get(Role::Leader, path).await.text();
    let (_, rest) = page.split_once("class=\"badge badge-").unwrap();
    rest.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_waits_is_read_ticked_and_approved_at_once() {
    let site = Site::new();
    let list = "/publications?state=in_review";
    assert!(site.get(Role::Leader, list).await.text().contains(MANY));
    assert!(!site.get(Role::Leader, "/publications").await.text().contains(MANY));
    assert!(!site.get(Role::Clerk, list).await.text().contains(MANY), "a clerk approves nothing");
    assert_eq!(site.get(Role::Clerk, MANY).await.status, StatusCode::FORBIDDEN);
    let empty = site.get(Role::Leader, MANY).await;
    assert!(empty.status == StatusCode::OK && empty.text().contains("Không có nội dung nào chờ bạn duyệt"));

    let mut paths = Vec::new();
    for title in ["Bản tin sáng", "Bản tin trưa", "Bản tin chiều"] {
        paths.push(submitted(&site, title).await);
    }
    let page = site.get(Role::Leader, MANY).await;
    for part in [
        "Toàn văn của Bản tin sáng.",
        "<details",
        "Toàn văn của Bản tin chiều.",
        "name=\"act\" value=\"publish\"",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let key = page.hidden("form_key");
    let values: Vec<String> = paths.iter().map(|path| value(&page, path)).collect();
    let mut fields = vec![("form_key", key.as_str()), ("act", "approve")];
    let none = site.post(Role::Leader, MANY, &fields).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("Chưa chọn nội dung nào"));
    fields.extend(values[..2].iter().map(|value| ("item", value.as_str())));
    let done = site.post(Role::Leader, MANY, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let again = site.post(Role::Leader, MANY, &fields).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "sent twice, done once");
    let states =
        [state(&site, &paths[0]).await, state(&site, &paths[1]).await, state(&site, &paths[2]).await];
    assert_eq!(states, ["Đã duyệt", "Đã duyệt", "Chờ duyệt"]);
    let publishes = [("act", "publish"), ("item", values[2].as_str())];
    let done = site.post(Role::Spokesperson, MANY, &publishes).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(state(&site, &paths[2]).await, "Đã đăng");
    for broken in [[("act", "approve"), ("item", "x")], [("act", "withdraw"), ("item", &values[0])]] {
        assert_eq!(site.post(Role::Leader, MANY, &broken).await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn sec_wf_a05_one_forbidden_or_changed_text_stops_all_is_named_and_ticks_stay() {
    let site = Site::new();
    let kept = submitted(&site, "Bản tin sáng").await;
    let changed = submitted(&site, "Bản tin trưa").await;
    let own = begin(&site, Role::Spokesperson, "notice", &[("title", "Bài của tôi"), ("body", "Lời")]).await;
    let submit = act(&site, Role::Spokesperson, &own, Event::Submit, &[]).await;
    assert_eq!(submit.status, StatusCode::SEE_OTHER);
    let page = site.get(Role::Spokesperson, MANY).await;
    assert!(page.text().contains("Người soạn không duyệt nội dung của chính mình"), "{}", page.text());
    let others = site.get(Role::Leader, MANY).await;
    let (kept_value, old, own_value) = (value(&page, &kept), value(&page, &changed), value(&others, &own));

    let edit = format!("{changed}/edit");
    let version = site.get(Role::Radio, &edit).await.hidden("version");
    let typed = [("title", "Bản tin trưa đã sửa"), ("body", "Lời khác"), ("version", &*version)];
    assert_eq!(site.post(Role::Radio, &edit, &typed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(act(&site, Role::Radio, &changed, Event::Submit, &[]).await.status, StatusCode::SEE_OTHER);
    let ticked = [("act", "publish"), ("item", &*kept_value), ("item", &*old), ("item", &*own_value)];
    let refused = site.post(Role::Spokesperson, MANY, &ticked).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    for part in [
        "Bản tin trưa đã sửa: Nội dung này vừa thay đổi",
        "“Bài của tôi”: Người soạn không duyệt nội dung của chính mình",
        "Chưa nội dung nào được duyệt",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(is_ticked(&text, &kept_value), "what was ticked stays ticked: {text}");
    let new = value(&refused, &changed);
    assert!(new != old && !is_ticked(&text, &new), "a text nobody was shown is not ticked");
    for path in [&kept, &changed, &own] {
        assert_eq!(state(&site, path).await, "Chờ duyệt");
    }
}

#[tokio::test]
async fn upl_01_a_file_is_taken_to_the_limit_and_a_larger_one_is_told() {
    let site = Site::new();
    let path = begin(&site, Role::Radio, "notice", &[("title", "Thông báo"), ("body", "Lời")]).await;
    let attach = format!("{path}/attach");
    let large = |head: &[u8], bytes: usize| {
        let mut file = head.to_vec();
        file.resize(bytes, b' ');
        file
    };
    let mut noise: u32 = 1;
    let mut dots = image::RgbImage::new(1_400, 1_400);
    for dot in dots.pixels_mut() {
        // Noise does not compress: the picture has as many bytes as dots.
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        dot.0 = noise.to_be_bytes()[..3].try_into().unwrap();
    }
    let mut picture = std::io::Cursor::new(Vec::new());
    dots.write_to(&mut picture, image::ImageFormat::Png).unwrap();
    let files = [
        ("anh.png", picture.into_inner()),
        ("ke-hoach.pdf", testkit::pdf("5 MB", 5 * MEGABYTE)),
        ("ban-tin.mp3", large(&testkit::recording(1, "5 MB"), 5 * MEGABYTE)),
        ("toan-van.pdf", testkit::pdf("50 MB", 50 * MEGABYTE)),
    ];
    for (name, bytes) in files {
        assert!(bytes.len() >= 5 * MEGABYTE, "{name} has {}", bytes.len());
        let version = site.get(Role::Radio, &attach).await.hidden("version");
        let fields = [("version", &*version), ("text", "Tệp lớn")];
        let sent = site.upload_with(Role::Radio, &attach, &fields, (name, &bytes)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.text());
    }
    let version = site.get(Role::Radio, &attach).await.hidden("version");
    for bytes in [50 * MEGABYTE + 1, 60 * MEGABYTE] {
        let file = testkit::pdf("lớn", bytes);
        let fields = [("version", &*version), ("text", "Lời mô tả còn đây")];
        let sent = site.upload_with(Role::Radio, &attach, &fields, ("lon.pdf", &file)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = sent.text();
        assert!(text.contains("Tệp lớn hơn 50 MB") && text.contains("Lời mô tả còn đây"), "{text}");
    }
    let word =
        site.upload(Role::Radio, &format!("{path}/word"), "a.docx", &large(b"PK", 51 * MEGABYTE)).await;
    assert_eq!(word.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(word.text().contains("Tệp lớn hơn 50 MB"));
}

#[tokio::test]
async fn sec_wf_02_a_line_that_went_public_alone_is_looked_at_by_somebody_else() {
    let site = Site::new();
    let fields = [("posted_on", "02/12/2020"), ("title", "Tin ghi thẳng vào sổ")];
    let typed = fields.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    app::register::add(&site.app, &app::Actor::command_line(), domain::register::Register::News, &typed)
        .unwrap();
    let lines = "/publications/lines";
    assert_eq!(site.get(Role::Clerk, lines).await.status, StatusCode::FORBIDDEN);
    assert!(site.get(Role::Leader, "/publications").await.text().contains(lines));
    let page = site.get(Role::Leader, lines).await;
    assert!(page.text().contains("Tin ghi thẳng vào sổ"), "{}", page.text());
    let none = site.post(Role::Leader, lines, &[("act", "ticked")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = page.hidden("shown");
    let done = site.post(Role::Leader, lines, &[("act", "all"), ("shown", &shown)]).await;
    assert_eq!((done.status, &*done.location), (StatusCode::SEE_OTHER, lines), "{}", done.text());
    assert!(!site.get(Role::Leader, lines).await.text().contains("Tin ghi thẳng vào sổ"));
    let late = site.post(Role::Leader, lines, &[("act", "all"), ("shown", &shown)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "somebody looked already");
}
