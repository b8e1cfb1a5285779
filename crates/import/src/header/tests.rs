use super::*;
use crate::source::{Cell, Raw};

fn rows(table: &[&[&str]]) -> Vec<Row> {
    let row = |(index, texts): (usize, &&[&str])| {
        let cells =
            texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(column, text)| Cell {
                column: u16::try_from(column).unwrap(),
                raw: Raw::Text((*text).to_owned()),
                font: None,
                span: 1,
            });
        Row { number: u32::try_from(index).unwrap() + 1, cells: cells.collect() }
    };
    table.iter().enumerate().map(row).filter(|row| !row.cells.is_empty()).collect()
}

fn find_in(sheet: &str, table: &[&[&str]]) -> Option<Header> {
    let asked = Asked { sheet, file_name: "so.xlsx", register: None, choice: None, cover: "" };
    find(&rows(table), &asked)
}

fn keys(header: &Header) -> Vec<&'static str> {
    header.columns.iter().map(|column| column.field.map_or("", |field| field.key)).collect()
}

#[test]
fn every_register_is_recognised_by_its_own_official_headings() {
    for register in Register::ALL {
        let headings: Vec<&str> = register.fields().iter().map(official).collect();
        let data: Vec<&str> = headings.iter().map(|_| "1").collect();
        let header = find_in(register_name(register), &[&headings, &data]).unwrap();
        assert_eq!(header.register, register);
        assert_eq!(header.alternative, None, "{register:?}");
        let expected: Vec<&str> = register.fields().iter().map(|field| field.key).collect();
        assert_eq!(keys(&header), expected, "{register:?}");
        assert_eq!(header.row, 1);
    }
}

#[test]
fn merged_headings_of_the_incoming_register_are_read_with_the_heading_above() {
    let header = find_in(
        "Sheet1",
        &[
            &["UBND HUYỆN KIM BẢNG"],
            &["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2020"],
            &[],
            &["STT", "Đến", "", "Văn bản", "", "", "Tác giả", "Ghi chú"],
            &["", "Ngày tháng", "Số", "Số, ký hiệu", "Ngày tháng", "Trích yếu", "", ""],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ],
    )
    .unwrap();
    assert_eq!(header.register, Register::IncomingDocuments);
    assert_eq!(header.row, 5);
    assert_eq!(
        keys(&header),
        ["", "arrived_on", "arrival_number", "symbol", "issued_on", "summary", "author", "note"]
    );
}

#[test]
fn headings_without_marks_with_short_forms_and_small_errors_are_read() {
    let header = find_in(
        "VB di 2021",
        &[&["TT", "So KH", "Ng. thang VB", "Trich yeu noi dugn", "Nguoi ky", "Noi nhan", "SL ban"]],
    )
    .unwrap();
    assert_eq!(header.register, Register::OutgoingDocuments);
    assert_eq!(keys(&header), ["", "symbol", "issued_on", "summary", "signer", "recipients", "copies"]);
}

#[test]
fn headings_that_fit_two_registers_are_a_doubt() {
    let header = find_in("Sheet1", &[&["Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Người ký"]]).unwrap();
    assert!(header.alternative.is_some());
    assert!(header.findings("Sheet1").iter().any(|finding| finding.code == Code::RegisterAmbiguous));
    let named = find_in("Văn bản đi", &[&["Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Người ký"]]).unwrap();
    assert_eq!((named.register, named.alternative), (Register::OutgoingDocuments, None));
}

#[test]
fn a_cover_sheet_has_no_headings() {
    assert!(find_in("Bìa", &[&["ỦY BAN NHÂN DÂN"], &["SỔ ĐĂNG KÝ VĂN BẢN ĐI"], &["Năm 2020"]]).is_none());
}

#[test]
fn a_needed_field_without_column_is_told_with_its_heading() {
    let header = find_in("Tin bài", &[&["Ngày đăng", "Chuyên mục", "Tác giả", "Nguồn tin"]]).unwrap();
    let missing: Vec<&str> = header.absent().iter().map(|field| field.key).collect();
    assert_eq!(missing, ["title"]);
}

#[test]
fn a_person_can_move_and_leave_out_columns() {
    let choice = SheetChoice {
        sheet: "Tin bài".into(),
        columns: vec![("C".into(), Some("title".into())), ("B".into(), None)],
        ..SheetChoice::default()
    };
    let asked = Asked { sheet: "Tin bài", file_name: "", register: None, choice: Some(&choice), cover: "" };
    let header = find(&rows(&[&["Ngày đăng", "Tiêu đề", "Tít"]]), &asked).unwrap();
    assert_eq!(keys(&header), ["posted_on", "", "title"]);
}

#[test]
fn two_columns_of_one_heading_are_a_doubt() {
    let header = find_in("Tin bài", &[&["Ngày đăng", "Tiêu đề", "Ghi chú", "Ghi chú"]]).unwrap();
    assert!(header.findings("x").iter().any(|finding| finding.code == Code::ColumnAmbiguous));
}

/// Sheet, register, and the headings with the key of the field each names.
type Office = (&'static str, Register, &'static [(&'static str, &'static str)]);

const OFFICES: [Office; 7] = [
    (
        "CV đi",
        Register::OutgoingDocuments,
        &[
            ("STT", ""),
            ("Số CV", "symbol"),
            ("Ngày BH", "issued_on"),
            ("Trích yếu nội dung CV", "summary"),
            ("Nơi nhận", "recipients"),
        ],
    ),
    (
        "Công văn đến 2019",
        Register::IncomingDocuments,
        &[
            ("Ngày đến", "arrived_on"),
            ("Số đến", "arrival_number"),
            ("Nơi gửi CV", "author"),
            ("SỐ, KÝ HIỆU", "symbol"),
            ("NGÀY VĂN BẢN", "issued_on"),
            ("TRÍCH YẾU", "summary"),
            ("Chuyển cho", ""),
        ],
    ),
    (
        "Sheet1",
        Register::PressRequests,
        &[
            ("TT", ""),
            ("Ngày tiếp nhận", "received_on"),
            ("Cơ quan báo chí", "requester"),
            ("Phóng viên", "reporter"),
            ("Nội dung đề nghị", "subject"),
            ("Ngày trả lời", "answered_on"),
            ("Hình thức trả lời", "reply_form"),
            ("Kết quả", "outcome"),
        ],
    ),
    (
        "Theo dõi báo chí",
        Register::PressItems,
        &[
            ("Ngày đăng", "published_on"),
            ("Tên báo", "outlet"),
            ("Tiêu đề bài báo", "title"),
            ("Kết quả xác minh", "assessment"),
            ("Kết quả cải chính", "outcome"),
        ],
    ),
    (
        "Tin bai Dai TT",
        Register::News,
        &[
            ("Ngày đăng tin", "posted_on"),
            ("Tên tin bài", "title"),
            ("Tác giả", "author"),
            ("Chuyên mục", "category"),
        ],
    ),
    (
        "Hỏi đáp",
        Register::Questions,
        &[
            ("Ngày gửi", "received_on"),
            ("Họ và tên công dân", "asker"),
            ("Nội dung hỏi", "subject"),
            ("Ngày trả lời", "answered_on"),
            ("Đơn vị trả lời", "unit"),
        ],
    ),
    (
        "DS",
        Register::Spokespersons,
        &[
            ("Họ và tên", "full_name"),
            ("Chức vụ", "title"),
            ("Đơn vị", "body"),
            ("SĐT", "phone"),
            ("Email", "email"),
            ("Loại người phát ngôn", "kind"),
            ("Từ ngày", "starts_on"),
        ],
    ),
];

#[test]
fn headings_of_other_offices_are_recognised() {
    for (sheet, register, columns) in OFFICES {
        let headings: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
        let header = find_in(sheet, &[&headings]).unwrap_or_else(|| panic!("{sheet}: no headings"));
        assert_eq!(header.register, register, "{sheet}");
        let expected: Vec<&str> = columns.iter().map(|(_, key)| *key).collect();
        assert_eq!(keys(&header), expected, "{sheet}");
    }
}

#[test]
fn a_title_right_above_the_headings_is_no_part_of_them() {
    let header = find_in(
        "Sheet1",
        &[
            &["SỔ VĂN BẢN ĐI NĂM 2021"],
            &["STT", "Số KH", "Ngày", "Trích yếu"],
            &["1", "1/UBND", "05/03/2021", "a"],
        ],
    )
    .unwrap();
    assert_eq!((header.register, header.first, header.row), (Register::OutgoingDocuments, 1, 2));
    assert_eq!(header.alternative, None);
    assert_eq!(keys(&header), ["", "symbol", "issued_on", "summary"]);
}

#[test]
fn a_section_and_the_first_line_are_no_part_of_the_headings() {
    let header = find_in(
        "di",
        &[
            &["Số KH", "Ngày", "Trích yếu"],
            &["THÁNG 3 NĂM 2021"],
            &["1/UBND", "05", "a"],
            &["2/UBND", "06", "b"],
        ],
    )
    .unwrap();
    assert_eq!((header.register, header.below), (Register::OutgoingDocuments, 1));
}

#[test]
fn a_list_of_documents_that_says_nothing_of_the_portal_is_the_outgoing_register() {
    let header =
        find_in("Sổ", &[&["Số KH", "Ngày VB", "Trích yếu"], &["1/UBND", "03/01/2022", "a"]]).unwrap();
    assert_eq!(header.register, Register::OutgoingDocuments);
    let posted = find_in("Sổ", &[&["Số KH", "Ngày VB", "Trích yếu", "Ngày đăng cổng"]]).unwrap();
    assert_eq!(posted.register, Register::PortalDocuments);
}

#[test]
fn number_and_symbol_in_two_columns_are_one_field() {
    let flat: &[&[&str]] = &[&["STT", "Số", "Ký hiệu", "Ngày ban hành", "Trích yếu"]];
    let merged: &[&[&str]] =
        &[&["STT", "Văn bản", "", "Ngày tháng VB", "Trích yếu", "Người ký"], &["", "Số", "Ký hiệu"]];
    for (table, below) in [(flat, 1), (merged, 2)] {
        let header = find_in("VB đi", table).unwrap();
        assert_eq!(header.below, below);
        let symbol = header.columns.iter().find(|column| column.field.is_some_and(|f| f.key == "symbol"));
        assert_eq!(symbol.map(|column| (column.column, column.number)), Some((2, Some(1))));
        assert!(header.findings("VB đi").iter().all(|finding| finding.code != Code::ColumnUnknown));
    }
}
