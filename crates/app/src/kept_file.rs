//! Files that stand with a record of the desk: the papers of a conference, a regulation, what a unit returned. PDF, Word
//! or a picture; looked into before they are kept.

use domain::publication::{Attachment, Purpose};
use store::Digest;
use store::blob::BlobRow;

use crate::documents::look;
use crate::file_reader::Format;
use crate::publication::{Uploaded, prepare};
use crate::{ActionError, Actor, App};

/// Checks a file and puts it among the files; its row is registered by whoever names it.
///
/// # Errors
/// For a file over what this person may hand in on one day, or one that is empty, harmful, of another kind, or bears a mark of state secrets.
pub(crate) fn keep(
    app: &App,
    actor: &Actor,
    uploaded: Uploaded,
) -> Result<(Attachment, BlobRow), ActionError> {
    crate::uploads::spend(app, actor, uploaded.bytes.len())?;
    let (file, bytes) = prepare(uploaded)?;
    let is_text = [Format::Pdf, Format::Docx].iter().any(|format| format.media_type() == file.media_type);
    if !is_text && file.purpose != Purpose::Picture {
        return Err(ActionError::invalid("file", "regulation_kind"));
    }
    if is_text {
        // What is harmful, not what it says, or bears a mark of state secrets is not taken.
        look(app, &bytes, &file.media_type).map_err(|code| ActionError::invalid("file", code))?;
    }
    let row = put(app, bytes, &file.media_type)?;
    Ok((Attachment { digest: row.digest.to_string(), ..file }, row))
}

/// Puts bytes among the files; the row is registered by whoever names it.
///
/// # Errors
/// When the place of the files cannot be written.
pub(crate) fn put(app: &App, bytes: Vec<u8>, media_type: &str) -> Result<BlobRow, ActionError> {
    let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(BlobRow { digest: app.blobs().put(bytes)?, size_bytes, media_type: media_type.to_owned() })
}

/// The bytes of a file that a record names by its digest.
///
/// # Errors
/// When there is none.
pub(crate) fn read(app: &App, digest: &str) -> Result<Vec<u8>, ActionError> {
    let digest = Digest::parse(digest).ok_or(ActionError::NotFound)?;
    Ok(app.blobs().get(&digest)?)
}
