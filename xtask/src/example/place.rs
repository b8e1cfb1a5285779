//! Names, days and people of the example. The units are those of data/units/kim-bang.toml; people and press agencies are
//! invented, but for the Chairman, whose name stands under the public report.

use domain::calendar::Calendar;
use jiff::civil::Date;

use super::random::Random;

/// The 12 specialised bodies of the district.
pub(super) const DEPARTMENTS: [&str; 12] = [
    "Văn phòng HĐND và UBND",
    "Phòng Nội vụ",
    "Phòng Tư pháp",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Tài nguyên và Môi trường",
    "Phòng Lao động - Thương binh và Xã hội",
    "Phòng Văn hóa và Thông tin",
    "Phòng Giáo dục và Đào tạo",
    "Phòng Y tế",
    "Thanh tra huyện",
    "Phòng Nông nghiệp và Phát triển nông thôn",
    "Phòng Kinh tế và Hạ tầng",
];

pub(super) const RADIO: &str = "Đài Truyền thanh huyện";

/// The 18 communes and towns of 2020.
pub(super) const COMMUNES: [&str; 18] = [
    "thị trấn Quế",
    "thị trấn Ba Sao",
    "xã Đại Cương",
    "xã Đồng Hóa",
    "xã Hoàng Tây",
    "xã Khả Phong",
    "xã Lê Hồ",
    "xã Liên Sơn",
    "xã Ngọc Sơn",
    "xã Nguyễn Úy",
    "xã Nhật Tân",
    "xã Nhật Tựu",
    "xã Tân Sơn",
    "xã Thanh Sơn",
    "xã Thi Sơn",
    "xã Thụy Lôi",
    "xã Tượng Lĩnh",
    "xã Văn Xá",
];

/// The Chairman: public, from the report of 2020.
pub(super) const CHAIRMAN: &str = "Phạm Hoàng Tùng";
/// Invented.
pub(super) const DEPUTIES: [&str; 2] = ["Lê Minh Họa", "Trần Thị Thí Dụ"];

/// Invented press agencies.
pub(super) const OUTLETS: [&str; 6] = [
    "Báo Minh Họa",
    "Báo điện tử Thí Dụ",
    "Tạp chí Đời sống Mẫu",
    "Đài Phát thanh và Truyền hình Thí Dụ",
    "Báo Kinh tế Minh Họa",
    "Trang tin Vùng Mẫu",
];

/// Invented names of citizens.
pub(super) const FAMILY: [&str; 10] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi", "Đặng", "Ngô"];
/// Invented names of citizens.
pub(super) const GIVEN: [&str; 16] = [
    "Văn An",
    "Thị Bình",
    "Minh Châu",
    "Quang Dũng",
    "Thu Hà",
    "Đức Hải",
    "Thị Hạnh",
    "Văn Khoa",
    "Ngọc Lan",
    "Thành Long",
    "Thị Mai",
    "Xuân Nam",
    "Hồng Nhung",
    "Văn Phúc",
    "Thị Thảo",
    "Anh Tuấn",
];

/// One of these texts, none about COVID-19 before it had its name.
pub(super) fn timely<'a>(random: &mut Random, texts: &[&'a str], day: Date) -> &'a str {
    let is_early = day < Date::constant(2020, 2, 12);
    let fitting: Vec<&str> =
        texts.iter().copied().filter(|text| !(is_early && text.contains("COVID"))).collect();
    random.pick(&fitting)
}

/// The working days of a year.
pub(super) fn working_days(calendar: &Calendar, year: i16) -> Vec<Date> {
    Date::constant(year, 1, 1)
        .series(jiff::Span::new().days(1))
        .take_while(|day| day.year() == year)
        .filter(|day| calendar.is_working(*day))
        .collect()
}

/// The working day so many working days after `day`.
pub(super) fn after(calendar: &Calendar, day: Date, working_days: usize) -> Date {
    let later = day.series(jiff::Span::new().days(1)).skip(1).filter(|day| calendar.is_working(*day));
    if working_days == 0 { day } else { later.take(working_days).last().unwrap_or(day) }
}

/// `xã Thi Sơn` as a unit: `Ủy ban nhân dân xã Thi Sơn`.
pub(super) fn committee(commune: &str) -> String {
    format!("Ủy ban nhân dân {commune}")
}
