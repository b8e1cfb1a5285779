//! What is written for the public: drafting, approval, publishing, withdrawing. The decision whether an act is
//! possible is `domain::publication::workflow::decide`; here the act is carried out, and the line of the register
//! that counts it is kept in the same transaction.

mod act;
mod draft;
mod files;
mod line;
mod many;
mod preview;
mod size;
mod version;
mod word;

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::{self, Event, Facts, Refusal, State, Who};
use domain::time::Timestamp;
use store::publication as rows;

pub use act::{Act, act, run_due};
pub use draft::{Draft, MOST_RELATIONS, begin, begin_for, edit, own_fields};
pub(crate) use draft::{begin_together, cleaned};
pub use files::{LONGEST_SIDE, MOST_FILES, Uploaded, attach, detach, picture_of, read_file};
pub(crate) use files::{picture_within, prepare, safe_name};
pub use line::{Line, Lines, MOST_LINES, lines_to_look_at, look_at_lines};
pub use many::{InReview, MOST_AT_ONCE, Many, Problem, Ticked, Waiting, approve_many, waiting_for_approval};
pub use preview::{PREVIEW_DAYS, by_preview, make_preview, preview_file, revoke_previews};
pub(crate) use size::measure as measure_pictures;
pub use size::{Sizes, sizes};
pub use store::publication::{Filter, PublicationRow, StepRow, VersionRow};
pub use version::{Version, version, version_file};
pub use word::{FromWord, begin_with_word, look_at_word, take_word, word_picture};
pub(crate) use word::{Picture, draw as draw_article};

use crate::{ActionError, Actor, App, account};

/// A page of publications.
#[derive(Debug, Clone)]
pub struct Page {
    /// The last changed first.
    pub publications: Vec<PublicationRow>,
    /// On all pages.
    pub total: i64,
}

/// A page of publications.
///
/// # Errors
/// Without the right to see what is being written.
pub fn list(app: &App, actor: &Actor, filter: &Filter) -> Result<Page, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| Ok(Page { publications: rows::list(r, filter)?, total: rows::count(r, filter)? }))
}

/// A publication with everything its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The publication.
    pub row: PublicationRow,
    /// What this person may do now, and what stands against it.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// The steps it took, newest first, with the name of who took them.
    pub steps: Vec<(StepRow, String)>,
    /// Its published versions, newest first.
    pub versions: Vec<VersionRow>,
}

/// A publication with everything its page shows.
///
/// # Errors
/// Without the right to see what is being written, or when there is none.
pub fn show(app: &App, actor: &Actor, id: PublicationId) -> Result<Shown, ActionError> {
    actor.require(Capability::ReadPublications)?;
    let now = app.now();
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let names = account::names(r)?;
        let name = |word: &str| names.get(word).cloned().unwrap_or_else(|| word.to_owned());
        let digest = row.content.digest();
        let buttons = workflow::available(&facts(&row, &digest), who(actor), now)
            .into_iter()
            .map(|(event, result)| (event, result.map(drop)))
            .collect();
        let steps =
            rows::steps(r, id)?.into_iter().rev().map(|step| (step.clone(), name(&step.person))).collect();
        let mut versions = rows::versions(r, id)?;
        versions.reverse();
        Ok(Shown { row, buttons, steps, versions })
    })
}

/// What the decision needs to know.
fn facts<'a>(row: &'a PublicationRow, digest: &'a str) -> Facts<'a> {
    Facts {
        state: row.state,
        writers: &row.writers,
        digest,
        approved_digest: row.approved_digest.as_deref(),
        is_public: row.is_public,
        was_public: row.published_version > 0,
        shortcoming: row.content.shortcoming(),
        publish_at: row.publish_at,
        ends_at: row.content.ends_at(),
        expires_at: row.expires_at,
    }
}

fn who(actor: &Actor) -> Who<'_> {
    Who { name: &actor.name, roles: &actor.roles, is_program: actor.person.is_none() }
}

/// Where the public finds it.
pub fn public_path(kind: Kind, slug: &str, id: PublicationId) -> String {
    format!("/{}/{slug}-{id}", kind.spec().path)
}

/// Publications waiting for somebody, by state: for the desk's first page.
///
/// # Errors
/// Without the right to see what is being written.
pub fn waiting(app: &App, actor: &Actor) -> Result<Vec<(State, i64)>, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        [State::Draft, State::InReview, State::Approved, State::Scheduled]
            .into_iter()
            .map(|state| Ok((state, rows::count(r, &Filter { state: Some(state), ..Filter::default() })?)))
            .collect()
    })
}

/// Now, and never before an instant: what the program's own acts are judged by.
fn is_due(row: &PublicationRow, event: Event, now: Timestamp) -> bool {
    match event {
        Event::Publish => row.state == State::Scheduled && row.publish_at.is_some_and(|at| at <= now),
        Event::Expire => row.is_public && row.expires_at.is_some_and(|at| at <= now),
        _ => false,
    }
}
