//! How long recordings are: counted when they come, beside the bytes they were counted from.

use std::collections::BTreeMap;

use domain::publication::{Attachment, Purpose};
use store::{Digest, recording};

use crate::{ActionError, App};

/// Seconds of recordings by the digest of their file; only those that are known.
pub type Lengths = BTreeMap<String, u32>;

/// How long these files are.
///
/// # Errors
/// When the database fails.
pub fn lengths<'a>(
    app: &App,
    files: impl IntoIterator<Item = &'a Attachment>,
) -> Result<Lengths, ActionError> {
    app.read(|r| {
        let mut found = Lengths::new();
        for file in files {
            let Some(digest) =
                (file.purpose == Purpose::Sound).then(|| Digest::parse(&file.digest)).flatten()
            else {
                continue;
            };
            found.extend(recording::seconds(r, &digest)?.map(|seconds| (file.digest.clone(), seconds)));
        }
        Ok(found)
    })
}
