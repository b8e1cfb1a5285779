//! When recurring work is done and how long backups are kept: rows of the settings.

use domain::access::Capability;
use jiff::civil::{Time, time};
use store::{Reader, StoreError};

use super::{Kind, RECURRING, next};
use crate::{ActionError, Actor, App, Invalid};

/// Sweeping takes a moment and matters to nobody: before the backup, which then is smaller.
pub(super) const SWEEP_AT: Time = time(0, 30, 0, 0);

/// Forgetting what is personal and past its time, then removing files: before the backup, which then lacks both.
pub(super) const PERSONAL_DATA_AT: Time = time(0, 40, 0, 0);
pub(super) const FILES_AT: Time = time(0, 50, 0, 0);

/// Looking for broken links: after the backup and the check, before the office opens.
pub(super) const LINKS_AT: Time = time(4, 0, 0, 0);

/// Asking other servers for the links that lead to them.
pub(super) const OUTSIDE_AT: Time = time(4, 30, 0, 0);

/// Counting the length of recordings without one.
pub(super) const LENGTHS_AT: Time = time(5, 0, 0, 0);

/// Reading the size of pictures without one.
pub(super) const PICTURES_AT: Time = time(5, 30, 0, 0);

/// Writing to people what is due: before the office opens.
pub(super) const REMINDERS_AT: Time = time(6, 30, 0, 0);

const BACKUP_AT: &str = "jobs.backup_at";
const VERIFY_AT: &str = "jobs.verify_at";
const KEEP_DAYS: &str = "jobs.backup_keep_days";
/// Whether other servers are asked: `on`; everything else is off.
const OUTSIDE: &str = "links.outside";
const ON: &str = "on";
const OFF: &str = "off";

/// Days with a backup that are kept at least and at most.
const KEPT: std::ops::RangeInclusive<u16> = 2..=400;

/// When recurring work is done. Times are of Vietnam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timetable {
    /// The daily backup.
    pub backup_at: Time,
    /// The daily check of the ledger.
    pub verify_at: Time,
    /// Of so many days with a backup the newest one is kept; older ones are taken away.
    pub keep_days: u16,
    /// Whether other servers are asked for the links that lead to them.
    pub outside_links: bool,
}

impl Default for Timetable {
    /// At night, the backup first; backups of 14 days.
    fn default() -> Timetable {
        Timetable {
            backup_at: time(1, 0, 0, 0),
            verify_at: time(2, 0, 0, 0),
            keep_days: 14,
            outside_links: false,
        }
    }
}

/// A timetable as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimetableForm {
    /// `01:00`.
    pub backup_at: String,
    /// `02:00`.
    pub verify_at: String,
    /// `14`.
    pub keep_days: String,
    /// Whether other servers are asked for links.
    pub outside_links: bool,
}

/// Reads it; a row that cannot be read stands for its default, so that backups go on.
pub(super) fn read(r: &mut Reader<'_>) -> Result<Timetable, StoreError> {
    let usual = Timetable::default();
    let mut row = |key: &str| store::setting::get(r, key);
    let (backup, verify, keep) = (row(BACKUP_AT)?, row(VERIFY_AT)?, row(KEEP_DAYS)?);
    let outside_links = row(OUTSIDE)?.as_deref() == Some(ON);
    Ok(Timetable {
        backup_at: backup.as_deref().and_then(time_of).unwrap_or(usual.backup_at),
        verify_at: verify.as_deref().and_then(time_of).unwrap_or(usual.verify_at),
        keep_days: keep.as_deref().and_then(days_of).unwrap_or(usual.keep_days),
        outside_links,
    })
}

fn time_of(text: &str) -> Option<Time> {
    Time::strptime("%H:%M", text.trim()).ok()
}

fn days_of(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|days| KEPT.contains(days))
}

fn shown(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

impl Timetable {
    /// As it is typed.
    pub fn form(&self) -> TimetableForm {
        TimetableForm {
            backup_at: shown(self.backup_at),
            verify_at: shown(self.verify_at),
            keep_days: self.keep_days.to_string(),
            outside_links: self.outside_links,
        }
    }
}

/// Whether other servers are asked for the links that lead to them.
pub(crate) fn outside_is_on(app: &App) -> Result<bool, ActionError> {
    app.read(|r| Ok(read(r)?.outside_links))
}

/// The timetable.
///
/// # Errors
/// Without the right to administer.
pub fn timetable(app: &App, actor: &Actor) -> Result<Timetable, ActionError> {
    actor.require(Capability::Administer)?;
    app.read(|r| Ok(read(r)?))
}

/// Changes the timetable; what waits moves to its new time.
///
/// # Errors
/// [`ActionError::Invalid`] for a time that is none or days outside 2 to 400; without the right to administer.
pub fn save_timetable(app: &App, actor: &Actor, form: &TimetableForm) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    let mut wrong = Vec::new();
    let mut time = |field: &str, text: &str| {
        let read = time_of(text);
        if read.is_none() {
            wrong.push(Invalid::new(field, "time_expected"));
        }
        read
    };
    let (backup_at, verify_at) = (time("backup_at", &form.backup_at), time("verify_at", &form.verify_at));
    let keep_days = days_of(&form.keep_days);
    if keep_days.is_none() {
        let invalid = Invalid::new("keep_days", "number_between");
        wrong.push(invalid.with("least", KEPT.start()).with("most", KEPT.end()));
    }
    let (Some(backup_at), Some(verify_at), Some(keep_days)) = (backup_at, verify_at, keep_days) else {
        return Err(ActionError::Invalid(wrong));
    };
    let new = Timetable { backup_at, verify_at, keep_days, outside_links: form.outside_links };
    app.write(actor, |tx| {
        let old = read(tx)?;
        let rows = new.form();
        store::setting::set(tx, BACKUP_AT, &rows.backup_at)?;
        store::setting::set(tx, VERIFY_AT, &rows.verify_at)?;
        store::setting::set(tx, KEEP_DAYS, &rows.keep_days)?;
        if new.outside_links != old.outside_links {
            store::setting::set(tx, OUTSIDE, if new.outside_links { ON } else { OFF })?;
        }
        for kind in Kind::ALL {
            let at = kind.every_day_at(&new);
            if let Some(at) = at.filter(|_| at != kind.every_day_at(&old)) {
                store::job::move_to(tx, kind.word(), RECURRING, next(at, tx.now())?)?;
            }
        }
        Ok(())
    })
}
