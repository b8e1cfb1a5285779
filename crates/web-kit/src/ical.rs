//! Calendars that programs subscribe to or import (iCalendar, RFC 5545).

use domain::time::{Day, Timestamp};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

/// The media type of a calendar.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// What makes them, as calendars name it.
const PRODUCT: &str = "-//Phát Ngôn//Phát Ngôn//VI";

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From an instant to another.
    Between(Timestamp, Timestamp),
    /// On a day.
    On(Day),
}

/// How sure it is that something takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Confirmed,
    /// It is only planned.
    Tentative,
    /// It does not.
    Cancelled,
}

/// Something in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by for ever: programs replace the one they have.
    pub uid: String,
    /// When.
    pub when: When,
    /// In one line.
    pub title: String,
    /// Where; may be empty.
    pub place: String,
    /// Its page; may be empty.
    pub url: String,
    /// Whether it takes place.
    pub standing: Standing,
    /// How often it was changed: a later one replaces an earlier one.
    pub version: i64,
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn day(name: &str, day: Day) -> Property {
    let mut property = Property::new(name, day.strftime("%Y%m%d").to_string());
    property.add_parameter("VALUE", "DATE");
    property
}

/// A calendar of this name; `now` is when it was made.
pub fn calendar(name: &str, entries: &[Entry], now: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(name);
    for entry in entries {
        let mut event = Event::new();
        event.uid(&entry.uid).summary(&entry.title).add_property("DTSTAMP", instant(now));
        event.add_property("SEQUENCE", entry.version.to_string());
        match entry.when {
            When::Between(from, to) => {
                event.add_property("DTSTART", instant(from)).add_property("DTEND", instant(to));
            }
            When::On(on) => {
                event.append_property(day("DTSTART", on));
            }
        }
        if !entry.place.is_empty() {
            event.location(&entry.place);
        }
        if !entry.url.is_empty() {
            event.url(&entry.url);
        }
        event.status(match entry.standing {
            Standing::Confirmed => EventStatus::Confirmed,
            Standing::Tentative => EventStatus::Tentative,
            Standing::Cancelled => EventStatus::Cancelled,
        });
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn entries_are_written_as_programs_read_them_and_no_line_is_forged() {
        let at = |hour| domain::time::at(date(2026, 9, 1), hour, 0).unwrap();
        let entry = Entry {
            uid: "a@x".into(),
            when: When::Between(at(9), at(10)),
            title: "Họp báo; quý III, 2026\nATTENDEE:mailto:x@y".into(),
            place: "Hội trường".into(),
            url: String::new(),
            standing: Standing::Cancelled,
            version: 3,
        };
        let due = Entry {
            uid: "b@x".into(),
            when: When::On(date(2026, 9, 2)),
            standing: Standing::Tentative,
            ..entry.clone()
        };
        let text = calendar("Lịch", &[entry, due], at(8)).replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "DTSTART:20260901T020000Z",
            "DTEND:20260901T030000Z",
            "DTSTART;VALUE=DATE:20260902",
            "DTSTAMP:20260901T010000Z",
            "STATUS:CANCELLED",
            "STATUS:TENTATIVE",
            "PRODID:-//Phát Ngôn//Phát Ngôn//VI",
            "SEQUENCE:3",
            "SUMMARY:Họp báo\\; quý III\\, 2026\\nATTENDEE:mailto:x@y",
        ] {
            assert!(text.lines().any(|read| read == line), "{line}: {text}");
        }
        assert!(!text.lines().any(|line| line.starts_with("ATTENDEE")), "{text}");
        assert_eq!(text.matches("PRODID:").count(), 1, "{text}");
    }
}
