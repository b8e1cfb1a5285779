//! Questions of citizens: 128, all answered on time, and what came in with them and was none.

use domain::calendar::Calendar;
use jiff::civil::{Date, date};

use super::MADE_UP;
use super::place::{self, COMMUNES, DEPARTMENTS, FAMILY, GIVEN};
use super::random::Random;
use super::sheet::{Cell, Table, merged, row, slashes};

const QUESTIONS: usize = 128;

const SUBJECTS: [(&str, &str); 12] = [
    ("Đất đai", "Thủ tục cấp giấy chứng nhận quyền sử dụng đất tại {xa} gồm những gì?"),
    ("Đất đai", "Thời gian giải quyết hồ sơ tách thửa ở {xa} là bao lâu?"),
    ("Hộ tịch", "Đăng ký khai sinh quá hạn tại {xa} cần giấy tờ gì?"),
    ("Hộ tịch", "Xin trích lục kết hôn tại {xa} phải làm thế nào?"),
    ("Chính sách xã hội", "Điều kiện hưởng trợ cấp bảo trợ xã hội tại {xa}?"),
    ("Chính sách xã hội", "Hỗ trợ lao động mất việc do COVID-19 ở {xa} nộp hồ sơ ở đâu?"),
    ("Giáo dục", "Tuyển sinh lớp 1 năm học 2020 - 2021 tại {xa} theo tuyến nào?"),
    ("Xây dựng", "Nhà ở riêng lẻ tại {xa} có phải xin giấy phép xây dựng không?"),
    ("Giao thông", "Khi nào sửa chữa đường liên thôn tại {xa}?"),
    ("Y tế", "Người dân {xa} khai báo y tế ở đâu?"),
    ("Nông nghiệp", "Mức hỗ trợ lợn bị tiêu hủy do dịch tả lợn châu Phi ở {xa}?"),
    ("Môi trường", "Lịch thu gom rác thải sinh hoạt của {xa}?"),
];

/// What is no question in law: kind, subject, what was done.
const OTHER_TRACKS: [(&str, &str); 6] = [
    ("Kiến nghị, phản ánh", "Đề nghị sửa đèn chiếu sáng tại ngã tư"),
    ("Kiến nghị, phản ánh", "Phản ánh xe quá tải chạy qua khu dân cư"),
    ("Kiến nghị, phản ánh", "Phản ánh tiếng ồn quán karaoke"),
    ("Khiếu nại", "Khiếu nại quyết định thu hồi đất"),
    ("Tố cáo", "Đơn gửi qua chuyên mục Hỏi – Đáp, nội dung không công khai"),
    ("Yêu cầu cung cấp thông tin", "Đề nghị cung cấp bản sao quy hoạch sử dụng đất"),
];

struct Asked {
    received: Date,
    subject: String,
    topic: &'static str,
    track: &'static str,
    notice: Option<Date>,
    promised: Option<Date>,
    answered: Option<Date>,
    outcome: &'static str,
}

fn asked(calendar: &Calendar, random: &mut Random, received: Date) -> Asked {
    let (mut topic, mut pattern) = SUBJECTS[random.below(SUBJECTS.len())];
    if received < date(2020, 2, 12) && (pattern.contains("COVID") || topic == "Y tế") {
        (topic, pattern) = SUBJECTS[0];
    }
    Asked {
        received,
        subject: pattern.replace("{xa}", random.pick(&COMMUNES)),
        topic,
        track: "Hỏi - Đáp",
        notice: None,
        promised: None,
        answered: Some(place::after(calendar, received, 2 + random.below(12))),
        outcome: "Đã trả lời",
    }
}

/// 128 questions of the year, the last early enough to be answered in it; two of the end of 2019; six that were none.
fn all() -> Vec<Asked> {
    let calendar = Calendar::shipped();
    let mut random = Random::new(128);
    let mut all = Vec::new();
    for number in 0..QUESTIONS {
        let spread = i64::try_from(number * 340 / QUESTIONS + random.below(3)).unwrap_or(0);
        let received =
            date(2020, 1, 2).checked_add(jiff::Span::new().days(spread)).unwrap_or(date(2020, 1, 2));
        let mut one = asked(&calendar, &mut random, received);
        if number % 40 == 17 {
            // Too hard for 15 working days: the asker was told in time and got the answer on the day named.
            one.notice = Some(place::after(&calendar, received, 10));
            one.promised = Some(place::after(&calendar, received, 25));
            one.answered = Some(place::after(&calendar, received, 22));
        }
        all.push(one);
    }
    for received in [date(2019, 12, 26), date(2019, 12, 30)] {
        all.push(asked(&calendar, &mut random, received));
    }
    for ((track, subject), number) in OTHER_TRACKS.iter().zip(1..) {
        let received = date(2020, 1, 20).checked_add(jiff::Span::new().days(51 * number));
        all.push(Asked {
            subject: (*subject).to_owned(),
            topic: "",
            track,
            answered: None,
            outcome: "Đã chuyển",
            ..asked(&calendar, &mut random, received.unwrap_or(date(2020, 1, 20)))
        });
    }
    all.sort_by(|one, other| one.received.cmp(&other.received).then_with(|| one.subject.cmp(&other.subject)));
    all
}

/// The register of questions: headings in two rows, days as text.
pub(super) fn questions() -> Table {
    let mut random = Random::new(15);
    let text = |day: Option<Date>| day.map_or_else(String::new, slashes);
    let rows = all().into_iter().zip(1_u32..).map(|(asked, number)| {
        let name = format!("{} {}", random.pick(&FAMILY), random.pick(&GIVEN));
        let phone = format!("0226 000 {:04}", random.below(10_000));
        let published = asked.answered.filter(|_| random.percent(90));
        row![
            number,
            format!("HĐ-{}-{number:03}", asked.received.year()),
            name,
            phone,
            asked.topic,
            asked.subject,
            asked.track,
            random.pick(&DEPARTMENTS),
            slashes(asked.received),
            text(asked.notice),
            text(asked.promised),
            text(asked.answered),
            text(published),
            asked.outcome,
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let upper = vec![
        ("STT", 1),
        ("Mã câu hỏi", 1),
        ("Người hỏi", 1),
        ("Liên hệ", 1),
        ("Lĩnh vực", 1),
        ("Nội dung câu hỏi", 1),
        ("Phân loại", 1),
        ("Đơn vị trả lời", 1),
        ("Thời gian", 5),
        ("Kết quả", 1),
    ];
    let mut lower: Vec<(&str, u16)> = vec![("", 1); 8];
    lower.extend([
        ("Ngày nhận", 1),
        ("Ngày thông báo tiến độ", 1),
        ("Ngày hẹn trả lời", 1),
        ("Ngày trả lời", 1),
        ("Ngày đăng trả lời", 1),
        ("", 1),
    ]);
    Table {
        sheet: "Hỏi đáp 2020",
        titles: vec![
            MADE_UP.to_owned(),
            "SỔ THEO DÕI CÂU HỎI CỦA CÔNG DÂN – CHUYÊN MỤC HỎI – ĐÁP NĂM 2020".to_owned(),
        ],
        headings: merged(&upper, &lower),
        rows,
        foot: Vec::new(),
    }
}
