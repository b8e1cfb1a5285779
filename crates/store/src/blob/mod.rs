//! Files by the SHA-256 of their bytes: on disk (`blobs/ab/cd…`) or in an S3 bucket.
//!
//! A file is durable (temporary name, synced, renamed, directory synced) before a row may name it; [`register`]
//! then adds the row in the transaction that refers to it. Calls block: not for async threads.
//!
//! What nothing names any more is found and removed by [`unused`] and [`remove_unused`]; its file is set aside for a
//! while before it is deleted, and found there too.

mod aside;
mod unused;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest as _, Sha256};
use tokio::runtime::{Builder, Runtime};

use crate::sql::params;
use crate::{Reader, StoreError, Tx, files};

pub use aside::Aside;
pub use unused::{ABOUT_A_FILE, NAMED_IN, Removed, Unused, remove_unused, unused};

/// The SHA-256 of a file, 64 lower-case hexadecimal signs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(hex::encode(Sha256::digest(bytes)))
    }

    /// Reads 64 lower-case hexadecimal signs.
    pub fn parse(text: &str) -> Option<Digest> {
        let fits = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Digest(text.to_owned()))
    }

    /// The signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn key(&self) -> Key {
        let (folder, name) = self.0.split_at(2);
        Key::from_iter([folder, name])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the files are. Clones share it.
#[derive(Clone)]
pub struct Blobs {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn ObjectStore>,
    /// Taken when dropped: a runtime must not be waited for on an async thread.
    runtime: Option<Runtime>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({})", self.inner.store)
    }
}

impl Blobs {
    /// Opens a place for files: a directory, or `s3://bucket/prefix` (needs the feature `aws`; key and region
    /// come from `options`, pairs as `object_store` names them).
    ///
    /// # Errors
    /// [`StoreError::BadTarget`] for another scheme, [`StoreError::Io`] when the directory cannot be made.
    pub fn open(place: &str, options: &[(String, String)]) -> Result<Blobs, StoreError> {
        let store: Arc<dyn ObjectStore> = match place.split_once("://") {
            None => {
                let directory = Path::new(place);
                files::private_directory(directory)?;
                let local = LocalFileSystem::new_with_prefix(directory).map_err(|error| failed(&error))?;
                Arc::new(local.with_fsync(true))
            }
            Some(("s3", _)) => s3(place, options)?,
            Some((scheme, _)) => return Err(StoreError::BadTarget(format!("unknown scheme {scheme}://"))),
        };
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Blobs { inner: Arc::new(Inner { store, runtime: Some(runtime) }) })
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, StoreError> {
        match &self.inner.runtime {
            Some(runtime) => Ok(runtime.block_on(work)),
            None => Err(StoreError::Unavailable("files are closed".into())),
        }
    }

    /// Keeps bytes durably; the same bytes again cost nothing.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn put(&self, bytes: Vec<u8>) -> Result<Digest, StoreError> {
        let digest = Digest::of(&bytes);
        let store = &self.inner.store;
        self.wait(async {
            match store.head(&digest.key()).await {
                Ok(meta) if meta.size == bytes.len() as u64 => return Ok(()),
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
            store.put(&digest.key(), PutPayload::from(bytes)).await.map(drop)
        })?
        .map_err(|error| failed(&error))?;
        Ok(digest)
    }

    /// The bytes of a file, checked against its digest.
    ///
    /// # Errors
    /// [`StoreError::Blob`] when it is missing or changed.
    pub fn get(&self, digest: &Digest) -> Result<Vec<u8>, StoreError> {
        let store = &self.inner.store;
        let bytes = self
            .wait(async {
                let found = match store.get(&digest.key()).await {
                    Err(error @ object_store::Error::NotFound { .. }) => {
                        match aside::find(&**store, digest).await? {
                            Some(key) => store.get(&key).await?,
                            // It may have been put back in this moment.
                            None => store.get(&digest.key()).await.map_err(|_| error)?,
                        }
                    }
                    other => other?,
                };
                found.bytes().await
            })?
            .map_err(|error| wrong(digest, &error))?;
        if Digest::of(&bytes) == *digest {
            Ok(bytes.into())
        } else {
            Err(StoreError::Blob { digest: digest.to_string(), problem: "its bytes were changed".into() })
        }
    }

    /// Whether a file is there; does not read it.
    ///
    /// # Errors
    /// When the place cannot be asked.
    pub fn exists(&self, digest: &Digest) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        let found = self.wait(async {
            match store.head(&digest.key()).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => {
                    Ok(aside::find(&**store, digest).await?.is_some())
                }
                Err(error) => Err(error),
            }
        })?;
        found.map_err(|error| failed(&error))
    }
}

#[cfg(feature = "aws")]
fn s3(place: &str, options: &[(String, String)]) -> Result<Arc<dyn ObjectStore>, StoreError> {
    use object_store::aws::AmazonS3Builder;
    use object_store::prefix::PrefixStore;

    let mut builder = AmazonS3Builder::new().with_url(place);
    for (key, value) in options {
        let key = key.parse().map_err(|_| StoreError::BadTarget(format!("unknown option {key}")))?;
        builder = builder.with_config(key, value);
    }
    let bucket = builder.build().map_err(|error| failed(&error))?;
    let rest = place.strip_prefix("s3://").unwrap_or("");
    Ok(match rest.split_once('/') {
        Some((_, prefix)) if !prefix.is_empty() => Arc::new(PrefixStore::new(bucket, prefix)),
        _ => Arc::new(bucket),
    })
}

#[cfg(not(feature = "aws"))]
fn s3(_: &str, _: &[(String, String)]) -> Result<Arc<dyn ObjectStore>, StoreError> {
    Err(StoreError::BadTarget("this program was built without S3 (feature `aws` of crate `store`)".into()))
}

fn failed(error: &object_store::Error) -> StoreError {
    StoreError::Io(std::io::Error::other(error.to_string()))
}

fn wrong(digest: &Digest, error: &object_store::Error) -> StoreError {
    let problem = match error {
        object_store::Error::NotFound { .. } => "it is missing".to_owned(),
        error => error.to_string(),
    };
    StoreError::Blob { digest: digest.to_string(), problem }
}

/// A file as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// Its digest.
    pub digest: Digest,
    /// Its size.
    pub size_bytes: i64,
    /// Its media type: `application/pdf`.
    pub media_type: String,
}

/// Adds the row of a durable file; known already, only the time at which it was last handed in changes, so that it is
/// not taken for unused before it is named.
///
/// # Errors
/// When the database fails.
pub fn register(tx: &mut Tx<'_>, row: &BlobRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO blobs (digest, size_bytes, media_type, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at",
        params![row.digest.as_str(), row.size_bytes, &row.media_type, now],
    )
    .map(drop)
}

/// One file.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, digest: &Digest) -> Result<Option<BlobRow>, StoreError> {
    let sql = "SELECT digest, size_bytes, media_type FROM blobs WHERE digest = ?";
    r.query_opt(sql, params![digest.as_str()], read)
}

/// Takes a file out of the database, with its words and what was found in it, when nothing names it any more. Says
/// whether it did; its bytes are then to be deleted after the commit.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx<'_>, digest: &Digest) -> Result<bool, StoreError> {
    let name = digest.as_str();
    let like = format!("%{name}%");
    for (table, column) in NAMED_IN {
        let sql = format!("SELECT 1 FROM {table} WHERE {column} LIKE ? LIMIT 1");
        if tx.query_opt(&sql, params![&like], |_| Ok(()))?.is_some() {
            return Ok(false);
        }
    }
    for table in ABOUT_A_FILE.iter().chain(&["blobs"]) {
        tx.execute(&format!("DELETE FROM {table} WHERE digest = ?"), params![name])?;
    }
    Ok(true)
}

/// All files, by digest.
///
/// # Errors
/// When the database fails.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<BlobRow>, StoreError> {
    r.query("SELECT digest, size_bytes, media_type FROM blobs ORDER BY digest", &[], read)
}

fn read(row: &crate::sql::Row<'_>) -> Result<BlobRow, StoreError> {
    Ok(BlobRow {
        digest: Digest::parse(row.text(0)?).ok_or_else(|| row.corrupt(0, "not a digest"))?,
        size_bytes: row.integer(1)?,
        media_type: row.string(2)?,
    })
}

/// Checks every file the database names; gives what is wrong. `progress` hears how many are done of how many.
///
/// # Errors
/// When database or place cannot be asked at all.
pub fn verify(
    r: &mut Reader<'_>,
    blobs: &Blobs,
    mut progress: impl FnMut(usize, usize),
) -> Result<Vec<(Digest, String)>, StoreError> {
    let rows = all(r)?;
    let mut wrong = Vec::new();
    for (done, row) in rows.iter().enumerate() {
        match blobs.get(&row.digest) {
            Ok(bytes) if bytes.len() as u64 == u64::try_from(row.size_bytes).unwrap_or(u64::MAX) => {}
            Ok(_) => wrong.push((row.digest.clone(), "its size is not the one noted".to_owned())),
            Err(StoreError::Blob { problem, .. }) => wrong.push((row.digest.clone(), problem)),
            Err(error) => return Err(error),
        }
        progress(done + 1, rows.len());
    }
    Ok(wrong)
}
