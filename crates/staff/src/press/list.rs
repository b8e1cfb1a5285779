//! The list of requests, and the boards: what waits for my unit, what waits for all.

use app::press::{self, CaseRow, Filter, PER_PAGE, PartRow};
use app::{Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::press::workflow::State;
use domain::register::Register;
use domain::time::{Day, Timestamp};
use domain::unit::Tree;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Banner, Cell, Choice, Column, Empty, Field, Kind, Pager, Table, Tone};
use web_kit::form::{FormState, Query};
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use super::{PATH, part_badge, part_event_name, path, state_badge, state_name, word_of};
use crate::refusal::fault;
use crate::{Staff, link};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    state: String,
    page: Option<u32>,
}

/// The word of the filter that means "late", beside those of states.
const LATE: &str = "late";
/// The word that means "not closed".
const OPEN: &str = "open";

#[derive(Template)]
#[template(path = "press/list.html")]
struct Page {
    chrome: Chrome,
    waiting: Vec<(String, i64, String)>,
    may_take: bool,
    fields: Vec<Field>,
    narrowed: bool,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let now = staff.state.app.now();
    let number = asked.page.unwrap_or(1).max(1);
    let filter = filter(&asked, now, number);
    let (found, (states, late), tree) = staff
        .run(move |app, actor| {
            Ok((press::list(app, actor, &filter)?, press::waiting(app, actor)?, app::office::tree(app)?))
        })
        .await
        .map_err(fault)?;
    let form = FormState::of([("q", asked.q.clone()), ("state", asked.state.clone())]);
    let mut choices =
        vec![Choice::new(OPEN, t.text("press_list.open")), Choice::new(LATE, t.text("press_list.late"))];
    choices.extend(State::ALL.map(|state| Choice::new(state.word(), state_name(t, state))));
    let narrowed = !(asked.q.is_empty() && asked.state.is_empty());
    let href = |page: u64| {
        link::with_query(PATH, &[("q", &asked.q), ("state", &asked.state), ("page", &page.to_string())])
    };
    let narrow = |word: &str| link::with_query(PATH, &[("state", word)]);
    let mut waiting: Vec<(String, i64, String)> = states
        .into_iter()
        .map(|(state, count)| (state_name(t, state).to_owned(), count, narrow(state.word())))
        .collect();
    waiting.push((t.text("press_list.late").to_owned(), late, narrow(LATE)));
    let shown = Page {
        chrome: staff.chrome(t.text("nav.press")),
        waiting,
        may_take: staff.may(Capability::TakePress),
        fields: vec![
            Field::new(&form, t, "q", t.text("press_list.search"), Kind::Line("search")),
            Field::new(&form, t, "state", t.text("press_list.state"), Kind::Select(choices)),
        ],
        narrowed,
        empty: found.cases.is_empty().then(|| empty(t, narrowed)),
        table: table(t, &found.cases, &tree, now),
        pager: Pager::new(t, (u64::from(number), u64::from(PER_PAGE), found.total.unsigned_abs()), href),
    };
    page(&shown, Cache::Private)
}

fn filter(asked: &Asked, now: Timestamp, page: u32) -> Filter {
    let open = || State::ALL.into_iter().filter(|state| !state.is_closed()).collect();
    let (states, late_at) = match asked.state.as_str() {
        OPEN => (open(), None),
        LATE => (Vec::new(), Some(now)),
        word => (State::from_word(word).into_iter().collect(), None),
    };
    Filter { states, late_at, search: asked.q.clone(), page, ..Filter::default() }
}

fn empty(t: Language, narrowed: bool) -> Empty {
    if narrowed {
        Empty::new(t.text("press_list.nothing_title"), t.text("press_list.nothing"))
            .action(Link::new(t.text("action.clear_filter"), PATH))
    } else {
        Empty::new(t.text("press_list.empty_title"), t.text("press_list.empty"))
    }
}

/// Requests as a table.
fn table(t: Language, cases: &[CaseRow], tree: &Tree, now: Timestamp) -> Table {
    let columns = vec![
        Column::new(t.text("press_list.subject")).wide(),
        Column::new(t.text("press_field.requester")),
        Column::new(t.text("press_list.state")),
        Column::new(t.text("press_field.lead")),
        Column::new(t.text("press_field.received")).short(),
        Column::new(t.text("press_field.due")).short(),
    ];
    let row = |row: &CaseRow| {
        let request = &row.request;
        let unit = request.lead.and_then(|unit| tree.get(unit)).map_or("", |unit| unit.name.as_str());
        let kind = word_of(t, "legal_kind", &request.asked.legal_kind);
        vec![
            Cell::link(request.asked.subject.clone(), path(row.id)).note(if kind.is_empty() {
                row.number.clone()
            } else {
                format!("{} · {kind}", row.number)
            }),
            Cell::new(request.asked.requester.clone()),
            Cell::badge(state_badge(t, row.state)),
            Cell::new(unit),
            Cell::new(words_of::instant(t, row.received_at)),
            due(t, row, now),
        ]
    };
    Table::new(t, "press", t.text("nav.press"), columns)
        .rows(cases.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn due(t: Language, row: &CaseRow, now: Timestamp) -> Cell {
    let shown = row.request.deadline.as_ref().map(|deadline| deadline.due.in_words()).unwrap_or_default();
    let cell = Cell::new(shown);
    if press::is_late(row, now) {
        cell.with_badge(Badge::new(Tone::Bad, t.text("press_list.late")))
    } else if row.request.pause().is_some() {
        cell.with_badge(Badge::new(Tone::Info, t.text("press_page.paused")))
    } else {
        cell
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Whose {
    all: String,
}

#[derive(Template)]
#[template(path = "press/board.html")]
struct Board {
    chrome: Chrome,
    lead: &'static str,
    other: Link,
    cases: Option<Table>,
    parts: Option<Table>,
    no_cases: &'static str,
    no_parts: &'static str,
    looks: Option<Table>,
    complaints: Vec<(Link, String)>,
    regulations: Vec<(Link, String)>,
    unpublished: Vec<(Link, String, bool)>,
}

/// What waits: for the person's unit, or for all units.
pub(super) async fn board(staff: Staff, Query(whose): Query<Whose>) -> PageResult {
    let t = staff.t();
    let now = staff.state.app.now();
    let today = staff.state.app.today();
    // People without a unit see the whole office: the clerk, the spokesperson, the chairman.
    let only_own = whose.all.is_empty() && staff.actor().unit.is_some();
    let work = move |app: &App, actor: &Actor| {
        let stands_in = app::absence::stands_in(app, actor)?;
        Ok((press::board(app, actor, only_own)?, app::office::tree(app)?, stands_in))
    };
    let (board, tree, stands_in) = staff.run(work).await.map_err(fault)?;
    let mut chrome = staff.chrome(t.text("nav.press_work")).under(vec![Link::new(t.text("nav.press"), PATH)]);
    for absence in &stands_in {
        let last = words_of::day(t, absence.row.last);
        let words = t.fill("absence.stands_in", &[("name", &absence.name), ("last", &last)]);
        chrome = chrome.banner(Banner::new(Tone::Info, words));
    }
    let other = if only_own {
        Link::new(t.text("press_board.see_all"), "/press/work?all=1")
    } else {
        Link::new(t.text("press_board.see_list"), PATH)
    };
    let shown = Board {
        chrome,
        lead: t.text(if only_own { "press_board.lead_own" } else { "press_board.lead_all" }),
        other,
        no_cases: t.text("press_board.no_cases"),
        no_parts: t.text("press_board.no_parts"),
        cases: (!board.cases.is_empty()).then(|| table(t, &board.cases, &tree, now)),
        parts: (!board.parts.is_empty()).then(|| parts(&staff, &board.parts, &tree, today)),
        looks: (!board.looks.is_empty()).then(|| looks(t, &board.looks)),
        complaints: board.complaints.iter().filter_map(|row| complaint(t, row)).collect(),
        regulations: board.regulations.iter().map(|campaign| regulation(t, campaign)).collect(),
        unpublished: board.unpublished.iter().map(|line| unpublished(t, line, (now, today))).collect(),
    };
    page(&shown, Cache::Private)
}

/// Answers approved past the chain, with until when somebody has to look.
fn looks(t: Language, rows: &[CaseRow]) -> Table {
    let columns = vec![
        Column::new(t.text("press_field.subject")).wide(),
        Column::new(t.text("press_page.bypass")).wide(),
        Column::new(t.text("press_board.look_by")).short(),
    ];
    let row = |row: &CaseRow| {
        let bypass = row.request.bypass.as_ref();
        let by = bypass.and_then(|bypass| bypass.look_by);
        vec![
            Cell::link(row.request.asked.subject.clone(), path(row.id)).note(row.number.clone()),
            Cell::new(bypass.map(|bypass| bypass.reason.clone()).unwrap_or_default()),
            Cell::new(by.map(|at| words_of::instant(t, at)).unwrap_or_default()),
        ]
    };
    Table::new(t, "looks", t.text("press_board.looks"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

/// A request whose reporter complained, with since when that waits.
fn complaint(t: Language, row: &CaseRow) -> Option<(Link, String)> {
    let open = row.request.open_complaint()?;
    let label = format!("{}: {}", row.number, row.request.asked.subject);
    Some((Link::new(label, format!("{}/complaint", path(row.id))), words_of::instant(t, open.at)))
}

/// A spokesperson who is to be published, with until when, and whether that day is over.
fn unpublished(
    t: Language,
    line: &press::Unpublished,
    (now, today): (Timestamp, Day),
) -> (Link, String, bool) {
    let until = line.due_at.map(|at| words_of::instant(t, at));
    let due = until.or(line.due_on.map(|due| words_of::day(t, due))).unwrap_or_default();
    let is_late = line.due_at.map_or(line.due_on.is_some_and(|due| due < today), |at| at < now);
    (Link::new(line.who.clone(), link::line(Register::Spokespersons, line.id)), due, is_late)
}

/// A regulation to acknowledge, with its day.
fn regulation(t: Language, campaign: &app::roll_out::CampaignRow) -> (Link, String) {
    let label = format!("{} {}", campaign.symbol, campaign.title);
    (Link::new(label.trim(), format!("/roll-outs/{}", campaign.id)), words_of::day(t, campaign.due_on))
}

fn parts(staff: &Staff, parts: &[(PartRow, String)], tree: &Tree, today: Day) -> Table {
    let t = staff.t();
    let columns = vec![
        Column::new(t.text("press_part.question")).wide(),
        Column::new(t.text("press_part.unit")),
        Column::new(t.text("press_list.state")),
        Column::new(t.text("press_part.due")).short(),
        Column::new(t.text("press_part.next")),
    ];
    let row = |(part, number): &(PartRow, String)| {
        let text: String = part.question.chars().take(140).collect();
        let first = match part.case {
            Some(case) => Cell::link(text, path(case)).note(number.clone()),
            None => Cell::link(text, super::part::part_path(part.id)).note(t.text("press_part.apart")),
        };
        let due = Cell::new(words_of::day(t, part.due_on));
        let is_late = part.due_on < today;
        // What the unit itself does; who leads the request finds the rest on its page.
        let who =
            domain::press::part::Who { roles: &staff.actor().roles, unit: staff.actor().unit, leads: false };
        let event = domain::press::part::available((part.state, part.unit), who).into_iter().next();
        let next = event.map_or_else(
            || Cell::new(""),
            |event| {
                Cell::link(
                    part_event_name(t, event),
                    format!("{}/{}", super::part::part_path(part.id), event.word()),
                )
            },
        );
        vec![
            first,
            Cell::new(tree.get(part.unit).map_or("", |unit| unit.name.as_str())),
            Cell::badge(part_badge(t, part.state)),
            if is_late { due.with_badge(Badge::new(Tone::Bad, t.text("press_list.late"))) } else { due },
            next,
        ]
    };
    Table::new(t, "parts", t.text("press_board.parts"), columns)
        .rows(parts.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
