//! Days and instants as the desk shows them.

use domain::time::{self, Day, Timestamp};

/// `20/11/2020`.
pub fn day(day: Day) -> String {
    time::day_in_table(day)
}

/// `20/11/2020 08:30`, Vietnam time.
pub fn instant(at: Timestamp) -> String {
    time::instant_in_table(at)
}

/// Day and time of day in Vietnam as offices type them: `20/11/2026` and `07:30`, `7h30`, `7g`.
pub fn read_instant(day: Day, typed: &str) -> Option<Timestamp> {
    let (hour, minute) = typed.trim().split_once([':', 'h', 'g'])?;
    let minute = if minute.trim().is_empty() { 0 } else { minute.trim().parse().ok()? };
    time::at(day, hour.trim().parse().ok()?, minute)
}
