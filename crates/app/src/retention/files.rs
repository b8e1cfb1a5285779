//! Files that nothing refers to: imports only looked at, rows given back, texts of Word that were not taken, files taken
//! off again, recordings of a sending that was put aside.
//!
//! First the rows go, in a transaction with its entry; then the files are set aside, where they are still found; a later
//! run deletes them. A file that was named again meanwhile is put back.

use std::collections::BTreeSet;

use domain::register::keeping;
use jiff::SignedDuration;
use store::blob::{self, Removed};

use super::before;
use crate::jobs::Outcome;
use crate::{ActionError, Actor, App, rules};

/// A file that was set aside is deleted after a day at the earliest: no upload and no backup takes so long.
const ASIDE: SignedDuration = SignedDuration::from_hours(24);

/// Removes what no row names and is older than the rule says.
///
/// # Errors
/// When database or files fail; what was done stays done, and the rest is done the next time.
pub(crate) fn remove_files(app: &App) -> Result<Outcome, ActionError> {
    let policy = app.read(rules::load)?;
    let Some(before) = before(app, &policy.law, keeping::FILE) else {
        return Ok(Outcome::bad("no_rule").with("rule", keeping::FILE));
    };
    let now = app.now();
    let unused = app.read(|r| Ok(blob::unused(r, before)?))?;
    let removed = app.write(&Actor::system(), |tx| {
        store::import::end_claims(tx, before)?;
        if unused.is_empty() { Ok(Removed::default()) } else { Ok(blob::remove_unused(tx, &unused)?) }
    })?;
    for digest in &removed.digests {
        app.blobs().set_aside(digest, now)?;
    }
    // Listed before the rows are read: a file that is kept in this moment is in neither or in both.
    let listed = app.blobs().listed()?;
    let known = known(app)?;
    let mut strays = 0_usize;
    for digest in listed.iter().filter(|digest| !known.contains(*digest)) {
        strays += usize::from(app.blobs().set_aside(digest, now)?);
    }
    let deleted = clear_aside(app, before)?;
    if !removed.digests.is_empty() {
        app.database().truncate_log()?;
    }
    let (files, bytes) = (removed.digests.len(), removed.bytes);
    tracing::info!(files, bytes, strays, deleted, "files that nothing refers to");
    let outcome = Outcome::good("files_removed").with("files", files).with("bytes", bytes);
    Ok(outcome.with("strays", strays).with("deleted", deleted))
}

fn known(app: &App) -> Result<BTreeSet<store::Digest>, ActionError> {
    let rows = app.read(|r| Ok(blob::all(r)?))?;
    Ok(rows.into_iter().map(|row| row.digest).collect())
}

/// Puts back what a row names again and deletes what was set aside long enough; says how many were deleted.
fn clear_aside(app: &App, before: domain::time::Timestamp) -> Result<usize, ActionError> {
    let aside = app.blobs().aside()?;
    let known = known(app)?;
    let until = app.now().checked_sub(ASIDE).map_or(before, |day_ago| before.min(day_ago));
    let mut deleted = 0;
    for file in aside {
        if known.contains(&file.digest) {
            app.blobs().put_back(&file)?;
        } else if file.at < until {
            app.blobs().delete_aside(&file)?;
            deleted += 1;
        }
    }
    Ok(deleted)
}
