//! Published versions: each stays to be read by people of the desk, with who and when (checklist NEWS-04).

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::{Attachment, Content, Kind};
use store::publication::{self as rows, VersionRow};

use crate::{ActionError, Actor, App, account};

/// A published version with everything its page shows.
#[derive(Debug, Clone)]
pub struct Version {
    /// What it is.
    pub kind: Kind,
    /// The title of the working copy.
    pub title: String,
    /// The version.
    pub row: VersionRow,
    /// What readers saw before it; none for the first.
    pub before: Option<Content>,
    /// The names of who wrote it; empty for versions of a time when that was not kept with them.
    pub writers: Vec<String>,
    /// The name of who approved it.
    pub approved_by: String,
    /// The name of who published it.
    pub published_by: String,
}

/// A published version, and the one before it.
///
/// # Errors
/// Without the right to see what is being written, or when there is none with this number.
pub fn version(app: &App, actor: &Actor, id: PublicationId, number: i64) -> Result<Version, ActionError> {
    actor.require(Capability::ReadPublications)?;
    app.read(|r| {
        let publication = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let mut versions = rows::versions(r, id)?;
        let place = versions.iter().position(|row| row.version == number).ok_or(ActionError::NotFound)?;
        let row = versions.remove(place);
        let before = place.checked_sub(1).map(|place| versions.remove(place).content);
        let names = account::names(r)?;
        let name = |word: &String| names.get(word).cloned().unwrap_or_else(|| word.clone());
        Ok(Version {
            kind: publication.kind,
            title: publication.content.title,
            before,
            writers: row.writers.iter().map(name).collect(),
            approved_by: name(&row.approved_by),
            published_by: name(&row.published_by),
            row,
        })
    })
}

/// A file of a published version with its bytes, for people of the desk.
///
/// # Errors
/// Without the right to see what is being written, or when the version has no such file.
pub fn version_file(
    app: &App,
    actor: &Actor,
    (id, number): (PublicationId, i64),
    digest: &str,
) -> Result<(Attachment, Vec<u8>), ActionError> {
    let files = version(app, actor, id, number)?.row.content.files;
    let file = files.into_iter().find(|file| file.digest == digest).ok_or(ActionError::NotFound)?;
    let stored = store::Digest::parse(&file.digest).ok_or(ActionError::NotFound)?;
    Ok((file, app.blobs().get(&stored)?))
}
