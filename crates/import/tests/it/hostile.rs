//! Files made to harm, and broken ones. Each is refused or read; none ends the program.

use std::io::{Cursor, Write};

use import::{Code, Limits, Options};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{book, read, row};

fn refusal(name: &str, bytes: &[u8]) -> Code {
    let refused = import::read(name, bytes, &Options::default(), &mut |_| ()).unwrap_err();
    crate::words::fills(&refused.0);
    refused.0.code
}

fn news() -> Vec<u8> {
    book(&[("Tin bài", vec![row!["Ngày đăng", "Tiêu đề"], row!["20/11/2020", "Một"]])])
}

/// A workbook of one sheet whose `sheetData` is given, beside parts as given.
fn crafted(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml".to_owned(),
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{rels}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><sheets><sheet name=\"Tin bai\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{rels}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
    ];
    let more = more.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    for (name, text) in parts.into_iter().chain(more) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn inline(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

const HEADINGS: [&str; 2] = ["Ngày đăng", "Tiêu đề"];

#[test]
fn a_claim_of_the_whole_sheet_with_one_line_is_read_as_one_line() {
    let data = format!(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\">{}{}</row><row r=\"1048576\">{}{}</row></sheetData>",
        inline("A1", HEADINGS[0]),
        inline("B1", HEADINGS[1]),
        inline("A1048576", "20/11/2020"),
        inline("B1048576", "Một")
    );
    let read = read("tin.xlsx", &crafted(&data, &[]));
    assert_eq!(read.lines.len(), 1);
    assert_eq!(read.lines[0].row, 1_048_576);
}

#[test]
fn cells_far_to_the_right_are_left_out_and_that_is_told() {
    let data = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}{}</row></sheetData>",
        inline("A1", HEADINGS[0]),
        inline("B1", HEADINGS[1]),
        inline("A2", "20/11/2020"),
        inline("B2", "Một"),
        inline("XFD2", "xa")
    );
    let read = read("tin.xlsx", &crafted(&data, &[]));
    assert_eq!(read.lines.len(), 1);
    read.finding(Code::TooManyColumns);
}

#[test]
fn a_bomb_a_lie_and_a_cut_are_refused() {
    let zeros = "0".repeat(30 * 1024 * 1024);
    assert_eq!(refusal("tin.xlsx", &crafted("<sheetData/>", &[("xl/media/x", &zeros)])), Code::ArchiveRatio);
    let claim = "<sst uniqueCount=\"4000000000000\"></sst>";
    assert_eq!(
        refusal("tin.xlsx", &crafted("<sheetData/>", &[("xl/sharedStrings.xml", claim)])),
        Code::FileDamaged
    );
    let whole = news();
    for cut in [3, 30, whole.len() / 2, whole.len() - 5] {
        let outcome = refusal("tin.xlsx", &whole[..cut]);
        assert!(
            matches!(outcome, Code::FileDamaged | Code::FileKindMismatch | Code::FileKindUnknown),
            "{cut}: {outcome:?}"
        );
    }
}

#[test]
fn macros_encryption_and_wrong_names_are_told_apart() {
    assert_eq!(refusal("tin.xlsm", &news()), Code::FileMacro);
    assert_eq!(refusal("tin.xlsx", &crafted("", &[("xl/vbaProject.bin", "x")])), Code::FileMacro);
    assert_eq!(refusal("tin.xls", &news()), Code::FileKindMismatch);
    assert_eq!(refusal("tin.csv", &news()), Code::FileKindMismatch);
    assert_eq!(refusal("tin.xls", b"<html><table><tr><td>1</td></tr></table></html>"), Code::FileIsWebPage);
    assert_eq!(refusal("tin.ods", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Code::FileDamaged);
    assert_eq!(refusal("tin.csv", b"\n\n\n"), Code::FileEmpty);
}

#[test]
fn any_byte_changed_in_a_workbook_is_survived() {
    let files = [
        ("tin.xlsx", news()),
        ("so.xls", crate::fixtures::fixture("van-ban-di-2020.xls")),
        ("so.ods", crate::fixtures::fixture("van-ban-di-2020.ods")),
    ];
    for (name, whole) in files {
        for at in (0..whole.len()).step_by(89) {
            for change in [0x55, 0xFF] {
                let mut broken = whole.clone();
                broken[at] ^= change;
                let _ = import::read(name, &broken, &Options::default(), &mut |_| ());
            }
        }
    }
}

#[test]
fn more_rows_than_allowed_stop_the_reading_with_a_finding() {
    let mut text = String::from("Ngày đăng,Tiêu đề\n");
    text.push_str(&"20/11/2020,Tin\n".repeat(500));
    let limits = Limits { rows: 100, findings: 5, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let read = crate::read_with("tin bai.csv", text.as_bytes(), &options);
    assert_eq!(read.finding(Code::TooManyRows).args, [("limit", "100".to_owned())]);
    assert!(read.lines.len() <= 100);
}

#[test]
fn findings_beyond_the_limit_are_counted_not_kept() {
    let mut text = String::from("Ngày đăng,Tiêu đề\n");
    text.push_str(&"31/02/2020,Tin\n".repeat(500));
    let options = Options { limits: Limits { findings: 5, ..Limits::default() }, ..Options::default() };
    let read = crate::read_with("tin bai.csv", text.as_bytes(), &options);
    assert_eq!((read.survey.bad, read.survey.findings.len(), read.survey.truncated), (500, 5, 495));
}

#[test]
fn a_repetition_of_a_million_cells_in_ods_stays_small() {
    let content = r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="Tin bai">
<table:table-row><table:table-cell office:value-type="string"><text:p>Ngày đăng</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Tiêu đề</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let options = Options { limits: Limits { rows: 2_000, ..Limits::default() }, ..Options::default() };
    let read = crate::read_with("tin.ods", &bytes, &options);
    read.finding(Code::TooManyRows);
    read.finding(Code::TooManyColumns);
}
