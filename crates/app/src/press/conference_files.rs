//! Files of a press conference: the documents that prove its information lawful, what was handed out.

use domain::access::Capability;
use domain::id::ConferenceId;
use domain::press::conference::{Event, Refusal};
use domain::publication::Attachment;
use store::conference as rows;

use super::conference::decided;
use super::conference_act::seen;
use crate::publication::Uploaded;
use crate::{ActionError, Actor, App, kept_file, rules};

/// Files of one conference.
const MOST_FILES: usize = 30;

/// Adds a file to a conference, from the version the person saw.
///
/// # Errors
/// Without the right; [`ActionError::Refused`] for one that was cancelled or has too many; [`ActionError::Stale`]; for a
/// file that is not taken.
pub fn attach_to_conference(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    uploaded: Uploaded,
) -> Result<(), ActionError> {
    actor.require(Capability::TakePress)?;
    let row = seen(app, at)?;
    if !row.state.takes_files() {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
    }
    if row.conference.files.len() >= MOST_FILES {
        return Err(ActionError::invalid("file", "too_many_files"));
    }
    let (file, blob) = kept_file::keep(app, actor, uploaded)?;
    if row.conference.files.iter().any(|known| known.digest == file.digest) {
        return Err(ActionError::invalid("file", "exists_already"));
    }
    app.write(actor, |tx| {
        let mut row = row.clone();
        store::blob::register(tx, &blob)?;
        row.conference.files.push(file.clone());
        rows::update(tx, "press_conference.attach", &row)?;
        Ok(())
    })
}

/// Takes a file out again while the conference is only planned; the notice names the files that go with it.
///
/// # Errors
/// Without the right; [`ActionError::Refused`] once notice was given; [`ActionError::Stale`]; when it has no such file.
pub fn detach_from_conference(
    app: &App,
    actor: &Actor,
    at: (ConferenceId, i64),
    digest: &str,
) -> Result<(), ActionError> {
    actor.require(Capability::TakePress)?;
    let (policy, now) = (rules::policy(app)?, app.now());
    app.write(actor, |tx| {
        let (mut row, _) = decided(tx, actor, at, (Event::Edit, &policy, now))?;
        let before = row.conference.files.len();
        row.conference.files.retain(|file| file.digest != digest);
        if row.conference.files.len() == before {
            return Err(ActionError::NotFound);
        }
        rows::update(tx, "press_conference.detach", &row)?;
        Ok(())
    })
}

/// A file of a conference.
///
/// # Errors
/// Without the right to see the press desk, or when it has none.
pub fn conference_file(
    app: &App,
    actor: &Actor,
    id: ConferenceId,
    digest: &str,
) -> Result<(Attachment, Vec<u8>), ActionError> {
    actor.require(Capability::ReadPress)?;
    let row = app.read(|r| rows::find(r, id)?.ok_or(ActionError::NotFound))?;
    let mut files = row.conference.files.into_iter();
    let file = files.find(|file| file.digest == digest).ok_or(ActionError::NotFound)?;
    let bytes = kept_file::read(app, &file.digest)?;
    Ok((file, bytes))
}
