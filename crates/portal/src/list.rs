//! The lists of each kind: by section, issuer and year, some items on a page, newest first.

use std::collections::BTreeMap;

use app::App;
use app::public::{self, Facet, Filter, Status};
use askama::Template;
use axum::extract::State;
use axum::routing::{MethodRouter, get};
use domain::publication::Kind;
use web_kit::component::{Cell, Column, Empty, Pager, Table};
use web_kit::{Fault, Language, PageResult, Visitor, page};

use crate::ask::{Asked, status_word};
use crate::document;
use crate::frame::{self, Frame};
use crate::story::Story;
use crate::{feed, link};

#[derive(Template)]
#[template(path = "list.html")]
struct Page {
    frame: Frame,
    lead: &'static str,
    action: String,
    filters: Vec<Choices>,
    is_narrowed: bool,
    table: Option<Table>,
    stories: Vec<Story>,
    pager: Option<Pager>,
    empty: Option<Empty>,
    found: String,
    feeds: Vec<(&'static str, String)>,
    /// The programme of the station, with its bulletins.
    programme: Option<&'static str>,
}

/// A facet to choose from.
struct Choices {
    name: &'static str,
    label: &'static str,
    any: &'static str,
    values: Vec<(String, String, bool)>,
}

/// The list of a kind.
pub fn of(kind: Kind) -> MethodRouter<App> {
    get(move |State(app): State<App>, visitor: Visitor, asked: Asked| show(app, visitor, asked, kind))
}

struct Found {
    page: public::Page,
    filter: Filter,
    sections: Vec<(String, i64)>,
    sources: Vec<(String, i64)>,
    years: Vec<(String, i64)>,
    effects: Vec<(String, i64)>,
    statuses: BTreeMap<String, Status>,
    has_programme: bool,
}

async fn show(app: App, visitor: Visitor, asked: Asked, kind: Kind) -> PageResult {
    let filter = asked.filter(&app, &[kind]).ok_or_else(Fault::not_found)?;
    let work = move |app: &App| {
        let all = public::filter(app, &[kind]);
        let facet = |facet| public::facet(app, facet, &all);
        let page = public::list(app, &filter)?;
        let is_document = kind == Kind::Document;
        Ok(Found {
            statuses: if is_document { public::statuses(app, &page.items)? } else { BTreeMap::new() },
            effects: if is_document { facet(Facet::Effect)? } else { Vec::new() },
            page,
            sections: facet(Facet::Section)?,
            sources: facet(Facet::Source)?,
            years: facet(Facet::Year)?,
            has_programme: kind == Kind::Bulletin && app::radio::programme::days(app)?.is_some(),
            filter,
        })
    };
    let (frame, found) = frame::with(&app, &visitor, work).await?;
    let total = u64::try_from(found.page.total).unwrap_or(0);
    let size = u64::from(found.filter.per_page);
    // A page beyond the end is no page; a list nobody has filled has its first.
    if asked.page > 1 && u64::from(asked.page) > total.div_ceil(size) {
        return Err(Fault::not_found());
    }
    page(&draw(frame, &visitor, &asked, kind, found), frame::SHARED)
}

fn draw(frame: Frame, visitor: &Visitor, asked: &Asked, kind: Kind, found: Found) -> Page {
    let t = frame.t();
    let path = link::list(kind);
    let total = u64::try_from(found.page.total).unwrap_or(0);
    let size = u64::from(found.filter.per_page);
    let pager = (total > size)
        .then(|| Pager::new(t, (u64::from(asked.page), size, total), |number| asked.href(&path, number)));
    let name =
        if asked.section.is_empty() { frame::kind_word(t, kind).to_owned() } else { asked.section.clone() };
    let crumbs = if asked.section.is_empty() {
        Vec::new()
    } else {
        vec![web_kit::chrome::Link::new(frame::kind_word(t, kind), &path)]
    };
    let is_table = kind == Kind::Document;
    let announced = feed::of_kind(t, kind, &asked.section);
    let mut frame = frame
        .title(name)
        .under(crumbs)
        .about(t.text(&format!("portal.lead.{}", kind.word())))
        .feeds(vec![announced]);
    frame.canonical = visitor.site.absolute(&asked.href(&path, u64::from(asked.page)));
    Page {
        lead: t.text(&format!("portal.lead.{}", kind.word())),
        filters: filters(t, asked, kind, &found),
        is_narrowed: asked.is_narrowed(),
        table: (is_table && total > 0).then(|| table(t, &found)),
        stories: if is_table { Vec::new() } else { Story::all(t, &found.page.items) },
        empty: (total == 0).then(|| empty(t, asked)),
        found: t.counted("portal.list.found", total),
        programme: found.has_programme.then_some(crate::programme::PATH),
        feeds: [
            ("RSS", feed::path(kind, &asked.section, "rss.xml")),
            ("Atom", feed::path(kind, &asked.section, "atom.xml")),
        ]
        .into_iter()
        .chain((kind == Kind::Bulletin).then(|| ("Podcast", feed::PODCAST.to_owned())))
        .collect(),
        pager,
        action: path,
        frame,
    }
}

fn empty(t: Language, asked: &Asked) -> Empty {
    if asked.is_narrowed() {
        Empty::new(t.text("portal.list.nothing_found"), t.text("portal.list.nothing_found_text"))
    } else {
        Empty::new(t.text("portal.list.nothing_yet"), t.text("portal.list.nothing_yet_text"))
    }
}

fn is_one(value: &str, chosen: &str) -> bool {
    !chosen.is_empty() && domain::text::is_one_name(value, chosen)
}

fn filters(t: Language, asked: &Asked, kind: Kind, found: &Found) -> Vec<Choices> {
    let values = |values: &[(String, i64)], chosen: &str| {
        let label = |(value, count): &(String, i64)| {
            let count = t.number(u64::try_from(*count).unwrap_or(0));
            (value.clone(), format!("{value} ({count})"), value == chosen || is_one(value, chosen))
        };
        values.iter().map(label).collect::<Vec<_>>()
    };
    let effects = found.effects.iter().filter_map(|(word, count)| {
        let status = Status::from_word(word)?;
        let (word, count) = (status_word(status), t.number(u64::try_from(*count).unwrap_or(0)));
        Some((word.to_owned(), format!("{} ({count})", document::status(t, status)), word == asked.effect))
    });
    let is_document = kind == Kind::Document;
    let (section, source) = if is_document {
        (t.text("portal.list.type"), t.text("portal.list.issuer"))
    } else {
        (t.text("portal.list.section"), t.text("portal.list.supplier"))
    };
    let any = t.text("portal.list.any");
    [
        Choices { name: "muc", label: section, any, values: values(&found.sections, &asked.section) },
        Choices { name: "nguon", label: source, any, values: values(&found.sources, &asked.source) },
        Choices {
            name: "nam",
            label: t.text("portal.list.year"),
            any,
            values: values(&found.years, &asked.year),
        },
        Choices { name: "hieu-luc", label: t.text("document_effect.title"), any, values: effects.collect() },
    ]
    .into_iter()
    .filter(|choices| !choices.values.is_empty())
    .collect()
}

fn table(t: Language, found: &Found) -> Table {
    let columns = vec![
        Column::new(t.text("portal.list.symbol")).short(),
        Column::new(t.text("portal.list.issued")).short(),
        Column::new(t.text("portal.list.summary")).wide(),
        Column::new(t.text("portal.list.issuer")),
    ];
    let rows = found.page.items.iter().map(|item| {
        let story = Story::of(t, item);
        let symbol =
            if story.symbol.is_empty() { t.text("portal.list.no_symbol").to_owned() } else { story.symbol };
        vec![
            Cell::new(symbol),
            Cell::new(story.day),
            match found.statuses.get(&item.id.to_string()) {
                Some(status) => Cell::link(story.title, story.href)
                    .note(story.section)
                    .with_badge(document::badge(t, *status)),
                None => Cell::link(story.title, story.href).note(story.section),
            },
            Cell::new(story.source),
        ]
    });
    Table::new(t, "documents", t.text("portal.kind.document"), columns)
        .rows(rows.collect())
        .caption_hidden()
        .cards()
}
