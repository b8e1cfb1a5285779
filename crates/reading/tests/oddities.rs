//! What offices really write and no decree foresees: each oddity once, in a document of a few paragraphs.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

use std::io::Write as _;

use reading::decree::{Decree, Verb, read};
use reading::{Limits, docx};

/// A Word file of these paragraphs: tabs as such, a `^` in front centres one, a font may be named for all.
fn written(paragraphs: &[&str], font: &str) -> Decree {
    let mut body = String::new();
    for text in paragraphs {
        let (centred, text) = text.strip_prefix('^').map_or((false, *text), |text| (true, text));
        let place = if centred { "center" } else { "both" };
        let text = text.replace('&', "&amp;").replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        body.extend([format!(
            "<w:p><w:pPr><w:jc w:val=\"{place}\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"{font}\"/></w:rPr>\
             <w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        )]);
    }
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    let file = archive.finish().unwrap().into_inner();
    read(&docx::lines(&file, &Limits::default()).unwrap())
}

fn decision(number: &str, date: &str, middle: &[&str], foot: &[&str]) -> Decree {
    let head = format!(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|XÃ TÂN LẬP\tĐộc lập - Tự do - Hạnh phúc|{number}\t{date}"
    );
    let mut all: Vec<&str> = head.split('|').collect();
    all.extend(["^QUYẾT ĐỊNH", "^Về việc công bố danh mục", "^CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"]);
    all.extend_from_slice(middle);
    all.extend_from_slice(foot);
    written(&all, "Times New Roman")
}

const FOOT: [&str; 3] = ["Nơi nhận:\tCHỦ TỊCH", "- Như Điều 2;", "- Lưu: VT.\tNguyễn Văn An"];

fn text(field: Option<reading::decree::Field>) -> String {
    field.map(|field| field.value).unwrap_or_default()
}

#[test]
fn numbers_and_dates_are_read_however_they_are_spaced() {
    for (number, date, expected, place, day) in [
        ("Số: 07/QĐ-UBND", "Tân Lập, ngày 02 tháng 3 năm 2025", "07/QĐ-UBND", "Tân Lập", Some((2, 3))),
        ("Số 7 /QĐ - UBND", "Tân Lập ngày 2 tháng 3 năm 2025", "7/QĐ-UBND", "Tân Lập", Some((2, 3))),
        (
            "Số: 07/QĐ\u{2011}UBND",
            "Tân\u{a0}Lập, ngày\u{a0}02 tháng 3 năm 2025",
            "07/QĐ-UBND",
            "Tân Lập",
            Some((2, 3)),
        ),
        ("Số:07/QÐ-UBND", "Quận 12, ngày 02 tháng 3 năm 2025", "07/QĐ-UBND", "Quận 12", Some((2, 3))),
        ("Số:        /QĐ-UBND", "Tân Lập, ngày      tháng      năm 2025", "/QĐ-UBND", "Tân Lập", None),
        ("Số: ..../QĐ-UBND", "Tân Lập, ngày ... tháng 3 năm 2025", "/QĐ-UBND", "Tân Lập", None),
    ] {
        let found = decision(number, date, &["Điều 1. Công bố."], &FOOT);
        assert_eq!(format!("{}/{}", text(found.number), text(found.symbol)), expected, "{number}");
        assert_eq!(text(found.place), place, "{date}");
        let read = found.date.unwrap().value;
        assert_eq!(read.day.zip(read.month), day, "{date}");
        assert_eq!(text(found.issuer), "ỦY BAN NHÂN DÂN XÃ TÂN LẬP");
        assert_eq!(text(found.summary), "Về việc công bố danh mục");
    }
}

#[test]
fn columns_set_apart_with_spaces_are_columns() {
    let found = written(
        &[
            "   UBND HUYỆN AN HÒA              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "   UBND XÃ TÂN LẬP                  Độc lập - Tự do - Hạnh phúc",
            "   Số: 29 / UBND - VX               Tân Lập, ngày 7 tháng 5 năm 2019",
            "   V/v báo cáo danh sách",
            "Kính gửi: Phòng Văn hóa và Thông tin.",
            "UBND xã báo cáo./.",
            "Nơi nhận:                                             T/M ỦY BAN NHÂN DÂN",
            "- Như trên;                                               CHỦ TỊCH",
            "- Lưu VP.",
            "                                                          Y Thinh Bkrông Hra",
        ],
        "Times New Roman",
    );
    assert_eq!(
        (text(found.parent), text(found.issuer)),
        ("UBND HUYỆN AN HÒA".into(), "UBND XÃ TÂN LẬP".into())
    );
    assert_eq!((text(found.number), text(found.place)), ("29".into(), "Tân Lập".into()));
    let signer = &found.signers[0].value;
    assert_eq!((signer.authority.as_str(), signer.title.as_str()), ("T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"));
    assert_eq!(signer.name, "Y Thinh Bkrông Hra");
    assert_eq!(found.recipients.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["Như trên", "Lưu VP"]);
}

#[test]
fn old_fonts_are_read_as_what_they_show() {
    let found = written(
        &[
            "ñy ban nh©n d©n\tcéng hßa x· héi chñ nghÜa viÖt nam",
            "x· t©n lËp\t§éc lËp - Tù do - H¹nh phóc",
            "Sè: 18/BC-UBND\tT©n LËp, ngµy 06 th¸ng 6 n¨m 2018",
        ],
        ".VnTimeH",
    );
    assert_eq!(text(found.issuer), "ỦY BAN NHÂN DÂN XÃ TÂN LẬP");
    assert_eq!(text(found.number), "18");
}

#[test]
fn marks_of_urgency_drafts_and_copies_are_no_fields() {
    for mark in [
        "HỎA TỐC",
        "THƯỢNG KHẨN",
        "DỰ THẢO 2",
        "DỰ THẢO LẦN 3",
        "SAO Y BẢN CHÍNH",
        "SAO Y; Ủy ban nhân dân xã; 09.09.2021",
    ] {
        let mut all = vec![mark];
        all.extend([
            "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "XÃ TÂN LẬP\tĐộc lập - Tự do - Hạnh phúc",
            "Số: 1/TB-UBND\tTân Lập, ngày 02 tháng 3 năm 2025",
            "^THÔNG BÁO",
            "^Lịch tiếp công dân",
            "Ủy ban nhân dân xã thông báo./.",
        ]);
        all.extend(FOOT);
        let found = written(&all, "Times New Roman");
        assert_eq!(found.parent, None, "{mark}");
        assert_eq!(text(found.issuer), "ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "{mark}");
        assert_eq!(text(found.summary), "Lịch tiếp công dân", "{mark}");
    }
}

#[test]
fn a_copy_or_a_form_behind_the_signature_overrides_nothing() {
    let foot = [
        &FOOT[..],
        &[
            "ỦY BAN NHÂN DÂN\tSAO Y",
            "HUYỆN AN HÒA",
            "Số: 15/SY-UBND\tAn Hòa, ngày 30 tháng 5 năm 2025",
            "Nơi nhận:\tCHÁNH VĂN PHÒNG",
            "- Lưu: VT.\tTô Hiến Vượng",
        ],
    ]
    .concat();
    let found = decision("Số: 7/QĐ-UBND", "Tân Lập, ngày 02 tháng 3 năm 2025", &["Điều 1. Công bố."], &foot);
    let names: Vec<&str> = found.signers.iter().map(|f| f.value.name.as_str()).collect();
    assert_eq!((names, found.recipients.len()), (vec!["Nguyễn Văn An"], 2));
}

#[test]
fn who_signs_has_one_title_or_two_or_no_name_yet() {
    for (foot, authority, title, name) in [
        (
            ["Nơi nhận:\tKT CHỦ TỊCH", "- Lưu: VT.\tPHÓ CHỦ TỊCH", "\tĐào Thị Mơ"],
            "KT CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Đào Thị Mơ",
        ),
        (
            ["Nơi nhận:\tTRƯỞNG BAN", "- Lưu: VT.\tPHÓ CHỦ TỊCH UBND XÃ", "\tĐào Thị Mơ"],
            "",
            "TRƯỞNG BAN PHÓ CHỦ TỊCH UBND XÃ",
            "Đào Thị Mơ",
        ),
        (
            ["Nơi nhận:\tQ. GIÁM ĐỐC", "- Lưu: VT.\t(Đã ký)", "\tThS. Đào Thị Mơ"],
            "",
            "Q. GIÁM ĐỐC",
            "Đào Thị Mơ",
        ),
        (
            ["Nơi nhận:\tTM. ỦY BAN NHÂN DÂN", "- Lưu: VT.\tCHỦ TỊCH", ""],
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "",
        ),
    ] {
        let found =
            decision("Số: 7/QĐ-UBND", "Tân Lập, ngày 02 tháng 3 năm 2025", &["Điều 1. Công bố."], &foot);
        assert_eq!(found.signers.len(), 1, "{foot:?}");
        let signer = &found.signers[0].value;
        assert_eq!(
            (signer.authority.as_str(), signer.title.as_str(), signer.name.as_str()),
            (authority, title, name)
        );
    }
}

#[test]
fn bases_end_where_the_decision_begins_and_may_be_broken_anywhere() {
    let middle = [
        "- Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;",
        "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ",
        "quy định chi tiết việc phát ngôn;",
        "Theo đề nghị của Văn phòng.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Công bố danh mục:",
        "- Căn cứ tình hình thực tế, các phòng chủ động cử người;",
    ];
    let found = decision("Số: 7/QĐ-UBND", "Tân Lập, ngày 02 tháng 3 năm 2025", &middle, &FOOT);
    assert_eq!(
        found.bases.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(),
        [
            "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016",
            "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ quy định chi tiết việc phát ngôn",
        ]
    );
}

#[test]
fn what_is_repealed_in_a_list_or_in_part_is_told_and_what_is_only_asked_for_is_not() {
    let acts = |middle: &[&str]| -> Vec<(Verb, String)> {
        let found = decision("Số: 7/QĐ-UBND", "Tân Lập, ngày 02 tháng 3 năm 2025", middle, &FOOT);
        found.relations.into_iter().map(|field| (field.value.verb, field.value.target)).collect()
    };
    let list = [
        "Điều 1. Bãi bỏ các Quyết định sau đây:",
        "1. Quyết định số 12/2011/QĐ-UBND ngày 06 tháng 7 năm 2011;",
        "2. Quyết định số 03/2014/QĐ-UBND, ban hành kèm theo Quy định.",
        "Điều 2. Thực hiện theo Quyết định số 99/QĐ-UBND.",
    ];
    assert_eq!(
        acts(&list),
        [(Verb::Repeals, "12/2011/QĐ-UBND".into()), (Verb::Repeals, "03/2014/QĐ-UBND".into())]
    );
    assert_eq!(
        acts(&["Điều 1. Bãi bỏ khoản 3 Điều 5 của Quyết định số 12/2011/QĐ-UBND."]),
        [(Verb::Amends, "12/2011/QĐ-UBND".into())]
    );
    let asked = written(
        &[
            "Số: 1/TTr-UBND\tTân Lập, ngày 02 tháng 3 năm 2025",
            "^TỜ TRÌNH",
            "^Về việc bãi bỏ Quyết định số 12/2011/QĐ-UBND",
        ],
        "Times New Roman",
    );
    assert_eq!(asked.relations, []);
}
