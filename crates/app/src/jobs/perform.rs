//! What each kind of job does.

use jiff::SignedDuration;
use store::Tx;
use store::job::JobRow;

use super::{Kind, Outcome, timetable};
use crate::account::limits::{AGE_HOURS, IDLE_MINUTES, KNOWN_DAYS};
use crate::security::KEPT_DAYS;
use crate::{ActionError, Actor, App, overseeing, retention};

/// Ended jobs are shown for a quarter.
const ENDED_DAYS: i64 = 92;

/// What is left to do in the transaction that ends the job: everything that writes the database.
pub(super) type Finish<'a> = Box<dyn FnOnce(&mut Tx<'_>) -> Result<Outcome, ActionError> + 'a>;

/// Does the slow part of a job, outside any transaction, and gives the rest. What it does outside the database must
/// be harmless when done twice: a worker may be killed between the two (JOB-02).
///
/// # Errors
/// Those of the work.
pub(super) fn prepare<'a>(app: &'a App, kind: Kind, job: &JobRow) -> Result<Finish<'a>, ActionError> {
    match kind {
        Kind::Sweep => Ok(Box::new(sweep)),
        Kind::PersonalData => {
            let outcome = retention::forget_personal(app)?;
            Ok(Box::new(|_| Ok(outcome)))
        }
        Kind::Files => {
            let outcome = retention::remove_files(app)?;
            Ok(Box::new(|_| Ok(outcome)))
        }
        Kind::Backup => backup(app, job),
        Kind::Links => {
            let outcome = crate::links::check(app)?;
            Ok(Box::new(|_| Ok(outcome)))
        }
        Kind::OutsideLinks => {
            let looked = crate::links::outside::look(app)?;
            Ok(Box::new(|tx| looked.keep(tx)))
        }
        Kind::Lengths => {
            let measured = crate::radio::measure(app)?;
            Ok(Box::new(|tx| measured.keep(tx)))
        }
        Kind::Pictures => {
            let measured = crate::publication::measure_pictures(app)?;
            Ok(Box::new(|tx| measured.keep(tx)))
        }
        Kind::Reminders => Ok(Box::new(crate::mail::remind)),
        Kind::Verify => {
            let outcome = overseeing::verify(app, &Actor::system(), &mut |_, _| {})?.outcome();
            Ok(Box::new(|tx| {
                store::security::anchor(tx)?;
                Ok(outcome)
            }))
        }
    }
}

fn sweep(tx: &mut Tx<'_>) -> Result<Outcome, ActionError> {
    let now = tx.now();
    let ago = |span: SignedDuration| now.checked_sub(span).unwrap_or(domain::time::Timestamp::MIN);
    let idle = ago(SignedDuration::from_mins(IDLE_MINUTES));
    let sessions = store::session::sweep(tx, idle, ago(SignedDuration::from_hours(AGE_HOURS)))?;
    // Failures and forms count for 24 hours; from where a person signed in counts longest.
    store::attempt::sweep(tx, ago(SignedDuration::from_hours(KNOWN_DAYS * 24)))?;
    store::job::sweep(tx, ago(SignedDuration::from_hours(ENDED_DAYS * 24)))?;
    crate::mail::sweep(tx)?;
    crate::notice::forget_contacts(tx)?;
    crate::press::forget_reporters(tx)?;
    crate::data_request::forget_people(tx)?;
    crate::security::forget_old(tx, ago(SignedDuration::from_hours(KEPT_DAYS * 24)))?;
    Ok(Outcome::good("swept").with("sessions", sessions))
}

/// A backup that was made since the job was due is the job's own, made by a worker that was killed before it could
/// say so, or a person's: no second one is made.
fn backup<'a>(app: &App, job: &JobRow) -> Result<Finish<'a>, ActionError> {
    let shelf = overseeing::backup_folder(app);
    let due = job.run_at;
    let made = store::archive::on_shelf(&shelf)?.into_iter().find(|kept| kept.made_at >= due);
    let name = match made {
        Some(kept) => kept.name,
        None => overseeing::back_up(app)?,
    };
    let keep = app.read(|r| Ok(timetable::read(r)?))?.keep_days;
    let removed = store::archive::thin_out(&shelf, keep.into())?;
    if !removed.is_empty() {
        tracing::info!(?removed, "old backups taken away");
    }
    let outcome = Outcome::good("backed_up").with("name", name).with("removed", removed.len());
    Ok(Box::new(|_| Ok(outcome)))
}
