//! What was sent at once: what it would become, to be confirmed row by row; then what became of it.

use std::collections::BTreeSet;

use app::radio::{self, BatchState, Doubt, Left, Planned, ROWS, Row, Shown};
use askama::Template;
use domain::id::BatchId;
use domain::time::Timestamp;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, ErrorSummary, FormStart, Prose, Table, Tone};
use web_kit::form::{Fields, FormState, Path};
use web_kit::page::{redirect, redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult, show as words_of};
use words::key;

use super::PATH;
use crate::gate::Staff;
use crate::{refusal, show_day};

/// Where a batch is.
pub(super) fn path(id: BatchId) -> String {
    format!("{PATH}/batches/{id}")
}

/// Batches that wait for a person.
pub(super) fn links(t: Language, waiting: impl Iterator<Item = (BatchId, String, Timestamp)>) -> Vec<Link> {
    let link = |(id, by, at): (BatchId, String, Timestamp)| {
        let at = words_of::instant(t, at);
        Link::new(t.fill("radio.waiting_batch", &[("at", &at), ("by", &by)]), path(id))
    };
    waiting.map(link).collect()
}

/// A bulletin before it is a draft, as the page shows it.
struct Line {
    name: String,
    is_kept: bool,
    title: String,
    from: String,
    day: String,
    words: String,
    prose: Prose,
    sound: String,
    length: String,
    doubts: Vec<Badge>,
}

#[derive(Template)]
#[template(path = "radio/batch.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    told: String,
    own: String,
    version: i64,
    start: FormStart,
    lines: Vec<Line>,
    taken: Option<Table>,
    left: Option<Table>,
    ids: String,
    waiting: Vec<Link>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<BatchId>) -> PageResult {
    draw(&staff, id, &FormState::new(), None).await
}

/// `kept` are the rows that stay ticked; all of them when nothing was sent yet.
async fn draw(staff: &Staff, id: BatchId, form: &FormState, kept: Option<&BTreeSet<usize>>) -> PageResult {
    let t = staff.t();
    let work = move |app: &app::App, actor: &app::Actor| {
        Ok((radio::batch(app, actor, id)?, radio::waiting(app, actor)?))
    };
    let (shown, waiting) = staff.run(work).await.map_err(refusal::fault)?;
    let Shown { state, version, planned, taken, left } = shown;
    let is_open = state == BatchState::Open;
    let told = match state {
        BatchState::Open => t.fill("radio.found", &[("found", &planned.len()), ("left", &left.len())]),
        BatchState::Taken => t.fill("radio.told", &[("taken", &taken.len()), ("left", &left.len())]),
        BatchState::Dropped => t.text("radio.batch_dropped").to_owned(),
    };
    let title = if is_open { "radio.confirm_title" } else { "radio.taken_title" };
    let line = |(number, planned): (usize, &Planned)| {
        line(t, number, planned, kept.is_none_or(|kept| kept.contains(&number)))
    };
    let page = Page {
        chrome: staff.chrome(t.text(title)).under(vec![
            Link::new(t.text("nav.radio"), PATH),
            Link::new(t.text("radio.upload"), "/radio/upload"),
        ]),
        errors: ErrorSummary::new(form, t, &[]),
        told,
        own: path(id),
        version,
        start: FormStart::plain(&staff.visitor.form_token()),
        lines: if is_open { planned.iter().enumerate().map(line).collect() } else { Vec::new() },
        taken: (!taken.is_empty()).then(|| taken_table(t, &taken)),
        left: (!left.is_empty()).then(|| left_table(t, &left)),
        ids: taken.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(" "),
        waiting: links(t, waiting.into_iter().filter(|(other, ..)| *other != id)),
    };
    with_form(&page, form)
}

fn line(t: Language, number: usize, planned: &Planned, is_kept: bool) -> Line {
    let prose = Prose::new(&planned.body);
    let count = rich_text::to_text(&planned.body).split_whitespace().count();
    let from = if planned.row.is_empty() {
        planned.from.clone()
    } else {
        t.fill("radio.row_of", &[("row", &planned.row), ("list", &planned.from)])
    };
    Line {
        name: format!("keep-{number}"),
        is_kept,
        title: planned.title.clone(),
        from,
        day: planned.day.map(show_day::day).unwrap_or_default(),
        words: if prose.is_empty() { String::new() } else { t.fill("radio.words", &[("count", &count)]) },
        prose,
        sound: planned.sound().map(|file| file.name.clone()).unwrap_or_default(),
        length: planned.seconds.map_or(String::new(), |seconds| words_of::length(t, u64::from(seconds))),
        doubts: doubts(t, &planned.doubts),
    }
}

fn doubts(t: Language, doubts: &[Doubt]) -> Vec<Badge> {
    let badge = |doubt: &Doubt| Badge::new(Tone::Warning, t.text(&format!("radio.doubt.{}", doubt.word())));
    doubts.iter().map(badge).collect()
}

fn taken_table(t: Language, rows: &[Row]) -> Table {
    let columns = vec![Column::new(t.text("radio.bulletin")).wide(), Column::new(t.text("radio.doubts"))];
    let row = |row: &Row| {
        let mut badges = doubts(t, &row.doubts).into_iter();
        let first = badges.next().map_or_else(|| Cell::new(t.text("radio.complete")), Cell::badge);
        let more = row.doubts.iter().skip(1).map(|doubt| t.text(&format!("radio.doubt.{}", doubt.word())));
        let more = more.collect::<Vec<_>>().join("; ");
        vec![Cell::link(row.title.clone(), crate::publication::path(row.id)), first.note(more)]
    };
    Table::new(t, "taken", t.text("radio.taken"), columns).rows(rows.iter().map(row).collect()).cards()
}

fn left_table(t: Language, left: &[Left]) -> Table {
    let columns = vec![
        Column::new(t.text("radio.file")).wide(),
        Column::new(t.text("radio.cell")).short(),
        Column::new(t.text("radio.why")).wide(),
    ];
    let row = |left: &Left| {
        let why = t.text(&format!("invalid.{}", left.code));
        vec![Cell::new(left.from.clone()), Cell::new(left.cell.clone()), Cell::new(why)]
    };
    Table::new(t, "left", t.text("radio.left"), columns).rows(left.iter().map(row).collect()).cards()
}

/// Makes drafts of the rows that were kept.
pub(super) async fn confirm(staff: Staff, Path(id): Path<BatchId>, fields: Fields) -> PageResult {
    let names: Vec<String> = (0..ROWS).map(|number| format!("keep-{number}")).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["version"]).collect();
    let mut form = fields.only(&known)?;
    let version = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let is_on = |name: &String| !form.value(name).is_empty();
    let kept: BTreeSet<usize> =
        names.iter().enumerate().filter(|(_, name)| is_on(name)).map(|(number, _)| number).collect();
    let chosen = kept.clone();
    match staff.run(move |app, actor| radio::confirm(app, actor, (id, version), &chosen)).await {
        Ok(()) => Ok(redirect(&path(id))),
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, id, &form, Some(&kept)).await
        }
    }
}

/// Puts what was sent aside.
pub(super) async fn put_aside(staff: Staff, Path(id): Path<BatchId>, fields: Fields) -> PageResult {
    let form = fields.only(&["version"])?;
    let version = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    staff.run(move |app, actor| radio::put_aside(app, actor, (id, version))).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, "/radio/upload", key!("radio.batch_dropped")))
}
