//! How long recordings are: counted when they come, beside the bytes they were counted from.

use std::collections::BTreeMap;

use domain::publication::{Attachment, Purpose};
use store::{Digest, Tx, recording};

use crate::file_reader::{self, Problem};
use crate::jobs::Outcome;
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

/// Recordings that are measured in one night: each takes a helper some seconds at most.
const A_NIGHT: u16 = 500;

/// Lengths that were counted and are to be kept.
pub(crate) struct Measured(Vec<(Digest, Option<u32>)>);

/// Counts how long recordings are of which nobody has looked: those attached before lengths were kept. One that tells
/// nothing is not looked at again; one that could not be looked at is.
///
/// # Errors
/// When the database fails.
pub(crate) fn measure(app: &App) -> Result<Measured, ActionError> {
    let waiting = app.read(|r| Ok(recording::unmeasured(r, A_NIGHT)?))?;
    let mut measured = Vec::new();
    for digest in waiting {
        // A file that is missing is told by the nightly check.
        let Ok(bytes) = app.blobs().get(&digest) else { continue };
        match file_reader::length(app, &bytes) {
            Ok(seconds) => measured.push((digest, seconds)),
            Err(Problem::Refused(_)) => measured.push((digest, None)),
            Err(Problem::Unread(_)) => {}
        }
    }
    Ok(Measured(measured))
}

impl Measured {
    /// Keeps them.
    pub(crate) fn keep(self, tx: &mut Tx<'_>) -> Result<Outcome, ActionError> {
        for (digest, seconds) in &self.0 {
            recording::put(tx, digest, *seconds)?;
        }
        Ok(Outcome::good("measured").with("recordings", self.0.len()))
    }
}
