//! States, events, the table of transitions and the one decision about them (checklist WF).
//!
//! The state is that of the working copy. Whether a reader sees something is another fact
//! ([`Facts::is_public`]): a published text stays as it is while its next version is written and approved.

use crate::access::{self, Capability, Role};
use crate::machine::{self, row};
use crate::time::Timestamp;

/// Where the working copy of a publication stands. *Trạng thái biên tập.*
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// *Đang soạn.*
    Draft,
    /// *Chờ duyệt.*
    InReview,
    /// *Đã duyệt*: bound to the digest of what was shown.
    Approved,
    /// *Hẹn giờ đăng.*
    Scheduled,
    /// *Đã đăng*: the working copy is what the public sees.
    Published,
    /// *Đã gỡ.*
    Withdrawn,
    /// *Hết hạn đăng.*
    Expired,
}

/// What somebody decides about a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// *Sửa*: any change of the text; it voids an approval.
    Edit,
    /// *Trình duyệt.*
    Submit,
    /// *Trả lại*, with a reason.
    SendBack,
    /// *Duyệt.*
    Approve,
    /// *Hẹn giờ đăng.*
    Schedule,
    /// *Bỏ hẹn giờ.*
    Unschedule,
    /// *Đăng.*
    Publish,
    /// *Bỏ bản sửa*: the working copy becomes what the public sees again.
    Discard,
    /// *Gỡ*, with a reason that the public reads.
    Withdraw,
    /// *Hết hạn đăng*: the last day of what readers see is over. The next version, when one is being written, stays.
    Expire,
}

/// One row of the table.
pub type Row = machine::Row<State, Event>;

/// The whole machine. Buttons, diagrams and tests read it.
pub const TRANSITIONS: &[Row] = {
    use Capability::{
        ApprovePublications as Approves, PublishPublications as Publishes, WritePublications as Writes,
    };
    use Event as E;
    use State as S;
    &[
        row(S::Draft, E::Edit, S::Draft, Writes),
        row(S::Draft, E::Submit, S::InReview, Writes),
        row(S::Draft, E::Discard, S::Published, Writes),
        row(S::Draft, E::Withdraw, S::Withdrawn, Publishes),
        row(S::Draft, E::Expire, S::Draft, Publishes),
        row(S::InReview, E::Edit, S::Draft, Writes),
        row(S::InReview, E::SendBack, S::Draft, Approves),
        row(S::InReview, E::Approve, S::Approved, Approves),
        row(S::InReview, E::Withdraw, S::Withdrawn, Publishes),
        row(S::InReview, E::Expire, S::InReview, Publishes),
        row(S::Approved, E::Edit, S::Draft, Writes),
        row(S::Approved, E::SendBack, S::Draft, Approves),
        row(S::Approved, E::Schedule, S::Scheduled, Publishes),
        row(S::Approved, E::Publish, S::Published, Publishes),
        row(S::Approved, E::Withdraw, S::Withdrawn, Publishes),
        row(S::Approved, E::Expire, S::Approved, Publishes),
        row(S::Scheduled, E::Edit, S::Draft, Writes),
        row(S::Scheduled, E::Unschedule, S::Approved, Publishes),
        row(S::Scheduled, E::Publish, S::Published, Publishes),
        row(S::Scheduled, E::Withdraw, S::Withdrawn, Publishes),
        row(S::Scheduled, E::Expire, S::Scheduled, Publishes),
        row(S::Published, E::Edit, S::Draft, Writes),
        row(S::Published, E::Withdraw, S::Withdrawn, Publishes),
        row(S::Published, E::Expire, S::Expired, Publishes),
        row(S::Withdrawn, E::Edit, S::Draft, Writes),
        row(S::Expired, E::Edit, S::Draft, Writes),
        row(S::Expired, E::Withdraw, S::Withdrawn, Publishes),
    ]
};

/// Who acts.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person's id, as the ledger names actors.
    pub name: &'a str,
    /// The roles that count at the moment of the act.
    pub roles: &'a [Role],
    /// Whether it is the program itself, which carries out what people decided and approves nothing.
    pub is_program: bool,
}

/// What the decision needs to know about a publication.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Where its working copy stands.
    pub state: State,
    /// Everybody who changed the text since it was last published.
    pub writers: &'a [String],
    /// The digest of the working copy.
    pub digest: &'a str,
    /// The digest that was approved, when it was.
    pub approved_digest: Option<&'a str>,
    /// Whether readers see a version of it now.
    pub is_public: bool,
    /// Whether it was ever published: the next version needs a note on what changed.
    pub was_public: bool,
    /// What the text still lacks ([`Content::shortcoming`](super::Content::shortcoming)).
    pub shortcoming: Option<Refusal>,
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// When the working copy would end.
    pub ends_at: Option<Timestamp>,
    /// When what readers see is to end.
    pub expires_at: Option<Timestamp>,
}

/// What comes with an event.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Why; or, at publishing again, what changed.
    pub note: &'a str,
    /// The instant to publish at.
    pub publish_at: Option<Timestamp>,
    /// The digest of what the person was shown.
    pub shown_digest: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// Why an event is not possible. Locale key `refusal.publication_<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The state does not allow the event.
    NotNow,
    /// The person's roles do not allow it.
    NotYours,
    /// The person wrote what is to be approved.
    OwnText,
    /// The text is not the one that was shown or approved.
    TextChanged,
    /// A reason, or what changed, is missing.
    NoReason,
    /// Neither text nor file.
    Empty,
    /// A picture without words for those who do not see it.
    PictureNotDescribed,
    /// The instant to publish at is missing or past.
    NotInFuture,
    /// The last day it would be shown is over before it is shown.
    Over,
    /// The instant has not come.
    NotYet,
    /// Readers see nothing that could be withdrawn or kept.
    NotPublic,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Refusal; 11] = [
        Refusal::NotNow,
        Refusal::NotYours,
        Refusal::OwnText,
        Refusal::TextChanged,
        Refusal::NoReason,
        Refusal::Empty,
        Refusal::PictureNotDescribed,
        Refusal::NotInFuture,
        Refusal::Over,
        Refusal::NotYet,
        Refusal::NotPublic,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NotNow => "publication_not_now",
            Refusal::NotYours => "publication_not_yours",
            Refusal::OwnText => "publication_own_text",
            Refusal::TextChanged => "publication_text_changed",
            Refusal::NoReason => "publication_no_reason",
            Refusal::Empty => "publication_empty",
            Refusal::PictureNotDescribed => "publication_picture_not_described",
            Refusal::NotInFuture => "publication_not_in_future",
            Refusal::Over => "publication_over",
            Refusal::NotYet => "publication_not_yet",
            Refusal::NotPublic => "publication_not_public",
        }
    }
}

/// A decided transition. Only [`decide`] makes one, and saving a state takes one.
pub type Step = machine::Step<State, Event>;

/// Decides whether `who` may do `event` to the publication now.
///
/// # Errors
/// The first reason against it: state, right, own text, changed text, then what the event itself asks for.
pub fn decide(facts: &Facts<'_>, event: Event, who: Who<'_>, given: Given<'_>) -> Result<Step, Refusal> {
    let row = machine::find(TRANSITIONS, facts.state, event).ok_or(Refusal::NotNow)?;
    let may =
        access::may(who.roles, row.needs) || (who.is_program && row.needs != Capability::ApprovePublications);
    if !may {
        return Err(Refusal::NotYours);
    }
    let has_note = !given.note.trim().is_empty();
    match event {
        Event::Edit | Event::Unschedule => {}
        Event::Submit => {
            complete(facts)?;
            lasting(facts, given.now)?;
        }
        Event::SendBack if !has_note => return Err(Refusal::NoReason),
        Event::SendBack => {}
        Event::Approve => {
            if facts.writers.iter().any(|writer| writer == who.name) {
                return Err(Refusal::OwnText);
            }
            if given.shown_digest != Some(facts.digest) {
                return Err(Refusal::TextChanged);
            }
            complete(facts)?;
            lasting(facts, given.now)?;
        }
        Event::Schedule => {
            approved(facts)?;
            noted(facts, has_note)?;
            let at = given.publish_at.filter(|at| *at > given.now).ok_or(Refusal::NotInFuture)?;
            lasting(facts, at)?;
        }
        Event::Publish => {
            approved(facts)?;
            lasting(facts, given.now)?;
            if facts.state == State::Scheduled {
                // The note was given when it was scheduled; the program waits for the instant.
                let is_early = facts.publish_at.is_none_or(|at| given.now < at);
                if who.is_program && is_early {
                    return Err(Refusal::NotYet);
                }
            } else {
                noted(facts, has_note)?;
            }
        }
        Event::Discard if !facts.is_public => return Err(Refusal::NotPublic),
        Event::Discard => {}
        Event::Withdraw if !facts.is_public && facts.state != State::Expired => {
            return Err(Refusal::NotPublic);
        }
        Event::Withdraw if !has_note => return Err(Refusal::NoReason),
        Event::Withdraw => {}
        Event::Expire if !facts.is_public => return Err(Refusal::NotPublic),
        Event::Expire if facts.expires_at.is_none_or(|at| given.now < at) => return Err(Refusal::NotYet),
        Event::Expire => {}
    }
    Ok(row.step())
}

fn complete(facts: &Facts<'_>) -> Result<(), Refusal> {
    facts.shortcoming.map_or(Ok(()), Err)
}

fn approved(facts: &Facts<'_>) -> Result<(), Refusal> {
    if facts.approved_digest == Some(facts.digest) { Ok(()) } else { Err(Refusal::TextChanged) }
}

fn lasting(facts: &Facts<'_>, shown_at: Timestamp) -> Result<(), Refusal> {
    if facts.ends_at.is_some_and(|end| end <= shown_at) { Err(Refusal::Over) } else { Ok(()) }
}

fn noted(facts: &Facts<'_>, has_note: bool) -> Result<(), Refusal> {
    if facts.was_public && !has_note { Err(Refusal::NoReason) } else { Ok(()) }
}

/// What `who` may do now, for buttons: each event the state allows and the person has the right to, with what stands
/// against it besides what the form will ask for. The program's own events are not listed.
pub fn available(facts: &Facts<'_>, who: Who<'_>, now: Timestamp) -> Vec<(Event, Result<Step, Refusal>)> {
    let later = now.checked_add(jiff::SignedDuration::from_hours(1)).ok();
    let given = Given { note: "-", publish_at: later, shown_digest: Some(facts.digest), now };
    Event::ALL
        .into_iter()
        .filter(|event| *event != Event::Expire)
        .filter_map(|event| match decide(facts, event, who, given) {
            Err(Refusal::NotNow | Refusal::NotYours | Refusal::NotPublic) => None,
            result => Some((event, result)),
        })
        .collect()
}

impl State {
    /// All states, in the order of the way.
    pub const ALL: [State; 7] = [
        State::Draft,
        State::InReview,
        State::Approved,
        State::Scheduled,
        State::Published,
        State::Withdrawn,
        State::Expired,
    ];

    /// The stored word; locale key `publication.state.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Approved => "approved",
            State::Scheduled => "scheduled",
            State::Published => "published",
            State::Withdrawn => "withdrawn",
            State::Expired => "expired",
        }
    }

    /// The state with this stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl Event {
    /// All events.
    pub const ALL: [Event; 10] = [
        Event::Edit,
        Event::Submit,
        Event::SendBack,
        Event::Approve,
        Event::Schedule,
        Event::Unschedule,
        Event::Publish,
        Event::Discard,
        Event::Withdraw,
        Event::Expire,
    ];

    /// The stored word; locale key `publication.event.<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Edit => "edit",
            Event::Submit => "submit",
            Event::SendBack => "send_back",
            Event::Approve => "approve",
            Event::Schedule => "schedule",
            Event::Unschedule => "unschedule",
            Event::Publish => "publish",
            Event::Discard => "discard",
            Event::Withdraw => "withdraw",
            Event::Expire => "expire",
        }
    }

    /// The event with this stored word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }
}

#[cfg(test)]
mod tests;
