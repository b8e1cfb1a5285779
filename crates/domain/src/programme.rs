//! The programme of a day (*chương trình phát thanh trong ngày*): what is broadcast when.

use crate::id::{PublicationId, SlotId, UnitId};
use crate::time::Day;
use serde::Serialize;

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// Signs of a title.
pub const LONGEST_TITLE: usize = 200;

/// One part of the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// Whose station.
    pub unit: UnitId,
    /// The day.
    pub day: Day,
    /// When it begins, in minutes from midnight.
    pub start: u16,
    /// How long it is, in minutes; it ends on the same day.
    pub minutes: u16,
    /// What it is; may be empty with a bulletin, whose title it then has for as long as that is public.
    pub title: String,
    /// The bulletin that was broadcast, where there is one.
    pub bulletin: Option<PublicationId>,
}

impl Slot {
    /// The minute after its last.
    pub const fn end(&self) -> u16 {
        self.start.saturating_add(self.minutes)
    }

    /// Whether both are on the air at some minute of the same day.
    pub fn overlaps(&self, other: &Slot) -> bool {
        self.day == other.day && self.start < other.end() && other.start < self.end()
    }
}

/// A time of day as offices type it, in minutes from midnight: `5:30`, `05h30`, `17 giờ`, `5g30`, `17:00`.
pub fn read_time(typed: &str) -> Option<u16> {
    let folded = crate::text::fold(typed);
    let mut parts = folded.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
    let hours: u16 = parts.next()?.parse().ok()?;
    let minutes: u16 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let is_time = parts.next().is_none() && hours < 24 && minutes < 60;
    let is_plain = folded.chars().all(|sign| sign.is_ascii_digit() || ":.hgio phut".contains(sign));
    (is_time && is_plain).then_some(hours * 60 + minutes)
}

/// `05:30`.
pub fn write_time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_offices_type_them() {
        for (typed, minutes) in [
            ("5:30", 330),
            ("05h30", 330),
            ("17 giờ", 1_020),
            ("5g30", 330),
            ("17:00", 1_020),
            ("0:00", 0),
            ("5 giờ 30 phút", 330),
        ] {
            assert_eq!(read_time(typed), Some(minutes), "{typed}");
        }
        for wrong in ["", "24:00", "5:60", "sáng", "5:30:10", "-1", "5/30"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
        assert_eq!(write_time(330), "05:30");
    }

    #[test]
    fn parts_that_touch_do_not_overlap() {
        let slot = |start, minutes| Slot {
            id: SlotId::from_parts(0, 0),
            unit: UnitId::from_parts(0, 0),
            day: Day::constant(2020, 3, 5),
            start,
            minutes,
            title: String::new(),
            bulletin: None,
        };
        assert!(!slot(330, 30).overlaps(&slot(360, 10)));
        assert!(slot(330, 31).overlaps(&slot(360, 10)) && slot(360, 10).overlaps(&slot(330, 31)));
        let other = Slot { day: Day::constant(2020, 3, 6), ..slot(330, 30) };
        assert!(!slot(330, 30).overlaps(&other));
    }
}
