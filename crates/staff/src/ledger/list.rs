//! The entries, newest first.

use app::overseeing::{self, EntryView};
use askama::Template;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Column, Empty, FormStart, Table};
use web_kit::form::Query;
use web_kit::{Cache, PageResult, page, show};

use super::{PATH, wording};
use crate::gate::Staff;
use crate::{link, refusal};

/// Entries on a page.
const SIZE: u16 = 50;
/// Signs of a hash that are shown in the table.
const HASH: usize = 16;

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct Page {
    chrome: Chrome,
    table: Option<Table>,
    empty: Empty,
    older: Option<String>,
    newest: Option<&'static str>,
    start: FormStart,
}

/// Which entries.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    before: Option<i64>,
}

/// Shows them.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let before = asked.before;
    let work = move |app: &app::App, actor: &app::Actor| overseeing::ledger(app, actor, before, SIZE);
    let (entries, has_more) = staff.run(work).await.map_err(refusal::fault)?;
    let columns = vec![
        Column::new(t.text("ledger.column.sequence")).numeric(),
        Column::new(t.text("ledger.column.at")),
        Column::new(t.text("ledger.column.who")),
        Column::new(t.text("ledger.column.what")).wide(),
        Column::new(t.text("ledger.column.hash")),
    ];
    let table = Table::new(t, "entries", t.text("ledger.title"), columns)
        .rows(entries.iter().map(|entry| row(&staff, entry)).collect())
        .caption_hidden()
        .cards();
    let last = entries.last().map(|entry| entry.sequence.to_string());
    let shown = Page {
        chrome: staff.chrome(t.text("ledger.title")),
        table: (!entries.is_empty()).then_some(table),
        empty: Empty::new(t.text("ledger.empty_title"), t.text("ledger.empty"))
            .action(Link::new(t.text("ledger.newest"), PATH)),
        older: last.filter(|_| has_more).map(|last| link::with_query(PATH, &[("before", &last)])),
        newest: before.is_some().then_some(PATH),
        start: FormStart::plain(&staff.visitor.form_token()),
    };
    page(&shown, Cache::Private)
}

fn row(staff: &Staff, entry: &EntryView) -> Vec<Cell> {
    let t = staff.t();
    let what = wording::what(t, &entry.kind);
    let subject = if entry.subject == what { String::new() } else { entry.subject.clone() };
    let hash: String = entry.hash.chars().take(HASH).collect();
    let subject = match (entry.is_erased, subject.is_empty()) {
        (false, _) => subject,
        (true, true) => t.text("ledger.erased").to_owned(),
        (true, false) => format!("{subject} · {}", t.text("ledger.erased")),
    };
    let what = match &entry.path {
        Some(path) => Cell::link(what, path.clone()),
        None => Cell::new(what),
    };
    vec![
        Cell::new(t.number(u64::try_from(entry.sequence).unwrap_or(0))),
        Cell::new(show::instant(t, entry.at)),
        Cell::new(wording::who(t, &entry.who)),
        what.note(subject),
        Cell::new(format!("{hash}…")),
    ]
}
