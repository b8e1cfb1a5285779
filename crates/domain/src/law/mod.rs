//! Rules of law as dated rows (*quy định*): a limit, what starts it, when the rule is in force, its legal basis and
//! how sure we are of it. Code names the id of a rule, never its number.
//!
//! A new period of the same rule keeps the id and gets a new row. Rows of one id do not overlap.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::time::Day;

mod limit;
mod offered;
mod row;
mod section;
#[cfg(test)]
mod tests;

pub use limit::Limit;
pub use offered::Offered;
use row::Dated;
pub use row::{Closing, Confidence, Ground, Origin, Refuses, Rule, cited};
pub use section::{is_internal, section_of, sections};

/// The rows shipped with the program, a file per section of the law text.
const SHIPPED: [&str; 7] = [
    include_str!("../../../../data/law/press-speech.toml"),
    include_str!("../../../../data/law/press-law.toml"),
    include_str!("../../../../data/law/access.toml"),
    include_str!("../../../../data/law/portal.toml"),
    include_str!("../../../../data/law/citizens.toml"),
    include_str!("../../../../data/law/reports.toml"),
    include_str!("../../../../data/law/personal-data.toml"),
];

/// A set of rows. Reads and writes TOML and JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The rules.
    #[serde(rename = "rule", default)]
    pub rules: Vec<Rule>,
    /// The grounds of refusal.
    #[serde(rename = "ground", default)]
    pub grounds: Vec<Ground>,
    /// The days reports cover.
    #[serde(rename = "closing", default)]
    pub closings: Vec<Closing>,
}

/// A text that is not a set of rules: every complaint names the row and the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rules cannot be read:\n{}", .0.join("\n"))]
pub struct BadLaw(pub Vec<String>);

/// No row of a rule is in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRule {
    /// There is no rule with this id.
    #[error("there is no rule {0}")]
    Unknown(String),
    /// There is one, but not on that day.
    #[error("the rule {0} is not in force on {1}")]
    NotInForce(String, Day),
}

impl Law {
    /// Reads rows from TOML and checks them.
    ///
    /// # Errors
    /// With all complaints at once, each naming row and field.
    pub fn parse(toml: &str) -> Result<Law, BadLaw> {
        Law::parse_all(&[toml])
    }

    /// Reads rows from several texts, one set.
    ///
    /// # Errors
    /// As [`Law::parse`].
    pub fn parse_all(texts: &[&str]) -> Result<Law, BadLaw> {
        let mut law = Law::default();
        let mut complaints = Vec::new();
        for text in texts {
            match text.parse::<toml::Table>() {
                Ok(table) => law.read(&table, &mut complaints),
                Err(error) => complaints.push(error.to_string()),
            }
        }
        complaints.extend(law.complaints());
        if complaints.is_empty() { Ok(law) } else { Err(BadLaw(complaints)) }
    }

    fn read(&mut self, table: &toml::Table, complaints: &mut Vec<String>) {
        let tables = [Rule::TABLE, Ground::TABLE, Closing::TABLE];
        for key in table.keys().filter(|key| !tables.contains(&key.as_str())) {
            complaints.push(format!("{key}: not one of {}", tables.join(", ")));
        }
        read_rows(table, &mut self.rules, complaints);
        read_rows(table, &mut self.grounds, complaints);
        read_rows(table, &mut self.closings, complaints);
    }

    /// The rows shipped with the program. A test reads them.
    pub fn shipped() -> Law {
        static LAW: LazyLock<Law> = LazyLock::new(|| Law::parse_all(&SHIPPED).unwrap_or_default());
        LAW.clone()
    }

    /// What is wrong with the rows: an empty text, a limit without sense, validity backwards, rows of one id that
    /// overlap.
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for rule in &self.rules {
            if let Some(fault) = rule.limit.fault() {
                complaints.push(format!("{}: limit {fault}", rule.name()));
            }
        }
        for closing in &self.closings {
            if !closing.gives_periods() {
                complaints.push(format!("{}: months and days give no period", closing.name()));
            }
        }
        check_rows(&self.rules, &mut complaints);
        check_rows(&self.grounds, &mut complaints);
        check_rows(&self.closings, &mut complaints);
        complaints
    }

    /// The row of a rule in force on `day`: the day of the case's trigger.
    ///
    /// # Errors
    /// When there is none.
    pub fn rule_at(&self, id: &str, day: Day) -> Result<&Rule, NoRule> {
        let mut rows = self.rules.iter().filter(|rule| rule.id == id).peekable();
        if rows.peek().is_none() {
            return Err(NoRule::Unknown(id.to_owned()));
        }
        rows.find(|rule| rule.is_in_force(day)).ok_or_else(|| NoRule::NotInForce(id.to_owned(), day))
    }

    /// The rules in force on `day`.
    pub fn rules_at(&self, day: Day) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.is_in_force(day))
    }

    /// The grounds on which information may be refused to the press on `day`.
    pub fn grounds_at(&self, day: Day) -> impl Iterator<Item = &Ground> {
        self.grounds_of(Refuses::Press, day)
    }

    /// The grounds of refusal of one kind in force on `day`.
    pub fn grounds_of(&self, refuses: Refuses, day: Day) -> impl Iterator<Item = &Ground> {
        self.grounds.iter().filter(move |ground| ground.refuses == refuses && ground.is_valid(day))
    }

    /// The days a report covers by the row in force on `day`.
    pub fn closing_at(&self, id: &str, day: Day) -> Option<&Closing> {
        self.closings.iter().find(|closing| closing.id == id && closing.is_valid(day))
    }
}

fn read_rows<T: Dated + DeserializeOwned>(
    table: &toml::Table,
    into: &mut Vec<T>,
    complaints: &mut Vec<String>,
) {
    let rows = match table.get(T::TABLE) {
        None => return,
        Some(toml::Value::Array(rows)) => rows,
        Some(_) => return complaints.push(format!("{0}: write [[{0}]]", T::TABLE)),
    };
    for (index, row) in rows.iter().enumerate() {
        match row.clone().try_into() {
            Ok(row) => into.push(row),
            Err(error) => {
                let word = |key| row.get(key).and_then(toml::Value::as_str);
                let id = word("id").or_else(|| word("code")).unwrap_or("without id");
                let from = word("valid_from").unwrap_or("?");
                let place = format!("{} {} ({id}@{from})", T::TABLE, index + 1);
                complaints.push(format!("{place}: {}", error.to_string().trim().replace('\n', " ")));
            }
        }
    }
}

fn check_rows<T: Dated>(rows: &[T], complaints: &mut Vec<String>) {
    for (index, row) in rows.iter().enumerate() {
        for (field, text) in row.texts() {
            if text.trim().is_empty() {
                complaints.push(format!("{} {}: {field} is empty", T::TABLE, row.name()));
            }
        }
        let (first, last) = row.days();
        if last.is_some_and(|last| last < first) {
            complaints.push(format!("{}: valid_to lies before valid_from", row.name()));
        }
        let end = last.unwrap_or(Day::MAX);
        let overlaps = |other: &&T| {
            let (other_first, other_last) = other.days();
            other.id() == row.id() && other_first <= end && first <= other_last.unwrap_or(Day::MAX)
        };
        if let Some(other) = rows.iter().skip(index + 1).find(overlaps) {
            complaints.push(format!("{} and {} overlap", row.name(), other.name()));
        }
    }
}
