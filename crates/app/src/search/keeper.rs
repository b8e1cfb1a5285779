//! Keeping the index in step with the database, and making it from nothing.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use ::search::{Change, Error, Index, Mark};
use store::public_item::{self as rows, PublicItem};

use super::entry;
use crate::{ActionError, App};

/// How often the keeper looks for what others wrote; what this program wrote is seen by the next search.
const LOOK: Duration = Duration::from_secs(2);
/// How long it waits after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(30);
/// Items read at a time.
const BATCH: u16 = 500;

/// A thread that makes the index when it is missing and keeps it in step until it is stopped.
#[derive(Debug)]
pub struct Keeper {
    stop: Sender<()>,
    stopped: Receiver<()>,
}

impl Keeper {
    /// Starts one.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(app: App) -> Result<Keeper, ActionError> {
        let (stop, stopping) = mpsc::channel();
        let (ended, stopped) = mpsc::channel();
        let work = move || {
            let _ended: Sender<()> = ended;
            // Dropped before the end is told: whoever waited for it may open the index at once.
            let app = app;
            keep_until(&app, &stopping);
        };
        std::thread::Builder::new().name("search".to_owned()).spawn(work).map_err(anyhow::Error::new)?;
        Ok(Keeper { stop, stopped })
    }

    /// Asks it to stop and waits so long for that. Says whether it ended; what is not finished is done after the next
    /// start.
    pub fn stop(self, patience: Duration) -> bool {
        drop(self.stop);
        self.stopped.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
    }
}

fn keep_until(app: &App, stopping: &Receiver<()>) {
    let mut is_told = false;
    loop {
        let wait = match turn(app) {
            Ok(()) => LOOK,
            // Another program with this data folder writes the index; here it is only read.
            Err(ActionError::Refused(code)) => {
                if !is_told {
                    tracing::warn!(code, "the search index is kept by another program");
                }
                is_told = true;
                AFTER_FAILURE
            }
            Err(error) => {
                tracing::error!(%error, "the search index cannot be kept in step");
                AFTER_FAILURE
            }
        };
        if stopping.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn turn(app: &App) -> Result<(), ActionError> {
    let place = app.search_place();
    let index = place.opened(app.folder())?;
    if place.ready().is_none() {
        let upto = index.mark().map_err(|error| place.failed(error))?;
        // An index of another state of the database, as after a backup was brought back, cannot be read on.
        let is_of_this = upto.sequence > 0 && upto == mark_at(app, number(upto.sequence))?;
        place.set_ready(is_of_this);
        index.claim().map_err(|error| place.failed(error))?;
        if !is_of_this {
            rebuild(app, &mut |_| ())?;
        }
        place.set_ready(true);
    }
    catch_up(app)
}

/// Takes in all that changed since the index last looked. Does nothing while there is no index to ask.
///
/// # Errors
/// When the database or the index fails.
pub fn catch_up(app: &App) -> Result<(), ActionError> {
    let place = app.search_place();
    let Some(index) = place.ready() else { return Ok(()) };
    let upto = mark(&index).map_err(|error| place.failed(error))?;
    if app.read(|r| Ok(rows::newest_change(r)?))? <= upto {
        return place.show(&index, upto).map_err(|error| place.failed(error));
    }
    let _updating = place.updating();
    match take_in(app, &index) {
        Ok(()) => Ok(()),
        Err(Failure::Action(error)) => Err(error),
        // Who keeps it has taken the changes in, or is about to.
        Err(Failure::Index(Error::Busy)) => {
            index.refresh().map_err(|error| place.failed(error))?;
            Err(place.failed(Error::Busy))
        }
        Err(Failure::Index(error)) => Err(place.failed(error)),
    }
}

/// What stops an update.
enum Failure {
    Index(Error),
    Action(ActionError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Index(error)
    }
}

fn mark(index: &Index) -> Result<i64, Error> {
    Ok(number(index.upto()?))
}

fn number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

/// The mark of an index that holds what was public at a ledger entry: the entry's hash tells this database.
fn mark_at(app: &App, sequence: i64) -> Result<Mark, ActionError> {
    let proof = app.read(|r| Ok(store::ledger::hash_at(r, sequence)?))?.unwrap_or_default();
    Ok(Mark { sequence: u64::try_from(sequence).unwrap_or(0), proof })
}

fn take_in(app: &App, index: &Index) -> Result<(), Failure> {
    let mut after = (mark(index)?, "~".to_owned());
    loop {
        let changed =
            app.read(|r| Ok(rows::changed_since(r, (after.0, &after.1), BATCH)?)).map_err(Failure::Action)?;
        let Some(last) = changed.last() else { return Ok(()) };
        let is_all = changed.len() < usize::from(BATCH);
        // A change of many items may go on in the next batch: only what is before it is surely all here.
        let upto = if is_all { last.changed } else { last.changed - 1 };
        let batch: Vec<Change> = changed
            .iter()
            .map(|item| change(app, item))
            .collect::<Result<_, _>>()
            .map_err(Failure::Action)?;
        index.apply(&batch, mark_at(app, upto).map_err(Failure::Action)?)?;
        after = (last.changed, last.id.to_string());
        if is_all {
            return Ok(());
        }
    }
}

fn change(app: &App, item: &PublicItem) -> Result<Change, ActionError> {
    let entry = entry::of(app, item)?;
    Ok(entry.map_or_else(|| Change::Remove(item.id.to_string()), |entry| Change::Put(Box::new(entry))))
}

/// Makes the index anew from the database and tells how many items are in; gives how many there were. Searches of
/// this program see the old content until it is done.
///
/// # Errors
/// [`ActionError::Refused`] with `search_index_in_use` while a server keeps the index; when database or disk fail.
pub fn rebuild(app: &App, progress: &mut dyn FnMut(u64)) -> Result<u64, ActionError> {
    let place = app.search_place();
    let index = place.opened(app.folder())?;
    let _updating = place.updating();
    let failed = |error| place.failed(error);
    // What changes from here on is read again by whoever catches up.
    let newest = app.read(|r| Ok(rows::newest_change(r)?))?;
    let mut rebuild = index.rebuild().map_err(failed)?;
    let (mut after, mut count) = ((0, String::new()), 0);
    loop {
        let items = app.read(|r| Ok(rows::changed_since(r, (after.0, &after.1), BATCH)?))?;
        for item in items.iter().filter(|item| item.changed <= newest) {
            if let Some(entry) = entry::of(app, item)? {
                rebuild.put(&entry).map_err(failed)?;
                count += 1;
            }
        }
        progress(count);
        let Some(last) = items.last().filter(|last| last.changed <= newest) else { break };
        after = (last.changed, last.id.to_string());
    }
    rebuild.finish(mark_at(app, newest)?).map_err(failed)?;
    index.claim().map_err(failed)?;
    Ok(count)
}
