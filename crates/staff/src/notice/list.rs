//! The list of notices.

use app::notice::{self, NoticeRow, PER_PAGE};
use askama::Template;
use domain::notice::State;
use domain::time::{Day, Timestamp};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Empty, Field, Kind, Pager, Table};
use web_kit::form::{FormState, Query};
use web_kit::{Cache, Language, PageResult, page, show};

use super::{PATH, badge, state_name};
use crate::refusal::fault;
use crate::{Staff, link};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "notice/list.html")]
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
    let (notices, total) =
        staff.run(move |app, actor| notice::list(app, actor, state, number)).await.map_err(fault)?;
    let today = staff.state.app.today();
    let form = FormState::of([("state", asked.state.clone())]);
    let choices = State::ALL.map(|state| Choice::new(state.word(), state_name(t, state))).to_vec();
    let empty = if state.is_some() {
        Empty::new(t.text("notice.nothing_title"), t.text("notice.nothing"))
            .action(Link::new(t.text("action.clear_filter"), PATH))
    } else {
        Empty::new(t.text("notice.empty_title"), t.text("notice.empty"))
    };
    let href = |page: u64| link::with_query(PATH, &[("state", &asked.state), ("page", &page.to_string())]);
    let shown = Page {
        chrome: staff.chrome(t.text("nav.notices")),
        field: Field::new(&form, t, "state", t.text("notice.state_name"), Kind::Select(choices)),
        narrowed: state.is_some(),
        empty: notices.is_empty().then_some(empty),
        table: table(t, &notices, today),
        pager: Pager::new(t, (u64::from(number), u64::from(PER_PAGE), total.unsigned_abs()), href),
    };
    page(&shown, Cache::Private)
}

fn table(t: Language, notices: &[NoticeRow], today: Day) -> Table {
    let columns = vec![
        Column::new(t.text("notice.message")).wide(),
        Column::new(t.text("notice.state_name")),
        Column::new(t.text("notice.received")).short(),
        Column::new(t.text("notice.due")).short(),
    ];
    let row = |row: &NoticeRow| {
        let mut text: String = row.message.chars().take(120).collect();
        if text.len() < row.message.len() {
            text.push('…');
        }
        let received = Timestamp::from_millisecond(row.received_at).unwrap_or(Timestamp::UNIX_EPOCH);
        let due = Cell::new(row.due_on.map(|day| show::day(t, day)).unwrap_or_default());
        let is_late = !row.state.is_closed() && row.due_on.is_some_and(|due| due < today);
        vec![
            Cell::link(text, format!("{PATH}/{}", row.id)),
            Cell::badge(badge(t, row.state)),
            Cell::new(show::instant(t, received)),
            if is_late { due.note(t.text("notice.late")) } else { due },
        ]
    };
    Table::new(t, "notices", t.text("nav.notices"), columns)
        .rows(notices.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
