//! The page of the administrator.

use app::overseeing::{self, BackupView, JobView};
use askama::Template;
use domain::access::Capability;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, Empty, FormStart, Table, Tone};
use web_kit::{Cache, PageResult, page, show};

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
    jobs: Option<Table>,
    no_job: Empty,
    version: &'static str,
}

/// Shows it.
pub async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let work = |app: &app::App, actor: &app::Actor| {
        Ok((overseeing::backups(app, actor)?, overseeing::jobs(app, actor)?))
    };
    let (backups, jobs) = staff.run(work).await.map_err(refusal::fault)?;
    let nothing = |name: &str| {
        Empty::new(
            t.text(&format!("administration.{name}.empty_title")),
            t.text(&format!("administration.{name}.empty")),
        )
    };
    let shown = Page {
        chrome: staff.chrome(t.text("administration.title")),
        links: links(&staff),
        start: FormStart::once(&staff.visitor),
        backups: (!backups.is_empty()).then(|| backup_table(&staff, &backups)),
        no_backup: nothing("backup"),
        jobs: (!jobs.is_empty()).then(|| job_table(&staff, &jobs)),
        no_job: nothing("job"),
        version: env!("CARGO_PKG_VERSION"),
    };
    page(&shown, Cache::Private)
}

fn links(staff: &Staff) -> Vec<(Link, &'static str)> {
    let t = staff.t();
    let all = [
        ("office", "/office", Capability::Administer),
        ("people", "/people", Capability::WritePeople),
        ("units", "/units", Capability::WriteUnits),
        ("calendar", "/calendar", Capability::WriteCalendar),
        ("law", "/law", Capability::WriteLaw),
        ("ledger", "/ledger", Capability::ReadLedger),
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

fn job_table(staff: &Staff, jobs: &[JobView]) -> Table {
    let t = staff.t();
    let columns = ["kind", "state", "run_at", "attempts", "error"]
        .map(|name| Column::new(t.text(&format!("administration.job.{name}"))));
    let row = |job: &JobView| {
        let tone = match job.state.as_str() {
            "done" => Tone::Done,
            "failed" => Tone::Bad,
            "running" => Tone::Info,
            _ => Tone::Plain,
        };
        let state =
            t.find(&format!("administration.job.state_{}", job.state)).unwrap_or(&job.state).to_owned();
        vec![
            Cell::new(job.kind.clone()),
            Cell::badge(Badge::new(tone, state)),
            Cell::new(show::instant(t, job.run_at)),
            Cell::new(job.attempts.to_string()),
            Cell::new(job.error.clone().unwrap_or_default()),
        ]
    };
    Table::new(t, "jobs", t.text("administration.job.title"), columns.to_vec())
        .rows(jobs.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
