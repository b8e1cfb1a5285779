//! Directories and files of the store: private to their owner, durable when they must be.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::StoreError;
use crate::database::directory_of;

/// The name of the lock file in a data directory.
const LOCK: &str = "phatngon.lock";

/// Makes a directory that only its owner may enter, with its parents.
pub(crate) fn private_directory(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    }
    Ok(())
}

/// A new file only its owner may read.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Takes the data directory of a SQLite file for this process (DUR-A06).
pub(crate) fn lock_directory(database: &Path) -> Result<File, StoreError> {
    let directory = directory_of(database);
    private_directory(directory)?;
    let path = directory.join(LOCK);
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(directory.to_owned())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Makes the SQLite file private before the library makes it with the mode of the process; its WAL and shared
/// memory take the mode of the file.
pub(crate) fn prepare_database_file(path: &Path) -> Result<(), StoreError> {
    private_directory(directory_of(path))?;
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// Makes the names in a directory durable.
pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
