//! Hostile files, made here: bombs, broken archives, XML that brings entities, endless pictures, wrong kinds, cut
//! PDFs, files that are two things at once, deep nesting.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

type Named = (String, Vec<u8>);

const DOCUMENT: &str = "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\"><w:body><w:p><w:r><w:t>Số: 1/QĐ-UBND</w:t></w:r></w:p>\
    <w:p><w:r><w:drawing><a:blip r:embed=\"r1\"/></w:drawing></w:r></w:p></w:body></w:document>";
const LINKS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"media/a.png\"/></Relationships>";

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(xml: &str) -> Vec<u8> {
    package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn with(part: &str, bytes: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", DOCUMENT.as_bytes()),
        ("word/_rels/document.xml.rels", LINKS.as_bytes()),
        (part, bytes),
    ])
}

/// All of them with their names.
pub fn all() -> Vec<Named> {
    let mut all = Vec::new();
    bombs(&mut all);
    archives(&mut all);
    xml(&mut all);
    pictures(&mut all);
    wrong_kinds(&mut all);
    pdfs(&mut all);
    mutants(&mut all);
    all
}

fn bombs(all: &mut Vec<Named>) {
    let zeros = vec![b' '; 80 << 20];
    for size in [20, 40, 80] {
        all.push((format!("bom-{size}.docx"), package(&[("word/document.xml", &zeros[..size << 20])])));
    }
    for size in [2, 20] {
        let blank = &zeros[..size << 20];
        for part in ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/media/a.png"] {
            all.push((format!("bom-{size}-{}.docx", part.replace('/', "-")), with(part, blank)));
        }
    }
    let inner = package(&[("a", &zeros[..16 << 20])]);
    all.push(("long-nhau.docx".into(), with("word/media/a.png", &inner)));
    let names: Vec<String> = (0..3_000).map(|number| format!("word/media/{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    all.push(("nhieu-phan.docx".into(), package(&many)));
    // Every part as large as may be: together too much.
    let parts: Vec<(&str, &[u8])> =
        names.iter().take(4).map(|name| (name.as_str(), &zeros[..60 << 20])).collect();
    all.push(("tong-qua-lon.docx".into(), package(&parts)));
}

fn archives(all: &mut Vec<Named>) {
    let sound = with("word/media/a.png", b"x");
    // Sizes that lie, in each place of the directory where a size or an offset stands.
    let directory = sound.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    for (at, offset) in (16..46).step_by(2).enumerate() {
        for value in [0_u8, 0xFF] {
            let mut bytes = sound.clone();
            bytes[directory + offset] = value;
            bytes[directory + offset + 1] = value;
            all.push((format!("noi-doi-{at}-{value}.docx"), bytes));
        }
    }
    let end = sound.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    for offset in (4..22).step_by(2) {
        let mut bytes = sound.clone();
        bytes[end + offset..end + offset + 2].copy_from_slice(&[0xFF, 0xFF]);
        all.push((format!("cuoi-{offset}.docx"), bytes));
    }
    for cut in [1, 4, 30, 100, sound.len() / 2, sound.len() - 1] {
        all.push((format!("cut-{cut}.docx"), sound[..cut].to_vec()));
    }
    for name in ["../../../etc/cron.d/x", "/etc/passwd", "C:\\windows\\x", "word/../../x", "a\0b"] {
        all.push((format!("duong-dan-{}.docx", all.len()), with(name, b"x")));
    }
    all.push(("macro.docx".into(), with("word/vbaProject.bin", b"x")));
    all.push(("macro.docm".into(), with("word/vbaProject.bin", b"x")));
    let mut locked = sound.clone();
    let flag = directory + 8;
    locked[flag] |= 1;
    locked[6] |= 1;
    all.push(("khoa.docx".into(), locked));
}

fn xml(all: &mut Vec<Named>) {
    let body = |inner: &str| format!("<w:document xmlns:w=\"w\"><w:body>{inner}</w:body></w:document>");
    let laughs =
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><l>&c;</l>";
    for (at, text) in [
        laughs.to_owned(),
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>".to_owned(),
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\"><x/>".to_owned(),
        "<!DOCTYPE x [<!ENTITY % p SYSTEM \"file:///dev/zero\">%p;]><x/>".to_owned(),
        body("&unknown;"),
        body("<w:p><w:r><w:t>&#x0;</w:t></w:r></w:p>"),
        "not xml at all".to_owned(),
        "<w:document>".to_owned(),
        "<a><b></a></b>".to_owned(),
        String::new(),
        body(&"<w:tbl>".repeat(100)),
    ]
    .into_iter()
    .enumerate()
    {
        all.push((format!("xml-{at}.docx"), word(&text)));
        all.push((format!("xml-style-{at}.docx"), with("word/styles.xml", text.as_bytes())));
    }
    for depth in [150, 250, 2_000, 100_000] {
        for tag in ["w:tbl", "w:p", "w:sdt", "w:r", "w:ins"] {
            let deep = format!("{}{}", format!("<{tag}>").repeat(depth), format!("</{tag}>").repeat(depth));
            all.push((format!("sau-{depth}-{}.docx", &tag[2..]), word(&body(&deep))));
        }
    }
    let wide: Vec<String> = (0..20_000).map(|number| format!(" a{number}=\"x\"")).collect();
    let wide = wide.concat();
    all.push(("nhieu-thuoc-tinh.docx".into(), word(&body(&format!("<w:p{wide}/>")))));
    all.push(("nhieu-doan.docx".into(), word(&body(&"<w:p/>".repeat(300_000)))));
    let span = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>";
    all.push(("o-gop.docx".into(), word(&body(span))));
}

fn pictures(all: &mut Vec<Named>) {
    let size = |width: u32, height: u32| [width.to_be_bytes(), height.to_be_bytes()].concat();
    for (at, (width, height)) in
        [(50_000, 50_000), (0, 0), (u32::MAX, u32::MAX), (1, 0x7FFF_FFFF), (30_000, 1)]
            .into_iter()
            .enumerate()
    {
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        png.extend(size(width, height));
        png.extend(b"\x08\x06\0\0\0\0\0\0\0");
        all.push((format!("anh-{at}.png"), png.clone()));
        all.push((format!("anh-{at}.docx"), with("word/media/a.png", &png)));
    }
    all.push(("anh-cut.jpg".into(), b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec()));
    all.push(("anh-js.gif".into(), b"GIF89a/*\x01\0*/=1;alert(1)//".to_vec()));
}

fn wrong_kinds(all: &mut Vec<Named>) {
    let pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>";
    let html = b"<html><script>alert(1)</script></html>";
    let sound = word(DOCUMENT);
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old word".to_vec();
    for (name, bytes) in [
        ("trang.pdf", html.to_vec()),
        ("trang.docx", html.to_vec()),
        ("hinh.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
        ("chay.docx", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("chay.pdf", b"\x7FELF\x02\x01\x01".to_vec()),
        ("cu.doc", compound.clone()),
        ("cu.docx", compound),
        ("trong.pdf", Vec::new()),
        ("trong.docx", b" ".to_vec()),
        ("hai-loai.pdf", [pdf.as_slice(), html].concat()),
        ("hai-loai.docx", [html.as_slice(), &sound].concat()),
        ("pdf-zip.pdf", [pdf.as_slice(), &sound].concat()),
        ("zip-pdf.docx", [sound.as_slice(), pdf].concat()),
        ("rtf.docx", b"{\\rtf1 hello}".to_vec()),
        ("ten-\u{202e}xcod.pdf", pdf.to_vec()),
        ("..%2f..%2fetc.docx", sound.clone()),
        ("NUL.docx", sound),
    ] {
        all.push((name.to_owned(), bytes));
    }
    all.push((format!("{}.pdf", "a".repeat(1_000)), pdf.to_vec()));
}

fn pdf_of(pages: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{pages}\ntrailer<</Root 1 0 R>>").into_bytes()
}

fn pdfs(all: &mut Vec<Named>) {
    let page = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ";
    let stream = |text: &str| {
        format!(
            "{page}3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj \
             4 0 obj<</Length {}>>stream\n{text}\nendstream endobj",
            text.len()
        )
    };
    for (at, text) in [
        // Pages that contain themselves, and each other.
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj".to_owned(),
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 9999999>>endobj \
         3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]>>endobj"
            .to_owned(),
        "1 0 obj 1 0 R endobj".to_owned(),
        "1 0 obj<</Type/Catalog/Pages 99 0 R>>endobj".to_owned(),
        format!("{page}3 0 obj<</Type/Page/MediaBox[0 0 1e300 -1e300]>>endobj"),
        format!("1 0 obj{}{}endobj", "[".repeat(100_000), "]".repeat(100_000)),
        format!("1 0 obj{}{}endobj", "<</A".repeat(100_000), ">>".repeat(100_000)),
        stream(&"q ".repeat(1_000_000)),
        stream("BT /F1 1e38 Tf (a) Tj ET"),
        stream("BT (a) Tj ET"),
        stream("/X Do"),
        stream(&"[".repeat(200_000)),
        stream("BI /W 99999999 /H 99999999 ID x EI"),
        format!("{page}/Encrypt 5 0 R"),
    ]
    .into_iter()
    .enumerate()
    {
        all.push((format!("doc-{at}.pdf"), pdf_of(&text)));
    }
    // A form that draws itself.
    let own = format!(
        "{page}3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj \
         4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj \
         5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj"
    );
    all.push(("ve-chinh-minh.pdf".into(), pdf_of(&own)));
    let signed = format!(
        "{page}3 0 obj<</Type/Page/Parent 2 0 R>>endobj 6 0 obj<</ByteRange[0 1 9223372036854775807 1]/Contents<3080>>>endobj"
    );
    all.push(("chu-ky.pdf".into(), pdf_of(&signed)));
    let whole = pdf_of(&stream("BT ET"));
    for cut in (5..whole.len()).step_by(23) {
        all.push((format!("cut-{cut}.pdf"), whole[..cut].to_vec()));
    }
}

/// Sound files with signs changed here and there, always the same.
fn mutants(all: &mut Vec<Named>) {
    let sound = with("word/styles.xml", b"<w:styles xmlns:w=\"w\"/>");
    for seed in 0..150_usize {
        let mut bytes = sound.clone();
        for step in 0..4 {
            let at = (seed * 7_919 + step * 104_729) % bytes.len();
            bytes[at] ^= u8::try_from(seed * 31 % 255 + 1).unwrap();
        }
        all.push((format!("bien-{seed}.docx"), bytes));
    }
}
