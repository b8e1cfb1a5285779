//! How much a person may hand in on one day (checklist UPL-A09): so many files, so many megabytes, as the settings say. What
//! is refused counts as nothing; the command line and jobs have no such limit.

use domain::access::Capability;
use domain::time;
use store::{Reader, Tx};

use crate::{ActionError, Actor, App, Invalid};

const FILES: &str = "uploads.files_a_day";
const MEGABYTES: &str = "uploads.megabytes_a_day";

/// What may be set.
const RANGE: std::ops::RangeInclusive<u32> = 1..=100_000;

const MEGABYTE: i64 = 1024 * 1024;

/// What one person may hand in on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Files.
    pub files: u32,
    /// Megabytes of all of them together.
    pub megabytes: u32,
}

impl Default for Quota {
    /// The documents and recordings of some years in one day, and no more than a disk holds.
    fn default() -> Quota {
        Quota { files: 3_000, megabytes: 5_000 }
    }
}

/// Limits as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuotaForm {
    /// `3000`.
    pub files: String,
    /// `5000`.
    pub megabytes: String,
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|number| RANGE.contains(number))
}

/// Reads it; a row that cannot be read stands for its default.
fn read(r: &mut Reader<'_>) -> Result<Quota, ActionError> {
    let usual = Quota::default();
    let (files, megabytes) = (store::setting::get(r, FILES)?, store::setting::get(r, MEGABYTES)?);
    Ok(Quota {
        files: files.as_deref().and_then(number).unwrap_or(usual.files),
        megabytes: megabytes.as_deref().and_then(number).unwrap_or(usual.megabytes),
    })
}

/// What one person may hand in on one day.
///
/// # Errors
/// Without the right to administer.
pub fn quota(app: &App, actor: &Actor) -> Result<Quota, ActionError> {
    actor.require(Capability::Administer)?;
    app.read(read)
}

/// Changes it.
///
/// # Errors
/// Without the right to administer; for a number outside 1 to 100,000.
pub fn save_quota(app: &App, actor: &Actor, form: &QuotaForm) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let (files, megabytes) = (number(&form.files), number(&form.megabytes));
    let mut wrong = Vec::new();
    for (field, value) in [("files", files), ("megabytes", megabytes)] {
        if value.is_none() {
            let invalid = Invalid::new(field, "number_between");
            wrong.push(invalid.with("least", RANGE.start()).with("most", RANGE.end()));
        }
    }
    let (Some(files), Some(megabytes)) = (files, megabytes) else { return Err(ActionError::Invalid(wrong)) };
    app.write(actor, |tx| {
        store::setting::set(tx, FILES, &files.to_string())?;
        store::setting::set(tx, MEGABYTES, &megabytes.to_string())?;
        Ok(())
    })
}

/// Counts a file of so many bytes that a person hands in, before anything is done with it.
///
/// # Errors
/// Field `file` when the day's files or megabytes are used up; then nothing is counted.
pub(crate) fn spend(app: &App, actor: &Actor, bytes: usize) -> Result<(), ActionError> {
    if actor.person.is_none() {
        return Ok(());
    }
    let day = time::start_of(app.today()).map_err(anyhow::Error::new)?;
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let spent = app.write(actor, |tx: &mut Tx<'_>| {
        let quota = read(tx)?;
        let counted = [
            (format!("upload_files:{}", actor.name), 1, i64::from(quota.files)),
            (format!("upload_bytes:{}", actor.name), bytes, i64::from(quota.megabytes) * MEGABYTE),
        ];
        for (bucket, more, most) in &counted {
            if store::attempt::tries(tx, bucket, day)?.saturating_add(*more) > *most {
                return Err(ActionError::invalid("file", "upload_quota"));
            }
        }
        for (bucket, more, _) in &counted {
            store::attempt::count_up_by(tx, bucket, day, *more)?;
        }
        Ok(())
    });
    if matches!(spent, Err(ActionError::Invalid(_))) {
        let actor = actor.name.as_str();
        tracing::warn!(target: "security", event = "upload_quota", actor, bytes, "upload over the day's limit");
    }
    spent
}
