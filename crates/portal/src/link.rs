//! Addresses of the public site. Once published they never change.

use app::public::PublicItem;
use app::publication::public_path;
use domain::publication::Kind;
use domain::site::{Accent, Logo};
pub(crate) use web_kit::link::{encode, file, with_query};

/// Contacts and spokespersons.
pub(crate) const CONTACT: &str = "/lien-he";
/// The site map for people.
pub(crate) const SITE_MAP: &str = "/so-do";
/// Open data.
pub(crate) const OPEN_DATA: &str = "/du-lieu-mo";

/// The list of a kind.
pub(crate) fn list(kind: Kind) -> String {
    format!("/{}", kind.spec().path)
}

/// An item; nothing for a kind of a newer version of the program.
pub(crate) fn item(found: &PublicItem) -> String {
    path(&found.item.kind, &found.item.slug, found.id)
}

/// An item by the parts of its address.
pub(crate) fn path(kind: &str, slug: &str, id: domain::id::PublicationId) -> String {
    Kind::from_word(kind).map_or_else(|| "/".to_owned(), |kind| public_path(kind, slug, id))
}

/// The address of an item that holds whatever its title becomes: it leads on to the present one.
pub(crate) fn lasting(kind: &str, id: domain::id::PublicationId) -> String {
    Kind::from_word(kind).map_or_else(|| "/".to_owned(), |kind| format!("/{}/{id}", kind.spec().path))
}

/// The colours that follow from one.
pub(crate) fn colours(accent: Accent) -> String {
    format!("/mau-sac/{}.css", accent.color().to_string().trim_start_matches('#'))
}

/// The picture in the head.
pub(crate) fn logo(logo: &Logo) -> String {
    format!("/bieu-trung/{}.{}", logo.digest, logo.ending)
}
