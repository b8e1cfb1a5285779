//! The page of an item: at one address, whatever is asked about its title; gone when it was withdrawn.

use app::public::{self, PublicItem};
use app::publication::{self, Sizes};
use app::radio::{self, Lengths};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use domain::id::PublicationId;
use domain::publication::item::Item;
use domain::publication::{Attachment, Kind, Purpose};
use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION};
use web_kit::chrome::Link;
use web_kit::component::{Badge, Banner, Data, Fact, Facts, Prose, Tone};
use web_kit::form::Path;
use web_kit::page::{framing, page_with};
use web_kit::{Cache, Fault, Language, PageResult, Visitor, page, show};

use crate::document::{self, Known, Paper};
use crate::frame::{self, Frame};
use crate::story::Story;
use crate::{link, meta};

/// The text of an item and its files, as the page of the item and the preview show them.
pub(crate) struct Article {
    /// The line above the title: kind, section, day.
    pub kicker: String,
    /// How a document stands.
    pub effect: Option<Badge>,
    /// The day, for programs.
    pub datetime: String,
    /// The day, as shown.
    pub day: String,
    /// What it says in short.
    pub summary: String,
    /// The text.
    pub prose: Prose,
    /// What is said of it, a line each.
    pub facts: Option<Facts>,
    /// What can be heard: address, media type, name, length when it is known.
    pub sounds: Vec<(String, String, String, String)>,
    /// What can be saved: address, name, size.
    pub files: Vec<(String, String, String)>,
    /// Pictures that do not stand in the text.
    pub pictures: Vec<Picture>,
    /// What is said when there is no text here.
    pub elsewhere: Option<&'static str>,
    /// Where the register says it was first posted; empty when it does not.
    pub original: String,
    /// Whether the text is what was said in the recording.
    pub is_transcript: bool,
    /// A recording nobody has put into words yet.
    pub lacks_words: bool,
    /// What more is shown of an official document.
    pub paper: Option<Paper>,
}

/// A picture beside the text.
pub(crate) struct Picture {
    /// Where it is.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Pixels across and down, when they are known.
    pub size: Option<(u32, u32)>,
}

/// What is known of the files of an item, and of how it stands among others.
#[derive(Default)]
pub(crate) struct Beside {
    /// How long its recordings are.
    pub lengths: Lengths,
    /// How large its pictures are.
    pub sizes: Sizes,
    /// What is known of a document.
    pub known: Known,
}

impl Beside {
    /// Of this item.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn of(app: &App, id: PublicationId, item: &Item) -> Result<Beside, ActionError> {
        Ok(Beside {
            lengths: radio::lengths(app, &item.files)?,
            sizes: publication::sizes(app, &item.files, &item.body)?,
            known: document::known(app, id, item)?,
        })
    }
}

#[derive(Template)]
#[template(path = "item.html")]
struct Page {
    frame: Frame,
    id: PublicationId,
    article: Article,
    notes: Vec<(String, String, &'static str, String)>,
    schema: &'static str,
    metas: Vec<(&'static str, String)>,
    data: Data,
    open_graph: Vec<(&'static str, String)>,
    related: Vec<Story>,
}

#[derive(Template)]
#[template(path = "gone.html")]
struct Gone {
    frame: Frame,
    list: Link,
}

/// The page of items of a kind.
pub fn of(kind: Kind) -> MethodRouter<App> {
    get(move |State(app): State<App>, visitor: Visitor, Path(name): Path<String>| {
        open(app, visitor, name, kind)
    })
}

/// The id at the end of an address.
fn id_of(name: &str) -> Option<PublicationId> {
    name.rsplit('-').next()?.parse().ok()
}

async fn open(app: App, visitor: Visitor, name: String, kind: Kind) -> PageResult {
    let id = id_of(&name).ok_or_else(Fault::not_found)?;
    let work = move |app: &App| {
        let found = public::item(app, id)?;
        let same = public::Filter {
            per_page: 6,
            section: Some(found.item.section.clone()),
            ..public::filter(app, &[kind])
        };
        let related =
            if found.item.section.is_empty() { Vec::new() } else { public::list(app, &same)?.items };
        let beside =
            if found.withdrawn.is_none() { Beside::of(app, id, &found.item)? } else { Beside::default() };
        Ok((found, related, beside))
    };
    let (frame, (found, related, beside)) = frame::with(&app, &visitor, work).await?;
    if found.item.kind != kind.word() {
        // A withdrawn item has no other address than the one it was read at; a public one leads to its own.
        if found.withdrawn.is_some() || Kind::from_word(&found.item.kind).is_none() {
            return Err(Fault::not_found());
        }
        return Ok(moved(&link::item(&found)));
    }
    if let Some(withdrawal) = &found.withdrawn {
        return gone(frame, kind, withdrawal);
    }
    let path = link::item(&found);
    if visitor.path.split('?').next() != Some(path.as_str()) {
        return Ok(moved(&path));
    }
    let article = Article::of(frame.t(), kind, (&found.item, &beside), link::file);
    let frames = article.paper.as_ref().is_some_and(|paper| paper.viewer.is_some());
    let answer =
        page(&draw(frame, &visitor, kind, (&found, &beside.known, article), &related), frame::SHARED)?;
    Ok(if frames { framing(answer) } else { answer })
}

/// 301: what a title became.
fn moved(path: &str) -> Response {
    let headers = [(LOCATION, path.to_owned()), (CACHE_CONTROL, "public, max-age=0, s-maxage=60".to_owned())];
    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
}

fn gone(frame: Frame, kind: Kind, withdrawal: &public::Withdrawal) -> PageResult {
    let t = frame.t();
    let day = show::day(t, withdrawal.on);
    let text = if withdrawal.reason.is_empty() {
        t.fill("portal.gone.text", &[("day", &day)])
    } else {
        t.fill("portal.gone.text_reason", &[("day", &day), ("reason", &withdrawal.reason)])
    };
    let name = frame::kind_word(t, kind);
    let list = Link::new(name, link::list(kind));
    let frame = frame
        .title(t.text("portal.gone.title"))
        .under(vec![list.clone()])
        .unlisted()
        .banner(Banner::new(Tone::Warning, text));
    page_with(StatusCode::GONE, &Gone { frame, list }, Cache::Private)
}

fn draw(
    frame: Frame,
    visitor: &Visitor,
    kind: Kind,
    (found, known, article): (&PublicItem, &Known, Article),
    related: &[PublicItem],
) -> Page {
    let t = frame.t();
    let item = &found.item;
    let mut crumbs = vec![Link::new(frame::kind_word(t, kind), link::list(kind))];
    if !item.section.is_empty() {
        crumbs.push(Link::new(&item.section, link::with_query(&link::list(kind), &[("muc", &item.section)])));
    }
    let about = meta::description(item);
    let frame = frame.title(&item.title).under(crumbs).about(about);
    let notes = found.notes.iter().map(|note| {
        let word =
            if note.is_correction { t.text("portal.item.correction") } else { t.text("portal.item.change") };
        (show::day(t, note.day), note.day.to_string(), word, note.text.clone())
    });
    let related = related.iter().filter(|other| other.id != found.id).take(5);
    Page {
        id: found.id,
        notes: notes.collect(),
        schema: meta::DUBLIN_CORE,
        metas: meta::dublin_core(&frame, visitor, (found, known)),
        data: meta::json_ld(&frame, visitor, kind, (found, known)),
        open_graph: meta::open_graph(&frame, visitor, found),
        related: related.map(|other| Story::of(t, other)).collect(),
        article,
        frame,
    }
}

impl Article {
    /// What an item shows, with what is known beside it. `address` gives where a file of it is: digest, name.
    pub(crate) fn of(
        t: Language,
        kind: Kind,
        (item, beside): (&Item, &Beside),
        address: impl Fn(&str, &str) -> String,
    ) -> Article {
        let Beside { lengths, sizes, known } = beside;
        let of = |purpose: Purpose| item.files.iter().filter(move |file| file.purpose == purpose);
        let href = |file: &Attachment| address(&file.digest, &file.name);
        let named =
            |file: &Attachment| if file.text.is_empty() { file.name.clone() } else { file.text.clone() };
        let told = |file: &Attachment| {
            lengths.get(&file.digest).map_or(String::new(), |seconds| show::length(t, u64::from(*seconds)))
        };
        let pictures: Vec<Picture> = of(Purpose::Picture)
            .filter(|file| !item.body.contains(&file.digest))
            .map(|file| Picture {
                src: href(file),
                alt: file.text.clone(),
                size: sizes.get(&file.digest).copied(),
            })
            .collect();
        let prose = Prose::new(&item.body).sized(sizes, pictures.is_empty());
        let files: Vec<_> =
            of(Purpose::Attachment).map(|file| (href(file), named(file), told_of(t, file))).collect();
        let has_nothing = prose.is_empty() && item.files.is_empty();
        Article {
            kicker: if item.section.is_empty() {
                frame::kind_word(t, kind).to_owned()
            } else {
                item.section.clone()
            },
            effect: known.status().map(|status| document::badge(t, status)),
            datetime: item.day.to_string(),
            day: show::day(t, item.day),
            summary: item.summary.clone(),
            facts: facts(t, kind, item, known),
            paper: known.paper(t, item, &address),
            sounds: of(Purpose::Sound)
                .map(|file| (href(file), file.media_type.clone(), named(file), told(file)))
                .collect(),
            pictures,
            elsewhere: has_nothing.then(|| elsewhere(t, kind)),
            original: original(item),
            is_transcript: kind == Kind::Bulletin && !prose.is_empty(),
            lacks_words: kind == Kind::Bulletin && prose.is_empty() && !has_nothing,
            prose,
            files,
        }
    }
}

/// The kind and the size of a file: `PDF, 1,2 MB`.
fn told_of(t: Language, file: &Attachment) -> String {
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_kind = (2..=4).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let size = show::size(t, file.size);
    if is_kind { format!("{}, {size}", ending.to_ascii_uppercase()) } else { size }
}

/// Why there is nothing but a title.
fn elsewhere(t: Language, kind: Kind) -> &'static str {
    if kind == Kind::Document { t.text("portal.item.no_file") } else { t.text("portal.item.no_text") }
}

/// The address in the register, when it is one a browser opens as a page.
fn original(item: &Item) -> String {
    let url = item.fields.get("url").map_or("", String::as_str);
    let is_page = ["https://", "http://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    if is_page { url.to_owned() } else { String::new() }
}

/// The fields of a document (NĐ 43/2011 Đ10 k1e) or of a piece of news, those that are known.
fn facts(t: Language, kind: Kind, item: &Item, known: &Known) -> Option<Facts> {
    let register = kind.spec().register?;
    let shown: &[&str] = match kind {
        Kind::Document => &[
            "symbol",
            "type_name",
            "issuer",
            "issued_on",
            "effective_on",
            "expires_on",
            "signer",
            "signer_title",
            "posted_on",
        ],
        Kind::News | Kind::Bulletin => &["supplier", "author"],
        _ => return None,
    };
    let fact = |key: &&str| {
        let value = item.fields.get(*key).filter(|value| !value.is_empty())?;
        let value = value.parse().map_or_else(|_| value.clone(), |day| show::day(t, day));
        Some(Fact::new(t.field(register.word(), key), value))
    };
    let facts: Vec<Fact> = known.effect(t).into_iter().chain(shown.iter().filter_map(fact)).collect();
    (!facts.is_empty()).then(|| Facts::new(t, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_with_the_id_whatever_stands_before_it() {
        let id = "01J9ZZZZZZZZZZZZZZZZZZZZZZ";
        let parsed: PublicationId = id.parse().unwrap();
        assert_eq!(id_of(&format!("mot-tin-{id}")), Some(parsed));
        assert_eq!(id_of(id), Some(parsed));
        assert_eq!(id_of("mot-tin"), None);
        assert_eq!(id_of(""), None);
    }
}
