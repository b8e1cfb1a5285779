//! A year drawn month by month, as tables that read well without seeing them.

use domain::calendar::{Calendar, DayKind};
use domain::time::Day;
use web_kit::Language;

/// A month.
pub(super) struct Month {
    pub(super) name: String,
    pub(super) id: String,
    /// Weeks from Monday to Sunday.
    pub(super) weeks: Vec<Vec<Square>>,
}

/// A day of a month, or a place before its first or after its last day.
pub(super) struct Square {
    pub(super) day: i8,
    /// Class of the kind; empty for a plain working day.
    pub(super) class: &'static str,
    /// One letter for the kind, so that colour is not needed.
    pub(super) mark: &'static str,
    /// The kind in words; empty for plain days.
    pub(super) words: &'static str,
    /// Where it is changed; empty for those who may not.
    pub(super) href: String,
    pub(super) is_today: bool,
}

/// Twelve months of `year`. `href` makes the link of a day.
pub(super) fn of_year(
    t: Language,
    calendar: &Calendar,
    (year, today): (i16, Day),
    href: impl Fn(Day) -> String,
) -> Vec<Month> {
    let month = |number: i8| {
        let Ok(first) = Day::new(year, number, 1) else {
            return Month { name: String::new(), id: String::new(), weeks: Vec::new() };
        };
        let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mut squares: Vec<Square> = (0..before).map(|_| nothing()).collect();
        for number in 1..=first.days_in_month() {
            let Ok(day) = Day::new(year, first.month(), number) else { continue };
            squares.push(square(t, calendar, day, (today, href(day))));
        }
        squares.resize_with(squares.len().next_multiple_of(7), nothing);
        let mut weeks = Vec::new();
        while !squares.is_empty() {
            let rest = squares.split_off(7.min(squares.len()));
            weeks.push(std::mem::replace(&mut squares, rest));
        }
        Month {
            name: t.text(&format!("calendar.month.m{number}")).to_owned(),
            id: format!("m{number}"),
            weeks,
        }
    };
    (1..=12).map(month).collect()
}

const fn nothing() -> Square {
    Square { day: 0, class: "", mark: "", words: "", href: String::new(), is_today: false }
}

fn square(t: Language, calendar: &Calendar, day: Day, (today, href): (Day, String)) -> Square {
    let kind = calendar.kind_of(day);
    let is_plain = matches!(kind, DayKind::Working | DayKind::Weekend);
    Square {
        day: day.day(),
        class: class(kind),
        mark: if is_plain { "" } else { t.text(&format!("calendar.mark.{}", kind.word())) },
        words: if is_plain { "" } else { t.text(&format!("day_kind.{}", kind.word())) },
        href,
        is_today: day == today,
    }
}

/// The class of a kind in the style sheet.
pub(super) const fn class(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Working => "",
        DayKind::Weekend => "day-weekend",
        DayKind::Holiday => "day-holiday",
        DayKind::Compensatory => "day-compensatory",
        DayKind::Swapped => "day-swapped",
        DayKind::MadeWorking => "day-made-working",
        DayKind::LocalClosure => "day-local-closure",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_begins_on_its_weekday_and_fills_whole_weeks() {
        let months = of_year(Language::Vi, &Calendar::shipped(), (2020, date(2020, 9, 2)), |_| String::new());
        let september = &months[8];
        // 1/9/2020 was a Tuesday.
        assert_eq!(
            september.weeks[0].iter().map(|square| square.day).collect::<Vec<_>>(),
            [0, 1, 2, 3, 4, 5, 6]
        );
        assert!(september.weeks.iter().all(|week| week.len() == 7));
        let national_day = &september.weeks[0][2];
        assert_eq!(national_day.class, "day-holiday");
        assert!(national_day.is_today && !national_day.words.is_empty());
        assert_eq!(months.iter().flat_map(|m| m.weeks.iter().flatten()).filter(|s| s.day > 0).count(), 366);
    }
}
