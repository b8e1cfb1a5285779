//! Outages of the public site (*gián đoạn của trang*): from when to when it could not be reached. The register keeps day
//! and hour apart, as offices write them; here they become moments of Vietnam, to the minute.

use jiff::civil::DateTime;

use crate::register::Values;
use crate::time;

/// When an outage began, where day and hour are written down.
pub fn began(values: &Values) -> Option<DateTime> {
    moment(values, "started_on", "started_at")
}

/// When an outage was over, where day and hour are written down.
pub fn ended(values: &Values) -> Option<DateTime> {
    moment(values, "ended_on", "ended_at")
}

fn moment(values: &Values, day: &str, at: &str) -> Option<DateTime> {
    Some(values.day(day)?.to_datetime(time::read_clock(values.text(at)?)?))
}
