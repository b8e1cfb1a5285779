//! Damaged and hostile DOCX files end in a clean refusal or in data, never in a panic.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

use std::io::{Cursor, Write as _};

use reading::{Limits, Refused, decree, docx, pdf};

fn package(xml: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(xml).unwrap();
    zip.finish().unwrap().into_inner()
}

const SOUND: &str = "<w:document xmlns:w=\"w\"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Số: 1/QĐ-UBND</w:t></w:r></w:p>\
    </w:tc><w:tc><w:p><w:r><w:t>An Hòa, ngày 1 tháng 2 năm 2025</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r>\
    <w:t>QUYẾT ĐỊNH</w:t></w:r></w:p><w:p><w:r><w:t>Nơi nhận: &amp; TM.</w:t></w:r></w:p></w:body></w:document>";

#[test]
fn a_bomb_a_deep_nest_and_a_doctype_are_refused() {
    let limits = Limits::default();
    let bomb = package(&vec![b' '; 30 << 20]);
    assert_eq!(docx::lines(&bomb, &limits), Err(Refused::TooLarge));
    let deep = package(["<a>".repeat(1000), "</a>".repeat(1000)].concat().as_bytes());
    assert_eq!(docx::lines(&deep, &limits), Err(Refused::TooLarge));
    let entity = package(b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    assert_eq!(docx::lines(&entity, &limits), Err(Refused::Broken));
    assert_eq!(docx::lines(&[], &limits), Err(Refused::Empty));
    assert_eq!(docx::lines(b"%PDF-1.7", &limits), Err(Refused::NotKnown));
}

#[test]
fn eight_hundred_mutated_files_do_not_panic() {
    let limits = Limits::default();
    let whole = package(SOUND.as_bytes());
    let mut refused = 0;
    for seed in 0..400_usize {
        let mut packed = whole.clone();
        let at = seed * 7919 % packed.len();
        packed[at] ^= u8::try_from(seed % 255 + 1).unwrap();
        packed.truncate(if seed.is_multiple_of(3) { at } else { packed.len() });
        let mut xml = SOUND.as_bytes().to_vec();
        let at = seed * 104_729 % xml.len();
        xml[at] = u8::try_from(seed % 256).unwrap();
        xml.truncate(if seed.is_multiple_of(4) { at } else { xml.len() });
        for bytes in [packed, package(&xml)] {
            match docx::lines(&bytes, &limits) {
                Ok(lines) => drop(decree::read(&lines)),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 200, "only {refused} refused");
}

#[test]
fn damaged_pdf_files_do_not_panic() {
    let limits = Limits::default();
    let sound = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj trailer<</Root 1 0 R>>";
    for seed in 0..200_usize {
        let mut bytes = sound.to_vec();
        let at = 5 + seed * 7919 % (bytes.len() - 5);
        bytes[at] = u8::try_from(seed).unwrap();
        if let Ok(read) = pdf::lines(&bytes, &limits) {
            drop(decree::read(&read.lines));
        }
    }
    assert_eq!(pdf::lines(&sound[..20], &limits), Err(Refused::Broken));
    assert_eq!(pdf::lines(b"PK", &limits), Err(Refused::NotKnown));
}
