//! Days and instants as pages show them.

use domain::time::{Day, Timestamp, vietnam};
use words::Language;

/// `20/11/2020` or `20 Nov 2020`.
pub fn day(language: Language, day: Day) -> String {
    language.day(day.year(), day.month(), day.day())
}

/// [`day`] with the time in Vietnam: `20/11/2020 08:30`.
pub fn instant(language: Language, at: Timestamp) -> String {
    let local = at.to_zoned(vietnam());
    language.instant((local.year(), local.month(), local.day()), (local.hour(), local.minute()))
}
