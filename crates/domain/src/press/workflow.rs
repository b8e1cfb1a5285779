//! States, events, the table of transitions and the one decision about a request of the press (checklist WF, PRESS).
//! Overdue is no state: it is computed from the limit.

use serde::{Deserialize, Serialize};

use super::chain::Step as ChainStep;
use super::request::{Bypass, Clearance};
use crate::access::{self, Capability, Role};
use crate::id::UnitId;
use crate::machine::{self, row};

/// Where a request stands. *Trạng thái xử lý yêu cầu của báo chí.*
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đã tiếp nhận.*
    Received,
    /// *Đã giao đơn vị chủ trì.*
    Assigned,
    /// *Đang soạn nội dung trả lời.*
    Drafting,
    /// *Đang thẩm định, trình duyệt.*
    InClearance,
    /// *Đã duyệt, chờ phát hành.*
    Cleared,
    /// *Đã trả lời.*
    Answered,
    /// *Đã từ chối* with a ground.
    Refused,
    /// *Cơ quan báo chí rút yêu cầu.*
    Withdrawn,
}

/// What somebody decides about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Phân công* to a leading unit, and others to help.
    Assign,
    /// *Nhận chủ trì.*
    Accept,
    /// *Từ chối chủ trì*, with a reason.
    Decline,
    /// *Soạn, sửa nội dung*: voids every clearance.
    Write,
    /// *Trình.*
    Submit,
    /// *Đồng ý, chuyển bước tiếp theo.*
    Endorse,
    /// *Duyệt*: the last step.
    Clear,
    /// *Trả lại soạn lại*, with a reason.
    SendBack,
    /// *Trả lại một bước trước*, with a reason.
    Recheck,
    /// *Duyệt khẩn*, past the chain, with a reason.
    Bypass,
    /// *Xem lại* what was approved past the chain.
    SecondLook,
    /// *Ghi nhận đã trả lời trực tiếp*: what was cleared was said, without a document.
    Tell,
    /// *Phát hành trả lời.*
    Issue,
    /// *Phát hành văn bản từ chối.*
    IssueRefusal,
    /// *Gia hạn.*
    Extend,
    /// *Tạm dừng tính thời hạn.*
    Pause,
    /// *Tiếp tục tính thời hạn.*
    Resume,
    /// *Ghi nhận việc rút yêu cầu*, with a reason.
    Withdraw,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine. Buttons, diagrams and tests read it.
pub const TRANSITIONS: &[Row] = {
    use Capability::{
        ApprovePress as Approves, ClearPress as Clears, DraftPress as Drafts, IssuePress as Issues,
        TakePress as Takes,
    };
    use Event as E;
    use State as S;
    &[
        row(S::Received, E::Assign, S::Assigned, Takes),
        row(S::Received, E::Extend, S::Received, Takes),
        row(S::Received, E::Pause, S::Received, Takes),
        row(S::Received, E::Resume, S::Received, Takes),
        row(S::Received, E::Withdraw, S::Withdrawn, Takes),
        row(S::Assigned, E::Assign, S::Assigned, Takes),
        row(S::Assigned, E::Accept, S::Drafting, Drafts),
        row(S::Assigned, E::Decline, S::Received, Drafts),
        row(S::Assigned, E::Extend, S::Assigned, Takes),
        row(S::Assigned, E::Pause, S::Assigned, Takes),
        row(S::Assigned, E::Resume, S::Assigned, Takes),
        row(S::Assigned, E::Withdraw, S::Withdrawn, Takes),
        row(S::Drafting, E::Assign, S::Assigned, Takes),
        row(S::Drafting, E::Write, S::Drafting, Drafts),
        row(S::Drafting, E::Submit, S::InClearance, Drafts),
        row(S::Drafting, E::Bypass, S::Cleared, Approves),
        row(S::Drafting, E::Extend, S::Drafting, Takes),
        row(S::Drafting, E::Pause, S::Drafting, Takes),
        row(S::Drafting, E::Resume, S::Drafting, Takes),
        row(S::Drafting, E::Withdraw, S::Withdrawn, Takes),
        row(S::InClearance, E::Write, S::Drafting, Drafts),
        row(S::InClearance, E::Endorse, S::InClearance, Clears),
        row(S::InClearance, E::Clear, S::Cleared, Clears),
        row(S::InClearance, E::SendBack, S::Drafting, Clears),
        row(S::InClearance, E::Recheck, S::InClearance, Clears),
        row(S::InClearance, E::Bypass, S::Cleared, Approves),
        row(S::InClearance, E::Extend, S::InClearance, Takes),
        row(S::InClearance, E::Pause, S::InClearance, Takes),
        row(S::InClearance, E::Resume, S::InClearance, Takes),
        row(S::InClearance, E::Withdraw, S::Withdrawn, Takes),
        row(S::Cleared, E::Write, S::Drafting, Drafts),
        row(S::Cleared, E::SendBack, S::Drafting, Clears),
        row(S::Cleared, E::SecondLook, S::Cleared, Clears),
        row(S::Cleared, E::Tell, S::Answered, Takes),
        row(S::Cleared, E::Issue, S::Answered, Issues),
        row(S::Cleared, E::IssueRefusal, S::Refused, Issues),
        row(S::Cleared, E::Withdraw, S::Withdrawn, Takes),
        row(S::Answered, E::SecondLook, S::Answered, Clears),
        row(S::Refused, E::SecondLook, S::Refused, Clears),
    ]
};

/// Who acts.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person's id, as the ledger names actors.
    pub name: &'a str,
    /// The roles that count at the moment of the act.
    pub roles: &'a [Role],
    /// The unit the person works in.
    pub unit: Option<UnitId>,
}

/// What may be done with the limit of a request.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not depend on one another")]
pub struct Clock {
    /// Whether a rule of the day of receipt allows an extension, and it was not used.
    pub may_extend: bool,
    /// Whether a rule of the day of receipt allows a pause.
    pub may_pause: bool,
    /// Whether it stands still now.
    pub is_paused: bool,
    /// Whether it has run out: a limit that is over is not moved, so that what is late stays late.
    pub is_over: bool,
}

/// What the decision needs to know about a request.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Where it stands.
    pub state: State,
    /// The unit that leads.
    pub lead: Option<UnitId>,
    /// Everybody who changed the answer.
    pub writers: &'a [String],
    /// The digest of the answer as it stands.
    pub digest: &'a str,
    /// What the answer lacks.
    pub shortcoming: Option<Refusal>,
    /// Whether the answer refuses.
    pub refuses: bool,
    /// Whether the answer is to be said, not written or posted.
    pub is_spoken: bool,
    /// The steps of the chain.
    pub chain: &'a [ChainStep],
    /// Who cleared it so far.
    pub clearances: &'a [Clearance],
    /// The approval past the chain.
    pub bypass: Option<&'a Bypass>,
    /// Parts of other units that are neither in nor waived.
    pub open_parts: usize,
    /// Whether the office knows who asks (checklist PRESS-02): answers go to nobody else.
    pub is_identified: bool,
    /// What may be done with its limit.
    pub clock: Clock,
}

/// What comes with an event.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// Why.
    pub reason: &'a str,
    /// The digest of what the person was shown.
    pub shown_digest: Option<&'a str>,
    /// The step to go back to, from 0.
    pub step: Option<usize>,
}

/// Why an event is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The state does not allow the event.
    NotNow,
    /// The person's roles do not allow it.
    NotYours,
    /// It is for people of the leading unit.
    NotYourUnit,
    /// This step of the chain is for another role.
    NotYourStep,
    /// The person wrote what is to be cleared.
    OwnText,
    /// The person cleared an earlier step, or approved past the chain.
    Twice,
    /// The text is not the one that was shown or cleared.
    TextChanged,
    /// A reason is missing.
    NoReason,
    /// There is no text.
    Empty,
    /// A mark of a template was not filled in.
    Unfilled,
    /// The ground was not in force when the request was received.
    GroundNotInForce,
    /// A unit has not sent its part.
    PartsOpen,
    /// Nobody confirmed who asks.
    SenderUnverified,
    /// There is no such earlier step.
    NoSuchStep,
    /// The law of that day allows no extension.
    NoExtension,
    /// The law of that day allows no pause.
    NoPause,
    /// The limit is over already.
    AlreadyLate,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 17] = [
        Refusal::NotNow,
        Refusal::NotYours,
        Refusal::NotYourUnit,
        Refusal::NotYourStep,
        Refusal::OwnText,
        Refusal::Twice,
        Refusal::TextChanged,
        Refusal::NoReason,
        Refusal::Empty,
        Refusal::Unfilled,
        Refusal::GroundNotInForce,
        Refusal::PartsOpen,
        Refusal::SenderUnverified,
        Refusal::NoSuchStep,
        Refusal::NoExtension,
        Refusal::NoPause,
        Refusal::AlreadyLate,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "press_not_now",
            Refusal::NotYours => "press_not_yours",
            Refusal::NotYourUnit => "press_not_your_unit",
            Refusal::NotYourStep => "press_not_your_step",
            Refusal::OwnText => "press_own_text",
            Refusal::Twice => "press_twice",
            Refusal::TextChanged => "press_text_changed",
            Refusal::NoReason => "press_no_reason",
            Refusal::Empty => "press_empty",
            Refusal::Unfilled => "press_unfilled",
            Refusal::GroundNotInForce => "press_ground_not_in_force",
            Refusal::PartsOpen => "press_parts_open",
            Refusal::SenderUnverified => "press_sender_unverified",
            Refusal::NoSuchStep => "press_no_such_step",
            Refusal::NoExtension => "press_no_extension",
            Refusal::NoPause => "press_no_pause",
            Refusal::AlreadyLate => "press_already_late",
        }
    }
}

/// A decided transition. Only [`decide`] makes one, and saving a state takes one.
pub type Step = machine::Step<State, Event>;

/// Decides whether `who` may do `event` to the request now.
///
/// # Errors
/// The first reason against it: state, right, unit, then what the event itself asks for.
pub fn decide(facts: &Facts<'_>, event: Event, who: Who<'_>, given: Given<'_>) -> Result<Step, Refusal> {
    let row = machine::find(TRANSITIONS, facts.state, event).ok_or(Refusal::NotNow)?;
    if !access::may(who.roles, row.needs) {
        return Err(Refusal::NotYours);
    }
    if row.needs == Capability::DraftPress && (facts.lead.is_none() || who.unit != facts.lead) {
        return Err(Refusal::NotYourUnit);
    }
    let reasoned = || if given.reason.trim().is_empty() { Err(Refusal::NoReason) } else { Ok(()) };
    match event {
        Event::Assign | Event::Accept | Event::Write => {}
        Event::Decline | Event::Withdraw => reasoned()?,
        Event::SendBack => {
            if facts.state == State::InClearance {
                takes_step(facts, who)?;
            }
            reasoned()?;
        }
        Event::Submit => {
            facts.shortcoming.map_or(Ok(()), Err)?;
            if facts.open_parts > 0 {
                return Err(Refusal::PartsOpen);
            }
        }
        Event::Endorse | Event::Clear => {
            let is_last = facts.clearances.len() + 1 == facts.chain.len();
            if is_last != (event == Event::Clear) {
                return Err(Refusal::NotNow);
            }
            takes_step(facts, who)?;
            clears(facts, who, given)?;
        }
        Event::Recheck => {
            takes_step(facts, who)?;
            reasoned()?;
            if given.step.is_none_or(|step| step >= facts.clearances.len()) {
                return Err(Refusal::NoSuchStep);
            }
        }
        Event::Bypass => {
            clears(facts, who, given)?;
            reasoned()?;
        }
        Event::SecondLook => looks_again(facts.bypass, facts.writers, who.name)?,
        Event::Tell | Event::Issue | Event::IssueRefusal => {
            let is_written = event != Event::Tell;
            if facts.refuses != (event == Event::IssueRefusal) || !(is_written || facts.is_spoken) {
                return Err(Refusal::NotNow);
            }
            facts.shortcoming.map_or(Ok(()), Err)?;
            if !facts.is_identified {
                return Err(Refusal::SenderUnverified);
            }
            if cleared_digest(facts) != Some(facts.digest) {
                return Err(Refusal::TextChanged);
            }
        }
        Event::Resume => moves_limit(facts.clock, event)?,
        Event::Extend | Event::Pause => {
            moves_limit(facts.clock, event)?;
            reasoned()?;
        }
    }
    Ok(row.step())
}

/// Whether somebody may look at what was approved past the chain: neither who approved nor who wrote it.
///
/// # Errors
/// The reason against it; that nothing waits for a look is one.
pub fn looks_again(bypass: Option<&Bypass>, writers: &[String], name: &str) -> Result<(), Refusal> {
    let bypass = bypass.filter(|bypass| bypass.looked.is_none()).ok_or(Refusal::NotNow)?;
    if bypass.person == name {
        return Err(Refusal::Twice);
    }
    if writers.iter().any(|writer| writer == name) { Err(Refusal::OwnText) } else { Ok(()) }
}

/// Whether the limit may be moved so, by the law of the day of receipt.
fn moves_limit(clock: Clock, event: Event) -> Result<(), Refusal> {
    match event {
        Event::Extend if !clock.may_extend => Err(Refusal::NoExtension),
        Event::Pause if !clock.is_paused && !clock.may_pause => Err(Refusal::NoPause),
        Event::Pause if clock.is_paused => Err(Refusal::NotNow),
        Event::Extend | Event::Pause if clock.is_over => Err(Refusal::AlreadyLate),
        Event::Resume if !clock.is_paused => Err(Refusal::NotNow),
        _ => Ok(()),
    }
}

/// Whether the next step of the chain is this person's.
fn takes_step(facts: &Facts<'_>, who: Who<'_>) -> Result<(), Refusal> {
    let step = facts.chain.get(facts.clearances.len()).ok_or(Refusal::NotNow)?;
    let is_own = !step.in_lead_unit || (facts.lead.is_some() && who.unit == facts.lead);
    if who.roles.contains(&step.role) && is_own { Ok(()) } else { Err(Refusal::NotYourStep) }
}

/// What stands against clearing the text: nobody clears what they wrote, twice, or what they were not shown.
fn clears(facts: &Facts<'_>, who: Who<'_>, given: Given<'_>) -> Result<(), Refusal> {
    if facts.writers.iter().any(|writer| writer == who.name) {
        return Err(Refusal::OwnText);
    }
    if facts.clearances.iter().any(|clearance| clearance.person == who.name) {
        return Err(Refusal::Twice);
    }
    if given.shown_digest != Some(facts.digest)
        || facts.clearances.iter().any(|clearance| clearance.digest != facts.digest)
    {
        return Err(Refusal::TextChanged);
    }
    facts.shortcoming.map_or(Ok(()), Err)
}

fn cleared_digest<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    match facts.bypass {
        Some(bypass) => Some(&bypass.digest),
        None if facts.clearances.len() == facts.chain.len() => {
            facts.clearances.last().map(|last| last.digest.as_str())
        }
        None => None,
    }
}

/// What `who` may do now, for buttons: each event the state allows and the person has the right to, with what stands
/// against it besides what the form will ask for.
pub fn available(facts: &Facts<'_>, who: Who<'_>) -> Vec<(Event, Result<Step, Refusal>)> {
    let earlier = facts.clearances.len().checked_sub(1);
    let given = Given { reason: "-", shown_digest: Some(facts.digest), step: earlier };
    Event::ALL
        .into_iter()
        .filter_map(|event| match decide(facts, event, who, given) {
            Err(
                Refusal::NotNow
                | Refusal::NotYours
                | Refusal::NotYourUnit
                | Refusal::NotYourStep
                | Refusal::NoSuchStep
                | Refusal::NoExtension
                | Refusal::NoPause,
            ) => None,
            result => Some((event, result)),
        })
        .collect()
}

/// The act of this person the request waits for, when there is one: what leads it on, whatever the form of the act still
/// asks for. Nobody is waited for to clear an own text, or twice.
pub fn waits_for(facts: &Facts<'_>, who: Who<'_>) -> Option<Event> {
    let leading = |event: Event| match event {
        Event::Assign => facts.state == State::Received,
        Event::Accept | Event::Submit | Event::Endorse | Event::Clear => true,
        Event::Tell | Event::Issue | Event::IssueRefusal => true,
        _ => false,
    };
    available(facts, who).into_iter().find_map(|(event, result)| match (event, result) {
        (event, _) if !leading(event) => None,
        // Before it can be handed in it is written.
        (Event::Submit, Err(Refusal::Empty | Refusal::Unfilled)) => Some(Event::Write),
        (_, Err(Refusal::OwnText | Refusal::Twice | Refusal::TextChanged)) => None,
        (event, _) => Some(event),
    })
}

impl State {
    /// All states, in the order of the way.
    pub const ALL: [State; 8] = [
        State::Received,
        State::Assigned,
        State::Drafting,
        State::InClearance,
        State::Cleared,
        State::Answered,
        State::Refused,
        State::Withdrawn,
    ];

    /// The stored word; locale key `press.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Assigned => "assigned",
            State::Drafting => "drafting",
            State::InClearance => "in_clearance",
            State::Cleared => "cleared",
            State::Answered => "answered",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the request is done with.
    pub const fn is_closed(self) -> bool {
        matches!(self, State::Answered | State::Refused | State::Withdrawn)
    }

    /// The word of the outcome in the register.
    pub const fn outcome(self) -> &'static str {
        match self {
            State::Answered => "answered",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
            State::Received | State::Assigned | State::Drafting | State::InClearance | State::Cleared => {
                "open"
            }
        }
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 18] = [
        Event::Assign,
        Event::Accept,
        Event::Decline,
        Event::Write,
        Event::Submit,
        Event::Endorse,
        Event::Clear,
        Event::SendBack,
        Event::Recheck,
        Event::Bypass,
        Event::SecondLook,
        Event::Tell,
        Event::Issue,
        Event::IssueRefusal,
        Event::Extend,
        Event::Pause,
        Event::Resume,
        Event::Withdraw,
    ];

    /// Whether more comes with it than a reason: it has a form and an action of its own.
    pub const fn brings_more(self) -> bool {
        matches!(self, Event::Assign | Event::Write | Event::Tell | Event::Issue | Event::IssueRefusal)
    }

    /// The stored word; locale key `press.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Assign => "assign",
            Event::Accept => "accept",
            Event::Decline => "decline",
            Event::Write => "write",
            Event::Submit => "submit",
            Event::Endorse => "endorse",
            Event::Clear => "clear",
            Event::SendBack => "send_back",
            Event::Recheck => "recheck",
            Event::Bypass => "bypass",
            Event::SecondLook => "second_look",
            Event::Tell => "tell",
            Event::Issue => "issue",
            Event::IssueRefusal => "issue_refusal",
            Event::Extend => "extend",
            Event::Pause => "pause",
            Event::Resume => "resume",
            Event::Withdraw => "withdraw",
        }
    }

    /// The event with this stored word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }
}
