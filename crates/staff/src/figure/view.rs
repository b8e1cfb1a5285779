//! Figures in words: amounts, parts, periods.

use domain::figure::{Amount, Figure};
use domain::period::Period;
use web_kit::Language;
use web_kit::component::{Badge, Tile, Tone};
use web_kit::show;

use crate::link;

/// What a figure is called.
pub(crate) fn title(t: Language, id: &str) -> &'static str {
    t.text(&format!("figure.{id}.title"))
}

/// What a figure came to: the number, and the word of what is counted. Nothing where there is no data.
pub(crate) fn amount(t: Language, figure: &Figure) -> Option<(String, String)> {
    let unit = || t.text(&format!("unit_of_count.{}", figure.unit)).to_owned();
    match figure.amount {
        Amount::Count { count } => Some((t.number(count), unit())),
        Amount::Ratio { whole: 0, .. } => {
            Some((t.text("figure_view.nothing_arose").to_owned(), String::new()))
        }
        Amount::Ratio { .. } => {
            Some((t.tenths(figure.amount.tenths_of_percent().unwrap_or_default()), "%".to_owned()))
        }
        Amount::TenthsOfDay { tenths } => Some((t.tenths(tenths), unit())),
        Amount::NoData => None,
    }
}

/// The same as one text: `1.634 văn bản`, `98,4%`, `chưa có dữ liệu`.
pub(crate) fn amount_text(t: Language, figure: &Figure) -> String {
    match amount(t, figure) {
        None => t.text("value.no_data").to_owned(),
        Some((value, unit)) if unit == "%" => format!("{value}%"),
        Some((value, unit)) if unit.is_empty() => value,
        Some((value, unit)) => format!("{value} {unit}"),
    }
}

/// `126 trên 128`, for a ratio.
pub(crate) fn of_whole(t: Language, figure: &Figure) -> Option<String> {
    match figure.amount {
        Amount::Ratio { part, whole } if whole > 0 => {
            Some(t.fill("figure_view.of_whole", &[("part", &t.number(part)), ("whole", &t.number(whole))]))
        }
        _ => None,
    }
}

/// How a figure stands to the same days a year before: `Cùng kỳ năm trước: 500; tăng 13 (2,6%)`.
pub(crate) fn change(t: Language, now: Amount, before: Amount) -> Option<String> {
    let Amount::Count { count: now } = now else { return None };
    let Amount::Count { count: before } = before else {
        return Some(t.text("figure_view.before_no_data").to_owned());
    };
    let key = match now.cmp(&before) {
        std::cmp::Ordering::Greater => "figure_view.more",
        std::cmp::Ordering::Less => "figure_view.fewer",
        std::cmp::Ordering::Equal => "figure_view.as_many",
    };
    let difference = now.abs_diff(before);
    let share = match (difference * 2_000 + before).checked_div(before * 2) {
        Some(tenths) => format!("{}%", t.tenths(tenths)),
        // From nothing there is no percentage.
        None => t.text("figure_view.no_share").to_owned(),
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("before", &t.number(before)), ("difference", &t.number(difference)), ("share", &share)];
    Some(t.fill(key, &values))
}

/// A figure large, opening its records.
pub(crate) fn tile(t: Language, figure: &Figure, period: Period) -> Tile {
    let label = title(t, &figure.id);
    let tile = match amount(t, figure) {
        None => Tile::missing(label, t.text("value.no_data")),
        Some((value, unit)) if unit == "%" => Tile::new(label, format!("{value}%"), ""),
        Some((value, unit)) if unit.is_empty() => Tile::missing(label, value),
        Some((value, unit)) => Tile::new(label, value, unit),
    };
    let tile = tile.href(link::figure(&figure.id, period));
    let tile = match of_whole(t, figure) {
        Some(note) => tile.note(note),
        None => tile,
    };
    match doubts(t, figure) {
        Some(badge) => tile.badge(badge),
        None => tile,
    }
}

/// The mark of a figure a reader should look at.
pub(crate) fn doubts(t: Language, figure: &Figure) -> Option<Badge> {
    let count = figure.doubts.len() as u64;
    (count > 0).then(|| Badge::new(Tone::Warning, t.counted("figure_view.doubts", count)))
}

/// A period in words: `năm 2020`, `từ 15/12/2019 đến 14/12/2020`.
pub(crate) fn period(t: Language, period: Period) -> String {
    if period.is_calendar_year() {
        t.fill("period.year", &[("year", &period.year())])
    } else {
        let (first, last) = (show::day(t, period.first()), show::day(t, period.last()));
        t.fill("period.span", &[("first", &first), ("last", &last)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(id: &str, amount: Amount) -> Figure {
        Figure {
            id: id.to_owned(),
            metric: 18,
            amount,
            unit: "question",
            parts: Vec::new(),
            counted: Vec::new(),
            base: Vec::new(),
            left_out: Vec::new(),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn the_change_on_the_year_before_is_said_in_words_and_not_guessed() {
        let t = Language::Vi;
        let count = |count| Amount::Count { count };
        let said = |now, before| change(t, count(now), count(before)).unwrap();
        assert_eq!(said(513, 500), "Cùng kỳ năm trước: 500; tăng 13 (2,6%).");
        assert_eq!(said(450, 500), "Cùng kỳ năm trước: 500; giảm 50 (10%).");
        assert_eq!(said(5, 5), "Cùng kỳ năm trước: 5; không thay đổi.");
        assert_eq!(said(5, 0), "Cùng kỳ năm trước: 0; tăng 5 (không tính tỷ lệ).");
        assert_eq!(
            change(t, count(5), Amount::NoData).as_deref(),
            Some("Cùng kỳ năm trước: chưa có dữ liệu nên không so sánh.")
        );
    }

    #[test]
    fn a_figure_without_data_is_said_in_words_and_never_as_zero() {
        let t = Language::Vi;
        assert_eq!(amount_text(t, &figure("questions.received", Amount::NoData)), "Chưa có dữ liệu");
        assert_eq!(amount_text(t, &figure("questions.received", Amount::Count { count: 0 })), "0 câu hỏi");
        let nothing = figure("questions.on_time", Amount::Ratio { part: 0, whole: 0 });
        assert_eq!(amount_text(t, &nothing), "Không phát sinh");
        let most = figure("questions.on_time", Amount::Ratio { part: 126, whole: 128 });
        assert_eq!(amount_text(t, &most), "98,4%");
    }
}
