//! What the office tells the press of its own accord or face to face (NĐ 09/2017 Đ4, NĐ 244/2026 Đ5): a press release is
//! written, approved by a second person who was shown exactly that text, and leaves under a number; an interview, a
//! briefing or a post is written down once it took place.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::conference::Kept;
use crate::access::{self, Capability, Role};
use crate::id::{PublicationId, RecordId, UnitId};
use crate::machine::{self, row};
use crate::time::{Day, Timestamp};

/// How it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// *Thông cáo báo chí.*
    Release,
    /// *Phát ngôn trực tiếp, trả lời phỏng vấn.*
    Interview,
    /// *Trao đổi, giao ban báo chí.*
    Briefing,
    /// *Đăng trên Cổng, Trang thông tin điện tử, trang mạng xã hội chính thức.*
    Post,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đang soạn.*
    Draft,
    /// *Chờ duyệt.*
    InReview,
    /// *Đã duyệt, chờ phát hành.*
    Approved,
    /// *Đã phát hành.*
    Issued,
    /// *Đã ghi nhận*: it took place.
    Given,
    /// *Đã bỏ.*
    Discarded,
}

/// What is decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Sửa*: of a release it voids the approval.
    Edit,
    /// *Trình duyệt.*
    Submit,
    /// *Trả lại*, with a reason.
    SendBack,
    /// *Duyệt* exactly the text that was shown.
    Approve,
    /// *Phát hành* under a number.
    Issue,
    /// *Bỏ*, with a reason.
    Discard,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine. What units write, who keeps the press desk writes as well.
pub const TRANSITIONS: &[Row] = {
    use Capability::{
        ApprovePress as Approves, DraftPress as Writes, IssuePress as Issues, TakePress as Desk,
    };
    use Event as E;
    use State as S;
    &[
        row(S::Draft, E::Edit, S::Draft, Writes),
        row(S::Draft, E::Submit, S::InReview, Writes),
        row(S::Draft, E::Discard, S::Discarded, Writes),
        row(S::InReview, E::Edit, S::Draft, Writes),
        row(S::InReview, E::SendBack, S::Draft, Approves),
        row(S::InReview, E::Approve, S::Approved, Approves),
        row(S::InReview, E::Discard, S::Discarded, Writes),
        row(S::Approved, E::Edit, S::Draft, Writes),
        row(S::Approved, E::SendBack, S::Draft, Approves),
        row(S::Approved, E::Issue, S::Issued, Issues),
        row(S::Approved, E::Discard, S::Discarded, Writes),
        row(S::Given, E::Edit, S::Given, Desk),
        row(S::Given, E::Discard, S::Discarded, Desk),
    ]
};

/// Why it is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// Not for this role.
    NotYours,
    /// Nobody approves a text of one's own.
    OwnText,
    /// The text is not the one that was shown, or that was approved.
    OtherText,
    /// A reason is missing.
    NoReason,
    /// There is no text yet.
    Empty,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 6] = [
        Refusal::NotNow,
        Refusal::NotYours,
        Refusal::OwnText,
        Refusal::OtherText,
        Refusal::NoReason,
        Refusal::Empty,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "statement_not_now",
            Refusal::NotYours => "statement_not_yours",
            Refusal::OwnText => "statement_own_text",
            Refusal::OtherText => "statement_other_text",
            Refusal::NoReason => "statement_no_reason",
            Refusal::Empty => "statement_empty",
        }
    }
}

/// What is told: everything that is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How.
    pub form: Form,
    /// What it is about; of a release its title.
    pub subject: String,
    /// The text of a release; of what was said, what was said.
    pub text: String,
    /// The stored word of the occasion, as the register of statements has it.
    pub occasion: String,
    /// Whether it is a turn of speech; else one of information (Law 6.4, metric 9).
    pub is_speech: bool,
    /// The unit that speaks; the office itself when absent.
    pub unit: Option<UnitId>,
    /// Who speaks; may be empty for what is written or posted.
    pub speaker: String,
    /// With whom: the press agency of an interview, who held the briefing; empty for a release.
    pub with: String,
    /// When it was said or posted; none for a release.
    pub at: Option<Timestamp>,
    /// Where it can be read.
    pub url: String,
}

/// An approval of exactly one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The digest of what was shown.
    pub digest: String,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub at: Timestamp,
}

/// How a release left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// `07/TC-UBND`.
    pub symbol: String,
    /// Day of issue.
    pub day: Day,
    /// Its line in the register of outgoing documents.
    pub document: RecordId,
    /// Its files.
    pub kept: Kept,
}

/// Everything about it but its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What is told.
    pub told: Told,
    /// The unit whose people write it; none where who keeps the press desk began it.
    #[serde(default)]
    pub by: Option<UnitId>,
    /// Everybody who wrote the text since it was begun.
    pub writers: Vec<String>,
    /// The approval of the text as it stands.
    pub approval: Option<Approval>,
    /// How it left.
    pub issued: Option<Issued>,
    /// The publication that puts it on the portal.
    pub publication: Option<PublicationId>,
    /// Why it was sent back or discarded, the last time.
    pub note: String,
}

impl Told {
    /// SHA-256 of all of it, in hexadecimal.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }
}

/// Who decides.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// As the ledger names actors.
    pub name: &'a str,
    /// The roles.
    pub roles: &'a [Role],
    /// The unit the person works in.
    pub unit: Option<UnitId>,
}

/// Whether somebody with `roles` writes a release: people of units, and who keeps the press desk.
pub fn may_write(roles: &[Role]) -> bool {
    access::may(roles, Capability::DraftPress) || access::may(roles, Capability::TakePress)
}

/// Whether somebody works on this release: who keeps the press desk, people of the unit that began it, and who wrote in it.
fn writes(statement: &Statement, who: Who<'_>) -> bool {
    let is_of_unit = statement.by.is_some() && statement.by == who.unit;
    let has_written = statement.writers.iter().any(|writer| writer == who.name);
    access::may(who.roles, Capability::TakePress)
        || (access::may(who.roles, Capability::DraftPress) && (is_of_unit || has_written))
}

/// Decides whether somebody may do `event`; `note` is the reason, `shown` the digest of the text that was shown.
///
/// # Errors
/// The first reason against it.
pub fn decide(
    (state, statement): (State, &Statement),
    event: Event,
    who: Who<'_>,
    (note, shown): (&str, Option<&str>),
) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, state, event).ok_or(Refusal::NotNow)?;
    let may = match row.needs {
        Capability::DraftPress => writes(statement, who),
        needs => access::may(who.roles, needs),
    };
    if !may {
        return Err(Refusal::NotYours);
    }
    let digest = statement.told.digest();
    let is_own = statement.writers.iter().any(|writer| writer == who.name);
    match event {
        Event::Submit if statement.told.text.trim().is_empty() => Err(Refusal::Empty),
        Event::Approve if is_own => Err(Refusal::OwnText),
        Event::Approve if shown != Some(digest.as_str()) => Err(Refusal::OtherText),
        Event::Issue if statement.approval.as_ref().is_none_or(|approval| approval.digest != digest) => {
            Err(Refusal::OtherText)
        }
        Event::SendBack | Event::Discard if note.trim().is_empty() => Err(Refusal::NoReason),
        _ => Ok(row.to),
    }
}

impl Form {
    /// All forms.
    pub const ALL: [Form; 4] = [Form::Release, Form::Interview, Form::Briefing, Form::Post];

    /// The stored word; locale key `statement.form.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Form::Release => "release",
            Form::Interview => "interview",
            Form::Briefing => "briefing",
            Form::Post => "post",
        }
    }

    /// The form with this stored word.
    pub fn from_word(word: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.word() == word)
    }

    /// Its word in the register of statements.
    pub const fn in_register(self) -> &'static str {
        match self {
            Form::Release => "press_release_or_written",
            Form::Interview => "direct_or_interview",
            Form::Briefing => "exchange_or_briefing",
            Form::Post => "portal_post",
        }
    }

    /// Whether somebody says it: then who speaks must be entitled that day.
    pub const fn is_spoken(self) -> bool {
        matches!(self, Form::Interview | Form::Briefing)
    }
}

impl State {
    /// All states.
    pub const ALL: [State; 6] =
        [State::Draft, State::InReview, State::Approved, State::Issued, State::Given, State::Discarded];

    /// The stored word; locale key `statement.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Approved => "approved",
            State::Issued => "issued",
            State::Given => "given",
            State::Discarded => "discarded",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether it was told: it counts.
    pub const fn was_told(self) -> bool {
        matches!(self, State::Issued | State::Given)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 6] =
        [Event::Edit, Event::Submit, Event::SendBack, Event::Approve, Event::Issue, Event::Discard];

    /// The stored word; locale key `statement.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Edit => "edit",
            Event::Submit => "submit",
            Event::SendBack => "send_back",
            Event::Approve => "approve",
            Event::Issue => "issue",
            Event::Discard => "discard",
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

    fn statement() -> Statement {
        let told = Told {
            form: Form::Release,
            subject: "Kết quả thu gom rác".into(),
            text: "Đã thu gom 12 tấn.".into(),
            occasion: "own_initiative".into(),
            is_speech: false,
            unit: None,
            speaker: String::new(),
            with: String::new(),
            at: None,
            url: String::new(),
        };
        let approval = Approval { digest: told.digest(), person: "other".into(), at: Timestamp::UNIX_EPOCH };
        Statement {
            told,
            by: Some(UnitId::from_parts(0, 1)),
            writers: vec!["writer".into()],
            approval: Some(approval),
            issued: None,
            publication: None,
            note: String::new(),
        }
    }

    #[test]
    fn every_cell_of_the_machine() {
        let statement = statement();
        let digest = statement.told.digest();
        for state in State::ALL {
            for event in Event::ALL {
                for role in Role::ALL {
                    let roles = [role];
                    let of = |unit| Who { name: "other", roles: &roles, unit };
                    let given = ("Lý do", Some(digest.as_str()));
                    let decided = decide((state, &statement), event, of(statement.by), given);
                    let desk = access::may(&[role], Capability::TakePress);
                    let elsewhere =
                        decide((state, &statement), event, of(Some(UnitId::from_parts(0, 9))), given);
                    let is_unit_bound = machine::find(TRANSITIONS, state, event)
                        .is_some_and(|row| row.needs == Capability::DraftPress);
                    if is_unit_bound && !desk {
                        assert_eq!(
                            elsewhere,
                            Err(Refusal::NotYours),
                            "another unit: {state:?} {event:?} {role:?}"
                        );
                    } else {
                        assert_eq!(elsewhere, decided, "{state:?} {event:?} {role:?}");
                    }
                    let expected = match machine::find(TRANSITIONS, state, event) {
                        None => Err(Refusal::NotNow),
                        Some(row) if access::may(&[role], row.needs) => Ok(row.to),
                        Some(row) if row.needs == Capability::DraftPress && desk => Ok(row.to),
                        Some(_) => Err(Refusal::NotYours),
                    };
                    assert_eq!(decided, expected, "{state:?} {event:?} {role:?}");
                }
            }
        }
    }

    #[test]
    fn a_release_is_approved_by_a_second_person_for_exactly_its_text() {
        let whole = statement();
        let digest = whole.told.digest();
        let approve = |name, shown| {
            let who = Who { name, roles: &[Role::Leader], unit: None };
            decide((State::InReview, &whole), Event::Approve, who, ("", shown))
        };
        assert_eq!(approve("writer", Some(digest.as_str())), Err(Refusal::OwnText));
        assert_eq!(approve("other", Some("other text")), Err(Refusal::OtherText));
        assert_eq!(approve("other", None), Err(Refusal::OtherText));
        assert_eq!(approve("other", Some(digest.as_str())), Ok(State::Approved));
        let mut changed = whole.clone();
        changed.told.text.push('!');
        let clerk = Who { name: "clerk", roles: &[Role::Clerk], unit: None };
        let issue = |statement| decide((State::Approved, statement), Event::Issue, clerk, ("", None));
        assert_eq!(issue(&changed), Err(Refusal::OtherText));
        assert_eq!(issue(&whole), Ok(State::Issued));
        let mut empty = whole.clone();
        empty.told.text = " ".into();
        assert_eq!(decide((State::Draft, &empty), Event::Submit, clerk, ("", None)), Err(Refusal::Empty));
        let silent = decide((State::Draft, &whole), Event::Discard, clerk, (" ", None));
        assert_eq!(silent, Err(Refusal::NoReason));
    }

    #[test]
    fn what_left_changes_no_more_and_every_state_can_be_reached() {
        assert!(TRANSITIONS.iter().all(|row| !matches!(row.from, State::Issued | State::Discarded)));
        for state in State::ALL.into_iter().filter(|state| !matches!(state, State::Draft | State::Given)) {
            assert!(TRANSITIONS.iter().any(|row| row.to == state && row.from != state), "{state:?}");
        }
    }
}
