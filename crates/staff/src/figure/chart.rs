//! Charts of figures: drawn on the server, each with a table that says the same.

use std::fmt;

use askama::FastWritable;
use askama::filters::HtmlSafe;
use domain::figure::{Amount, Figure};
use domain::period::Period;
use report::chart::{Chart, Point};
use web_kit::Language;

use super::view;

/// Parts shown; the rest is brought together.
const MOST: usize = 8;

/// A drawn chart: an SVG whose texts `report::chart` has escaped, with its table folded below.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    svg: String,
    table: String,
    summary: &'static str,
}

impl HtmlSafe for Drawn {}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<div class=\"chart-wrap\">{}</div><details class=\"chart-data\"><summary>{}</summary>{}</details>",
            self.svg, self.summary, self.table
        )
    }
}

impl FastWritable for Drawn {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

/// The chart of a figure's parts: months upright, everything else lying. Nothing without data or parts.
pub(crate) fn of_parts(t: Language, figure: &Figure, period: Period) -> Option<Drawn> {
    if figure.amount == Amount::NoData || figure.parts.is_empty() {
        return None;
    }
    let by_month = figure.id == "news.by_month";
    let points = if by_month { months(figure, period) } else { parts(t, figure) };
    let chart = Chart {
        id: format!("chart-{}", figure.id.replace('.', "-")),
        title: view::title(t, &figure.id).to_owned(),
        label_heading: t.text(if by_month { "chart.month" } else { "chart.part" }).to_owned(),
        value_heading: t.text("chart.count").to_owned(),
        no_data: t.text("value.no_data").to_owned(),
        points,
    };
    let svg = if by_month { chart.bars() } else { chart.parts() };
    Some(Drawn { svg, table: chart.table(), summary: t.text("chart.as_table") })
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

fn parts(t: Language, figure: &Figure) -> Vec<Point> {
    let shown = if figure.parts.len() > MOST + 1 { MOST } else { figure.parts.len() };
    let (first, rest) = figure.parts.split_at(shown);
    let mut points: Vec<Point> = first
        .iter()
        .map(|part| Point { label: view::part_label(t, figure, &part.label), value: Some(part.count) })
        .collect();
    if !rest.is_empty() {
        let label = t.fill("chart.rest", &[("count", &t.number(rest.len() as u64))]);
        points.push(Point { label, value: Some(rest.iter().map(|part| part.count).sum()) });
    }
    points
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
}
