//! Days, instants, lengths and sizes as pages show them.

use domain::time::{Day, Timestamp, vietnam};
use words::Language;

/// `20/11/2020` or `20 Nov 2020`.
pub fn day(language: Language, day: Day) -> String {
    language.day(day.year(), day.month(), day.day())
}

/// How long something lasts: `45 giây`, `5 phút 12 giây`, `1 giờ 5 phút`.
pub fn length(language: Language, seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let (key, values) = match (hours, minutes) {
        (0, 0) => ("length.seconds", vec![("seconds", seconds)]),
        (0, _) => ("length.minutes", vec![("minutes", minutes), ("seconds", seconds)]),
        _ => ("length.hours", vec![("hours", hours), ("minutes", minutes)]),
    };
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    language.fill(key, &values)
}

/// The size of a file: `1,2 MB`, `340 KB`.
pub fn size(language: Language, bytes: u64) -> String {
    if bytes >= 1_000_000 {
        let tenths = bytes / 100_000;
        let mark = if language == Language::Vi { "," } else { "." };
        format!("{}{mark}{} MB", language.number(tenths / 10), tenths % 10)
    } else {
        format!("{} KB", language.number(bytes.div_ceil(1_000)))
    }
}

/// [`day`] with the time in Vietnam: `20/11/2020 08:30`.
pub fn instant(language: Language, at: Timestamp) -> String {
    let local = at.to_zoned(vietnam());
    language.instant((local.year(), local.month(), local.day()), (local.hour(), local.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_each_language_writes_numbers() {
        assert_eq!(size(Language::Vi, 1_250_000), "1,2 MB");
        assert_eq!(size(Language::En, 1_250_000), "1.2 MB");
        assert_eq!(size(Language::Vi, 1), "1 KB");
    }

    #[test]
    fn lengths_are_told_with_two_units_at_most() {
        let told: Vec<String> =
            [45, 60, 312, 3_900].iter().map(|seconds| length(Language::Vi, *seconds)).collect();
        assert_eq!(told, ["45 giây", "1 phút 0 giây", "5 phút 12 giây", "1 giờ 5 phút"]);
        assert_eq!(length(Language::En, 312), "5 min 12 s");
    }
}
