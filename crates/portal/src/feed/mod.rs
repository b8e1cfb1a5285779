//! Feeds: RSS and Atom of each kind and section, and the programme of bulletins as a podcast. They hold what the
//! lists show, so what is withdrawn leaves them with the page.

mod atom;
mod podcast;
mod rss;
pub(crate) mod xml;

use std::collections::BTreeMap;

use app::App;
use app::public::{self, PublicItem};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::time::{Timestamp, start_of};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use web_kit::{Fault, Language, Visitor};

use crate::ask::Asked;
use crate::frame::{self, Feed};
use crate::link;

pub(crate) use podcast::show as podcast;

/// Where the programme of bulletins stands as a podcast.
pub(crate) const PODCAST: &str = "/ban-tin/podcast.xml";

/// How many items a feed holds.
const MOST: u16 = 50;

/// A form of feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
}

/// Where the feed of a kind is.
pub(crate) fn path(kind: Kind, section: &str, name: &str) -> String {
    link::with_query(&format!("{}/{name}", link::list(kind)), &[("muc", section)])
}

/// The feed of a kind, as pages announce it.
pub(crate) fn of_kind(t: Language, kind: Kind, section: &str) -> Feed {
    Feed {
        title: title(t, kind, section),
        href: path(kind, section, "atom.xml"),
        media_type: "application/atom+xml",
    }
}

fn title(t: Language, kind: Kind, section: &str) -> String {
    let name = frame::kind_word(t, kind);
    if section.is_empty() { name.to_owned() } else { format!("{name}: {section}") }
}

/// What a feed is made of.
pub(crate) struct Source {
    /// Its title.
    pub title: String,
    /// The body that publishes it.
    pub office: String,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// The list it follows.
    pub list: String,
    /// Where it is itself.
    pub own: String,
    /// Its items.
    pub items: Vec<PublicItem>,
    /// At which hour they were posted, where it is known.
    pub posted_at: BTreeMap<PublicationId, Timestamp>,
    /// When the newest of them changed.
    pub changed: Timestamp,
}

impl Source {
    /// When an item was posted: at its hour, else at the beginning of its day.
    pub(crate) fn posted(&self, found: &PublicItem) -> Timestamp {
        let known = self.posted_at.get(&found.id).copied();
        known.or_else(|| start_of(found.item.posted_on).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// The feed of a kind in this form.
pub fn of(kind: Kind, form: Form) -> MethodRouter<App> {
    get(move |State(app): State<App>, visitor: Visitor, asked: Asked| async move {
        let source = gather(&app, &visitor, asked, kind).await?;
        let (text, media_type) = match form {
            Form::Rss => (rss::write(&visitor, &source), "application/rss+xml; charset=utf-8"),
            Form::Atom => (atom::write(&visitor, &source), "application/atom+xml; charset=utf-8"),
        };
        Ok::<_, Fault>(answer(text.map_err(Fault::internal)?, media_type))
    })
}

/// Feeds speak the language of what they hold.
const LANGUAGE: Language = Language::Vi;

async fn gather(app: &App, visitor: &Visitor, asked: Asked, kind: Kind) -> Result<Source, Fault> {
    let filter = asked.filter(app, &[kind]).ok_or_else(Fault::not_found)?;
    let filter = public::Filter { page: 1, per_page: MOST, ..filter };
    let work = move |app: &App| {
        let page = public::list(app, &filter)?;
        let posted_at = public::posted_at(app, &page.items)?;
        Ok((page, posted_at))
    };
    let (frame, (page, posted_at)) = frame::with(app, visitor, work).await?;
    let list = link::with_query(&link::list(kind), &[("muc", &asked.section)]);
    Ok(Source {
        title: format!("{} – {}", title(LANGUAGE, kind, &asked.section), frame.chrome.office),
        about: LANGUAGE.text(&format!("portal.lead.{}", kind.word())),
        list: visitor.site.absolute(&list),
        own: visitor.site.absolute(&visitor.path),
        // Nothing public yet: the feed has not changed since the beginning of time (PUB-03).
        changed: public::last_change(&page.items, Timestamp::UNIX_EPOCH),
        items: page.items,
        posted_at,
        office: frame.chrome.office,
    })
}

/// A text for programs that ask again and again.
pub(crate) fn answer(text: String, media_type: &'static str) -> Response {
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "public, max-age=0, s-maxage=60")];
    (headers, text).into_response()
}
