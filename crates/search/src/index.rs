//! Opening the index, taking in changes, making it anew.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};
use thiserror::Error;

use crate::analyse;
use crate::entry::{Change, Entry};
use crate::schema::{FORMAT, Fields};

/// Memory of the writer between commits, in bytes.
const WRITER_MEMORY: usize = 32 << 20;
/// Threads and memory of making the index anew.
const REBUILD_THREADS: usize = 2;
const REBUILD_MEMORY: usize = 64 << 20;

/// Why the index cannot do what is asked.
#[derive(Debug, Error)]
pub enum Error {
    /// Another process writes this index.
    #[error("another process writes the search index; let one process only take in changes and rebuild")]
    Busy,
    /// The folder of the index cannot be read or written.
    #[error("the folder of the search index cannot be used: {0}")]
    Folder(String),
    /// The engine failed; the index can be made anew from the database.
    #[error("the search index failed ({0}); rebuild it from the database")]
    Engine(String),
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy,
            TantivyError::IoError(error) => Self::Folder(error.to_string()),
            TantivyError::OpenReadError(error @ OpenReadError::IoError { .. }) => {
                Self::Folder(error.to_string())
            }
            TantivyError::OpenDirectoryError(error) => Self::Folder(error.to_string()),
            error => Self::Engine(error.to_string()),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Engine(error.to_string())
    }
}

impl From<OpenDirectoryError> for Error {
    fn from(error: OpenDirectoryError) -> Self {
        Self::Folder(error.to_string())
    }
}

/// Up to where changes are in an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// The sequence number of the outbox; 0 for an empty index.
    pub sequence: u64,
    /// What tells that state of the outbox from another one with the same number, without white space: a hash of it.
    /// May be empty.
    pub proof: String,
}

impl From<u64> for Mark {
    fn from(sequence: u64) -> Self {
        Self { sequence, proof: String::new() }
    }
}

impl Mark {
    fn read(payload: Option<&str>) -> Self {
        let (sequence, proof) = payload.and_then(|text| text.split_once(' ')).unwrap_or_default();
        Self { sequence: sequence.parse().unwrap_or(0), proof: proof.to_owned() }
    }
}

/// The search index of the public items. Derived data: it can be thrown away and made anew at any time (SRCH-03).
///
/// One process writes; each node of a larger installation keeps an index of its own in step with the outbox of the
/// database by [`Index::upto`] and [`Index::apply`].
pub struct Index {
    pub(crate) engine: tantivy::Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    writing: Mutex<Writing>,
}

#[derive(Default)]
struct Writing {
    /// Opened at the first change, so that a process that only searches takes no lock.
    writer: Option<IndexWriter>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in `dir`; makes an empty one where there is none, where it is of another format and where it
    /// is damaged beyond opening. An empty one is at sequence 0: see [`Index::upto`].
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let home = dir.join(FORMAT);
        fs::create_dir_all(&home)?;
        let index = match Self::open_home(&home) {
            Err(Error::Engine(_)) => {
                clear(&home)?;
                Self::open_home(&home)?
            }
            opened => opened?,
        };
        for old in fs::read_dir(dir)?.flatten() {
            let name = old.file_name();
            if name.to_string_lossy().starts_with("search-") && name != FORMAT {
                fs::remove_dir_all(old.path())?;
            }
        }
        Ok(index)
    }

    fn open_home(home: &Path) -> Result<Self, Error> {
        let (schema, fields) = Fields::build();
        Self::over(tantivy::Index::open_or_create(MmapDirectory::open(home)?, schema)?, fields)
    }

    /// An index in memory, for tests and previews.
    ///
    /// # Errors
    /// When the engine cannot start.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = Fields::build();
        Self::over(tantivy::Index::create_in_ram(schema), fields)
    }

    fn over(engine: tantivy::Index, fields: Fields) -> Result<Self, Error> {
        analyse::register(engine.tokenizers());
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { engine, fields, reader, writing: Mutex::default() })
    }

    /// Takes the right to write at once, for as long as this index is open; without this the first change takes it.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process has it.
    pub fn claim(&self) -> Result<(), Error> {
        let mut writing = self.writing();
        if writing.writer.is_none() {
            writing.writer = Some(self.engine.writer_with_num_threads(1, WRITER_MEMORY)?);
        }
        Ok(())
    }

    /// The sequence number of the outbox up to which changes are in the index; 0 for an empty one, which wants a
    /// [`Index::rebuild`].
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn upto(&self) -> Result<u64, Error> {
        Ok(self.mark()?.sequence)
    }

    /// [`Index::upto`] with what was noted beside it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn mark(&self) -> Result<Mark, Error> {
        Ok(Mark::read(self.engine.load_metas()?.payload.as_deref()))
    }

    /// How many items are in the index.
    pub fn len(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Whether no item is in the index.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in changes in their order and notes `upto`, the mark of the last one, in the same commit. Taking in
    /// changes twice does no harm; a number below the noted one does not lower it. When this returns,
    /// every search sees the changes: what was removed is gone.
    ///
    /// # Errors
    /// When nothing of the batch was taken in; it can be tried again.
    pub fn apply(&self, batch: &[Change], upto: impl Into<Mark>) -> Result<(), Error> {
        let (upto, before) = (upto.into(), self.mark()?);
        let upto = if upto.sequence < before.sequence { before } else { upto };
        let mut writing = self.writing();
        let taken = self.take_in(&mut writing, batch, &upto);
        if taken.is_err() {
            // A writer that failed may be dead, and dropping it drops what was not committed.
            writing.writer = None;
        }
        taken?;
        drop(writing);
        self.refresh()
    }

    fn take_in(&self, writing: &mut Writing, batch: &[Change], upto: &Mark) -> Result<(), Error> {
        let writer = match &mut writing.writer {
            Some(writer) => writer,
            none => none.insert(self.engine.writer_with_num_threads(1, WRITER_MEMORY)?),
        };
        for change in batch {
            match change {
                Change::Put(entry) => {
                    writer.delete_term(Term::from_field_text(self.fields.id, &entry.id));
                    writer.add_document(self.fields.document(entry)?)?;
                }
                Change::Remove(id) => {
                    writer.delete_term(Term::from_field_text(self.fields.id, id));
                }
            }
        }
        commit(writer, upto)
    }

    /// Starts making the index anew. Searches see the old content until [`Rebuild::finish`]; changes wait.
    ///
    /// # Errors
    /// When another process writes the index.
    pub fn rebuild(&self) -> Result<Rebuild<'_>, Error> {
        let mut writing = self.writing();
        if let Some(writer) = writing.writer.take() {
            writer.wait_merging_threads()?;
        }
        let writer = self.engine.writer_with_num_threads(REBUILD_THREADS, REBUILD_MEMORY)?;
        writer.delete_all_documents()?;
        Ok(Rebuild { index: self, _writing: writing, writer })
    }

    /// Shows searches what another process has committed. After [`Index::apply`] and [`Rebuild::finish`] of this
    /// process there is no need.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn refresh(&self) -> Result<(), Error> {
        Ok(self.reader.reload()?)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        // What a panic left behind is dropped by the next failure; the lock itself guards no half-made state.
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Empties the folder of an index that cannot be opened, unless another process writes it.
fn clear(home: &Path) -> Result<(), Error> {
    let lock = MmapDirectory::open(home)?.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| Error::Busy)?;
    fs::remove_dir_all(home)?;
    fs::create_dir_all(home)?;
    drop(lock);
    Ok(())
}

fn commit(writer: &mut IndexWriter, upto: &Mark) -> Result<(), Error> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&format!("{} {}", upto.sequence, upto.proof));
    prepared.commit()?;
    Ok(())
}

/// Making the index anew. Dropped without [`Rebuild::finish`] it leaves the old content.
pub struct Rebuild<'a> {
    index: &'a Index,
    // Before the guard, so that the lock of the engine is free when the next one may write.
    writer: IndexWriter,
    _writing: MutexGuard<'a, Writing>,
}

impl std::fmt::Debug for Rebuild<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rebuild").finish_non_exhaustive()
    }
}

impl Rebuild<'_> {
    /// Puts one item in. Each identifier once.
    ///
    /// # Errors
    /// When the engine failed; drop the rebuild.
    pub fn put(&mut self, entry: &Entry) -> Result<(), Error> {
        self.writer.add_document(self.index.fields.document(entry)?)?;
        Ok(())
    }

    /// Replaces the content of the index by what was put in; `upto` is the mark of the outbox that was
    /// read before the first item.
    ///
    /// # Errors
    /// When the old content stays.
    pub fn finish(mut self, upto: impl Into<Mark>) -> Result<(), Error> {
        commit(&mut self.writer, &upto.into())?;
        self.index.refresh()?;
        self.writer.wait_merging_threads()?;
        self.index.refresh()
    }
}
