//! Office files, all of them archives of parts: each part is unpacked within the limits and looked at.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Checked, Hidden, Kind, Tally};
use crate::layout::{Line, Side, tidy};
use crate::limits::{Limits, Refused};
use crate::package::Package;
use crate::{decree, docx};

pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Checked, Refused> {
    // Viewers of PDF look for its beginning in the first kilobyte.
    if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Err(Refused::TwoKinds);
    }
    let mut package = Package::open(bytes, limits)?;
    let kind = kind(&mut package)?;
    let names = package.names();
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    for name in &names {
        let lower = name.to_ascii_lowercase();
        if is_program(&lower) {
            return Err(Refused::Macros);
        }
        if is_file(&lower, kind) {
            tally.add(Hidden::Files, name.rsplit('/').next().unwrap_or_default());
        }
        if lower.starts_with("xl/externallinks/") && ends(&lower, "xml") {
            tally.add(Hidden::Links, "");
        }
        if is_looked_at(&lower, kind) {
            let Some(xml) = package.xml(name)? else { continue };
            if lower == "meta-inf/manifest.xml" && xml.contains("encryption-data") {
                return Err(Refused::Locked);
            }
            look(&xml, &lower, &mut tally, &mut lines)?;
        } else {
            // What it says of its size is not believed: it is unpacked and counted.
            package.part(name)?;
        }
    }
    let mut text: String = lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    if kind == Kind::Docx {
        // The words in the order and the columns in which they are read; head and foot of the page stand before them.
        let read = docx::read(bytes, limits)?;
        text.push_str(&read.text);
        lines.extend(read.lines);
    }
    Ok(Checked {
        kind,
        secret: decree::secret_mark(&lines),
        text: Some(text.trim_end().to_owned()),
        findings: tally.findings(),
        signatures: Vec::new(),
    })
}

fn kind(package: &mut Package<'_>) -> Result<Kind, Refused> {
    if let Some(told) = package.part("mimetype")? {
        return match told.trim_ascii() {
            b"application/vnd.oasis.opendocument.text" => Ok(Kind::Odt),
            b"application/vnd.oasis.opendocument.spreadsheet" => Ok(Kind::Ods),
            _ => Err(Refused::NotKnown),
        };
    }
    let types = package.xml("[Content_Types].xml")?.ok_or(Refused::NotKnown)?;
    if types.contains("macroEnabled") {
        return Err(Refused::Macros);
    }
    let names = package.names();
    let has = |part: &str| names.iter().any(|name| name == part);
    match () {
        () if has("word/document.xml") || has("word/document2.xml") => Ok(Kind::Docx),
        () if has("xl/workbook.xml") => Ok(Kind::Xlsx),
        () => Err(Refused::NotKnown),
    }
}

/// Macros of Office, of old Excel, and of OpenDocument.
fn is_program(lower: &str) -> bool {
    let ending = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    lower.ends_with("vbaproject.bin")
        || lower.contains("/macrosheets/")
        || ((lower.starts_with("basic/") || lower.starts_with("scripts/")) && !lower.ends_with('/'))
        || ending(&[".exe", ".dll", ".scr", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".hta", ".jar", ".lnk"])
}

/// Files that were put inside as such.
fn is_file(lower: &str, kind: Kind) -> bool {
    let inside = ["word/embeddings/", "xl/embeddings/", "word/activex/", "xl/activex/"];
    let is_open = matches!(kind, Kind::Odt | Kind::Ods);
    !lower.ends_with('/')
        && (inside.iter().any(|folder| lower.starts_with(folder))
            || (is_open && lower.starts_with("object ") && lower.ends_with("content.xml")))
}

/// Whether a name of small letters has this ending.
fn ends(lower: &str, ending: &str) -> bool {
    lower.rsplit_once('.').is_some_and(|(_, told)| told == ending)
}

/// Parts that are read; the others are counted only.
fn is_looked_at(lower: &str, kind: Kind) -> bool {
    let is_xml = ends(lower, "xml") || ends(lower, "rels");
    is_xml
        && match kind {
            Kind::Docx => lower.starts_with("word/") || lower.starts_with("docprops/"),
            Kind::Xlsx => lower.starts_with("xl/") || lower.starts_with("docprops/"),
            Kind::Odt | Kind::Ods => {
                matches!(lower, "content.xml" | "styles.xml" | "meta.xml" | "meta-inf/manifest.xml")
            }
            Kind::Pdf => false,
        }
}

/// Elements whose text is the name of a person or an office.
const AUTHORS: [&str; 5] = ["creator", "lastModifiedBy", "initial-creator", "Company", "Manager"];

/// Reads one part: what is hidden is counted, words become lines.
fn look(xml: &str, part: &str, tally: &mut Tally, lines: &mut Vec<Line>) -> Result<(), Refused> {
    let mut reader = Reader::from_str(xml);
    let (mut words, mut own) = (String::new(), String::new());
    let is_meta = part.starts_with("docprops/") || part == "meta.xml";
    // The text of the main part of a Word file is read with its columns elsewhere.
    let gives_words = !is_meta && part != "word/document.xml" && !ends(part, "rels");
    let is_comment = part.contains("comments");
    loop {
        match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Start(tag) => {
                hidden(&tag, part, tally);
                own.clear();
                if is_paragraph(tag.local_name().as_ref()) {
                    words.clear();
                }
            }
            Event::Empty(tag) => hidden(&tag, part, tally),
            Event::Text(text) => {
                let text = text.xml10_content();
                own.push_str(&text);
                words.push_str(&text);
            }
            Event::GeneralRef(name) => {
                if let Ok(Some(sign)) = name.resolve_char_ref() {
                    words.push(sign);
                }
            }
            Event::End(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if is_meta && AUTHORS.contains(&name) && !own.trim().is_empty() {
                    tally.add(Hidden::Author, &own);
                }
                if gives_words && !is_comment && is_paragraph(name) {
                    let text = tidy(&words);
                    words.clear();
                    if !text.is_empty() {
                        lines.push(line(text, lines.len()));
                    }
                }
                own.clear();
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "h" | "si" | "is")
}

fn line(text: String, before: usize) -> Line {
    let number = u32::try_from(before + 1).unwrap_or(u32::MAX);
    Line { text, page: None, number, side: Side::Full, bold: None, opens: true, centred: None }
}

fn hidden(tag: &BytesStart<'_>, part: &str, tally: &mut Tally) {
    let value = |key: &str| {
        let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == key);
        found.map(|a| a.value.as_ref().to_owned()).unwrap_or_default()
    };
    let is_on = |key: &str| !matches!(value(key).as_str(), "" | "0" | "false" | "none" | "off");
    let (is_word, is_sheet) = (part.starts_with("word/"), part.starts_with("xl/"));
    match tag.local_name().as_ref() {
        "comment" if part.contains("comments") => {
            tally.add(Hidden::Comments, &value("author"));
        }
        "annotation" if part == "content.xml" => tally.add(Hidden::Comments, ""),
        "ins" | "del" | "moveFrom" | "moveTo" if is_word && !value("author").is_empty() => {
            tally.add(Hidden::Changes, &value("author"));
        }
        "changed-region" => tally.add(Hidden::Changes, ""),
        "vanish"
            if is_word && !matches!(value("val").as_str(), "0" | "false") && part != "word/styles.xml" =>
        {
            tally.add(Hidden::Words, "");
        }
        "sheet" if is_sheet && matches!(value("state").as_str(), "hidden" | "veryHidden") => {
            tally.add(Hidden::Sheets, &value("name"));
        }
        "table-properties" if value("display") == "false" => tally.add(Hidden::Sheets, ""),
        "row" | "col" if is_sheet && is_on("hidden") => tally.add(Hidden::Cells, ""),
        "table-row" | "table-column" if matches!(value("visibility").as_str(), "collapse" | "filter") => {
            tally.add(Hidden::Cells, "");
        }
        // A link that is seen is no secret; a template, picture or file from elsewhere is fetched unasked.
        "Relationship" if value("TargetMode") == "External" && !value("Type").ends_with("/hyperlink") => {
            tally.add(Hidden::Links, &value("Target"));
        }
        _ => {}
    }
}
