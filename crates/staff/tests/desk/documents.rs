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

/// The page of a document that was read: values, places, how sure, the text.
fn shows_what_was_read(text: &str) {
    for words in [
        "35/QĐ-UBND",
        "05/03/2025",
        "Nguyễn Văn An",
        "value=\"Chủ tịch\"",
        "<option value=\"replaces\" selected>Thay thế</option>",
        "name=\"relation.0.symbol\" value=\"12/QĐ-UBND\"",
        "name=\"relation.0.issued_on\" value=\"01/02/2022\"",
        "Đọc ở đoạn",
        "<mark>Điều 2. Quyết định này thay thế",
        "<li>Căn cứ Luật Tổ chức chính quyền địa phương</li>",
        "Xác nhận và sang văn bản tiếp theo",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let label = "Trích yếu <span class=\"mark\">bắt buộc</span> <span class=\"badge badge-";
    assert!(text.contains(label), "how sure a field is stands beside it: {text}");
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
    shows_what_was_read(&text);
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

/// Confirms a document with two relations and a row left empty between them; gives the draft.
async fn confirmed_with_relations(site: &Site) -> publication::PublicationRow {
    let file = decision("37");
    let other = decision("38");
    let files: &[(&str, &[u8])] = &[("qd-37.docx", &file), ("qd-38.docx", &other)];
    site.upload_many(Role::Clerk, "/publications/documents/upload", files).await;
    let page = documents::list(&site.app, &Actor::command_line(), documents::State::Proposed, 1).unwrap();
    let of = |name: &str| {
        let shown = page.documents.iter().find(|shown| shown.row.file_name == name).unwrap();
        format!("/publications/documents/{}", shown.row.id)
    };
    let (first, second) = (of("qd-37.docx"), of("qd-38.docx"));
    let version = site.get(Role::Clerk, &first).await.hidden("version");
    let fields = |day: &'static str, next: &'static str| {
        [
            ("version", version.clone()),
            ("title", "Về việc kiện toàn".to_owned()),
            ("symbol", "37/2025/QĐ-UBND".to_owned()),
            ("issued_on", "05/03/2025".to_owned()),
            ("relation.0.act", "replaces".to_owned()),
            ("relation.0.symbol", "12/2022/QĐ-UBND".to_owned()),
            ("relation.0.issued_on", day.to_owned()),
            ("relation.0.issuer", "UBND xã Tân Lập".to_owned()),
            ("relation.2.act", "based_on".to_owned()),
            ("relation.2.symbol", "30/2020/NĐ-CP".to_owned()),
            ("next", next.to_owned()),
        ]
    };
    let send = |fields: [(&'static str, String); 11]| {
        let first = first.clone();
        async move {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
            site.post(Role::Clerk, &first, &fields).await
        }
    };
    let wrong = send(fields("31/02/2022", "1")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("31/02/2022") && wrong.text().contains("30/2020/NĐ-CP"), "typed stays");
    let done = send(fields("01/02/2022", "1")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(done.location.split('?').next().unwrap(), second, "the next one is opened");
    let all = publication::list(&site.app, &Actor::command_line(), &newest());
    all.unwrap().publications.remove(0)
}

#[tokio::test]
async fn relations_are_kept_as_they_were_confirmed_and_changed_with_an_entry_of_their_own() {
    let site = Site::new();
    let row = confirmed_with_relations(&site).await;
    let relations = &row.content.relations;
    assert_eq!(relations.len(), 2);
    assert_eq!(
        (relations[0].symbol.as_str(), relations[0].issuer.as_str()),
        ("12/2022/QĐ-UBND", "UBND xã Tân Lập")
    );
    assert_eq!(relations[0].issued_on.map(|day| day.to_string()).as_deref(), Some("2022-02-01"));
    let edit = format!("/publications/{}/edit", row.id);
    let form = site.get(Role::Clerk, &edit).await;
    assert!(form.text().contains("value=\"12/2022/QĐ-UBND\""), "{}", form.text());
    let version = form.hidden("version");
    let mut changed = vec![
        ("version", version.as_str()),
        ("title", "Về việc kiện toàn"),
        ("symbol", "37/2025/QĐ-UBND"),
        ("issued_on", "05/03/2025"),
        ("relation.0.act", ""),
        ("relation.0.symbol", "12/2022/QĐ-UBND"),
    ];
    let refused = site.post(Role::Clerk, &edit, &changed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "an act is chosen");
    changed[4].1 = "amends";
    let saved = site.post(Role::Clerk, &edit, &changed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = site.get(Role::Clerk, &format!("/publications/{}", row.id)).await.text();
    assert!(shown.contains("Sửa đổi, bổ sung") && shown.contains("12/2022/QĐ-UBND"), "{shown}");
    let newer = publication::show(&site.app, &Actor::command_line(), row.id).unwrap().row;
    assert_ne!(newer.content.digest(), row.content.digest(), "an approval is bound to what it does");
    assert_eq!(newer.version, row.version + 1);
}

/// A decision of which every field is certain: it changes nothing else.
fn certain(number: &str) -> Vec<u8> {
    let table = |left: &str, right: &str| {
        format!("<w:tbl><w:tr><w:tc>{left}</w:tc><w:tc>{right}</w:tc></w:tr></w:tbl>")
    };
    let bold = |text: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let head = table(
        &[bold("ỦY BAN NHÂN DÂN XÃ TÂN LẬP"), paragraph(&format!("Số: {number}/QĐ-UBND"))].concat(),
        &[paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), paragraph("Tân Lập, ngày 05 tháng 3 năm 2025")]
            .concat(),
    );
    let middle = [
        bold("QUYẾT ĐỊNH"),
        bold("Về việc kiện toàn Ban Chỉ đạo chuyển đổi số"),
        paragraph("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;"),
        paragraph("Điều 1. Kiện toàn Ban Chỉ đạo."),
        paragraph("Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
    ]
    .concat();
    let foot = table(
        &["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT."].map(paragraph).concat(),
        &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An"].map(paragraph).concat(),
    );
    document(&[head, middle, foot].concat())
}

#[tokio::test]
async fn documents_that_are_certain_are_confirmed_together_or_not_at_all() {
    let site = Site::new();
    let (one, two, doubtful) = (certain("41"), certain("42"), decision("43"));
    let files: &[(&str, &[u8])] = &[("qd-41.docx", &one), ("qd-42.docx", &two), ("qd-43.docx", &doubtful)];
    site.upload_many(Role::Clerk, "/publications/documents/upload", files).await;
    let path = "/publications/documents/certain";
    let page = site.get(Role::Clerk, path).await.text();
    for words in ["41/QĐ-UBND", "42/QĐ-UBND", "05/03/2025", "Nguyễn Văn An", "30/2020/NĐ-CP"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("43/QĐ-UBND"), "what changes another document is confirmed by itself");
    let all = site.get(Role::Clerk, &format!("{path}?all=1")).await.text();
    assert_eq!((page.matches(" checked").count(), all.matches(" checked").count()), (0, 2));

    let shown = documents::list(&site.app, &Actor::command_line(), documents::State::Proposed, 1).unwrap();
    let value = |name: &str, version: i64| {
        let shown = shown.documents.iter().find(|shown| shown.row.file_name == name).unwrap();
        format!("{}.{version}", shown.row.id)
    };
    let none = site.post(Role::Clerk, path, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text());
    let waiting = || {
        let state = documents::State::Proposed;
        documents::list(&site.app, &Actor::command_line(), state, 1).unwrap().total
    };
    for (bad, status) in [
        (value("qd-43.docx", 1), StatusCode::CONFLICT),
        (value("qd-42.docx", 7), StatusCode::CONFLICT),
        ("x".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let good = value("qd-41.docx", 1);
        let sent = [("item", good.as_str()), ("item", bad.as_str())];
        let refused = site.post(Role::Clerk, path, &sent).await;
        assert_eq!((refused.status, waiting()), (status, 3), "{bad}");
    }
    let (one, two) = (value("qd-41.docx", 1), value("qd-42.docx", 1));
    let done = site.post(Role::Clerk, path, &[("item", one.as_str()), ("item", two.as_str())]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(waiting(), 1);
    let begun = publication::list(&site.app, &Actor::command_line(), &newest()).unwrap();
    let content = &begun.publications[0].content;
    assert_eq!(content.fields["effective_on"], "2025-03-05", "from the day it was signed");
    assert_eq!(content.fields["signer_title"], "Chủ tịch");
    assert_eq!(content.relations[0].symbol, "30/2020/NĐ-CP");
}

fn newest() -> publication::Filter {
    publication::Filter { page: 1, per_page: 10, ..publication::Filter::default() }
}
