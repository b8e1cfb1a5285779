//! The page of the dashboard.

use app::importing::ImportView;
use app::jobs::Warning;
use app::{ActionError, Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::figure::{self, Amount, Figure};
use domain::period::Period;
use domain::register::Register;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Choice, Column, Empty, Field, Table, Tile, Tone};
use web_kit::form::Query;
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use super::period::{Asked, choices, own_days};
use crate::administration::warning;
use crate::figure::chart::{self, Drawn};
use crate::figure::view;
use crate::refusal::fault;
use crate::register::value;
use crate::{Staff, link, register};

/// The figures that stand large: those of the example report, then what a reader asks next.
const MAIN: [&str; 6] = [
    "news.from_radio",
    "documents_posted.total",
    "documents_supplied_on_request",
    "questions.on_time",
    "questions.received",
    "press_requests.received",
];

/// The figures drawn.
const DRAWN: [&str; 4] =
    ["news.by_month", "news.by_supplier", "documents_posted.by_type", "press_requests.by_requester_kind"];

/// The parts of the table: key of the heading, first and last metric. The 22nd metric is text.
const GROUPS: [(&str, u8, u8); 6] = [
    ("desk.group.regulation", 1, 3),
    ("desk.group.press_requests", 6, 8),
    ("desk.group.press_items", 11, 13),
    ("desk.group.portal", 14, 17),
    ("desk.group.questions", 18, 18),
    ("desk.group.other", 0, 0),
];

/// What the page is made of.
struct Found {
    period: Period,
    years: Vec<i16>,
    figures: Vec<Figure>,
    imports: Vec<ImportView>,
    counts: Vec<(Register, i64, bool)>,
    warnings: Vec<Warning>,
}

/// A chart with the way to its figure.
struct Panel {
    id: String,
    title: &'static str,
    href: String,
    chart: Drawn,
}

/// Something to look at in a figure.
struct Doubt {
    href: String,
    figure: &'static str,
    text: &'static str,
    records: String,
}

#[derive(Template)]
#[template(path = "desk/show.html")]
struct Page {
    chrome: Chrome,
    choices: Vec<Choice>,
    chosen: String,
    own: Vec<Field>,
    own_open: bool,
    nothing: Option<Empty>,
    tiles: Vec<Tile>,
    panels: Vec<Panel>,
    missing: Vec<Link>,
    doubts: Vec<Doubt>,
    may_import: bool,
    may_draft: bool,
    imports: Option<Table>,
    groups: Vec<Table>,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let chosen = asked.read();
    let period = chosen.period;
    let found = staff.run(move |app, actor| find(app, actor, period)).await.map_err(fault)?;
    let t = staff.t();
    let Found { period, years, figures, imports, counts, warnings } = found;
    let title = t.fill("desk.title", &[("period", &view::period(t, period))]);
    let may_import = staff.may(Capability::ImportRegisters);
    let has_data = figures.iter().any(|figure| !figure.counted.is_empty());
    let of = |id: &&str| figures.iter().find(|figure| figure.id == **id);
    page(
        &Page {
            chrome: warning::on(staff.chrome(title), t, &warnings),
            choices: choices(t, &years, period),
            chosen: period.to_string(),
            own: own_days(t, &chosen.form, period),
            own_open: chosen.form.has_errors(),
            nothing: (!has_data).then(|| nothing(t, may_import)),
            tiles: MAIN.iter().filter_map(of).map(|figure| view::tile(t, figure, period)).collect(),
            panels: DRAWN.iter().filter_map(of).filter_map(|figure| panel(t, figure, period)).collect(),
            missing: missing(t, &counts),
            doubts: figures.iter().flat_map(|figure| doubts(t, figure, period)).collect(),
            may_import,
            may_draft: staff.may(Capability::DraftReport),
            imports: (!imports.is_empty()).then(|| recent(t, &imports)),
            groups: groups(t, &figures, period),
        },
        Cache::Private,
    )
}

fn find(app: &App, actor: &Actor, asked: Option<Period>) -> Result<Found, ActionError> {
    let mut years = app::figures::years(app, actor)?;
    let this_year = app.today().year();
    let newest = years.first().copied().unwrap_or(this_year);
    if !years.contains(&this_year) {
        years.insert(0, this_year);
    }
    // What people come for first is the period of the report they last worked on.
    let reported = app::reports::list(app, actor)?.first().map(|report| report.period);
    let usual = reported.map_or_else(|| Period::calendar_year(newest).map_err(|_| ActionError::NotFound), Ok);
    let period = asked.map_or(usual, Ok)?;
    let figures = app::figures::of_period(app, actor, period)?;
    let (imports, counts) = if actor.may(Capability::ReadRegisters) {
        (app::importing::history(app, actor, 5)?, app::register::counts(app, actor)?)
    } else {
        (Vec::new(), Vec::new())
    };
    let warnings = app::jobs::warnings(app, actor)?;
    Ok(Found { period, years, figures, imports, counts, warnings })
}

fn nothing(t: Language, may_import: bool) -> Empty {
    let empty = Empty::new(t.text("desk.nothing_title"), t.text("desk.nothing_text"));
    if may_import { empty.action(Link::new(t.text("nav.import"), "/import")) } else { empty }
}

fn panel(t: Language, figure: &Figure, period: Period) -> Option<Panel> {
    let chart = chart::of_parts(t, figure, period)?;
    let id = figure.id.replace('.', "-");
    Some(Panel { id, title: view::title(t, &figure.id), href: link::figure(&figure.id, period), chart })
}

/// Registers that figures wait for: never opened, or without a line.
fn missing(t: Language, counts: &[(Register, i64, bool)]) -> Vec<Link> {
    let read = |register: &Register| figure::ALL.iter().any(|of| of.registers.contains(register));
    let empty =
        counts.iter().filter(|(register, count, is_open)| read(register) && (!is_open || *count == 0));
    empty.map(|(of, _, _)| Link::new(register::name(t, *of), link::register(*of))).collect()
}

fn doubts(t: Language, figure: &Figure, period: Period) -> Vec<Doubt> {
    let doubt = |doubt: &figure::Doubt| Doubt {
        href: format!("{}#doubts", link::figure(&figure.id, period)),
        figure: view::title(t, &figure.id),
        text: t.text(&format!("doubt.{}", doubt.word)),
        records: t.counted("figure_page.doubt_records", doubt.records.len() as u64),
    };
    figure.doubts.iter().map(doubt).collect()
}

fn recent(t: Language, imports: &[ImportView]) -> Table {
    let columns = vec![
        Column::new(t.text("import_list.file")),
        Column::new(t.text("import_list.at")).short(),
        Column::new(t.text("import_list.added")).numeric(),
        Column::new(t.text("import_list.rejected")).numeric(),
    ];
    let row = |import: &ImportView| {
        vec![
            Cell::new(import.file_name.clone()).note(value::who(t, &import.who)),
            Cell::new(words_of::instant(t, import.at)),
            Cell::new(t.number(import.added)),
            Cell::new(t.number(import.rejected)),
        ]
    };
    Table::new(t, "imports", t.text("import_list.title"), columns)
        .rows(imports.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn groups(t: Language, figures: &[Figure], period: Period) -> Vec<Table> {
    let in_group = |metric: u8, (_, first, last): (&str, u8, u8)| (first..=last).contains(&metric);
    let group = |of: (&'static str, u8, u8)| {
        let rest = of.1 == 0;
        let belongs = |figure: &&Figure| {
            let known = GROUPS.iter().any(|of| in_group(figure.metric, *of));
            if rest { !known && figure.metric < 22 } else { in_group(figure.metric, of) }
        };
        let rows: Vec<_> = figures.iter().filter(belongs).map(|figure| row(t, figure, period)).collect();
        let columns =
            vec![Column::new(t.text("desk.figure")).wide(), Column::new(t.text("desk.value")).numeric()];
        let id = of.0.replace('.', "-");
        (!rows.is_empty()).then(|| Table::new(t, &id, t.text(of.0), columns).rows(rows).cards())
    };
    GROUPS.into_iter().filter_map(group).collect()
}

fn row(t: Language, figure: &Figure, period: Period) -> Vec<Cell> {
    let name = Cell::link(view::title(t, &figure.id), link::figure(&figure.id, period));
    let name = match view::doubts(t, figure) {
        Some(badge) => name.with_badge(badge),
        None => name,
    };
    if figure.amount == Amount::NoData {
        let none = Badge::new(Tone::Plain, t.text("value.no_data"));
        return vec![name, Cell::badge(none)];
    }
    let left_out = figure.left_out.len() as u64;
    let notes = [view::of_whole(t, figure), (left_out > 0).then(|| t.counted("desk.left_out", left_out))];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    vec![name, Cell::new(view::amount_text(t, figure)).note(notes.join("; "))]
}
