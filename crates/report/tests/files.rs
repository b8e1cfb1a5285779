//! What the writers write: read back, the same each time, inert.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test stop the test")]

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use common::{input, statutory, template};
use domain::figure::Amount;
use domain::period::Period;
use report::document::{Block, Document, Inline, LaidBlock};
use report::frozen::{BadSet, Versions};
use report::{
    FrozenFigure, FrozenLeftOut, FrozenRecord, FrozenSet, RecordLabel, ReportInput, compare, compose, docx,
    figures_json, html, pdf, workbook,
};
use typeset::Fonts;

const ATTACK: &str = "#import \"x\": * {{ 7*7 }} {% raw %} <script>alert(1)</script> =cmd|'/c calc'!A0 *b* $x$ `r` @a & ]]> \u{0}\u{1}";

fn document() -> Document {
    compose(&template(), &input()).unwrap()
}

fn attacked() -> Document {
    let mut input = input();
    input.narrative.insert("assessment.duty".into(), ATTACK.into());
    input.office.name = format!("Ủy ban <b>{ATTACK}");
    input.office.recipients = vec![ATTACK.into()];
    input.office.addressees = vec![ATTACK.into(), "=1+1".into()];
    input.office.header = vec!["#set page(width: 1mm)".into()];
    input.proof.as_mut().unwrap().url = "javascript:alert(1)#]".into();
    compose(&template(), &input).unwrap()
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The text of each paragraph of a DOCX; panics when the XML is not well-formed.
fn paragraphs(docx: &[u8]) -> Vec<String> {
    use quick_xml::events::Event;
    let xml = part(docx, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut out, mut now) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => now.push_str(text.as_ref()),
            Event::GeneralRef(entity) => now.push_str(match entity.as_ref() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("entity {other}"),
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => out.push(std::mem::take(&mut now)),
            Event::Eof => break,
            _ => {}
        }
    }
    out.into_iter().filter(|line| !line.is_empty()).collect()
}

fn fonts() -> Arc<Fonts> {
    Arc::new(Fonts::find(&[]).unwrap())
}

#[test]
fn a_docx_holds_every_line_of_the_document_in_order() {
    let document = document();
    let bytes = docx(&document).unwrap();
    let found = paragraphs(&bytes);
    let laid = document.laid();
    assert_eq!(
        &found[..8],
        [
            "ỦY BAN NHÂN DÂN",
            "HUYỆN KIM BẢNG",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 245/BC-UBND",
            "Kim Bảng, ngày 15 tháng 12 năm 2020",
            "BÁO CÁO",
            "Kết quả thực hiện Quy chế Phát ngôn và",
        ]
    );
    let body: Vec<String> = laid.body.iter().map(LaidBlock::reads).collect();
    let at = found.iter().position(|line| *line == body[0]).unwrap();
    assert_eq!(found[at..at + body.len()], body);
    for last in ["- Như trên;", "- Lưu: VT, VHTT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Hoàng Tùng"]
    {
        assert!(found.iter().any(|line| line == last), "{last}");
    }
    assert_eq!(docx(&document).unwrap(), bytes, "same document, same bytes");
}

#[test]
fn a_letter_has_its_subject_under_the_number_and_no_title() {
    let letter = Document {
        type_name: String::new(),
        summary: "cung cấp thông tin về tiến độ thu gom rác thải".into(),
        addressees: vec!["Báo Hà Nam".into()],
        ..document()
    };
    let found = paragraphs(&docx(&letter).unwrap());
    let at = found.iter().position(|line| line.starts_with("V/v cung cấp")).unwrap();
    assert_eq!(found[at - 1], "Số: 245/BC-UBND");
    assert!(!found.iter().any(|line| line == "BÁO CÁO"));
    assert!(found.iter().any(|line| line == "Kính gửi: Báo Hà Nam"));
    let page = html::page(&letter);
    assert!(page.contains("<h1 class=\"about\">V/v cung cấp thông tin"), "{page}");
    assert!(pdf(&letter, &fonts()).unwrap().bytes.starts_with(b"%PDF"));
    assert_eq!(letter.title_line(), "Công văn về việc cung cấp thông tin về tiến độ thu gom rác thải");
    assert!(report::form_check::check_document(&letter).is_empty());
}

#[test]
fn a_docx_names_times_new_roman_hides_the_first_page_number_and_measures_as_the_decree() {
    let bytes = docx(&document()).unwrap();
    let (main, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    assert!(styles.contains("w:ascii=\"Times New Roman\"") && styles.contains("<w:lang w:val=\"vi-VN\""));
    assert!(main.contains("<w:titlePg"), "another header on page 1");
    assert!(main.contains("w:w=\"11906\" w:h=\"16838\""), "A4");
    for margin in ["w:top=\"1134\"", "w:bottom=\"1134\"", "w:left=\"1701\"", "w:right=\"850\""] {
        assert!(main.contains(margin), "{margin}");
    }
    assert!(main.contains("w:firstLine=\"720\"") && main.contains("w:val=\"both\""));
    let headers = [part(&bytes, "word/header1.xml"), part(&bytes, "word/header2.xml")];
    assert_eq!(headers.iter().filter(|header| header.contains("PAGE")).count(), 1);
    assert!(part(&bytes, "docProps/core.xml").contains("2020-12-15T00:00:00Z"));
    assert!(main.contains("descr=\"Mã QR dẫn đến"));
}

#[test]
fn a_docx_with_annexes_numbers_each_on_its_own() {
    let mut document = document();
    let annex = |title: &str| report::document::Annex {
        title: title.into(),
        body: vec![Block::Paragraph(Inline::text("Dòng"))],
    };
    document.annexes = vec![annex("Danh mục một"), annex("Danh mục hai")];
    let bytes = docx(&document).unwrap();
    let found = paragraphs(&bytes);
    assert!(found.windows(3).any(|three| three == ["Phụ lục I", "DANH MỤC MỘT", "Dòng./."]));
    assert!(found.windows(3).any(|three| three == ["Phụ lục II", "DANH MỤC HAI", "Dòng./."]));
    assert_eq!(part(&bytes, "word/document.xml").matches("w:start=\"1\"").count(), 2);
    assert_eq!(pdf(&document, &fonts()).unwrap().pages, 4);
}

#[test]
fn a_pdf_is_tagged_archival_accessible_and_the_same_each_time() {
    let fonts = fonts();
    let made = pdf(&document(), &fonts).unwrap();
    let has = |needle: &str| made.bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(made.bytes.starts_with(b"%PDF-1.7"));
    for mark in [
        "StructTreeRoot",
        "/MarkInfo",
        "pdfaid:part>2<",
        "pdfaid:conformance>A<",
        "pdfuaid:part>1<",
        "/Lang(vi-VN)",
    ] {
        assert!(has(mark), "{mark}");
    }
    assert_eq!(made.pages, 2, "the year of the seed takes two pages");
    assert_eq!(pdf(&document(), &fonts).unwrap(), made);
    assert_eq!(made.times_widths, fonts.has_times_widths());
}

#[test]
fn a_sign_that_the_font_lacks_is_replaced_and_named_and_never_stops_a_report() {
    let mut input = input();
    input.narrative.insert("tasks.portal".into(), "Tin 漢 và 😀 và e\u{302}\u{301}.".into());
    let made = pdf(&compose(&template(), &input).unwrap(), &fonts()).unwrap();
    assert_eq!(made.replaced, ['漢', '😀']);
}

#[test]
fn drafts_long_names_and_empty_years_are_drawn_by_every_writer() {
    let fonts = fonts();
    let mut long = input();
    long.office.header =
        vec!["ỦY BAN NHÂN DÂN PHƯỜNG HOÀNG VĂN THỤ VÀ CÁC ĐƠN VỊ HÀNH CHÍNH SÁP NHẬP THUỘC THÀNH PHỐ".into()];
    long.office.parent = Some("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU".into());
    long.office.addressees = (0..30)
        .map(|n| format!("Sở Thông tin và Truyền thông số {n} với một tên rất dài để xuống dòng"))
        .collect();
    let draft = ReportInput { number: None, date: None, signer: None, proof: None, ..input() };
    let empty = ReportInput { figures: BTreeMap::new(), request: None, regulation: None, ..input() };
    for input in [long, draft, empty] {
        for template in [template(), statutory()] {
            let document = compose(&template, &input).unwrap();
            assert!(pdf(&document, &fonts).unwrap().pages >= 1);
            assert!(paragraphs(&docx(&document).unwrap()).len() > 10);
            assert!(html::page(&document).contains("</html>"));
        }
    }
}

#[test]
fn html_is_one_document_with_headings_in_order_header_cells_and_figures_to_link() {
    let page = html::page(&document());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"));
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<h2").count(), 5);
    assert!(page.contains("<span class=\"figure\" id=\"figure-documents_posted-total\" data-figure=\"documents_posted.total\">1.627</span>"));
    assert!(
        !page.contains("<script") && !page.contains("src=") && !page.contains("url("),
        "nothing runs, nothing loads"
    );
    let linked = html::fragment(
        &compose(&statutory(), &input()).unwrap(),
        &html::HtmlOptions { figure_link: Some("/figures/".into()), first_level: 2 },
    );
    assert!(
        linked.contains("href=\"/figures/corrections.requested\"")
            && linked.contains("<th scope=\"col\">Kết quả</th>")
    );
    assert!(linked.contains("<h2 class=\"title") && !linked.contains("<h1"));
    let ids: Vec<&str> =
        page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "each id once");
}

#[test]
fn markup_of_every_kind_stays_text_in_every_output() {
    let document = attacked();
    let page = html::page(&document);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("href=\"javascript"));
    let lines = paragraphs(&docx(&document).unwrap()).join("\n");
    assert!(lines.contains("#import \"x\": * {{ 7*7 }} {% raw %} <script>alert(1)</script> =cmd|'/c calc'!A0 *b* $x$ `r` @a & ]]>"), "{lines}");
    let made = pdf(&document, &fonts()).unwrap();
    assert!((1..6).contains(&made.pages), "the page kept its size");
    assert!(made.replaced.is_empty(), "{:?}", made.replaced);
}

fn set() -> FrozenSet {
    let record = |n: u32| FrozenRecord {
        register: "questions".into(),
        id: format!("01J{n:03}"),
        digest: format!("{n:064x}"),
    };
    let figure = |id: &str, amount, records: Vec<FrozenRecord>| FrozenFigure {
        id: id.into(),
        metric: 18,
        title: format!("Tên {id}"),
        definition: "=1+1 là chữ".into(),
        amount,
        unit: "câu hỏi".into(),
        parts: vec![("+Đài".into(), 3)],
        base: vec![],
        left_out: vec![FrozenLeftOut { record: record(99), reason: "ngoài kỳ".into() }],
        records,
    };
    FrozenSet {
        format: report::frozen::FORMAT,
        office: "Ủy ban nhân dân huyện Kim Bảng".into(),
        office_id: "01J0".into(),
        period: Period::calendar_year(2020).unwrap(),
        counted_on: None,
        template: "press-speech-five-parts".into(),
        version: 1,
        rules: Versions { figures: "1".into(), calendar: "a".into(), law: "b".into() },
        ledger_sequence: 2411,
        ledger_hash: "0f".repeat(32),
        figures: vec![
            figure("questions.received", Amount::Count { count: 2 }, vec![record(1), record(2)]),
            figure("questions.on_time", Amount::Ratio { part: 1, whole: 2 }, vec![record(1)]),
            figure("visits", Amount::NoData, vec![]),
        ],
    }
}

#[test]
fn a_frozen_set_reads_back_and_a_changed_file_is_refused() {
    let set = set();
    let json = set.to_json().unwrap();
    assert_eq!(FrozenSet::parse(&json).unwrap(), set);
    // Computed apart, with Python: sha256 of json.dumps(set, sort_keys=True, separators=(",", ":"), ensure_ascii=False).
    assert_eq!(set.digest(), "2b87fa6299d7568499c3667902a995e9d15ef468882141c7fd210c5f7e7b2f53");
    let forged = json.replace("\"count\": 2", "\"count\": 3");
    assert_ne!(forged, json);
    assert!(matches!(FrozenSet::parse(&forged), Err(BadSet::Digest { .. })));
    assert!(matches!(
        FrozenSet::parse(&json.replace("\"format\": 1", "\"format\": 9")),
        Err(BadSet::Format(9))
    ));
    assert!(matches!(FrozenSet::parse("{}"), Err(BadSet::Unreadable(_))));
}

#[test]
fn comparing_names_the_figure_both_values_and_the_records() {
    let first = set();
    let mut second = set();
    second.figures[1].amount = Amount::Ratio { part: 2, whole: 2 };
    second.figures[1].records.push(FrozenRecord {
        register: "questions".into(),
        id: "01J002".into(),
        digest: "x".into(),
    });
    second.figures[0].records[0].digest = "changed".into();
    assert_eq!(compare(&first, &first), vec![]);
    let found = compare(&first, &second);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].figure.as_str(), &found[0].changed[..]),
        ("questions.received", &["questions/01J001".to_owned()][..])
    );
    assert_eq!((found[1].first.as_str(), found[1].second.as_str()), ("50% (1/2)", "100% (2/2)"));
    assert_eq!(found[1].only_second, ["questions/01J002"]);
    second.figures.pop();
    assert_eq!(compare(&first, &second).last().unwrap().figure, "visits");
}

#[test]
fn the_list_of_figures_gives_numbers_and_null_without_data() {
    let set = set();
    let list = serde_json::to_value(figures_json(&set.figures)).unwrap();
    assert_eq!(list[0]["value"], 2);
    assert_eq!((list[1]["value"].as_u64(), list[1]["unit"].as_str()), (Some(50), Some("%")));
    assert!(list[2]["value"].is_null());
    assert_eq!(list[2]["text"], "chưa có dữ liệu");
    assert_eq!(list[0]["records"].as_array().unwrap().len(), 2);
}

#[test]
fn the_workbook_reads_back_with_text_as_text_and_is_the_same_each_time() {
    use calamine::{Data, Reader, Xlsx};
    let labels = BTreeMap::from([(
        "questions/01J001".to_owned(),
        RecordLabel {
            day: Some(jiff::civil::date(2020, 3, 9)),
            title: "=HYPERLINK(\"http://x\")\u{1}".into(),
        },
    )]);
    let bytes = workbook(&set(), &labels).unwrap();
    assert_eq!(workbook(&set(), &labels).unwrap(), bytes);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Số liệu", "Dòng được tính", "Dòng không tính"]);
    let figures = book.worksheet_range("Số liệu").unwrap();
    assert_eq!(figures[(1, 2)], Data::Float(2.0));
    assert_eq!(figures[(1, 6)], Data::String("=1+1 là chữ".into()));
    assert_eq!(figures[(5, 2)], Data::String("chưa có dữ liệu".into()));
    let counted = book.worksheet_range("Dòng được tính").unwrap();
    assert_eq!(counted[(1, 5)], Data::String("=HYPERLINK(\"http://x\")".into()));
    assert_eq!(counted[(1, 4)], Data::String("09/03/2020".into()));
    let left_out = book.worksheet_range("Dòng không tính").unwrap();
    assert_eq!((left_out.height(), &left_out[(1, 6)]), (4, &Data::String("ngoài kỳ".into())));
    for sheet in ["Số liệu", "Dòng được tính", "Dòng không tính"] {
        assert!(book.worksheet_formula(sheet).unwrap().is_empty(), "{sheet}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_a_person_writes_the_files_stay_well_formed(text in "\\PC{0,80}|[\\x00-\\x7f]{0,40}|[<>&\"'\\[\\]{}%#=]{0,20}") {
        let mut input = input();
        input.narrative.insert("tasks.portal".into(), text.clone());
        input.office.recipients = vec![text];
        let document = compose(&template(), &input).unwrap();
        let lines = paragraphs(&docx(&document).unwrap());
        proptest::prop_assert!(lines.len() > 20);
        let page = html::page(&document);
        proptest::prop_assert_eq!(page.matches("<script").count() + page.matches("<img").count(), 0);
        proptest::prop_assert_eq!(page.matches('<').count(), page.matches('>').count());
        proptest::prop_assert_eq!(lines.iter().filter(|line| line.ends_with("./.")).count(), 1);
    }
}
