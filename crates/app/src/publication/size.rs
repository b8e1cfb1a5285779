//! How large pictures are: read when they come, beside the bytes they were read from, so that pages keep their place free
//! before they are loaded.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use domain::publication::{Attachment, Purpose};
use image::ImageReader;
use store::picture_size::{self, Size};
use store::{Digest, Tx};

use crate::jobs::Outcome;
use crate::{ActionError, App};

/// Pixels across and down by the digest of the file; only those that are known.
pub type Sizes = BTreeMap<String, Size>;

/// Pictures that are measured in one night; their files are read whole.
const A_NIGHT: u16 = 5_000;

/// How large a picture is by its first bytes; it is not drawn.
pub(super) fn size_of(bytes: &[u8]) -> Option<Size> {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?.into_dimensions().ok()
}

/// How large the pictures among these files and in this text are. One of the files that nobody has looked at is looked
/// at now, so that a page says the same of it before and after the night in which it is noted.
///
/// # Errors
/// When the database fails.
pub fn sizes(app: &App, files: &[Attachment], body: &str) -> Result<Sizes, ActionError> {
    let own: BTreeSet<&str> = files
        .iter()
        .filter(|file| file.purpose == Purpose::Picture)
        .map(|file| file.digest.as_str())
        .collect();
    let links = rich_text::links(body);
    let in_text = links.iter().filter_map(|link| rich_text::file_of(link));
    let asked: Vec<&str> = own.iter().copied().chain(in_text).collect::<BTreeSet<_>>().into_iter().collect();
    let known = app.read(|r| Ok(picture_size::of(r, &asked)?))?;
    let mut sizes = Sizes::new();
    for digest in own.into_iter().filter(|digest| !known.contains_key(*digest)) {
        let bytes = Digest::parse(digest).and_then(|digest| app.blobs().get(&digest).ok());
        let size = bytes.as_deref().and_then(size_of);
        sizes.extend(size.map(|size| (digest.to_owned(), size)));
    }
    sizes.extend(known.into_iter().filter_map(|(digest, size)| Some((digest, size?))));
    Ok(sizes)
}

/// Sizes that were read and are to be kept.
pub(crate) struct Measured(Vec<(Digest, Option<Size>)>);

/// Reads how large pictures are of which nobody has looked: those that came before sizes were kept, or another way than
/// one by one. One that tells nothing is not looked at again.
///
/// # Errors
/// When the database fails.
pub(crate) fn measure(app: &App) -> Result<Measured, ActionError> {
    let waiting = app.read(|r| Ok(picture_size::unmeasured(r, A_NIGHT)?))?;
    // A file that is missing is told by the nightly check.
    let measured = waiting.into_iter().filter_map(|digest| {
        let bytes = app.blobs().get(&digest).ok()?;
        Some((digest, size_of(&bytes)))
    });
    Ok(Measured(measured.collect()))
}

impl Measured {
    /// Keeps them.
    pub(crate) fn keep(self, tx: &mut Tx<'_>) -> Result<Outcome, ActionError> {
        for (digest, size) in &self.0 {
            picture_size::put(tx, digest, *size)?;
        }
        Ok(Outcome::good("pictures_measured").with("pictures", self.0.len()))
    }
}
