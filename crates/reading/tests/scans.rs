//! A scan through the real helper process, within its bounds: a page is set, drawn, put into a PDF as a picture alone,
//! and recognised. Runs where `pdftoppm` and `tesseract` with Vietnamese are; says so where they are not.
//!
//! This test is its own helper, so it answers the few questions of a test runner itself.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what it does and may fail loudly")]
#![expect(dead_code, reason = "the made-up documents are shared")]

#[path = "corpus/mod.rs"]
mod corpus;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use reading::decree::{Confidence, Field};
use reading::file::{Answer, Ask, Document};
use reading::process::{self, Separate, Unread};

const NAME: &str = "fields_of_a_scan_are_recognised_by_the_helper_within_its_bounds";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    if arguments.first().is_some_and(|word| word == process::COMMAND) {
        let ask = Ask::from_word(&arguments[1]).unwrap();
        process::help(ask, &mut std::io::stdin(), &mut std::io::stdout()).unwrap();
    } else if has("--list") {
        if !has("--ignored") {
            println!("{NAME}: test");
        }
    } else if !process::can_recognise() || !knows_vietnamese() {
        println!("{NAME}: not run, tesseract with vie or pdftoppm is missing");
    } else {
        fields_of_a_scan_are_recognised();
        println!("{NAME}: ok");
    }
}

fn knows_vietnamese() -> bool {
    let told = Command::new("tesseract").arg("--list-langs").output().unwrap();
    String::from_utf8_lossy(&told.stdout).lines().any(|line| line == "vie")
}

fn fields_of_a_scan_are_recognised() {
    let fonts = Arc::new(typeset::Fonts::built_in(Vec::new()).unwrap());
    // Any field may have a sign read wrong, by one version of the recogniser or another; most are right.
    let mut right = 0;
    let told = corpus::told(0);
    let made = scan(&corpus::pdf::file(&fonts, &told, 0));
    let document = recognised(&made);
    assert_eq!(document.recognised, [1]);
    assert!(document.signatures.is_empty() && document.text.len() > 300, "{}", document.text);
    let decree = document.decree;
    let value = |field: &Option<Field>| {
        let field = field.as_ref();
        assert!(field.is_none_or(|field| field.confidence <= Confidence::DOUBTFUL), "{field:?}");
        field.map(|field| field.value.clone()).unwrap_or_default()
    };
    let day = decree.date.as_ref().map(|field| field.value);
    let day = day.map(|day| (day.year, day.month.unwrap_or(0), day.day.unwrap_or(0)));
    for (told, found) in [
        (told.number.clone(), value(&decree.number)),
        (told.symbol.clone(), value(&decree.symbol)),
        (told.issuer.clone(), value(&decree.issuer)),
        (told.kind.to_owned(), value(&decree.kind)),
        (format!("{:?}", Some(told.day)), format!("{day:?}")),
    ] {
        println!("{told:?} read as {found:?}");
        right += usize::from(told == found);
    }
    println!("{right} of 5 fields");
    assert!(right >= 3, "{right} of 5 fields");
}

/// On a busy machine the helper may be ended before it is done; that is no fault of the reading.
fn recognised(bytes: &[u8]) -> Document {
    let helper = Separate::new(std::env::current_exe().unwrap());
    let answer =
        (0..5).map(|_| helper.read(Ask::Recognise, bytes)).find(|answer| answer != &Err(Unread::TooLong));
    match answer {
        Some(Ok(Answer::Document(document))) => *document,
        other => unreachable!("{other:?}"),
    }
}

/// The first page as a picture, in a PDF that holds nothing else.
fn scan(pdf: &[u8]) -> Vec<u8> {
    let mut child = Command::new("pdftoppm")
        .args(["-r", "200", "-gray", "-jpeg", "-l", "1", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let picture = child.wait_with_output().unwrap().stdout;
    assert!(picture.starts_with(&[0xFF, 0xD8]));
    let draw = "q 595 0 0 842 0 0 cm /P Do Q";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /P 4 0 R >> >> >>".to_vec(),
        [
            format!(
                "<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /{} /BitsPerComponent 8 \
                 /Filter /DCTDecode /Length {} >>\nstream\n",
                size(&picture).0,
                size(&picture).1,
                if size(&picture).2 == 1 { "DeviceGray" } else { "DeviceRGB" },
                picture.len()
            )
            .into_bytes(),
            picture.clone(),
            b"\nendstream".to_vec(),
        ]
        .concat(),
        format!("<< /Length {} >>\nstream\n{draw}\nendstream", draw.len()).into_bytes(),
    ];
    let mut made = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table.extend([format!("{:010} 00000 n \n", made.len())]);
        made.extend(format!("{} 0 obj\n", at + 1).bytes());
        made.extend_from_slice(object);
        made.extend(b"\nendobj\n");
    }
    let end = format!("{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", made.len());
    made.extend(end.bytes());
    made
}

/// Width, height and colours of a JPEG, as its frame says.
fn size(jpeg: &[u8]) -> (u16, u16, u8) {
    let at = jpeg.windows(2).position(|two| matches!(two, [0xFF, 0xC0 | 0xC2])).unwrap();
    let two = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (two(at + 7), two(at + 5), jpeg[at + 9])
}
