//! States, events, the table of transitions and the one decision about them.

use crate::access::{self, Capability, Role};
use crate::machine::{self, row};

/// Where a report stands. *Trạng thái báo cáo.*
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// *Đang soạn*: figures are live, text can change.
    Draft,
    /// *Đã chốt số liệu*: figures are frozen, text can change.
    Frozen,
    /// *Đang trình thẩm định*.
    InClearance,
    /// *Đã thẩm định*, waiting for the signature.
    Cleared,
    /// *Đã ký*, waiting for number and date.
    Signed,
    /// *Đã phát hành*.
    Issued,
}

/// What somebody decides about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Chốt số liệu*: makes the frozen set.
    Freeze,
    /// *Mở lại*: back to draft, with a reason; the next freeze is a new version.
    Reopen,
    /// *Trình thẩm định*.
    Submit,
    /// *Trả lại* with a reason.
    SendBack,
    /// *Thẩm định, đồng ý trình ký*.
    Clear,
    /// *Ký*.
    Sign,
    /// *Phát hành*: gives number and date.
    Issue,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine. Buttons, diagrams and tests read it.
pub const TRANSITIONS: &[Row] = &[
    row(State::Draft, Event::Freeze, State::Frozen, Capability::DraftReport),
    row(State::Frozen, Event::Reopen, State::Draft, Capability::DraftReport),
    row(State::Frozen, Event::Submit, State::InClearance, Capability::DraftReport),
    row(State::InClearance, Event::SendBack, State::Frozen, Capability::ClearReport),
    row(State::InClearance, Event::Clear, State::Cleared, Capability::ClearReport),
    row(State::Cleared, Event::SendBack, State::Frozen, Capability::SignReport),
    row(State::Cleared, Event::Sign, State::Signed, Capability::SignReport),
    row(State::Signed, Event::SendBack, State::Frozen, Capability::SignReport),
    row(State::Signed, Event::Issue, State::Issued, Capability::IssueReport),
    row(State::Issued, Event::Reopen, State::Draft, Capability::DraftReport),
];

/// Who acts: a person's id and roles.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person's id.
    pub person: &'a str,
    /// The roles that count at the moment of the act.
    pub roles: &'a [Role],
}

/// What the decision needs to know about a report.
#[derive(Debug, Clone)]
pub struct ReportFacts<'a> {
    /// Where it stands.
    pub state: State,
    /// Who ever froze its figures or changed its text; re-opening it forgets nobody.
    pub drafters: &'a [String],
    /// The digest of frozen figures and text now.
    pub digest: &'a str,
    /// The digest that was cleared, when it was.
    pub cleared_digest: Option<&'a str>,
}

/// Why an event is not possible. Locale key `report.refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow the event.
    NotNow,
    /// The person's roles do not allow it.
    NotYours,
    /// The person drafted what is to be cleared or signed.
    OwnDraft,
    /// Figures or text changed since the clearance.
    ChangedSinceClearance,
    /// No reason was given where one is due.
    NoReason,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "not_now",
            Refusal::NotYours => "not_yours",
            Refusal::OwnDraft => "own_draft",
            Refusal::ChangedSinceClearance => "changed_since_clearance",
            Refusal::NoReason => "no_reason",
        }
    }
}

/// A decided transition. Only [`decide`] makes one, and saving a state takes one.
pub type Step = machine::Step<State, Event>;

/// Decides whether `who` may do `event` to the report now.
///
/// # Errors
/// The first reason against it: state, right, own draft, changed text, missing reason.
pub fn decide(
    report: &ReportFacts<'_>,
    event: Event,
    who: Who<'_>,
    reason: Option<&str>,
) -> Result<Step, Refusal> {
    let row = machine::find(TRANSITIONS, report.state, event).ok_or(Refusal::NotNow)?;
    if !access::may(who.roles, row.needs) {
        return Err(Refusal::NotYours);
    }
    let own = report.drafters.iter().any(|drafter| drafter == who.person);
    let reason_given = reason.is_some_and(|reason| !reason.trim().is_empty());
    match event {
        Event::Clear | Event::Sign if own => return Err(Refusal::OwnDraft),
        Event::Sign | Event::Issue if report.cleared_digest != Some(report.digest) => {
            return Err(Refusal::ChangedSinceClearance);
        }
        Event::Reopen | Event::SendBack if !reason_given => return Err(Refusal::NoReason),
        Event::Freeze
        | Event::Reopen
        | Event::Submit
        | Event::SendBack
        | Event::Clear
        | Event::Sign
        | Event::Issue => {}
    }
    Ok(row.step())
}

/// What `who` may do now, for buttons: each event the state allows, with the refusal where only something the
/// person can see stands against it. Events of other people's rights are not listed.
pub fn available(report: &ReportFacts<'_>, who: Who<'_>) -> Vec<(Event, Result<Step, Refusal>)> {
    Event::ALL
        .into_iter()
        .filter_map(|event| match decide(report, event, who, Some("-")) {
            Err(Refusal::NotNow | Refusal::NotYours) => None,
            result => Some((event, result)),
        })
        .collect()
}

impl State {
    /// All states, in the order of the way.
    pub const ALL: [State; 6] =
        [State::Draft, State::Frozen, State::InClearance, State::Cleared, State::Signed, State::Issued];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Frozen => "frozen",
            State::InClearance => "in_clearance",
            State::Cleared => "cleared",
            State::Signed => "signed",
            State::Issued => "issued",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the text may change.
    pub const fn text_can_change(self) -> bool {
        matches!(self, State::Draft | State::Frozen)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 7] = [
        Event::Freeze,
        Event::Reopen,
        Event::Submit,
        Event::SendBack,
        Event::Clear,
        Event::Sign,
        Event::Issue,
    ];

    /// The stored word; locale key `report.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Freeze => "freeze",
            Event::Reopen => "reopen",
            Event::Submit => "submit",
            Event::SendBack => "send_back",
            Event::Clear => "clear",
            Event::Sign => "sign",
            Event::Issue => "issue",
        }
    }

    /// The event with this stored word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }

    /// Whether a reason must be given.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Event::Reopen | Event::SendBack)
    }
}
