//! What an office must publish (*danh mục thông tin phải công khai*): dated rows with their basis, and whether each was
//! done, from what was published and the calendar.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::law::{Confidence, Law};
use crate::time::Day;

const SHIPPED: &str = include_str!("../../../data/duties/vietnam.toml");

/// How often a duty is owed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renew {
    /// Every year.
    Year,
    /// Every quarter.
    Quarter,
    /// Whenever it changes; one proof stands until then.
    Change,
}

impl Renew {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Renew::Year => "year",
            Renew::Quarter => "quarter",
            Renew::Change => "change",
        }
    }

    /// The period a day falls in: `2020`, `2020-Q3`; one for all where it is owed on change.
    pub fn period(self, day: Day) -> String {
        match self {
            Renew::Year => day.year().to_string(),
            Renew::Quarter => format!("{}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
            Renew::Change => "all".to_owned(),
        }
    }
}

/// Something that must be published: a dated row, as a rule of law is (`law::Rule`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its id; never changes its meaning.
    pub id: String,
    /// What must be published.
    pub title: String,
    /// How often.
    pub renew: Renew,
    /// The rule that gives the term; none where the basis says only that it must be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Who does it.
    pub unit: String,
    /// The stored word of the kind of publication it usually is.
    pub kind: String,
    /// Owed from this day.
    pub valid_from: Day,
    /// Until this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// *Căn cứ.*
    pub basis: String,
    /// Where it was read; the article of the basis itself when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What ended it, where an office ended it and nothing follows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ended_by: String,
    /// How sure we are of it.
    pub confidence: Confidence,
}

impl Duty {
    /// Whether it is owed on a day.
    pub fn is_owed(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether some day lies in both rows of one duty.
    pub fn overlaps(&self, other: &Duty) -> bool {
        self.id == other.id
            && self.valid_from <= other.valid_to.unwrap_or(Day::MAX)
            && other.valid_from <= self.valid_to.unwrap_or(Day::MAX)
    }

    /// Whether the row says what the program was shipped with, but for the day it ends.
    pub fn is_shipped(&self) -> bool {
        shipped().iter().any(|row| {
            let ended = Duty { valid_to: self.valid_to, ended_by: self.ended_by.clone(), ..row.clone() };
            ended == *self
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    duty: Vec<Duty>,
}

/// The duties shipped with the program; a test reads the file.
pub fn shipped() -> &'static [Duty] {
    static DUTIES: LazyLock<Vec<Duty>> =
        LazyLock::new(|| toml::from_str::<File>(SHIPPED).map(|file| file.duty).unwrap_or_default());
    &DUTIES
}

/// Rows of an office laid over those shipped: a shipped row ends the day before one of the office begins, and is none
/// where one of the office stands already. By id and first day.
pub fn laid_over(shipped: &[Duty], office: &[Duty]) -> Vec<Duty> {
    let mut all = office.to_vec();
    for row in shipped {
        let mut row = row.clone();
        let mut covering: Vec<&Duty> = office.iter().filter(|own| own.overlaps(&row)).collect();
        covering.sort_by_key(|own| own.valid_from);
        match covering.first() {
            Some(own) if own.valid_from <= row.valid_from => continue,
            Some(own) => row.valid_to = own.valid_from.yesterday().ok(),
            None => {}
        }
        all.push(row);
    }
    all.sort_by(|one, other| (&one.id, one.valid_from).cmp(&(&other.id, other.valid_from)));
    all
}

/// Whether a text can be the id of a duty: `KB-LICH-HOP`.
pub fn is_id(text: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (3..=40).contains(&text.len()) && text.split('-').all(is_part)
}

/// What shows that a duty was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The period it is for, by [`Renew::period`].
    pub period: String,
    /// When the information came about (*ngày tạo ra thông tin*), which starts the term.
    pub created_on: Option<Day>,
    /// The id of the public item.
    pub item: String,
}

/// Where a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The term is over and nothing was published, or it was published after it.
    Late,
    /// Owed, nothing shows that it was done.
    Owed,
    /// Published, in its term as far as the term can be counted.
    Done,
}

impl Standing {
    /// The stored word; locale key `duty.standing.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Standing::Late => "late",
            Standing::Owed => "owed",
            Standing::Done => "done",
        }
    }
}

/// The term of a duty whose information came about on a day, with its explanation; none where no rule in force
/// gives one.
pub fn term(duty: &Duty, created_on: Day, law: &Law, calendar: &Calendar) -> Option<Deadline> {
    let rule = law.rule_at(duty.rule.as_deref()?, created_on).ok()?;
    deadline::compute(rule, Trigger::Day(created_on), calendar).ok()
}

/// Where a duty stands on a day: `due` is the last day of its term, `posted_on` when its proof was posted, none while
/// nothing public shows it.
pub fn standing(due: Option<Day>, posted_on: Option<Day>, today: Day) -> Standing {
    match (posted_on, due) {
        (Some(posted), Some(due)) if posted > due => Standing::Late,
        (Some(_), _) => Standing::Done,
        (None, Some(due)) if due < today => Standing::Late,
        (None, _) => Standing::Owed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication::Kind;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_duty_can_be_read_once_names_its_basis_a_kind_and_a_rule_that_is_there() {
        let duties = toml::from_str::<File>(SHIPPED).unwrap().duty;
        let law = Law::shipped();
        for (at, duty) in duties.iter().enumerate() {
            assert!(duties[..at].iter().all(|other| !other.overlaps(duty)), "{}", duty.id);
            assert!(!duty.basis.is_empty() && Kind::from_word(&duty.kind).is_some(), "{}", duty.id);
            if let Some(rule) = &duty.rule {
                assert!(law.rule_at(rule, duty.valid_from).is_ok(), "{}: {rule}", duty.id);
            }
        }
        assert_eq!(shipped().len(), duties.len());
    }

    #[test]
    fn what_is_owed_names_the_law_of_its_day() {
        let basis = |id: &str, on: &str| {
            let owed: Vec<_> = shipped().iter().filter(|row| row.id == id && row.is_owed(day(on))).collect();
            assert_eq!(owed.len(), 1, "{id} on {on}");
            (owed[0].basis.clone(), owed[0].confidence)
        };
        for id in ["AI-REG", "AI-WORK", "AI-BUDGET", "AI-ORG", "AI-STAT", "AI-LIST"] {
            let (before, sure) = basis(id, "2026-08-31");
            assert!(before.starts_with("Luật Tiếp cận thông tin số 104/2016/QH13"), "{id}: {before}");
            assert_eq!(sure, Confidence::ReadInText);
            let (after, sure) = basis(id, "2026-09-01");
            assert!(after.starts_with("Luật Tiếp cận thông tin (sửa đổi) năm 2026"), "{id}: {after}");
            assert_eq!(sure, Confidence::Doubtful, "the text of the new law was not found");
        }
        let groups = shipped().iter().filter(|row| row.id.starts_with("GD-11-"));
        assert_eq!(groups.count(), 14);
    }

    #[test]
    fn rows_of_an_office_are_laid_over_the_shipped_ones() {
        let row = |id: &str, from: &str, to: Option<&str>, title: &str| Duty {
            id: id.to_owned(),
            title: title.to_owned(),
            renew: Renew::Year,
            rule: None,
            unit: "Văn phòng".to_owned(),
            kind: "news".to_owned(),
            valid_from: day(from),
            valid_to: to.map(day),
            basis: "Luật".to_owned(),
            source: String::new(),
            ended_by: String::new(),
            confidence: Confidence::ReadInText,
        };
        let shipped = [row("A", "2018-01-01", None, "a"), row("B", "2018-01-01", Some("2019-12-31"), "b")];
        let seen = |office: &[Duty]| {
            laid_over(&shipped, office)
                .into_iter()
                .map(|row| {
                    let to = row.valid_to.map(|day| day.to_string()).unwrap_or_default();
                    format!("{}{} {}..{to}", row.id, row.title, row.valid_from)
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(seen(&[]), "Aa 2018-01-01.., Bb 2018-01-01..2019-12-31");
        // A new version ends the shipped one; what comes after the shipped one leaves it alone.
        let news = [row("A", "2020-06-01", Some("2021-05-31"), "x"), row("B", "2020-06-01", None, "y")];
        let all = "Aa 2018-01-01..2020-05-31, Ax 2020-06-01..2021-05-31, Bb 2018-01-01..2019-12-31, By 2020-06-01..";
        assert_eq!(seen(&news), all);
        // One that begins with it or before it stands in its place; another duty stands beside it.
        let ended = [row("A", "2018-01-01", Some("2020-01-31"), "a"), row("C", "2020-01-01", None, "c")];
        assert_eq!(seen(&ended), "Aa 2018-01-01..2020-01-31, Bb 2018-01-01..2019-12-31, Cc 2020-01-01..");
        assert_eq!(seen(&[row("B", "2017-01-01", None, "z")]), "Aa 2018-01-01.., Bz 2017-01-01..");
    }

    #[test]
    fn a_shipped_row_stays_shipped_when_only_its_end_changed() {
        let row = shipped().first().unwrap();
        let ended =
            Duty { valid_to: Some(day("2030-01-01")), ended_by: "Quyết định".to_owned(), ..row.clone() };
        assert!(row.is_shipped() && ended.is_shipped());
        assert!(!Duty { title: "Khác".to_owned(), ..row.clone() }.is_shipped());
    }

    #[test]
    fn ids_are_capitals_digits_and_dashes() {
        for good in ["AI-REG", "PT26-SEC", "KB1"] {
            assert!(is_id(good), "{good}");
        }
        let long = "A".repeat(41);
        for bad in ["", "A", "ai-reg", "AI REG", "-AI", "AI-", "AI--B", "ĐỘI-1", long.as_str()] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_term_is_counted_in_working_days_and_says_how() {
        let (law, calendar) = (Law::shipped(), Calendar::shipped());
        let plan = shipped().iter().find(|duty| duty.id == "PT-PLAN").unwrap();
        // Ten working days from Monday 2 March 2020.
        let term = term(plan, day("2020-03-02"), &law, &calendar).unwrap();
        assert_eq!(term.due.day(), day("2020-03-16"));
        assert!(!term.describe_vi().is_empty());
        assert!(!plan.is_owed(day("2022-08-15")) && plan.is_owed(day("2022-08-14")));
    }

    #[test]
    fn a_duty_is_late_when_its_term_is_over_and_done_when_it_was_posted_in_it() {
        let (due, today) = (Some(day("2020-03-16")), day("2020-03-17"));
        assert_eq!(standing(due, None, today), Standing::Late);
        assert_eq!(standing(due, None, day("2020-03-16")), Standing::Owed);
        assert_eq!(standing(due, due, today), Standing::Done);
        assert_eq!(standing(due, Some(today), today), Standing::Late);
        assert_eq!(standing(None, None, today), Standing::Owed);
        assert_eq!(standing(None, Some(today), today), Standing::Done);
    }

    #[test]
    fn periods_are_years_quarters_or_all_time() {
        let words = [Renew::Year, Renew::Quarter, Renew::Change].map(|renew| renew.period(day("2020-08-01")));
        assert_eq!(words, ["2020", "2020-Q3", "all"]);
    }
}
