//! A figure as a report shows it: how it reads in a sentence, in a table, in JSON.

use domain::figure::{Amount, Figure};
use domain::text;
use serde::{Deserialize, Serialize};

/// What a figure without data reads like; never 0.
pub const NO_DATA: &str = "chưa có dữ liệu";
/// What a ratio of nothing reads like: nothing arose, so no percentage exists.
pub const NOTHING_AROSE: &str = "không phát sinh";

/// A figure with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureView {
    /// `questions.answered`.
    pub id: String,
    /// Its title in the language of the report.
    pub title: String,
    /// What is counted and what not.
    pub definition: String,
    /// The word of what is counted: `câu hỏi`, `văn bản`.
    pub unit: String,
    /// What it came to.
    pub amount: Amount,
    /// Sub-figures: label as written in the records, how many.
    #[serde(default)]
    pub parts: Vec<(String, u64)>,
}

impl FigureView {
    /// A computed figure with its words.
    pub fn new(figure: &Figure, title: String, definition: String, unit: String) -> FigureView {
        FigureView {
            id: figure.id.clone(),
            title,
            definition,
            unit,
            amount: figure.amount,
            parts: figure.parts.iter().map(|part| (part.label.clone(), part.count)).collect(),
        }
    }

    /// A figure that nobody computed.
    pub fn without_data(id: &str) -> FigureView {
        FigureView {
            id: id.to_owned(),
            title: String::new(),
            definition: String::new(),
            unit: String::new(),
            amount: Amount::NoData,
            parts: Vec::new(),
        }
    }

    /// How it reads in running text: `05`, `1.627`, `98,4%`, `3,5`, `chưa có dữ liệu`.
    pub fn text(&self) -> String {
        amount_text(self.amount)
    }

    /// The number counted: of a ratio its upper number.
    pub fn number(&self) -> Option<u64> {
        match self.amount {
            Amount::Count { count } => Some(count),
            Amount::Ratio { part, .. } => Some(part),
            Amount::TenthsOfDay { .. } | Amount::NoData => None,
        }
    }

    /// The lower number of a ratio.
    pub fn whole(&self) -> Option<u64> {
        match self.amount {
            Amount::Ratio { whole, .. } => Some(whole),
            Amount::Count { .. } | Amount::TenthsOfDay { .. } | Amount::NoData => None,
        }
    }
}

/// How an amount reads in running text.
pub fn amount_text(amount: Amount) -> String {
    match amount {
        Amount::Count { count } => text::count_in_text(count),
        Amount::Ratio { whole: 0, .. } => NOTHING_AROSE.to_owned(),
        Amount::Ratio { .. } => {
            format!("{}%", tenths_text(amount.tenths_of_percent().unwrap_or_default()))
        }
        Amount::TenthsOfDay { tenths } => tenths_text(tenths),
        Amount::NoData => NO_DATA.to_owned(),
    }
}

/// `100`, `98,4`: a comma for decimals (TX-28), whole numbers without.
pub fn tenths_text(tenths: u64) -> String {
    let whole = text::number(tenths / 10);
    match tenths % 10 {
        0 => whole,
        rest => format!("{whole},{rest}"),
    }
}

/// The amount as a JSON number: a percentage as `100` or `98.4`, days as `3.5`; `null` when there is no number.
pub fn amount_json(amount: Amount) -> serde_json::Value {
    let tenths = |tenths: u64| {
        if tenths.is_multiple_of(10) {
            serde_json::Value::from(tenths / 10)
        } else {
            let text = format!("{}.{}", tenths / 10, tenths % 10);
            text.parse::<f64>().map_or(serde_json::Value::Null, serde_json::Value::from)
        }
    };
    match amount {
        Amount::Count { count } => count.into(),
        Amount::Ratio { .. } => amount.tenths_of_percent().map_or(serde_json::Value::Null, tenths),
        Amount::TenthsOfDay { tenths: days } => tenths(days),
        Amount::NoData => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_official_documents_write_them() {
        for (amount, reads, json) in [
            (Amount::Count { count: 5 }, "05", "5"),
            (Amount::Count { count: 0 }, "0", "0"),
            (Amount::Count { count: 1627 }, "1.627", "1627"),
            (Amount::Ratio { part: 3, whole: 3 }, "100%", "100"),
            (Amount::Ratio { part: 126, whole: 128 }, "98,4%", "98.4"),
            (Amount::Ratio { part: 0, whole: 0 }, "không phát sinh", "null"),
            (Amount::TenthsOfDay { tenths: 35 }, "3,5", "3.5"),
            (Amount::NoData, "chưa có dữ liệu", "null"),
        ] {
            assert_eq!(
                (amount_text(amount).as_str(), amount_json(amount).to_string().as_str()),
                (reads, json)
            );
        }
    }
}
