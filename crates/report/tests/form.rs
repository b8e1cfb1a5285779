//! The form checker finds every fault of Form 1.14 in the seed, and none in our documents.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test stop the test")]

mod common;

use common::{input, statutory, template};
use report::form_check::{Finding, check_document, check_text, check_text_with};
use report::{ReportInput, compose};

const SEED: &str = include_str!("fixtures/bao-cao-kim-bang-2020.md");

fn find<'f>(findings: &'f [Finding], code: &str) -> &'f Finding {
    findings
        .iter()
        .find(|finding| finding.code == code)
        .unwrap_or_else(|| panic!("no {code} in {findings:#?}"))
}

#[test]
fn all_eleven_faults_of_the_seed_are_found_with_their_line() {
    let found = check_text(SEED);
    let line = |words: &str| SEED.lines().position(|line| line.contains(words)).unwrap() + 1;
    // 1: no header.
    for code in ["header.national_name", "header.motto", "header.number", "header.place_date"] {
        assert_eq!(find(&found, code).line, 0);
    }
    // 2: no Kính gửi, no Như trên.
    find(&found, "addressees.missing");
    assert_eq!(find(&found, "recipients.like_above_missing").line, line("Nơi nhận"));
    // 3: KT. CHỦ TỊCH / CHỦ TỊCH.
    let signature = find(&found, "signature.deputy_is_head");
    assert_eq!(signature.should_be, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
    assert_eq!(signature.line, line("KT. CHỦ TỊCH") + 1);
    // 4: Lưu: VT.
    assert_eq!(find(&found, "recipients.filing_without_unit").line, line("Lưu: VT."));
    // 5: QĐ 29/2019 in full twice.
    let twice = find(&found, "citation.full_twice");
    assert_eq!(twice.should_be, "Quyết định số 29/2019/QĐ-UBND");
    assert_eq!(twice.line, line("Tiếp tục triển khai thực hiện tốt Quyết định"));
    // 6: công văn số.
    assert_eq!(find(&found, "capital.cited_text").should_be, "Công văn số 1140/STTTT-TTBCXB");
    // 7: three spellings of one Sở.
    let names: Vec<&str> =
        found.iter().filter(|f| f.code == "name.of_body").map(|f| f.found.as_str()).collect();
    assert_eq!(
        names,
        ["Sở thông tin và Truyền thông", "Sở Thông tin - Truyền thông", "Sở Thông tin và truyền thông"]
    );
    // 8: Quyết định, Kế hoạch in general.
    assert_eq!(find(&found, "capital.texts_in_general").line, line("513 tin"));
    // 9: cho Báo chí; và Cung cấp thông tin.
    let common: Vec<&str> =
        found.iter().filter(|f| f.code == "capital.common_word").map(|f| f.found.as_str()).collect();
    assert_eq!(common, ["cho Báo chí", "và Cung cấp thông tin"]);
    // 10: two date styles.
    assert_eq!(find(&found, "date.two_styles").should_be, "ngày 30 tháng 8 năm 2019");
    // 11: (B/c) below the list.
    assert_eq!(find(&found, "recipients.purpose_apart").line, line("(B/c)"));
    // 12: the end sign of the seed is right.
    assert!(found.iter().all(|finding| !finding.code.starts_with("end_sign")));
}

#[test]
fn our_documents_have_no_fault() {
    for template in [template(), statutory()] {
        let document = compose(&template, &input()).unwrap();
        assert_eq!(check_document(&document), vec![], "{}", template.id);
        let empty = ReportInput { figures: common::figures(&[]), request: None, ..input() };
        assert_eq!(
            check_document(&compose(&template, &empty).unwrap()),
            vec![],
            "{} without figures",
            template.id
        );
    }
}

#[test]
fn what_a_person_writes_wrongly_into_our_document_is_found() {
    let mut input = input();
    input.narrative.insert(
        "tasks.portal".into(),
        "Thực hiện công văn số 12/UBND-VX ngày 5/1/2020 của Sở thông tin và Truyền thông.".into(),
    );
    let found = check_document(&compose(&template(), &input).unwrap());
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["capital.cited_text", "name.of_body", "date.two_styles"], "{found:#?}");
}

#[test]
fn a_missing_signer_and_a_document_older_than_the_decree_are_advice() {
    let old = ReportInput { signer: None, date: Some(jiff::civil::date(2019, 12, 15)), ..input() };
    let found = check_document(&compose(&template(), &old).unwrap());
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["layout.older_rule", "signature.missing"]);
    assert!(found.iter().all(|finding| finding.level == report::form_check::Level::Advice));
}

#[test]
fn wrong_zeros_in_dates_are_found() {
    let found = check_text("Nơi nhận:\n- Lưu: VT, TH.\nHà Nam, ngày 5 tháng 06 năm 2020");
    let zeros = find(&found, "date.zeros");
    assert_eq!(
        (zeros.found.as_str(), zeros.should_be.as_str()),
        ("ngày 5 tháng 06 năm 2020", "ngày 05 tháng 6 năm 2020")
    );
}

#[test]
fn names_of_units_are_held_to_the_list() {
    let names = ["Phòng Văn hóa và Thông tin".to_owned()];
    let found =
        check_text_with("Phòng văn hóa - thông tin đã gửi; Phòng Văn hóa và Thông tin đã nhận.", &names);
    let wrong: Vec<&str> =
        found.iter().filter(|f| f.code == "name.of_body").map(|f| f.found.as_str()).collect();
    assert_eq!(wrong, ["Phòng văn hóa - thông tin"]);
}
