//! Rules of law as dated rows (*quy định*): a limit, what starts it, when the rule is in force, its legal basis and
//! how sure we are of it. Code names the id of a rule, never its number.
//!
//! A new period of the same rule keeps the id and gets a new row. Rows of one id do not overlap.

use serde::{Deserialize, Serialize};

use crate::time::Day;

/// The rows shipped with the program.
const SHIPPED: &str = include_str!("../../../data/law/rules.toml");

/// What a rule limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
pub enum Limit {
    /// Elapsed hours; they run at night, on weekends and holidays (TM-7).
    Hours(u32),
    /// Hours before an event.
    HoursBefore(u32),
    /// Working days after the day of the trigger (TM-6).
    WorkingDays(u32),
    /// Calendar days; a last day that is off moves to the next working day (TM-4).
    CalendarDays(u32),
    /// Calendar months (TM-5).
    Months(u32),
    /// Before a day of the year, given as month × 100 + day: the last good day is the one before (TM-8).
    BeforeDayOfYear(u32),
    /// So many times a month.
    TimesAMonth(u32),
    /// So many times in three months.
    TimesAQuarter(u32),
    /// At once.
    AtOnce,
    /// No number in the text.
    Open,
}

/// How sure we are of a row (Law 0.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The article itself was read.
    ReadInText,
    /// A summary stating the rule was read.
    ReadInSummary,
    /// Not read; to be verified.
    FromMemory,
    /// Sources differ or are illegible.
    Doubtful,
}

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Law or decree.
    Law,
    /// A regulation of the province or the office.
    LocalRegulation,
    /// Our default where the law is silent.
    ProductDefault,
}

impl Confidence {
    /// The stored word; locale key `confidence.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Confidence::ReadInText => "read_in_text",
            Confidence::ReadInSummary => "read_in_summary",
            Confidence::FromMemory => "from_memory",
            Confidence::Doubtful => "doubtful",
        }
    }

    /// Whether people must be told that the row is not certain.
    pub const fn is_doubtful(self) -> bool {
        !matches!(self, Confidence::ReadInText)
    }
}

impl Origin {
    /// The stored word; locale key `origin.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Origin::Law => "law",
            Origin::LocalRegulation => "local_regulation",
            Origin::ProductDefault => "product_default",
        }
    }
}

/// One dated row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id, `PS-EXT-4`.
    pub id: String,
    /// What it says, in Vietnamese.
    pub title: String,
    /// Its limit.
    pub limit: Limit,
    /// Whom it binds, in Vietnamese.
    pub who: String,
    /// What starts it, in Vietnamese.
    pub trigger: String,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// Where it was read.
    #[serde(default)]
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
    /// Where it comes from.
    pub origin: Origin,
}

impl Rule {
    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The key of the row: id and first day.
    pub fn key(&self) -> String {
        format!("{}@{}", self.id, self.valid_from)
    }
}

/// A ground on which information may be refused to the press (*căn cứ từ chối*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The stored word, `secret`.
    pub code: String,
    /// In Vietnamese.
    pub title: String,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// How sure.
    pub confidence: Confidence,
}

/// A set of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The rules.
    #[serde(rename = "rule", default)]
    pub rules: Vec<Rule>,
    /// The grounds of refusal.
    #[serde(rename = "ground", default)]
    pub grounds: Vec<Ground>,
}

/// A text that is not a set of rules.
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
    /// With all complaints at once.
    pub fn parse(toml: &str) -> Result<Law, BadLaw> {
        let law: Law = toml::from_str(toml).map_err(|error| BadLaw(vec![error.to_string()]))?;
        let complaints = law.complaints();
        if complaints.is_empty() { Ok(law) } else { Err(BadLaw(complaints)) }
    }

    /// The rows shipped with the program. A test reads them.
    pub fn shipped() -> Law {
        Law::parse(SHIPPED).unwrap_or_default()
    }

    /// What is wrong with the rows: validity backwards, rows of one id that overlap.
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            if rule.valid_to.is_some_and(|last| last < rule.valid_from) {
                complaints.push(format!("{}: valid_to lies before valid_from", rule.key()));
            }
            let end = rule.valid_to.unwrap_or(Day::MAX);
            let overlaps = |other: &&Rule| {
                other.id == rule.id
                    && other.valid_from <= end
                    && rule.valid_from <= other.valid_to.unwrap_or(Day::MAX)
            };
            if let Some(other) = self.rules.iter().skip(index + 1).find(overlaps) {
                complaints.push(format!("{} and {} overlap", rule.key(), other.key()));
            }
        }
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

    /// The grounds of refusal in force on `day`.
    pub fn grounds_at(&self, day: Day) -> impl Iterator<Item = &Ground> {
        self.grounds
            .iter()
            .filter(move |ground| ground.valid_from <= day && ground.valid_to.is_none_or(|last| day <= last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_shipped_rows_are_right_and_the_shipped_law_is_not_empty() {
        let law = Law::parse(SHIPPED).unwrap();
        assert!(law.rules.len() > 60, "{}", law.rules.len());
        assert_eq!(law, Law::shipped());
    }

    #[test]
    fn the_24_hour_clock_changes_its_trigger_on_1_july_2026() {
        let law = Law::shipped();
        assert!(law.rule_at("PS-EXT-3", date(2026, 6, 30)).is_ok());
        assert_eq!(
            law.rule_at("PS-EXT-3", date(2026, 7, 1)),
            Err(NoRule::NotInForce("PS-EXT-3".into(), date(2026, 7, 1)))
        );
        assert_eq!(law.rule_at("PS-EXT-4", date(2026, 7, 1)).unwrap().limit, Limit::Hours(24));
    }

    #[test]
    fn drafts_of_policy_are_a_ground_on_30_june_2026_and_not_on_1_july() {
        let law = Law::shipped();
        let has = |day| law.grounds_at(day).any(|ground| ground.code == "draft_policy");
        assert!(has(date(2026, 6, 30)) && !has(date(2026, 7, 1)));
        assert_eq!(law.grounds_at(date(2026, 7, 1)).count(), 3);
    }

    #[test]
    fn rows_of_one_rule_that_overlap_are_told() {
        let mut law = Law::shipped();
        let mut copy = law.rules[0].clone();
        copy.valid_from = copy.valid_from.tomorrow().unwrap();
        law.rules.push(copy);
        assert_eq!(law.complaints().len(), 1);
    }

    #[test]
    fn every_ground_is_a_word_of_the_register() {
        use crate::register::Register;
        let field = Register::PressRequests.field("refusal_ground").unwrap();
        assert!(Law::shipped().grounds.iter().all(|ground| field.word(&ground.code).is_some()));
    }
}
