//! Files that no row names are set aside before they are deleted, and still found there: a backup that began before, or
//! an upload that found the file and has not named it yet, goes on. What is named again is put back.

use domain::time::Timestamp;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

use super::{Blobs, Digest, failed};
use crate::StoreError;

/// The folder of what was set aside; names in it are `<digest>-<milliseconds>`.
const FOLDER: &str = "removed";

/// A file that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its digest.
    pub digest: Digest,
    /// When it was set aside.
    pub at: Timestamp,
    /// Its size.
    pub size_bytes: u64,
}

impl Aside {
    fn key(&self) -> Key {
        key(&self.digest, self.at)
    }
}

fn key(digest: &Digest, at: Timestamp) -> Key {
    Key::from_iter([FOLDER, &format!("{digest}-{}", at.as_millisecond())])
}

fn of_name(name: &str, size_bytes: u64) -> Option<Aside> {
    let (digest, at) = name.split_once('-')?;
    let at = Timestamp::from_millisecond(at.parse().ok()?).ok()?;
    Some(Aside { digest: Digest::parse(digest)?, at, size_bytes })
}

async fn all(store: &dyn ObjectStore) -> object_store::Result<Vec<Aside>> {
    let found = store.list_with_delimiter(Some(&Key::from(FOLDER))).await?;
    let aside = |object: &object_store::ObjectMeta| of_name(object.location.filename()?, object.size);
    Ok(found.objects.iter().filter_map(aside).collect())
}

/// Where a file that was set aside stands.
pub(super) async fn find(store: &dyn ObjectStore, digest: &Digest) -> object_store::Result<Option<Key>> {
    Ok(all(store).await?.iter().find(|aside| aside.digest == *digest).map(Aside::key))
}

/// What is gone already is gone.
fn gone(result: object_store::Result<()>) -> object_store::Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(object_store::Error::NotFound { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Blobs {
    /// The digests of all files in their place, whether a row names them or not. Other files there are passed over.
    ///
    /// # Errors
    /// When the place cannot be listed.
    pub fn listed(&self) -> Result<Vec<Digest>, StoreError> {
        let store = &self.inner.store;
        let listed = self.wait(async {
            let mut digests = Vec::new();
            for folder in store.list_with_delimiter(None).await?.common_prefixes {
                let Some(start) = folder.filename().filter(|name| name.len() == 2) else { continue };
                for object in store.list_with_delimiter(Some(&folder)).await?.objects {
                    let rest = object.location.filename().unwrap_or_default();
                    digests.extend(Digest::parse(&format!("{start}{rest}")));
                }
            }
            Ok(digests)
        })?;
        listed.map_err(|error| failed(&error))
    }

    /// Sets a file aside; says whether it was in its place.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn set_aside(&self, digest: &Digest, at: Timestamp) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        let moved = self.wait(async { store.rename(&digest.key(), &key(digest, at)).await })?;
        gone(moved).map_err(|error| failed(&error))
    }

    /// The files that were set aside.
    ///
    /// # Errors
    /// When the place cannot be listed.
    pub fn aside(&self) -> Result<Vec<Aside>, StoreError> {
        self.wait(all(&*self.inner.store))?.map_err(|error| failed(&error))
    }

    /// Puts a file back into its place.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn put_back(&self, aside: &Aside) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let moved = self.wait(async { store.rename(&aside.key(), &aside.digest.key()).await })?;
        gone(moved).map(drop).map_err(|error| failed(&error))
    }

    /// Deletes a file that was set aside.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn delete_aside(&self, aside: &Aside) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let deleted = self.wait(async { store.delete(&aside.key()).await })?;
        gone(deleted).map(drop).map_err(|error| failed(&error))
    }
}
