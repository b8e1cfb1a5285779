//! A document as DOCX: head and foot as tables, as text boxes or with tabs; signs composed or not.

use std::io::{Cursor, Write as _};

use reading::decree::Verb;
use unicode_normalization::UnicodeNormalization as _;

use super::{ISSUERS, Told};

/// The file.
pub fn file(told: &Told, seed: usize) -> Vec<u8> {
    package(&document(told, seed))
}

fn run(text: &str, bold: bool) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let weight = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
    format!("<w:r>{weight}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn par(text: &str, bold: bool) -> String {
    let runs: Vec<String> = text.split('\t').map(|piece| run(piece, bold)).collect();
    format!("<w:p>{}</w:p>", runs.join("<w:r><w:tab/></w:r>"))
}

fn table(left: &str, right: &str) -> String {
    format!("<w:tbl><w:tr><w:tc>{left}</w:tc><w:tc>{right}</w:tc></w:tr></w:tbl>")
}

fn boxed(inner: &str) -> String {
    format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{inner}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{inner}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
}

fn head(told: &Told, seed: usize) -> String {
    let number = match seed % 3 {
        0 => format!("Số: {}/{}", told.number, told.symbol),
        1 => format!("Số:  {} /{}", told.number, told.symbol.replace('-', " - ")),
        _ => format!("Số:{}   /{}", told.number, told.symbol.replace('-', "–")),
    };
    let (year, month, day) = told.day;
    let date = format!("{}, ngày  {day:02} tháng {month} năm {year}", told.place);
    let bold = seed % 6 != 5;
    let (_, lines, _, _) = ISSUERS[seed % ISSUERS.len()];
    let mut left: Vec<(String, bool)> = Vec::new();
    left.extend(
        ISSUERS[seed % ISSUERS.len()].0.split('|').filter(|l| !l.is_empty()).map(|l| (l.to_owned(), false)),
    );
    left.extend(lines.split('|').map(|l| (l.to_owned(), bold)));
    left.push(("_______".to_owned(), false));
    left.push((number, false));
    if told.kind == "CÔNG VĂN" {
        let (first, second) = told.summary.split_at(told.summary.find(' ').unwrap());
        left.push((format!("V/v {first}"), false));
        left.push((second.trim().to_owned(), false));
    }
    let right =
        [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true), ("Độc lập - Tự do - Hạnh phúc", true), (&date, false)];
    let one = |list: &[(String, bool)]| list.iter().map(|(text, bold)| par(text, *bold)).collect::<String>();
    let right_all: String = right.iter().map(|(text, bold)| par(text, *bold)).collect();
    match seed % 4 {
        0 | 3 => table(&one(&left), &right_all),
        1 => boxed(&one(&left)) + &boxed(&right_all),
        _ => (0..left.len())
            .map(|at| match right.get(at) {
                Some((text, _)) => {
                    format!(
                        "<w:p>{}<w:r><w:tab/></w:r>{}</w:p>",
                        run(&left[at].0, left[at].1),
                        run(text, left[at].1)
                    )
                }
                None => par(&left[at].0, left[at].1),
            })
            .collect(),
    }
}

pub fn document(told: &Told, seed: usize) -> String {
    let mut body = head(told, seed);
    if told.kind == "CÔNG VĂN" {
        body += &par("Kính gửi: Các sở, ban, ngành thuộc tỉnh.", false);
    } else {
        body += &par(told.kind, true);
        body += &par(&told.summary, seed % 7 != 6);
        body += &par("__________", false);
    }
    for base in &told.bases {
        body += &par(&format!("{base};"), false);
    }
    if told.kind == "QUYẾT ĐỊNH" {
        body += &par("QUYẾT ĐỊNH:", true);
    }
    body += &par("Điều 1. Giao các cơ quan, đơn vị tổ chức thực hiện nội dung nêu trên.", false);
    for (verb, target) in &told.relations {
        if *verb == Verb::Replaces {
            body += &par(
                &format!("Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số {target}."),
                false,
            );
        }
    }
    body += &par("Điều 3. Các ông, bà có trách nhiệm chịu trách nhiệm thi hành./.", false);
    let mut left = par("Nơi nhận:", true);
    for item in &told.recipients {
        left += &par(&format!("- {item}{}", if item.starts_with("Lưu") { "." } else { ";" }), false);
    }
    let sign = |(authority, title, name): &(String, String, String)| {
        let mut out = String::new();
        for line in authority.replace(" KT.", "|KT.").split('|').filter(|line| !line.is_empty()) {
            out += &par(line, true);
        }
        out += &par(title, true);
        out += &(par("", false) + &par("", false));
        out + &par(&if seed % 10 == 9 { name.to_uppercase() } else { name.clone() }, true)
    };
    if let [first, second] = told.signers.as_slice() {
        body += &table(&sign(first), &sign(second));
        body += &left;
    } else {
        body += &table(&left, &sign(&told.signers[0]));
    }
    if seed.is_multiple_of(3) {
        body += &par("PHỤ LỤC", true);
        body += &par("(Kèm theo văn bản này)", false);
        body += &par("- Danh mục công việc;", false);
    }
    let text = format!("<w:document xmlns:w=\"{W}\" xmlns:mc=\"{MC}\"><w:body>{body}</w:body></w:document>");
    if seed % 5 == 4 { text.nfd().collect() } else { text }
}

pub fn package(xml: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", LINKS), ("word/document.xml", xml)];
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
    wordprocessingml.document.main+xml\"/></Types>";
const LINKS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";
