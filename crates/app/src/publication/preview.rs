//! Links to look at a working copy before it is published (checklist PUB-A06): a secret of 128 bits, some days, dead
//! once the text is published or withdrawn.

use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::Attachment;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use store::publication::{self as rows, PublicationRow};

use crate::{ActionError, Actor, App};

/// How many days a link holds.
pub const PREVIEW_DAYS: i64 = 7;

fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Makes a link; gives the secret part of its address, which is not kept.
///
/// # Errors
/// Without the right to write, or when there is no such publication.
pub fn make_preview(app: &App, actor: &Actor, id: PublicationId) -> Result<String, ActionError> {
    actor.require(Capability::WritePublications)?;
    let token = hex::encode(app.random::<16>()?);
    app.write(actor, |tx| {
        rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        let ends = tx
            .now()
            .checked_add(SignedDuration::from_hours(24 * PREVIEW_DAYS))
            .map_err(anyhow::Error::new)?;
        Ok(rows::add_preview(tx, id, &hash_of(&token), ends)?)
    })?;
    Ok(token)
}

/// Ends all links to a working copy.
///
/// # Errors
/// Without the right to write.
pub fn revoke_previews(app: &App, actor: &Actor, id: PublicationId) -> Result<(), ActionError> {
    actor.require(Capability::WritePublications)?;
    app.write(actor, |tx| Ok(rows::revoke_previews(tx, id).map(drop)?))
}

/// The working copy behind a link.
///
/// # Errors
/// When the link does not hold.
pub fn by_preview(app: &App, token: &str) -> Result<PublicationRow, ActionError> {
    let now = app.now();
    app.read(|r| rows::by_preview(r, &hash_of(token), now)?.ok_or(ActionError::NotFound))
}

/// A file of the working copy behind a link, with its bytes.
///
/// # Errors
/// When the link does not hold or the working copy has no such file.
pub fn preview_file(app: &App, token: &str, digest: &str) -> Result<(Attachment, Vec<u8>), ActionError> {
    let row = by_preview(app, token)?;
    let file = row.content.files.into_iter().find(|file| file.digest == digest);
    let file = file.ok_or(ActionError::NotFound)?;
    let digest = store::Digest::parse(&file.digest).ok_or(ActionError::NotFound)?;
    let bytes = app.blobs().get(&digest)?;
    Ok((file, bytes))
}
