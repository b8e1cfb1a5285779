//! Official documents: how each stands, what they do to each other, their text, their PDF and its signatures.

use std::collections::BTreeMap;

use app::publication::Draft;
use domain::publication::relation::{Act, Relation};
use domain::publication::{Kind, Purpose};
use http::StatusCode;
use store::file_check::{self, FileCheck};
use store::file_text::{self, FileText};

use crate::site::Site;

const ISSUER: &str = "Ủy ban nhân dân huyện Kim Bảng";

fn decision(symbol: &str, issued: &str, effective: &str, relations: Vec<Relation>) -> Draft {
    let fields = [
        ("symbol", symbol),
        ("issued_on", issued),
        ("effective_on", effective),
        ("issuer", ISSUER),
        ("signer", "Nguyễn Văn An"),
        ("signer_title", "Phó Chủ tịch"),
    ];
    let fields: BTreeMap<String, String> =
        fields.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Draft {
        title: format!("Ban hành Quy chế phát ngôn ({symbol})"),
        section: "Quyết định".into(),
        body: "<p>Nội dung</p>".into(),
        fields,
        relations,
        ..Draft::default()
    }
}

fn replaces(symbol: &str, issued: &str) -> Vec<Relation> {
    let relation = |act, symbol: &str, issued: Option<&str>| Relation {
        act,
        symbol: symbol.into(),
        issued_on: issued.map(|day| day.parse().unwrap()),
        issuer: String::new(),
    };
    vec![relation(Act::Replaces, symbol, Some(issued)), relation(Act::BasedOn, "30/2020/NĐ-CP", None)]
}

#[tokio::test]
async fn a_replaced_document_says_so_and_both_lead_to_each_other() {
    let site = Site::new();
    let old = site.publish(Kind::Document, &decision("07/2019/QĐ-UBND", "02/03/2019", "15/03/2019", vec![]));
    let before = site.get(&site.path(old)).await.text;
    assert!(before.contains("Còn hiệu lực") && before.contains("Có hiệu lực từ ngày"), "{before}");
    assert!(before.contains("https://schema.org/InForce") && before.contains("Phó Chủ tịch"), "{before}");
    let new =
        decision("09/2020/QĐ-UBND", "01/02/2020", "15/02/2020", replaces("07/2019/QĐ-UBND", "2019-03-02"));
    let new = site.publish(Kind::Document, &new);
    let (old_path, new_path) = (site.path(old), site.path(new));
    let page = site.get(&old_path).await.text;
    for words in [
        "Hết hiệu lực toàn bộ",
        "Bị thay thế bởi 09/2020/QĐ-UBND từ ngày",
        &format!("<a href=\"{new_path}\">Quyết định 09/2020/QĐ-UBND"),
        "https://schema.org/NotInForce",
        "<meta name=\"DC.relation\" content=\"Bị thay thế bởi 09/2020/QĐ-UBND\">",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let page = site.get(&new_path).await.text;
    for words in [
        "<h3>Thay thế</h3>",
        &format!("<a href=\"{old_path}\">Quyết định 07/2019/QĐ-UBND"),
        "<h3>Căn cứ</h3>",
        "<li>30/2020/NĐ-CP",
        "\"@type\":\"Legislation\"",
        "\"legislationRepeals\":[{",
        "\"legislationChanges\":[{",
        "\"legislationDateOfApplicability\":\"2020-02-15\"",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }

    let list = site.get("/van-ban").await.text;
    assert!(list.contains("name=\"hieu-luc\"") && list.contains("Hết hiệu lực toàn bộ (1)"), "{list}");
    let ended = site.get("/van-ban?hieu-luc=het").await.text;
    assert!(ended.contains("07/2019/QĐ-UBND") && !ended.contains(">09/2020/QĐ-UBND<"), "{ended}");
    assert_eq!(site.get("/van-ban?hieu-luc=khong-co").await.status, StatusCode::NOT_FOUND);

    let csv = site.get("/du-lieu-mo/van-ban.csv").await.text;
    assert!(csv.lines().next().unwrap().ends_with(",effect_status,relations"), "{csv}");
    assert!(csv.contains("\"ended\",\"\""), "{csv}");
    assert!(
        csv.contains("\"in_force\",\"replaces 07/2019/QĐ-UBND 2019-03-02; based_on 30/2020/NĐ-CP\""),
        "{csv}"
    );
    let dictionary = site.get("/du-lieu-mo").await.text;
    assert!(dictionary.contains("effect_status") && dictionary.contains("Tình trạng hiệu lực vào ngày tải"));

    site.withdraw(new, "Đăng nhầm");
    let page = site.get(&old_path).await.text;
    assert!(page.contains("Còn hiệu lực") && !page.contains("09/2020/QĐ-UBND"), "{page}");
}

#[tokio::test]
async fn a_letter_has_no_state_of_effect_and_a_document_without_its_day_is_not_said_to_be_in_force() {
    let site = Site::new();
    let letter = Draft { section: "Công văn".into(), ..decision("12/UBND-VP", "02/03/2020", "", vec![]) };
    let page = site.get(&site.path(site.publish(Kind::Document, &letter))).await.text;
    assert!(
        !page.contains("Tình trạng hiệu lực") && page.contains("\"@type\":\"DigitalDocument\""),
        "{page}"
    );
    let unclear = decision("08/2020/QĐ-UBND", "02/03/2020", "", vec![]);
    let page = site.get(&site.path(site.publish(Kind::Document, &unclear))).await.text;
    assert!(page.contains("Chưa xác định") && page.contains("Chưa ghi ngày có hiệu lực."), "{page}");
    assert!(!page.contains("legislationLegalForce"), "{page}");
}

#[tokio::test]
async fn a_search_is_narrowed_by_the_state_of_effect() {
    let site = Site::served();
    site.publish(Kind::Document, &decision("07/2019/QĐ-UBND", "02/03/2019", "15/03/2019", vec![]));
    let new =
        decision("09/2020/QĐ-UBND", "01/02/2020", "15/02/2020", replaces("07/2019/QĐ-UBND", "2019-03-02"));
    site.publish(Kind::Document, &new);
    let all = site.get("/tim-kiem?q=quy+che").await.text;
    assert!(all.contains("hieu-luc=het") && all.contains("hieu-luc=con"), "{all}");
    assert!(all.contains("badge-bad\">Hết hiệu lực toàn bộ"), "{all}");
    let ended = site.get("/tim-kiem?q=quy+che&hieu-luc=het").await.text;
    assert!(ended.contains("1 kết quả") && ended.matches("class=\"hit\"").count() == 1, "{ended}");
    assert!(ended.contains("badge-bad") && !ended.contains("badge-done"), "{ended}");
}

#[tokio::test]
async fn the_text_the_pdf_and_the_signatures_of_a_file_stand_on_the_page() {
    let site = Site::new();
    let pdf = site.file(b"%PDF-1.7 x", "qd-07.pdf", "application/pdf", Purpose::Attachment);
    let digest = store::Digest::parse(&pdf.digest).unwrap();
    let long = "Ủy ban nhân dân huyện chịu trách nhiệm thi hành Quyết định này <script>. ".repeat(60);
    let signatures = r#"[{"signer":"Nguyễn Văn An","organisation":"UBND huyện","issuer":"CA","claimed_at":1583200000,"integrity":"whole"}]"#;
    site.office
        .db
        .write(&site.office.actor(), |tx| {
            let words = FileText { digest: digest.clone(), body: long, is_recognised: false };
            file_text::put(tx, &words)?;
            let check = FileCheck {
                digest: digest.clone(),
                problem: String::new(),
                findings: "[]".into(),
                signatures: signatures.into(),
            };
            file_check::put(tx, &check)
        })
        .unwrap();
    let draft = Draft { files: vec![pdf.clone()], ..decision("07/2019/QĐ-UBND", "02/03/2019", "", vec![]) };
    let answer = site.get(&site.path(site.publish(Kind::Document, &draft))).await;
    let address = format!("/tep/{}/qd-07.pdf", pdf.digest);
    for words in [
        "<h2 id=\"s-text\">Toàn văn</h2>",
        "<details><summary>Đọc toàn văn</summary>",
        "chịu trách nhiệm thi hành Quyết định này &#60;script&#62;.",
        &format!("<iframe src=\"{address}\" loading=\"lazy\""),
        &format!("<a href=\"{address}\">Mở bản PDF ở trang riêng</a>"),
        "Nội dung không bị thay đổi sau khi ký",
        "Chưa kiểm tra chứng thư số",
        "<span class=\"file-size\">PDF, ",
    ] {
        assert!(answer.text.contains(words), "{words} in {}", answer.text);
    }
    assert!(answer.header("content-security-policy").contains("frame-src 'self'"));
    let file = site.get(&address).await;
    assert!(file.header("content-security-policy").contains("frame-ancestors 'self'"));
    // No other page may frame anything.
    let list = site.get("/van-ban").await;
    assert!(!list.header("content-security-policy").contains("frame-src"));
}

#[tokio::test]
async fn tables_of_the_text_of_a_file_stand_on_the_page_as_tables_and_their_words_are_found() {
    let site = Site::new();
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let word = site.file(b"PK bang", "ke-hoach.docx", media_type, Purpose::Attachment);
    let digest = store::Digest::parse(&word.digest).unwrap();
    let body = "Danh sách kèm theo\nTT\tTên thôn\tSố hộ\n1\tThôn <Đọ Xá>\t214\nHết.".to_owned();
    let words = FileText { digest, body, is_recognised: false };
    site.office.db.write(&site.office.actor(), |tx| file_text::put(tx, &words)).unwrap();
    let draft = Draft { files: vec![word], ..decision("07/2019/QĐ-UBND", "02/03/2019", "", vec![]) };
    let page = site.get(&site.path(site.publish(Kind::Document, &draft))).await.text;
    let table = "<p>Danh sách kèm theo</p>\n\
        <div class=\"table-wrap\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng 1 trong văn bản\"><table>\
        <thead><tr><th scope=\"col\">TT</th><th scope=\"col\">Tên thôn</th><th scope=\"col\">Số hộ</th></tr></thead><tbody>\n\
        <tr><td>1</td><td>Thôn &#60;Đọ Xá&#62;</td><td>214</td></tr>\n\
        </tbody></table></div>\n<p>Hết.</p>";
    assert!(page.contains(table), "{page}");
    site.make_index();
    let found = site.get("/tim-kiem?q=th%C3%B4n+%C4%91%E1%BB%8D+x%C3%A1").await.text;
    assert!(found.contains("07/2019/QĐ-UBND"), "{found}");
}
