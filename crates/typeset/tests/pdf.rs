//! What comes out is a tagged PDF/A-2a with the fonts inside, and the job cannot reach anything else.

use std::path::PathBuf;
use std::sync::Arc;

use typeset::{FontError, FontOrigin, Fonts, Job, pdf};

const SOURCE: &str = r#"
#let data = json("/data.json")
#set document(title: data.title, date: datetime(year: 2021, month: 1, day: 5))
#set text(lang: "vi", font: data.font)
= #data.title
#data.text
"#;

fn job(text: &str, font: &str) -> Job<'static> {
    let data = format!(r#"{{"title":"Báo cáo","text":{},"font":"{font}"}}"#, serde_text(text));
    Job { source: SOURCE, files: vec![("/data.json", data.into_bytes())], identity: "test" }
}

fn serde_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn a_pdf_is_tagged_archival_and_the_same_each_time() {
    let fonts = Arc::new(Fonts::find(&[]).unwrap());
    let job = job(typeset::SELF_TEST, fonts.family());
    let first = pdf(&fonts, &job).unwrap();
    assert!(first.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(first.pages, 1);
    for mark in ["StructTreeRoot", "pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"] {
        assert!(has(&first.bytes, mark), "{mark}");
    }
    assert_eq!(pdf(&fonts, &job).unwrap(), first);
}

#[test]
fn the_built_in_font_has_every_vietnamese_letter() {
    let fonts = Arc::new(Fonts::built_in(vec![]).unwrap());
    assert_eq!(fonts.origin(), &FontOrigin::BuiltIn);
    assert!(!fonts.has_times_widths());
    assert_eq!(pdf(&fonts, &job(typeset::SELF_TEST, fonts.family())).unwrap().pages, 1);
}

#[test]
fn a_configured_path_without_fonts_is_an_error_and_not_passed_over() {
    let empty = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(matches!(Fonts::find(&[empty]), Err(FontError::Configured { .. })));
}

#[test]
fn a_source_cannot_open_what_was_not_handed_over() {
    let fonts = Arc::new(Fonts::find(&[]).unwrap());
    for source in ["#read(\"/etc/passwd\")", "#import \"@preview/x:1.0.0\": *", "#read(\"../../Cargo.toml\")"]
    {
        let job = Job { source, files: vec![], identity: "x" };
        assert!(pdf(&fonts, &job).is_err(), "{source}");
    }
}

#[test]
fn markup_in_data_stays_text() {
    let fonts = Arc::new(Fonts::find(&[]).unwrap());
    let made = pdf(&fonts, &job(r#"#read("/data.json") *b* $x$ `r` = T"#, fonts.family())).unwrap();
    assert_eq!(made.pages, 1);
}
