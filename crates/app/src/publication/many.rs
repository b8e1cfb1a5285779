//! Approving many at once: the bulletins of a station come by the dozen. All or nothing: where one cannot be approved,
//! none is, and each that stands against it is named (checklist WF-A05).

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::workflow::{self, Event, Given};
use store::publication::{self as rows, PublicationRow};

use super::act::carry_out;
use super::{Act, facts, who};
use crate::{ActionError, Actor, App, account, rules};

/// Texts on the page, and in one act.
pub const MOST_AT_ONCE: usize = 50;

/// A text that waits for approval.
#[derive(Debug, Clone)]
pub struct InReview {
    /// The text.
    pub row: PublicationRow,
    /// The names of who wrote it.
    pub writers: Vec<String>,
}

/// What waits for approval, those that wait longest first.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What this person may approve now, at most [`MOST_AT_ONCE`].
    pub open: Vec<InReview>,
    /// Whether there is more of it.
    pub has_more: bool,
    /// What this person may not approve, at most as many, with the code of the refusal.
    pub closed: Vec<(PublicationRow, &'static str)>,
}

/// What waits for the approval of this person.
///
/// # Errors
/// Without the right to approve.
pub fn waiting_for_approval(app: &App, actor: &Actor) -> Result<Waiting, ActionError> {
    actor.require(Capability::ApprovePublications)?;
    actor.require(Capability::ReadPublications)?;
    let now = app.now();
    let limit = u16::try_from(MOST_AT_ONCE).unwrap_or(u16::MAX);
    let (others, own, names) = app.read(|r| {
        // One more tells whether there is more.
        let others = rows::in_review(r, &actor.name, false, limit + 1)?;
        Ok((others, rows::in_review(r, &actor.name, true, limit)?, account::names(r)?))
    })?;
    let name = |word: &String| names.get(word).cloned().unwrap_or_else(|| word.clone());
    let has_more = others.len() > MOST_AT_ONCE;
    let mut waiting = Waiting { open: Vec::new(), has_more, closed: Vec::new() };
    for row in others.into_iter().take(MOST_AT_ONCE).chain(own) {
        let digest = row.content.digest();
        let given = Given { note: "", publish_at: None, shown_digest: Some(&digest), now };
        match workflow::decide(&facts(&row, &digest), Event::Approve, who(actor), given) {
            Ok(_) => {
                let writers = row.writers.iter().map(name).collect();
                waiting.open.push(InReview { row, writers });
            }
            Err(refusal) => waiting.closed.push((row, refusal.code())),
        }
    }
    Ok(waiting)
}

/// A text that was ticked, as the person was shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    /// The publication.
    pub id: PublicationId,
    /// The version that was shown.
    pub version: i64,
    /// The digest of what was shown.
    pub digest: String,
    /// What changed, for one that was published before.
    pub note: String,
}

/// What became of an act on many.
#[derive(Debug)]
pub enum Many {
    /// All of it was done.
    Done,
    /// Nothing was done, for these reasons.
    Refused(Vec<Problem>),
}

/// What stands against one of many.
#[derive(Debug)]
pub struct Problem {
    /// The publication.
    pub id: PublicationId,
    /// Its title now; empty when there is no such publication.
    pub title: String,
    /// Why.
    pub error: ActionError,
}

/// Approves all of them, and publishes them when `publishes`, in one transaction; or does nothing and says which stands
/// against it and why.
///
/// # Errors
/// Without the right to approve or publish at all; when none or too many are given.
pub fn approve_many(
    app: &App,
    actor: &Actor,
    ticked: &[Ticked],
    publishes: bool,
) -> Result<Many, ActionError> {
    actor.require(Capability::ApprovePublications)?;
    actor.require(Capability::ReadPublications)?;
    if publishes {
        actor.require(Capability::PublishPublications)?;
    }
    if ticked.is_empty() {
        return Err(ActionError::Refused("publication_none_ticked"));
    }
    if ticked.len() > MOST_AT_ONCE {
        return Err(ActionError::Refused("publication_too_many_ticked"));
    }
    let policy = rules::policy(app)?;
    let mut problems = Vec::new();
    let done = app.write(actor, |tx| {
        for item in ticked {
            let row = rows::find(tx, item.id)?;
            let title = row.as_ref().map(|row| row.content.title.clone()).unwrap_or_default();
            match approve_one(tx, actor, &policy, row, item, publishes) {
                Ok(()) => {}
                Err(error @ ActionError::Internal(_)) => return Err(error),
                Err(error) => problems.push(Problem { id: item.id, title, error }),
            }
        }
        // An error takes back what was written for the others.
        if problems.is_empty() { Ok(()) } else { Err(ActionError::Stale) }
    });
    match done {
        Err(ActionError::Stale) if !problems.is_empty() => Ok(Many::Refused(problems)),
        done => done.map(|()| Many::Done),
    }
}

fn approve_one(
    tx: &mut store::Tx<'_>,
    actor: &Actor,
    policy: &rules::Policy,
    row: Option<PublicationRow>,
    item: &Ticked,
    publishes: bool,
) -> Result<(), ActionError> {
    let row = row.ok_or(ActionError::NotFound)?;
    if row.version != item.version {
        return Err(ActionError::Stale);
    }
    let act = Act { shown_digest: Some(item.digest.clone()), ..Act::default() };
    carry_out(tx, actor, policy, row, Event::Approve, &act)?;
    if publishes {
        let row = rows::find(tx, item.id)?.ok_or(ActionError::NotFound)?;
        carry_out(tx, actor, policy, row, Event::Publish, &Act { note: item.note.clone(), ..act })?;
    }
    Ok(())
}
