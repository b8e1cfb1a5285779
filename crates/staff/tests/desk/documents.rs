//! Files from outside: a Word file becomes an article; documents are read, confirmed and become drafts.

use std::io::{Cursor, Write as _};

use app::documents;
use app::search::{self, Answer};
use app::{Actor, publication};
use domain::access::Role;
use domain::publication::Purpose;
use domain::publication::workflow::Event;
use http::StatusCode;

use crate::publications::{act, publish};
use crate::site::Site;

pub fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn document(body: &str) -> Vec<u8> {
    let xml = format!(
        "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:wp=\"wp\"><w:body>{body}</w:body></w:document>"
    );
    let links = "<Relationships><Relationship Id=\"r1\" Target=\"media/a.png\"/></Relationships>";
    let mut png = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(4, 4).write_to(&mut png, image::ImageFormat::Png).unwrap();
    docx(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/media/a.png", &png.into_inner()),
    ])
}

fn decision(number: &str) -> Vec<u8> {
    let table = |left: &str, right: &str| {
        format!("<w:tbl><w:tr><w:tc>{left}</w:tc><w:tc>{right}</w:tc></w:tr></w:tbl>")
    };
    let head = table(
        &[paragraph("ỦY BAN NHÂN DÂN"), paragraph("XÃ TÂN LẬP"), paragraph(&format!("Số: {number}/QĐ-UBND"))]
            .concat(),
        &[paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), paragraph("Tân Lập, ngày 05 tháng 3 năm 2025")]
            .concat(),
    );
    let middle = [
        "QUYẾT ĐỊNH",
        "Về việc kiện toàn Ban Chỉ đạo chuyển đổi số",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Điều 1. Kiện toàn Ban Chỉ đạo.",
        "Điều 2. Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 01 tháng 2 năm 2022.",
    ]
    .map(paragraph)
    .concat();
    let foot = table(
        &["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT."].map(paragraph).concat(),
        &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An"].map(paragraph).concat(),
    );
    document(&[head, middle, foot].concat())
}

#[tokio::test]
async fn a_word_file_is_looked_at_and_becomes_the_text_of_a_draft() {
    let site = Site::new();
    let begun = [
        ("title", "Tên cũ"),
        ("section", ""),
        ("summary", ""),
        ("body", ""),
        ("last_day", ""),
        ("review_on", ""),
    ];
    let made = site.post(Role::Clerk, "/publications/new/notice", &begun).await;
    let path = made.location.split('?').next().unwrap().to_owned();
    let title = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Khai giảng năm học mới</w:t></w:r></w:p>";
    let picture = "<w:p><w:r><w:drawing><wp:docPr/><a:blip r:embed=\"r1\"/></w:drawing></w:r></w:p>";
    let file = document(&[title, &paragraph("Sáng 05/9 &lt;script&gt;"), picture].concat());
    assert_eq!(site.get(Role::Clerk, &format!("{path}/word")).await.status, StatusCode::OK);
    let look = site.upload(Role::Clerk, &format!("{path}/word"), "bai.docx", &file).await;
    assert_eq!(look.status, StatusCode::OK, "{}", look.text());
    assert!(look.text().contains("Khai giảng năm học mới") && look.text().contains("&lt;script&gt;"));
    let (version, digest) = (look.hidden("version"), look.hidden("digest"));
    let taken =
        [("version", &*version), ("digest", &digest), ("takes_title", "on"), ("alt1", "Học sinh dự lễ")];
    let done = site.post(Role::Clerk, &format!("{path}/word/take"), &taken).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let content = publication::show(&site.app, &Actor::command_line(), id).unwrap().row.content;
    assert_eq!(content.title, "Khai giảng năm học mới");
    assert_eq!(content.files[0].purpose, Purpose::Picture);
    let image = format!(
        "<img src=\"/tep/{}/{}\" alt=\"Học sinh dự lễ\">",
        content.files[0].digest, content.files[0].name
    );
    assert!(content.body.contains(&image), "{}", content.body);
    // From the old version nothing is taken a second time.
    let again = site.post(Role::Clerk, &format!("{path}/word/take"), &taken).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let refused = site.upload(Role::Clerk, &format!("{path}/word"), "bai.docx", b"PK\x03\x04broken").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Tệp bị hỏng"), "{}", refused.text());
}

#[tokio::test]
async fn sec_doc_a05_a_word_file_with_a_mark_of_state_secrets_becomes_no_text_and_its_name_is_not_told() {
    let site = Site::new();
    let secret = document(&[paragraph("TỐI MẬT"), paragraph("Nội dung")].concat());
    let sent = site.upload_many(Role::Radio, "/radio/upload", &[("ten-tep-mat.docx", &secret)]).await;
    let told = site.get(Role::Radio, &sent.location).await;
    assert!(told.text().contains("Đã nhận 0 bản tin; không nhận 1."), "{}", told.text());
    assert!(!told.text().contains("ten-tep-mat"));
    let fields = [
        ("title", "Tin"),
        ("section", ""),
        ("summary", ""),
        ("body", ""),
        ("last_day", ""),
        ("review_on", ""),
    ];
    let made = site.post(Role::Clerk, "/publications/new/notice", &fields).await;
    let path = made.location.split('?').next().unwrap().to_owned();
    let look = site.upload(Role::Clerk, &format!("{path}/word"), "ten-tep-mat.docx", &secret).await;
    assert_eq!(look.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", look.text());
}

/// The titles of what readers find, once the index is made.
fn found_by(site: &Site, words: &str) -> Vec<String> {
    let keeper = search::Keeper::start(site.app.clone()).unwrap();
    let query = search::Query::new(words, site.app.today());
    let found = loop {
        match search::find(&site.app, &query).unwrap() {
            Answer::Found(found) => break found,
            Answer::Preparing => std::thread::yield_now(),
        }
    };
    assert!(keeper.stop(std::time::Duration::from_secs(20)));
    found.hits.into_iter().map(|hit| hit.title.text).collect()
}

#[tokio::test]
async fn documents_are_read_listed_confirmed_and_none_is_lost() {
    let site = Site::new();
    let first = decision("34");
    let second = decision("35");
    let secret = document(&[paragraph("TỐI MẬT"), paragraph("QUYẾT ĐỊNH")].concat());
    let files: &[(&str, &[u8])] = &[
        ("qd-34.docx", &first),
        ("qd-35.docx", &second),
        ("qd-34-ban-sao.docx", &first),
        ("hong.pdf", b"%PDF-1.7 nothing"),
        ("trang.html", b"<html></html>"),
        ("ten-tep-mat.docx", &secret),
    ];
    let sent = site.upload_many(Role::Clerk, "/publications/documents/upload", files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let list = site.get(Role::Clerk, &sent.location).await.text();
    assert!(list.contains("Đã đọc 3 tệp; 3 tệp không đọc được"), "{list}");
    assert!(list.contains("34/QĐ-UBND") && list.contains("Có thể trùng"), "{list}");
    let refused = site.get(Role::Clerk, "/publications/documents?state=refused").await.text();
    for words in ["hong.pdf", "Tệp bị hỏng", "trang.html", "không phải Word", "dấu chỉ độ mật"]
    {
        assert!(refused.contains(words), "{words} in {refused}");
    }
    assert!(!refused.contains("ten-tep-mat"), "not even the name is kept");

    let page = documents::list(&site.app, &Actor::command_line(), documents::State::Proposed, 1).unwrap();
    let shown = page.documents.iter().find(|shown| shown.row.file_name == "qd-35.docx").unwrap();
    let path = format!("/publications/documents/{}", shown.row.id);
    let form = site.get(Role::Clerk, &path).await;
    let text = form.text();
    for words in ["35/QĐ-UBND", "05/03/2025", "Nguyễn Văn An", "Thay thế văn bản số 12/QĐ-UBND", "Đọc ở đoạn"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    let (version, body) = (form.hidden("version"), "<p>Toàn văn trong tệp.</p>");
    let bad = [
        ("version", &*version),
        ("title", "Về việc kiện toàn"),
        ("symbol", "35/QĐ-UBND"),
        ("issued_on", "40/03/2025"),
        ("body", body),
    ];
    let answer = site.post(Role::Clerk, &path, &bad).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("40/03/2025"), "what was typed stays");
    let good = [
        ("version", &*version),
        ("title", "Về việc kiện toàn"),
        ("symbol", "35/QĐ-UBND"),
        ("issued_on", "05/03/2025"),
        ("body", body),
    ];
    let done = site.post(Role::Clerk, &path, &good).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let id = done.location.split('?').next().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let row = publication::show(&site.app, &Actor::command_line(), id).unwrap().row;
    assert_eq!(row.content.fields["symbol"], "35/QĐ-UBND");
    assert_eq!(row.content.fields["issued_on"], "2025-03-05");
    assert_eq!(row.content.files[0].name, "qd-35.docx");
    let words = documents::words_of(&site.app, &row.content.files).unwrap();
    assert!(words[0].text.contains("Ban Chỉ đạo chuyển đổi số"), "{words:?}");
    let again = site.post(Role::Clerk, &path, &good).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let saved = site.get(Role::Clerk, &format!("{path}/file")).await;
    assert_eq!((saved.status, saved.body == second), (StatusCode::OK, true));

    // Once it is published, the words of its file are found.
    publish(&site, &format!("/publications/{id}")).await;
    assert_eq!(found_by(&site, "ban chi dao chuyen doi so"), ["Về việc kiện toàn"]);
}

#[tokio::test]
async fn who_uploaded_a_document_is_a_writer_of_it_though_another_confirmed_its_fields() {
    let site = Site::new();
    let file = decision("36");
    let files: &[(&str, &[u8])] = &[("qd-36.docx", &file)];
    let sent = site.upload_many(Role::Spokesperson, "/publications/documents/upload", files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = documents::list(&site.app, &Actor::command_line(), documents::State::Proposed, 1).unwrap();
    let path = format!("/publications/documents/{}", page.documents[0].row.id);
    let version = site.get(Role::Clerk, &path).await.hidden("version");
    let fields = [
        ("version", &*version),
        ("title", "Về việc kiện toàn"),
        ("symbol", "36/QĐ-UBND"),
        ("issued_on", "05/03/2025"),
        ("body", "<p>Toàn văn trong tệp.</p>"),
    ];
    let done = site.post(Role::Clerk, &path, &fields).await;
    let made = done.location.split('?').next().unwrap().to_owned();
    let submitted = act(&site, Role::Clerk, &made, Event::Submit, &[]).await;
    assert_eq!(submitted.status, StatusCode::SEE_OTHER, "{}", submitted.text());
    let own = act(&site, Role::Spokesperson, &made, Event::Approve, &[]).await;
    assert_ne!(own.status, StatusCode::SEE_OTHER, "nobody approves what they brought");
    let other = act(&site, Role::Leader, &made, Event::Approve, &[]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
}

#[tokio::test]
async fn a_form_without_a_file_and_a_form_without_the_token_are_told_so() {
    let site = Site::new();
    let path = "/publications/documents/upload";
    let none = site.upload_many(Role::Clerk, path, &[("", b"")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text());
    assert_eq!(site.get(Role::Clerk, path).await.status, StatusCode::OK);
}
