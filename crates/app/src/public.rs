//! What the public reads: items, lists, files. No actor, no right: everything here was published. The one condition
//! (published, not withdrawn, posted by today) stands in `store::public_item`.

use domain::id::PublicationId;
use domain::publication::Kind;
use domain::time::Timestamp;
use store::public_item::{self as rows, PublicFile, PublicItem};

pub use store::public_item::{Filter, Note, Withdrawal};

use crate::{ActionError, App};

/// A page of public items.
#[derive(Debug, Clone)]
pub struct Page {
    /// Newest first.
    pub items: Vec<PublicItem>,
    /// On all pages.
    pub total: i64,
}

/// A filter over some kinds, as of today.
pub fn filter(app: &App, kinds: &[Kind]) -> Filter {
    let words: Vec<&'static str> = kinds.iter().map(|kind| kind.word()).collect();
    Filter::of(&words, app.today())
}

/// A page of public items.
///
/// # Errors
/// When the database fails.
pub fn list(app: &App, filter: &Filter) -> Result<Page, ActionError> {
    app.read(|r| Ok(Page { items: rows::list(r, filter)?, total: rows::count(r, filter)? }))
}

/// The sections with how many items each has, the largest first.
///
/// # Errors
/// When the database fails.
pub fn sections(app: &App, filter: &Filter) -> Result<Vec<(String, i64)>, ActionError> {
    app.read(|r| Ok(rows::sections(r, filter)?))
}

/// One item, public or withdrawn; of a withdrawn one nothing is left but that it was there.
///
/// # Errors
/// [`ActionError::NotFound`] for what was never public, the same as for what never was.
pub fn item(app: &App, id: PublicationId) -> Result<PublicItem, ActionError> {
    let today = app.today();
    let found = app.read(|r| Ok(rows::find(r, id)?))?;
    found.filter(|found| found.item.posted_on <= today).ok_or(ActionError::NotFound)
}

/// A file of something public now, with its bytes.
///
/// # Errors
/// [`ActionError::NotFound`] for any other file.
pub fn file(app: &App, digest: &str) -> Result<(PublicFile, Vec<u8>), ActionError> {
    let digest = store::Digest::parse(digest).ok_or(ActionError::NotFound)?;
    let today = app.today();
    let file = app.read(|r| rows::file(r, &digest, today)?.ok_or(ActionError::NotFound))?;
    Ok((file, app.blobs().get(&digest)?))
}

/// What has changed since an index last looked: `after` is the mark of the last item it took in.
///
/// # Errors
/// When the database fails.
pub fn changed_since(app: &App, after: (i64, &str), limit: u16) -> Result<Vec<PublicItem>, ActionError> {
    app.read(|r| Ok(rows::changed_since(r, after, limit)?))
}

/// The mark of the newest change of anything public: copies made before it are out of date.
///
/// # Errors
/// When the database fails.
pub fn newest_change(app: &App) -> Result<i64, ActionError> {
    app.read(|r| Ok(rows::newest_change(r)?))
}

/// When something public last changed, for feeds; now when nothing is public yet.
pub fn last_change(items: &[PublicItem], now: Timestamp) -> Timestamp {
    items.iter().map(|item| item.updated_at).max().unwrap_or(now)
}
