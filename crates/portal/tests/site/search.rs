//! Searching through HTTP, as people type; what is withdrawn is gone from everywhere with the next answer.

use app::publication::Draft;
use domain::publication::{Kind, Purpose};
use domain::register::Register;
use http::StatusCode;

use crate::site::{Site, draft};

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

impl Site {
    async fn search(&self, words: &str) -> String {
        let page = self.get(&format!("/tim-kiem?q={}", encoded(words))).await;
        assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"), "{words}");
        page.text
    }

    async fn suggest(&self, typed: &str) -> String {
        let answer = self.get(&format!("/tim-kiem/goi-y.json?q={}", encoded(typed))).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
        answer.text
    }
}

/// The titles of the results, without what marks them.
fn titles(page: &str) -> Vec<String> {
    let heads = page.split("<h3><a href=").skip(1);
    heads
        .map(|rest| {
            let title = &rest[rest.find('>').unwrap() + 1..rest.find("</a>").unwrap()];
            title.replace("<mark>", "").replace("</mark>", "")
        })
        .collect()
}

fn library(site: &Site) {
    let document = |symbol: &str, kind: &str, day: &str, summary: &str| {
        site.line(
            Register::PortalDocuments,
            &[
                ("symbol", symbol),
                ("type_name", kind),
                ("issued_on", day),
                ("posted_on", day),
                ("summary", summary),
                ("issuer", "UBND huyện Kim Bảng"),
            ],
        );
    };
    document(
        "29/2019/QĐ-UBND",
        "Quyết định",
        "28/06/2019",
        "Quy định về phát ngôn và cung cấp thông tin cho báo chí",
    );
    document("129/QĐ-UBND", "Quyết định", "01/02/2020", "Về việc giao đất ở đường Lê Lợi");
    document("1140/STTTT-BC", "Công văn", "03/03/2020", "Hướng dẫn công tác báo chí");
    let typed = Draft {
        body: "<p>Tổ hòa giải ở cơ sở của thị trấn Quế hoạt động hiệu quả.</p>".into(),
        ..draft("Hòa giải cơ sở ở Kim Bảng")
    };
    site.publish(Kind::News, &typed);
}

#[tokio::test]
async fn sec_srch_a03_words_are_found_however_they_are_typed() {
    let site = Site::served();
    library(&site);
    let cases = [
        ("phát ngôn", "Quy định về phát ngôn"),
        ("phat ngon", "Quy định về phát ngôn"),
        ("PHÁT NGÔN", "Quy định về phát ngôn"),
        ("pha\u{301}t ngo\u{302}n", "Quy định về phát ngôn"),
        ("phats ngoon", "Quy định về phát ngôn"),
        ("\"cung cấp thông tin\"", "Quy định về phát ngôn"),
        ("hoà giải", "Hòa giải cơ sở"),
        ("hòa giải", "Hòa giải cơ sở"),
        ("hoa giai", "Hòa giải cơ sở"),
        ("kim bang hoa giai", "Hòa giải cơ sở"),
        ("thi tran que", "Hòa giải cơ sở"),
        ("duong le loi", "Về việc giao đất"),
        ("đường lê lợi", "Về việc giao đất"),
        ("ĐƯỜNG LÊ LỢI", "Về việc giao đất"),
        ("29/2019", "Quy định về phát ngôn"),
        ("29/2019/QĐ-UBND", "Quy định về phát ngôn"),
        ("QD 29", "Quy định về phát ngôn"),
        ("1140/STTTT", "Hướng dẫn công tác báo chí"),
    ];
    for (words, title) in cases {
        let page = site.search(words).await;
        let found = titles(&page);
        assert!(found.first().is_some_and(|first| first.starts_with(title)), "{words}: {found:?}");
        assert!(page.contains("<mark>"), "{words}");
    }
    assert!(
        site.search("phat ngon")
            .await
            .contains("Có phải bạn muốn tìm: <a href=\"/tim-kiem?q=ph%C3%A1t%20ng%C3%B4n\">")
    );
    let none = site.search("đường bờ biển").await;
    assert!(none.contains("Không tìm thấy nội dung nào") && titles(&none).is_empty());
    assert!(site.suggest("phat ng").await.contains("Quy định về phát ngôn"));
    assert!(site.suggest("1140").await.contains("1140/STTTT-BC"));
}

#[tokio::test]
async fn a_document_is_found_by_type_and_number_by_its_signer_and_in_spite_of_a_slip() {
    let site = Site::served();
    library(&site);
    site.line(
        Register::PortalDocuments,
        &[
            ("symbol", "538/UBND-VX"),
            ("type_name", "Công văn"),
            ("issued_on", "04/05/2020"),
            ("posted_on", "04/05/2020"),
            ("summary", "Tuyên truyền phòng, chống dịch"),
            ("signer", "Trương Văn Hùng"),
        ],
    );
    let only = ["Tuyên truyền phòng, chống dịch"];
    for words in ["công văn 538", "cv 538", "CV538", "trương văn hùng", "truong van hung"] {
        assert_eq!(titles(&site.search(words).await), only, "{words}");
    }
    let document = ["Quy định về phát ngôn và cung cấp thông tin cho báo chí"];
    assert_eq!(titles(&site.search("qd 29").await), document);
    assert!(site.suggest("cv 5").await.contains("538/UBND-VX"));
    let mended = site.search("tuyen phonng dich").await;
    assert_eq!(titles(&mended), only);
    let said = "Không có nội dung nào khớp với “tuyen phonng dich”. Dưới đây là kết quả cho “";
    assert!(mended.contains(said), "{mended}");
    let page = site.get("/lien-he").await.text;
    assert!(page.contains("data-suggest=\"/tim-kiem/goi-y.json\"") && page.contains("search.js"));
}

#[tokio::test]
async fn results_are_narrowed_counted_ordered_and_dated() {
    let site = Site::served();
    library(&site);
    let all = site.get("/tim-kiem").await.text;
    assert_eq!(titles(&all).len(), 4, "without words everything is there to be browsed");
    assert!(all.contains("noindex") && !all.contains("rel=\"canonical\""));
    let facet = "<span class=\"facet-label\">Văn bản</span><span class=\"facet-count\">3</span>";
    assert!(all.contains(facet), "{all}");
    let documents = site.get("/tim-kiem?muc=van-ban&xep=cu-nhat").await.text;
    assert!(titles(&documents)[0].starts_with("Quy định về phát ngôn"));
    assert!(
        documents.contains(">Tin tức</span><span class=\"facet-count\">1</span>"),
        "other kinds keep their count"
    );
    let of_2020 =
        site.get("/tim-kiem?muc=van-ban&nam=2020&loai=Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh").await.text;
    assert_eq!(titles(&of_2020), ["Về việc giao đất ở đường Lê Lợi"]);
    assert!(
        of_2020.contains("href=\"/tim-kiem?muc=van-ban&amp;nam=2020\"")
            || of_2020.contains("href=\"/tim-kiem?muc=van-ban&#38;nam=2020\"")
    );
    let dated = site.get("/tim-kiem?tu=2020-03-01&den=31/03/2020").await.text;
    assert_eq!(titles(&dated), ["Hướng dẫn công tác báo chí"]);
    let wrong = site.get("/tim-kiem?tu=hom-qua").await.text;
    assert!(wrong.contains("Không phải là ngày"));
    for path in ["/tim-kiem", "/tim-kiem?q=khong+co&nam=2020", "/tim-kiem?q=bao+chi&tu=2020-01-01"] {
        let english = site.get_with(path, &[("cookie", "pn-language=en")]).await.text;
        assert!(english.contains(">Search<") && !english.contains("portal.search."), "{path}: {english}");
    }
    assert!(site.get("/").await.text.contains("\"SearchAction\""));
    for path in ["/", "/tin-tuc", "/lien-he"] {
        let page = site.get(path).await.text;
        assert!(page.contains("role=\"search\" action=\"/tim-kiem\""), "{path}");
    }
}

#[tokio::test]
async fn sec_srch_a01_signs_of_query_languages_and_huge_questions_are_words() {
    let site = Site::served();
    library(&site);
    let long = "báo chí ".repeat(1_000);
    for words in ["\"", "a* NEAR(b) kind:c", "((((", "<script>alert(1)</script>", "-đất AND OR NOT", &long]
    {
        let page =
            site.get(&format!("/tim-kiem?q={}", encoded(&words.chars().take(500).collect::<String>()))).await;
        assert_eq!(page.status, StatusCode::OK, "{words}");
        assert!(!page.text.contains("<script>alert"), "{words}");
    }
    let cut = site.search(&long.chars().take(150).collect::<String>()).await;
    assert!(cut.contains("chỉ 10 từ đầu"), "{cut}");
    assert_eq!(site.get("/tim-kiem?trang=99999&muc=x&nam=y&xep=z").await.status, StatusCode::OK);
}

#[tokio::test]
async fn while_the_index_is_being_made_the_site_works_and_the_search_says_so() {
    let site = Site::new();
    library(&site);
    let page = site.get("/tim-kiem?q=phat+ngon").await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "30"));
    assert!(page.text.contains("đang được chuẩn bị") && page.text.contains("value=\"phat ngon\""));
    assert_eq!(site.suggest("phat").await, "[]");
    assert_eq!(site.get("/van-ban").await.status, StatusCode::OK);
    site.make_index();
    assert_eq!(titles(&site.search("phat ngon").await).len(), 1);
}

#[tokio::test]
async fn sec_srch_a02_what_is_withdrawn_is_gone_from_everywhere_with_the_next_answer() {
    let site = Site::served();
    library(&site);
    let file = site.file(b"%PDF-1.7 CANARY", "tai-lieu.pdf", "application/pdf", Purpose::Attachment);
    let text = Draft {
        body: "<p>Nội dung CANARY trong bài</p>".into(),
        files: vec![file.clone()],
        section: "CANARY mục".into(),
        ..draft("CANARY hoàng yến")
    };
    let id = site.publish(Kind::News, &text);
    let path = site.path(id);
    let mut places = vec![path.clone(), format!("/tep/{}/tai-lieu.pdf", file.digest)];
    let shown = ["/", "/tin-tuc", "/tin-tuc/rss.xml", "/tin-tuc/atom.xml", "/sitemap/1.xml", "/so-do"];
    places.extend(shown.map(str::to_owned));
    places.extend(["/du-lieu-mo/tin-tuc.csv", "/du-lieu-mo/tin-tuc.json"].map(str::to_owned));
    places.extend(["/tim-kiem", "/tim-kiem?q=hoang+yen", "/tim-kiem?q=bai&muc=tin-tuc"].map(str::to_owned));
    places.push("/tim-kiem/goi-y.json?q=hoang".to_owned());
    // Twice: the second answer of what may be kept is a ready one.
    for place in places.iter().chain(&places) {
        let page = site.get(place).await;
        assert_eq!(page.status, StatusCode::OK, "{place}");
        assert!(page.text.contains("CANARY") || page.text.contains("canary"), "{place}: {}", page.text);
    }
    site.withdraw(id, "Đăng nhầm");
    for place in &places {
        let page = site.get(place).await;
        assert!(!page.text.contains("CANARY"), "{place}: {}", page.text);
        assert!(*place == path || !page.text.contains("canary"), "{place}: {}", page.text);
    }
    assert_eq!(site.get(&path).await.status, StatusCode::GONE);
    assert!(site.search("hoang yen").await.contains("Không tìm thấy"));
    assert!(!site.search("").await.contains("CANARY"));
    site.publish(Kind::News, &draft("Đăng lại chim hoàng yến"));
    assert_eq!(titles(&site.search("hoang yen").await), ["Đăng lại chim hoàng yến"]);
}
