//! The list of requests. Nobody's name stands in it.

use app::data_request::{self, DataRequestRow, PER_PAGE};
use askama::Template;
use domain::data_request::State;
use domain::time::Timestamp;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Empty, Field, Kind, Pager, Table};
use web_kit::form::{FormState, Query};
use web_kit::{Cache, Language, PageResult, page};

use super::{PATH, badge, kind_name, path, state_name};
use crate::refusal::fault;
use crate::{Staff, link, show_day};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "data_request/list.html")]
struct Page {
    chrome: Chrome,
    field: Field,
    narrowed: bool,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let (state, number) = (State::from_word(&asked.state), asked.page.unwrap_or(1).max(1));
    let (found, total) =
        staff.run(move |app, actor| data_request::list(app, actor, state, number)).await.map_err(fault)?;
    let form = FormState::of([("state", asked.state.clone())]);
    let choices = State::ALL.map(|state| Choice::new(state.word(), state_name(t, state))).to_vec();
    let empty = if state.is_some() {
        Empty::new(t.text("data_request.nothing_title"), t.text("data_request.nothing"))
            .action(Link::new(t.text("action.clear_filter"), PATH))
    } else {
        Empty::new(t.text("data_request.empty_title"), t.text("data_request.empty"))
    };
    let href = |page: u64| link::with_query(PATH, &[("state", &asked.state), ("page", &page.to_string())]);
    let shown = Page {
        chrome: staff.chrome(t.text("nav.data_requests")),
        field: Field::new(&form, t, "state", t.text("data_request.state_name"), Kind::Select(choices)),
        narrowed: state.is_some(),
        empty: found.is_empty().then_some(empty),
        table: table(t, &found, staff.state.app.now()),
        pager: Pager::new(t, (u64::from(number), u64::from(PER_PAGE), total.unsigned_abs()), href),
    };
    page(&shown, Cache::Private)
}

fn table(t: Language, rows: &[DataRequestRow], now: Timestamp) -> Table {
    let columns = vec![
        Column::new(t.text("data_request.number")).short(),
        Column::new(t.text("data_request.asked")).wide(),
        Column::new(t.text("data_request.state_name")),
        Column::new(t.text("data_request.received")).short(),
        Column::new(t.text("data_request.due")).short(),
    ];
    let row = |row: &DataRequestRow| {
        let due = row.request.running(row.state).map(|limit| show_day::day(limit.due.day()));
        let due = Cell::new(due.unwrap_or_default());
        let is_late = row.due_at.is_some_and(|due| due < now);
        vec![
            Cell::link(row.number.clone(), path(row.id)),
            Cell::new(kind_name(t, row.request.kind)),
            Cell::badge(badge(t, row.state)),
            Cell::new(show_day::instant(row.received_at)),
            if is_late { due.note(t.text("data_request.late")) } else { due },
        ]
    };
    Table::new(t, "data-requests", t.text("nav.data_requests"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
