//! A DOCX as offices write it becomes an article that the sanitiser leaves as it is.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

use std::io::{Cursor, Write as _};

use reading::article::{LeftOut, read};
use reading::{Limits, Refused};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\nrest of the picture";

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:wp=\"wp\" xmlns:mc=\"mc\" xmlns:c=\"c\">\
         <w:body>{body}</w:body></w:document>"
    )
}

const STYLES: &str = "<w:styles xmlns:w=\"w\">\
    <w:style w:styleId=\"u\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"u2\"><w:name w:val=\"heading 2\"/><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"u2\"/></w:style>\
    <w:style w:styleId=\"Chuthich\"><w:name w:val=\"caption\"/></w:style>\
    <w:style w:styleId=\"Ring\"><w:name w:val=\"ring\"/><w:basedOn w:val=\"Ring\"/></w:style>\
    <w:style w:styleId=\"Q\"><w:name w:val=\"Quote\"/></w:style></w:styles>";

const NUMBERING: &str = "<w:numbering xmlns:w=\"w\">\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
    <w:lvlText w:val=\"Điều %1.\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>";

const LINKS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"https://chinhphu.vn/?a=1&amp;b=2\" TargetMode=\"External\"/>\
    <Relationship Id=\"r2\" Target=\"media/image1.png\"/><Relationship Id=\"r3\" Target=\"javascript:alert(1)\" TargetMode=\"External\"/>\
    <Relationship Id=\"r4\" Target=\"../../etc/passwd\"/></Relationships>";

fn html(body: &str) -> reading::article::Article {
    let main = document(body);
    let bytes = package(&[
        ("word/document.xml", main.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/_rels/document.xml.rels", LINKS.as_bytes()),
        ("word/media/image1.png", PNG),
        (
            "word/footnotes.xml",
            "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"4\"><w:p><w:r><w:t>Theo báo cáo.</w:t></w:r></w:p></w:footnote></w:footnotes>"
                .as_bytes(),
        ),
    ]);
    let article = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        rich_text::clean(&article.html).unwrap().replace(" rel=\"noopener noreferrer\"", ""),
        article.html,
        "the sanitiser finds nothing to take away"
    );
    article
}

fn p(style: &str, inner: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inner}</w:p>")
}

fn r(look: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn headings_looks_and_links_stay_and_the_title_is_taken_out() {
    let body = [
        p("u", &r("<w:b/>", "Xã Tân Lập khai giảng năm học mới")),
        p("Mine", &r("", "Hơn 500 học sinh")),
        format!(
            "<w:p>{}{}{}<w:hyperlink r:id=\"r1\">{}</w:hyperlink>{}</w:p>",
            r("", "Sáng "),
            r("<w:b/>", "05/9 "),
            r("<w:i/>", "tại"),
            r("", "Cổng"),
            "<w:hyperlink r:id=\"r3\"><w:r><w:t xml:space=\"preserve\"> xấu</w:t></w:r></w:hyperlink>"
        ),
        p("Q", &r("", "“Học, học nữa”")),
    ]
    .concat();
    let article = html(&body);
    assert_eq!(article.title, "Xã Tân Lập khai giảng năm học mới");
    assert_eq!(
        article.html,
        "<h3>Hơn 500 học sinh</h3><p>Sáng <strong>05/9</strong> <em>tại</em>\
         <a href=\"https://chinhphu.vn/?a=1&amp;b=2\">Cổng</a> xấu</p><blockquote><p>“Học, học nữa”</p></blockquote>"
    );
}

#[test]
fn a_centred_bold_line_is_the_title_where_no_style_says_so() {
    let centred =
        |text: &str| format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", r("<w:b/>", text));
    let article =
        html(&[centred("KẾT QUẢ"), centred("thu hoạch lúa mùa"), p("", &r("", "Nội dung."))].concat());
    assert_eq!(article.title, "KẾT QUẢ thu hoạch lúa mùa");
    assert_eq!(article.html, "<p>Nội dung.</p>");
}

#[test]
fn lists_are_nested_and_marks_that_speak_are_written_out() {
    let item = |list: usize, level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
            r("", text)
        )
    };
    let body = [
        item(2, 0, "Phạm vi"),
        item(1, 0, "Một"),
        item(1, 1, "Con"),
        item(1, 1, "Con nữa"),
        item(1, 0, "Hai"),
        item(2, 0, "Đối tượng"),
    ]
    .concat();
    assert_eq!(
        html(&body).html,
        "<p>Điều 1. Phạm vi</p><ul><li>Một<ol><li>Con</li><li>Con nữa</li></ol></li><li>Hai</li></ul>\
         <p>Điều 2. Đối tượng</p>"
    );
}

#[test]
fn pictures_come_out_with_their_words_and_tables_with_what_they_span() {
    let cell = |own: &str, inner: &str| format!("<w:tc><w:tcPr>{own}</w:tcPr>{inner}</w:tc>");
    let plain = |look: &str, text: &str| format!("<w:p>{}</w:p>", r(look, text));
    let body = [
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"Học sinh &lt;ngồi&gt; học\"/><a:blip r:embed=\"r2\"/></wp:inline></w:drawing></w:r></w:p>".to_owned(),
        p("Chuthich", &r("", "Ảnh: Hà My")),
        p("Chuthich", &r("", "Bảng 1")),
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell("<w:gridSpan w:val=\"1\"/>", &plain("<w:b/>", "Xã")),
            cell("", &plain("<w:b/>", "Số")),
            cell("<w:vMerge w:val=\"restart\"/>", &plain("", "An")),
            cell("", &plain("", "1")),
            cell("<w:vMerge/>", "<w:p/>"),
            cell("", &plain("", "2")),
        ),
        "<w:p><w:r><w:t>Hết</w:t><w:footnoteReference w:id=\"4\"/></w:r></w:p>".to_owned(),
    ]
    .concat();
    let article = html(&body);
    assert_eq!(article.pictures.len(), 1);
    assert_eq!(
        (article.pictures[0].alt.as_str(), article.pictures[0].bytes.as_slice()),
        ("Học sinh <ngồi> học", PNG)
    );
    assert_eq!(
        article.html.replace("&lt;", "<").replace("&gt;", ">"),
        "<figure><img src=\"/tep/word-1\" alt=\"Học sinh <ngồi> học\"><figcaption>Ảnh: Hà My</figcaption></figure>\
         <table><caption>Bảng 1</caption><thead><tr><th scope=\"col\">Xã</th><th scope=\"col\">Số</th></tr></thead>\
         <tbody><tr><td rowspan=\"2\">An</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>\
         <p>Hết<sup>[1]</sup></p><hr><ol><li>Theo báo cáo.</li></ol>"
    );
}

#[test]
fn a_short_line_in_italics_in_the_middle_below_a_picture_is_its_caption_and_elsewhere_it_is_text() {
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"Cầu\"/><a:blip r:embed=\"r2\"/></wp:inline></w:drawing></w:r></w:p>";
    let line = |jc: &str, look: &str, text: &str| {
        format!("<w:p><w:pPr><w:jc w:val=\"{jc}\"/></w:pPr>{}</w:p>", r(look, text))
    };
    let by_hand = line("center", "<w:i/>", "Cầu Quế sau khi sửa");
    let shown = html(&format!("{picture}{by_hand}")).html;
    assert!(shown.contains("<figcaption><em>Cầu Quế sau khi sửa</em></figcaption></figure>"), "{shown}");
    for other in [
        format!("{picture}{}", line("left", "<w:i/>", "Nghiêng bên trái")),
        format!("{picture}{}", line("center", "", "Đứng ở giữa")),
        format!("{picture}{}", line("center", "<w:i/>", &"dài ".repeat(60))),
        format!("{}{by_hand}", p("", &r("", "Không có ảnh"))),
    ] {
        let shown = html(&other).html;
        assert!(!shown.contains("figcaption"), "{shown}");
    }
}

#[test]
fn what_is_hidden_deleted_or_foreign_is_left_out_and_told() {
    let body = [
        format!("<w:p>{}<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>{}</w:p>", r("", "mới"), r("<w:vanish/>", "mật")),
        "<w:p><w:commentRangeStart/><w:r><w:t>a</w:t></w:r><w:r><w:drawing><c:chart/></w:drawing></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:drawing><a:blip r:embed=\"r4\"/></w:drawing></w:r></w:p>".to_owned(),
    ]
    .concat();
    let article = html(&body);
    assert_eq!(article.html, "<p>mới</p><p>a</p>");
    assert_eq!(
        article.left_out,
        [
            LeftOut::Comments,
            LeftOut::TrackedChanges,
            LeftOut::HiddenText,
            LeftOut::Pictures,
            LeftOut::Objects
        ]
    );
}

#[test]
fn macros_locked_and_old_files_are_refused_with_their_reason() {
    let limits = Limits::default();
    let main = document("");
    let macros = package(&[("word/document.xml", main.as_bytes()), ("word/vbaProject.bin", b"x")]);
    assert_eq!(read(&macros, &limits), Err(Refused::Macros));
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(read(&old, &limits), Err(Refused::OldWord));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&old, &limits), Err(Refused::Locked));
}
