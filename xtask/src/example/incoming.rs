//! Incoming documents of the year.

use domain::calendar::Calendar;
use jiff::civil::{Date, date};

use super::MADE_UP;
use super::place::{self, COMMUNES, DEPARTMENTS};
use super::random::Random;
use super::sheet::{Cell, Table, plain, row};

const A_DAY: usize = 76;

/// Who writes: body, code behind the stroke.
const AUTHORS: [(&str, &str); 14] = [
    ("UBND tỉnh Hà Nam", "UBND-VX"),
    ("UBND tỉnh Hà Nam", "QĐ-UBND"),
    ("Sở Nội vụ", "SNV-CCHC"),
    ("Sở Tài chính", "STC-NS"),
    ("Sở Tài nguyên và Môi trường", "STNMT-QLĐĐ"),
    ("Sở Thông tin và Truyền thông", "STTTT-CNTT"),
    ("Sở Y tế", "SYT-NVY"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT-GDTrH"),
    ("Sở Kế hoạch và Đầu tư", "SKHĐT-TH"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "SNN-TT"),
    ("Huyện ủy Kim Bảng", "CV/HU"),
    ("Công an huyện", "CAH-TM"),
    ("Ban Chỉ huy Quân sự huyện", "BCH-TM"),
    ("Kho bạc Nhà nước huyện", "KBKB"),
];

const SUBJECTS: [&str; 12] = [
    "V/v triển khai nhiệm vụ năm 2020",
    "V/v báo cáo số liệu định kỳ",
    "V/v phòng, chống dịch bệnh COVID-19",
    "V/v phối hợp giải quyết đơn thư",
    "V/v lấy ý kiến góp ý dự thảo văn bản",
    "V/v giao chỉ tiêu kế hoạch",
    "V/v hướng dẫn nghiệp vụ",
    "V/v kiểm tra công tác cải cách hành chính",
    "V/v đề nghị thẩm định hồ sơ",
    "Báo cáo kết quả thực hiện nhiệm vụ tháng",
    "Tờ trình đề nghị phê duyệt dự toán",
    "Thông báo lịch họp",
];

/// The register of incoming documents: the number before the day, other headings, CSV with commas.
pub(super) fn incoming() -> Table {
    let calendar = Calendar::shipped();
    let mut random = Random::new(1_140);
    let mut rows = Vec::new();
    for day in place::working_days(&calendar, 2020) {
        if day == date(2020, 11, 23) {
            rows.push(request_for_the_report(&calendar, day));
        }
        let today = A_DAY / 10 + usize::from(random.below(10) < A_DAY % 10);
        rows.extend((0..today).map(|_| any(&calendar, &mut random, day)));
    }
    for (row, number) in rows.iter_mut().zip(1_u32..) {
        row[0] = Cell::Number(number);
    }
    Table {
        sheet: "so-van-ban-den-2020",
        titles: vec![
            MADE_UP.to_owned(),
            "ỦY BAN NHÂN DÂN HUYỆN KIM BẢNG".to_owned(),
            "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2020".to_owned(),
        ],
        headings: plain(&[
            "Số đến",
            "Ngày đến",
            "Cơ quan ban hành",
            "Số, ký hiệu",
            "Ngày văn bản",
            "Trích yếu nội dung",
            "Đơn vị xử lý",
            "Ngày chuyển",
            "Hạn giải quyết",
            "Tiến độ giải quyết",
            "Ghi chú",
        ]),
        rows,
        foot: Vec::new(),
    }
}

/// The letter that the report of 2020 names as its ground: public.
fn request_for_the_report(calendar: &Calendar, day: Date) -> Vec<Cell> {
    row![
        0_u32,
        day,
        "Sở Thông tin và Truyền thông",
        "1140/STTTT-TTBCXB",
        date(2020, 11, 20),
        "V/v thực hiện Quy chế phát ngôn và cung cấp thông tin cho báo chí năm 2020",
        "Phòng Văn hóa và Thông tin",
        day,
        place::after(calendar, day, 10),
        "Đã giải quyết",
        "",
    ]
}

fn any(calendar: &Calendar, random: &mut Random, day: Date) -> Vec<Cell> {
    let (author, symbol) = if random.percent(35) {
        let commune = random.pick(&COMMUNES);
        (format!("UBND {commune}"), format!("{}/UBND", 1 + random.below(400)))
    } else {
        let (author, code) = AUTHORS[random.below(AUTHORS.len())];
        (author.to_owned(), format!("{}/{code}", 1 + random.below(2_500)))
    };
    let back = jiff::Span::new().days(-1);
    let earlier = day.series(back).skip(1 + random.below(5));
    let written = earlier.into_iter().find(|day| calendar.is_working(*day));
    let due = random.percent(40).then(|| place::after(calendar, day, 5 + random.below(15)));
    row![
        0_u32,
        day,
        author,
        symbol,
        written.unwrap_or(day),
        place::timely(random, &SUBJECTS, day),
        random.pick(&DEPARTMENTS),
        day,
        due,
        if due.is_some() { "Đã giải quyết" } else { "" },
        "",
    ]
}
