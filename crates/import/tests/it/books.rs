//! Messy but honest workbooks of offices.

use domain::register::{Register, Value};
use import::{Code, Legacy, Options, Severity, SheetChoice};
use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook};

use crate::{Put, book, read, read_with, register_of, row};

fn incoming() -> Vec<Vec<Put>> {
    vec![
        row!["UBND HUYỆN KIM BẢNG"],
        row!["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2020"],
        vec![],
        row!["STT", "Đến", "", "Văn bản", "", "", "Tác giả", "Ghi chú"],
        row!["", "Ngày tháng", "Số", "Số, ký hiệu", "Ngày tháng", "Trích yếu", "", ""],
        row!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        row!["Tháng 11 năm 2020"],
        vec![
            1.0.into(),
            Put::Date(44155.0),
            512.0.into(),
            "1140/STTTT–TTBCXB".into(),
            "19/11".into(),
            "V/v cung cấp thông tin".into(),
            "Sở Thông tin và Truyền thông".into(),
        ],
        row!["STT", "Ngày tháng", "Số", "Số, ký hiệu", "Ngày tháng", "Trích yếu", "Tác giả", "Ghi chú"],
        row![2.0, "31/02/2020", "513", "15/UBND", "20-11-2020", "Báo cáo", "UBND xã"],
        row![3.0, "21/11/2020", "514", "16 / UBND - VP", "20.11.2020", "Báo cáo quý", "UBND xã", "gấp"],
        row![4.0],
        row!["Tổng cộng", "", "3"],
        row!["", "", "", "", "", "Kim Bảng, ngày 31 tháng 12 năm 2020"],
        row!["", "Người lập biểu", "", "", "", "CHỦ TỊCH"],
        row!["", "Nguyễn Văn A", "", "", "", "Trần Thị B"],
    ]
}

#[test]
fn a_register_of_incoming_documents_with_everything_offices_put_around_it() {
    let bytes = book(&[("Bìa", vec![row!["ỦY BAN NHÂN DÂN"], row!["SỔ ĐĂNG KÝ"]]), ("Sheet1", incoming())]);
    let read = read("so 2020.xlsx", &bytes);
    assert_eq!(register_of(&read, 0), None);
    assert_eq!(register_of(&read, 1), Some(Register::IncomingDocuments));
    let sheet = &read.survey.sheets[1];
    assert_eq!((sheet.header_row, sheet.year), (5, Some(2020)));
    let counts = (sheet.rows_total, sheet.rows_good, sheet.rows_bad);
    assert_eq!(counts, (3, 2, 1), "{:#?}", read.rejected);
    let first = &read.lines[0].values;
    assert_eq!(first.day("arrived_on"), Some(date(2020, 11, 20)));
    assert_eq!(first.day("issued_on"), Some(date(2020, 11, 19)));
    assert_eq!(first.text("arrival_number"), Some("512"));
    assert_eq!(first.text("symbol"), Some("1140/STTTT-TTBCXB"));
    assert_eq!(read.lines[0].doubts.len(), 1, "{:?}", read.lines[0].doubts);
    assert_eq!(read.text(1, "symbol"), "16/UBND-VP");
    let bad = read.finding(Code::DayImpossible);
    assert_eq!((bad.cell.as_str(), bad.value.as_str(), bad.field), ("B10", "31/02/2020", "arrived_on"));
    assert_eq!(read.codes(Severity::Bad), [Code::DayImpossible]);
    assert_eq!(read.rejected[0].row, 10);
    assert!(read.rejected[0].cells.contains(&(1, "31/02/2020".to_owned())));
}

#[test]
fn several_registers_in_one_workbook_in_any_order_of_columns_without_marks() {
    let outgoing = vec![
        row!["So cong van di nam 2021"],
        row!["TT", "Trich yeu", "So KH", "Ng. thang", "Noi nhan", "SL ban"],
        row![1.0, "Báo cáo", "01/BC-UBND", "05/01", "Sở TTTT", "1.600"],
        row![2.0, "Tờ trình", "02/TTr-UBND", "06/01/21", "HĐND", "1,600"],
    ];
    let questions = vec![
        row!["Ngày nhận", "Câu hỏi", "Người hỏi", "Ngày trả lời", "Kết quả"],
        row!["10/02/2021", "Thủ tục cấp giấy", "Ông Nam", "15/02/2021", "Đã trả lời"],
        row!["11/02/2021", "Hỏi về đất", "Bà Lan", "chưa", "Lạ lùng"],
    ];
    let read = read("xa.xlsx", &book(&[("Sheet1", outgoing), ("Hoi dap", questions)]));
    assert_eq!(register_of(&read, 0), Some(Register::OutgoingDocuments));
    assert_eq!(register_of(&read, 1), Some(Register::Questions));
    assert_eq!(read.lines.len(), 4);
    assert_eq!(read.lines[0].values.day("issued_on"), Some(date(2021, 1, 5)));
    assert_eq!(read.lines[0].values.count("copies"), Some(1600));
    assert_eq!(read.lines[1].values.day("issued_on"), Some(date(2021, 1, 6)));
    read.finding(Code::YearTwoDigits);
    read.finding(Code::NumberSeparator);
    let word = read.finding(Code::WordUnknown);
    assert_eq!((word.severity, word.value.as_str()), (Severity::Doubt, "Lạ lùng"));
    assert_eq!(read.lines[3].values.get("outcome"), None);
    assert_eq!(read.lines[2].values.get("outcome"), Some(&Value::Word("answered")));
}

#[test]
fn a_cell_merged_downwards_speaks_for_its_rows_and_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tin bài").unwrap();
    for (column, text) in (0..).zip(["Ngày đăng", "Tiêu đề", "Nguồn tin"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "20/11/2020", &Format::new()).unwrap();
    for (row, title) in [(1, "Một"), (2, "Hai"), (3, "Ba")] {
        sheet.write_string(row, 1, title).unwrap();
        sheet.write_string(row, 2, if row == 1 { "Đài" } else { "nt" }).unwrap();
    }
    let read = read("tin.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(read.lines.len(), 2);
    assert_eq!(read.lines[1].values.day("posted_on"), Some(date(2020, 11, 20)));
    assert_eq!(read.text(1, "supplier"), "Đài");
    assert!(read.lines[1].doubts.iter().all(|doubt| doubt.code == Code::FromMergedCell));
    assert_eq!(read.finding(Code::RequiredMissing).cell, "A4");
}

#[test]
fn days_of_the_1904_system_bare_serials_and_formulas() {
    let rows = vec![
        row!["Ngày đăng", "Tiêu đề", "Đường dẫn"],
        vec![44155.0.into(), "Một".into(), Put::Formula("=1+1", "2")],
        vec![Put::Date(44156.4), Put::Formula("=\"a\"&\"b\"", "ab"), "".into()],
        vec![Put::Date(44157.0), Put::Formula("=NA()", "#N/A"), "".into()],
    ];
    let read = read("tin bai.xlsx", &book(&[("Tin bài", rows)]));
    assert_eq!(read.lines[0].values.day("posted_on"), Some(date(2020, 11, 20)));
    assert_eq!(read.text(0, "url"), "2");
    assert_eq!(read.lines[1].values.day("posted_on"), Some(date(2020, 11, 21)));
    assert_eq!(read.text(1, "title"), "ab");
    assert_eq!(read.finding(Code::DayFromNumber).severity, Severity::Info);
}

#[test]
fn a_sheet_program_that_swapped_day_and_month_is_suspected() {
    let mut rows = vec![row!["Ngày đăng", "Tiêu đề"]];
    for day in [13, 14, 25] {
        rows.push(row![format!("{day}/11/2020").as_str(), "Tin"]);
    }
    rows.push(vec![Put::Date(43924.0), "Tin".into()]);
    let found = read("tin bai.xlsx", &book(&[("Tin bài", rows)]));
    let finding = found.finding(Code::DayMaybeSwapped);
    assert_eq!((finding.cell.as_str(), finding.severity), ("A", Severity::Doubt));
    let month_first =
        vec![row!["Ngày đăng", "Tiêu đề"], row!["11/20/2020", "Tin"], row!["11/05/2020", "Tin"]];
    let found = read("tin bai.xlsx", &book(&[("Tin bài", month_first)]));
    assert_eq!(found.finding(Code::DaySwapped).severity, Severity::Bad);
    found.finding(Code::DayMaybeSwapped);
}

#[test]
fn symbol_and_day_in_one_column_give_both_fields() {
    let rows = vec![
        row!["STT", "Số, ký hiệu; ngày tháng văn bản", "Trích yếu", "Người ký"],
        row![1.0, "1140/STTTT-TTBCXB ngày 20/11/2020", "Cung cấp thông tin", "Nguyễn Văn A"],
        row![2.0, "1141/STTTT-TTBCXB", "Không có ngày", "Nguyễn Văn A"],
    ];
    let read = read("Van ban di 2020.xlsx", &book(&[("Văn bản đi", rows)]));
    assert_eq!(read.lines.len(), 1, "{:#?}", read.survey);
    assert_eq!(read.lines[0].values.day("issued_on"), Some(date(2020, 11, 20)));
    assert_eq!(read.text(0, "symbol"), "1140/STTTT-TTBCXB");
    assert_eq!(read.finding(Code::RequiredMissing).field, "issued_on");
}

#[test]
fn a_needed_column_that_is_missing_is_said_once_and_no_line_is_taken() {
    let rows = vec![
        row!["Ngày đăng", "Chuyên mục", "Tác giả"],
        row!["20/11/2020", "Tin", "An"],
        row!["21/11/2020", "Tin", "An"],
    ];
    let read = read("tin bai.xlsx", &book(&[("Tin bài", rows)]));
    assert_eq!(read.lines.len(), 0);
    assert_eq!(read.survey.sheets[0].rows_bad, 2);
    assert_eq!(read.codes(Severity::Bad), [Code::RequiredColumnMissing]);
    assert_eq!(read.rejected[0].findings[0].code, Code::RequiredColumnMissing);
}

#[test]
fn a_hidden_sheet_is_not_read_and_that_is_told() {
    let mut book = Workbook::new();
    for (name, hidden) in [("Tin bài", false), ("Tin bài cũ", true)] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(hidden);
        for (row, texts) in [(0, ["Ngày đăng", "Tiêu đề"]), (1, ["20/11/2020", "Một"])] {
            for (column, text) in (0..).zip(texts) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let found = read("tin.xlsx", &bytes);
    assert_eq!(found.lines.len(), 1);
    assert_eq!(found.finding(Code::SheetHidden).sheet, "Tin bài cũ");
    let choice = SheetChoice { sheet: "Tin bài cũ".into(), ..SheetChoice::default() };
    let options = Options { sheets: vec![choice], ..Options::default() };
    assert_eq!(read_with("tin.xlsx", &bytes, &options).lines.len(), 2);
}

#[test]
fn the_caller_may_force_register_headings_and_columns() {
    let rows = vec![row!["A", "B", "C"], row!["Tin một", "20/11", "bỏ"]];
    let bytes = book(&[("Sheet1", rows)]);
    let choice = SheetChoice {
        sheet: "Sheet1".into(),
        register: Some(Register::News),
        header_row: Some(1),
        columns: vec![("A".into(), Some("title".into())), ("B".into(), Some("posted_on".into()))],
        skip: false,
    };
    let options = Options { year_hint: Some(2019), sheets: vec![choice.clone()], ..Options::default() };
    let found = read_with("x.xlsx", &bytes, &options);
    assert_eq!(found.lines[0].values.day("posted_on"), Some(date(2019, 11, 20)));
    assert_eq!(found.text(0, "title"), "Tin một");
    let skipped = Options { sheets: vec![SheetChoice { skip: true, ..choice }], ..Options::default() };
    assert!(import::read("x.xlsx", &bytes, &skipped, &mut |_| ()).is_err());
    assert!(read("x.xlsx", &bytes).lines.is_empty());
}

#[test]
fn old_fonts_are_evidence_and_capitals_are_drawn() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tin bai").unwrap();
    let small = Format::new().set_font_name(".VnTime");
    let capitals = Format::new().set_font_name(".VnTimeH");
    for (column, text) in (0..).zip(["Ngµy ®¨ng", "Tiªu ®Ò"]) {
        sheet.write_string_with_format(0, column, text, &small).unwrap();
    }
    sheet.write_string(1, 0, "20/11/2020").unwrap();
    sheet.write_string_with_format(1, 1, "tin thêi sù", &capitals).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let offered = read("tin.xlsx", &bytes);
    assert_eq!(offered.survey.legacy, Some(Legacy::Tcvn3));
    assert_eq!(offered.lines.len(), 0);
    let options = Options { convert_legacy: Some(Legacy::Tcvn3), ..Options::default() };
    assert_eq!(read_with("tin.xlsx", &bytes, &options).text(0, "title"), "TIN THỜI SỰ");
}

#[test]
fn numbers_and_symbols_in_two_columns_are_put_together() {
    let rows = vec![
        row!["SỔ VĂN BẢN ĐI NĂM 2023"],
        row!["STT", "Văn bản", "", "Ngày", "Trích yếu"],
        row!["", "Số", "Ký hiệu"],
        row![1.0, "01", "QĐ-UBND", "03/01/2023", "Quyết định"],
        row![2.0, 2.0, "/BC-UBND", "04/01/2023", "Báo cáo"],
        row![3.0, "03", "nt", "05/01/2023", "Báo cáo tuần"],
        row![4.0, "", "BC-UBND", "06/01/2023", "Báo cáo không số"],
    ];
    let read = read("vb.xlsx", &book(&[("Sheet1", rows)]));
    let symbols: Vec<&str> = (0..read.lines.len()).map(|at| read.text(at, "symbol")).collect();
    assert_eq!(symbols, ["01/QĐ-UBND", "2/BC-UBND", "03/BC-UBND"]);
    let bad = read.finding(Code::RequiredMissing);
    assert_eq!((bad.cell.as_str(), bad.field), ("C7", "symbol"));
}

#[test]
fn a_cover_sheet_gives_its_year_and_register_to_the_sheets_of_the_months() {
    let cover = vec![row!["SỔ ĐĂNG KÝ VĂN BẢN ĐI"], row!["Năm 2024"]];
    let month = |day: &'static str| {
        vec![
            row!["Số KH", "Ngày VB", "Trích yếu"],
            row!["1/UBND", day, "Mời họp"],
            row!["2/UBND", "nt", "Báo cáo"],
        ]
    };
    let bytes = book(&[("Bìa", cover), ("Tháng 1", month("15/1")), ("Tháng 2", month("16/2"))]);
    let read = read("so.xlsx", &bytes);
    let found: Vec<_> =
        read.lines.iter().map(|line| (line.register, line.values.day("issued_on").unwrap())).collect();
    let outgoing = Register::OutgoingDocuments;
    let (first, second) = (date(2024, 1, 15), date(2024, 2, 16));
    assert_eq!(found, [(outgoing, first), (outgoing, first), (outgoing, second), (outgoing, second)]);
}

#[test]
fn days_without_a_year_around_new_year_agree_with_the_other_days_of_their_line() {
    let rows = vec![
        row!["SỔ VĂN BẢN ĐẾN NĂM 2021"],
        row!["Ngày đến", "Số đến", "Nơi gửi", "Ngày VB", "Nội dung", "Hạn xử lý"],
        row!["4/1", 1.0, "UBND huyện", "31/12", "Tổng kết", "15/1"],
        row!["28/12", 2.0, "UBND huyện", "27/12", "Mời họp", "5/1"],
        row!["05/01/2021", 3.0, "UBND huyện", "04/01/2022", "Mời họp", ""],
    ];
    let read = read("den.xlsx", &book(&[("Sheet1", rows)]));
    let day = |line: usize, key: &str| read.lines[line].values.day(key);
    assert_eq!(day(0, "issued_on"), Some(date(2020, 12, 31)));
    assert_eq!(day(0, "due_on"), Some(date(2021, 1, 15)));
    assert_eq!(day(1, "issued_on"), Some(date(2021, 12, 27)));
    assert_eq!(day(1, "due_on"), Some(date(2022, 1, 5)));
    assert_eq!(read.finding(Code::YearFromNeighbour).cell, "D3");
    let disorder = read.finding(Code::DaysOutOfOrder);
    assert_eq!((disorder.cell.as_str(), disorder.severity), ("D5", Severity::Doubt));
}

#[test]
fn rows_without_a_needed_cell_are_told_as_bad_though_they_look_like_a_total_or_a_signature() {
    let rows = vec![
        row!["Đơn vị", "Quy chế", "Ngày gửi", "Ghi chú"],
        row!["Trường Tiểu học", "10/2022/QĐ-UBND", "05/05/2022"],
        row!["Công đoàn xã", "10/2022/QĐ-UBND", "", "Văn thư"],
        row!["Cán bộ thôn 2", "10/2022/QĐ-UBND"],
        row!["Tổng cộng", "", "3"],
        row!["Người lập", "", "", "Chủ tịch"],
        row!["", "11/2022/QĐ-UBND", "06/05/2022"],
        row!["Nguyễn Văn A", "", "", "Trần B"],
    ];
    let read = read("trien-khai-quy-che.xlsx", &book(&[("Sheet1", rows)]));
    let told: Vec<u32> = read.rejected.iter().map(|rejected| rejected.row).collect();
    assert_eq!(told[..3], [3, 4, 7], "{:#?}", read.rejected);
}

#[test]
fn an_answer_without_its_day_is_a_doubt() {
    let rows = vec![
        row!["Ngày nhận", "Câu hỏi", "Ngày trả lời", "Kết quả"],
        row!["10/02/2021", "Thủ tục cấp giấy", "15/02/2021", "Đã TL"],
        row!["11/02/2021", "Hỏi về đất", "", "Đã TL"],
    ];
    let read = read("hoi-dap.xlsx", &book(&[("Hỏi đáp", rows)]));
    assert_eq!(read.lines.len(), 2);
    assert_eq!(read.finding(Code::AnsweredWithoutDay).cell, "D3");
    assert_eq!(read.codes(Severity::Doubt), [Code::AnsweredWithoutDay]);
}

#[test]
fn a_table_above_another_on_one_sheet_is_told_line_by_line() {
    let rows = vec![
        row!["SỔ VĂN BẢN ĐI 2021"],
        row!["Số KH", "Ngày VB", "Trích yếu"],
        row!["1/UBND", "05/03/2021", "Mời họp"],
        row!["SỔ VĂN BẢN ĐẾN 2021"],
        row!["Ngày đến", "Số đến", "Tác giả", "Số KH", "Ngày VB", "Trích yếu"],
        row!["06/03/2021", 1.0, "UBND huyện", "9/UBND", "05/03/2021", "Báo cáo"],
    ];
    let read = read("so.xlsx", &book(&[("Sheet1", rows)]));
    assert_eq!(read.lines.len(), 1);
    let above = read.finding(Code::RowAboveHeader);
    assert_eq!((above.cell.as_str(), above.severity), ("3", Severity::Bad));
    assert_eq!(read.rejected[0].row, 3);
}
