//! Which sentence stands follows from the figures; what is unknown says so; what people write stays what they wrote.
#![expect(clippy::unwrap_used, reason = "the helpers of a test stop the test")]

mod common;

use common::{COUNT, RATIO, figures, input, seed_amounts, statutory, template};
use domain::figure::Amount;
use domain::period::Period;
use report::document::{Authority, Document, LaidBlock};
use report::template::pick;
use report::{ComposeError, ReportInput, Template, compose, suggestions};

fn lines(document: &Document) -> Vec<String> {
    document.laid().body.iter().map(LaidBlock::reads).collect()
}

fn text(template: &Template, input: &ReportInput) -> String {
    lines(&compose(template, input).unwrap()).join("\n")
}

fn with(amounts: &[(&'static str, Amount)]) -> ReportInput {
    let mut all = seed_amounts();
    for (id, amount) in amounts {
        all.retain(|(known, _)| known != id);
        all.push((id, *amount));
    }
    ReportInput { figures: figures(&all), ..input() }
}

#[test]
fn the_report_of_the_seed_reads_as_its_corrected_form() {
    let document = compose(&template(), &input()).unwrap();
    let golden = include_str!("fixtures/kim-bang-2020.txt");
    assert_eq!(lines(&document).join("\n"), golden.trim_end());
    assert_eq!(document.recipient_lines(), ["- Như trên;", "- Lãnh đạo UBND huyện;", "- Lưu: VT, VHTT."]);
    assert_eq!(document.header.number_line(), "Số: 245/BC-UBND");
    assert_eq!(document.header.place_line(), "Kim Bảng, ngày 15 tháng 12 năm 2020");
    assert_eq!(document.signature.unwrap().lines(), ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
}

#[test]
fn a_question_answered_late_changes_the_percentage_and_the_sentences() {
    let late = text(&template(), &with(&[("questions.on_time", RATIO(126, 128))]));
    assert!(
        late.contains("Trả lời 128/128 câu hỏi, đạt 100%; đúng thời hạn 126/128 câu hỏi, đạt 98,4%."),
        "{late}"
    );
    assert!(late.contains("Có 02 câu hỏi của công dân chưa được trả lời đúng thời hạn."));
    assert!(late.contains("cơ bản thực hiện"));
    assert!(late.contains("Khắc phục việc trả lời chậm"));
    assert!(!late.contains("và đúng thời hạn."));
}

#[test]
fn no_corrections_no_questions_and_no_data_have_their_own_sentences() {
    let none = text(
        &template(),
        &with(&[("corrections.requested", RATIO(0, 0)), ("questions.answered", RATIO(0, 0))]),
    );
    assert!(none.contains("không phát sinh trường hợp thông tin không chính xác trên báo chí phải đề nghị"));
    assert!(none.contains("Trong kỳ báo cáo không nhận được câu hỏi."));
    assert!(!none.contains("bác bỏ những thông tin không chính xác"));
    let empty = ReportInput { figures: figures(&[]), ..input() };
    let unknown = text(&template(), &empty);
    assert!(unknown.contains("Trả lời công dân tại chuyên mục Hỏi - Đáp: chưa có dữ liệu."));
    assert!(unknown.contains("cơ quan báo chí: chưa có dữ liệu."));
    assert!(!unknown.contains(" 0 ") && !unknown.contains("100%"), "{unknown}");
}

#[test]
fn a_false_item_without_a_request_is_said_and_not_passed_over() {
    let silent = text(
        &template(),
        &with(&[("corrections.requested", RATIO(0, 2)), ("corrections.corrected", COUNT(0))]),
    );
    assert!(
        silent.contains("Có 02 trường hợp thông tin không chính xác trên báo chí, chưa có văn bản phản hồi")
    );
    assert!(!silent.contains("không phát sinh") && !silent.contains("đã cải chính"), "{silent}");
}

#[test]
fn questions_without_a_limit_give_no_sentence_about_time() {
    let open =
        text(&template(), &with(&[("questions.answered", RATIO(3, 4)), ("questions.on_time", RATIO(0, 0))]));
    assert!(open.contains("Trả lời 03/04 câu hỏi, đạt 75%."), "{open}");
}

#[test]
fn news_by_the_radio_station_is_named_apart_when_others_supply_too() {
    let mixed = text(&template(), &with(&[("news.total", COUNT(600))]));
    assert!(
        mixed.contains("600 tin, bài, trong đó 513 tin tổng hợp do Đài Truyền thanh huyện cung cấp;"),
        "{mixed}"
    );
}

#[test]
fn the_statutory_form_has_six_rows_and_says_what_is_not_recorded() {
    let document = compose(&statutory(), &input()).unwrap();
    let laid = document.laid();
    let tables: Vec<_> = laid.body.iter().filter(|block| matches!(block, LaidBlock::Table { .. })).collect();
    let [LaidBlock::Table { rows, .. }] = tables.as_slice() else { panic!("one table") };
    let cells: Vec<&str> = rows.iter().map(|row| row[2][0].text.as_str()).collect();
    assert_eq!(cells.len(), 6);
    assert_eq!(
        (cells[0], rows[2][2].iter().map(|s| s.text.as_str()).collect::<String>()),
        ("chưa có dữ liệu", "05/05".into())
    );
    assert_eq!(cells[5], "03/03");
    let all = lines(&document).join("\n");
    assert!(all.contains("I. SỐ LIỆU") && all.contains("II. KHÓ KHĂN, VƯỚNG MẮC; ĐỀ XUẤT, KIẾN NGHỊ"));
    assert!(all.ends_with("trân trọng báo cáo./."));
}

#[test]
fn the_period_of_the_decree_is_written_in_one_date_style() {
    let closing = ReportInput { period: Period::closing_year(2026).unwrap(), ..input() };
    let all = text(&statutory(), &closing);
    assert!(all.contains("từ ngày 15 tháng 12 năm 2025 đến ngày 14 tháng 12 năm 2026 như sau:"), "{all}");
}

#[test]
fn what_a_person_writes_replaces_the_suggestion_and_an_empty_text_leaves_the_line_out() {
    let mut input = input();
    input.narrative.insert("assessment.duty".into(), "Dòng một, [[questions.on_time]].\n- Dòng hai".into());
    input.narrative.insert("limits.coordination".into(), "  ".into());
    let document = compose(&template(), &input).unwrap();
    let all = lines(&document).join("\n");
    assert!(all.contains("- Dòng một, 100%.\n- Dòng hai\n"), "{all}");
    assert!(!all.contains("chưa chặt chẽ"));
    assert!(document.figure_ids().contains(&"questions.on_time".to_owned()));
}

#[test]
fn what_a_person_writes_is_never_read_as_a_template() {
    let mut input = input();
    let attack = "{{ office.name }} {% for x in range(9) %} #import \"x\" <script>alert(1)</script> =cmd [[no.figure]] \u{E000}news.total\u{E001}9\u{E002}";
    input.narrative.insert("assessment.duty".into(), attack.into());
    input.office.short = "{{ 7*7 }}".into();
    let document = compose(&template(), &input).unwrap();
    let all = lines(&document).join("\n");
    assert!(all.contains("{{ office.name }} {% for x in range(9) %} #import \"x\" <script>alert(1)</script> =cmd [[no.figure]] news.total9"), "{all}");
    assert!(all.contains("{{ 7*7 }}") && !all.contains("49"));
}

#[test]
fn a_suggestion_carries_its_figures_so_that_it_follows_them() {
    let late = with(&[("corrections.requested", RATIO(3, 3)), ("questions.on_time", RATIO(126, 128))]);
    let all = suggestions(&template(), &late).unwrap();
    assert_eq!(all.len(), template().slots().len());
    let press = all.iter().find(|one| one.slot == "limits.press").unwrap();
    assert!(press.source.ends_with("cải chính [[corrections.requested]] trường hợp."), "{}", press.source);
    assert!(press.text.ends_with("cải chính 03 trường hợp."));
    // The suggestion as written back gives the same document.
    let mut written = late.clone();
    written.narrative =
        all.into_iter().filter(|s| s.slot == "limits.press").map(|s| (s.slot, s.text)).collect();
    assert_eq!(text(&template(), &written), text(&template(), &late));
}

#[test]
fn the_seed_signature_is_refused() {
    let mut input = input();
    let signer = input.signer.as_mut().unwrap();
    signer.authority = Authority::Deputy;
    signer.signer_title = "Chủ tịch".into();
    assert!(
        matches!(compose(&template(), &input), Err(ComposeError::Signature(fault)) if fault.code() == "deputy_is_head")
    );
}

#[test]
fn an_office_without_filing_unit_or_with_illegal_margins_gets_no_document() {
    let mut without = input();
    without.office.filing_unit.clear();
    assert!(matches!(compose(&template(), &without), Err(ComposeError::Office("filing_unit"))));
    let mut wide = input();
    wide.layout.margins.left = 20;
    assert!(matches!(compose(&template(), &wide), Err(ComposeError::Layout(_))));
}

#[test]
fn templates_are_picked_by_the_day_of_the_report() {
    let all = Template::shipped().unwrap();
    let on = |y, m, d| pick(&all, jiff::civil::date(y, m, d)).map(|t| t.id.as_str());
    assert_eq!(on(2020, 12, 15), Some("press-speech-five-parts"));
    assert_eq!(on(2026, 6, 30), Some("press-speech-five-parts"));
    assert_eq!(on(2026, 7, 1), Some("nd-244-2026"));
    assert_eq!(on(2010, 1, 1), None);
    for template in &all {
        assert!(!template.basis.is_empty() && !template.source.is_empty());
    }
}

#[test]
fn a_template_with_a_fault_is_refused_with_its_place() {
    assert!("id = 1".parse::<Template>().is_err());
    let toml = include_str!("../../../data/report/nd-244-2026.toml");
    let twice = toml.replace("slot = \"proposals\"", "slot = \"difficulties\"");
    assert!(twice.parse::<Template>().unwrap_err().to_string().contains("difficulties"));
    let endless: Template = toml
        .replace(
            "Không có đề xuất, kiến nghị.",
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        )
        .parse()
        .unwrap();
    let fault = compose(&endless, &input()).unwrap_err();
    assert!(
        matches!(&fault, ComposeError::Template { place, .. } if place == "Đề xuất, kiến nghị"),
        "{fault}"
    );
}

#[test]
fn every_figure_that_a_template_names_is_computed() {
    let source = domain::figure::Source {
        period: Period::calendar_year(2020).unwrap(),
        counted_on: domain::time::Day::constant(2021, 1, 15),
        records: std::collections::BTreeMap::new(),
        page_views: std::collections::BTreeMap::new(),
        audience: Vec::new(),
        radio_names: Vec::new(),
    };
    let computed: Vec<String> =
        domain::figure::compute(&source).into_iter().map(|figure| figure.id).collect();
    for template in Template::shipped().unwrap() {
        let named = template.figure_ids();
        assert!(named.len() > 5, "{named:?}");
        let unknown: Vec<&String> = named.iter().filter(|id| !computed.contains(id)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", template.id);
    }
}
