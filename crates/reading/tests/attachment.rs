//! Files that are to be published as they are: what is refused, and what is found hidden in the others.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

use std::io::Write as _;

use reading::attachment::{Checked, Hidden, Kind, check};
use reading::{Limits, Refused};
use zip::write::SimpleFileOptions;

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn look(bytes: &[u8]) -> Result<Checked, Refused> {
    check(bytes, &Limits::default())
}

fn found(checked: &Checked) -> Vec<(Hidden, u32, &str)> {
    checked.findings.iter().map(|f| (f.hidden, f.count, f.example.as_str())).collect()
}

fn word(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())];
    parts.extend_from_slice(more);
    zip(&parts)
}

fn sheet(more: &[(&str, &[u8])]) -> Vec<u8> {
    let book = br#"<workbook><sheets><sheet name="Bang" sheetId="1"/><sheet name="Luong" state="veryHidden" sheetId="2"/></sheets></workbook>"#;
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", TYPES.as_bytes()), ("xl/workbook.xml", book)];
    parts.extend_from_slice(more);
    zip(&parts)
}

fn open(kind: &str, content: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mime = format!("application/vnd.oasis.opendocument.{kind}");
    let mut parts: Vec<(&str, &[u8])> =
        vec![("mimetype", mime.as_bytes()), ("content.xml", content.as_bytes())];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// A PDF of these objects, the first of them its catalogue.
fn pdf(objects: &[&str], info: &str) -> Vec<u8> {
    let mut made = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(made.len());
        made.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = made.len();
    made.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        made.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end =
        format!("trailer\n<< /Size {} /Root 1 0 R {info} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    made.extend(end.bytes());
    made
}

const PAGES: &str = "<< /Type /Pages /Kids [] /Count 0 >>";

#[test]
fn what_is_hidden_in_a_word_file_is_found() {
    let body = r#"<w:p><w:r><w:t>Công khai</w:t></w:r><w:ins w:author="Lan"><w:r><w:t>thêm</w:t></w:r></w:ins>
        <w:del w:author="Lan"><w:r><w:delText>bớt</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r></w:p>"#;
    let comments = r#"<w:comments xmlns:w="w"><w:comment w:author="Minh"><w:p><w:r><w:t>xem lại</w:t></w:r></w:p></w:comment></w:comments>"#;
    let core = "<p:coreProperties xmlns:p='p' xmlns:dc='d'><dc:creator>Nguyễn Văn An</dc:creator><p:lastModifiedBy>Lan</p:lastModifiedBy></p:coreProperties>";
    let links = r#"<Relationships><Relationship Id="1" Type="x/attachedTemplate" Target="http://a/b.dot" TargetMode="External"/>
        <Relationship Id="2" Type="x/hyperlink" Target="https://gov.vn" TargetMode="External"/></Relationships>"#;
    let file = word(
        body,
        &[
            ("word/comments.xml", comments.as_bytes()),
            ("docProps/core.xml", core.as_bytes()),
            ("word/_rels/document.xml.rels", links.as_bytes()),
            ("word/embeddings/oleObject1.bin", b"\0\0"),
        ],
    );
    let checked = look(&file).unwrap();
    assert_eq!(checked.kind, Kind::Docx);
    assert_eq!(
        found(&checked),
        [
            (Hidden::Author, 2, "Nguyễn Văn An"),
            (Hidden::Comments, 1, "Minh"),
            (Hidden::Changes, 2, "Lan"),
            (Hidden::Words, 1, ""),
            (Hidden::Links, 1, "http://a/b.dot"),
            (Hidden::Files, 1, "oleObject1.bin"),
        ]
    );
}

#[test]
fn what_is_hidden_in_sheets_is_found_and_their_words_are_read() {
    let rows = br#"<worksheet><cols><col min="1" hidden="1"/></cols><sheetData><row r="1" hidden="1"/><row r="2"/></sheetData></worksheet>"#;
    let words = "<sst><si><t>Dân số</t></si><si><r><t>Hà </t></r><r><t>Nam</t></r></si></sst>";
    let file = sheet(&[
        ("xl/worksheets/sheet1.xml", rows),
        ("xl/sharedStrings.xml", words.as_bytes()),
        ("xl/comments1.xml", b"<comments><commentList><comment ref=\"A1\"><text><t>x</t></text></comment></commentList></comments>"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    ]);
    let checked = look(&file).unwrap();
    assert_eq!((checked.kind, checked.text.as_deref()), (Kind::Xlsx, Some("Dân số\nHà Nam")));
    assert_eq!(
        found(&checked),
        [
            (Hidden::Comments, 1, ""),
            (Hidden::Sheets, 1, "Luong"),
            (Hidden::Cells, 2, ""),
            (Hidden::Links, 1, ""),
        ]
    );
}

#[test]
fn what_is_hidden_in_open_documents_is_found() {
    let text = "<o><text:p xmlns:text='t'>Xin chào</text:p><office:annotation xmlns:office='o'><p>nhắc</p></office:annotation>
        <text:changed-region xmlns:text='t'/></o>";
    let meta = "<m><meta:initial-creator xmlns:meta='m'>Lan</meta:initial-creator></m>";
    let checked = look(&open("text", text, &[("meta.xml", meta.as_bytes())])).unwrap();
    assert_eq!(checked.kind, Kind::Odt);
    let found_text = found(&checked);
    assert_eq!(found_text, [(Hidden::Author, 1, "Lan"), (Hidden::Comments, 1, ""), (Hidden::Changes, 1, "")]);
    let sheets = "<o><style:table-properties xmlns:style='s' table:display='false' xmlns:table='t'/>
        <table:table-row table:visibility='collapse' xmlns:table='t'/></o>";
    let checked = look(&open("spreadsheet", sheets, &[])).unwrap();
    assert_eq!(checked.kind, Kind::Ods);
    assert_eq!(found(&checked), [(Hidden::Sheets, 1, ""), (Hidden::Cells, 1, "")]);
}

#[test]
fn what_is_hidden_in_a_pdf_is_found() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction 3 0 R >>",
        PAGES,
        "<< /S /JavaScript /JS (app.alert) >>",
        "<< /Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents (xem lai) >>",
        "<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>",
        "<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream",
        "<< /Author (Lan) >>",
    ];
    let checked = look(&pdf(&objects, "/Info 7 0 R")).unwrap();
    assert_eq!(checked.kind, Kind::Pdf);
    assert_eq!(
        found(&checked),
        [
            (Hidden::Author, 1, "Lan"),
            (Hidden::Files, 1, ""),
            (Hidden::Scripts, 1, "JavaScript"),
            (Hidden::Annotations, 1, "xem lai"),
        ]
    );
}

#[test]
fn a_mark_of_state_secrets_is_found_in_every_kind() {
    let words = "<sst><si><t>TỐI MẬT</t></si></sst>";
    let header = "<w:hdr xmlns:w='w'><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:hdr>";
    let files = [
        sheet(&[("xl/sharedStrings.xml", words.as_bytes())]),
        open("text", "<o><p>TUYỆT MẬT</p></o>", &[]),
        open("spreadsheet", "<o><p>Độ mật: Mật</p></o>", &[]),
        word("<w:p><w:r><w:t>Nội dung</w:t></w:r></w:p>", &[("word/header1.xml", header.as_bytes())]),
    ];
    for (at, file) in files.iter().enumerate() {
        assert!(look(file).unwrap().secret.is_some(), "file {at}");
    }
}

#[test]
fn harmful_files_of_every_kind_are_refused() {
    let bomb = vec![b' '; 8 << 20];
    let program = b"\0".as_slice();
    let locked = "<m><manifest:encryption-data xmlns:manifest='m'/></m>";
    for (name, file, refused) in [
        ("bomb in a sheet", sheet(&[("xl/media/a.bin", &bomb)]), Refused::TooLarge),
        ("bomb in a text", open("text", "<o/>", &[("Pictures/a", &bomb)]), Refused::TooLarge),
        ("macros of a sheet", sheet(&[("xl/vbaProject.bin", program)]), Refused::Macros),
        ("old macros of a sheet", sheet(&[("xl/macrosheets/sheet1.xml", b"<m/>")]), Refused::Macros),
        ("macros of a text", open("text", "<o/>", &[("Basic/Standard/a.xml", b"<m/>")]), Refused::Macros),
        ("program inside", word("", &[("word/embeddings/a.exe", b"MZ")]), Refused::Macros),
        (
            "locked text",
            open("text", "<o/>", &[("META-INF/manifest.xml", locked.as_bytes())]),
            Refused::Locked,
        ),
        ("entities", open("text", "<!DOCTYPE o [<!ENTITY a 'b'>]><o>&a;</o>", &[]), Refused::Broken),
        ("other archive", zip(&[("a.txt", b"a")]), Refused::NotKnown),
        (
            "pdf with an archive",
            [pdf(&["<< /Type /Catalog /Pages 2 0 R >>", PAGES], ""), zip(&[("a", b"a")])].concat(),
            Refused::TwoKinds,
        ),
        (
            "pdf with a page",
            [pdf(&["<< /Type /Catalog /Pages 2 0 R >>", PAGES], ""), b"<script>".to_vec()].concat(),
            Refused::TwoKinds,
        ),
        ("pdf without an end", b"%PDF-1.4 <html>".to_vec(), Refused::Broken),
        ("archive with a pdf", word("", &[("%PDF-1.4", b"")]), Refused::TwoKinds),
    ] {
        assert_eq!(look(&file).err(), Some(refused), "{name}");
    }
}

#[test]
fn rows_of_a_table_are_lines_with_their_cells_apart_and_head_and_foot_of_a_document_stay_as_they_are() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |text: &str, look: &str| format!("<w:tc><w:tcPr>{look}</w:tcPr>{}</w:tc>", p(text));
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text, "")).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let head = table(&[
        row(&["ỦY BAN NHÂN DÂN HUYỆN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        row(&["Số: 07/KH-UBND", "", "Kim Bảng, ngày 02 tháng 3 năm 2020"]),
        row(&["V/v hộ nghèo", "x", "y"]),
    ]);
    // One cell over two columns, one with two paragraphs, one that holds a table of its own.
    let wide = format!("<w:tr>{}{}</w:tr>", cell("Cộng", r#"<w:gridSpan w:val="2"/>"#), cell("2.140", ""));
    let inner = table(&[row(&["Trong", "đó"])]);
    let nested =
        format!("<w:tr>{}{}<w:tc>{}{}</w:tc></w:tr>", cell("2", ""), cell("Tam Chúc", ""), inner, p("90"));
    let two = format!("<w:tr>{}<w:tc>{}{}</w:tc>{}</w:tr>", cell("1", ""), p("Lê"), p("Hồ"), cell("50", ""));
    let data = table(&[row(&["TT", "Tên xã", "Số hộ"]), two, nested, row(&["3", "", "7"]), wide]);
    let foot = table(&[
        row(&["Nơi nhận:", "", "CHỦ TỊCH"]),
        row(&["- Như trên", "", "Lê Văn A"]),
        row(&["- Lưu", "x", "y"]),
    ]);
    let body = [head, p("Danh sách"), data, p("Hết."), foot].concat();
    let text = look(&word(&body, &[])).unwrap().text.unwrap();
    assert_eq!(
        text.lines().skip(7).collect::<Vec<_>>(),
        [
            "Danh sách",
            "TT\tTên xã\tSố hộ",
            "1\tLê Hồ\t50",
            "2\tTam Chúc\tTrong đó 90",
            "3\t\t7",
            "Cộng\t\t2.140",
            "Hết.",
            "Nơi nhận:",
            "CHỦ TỊCH",
            "- Như trên",
            "Lê Văn A",
            "- Lưu",
            "x",
            "y",
        ]
    );
    assert!(!text.lines().take(7).any(|line| line.contains('\t')), "{text}");
}
