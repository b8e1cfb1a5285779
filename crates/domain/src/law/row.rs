//! The kinds of dated rows.

use serde::{Deserialize, Serialize};

use super::Limit;
use crate::period::{BadPeriod, Period};
use crate::time::Day;

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

/// What a ground allows to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refuses {
    /// Information to the press (*từ chối cung cấp thông tin cho báo chí*).
    #[default]
    Press,
    /// A citizen's request for information (*từ chối yêu cầu cung cấp thông tin*).
    InformationRequest,
}

/// A ground on which information may be refused (*căn cứ từ chối*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The stored word, `secret`.
    pub code: String,
    /// In Vietnamese.
    pub title: String,
    /// To whom; to the press when absent.
    #[serde(default)]
    pub refuses: Refuses,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// Where it was read; the article of the basis itself when empty.
    #[serde(default)]
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Which days a periodic report covers (*thời gian chốt số liệu*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Stable id, `RP-Y`.
    pub id: String,
    /// Which report, in Vietnamese.
    pub title: String,
    /// How many months it covers.
    pub months: i8,
    /// The month in which it ends; any month when absent (monthly, quarterly).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_month: Option<i8>,
    /// Its first day in the month before the months it covers.
    pub first_day: i8,
    /// Its last day in its last month.
    pub last_day: i8,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ pháp lý*.
    pub basis: String,
    /// Where it was read.
    pub source: String,
    /// How sure.
    pub confidence: Confidence,
}

impl Closing {
    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.is_valid(day)
    }

    /// The period that ends in `month` of `year`; a closing with a month of its own ends there, whatever `month` says.
    ///
    /// # Errors
    /// When the days lie outside the calendar.
    pub fn period(&self, year: i16, month: i8) -> Result<Period, BadPeriod> {
        let unreadable = |_| BadPeriod::Unreadable(format!("{} {year}", self.id));
        let last = Day::new(year, self.last_month.unwrap_or(month), self.last_day).map_err(unreadable)?;
        let before =
            last.first_of_month().checked_sub(jiff::Span::new().months(self.months)).map_err(unreadable)?;
        Period::new(Day::new(before.year(), before.month(), self.first_day).map_err(unreadable)?, last)
    }
}

/// What all dated rows have.
pub(super) trait Dated {
    /// The word of its table in the data file.
    const TABLE: &'static str;
    /// Its id, the same in each of its periods.
    fn id(&self) -> &str;
    /// First and last day in force.
    fn days(&self) -> (Day, Option<Day>);
    /// Fields that may not be empty.
    fn texts(&self) -> Vec<(&'static str, &str)>;

    /// Whether it is in force on `day`.
    fn is_valid(&self, day: Day) -> bool {
        let (first, last) = self.days();
        first <= day && last.is_none_or(|last| day <= last)
    }

    /// Its id and first day.
    fn name(&self) -> String {
        format!("{}@{}", self.id(), self.days().0)
    }
}

impl Dated for Rule {
    const TABLE: &'static str = "rule";
    fn id(&self) -> &str {
        &self.id
    }
    fn days(&self) -> (Day, Option<Day>) {
        (self.valid_from, self.valid_to)
    }
    fn texts(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("id", &self.id),
            ("title", &self.title),
            ("who", &self.who),
            ("trigger", &self.trigger),
            ("basis", &self.basis),
        ]
    }
}

impl Dated for Ground {
    const TABLE: &'static str = "ground";
    fn id(&self) -> &str {
        &self.code
    }
    fn days(&self) -> (Day, Option<Day>) {
        (self.valid_from, self.valid_to)
    }
    fn texts(&self) -> Vec<(&'static str, &str)> {
        vec![("code", &self.code), ("title", &self.title), ("basis", &self.basis)]
    }
}

impl Dated for Closing {
    const TABLE: &'static str = "closing";
    fn id(&self) -> &str {
        &self.id
    }
    fn days(&self) -> (Day, Option<Day>) {
        (self.valid_from, self.valid_to)
    }
    fn texts(&self) -> Vec<(&'static str, &str)> {
        vec![("id", &self.id), ("title", &self.title), ("basis", &self.basis)]
    }
}

/// A basis as the text of a document cites it (NĐ 30/2020 PL I.II.6): the smallest part first, and a law by type and name
/// without its number: *điểm d khoản 2 Điều 38 Luật Báo chí*. What is written otherwise stays as it is.
pub fn cited(basis: &str) -> String {
    let Some((document, parts)) = basis.split_once(", Điều ") else { return basis.to_owned() };
    let is_act = ["Luật ", "Bộ luật ", "Pháp lệnh "].iter().any(|kind| document.starts_with(kind));
    let name = match document.split_once(" số ") {
        Some((name, _)) if is_act => name,
        _ => document,
    };
    let words: Vec<&str> = parts.split(' ').collect();
    let [article, rest @ ..] = words.as_slice() else { return basis.to_owned() };
    let pairs: Vec<&[&str]> = rest.chunks(2).collect();
    let are_parts = pairs.iter().all(|pair| matches!(pair, ["khoản" | "điểm", _]));
    if !are_parts || article.contains([',', ';']) {
        return basis.to_owned();
    }
    let mut said: Vec<String> = pairs.iter().rev().map(|pair| pair.join(" ")).collect();
    said.push(format!("Điều {article} {name}"));
    said.join(" ")
}
