//! The log of security events, newest first.

use app::security::{self, EventPage, EventView};
use askama::Template;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Empty, Table};
use web_kit::form::Query;
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use super::{EVENTS, PATH};
use crate::gate::Staff;
use crate::ledger::who;
use crate::{link, refusal};

/// Events on a page.
const SIZE: u16 = 50;
/// Signs of a kind that are read.
const MOST: usize = 64;

#[derive(Template)]
#[template(path = "administration/events.html")]
struct Page {
    chrome: Chrome,
    choices: Vec<Choice>,
    chosen: String,
    table: Option<Table>,
    empty: Empty,
    older: Option<String>,
    newest: Option<String>,
}

/// Which events.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    before: Option<i64>,
    event: String,
}

/// Shows them.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let chosen: String = asked.event.chars().take(MOST).collect();
    let (before, kind) = (asked.before, (!chosen.is_empty()).then(|| chosen.clone()));
    let work = move |app: &app::App, actor: &app::Actor| {
        security::events(app, actor, (before, kind.as_deref()), SIZE)
    };
    let EventPage { events, has_more, kinds } = staff.run(work).await.map_err(refusal::fault)?;
    let mut choices = vec![Choice::new("", t.text("security.all"))];
    choices.extend(kinds.iter().map(|kind| Choice::new(kind.clone(), name(t, kind))));
    let to = |before: &str| {
        let asked = [("event", chosen.as_str()), ("before", before)];
        let given: Vec<(&str, &str)> = asked.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        link::with_query(EVENTS, &given)
    };
    let last = events.last().map(|event| event.sequence.to_string());
    let shown = Page {
        chrome: staff
            .chrome(t.text("security.title"))
            .under(vec![Link::new(t.text("administration.title"), PATH)]),
        choices,
        table: (!events.is_empty()).then(|| table(t, &events)),
        empty: Empty::new(t.text("security.empty_title"), t.text("security.empty")),
        older: last.filter(|_| has_more).map(|last| to(&last)),
        newest: before.is_some().then(|| to("")),
        chosen,
    };
    page(&shown, Cache::Private)
}

fn name(t: Language, event: &str) -> String {
    t.find(&format!("security.event.{event}")).unwrap_or(event).to_owned()
}

fn table(t: Language, events: &[EventView]) -> Table {
    let columns = vec![
        Column::new(t.text("security.column.sequence")).numeric(),
        Column::new(t.text("security.column.at")),
        Column::new(t.text("security.column.what")).wide(),
        Column::new(t.text("security.column.who")),
        Column::new(t.text("security.column.source")),
        Column::new(t.text("security.column.request")),
    ];
    let row = |event: &EventView| {
        vec![
            Cell::new(t.number(u64::try_from(event.sequence).unwrap_or(0))),
            Cell::new(words_of::instant(t, event.at)),
            Cell::new(name(t, &event.event)).note(event.detail.clone()),
            Cell::new(who(t, &event.who)),
            Cell::new(event.source.clone()),
            Cell::new(event.request.clone()),
        ]
    };
    Table::new(t, "events", t.text("security.title"), columns)
        .rows(events.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
