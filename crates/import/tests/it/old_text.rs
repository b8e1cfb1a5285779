//! CSV in every encoding offices have.

use import::{Code, Legacy, Options, Severity};

use crate::{read, read_with};

const ROWS: &str = "Ngày đăng;Tiêu đề;Nguồn tin\n20/11/2020;Hội nghị tổng kết;Đài Truyền thanh\n";

#[test]
fn utf_8_and_utf_16_give_the_same_line() {
    let wide = |big: bool| -> Vec<u8> {
        let units = "\u{FEFF}".encode_utf16().chain(ROWS.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for bytes in
        [ROWS.as_bytes().to_vec(), [b"\xEF\xBB\xBF", ROWS.as_bytes()].concat(), wide(true), wide(false)]
    {
        let read = read("tin bài.csv", &bytes);
        assert_eq!(read.text(0, "title"), "Hội nghị tổng kết");
        assert_eq!(read.text(0, "supplier"), "Đài Truyền thanh");
        assert_eq!(read.lines[0].row, 2);
    }
}

#[test]
fn decomposed_text_becomes_nfc() {
    let spread = ROWS.replace("Hội", "Ho\u{323}\u{302}i").replace("Ngày", "Nga\u{300}y");
    assert_eq!(read("tin bai.csv", spread.as_bytes()).text(0, "title"), "Hội nghị tổng kết");
}

#[test]
fn windows_1258_is_decoded_and_told() {
    // Letters carry their shape, tones follow: Ngày đăng; Tiêu đề; Hội nghị
    let bytes = b"Nga\xCCy \xF0\xE3ng;Ti\xEAu \xF0\xEA\xCC\n20/11/2020;H\xF4\xF2i nghi\xF2\n";
    let read = read("tin bai.csv", bytes);
    assert_eq!(read.text(0, "title"), "Hội nghị");
    assert_eq!(read.finding(Code::Decoded).args, [("encoding", "windows-1258".to_owned())]);
}

#[test]
fn tcvn3_and_vni_are_offered_and_converted_only_when_asked() {
    let latin_1 =
        |text: &str| -> Vec<u8> { text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect() };
    let tcvn3 = latin_1("Ngµy ®¨ng;Tiªu ®Ò\n20/11/2020;Héi nghÞ tæng kÕt\n");
    let vni = latin_1("Ngaøy ñaêng;Tieâu ñeà\n20/11/2020;Hoäi nghò toång keát\n");
    for (legacy, bytes, written) in
        [(Legacy::Tcvn3, tcvn3, "Héi nghÞ tæng kÕt"), (Legacy::Vni, vni, "Hoäi nghò toång keát")]
    {
        let offered = read("tin bai.csv", &bytes);
        assert_eq!(offered.survey.legacy, Some(legacy));
        assert!(offered.lines.is_empty());
        let finding = offered.finding(Code::LegacyText);
        assert_eq!((finding.severity, finding.value.as_str()), (Severity::Bad, written));
        assert!(finding.args.contains(&("shown", "Hội nghị tổng kết".to_owned())));
        let options = Options { convert_legacy: Some(legacy), ..Options::default() };
        let converted = read_with("tin bai.csv", &bytes, &options);
        assert_eq!(converted.text(0, "title"), "Hội nghị tổng kết");
        assert_eq!(converted.finding(Code::LegacyConverted).value, written);
    }
}

#[test]
fn row_numbers_are_those_a_sheet_program_shows() {
    let text = "Tin bài\n\nNgày đăng,Tiêu đề,Ghi chú\n20/11/2020,Một,\"hai\ndòng\"\n\n21/11/2020,Ba,\n";
    let read = read("tin.csv", text.as_bytes());
    let rows: Vec<u32> = read.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [4, 6]);
    assert_eq!(read.survey.sheets[0].header_row, 3);
    assert_eq!(read.text(0, "note"), "hai\ndòng");
}
