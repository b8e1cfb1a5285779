//! PDF: programs, files inside, annotations, names of its author.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, Object};

use super::{Checked, Hidden, Kind, Tally};
use crate::limits::{Limits, Refused};
use crate::{decree, pdf, signature};

/// Bytes at the end in which the file says that it ends.
const TAIL: usize = 2048;

pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Checked, Refused> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let Some(end) = tail.windows(5).rposition(|five| five == b"%%EOF") else { return Err(Refused::Broken) };
    // Another kind of file behind the end: whoever opens it by another name gets something else.
    let behind = &tail[end + 5..];
    let is_other = behind.windows(4).any(|four| four == b"PK\x05\x06" || four == b"PK\x03\x04")
        || behind.contains(&b'<')
        || tail.windows(4).any(|four| four == b"PK\x05\x06");
    if is_other {
        return Err(Refused::TwoKinds);
    }
    catch_unwind(AssertUnwindSafe(|| look(bytes, limits))).unwrap_or(Err(Refused::Broken))
}

fn look(bytes: &[u8], limits: &Limits) -> Result<Checked, Refused> {
    let document = Document::load_mem(bytes).map_err(|_| Refused::Broken)?;
    if document.is_encrypted() {
        return Err(Refused::Locked);
    }
    let mut tally = Tally::default();
    for object in document.objects.values() {
        match object {
            Object::Dictionary(dictionary) => dictionary_of(&document, dictionary, &mut tally),
            Object::Stream(stream) => dictionary_of(&document, &stream.dict, &mut tally),
            _ => {}
        }
    }
    if let Ok(info) = document.trailer.get(b"Info").and_then(|info| document.dereference(info))
        && let Ok(info) = info.1.as_dict()
    {
        for key in [&b"Author"[..], b"LastModifiedBy", b"Company"] {
            let name = info.get(key).ok().and_then(|name| lopdf::decode_text_string(name).ok());
            if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
                tally.add(Hidden::Author, &name);
            }
        }
    }
    // A file whose words cannot be drawn out is one nobody has looked at, not a harmful one.
    let read = pdf::lines(bytes, limits).ok();
    if let Some(read) = &read {
        tally.count(Hidden::Pictures, read.without_text.len(), "");
    }
    Ok(Checked {
        kind: Kind::Pdf,
        secret: read.as_ref().and_then(|read| decree::secret_mark(&read.lines)),
        text: read.map(|read| read.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")),
        findings: tally.findings(),
        signatures: signature::read(bytes),
    })
}

fn dictionary_of(document: &Document, dictionary: &Dictionary, tally: &mut Tally) {
    let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
    match name(b"S") {
        b"JavaScript" => tally.add(Hidden::Scripts, "JavaScript"),
        b"Launch" => tally.add(Hidden::Scripts, "Launch"),
        b"SubmitForm" => tally.add(Hidden::Scripts, "SubmitForm"),
        b"ImportData" => tally.add(Hidden::Scripts, "ImportData"),
        _ => {}
    }
    if name(b"Type") == b"EmbeddedFile" {
        tally.add(Hidden::Files, "");
    }
    let is_annotation = name(b"Type") == b"Annot" || (dictionary.has(b"Rect") && dictionary.has(b"Subtype"));
    if is_annotation && !matches!(name(b"Subtype"), b"Link" | b"Widget" | b"Popup" | b"") {
        let words = dictionary.get(b"Contents").and_then(|words| document.dereference(words));
        let words = words.ok().and_then(|(_, words)| lopdf::decode_text_string(words).ok());
        tally.add(Hidden::Annotations, &words.unwrap_or_default());
    }
}
