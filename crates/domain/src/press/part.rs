//! What a unit was asked for a request of the press (*phối hợp cung cấp thông tin*): every co-ordinating
//! unit has a part of its own, accepted or declined, with a clock and a text; the leading unit has the request itself. The lateness of
//! parts is the measure of how units work together (Law 6.4, metric 20; NĐ 09/2017 Đ8 k2, NĐ 244/2026 Đ4 k2).

use crate::access::{self, Capability, Role};
use crate::id::UnitId;
use crate::machine::{self, row};
use serde::{Deserialize, Serialize};

/// Where a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đã giao.*
    Asked,
    /// *Đã nhận việc.*
    Accepted,
    /// *Từ chối nhận*, with a reason.
    Declined,
    /// *Đã gửi nội dung.*
    Delivered,
    /// *Được miễn* by a named person, with a reason (G5).
    Waived,
}

/// What is decided about a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Nhận việc.*
    Accept,
    /// *Từ chối nhận.*
    Decline,
    /// *Gửi nội dung.*
    Deliver,
    /// *Trả lại để bổ sung.*
    Return,
    /// *Miễn.*
    Waive,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine.
pub const TRANSITIONS: &[Row] = {
    use Capability::{DraftPress as Works, TakePress as Coordinates};
    &[
        row(State::Asked, Event::Accept, State::Accepted, Works),
        row(State::Asked, Event::Decline, State::Declined, Works),
        row(State::Asked, Event::Waive, State::Waived, Coordinates),
        row(State::Accepted, Event::Deliver, State::Delivered, Works),
        row(State::Accepted, Event::Decline, State::Declined, Works),
        row(State::Accepted, Event::Waive, State::Waived, Coordinates),
        row(State::Delivered, Event::Return, State::Accepted, Coordinates),
        row(State::Declined, Event::Waive, State::Waived, Coordinates),
    ]
};

/// Who acts on a part.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The roles that count.
    pub roles: &'a [Role],
    /// The unit the person works in.
    pub unit: Option<UnitId>,
    /// Whether that unit leads the request the part is for.
    pub leads: bool,
}

impl Who<'_> {
    /// Whether the person may ask units for their part (G2): who co-ordinates, and the unit that leads the request.
    pub fn asks(self) -> bool {
        access::may(self.roles, Capability::TakePress)
            || (self.leads && access::may(self.roles, Capability::DraftPress))
    }

    /// Whether the person takes part in the talk about a part of `unit`: who asks, who was asked, who approves.
    pub fn discusses(self, unit: UnitId) -> bool {
        let is_asked = self.unit == Some(unit) && access::may(self.roles, Capability::DraftPress);
        is_asked || self.asks() || access::may(self.roles, Capability::ApprovePress)
    }
}

/// Why an event is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// The person's roles, or unit, do not allow it.
    NotYours,
    /// A reason is missing.
    NoReason,
    /// Nothing is delivered.
    Empty,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "part_not_now",
            Refusal::NotYours => "part_not_yours",
            Refusal::NoReason => "part_no_reason",
            Refusal::Empty => "part_empty",
        }
    }
}

/// Decides whether `who` may do `event` to a part of `unit` that stands at `state`; `text` is the reason, or what is
/// delivered. Gives the state after.
///
/// # Errors
/// The first reason against it.
pub fn decide(
    (state, unit): (State, UnitId),
    event: Event,
    who: Who<'_>,
    text: &str,
) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, state, event).ok_or(Refusal::NotNow)?;
    let is_own = row.needs != Capability::DraftPress || who.unit == Some(unit);
    // The unit that leads puts the answer together: it sends back what does not suffice. Only who co-ordinates waives.
    let leads = event == Event::Return && who.asks();
    if !leads && (!access::may(who.roles, row.needs) || !is_own) {
        return Err(Refusal::NotYours);
    }
    let is_silent = text.trim().is_empty();
    match event {
        Event::Accept => {}
        Event::Deliver if is_silent => return Err(Refusal::Empty),
        Event::Decline | Event::Return | Event::Waive if is_silent => return Err(Refusal::NoReason),
        Event::Deliver | Event::Decline | Event::Return | Event::Waive => {}
    }
    Ok(row.to)
}

/// What `who` may do now.
pub fn available(part: (State, UnitId), who: Who<'_>) -> Vec<Event> {
    Event::ALL.into_iter().filter(|event| decide(part, *event, who, "-").is_ok()).collect()
}

impl State {
    /// All states.
    pub const ALL: [State; 5] =
        [State::Asked, State::Accepted, State::Declined, State::Delivered, State::Waived];

    /// The stored word; locale key `press_part.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Accepted => "accepted",
            State::Declined => "declined",
            State::Delivered => "delivered",
            State::Waived => "waived",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the answer need not wait for it.
    pub const fn is_in(self) -> bool {
        matches!(self, State::Delivered | State::Waived)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 5] = [Event::Accept, Event::Deliver, Event::Decline, Event::Return, Event::Waive];

    /// The stored word; locale key `press_part.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Accept => "accept",
            Event::Decline => "decline",
            Event::Deliver => "deliver",
            Event::Return => "return",
            Event::Waive => "waive",
        }
    }

    /// The event with this stored word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }
}
