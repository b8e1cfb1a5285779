//! A document as PDF, set as the decree shows it, with the differences offices make: size, leading, ruled head, page
//! numbers, annexes.

use std::sync::Arc;

use reading::decree::Verb;
use typeset::{Fonts, Job};

use super::{ISSUERS, Told};

/// Text as a string of Typst.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn line(text: &str, bold: bool) -> String {
    let weight = if bold { "bold" } else { "regular" };
    format!("text(weight: \"{weight}\", {})", quoted(text))
}

/// Lines under each other, centred.
fn stack(lines: &[(String, bool)]) -> String {
    let lines: Vec<String> = lines.iter().map(|(text, bold)| line(text, *bold)).collect();
    format!("align(center, stack(spacing: 0.55em, {}))", lines.join(", "))
}

fn head(told: &Told, seed: usize) -> String {
    let (parent, issuer, _, _) = ISSUERS[seed % ISSUERS.len()];
    let mut left: Vec<(String, bool)> = Vec::new();
    left.extend(parent.split('|').filter(|line| !line.is_empty()).map(|line| (line.to_owned(), false)));
    left.extend(issuer.split('|').map(|line| (line.to_owned(), true)));
    left.push((if seed.is_multiple_of(3) { "_______" } else { "" }.to_owned(), false));
    let number = match seed % 4 {
        0 => format!("Số: {}/{}", told.number, told.symbol),
        1 => format!("Số:  {} /{}", told.number, told.symbol.replace('-', " - ")),
        2 => format!("Số:{}    /{}", told.number, told.symbol.replace('-', "–")),
        _ => format!("Số: {:>3}/{}", told.number, told.symbol),
    };
    left.push((number, false));
    if told.kind == "CÔNG VĂN" {
        let words: Vec<&str> = told.summary.split(' ').collect();
        for (at, part) in words.chunks(5).enumerate() {
            let start = if at == 0 { "V/v " } else { "" };
            left.push((format!("{start}{}", part.join(" ")), false));
        }
    }
    let (year, month, day) = told.day;
    let right = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), true),
        ("Độc lập - Tự do - Hạnh phúc".to_owned(), true),
        (if seed.is_multiple_of(3) { "_______________" } else { "" }.to_owned(), false),
        (format!("{}, ngày {day:02} tháng {month:02} năm {year}", told.place), false),
    ];
    let columns = ["(2fr, 3fr)", "(6.5cm, 1fr)", "(40%, 60%)"][seed % 3];
    format!("#grid(columns: {columns}, {}, {})\n", stack(&left), stack(&right))
}

fn foot(told: &Told, seed: usize) -> String {
    let mut left =
        vec![format!("text(size: 11pt, weight: \"bold\", style: \"italic\", {})", quoted("Nơi nhận:"))];
    for item in &told.recipients {
        let end = if item.starts_with("Lưu") { "." } else { ";" };
        left.push(format!("text(size: 10pt, {})", quoted(&format!("- {item}{end}"))));
    }
    let left = format!("stack(spacing: 0.5em, {})", left.join(", "));
    let sign = |(authority, title, name): &(String, String, String)| {
        let mut lines: Vec<String> = authority
            .replace(" KT.", "|KT.")
            .split('|')
            .filter(|l| !l.is_empty())
            .map(|l| line(l, true))
            .collect();
        lines.push(line(title, true));
        lines.push("v(2.2cm)".to_owned());
        let name = if seed % 10 == 9 { name.to_uppercase() } else { name.clone() };
        lines.push(line(&name, true));
        format!("align(center, stack(spacing: 0.55em, {}))", lines.join(", "))
    };
    match told.signers.as_slice() {
        [first, second] => {
            format!("#grid(columns: (1fr, 1fr), {}, {})\n#{left}\n", sign(first), sign(second))
        }
        signers => format!("#grid(columns: (1fr, 1fr), {left}, {})\n", sign(&signers[0])),
    }
}

fn source(fonts: &Fonts, told: &Told, seed: usize) -> String {
    let size = [13, 14, 13, 12][seed % 4];
    let numbering = if seed.is_multiple_of(2) {
        "numbering: none"
    } else {
        "numbering: \"1\", number-align: center + top"
    };
    let mut out = vec![format!(
        "#set document(title: \"Văn bản\", date: datetime(year: 2025, month: 1, day: 1))\n#set page(paper: \"a4\", margin: (left: 3cm, right: {}cm, y: 2cm), {numbering})\n\
         #set text(font: {}, size: {size}pt, lang: \"vi\", hyphenate: false)\n\
         #set par(justify: {}, leading: {}em, spacing: 0.9em, first-line-indent: (amount: 1cm, all: true))\n",
        [2.0, 1.5][seed % 2],
        quoted(fonts.family()),
        seed % 3 != 2,
        [0.65, 0.8][seed % 2],
    )];
    out.push(head(told, seed));
    out.push("#v(0.4cm)\n".to_owned());
    let paragraph = |text: &str| format!("#par({})\n", line(text, false));
    if told.kind == "CÔNG VĂN" {
        out.push(format!("#align(center, {})\n", line("Kính gửi: Các sở, ban, ngành thuộc tỉnh.", false)));
    } else {
        out.push(format!("#align(center, {})\n", line(told.kind, true)));
        out.push(format!(
            "#align(center, box(width: {}cm, par(first-line-indent: 0pt, justify: false, {})))\n",
            [9, 12, 15][seed % 3],
            line(&told.summary, seed % 7 != 6)
        ));
        if seed.is_multiple_of(2) {
            out.push(format!("#align(center, {})\n", line("__________", false)));
        }
    }
    for base in &told.bases {
        out.push(paragraph(&format!("{base};")));
    }
    if told.kind == "QUYẾT ĐỊNH" {
        out.push(format!("#align(center, {})\n", line("QUYẾT ĐỊNH:", true)));
    }
    out.push(paragraph(
        "Điều 1. Giao các cơ quan, đơn vị tổ chức thực hiện nội dung nêu trên, bảo đảm đúng tiến độ, tiết kiệm, hiệu \
         quả và báo cáo kết quả về Ủy ban nhân dân trước ngày 15 hằng tháng theo quy định.",
    ));
    for (verb, target) in &told.relations {
        if *verb == Verb::Replaces {
            out.push(paragraph(&format!(
                "Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số {target}."
            )));
        }
    }
    out.push(paragraph("Điều 3. Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành./."));
    out.push(foot(told, seed));
    if seed.is_multiple_of(3) {
        out.push("#pagebreak()\n".to_owned());
        out.push(format!("#align(center, {})\n", line("PHỤ LỤC", true)));
        out.push(paragraph("(Kèm theo văn bản này)"));
        out.push(paragraph("- Danh mục công việc;"));
    }
    out.concat()
}

/// The file.
pub fn file(fonts: &Arc<Fonts>, told: &Told, seed: usize) -> Vec<u8> {
    let source = source(fonts, told, seed);
    let job = Job { source: &source, files: Vec::new(), identity: "test" };
    typeset::pdf(fonts, &job).unwrap().bytes
}
