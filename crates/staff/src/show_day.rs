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
