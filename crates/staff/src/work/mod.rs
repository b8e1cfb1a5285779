//! *Việc của tôi*: what waits for the person who is signed in, whatever it is about (G6). The first page after signing
//! in.

use app::work::{self, Due, Subject, Task};
use askama::Template;
use axum::routing::get;
use domain::access::Capability::ReadReports;
use domain::register::Register;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Banner, Cell, Column, Empty, Table, Tone};
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use crate::gate::Staff;
use crate::refusal::fault;
use crate::{Gate, Route, link, press, publication, show_day};

/// Where it is, and where people come to after signing in.
pub const HOME: &str = "/work";

/// The pages.
pub const ROUTES: &[Route] = &[Route::get(HOME, Gate::May(ReadReports), || get(show))];

#[derive(Template)]
#[template(path = "work/show.html")]
struct Page {
    chrome: Chrome,
    lead: String,
    empty: Option<Empty>,
    /// Heading and tasks: late, with a limit, without one.
    groups: Vec<(&'static str, &'static str, Table)>,
}

async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let reads_press = staff.may(domain::access::Capability::ReadPress);
    let (tasks, stands_in) = staff
        .run(move |app, actor| {
            let stands_in = if reads_press { app::absence::stands_in(app, actor)? } else { Vec::new() };
            Ok((work::mine(app, actor)?, stands_in))
        })
        .await
        .map_err(fault)?;
    let mut chrome = staff.chrome(t.text("nav.work"));
    for absence in &stands_in {
        let last = words_of::day(t, absence.row.last);
        let words = t.fill("absence.stands_in", &[("name", &absence.name), ("last", &last)]);
        chrome = chrome.banner(Banner::new(Tone::Info, words));
    }
    let late = tasks.iter().filter(|task| task.is_late).count();
    let group = |id: &'static str, key: &str, of: fn(&Task) -> bool| {
        let rows: Vec<&Task> = tasks.iter().filter(|task| of(task)).collect();
        (!rows.is_empty()).then(|| (id, t.text(key), table(t, id, t.text(key), &rows)))
    };
    let groups = [
        group("late", "work.late", |task| task.is_late),
        group("due", "work.due", |task| !task.is_late && task.due.is_some()),
        group("open", "work.open", |task| task.due.is_none()),
    ];
    let shown = Page {
        chrome,
        lead: t.fill("work.lead", &[("count", &tasks.len()), ("late", &late)]),
        empty: tasks.is_empty().then(|| Empty::new(t.text("work.empty_title"), t.text("work.empty"))),
        groups: groups.into_iter().flatten().collect(),
    };
    page(&shown, Cache::Private)
}

fn table(t: Language, id: &str, caption: &str, tasks: &[&Task]) -> Table {
    let has_limits = tasks.iter().any(|task| task.due.is_some());
    let mut columns = vec![Column::new(t.text("work.what")).wide(), Column::new(t.text("work.about")).wide()];
    columns.extend(has_limits.then(|| Column::new(t.text("work.until")).short()));
    let row = |task: &&Task| {
        let (what, href) = subject(t, &task.subject);
        let until = match task.due {
            Some(Due::At(at)) => Cell::new(show_day::instant(at)),
            Some(Due::On(day)) => Cell::new(words_of::day(t, day)),
            None => Cell::new(""),
        };
        let about = Cell::new(task.title.clone());
        let mut cells = vec![
            Cell::link(what, href),
            if task.number.is_empty() { about } else { about.note(task.number.clone()) },
        ];
        let late = || Badge::new(Tone::Bad, t.text("press_list.late"));
        cells.extend(has_limits.then(|| if task.is_late { until.with_badge(late()) } else { until }));
        cells
    };
    Table::new(t, id, caption, columns).rows(tasks.iter().map(row).collect()).caption_hidden().cards()
}

/// What has to be done, and where.
fn subject(t: Language, subject: &Subject) -> (String, String) {
    let said = |key: &str| t.text(key).to_owned();
    match subject {
        Subject::Request(id, event) => (said(&format!("press.event.{}", event.word())), press::path(*id)),
        Subject::Part(id, _, event) => {
            let event = t.text(&format!("press_part.event.{}", event.word()));
            (t.fill("work.part", &[("event", &event)]), press::part_path(*id))
        }
        Subject::SecondLook(id) => (said("press.event.second_look"), press::path(*id)),
        Subject::Complaint(id) => (said("press_complaint.answer"), format!("{}/complaint", press::path(*id))),
        Subject::Emergency(id) => (said("work.emergency"), press::emergency_path(*id)),
        Subject::Conference(id, event) => {
            let event = t.text(&format!("conference.event.{}", event.word()));
            (t.fill("work.conference", &[("event", &event)]), press::conference_path(*id))
        }
        Subject::Release(id, event) => {
            let event = t.text(&format!("statement.event.{}", event.word()));
            (t.fill("work.release", &[("event", &event)]), format!("/press/statements/{id}"))
        }
        Subject::Lines(count, has_more) => {
            let what = if *has_more {
                t.fill("work.lines_more", &[("count", count)])
            } else {
                t.counted("work.lines", *count as u64)
            };
            (what, "/publications/lines".to_owned())
        }
        Subject::Publishing(id) => (said("work.publishing"), link::line(Register::Spokespersons, *id)),
        Subject::Standstills(count) => {
            (t.counted("work.standstills", *count as u64), link::register(Register::Outages))
        }
        Subject::Regulation(id) => (said("work.regulation"), crate::roll_out::path(*id)),
        Subject::Approval(id) => (said("work.approval"), publication::path(*id)),
        Subject::Posting(id) => (said("work.posting"), publication::path(*id)),
        Subject::Documents(count) => (
            t.counted("work.documents", u64::try_from(*count).unwrap_or(0)),
            crate::document::PATH.to_owned(),
        ),
        Subject::Notice(id) => (said("work.notice"), format!("/notices/{id}")),
        Subject::Breach(id) => (said("work.breach"), crate::data_breach::path(*id)),
        Subject::DataRequest(id) => (said("work.data_request"), crate::data_request::path(*id)),
        Subject::Report(id, event) => {
            let event = t.text(&format!("report.event.{}", event.word()));
            (t.fill("work.report", &[("event", &event)]), crate::report::path(*id))
        }
    }
}
