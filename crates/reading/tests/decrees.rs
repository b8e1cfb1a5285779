//! Fields of decree-shaped DOCX files with made-up content, counted per field.

#![expect(clippy::unwrap_used, reason = "helpers of a test may fail loudly")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use reading::decree::{Decree, Signer, Verb, read};
use reading::{Limits, docx};
use unicode_normalization::UnicodeNormalization as _;

/// What a made-up document says.
struct Told {
    parent: String,
    issuer: String,
    number: String,
    symbol: String,
    place: String,
    day: (u16, u8, u8),
    kind: &'static str,
    summary: String,
    signers: Vec<(String, String, String)>,
    recipients: Vec<String>,
    bases: Vec<String>,
    relations: Vec<(Verb, String)>,
}

/// A choice that looks random and is always the same.
fn pick<'a, T: ?Sized>(seed: usize, salt: usize, list: &[&'a T]) -> &'a T {
    let mixed =
        (seed.wrapping_mul(2_654_435_761) ^ salt.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 7;
    list[mixed % list.len()]
}

const ISSUERS: &[(&str, &str, &str, &str)] = &[
    ("", "ỦY BAN NHÂN DÂN|TỈNH BÌNH SƠN", "UBND", "Bình Sơn"),
    ("UBND TỈNH BÌNH SƠN", "SỞ THÔNG TIN|VÀ TRUYỀN THÔNG", "STTTT", "Bình Sơn"),
    ("UBND HUYỆN AN HÒA", "PHÒNG VĂN HÓA VÀ THÔNG TIN", "PVHTT", "An Hòa"),
    ("HUYỆN AN HÒA", "ỦY BAN NHÂN DÂN|XÃ TÂN LẬP", "UBND", "Tân Lập"),
    ("", "HỘI ĐỒNG NHÂN DÂN|PHƯỜNG ĐÔNG HẢI", "HĐND", "Đông Hải"),
    ("ỦY BAN NHÂN DÂN|TỈNH BÌNH SƠN", "VĂN PHÒNG", "VP", "Bình Sơn"),
    ("", "ỦY BAN NHÂN DÂN|THÀNH PHỐ ĐẠI LỘC", "UBND", "Thành phố Đại Lộc"),
    ("SỞ Y TẾ", "TRUNG TÂM KIỂM SOÁT|BỆNH TẬT", "TTKSBT", "Bình Sơn"),
];

const KINDS: &[(&str, &str)] = &[
    ("QUYẾT ĐỊNH", "QĐ"),
    ("KẾ HOẠCH", "KH"),
    ("BÁO CÁO", "BC"),
    ("CÔNG VĂN", ""),
    ("NGHỊ QUYẾT", "NQ"),
    ("THÔNG BÁO", "TB"),
    ("TỜ TRÌNH", "TTr"),
    ("CHỈ THỊ", "CT"),
    ("CÔNG VĂN", ""),
    ("QUYẾT ĐỊNH", "QĐ"),
];

const MATTERS: &[&str] = &[
    "triển khai công tác truyền thông chính sách năm 2025",
    "kiện toàn Ban Chỉ đạo chuyển đổi số của địa phương",
    "cung cấp thông tin cho báo chí quý II và phương hướng quý III",
    "tăng cường phòng, chống cháy rừng mùa khô",
    "phê duyệt danh mục dịch vụ công trực tuyến toàn trình",
];

const NAMES: &[&str] = &[
    "Nguyễn Văn An",
    "Trần Thị Bích Ngọc",
    "Lê Đức",
    "Hoàng Phủ Ngọc Tường Vy",
    "Phạm Quốc Ấn",
    "Vũ Thị Ước",
];

fn told(seed: usize) -> Told {
    let (parent, issuer, body, place) = ISSUERS[seed % ISSUERS.len()];
    let (kind, short) = KINDS[(seed / 3) % KINDS.len()];
    let legal = matches!(kind, "QUYẾT ĐỊNH" | "NGHỊ QUYẾT") && seed % 4 == 1;
    let symbol = match short {
        "" => format!("{body}-{}", pick(seed, 1, &["VX", "KGVX", "TH", "NC"])),
        _ if legal => format!("2025/{short}-{body}"),
        _ => format!("{short}-{body}"),
    };
    let old = format!("{}/{short}-{body}", 100 + seed);
    let matter = pick(seed, 2, MATTERS);
    let amends = short == "QĐ" && seed.is_multiple_of(2);
    let summary = match short {
        "" => (*matter).to_owned(),
        "QĐ" if amends => {
            format!("Về việc sửa đổi, bổ sung một số điều của Quyết định số {old} ngày 05 tháng 6 năm 2020")
        }
        _ if seed.is_multiple_of(2) => format!("Về việc {matter}"),
        _ => matter[..1].to_uppercase() + &matter[1..],
    };
    let mut relations = Vec::new();
    if amends {
        relations.push((Verb::Amends, old));
    } else if short == "QĐ" {
        relations.push((Verb::Replaces, old));
    }
    let name = (*pick(seed, 3, NAMES)).to_owned();
    let mut signers = vec![match seed % 5 {
        0 => ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH".to_owned(), "PHÓ CHỦ TỊCH".to_owned(), name),
        1 => ("TM. ỦY BAN NHÂN DÂN".to_owned(), "CHỦ TỊCH".to_owned(), name),
        2 => ("KT. GIÁM ĐỐC".to_owned(), "PHÓ GIÁM ĐỐC".to_owned(), name),
        3 => (String::new(), "TRƯỞNG PHÒNG".to_owned(), name),
        _ => ("TL. CHỦ TỊCH".to_owned(), "CHÁNH VĂN PHÒNG".to_owned(), name),
    }];
    if seed % 11 == 7 {
        signers.insert(0, (String::new(), "NGƯỜI LẬP BIỂU".to_owned(), "Đỗ Thị Mai".to_owned()));
    }
    let recipients = ["Như Điều 3", "UBND tỉnh (b/c)", "Các sở, ban, ngành; UBND cấp xã", "Lưu: VT, VX"];
    let bases = if matches!(kind, "QUYẾT ĐỊNH" | "NGHỊ QUYẾT" | "KẾ HOẠCH") {
        vec![
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025".to_owned(),
            "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ".to_owned(),
        ]
    } else {
        Vec::new()
    };
    Told {
        parent: parent.replace('|', " "),
        issuer: issuer.replace('|', " "),
        number: if seed % 9 == 8 { String::new() } else { format!("{:02}", 1 + seed * 7 % 2400) },
        symbol,
        place: place.to_owned(),
        day: (2025, u8::try_from(1 + seed % 12).unwrap(), u8::try_from(1 + seed * 5 % 28).unwrap()),
        kind,
        summary,
        signers,
        recipients: recipients[usize::from(kind == "CÔNG VĂN")..].iter().map(|r| (*r).to_owned()).collect(),
        bases,
        relations,
    }
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

fn document(told: &Told, seed: usize) -> String {
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
    let text = format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>");
    if seed % 5 == 4 { text.nfd().collect() } else { text }
}

fn package(xml: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// Field by field, what should be read and what was.
fn compared(told: &Told, found: &Decree, seed: usize) -> Vec<(&'static str, String, String)> {
    let text =
        |field: &Option<reading::decree::Field>| field.as_ref().map(|f| f.value.clone()).unwrap_or_default();
    let list = |fields: &[reading::decree::Field]| {
        fields.iter().map(|f| f.value.clone()).collect::<Vec<_>>().join("|")
    };
    let signers = |all: Vec<&Signer>| format!("{all:?}");
    let upper = |name: &str| if seed % 10 == 9 { name.to_uppercase() } else { name.to_owned() };
    let expected: Vec<Signer> = told
        .signers
        .iter()
        .map(|(a, t, n)| Signer { authority: a.clone(), title: t.clone(), name: upper(n) })
        .collect();
    let day =
        found.date.as_ref().map(|f| f.value).map(|d| (d.year, d.month.unwrap_or(0), d.day.unwrap_or(0)));
    let mut relations: Vec<String> =
        found.relations.iter().map(|f| format!("{:?} {}", f.value.verb, f.value.target)).collect();
    relations.sort();
    vec![
        ("parent", told.parent.clone(), text(&found.parent)),
        ("issuer", told.issuer.clone(), text(&found.issuer)),
        ("number", told.number.clone(), text(&found.number)),
        ("symbol", told.symbol.clone(), text(&found.symbol)),
        ("place", told.place.clone(), text(&found.place)),
        ("date", format!("{:?}", Some(told.day)), format!("{day:?}")),
        ("kind", told.kind.to_owned(), text(&found.kind)),
        ("summary", told.summary.clone(), text(&found.summary)),
        (
            "signers",
            signers(expected.iter().collect()),
            signers(found.signers.iter().map(|f| &f.value).collect()),
        ),
        ("recipients", told.recipients.join("|"), list(&found.recipients)),
        ("bases", told.bases.join("|"), list(&found.bases)),
        (
            "relations",
            told.relations.iter().map(|(v, t)| format!("{v:?} {t}")).collect::<Vec<_>>().join("|"),
            relations.join("|"),
        ),
    ]
}

#[test]
fn of_each_field_at_least_98_percent_are_read_right_from_docx() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for seed in 0..480 {
        let told = told(seed);
        let lines = docx::lines(&package(&document(&told, seed)), &Limits::default()).unwrap();
        for (name, expected, found) in compared(&told, &read(&lines), seed) {
            let count = counts.entry(name).or_default();
            count.1 += 1;
            if expected == found {
                count.0 += 1;
            } else {
                faults.push(format!("{seed} {name}: {expected:?} read as {found:?}"));
            }
        }
    }
    for (name, (right, all)) in &counts {
        println!("{name:12} {right}/{all}");
    }
    faults.iter().take(30).for_each(|fault| println!("{fault}"));
    assert!(counts.values().all(|(right, all)| right * 100 >= all * 98), "a field is read wrong too often");
}

#[test]
fn a_field_knows_where_it_was_read() {
    let told = told(0);
    let lines = docx::lines(&package(&document(&told, 0)), &Limits::default()).unwrap();
    let number = read(&lines).number.unwrap();
    assert_eq!(lines[number.place.line as usize - 1].text, number.place.quote);
    assert_eq!(number.confidence.key(), "sure");
}
