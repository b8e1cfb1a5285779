//! The library of answers: texts that answers begin with, what was answered before.

use app::press::{self, CaseRow, ReplyTemplateRow, TemplateEdit};
use askama::Template;
use domain::access::Capability;
use domain::id::ReplyTemplateId;
use domain::press::library::MARKS;
use domain::press::request::LONGEST_ANSWER;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, Empty, Field, Kind, Table, Tone};
use web_kit::form::{Fields, FormState, Path, Query};
use web_kit::page::redirect_with_notice;
use web_kit::{Cache, Fault, PageResult, page};
use words::key;

use super::form::Page as FormPage;
use super::{PATH, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// Where it is.
pub(super) const LIST: &str = "/press/library";
/// Characters of a text that the list shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "press/library.html")]
struct Page {
    chrome: Chrome,
    may_write: bool,
    search: Field,
    narrowed: bool,
    templates: Option<Table>,
    no_template: Empty,
    answers: Option<Table>,
    no_answer: Empty,
}

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    q: String,
}

/// The beginning of a text, in one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

pub(super) async fn list(staff: Staff, Query(search): Query<Search>) -> PageResult {
    let t = staff.t();
    let words: String = search.q.chars().take(200).collect();
    let wanted = words.clone();
    let found =
        staff.run(move |app, actor| press::library(app, actor, &wanted)).await.map_err(refusal::fault)?;
    let may_write = staff.may(Capability::TakePress);
    let state = FormState::of([("q", words.clone())]);
    let nothing = |name: &str| {
        let key = if words.is_empty() { name.to_owned() } else { "press_library.not_found".to_owned() };
        Empty::new(t.text(&format!("{key}_title")), t.text(&key))
    };
    let shown = Page {
        chrome: staff.chrome(t.text("press_library.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        may_write,
        search: Field::new(&state, t, "q", t.text("press_library.search"), Kind::Line("search")),
        narrowed: !words.is_empty(),
        templates: (!found.templates.is_empty()).then(|| templates(&staff, &found.templates, may_write)),
        no_template: nothing("press_library.no_template"),
        answers: (!found.answers.is_empty()).then(|| answers(&staff, &found.answers)),
        no_answer: nothing("press_library.no_answer"),
    };
    page(&shown, Cache::Private)
}

fn templates(staff: &Staff, rows: &[ReplyTemplateRow], may_write: bool) -> Table {
    let t = staff.t();
    let columns =
        vec![Column::new(t.text("press_library.name")), Column::new(t.text("press_library.body")).wide()];
    let row = |row: &ReplyTemplateRow| {
        let name = if may_write {
            Cell::link(row.title.clone(), format!("{LIST}/{}", row.id))
        } else {
            Cell::new(row.title.clone())
        };
        let name = if row.is_active {
            name
        } else {
            name.with_badge(Badge::new(Tone::Plain, t.text("press_library.inactive")))
        };
        vec![name, Cell::new(beginning(&row.body))]
    };
    Table::new(t, "templates", t.text("press_library.templates"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

fn answers(staff: &Staff, rows: &[CaseRow]) -> Table {
    let t = staff.t();
    let columns = vec![
        Column::new(t.text("press_field.subject")),
        Column::new(t.text("press_library.answer")).wide(),
        Column::new(t.text("press_library.on")).short(),
    ];
    let row = |row: &CaseRow| {
        let closed = row.closed_at.map(domain::time::day_of).map(show_day::day).unwrap_or_default();
        vec![
            Cell::link(row.request.asked.subject.clone(), path(row.id))
                .note(format!("{} · {}", row.number, row.request.asked.requester)),
            Cell::new(beginning(&row.request.answer.text)),
            Cell::new(closed),
        ]
    };
    Table::new(t, "answers", t.text("press_library.answers"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

pub(super) async fn new(staff: Staff) -> PageResult {
    draw(&staff, None, &FormState::new())
}

async fn find(staff: &Staff, id: ReplyTemplateId) -> Result<ReplyTemplateRow, Fault> {
    staff.run(move |app, actor| press::reply_template(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path(id): Path<ReplyTemplateId>) -> PageResult {
    let row = find(&staff, id).await?;
    let state = FormState::of([
        ("title", row.title.clone()),
        ("body", row.body.clone()),
        ("is_active", if row.is_active { "on" } else { "" }.to_owned()),
    ]);
    draw(&staff, Some(&row), &state)
}

fn draw(staff: &Staff, at: Option<&ReplyTemplateRow>, state: &FormState) -> PageResult {
    let t = staff.t();
    let most = u32::try_from(LONGEST_ANSWER).unwrap_or(u32::MAX);
    let mut fields = vec![
        Field::new(state, t, "title", t.text("press_library.name"), Kind::Line("text"))
            .help(t.text("press_library.name_help"))
            .max(200)
            .required(),
        Field::new(state, t, "body", t.text("press_library.body"), Kind::Text(14))
            .help(t.fill("press_library.body_help", &[("marks", &MARKS.join(", "))]))
            .max(most)
            .required(),
    ];
    if at.is_some() {
        fields.push(Field::new(state, t, "is_active", t.text("press_library.active"), Kind::Check));
    }
    let action = at.map_or_else(|| format!("{LIST}/new"), |row| format!("{LIST}/{}", row.id));
    let title = at.map_or_else(|| t.text("press_library.add").to_owned(), |row| row.title.clone());
    let form = FormPart::new(staff, (action, t.text("action.save")), (state, None), fields)
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(LIST);
    let below = Some((t.text("press_library.title").to_owned(), LIST.to_owned()));
    FormPage::new(staff, (&title, t.text("press_library.form_lead")), below, form).draw(state)
}

pub(super) async fn add(staff: Staff, sent: Fields) -> PageResult {
    keep(staff, None, sent).await
}

pub(super) async fn save(staff: Staff, Path(id): Path<ReplyTemplateId>, sent: Fields) -> PageResult {
    keep(staff, Some(id), sent).await
}

async fn keep(staff: Staff, id: Option<ReplyTemplateId>, sent: Fields) -> PageResult {
    let mut state = sent.only(&["version", "title", "body", "is_active"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let edit = TemplateEdit {
        title: state.line("title"),
        body: state.text("body"),
        is_active: state.value("is_active") == "on",
    };
    let known = id.map(|id| (id, version));
    match staff.run(move |app, actor| press::save_reply_template(app, actor, known, &edit)).await {
        Ok(()) => return Ok(redirect_with_notice(&staff.visitor, LIST, key!("press_library.saved"))),
        Err(error) => refusal::keep(&mut state, error)?,
    }
    let row = match id {
        Some(id) => Some(find(&staff, id).await?),
        None => None,
    };
    draw(&staff, row.as_ref(), &state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_at_a_word() {
        assert_eq!(beginning("Kính gửi\n\nBáo Hà Nam"), "Kính gửi Báo Hà Nam");
        let long = beginning(&"thông tin ".repeat(50));
        assert!(long.ends_with("thông…") || long.ends_with("tin…"), "{long}");
        assert!(long.chars().count() <= SHOWN + 1);
    }
}
