//! The list of uploaded documents, by state.

use app::documents::{self, Duplicate, PER_PAGE, Shown, State};
use askama::Template;
use domain::access::Capability;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Banner, Cell, Column, Empty, Pager, Table, Tone};
use web_kit::form::Query;
use web_kit::{Cache, Language, PageResult, page, show};

use super::{PATH, path, read};
use crate::refusal::fault;
use crate::{Staff, link};

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    page: Option<u32>,
    /// Files read just now.
    read: Option<u32>,
    /// Files refused just now.
    bad: Option<u32>,
}

#[derive(Template)]
#[template(path = "document/list.html")]
struct Page {
    chrome: Chrome,
    /// Label, number, address, whether it is the one shown.
    states: Vec<(&'static str, String, String, bool)>,
    upload: Option<String>,
    certain: Option<&'static str>,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let state = State::from_word(&asked.state).unwrap_or(State::Proposed);
    let number = asked.page.unwrap_or(1).max(1);
    let found =
        staff.run(move |app, actor| documents::list(app, actor, state, number)).await.map_err(fault)?;
    let mut chrome = staff
        .chrome(t.text("document_page.title"))
        .under(vec![Link::new(t.text("nav.publications"), "/publications")]);
    if let (Some(read), Some(bad)) = (asked.read, asked.bad) {
        let words = t.fill("document_page.done", &[("read", &read), ("bad", &bad)]);
        let tone = if bad > 0 { Tone::Warning } else { Tone::Done };
        chrome = chrome.banner(Banner::new(tone, words));
    }
    let of = |state: State, page: u64| {
        let page = if page > 1 { page.to_string() } else { String::new() };
        link::with_query(PATH, &[("state", state.word()), ("page", &page)])
    };
    let states = found.counts.iter().map(|(own, count)| {
        let label = t.text(&format!("document_state.{}", own.word()));
        (label, t.number(count.unsigned_abs()), of(*own, 1), *own == state)
    });
    page(
        &Page {
            chrome,
            states: states.collect(),
            upload: staff.may(Capability::WritePublications).then(|| format!("{PATH}/upload")),
            certain: (staff.may(Capability::WritePublications)
                && state == State::Proposed
                && !found.documents.is_empty())
            .then_some(super::many::PATH),
            empty: found
                .documents
                .is_empty()
                .then(|| Empty::new(t.text("document_page.empty_title"), t.text("document_page.empty"))),
            table: table(t, &found.documents),
            pager: Pager::new(
                t,
                (u64::from(number), u64::from(PER_PAGE), found.total.unsigned_abs()),
                |page| of(state, page),
            ),
        },
        Cache::Private,
    )
}

fn table(t: Language, documents: &[Shown]) -> Table {
    let columns = vec![
        Column::new(t.text("document_page.file")),
        Column::new(t.text("document_field.symbol")).short(),
        Column::new(t.text("document_field.summary")).wide(),
        Column::new(t.text("document_page.note")),
        Column::new(t.text("document_page.uploaded")).short(),
    ];
    let row = |shown: &Shown| {
        let decree = shown.document.as_ref().map(|document| &document.decree);
        let part = |field: Option<&app::documents::Field>| {
            field.map(|field| field.value.clone()).unwrap_or_default()
        };
        let number = part(decree.and_then(|decree| decree.number.as_ref()));
        let symbol = part(decree.and_then(|decree| decree.symbol.as_ref()));
        let symbol = if symbol.is_empty() { number } else { format!("{number}/{symbol}") };
        let name = if shown.row.file_name.is_empty() {
            t.text("document_page.no_name").to_owned()
        } else {
            shown.row.file_name.clone()
        };
        vec![
            Cell::link(name, path(shown.row.id)),
            Cell::new(symbol),
            Cell::new(part(decree.and_then(|decree| decree.summary.as_ref()))),
            note(t, shown),
            Cell::new(show::instant(t, shown.row.created_at)).note(shown.who.clone()),
        ]
    };
    Table::new(t, "documents", t.text("document_page.title"), columns)
        .rows(documents.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn note(t: Language, shown: &Shown) -> Cell {
    if shown.row.state == State::Refused {
        return Cell::new(t.text(&format!("invalid.{}", shown.row.problem)));
    }
    let Some(document) = &shown.document else { return Cell::new("") };
    let mut cell = Cell::badge(read::least_badge(t, &document.decree));
    if !document.without_text.is_empty() {
        cell = cell.with_badge(Badge::new(Tone::Warning, t.text("document_page.is_scan")));
    }
    if !shown.duplicates.is_empty() {
        cell = cell.with_badge(Badge::new(Tone::Warning, t.text("document_page.is_duplicate")));
    }
    cell
}

/// The same document elsewhere, as links.
pub(super) fn duplicates(t: Language, all: &[Duplicate]) -> Vec<Link> {
    let one = |duplicate: &Duplicate| match duplicate {
        Duplicate::Upload(id, name) => {
            Link::new(t.fill("document_page.same_upload", &[("name", name)]), path(*id))
        }
        Duplicate::Publication(id, name) => Link::new(
            t.fill("document_page.same_publication", &[("name", name)]),
            crate::publication::path(*id),
        ),
        Duplicate::Record(id, symbol) => Link::new(
            t.fill("document_page.same_record", &[("symbol", symbol)]),
            format!("{}/{id}", link::register(domain::register::Register::PortalDocuments)),
        ),
    };
    all.iter().map(one).collect()
}
