//! Press conferences (*họp báo*; Luật Báo chí 2016 Đ41, NĐ 237/2026 Đ22): planned, notified to the provincial
//! committee in time and with the papers that the law of its day asks for, the press invited by a numbered invitation,
//! held by who may speak that day, closed with minutes. A province gives no notice to itself.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::access::{self, Capability, Role};
use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::id::{AgencyId, RecordId};
use crate::law::Law;
use crate::machine::{self, row};
use crate::publication::Attachment;
use crate::time::{self, Day, Timestamp};
use crate::unit::UnitKind;

/// The rule that says how long before the conference the notice is given.
const NOTICE: &str = "PL-CONF-2";
/// The rule that says how long before the conference a written "no" comes.
const OBJECTION: &str = "PL-CONF-4";

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
    /// *Gửi giấy mời.*
    Invite,
    /// *Ghi văn bản chấp thuận.*
    Accept,
    /// *Ghi văn bản không chấp thuận.*
    Object,
    /// *Ghi nhận đã họp.*
    Hold,
    /// *Ghi biên bản.*
    Close,
    /// *Sửa biên bản*: the minutes are written anew, those that stood are kept.
    Correct,
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
        row(State::Planned, Event::Invite, State::Planned, Desk),
        row(State::Planned, Event::Hold, State::Held, Speaks),
        row(State::Planned, Event::Cancel, State::Cancelled, Desk),
        row(State::Notified, Event::Invite, State::Notified, Desk),
        row(State::Notified, Event::Accept, State::Accepted, Desk),
        row(State::Notified, Event::Object, State::Objected, Desk),
        row(State::Notified, Event::Hold, State::Held, Speaks),
        row(State::Notified, Event::Cancel, State::Cancelled, Desk),
        row(State::Accepted, Event::Invite, State::Accepted, Desk),
        row(State::Accepted, Event::Hold, State::Held, Speaks),
        row(State::Accepted, Event::Cancel, State::Cancelled, Desk),
        row(State::Objected, Event::Edit, State::Planned, Desk),
        row(State::Objected, Event::Cancel, State::Cancelled, Desk),
        row(State::Held, Event::Close, State::Closed, Desk),
        row(State::Closed, Event::Correct, State::Closed, Desk),
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
    /// The list of those invited is empty.
    NobodyInvited,
    /// The invitation was sent.
    Invited,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 7] = [
        Refusal::NotNow,
        Refusal::NotYours,
        Refusal::PapersMissing,
        Refusal::NotNotified,
        Refusal::NotYet,
        Refusal::NobodyInvited,
        Refusal::Invited,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "conference_not_now",
            Refusal::NotYours => "conference_not_yours",
            Refusal::PapersMissing => "conference_papers_missing",
            Refusal::NotNotified => "conference_not_notified",
            Refusal::NotYet => "conference_not_yet",
            Refusal::NobodyInvited => "conference_nobody_invited",
            Refusal::Invited => "conference_invited",
        }
    }
}

/// An agency that is invited (*cơ quan báo chí được mời*). No names of people are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// The agency.
    pub agency: String,
    /// Which of the register of press agencies it is; none for one that was typed.
    #[serde(default)]
    pub known: Option<AgencyId>,
    /// Whether it came.
    pub came: bool,
}

/// The files of a paper as it left, by their digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// For Word.
    pub docx: String,
    /// To print and to send.
    pub pdf: String,
}

/// The invitation (*giấy mời*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// *Số, ký hiệu.*
    pub symbol: String,
    /// Day of issue.
    pub day: Day,
    /// Its line in the register of outgoing documents.
    pub document: RecordId,
    /// Its files.
    pub kept: Kept,
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
    /// To whom; empty in what was written down before it was kept.
    #[serde(default)]
    pub addressee: String,
    /// Its line in the register of outgoing documents.
    #[serde(default)]
    pub document: Option<RecordId>,
    /// Its files; none of what left before they were drawn here.
    #[serde(default)]
    pub kept: Option<Kept>,
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
    /// Whether readers of the portal see it.
    pub is_public: bool,
    /// *Danh sách cơ quan báo chí được mời.*
    pub guests: Vec<Guest>,
    /// The notice.
    pub notice: Option<Notice>,
    /// *Số, ký hiệu văn bản trả lời* of the provincial committee, or why it was cancelled; empty before.
    pub answer: String,
    /// When that answer came.
    #[serde(default)]
    pub answered_at: Option<Timestamp>,
    /// Of an objection: whether it came in its time (PL-CONF-4); none where the law sets none.
    #[serde(default)]
    pub objected_on_time: Option<bool>,
    /// The invitation.
    #[serde(default)]
    pub invitation: Option<Invitation>,
    /// *Tài liệu kèm theo.*
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// *Số, ký hiệu biên bản*; empty where the office gives minutes none.
    pub minutes_symbol: String,
    /// *Biên bản*: what was asked and said.
    pub minutes: String,
    /// *Thư ký*: who kept the minutes.
    #[serde(default)]
    pub secretary: String,
    /// *Thành phần khác*: who else was there, by office and not by name.
    #[serde(default)]
    pub others: String,
    /// When it ended.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
    /// The files of the minutes.
    #[serde(default)]
    pub minutes_kept: Option<Kept>,
    /// The files of minutes that were corrected, the first ones first.
    #[serde(default)]
    pub minutes_before: Vec<Kept>,
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

/// How a notice cites the text by which it is given, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited {
    words: String,
    valid_from: Day,
    valid_to: Option<Day>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    paper: Vec<Paper>,
    cited: Vec<Cited>,
}

fn file() -> File {
    toml::from_str(include_str!("../../../../data/press/notice-papers.toml")).unwrap_or_default()
}

fn holds(day: Day, (first, last): (Day, Option<Day>)) -> bool {
    first <= day && last.is_none_or(|last| day <= last)
}

/// What a notice must contain by the law of `day`, as shipped.
pub fn papers(day: Day) -> Vec<Paper> {
    let all = file().paper.into_iter();
    all.filter(|paper| holds(day, (paper.valid_from, paper.valid_to))).collect()
}

/// How a notice of `day` cites the text by which it is given, as shipped: `Điều 41 Luật Báo chí`.
pub fn cited(day: Day) -> Option<String> {
    let mut all = file().cited.into_iter();
    all.find(|cited| holds(day, (cited.valid_from, cited.valid_to))).map(|cited| cited.words)
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
            "lawful_documents" => !self.files.is_empty(),
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

/// Until when the provincial committee says "no" in writing to a conference at `starts_at`, by the law of that day; none
/// where it sets no time.
pub fn objection_deadline(law: &Law, calendar: &Calendar, starts_at: Timestamp) -> Option<Deadline> {
    let rule = law.rule_at(OBJECTION, time::day_of(starts_at)).ok()?;
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
        // The notice of one that is over is only noted: it left as it was.
        Event::Notify
            if now < facts.starts_at && !papers(day).iter().all(|paper| facts.conference.has(paper)) =>
        {
            Err(Refusal::PapersMissing)
        }
        Event::Hold | Event::Invite if facts.state == State::Planned && facts.needs_notice => {
            Err(Refusal::NotNotified)
        }
        Event::Invite if now > facts.starts_at => Err(Refusal::NotNow),
        Event::Invite if facts.conference.invitation.is_some() => Err(Refusal::Invited),
        Event::Invite if facts.conference.guests.is_empty() => Err(Refusal::NobodyInvited),
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

    /// Whether files may still be added.
    pub const fn takes_files(self) -> bool {
        !matches!(self, State::Cancelled)
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
    pub const ALL: [Event; 9] = [
        Event::Edit,
        Event::Notify,
        Event::Invite,
        Event::Accept,
        Event::Object,
        Event::Hold,
        Event::Close,
        Event::Correct,
        Event::Cancel,
    ];

    /// The stored word; locale key `conference.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Edit => "edit",
            Event::Notify => "notify",
            Event::Invite => "invite",
            Event::Accept => "accept",
            Event::Object => "object",
            Event::Hold => "hold",
            Event::Close => "close",
            Event::Correct => "correct",
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

    fn file() -> Attachment {
        Attachment {
            digest: "0".repeat(64),
            name: "so-lieu.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            purpose: crate::publication::Purpose::Attachment,
            text: "Số liệu".into(),
        }
    }

    fn whole() -> Conference {
        Conference {
            subject: "Kết quả cải cách hành chính".into(),
            place: "Hội trường".into(),
            chair: "Lê Văn Chủ".into(),
            files: vec![file()],
            guests: vec![Guest { agency: "Báo Hà Nam".into(), ..Guest::default() }],
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
                        Some(_)
                            if state == State::Planned && matches!(event, Event::Hold | Event::Invite) =>
                        {
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
        let bare = Conference { files: Vec::new(), guests: Vec::new(), ..whole() };
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
    fn the_notice_of_one_that_is_over_is_noted_as_it_was_and_nobody_is_invited_any_more() {
        let bare = Conference { files: Vec::new(), ..whole() };
        let starts_at = at(date(2026, 8, 1), 9);
        let decided = |state, event, now| {
            let facts = Facts { state, conference: &bare, starts_at, needs_notice: true };
            decide(&facts, event, &[Role::Clerk], now)
        };
        let (before, after) = (at(date(2026, 8, 1), 8), at(date(2026, 8, 1), 10));
        assert_eq!(decided(State::Planned, Event::Notify, before), Err(Refusal::PapersMissing));
        assert_eq!(decided(State::Planned, Event::Notify, after), Ok(State::Notified));
        assert_eq!(decided(State::Notified, Event::Invite, before), Ok(State::Notified));
        assert_eq!(decided(State::Notified, Event::Invite, after), Err(Refusal::NotNow));
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
    fn the_press_is_invited_once_by_a_list_that_names_somebody() {
        let starts_at = at(date(2026, 9, 1), 9);
        let invite = |conference: &Conference, needs_notice| {
            let facts = Facts { state: State::Planned, conference, starts_at, needs_notice };
            decide(&facts, Event::Invite, &[Role::Clerk], at(date(2026, 8, 1), 9))
        };
        assert_eq!(invite(&whole(), false), Ok(State::Planned), "a province gives no notice");
        assert_eq!(invite(&whole(), true), Err(Refusal::NotNotified));
        let nobody = Conference { guests: Vec::new(), ..whole() };
        assert_eq!(invite(&nobody, false), Err(Refusal::NobodyInvited));
        let kept = Kept { docx: String::new(), pdf: String::new() };
        let (day, document) = (date(2026, 8, 1), RecordId::from_parts(0, 1));
        let sent = Invitation { symbol: "07/GM-UBND".into(), day, document, kept };
        let invited = Conference { invitation: Some(sent), ..whole() };
        assert_eq!(invite(&invited, false), Err(Refusal::Invited));
    }

    #[test]
    fn a_written_no_has_a_time_since_july_2026_and_each_law_is_cited_in_its_days() {
        let (law, calendar) = (Law::shipped(), Calendar::shipped());
        let due = |day| objection_deadline(&law, &calendar, at(day, 9)).map(|due| due.due.in_words());
        assert_eq!(due(date(2026, 6, 30)), None);
        assert_eq!(due(date(2026, 7, 2)).as_deref(), Some("01/07/2026 21:00"));
        assert_eq!(cited(date(2016, 12, 31)), None);
        assert_eq!(cited(date(2026, 6, 30)).as_deref(), Some("Điều 41 Luật Báo chí"));
        assert!(cited(date(2026, 7, 1)).unwrap().contains("237/2026/NĐ-CP"));
    }

    #[test]
    fn what_was_stored_before_papers_were_drawn_here_is_read() {
        let old = r#"{"subject":"A","occasion":"periodic","place":"B","minutes_long":60,"chair":"C",
            "has_documents":false,"is_public":true,"guests":[{"agency":"Báo","came":true}],
            "notice":{"symbol":"1/TB","at":"2020-06-09T02:00:00Z","on_time":true},"answer":"",
            "minutes_symbol":"","minutes":""}"#;
        let read: Conference = serde_json::from_str(old).unwrap();
        assert!(read.guests[0].known.is_none() && read.notice.unwrap().kept.is_none());
    }

    #[test]
    fn readers_see_none_that_was_not_notified_or_was_refused() {
        let shown =
            |needs| State::ALL.into_iter().filter(move |state| state.is_shown(needs)).collect::<Vec<_>>();
        assert!(!shown(true).contains(&State::Planned) && !shown(true).contains(&State::Objected));
        assert!(shown(false).contains(&State::Planned) && shown(true).contains(&State::Cancelled));
    }
}
