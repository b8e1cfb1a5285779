//! The words of files that were attached: for search.

use domain::id::PublicationId;
use domain::publication::Attachment;
use store::Digest;
use store::file_text;

use crate::{ActionError, App, public};

/// The words of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWords {
    /// SHA-256 of the file, in hexadecimal.
    pub digest: String,
    /// The name it is saved under.
    pub name: String,
    /// Its words, a line each; a row of a table is one line, its cells parted by tabs.
    pub text: String,
    /// Whether they were recognised from pictures of pages and may hold mistakes.
    pub is_recognised: bool,
}

/// The words of those files whose words were drawn out, in their order.
///
/// # Errors
/// When the database fails.
pub fn words_of(app: &App, files: &[Attachment]) -> Result<Vec<FileWords>, ActionError> {
    app.read(|r| {
        let mut found = Vec::new();
        for file in files {
            let Some(digest) = Digest::parse(&file.digest) else { continue };
            if let Some(words) = file_text::find(r, &digest)? {
                found.push(FileWords {
                    digest: file.digest.clone(),
                    name: file.name.clone(),
                    text: words.body,
                    is_recognised: words.is_recognised,
                });
            }
        }
        Ok(found)
    })
}

/// The words of the files of something public now; none for what was withdrawn.
///
/// # Errors
/// [`ActionError::NotFound`] for what was never public.
pub fn words_of_public(app: &App, id: PublicationId) -> Result<Vec<FileWords>, ActionError> {
    let item = public::item(app, id)?;
    if item.withdrawn.is_some() {
        return Ok(Vec::new());
    }
    words_of(app, &item.item.files)
}
