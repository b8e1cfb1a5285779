//! Days as offices write them. Day before month, always.

use domain::text;
use domain::time::Day;

use crate::Code;
use crate::source::{Raw, serial_day};

/// A day read from a cell, and what to say about how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayRead {
    pub(crate) day: Day,
    /// Info or doubt: year from the title, two digits, bare number.
    pub(crate) note: Option<Code>,
}

/// What is known of days around the cell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DayContext {
    pub(crate) year: Option<i16>,
    pub(crate) since_1904: bool,
}

const YEARS: std::ops::RangeInclusive<i16> = 1945..=2100;

/// Reads a day, or says why there is none.
pub(crate) fn read(raw: &Raw, context: DayContext) -> Result<DayRead, Code> {
    let read = match raw {
        Raw::Day(day) => DayRead { day: *day, note: None },
        Raw::Number(number) => of_number(*number, context)?,
        Raw::Text(text) => of_text(text, context)?,
        Raw::Flag(_) | Raw::Error(_) => return Err(Code::DayUnreadable),
    };
    if YEARS.contains(&read.day.year()) { Ok(read) } else { Err(Code::DayOutOfRange) }
}

/// A bare number: a serial, `20112020`, or `20.11` typed where the dot is the decimal sign.
fn of_number(number: f64, context: DayContext) -> Result<DayRead, Code> {
    if (20_000.0..80_000.0).contains(&number) {
        let day = serial_day(number, context.since_1904).ok_or(Code::DayUnreadable)?;
        return Ok(DayRead { day, note: Some(Code::DayFromNumber) });
    }
    if number.fract() == 0.0 && number >= 1_010_000.0 {
        return of_text(&format!("{number:08.0}"), context);
    }
    if number.fract() == 0.0 {
        return Err(Code::DayUnreadable);
    }
    let written = format!("{number:.2}");
    // The sheet program shows `20.1` for both `20.1` and `20.10`: January or October.
    if written.ends_with(".10") { Err(Code::DayAmbiguous) } else { of_text(&written, context) }
}

/// `20/11/2020`, `20-11-2020`, `20.11.2020`, `2020-11-20`, `ngày 20 tháng 11 năm 2020`, `20/11`, with or without
/// place before and time after.
pub(crate) fn of_text(written: &str, context: DayContext) -> Result<DayRead, Code> {
    let folded = text::fold(written);
    let from_day = folded.rfind("ngay ").and_then(|at| folded.get(at..)).unwrap_or(&folded);
    let numbers = numbers(from_day).ok_or(Code::DayUnreadable)?;
    match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => build(day, month, year, None),
        [day, month, year] if year.len() == 4 => build(day, month, year, None),
        [day, month, year] if year.len() == 2 => build(day, month, &century(year), Some(Code::YearTwoDigits)),
        [_, year] if year.len() == 4 => Err(Code::DayWithoutDay),
        [year, _] if year.len() == 4 => Err(Code::DayWithoutDay),
        [day, month] => match context.year {
            Some(year) => build(day, month, &year.to_string(), Some(Code::YearFromTitle)),
            // Said only of what would be a day in some year.
            None => build(day, month, "2020", None).and(Err(Code::DayWithoutYear)),
        },
        [all] if all.len() == 8 => of_eight(all),
        _ => Err(Code::DayUnreadable),
    }
}

/// `20112020` or `20201120`.
fn of_eight(all: &str) -> Result<DayRead, Code> {
    let (Some(first), Some(rest)) = (all.get(..4), all.get(4..)) else { return Err(Code::DayUnreadable) };
    let halves = |pair: &'_ str| Some((pair.get(..2)?.to_owned(), pair.get(2..)?.to_owned()));
    let (Some(front), Some(back)) = (halves(first), halves(rest)) else { return Err(Code::DayUnreadable) };
    let is_year = |text: &str| text.parse().is_ok_and(|year: i16| YEARS.contains(&year));
    let note = Some(Code::DayFromNumber);
    match (is_year(rest), is_year(first)) {
        (true, _) => build(&front.0, &front.1, rest, note),
        (false, true) => build(&back.1, &back.0, first, note),
        (false, false) => Err(Code::DayUnreadable),
    }
}

fn century(two: &str) -> String {
    let years: i16 = two.parse().unwrap_or(0);
    (if years < 70 { 2000 + years } else { 1900 + years }).to_string()
}

fn build(day: &str, month: &str, year: &str, note: Option<Code>) -> Result<DayRead, Code> {
    let (Ok(day), Ok(month), Ok(year)) = (day.parse::<i8>(), month.parse::<i8>(), year.parse::<i16>()) else {
        return Err(Code::DayUnreadable);
    };
    match Day::new(year, month, day) {
        Ok(day) => Ok(DayRead { day, note }),
        Err(_) if Day::new(year, day, month).is_ok() => Err(Code::DaySwapped),
        Err(_) => Err(Code::DayImpossible),
    }
}

/// The groups of digits of a folded text that says nothing but a day and perhaps a time of day.
fn numbers(folded: &str) -> Option<Vec<String>> {
    const SILENT: [&str; 14] = [
        "ngay", "thang", "nam", "luc", "vao", "hoi", "sang", "chieu", "toi", "thu", "chu", "nhat", "am", "pm",
    ];
    let folded = without_weekday(folded);
    let mut numbers = Vec::new();
    for piece in
        without_time(&folded).split(|sign: char| !sign.is_alphanumeric()).filter(|piece| !piece.is_empty())
    {
        if piece.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers.push(piece.to_owned());
        } else if let Some((date, _)) = piece.split_once('t').filter(|(date, _)| is_digits(date)) {
            numbers.push(date.to_owned());
        } else if let Some(month) = month_named(piece) {
            numbers.push(month);
        } else if !SILENT.contains(&piece) {
            return None;
        }
    }
    Some(numbers)
}

/// Without the day of the week in front: `thứ hai, `, `thứ 3 `, `T4 `, `CN `.
fn without_weekday(folded: &str) -> String {
    const NAMES: [&str; 9] =
        ["thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat", "cn", "chu nhat ngay"];
    let named = NAMES.iter().find_map(|name| folded.strip_prefix(name));
    let numbered = ["thu ", "t"]
        .iter()
        .find_map(|mark| folded.strip_prefix(mark)?.strip_prefix(|sign: char| ('2'..='7').contains(&sign)));
    let rest = named.or(numbered).filter(|rest| rest.starts_with([' ', ',', '-', '.']));
    rest.unwrap_or(folded).trim_start_matches([' ', ',', '-', '.']).to_owned()
}

/// The number of a month as sheet programs name it in their own formats: `Thg1` (Vietnamese), `Jan` (English).
fn month_named(piece: &str) -> Option<String> {
    const ENGLISH: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Some(number) = piece.strip_prefix("thg").filter(|rest| is_digits(rest) && rest.len() <= 2) {
        return Some(number.to_owned());
    }
    ENGLISH.iter().position(|name| *name == piece).map(|at| (at + 1).to_string())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes away `08:30`, `08:30:00`, `8h30`, `8 giờ 30`, also after a `T`.
fn without_time(folded: &str) -> String {
    let mut kept = Vec::new();
    let spaced = folded.replace(" gio ", "h").replace(" gio", "h").replace(" phut", "");
    for word in spaced.split(' ') {
        let (date, time) = match word.split_once('t') {
            Some((date, time))
                if time.contains(':') && date.ends_with(|sign: char| sign.is_ascii_digit()) =>
            {
                (date, time)
            }
            _ => ("", word),
        };
        let hour = time.split([':', 'h']).next().unwrap_or("");
        let rest = time.get(hour.len()..).unwrap_or("");
        let is_time = is_digits(hour)
            && hour.len() <= 2
            && rest.starts_with([':', 'h'])
            && rest
                .trim_end_matches(['z', ','])
                .chars()
                .all(|sign| sign.is_ascii_digit() || ":.h+".contains(sign));
        kept.push(if is_time { date } else { word });
    }
    kept.join(" ")
}

/// A year named in a title: `năm 2020`, `NĂM 2020`, or a lone `2020`.
pub(crate) fn year_in(title: &str) -> Option<i16> {
    let folded = text::fold(title);
    let years: Vec<(bool, i16)> = folded
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .scan("", |before, piece| {
            let named = *before == "nam";
            *before = piece;
            Some((named, piece))
        })
        .filter(|(_, piece)| piece.len() == 4)
        .filter_map(|(named, piece)| Some((named, piece.parse().ok()?)))
        .filter(|(_, year)| (1990..=2099).contains(year))
        .collect();
    let named = years.iter().find(|(named, _)| *named);
    let only = years.first().filter(|(_, year)| years.iter().all(|(_, other)| other == year));
    named.or(only).map(|(_, year)| *year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const IN_2020: DayContext = DayContext { year: Some(2020), since_1904: false };

    fn text(written: &str) -> Result<DayRead, Code> {
        read(&Raw::Text(written.to_owned()), DayContext::default())
    }

    #[test]
    fn the_ways_to_write_a_day() {
        for written in [
            "20/11/2020",
            "20-11-2020",
            "20.11.2020",
            "2020-11-20",
            "20 / 11 / 2020",
            "20–11–2020",
            "ngày 20 tháng 11 năm 2020",
            "Ngày 20 tháng 11 năm 2020",
            "nga\u{300}y 20 tha\u{301}ng 11 năm 2020",
            "Kim Bảng, ngày 20 tháng 11 năm 2020",
            "20/11/2020 08:30",
            "20/11/2020 08:30:00",
            "8h30 ngày 20/11/2020",
            "20/11/2020 8 giờ 30",
            "2020-11-20T08:30:00",
            "2020-11-20T08:30:00.000Z",
            "20/11/2020.",
            "Thứ sáu, 20/11/2020",
            "Thứ 6 ngày 20/11/2020",
            "Thứ 6, 20/11/2020",
            "T6 20/11/2020",
            "20-Thg11-2020",
            "20-Nov-2020",
        ] {
            assert_eq!(text(written), Ok(DayRead { day: date(2020, 11, 20), note: None }), "{written}");
        }
    }

    #[test]
    fn what_is_not_a_day_says_why() {
        for (written, code) in [
            ("31/02/2020", Code::DayImpossible),
            ("29/02/2021", Code::DayImpossible),
            ("00/00/2020", Code::DayImpossible),
            ("11/20/2020", Code::DaySwapped),
            ("2020-20-11", Code::DaySwapped),
            ("11/2020", Code::DayWithoutDay),
            ("tháng 11 năm 2020", Code::DayWithoutDay),
            ("20/11", Code::DayWithoutYear),
            ("31/02", Code::DayImpossible),
            ("20/11/2202", Code::DayOutOfRange),
            ("20/11/0202", Code::DayOutOfRange),
            ("20/11/020", Code::DayUnreadable),
            ("chưa có", Code::DayUnreadable),
            ("20/11/2020 và 21/11/2020", Code::DayUnreadable),
            ("1140/UBND", Code::DayUnreadable),
            ("2020", Code::DayUnreadable),
        ] {
            assert_eq!(text(written), Err(code), "{written}");
        }
    }

    #[test]
    fn what_was_guessed_is_noted() {
        let read_2020 = |raw: Raw| read(&raw, IN_2020);
        let noted = |note| Ok(DayRead { day: date(2020, 11, 20), note: Some(note) });
        assert_eq!(read_2020(Raw::Text("20/11".into())), noted(Code::YearFromTitle));
        assert_eq!(read_2020(Raw::Number(20.11)), noted(Code::YearFromTitle));
        assert_eq!(text("20/11/20"), noted(Code::YearTwoDigits));
        assert_eq!(text("20112020"), noted(Code::DayFromNumber));
        assert_eq!(text("20201120"), noted(Code::DayFromNumber));
        assert_eq!(read_2020(Raw::Number(44155.0)), noted(Code::DayFromNumber));
        assert_eq!(read_2020(Raw::Number(20_112_020.0)), noted(Code::DayFromNumber));
        assert_eq!(read_2020(Raw::Number(20.1)), Err(Code::DayAmbiguous));
        assert_eq!(read_2020(Raw::Number(2020.0)), Err(Code::DayUnreadable));
        let since_1904 = DayContext { year: None, since_1904: true };
        assert_eq!(read(&Raw::Number(42693.0), since_1904), noted(Code::DayFromNumber));
    }

    #[test]
    fn the_year_of_a_title() {
        assert_eq!(year_in("SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2020"), Some(2020));
        assert_eq!(year_in("CV di 2021"), Some(2021));
        assert_eq!(year_in("Quyết định 20/2016/QĐ-UBND năm 2020"), Some(2020));
        assert_eq!(year_in("2019 - 2020"), None);
        assert_eq!(year_in("Sổ 1140"), None);
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_from_each_way_to_write_it(
            days in 0_i64..50_000, way in 0_usize..7,
        ) {
            let day = date(1960, 1, 1).checked_add(jiff::SignedDuration::from_hours(days * 24)).unwrap();
            let (d, m, y) = (day.day(), day.month(), day.year());
            let raw = match way {
                0 => Raw::Text(format!("{d:02}/{m:02}/{y}")),
                1 => Raw::Text(format!("{d}-{m}-{y}")),
                2 => Raw::Text(format!("{d}.{m}.{y}")),
                3 => Raw::Text(day.to_string()),
                4 => Raw::Text(domain::time::day_in_words(day)),
                5 => Raw::Text(domain::time::day_in_words(day).to_uppercase()),
                _ => Raw::Day(day),
            };
            prop_assert_eq!(read(&raw, DayContext::default()), Ok(DayRead { day, note: None }));
        }

        #[test]
        fn no_text_makes_it_fail(written in "\\PC{0,40}") {
            let _ = text(&written);
        }
    }
}
