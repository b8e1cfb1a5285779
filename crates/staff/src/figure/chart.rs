//! Charts of figures: drawn on the server, each with a table that says the same.

use app::figures;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::figure::{Amount, Figure};
use domain::period::Period;
use report::chart::{Chart, Point};
use web_kit::Language;

use super::view;
use crate::link;

/// Parts shown; the rest is brought together.
const MOST: usize = 8;

/// A drawn chart. Months are an SVG whose texts `report::chart` has escaped, with its table folded below; parts are
/// a list of words, numbers and bars that is its own table.
#[derive(Debug, Clone, Template)]
#[template(path = "figure/chart.html")]
pub(crate) struct Drawn {
    t: Language,
    months: Option<(Markup, Markup)>,
    bars: Vec<Bar>,
}

impl HtmlSafe for Drawn {}

/// Markup made by `report::chart`, which escapes every text it is given.
#[derive(Debug, Clone)]
struct Markup(String);

impl std::fmt::Display for Markup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bar {
    label: String,
    /// Opens its records; empty for the rest.
    href: String,
    count: String,
    /// Its length in thousandths of the longest.
    length: u64,
}

/// The chart of a figure's parts: months upright, everything else lying. Nothing without data or parts.
pub(crate) fn of_parts(t: Language, figure: &Figure, period: Period) -> Option<Drawn> {
    if figure.amount == Amount::NoData || figure.parts.is_empty() {
        return None;
    }
    // What no record names has no length to draw; views by month are drawn only where each month was counted.
    if figure.id == "portal.units_not_contributing" {
        return None;
    }
    if figure.id != "news.by_month" {
        return Some(Drawn { t, months: None, bars: bars(t, figure, period) });
    }
    let chart = Chart {
        id: format!("chart-{}", figure.id.replace('.', "-")),
        title: view::title(t, &figure.id).to_owned(),
        label_heading: t.text("chart.month").to_owned(),
        value_heading: t.text("chart.count").to_owned(),
        no_data: t.text("value.no_data").to_owned(),
        points: months(figure, period),
    };
    Some(Drawn { t, months: Some((Markup(chart.bars()), Markup(chart.table()))), bars: Vec::new() })
}

/// Every month of the period, also those without a line: the register was kept, so nothing is a true zero.
fn months(figure: &Figure, period: Period) -> Vec<Point> {
    let one_year = period.first().year() == period.last().year();
    let mut points = Vec::new();
    let mut month = period.first().first_of_month();
    while month <= period.last() && points.len() < 24 {
        let key = format!("{}-{:02}", month.year(), month.month());
        let count = figure.parts.iter().find(|part| part.label == key).map_or(0, |part| part.count);
        let label = if one_year {
            month.month().to_string()
        } else {
            format!("{}/{:02}", month.month(), month.year().rem_euclid(100))
        };
        points.push(Point { label, value: Some(count) });
        let Ok(next) = month.last_of_month().tomorrow() else { break };
        month = next;
    }
    points
}

fn bars(t: Language, figure: &Figure, period: Period) -> Vec<Bar> {
    let shown = if figure.parts.len() > MOST + 1 { MOST } else { figure.parts.len() };
    let (first, rest) = figure.parts.split_at(shown);
    let others: u64 = rest.iter().map(|part| part.count).sum();
    let longest = first.iter().map(|part| part.count).chain([others]).max().unwrap_or(0).max(1);
    let bar = |label: String, href: String, count: u64| Bar {
        label,
        href,
        count: t.number(count),
        length: count * 1_000 / longest,
    };
    let here = link::figure(&figure.id, period);
    let mut bars: Vec<Bar> = first
        .iter()
        .map(|part| {
            let href = link::with_query(&here, &[("part", &part.label)]);
            bar(figures::part_label(t, figure, &part.label), href, part.count)
        })
        .collect();
    if !rest.is_empty() {
        let label = t.fill("chart.rest", &[("count", &t.number(rest.len() as u64))]);
        bars.push(bar(label, String::new(), others));
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::figure::Part;

    fn by_month(parts: &[(&str, u64)]) -> Figure {
        let part = |(label, count): &(&str, u64)| Part {
            label: (*label).to_owned(),
            count: *count,
            counted: Vec::new(),
        };
        Figure {
            id: "news.by_month".to_owned(),
            metric: 14,
            amount: Amount::Count { count: 3 },
            unit: "news",
            parts: parts.iter().map(part).collect(),
            counted: Vec::new(),
            base: Vec::new(),
            left_out: Vec::new(),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn a_closing_year_has_thirteen_months_and_empty_ones_are_zero() {
        let period = Period::closing_year(2020).unwrap();
        let points = months(&by_month(&[("2019-12", 1), ("2020-03", 2)]), period);
        assert_eq!(points.len(), 13);
        assert_eq!(points[0], Point { label: "12/19".into(), value: Some(1) });
        assert_eq!(points[1], Point { label: "1/20".into(), value: Some(0) });
        assert_eq!(points[3].value, Some(2));
    }

    #[test]
    fn a_figure_without_parts_has_no_chart() {
        let period = Period::calendar_year(2020).unwrap();
        assert!(of_parts(Language::Vi, &by_month(&[]), period).is_none());
        let drawn = of_parts(Language::Vi, &by_month(&[("2020-01", 2)]), period).unwrap().to_string();
        assert!(drawn.contains("<svg") && drawn.contains("<table"));
    }

    #[test]
    fn many_parts_are_brought_together_and_their_labels_stay_text() {
        let period = Period::calendar_year(2020).unwrap();
        let labels: Vec<String> = (0..12).map(|index| format!("<b>{index}")).collect();
        let parts: Vec<(&str, u64)> = labels.iter().map(|label| (label.as_str(), 10)).collect();
        let figure = Figure { id: "news.by_supplier".to_owned(), ..by_month(&parts) };
        let drawn = of_parts(Language::Vi, &figure, period).unwrap();
        assert_eq!(drawn.bars.len(), 9);
        assert_eq!((drawn.bars[8].count.as_str(), drawn.bars[8].length), ("40", 1_000));
        assert_eq!(drawn.bars[0].length, 250);
        assert!(!drawn.to_string().contains("<b>"));
    }
}
