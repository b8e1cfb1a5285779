//! A breach of the protection of personal data (*vi phạm quy định về bảo vệ dữ liệu cá nhân*): the authority is told within
//! the hours the law of the day gives, counted from the moment it was noticed, also on days off. What is not known yet is
//! told later, in a further notice; whether the first came in time is decided by it for good.

use serde::{Deserialize, Serialize};

use crate::access::{self, Capability, Role};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::id::RecordId;
use crate::law::Law;
use crate::machine::{self, row};
use crate::press::conference::Kept;
use crate::time::{self, Day, Timestamp};

/// The rule that says within how many hours the authority is told.
pub const RULE: &str = "PD-BREACH";

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đang xác minh, chưa thông báo.*
    Open,
    /// *Đã thông báo.*
    Notified,
    /// *Đã khắc phục xong.*
    Closed,
    /// *Không phải vi phạm.*
    Discarded,
}

/// What is decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Sửa, bổ sung.*
    Edit,
    /// *Gửi thông báo* under a number; again for what was not known.
    Notify,
    /// *Kết thúc*: it is remedied.
    Close,
    /// *Bỏ*: it was none, with the reason.
    Discard,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine.
pub const TRANSITIONS: &[Row] = {
    use Capability::ReportBreaches as Reports;
    use Event as E;
    use State as S;
    &[
        row(S::Open, E::Edit, S::Open, Reports),
        row(S::Open, E::Notify, S::Notified, Reports),
        row(S::Open, E::Discard, S::Discarded, Reports),
        row(S::Notified, E::Edit, S::Notified, Reports),
        row(S::Notified, E::Notify, S::Notified, Reports),
        row(S::Notified, E::Close, S::Closed, Reports),
    ]
};

/// Why it is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// Not for this role.
    NotYours,
    /// What the notice has to say is not written yet.
    Incomplete,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 3] = [Refusal::NotNow, Refusal::NotYours, Refusal::Incomplete];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "breach_not_now",
            Refusal::NotYours => "breach_not_yours",
            Refusal::Incomplete => "breach_incomplete",
        }
    }
}

/// What is known of it: the contents of the notice. No names of the people concerned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// In one line.
    pub subject: String,
    /// When it was noticed; the clock starts.
    pub noticed_at: Option<Timestamp>,
    /// When and where it happened, as far as is known.
    pub happened: String,
    /// What happened.
    pub nature: String,
    /// The kinds of data.
    pub data_kinds: String,
    /// How many people are concerned; none while that is not known.
    pub people: Option<u32>,
    /// What came or may come of it.
    pub consequences: String,
    /// What was done and will be done.
    pub measures: String,
    /// Who of the office answers questions: name, function, telephone.
    pub officer: String,
}

/// A notice that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// `12/TB-UBND`.
    pub symbol: String,
    /// Day of issue.
    pub day: Day,
    /// When it was sent.
    pub at: Timestamp,
    /// To whom.
    pub addressee: String,
    /// Why it comes after the limit; empty for one in time.
    pub late_reason: String,
    /// Its line in the register of outgoing documents.
    pub document: RecordId,
    /// Its files.
    pub kept: Kept,
    /// Who sent it, as the ledger names actors.
    pub person: String,
}

/// Everything about a breach but its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// What is known.
    pub known: Known,
    /// Until when the authority is told; none when no rule in force says so.
    pub clock: Option<Deadline>,
    /// Whether it was told in time; fixed by the first notice.
    pub on_time: Option<bool>,
    /// The notices that left, first to last.
    pub notices: Vec<Sent>,
    /// Why it was discarded, or what was done in the end.
    pub note: String,
}

impl Known {
    /// Whether everything is written that a notice has to say. The number of people may come later.
    pub fn is_complete(&self) -> bool {
        let texts = [&self.nature, &self.data_kinds, &self.consequences, &self.measures, &self.officer];
        self.noticed_at.is_some() && texts.iter().all(|text| !text.trim().is_empty())
    }
}

/// Until when the authority is told of what was noticed at this moment.
pub fn clock(law: &Law, calendar: &Calendar, noticed_at: Timestamp) -> Option<Deadline> {
    let rule = law.rule_at(RULE, time::day_of(noticed_at)).ok()?;
    deadline::compute(rule, Trigger::Instant(noticed_at), calendar).ok()
}

/// Decides whether somebody with `roles` may do `event`.
///
/// # Errors
/// The first reason against it.
pub fn decide((state, breach): (State, &Breach), event: Event, roles: &[Role]) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, state, event).ok_or(Refusal::NotNow)?;
    if !access::may(roles, row.needs) {
        return Err(Refusal::NotYours);
    }
    match event {
        Event::Notify if !breach.known.is_complete() => Err(Refusal::Incomplete),
        Event::Edit | Event::Notify | Event::Close | Event::Discard => Ok(row.to),
    }
}

impl State {
    /// All states.
    pub const ALL: [State; 4] = [State::Open, State::Notified, State::Closed, State::Discarded];

    /// The stored word; locale key `breach.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Notified => "notified",
            State::Closed => "closed",
            State::Discarded => "discarded",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 4] = [Event::Edit, Event::Notify, Event::Close, Event::Discard];

    /// The stored word; locale key `breach.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Edit => "edit",
            Event::Notify => "notify",
            Event::Close => "close",
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
    use jiff::civil::date;

    use super::*;
    use crate::deadline::Due;
    use crate::time::at;

    fn breach() -> Breach {
        let text = || "Có".to_owned();
        let known = Known {
            subject: text(),
            noticed_at: Some(Timestamp::UNIX_EPOCH),
            happened: String::new(),
            nature: text(),
            data_kinds: text(),
            people: None,
            consequences: text(),
            measures: text(),
            officer: text(),
        };
        Breach { known, clock: None, on_time: None, notices: Vec::new(), note: String::new() }
    }

    #[test]
    fn every_cell_of_the_machine() {
        let whole = breach();
        for state in State::ALL {
            for event in Event::ALL {
                for role in Role::ALL {
                    let expected = match machine::find(TRANSITIONS, state, event) {
                        None => Err(Refusal::NotNow),
                        Some(row) if access::may(&[role], row.needs) => Ok(row.to),
                        Some(_) => Err(Refusal::NotYours),
                    };
                    assert_eq!(
                        decide((state, &whole), event, &[role]),
                        expected,
                        "{state:?} {event:?} {role:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_notice_lacks_nothing_the_decree_asks_for_but_a_number_that_is_not_known() {
        let leader = &[Role::Leader][..];
        let notify = |breach: &Breach| decide((State::Open, breach), Event::Notify, leader);
        assert_eq!(notify(&breach()), Ok(State::Notified));
        let lacking: [fn(&mut Known); 6] = [
            |known| known.noticed_at = None,
            |known| known.nature.clear(),
            |known| known.data_kinds.clear(),
            |known| known.consequences = " ".into(),
            |known| known.measures.clear(),
            |known| known.officer.clear(),
        ];
        for lack in lacking {
            let mut breach = breach();
            lack(&mut breach.known);
            assert_eq!(notify(&breach), Err(Refusal::Incomplete), "{breach:?}");
        }
    }

    #[test]
    fn the_clock_runs_through_the_tet_holiday_by_the_law_of_its_day() {
        let (law, calendar) = (Law::shipped(), Calendar::shipped());
        let noticed = at(date(2026, 2, 16), 22, 30).unwrap();
        let found = clock(&law, &calendar, noticed).unwrap();
        assert_eq!(found.due, Due::Instant(at(date(2026, 2, 19), 22, 30).unwrap()));
        assert!(found.basis.contains("91/2025/QH15"), "{}", found.basis);
        assert!(!found.describe_vi().is_empty());
        let before = clock(&law, &calendar, at(date(2025, 12, 31), 8, 0).unwrap()).unwrap();
        assert!(before.basis.contains("13/2023/NĐ-CP"), "{}", before.basis);
        assert!(clock(&law, &calendar, at(date(2023, 6, 30), 8, 0).unwrap()).is_none());
    }

    #[test]
    fn what_ended_stays_and_every_state_can_be_reached() {
        assert!(TRANSITIONS.iter().all(|row| !matches!(row.from, State::Closed | State::Discarded)));
        for state in State::ALL.into_iter().filter(|state| *state != State::Open) {
            assert!(TRANSITIONS.iter().any(|row| row.to == state && row.from != state), "{state:?}");
        }
    }
}
