//! An item as lists show it.

use app::public::PublicItem;
use domain::publication::Purpose;
use web_kit::{Language, show};

use crate::link;

/// An item in a list.
pub(crate) struct Story {
    /// Its title; of a document its abstract.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// The day it stands under, as shown.
    pub day: String,
    /// The same for programs.
    pub datetime: String,
    /// What is said of it in a line.
    pub summary: String,
    /// Its section.
    pub section: String,
    /// Number and symbol of a document.
    pub symbol: String,
    /// Who issued it, or supplied it.
    pub source: String,
    /// Its first picture: address, what it shows.
    pub picture: Option<(String, String)>,
    /// Whether there is something to hear.
    pub has_sound: bool,
}

impl Story {
    /// The item, in this language.
    pub(crate) fn of(t: Language, found: &PublicItem) -> Story {
        let item = &found.item;
        let field = |key: &str| item.fields.get(key).cloned().unwrap_or_default();
        let source = if item.fields.contains_key("issuer") { field("issuer") } else { field("supplier") };
        let picture = item.files.iter().find(|file| file.purpose == Purpose::Picture);
        Story {
            title: item.title.clone(),
            href: link::item(found),
            day: show::day(t, item.day),
            datetime: item.day.to_string(),
            summary: item.summary.clone(),
            section: item.section.clone(),
            symbol: field("symbol"),
            source,
            picture: picture.map(|file| (link::file(&file.digest, &file.name), file.text.clone())),
            has_sound: item.files.iter().any(|file| file.purpose == Purpose::Sound),
        }
    }

    /// Items, in this language.
    pub(crate) fn all(t: Language, items: &[PublicItem]) -> Vec<Story> {
        items.iter().map(|item| Story::of(t, item)).collect()
    }
}
