//! The period of a report: explicit first and last day. A "year 2020" by the calendar and one from 15/12 to 14/12
//! (NĐ 09/2019, NĐ 244/2026 Đ10 k2) exist side by side.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::{self, Day};

/// First and last day of what a report counts, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    first: Day,
    last: Day,
}

/// Why a text or a pair of days is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    /// Not `2020`, `2020-closing`, `2020-H1`, `2020-Q3`, `2020-06` or `2019-12-15..2020-12-14`.
    #[error(
        "not a period: {0:?}; write 2020 (calendar year), 2020-closing (15/12 to 14/12), 2020-H1, 2020-Q3, 2020-06 or 2019-12-15..2020-12-14"
    )]
    Unreadable(String),
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Backwards,
}

impl Period {
    /// The period from `first` to `last`, both included.
    ///
    /// # Errors
    /// When `last` lies before `first`.
    pub fn new(first: Day, last: Day) -> Result<Period, BadPeriod> {
        if last < first { Err(BadPeriod::Backwards) } else { Ok(Period { first, last }) }
    }

    /// 1 January to 31 December.
    ///
    /// # Errors
    /// When the year lies outside the calendar.
    pub fn calendar_year(year: i16) -> Result<Period, BadPeriod> {
        Period::of(year, (year, 1, 1), (year, 12, 31))
    }

    /// 15 December of the year before to 14 December (RP-Y, PS-RPT-3).
    ///
    /// # Errors
    /// When the year lies outside the calendar.
    pub fn closing_year(year: i16) -> Result<Period, BadPeriod> {
        Period::of(year, (year.saturating_sub(1), 12, 15), (year, 12, 14))
    }

    fn of(year: i16, first: (i16, i8, i8), last: (i16, i8, i8)) -> Result<Period, BadPeriod> {
        let day = |(year_of, month, day): (i16, i8, i8)| {
            Day::new(year_of, month, day).map_err(|_| BadPeriod::Unreadable(year.to_string()))
        };
        Period::new(day(first)?, day(last)?)
    }

    /// The first day.
    pub fn first(&self) -> Day {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Day {
        self.last
    }

    /// Whether `day` lies in the period.
    pub fn contains(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// The year the period is named after: that of its last day.
    pub fn year(&self) -> i16 {
        self.last.year()
    }

    /// Whether this is exactly a calendar year.
    pub fn is_calendar_year(&self) -> bool {
        Period::calendar_year(self.year()).is_ok_and(|year| year == *self)
    }

    /// The period one year earlier, for comparison. 29 February becomes 28 February.
    ///
    /// # Errors
    /// When that lies outside the calendar.
    pub fn year_before(&self) -> Result<Period, BadPeriod> {
        let back = |day: Day| {
            day.checked_sub(jiff::Span::new().years(1)).map_err(|_| BadPeriod::Unreadable(day.to_string()))
        };
        Period::new(back(self.first)?, back(self.last)?)
    }

    /// `năm 2020` for a calendar year, else `từ ngày 15/12/2019 đến ngày 14/12/2020`.
    pub fn in_words(&self) -> String {
        if self.is_calendar_year() {
            format!("năm {}", self.year())
        } else {
            format!("từ ngày {} đến ngày {}", time::day_in_table(self.first), time::day_in_table(self.last))
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_calendar_year() {
            write!(f, "{}", self.year())
        } else if Period::closing_year(self.year()).is_ok_and(|year| year == *self) {
            write!(f, "{}-closing", self.year())
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;
    fn try_from(text: String) -> Result<Period, BadPeriod> {
        text.parse()
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Period, BadPeriod> {
        let unreadable = || BadPeriod::Unreadable(text.to_owned());
        let text_trimmed = text.trim();
        if let Some((first, last)) = text_trimmed.split_once("..") {
            let first = first.parse().map_err(|_| unreadable())?;
            let last = last.parse().map_err(|_| unreadable())?;
            return Period::new(first, last);
        }
        let (year, part) = text_trimmed.split_once('-').unwrap_or((text_trimmed, ""));
        if year.len() != 4 {
            return Err(unreadable());
        }
        let year: i16 = year.parse().map_err(|_| unreadable())?;
        let months = |first: i8, last: i8| {
            let first = Day::new(year, first, 1).map_err(|_| unreadable())?;
            let last = Day::new(year, last, 1).map_err(|_| unreadable())?.last_of_month();
            Period::new(first, last)
        };
        match part.to_ascii_lowercase().as_str() {
            "" => Period::calendar_year(year),
            "closing" => Period::closing_year(year),
            "h1" => months(1, 6),
            "h2" => months(7, 12),
            "q1" => months(1, 3),
            "q2" => months(4, 6),
            "q3" => months(7, 9),
            "q4" => months(10, 12),
            month => {
                let month: i8 = month.parse().map_err(|_| unreadable())?;
                months(month, month)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_ways_to_write_a_period() {
        for (text, first, last) in [
            ("2020", date(2020, 1, 1), date(2020, 12, 31)),
            ("2020-closing", date(2019, 12, 15), date(2020, 12, 14)),
            ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
            ("2020-q3", date(2020, 7, 1), date(2020, 9, 30)),
            ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
            ("2019-12-15..2020-12-14", date(2019, 12, 15), date(2020, 12, 14)),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!((period.first(), period.last()), (first, last), "{text}");
            assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "20", "20200", "2020-13", "2020-Q5", "2020-12-31..2020-01-01", "2020-02-30..2020-03-01"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn both_ends_belong_to_the_period() {
        let period = Period::closing_year(2026).unwrap();
        assert!(period.contains(date(2025, 12, 15)) && period.contains(date(2026, 12, 14)));
        assert!(!period.contains(date(2025, 12, 14)) && !period.contains(date(2026, 12, 15)));
    }
}
