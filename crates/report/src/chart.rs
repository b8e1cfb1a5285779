//! Small charts as SVG, drawn on the server: no script, colours by `currentColor` and CSS variables, so that light and
//! dark pages both work. Each has a title and a description, and a table that says the same.

use std::fmt::Write as _;

use crate::escape::xml;

/// A point of a chart; `None` is "no data", drawn as a gap, never as zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Under the bar, or before it.
    pub label: String,
    /// How many.
    pub value: Option<u64>,
}

/// What to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Unique on its page; prefix of ids inside the SVG.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// Header of the column of labels: `Tháng`.
    pub label_heading: String,
    /// Header of the column of values: `Số tin`.
    pub value_heading: String,
    /// What stands where there is no value: `chưa có dữ liệu`.
    pub no_data: String,
    /// The points, in order.
    pub points: Vec<Point>,
}

const WIDTH: u64 = 480;
const HEIGHT: u64 = 200;
const LEFT: u64 = 8;
const TOP: u64 = 22;
const BOTTOM: u64 = 24;
const ROW: u64 = 26;
/// Where the bars of a parts chart begin: the labels stand above them on narrow pages, so they take their own line.
const PART_BAR: u64 = 8;

impl Chart {
    /// Upright bars, for months.
    pub fn bars(&self) -> String {
        let count = self.count();
        let slot = (WIDTH - 2 * LEFT) / count;
        let bar = (slot * 7 / 10).max(2);
        let mut inside = Chart::base_line();
        for (index, point) in self.points.iter().enumerate() {
            let x = LEFT + slot * index as u64 + (slot - bar) / 2;
            let middle = x + bar / 2;
            if let Some(value) = point.value {
                let height = self.height(value);
                let y = HEIGHT - BOTTOM - height;
                let _ = write!(
                    inside,
                    "<rect class=\"bar\" x=\"{x}\" y=\"{y}\" width=\"{bar}\" height=\"{height}\" rx=\"2\" fill=\"var(--chart-fill,#3b6ea5)\"/>"
                );
                inside.push_str(&text(middle, y.saturating_sub(5), "middle", &domain::text::number(value)));
            }
            inside.push_str(&text(middle, HEIGHT - 7, "middle", &point.label));
        }
        self.wrap(HEIGHT, &inside)
    }

    /// A line over time; a gap where there is no data.
    pub fn line(&self) -> String {
        let slot = (WIDTH - 2 * LEFT) / self.count();
        let mut inside = Chart::base_line();
        let mut path = String::new();
        let mut pen_down = false;
        for (index, point) in self.points.iter().enumerate() {
            let x = LEFT + slot * index as u64 + slot / 2;
            match point.value {
                Some(value) => {
                    let y = HEIGHT - BOTTOM - self.height(value);
                    let _ = write!(path, "{}{x} {y}", if pen_down { 'L' } else { 'M' });
                    let _ = write!(
                        inside,
                        "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"var(--chart-fill,#3b6ea5)\"/>"
                    );
                    inside.push_str(&text(x, y.saturating_sub(8), "middle", &domain::text::number(value)));
                    pen_down = true;
                }
                None => pen_down = false,
            }
            inside.push_str(&text(x, HEIGHT - 7, "middle", &point.label));
        }
        let _ = write!(
            inside,
            "<path d=\"{path}\" fill=\"none\" stroke=\"var(--chart-fill,#3b6ea5)\" stroke-width=\"2\"/>"
        );
        self.wrap(HEIGHT, &inside)
    }

    /// Lying bars with their labels above, for suppliers and kinds.
    pub fn parts(&self) -> String {
        let mut inside = String::new();
        let most = self.most();
        let mut y = 4;
        for point in &self.points {
            let value = point.value.map_or(self.no_data.clone(), domain::text::number);
            inside.push_str(&text(LEFT, y + 11, "start", &point.label));
            inside.push_str(&text(WIDTH - LEFT, y + 11, "end", &value));
            let width = point.value.unwrap_or(0) * (WIDTH - 2 * LEFT) / most;
            let _ = write!(
                inside,
                "<rect x=\"{LEFT}\" y=\"{}\" width=\"{}\" height=\"{PART_BAR}\" rx=\"2\" fill=\"currentColor\" opacity=\"0.12\"/><rect class=\"bar\" x=\"{LEFT}\" y=\"{}\" width=\"{width}\" height=\"{PART_BAR}\" rx=\"2\" fill=\"var(--chart-fill,#3b6ea5)\"/>",
                y + 15,
                WIDTH - 2 * LEFT,
                y + 15
            );
            y += ROW + 6;
        }
        self.wrap(y.max(ROW), &inside)
    }

    /// The same as a table, for readers who do not see the chart.
    pub fn table(&self) -> String {
        let mut out = format!(
            "<table class=\"chart-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
            xml(&self.title),
            xml(&self.label_heading),
            xml(&self.value_heading)
        );
        for point in &self.points {
            let value = point.value.map_or(self.no_data.clone(), domain::text::number);
            let _ =
                write!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", xml(&point.label), xml(&value));
        }
        out.push_str("</tbody></table>");
        out
    }

    /// `Tháng 1: 42; Tháng 2: chưa có dữ liệu`.
    pub fn description(&self) -> String {
        let one = |point: &Point| {
            format!("{}: {}", point.label, point.value.map_or(self.no_data.clone(), domain::text::number))
        };
        self.points.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    fn count(&self) -> u64 {
        (self.points.len() as u64).clamp(1, WIDTH / 4)
    }

    fn most(&self) -> u64 {
        self.points.iter().filter_map(|point| point.value).max().unwrap_or(0).max(1)
    }

    fn height(&self, value: u64) -> u64 {
        value * (HEIGHT - TOP - BOTTOM) / self.most()
    }

    fn base_line() -> String {
        let y = HEIGHT - BOTTOM;
        format!("<path d=\"M{LEFT} {y}H{}\" stroke=\"currentColor\" stroke-opacity=\"0.35\"/>", WIDTH - LEFT)
    }

    fn wrap(&self, height: u64, inside: &str) -> String {
        let id = xml(&self.id);
        format!(
            "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{inside}</svg>",
            xml(&self.title),
            xml(&self.description())
        )
    }
}

fn text(x: u64, y: u64, anchor: &str, words: &str) -> String {
    format!(
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"12\" fill=\"currentColor\">{}</text>",
        xml(words)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[Option<u64>]) -> Chart {
        Chart {
            id: "news".into(),
            title: "Tin, bài theo tháng".into(),
            label_heading: "Tháng".into(),
            value_heading: "Số tin".into(),
            no_data: "chưa có dữ liệu".into(),
            points: values
                .iter()
                .enumerate()
                .map(|(index, value)| Point { label: (index + 1).to_string(), value: *value })
                .collect(),
        }
    }

    #[test]
    fn a_month_without_data_has_no_bar_and_says_so() {
        let chart = chart(&[Some(40), None, Some(0)]);
        assert_eq!(chart.bars().matches("class=\"bar\"").count(), 2);
        assert!(chart.bars().contains("2: chưa có dữ liệu"));
        assert!(chart.table().contains("<th scope=\"row\">2</th><td>chưa có dữ liệu</td>"));
        assert_eq!(chart.line().matches('M').count(), 3, "base line, before the gap, after the gap");
    }

    #[test]
    fn the_highest_bar_fills_the_height_and_others_are_in_proportion() {
        let chart = chart(&[Some(100), Some(50)]);
        assert_eq!(chart.height(100), HEIGHT - TOP - BOTTOM);
        assert_eq!(chart.height(50) * 2, HEIGHT - TOP - BOTTOM);
    }

    #[test]
    fn nothing_at_all_and_markup_in_labels_draw_without_harm() {
        let mut chart = chart(&[]);
        assert!(chart.bars().ends_with("</svg>") && chart.parts().ends_with("</svg>"));
        chart.points.push(Point { label: "<script>&".into(), value: Some(u64::from(u32::MAX)) });
        assert!(!chart.parts().contains("<script>"));
        assert!(chart.parts().contains("&lt;script&gt;&amp;"));
    }
}
