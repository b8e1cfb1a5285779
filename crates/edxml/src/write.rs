//! Writing: every element of the envelope with the literal prefix, which systems of other provinces ask for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};

use crate::{NAMESPACE, Organ, Packet, Status};

type Out = Writer<Vec<u8>>;

/// What writing into memory gives: no error happens there, and none is hidden.
type Done = std::io::Result<()>;

/// A packet as bytes.
///
/// # Errors
/// When memory cannot be written.
pub fn write(packet: &Packet) -> std::io::Result<Vec<u8>> {
    let mut out = begin()?;
    start(&mut out, "edXML:edXMLEnvelope")?;
    start(&mut out, "edXML:edXMLHeader")?;
    header(&mut out, packet)?;
    trace(&mut out, packet)?;
    end(&mut out, "edXML:edXMLHeader")?;
    start(&mut out, "edXML:edXMLBody")?;
    start(&mut out, "edXML:edXMLManifest")?;
    for (index, file) in packet.files.iter().enumerate() {
        start(&mut out, "edXML:Reference")?;
        leaf(&mut out, "edXML:ContentId", &content_id(index))?;
        leaf(&mut out, "edXML:ContentType", &file.media_type)?;
        leaf(&mut out, "edXML:Description", &file.description)?;
        leaf(&mut out, "edXML:AttachmentName", &file.name)?;
        end(&mut out, "edXML:Reference")?;
    }
    end(&mut out, "edXML:edXMLManifest")?;
    end(&mut out, "edXML:edXMLBody")?;
    end(&mut out, "edXML:edXMLEnvelope")?;
    start(&mut out, "edXML:AttachmentEncoded")?;
    for (index, file) in packet.files.iter().enumerate() {
        start(&mut out, "edXML:Attachment")?;
        leaf(&mut out, "edXML:ContentId", &content_id(index))?;
        leaf(&mut out, "edXML:AttachmentName", &file.name)?;
        leaf(&mut out, "edXML:Description", &file.description)?;
        leaf(&mut out, "edXML:ContentType", &file.media_type)?;
        leaf(&mut out, "edXML:ContentTransferEncoded", &STANDARD.encode(&file.bytes))?;
        end(&mut out, "edXML:Attachment")?;
    }
    end(&mut out, "edXML:AttachmentEncoded")?;
    end(&mut out, "edXML:edXML")?;
    Ok(out.into_inner())
}

/// A status packet as bytes.
///
/// # Errors
/// When memory cannot be written.
pub fn write_status(status: &Status) -> std::io::Result<Vec<u8>> {
    let mut out = begin()?;
    start(&mut out, "edXML:edXMLEnvelope")?;
    start(&mut out, "edXML:edXMLHeader")?;
    start(&mut out, "edXML:Status")?;
    start(&mut out, "edXML:ResponseFor")?;
    leaf(&mut out, "edXML:OrganId", &status.to)?;
    leaf(&mut out, "edXML:Code", &status.code)?;
    leaf(&mut out, "edXML:PromulgationDate", &day(status.day))?;
    leaf(&mut out, "edXML:DocumentId", &status.document)?;
    end(&mut out, "edXML:ResponseFor")?;
    organ(&mut out, "edXML:From", &status.from)?;
    leaf(&mut out, "edXML:StatusCode", status.status.digits())?;
    leaf(&mut out, "edXML:Description", &status.description)?;
    leaf(&mut out, "edXML:Timestamp", &instant(status.at))?;
    start(&mut out, "edXML:StaffInfo")?;
    leaf(&mut out, "edXML:Department", &status.from.name)?;
    leaf(&mut out, "edXML:Staff", &status.staff)?;
    end(&mut out, "edXML:StaffInfo")?;
    end(&mut out, "edXML:Status")?;
    end(&mut out, "edXML:edXMLHeader")?;
    end(&mut out, "edXML:edXMLEnvelope")?;
    end(&mut out, "edXML:edXML")?;
    Ok(out.into_inner())
}

fn content_id(index: usize) -> String {
    format!("cid:{}", index + 1)
}

fn begin() -> std::io::Result<Out> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = BytesStart::new("edXML:edXML");
    root.push_attribute(("xmlns:edXML", NAMESPACE));
    out.write_event(Event::Start(root))?;
    Ok(out)
}

fn header(out: &mut Out, packet: &Packet) -> Done {
    start(out, "edXML:MessageHeader")?;
    organ(out, "edXML:From", &packet.from)?;
    for to in &packet.to {
        organ(out, "edXML:To", to)?;
    }
    leaf(out, "edXML:DocumentId", &packet.identifier())?;
    start(out, "edXML:Code")?;
    leaf(out, "edXML:CodeNumber", &packet.number)?;
    leaf(out, "edXML:CodeNotation", &packet.notation)?;
    end(out, "edXML:Code")?;
    start(out, "edXML:PromulgationInfo")?;
    leaf(out, "edXML:Place", &packet.place)?;
    leaf(out, "edXML:PromulgationDate", &day(packet.day))?;
    end(out, "edXML:PromulgationInfo")?;
    start(out, "edXML:DocumentType")?;
    leaf(out, "edXML:Type", "")?;
    leaf(out, "edXML:TypeDetail", "")?;
    leaf(out, "edXML:TypeName", &packet.type_name)?;
    end(out, "edXML:DocumentType")?;
    leaf(out, "edXML:Subject", &packet.subject)?;
    leaf(out, "edXML:Content", &packet.content)?;
    start(out, "edXML:SignerInfo")?;
    leaf(out, "edXML:Competence", &packet.signer.competence)?;
    leaf(out, "edXML:Position", &packet.signer.position)?;
    leaf(out, "edXML:FullName", &packet.signer.full_name)?;
    end(out, "edXML:SignerInfo")?;
    leaf(out, "edXML:DueDate", &day(packet.due))?;
    start(out, "edXML:ToPlaces")?;
    for place in &packet.places {
        leaf(out, "edXML:Place", place)?;
    }
    end(out, "edXML:ToPlaces")?;
    start(out, "edXML:OtherInfo")?;
    leaf(out, "edXML:Priority", &packet.priority.to_string())?;
    end(out, "edXML:OtherInfo")?;
    for answered in &packet.answers {
        start(out, "edXML:ResponseFor")?;
        leaf(out, "edXML:OrganId", &answered.organ)?;
        leaf(out, "edXML:Code", &answered.code)?;
        leaf(out, "edXML:PromulgationDate", &day(answered.day))?;
        leaf(out, "edXML:DocumentId", &answered.document)?;
        end(out, "edXML:ResponseFor")?;
    }
    end(out, "edXML:MessageHeader")
}

fn trace(out: &mut Out, packet: &Packet) -> Done {
    start(out, "edXML:TraceHeaderList")?;
    start(out, "edXML:TraceHeader")?;
    leaf(out, "edXML:OrganId", &packet.from.id)?;
    leaf(out, "edXML:Timestamp", &instant(packet.made_at))?;
    end(out, "edXML:TraceHeader")?;
    // The exchange spells it so.
    start(out, "edXML:Bussiness")?;
    leaf(out, "edXML:DocumentId", &packet.identifier())?;
    leaf(out, "edXML:BussinessDocType", &packet.business.number().to_string())?;
    leaf(out, "edXML:BussinessDocReason", "")?;
    leaf(out, "edXML:Paper", "0")?;
    end(out, "edXML:Bussiness")?;
    end(out, "edXML:TraceHeaderList")
}

fn organ(out: &mut Out, name: &str, organ: &Organ) -> Done {
    start(out, name)?;
    for (field, value) in [
        ("edXML:OrganId", &organ.id),
        ("edXML:OrganizationInCharge", &organ.in_charge),
        ("edXML:OrganName", &organ.name),
        ("edXML:OrganAdd", &organ.address),
        ("edXML:Email", &organ.email),
        ("edXML:Telephone", &organ.telephone),
        ("edXML:Fax", &organ.fax),
        ("edXML:Website", &organ.website),
    ] {
        leaf(out, field, value)?;
    }
    end(out, name)
}

fn start(out: &mut Out, name: &str) -> Done {
    out.write_event(Event::Start(BytesStart::new(name)))
}

fn end(out: &mut Out, name: &str) -> Done {
    out.write_event(Event::End(BytesStart::new(name).to_end()))
}

fn leaf(out: &mut Out, name: &str, text: &str) -> Done {
    start(out, name)?;
    // What XML 1.0 knows no sign for would make the whole unreadable.
    let clean: String = text.chars().filter(|sign| is_sign(*sign)).collect();
    out.write_event(Event::Text(BytesText::new(&clean)))?;
    end(out, name)
}

/// A sign of XML 1.0.
fn is_sign(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.strftime("%Y/%m/%d").to_string()).unwrap_or_default()
}

/// An instant in the time of Vietnam.
fn instant(at: Option<Timestamp>) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(7));
    at.map(|at| at.to_zoned(zone).strftime("%Y/%m/%d %H:%M:%S").to_string()).unwrap_or_default()
}
