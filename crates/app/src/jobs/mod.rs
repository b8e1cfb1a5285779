//! Work without a person before the screen: what kinds there are, when each is due, who does it.
//!
//! A job is a row. Recurring work always has exactly one open row per kind, whose `run_at` is the next time by the
//! stored timetable; ending it plans the next in the same transaction, so several nodes on one database run it once
//! (JOB-04) and a server that was off at that time catches up once. `perform` says what a kind does; [`Worker`] is
//! the thread that does it.
//!
//! A new kind (publishing at a set time, updating an index) is a variant of [`Kind`], an arm of
//! `perform::prepare`, its words under `administration.job` in the locales. Work that a change causes is queued by
//! `store::job::enqueue` in the transaction of that change (JOB-01) and has no [`Kind::every_day_at`].

mod outcome;
mod overview;
mod perform;
mod timetable;
mod worker;

use domain::time::{self, Timestamp};
use jiff::civil::Time;
use store::job::RECURRING;
use store::{StoreError, Tx};

pub use outcome::Outcome;
pub use overview::{KindView, Overview, RunView, State, Warning, overview, run_now, warnings};
pub use timetable::{Timetable, TimetableForm, save_timetable, timetable};
pub use worker::{Worker, run_due};

pub(crate) use overview::{last_outcome, note};
pub(crate) use timetable::outside_is_on;

use crate::ActionError;

/// What can be done in the background. Closed: a row of another kind is left to the program that knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Ends old sessions, forgets old tries of signing in and old rows of this queue.
    Sweep,
    /// Takes what is personal out of registers when its time is over.
    PersonalData,
    /// Removes files that nothing refers to.
    Files,
    /// Makes a backup in the data folder and takes away the ones that are no longer to be kept.
    Backup,
    /// Checks ledger, rows, database and files.
    Verify,
    /// Looks for links of what is public that lead nowhere.
    Links,
    /// Asks other servers whether links of what is public still lead somewhere.
    OutsideLinks,
    /// Writes to people what is due soon or late.
    Reminders,
    /// Counts how long recordings are that were attached before lengths were kept.
    Lengths,
    /// Reads how large pictures are that came before sizes were kept.
    Pictures,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 10] = [
        Kind::Sweep,
        Kind::PersonalData,
        Kind::Files,
        Kind::Backup,
        Kind::Verify,
        Kind::Links,
        Kind::OutsideLinks,
        Kind::Reminders,
        Kind::Lengths,
        Kind::Pictures,
    ];

    /// The stored word; locale key `administration.job.kind_<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Sweep => "sweep",
            Kind::PersonalData => "personal_data",
            Kind::Files => "files",
            Kind::Backup => "backup",
            Kind::Verify => "verify",
            Kind::Links => "links",
            Kind::OutsideLinks => "outside_links",
            Kind::Reminders => "reminders",
            Kind::Lengths => "lengths",
            Kind::Pictures => "pictures",
        }
    }

    /// The kind with this stored word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// When it is due every day, in Vietnam; none for work that only a change causes.
    pub const fn every_day_at(self, timetable: &Timetable) -> Option<Time> {
        match self {
            Kind::Sweep => Some(timetable::SWEEP_AT),
            Kind::PersonalData => Some(timetable::PERSONAL_DATA_AT),
            Kind::Files => Some(timetable::FILES_AT),
            Kind::Backup => Some(timetable.backup_at),
            Kind::Verify => Some(timetable.verify_at),
            Kind::Links => Some(timetable::LINKS_AT),
            Kind::OutsideLinks => Some(timetable::OUTSIDE_AT),
            Kind::Reminders => Some(timetable::REMINDERS_AT),
            Kind::Lengths => Some(timetable::LENGTHS_AT),
            Kind::Pictures => Some(timetable::PICTURES_AT),
        }
    }
}

/// The first instant after `after` at which the clocks of Vietnam show `at`.
fn next(at: Time, after: Timestamp) -> Result<Timestamp, ActionError> {
    let out_of_range = |error: jiff::Error| ActionError::Internal(anyhow::Error::new(error));
    let on = |day: time::Day| Ok(day.to_datetime(at).to_zoned(time::vietnam())?.timestamp());
    let today = time::day_of(after);
    let candidate = on(today).map_err(out_of_range)?;
    if candidate > after {
        return Ok(candidate);
    }
    today.tomorrow().and_then(on).map_err(out_of_range)
}

/// Queues recurring work that has no open row.
fn plan(tx: &mut Tx<'_>) -> Result<(), ActionError> {
    let timetable = timetable::read(tx)?;
    for kind in Kind::ALL {
        let Some(at) = kind.every_day_at(&timetable) else { continue };
        if store::job::open(tx, kind.word(), RECURRING)?.is_none() {
            let run_at = next(at, tx.now())?;
            store::job::enqueue(tx, kind.word(), "{}", Some(RECURRING), run_at)?;
        }
    }
    Ok(())
}

/// Whether some recurring work has no open row.
fn is_unplanned(r: &mut store::Reader<'_>) -> Result<bool, StoreError> {
    let timetable = timetable::read(r)?;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.every_day_at(&timetable).is_some()) {
        if store::job::open(r, kind.word(), RECURRING)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time as clock;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_time_is_later_today_or_tomorrow_in_vietnam() {
        let two = clock(2, 0, 0, 0);
        assert_eq!(next(two, at("2026-11-22T18:59:59Z")).unwrap(), at("2026-11-22T19:00:00Z"));
        assert_eq!(next(two, at("2026-11-22T19:00:00Z")).unwrap(), at("2026-11-23T19:00:00Z"));
        assert_eq!(next(two, at("2026-12-31T20:00:00Z")).unwrap(), at("2027-01-01T19:00:00Z"));
    }

    #[test]
    fn words_of_kinds_are_found_again() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
        }
        assert_eq!(Kind::from_word("mail"), None);
        for word in store::job::DUE_AFTER_RESTORE {
            assert!(
                Kind::from_word(word).is_some_and(|kind| kind.every_day_at(&Timetable::default()).is_some())
            );
        }
    }
}
