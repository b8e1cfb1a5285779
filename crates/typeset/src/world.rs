//! The closed world of one job: its source, its files, the fonts; no disk, no packages, no clock.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{Fonts, Job, TypesetError};

/// Built once: it never changes and takes a while.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

pub(crate) struct JobWorld {
    fonts: Arc<Fonts>,
    main: Source,
    files: HashMap<FileId, Bytes>,
}

fn id(path: &str) -> Result<FileId, TypesetError> {
    let inside = VirtualPath::new(path).map_err(|_| TypesetError::BadPath(path.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, inside).intern())
}

impl JobWorld {
    pub(crate) fn new(fonts: &Arc<Fonts>, job: &Job<'_>) -> Result<JobWorld, TypesetError> {
        let main = Source::new(id("/main.typ")?, job.source.to_owned());
        let mut files = HashMap::new();
        for (path, bytes) in &job.files {
            files.insert(id(path)?, Bytes::new(bytes.clone()));
        }
        Ok(JobWorld { fonts: Arc::clone(fonts), main, files })
    }
}

impl World for JobWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(not_given(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_given(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_given(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
