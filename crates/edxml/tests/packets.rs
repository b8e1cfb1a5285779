//! Packets as they are written, and as other systems write them.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::io::{Cursor, Write as _};

use edxml::{
    Answered, Business, Fault, File, MOST_FILES, Organ, Packet, Signer, Status, StatusCode, is_organ_id,
    read, read_status, write, write_status,
};
use jiff::civil::date;

fn organ(id: &str, name: &str) -> Organ {
    Organ { id: id.into(), name: name.into(), email: "vanthu@mau.example".into(), ..Organ::default() }
}

fn packet() -> Packet {
    let mut packet = Packet {
        from: organ("H42.15", "UBND xã Mẫu & <thử>"),
        to: vec![organ("H42.10", "Sở Thí Dụ"), organ("000.00.10.H42", "Sở Minh Họa")],
        number: "125".into(),
        notation: "UBND-VHTT".into(),
        place: "Mẫu".into(),
        day: Some(date(2026, 11, 30)),
        type_name: "Công văn".into(),
        subject: "V/v cung cấp thông tin \"tiến độ\"".into(),
        content: "Trả lời báo chí".into(),
        signer: Signer {
            competence: "KT.".into(),
            position: "Phó Chủ tịch".into(),
            full_name: "Lê Minh Họa".into(),
        },
        due: Some(date(2026, 12, 15)),
        places: vec!["Như trên".into(), "Lưu: VT".into()],
        priority: 1,
        answers: vec![Answered {
            organ: "H42.10".into(),
            code: "1140/STTTT".into(),
            day: Some(date(2026, 11, 20)),
            document: "H42.10,2026/11/20,1140/STTTT".into(),
        }],
        business: Business::Replace,
        made_at: Some("2026-11-30T03:00:00Z".parse().unwrap()),
        files: vec![File {
            name: "công văn 125.pdf".into(),
            description: "Toàn văn".into(),
            media_type: "application/pdf".into(),
            bytes: b"%PDF-1.7 \x00\xff".to_vec(),
        }],
        ..Packet::default()
    };
    packet.document = packet.identifier();
    packet
}

fn status() -> Status {
    Status {
        from: organ("H42.10", "Sở Thí Dụ"),
        to: "H42.15".into(),
        document: "H42.15,2026/11/30,125/UBND-VHTT".into(),
        code: "125/UBND-VHTT".into(),
        day: Some(date(2026, 11, 30)),
        status: StatusCode::Accepted,
        description: "Đã vào sổ".into(),
        at: Some("2026-11-30T04:00:00Z".parse().unwrap()),
        staff: "Nguyễn Thị An".into(),
    }
}

#[test]
fn what_is_written_is_read_again_field_by_field() {
    let packet = packet();
    assert_eq!(read(&write(&packet).unwrap()).unwrap(), packet);
    let status = status();
    assert_eq!(read_status(&write_status(&status).unwrap()).unwrap(), status);
}

#[test]
fn every_element_bears_the_literal_prefix_and_business_is_spelled_as_the_exchange_does() {
    let text = String::from_utf8(write(&packet()).unwrap()).unwrap();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{}", &text[..60]);
    for tag in text.split('<').skip(2) {
        let name = tag.trim_start_matches('/');
        assert!(name.starts_with("edXML:"), "{tag}");
    }
    for exact in [
        "<edXML:DocumentId>H42.15,2026/11/30,125/UBND-VHTT</edXML:DocumentId>",
        "<edXML:PromulgationDate>2026/11/30</edXML:PromulgationDate>",
        "<edXML:Timestamp>2026/11/30 10:00:00</edXML:Timestamp>",
        "<edXML:BussinessDocType>3</edXML:BussinessDocType>",
        "<edXML:OrganName>UBND xã Mẫu &amp; &lt;thử&gt;</edXML:OrganName>",
    ] {
        assert!(text.contains(exact), "{exact}: {text}");
    }
}

#[test]
fn signs_that_xml_does_not_know_are_left_out_not_written() {
    let odd = Packet { subject: "a\u{0}b\u{8}c\u{FFFE}".into(), ..packet() };
    assert_eq!(read(&write(&odd).unwrap()).unwrap().subject, "abc");
}

/// A packet as another system writes it: junk first, a default namespace, a made-up day, a file in an archive.
fn foreign(file: &str) -> Vec<u8> {
    format!(
        "\u{FEFF}junk\n<?xml version='1.0'?><edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'><edXMLEnvelope>\
         <edXMLHeader><MessageHeader><From><OrganId>000.00.00.H41</OrganId><OrganName> Sở\n  Mẫu </OrganName></From>\
         <To><OrganId>H42.15</OrganId></To><Code><CodeNumber>7</CodeNumber><CodeNotation>SM-VP</CodeNotation></Code>\
         <PromulgationInfo><PromulgationDate>2026/02/30</PromulgationDate></PromulgationInfo>\
         <DocumentType><Type>18</Type><TypeName>Công văn</TypeName></DocumentType><Subject>Về việc mẫu</Subject>\
         <OtherInfo><Priority>9</Priority></OtherInfo></MessageHeader><TraceHeaderList><TraceHeader>\
         <Timestamp>2026/03/01 08:00:00</Timestamp></TraceHeader><Bussiness><BussinessDocType>1</BussinessDocType>\
         </Bussiness></TraceHeaderList></edXMLHeader></edXMLEnvelope><AttachmentEncoded>{file}</AttachmentEncoded></edXML>"
    )
    .into_bytes()
}

fn attached(name: &str, bytes: &[u8]) -> String {
    use base64::Engine as _;
    let mut text = base64::engine::general_purpose::STANDARD.encode(bytes);
    // Lines as mail has them, and no padding.
    text = text.trim_end_matches('=').to_owned();
    if text.len() > 20 {
        text.insert_str(20, "\r\n  ");
    }
    format!(
        "<Attachment><AttachmentName>{name}</AttachmentName><ContentTransferEncoded>{text}</ContentTransferEncoded>\
         </Attachment>"
    )
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn packets_of_other_systems_are_read_tolerantly() {
    let inner = zipped(&[("thư mục/7-SM-VP.pdf", b"%PDF-1.4 noi dung".to_vec())]);
    let read = read(&foreign(&attached("7.zip", &inner))).unwrap();
    assert_eq!((read.from.id.as_str(), read.from.name.as_str()), ("000.00.00.H41", "Sở Mẫu"));
    assert_eq!((read.code().as_str(), read.day), ("7/SM-VP", None), "30 February is no day");
    assert_eq!((read.priority, read.business), (0, Business::Recall));
    assert_eq!(read.made_at, Some("2026-03-01T01:00:00Z".parse().unwrap()));
    assert_eq!(read.files[0].name, "7-SM-VP.pdf", "the file out of its archive, without folders");
    assert_eq!(read.files[0].bytes, b"%PDF-1.4 noi dung");
}

#[test]
fn office_files_stay_whole_and_archives_of_several_files_too() {
    let docx = zipped(&[("[Content_Types].xml", b"<Types/>".to_vec())]);
    let two = zipped(&[("a.pdf", b"%PDF".to_vec()), ("b.pdf", b"%PDF".to_vec())]);
    let wrapped = zipped(&[("thật.docx", docx.clone())]);
    for (name, given, expected) in
        [("a.docx", &docx, &docx), ("hai.zip", &two, &two), ("gói.docx", &wrapped, &docx)]
    {
        assert_eq!(&read(&foreign(&attached(name, given))).unwrap().files[0].bytes, expected, "{name}");
    }
}

#[test]
fn what_is_hostile_or_broken_is_refused_with_its_reason() {
    let bomb = zipped(&[("a.pdf", vec![0; 20 * 1024 * 1024])]);
    let many = attached("a.pdf", b"%PDF").repeat(MOST_FILES + 1);
    let doctype = b"<?xml version='1.0'?><!DOCTYPE edXML [<!ENTITY a 'b'>]><edXML/>".to_vec();
    let cut = &write(&packet()).unwrap()[..300];
    let broken = "<Attachment><AttachmentName>a</AttachmentName><ContentTransferEncoded>***</ContentTransferEncoded></Attachment>";
    let cases: [(&str, &[u8], Fault); 9] = [
        ("empty", b"", Fault::NotXml),
        ("not UTF-8", b"<edXML>\xff</edXML>", Fault::NotXml),
        ("cut", cut, Fault::NotXml),
        ("a document type", &doctype, Fault::NotXml),
        ("another root", b"<html/>", Fault::NotPacket),
        ("no header", b"<edXML/>", Fault::NotPacket),
        ("a bomb", &foreign(&attached("a.zip", &bomb)), Fault::TooLarge),
        ("too many", &foreign(&many), Fault::TooManyFiles),
        ("no base64", &foreign(broken), Fault::BadFile),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(read(bytes).unwrap_err(), expected, "{name}");
    }
    assert_eq!(read(&write_status(&status()).unwrap()).unwrap_err(), Fault::OtherKind);
    assert_eq!(read_status(&write(&packet()).unwrap()).unwrap_err(), Fault::OtherKind);
    let deep = format!("<edXML>{}{}</edXML>", "<a>".repeat(200_000), "</a>".repeat(200_000));
    assert!(read(deep.as_bytes()).is_err(), "a deep tree neither crashes nor is read");
}

#[test]
fn codes_of_organisations_of_either_order_are_known() {
    for good in ["H42", "H42.15", "000.00.00.H41", "A1.B2.C3", &"A".repeat(35)] {
        assert!(is_organ_id(good), "{good}");
    }
    for bad in ["", ".", "H42.", "h42", "H42 15", "H42..15", "Đ01", &"A".repeat(36)] {
        assert!(!is_organ_id(bad), "{bad}");
    }
    for code in StatusCode::ALL {
        assert_eq!(StatusCode::from_digits(code.digits()), Some(code));
    }
    for fault in Fault::ALL {
        assert_eq!(fault.to_string(), fault.word());
    }
}
