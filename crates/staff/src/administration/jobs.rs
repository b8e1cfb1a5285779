//! Background work: how each kind stands, what ended lately, doing one at once.

use std::fmt::Display;

use app::jobs::{self, Kind, KindView, Outcome, Overview, RunView, State};
use askama::Template;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, Empty, Fact, Facts, FormStart, Table, Tone};
use web_kit::form::{Path, Submitted};
use web_kit::page::redirect_with_notice;
use web_kit::{Cache, Fault, Language, PageResult, page, show};
use words::key;

use super::{JOBS, PATH, warning};
use crate::gate::Staff;
use crate::refusal;

/// A kind of work with the button that does it.
struct Panel {
    word: &'static str,
    title: &'static str,
    about: &'static str,
    state: Badge,
    facts: Facts,
    is_running: bool,
}

#[derive(Template)]
#[template(path = "administration/jobs.html")]
struct Page {
    chrome: Chrome,
    start: FormStart,
    panels: Vec<Panel>,
    times: String,
    runs: Option<Table>,
    no_run: Empty,
}

/// Shows it.
pub async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let work =
        |app: &app::App, actor: &app::Actor| Ok((jobs::overview(app, actor)?, jobs::warnings(app, actor)?));
    let (overview, warnings) = staff.run(work).await.map_err(refusal::fault)?;
    let Overview { kinds, runs, timetable } = overview;
    let chrome = staff
        .chrome(t.text("administration.job.title"))
        .under(vec![Link::new(t.text("administration.title"), PATH)]);
    let form = timetable.form();
    let times: [(&str, &dyn Display); 3] =
        [("backup", &form.backup_at), ("verify", &form.verify_at), ("days", &form.keep_days)];
    let shown = Page {
        chrome: warning::on(chrome, t, &warnings),
        start: FormStart::plain(&staff.visitor.form_token()),
        panels: kinds.iter().map(|view| panel(t, view)).collect(),
        times: t.fill("administration.job.times", &times),
        runs: (!runs.is_empty()).then(|| table(t, &runs)),
        no_run: Empty::new(t.text("administration.job.empty_title"), t.text("administration.job.empty")),
    };
    page(&shown, Cache::Private)
}

/// Does a kind of work at once.
pub async fn run(staff: Staff, Path(word): Path<String>, _: Submitted) -> PageResult {
    let kind = Kind::from_word(&word).ok_or_else(Fault::not_found)?;
    staff.run(move |app, actor| jobs::run_now(app, actor, kind)).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, JOBS, key!("administration.notice.queued")))
}

pub(super) fn kind_name(t: Language, word: &str) -> String {
    t.find(&format!("administration.job.kind_{word}")).unwrap_or(word).to_owned()
}

fn panel(t: Language, view: &KindView) -> Panel {
    let word = view.kind.word();
    let tone = match view.state {
        State::Waiting => Tone::Plain,
        State::Running => Tone::Info,
        State::Retrying | State::Unplanned => Tone::Warning,
    };
    let at = |at: Option<domain::time::Timestamp>| at.map(|at| show::instant(t, at)).unwrap_or_default();
    let mut facts = vec![
        Fact::new(t.text("administration.job.last"), at(view.last.as_ref().map(|run| run.at))),
        match &view.last {
            Some(run) => Fact::new(t.text("administration.job.result"), result(t, run)).badge(mark(t, run)),
            None => Fact::new(t.text("administration.job.result"), ""),
        },
        Fact::new(t.text("administration.job.next"), at(view.next)),
    ];
    if let Some(error) = &view.error {
        facts.push(Fact::new(t.text("administration.job.error"), error.clone()));
    }
    Panel {
        word,
        title: t.text(&format!("administration.job.kind_{word}")),
        about: t.text(&format!("administration.job.about_{word}")),
        state: Badge::new(tone, t.text(&format!("administration.job.state_{}", view.state.word()))),
        facts: Facts::new(t, facts),
        is_running: view.state == State::Running,
    }
}

fn mark(t: Language, run: &RunView) -> Badge {
    match &run.outcome {
        Some(outcome) if outcome.good => Badge::new(Tone::Done, t.text("administration.job.good")),
        Some(_) => Badge::new(Tone::Bad, t.text("administration.job.bad")),
        None => Badge::new(Tone::Bad, t.text("administration.job.given_up")),
    }
}

fn result(t: Language, run: &RunView) -> String {
    match (&run.outcome, &run.error) {
        (Some(outcome), _) => sentence(t, outcome),
        (None, error) => error.clone().unwrap_or_default(),
    }
}

fn sentence(t: Language, outcome: &Outcome) -> String {
    let args: Vec<(&str, &dyn Display)> =
        outcome.args.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)).collect();
    t.fill(&format!("administration.job.outcome_{}", outcome.code), &args)
}

fn table(t: Language, runs: &[RunView]) -> Table {
    let columns = vec![
        Column::new(t.text("administration.job.at")),
        Column::new(t.text("administration.job.kind")),
        Column::new(t.text("administration.job.result")).wide(),
        Column::new(t.text("administration.job.attempts")).numeric(),
    ];
    let row = |run: &RunView| {
        vec![
            Cell::new(show::instant(t, run.at)),
            Cell::new(kind_name(t, &run.kind)),
            Cell::new(result(t, run)).with_badge(mark(t, run)),
            Cell::new(run.attempts.to_string()),
        ]
    };
    Table::new(t, "runs", t.text("administration.job.ended"), columns)
        .rows(runs.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
