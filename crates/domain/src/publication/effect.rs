//! Whether a legal normative document is in force on a day (*tình trạng hiệu lực*): one rule over what the records say,
//! for page, list, search and open data. It claims nothing the records do not say: what is not known is not known, and
//! a paper that is no legal normative document (*văn bản hành chính*, *văn bản cá biệt*) has no such state at all.
//!
//! A document begins on its day of effect (Luật 80/2015/QH13 Đ151) and ends with the time written in it, or by a document
//! that replaces or repeals it; one that amends it or repeals a part ends a part (Luật 80/2015/QH13 Đ154).

use super::item::Item;
use super::normative::is_normative;
use super::relation::Act;
use crate::time::Day;

/// How a document stands on a day. Locale keys `document_effect.<word>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// *Chưa có hiệu lực.*
    NotYet,
    /// *Còn hiệu lực.*
    InForce,
    /// *Hết hiệu lực một phần.*
    PartlyEnded,
    /// *Hết hiệu lực toàn bộ.*
    Ended,
    /// *Chưa xác định*: the records do not say.
    Unknown,
}

impl Status {
    /// All of them, in the order of lists.
    pub const ALL: [Status; 5] =
        [Status::InForce, Status::NotYet, Status::PartlyEnded, Status::Ended, Status::Unknown];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Status::NotYet => "not_yet",
            Status::InForce => "in_force",
            Status::PartlyEnded => "partly_ended",
            Status::Ended => "ended",
            Status::Unknown => "unknown",
        }
    }

    /// The status with this stored word.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// Why it stands so. Locale keys `document_effect_reason.<word>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It takes effect on this day.
    Begins(Day),
    /// It took effect on this day, and no record ends it.
    Began(Day),
    /// No day of effect is written.
    NoDay,
    /// It ended on this day, as is written of it.
    Expired(Day),
    /// A document did this to it, from this day on.
    Acted(Act, String, Day),
    /// A document does this to it, and its day of effect is not known.
    ActedSome(Act, String),
}

/// A status with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The status.
    pub status: Status,
    /// Why.
    pub reason: Reason,
}

/// What is known of the document itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Its day of effect.
    pub begins: Option<Day>,
    /// The first day on which it is in force no more, when one is written (*ngày hết hiệu lực*).
    pub ends: Option<Day>,
}

/// What another document does to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// What it does.
    pub act: Act,
    /// Number and symbol of the other document.
    pub symbol: String,
    /// The other document's day of effect.
    pub begins: Option<Day>,
}

impl Subject {
    /// What the public record says of a document; none for what is no legal normative document.
    pub fn of(item: &Item) -> Option<Subject> {
        let field = |key: &str| item.fields.get(key).map_or("", String::as_str);
        let is_normative = item.kind == super::Kind::Document.word()
            && is_normative(&item.section, field("symbol"), item.day);
        let day = |key: &str| field(key).parse().ok();
        is_normative.then(|| Subject { begins: day("effective_on"), ends: day("expires_on") })
    }

    /// How it stands on a day.
    pub fn on(self, acts: &[Acting], day: Day) -> Effect {
        let effect = |status, reason| Effect { status, reason };
        let earliest = |ends: fn(Act) -> bool| {
            let known = acts.iter().filter(|acting| ends(acting.act));
            let come =
                known.filter_map(|acting| Some((acting.begins.filter(|begins| *begins <= day)?, acting)));
            come.min_by_key(|(begins, _)| *begins)
        };
        let replaced = earliest(ends_all);
        if let Some(ends) = self.ends.filter(|ends| *ends <= day)
            && replaced.is_none_or(|(begins, _)| ends < begins)
        {
            return effect(Status::Ended, Reason::Expired(ends));
        }
        if let Some((begins, acting)) = replaced {
            return effect(Status::Ended, Reason::Acted(acting.act, acting.symbol.clone(), begins));
        }
        match self.begins {
            None => return effect(Status::Unknown, Reason::NoDay),
            Some(begins) if begins > day => return effect(Status::NotYet, Reason::Begins(begins)),
            Some(_) => {}
        }
        let is_unclear = |acting: &&Acting| acting.begins.is_none() && ends_all(acting.act);
        if let Some(acting) = acts.iter().find(is_unclear) {
            return effect(Status::Unknown, Reason::ActedSome(acting.act, acting.symbol.clone()));
        }
        if let Some((begins, acting)) = earliest(ends_part) {
            return effect(Status::PartlyEnded, Reason::Acted(acting.act, acting.symbol.clone(), begins));
        }
        let is_unclear = |acting: &&Acting| acting.begins.is_none() && ends_part(acting.act);
        if let Some(acting) = acts.iter().find(is_unclear) {
            return effect(Status::Unknown, Reason::ActedSome(acting.act, acting.symbol.clone()));
        }
        effect(Status::InForce, Reason::Began(self.begins.unwrap_or(day)))
    }

    /// How it stands from which day on, oldest first; the first holds for all days before as well.
    pub fn course(self, acts: &[Acting]) -> Vec<(Day, Status)> {
        let mut turns: Vec<Day> = acts.iter().filter_map(|acting| acting.begins).collect();
        turns.extend(self.begins);
        turns.extend(self.ends);
        turns.sort_unstable();
        turns.dedup();
        let mut course = vec![(Day::MIN, self.on(acts, Day::MIN).status)];
        for day in turns {
            let status = self.on(acts, day).status;
            if course.last().is_none_or(|(_, before)| *before != status) {
                course.push((day, status));
            }
        }
        course
    }
}

const fn ends_all(act: Act) -> bool {
    matches!(act, Act::Replaces | Act::Repeals)
}

const fn ends_part(act: Act) -> bool {
    matches!(act, Act::Amends | Act::RepealsPart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn acting(act: Act, begins: Option<&str>) -> Acting {
        Acting { act, symbol: "9/2021/QĐ-UBND".into(), begins: begins.map(day) }
    }

    fn status(begins: Option<&str>, ends: Option<&str>, acts: &[Acting], on: &str) -> Status {
        Subject { begins: begins.map(day), ends: ends.map(day) }.on(acts, day(on)).status
    }

    #[test]
    fn a_document_begins_on_its_day_and_is_in_force_before_the_day_it_ends() {
        let known = Some("2020-03-15");
        assert_eq!(status(known, None, &[], "2020-03-14"), Status::NotYet);
        assert_eq!(status(known, None, &[], "2020-03-15"), Status::InForce);
        assert_eq!(status(known, Some("2020-12-31"), &[], "2020-12-30"), Status::InForce);
        assert_eq!(status(known, Some("2020-12-31"), &[], "2020-12-31"), Status::Ended);
        assert_eq!(status(None, None, &[], "2021-01-01"), Status::Unknown);
        assert_eq!(
            status(None, Some("2020-12-31"), &[], "2021-01-01"),
            Status::Ended,
            "that it ended is written"
        );
    }

    #[test]
    fn each_act_ends_all_or_a_part_or_nothing_and_only_from_the_day_of_the_acting_document() {
        use Status::{Ended, InForce, PartlyEnded};
        for (act, after) in [
            (Act::Replaces, Ended),
            (Act::Repeals, Ended),
            (Act::RepealsPart, PartlyEnded),
            (Act::Amends, PartlyEnded),
            (Act::Corrects, InForce),
            (Act::Guides, InForce),
            (Act::BasedOn, InForce),
        ] {
            let acts = [acting(act, Some("2021-02-01"))];
            assert_eq!(status(Some("2020-03-15"), None, &acts, "2021-01-31"), InForce, "{act:?}");
            assert_eq!(status(Some("2020-03-15"), None, &acts, "2021-02-01"), after, "{act:?}");
            let unknown = [acting(act, None)];
            let unclear = if after == InForce { InForce } else { Status::Unknown };
            assert_eq!(status(Some("2020-03-15"), None, &unknown, "2021-02-01"), unclear, "{act:?}");
        }
    }

    #[test]
    fn what_ends_all_goes_before_what_ends_a_part_and_the_first_of_two_is_the_reason() {
        let acts = [
            acting(Act::Amends, Some("2020-06-01")),
            acting(Act::Replaces, Some("2021-02-01")),
            acting(Act::Repeals, Some("2021-01-01")),
        ];
        let subject = Subject { begins: Some(day("2020-03-15")), ends: Some(day("2021-12-31")) };
        assert_eq!(subject.on(&acts, day("2020-07-01")).status, Status::PartlyEnded);
        let ended = subject.on(&acts, day("2022-02-01"));
        assert_eq!(ended.reason, Reason::Acted(Act::Repeals, "9/2021/QĐ-UBND".into(), day("2021-01-01")));
        let early = Subject { ends: Some(day("2020-12-30")), ..subject };
        assert_eq!(early.on(&acts, day("2022-02-01")).reason, Reason::Expired(day("2020-12-30")));
        assert_eq!(
            subject.course(&acts),
            [
                (Day::MIN, Status::NotYet),
                (day("2020-03-15"), Status::InForce),
                (day("2020-06-01"), Status::PartlyEnded),
                (day("2021-01-01"), Status::Ended),
            ]
        );
    }

    #[test]
    fn only_legal_normative_documents_have_a_status() {
        let issued = day("2020-03-02");
        for (type_name, symbol, is) in [
            ("Quyết định", "07/2020/QĐ-UBND", true),
            ("Nghị quyết", "12/2021/NQ-HĐND", true),
            ("", "12/2021/NQ-HĐND", true),
            ("Luật", "64/2025/QH15", true),
            ("", "64/2025/QH15", true),
            ("Nghị định", "30/2020/NĐ-CP", true),
            ("Quyết định", "1234/QĐ-UBND", false),
            ("Công văn", "12/UBND-VP", false),
            ("", "12/2020/KH-UBND", false),
            ("Kế hoạch", "12/2020/KH-UBND", false),
            ("Chỉ thị", "05/2020/CT-UBND", false),
            ("Quyết định", "07/20/QĐ-UBND", false),
            ("Quyết định", "", false),
        ] {
            assert_eq!(is_normative(type_name, symbol, issued), is, "{type_name} {symbol}");
        }
        assert!(is_normative("Chỉ thị", "05/2015/CT-UBND", day("2015-05-01")));
    }

    #[test]
    fn each_status_finds_itself_by_its_word() {
        for status in Status::ALL {
            assert_eq!(Status::from_word(status.word()), Some(status));
        }
    }
}
