//! The list of publications, and what waits.

use app::publication::PublicationRow;
use app::publication::{self, Filter, Page as Found};
use askama::Template;
use domain::access::Capability;
use domain::publication::Kind;
use domain::publication::workflow::State;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Empty, Field, Kind as FieldKind, Pager, Table};
use web_kit::form::{FormState, Query};
use web_kit::{Cache, Language, PageResult, page, show};

use super::{kind_name, line, many, path, state_badge};
use crate::refusal::fault;
use crate::{Staff, link};

const PER_PAGE: u16 = 50;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    kind: String,
    state: String,
    page: Option<u32>,
}

impl Asked {
    fn is_narrowed(&self) -> bool {
        [&self.q, &self.kind, &self.state].iter().any(|text| !text.trim().is_empty())
    }

    fn href(&self, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs = [("q", &*self.q), ("kind", &self.kind), ("state", &self.state), ("page", &page)];
        link::with_query("/publications", &pairs)
    }
}

#[derive(Template)]
#[template(path = "publication/list.html")]
struct Page {
    chrome: Chrome,
    begin: Vec<Link>,
    waiting: Vec<(&'static str, String, String)>,
    /// Where many are approved at once, on the list of what waits for approval.
    many: Option<&'static str>,
    /// Where lines that went public alone are looked at, for whoever may.
    lines: Option<&'static str>,
    fields: Vec<Field>,
    narrowed: bool,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let filter = Filter {
        kind: Kind::from_word(&asked.kind),
        state: State::from_word(&asked.state),
        search: asked.q.trim().to_owned(),
        page: asked.page.unwrap_or(1).max(1),
        per_page: PER_PAGE,
    };
    let (number, state) = (filter.page, filter.state);
    let (found, waiting) = staff
        .run(move |app, actor| {
            Ok((publication::list(app, actor, &filter)?, publication::waiting(app, actor)?))
        })
        .await
        .map_err(fault)?;
    let total = found.total.unsigned_abs();
    let form =
        FormState::of([("q", asked.q.clone()), ("kind", asked.kind.clone()), ("state", asked.state.clone())]);
    let is_writer = staff.may(Capability::WritePublications);
    let begin = if is_writer { Kind::ALL.to_vec() } else { Vec::new() };
    page(
        &Page {
            chrome: staff.chrome(t.text("nav.publications")),
            begin: begin
                .into_iter()
                .map(|kind| Link::new(kind_name(t, kind), format!("/publications/new/{}", kind.word())))
                .chain(
                    is_writer
                        .then(|| Link::new(t.text("document_page.upload"), "/publications/documents/upload")),
                )
                .collect(),
            waiting: waiting.iter().map(|(state, count)| waits(t, *state, *count)).collect(),
            many: (state == Some(State::InReview) && staff.may(Capability::ApprovePublications))
                .then_some(many::PATH),
            lines: staff.may(Capability::ApprovePublications).then_some(line::PATH),
            fields: filters(t, &form),
            narrowed: asked.is_narrowed(),
            empty: found.publications.is_empty().then(|| empty(t, &asked)),
            table: table(t, &found),
            pager: Pager::new(t, (u64::from(number), u64::from(PER_PAGE), total), |number| {
                asked.href(number)
            }),
        },
        Cache::Private,
    )
}

fn waits(t: Language, state: State, count: i64) -> (&'static str, String, String) {
    let href = link::with_query("/publications", &[("state", state.word())]);
    (t.text(&format!("publication.state.{}", state.word())), t.number(count.unsigned_abs()), href)
}

fn filters(t: Language, form: &FormState) -> Vec<Field> {
    let kinds = Kind::ALL.map(|kind| Choice::new(kind.word(), kind_name(t, kind))).to_vec();
    let state =
        |state: State| Choice::new(state.word(), t.text(&format!("publication.state.{}", state.word())));
    vec![
        Field::new(form, t, "q", t.text("publication_list.search"), FieldKind::Line("search")),
        Field::new(form, t, "kind", t.text("publication_list.kind"), FieldKind::Select(kinds)),
        Field::new(
            form,
            t,
            "state",
            t.text("publication_list.state"),
            FieldKind::Select(State::ALL.map(state).to_vec()),
        ),
    ]
}

fn empty(t: Language, asked: &Asked) -> Empty {
    if asked.is_narrowed() {
        return Empty::new(t.text("publication_list.nothing_title"), t.text("publication_list.nothing"))
            .action(Link::new(t.text("action.clear_filter"), "/publications"));
    }
    Empty::new(t.text("publication_list.empty_title"), t.text("publication_list.empty"))
}

fn table(t: Language, found: &Found) -> Table {
    let columns = vec![
        Column::new(t.text("publication_list.title")).wide(),
        Column::new(t.text("publication_list.kind")),
        Column::new(t.text("publication_list.state")),
        Column::new(t.text("publication_list.changed")).short(),
    ];
    let row = |row: &PublicationRow| {
        let state = Cell::badge(state_badge(t, row.state));
        let state = if row.is_public && row.state != State::Published {
            state.note(t.text("publication_list.still_public"))
        } else {
            state
        };
        vec![
            Cell::link(row.content.title.clone(), path(row.id)),
            Cell::new(kind_name(t, row.kind)),
            state,
            Cell::new(show::instant(t, row.updated_at)),
        ]
    };
    Table::new(t, "publications", t.text("nav.publications"), columns)
        .rows(found.publications.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
