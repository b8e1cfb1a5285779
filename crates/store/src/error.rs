//! What can go wrong in the store. The words people read are chosen above, by [`StoreError::code`].

use std::path::PathBuf;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of a database cannot be read.
    #[error("not a database address: {0}; write a path to a .db file or postgres://user@host/name")]
    BadTarget(String),
    /// The database cannot be reached, or no connection came free in time.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Another process works on this data directory (DUR-A06).
    #[error("another process works on {0}; stop it first")]
    InUse(PathBuf),
    /// The data was written by a newer program (UPG-03).
    #[error("the data knows migration {found}, this program only {known}: use the newer program")]
    Newer {
        /// The last migration in the data.
        found: i64,
        /// The last migration of this program.
        known: i64,
    },
    /// The data lacks migrations of this program.
    #[error("the data stands at migration {found}, the program needs {known}: run `phatngon migrate`")]
    NotMigrated {
        /// The last migration in the data.
        found: i64,
        /// The last migration of this program.
        known: i64,
    },
    /// A migration that was applied is not the one this program ships.
    #[error("migration {0} in the data is not the one this program ships")]
    MigrationChanged(String),
    /// The database refused a statement or answered what was not asked.
    #[error("database: {0}")]
    Database(String),
    /// A value that must be unique exists already.
    #[error("exists already: {0}")]
    Unique(String),
    /// A row refers to a row that does not exist, or one that others refer to was to go.
    #[error("refers to what does not exist: {0}")]
    Dangling(String),
    /// The row changed or went away since it was read.
    #[error("{table} {id} was changed by somebody else since it was read")]
    Stale {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
    },
    /// A stored value cannot be read: unknown word, broken JSON, wrong type.
    #[error("unreadable value in column {column}: {problem}")]
    Corrupt {
        /// The column, as the statement names it.
        column: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The disk is full. Reading goes on; writing works again when there is space.
    #[error("the disk is full")]
    Full,
    /// A commit or sync failed before; no more writes until a restart (DUR-04).
    #[error("writing is closed after a failure of the storage: {0}; restart after looking at the disk")]
    Fenced(String),
    /// The commit of the group this write belonged to failed; nothing of it was saved.
    #[error("the change was not saved: {0}")]
    NotSaved(String),
    /// A statement of this transaction failed before; nothing of it is saved.
    #[error("a statement of this transaction failed before")]
    Aborted,
    /// A file could not be read or written.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// A stored file is missing or is not what its digest says.
    #[error("stored file {digest}: {problem}")]
    Blob {
        /// Its SHA-256.
        digest: String,
        /// What is wrong with it.
        problem: String,
    },
    /// An archive is cut, changed, of another format or of a newer program.
    #[error("backup: {0}")]
    BadBackup(String),
    /// The random source of the system failed.
    #[error("no randomness from the system: {0}")]
    NoRandomness(String),
}

impl StoreError {
    /// The stable code: locale key `error.store.<code>`.
    pub const fn code(&self) -> &'static str {
        match self {
            StoreError::BadTarget(_) => "bad_target",
            StoreError::Unavailable(_) => "unavailable",
            StoreError::InUse(_) => "in_use",
            StoreError::Newer { .. } => "newer",
            StoreError::NotMigrated { .. } => "not_migrated",
            StoreError::MigrationChanged(_) => "migration_changed",
            StoreError::Database(_) => "database",
            StoreError::Unique(_) => "unique",
            StoreError::Dangling(_) => "dangling",
            StoreError::Stale { .. } => "stale",
            StoreError::Corrupt { .. } => "corrupt",
            StoreError::Full => "full",
            StoreError::Fenced(_) => "fenced",
            StoreError::NotSaved(_) => "not_saved",
            StoreError::Aborted => "aborted",
            StoreError::Io(_) => "io",
            StoreError::Blob { .. } => "blob",
            StoreError::BadBackup(_) => "bad_backup",
            StoreError::NoRandomness(_) => "no_randomness",
        }
    }

    /// Whether the storage itself failed, so that nothing more may be written (DUR-04).
    pub(crate) const fn is_of_storage(&self) -> bool {
        matches!(self, StoreError::Fenced(_))
    }

    /// A stored value that cannot be read.
    pub(crate) fn corrupt(column: impl Into<String>, problem: impl std::fmt::Display) -> StoreError {
        StoreError::Corrupt { column: column.into(), problem: problem.to_string() }
    }
}
