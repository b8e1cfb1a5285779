//! Extraordinary cases (*vụ việc đột xuất, bất thường*, NĐ 09/2017 Đ6, NĐ 244/2026 Đ7): which moment starts the clock
//! of hours by the law of that date, what was said and when.

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::id::CaseId;
use crate::law::{Law, Limit};
use crate::time::{self, Timestamp};

/// Why the office has to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// *Sự kiện quan trọng, tác động lớn.*
    HighImpact,
    /// *Dư luận xã hội có nhiều ý kiến khác nhau.*
    DividedOpinion,
    /// On request of the press or of bodies that direct or manage it: no hour limit in the decree.
    PressRequest,
    /// *Liên quan nhiều cơ quan, địa phương*: the body assigned to lead speaks.
    SeveralBodies,
    /// *Phạm vi quốc gia.*
    National,
}

/// The moments of a case, kept apart (Law 9, point 2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moments {
    /// *Vụ việc xảy ra.*
    pub happened_at: Option<Timestamp>,
    /// *Cơ quan tiếp nhận, xử lý.*
    pub received_at: Option<Timestamp>,
    /// *Xác định vụ việc tác động đến dư luận.*
    pub determined_at: Option<Timestamp>,
}

/// Which moment started the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// It happened.
    Happened,
    /// The office received it.
    Received,
    /// The office determined its effect on opinion.
    Determined,
}

/// A running clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which moment started it.
    pub start: Start,
    /// When.
    pub at: Timestamp,
    /// Until when the office must have spoken, with its explanation.
    pub deadline: Deadline,
}

/// What the office said (*phát ngôn ban đầu, phát ngôn tiếp theo*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Who spoke.
    pub speaker: String,
    /// What was said.
    pub text: String,
    /// The stored word of the form.
    pub form: String,
    /// Whether only initial information was given (*thông tin ban đầu*), and more is to follow.
    pub is_holding: bool,
    /// Who wrote it down, as the ledger names actors.
    pub person: String,
}

/// A class that was determined before another took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The class.
    pub class: Class,
    /// When it was determined, where somebody had to.
    pub determined_at: Option<Timestamp>,
    /// By whom.
    pub determined_by: String,
    /// Why.
    pub determined_why: String,
    /// Until when the office had to speak by it.
    pub due: Option<deadline::Due>,
    /// When another took its place.
    pub until: Timestamp,
    /// Who wrote that down, as the ledger names actors.
    pub person: String,
}

/// Everything about an extraordinary case but its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// What it is about.
    pub subject: String,
    /// Why the office has to speak.
    pub class: Class,
    /// Its moments.
    pub moments: Moments,
    /// Who determined that it affects opinion, or another class: the head, a meeting (PS-EXT-5); empty where nobody had to.
    #[serde(default)]
    pub determined_by: String,
    /// Why.
    #[serde(default)]
    pub determined_why: String,
    /// The classes it had before, first to last.
    #[serde(default)]
    pub earlier: Vec<Earlier>,
    /// The clock; none where the law of that day sets no hours.
    pub clock: Option<Clock>,
    /// What was said, first to last.
    pub said: Vec<Said>,
    /// Whether the first word came in time; fixed when it was said.
    pub on_time: Option<bool>,
    /// The one who speaks while the crisis lasts; empty when it is none (*chế độ khủng hoảng*).
    pub one_speaker: String,
    /// Requests of the press on the same matter: frozen while the crisis lasts.
    pub related: Vec<CaseId>,
}

/// The clock of a case: by NĐ 09/2017 from the moment it happened, by NĐ 244/2026 from the moment the office received
/// it, or determined its effect. The law is that of the moment itself, so a case crosses from one decree to the other
/// by its own date.
pub fn clock(law: &Law, calendar: &Calendar, class: Class, moments: Moments) -> Option<Clock> {
    let later: (Start, &str, Option<Timestamp>) = match class {
        Class::HighImpact => (Start::Received, "PS-EXT-4", moments.received_at),
        Class::DividedOpinion => (Start::Determined, "PS-EXT-5", moments.determined_at),
        Class::PressRequest | Class::SeveralBodies | Class::National => return None,
    };
    let ways = [(Start::Happened, "PS-EXT-3", moments.happened_at), later];
    ways.into_iter().find_map(|(start, id, at)| {
        let at = at?;
        let rule = law.rule_at(id, time::day_of(at)).ok()?;
        if !matches!(rule.limit, Limit::Hours(_)) {
            return None;
        }
        let deadline = deadline::compute(rule, Trigger::Instant(at), calendar).ok()?;
        Some(Clock { start, at, deadline })
    })
}

/// Whether the office itself determines that opinion is divided, by the law of the day: then who did, when and why are
/// written down, and its clock starts there (NĐ 244/2026 Đ7 k4).
pub fn is_determined_by_office(law: &Law, class: Class, moments: Moments) -> bool {
    let first = moments.determined_at.or(moments.received_at).or(moments.happened_at);
    class == Class::DividedOpinion
        && first.is_some_and(|at| law.rule_at("PS-EXT-5", time::day_of(at)).is_ok())
}

impl Emergency {
    /// Whether the limit has run out before anything was said: it stays so, whatever class is found later.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.said.is_empty() && self.clock.as_ref().is_some_and(|clock| clock.deadline.is_late_at(now))
    }

    /// Whether one person alone speaks now.
    pub fn is_crisis(&self) -> bool {
        !self.one_speaker.is_empty()
    }
}

impl Class {
    /// All classes.
    pub const ALL: [Class; 5] = [
        Class::HighImpact,
        Class::DividedOpinion,
        Class::PressRequest,
        Class::SeveralBodies,
        Class::National,
    ];

    /// The stored word, that of the register's field.
    pub const fn word(self) -> &'static str {
        match self {
            Class::HighImpact => "high_impact",
            Class::DividedOpinion => "divided_opinion",
            Class::PressRequest => "press_request",
            Class::SeveralBodies => "several_bodies",
            Class::National => "national",
        }
    }

    /// The class with this stored word.
    pub fn from_word(word: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.word() == word)
    }
}

impl Start {
    /// The stored word; locale key `emergency.start.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Start::Happened => "happened",
            Start::Received => "received",
            Start::Determined => "determined",
        }
    }
}
