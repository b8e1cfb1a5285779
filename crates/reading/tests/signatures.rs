//! Signatures of a PDF: shown as they are, and never as more than what was looked at (checklist DOC-A04). The file was
//! signed with a key made for this test, which was thrown away.

use reading::signature::{Integrity, read};

const SIGNED: &[u8] = include_bytes!("data/signed.pdf");

#[test]
fn a_signature_tells_its_signer_and_that_the_whole_file_is_covered() {
    let found = read(SIGNED);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].signer, "Nguyễn Văn An");
    assert_eq!(found[0].organisation, "Ủy ban nhân dân xã Tân Lập");
    assert!(found[0].claimed_at.is_some_and(|at| at > 1_600_000_000));
    assert_eq!(found[0].integrity, Integrity::Whole);
}

#[test]
fn sec_doc_a04_a_file_changed_after_signing_is_not_shown_as_whole() {
    let added = [SIGNED, b"7 0 obj\n<</Type/Page>>\nendobj\n"].concat();
    assert_eq!(read(&added)[0].integrity, Integrity::AddedTo);
    let mut changed = SIGNED.to_vec();
    let at = changed.windows(3).position(|three| three == b"842").unwrap();
    changed[at] = b'9';
    assert_eq!(read(&changed)[0].integrity, Integrity::Broken);
    // A range that leaves out more than the signature covers too little.
    let text = String::from_utf8_lossy(SIGNED).into_owned();
    let start = text.find("/ByteRange[").unwrap() + 11;
    let mut less = SIGNED.to_vec();
    less[start..start + 12].copy_from_slice(b"0 0000000009");
    assert_eq!(read(&less)[0].integrity, Integrity::Broken);
}

#[test]
fn what_is_no_signature_is_none_and_a_broken_one_is_unknown() {
    assert!(read(b"%PDF-1.7 nothing").is_empty());
    assert!(read(b"%PDF-1.7 /ByteRange").is_empty());
    let mut broken = SIGNED.to_vec();
    let at = broken.windows(10).position(|ten| ten == b"/Contents<").unwrap() + 10;
    broken[at..at + 2].copy_from_slice(b"FF");
    assert_eq!(read(&broken)[0].integrity, Integrity::Unknown);
}
