//! The archive file: a ZIP with `tables/<name>.jsonl`, `blobs/<digest>` and, last, `manifest.json`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::StoreError;
use crate::files;

/// An archive being written.
pub(super) struct Writer {
    zip: ZipWriter<BufWriter<File>>,
}

impl Writer {
    pub(super) fn create(path: &Path) -> Result<Writer, StoreError> {
        Ok(Writer { zip: ZipWriter::new(BufWriter::new(files::private_file(path)?)) })
    }

    /// Begins an entry.
    pub(super) fn begin(&mut self, name: &str, is_compressed: bool) -> Result<(), StoreError> {
        let method = if is_compressed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.zip.start_file(name, options).map_err(|error| failed(&error))
    }

    /// Writes into the entry begun last.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        Ok(self.zip.write_all(bytes)?)
    }

    /// Ends the archive and makes it durable.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        let file = self.zip.finish().map_err(|error| failed(&error))?;
        let file = file.into_inner().map_err(|error| StoreError::Io(error.into_error()))?;
        Ok(file.sync_all()?)
    }
}

/// An archive being read.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Archive, StoreError> {
        let zip = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(|error| failed(&error))?;
        Ok(Archive { zip })
    }

    /// The bytes of an entry.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, StoreError> {
        let mut entry = self.zip.by_name(name).map_err(|error| failed(&error))?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| StoreError::BadBackup(format!("{name}: {error}")))?;
        Ok(bytes)
    }

    /// Gives each line of an entry.
    pub(super) fn lines(
        &mut self,
        name: &str,
        mut each: impl FnMut(&str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let entry = self.zip.by_name(name).map_err(|error| failed(&error))?;
        for line in BufReader::new(entry).lines() {
            each(&line.map_err(|error| StoreError::BadBackup(format!("{name}: {error}")))?)?;
        }
        Ok(())
    }
}

fn failed(error: &zip::result::ZipError) -> StoreError {
    StoreError::BadBackup(error.to_string())
}
