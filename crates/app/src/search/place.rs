//! Where the index of this node stands and how it is.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use ::search::{Error, Index};

use crate::{ActionError, App};

/// Its folder in the data folder.
const FOLDER: &str = "search";

/// The index of this node.
#[derive(Default)]
pub(crate) struct Place {
    index: RwLock<Option<Arc<Index>>>,
    /// Whether it holds what was public when it was made, and may be asked.
    is_ready: AtomicBool,
    /// Whether what stands in the folder failed and is to be thrown away.
    is_broken: AtomicBool,
    /// The mark of the content that searches see.
    seen: AtomicI64,
    /// Held by who brings it up to date.
    updating: Mutex<()>,
}

impl Place {
    /// The index, when it may be asked.
    pub(super) fn ready(&self) -> Option<Arc<Index>> {
        self.is_ready.load(Ordering::Acquire).then(|| self.index()).flatten()
    }

    pub(super) fn set_ready(&self, is_ready: bool) {
        self.is_ready.store(is_ready, Ordering::Release);
    }

    pub(super) fn index(&self) -> Option<Arc<Index>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn updating(&self) -> MutexGuard<'_, ()> {
        self.updating.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index, opened when it is not yet; one that failed is thrown away first.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub(super) fn opened(&self, data: &Path) -> Result<Arc<Index>, ActionError> {
        if let Some(index) = self.index() {
            return Ok(index);
        }
        let folder = data.join(FOLDER);
        if self.is_broken.swap(false, Ordering::AcqRel) && folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(anyhow::Error::new)?;
        }
        let index = Arc::new(Index::open(&folder).map_err(|error| self.failed(error))?);
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&index));
        Ok(index)
    }

    /// Shows searches the content with this mark, which another program may have written.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(super) fn show(&self, index: &Index, mark: i64) -> Result<(), Error> {
        if self.seen.swap(mark, Ordering::AcqRel) == mark { Ok(()) } else { index.refresh() }
    }

    /// What a failure of the index means to who asked; after one of the engine the index is made anew.
    pub(super) fn failed(&self, error: Error) -> ActionError {
        match error {
            Error::Busy => ActionError::Refused("search_index_in_use"),
            error @ Error::Folder(_) => ActionError::Internal(anyhow::Error::new(error)),
            error @ Error::Engine(_) => {
                tracing::error!(%error, "the search index is thrown away and made anew");
                self.set_ready(false);
                *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
                self.is_broken.store(true, Ordering::Release);
                ActionError::Internal(anyhow::Error::new(error))
            }
        }
    }
}

/// Throws the index in a data folder away, where there is one: after a restore the database may be another one. The
/// next server makes it anew.
///
/// # Errors
/// When the folder cannot be taken away.
pub fn forget(data: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(data.join(FOLDER)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl App {
    pub(super) fn search_place(&self) -> &Place {
        &self.inner.search
    }
}
