//! Outgoing documents of the year and those of them posted on the portal.

use std::collections::BTreeMap;

use domain::calendar::Calendar;
use jiff::civil::{Date, date};

use super::MADE_UP;
use super::place::{self, CHAIRMAN, COMMUNES, DEPARTMENTS, DEPUTIES};
use super::random::Random;
use super::sheet::{Cell, Table, merged, plain, row};

/// Documents posted in 2020: the report says more than 1,600.
const POSTED: usize = 1_627;
/// Documents a working day, times ten.
const A_DAY: usize = 84;

#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) symbol: String,
    pub(super) day: Date,
    kind: Kind,
    pub(super) summary: String,
    signer: &'static str,
    pub(super) recipients: String,
    unit: &'static str,
    copies: u32,
    pub(super) supplied_to: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Decision,
    Plan,
    Letter,
    Notice,
    Report,
    Directive,
    Submission,
    Invitation,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Kind::Decision => "Quyết định",
            Kind::Plan => "Kế hoạch",
            Kind::Letter => "Công văn",
            Kind::Notice => "Thông báo",
            Kind::Report => "Báo cáo",
            Kind::Directive => "Chỉ thị",
            Kind::Submission => "Tờ trình",
            Kind::Invitation => "Giấy mời",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Kind::Decision => "QĐ-UBND",
            Kind::Plan => "KH-UBND",
            Kind::Letter => "UBND",
            Kind::Notice => "TB-UBND",
            Kind::Report => "BC-UBND",
            Kind::Directive => "CT-UBND",
            Kind::Submission => "TTr-UBND",
            Kind::Invitation => "GM-UBND",
        }
    }

    /// Whether it goes to the portal: what is inside the house does not.
    const fn is_public(self) -> bool {
        !matches!(self, Kind::Submission | Kind::Invitation)
    }

    fn any(random: &mut Random) -> Kind {
        match random.below(100) {
            0..=35 => Kind::Decision,
            36..=48 => Kind::Plan,
            49..=73 => Kind::Letter,
            74..=82 => Kind::Notice,
            83..=90 => Kind::Report,
            91 => Kind::Directive,
            92..=96 => Kind::Submission,
            _ => Kind::Invitation,
        }
    }
}

const LETTER_UNITS: [&str; 8] = ["VP", "NV", "VHTT", "TNMT", "NN", "KTHT", "TCKH", "LĐTBXH"];

const DECISIONS: [&str; 12] = [
    "Về việc giao đất ở tại {xa}",
    "Về việc cho phép chuyển mục đích sử dụng đất của hộ gia đình tại {xa}",
    "Về việc phê duyệt báo cáo kinh tế - kỹ thuật công trình đường trục {xa}",
    "Về việc phê duyệt kế hoạch lựa chọn nhà thầu công trình trường học tại {xa}",
    "Về việc trợ cấp xã hội hằng tháng cho đối tượng bảo trợ xã hội tại {xa}",
    "Về việc kiện toàn Ban Chỉ đạo phòng, chống dịch bệnh COVID-19 tại {xa}",
    "Về việc phê duyệt quyết toán dự án hoàn thành tại {xa}",
    "Về việc công nhận danh hiệu Làng văn hóa tại {xa}",
    "Về việc điều động, bổ nhiệm cán bộ quản lý trường học tại {xa}",
    "Về việc phê duyệt phương án bồi thường, hỗ trợ giải phóng mặt bằng tại {xa}",
    "Về việc cấp giấy chứng nhận quyền sử dụng đất cho hộ gia đình tại {xa}",
    "Về việc tặng Giấy khen cho tập thể, cá nhân tại {xa}",
];

const PLANS: [&str; 8] = [
    "Kiểm tra công tác phòng, chống dịch bệnh tại {xa}",
    "Xây dựng nông thôn mới nâng cao tại {xa}",
    "Cải cách hành chính năm 2020 đối với {xa}",
    "Phòng, chống thiên tai và tìm kiếm cứu nạn tại {xa}",
    "Ra quân làm thủy lợi, vệ sinh môi trường tại {xa}",
    "Tuyên truyền Đại hội Đảng các cấp tại {xa}",
    "Triển khai sản xuất vụ mùa, vụ đông tại {xa}",
    "Kiểm tra an toàn thực phẩm tại {xa}",
];

const LETTERS: [&str; 9] = [
    "V/v tăng cường công tác quản lý đất đai tại {xa}",
    "V/v báo cáo kết quả thực hiện nhiệm vụ của {xa}",
    "V/v giải quyết kiến nghị của cử tri {xa}",
    "V/v bảo đảm an ninh trật tự dịp lễ tại {xa}",
    "V/v phòng, chống dịch tả lợn châu Phi tại {xa}",
    "V/v rà soát hộ nghèo, hộ cận nghèo tại {xa}",
    "V/v cung cấp số liệu phục vụ quy hoạch của {xa}",
    "V/v xử lý vi phạm hành lang an toàn giao thông tại {xa}",
    "V/v đôn đốc thu quỹ đền ơn đáp nghĩa tại {xa}",
];

const OTHERS: [&str; 7] = [
    "Kết luận của Chủ tịch UBND huyện tại buổi làm việc với {xa}",
    "Tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội của {xa}",
    "Công tác tiếp công dân, giải quyết đơn thư tại {xa}",
    "Lịch tiếp công dân định kỳ tại {xa}",
    "Kết quả kiểm tra công tác quốc phòng địa phương tại {xa}",
    "Tiến độ giải phóng mặt bằng công trình giao thông tại {xa}",
    "Công tác thu chi ngân sách của {xa}",
];

/// The documents of the year: made once, used by the registers that speak of them.
pub(super) struct Year {
    pub(super) documents: Vec<Document>,
    calendar: Calendar,
}

/// A letter with a fixed place in the story: day, unit, summary, recipient, supplied to whom.
type Fixed = (Date, &'static str, &'static str, &'static str, &'static str);

/// The letters that other registers name. Their numbers follow from their days.
const FIXED: [Fixed; 9] = [
    (
        date(2020, 1, 10),
        "VP",
        "V/v tiếp tục quán triệt, triển khai Quyết định số 29/2019/QĐ-UBND ngày 30/8/2019 của UBND tỉnh Hà Nam",
        "Các cơ quan, đơn vị của huyện; UBND các xã, thị trấn",
        "",
    ),
    (
        date(2020, 3, 12),
        "VHTT",
        "V/v cung cấp thông tin xác minh tin đồn về dịch bệnh COVID-19 trên mạng xã hội",
        "Sở Thông tin và Truyền thông",
        "Cơ quan quản lý nhà nước về báo chí",
    ),
    (
        date(2020, 5, 20),
        "TNMT",
        "V/v cung cấp thông tin về hoạt động khai thác đá trên địa bàn",
        "Báo Minh Họa; Báo điện tử Thí Dụ",
        "Cơ quan báo chí",
    ),
    (
        date(2020, 7, 9),
        "VHTT",
        "V/v cung cấp danh sách người phát ngôn",
        "Sở Thông tin và Truyền thông",
        "Cơ quan quản lý nhà nước về báo chí",
    ),
    (
        date(2020, 8, 26),
        "NN",
        "V/v cung cấp thông tin về kết quả xây dựng nông thôn mới",
        "Tạp chí Đời sống Mẫu",
        "Cơ quan báo chí",
    ),
    (
        date(2020, 10, 22),
        "KTHT",
        "V/v cung cấp thông tin về tiến độ công trình giao thông",
        "Đài Phát thanh và Truyền hình Thí Dụ",
        "Cơ quan báo chí",
    ),
    (
        date(2020, 4, 16),
        "VHTT",
        "V/v phản hồi thông tin không chính xác trên báo về khu cách ly tập trung",
        "Báo điện tử Thí Dụ",
        "",
    ),
    (
        date(2020, 6, 18),
        "TNMT",
        "V/v đề nghị cải chính thông tin về môi trường làng nghề",
        "Trang tin Vùng Mẫu",
        "",
    ),
    (
        date(2020, 9, 29),
        "KTHT",
        "V/v đề nghị cải chính thông tin về giải phóng mặt bằng",
        "Báo Kinh tế Minh Họa",
        "",
    ),
];

/// Which of the fixed letters: the roll-out of the regulation.
pub(super) const ROLL_OUT: usize = 0;
/// The letters supplied on request: to the Sở, to two papers at once, to the Sở, to a magazine, to a station.
pub(super) const SUPPLIED: [usize; 5] = [1, 2, 3, 4, 5];
/// The letters to the press about false items.
pub(super) const FEEDBACK: [usize; 3] = [6, 7, 8];

impl Year {
    pub(super) fn make() -> Year {
        let calendar = Calendar::shipped();
        let mut random = Random::new(2020);
        let mut numbers: BTreeMap<Kind, u32> = BTreeMap::new();
        let mut documents = Vec::new();
        for day in place::working_days(&calendar, 2020) {
            for (_, unit, summary, recipients, supplied_to) in FIXED.iter().filter(|(on, ..)| *on == day) {
                let mut document = any(&mut random, &mut numbers, day, Kind::Letter);
                document.symbol = with_unit(&document.symbol, unit);
                (*summary).clone_into(&mut document.summary);
                (*recipients).clone_into(&mut document.recipients);
                document.supplied_to = supplied_to;
                documents.push(document);
            }
            let today = A_DAY / 10 + usize::from(random.below(10) < A_DAY % 10);
            for _ in 0..today {
                let kind = Kind::any(&mut random);
                documents.push(any(&mut random, &mut numbers, day, kind));
            }
        }
        Year { documents, calendar }
    }

    /// A fixed letter.
    pub(super) fn fixed(&self, which: usize) -> &Document {
        let (_, _, summary, ..) = FIXED[which];
        let found = self.documents.iter().find(|document| document.summary == summary);
        found.unwrap_or(&self.documents[0])
    }
}

/// `412/UBND-VP` with another unit behind the stroke.
fn with_unit(symbol: &str, unit: &str) -> String {
    let number = symbol.split('/').next().unwrap_or(symbol);
    format!("{number}/UBND-{unit}")
}

fn any(random: &mut Random, numbers: &mut BTreeMap<Kind, u32>, day: Date, kind: Kind) -> Document {
    let number = numbers.entry(kind).and_modify(|number| *number += 1).or_insert(1);
    let symbol = match kind {
        Kind::Letter => format!("{number}/UBND-{}", random.pick(&LETTER_UNITS)),
        other => format!("{number}/{}", other.code()),
    };
    let commune = random.pick(&COMMUNES);
    let patterns: &[&str] = match kind {
        Kind::Decision => &DECISIONS,
        Kind::Plan | Kind::Directive => &PLANS,
        Kind::Letter => &LETTERS,
        _ => &OTHERS,
    };
    let pattern = place::timely(random, patterns, day);
    let summary = pattern.replace("{xa}", commune);
    let summary =
        if kind == Kind::Letter { summary } else { format!("{} {}", kind.name(), lower_first(&summary)) };
    Document {
        symbol,
        day,
        kind,
        summary,
        signer: if random.percent(60) { CHAIRMAN } else { random.pick(&DEPUTIES) },
        recipients: format!("UBND {commune}; {}", random.pick(&DEPARTMENTS)),
        unit: random.pick(&DEPARTMENTS),
        copies: u32::try_from(3 + random.below(28)).unwrap_or(3),
        supplied_to: "",
    }
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// The register of outgoing documents: the decree's ten columns in its order, then two of the office's own; headings
/// in two rows, partly merged.
pub(super) fn outgoing(year: &Year) -> Table {
    let rows = year.documents.iter().map(|document| {
        row![
            document.symbol.clone(),
            document.day,
            document.summary.clone(),
            document.signer,
            document.recipients.clone(),
            "Văn thư",
            document.copies,
            document.day,
            "",
            "",
            document.unit,
            document.supplied_to,
        ]
    });
    let upper = vec![
        ("Số, ký hiệu văn bản", 1),
        ("Ngày tháng văn bản", 1),
        ("Tên loại và trích yếu nội dung văn bản", 1),
        ("Người ký", 1),
        ("Nơi nhận văn bản", 1),
        ("Đơn vị, người nhận bản lưu", 1),
        ("Phát hành", 3),
        ("Ghi chú", 1),
        ("Đơn vị soạn thảo", 1),
        ("Cung cấp thông tin theo yêu cầu của", 1),
    ];
    let lower = vec![
        ("", 1),
        ("", 1),
        ("", 1),
        ("", 1),
        ("", 1),
        ("", 1),
        ("Số lượng bản", 1),
        ("Ngày chuyển", 1),
        ("Ký nhận", 1),
        ("", 1),
        ("", 1),
        ("", 1),
    ];
    Table {
        sheet: "Văn bản đi 2020",
        titles: vec![
            MADE_UP.to_owned(),
            "ỦY BAN NHÂN DÂN HUYỆN KIM BẢNG".to_owned(),
            "SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2020".to_owned(),
            String::new(),
        ],
        headings: merged(&upper, &lower),
        rows: rows.collect(),
        foot: Vec::new(),
    }
}

/// The register of documents posted on the portal: columns in another order, days as text, CSV. Most were posted
/// within two working days, some late, one was taken down again, the last two were posted after the new year.
pub(super) fn posted(year: &Year) -> Table {
    let mut random = Random::new(1_627);
    let public: Vec<&Document> = year.documents.iter().filter(|document| document.kind.is_public()).collect();
    let spare = public.len().saturating_sub(POSTED + 3);
    let mut left_over = spare;
    let mut rows = Vec::new();
    for (document, index) in public.iter().zip(0..) {
        let remaining = public.len() - index;
        if left_over > 0 && random.below(remaining) < left_over {
            left_over -= 1;
            continue;
        }
        rows.push(posted_row(year, document, &mut random));
    }
    let last = date(2020, 12, 31);
    for row in rows.iter_mut().rev().take(2) {
        row[6] = Cell::Day(date(2021, 1, 4));
    }
    let posted_in_year = rows.len() - 2;
    for row in rows.iter_mut().take(posted_in_year) {
        if matches!(row[6], Cell::Day(day) if day > last) {
            row[6] = Cell::Day(last);
        }
    }
    if let Some(row) = rows.get_mut(400) {
        row[7] = Cell::Day(date(2020, 4, 3));
        row[8] = Cell::from("Gỡ để đăng lại bản đúng thể thức");
    }
    Table {
        sheet: "van-ban-dang-cong-2020",
        titles: vec![
            MADE_UP.to_owned(),
            "VĂN BẢN ĐĂNG CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN KIM BẢNG NĂM 2020".to_owned(),
        ],
        headings: plain(&[
            "STT",
            "Loại văn bản",
            "Số/Ký hiệu",
            "Trích yếu",
            "Ngày ban hành",
            "Người ký",
            "Ngày đăng",
            "Ngày gỡ",
            "Ghi chú",
            "Cơ quan ban hành",
        ]),
        rows: rows
            .into_iter()
            .zip(1_u32..)
            .map(|(mut row, number)| {
                row[0] = Cell::Number(number);
                row
            })
            .collect(),
        foot: Vec::new(),
    }
}

fn posted_row(year: &Year, document: &Document, random: &mut Random) -> Vec<Cell> {
    let wait = match random.below(100) {
        0..=54 => 0,
        55..=81 => 1,
        82..=95 => 2,
        _ => 3 + random.below(7),
    };
    row![
        0_u32,
        document.kind.name(),
        document.symbol.clone(),
        document.summary.clone(),
        document.day,
        document.signer,
        place::after(&year.calendar, document.day, wait),
        "",
        "",
        "UBND huyện Kim Bảng",
    ]
}
