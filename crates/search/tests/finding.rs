//! What people type and what they find.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::time::Day;
use search::{Change, Entry, Facet, Hit, Index, Order, Query, Results};

const TODAY: Day = Day::constant(2026, 11, 23);

fn entry(id: &str, title: &str) -> Entry {
    Entry {
        id: id.into(),
        kind: "news".into(),
        title: title.into(),
        day: Day::constant(2025, 5, 5),
        url: format!("/{id}"),
        ..Entry::default()
    }
}

fn document(id: &str, number: &str, title: &str) -> Entry {
    Entry { kind: "document".into(), number_symbol: Some(number.into()), ..entry(id, title) }
}

fn index(entries: impl IntoIterator<Item = Entry>) -> Index {
    let index = Index::in_memory().unwrap();
    let batch: Vec<Change> = entries.into_iter().map(|entry| Change::Put(Box::new(entry))).collect();
    index.apply(&batch, 1).unwrap();
    index
}

fn ask(index: &Index, text: &str) -> Results {
    index.search(&Query::new(text, TODAY)).unwrap()
}

fn ids(index: &Index, text: &str) -> Vec<String> {
    ask(index, text).hits.into_iter().map(|hit: Hit| hit.id).collect()
}

fn office() -> Index {
    index([
        document("qd29", "29/2019/QĐ-UBND", "Ban hành Quy chế phát ngôn và cung cấp thông tin cho báo chí"),
        document("qd290", "290/2019/QĐ-UBND", "Về việc giao đất cho hợp tác xã"),
        document("cv1140", "1140/STTTT-TTBCXB", "Hướng dẫn chế độ báo cáo về hoạt động phát ngôn"),
        document("cv1141", "1141/STTTT-TTBCXB", "Mời họp"),
        document("bc5", "05/BC-UBND", "Báo cáo công tác quý I"),
        Entry {
            body: "Thực hiện Quyết định số 29/2019/QĐ-UBND ngày 28/6/2019, xã đã họp 1140 lượt hộ dân."
                .into(),
            ..entry("tin", "Phường Kim Bảng họp dân về quyết định giao đất")
        },
        Entry {
            attachments: vec!["Danh sách hộ dân nhận bồi thường tại thôn Thuỵ Lôi".into()],
            summary: "Hoà giải ở cơ sở được uỷ ban quan tâm.".into(),
            ..entry("hoa", "Hội nghị tổng kết")
        },
    ])
}

#[test]
fn marks_case_normal_form_and_place_of_the_tone_mark_do_not_matter() {
    let index = office();
    for question in
        ["Kim Bảng", "kim bang", "KIM BẢNG", "Kim Ba\u{309}ng", "kim bảng giao ĐẤT", "giao dat kim"]
    {
        assert!(ids(&index, question).contains(&"tin".to_owned()), "{question}");
    }
    for question in
        ["hòa giải", "hoà giải", "hoa giai", "Ủy ban quan tâm", "uỷ ban quan tâm", "Thụy Lôi", "thuỵ lôi"]
    {
        assert_eq!(ids(&index, question), ["hoa"], "{question}");
    }
}

#[test]
fn a_question_typed_as_telex_finds_what_was_meant() {
    let index = office();
    assert_eq!(ids(&index, "quyeets ddinhj giao ddaats"), ["tin", "qd290"], "the second is a decision");
    assert_eq!(ids(&index, "\"quyeets ddinhj\" kim"), ["tin"]);
}

#[test]
fn a_word_of_the_index_that_reads_as_telex_stays_as_typed() {
    let index = index([entry("tax", "Tax office"), entry("ta", "Đất nước ta")]);
    assert_eq!(ids(&index, "tax"), ["tax"]);
}

#[test]
fn number_and_symbol_stand_first_however_they_are_typed() {
    let index = office();
    for question in [
        "29/2019",
        "29/2019/QĐ-UBND",
        "29/2019/qd-ubnd",
        "QD 29",
        "QĐ29",
        "qđ-ubnd 29",
        "29/QĐ-UBND",
        "Quyết định 29/2019/QĐ-UBND",
        "29 2019",
        "\"29/2019/QĐ-UBND\"",
    ] {
        let found = ids(&index, question);
        assert_eq!(found.first().map(String::as_str), Some("qd29"), "{question}: {found:?}");
    }
    assert_eq!(ids(&index, "1140/STTTT"), ["cv1140"]);
    assert_eq!(ids(&index, "1140/STTTT-TTBCXB"), ["cv1140"]);
    assert_eq!(ids(&index, "1140").first().unwrap(), "cv1140");
    for question in ["05/BC-UBND", "5/BC-UBND", "BC 5"] {
        assert_eq!(ids(&index, question), ["bc5"], "{question}");
    }
    let mut all = ids(&index, "QĐ-UBND");
    assert_eq!(all.pop().as_deref(), Some("tin"));
    all.sort();
    assert_eq!(all, ["qd29", "qd290"]);
}

fn of_type(type_name: &str, document: Entry) -> Entry {
    Entry { document_type: Some(type_name.into()), ..document }
}

fn archive() -> Index {
    let texts =
        (0..8).map(|n| entry(&format!("tin{n}"), "Công văn chỉ đạo quyết định các việc của 538 hộ dân"));
    index(texts.chain([
        of_type("Công văn", document("cv538", "538/UBND-VX", "Về việc tuyên truyền")),
        of_type("Công văn", document("cv539", "539/UBND-VX", "Về việc phòng cháy")),
        of_type("Quyết định", document("qd538", "538/QĐ-UBND", "Trả lời công văn của Sở")),
        of_type("Quyết định", document("qd29", "29/QĐ-UBND", "Thành lập tổ công tác")),
        of_type("Thông báo", document("tb29", "29/TB-UBND", "Lịch tiếp công dân")),
        Entry {
            body: "Căn cứ Công văn số 538/UBND-VX ngày 01/4/2020.".into(),
            ..entry("can-cu", "Họp giao ban")
        },
    ]))
}

#[test]
fn a_type_before_a_number_asks_for_that_document_in_full_or_by_its_code() {
    let index = archive();
    for question in
        ["công văn 538", "cong van 538", "cv 538", "CV538", "công văn số 538", "Công văn số 538/UBND"]
    {
        let found = ids(&index, question);
        assert_eq!(found, ["cv538", "can-cu"], "{question}");
    }
    for question in ["qd 29", "QĐ29", "quyet dinh 29", "quyết định số 29"] {
        assert_eq!(ids(&index, question), ["qd29"], "{question}");
    }
    assert_eq!(ids(&index, "tb 29"), ["tb29"]);
    assert_eq!(ids(&index, "thông báo tiếp công dân"), ["tb29"], "the type is a word of the document");
}

#[test]
fn a_number_that_is_asked_for_is_in_whatever_is_found() {
    let index = archive();
    let loose = ask(&index, "thông báo 539");
    assert_eq!((loose.total, loose.partial), (0, false), "no other number stands for it");
    let years = self::index([of_type("Kế hoạch", document("kh", "5/KH-UBND", "Công tác dân vận năm 2020"))]);
    assert_eq!(ids(&years, "kế hoạch 2020"), ["kh"], "a year numbers no document");
    assert_eq!(ask(&index, "công văn tuyên truyền phòng cháy rừng 777").total, 0);
}

#[test]
fn the_signer_is_found_and_shown() {
    let signed =
        Entry { signer: Some("Trương Văn Hùng".into()), ..document("a", "5/KH-UBND", "Dân vận") };
    let index = index([signed, document("b", "6/KH-UBND", "Dân số")]);
    let results = ask(&index, "truong van hung");
    assert_eq!((results.total, results.hits[0].id.as_str()), (1, "a"));
    assert_eq!(results.hits[0].excerpt.pieces().next(), Some(("Trương Văn Hùng", true)));
    assert_eq!(ask(&index, "dân vận").hits[0].excerpt.text, "", "who signed is no excerpt of its own");
}

#[test]
fn a_word_typed_wrong_by_one_sign_is_mended_and_that_is_said() {
    let index = office();
    for question in ["phuogn kim bang", "phường kim bagn", "phuwng kim bang", "kim bảng phườmg"] {
        let results = ask(&index, question);
        assert!(results.mended.is_some() && !results.partial, "{question}");
        assert_eq!(results.hits.first().map(|hit| hit.id.as_str()), Some("tin"), "{question}");
    }
    let short = ask(&index, "phuong kimm bang");
    assert_eq!((short.mended, short.partial), (None, true), "a short word is not guessed at");
    assert_eq!(ask(&index, "phuogn kim bang").mended.as_deref(), Some("phường kim bảng"));
    assert_eq!(ask(&index, "phường kim bảng").mended, None);
    assert_eq!(ask(&index, "khungr longx").mended, None);
    let results = ask(&index, "1140 phát ngnô");
    assert_eq!((results.hits[0].id.as_str(), results.mended.as_deref()), ("cv1140", Some("1140 phát ngôn")));
}

#[test]
fn values_of_a_facet_that_differ_in_capitals_only_are_one() {
    let by = |id: &str, issuer: &str| Entry { issuer: Some(issuer.into()), ..entry(id, "Họp dân") };
    let index = index([
        by("a", "Đài Truyền thanh"),
        by("b", "Đài truyền thanh"),
        by("c", "Đài truyền thanh"),
        by("d", "UBND xã"),
    ]);
    let results = index.search(&Query::new("", TODAY).with(Facet::Issuer, "Đài Truyền thanh")).unwrap();
    assert_eq!(results.total, 3);
    let counts: Vec<_> =
        results.facets[&Facet::Issuer].iter().map(|one| (one.value.as_str(), one.count)).collect();
    assert_eq!(counts, [("Đài truyền thanh", 3), ("UBND xã", 1)]);
}

#[test]
fn the_whole_number_stands_before_its_continuations() {
    let index = index([
        document("long", "12/2024/QĐ-UBND-HC", "Một"),
        document("whole", "12/2024/QĐ-UBND", "Một"),
        document("other", "112/2024/QĐ-UBND", "Một"),
    ]);
    assert_eq!(ids(&index, "12/2024/QĐ-UBND"), ["whole", "long"]);
}

#[test]
fn words_with_the_same_marks_stand_before_words_with_others() {
    let index = index([entry("ma1", "Nhà mà ở"), entry("ma2", "Nhà má ở"), entry("ma3", "Nhà ma ở")]);
    assert_eq!(ids(&index, "má")[0], "ma2");
    assert_eq!(ids(&index, "mà")[0], "ma1");
    assert_eq!(ids(&index, "ma").len(), 3);
    let index = self::index([entry("dao", "Con dao sắc"), entry("dao2", "Lãnh đạo xã")]);
    assert_eq!(ids(&index, "lãnh đạo"), ["dao2"]);
    assert_eq!(ids(&index, "đạo")[0], "dao2");
    assert_eq!(ids(&index, "dao").len(), 2);
}

#[test]
fn title_ranks_over_abstract_and_abstract_over_body() {
    let filler = "công tác của xã trong tháng và các việc khác";
    let index = index([
        Entry { body: format!("{filler} lũ lụt"), summary: filler.into(), ..entry("body", filler) },
        Entry { body: filler.into(), summary: "lũ lụt".into(), ..entry("summary", filler) },
        Entry { body: filler.into(), summary: filler.into(), ..entry("title", "lũ lụt") },
    ]);
    assert_eq!(ids(&index, "lu lut"), ["title", "summary", "body"]);
}

#[test]
fn of_equal_items_the_newer_stands_first() {
    let at = |year| Day::constant(year, 1, 1);
    let index = index([
        Entry { day: at(2019), ..entry("old", "Lịch tiếp công dân") },
        Entry { day: at(2026), ..entry("new", "Lịch tiếp công dân") },
        Entry { day: at(2023), ..entry("middle", "Lịch tiếp công dân") },
    ]);
    assert_eq!(ids(&index, "tiep cong dan"), ["new", "middle", "old"]);
    let newest = Query { order: Order::Newest, ..Query::new("tiep cong dan", TODAY) };
    let oldest = Query { order: Order::Oldest, ..newest.clone() };
    let order = |query| index.search(query).unwrap().hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    assert_eq!(order(&newest), ["new", "middle", "old"]);
    assert_eq!(order(&oldest), ["old", "middle", "new"]);
    assert_eq!(ids(&index, ""), ["new", "middle", "old"]);
}

#[test]
fn quotes_want_the_words_next_to_each_other() {
    let index = index([entry("yes", "Phòng cháy chữa cháy rừng"), entry("no", "Rừng không cháy")]);
    assert_eq!(ids(&index, "\"cháy rừng\""), ["yes"]);
    assert_eq!(ids(&index, "“chay rung”"), ["yes"]);
    assert_eq!(ids(&index, "cháy rừng").len(), 2);
    assert_eq!(ids(&index, "\"cháy rừng").len(), 2, "a quote without its partner is no quote");
}

#[test]
fn a_long_question_that_nothing_answers_wholly_gives_what_has_most_of_it() {
    let index = office();
    let results = ask(&index, "phường Kim Bảng họp dân giao rừng phòng hộ");
    assert_eq!(results.hits[0].id, "tin");
    assert!(results.partial);
    assert!(!ask(&index, "Kim Bảng").partial);
    assert_eq!(ask(&index, "khủng long").total, 0);
}

#[test]
fn filters_narrow_and_each_facet_counts_as_if_it_were_not_narrowed() {
    let on = |id: &str, kind: &str, section: &str, year: i16| Entry {
        kind: kind.into(),
        section: Some(section.into()),
        day: Day::constant(year, 3, 4),
        ..entry(id, "Họp dân")
    };
    let index = index([
        on("a", "news", "Kinh tế", 2024),
        on("b", "news", "Văn hóa", 2024),
        on("c", "answer", "Kinh tế", 2025),
        on("d", "answer", "Kinh tế", 2026),
    ]);
    let query = Query::new("hop", TODAY).with(Facet::Section, "Kinh tế").with(Facet::Kind, "answer");
    let results = index.search(&query).unwrap();
    assert_eq!(results.total, 2);
    let counts = |facet| -> Vec<(&str, u64)> {
        results.facets[&facet].iter().map(|count| (count.value.as_str(), count.count)).collect()
    };
    assert_eq!(counts(Facet::Kind), [("answer", 2), ("news", 1)]);
    assert_eq!(counts(Facet::Section), [("Kinh tế", 2)]);
    assert_eq!(counts(Facet::Year), [("2026", 1), ("2025", 1)]);
    assert!(!results.facets.contains_key(&Facet::Issuer));

    let either = Query::new("", TODAY).with(Facet::Year, "2024").with(Facet::Year, "2026");
    assert_eq!(index.search(&either).unwrap().total, 3);
    let unknown = Query::new("", TODAY).with(Facet::Kind, "không có");
    assert_eq!(index.search(&unknown).unwrap().total, 0);
    let days = Query {
        from: Some(Day::constant(2025, 3, 4)),
        to: Some(Day::constant(2026, 3, 3)),
        ..Query::new("họp", TODAY)
    };
    let found = index.search(&days).unwrap();
    assert_eq!((found.total, found.hits[0].id.as_str()), (1, "c"));
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let index = index((0..57).map(|n| entry(&format!("{n:03}"), "Tin họp dân")));
    let mut seen = Vec::new();
    for page in 0..6 {
        let query = Query { offset: page * 10, limit: 10, ..Query::new("họp", TODAY) };
        let results = index.search(&query).unwrap();
        assert_eq!(results.total, 57);
        seen.extend(results.hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(seen.len(), 57);
    seen.dedup();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 57);
}

#[test]
fn did_you_mean_gives_the_marks_of_what_was_found() {
    let index = office();
    assert_eq!(ask(&index, "phat ngon").did_you_mean.as_deref(), Some("phát ngôn"));
    assert_eq!(ask(&index, "quyết đinh giao đất").did_you_mean.as_deref(), Some("quyết định giao đất"));
    assert_eq!(ask(&index, "quyeets ddinhj").did_you_mean.as_deref(), Some("quyết định"));
    assert_eq!(ask(&index, "phát ngôn").did_you_mean, None);
    assert_eq!(ask(&index, "hoà giải").did_you_mean, None);
    assert_eq!(ask(&index, "xyz").did_you_mean, None);
}

#[test]
fn hits_show_the_original_text_with_places_to_highlight() {
    let index = office();
    let results = ask(&index, "thuy loi");
    let excerpt = &results.hits[0].excerpt;
    assert!(excerpt.pieces().any(|piece| piece == ("Thuỵ Lôi", true)), "{excerpt:?}");
    let results = ask(&index, "29/2019");
    let number = results.hits[0].number_symbol.clone().unwrap();
    assert_eq!(number.pieces().collect::<Vec<_>>(), [("29/2019", true), ("/QĐ-UBND", false)]);
}
