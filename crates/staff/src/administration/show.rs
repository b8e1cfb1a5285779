//! The page of the administrator.

use app::jobs;
use app::overseeing::{self, BackupView};
use askama::Template;
use domain::access::Capability;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Column, Empty, FormStart, Table};
use web_kit::{Cache, PageResult, page, show};

use super::{EVENTS, JOBS, MAIL, SITE, UPLOADS, warning};
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "administration/show.html")]
struct Page {
    chrome: Chrome,
    links: Vec<(Link, &'static str)>,
    start: FormStart,
    backups: Option<Table>,
    no_backup: Empty,
    version: &'static str,
}

/// Shows it.
pub async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let work = |app: &app::App, actor: &app::Actor| {
        Ok((overseeing::backups(app, actor)?, jobs::warnings(app, actor)?))
    };
    let (backups, warnings) = staff.run(work).await.map_err(refusal::fault)?;
    let shown = Page {
        chrome: warning::on(staff.chrome(t.text("administration.title")), t, &warnings),
        links: links(&staff),
        start: FormStart::once(&staff.visitor),
        backups: (!backups.is_empty()).then(|| backup_table(&staff, &backups)),
        no_backup: Empty::new(
            t.text("administration.backup.empty_title"),
            t.text("administration.backup.empty"),
        ),
        version: env!("CARGO_PKG_VERSION"),
    };
    page(&shown, Cache::Private)
}

fn links(staff: &Staff) -> Vec<(Link, &'static str)> {
    let t = staff.t();
    let all = [
        ("jobs", JOBS, Capability::Administer),
        ("mail", MAIL, Capability::Administer),
        ("office", "/office", Capability::Administer),
        ("site", SITE, Capability::Administer),
        ("uploads", UPLOADS, Capability::Administer),
        ("people", "/people", Capability::WritePeople),
        ("units", "/units", Capability::WriteUnits),
        ("calendar", "/calendar", Capability::WriteCalendar),
        ("law", "/law", Capability::WriteLaw),
        ("ledger", "/ledger", Capability::ReadLedger),
        ("events", EVENTS, Capability::ReadSecurityLog),
    ];
    all.into_iter()
        .filter(|(_, _, needs)| staff.may(*needs))
        .map(|(name, href, _)| {
            let label = t.text(&format!("administration.link.{name}"));
            (Link::new(label, href), t.text(&format!("administration.about.{name}")))
        })
        .collect()
}

fn backup_table(staff: &Staff, backups: &[BackupView]) -> Table {
    let t = staff.t();
    let columns = vec![
        Column::new(t.text("administration.backup.at")),
        Column::new(t.text("administration.backup.name")),
        Column::new(t.text("administration.backup.size")).numeric(),
    ];
    let row = |backup: &BackupView| {
        vec![
            Cell::new(show::instant(t, backup.at)),
            Cell::new(backup.name.clone()),
            Cell::new(format!("{} KB", t.number(backup.bytes.div_ceil(1_024)))),
        ]
    };
    Table::new(t, "backups", t.text("administration.backup.title"), columns)
        .rows(backups.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
