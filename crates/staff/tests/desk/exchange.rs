//! Packets of the exchange through HTTP: made of a line, taken in, reported on; nothing hostile is drawn or kept.

use domain::access::Role;
use http::StatusCode;

use crate::site::Site;

async fn line(site: &Site) -> String {
    let fields = [("symbol", "125/UBND-VP"), ("issued_on", "01/06/2020"), ("summary", "V/v báo cáo")];
    let form = site.get(Role::Clerk, "/registers/outgoing_documents/new").await.text();
    let mut all: Vec<(&str, &str)> = fields.to_vec();
    for part in form.split(" name=\"").skip(1) {
        let name = part.split('"').next().unwrap();
        if !["csrf", "once", "symbol", "issued_on", "summary"].contains(&name)
            && !all.iter().any(|(known, _)| *known == name)
            && form.contains(&format!("id=\"f-{name}\""))
        {
            all.push((name, ""));
        }
    }
    let added = site.post(Role::Clerk, "/registers/outgoing_documents/new", &all).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let list = site.get(Role::Clerk, "/registers/outgoing_documents").await.text();
    let start = list.find("/registers/outgoing_documents/01").unwrap();
    list[start..start + "/registers/outgoing_documents/".len() + 26].to_owned()
}

#[tokio::test]
async fn a_packet_is_made_of_a_line_and_another_is_taken_in_and_reported_on() {
    let site = Site::new();
    let record = line(&site).await;
    let page = site.get(Role::Clerk, &record).await.text();
    let id = record.rsplit('/').next().unwrap();
    let address = format!("/exchange/send/{id}");
    assert!(page.contains(&address), "{page}");
    assert!(!site.get(Role::Officer, &record).await.text().contains(&address), "who issues makes packets");

    let fields = [
        ("receivers", "H42.10 Sở Thí Dụ"),
        ("type_name", "Công văn"),
        ("priority", "0"),
        ("business", "new"),
    ];
    let early = site.upload_with(Role::Clerk, &address, &fields, ("125.pdf", b"%PDF-1.7")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("Chưa khai mã định danh") && early.text().contains("H42.10 Sở Thí Dụ"));
    let office = app::office::Office { organ_id: "H42.15".into(), ..app::office::office(&site.app).unwrap() };
    app::office::change_office(&site.app, &app::Actor::command_line(), &office).unwrap();
    let sent = site.upload_with(Role::Clerk, &address, &fields, ("125.pdf", b"%PDF-1.7")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let packet = site.get(Role::Clerk, &format!("{}/packet", sent.location)).await;
    assert_eq!(packet.kind, "application/xml");
    assert!(packet.text().contains("<edXML:OrganId>H42.15</edXML:OrganId>"), "{}", packet.text());

    let fields = [("arrival_number", "7"), ("arrived_on", ""), ("handler", "")];
    let came = site
        .upload_with(Role::Clerk, "/exchange/receive", &fields, ("goi.edxml", packet.text().as_bytes()))
        .await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text());
    let shown = site.get(Role::Leader, &came.location).await.text();
    for text in ["V/v báo cáo", "Nhận về", "125.pdf", "chưa được kiểm tra", "Văn bản mới"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains("/status\""), "who only reads reports nothing");
    let file = site.get(Role::Leader, &format!("{}/files/0", came.location)).await;
    assert_eq!((file.kind.as_str(), file.text().as_str()), ("application/octet-stream", "%PDF-1.7"));

    let status = format!("{}/status", came.location);
    let silent = site.post(Role::Clerk, &status, &[("status", "02"), ("description", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = site.post(Role::Clerk, &status, &[("status", "03"), ("description", "")]).await;
    assert_eq!(made.kind, "application/xml", "{}", made.text());
    let noted = site
        .upload_with(Role::Clerk, "/exchange/receive", &fields, ("03.edxml", made.text().as_bytes()))
        .await;
    assert_eq!(noted.location, sent.location, "the status stands with what was sent");
    assert!(site.get(Role::Clerk, &sent.location).await.text().contains("Đã tiếp nhận"));
    let list = site.get(Role::Leader, "/exchange").await.text();
    assert!(list.contains("Gửi đi") && list.contains("Nhận về"), "{list}");
}

#[tokio::test]
async fn hostile_packets_are_refused_in_words_and_what_they_say_is_drawn_as_text() {
    let site = Site::new();
    let fields = [("arrival_number", "7"), ("arrived_on", ""), ("handler", "Phòng Nội vụ")];
    let bomb =
        b"<?xml version='1.0'?><!DOCTYPE e [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><edXML>&b;</edXML>";
    for (bytes, words) in [
        (&bomb[..], "không đọc được XML"),
        (b"%PDF-1.7", "không đọc được XML"),
        (b"<edXML><MessageHeader><From/></MessageHeader></edXML>", "không có đủ nơi gửi"),
    ] {
        let told = site.upload_with(Role::Clerk, "/exchange/receive", &fields, ("goi.edxml", bytes)).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            told.text().contains(words) && told.text().contains("Phòng Nội vụ"),
            "{words}: {}",
            told.text()
        );
    }
    let script = "<edXML><MessageHeader><From><OrganName>&lt;script&gt;alert(1)&lt;/script&gt;</OrganName></From>\
                  <Code><CodeNumber>7</CodeNumber><CodeNotation>STD</CodeNotation></Code>\
                  <Subject>&lt;img src=x onerror=alert(1)&gt;</Subject></MessageHeader><AttachmentEncoded><Attachment>\
                  <AttachmentName>../../a\"b.html</AttachmentName><ContentTransferEncoded>PGI+</ContentTransferEncoded>\
                  </Attachment></AttachmentEncoded></edXML>";
    let came =
        site.upload_with(Role::Clerk, "/exchange/receive", &fields, ("x.xml", script.as_bytes())).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text());
    let page = site.get(Role::Clerk, &came.location).await.text();
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{page}");
    let file = site.get(Role::Clerk, &format!("{}/files/0", came.location)).await;
    assert_eq!(file.kind, "application/octet-stream", "a page among the files is saved, never opened");
}
