//! The page of the dashboard.

use app::importing::ImportView;
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
use crate::figure::chart::{self, Drawn};
use crate::figure::view;
use crate::refusal::fault;
use crate::{Staff, link, register};

/// The figures that stand large: those of the example report, then what a reader asks next.
const MAIN: [&str; 8] = [
    "news.from_radio",
    "documents_posted.total",
    "documents_supplied_on_request",
    "questions.on_time",
    "news.total",
    "questions.received",
    "press_requests.received",
    "regulation.units_sent",
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
    unkept: Vec<&'static str>,
    unkept_title: String,
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
    let Found { period, years, figures, imports } = found;
    let title = t.fill("desk.title", &[("period", &view::period(t, period))]);
    let may_import = staff.may(Capability::ImportRegisters);
    let has_data = figures.iter().any(|figure| !figure.counted.is_empty());
    let of = |id: &&str| figures.iter().find(|figure| figure.id == **id);
    page(
        &Page {
            chrome: staff.chrome(title),
            choices: choices(t, &years, period),
            chosen: period.to_string(),
            own: own_days(t, &chosen.form, period),
            own_open: chosen.form.has_errors(),
            nothing: (!has_data).then(|| nothing(t, may_import)),
            tiles: MAIN.iter().filter_map(of).map(|figure| view::tile(t, figure, period)).collect(),
            panels: DRAWN.iter().filter_map(of).filter_map(|figure| panel(t, figure, period)).collect(),
            missing: missing(t, &figures),
            unkept_title: t.counted("desk.unkept", unkept(t, &figures).len() as u64),
            unkept: unkept(t, &figures),
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
    let usual = Period::calendar_year(newest).map_err(|_| ActionError::NotFound);
    let period = asked.map_or(usual, Ok)?;
    let figures = app::figures::of_period(app, actor, period)?;
    let imports = if actor.may(Capability::ReadRegisters) {
        app::importing::history(app, actor, 5)?
    } else {
        Vec::new()
    };
    Ok(Found { period, years, figures, imports })
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

fn registers_of(id: &str) -> &'static [Register] {
    figure::ALL.iter().find(|of| of.id == id).map_or(&[], |of| of.registers)
}

/// Registers that figures wait for.
fn missing(t: Language, figures: &[Figure]) -> Vec<Link> {
    let empty = figures.iter().filter(|figure| figure.amount == Amount::NoData);
    let mut registers: Vec<Register> = empty.flat_map(|figure| registers_of(&figure.id)).copied().collect();
    registers.sort_unstable();
    registers.dedup();
    registers.into_iter().map(|of| Link::new(register::name(t, of), link::register(of))).collect()
}

/// Figures for which the system keeps no register yet.
fn unkept(t: Language, figures: &[Figure]) -> Vec<&'static str> {
    let empty = figures.iter().filter(|figure| figure.amount == Amount::NoData && figure.metric < 22);
    empty
        .filter(|figure| registers_of(&figure.id).is_empty())
        .map(|figure| view::title(t, &figure.id))
        .collect()
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
        Column::new(t.text("import_list.at")),
        Column::new(t.text("import_list.added")).numeric(),
        Column::new(t.text("import_list.rejected")).numeric(),
    ];
    let row = |import: &ImportView| {
        vec![
            Cell::new(import.file_name.clone()).note(import.who.clone()),
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
        let columns = vec![
            Column::new(t.text("desk.figure")).wide(),
            Column::new(t.text("desk.value")).numeric(),
            Column::new(t.text("desk.left_out")).numeric(),
        ];
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
        return vec![name, Cell::badge(none), Cell::new("")];
    }
    let value = Cell::new(view::amount_text(t, figure));
    let value = match view::of_whole(t, figure) {
        Some(note) => value.note(note),
        None => value,
    };
    vec![name, value, Cell::new(t.number(figure.left_out.len() as u64))]
}
