//! Outages of the public site (*gián đoạn của trang*): from when to when it could not be reached. The register keeps day
//! and hour apart, as offices write them; here they become moments of Vietnam, to the minute.

use jiff::civil::{DateTime, Time};

use crate::register::Values;

/// The hour of a day as people write it: `08:30`, `8:30:00`, `8h30`, `8 giờ 30`, `8h`. Seconds are left out.
pub fn hour(text: &str) -> Option<Time> {
    let folded = crate::text::fold(text).replace("phut", "").replace("gio", ":").replace('h', ":");
    let mut parts = folded.split(':').map(str::trim);
    let number = |part: Option<&str>| part.unwrap_or("").parse::<i8>().ok();
    let hour = number(parts.next())?;
    let minute = match parts.next() {
        None => return None,
        Some("") => 0,
        minute => number(minute)?,
    };
    let rest = parts.collect::<Vec<_>>();
    let is_seconds = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if rest.len() > 1 || !rest.iter().all(is_seconds) {
        return None;
    }
    Time::new(hour, minute, 0, 0).ok()
}

/// An hour as the register keeps it: `08:30`.
pub fn hour_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// When an outage began, where day and hour are written down.
pub fn began(values: &Values) -> Option<DateTime> {
    moment(values, "started_on", "started_at")
}

/// When an outage was over, where day and hour are written down.
pub fn ended(values: &Values) -> Option<DateTime> {
    moment(values, "ended_on", "ended_at")
}

fn moment(values: &Values, day: &str, at: &str) -> Option<DateTime> {
    Some(values.day(day)?.to_datetime(hour(values.text(at)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_read_as_people_write_it() {
        for (text, read) in [
            ("08:30", "08:30"),
            ("8:30", "08:30"),
            ("8:30:59", "08:30"),
            ("8h30", "08:30"),
            ("8 giờ 30", "08:30"),
            ("8 giờ 30 phút", "08:30"),
            ("8h", "08:00"),
            (" 23 : 05 ", "23:05"),
            ("0:00", "00:00"),
        ] {
            assert_eq!(hour(text).map(hour_text).as_deref(), Some(read), "{text}");
        }
        for text in ["", "8", "24:00", "8:60", "8:30 sáng", "8:30:00:00", "8:30:x", "-1:00", "sáng", ":30"]
        {
            assert_eq!(hour(text), None, "{text}");
        }
    }
}
