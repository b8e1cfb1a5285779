//! Opening a database, reading a snapshot, and the pool behind it. Writing is in [`crate::writer`].

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::reader::Reader;
use crate::source::{Actor, Sources};
use crate::sql::{Connection, Postgres, Sqlite};
use crate::writer::{Tx, Writer};
use crate::{StoreError, files, migrate};

/// Connections for reading at most.
const READERS: usize = 8;

/// How long a reader waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file; its folder is the data directory and belongs to it alone.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database, with its password where it has one.
    Postgres(String),
}

impl Target {
    /// Reads `path/to/dir/phatngon.db` or `postgres://user@host/name`.
    ///
    /// # Errors
    /// [`StoreError::BadTarget`] for another scheme or an empty text.
    pub fn parse(text: &str) -> Result<Target, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Target::Postgres(text.to_owned()));
        }
        match text.split_once("://") {
            Some((scheme, _)) => Err(StoreError::BadTarget(format!("unknown scheme {scheme}://"))),
            None if text.trim().is_empty() => Err(StoreError::BadTarget("empty".into())),
            None => Ok(Target::Sqlite(PathBuf::from(text))),
        }
    }
}

impl FromStr for Target {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Target, StoreError> {
        Target::parse(text)
    }
}

/// Without the password.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Sqlite(path) => path.display().fmt(f),
            Target::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or(""))
            }
        }
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A database. Clones share its connections.
#[derive(Clone)]
pub struct Database {
    shared: Arc<Shared>,
}

struct Shared {
    target: Target,
    sources: Sources,
    writer: Writer,
    pool: Mutex<Pool>,
    came_free: Condvar,
    /// Held open: the lock ends with it.
    _lock: Option<File>,
}

#[derive(Default)]
struct Pool {
    free: Vec<Connection>,
    lent: usize,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Database").field(&self.shared.target).finish()
    }
}

impl Database {
    /// Opens a database for a server or for a command that works alone. A SQLite file is made when it does not
    /// exist, with a data directory only its owner may enter. Migrations are not applied: [`Database::migrate`].
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process opened the same data directory, [`StoreError::Newer`] when the
    /// data is newer than this program, [`StoreError::Unavailable`] when it cannot be reached.
    pub fn open(target: &Target, sources: Sources) -> Result<Database, StoreError> {
        let lock = match target {
            Target::Sqlite(path) => Some(files::lock_directory(path)?),
            Target::Postgres(_) => None,
        };
        Database::connect(target, sources, lock)
    }

    /// Opens a database beside a process that may have it open: for commands that read or write a little while
    /// the server runs. Safe because the database itself lets one writer in at a time and each writer reads the
    /// ledger's head anew.
    ///
    /// # Errors
    /// As [`Database::open`], but never [`StoreError::InUse`].
    pub fn open_beside(target: &Target, sources: Sources) -> Result<Database, StoreError> {
        Database::connect(target, sources, None)
    }

    fn connect(target: &Target, sources: Sources, lock: Option<File>) -> Result<Database, StoreError> {
        let mut connection = open_writer(target)?;
        migrate::refuse_newer(&mut connection)?;
        let shared = Shared {
            target: target.clone(),
            writer: Writer::new(target.clone(), connection),
            sources,
            pool: Mutex::default(),
            came_free: Condvar::new(),
            _lock: lock,
        };
        Ok(Database { shared: Arc::new(shared) })
    }

    /// Applies the migrations this data lacks; several processes may try at once. Gives the names applied.
    ///
    /// # Errors
    /// [`StoreError::MigrationChanged`] when an applied one is not ours; any failure leaves the data as before
    /// the failing step.
    pub fn migrate(&self) -> Result<Vec<&'static str>, StoreError> {
        let now = self.shared.sources.clock.now();
        self.shared.writer.alone(|connection| migrate::apply(connection, i64::MAX, now))
    }

    /// Applies migrations up to a number: for restoring older data.
    pub(crate) fn migrate_to(&self, last: i64) -> Result<Vec<&'static str>, StoreError> {
        let now = self.shared.sources.clock.now();
        self.shared.writer.alone(|connection| migrate::apply(connection, last, now))
    }

    /// Refuses data that lacks migrations; every command but `migrate` and `init` asks this first.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`].
    pub fn check_migrated(&self) -> Result<(), StoreError> {
        self.shared.writer.alone(migrate::refuse_older)
    }

    /// Where it is.
    pub fn target(&self) -> &Target {
        &self.shared.target
    }

    /// Its time and randomness.
    pub fn sources(&self) -> &Sources {
        &self.shared.sources
    }

    /// Why writing is closed, when it is (DUR-04).
    pub fn fence(&self) -> Option<String> {
        self.shared.writer.fence()
    }

    /// Runs `read` on one snapshot: everything it sees is of one instant.
    ///
    /// # Errors
    /// What `read` gives, or [`StoreError::Unavailable`] when no connection came free.
    pub fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: FnOnce(&mut Reader<'_>) -> Result<T, E>,
    {
        let mut lease = self.lend()?;
        let connection = lease.connection()?;
        connection.begin_read()?;
        let mut reader = Reader::new(connection);
        let result = read(&mut reader);
        if let Some(why) = reader.take_storage_failure() {
            self.shared.writer.note(&StoreError::Fenced(why));
        }
        if let Err(error) = connection.commit() {
            tracing::debug!(%error, "the end of a read failed");
            connection.rollback();
        }
        lease.give_back();
        result
    }

    /// Runs `write` as `actor` in a transaction and answers after it is durable. Writes that wait together are
    /// committed together; each stands or falls alone. A panic inside rolls back and goes on upwards.
    ///
    /// # Errors
    /// What `write` gives; [`StoreError::NotSaved`] when the commit failed; [`StoreError::Fenced`] after a
    /// failure of the storage.
    pub fn write<T, E, F>(&self, actor: &Actor, write: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
    {
        self.shared.writer.write(&self.shared.sources, actor, write)
    }

    /// Runs `work` on the writing connection with no transaction of ours around it.
    pub(crate) fn alone<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.shared.writer.alone(work)
    }

    /// Leaves no copy of what was erased in the log of writes: SQLite overwrites it in its file (`secure_delete`), and the
    /// log is brought into the file and emptied. Says whether it was, which a reader at work prevents. PostgreSQL keeps
    /// no such file of ours; its old rows go with its own vacuum.
    ///
    /// # Errors
    /// When the database fails.
    pub fn truncate_log(&self) -> Result<bool, StoreError> {
        self.shared.writer.alone(Connection::truncate_log)
    }

    /// The database's own complaints about itself; none is good.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut lease = self.lend()?;
        let complaints = lease.connection()?.integrity();
        lease.give_back();
        complaints
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.shared.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(&self) -> Result<Lease<'_>, StoreError> {
        let pool = self.pool();
        let (mut pool, waited) = self
            .shared
            .came_free
            .wait_timeout_while(pool, PATIENCE, |pool| pool.lent >= READERS)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return Err(StoreError::Unavailable("no connection for reading came free in time".into()));
        }
        pool.lent += 1;
        let connection = pool.free.pop();
        Ok(Lease { database: self, connection })
    }
}

/// A lent connection. Dropped without being given back (a panic), it is closed.
struct Lease<'d> {
    database: &'d Database,
    connection: Option<Connection>,
}

impl Lease<'_> {
    fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            empty => Ok(empty.insert(open_reader(&self.database.shared.target)?)),
        }
    }

    fn give_back(mut self) {
        if let Some(connection) = self.connection.take().filter(|connection| !connection.is_closed()) {
            self.database.pool().free.push(connection);
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.database.pool().lent -= 1;
        self.database.shared.came_free.notify_one();
    }
}

pub(crate) fn open_writer(target: &Target) -> Result<Connection, StoreError> {
    match target {
        Target::Sqlite(path) => {
            files::prepare_database_file(path)?;
            Ok(Connection::Sqlite(Sqlite::open_writer(path)?))
        }
        Target::Postgres(url) => Ok(Connection::Postgres(Postgres::open(url)?)),
    }
}

fn open_reader(target: &Target) -> Result<Connection, StoreError> {
    match target {
        Target::Sqlite(path) => Ok(Connection::Sqlite(Sqlite::open_reader(path)?)),
        Target::Postgres(url) => Ok(Connection::Postgres(Postgres::open(url)?)),
    }
}

/// The folder of a SQLite file.
pub(crate) fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
