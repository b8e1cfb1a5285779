//! What stands around every public page, and how errors of actions are answered.

use std::borrow::Cow;

use app::office::Office;
use app::{ActionError, App, office, site};
use domain::publication::Kind;
use domain::site::{Accent, Look};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Tone};
use web_kit::form::{FieldError, FormState};
use web_kit::{Cache, Fault, Language, Visitor};

use crate::link;

/// How long shared caches may answer without asking, in seconds (PUB-05).
pub(crate) const SHARED: Cache = Cache::Shared(60);

/// Everything around the content of a public page; templates that extend `site.html` hold it in a field `frame`.
pub(crate) struct Frame {
    /// What every page has: words, title, theme, crumbs, banners.
    pub chrome: Chrome,
    /// *Cơ quan chủ quản*, above the name.
    pub parent: String,
    /// The menu.
    pub menu: Vec<Entry>,
    /// The rest of the site, for the foot.
    pub more: Vec<Entry>,
    /// What the page is about, in a sentence or two.
    pub description: String,
    /// Where the page is, once and for all; empty for pages that are not to be indexed.
    pub canonical: String,
    /// Feeds of what the page lists: title, path, media type.
    pub feeds: Vec<Feed>,
    /// The year, for the notice of reuse.
    pub year: i16,
    /// Whether the box of the search stands in the head; the search page has its own.
    pub has_search: bool,
    /// How the site presents itself.
    pub look: Look,
    /// *Tên cổng*: the office's own, else the name of the office.
    pub name: String,
    /// The address of the colours, when they are not those of the style sheet.
    pub colours: Option<String>,
    /// The picture in the head.
    pub logo: Option<Logo>,
}

/// An entry of a menu.
pub(crate) struct Entry {
    /// The text.
    pub label: Cow<'static, str>,
    /// The path.
    pub href: String,
    /// Whether the page shown is this one or below it.
    pub is_current: bool,
}

/// The picture in the head.
pub(crate) struct Logo {
    /// Its path.
    pub src: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A feed that a page announces.
pub(crate) struct Feed {
    /// What it holds.
    pub title: String,
    /// The path.
    pub href: String,
    /// `application/atom+xml`, `application/rss+xml`.
    pub media_type: &'static str,
}

/// Kinds in the menu; the others stand in the foot and on the site map.
const MENU: [Kind; 5] = [Kind::News, Kind::Document, Kind::Statement, Kind::Notice, Kind::Bulletin];

/// Pages that belong to no kind: key of the text, path.
const MORE: [(&str, &str); 8] = [
    (words::key!("press_form.title"), crate::press::PATH),
    (words::key!("notice.title"), crate::notice::PATH),
    (words::key!("portal.nav.deadline"), crate::calculator::PATH),
    (words::key!("portal.nav.open_data"), link::OPEN_DATA),
    (words::key!("portal.nav.site_map"), link::SITE_MAP),
    (words::key!("portal.nav.accessibility"), crate::about::ACCESSIBILITY),
    (words::key!("portal.nav.privacy"), crate::about::PRIVACY),
    (words::key!("portal.nav.sign_in"), "/sign-in"),
];

/// Notes in a form the fields that cannot be taken, so that its page is shown again with what was typed.
pub(crate) fn note(state: &mut FormState, wrong: &[app::Invalid]) {
    for invalid in wrong {
        let error = FieldError::new(&invalid.field, &format!("invalid.{}", invalid.code));
        state.refuse(invalid.args.iter().fold(error, |error, (name, value)| error.with(name, value)));
    }
}

/// Runs an action and gathers what stands around its page, in one go.
///
/// # Errors
/// The page for an action that gave no answer.
pub(crate) async fn with<T: Send + 'static>(
    app: &App,
    visitor: &Visitor,
    work: impl FnOnce(&App) -> Result<T, ActionError> + Send + 'static,
) -> Result<(Frame, T), Fault> {
    let done =
        app.run(move |app| Ok((office_of(app)?, site::look(app)?, app.today().year(), work(app)?))).await;
    let (office, look, year, answer) = done.map_err(fault)?;
    Ok((Frame::new(visitor, office.as_ref(), look, year), answer))
}

/// [`with`], for pages that need nothing else.
pub(crate) async fn alone(app: &App, visitor: &Visitor) -> Result<Frame, Fault> {
    with(app, visitor, |_| Ok(())).await.map(|(frame, ())| frame)
}

fn office_of(app: &App) -> Result<Option<Office>, ActionError> {
    match office::office(app) {
        Ok(office) => Ok(Some(office)),
        Err(ActionError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Frame {
    fn new(visitor: &Visitor, office: Option<&Office>, look: Look, year: i16) -> Frame {
        let t = visitor.language;
        let path = visitor.path.split('?').next().unwrap_or_default();
        let below =
            |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        let entry = |label: Cow<'static, str>, href: String| Entry { label, is_current: below(&href), href };
        let of_kind = |kind: Kind| entry(kind_word(t, kind).into(), link::list(kind));
        let mut menu = vec![Entry {
            label: t.text("portal.nav.home").into(),
            href: "/".to_owned(),
            is_current: path == "/",
        }];
        let contact = || entry(t.text("portal.nav.contact").into(), link::CONTACT.to_owned());
        if look.menu.is_empty() {
            menu.extend(MENU.map(of_kind));
            menu.push(contact());
        } else {
            let own = look.menu.iter().map(|own| {
                let is_english = t == Language::En && !own.label_en.is_empty();
                let label = if is_english { &own.label_en } else { &own.label };
                entry(label.clone().into(), own.href.clone())
            });
            menu.extend(own);
        }
        // What the menu leaves out is still found in the foot.
        let others = Kind::ALL.into_iter().map(of_kind).chain([contact()]);
        let others = others.filter(|other| menu.iter().all(|known| known.href != other.href));
        let about = (!look.about.is_empty())
            .then(|| entry(t.text("portal.nav.about").into(), crate::about::ABOUT.to_owned()))
            .filter(|about| menu.iter().all(|known| known.href != about.href));
        let more = MORE.map(|(key, href)| entry(t.text(key).into(), href.to_owned()));
        let more: Vec<Entry> = about.into_iter().chain(others).chain(more).collect();
        let names = office.map(|office| &office.names);
        let mut chrome = Chrome::bare(visitor, String::new())
            .office(names.map_or_else(|| t.text("app.tagline").to_owned(), |names| names.name.clone()));
        if office.is_some_and(|office| office.is_example) {
            chrome = chrome.banner(Banner::new(Tone::Info, t.text("portal.example")));
        }
        // *UBND* in English, where the office says what it is called.
        if t == Language::En && !look.name_en.is_empty() {
            chrome = chrome.office(look.name_en.clone());
        }
        let chrome_office = chrome.office.clone();
        Frame {
            chrome,
            parent: names.and_then(|names| names.parent.clone()).unwrap_or_default(),
            menu,
            more,
            description: String::new(),
            canonical: visitor.site.absolute(path),
            feeds: Vec::new(),
            year,
            has_search: path != crate::search::PATH,
            name: if look.name.is_empty() || (t == Language::En && !look.name_en.is_empty()) {
                chrome_office
            } else {
                look.name.clone()
            },
            colours: (look.accent != Accent::default()).then(|| link::colours(look.accent)),
            logo: look.logo.as_ref().map(|logo| Logo {
                src: link::logo(logo),
                width: logo.width,
                height: logo.height,
            }),
            look,
        }
    }

    /// The language of the page.
    pub(crate) const fn t(&self) -> Language {
        self.chrome.t
    }

    /// The same, with this title.
    #[must_use]
    pub(crate) fn title(mut self, title: impl Into<String>) -> Frame {
        self.chrome.title = title.into();
        self
    }

    /// The same, below these pages; the home page stands before them.
    #[must_use]
    pub(crate) fn under(mut self, crumbs: Vec<Link>) -> Frame {
        let home = Link::new(self.t().text("portal.nav.home"), "/");
        self.chrome.crumbs = std::iter::once(home).chain(crumbs).collect();
        self
    }

    /// The same, about this.
    #[must_use]
    pub(crate) fn about(mut self, description: impl Into<String>) -> Frame {
        self.description = description.into();
        self
    }

    /// The same, not to be indexed.
    #[must_use]
    pub(crate) fn unlisted(mut self) -> Frame {
        self.canonical.clear();
        self
    }

    /// The same, with one more notice.
    #[must_use]
    pub(crate) fn banner(mut self, banner: Banner) -> Frame {
        self.chrome.banners.push(banner);
        self
    }

    /// The same, with the feeds of these kinds.
    #[must_use]
    pub(crate) fn feeds(mut self, feeds: Vec<Feed>) -> Frame {
        self.feeds = feeds;
        self
    }
}

/// What a kind is called where many stand together.
pub(crate) fn kind_word(t: Language, kind: Kind) -> &'static str {
    t.text(&format!("portal.kind.{}", kind.word()))
}

/// The page for an action that gave no answer. The public is told no more than that.
pub(crate) fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::NotFound => Fault::not_found(),
        ActionError::TooMany { seconds } => Fault::too_often(u64::try_from(seconds).unwrap_or(1)),
        ActionError::Forbidden(_) | ActionError::Stale => Fault::not_found(),
        ActionError::Refused(code) => Fault::not_found().cause(code),
        ActionError::Invalid(fields) => Fault::bad_request().cause(format!("{fields:?}")),
        ActionError::Internal(error) => Fault::internal(format!("{error:#}")),
    }
}
