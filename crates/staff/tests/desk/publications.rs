//! Writing, approving, publishing and withdrawing through HTTP.

use domain::access::Role;
use domain::publication::Kind;
use domain::publication::workflow::{Event, State, TRANSITIONS};
use http::StatusCode;

use crate::site::{Answer, Site};

const TEXT: &[(&str, &str)] = &[
    ("title", "Hội nghị sơ kết"),
    ("section", "Thời sự"),
    ("summary", ""),
    ("body", "Đoạn một.\n\nĐoạn hai <script>alert(1)</script>."),
    ("last_day", ""),
    ("review_on", ""),
];

/// Begins a notice; its page.
async fn begin(site: &Site, role: Role) -> String {
    let made = site.post(role, "/publications/new/notice", TEXT).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    made.location.split('?').next().unwrap().to_owned()
}

/// Does an act as its page offers it.
pub(crate) async fn act(site: &Site, role: Role, path: &str, event: Event, more: &[(&str, &str)]) -> Answer {
    let address = format!("{path}/acts/{}", event.word());
    let page = site.get(role, &address).await;
    if page.status != StatusCode::OK {
        return page;
    }
    let (version, digest) = (page.hidden("version"), page.hidden("digest"));
    let mut fields = vec![("version", version.as_str()), ("digest", digest.as_str())];
    fields.extend(more);
    site.post(role, &address, &fields).await
}

pub(crate) async fn publish(site: &Site, path: &str) {
    for (role, event) in
        [(Role::Radio, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Publish)]
    {
        let answer = act(site, role, path, event, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{event:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_text_is_written_approved_by_another_and_published() {
    let site = Site::new();
    let path = begin(&site, Role::Radio).await;
    let page = site.get(Role::Radio, &path).await.text();
    assert!(page.contains("<p>Đoạn một.</p>") && page.contains("&lt;script&gt;"), "{page}");
    publish(&site, &path).await;
    let page = site.get(Role::Clerk, &path).await.text();
    assert!(page.contains("/thong-bao/hoi-nghi-so-ket-"), "{page}");
    assert!(page.contains("Các bản đã đăng"));
}

#[tokio::test]
async fn pictures_of_elsewhere_are_left_out_and_the_author_is_told() {
    let site = Site::new();
    let body =
        "<p>Chữ</p><img src=\"https://elsewhere.example/a.png\"><img src=\"data:image/png;base64,AA\">";
    let made =
        site.post(Role::Radio, "/publications/new/notice", &[("title", "Có ảnh"), ("body", body)]).await;
    assert_eq!(made.notice, "publication_page.saved_without_pictures");
    let edit = format!("{}/edit", made.location);
    let page = site.get(Role::Radio, &edit).await;
    assert!(!page.text().contains("elsewhere.example"), "{}", page.text());
    let version = page.hidden("version");
    let fields = [("title", "Có ảnh"), ("body", "<p>Chữ</p>"), ("version", &*version)];
    assert_eq!(site.post(Role::Radio, &edit, &fields).await.notice, "publication_page.saved");
}

#[tokio::test]
async fn a_text_too_large_or_nested_too_deep_is_refused_and_nothing_breaks() {
    let site = Site::new();
    let paragraph = "<p class=MsoNormal style='margin:0'><span lang=VI>Lời<o:p></o:p></span></p>\n";
    let huge = paragraph.repeat(5 * 1_024 * 1_024 / paragraph.len());
    let answer = site.post(Role::Radio, "/publications/new/notice", &[("title", "x"), ("body", &huge)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    // All of them below the bytes a form may have, so that it is the nesting that is refused.
    for (deep, times) in [("<div>", 80_000), ("<b>", 100_000), ("<div></x>", 30_000)] {
        let fields = [("title", "x"), ("body", &*deep.repeat(times))];
        let answer = site.post(Role::Radio, "/publications/new/notice", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{deep}");
        assert!(answer.text().contains("quá nhiều lớp lồng nhau"), "{deep}");
    }
    assert_eq!(site.get(Role::Radio, "/publications/new/notice").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_form_of_every_kind_is_drawn_and_an_empty_one_keeps_what_was_typed() {
    let site = Site::new();
    for kind in Kind::ALL {
        let address = format!("/publications/new/{}", kind.word());
        let page = site.get(Role::Clerk, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
    }
    let typed = [("title", ""), ("summary", "Còn đây"), ("last_day", "32/13/2020")];
    let answer = site.post(Role::Clerk, "/publications/new/notice", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Còn đây") && answer.text().contains("32/13/2020"));
}

#[tokio::test]
async fn the_second_editor_is_told_and_loses_no_text() {
    let site = Site::new();
    let path = begin(&site, Role::Radio).await;
    let edit = format!("{path}/edit");
    let version = site.get(Role::Clerk, &edit).await.hidden("version");
    let mine = [("title", "Bản của tôi"), ("body", "Lời của tôi"), ("version", &*version)];
    assert_eq!(site.post(Role::Clerk, &edit, &mine).await.status, StatusCode::SEE_OTHER);
    let theirs = [("title", "Bản thứ hai"), ("body", "Lời thứ hai"), ("version", &*version)];
    let answer = site.post(Role::Radio, &edit, &theirs).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for text in ["Lời thứ hai", "Lời của tôi"] {
        assert!(answer.text().contains(text), "{text} is lost");
    }
}

#[tokio::test]
async fn sec_wf_a01_each_refused_cell_of_the_table_is_refused_through_http() {
    let site = Site::new();
    let path = begin(&site, Role::Radio).await;
    let mut tried = 0;
    // The way of a text through its states; in each, everything the table does not allow is tried by everybody.
    let way = [
        (State::Draft, Some((Role::Radio, Event::Submit))),
        (State::InReview, Some((Role::Leader, Event::Approve))),
        (State::Approved, Some((Role::Clerk, Event::Publish))),
        (State::Published, Some((Role::Clerk, Event::Withdraw))),
        (State::Withdrawn, None),
    ];
    for (state, next) in way {
        for event in Event::ALL {
            for role in Role::ALL {
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                if row.is_some_and(|row| domain::access::may(&[role], row.needs)) {
                    continue;
                }
                let answer = act(&site, role, &path, event, &[("note", "Thử")]).await;
                let refused = [
                    StatusCode::NOT_FOUND,
                    StatusCode::FORBIDDEN,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    StatusCode::CONFLICT,
                ];
                assert!(refused.contains(&answer.status), "{state:?} {event:?} {role:?}: {}", answer.status);
                tried += 1;
            }
        }
        if let Some((role, event)) = next {
            let answer = act(&site, role, &path, event, &[("note", "Đăng nhầm")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{event:?}: {}", answer.text());
        }
    }
    assert!(tried > 200, "{tried}");
}

#[tokio::test]
async fn a_file_is_added_seen_and_taken_out() {
    let site = Site::new();
    let path = begin(&site, Role::Radio).await;
    let add = format!("{path}/attach");
    let version = site.get(Role::Radio, &add).await.hidden("version");
    let fields = [("version", &*version), ("text", "Toàn văn kế hoạch")];
    let refused = site.upload_with(Role::Radio, &add, &fields, ("xin-chao.exe", b"MZ\x90\0")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Toàn văn kế hoạch"), "what was typed stays");
    let broken = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";
    let refused = site.upload_with(Role::Radio, &add, &fields, ("hong.pdf", broken)).await;
    assert!(refused.text().contains("Tệp bị hỏng"), "{}", refused.text());
    let pdf = testkit::pdf("Lan", 0);
    let refused = site.upload_with(Role::Radio, &add, &fields, ("ke-hoach.docx", &pdf)).await;
    assert!(refused.text().contains("Đuôi tên tệp không khớp"), "{}", refused.text());
    let added = site.upload_with(Role::Radio, &add, &fields, ("Kế hoạch.pdf", &pdf)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let page = site.get(Role::Radio, &path).await;
    assert!(page.text().contains("ke-hoach.pdf"));
    // What is hidden in it is told to who writes, and to who decides.
    let submit = site.get(Role::Radio, &format!("{path}/acts/submit")).await;
    for page in [&page, &submit] {
        assert!(page.text().contains("thuộc tính tệp: 1 (ví dụ: Lan)"), "{}", page.text());
    }
    let digest = page.hidden("digest");
    let file = site.get(Role::Leader, &format!("{path}/files/{digest}")).await;
    assert_eq!(file.status, StatusCode::OK);
    let version = page.hidden("version");
    let gone = site
        .post(Role::Radio, &format!("{path}/detach"), &[("version", &version), ("digest", &digest)])
        .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(Role::Leader, &format!("{path}/files/{digest}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sec_wf_02_the_register_sends_to_the_text_that_keeps_a_line_and_changes_nothing() {
    let site = Site::new();
    let made = site.post(Role::Radio, "/publications/new/news", TEXT).await;
    let path = made.location.split('?').next().unwrap().to_owned();
    publish(&site, &path).await;
    let line = path.replace("/publications/", "/registers/news/");
    let page = site.get(Role::Clerk, &line).await.text();
    assert!(page.contains(&format!("href=\"{path}\"")), "{page}");
    assert!(!page.contains("/edit\"") && !page.contains("/remove\"") && !page.contains("/publication\""));
    let edit = format!("{line}/edit");
    let version = site.get(Role::Clerk, &edit).await.hidden("version");
    let typed =
        [("title", "Chưa ai duyệt"), ("posted_on", "01/01/2020"), ("note", "Giữ lại"), ("version", &version)];
    let refused = site.post(Role::Clerk, &edit, &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    for part in ["không sửa hay xóa trong sổ được", &format!("href=\"{path}\""), "Giữ lại"] {
        assert!(refused.text().contains(part), "{part}: {}", refused.text());
    }
    let removal = [("reason", "Nhầm"), ("version", &*version)];
    let refused = site.post(Role::Clerk, &format!("{line}/remove"), &removal).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(site.get(Role::Clerk, &line).await.text().contains("Hội nghị sơ kết"));
}

/// A Word file with a title, a line, and a picture with a caption by hand.
fn word_file(png: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"png\" ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = |kind: &str, id: &str, target: &str| {
        format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let document = "<?xml version=\"1.0\"?><w:document \
        xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
        xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
        xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><w:body>\
        <w:p><w:r><w:t>Sáng nay, cầu Quế thông xe.</w:t></w:r></w:p>\
        <w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"Cầu Quế\"/><a:blip r:embed=\"p1\"/></wp:inline></w:drawing></w:r></w:p>\
        <w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>Cầu Quế sau khi sửa</w:t></w:r></w:p>\
        </w:body></w:document>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    put("[Content_Types].xml", types.as_bytes());
    put("_rels/.rels", relations("officeDocument", "d1", "word/document.xml").as_bytes());
    put("word/_rels/document.xml.rels", relations("image", "p1", "media/a.png").as_bytes());
    put("word/document.xml", document.as_bytes());
    put("word/media/a.png", png);
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_text_begins_with_a_word_file_whose_pictures_are_seen_before_it_is_taken() {
    let site = Site::new();
    let form = site.get(Role::Officer, "/publications/new/news").await.text();
    let address = "/publications/new/news/word";
    assert!(form.contains(address), "{form}");
    let mut png = Vec::new();
    let picture = image::RgbImage::from_pixel(4, 4, image::Rgb([200, 30, 30]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let looked = site.upload(Role::Officer, address, "bai.docx", &word_file(&png)).await;
    let page = looked.text();
    assert_eq!(looked.status, StatusCode::OK, "{page}");
    assert!(page.contains("<figcaption>") && page.contains("cầu Quế thông xe"), "{page}");
    let start = page.find("/publications/pictures/").unwrap();
    let src = page[start..].split('"').next().unwrap();
    let shown = site.get(Role::Officer, src).await;
    assert!(shown.kind.starts_with("image/"), "{}", shown.kind);
    assert_eq!(site.get(Role::Leader, src).await.status, StatusCode::FORBIDDEN, "who writes nothing");
    let digest = page.split("name=\"digest\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let other = format!("/publications/pictures/{digest}/bai.docx");
    assert_eq!(site.get(Role::Officer, &other).await.status, StatusCode::NOT_FOUND, "the file is no picture");

    let take = format!("{address}/take");
    let fields = [("version", "0"), ("digest", digest.as_str()), ("title", " "), ("alt1", "Cầu Quế")];
    let untitled = site.post(Role::Officer, &take, &fields).await;
    assert_eq!(untitled.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        [("version", "0"), ("digest", digest.as_str()), ("title", "Cầu Quế thông xe"), ("alt1", "Cầu mới")];
    let taken = site.post(Role::Officer, &take, &fields).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let text = site.get(Role::Officer, &taken.location).await.text();
    for shown in ["Cầu Quế thông xe", "alt=\"Cầu mới\"", "Cầu Quế sau khi sửa"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
}
