//! One writer with group commit (ADR 0002).
//!
//! Writers queue for one connection. The first opens a transaction; each that follows runs inside its own savepoint;
//! the last of those waiting (or the one that fills the group) commits for all. The first needs no savepoint: when it
//! fails there is nothing else to keep. A long import so pays for none, whose journal would grow with every page. Nobody is answered before that commit
//! returned. The head of the ledger is read once per group, under a lock that other nodes respect, carried in
//! memory and written back before the commit.

use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use domain::time::Timestamp;

use crate::StoreError;
use crate::database::{Target, open_writer};
use crate::ledger::Head;
use crate::reader::Reader;
use crate::source::{Actor, NewId, Sources};
use crate::sql::{Connection, Param};

/// Writes in one commit at most.
const GROUP: usize = 64;

pub(crate) struct Writer {
    target: Target,
    /// How many wait for the connection.
    waiting: AtomicUsize,
    state: Mutex<State>,
    ended: Condvar,
    /// Why no more is written.
    fence: OnceLock<String>,
}

struct State {
    connection: Connection,
    group: Option<Group>,
}

/// The open transaction.
struct Group {
    head: Head,
    members: usize,
    outcome: Arc<Outcome>,
}

/// How a group ended: nothing, or why nothing of it was saved.
type Outcome = OnceLock<Option<String>>;

impl Writer {
    pub(crate) fn new(target: Target, connection: Connection) -> Writer {
        Writer {
            target,
            waiting: AtomicUsize::new(0),
            state: Mutex::new(State { connection, group: None }),
            ended: Condvar::new(),
            fence: OnceLock::new(),
        }
    }

    pub(crate) fn fence(&self) -> Option<String> {
        self.fence.get().cloned()
    }

    fn refuse_when_fenced(&self, state: &mut State) -> Result<(), StoreError> {
        let Some(why) = self.fence.get() else { return Ok(()) };
        self.fail_group(state, why);
        Err(StoreError::Fenced(why.clone()))
    }

    /// Closes writing when the storage itself failed.
    pub(crate) fn note(&self, error: &StoreError) {
        if error.is_of_storage() {
            self.close(&error.to_string());
        }
    }

    fn close(&self, why: &str) {
        tracing::error!(%why, "the storage failed; writing is closed until a restart");
        let _ = self.fence.set(why.to_owned());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        guard
    }

    /// Runs `work` with no group open.
    pub(crate) fn alone<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.lock();
        self.refuse_when_fenced(&mut state)?;
        self.end_group(&mut state);
        self.reconnect(&mut state)?;
        let result = work(&mut state.connection);
        state.connection.rollback();
        if let Err(error) = &result {
            self.note(error);
        }
        result
    }

    pub(crate) fn write<T, E, F>(&self, sources: &Sources, actor: &Actor, write: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
    {
        let mut state = self.lock();
        self.refuse_when_fenced(&mut state)?;
        if state.group.is_none() {
            self.begin_group(&mut state)?;
        }
        let State { connection, group: Some(group) } = &mut *state else {
            return Err(StoreError::Unavailable("no transaction".into()).into());
        };
        group.members += 1;
        let is_full = group.members >= GROUP;
        let outcome = Arc::clone(&group.outcome);
        let is_first = group.members == 1;
        let (result, trouble) = if is_first {
            run(connection, &mut group.head, sources, actor, write)
        } else {
            in_savepoint(connection, &mut group.head, sources, actor, write)
        };
        if let Some(error) = trouble {
            self.note(&error);
            self.fail_group(&mut state, &error.to_string());
        } else if is_first && !matches!(result, Ok(Ok(_))) {
            self.drop_group(&mut state);
        } else if is_full || self.waiting.load(Ordering::SeqCst) == 0 {
            self.end_group(&mut state);
        }
        let state =
            self.ended.wait_while(state, |_| outcome.get().is_none()).unwrap_or_else(PoisonError::into_inner);
        drop(state);
        match (result, outcome.get()) {
            (Err(panic), _) => resume_unwind(panic),
            (Ok(Ok(_)), Some(Some(why))) => Err(StoreError::NotSaved(why.clone()).into()),
            (Ok(result), _) => result,
        }
    }

    fn reconnect(&self, state: &mut State) -> Result<(), StoreError> {
        if state.connection.is_closed() {
            state.connection = open_writer(&self.target)?;
        }
        Ok(())
    }

    fn begin_group(&self, state: &mut State) -> Result<(), StoreError> {
        self.reconnect(state)?;
        let begun = state.connection.begin_write().and_then(|()| Head::lock(&mut state.connection));
        match begun {
            Ok(head) => {
                state.group = Some(Group { head, members: 0, outcome: Arc::default() });
                Ok(())
            }
            Err(error) => {
                state.connection.rollback();
                self.note(&error);
                Err(error)
            }
        }
    }

    /// Commits the open group, when there is one, and tells its members.
    fn end_group(&self, state: &mut State) {
        let Some(group) = state.group.take() else { return };
        let committed = group.head.save(&mut state.connection).and_then(|()| state.connection.commit());
        let outcome = match committed {
            Ok(()) => None,
            Err(error) => {
                state.connection.rollback();
                let why = error.to_string();
                // A commit that failed for another reason than a full disk leaves open what reached the disk.
                if error.is_of_storage()
                    || !(state.connection.is_postgres() || matches!(error, StoreError::Full))
                {
                    self.close(&why);
                }
                Some(why)
            }
        };
        let _ = group.outcome.set(outcome);
        self.ended.notify_all();
    }

    /// Takes back what the only member of a group did, which knows why itself.
    fn drop_group(&self, state: &mut State) {
        state.connection.rollback();
        if let Some(group) = state.group.take() {
            let _ = group.outcome.set(None);
        }
        self.ended.notify_all();
    }

    fn fail_group(&self, state: &mut State, why: &str) {
        state.connection.rollback();
        if let Some(group) = state.group.take() {
            let _ = group.outcome.set(Some(why.to_owned()));
        }
        self.ended.notify_all();
    }
}

/// How the work of a member ended and, apart from that, the trouble that ends the whole group.
type Ran<T, E> = (std::thread::Result<Result<T, E>>, Option<StoreError>);

/// Runs the work of one member. A statement that failed inside makes the member fail, whatever it says itself.
fn run<T, E, F>(
    connection: &mut Connection,
    head: &mut Head,
    sources: &Sources,
    actor: &Actor,
    write: F,
) -> Ran<T, E>
where
    E: From<StoreError>,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
{
    let mut tx = Tx {
        reader: Reader::new(connection),
        head,
        actor: actor.name.clone(),
        now: whole_milliseconds(sources.clock.now()),
        sources: sources.clone(),
    };
    let mut result = catch_unwind(AssertUnwindSafe(|| write(&mut tx)));
    let failed = tx.reader.failed();
    let mut trouble = tx.reader.take_storage_failure().map(StoreError::Fenced);
    if failed && matches!(result, Ok(Ok(_))) {
        result = Ok(Err(StoreError::Aborted.into()));
    }
    if !connection.in_transaction() {
        trouble = trouble.or(Some(StoreError::Unavailable("the database gave up the transaction".into())));
    }
    (result, trouble)
}

/// Runs a member that follows others: when it fails, what they did stays.
fn in_savepoint<T, E, F>(
    connection: &mut Connection,
    head: &mut Head,
    sources: &Sources,
    actor: &Actor,
    write: F,
) -> Ran<T, E>
where
    E: From<StoreError>,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
{
    if let Err(error) = connection.batch("SAVEPOINT member") {
        let why = error.to_string();
        return (Ok(Err(error.into())), Some(StoreError::Unavailable(why)));
    }
    let head_before = head.clone();
    let (result, mut trouble) = run(connection, head, sources, actor, write);
    let kept = matches!(result, Ok(Ok(_)));
    if !kept {
        *head = head_before;
    }
    let end = if kept {
        "RELEASE SAVEPOINT member"
    } else {
        "ROLLBACK TO SAVEPOINT member; RELEASE SAVEPOINT member"
    };
    if connection.in_transaction()
        && let Err(error) = connection.batch(end)
    {
        trouble = trouble.or(Some(error));
    }
    (result, trouble)
}

/// What is stored is read back equal.
fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// A transaction: reads as [`Reader`], writes, records in the ledger.
pub struct Tx<'c> {
    reader: Reader<'c>,
    pub(crate) head: &'c mut Head,
    pub(crate) actor: String,
    now: Timestamp,
    sources: Sources,
}

impl<'c> Deref for Tx<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl<'c> DerefMut for Tx<'c> {
    fn deref_mut(&mut self) -> &mut Reader<'c> {
        &mut self.reader
    }
}

impl Tx<'_> {
    /// The instant of this transaction: every row of one act bears the same.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The instant of this transaction in milliseconds, as stored.
    pub(crate) fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// Who acts.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// A new id.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`].
    pub fn new_id<I: NewId>(&mut self) -> Result<I, StoreError> {
        let mut random = [0; 16];
        self.sources.random.fill(&mut random)?;
        let milliseconds = u64::try_from(self.now_ms()).unwrap_or(0);
        Ok(I::from_parts(milliseconds, u128::from_be_bytes(random)))
    }

    /// Random bytes: salts, codes.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`].
    pub fn random<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.sources.random.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
        self.reader.guarded(|connection| connection.execute(sql, params))
    }

    /// Runs a statement that must change one row of `table`; none means that it changed since it was read.
    pub(crate) fn execute_one(
        &mut self,
        table: &'static str,
        id: &str,
        sql: &str,
        params: &[Param<'_>],
    ) -> Result<(), StoreError> {
        match self.execute(sql, params)? {
            0 => Err(StoreError::Stale { table, id: id.to_owned() }),
            _ => Ok(()),
        }
    }
}
