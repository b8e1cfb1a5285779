//! Press conferences (*họp báo*; Luật Báo chí 2016 Đ41, NĐ 237/2026 Đ22): planned, notified to the provincial
//! committee in time and with the papers that the law of its day asks for, held by who may speak that day, closed with
//! minutes. A province gives no notice to itself.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::access::{self, Capability, Role};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::law::Law;
use crate::machine::{self, row};
use crate::time::{self, Day, Timestamp};
use crate::unit::UnitKind;

/// The rule that says how long before the conference the notice is given.
const NOTICE: &str = "PL-CONF-2";

/// Where a press conference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// *Dự kiến.*
    Planned,
    /// *Đã thông báo*; without an answer in writing it may go on (PL-CONF-4).
    Notified,
    /// *Được chấp thuận.*
    Accepted,
    /// *Không được chấp thuận.*
    Objected,
    /// *Đã họp.*
    Held,
    /// *Đã có biên bản.*
    Closed,
    /// *Hủy.*
    Cancelled,
}

/// What is decided about one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Sửa kế hoạch.*
    Edit,
    /// *Ghi văn bản thông báo.*
    Notify,
    /// *Ghi văn bản chấp thuận.*
    Accept,
    /// *Ghi văn bản không chấp thuận.*
    Object,
    /// *Ghi nhận đã họp.*
    Hold,
    /// *Ghi biên bản.*
    Close,
    /// *Hủy*, with a reason.
    Cancel,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine.
pub const TRANSITIONS: &[Row] = {
    use Capability::{ApprovePress as Speaks, TakePress as Desk};
    &[
        row(State::Planned, Event::Edit, State::Planned, Desk),
        row(State::Planned, Event::Notify, State::Notified, Desk),
        row(State::Planned, Event::Hold, State::Held, Speaks),
        row(State::Planned, Event::Cancel, State::Cancelled, Desk),
        row(State::Notified, Event::Accept, State::Accepted, Desk),
        row(State::Notified, Event::Object, State::Objected, Desk),
        row(State::Notified, Event::Hold, State::Held, Speaks),
        row(State::Notified, Event::Cancel, State::Cancelled, Desk),
        row(State::Accepted, Event::Hold, State::Held, Speaks),
        row(State::Accepted, Event::Cancel, State::Cancelled, Desk),
        row(State::Objected, Event::Edit, State::Planned, Desk),
        row(State::Objected, Event::Cancel, State::Cancelled, Desk),
        row(State::Held, Event::Close, State::Closed, Desk),
    ]
};

/// Why it is not possible. Locale key `refusal.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow it.
    NotNow,
    /// Not for this role.
    NotYours,
    /// The notice lacks a paper that the law of the day asks for.
    PapersMissing,
    /// It has not been notified, though the law asks for it.
    NotNotified,
    /// Its time has not come.
    NotYet,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 5] =
        [Refusal::NotNow, Refusal::NotYours, Refusal::PapersMissing, Refusal::NotNotified, Refusal::NotYet];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "conference_not_now",
            Refusal::NotYours => "conference_not_yours",
            Refusal::PapersMissing => "conference_papers_missing",
            Refusal::NotNotified => "conference_not_notified",
            Refusal::NotYet => "conference_not_yet",
        }
    }
}

/// An agency that is invited (*cơ quan báo chí được mời*). No names of people are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// The agency.
    pub agency: String,
    /// Whether it came.
    pub came: bool,
}

/// The notice (*văn bản thông báo họp báo*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// *Số, ký hiệu.*
    pub symbol: String,
    /// When it was sent.
    pub at: Timestamp,
    /// Whether it was in time; fixed when it is written down, none where the law sets no time.
    pub on_time: Option<bool>,
}

/// Everything about a press conference but its state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// *Nội dung họp báo.*
    pub subject: String,
    /// The stored word of its occasion, as the register of statements has it.
    pub occasion: String,
    /// *Địa điểm.*
    pub place: String,
    /// Minutes it is to take.
    pub minutes_long: u16,
    /// *Người chủ trì.*
    pub chair: String,
    /// Whether the documents that prove the information lawful are with the notice.
    pub has_documents: bool,
    /// Whether readers of the portal see it.
    pub is_public: bool,
    /// *Danh sách cơ quan báo chí được mời.*
    pub guests: Vec<Guest>,
    /// The notice.
    pub notice: Option<Notice>,
    /// *Số, ký hiệu văn bản trả lời* of the provincial committee, or why it was cancelled; empty before.
    pub answer: String,
    /// *Số, ký hiệu biên bản.*
    pub minutes_symbol: String,
    /// *Biên bản*: what was asked and said.
    pub minutes: String,
}

/// Something the notice must contain, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The stored word; locale key `conference.paper.<word>`.
    pub word: String,
    /// First day.
    pub valid_from: Day,
    /// Last day.
    pub valid_to: Option<Day>,
    /// *Căn cứ.*
    pub basis: String,
}

#[derive(Deserialize)]
struct File {
    paper: Vec<Paper>,
}

/// What a notice must contain by the law of `day`, as shipped.
pub fn papers(day: Day) -> Vec<Paper> {
    let file: Result<File, _> = toml::from_str(include_str!("../../../../data/press/notice-papers.toml"));
    let all = file.map(|file| file.paper).unwrap_or_default();
    all.into_iter()
        .filter(|paper| paper.valid_from <= day && paper.valid_to.is_none_or(|last| day <= last))
        .collect()
}

impl Conference {
    /// When one that begins at `starts_at` is to end.
    pub fn ends_at(&self, starts_at: Timestamp) -> Timestamp {
        let long = SignedDuration::from_mins(i64::from(self.minutes_long));
        starts_at.checked_add(long).unwrap_or(starts_at)
    }

    /// Whether a paper of the notice is there. One this program does not know never is.
    pub fn has(&self, paper: &Paper) -> bool {
        match paper.word.as_str() {
            "place" => !self.place.is_empty(),
            "time" => true,
            "content" => !self.subject.is_empty(),
            "chair" => !self.chair.is_empty(),
            "lawful_documents" => self.has_documents,
            "invited_list" => !self.guests.is_empty(),
            _ => false,
        }
    }
}

/// Until when an office of `kind` gives notice of a conference at `starts_at`, by the law of that day; none where it
/// gives none.
pub fn notice_deadline(
    law: &Law,
    calendar: &Calendar,
    kind: UnitKind,
    starts_at: Timestamp,
) -> Option<Deadline> {
    if kind == UnitKind::Province {
        return None;
    }
    let rule = law.rule_at(NOTICE, time::day_of(starts_at)).ok()?;
    deadline::compute(rule, Trigger::Instant(starts_at), calendar).ok()
}

/// What a decision needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Where it stands.
    pub state: State,
    /// The conference.
    pub conference: &'a Conference,
    /// When it is.
    pub starts_at: Timestamp,
    /// Whether the office gives notice of it.
    pub needs_notice: bool,
}

/// Decides whether somebody with `roles` may do `event` at `now`.
///
/// # Errors
/// The first reason against it.
pub fn decide(facts: &Facts<'_>, event: Event, roles: &[Role], now: Timestamp) -> Result<State, Refusal> {
    let row = machine::find(TRANSITIONS, facts.state, event).ok_or(Refusal::NotNow)?;
    if !access::may(roles, row.needs) {
        return Err(Refusal::NotYours);
    }
    let day = time::day_of(facts.starts_at);
    match event {
        Event::Notify if !papers(day).iter().all(|paper| facts.conference.has(paper)) => {
            Err(Refusal::PapersMissing)
        }
        Event::Hold if facts.state == State::Planned && facts.needs_notice => Err(Refusal::NotNotified),
        Event::Hold if now < facts.starts_at => Err(Refusal::NotYet),
        _ => Ok(row.to),
    }
}

impl State {
    /// All states.
    pub const ALL: [State; 7] = [
        State::Planned,
        State::Notified,
        State::Accepted,
        State::Objected,
        State::Held,
        State::Closed,
        State::Cancelled,
    ];

    /// The stored word; locale key `conference.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Planned => "planned",
            State::Notified => "notified",
            State::Accepted => "accepted",
            State::Objected => "objected",
            State::Held => "held",
            State::Closed => "closed",
            State::Cancelled => "cancelled",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether readers may see it: not before it was notified where that is asked for, and not one that was refused.
    pub fn is_shown(self, needs_notice: bool) -> bool {
        match self {
            State::Planned => !needs_notice,
            State::Objected => false,
            State::Notified | State::Accepted | State::Held | State::Closed | State::Cancelled => true,
        }
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 7] =
        [Event::Edit, Event::Notify, Event::Accept, Event::Object, Event::Hold, Event::Close, Event::Cancel];

    /// The stored word; locale key `conference.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Edit => "edit",
            Event::Notify => "notify",
            Event::Accept => "accept",
            Event::Object => "object",
            Event::Hold => "hold",
            Event::Close => "close",
            Event::Cancel => "cancel",
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

    fn at(day: Day, hour: i8) -> Timestamp {
        time::at(day, hour, 0).unwrap()
    }

    fn whole() -> Conference {
        Conference {
            subject: "Kết quả cải cách hành chính".into(),
            place: "Hội trường".into(),
            chair: "Lê Văn Chủ".into(),
            has_documents: true,
            guests: vec![Guest { agency: "Báo Hà Nam".into(), came: false }],
            ..Conference::default()
        }
    }

    #[test]
    fn every_cell_of_the_machine() {
        let (conference, starts_at) = (whole(), at(date(2026, 9, 1), 9));
        for state in State::ALL {
            for event in Event::ALL {
                for role in Role::ALL {
                    let facts = Facts { state, conference: &conference, starts_at, needs_notice: true };
                    let decided = decide(&facts, event, &[role], starts_at);
                    let expected = match machine::find(TRANSITIONS, state, event) {
                        None => Err(Refusal::NotNow),
                        Some(row) if !access::may(&[role], row.needs) => Err(Refusal::NotYours),
                        Some(_) if (state, event) == (State::Planned, Event::Hold) => {
                            Err(Refusal::NotNotified)
                        }
                        Some(row) => Ok(row.to),
                    };
                    assert_eq!(decided, expected, "{state:?} {event:?} {role:?}");
                }
            }
        }
    }

    #[test]
    fn the_law_of_its_day_says_what_the_notice_contains() {
        let bare = Conference { has_documents: false, guests: Vec::new(), ..whole() };
        let notify = |conference: &Conference, day| {
            let facts =
                Facts { state: State::Planned, conference, starts_at: at(day, 9), needs_notice: true };
            decide(&facts, Event::Notify, &[Role::Clerk], at(day, 8))
        };
        assert_eq!(notify(&bare, date(2026, 6, 30)), Ok(State::Notified));
        assert_eq!(notify(&bare, date(2026, 7, 1)), Err(Refusal::PapersMissing));
        assert_eq!(notify(&whole(), date(2026, 7, 1)), Ok(State::Notified));
        let nowhere = Conference { place: String::new(), ..whole() };
        assert_eq!(notify(&nowhere, date(2020, 6, 1)), Err(Refusal::PapersMissing));
        assert_eq!(papers(date(2016, 12, 31)), []);
    }

    #[test]
    fn it_is_held_when_its_time_has_come_and_a_province_gives_no_notice() {
        let (conference, starts_at) = (whole(), at(date(2026, 9, 1), 9));
        let hold = |state, needs_notice, now| {
            let facts = Facts { state, conference: &conference, starts_at, needs_notice };
            decide(&facts, Event::Hold, &[Role::Spokesperson], now)
        };
        let before = at(date(2026, 9, 1), 8);
        assert_eq!(hold(State::Notified, true, before), Err(Refusal::NotYet));
        assert_eq!(hold(State::Notified, true, starts_at), Ok(State::Held), "no answer: it may go on");
        assert_eq!(hold(State::Objected, true, starts_at), Err(Refusal::NotNow));
        assert_eq!(hold(State::Planned, false, starts_at), Ok(State::Held));
    }

    #[test]
    fn readers_see_none_that_was_not_notified_or_was_refused() {
        let shown =
            |needs| State::ALL.into_iter().filter(move |state| state.is_shown(needs)).collect::<Vec<_>>();
        assert!(!shown(true).contains(&State::Planned) && !shown(true).contains(&State::Objected));
        assert!(shown(false).contains(&State::Planned) && shown(true).contains(&State::Cancelled));
    }
}
