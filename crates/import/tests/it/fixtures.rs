//! Files written by LibreOffice (see `fixtures/README.md`).

use std::path::Path;

use domain::register::Register;
use jiff::civil::date;

use crate::read;

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

#[test]
fn the_same_register_from_csv_xls_ods_and_xlsx_gives_the_same_lines() {
    let mut all = Vec::new();
    for name in ["van-ban-di-2020.csv", "van-ban-di-2020.xls", "van-ban-di-2020.ods", "van-ban-di-2020.xlsx"]
    {
        let read = read(name, &fixture(name));
        assert_eq!(read.survey.sheets[0].register, Some(Register::OutgoingDocuments), "{name}");
        assert_eq!(read.survey.bad, 0, "{name}: {:#?}", read.survey.findings);
        let lines: Vec<_> = read.lines.iter().map(|line| (line.row, line.values.clone())).collect();
        assert_eq!(lines.len(), 4, "{name}");
        assert_eq!(lines[0].1.day("issued_on"), Some(date(2020, 11, 20)), "{name}");
        assert_eq!(lines[0].1.text("symbol"), Some("1140/STTTT-TTBCXB"), "{name}");
        assert_eq!(lines[2].1.count("copies"), Some(1600), "{name}");
        all.push(lines);
    }
    for other in &all[1..] {
        assert_eq!(other, &all[0]);
    }
}
