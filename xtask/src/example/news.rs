//! News on the portal: 513 by the radio station, as the report of 2020 says, and some by others.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::MADE_UP;
use super::place::{COMMUNES, RADIO};
use super::random::Random;
use super::sheet::{Cell, Table, plain, row};

/// From the radio station and not withdrawn.
const FROM_RADIO: usize = 513;

/// The other suppliers, how they are written and how much they supplied.
const OTHERS: [(&str, usize); 7] = [
    ("Văn phòng HĐND và UBND", 41),
    ("Phòng Văn hóa và Thông tin", 27),
    ("Phòng Giáo dục và Đào tạo", 12),
    ("Phòng Y tế", 9),
    ("UBND thị trấn Quế", 6),
    ("UBND xã Thi Sơn", 5),
    ("UBND xã Nhật Tân", 4),
];

/// Category, title, first and last month in which it is written.
const TITLES: [(&str, &str, i8, i8); 34] = [
    ("Kinh tế - Chính trị", "{Xa} đẩy nhanh tiến độ thu hoạch lúa mùa", 9, 10),
    ("Kinh tế - Chính trị", "{Xa} tập trung gieo cấy lúa xuân trong khung thời vụ", 1, 3),
    ("Kinh tế - Chính trị", "Đại hội Đảng bộ {xa} nhiệm kỳ 2020 - 2025", 4, 6),
    ("Kinh tế - Chính trị", "{Xa} xây dựng nông thôn mới nâng cao", 1, 12),
    ("Kinh tế - Chính trị", "Mô hình trồng cây ăn quả cho thu nhập cao ở {xa}", 3, 12),
    ("Kinh tế - Chính trị", "HĐND {xa} tổ chức kỳ họp thường lệ", 6, 12),
    ("Kinh tế - Chính trị", "Lãnh đạo huyện kiểm tra sản xuất vụ đông tại {xa}", 10, 12),
    ("Kinh tế - Chính trị", "Tiếp xúc cử tri tại {xa}", 4, 12),
    ("Kinh tế - Chính trị", "{Xa} hoàn thành cứng hóa kênh mương nội đồng", 2, 11),
    ("Kinh tế - Chính trị", "Phiên giao dịch của Ngân hàng Chính sách xã hội tại {xa}", 1, 12),
    ("Văn hóa - Xã hội", "{Xa} chăm lo Tết Canh Tý cho hộ nghèo", 1, 1),
    ("Văn hóa - Xã hội", "{Xa} triển khai các biện pháp phòng, chống dịch COVID-19", 2, 5),
    ("Văn hóa - Xã hội", "Trao quà hỗ trợ người dân gặp khó khăn do dịch COVID-19 tại {xa}", 4, 6),
    ("Văn hóa - Xã hội", "Trường học ở {xa} đón học sinh trở lại lớp", 4, 5),
    ("Văn hóa - Xã hội", "Khai giảng năm học 2020 - 2021 tại {xa}", 9, 9),
    ("Văn hóa - Xã hội", "{Xa} tổ chức tết Trung thu cho thiếu nhi", 9, 10),
    ("Văn hóa - Xã hội", "Ngày hội Đại đoàn kết toàn dân tộc ở {xa}", 11, 11),
    ("Văn hóa - Xã hội", "Hội Chữ thập đỏ {xa} quyên góp ủng hộ đồng bào miền Trung", 10, 11),
    ("Văn hóa - Xã hội", "Giải bóng chuyền hơi các câu lạc bộ {xa}", 3, 12),
    ("Văn hóa - Xã hội", "Khám, cấp thuốc miễn phí cho người cao tuổi {xa}", 2, 12),
    ("Văn hóa - Xã hội", "Hội Phụ nữ {xa} với phong trào 5 không, 3 sạch", 1, 12),
    ("Văn hóa - Xã hội", "Đoàn thanh niên {xa} ra quân chiến dịch hè tình nguyện", 6, 8),
    ("Văn hóa - Xã hội", "Gặp mặt thân nhân liệt sĩ tại {xa} nhân ngày 27/7", 7, 7),
    ("Văn hóa - Xã hội", "Câu lạc bộ thơ {xa} kỷ niệm ngày thành lập", 1, 12),
    ("Quốc phòng - An ninh", "Tuổi trẻ {xa} lên đường nhập ngũ", 2, 2),
    ("Quốc phòng - An ninh", "Huấn luyện dân quân tự vệ tại {xa}", 3, 8),
    ("Quốc phòng - An ninh", "Công an {xa} tuyên truyền phòng, chống tội phạm", 1, 12),
    ("Quốc phòng - An ninh", "Diễn tập chiến đấu phòng thủ {xa}", 8, 10),
    ("Quốc phòng - An ninh", "Ra quân bảo đảm trật tự an toàn giao thông tại {xa}", 1, 12),
    ("Quốc phòng - An ninh", "Khám sơ tuyển nghĩa vụ quân sự tại {xa}", 10, 12),
    ("Cải cách hành chính", "{Xa} nâng cao chất lượng bộ phận một cửa", 1, 12),
    ("Cải cách hành chính", "Tập huấn dịch vụ công trực tuyến cho cán bộ {xa}", 3, 12),
    ("Cải cách hành chính", "Kiểm tra công vụ tại {xa}", 2, 12),
    ("Cải cách hành chính", "{Xa} công khai thủ tục hành chính", 1, 12),
];

struct Story {
    day: Date,
    category: &'static str,
    title: String,
}

/// A story no one has written before in its month.
fn story(random: &mut Random, told: &mut BTreeSet<(i8, String)>) -> Story {
    loop {
        let (category, pattern, first, last) = TITLES[random.below(TITLES.len())];
        let months = usize::try_from(last - first + 1).unwrap_or(1);
        let month = first + i8::try_from(random.below(months)).unwrap_or(0);
        let day = 1 + i8::try_from(random.below(28)).unwrap_or(0);
        let commune = random.pick(&COMMUNES);
        let mut signs = commune.chars();
        let upper: String =
            signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect());
        let title = pattern.replace("{xa}", commune).replace("{Xa}", &upper);
        if told.insert((month, title.clone())) {
            return Story { day: date(2020, month, day), category, title };
        }
    }
}

/// The register of news, by day, with a heading for each month, and a total at its foot.
pub(super) fn news() -> Table {
    let mut random = Random::new(513);
    let mut told = BTreeSet::new();
    let mut lines: Vec<(Story, &str, Option<Date>)> = Vec::new();
    for number in 0..FROM_RADIO {
        // Written in two ways, as in life: capitals are not the same everywhere.
        let supplier = if number % 9 == 4 { "Đài truyền thanh huyện" } else { RADIO };
        lines.push((story(&mut random, &mut told), supplier, None));
    }
    for (supplier, count) in OTHERS {
        lines.extend((0..count).map(|_| (story(&mut random, &mut told), supplier, None)));
    }
    let withdrawn = story(&mut random, &mut told);
    let gone = withdrawn.day.checked_add(jiff::Span::new().days(1)).ok();
    lines.push((withdrawn, RADIO, gone));
    lines.sort_by(|(one, ..), (other, ..)| one.day.cmp(&other.day).then_with(|| one.title.cmp(&other.title)));
    let total = lines.len();
    let mut rows = Vec::new();
    let mut month = 0;
    for ((story, supplier, gone), number) in lines.into_iter().zip(1_u32..) {
        if story.day.month() != month {
            month = story.day.month();
            rows.push(row![format!("Tháng {month}")]);
        }
        rows.push(row![number, story.title, story.day, story.category, supplier, gone, ""]);
    }
    Table {
        sheet: "Tin bài 2020",
        titles: vec![
            MADE_UP.to_owned(),
            "THỐNG KÊ TIN, BÀI ĐĂNG CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN KIM BẢNG NĂM 2020".to_owned(),
            String::new(),
        ],
        headings: plain(&[
            "STT",
            "Tên tin, bài",
            "Ngày đăng",
            "Chuyên mục",
            "Đơn vị cung cấp",
            "Ngày gỡ",
            "Ghi chú",
        ]),
        rows,
        foot: vec![
            row![format!("Tổng cộng: {total} tin, bài")],
            vec![],
            vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::from("NGƯỜI LẬP BIỂU")],
        ],
    }
}
