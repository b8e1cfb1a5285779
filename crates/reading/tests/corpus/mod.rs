//! Made-up documents in the form of the decrees (NĐ 30/2020, Annex I), drawn as DOCX and as PDF, and the count of what
//! was read right. Shared by the tests and by the example `accuracy`.

pub mod pdf;
pub mod word;

use std::collections::BTreeMap;

use reading::Limits;
use reading::decree::{Decree, Signer, Verb, read};

/// What a made-up document says.
pub struct Told {
    pub parent: String,
    pub issuer: String,
    pub number: String,
    pub symbol: String,
    pub place: String,
    pub day: (u16, u8, u8),
    pub kind: &'static str,
    pub summary: String,
    pub signers: Vec<(String, String, String)>,
    pub recipients: Vec<String>,
    pub bases: Vec<String>,
    pub relations: Vec<(Verb, String)>,
}

/// A choice that looks random and is always the same.
pub fn pick<'a, T: ?Sized>(seed: usize, salt: usize, list: &[&'a T]) -> &'a T {
    let mixed =
        (seed.wrapping_mul(2_654_435_761) ^ salt.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 7;
    list[mixed % list.len()]
}

pub const ISSUERS: &[(&str, &str, &str, &str)] = &[
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

pub fn told(seed: usize) -> Told {
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

/// Field by field, what should be read and what was.
pub fn compared(told: &Told, found: &Decree, seed: usize) -> Vec<(&'static str, String, String)> {
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

/// Right and all, by field; and what was read wrong.
#[derive(Default)]
pub struct Score {
    pub counts: BTreeMap<&'static str, (usize, usize)>,
    pub faults: Vec<String>,
}

impl Score {
    pub fn add(&mut self, told: &Told, found: &Decree, seed: usize) {
        for (name, expected, found) in compared(told, found, seed) {
            let count = self.counts.entry(name).or_default();
            count.1 += 1;
            if expected == found {
                count.0 += 1;
            } else {
                self.faults.push(format!("{seed} {name}: {expected:?} read as {found:?}"));
            }
        }
    }

    pub fn is_at_least(&self, percent: usize) -> bool {
        self.counts.values().all(|(right, all)| right * 100 >= all * percent)
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, (right, all)) in &self.counts {
            writeln!(f, "{name:12} {right}/{all}")?;
        }
        self.faults.iter().take(60).try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

/// So many documents as DOCX.
pub fn of_word(seeds: std::ops::Range<usize>) -> Score {
    let mut score = Score::default();
    for seed in seeds {
        let told = told(seed);
        let lines = reading::docx::lines(&word::file(&told, seed), &Limits::default()).unwrap();
        score.add(&told, &read(&lines), seed);
    }
    score
}

/// So many documents as PDF.
pub fn of_pdf(seeds: std::ops::Range<usize>) -> Score {
    let fonts = std::sync::Arc::new(typeset::Fonts::built_in(Vec::new()).unwrap());
    let mut score = Score::default();
    for seed in seeds {
        let told = told(seed);
        let found = reading::pdf::lines(&pdf::file(&fonts, &told, seed), &Limits::default()).unwrap();
        score.add(&told, &read(&found.lines), seed);
    }
    score
}
