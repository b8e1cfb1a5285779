//! The list of duties.

use app::duty::{self, View};
use app::links::{self, Health, Outside, OutsideReport, PublicationRow, Report};
use askama::Template;
use web_kit::chrome::Chrome;
use web_kit::component::{Cell, Column, Table, doubt_badge};
use web_kit::{Cache, Language, PageResult, page, show};

use super::{PATH, badge, period_name};
use crate::Staff;
use crate::refusal::fault;
use crate::rule::duty::origin;

#[derive(Template)]
#[template(path = "duty/list.html")]
struct Page {
    chrome: Chrome,
    table: Table,
    review: Option<Table>,
    checked: String,
    broken: Option<Table>,
    outside_checked: String,
    outside: Option<Table>,
}

pub(super) async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let work = |app: &app::App, actor: &app::Actor| Ok((duty::list(app, actor)?, links::health(app, actor)?));
    let (views, health) = staff.run(work).await.map_err(fault)?;
    let Health { own: report, asks_outside, outside, review } = health;
    let shown = Page {
        chrome: staff.chrome(t.text("nav.duties")),
        table: table(t, &views),
        review: (!review.is_empty()).then(|| review_table(t, &review)),
        checked: report.as_ref().map_or_else(
            || t.text("duty.links_never").to_owned(),
            |report| {
                let at = show::instant(t, report.at);
                t.fill("duty.links_at", &[("at", &at), ("checked", &report.checked)])
            },
        ),
        broken: report.filter(|report| !report.broken.is_empty()).map(|report| broken_table(t, &report)),
        outside_checked: outside_text(t, asks_outside, outside.as_ref()),
        outside: outside.filter(|report| !report.broken.is_empty()).map(|report| outside_table(t, &report)),
    };
    page(&shown, Cache::Private)
}

fn table(t: Language, views: &[View]) -> Table {
    let columns = vec![
        Column::new(t.text("duty.what")).wide(),
        Column::new(t.text("duty.standing_name")),
        Column::new(t.text("duty.period")),
        Column::new(t.text("duty.due")).short(),
        Column::new(t.text("duty.posted")).short(),
        Column::new(t.text("duty.unit")),
    ];
    let row = |view: &View| {
        let due = view.term.as_ref().map(|term| show::day(t, term.due.day())).unwrap_or_default();
        let posted = view.item.as_ref().map(|found| show::day(t, found.item.posted_on)).unwrap_or_default();
        vec![
            with_doubt(
                t,
                view,
                Cell::link(view.duty.title.clone(), format!("{PATH}/{}", view.duty.id)).note(format!(
                    "{} · {}",
                    view.duty.basis,
                    origin(t, &view.duty)
                )),
            ),
            Cell::badge(badge(t, view.standing)),
            Cell::new(period_name(t, &view.period)),
            Cell::new(due),
            Cell::new(posted),
            Cell::new(view.duty.unit.clone()),
        ]
    };
    Table::new(t, "duties", t.text("nav.duties"), columns)
        .rows(views.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn with_doubt(t: Language, view: &View, cell: Cell) -> Cell {
    match doubt_badge(t, view.duty.confidence) {
        Some(badge) => cell.with_badge(badge),
        None => cell,
    }
}

fn review_table(t: Language, rows: &[PublicationRow]) -> Table {
    let columns =
        vec![Column::new(t.text("duty.title")).wide(), Column::new(t.text("duty.review_on")).short()];
    let row = |row: &PublicationRow| {
        let day = row.review_on.map(|day| show::day(t, day)).unwrap_or_default();
        vec![Cell::link(row.content.title.clone(), crate::publication::path(row.id)), Cell::new(day)]
    };
    Table::new(t, "review", t.text("duty.review"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn broken_table(t: Language, report: &Report) -> Table {
    let columns = vec![Column::new(t.text("duty.title")).wide(), Column::new(t.text("duty.link"))];
    let row = |broken: &links::Broken| {
        vec![Cell::link(broken.title.clone(), broken.page.clone()), Cell::new(broken.link.clone())]
    };
    Table::new(t, "broken", t.text("duty.links"), columns)
        .rows(report.broken.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn outside_text(t: Language, is_on: bool, report: Option<&OutsideReport>) -> String {
    match report {
        _ if !is_on => t.text("duty.outside.off").to_owned(),
        None => t.text("duty.outside.never").to_owned(),
        Some(report) => {
            let at = show::instant(t, report.at);
            let mut args: Vec<(&str, &dyn std::fmt::Display)> = vec![("at", &at)];
            args.extend(
                report.numbers.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)),
            );
            t.fill(&format!("duty.outside.{}", report.code), &args)
        }
    }
}

fn outside_table(t: Language, report: &OutsideReport) -> Table {
    let columns = vec![
        Column::new(t.text("duty.title")).wide(),
        Column::new(t.text("duty.link")),
        Column::new(t.text("duty.outside.why")),
    ];
    let row = |found: &Outside| {
        let Outside { broken, reason, status } = found;
        let why = t.fill(&format!("duty.outside.reason.{reason}"), &[("status", status)]);
        vec![
            Cell::link(broken.title.clone(), broken.page.clone()),
            Cell::new(broken.link.clone()),
            Cell::new(why),
        ]
    };
    Table::new(t, "outside", t.text("duty.outside.title"), columns)
        .rows(report.broken.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
