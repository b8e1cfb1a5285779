//! What a person asks of the office about their own data (*yêu cầu của chủ thể dữ liệu cá nhân*: Luật 91/2025/QH15, NĐ
//! 356/2025/NĐ-CP): to see, correct, restrict or delete it, or to take a consent back. It is acknowledged within the limit
//! of one rule and decided within that of its kind; nothing is shown or changed before the office knows who asks.

use serde::{Deserialize, Serialize};

use crate::access::{self, Capability, Role};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::law::{Law, Rule};
use crate::machine::{self, row};
use crate::time::{Day, Timestamp};

/// Until when a request is acknowledged.
pub const ACKNOWLEDGE: &str = "PD-ACK";
/// What is added to the id of a rule for the rule that allows its extension.
const EXTENSION: &str = "-X";

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// *Xem, được cung cấp dữ liệu.*
    See,
    /// *Chỉnh sửa dữ liệu.*
    Correct,
    /// *Hạn chế xử lý dữ liệu.*
    Restrict,
    /// *Rút lại sự đồng ý.*
    Withdraw,
    /// *Xóa dữ liệu.*
    Delete,
}

/// How it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// *Biểu mẫu trên Cổng.*
    Portal,
    /// *Văn bản, thư.*
    Letter,
    /// *Trực tiếp.*
    Visit,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Đã nhận, chưa xác nhận với người yêu cầu.*
    Received,
    /// *Đã xác nhận tiếp nhận, đang thực hiện.*
    Acknowledged,
    /// *Đã thực hiện.*
    Fulfilled,
    /// *Đã từ chối.*
    Refused,
    /// *Người yêu cầu đã rút.*
    TakenBack,
}

/// What is decided about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Xác nhận đã tiếp nhận.*
    Acknowledge,
    /// *Xác nhận danh tính* of who asks.
    Identify,
    /// *Gia hạn*, once, with a reason.
    Extend,
    /// *Ghi kết quả thực hiện.*
    Fulfil,
    /// *Từ chối*, with its ground.
    Refuse,
    /// *Ghi việc người yêu cầu rút*, with what they said.
    TakeBack,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine.
pub const TRANSITIONS: &[Row] = {
    use Capability::HandleDataRequests as Handles;
    use Event as E;
    use State as S;
    &[
        row(S::Received, E::Acknowledge, S::Acknowledged, Handles),
        row(S::Received, E::Identify, S::Received, Handles),
        row(S::Received, E::TakeBack, S::TakenBack, Handles),
        row(S::Acknowledged, E::Identify, S::Acknowledged, Handles),
        row(S::Acknowledged, E::Extend, S::Acknowledged, Handles),
        row(S::Acknowledged, E::Fulfil, S::Fulfilled, Handles),
        row(S::Acknowledged, E::Refuse, S::Refused, Handles),
        row(S::Acknowledged, E::TakeBack, S::TakenBack, Handles),
    ]
};

/// Why it is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// Not for this role.
    NotYours,
    /// Nobody confirmed yet who asks.
    Unidentified,
    /// It was extended before.
    ExtendedBefore,
    /// No rule of the day of receipt allows it.
    NoExtension,
    /// The limit is over.
    AlreadyLate,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 6] = [
        Refusal::NotNow,
        Refusal::NotYours,
        Refusal::Unidentified,
        Refusal::ExtendedBefore,
        Refusal::NoExtension,
        Refusal::AlreadyLate,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "data_request_not_now",
            Refusal::NotYours => "data_request_not_yours",
            Refusal::Unidentified => "data_request_unidentified",
            Refusal::ExtendedBefore => "data_request_extended_before",
            Refusal::NoExtension => "data_request_no_extension",
            Refusal::AlreadyLate => "data_request_already_late",
        }
    }
}

/// An act with its moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// Whether the limit was kept; none without a limit. It is decided once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time: Option<bool>,
    /// The reason of an extension, the ground of a refusal, why it was taken back; empty for other acts. No data of the
    /// person stand here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Everything about a request that is not personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// What is asked.
    pub kind: Kind,
    /// How it came.
    pub channel: Channel,
    /// Until when it is acknowledged; none when no rule in force says so.
    pub acknowledge_by: Option<Deadline>,
    /// Until when it is decided.
    pub deadline: Option<Deadline>,
    /// That it was acknowledged.
    pub acknowledged: Option<Done>,
    /// That somebody confirmed who asks.
    pub identified: Option<Done>,
    /// That it was extended.
    pub extended: Option<Done>,
    /// That it was fulfilled, refused or taken back.
    pub decided: Option<Done>,
}

impl DataRequest {
    /// A request as it comes, with the limits of the law of that moment.
    pub fn new((kind, channel): (Kind, Channel), at: Timestamp, (law, calendar): (&Law, &Calendar)) -> Self {
        let day = crate::time::day_of(at);
        let until = |rule: &str| {
            let rule = law.rule_at(rule, day).ok()?;
            deadline::compute(rule, Trigger::Instant(at), calendar).ok()
        };
        DataRequest {
            kind,
            channel,
            acknowledge_by: until(ACKNOWLEDGE),
            deadline: until(kind.rule()),
            acknowledged: None,
            identified: None,
            extended: None,
            decided: None,
        }
    }

    /// The limit that runs in a state; none once it is decided.
    pub fn running(&self, state: State) -> Option<&Deadline> {
        match state {
            State::Received => self.acknowledge_by.as_ref(),
            State::Acknowledged => self.deadline.as_ref(),
            State::Fulfilled | State::Refused | State::TakenBack => None,
        }
    }
}

/// The rule that allows to extend the limit of a kind, as the law of the day of receipt says; none: no extension.
pub fn extension(law: &Law, kind: Kind, day: Day) -> Option<&Rule> {
    law.rule_at(&format!("{}{EXTENSION}", kind.rule()), day).ok()
}

/// What a decision looks at besides the request.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The roles of who decides.
    pub roles: &'a [Role],
    /// When.
    pub at: Timestamp,
    /// Whether the law of the day of receipt allows an extension.
    pub may_extend: bool,
}

/// Decides whether somebody may do `event`.
///
/// # Errors
/// The first reason against it.
pub fn decide(
    (state, request): (State, &DataRequest),
    event: Event,
    moment: Moment<'_>,
) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, state, event).ok_or(Refusal::NotNow)?;
    if !access::may(moment.roles, row.needs) {
        return Err(Refusal::NotYours);
    }
    let is_over = request.deadline.as_ref().is_some_and(|deadline| deadline.is_late_at(moment.at));
    match event {
        Event::Fulfil if request.identified.is_none() => Err(Refusal::Unidentified),
        Event::Extend if request.extended.is_some() => Err(Refusal::ExtendedBefore),
        Event::Extend if !moment.may_extend || request.deadline.is_none() => Err(Refusal::NoExtension),
        Event::Extend if is_over => Err(Refusal::AlreadyLate),
        Event::Acknowledge
        | Event::Identify
        | Event::Extend
        | Event::Fulfil
        | Event::Refuse
        | Event::TakeBack => Ok(row.to),
    }
}

/// What somebody may do now, or why not what their role could do in this state.
pub fn available(request: (State, &DataRequest), moment: Moment<'_>) -> Vec<(Event, Result<(), Refusal>)> {
    Event::ALL
        .into_iter()
        .map(|event| (event, decide(request, event, moment).map(drop)))
        .filter(|(_, result)| !matches!(result, Err(Refusal::NotNow | Refusal::NotYours)))
        .collect()
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::See, Kind::Correct, Kind::Restrict, Kind::Withdraw, Kind::Delete];

    /// The stored word; locale key `data_request.kind.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::See => "see",
            Kind::Correct => "correct",
            Kind::Restrict => "restrict",
            Kind::Withdraw => "withdraw",
            Kind::Delete => "delete",
        }
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The rule that says until when it is decided.
    pub const fn rule(self) -> &'static str {
        match self {
            Kind::See => "PD-SEE",
            Kind::Correct => "PD-FIX",
            Kind::Restrict | Kind::Withdraw => "PD-STOP",
            Kind::Delete => "PD-DEL",
        }
    }
}

impl Channel {
    /// All ways.
    pub const ALL: [Channel; 3] = [Channel::Portal, Channel::Letter, Channel::Visit];

    /// The stored word; locale key `data_request.channel.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Channel::Portal => "portal",
            Channel::Letter => "letter",
            Channel::Visit => "visit",
        }
    }

    /// The way with this stored word.
    pub fn from_word(word: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

impl State {
    /// All states.
    pub const ALL: [State; 5] =
        [State::Received, State::Acknowledged, State::Fulfilled, State::Refused, State::TakenBack];

    /// The stored word; locale key `data_request.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Acknowledged => "acknowledged",
            State::Fulfilled => "fulfilled",
            State::Refused => "refused",
            State::TakenBack => "taken_back",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing more is done.
    pub const fn is_closed(self) -> bool {
        matches!(self, State::Fulfilled | State::Refused | State::TakenBack)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 6] =
        [Event::Acknowledge, Event::Identify, Event::Extend, Event::Fulfil, Event::Refuse, Event::TakeBack];

    /// The stored word; locale key `data_request.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Acknowledge => "acknowledge",
            Event::Identify => "identify",
            Event::Extend => "extend",
            Event::Fulfil => "fulfil",
            Event::Refuse => "refuse",
            Event::TakeBack => "take_back",
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
    use crate::time::at;

    fn moment(day: Day) -> Timestamp {
        at(day, 9, 0).unwrap()
    }

    fn done() -> Done {
        Done { person: "clerk".into(), at: Timestamp::UNIX_EPOCH, on_time: None, reason: String::new() }
    }

    fn request(kind: Kind, day: Day) -> DataRequest {
        DataRequest::new((kind, Channel::Portal), moment(day), (&Law::shipped(), &Calendar::shipped()))
    }

    #[test]
    fn every_cell_of_the_machine() {
        let mut whole = request(Kind::Delete, date(2026, 3, 2));
        whole.identified = Some(done());
        for state in State::ALL {
            for event in Event::ALL {
                for role in Role::ALL {
                    let roles = &[role][..];
                    let moment = Moment { roles, at: moment(date(2026, 3, 3)), may_extend: true };
                    let expected = match machine::find(TRANSITIONS, state, event) {
                        None => Err(Refusal::NotNow),
                        Some(row) if access::may(&[role], row.needs) => Ok(row.to),
                        Some(_) => Err(Refusal::NotYours),
                    };
                    assert_eq!(
                        decide((state, &whole), event, moment),
                        expected,
                        "{state:?} {event:?} {role:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn each_kind_has_the_limit_of_its_rule_and_days_off_move_its_end() {
        // Monday; ten days on is Thursday, fifteen Tuesday, twenty Sunday.
        let due = |kind| request(kind, date(2026, 3, 2)).deadline.unwrap().due.day();
        assert_eq!(due(Kind::See), date(2026, 3, 12));
        assert_eq!(due(Kind::Correct), date(2026, 3, 12));
        assert_eq!(due(Kind::Restrict), date(2026, 3, 17));
        assert_eq!(due(Kind::Withdraw), date(2026, 3, 17));
        assert_eq!(due(Kind::Delete), date(2026, 3, 23), "the end moves past the Sunday");
        // Friday: the second working day is Tuesday.
        let friday = request(Kind::See, date(2026, 3, 6));
        assert_eq!(friday.acknowledge_by.as_ref().unwrap().due.day(), date(2026, 3, 10));
        assert_eq!(friday.running(State::Received), friday.acknowledge_by.as_ref());
        assert_eq!(friday.running(State::Acknowledged), friday.deadline.as_ref());
        assert_eq!(friday.running(State::Refused), None);
        assert!(request(Kind::See, date(2025, 12, 31)).deadline.is_none(), "the law was not in force");
    }

    #[test]
    fn nothing_is_done_for_somebody_unknown_and_an_extension_comes_once_in_time() {
        let clerk = [Role::Clerk];
        let now = Moment { roles: &clerk, at: moment(date(2026, 3, 3)), may_extend: true };
        let mut held = request(Kind::See, date(2026, 3, 2));
        let decide = |held: &DataRequest, event, moment| decide((State::Acknowledged, held), event, moment);
        assert_eq!(decide(&held, Event::Fulfil, now), Err(Refusal::Unidentified));
        assert_eq!(decide(&held, Event::Refuse, now), Ok(State::Refused));
        let none = Moment { may_extend: false, ..now };
        assert_eq!(decide(&held, Event::Extend, none), Err(Refusal::NoExtension));
        let late = Moment { at: moment(date(2026, 3, 13)), ..now };
        assert_eq!(decide(&held, Event::Extend, late), Err(Refusal::AlreadyLate));
        assert_eq!(decide(&held, Event::Extend, now), Ok(State::Acknowledged));
        let buttons = available((State::Acknowledged, &held), now);
        assert!(buttons.contains(&(Event::Fulfil, Err(Refusal::Unidentified))));
        assert!(!buttons.iter().any(|(event, _)| *event == Event::Acknowledge));
        held.extended = Some(done());
        held.identified = Some(done());
        assert_eq!(decide(&held, Event::Extend, now), Err(Refusal::ExtendedBefore));
        assert_eq!(decide(&held, Event::Fulfil, now), Ok(State::Fulfilled));
        let law = Law::shipped();
        for kind in Kind::ALL {
            assert!(extension(&law, kind, date(2026, 3, 2)).is_some(), "{kind:?}");
            assert!(extension(&law, kind, date(2025, 3, 2)).is_none(), "{kind:?}");
        }
    }

    #[test]
    fn what_is_closed_stays_and_every_state_can_be_reached() {
        assert!(TRANSITIONS.iter().all(|row| !row.from.is_closed()));
        for state in State::ALL.into_iter().filter(|state| *state != State::Received) {
            assert!(TRANSITIONS.iter().any(|row| row.to == state && row.from != state), "{state:?}");
        }
    }
}
