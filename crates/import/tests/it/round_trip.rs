//! What we write is read back equal: every register, random values, both formats.

use domain::register::{Field, FieldKind, Presence, Register, Value, Values};
use domain::text::{clean_line, clean_text};
use import::{Code, Options, export_csv, export_xlsx, rejected_file, template};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::{book, read, read_with, row};

/// Text as people write it, with everything dangerous at its start.
fn line() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "Về việc cung cấp thông tin",
        "=1+1",
        "+84 912",
        "-5 độ",
        "@SUM(A1)",
        "'=x",
        "''trích''",
        "\"trích dẫn\", phẩy; chấm phẩy",
        "Ủy ban nhân dân huyện Kim Bảng",
        "0912",
        "12/5",
        "1.600",
        "Lê Hoàn",
        "True",
    ]);
    (plain, "[a-zA-ZđĐơƯ0-9 ,;:.'()/=+-]{0,30}").prop_map(|(start, end)| format!("{start} {end}"))
}

fn value(field: &'static Field) -> BoxedStrategy<Value> {
    match field.kind {
        FieldKind::Line(limit) => {
            let limit = usize::from(limit);
            line()
                .prop_map(move |text| Value::Text(clean_line(&text.chars().take(limit).collect::<String>())))
                .boxed()
        }
        FieldKind::Unit => line().prop_map(|text| Value::Text(clean_line(&text))).boxed(),
        FieldKind::Text => {
            let lines = prop::collection::vec(line(), 1..3);
            lines.prop_map(|lines| Value::Text(clean_text(&lines.join("\n")))).boxed()
        }
        FieldKind::Day => (0_i64..40_000)
            .prop_map(|days| {
                date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(days * 24)).unwrap()
            })
            .prop_map(Value::Day)
            .boxed(),
        FieldKind::Clock => (0_u8..24, 0_u8..60)
            .prop_map(|(hour, minute)| Value::Text(format!("{hour:02}:{minute:02}")))
            .boxed(),
        FieldKind::Count => (0_i64..10_000_000).prop_map(Value::Count).boxed(),
        FieldKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        FieldKind::Word(words) => {
            let stored: Vec<&'static str> = words.iter().map(|(stored, _)| *stored).collect();
            prop::sample::select(stored).prop_map(Value::Word).boxed()
        }
        FieldKind::Symbol => (1_u32..9999, "[A-ZĐ]{2,6}", "[A-ZĐ]{2,6}")
            .prop_filter("is a repaired abbreviation", |(_, one, two)| {
                let wrong = ["QD", "ND", "HDND", "TTDT", "LDTBXH"];
                !wrong.contains(&one.as_str()) && !wrong.contains(&two.as_str())
            })
            .prop_map(|(number, one, two)| Value::Text(format!("{number}/{one}-{two}")))
            .boxed(),
    }
}

fn record(register: Register) -> impl Strategy<Value = Values> {
    let fields: Vec<_> = register
        .fields()
        .iter()
        .map(|field| {
            let value = value(field);
            let value = match field.presence {
                Presence::Required => value.prop_map(Some).boxed(),
                Presence::Optional => prop::option::of(value).boxed(),
            };
            value.prop_map(move |value| (field, value))
        })
        .collect();
    fields.prop_map(|values| {
        let mut record = Values::new();
        for (field, value) in values {
            if let Some(value) = value {
                record.set(field, value);
            }
        }
        record
    })
}

#[test]
fn every_register_is_read_back_equal_from_xlsx_and_csv() {
    for register in Register::ALL {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 12,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let records = prop::collection::vec(record(register), 1..6);
        runner
            .run(&records, |records| {
                let xlsx = export_xlsx(register, &records).unwrap();
                let csv = export_csv(register, &records).unwrap();
                for (name, bytes) in [("xuat.xlsx", xlsx), (&*format!("{}.csv", register.word()), csv)] {
                    let read = read(name, &bytes);
                    prop_assert_eq!(read.survey.sheets[0].register, Some(register));
                    prop_assert!(read.rejected.is_empty(), "{:#?}", read.rejected);
                    let back: Vec<_> = read.lines.iter().map(|line| &line.values).collect();
                    prop_assert_eq!(back, records.iter().collect::<Vec<_>>(), "{}", name);
                }
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn an_empty_template_is_recognised_and_has_no_line() {
    for register in Register::ALL {
        let read = read("mau.xlsx", &template(register).unwrap());
        let sheet = &read.survey.sheets[0];
        assert_eq!((sheet.register, sheet.rows_total), (Some(register), 0));
        assert_eq!(read.survey.sheets[1].register, None, "the notes of {register:?} are read as a register");
        assert_eq!(read.survey.bad, 0);
    }
}

#[test]
fn the_file_of_rejected_rows_says_why_and_can_be_imported_when_corrected() {
    let rows = vec![
        row!["STT", "Tiêu đề tin, bài", "Ngày đăng tin", "Cột lạ"],
        row![1.0, "Một", "20/11/2020", "a"],
        row![2.0, "Hai", "31/02/2020", "b"],
    ];
    let bytes = book(&[("Tin bài", rows)]);
    let words =
        |finding: &import::Finding| (finding.code.word().to_owned(), format!("Sửa ô {}", finding.cell));
    let file = rejected_file("tin.xlsx", &bytes, &Options::default(), &words).unwrap();
    let again = read("tin loi.xlsx", &file);
    assert_eq!(again.survey.sheets[0].register, Some(Register::News));
    assert_eq!(again.rejected.len(), 1);
    let cells: Vec<&str> = again.rejected[0].cells.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(cells, ["2", "Hai", "31/02/2020", "b", "C3", "day_impossible", "Sửa ô C3"]);
    assert_eq!(again.finding(Code::DayImpossible).cell, "C2");
}

#[test]
fn a_year_of_a_forced_register_is_read_back_too() {
    let register = Register::RollOuts;
    let bytes = export_xlsx(register, &[]).unwrap();
    let options = Options { register: Some(register), ..Options::default() };
    assert_eq!(read_with("x.xlsx", &bytes, &options).survey.sheets[0].rows_total, 0);
}
