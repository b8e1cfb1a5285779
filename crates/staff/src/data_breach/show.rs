//! The list, and one breach: what is known, its clock, the notices that left.

use app::data_breach::{self, BreachRow, Shown};
use app::press::File;
use askama::Template;
use domain::data_breach::Refusal;
use domain::id::BreachId;
use domain::time::Timestamp;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, Empty, Fact, Facts, Table};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Cache, Fault, Language, PageResult, page};

use super::{badge, crumbs, event_name, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "data_breach/list.html")]
struct List {
    chrome: Chrome,
    empty: Option<Empty>,
    table: Table,
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let found = staff.run(|app, actor| data_breach::list(app, actor)).await.map_err(refusal::fault)?;
    let shown = List {
        chrome: staff.chrome(t.text("nav.data_breaches")),
        empty: found.is_empty().then(|| Empty::new(t.text("breach.empty_title"), t.text("breach.empty"))),
        table: table(t, &found, staff.state.app.now()),
    };
    page(&shown, Cache::Private)
}

/// Whether it was told in time, or is late by now.
fn on_time(t: Language, row: &BreachRow, now: Timestamp) -> &'static str {
    match row.breach.on_time {
        Some(true) => t.text("breach.in_time"),
        Some(false) => t.text("breach.was_late"),
        None if row.due_at.is_some_and(|due| due < now) => t.text("breach.late"),
        None => "",
    }
}

fn table(t: Language, rows: &[BreachRow], now: Timestamp) -> Table {
    let columns = vec![
        Column::new(t.text("breach.subject")).wide(),
        Column::new(t.text("breach.state_name")),
        Column::new(t.text("breach.noticed")).short(),
        Column::new(t.text("breach.due")).short(),
    ];
    let row = |row: &BreachRow| {
        let due = row.breach.clock.as_ref().map(|clock| clock.due.in_words()).unwrap_or_default();
        let (due, note) = (Cell::new(due), on_time(t, row, now));
        vec![
            Cell::link(row.breach.known.subject.clone(), path(row.id)),
            Cell::badge(badge(t, row.state)),
            Cell::new(row.breach.known.noticed_at.map(show_day::instant).unwrap_or_default()),
            if note.is_empty() { due } else { due.note(note) },
        ]
    };
    Table::new(t, "data-breaches", t.text("nav.data_breaches"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

pub(super) async fn load(staff: &Staff, id: BreachId) -> Result<Shown, Fault> {
    staff.run(move |app, actor| data_breach::show(app, actor, id)).await.map_err(refusal::fault)
}

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

/// A notice that left: what is known of it, its files.
struct Left {
    facts: Facts,
    files: Vec<Link>,
}

#[derive(Template)]
#[template(path = "data_breach/show.html")]
struct Page {
    chrome: Chrome,
    badge: Badge,
    clock: Facts,
    basis: String,
    steps: Vec<String>,
    texts: Vec<(&'static str, String)>,
    buttons: Vec<Button>,
    drafts: Vec<Link>,
    left: Vec<Left>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<BreachId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let (breach, own) = (&found.row.breach, path(id));
    let button = |(event, result): &(_, Result<(), Refusal>)| Button {
        label: event_name(t, *event),
        href: format!("{own}/{}", event.word()),
        refused: result.err().map(|refusal| t.text(&format!("refusal.{}", refusal.code()))),
    };
    let known = &breach.known;
    let people =
        known.people.map_or_else(|| t.text("breach.people_unknown").to_owned(), |count| count.to_string());
    let texts = [
        ("breach.nature", known.nature.clone()),
        ("breach.happened", known.happened.clone()),
        ("breach.data_kinds", known.data_kinds.clone()),
        ("breach.people", people),
        ("breach.consequences", known.consequences.clone()),
        ("breach.measures", known.measures.clone()),
        ("breach.officer", known.officer.clone()),
        ("breach.note", breach.note.clone()),
    ];
    let steps = breach.clock.as_ref().map(|clock| match t {
        Language::Vi => clock.describe_vi(),
        Language::En => clock.describe_en(),
    });
    let is_drawn = known.is_complete() && !found.buttons.is_empty();
    let files = |base: String| {
        let file = |file: File, key: &str| Link::new(t.text(key), format!("{base}/{}", file.word()));
        vec![file(File::Pdf, "conference.pdf"), file(File::Docx, "conference.docx")]
    };
    let left = breach.notices.iter().enumerate().map(|(place, _)| Left {
        facts: notice_facts(t, &found, place),
        files: files(format!("{own}/notices/{place}")),
    });
    let shown = Page {
        chrome: staff.chrome(known.subject.clone()).under(crumbs(t)),
        badge: badge(t, found.row.state),
        clock: clock_facts(t, &found.row, staff.state.app.now()),
        basis: breach.clock.as_ref().map(|clock| clock.basis.clone()).unwrap_or_default(),
        steps: steps.unwrap_or_default(),
        texts: texts
            .into_iter()
            .map(|(key, text)| (t.text(key), text))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        buttons: found.buttons.iter().map(button).collect(),
        drafts: if is_drawn { files(format!("{own}/draft")) } else { Vec::new() },
        left: left.collect(),
    };
    page(&shown, Cache::Private)
}

fn clock_facts(t: Language, row: &BreachRow, now: Timestamp) -> Facts {
    let breach = &row.breach;
    let mut facts = Vec::new();
    if let Some(at) = breach.known.noticed_at {
        facts.push(Fact::new(t.text("breach.noticed"), show_day::instant(at)));
    }
    let due = breach
        .clock
        .as_ref()
        .map_or_else(|| t.text("breach.no_rule").to_owned(), |clock| clock.due.in_words());
    facts.push(Fact::new(t.text("breach.due"), due));
    let note = on_time(t, row, now);
    if !note.is_empty() {
        facts.push(Fact::new(t.text("breach.kept"), note));
    }
    Facts::new(t, facts)
}

fn notice_facts(t: Language, found: &Shown, place: usize) -> Facts {
    let Some(sent) = found.row.breach.notices.get(place) else { return Facts::new(t, Vec::new()) };
    let who = found.people.get(&sent.person).unwrap_or(&sent.person);
    let facts = [
        ("breach.symbol", format!("{}, {}", sent.symbol, show_day::day(sent.day))),
        ("breach.addressee", sent.addressee.clone()),
        ("breach.sent", show_day::instant(sent.at)),
        ("breach.sender", crate::register::value::who(t, who)),
        ("breach.late_reason", sent.late_reason.clone()),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Facts::new(t, told.map(|(key, value)| Fact::new(t.text(key), value)).collect())
}

async fn file(staff: &Staff, id: BreachId, place: Option<usize>, word: &str) -> PageResult {
    let file = File::from_word(word).ok_or_else(Fault::not_found)?;
    let bytes = staff.run(move |app, actor| data_breach::notice_file(app, actor, id, (place, file))).await;
    let name = format!("thong-bao-vi-pham-{id}.{}", file.word());
    Ok(attachment(bytes.map_err(refusal::fault)?, file.media_type(), &name))
}

/// The notice as it would be drawn now.
pub(super) async fn draft(staff: Staff, Path((id, word)): Path<(BreachId, String)>) -> PageResult {
    file(&staff, id, None, &word).await
}

/// A notice that left.
pub(super) async fn notice(
    staff: Staff,
    Path((id, place, word)): Path<(BreachId, usize, String)>,
) -> PageResult {
    file(&staff, id, Some(place), &word).await
}
