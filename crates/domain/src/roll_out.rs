//! Rolling a regulation out (*triển khai, quán triệt quy chế*; NĐ 244/2026 Đ8 k3): a text is sent to units, each says
//! that it has read exactly this text, asks, or is exempt with a reason. A new text is a new roll-out: what was
//! acknowledged before was another text.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::access::{self, Capability, Role};
use crate::id::UnitId;
use crate::machine::{self, row};
use crate::publication::Attachment;
use crate::time::Day;

/// Signs of a regulation's text.
pub const LONGEST_TEXT: usize = 200_000;

/// What is known of a regulation besides symbol, name and text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// *Cơ quan ban hành.*
    pub issuer: String,
    /// *Ngày ban hành.*
    pub issued_on: Option<Day>,
    /// *Ngày có hiệu lực.*
    pub effective_on: Option<Day>,
    /// Its file.
    pub file: Option<Attachment>,
}

/// The paper by which a unit acknowledged that cannot do so itself (*văn bản xác nhận*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// *Số, ký hiệu.*
    pub symbol: String,
    /// Its day.
    pub day: Day,
    /// Its file.
    pub file: Option<Attachment>,
}

/// Where the answer of a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đã gửi, chưa xác nhận.*
    Sent,
    /// *Có câu hỏi*, not answered yet.
    Asking,
    /// *Đã xác nhận.*
    Acknowledged,
    /// *Được miễn.*
    Exempt,
}

/// What is decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Xác nhận đã tiếp nhận, quán triệt* exactly this text.
    Acknowledge,
    /// *Ghi xác nhận bằng văn bản giấy* for a unit that has only a paper.
    ByPaper,
    /// *Hỏi lại.*
    Ask,
    /// *Trả lời câu hỏi.*
    Reply,
    /// *Miễn*, with a reason.
    Exempt,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine. What a unit does, people of the unit do.
pub const TRANSITIONS: &[Row] = {
    use Capability::{DraftPress as Unit, TakePress as Sender};
    &[
        row(State::Sent, Event::Acknowledge, State::Acknowledged, Unit),
        row(State::Sent, Event::ByPaper, State::Acknowledged, Sender),
        row(State::Sent, Event::Ask, State::Asking, Unit),
        row(State::Sent, Event::Exempt, State::Exempt, Sender),
        row(State::Asking, Event::Acknowledge, State::Acknowledged, Unit),
        row(State::Asking, Event::ByPaper, State::Acknowledged, Sender),
        row(State::Asking, Event::Reply, State::Sent, Sender),
        row(State::Asking, Event::Exempt, State::Exempt, Sender),
    ]
};

/// Why it is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// It is for people of the unit, or for who sent it.
    NotYours,
    /// The text is not the one that was shown.
    OtherText,
    /// Question, reply or reason is missing.
    NoWords,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "roll_out_not_now",
            Refusal::NotYours => "roll_out_not_yours",
            Refusal::OtherText => "roll_out_other_text",
            Refusal::NoWords => "roll_out_no_words",
        }
    }
}

/// The digest of a text: what a unit acknowledges.
pub fn digest_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The digest of a text with its file: what a unit acknowledges is both.
pub fn digest_with(text: &str, file: Option<&Attachment>) -> String {
    match file {
        Some(file) => digest_of(&format!("{text}\n{}", file.digest)),
        None => digest_of(text),
    }
}

/// Decides whether somebody of `own` with `roles` may do `event` to the answer of `unit`. `words` are question, reply
/// or reason; `shown` the digest of the text that was shown.
///
/// # Errors
/// The first reason against it.
pub fn decide(
    (state, unit): (State, UnitId),
    event: Event,
    (roles, own): (&[Role], Option<UnitId>),
    words: &str,
    (shown, sent): (Option<&str>, &str),
) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, state, event).ok_or(Refusal::NotNow)?;
    let may = if row.needs == Capability::DraftPress {
        is_of_unit(unit, (roles, own))
    } else {
        access::may(roles, row.needs)
    };
    if !may {
        return Err(Refusal::NotYours);
    }
    match event {
        Event::Acknowledge if shown != Some(sent) => Err(Refusal::OtherText),
        Event::Acknowledge => Ok(row.to),
        Event::ByPaper | Event::Ask | Event::Reply | Event::Exempt if words.trim().is_empty() => {
            Err(Refusal::NoWords)
        }
        Event::ByPaper | Event::Ask | Event::Reply | Event::Exempt => Ok(row.to),
    }
}

/// Whether somebody of `own` with `roles` answers for `unit`: hands the regulation on to units below (*quán triệt đến
/// đơn vị trực thuộc*), returns what the unit issued itself (*quy chế nội bộ*).
pub fn is_of_unit(unit: UnitId, (roles, own): (&[Role], Option<UnitId>)) -> bool {
    own == Some(unit) && access::may(roles, Capability::DraftPress)
}

impl State {
    /// All states.
    pub const ALL: [State; 4] = [State::Sent, State::Asking, State::Acknowledged, State::Exempt];

    /// The stored word; locale key `roll_out.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Sent => "sent",
            State::Asking => "asking",
            State::Acknowledged => "acknowledged",
            State::Exempt => "exempt",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing more is to be done by the unit.
    pub const fn is_done(self) -> bool {
        matches!(self, State::Acknowledged | State::Exempt)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 5] = [Event::Acknowledge, Event::ByPaper, Event::Ask, Event::Reply, Event::Exempt];

    /// The stored word; locale key `roll_out.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Acknowledge => "acknowledge",
            Event::ByPaper => "by_paper",
            Event::Ask => "ask",
            Event::Reply => "reply",
            Event::Exempt => "exempt",
        }
    }

    /// The event with this stored word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: u128) -> UnitId {
        UnitId::from_parts(0, n)
    }

    #[test]
    fn every_cell_of_the_machine() {
        for state in State::ALL {
            for event in Event::ALL {
                for role in Role::ALL {
                    let decided =
                        decide((state, unit(1)), event, (&[role], Some(unit(1))), "x", (Some("d"), "d"));
                    match machine::find(TRANSITIONS, state, event) {
                        None => assert_eq!(decided, Err(Refusal::NotNow)),
                        Some(row) if access::may(&[role], row.needs) => assert_eq!(decided, Ok(row.to)),
                        Some(_) => assert_eq!(decided, Err(Refusal::NotYours)),
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_with_a_file_is_another_text_and_only_who_sent_it_notes_a_paper() {
        let file = Attachment {
            digest: "00".into(),
            name: "qc.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            purpose: crate::publication::Purpose::Attachment,
            text: String::new(),
        };
        assert_eq!(digest_with("x", None), digest_of("x"));
        assert_ne!(digest_with("x", Some(&file)), digest_of("x"));
        let note = |role, words| {
            decide((State::Sent, unit(1)), Event::ByPaper, (&[role], Some(unit(1))), words, (None, "d"))
        };
        assert_eq!(note(Role::UnitHead, "12/CV"), Err(Refusal::NotYours));
        assert_eq!(note(Role::Clerk, " "), Err(Refusal::NoWords));
        assert_eq!(note(Role::Clerk, "12/CV"), Ok(State::Acknowledged));
    }

    #[test]
    fn a_unit_acknowledges_for_itself_and_only_the_text_it_was_shown() {
        let officer = [Role::Officer];
        let ask = |own, shown| {
            decide((State::Sent, unit(1)), Event::Acknowledge, (&officer, own), "", (shown, "new"))
        };
        assert_eq!(ask(Some(unit(2)), Some("new")), Err(Refusal::NotYours));
        assert_eq!(ask(None, Some("new")), Err(Refusal::NotYours));
        assert_eq!(ask(Some(unit(1)), Some("old")), Err(Refusal::OtherText));
        assert_eq!(ask(Some(unit(1)), Some("new")), Ok(State::Acknowledged));
        let silent =
            decide((State::Sent, unit(1)), Event::Ask, (&officer, Some(unit(1))), " ", (None, "new"));
        assert_eq!(silent, Err(Refusal::NoWords));
    }
}
