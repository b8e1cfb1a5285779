//! Instants and legal days. A day is not an instant: deadlines and registers speak of days in Vietnam.

use jiff::SignedDuration;
use jiff::tz::{Offset, TimeZone};

/// An instant, UTC. Stored as whole milliseconds.
pub use jiff::Timestamp;
/// A legal day in Vietnam (*ngày*), stored as `2026-07-01`.
pub use jiff::civil::Date as Day;
/// A time of day in Vietnam (*giờ, phút*).
pub use jiff::civil::Time;

/// Vietnam keeps +07:00 all year; no daylight saving since 1975. The zone of the process has no influence.
pub fn vietnam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// The legal day on which `at` falls in Vietnam.
pub fn day_of(at: Timestamp) -> Day {
    at.to_zoned(vietnam()).date()
}

/// The instant of a time of day in Vietnam; nothing for an hour or minute that no day has.
pub fn at(day: Day, hour: i8, minute: i8) -> Option<Timestamp> {
    let clock = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    day.to_datetime(clock).to_zoned(vietnam()).ok().map(|at| at.timestamp())
}

/// A time of day as people write it: `8:30`, `08h30`, `8 giờ 30 phút`, `17h`, `8:30:59` without its seconds. Nothing for
/// what no clock shows.
pub fn read_clock(text: &str) -> Option<Time> {
    let folded = crate::text::fold(text);
    let plain = folded.replace("phut", "").replace("gio", ":").replace(['h', 'g', '.'], ":").replace(' ', "");
    let (hour, rest) = plain.split_once(':')?;
    let (minute, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    if seconds.len() != 2 || !seconds.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let is_short = |digits: &str| digits.len() <= 2 && digits.bytes().all(|sign| sign.is_ascii_digit());
    let number = |digits: &str| digits.parse::<i8>().ok().filter(|_| is_short(digits));
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    Time::new(number(hour)?, minute, 0, 0).ok()
}

/// `08:30`.
pub fn clock_in_table(at: Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// 00:00 of `day` in Vietnam.
///
/// # Errors
/// When the day lies outside the range of instants (year -9999 or 9999).
pub fn start_of(day: Day) -> Result<Timestamp, jiff::Error> {
    Ok(day.to_zoned(vietnam())?.timestamp())
}

/// `20/11/2020`, the form of registers and tables (TX-31).
pub fn day_in_table(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// `ngày 05 tháng 01 năm 2020`: day below 10 and months 1, 2 take a leading zero (NĐ 30/2020, PL I.II.4b).
pub fn day_in_words(day: Day) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `05/01/2020 08:30`, Vietnam time.
pub fn instant_in_table(at: Timestamp) -> String {
    let local = at.to_zoned(vietnam());
    format!("{} {}", day_in_table(local.date()), clock_in_table(local.time()))
}

/// The instant so many minutes before; the instant itself beyond what a clock holds.
pub fn minutes_before(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

/// The day so many days later, earlier when negative; the day itself beyond what a calendar holds.
pub fn days_later(day: Day, days: i64) -> Day {
    day.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_in_words_takes_zeros_only_where_a_digit_could_be_added() {
        assert_eq!(day_in_words(date(2020, 1, 5)), "ngày 05 tháng 01 năm 2020");
        assert_eq!(day_in_words(date(2019, 6, 29)), "ngày 29 tháng 6 năm 2019");
        assert_eq!(day_in_words(date(2020, 11, 20)), "ngày 20 tháng 11 năm 2020");
    }

    #[test]
    fn a_clock_is_read_as_people_write_it() {
        let read = |text| read_clock(text).map(clock_in_table);
        for text in
            ["8:30", "08:30", "8h30", "08g30", "8 giờ 30", "8 giờ 30 phút", "8.30", "8:30:59", " 8 : 30 "]
        {
            assert_eq!(read(text).as_deref(), Some("08:30"), "{text}");
        }
        assert_eq!(read("17h").as_deref(), Some("17:00"));
        for text in [
            "",
            "830",
            "24:00",
            "8:60",
            "-1:30",
            "8:+5",
            "20/11/2020",
            "008:30",
            "chiều",
            "8:30 sáng",
            "8:30:x",
            "8:30:00:00",
            ":30",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn midnight_in_vietnam_starts_the_day_at_17_utc_of_the_day_before() {
        let at = start_of(date(2020, 11, 20)).unwrap();
        assert_eq!(at.to_string(), "2020-11-19T17:00:00Z");
        assert_eq!(day_of(at), date(2020, 11, 20));
        assert_eq!(day_of(at - jiff::SignedDuration::from_millis(1)), date(2020, 11, 19));
    }
}
