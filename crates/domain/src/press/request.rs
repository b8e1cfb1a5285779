//! A request of the press as one value: what was asked, what is answered, what was decided about it. The state stands
//! beside it; who asked by name and how to reach them is personal and stands apart.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::workflow::Refusal;
use crate::deadline::{Deadline, Due};
use crate::id::{RecordId, UnitId};
use crate::time::{self, Day, Timestamp};

/// Signs of the questions.
pub const LONGEST_QUESTIONS: usize = 10_000;
/// Signs of an answer.
pub const LONGEST_ANSWER: usize = 50_000;

/// How sure the office is of who asks (checklist PRESS-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// *Chưa xác minh.*
    #[default]
    Unverified,
    /// *Đã xem thẻ nhà báo hoặc giấy giới thiệu.*
    CardSeen,
    /// *Đầu mối đã biết* of a registered agency.
    KnownContact,
}

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// *Cơ quan yêu cầu.*
    pub requester: String,
    /// The stored word of its kind, as the register has it: `press_agency`.
    pub requester_kind: String,
    /// *Số, ký hiệu văn bản yêu cầu, giấy giới thiệu*: a number of a document, never of a reporter's card.
    pub request_symbol: String,
    /// What it is about, in a line.
    pub subject: String,
    /// The questions, as text.
    pub questions: String,
    /// The stored word of the channel: `portal`, `phone`.
    pub channel: String,
    /// The stored word of the legal kind: `information`, `answer_in_press`; empty until triage.
    pub legal_kind: String,
    /// How sure the office is of the sender.
    pub identity: Identity,
}

/// What is answered: supplied, or refused with a ground. What is cleared is the digest of this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The text of the letter, one paragraph a line.
    pub text: String,
    /// The stored word of the form of providing: `press_release_or_written`.
    pub form: String,
    /// The code of the ground, when it is refused; empty when it is answered.
    pub ground: String,
    /// Who speaks or signs for the office.
    pub speaker: String,
}

/// Somebody cleared an answer at a step of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// The step, from 0.
    pub step: usize,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// The digest of the answer.
    pub digest: String,
}

/// The chain was passed by (*duyệt khẩn*), with a reason; somebody else looks at it afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bypass {
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// The digest of the answer.
    pub digest: String,
    /// Why.
    pub reason: String,
    /// Until when somebody else must have looked.
    pub look_by: Option<Timestamp>,
    /// Who looked, and when.
    pub looked: Option<(String, Timestamp)>,
}

/// A change of the limit: an extension or a pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Why.
    pub reason: String,
    /// *Văn bản*; may be empty.
    pub document: String,
    /// First day of a pause; of an extension the day it was decided.
    pub from: Day,
    /// Last day of a pause; none while it lasts, and none for an extension.
    pub to: Option<Day>,
    /// Days added by an extension; 0 for a pause.
    pub days: u32,
    /// The rule that allows it.
    pub rule: String,
}

/// How it left: the numbered document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// `125/UBND-VHTT`.
    pub symbol: String,
    /// Its number.
    pub number: u32,
    /// Day of issue.
    pub day: Day,
    /// Its line in the register of outgoing documents.
    pub document: RecordId,
    /// How it was given; none for what left before that was noted.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// Digest of the file for Word.
    pub docx: String,
    /// Digest of the file to print.
    pub pdf: String,
}

/// How an answer was said (*trả lời trực tiếp, trả lời phỏng vấn*), without a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// When.
    pub at: Timestamp,
    /// Where, or through what: *Tại trụ sở*, *Qua điện thoại*.
    pub place: String,
}

/// How an answer was given (checklist PRESS-01). To whom is personal and stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// *Tại trang tra cứu*: read with the code.
    Page,
    /// *Thư điện tử.*
    Email,
    /// *Bưu điện.*
    Post,
    /// *Trao trực tiếp.*
    Hand,
}

/// What the reporter thought of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    /// In words; may be empty.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// The reporter complained about how the request was handled (*phản ánh của phóng viên*): that it is late, that the
/// answer does not answer, that a refusal has no ground. It is no *khiếu nại* by law, which goes its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// What about.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What the office answered: the text, who as the ledger names actors, when.
    pub reply: Option<(String, String, Timestamp)>,
}

/// Everything about a request but its state and who asked by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// What was asked.
    pub asked: Asked,
    /// The unit that leads.
    pub lead: Option<UnitId>,
    /// The answer as it stands.
    pub answer: Answer,
    /// Everybody who changed the answer, as the ledger names actors.
    pub writers: Vec<String>,
    /// The titles of the steps of the chain it goes through, fixed when it was handed in.
    pub chain: Vec<super::chain::Step>,
    /// Titles of steps it does not go through, because everybody who could take them wrote the answer.
    pub passed_over: Vec<String>,
    /// Who cleared it, first to last; emptied when the text changes.
    pub clearances: Vec<Clearance>,
    /// When the chain was passed by.
    pub bypass: Option<Bypass>,
    /// When it was written down, by the clock of the server; when it came may be typed.
    pub entered_at: Option<Timestamp>,
    /// When it is due, and how that came about.
    pub deadline: Option<Deadline>,
    /// When it was due by the kind it had first, where that was changed: it stays visible.
    pub promised: Option<Due>,
    /// Extensions and pauses.
    pub shifts: Vec<Shift>,
    /// With whom it was, from when: first to last.
    pub stays: Vec<super::delay::Stay>,
    /// The step that lost the time, decided when it was closed late.
    pub charged: Option<super::delay::Place>,
    /// How it left.
    pub issued: Option<Issued>,
    /// How it was said, when it left as no document.
    pub spoken: Option<Spoken>,
    /// The request this one goes on from (*hỏi tiếp*).
    pub follows: Option<RecordId>,
    /// What the reporter thought of it.
    pub rating: Option<Rating>,
    /// What the reporter complained of, first to last.
    pub complaints: Vec<Complaint>,
    /// The publication that carries the answer to the portal.
    pub publication: Option<crate::id::PublicationId>,
    /// How many places of the answer are covered there ([`crate::redaction`]).
    pub covered: u32,
}

impl Answer {
    /// SHA-256 of what is cleared, in hexadecimal.
    pub fn digest(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(Sha256::digest(&text))
    }

    /// Whether it is said, not written or posted.
    pub fn is_spoken(&self) -> bool {
        !matches!(self.form.as_str(), "press_release_or_written" | "portal_post")
    }

    /// Whether it refuses.
    pub fn refuses(&self) -> bool {
        !self.ground.is_empty()
    }

    /// What it still lacks; `grounds` are the codes in force for the request.
    pub fn shortcoming(&self, grounds: &[&str]) -> Option<Refusal> {
        if self.text.trim().is_empty() {
            Some(Refusal::Empty)
        } else if super::library::unfilled(&self.text).is_some() {
            Some(Refusal::Unfilled)
        } else if self.refuses() && !grounds.contains(&self.ground.as_str()) {
            Some(Refusal::GroundNotInForce)
        } else {
            None
        }
    }
}

impl Request {
    /// The day the answer was given; none while it was not.
    pub fn answered_on(&self) -> Option<Day> {
        let issued = self.issued.as_ref().map(|issued| issued.day);
        issued.or(self.spoken.as_ref().map(|spoken| time::day_of(spoken.at)))
    }

    /// The number and symbol under which it left; empty for what was said or did not leave yet.
    pub fn reply_symbol(&self) -> &str {
        self.issued.as_ref().map_or("", |issued| issued.symbol.as_str())
    }

    /// When what may leave was approved: by the last step of the chain, or past it.
    pub fn cleared_at(&self) -> Option<Timestamp> {
        let by_chain = self.clearances.last().map(|last| last.at);
        self.bypass.as_ref().map(|bypass| bypass.at).or(by_chain)
    }

    /// The step of the chain that comes next, from 0.
    pub fn next_step(&self) -> usize {
        self.clearances.len()
    }

    /// The pause that lasts.
    pub fn pause(&self) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.days == 0 && shift.to.is_none())
    }

    /// The complaint that waits for an answer; there is one at most.
    pub fn open_complaint(&self) -> Option<&Complaint> {
        self.complaints.iter().find(|complaint| complaint.reply.is_none())
    }

    /// The digest that was cleared by the whole chain, or past it.
    pub fn cleared_digest(&self) -> Option<&str> {
        if let Some(bypass) = &self.bypass {
            return Some(&bypass.digest);
        }
        let last = self.clearances.last()?;
        (self.clearances.len() == self.chain.len()).then_some(last.digest.as_str())
    }

    /// Takes every clearance away: the text changed, or it was sent back.
    pub fn void_clearance(&mut self) {
        self.clearances.clear();
        self.bypass = None;
    }
}

impl Delivery {
    /// All ways.
    pub const ALL: [Delivery; 4] = [Delivery::Page, Delivery::Email, Delivery::Post, Delivery::Hand];

    /// The stored word; locale key `press.delivery.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Delivery::Page => "page",
            Delivery::Email => "email",
            Delivery::Post => "post",
            Delivery::Hand => "hand",
        }
    }

    /// The way with this stored word.
    pub fn from_word(word: &str) -> Option<Delivery> {
        Delivery::ALL.into_iter().find(|delivery| delivery.word() == word)
    }
}

impl Identity {
    /// All levels.
    pub const ALL: [Identity; 3] = [Identity::Unverified, Identity::CardSeen, Identity::KnownContact];

    /// The stored word; locale key `press.identity.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Identity::Unverified => "unverified",
            Identity::CardSeen => "card_seen",
            Identity::KnownContact => "known_contact",
        }
    }

    /// The level with this stored word.
    pub fn from_word(word: &str) -> Option<Identity> {
        Identity::ALL.into_iter().find(|identity| identity.word() == word)
    }
}
