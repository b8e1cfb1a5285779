//! Reading: by local names, so that packets with and without prefixes are read; junk before the declaration, made-up
//! dates and empty blocks are passed over.

use std::io::{Cursor, Read as _};

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use roxmltree::{Document, Node, ParsingOptions};

use crate::{
    Answered, Business, Fault, File, MOST_BYTES, MOST_FILES, MOST_SIGNS, Organ, Packet, Signer, Status,
    StatusCode,
};

/// Elements of a packet.
const MOST_NODES: u32 = 100_000;
/// Entries of an archive around a file.
const MOST_ENTRIES: usize = 20;
/// How much larger a file may be than its archive.
const MOST_RATIO: u64 = 100;

/// Base64 as systems write it: with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The document packet in these bytes.
///
/// # Errors
/// Why it is none.
pub fn read(bytes: &[u8]) -> Result<Packet, Fault> {
    let text = text_of(bytes)?;
    let document = parse(&text)?;
    let root = document.root_element();
    if find(root, "Status").is_some() && find(root, "MessageHeader").is_none() {
        return Err(Fault::OtherKind);
    }
    let header = find(root, "MessageHeader").ok_or(Fault::NotPacket)?;
    let from = child(header, "From").ok_or(Fault::NotPacket)?;
    let code = child(header, "Code");
    let in_code = |name: &str| code.map(|code| line(code, name)).unwrap_or_default();
    let info = child(header, "PromulgationInfo");
    let in_info = |name: &str| info.map(|info| line(info, name)).unwrap_or_default();
    let signer = child(header, "SignerInfo");
    let in_signer = |name: &str| signer.map(|signer| line(signer, name)).unwrap_or_default();
    let business = find(root, "Bussiness").or_else(|| find(root, "Business"));
    let number = business.map(|node| line(node, "BussinessDocType")).and_then(|text| text.parse().ok());
    Ok(Packet {
        from: organ(from),
        to: children(header, "To").map(organ).collect(),
        document: line(header, "DocumentId"),
        number: in_code("CodeNumber"),
        notation: in_code("CodeNotation"),
        place: in_info("Place"),
        day: day(&in_info("PromulgationDate")),
        type_name: child(header, "DocumentType").map(|node| line(node, "TypeName")).unwrap_or_default(),
        subject: line(header, "Subject"),
        content: line(header, "Content"),
        signer: Signer {
            competence: in_signer("Competence"),
            position: in_signer("Position"),
            full_name: in_signer("FullName"),
        },
        due: day(&line(header, "DueDate")),
        places: child(header, "ToPlaces")
            .map(|node| children(node, "Place").map(own_line).filter(|place| !place.is_empty()).collect())
            .unwrap_or_default(),
        priority: child(header, "OtherInfo")
            .and_then(|node| line(node, "Priority").parse().ok())
            .filter(|priority| *priority <= 4)
            .unwrap_or(0),
        answers: children(header, "ResponseFor")
            .map(answered)
            .filter(|it| *it != Answered::default())
            .collect(),
        business: number.and_then(Business::from_number).unwrap_or_default(),
        made_at: find(root, "TraceHeader").and_then(|node| instant(&line(node, "Timestamp"))),
        files: files(root)?,
    })
}

/// The status packet in these bytes.
///
/// # Errors
/// Why it is none.
pub fn read_status(bytes: &[u8]) -> Result<Status, Fault> {
    let text = text_of(bytes)?;
    let document = parse(&text)?;
    let root = document.root_element();
    let code = find(root, "StatusCode").map(own_line);
    let Some(code) = code else {
        return Err(if find(root, "Code").is_some() { Fault::OtherKind } else { Fault::NotPacket });
    };
    let status = StatusCode::from_digits(&code).ok_or(Fault::NotPacket)?;
    let block = find(root, "StatusCode").and_then(|node| node.parent_element()).ok_or(Fault::NotPacket)?;
    let about = child(block, "ResponseFor").map(answered).unwrap_or_default();
    Ok(Status {
        from: child(block, "From").map(organ).unwrap_or_default(),
        to: about.organ,
        document: about.document,
        code: about.code,
        day: about.day,
        status,
        description: line(block, "Description"),
        at: instant(&line(block, "Timestamp")),
        staff: child(block, "StaffInfo").map(|node| line(node, "Staff")).unwrap_or_default(),
    })
}

/// The text of a packet, without what stands before its first mark.
fn text_of(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotXml)?;
    let first = text.find('<').ok_or(Fault::NotXml)?;
    Ok(text[first..].to_owned())
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| Fault::NotXml)?;
    match document.root_element().tag_name().name() {
        "edXML" => Ok(document),
        _ => Err(Fault::NotPacket),
    }
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn find<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|node| is(node, name))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|node| is(node, name))
}

fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |node| is(node, name))
}

fn own_line(node: Node<'_, '_>) -> String {
    let text: String = node.text().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(MOST_SIGNS).collect()
}

/// The text of a child in one line; empty for none.
fn line(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(own_line).unwrap_or_default()
}

fn organ(node: Node<'_, '_>) -> Organ {
    Organ {
        id: line(node, "OrganId"),
        in_charge: line(node, "OrganizationInCharge"),
        name: line(node, "OrganName"),
        address: line(node, "OrganAdd"),
        email: line(node, "Email"),
        telephone: line(node, "Telephone"),
        fax: line(node, "Fax"),
        website: line(node, "Website"),
    }
}

fn answered(node: Node<'_, '_>) -> Answered {
    Answered {
        organ: line(node, "OrganId"),
        code: line(node, "Code"),
        day: day(&line(node, "PromulgationDate")),
        document: line(node, "DocumentId"),
    }
}

/// A day in one of the forms that are met; a made-up one (30 February) is none.
fn day(text: &str) -> Option<Date> {
    let part = text.split([' ', 'T']).next()?;
    ["%Y/%m/%d", "%Y-%m-%d", "%d/%m/%Y"].into_iter().find_map(|form| Date::strptime(form, part).ok())
}

/// An instant, in the time of Vietnam where none is named.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let forms = ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"];
    let local = forms.into_iter().find_map(|form| DateTime::strptime(form, text).ok())?;
    let zone = TimeZone::fixed(jiff::tz::offset(7));
    zone.to_zoned(local).ok().map(|zoned| zoned.timestamp())
}

fn files(root: Node<'_, '_>) -> Result<Vec<File>, Fault> {
    let attachments: Vec<Node<'_, '_>> = root.descendants().filter(|node| is(node, "Attachment")).collect();
    if attachments.len() > MOST_FILES {
        return Err(Fault::TooManyFiles);
    }
    let mut left = MOST_BYTES;
    let mut files = Vec::new();
    for node in attachments {
        let Some(content) = child(node, "ContentTransferEncoded") else { continue };
        let text: String = content
            .children()
            .filter_map(|node| node.text())
            .flat_map(str::chars)
            .filter(|sign| !sign.is_ascii_whitespace())
            .collect();
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_| Fault::BadFile)?;
        let name = line(node, "AttachmentName");
        let (name, bytes) = unpacked(name, bytes, left)?;
        left = left.checked_sub(bytes.len()).ok_or(Fault::TooLarge)?;
        files.push(File {
            name,
            description: line(node, "Description"),
            media_type: line(node, "ContentType"),
            bytes,
        });
    }
    Ok(files)
}

/// The file inside the archive that some systems put around it; a document that is itself an archive stays as it is.
fn unpacked(name: String, bytes: Vec<u8>, left: usize) -> Result<(String, Vec<u8>), Fault> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let is_document = matches!(ending.as_str(), "docx" | "xlsx" | "pptx" | "odt" | "ods" | "jar");
    if is_document && !is_wrapped(&bytes) || !bytes.starts_with(b"PK\x03\x04") {
        return if bytes.len() <= left { Ok((name, bytes)) } else { Err(Fault::TooLarge) };
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).map_err(|_| Fault::BadFile)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Fault::BadFile);
    }
    let only =
        (0..archive.len()).filter(|index| archive.by_index_raw(*index).is_ok_and(|entry| entry.is_file()));
    let only: Vec<usize> = only.collect();
    // More than one file is the sender's own archive, which is kept as it is.
    let [index] = only[..] else {
        return if bytes.len() <= left { Ok((name, bytes)) } else { Err(Fault::TooLarge) };
    };
    let mut entry = archive.by_index(index).map_err(|_| Fault::BadFile)?;
    if entry.size() > left as u64 || entry.size() / entry.compressed_size().max(1) > MOST_RATIO {
        return Err(Fault::TooLarge);
    }
    let inner = entry.name().rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    let mut content = Vec::new();
    let most = left as u64;
    (&mut entry).take(most + 1).read_to_end(&mut content).map_err(|_| Fault::BadFile)?;
    if content.len() as u64 > most {
        return Err(Fault::TooLarge);
    }
    let has_ending = inner.contains('.');
    Ok((if has_ending { inner } else { name }, content))
}

/// Whether an archive that bears the name of an office file only wraps one: it lacks the parts of one.
fn is_wrapped(bytes: &[u8]) -> bool {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let own = ["[Content_Types].xml", "mimetype", "META-INF/manifest.xml"];
    !archive.file_names().any(|name| own.contains(&name))
}
