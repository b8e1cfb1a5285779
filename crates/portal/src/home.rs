//! The first page: what is new of each kind.

use app::public::{self, PublicItem};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use domain::publication::Kind;
use web_kit::component::Data;
use web_kit::{PageResult, Visitor, page};

use crate::frame::{self, Feed, Frame};
use crate::story::Story;
use crate::{feed, link};

/// How many of each kind are shown.
const NEWS: u16 = 7;
const OTHERS: u16 = 5;

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    frame: Frame,
    lead: Option<Story>,
    news: Vec<Story>,
    documents: Vec<Story>,
    others: Vec<Block>,
    quick: Vec<(&'static str, String, String)>,
    data: Data,
}

/// A kind with its newest items.
struct Block {
    title: &'static str,
    href: String,
    stories: Vec<Story>,
}

const BLOCKS: [Kind; 4] = [Kind::Notice, Kind::Statement, Kind::Bulletin, Kind::Correction];

struct Newest {
    news: Vec<PublicItem>,
    documents: Vec<PublicItem>,
    others: Vec<(Kind, Vec<PublicItem>)>,
    counts: Vec<(Kind, i64)>,
}

fn newest(app: &App) -> Result<Newest, ActionError> {
    let of = |kind: Kind, most: u16| {
        let filter = public::Filter { per_page: most, ..public::filter(app, &[kind]) };
        public::list(app, &filter).map(|page| page.items)
    };
    let mut others = Vec::new();
    for kind in BLOCKS {
        let items = of(kind, OTHERS)?;
        if !items.is_empty() {
            others.push((kind, items));
        }
    }
    Ok(Newest {
        news: of(Kind::News, NEWS)?,
        documents: of(Kind::Document, OTHERS)?,
        others,
        counts: public::counts(app)?,
    })
}

/// Shows it.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    let (frame, newest) = frame::with(&app, &visitor, newest).await?;
    let t = frame.t();
    let mut news = Story::all(t, &newest.news);
    let lead = (!news.is_empty()).then(|| news.remove(0));
    let others = newest.others.iter().map(|(kind, items)| Block {
        title: frame::kind_word(t, *kind),
        href: link::list(*kind),
        stories: Story::all(t, items),
    });
    let counted = newest.counts.iter().map(|(kind, count)| {
        let count = u64::try_from(*count).unwrap_or(0);
        (frame::kind_word(t, *kind), link::list(*kind), t.counted("portal.home.items", count))
    });
    let tools = [
        (
            t.text("portal.nav.deadline"),
            crate::calculator::PATH.to_owned(),
            t.text("portal.home.deadline").to_owned(),
        ),
        (t.text("portal.nav.contact"), link::CONTACT.to_owned(), t.text("portal.home.contact").to_owned()),
        (
            t.text("portal.nav.open_data"),
            link::OPEN_DATA.to_owned(),
            t.text("portal.home.open_data").to_owned(),
        ),
    ];
    let feeds: Vec<Feed> =
        [Kind::News, Kind::Document].into_iter().map(|kind| feed::of_kind(t, kind, "")).collect();
    let name = frame.name.clone();
    let about = t.fill("portal.home.about", &[("office", &frame.chrome.office)]);
    let shown = Page {
        others: others.collect(),
        quick: counted.chain(tools).collect(),
        documents: Story::all(t, &newest.documents),
        frame: frame.title(t.fill("portal.home.title", &[("name", &name)])).about(about).feeds(feeds),
        data: crate::search::json_ld(&visitor, &name),
        lead,
        news,
    };
    page(&shown, frame::SHARED)
}
