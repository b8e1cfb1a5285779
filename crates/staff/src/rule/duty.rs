//! The rows of the list of duties: every version of one, a new one, the end of one. Rows are never edited, as with
//! limits; who comes second keeps what was typed and sees what stands now.

use app::duty::{self, Ending};
use app::{ActionError, rules};
use askama::Template;
use domain::access::Capability;
use domain::duty::{Duty, Renew};
use domain::law::{Confidence, Law, Rule};
use domain::publication;
use http::StatusCode;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Banner, Cell, Choice, Column, Field, Kind, Table, Tone, doubt_badge, limit_in_words,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path, Query};
use web_kit::page::{page_with, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, Language, PageResult, page};
use words::key;

use super::add::{CONFIDENCES, day_of};
use super::law::validity;
use super::{DUTIES, LAW};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{link, refusal};

const ADD: &str = "/law/duties/new";
const NAMES: [&str; 12] = [
    "id",
    "title",
    "renew",
    "rule",
    "unit",
    "kind",
    "valid_from",
    "valid_to",
    "basis",
    "source",
    "confidence",
    SEEN,
];
/// The hidden field with the mark of the rows that stood when the form was drawn.
const SEEN: &str = "seen";
const RENEWALS: [Renew; 3] = [Renew::Year, Renew::Quarter, Renew::Change];

#[derive(Template)]
#[template(path = "rule/duty.html")]
struct Page {
    chrome: Chrome,
    table: Table,
    change: String,
    end: String,
}

#[derive(Template)]
#[template(path = "rule/duty_form.html")]
struct FormPage {
    chrome: Chrome,
    lead: &'static str,
    rows: Option<Table>,
    form: FormPart,
}

/// Where the rows of a duty are.
pub(crate) fn path(id: &str) -> String {
    format!("{DUTIES}/{id}")
}

/// Shows every row of a duty.
pub async fn show(staff: Staff, Path(id): Path<String>) -> PageResult {
    let t = staff.t();
    let rows = rows(&staff, &id).await?;
    let last = rows.last().ok_or_else(Fault::not_found)?;
    let may = staff.may(Capability::WriteLaw);
    let shown = Page {
        chrome: staff.chrome(last.title.clone()).under(vec![Link::new(t.text("law.title"), LAW)]),
        table: table(t, &rows),
        change: if may { link::with_query(ADD, &[("duty", &id)]) } else { String::new() },
        end: if may { format!("{}/end", path(&id)) } else { String::new() },
    };
    page(&shown, Cache::Private)
}

async fn rows(staff: &Staff, id: &str) -> Result<Vec<Duty>, Fault> {
    let all = staff.run(duty::rows).await.map_err(refusal::fault)?;
    Ok(all.into_iter().filter(|row| row.id == id).collect())
}

/// Where a row comes from.
pub(crate) fn origin(t: Language, row: &Duty) -> &'static str {
    t.text(if row.is_shipped() { "duty.edit.shipped" } else { "duty.edit.of_office" })
}

/// Basis, source, origin and doubt of a row.
pub(super) fn basis(t: Language, row: &Duty) -> Cell {
    let mut notes = vec![origin(t, row).to_owned()];
    if !row.source.is_empty() {
        notes.insert(0, format!("{}: {}", t.text("law.source"), row.source));
    }
    if !row.confidence.is_doubtful() {
        notes.push(t.text(&format!("confidence.{}", row.confidence.word())).to_owned());
    }
    if !row.ended_by.is_empty() {
        notes.push(format!("{}: {}", t.text("duty.edit.ended_by"), row.ended_by));
    }
    let cell = Cell::new(row.basis.clone()).note(notes.join(" · "));
    match doubt_badge(t, row.confidence) {
        Some(badge) => cell.with_badge(badge),
        None => cell,
    }
}

fn table(t: Language, rows: &[Duty]) -> Table {
    let columns = vec![
        Column::new(t.text("law.column.valid")),
        Column::new(t.text("law.field.title")).wide(),
        Column::new(t.text("duty.period")),
        Column::new(t.text("duty.rule")),
        Column::new(t.text("duty.unit")),
        Column::new(t.text("law.column.basis")).wide(),
    ];
    let row = |row: &Duty| {
        vec![
            Cell::new(validity(t, row.valid_from, row.valid_to)),
            Cell::new(row.title.clone()).note(row.id.clone()),
            Cell::new(t.text(&format!("duty.renew.{}", row.renew.word()))),
            Cell::new(row.rule.clone().unwrap_or_else(|| t.text("duty.edit.no_rule").to_owned())),
            Cell::new(row.unit.clone()).note(t.text(&format!("publication.kind.{}", row.kind))),
            basis(t, row),
        ]
    };
    Table::new(t, "rows", t.text("duty.edit.rows"), columns).rows(rows.iter().map(row).collect()).cards()
}

/// The duty that gets a new row; none for a new duty.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    duty: String,
}

/// The form, filled with what seldom changes from the last row of the duty.
pub async fn begin(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let rows = rows(&staff, &asked.duty).await?;
    let filled = |row: &Duty| {
        FormState::of([
            ("id", row.id.clone()),
            ("title", row.title.clone()),
            ("renew", row.renew.word().to_owned()),
            ("rule", row.rule.clone().unwrap_or_default()),
            ("unit", row.unit.clone()),
            ("kind", row.kind.clone()),
        ])
    };
    let state = rows.last().map_or_else(FormState::new, filled);
    let form = form(&staff, &state, None, &duty::mark(&rows)).await?;
    with_form(&form, &state)
}

async fn form(
    staff: &Staff,
    state: &FormState,
    key: Option<&FormKey>,
    seen: &str,
) -> Result<FormPage, Fault> {
    let t = staff.t();
    let law = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.law;
    let title = t.text(if seen.is_empty() { "duty.edit.add" } else { "duty.edit.change" });
    let mut fields = fields(t, state, &law);
    let id = state.line("id");
    let mut under = vec![Link::new(t.text("law.title"), LAW)];
    let back = if seen.is_empty() {
        let field = Field::new(state, t, "id", t.text("law.field.id"), Kind::Line("text"));
        fields.insert(0, field.required().help(t.text("duty.edit.id_help")));
        LAW.to_owned()
    } else {
        under.push(Link::new(id.clone(), path(&id)));
        path(&id)
    };
    let mut form = FormPart::new(staff, (ADD, title), (state, key), fields).back(back).hidden(SEEN, seen);
    if !seen.is_empty() {
        form = form.hidden("id", id);
    }
    let lead = t.text(if seen.is_empty() { "duty.edit.add_lead" } else { "law.add_lead" });
    Ok(FormPage { chrome: staff.chrome(title).under(under), lead, rows: None, form })
}

fn fields(t: Language, state: &FormState, law: &Law) -> Vec<Field> {
    let field = |name: &str, kind: Kind| {
        let label = t.find(&format!("duty.field.{name}")).or_else(|| t.find(&format!("law.field.{name}")));
        let field = Field::new(state, t, name, label.unwrap_or(name), kind);
        match t.find(&format!("duty.help.{name}")).or_else(|| t.find(&format!("law.help.{name}"))) {
            Some(help) => field.help(help),
            None => field,
        }
    };
    let renewals = RENEWALS.map(Renew::word).map(|w| Choice::new(w, t.text(&format!("duty.renew.{w}"))));
    let kinds = publication::Kind::ALL.map(publication::Kind::word);
    let kinds = kinds.map(|word| Choice::new(word, t.text(&format!("publication.kind.{word}"))));
    let confidences = CONFIDENCES.map(Confidence::word);
    let confidences = confidences.map(|word| Choice::new(word, t.text(&format!("confidence.{word}"))));
    vec![
        field("title", Kind::Line("text")).required(),
        field("renew", Kind::Select(renewals.to_vec())).required(),
        field("rule", Kind::Select(rule_choices(t, law))),
        field("unit", Kind::Line("text")).required(),
        field("kind", Kind::Select(kinds.to_vec())).required(),
        field("valid_from", Kind::Day).required(),
        field("valid_to", Kind::Day),
        field("basis", Kind::Line("text")).required(),
        field("source", Kind::Line("text")).required(),
        field("confidence", Kind::Select(confidences.to_vec())).required(),
    ]
}

/// The rules that give a date; for each id its last row speaks.
fn rule_choices(t: Language, law: &Law) -> Vec<Choice> {
    let mut last: Vec<&Rule> = Vec::new();
    for rule in law.rules.iter().filter(|rule| rule.limit.is_countable()) {
        match last.iter_mut().find(|known| known.id == rule.id) {
            Some(known) if known.valid_from < rule.valid_from => *known = rule,
            Some(_) => {}
            None => last.push(rule),
        }
    }
    last.sort_by(|one, other| one.id.cmp(&other.id));
    let choice = |rule: &Rule| {
        let words = format!("{}: {} ({})", rule.id, rule.title, limit_in_words(t, rule.limit));
        Choice::new(rule.id.clone(), words)
    };
    let none = Choice::new("", t.text("duty.edit.no_rule"));
    std::iter::once(none).chain(last.into_iter().map(choice)).collect()
}

/// Adds it.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&NAMES)?;
    let seen = state.value(SEEN).to_owned();
    let id = state.line("id");
    let Some(row) = read(&mut state) else {
        return with_form(&form(&staff, &state, key.as_ref(), &seen).await?, &state);
    };
    let (worker, mark) = (staff.clone(), seen.clone());
    let work = async move {
        worker.run(move |app, actor| duty::add(app, actor, &row, &mark)).await.map(|()| path(&id))
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("duty.edit.added"))),
        Err(ActionError::Stale) => {
            let rows = rows(&staff, &state.line("id")).await?;
            stale(&staff, form(&staff, &state, None, &duty::mark(&rows)).await?, &rows)
        }
        Err(error) => {
            refusal::note(&mut state, error)?;
            with_form(&form(&staff, &state, key.as_ref(), &seen).await?, &state)
        }
    }
}

/// Somebody changed the rows meanwhile: what was typed stays in the form, what stands now is shown beside it, and the
/// form goes on from there.
fn stale(staff: &Staff, mut drawn: FormPage, rows: &[Duty]) -> PageResult {
    let t = staff.t();
    drawn.rows = Some(table(t, rows));
    drawn.chrome = drawn.chrome.banner(Banner::new(Tone::Warning, t.text("duty.edit.stale")));
    page_with(StatusCode::CONFLICT, &drawn, Cache::Private)
}

fn read(state: &mut FormState) -> Option<Duty> {
    let renew = RENEWALS.into_iter().find(|known| known.word() == state.value("renew"));
    let confidence = CONFIDENCES.into_iter().find(|known| known.word() == state.value("confidence"));
    let valid_from = day_of(state, "valid_from");
    let valid_to = day_of(state, "valid_to");
    for name in ["id", "title", "renew", "unit", "kind", "valid_from", "basis", "source", "confidence"] {
        if state.line(name).is_empty() {
            state.refuse(FieldError::new(name, key!("invalid.required")));
        }
    }
    if state.has_errors() {
        return None;
    }
    let (Some(renew), Some(confidence)) = (renew, confidence) else {
        let (name, value) = if renew.is_none() {
            ("renew", state.line("renew"))
        } else {
            ("confidence", state.line("confidence"))
        };
        state.refuse(FieldError::new(name, key!("invalid.not_a_word")).with("value", value));
        return None;
    };
    Some(Duty {
        id: state.line("id"),
        title: state.line("title"),
        renew,
        rule: Some(state.line("rule")).filter(|rule| !rule.is_empty()),
        unit: state.line("unit"),
        kind: state.line("kind"),
        valid_from: valid_from?,
        valid_to,
        basis: state.line("basis"),
        source: state.line("source"),
        ended_by: String::new(),
        confidence,
    })
}

/// Asks from when on a duty is owed no more.
pub async fn ask_end(staff: Staff, Path(id): Path<String>) -> PageResult {
    let rows = rows(&staff, &id).await?;
    let state = FormState::new();
    let form = end_form(&staff, (&id, &rows), &state, None, &duty::mark(&rows))?;
    with_form(&form, &state)
}

fn end_form(
    staff: &Staff,
    (id, rows): (&str, &[Duty]),
    state: &FormState,
    key: Option<&FormKey>,
    seen: &str,
) -> Result<FormPage, Fault> {
    let t = staff.t();
    let last = rows.last().ok_or_else(Fault::not_found)?;
    let title = t.text("duty.edit.end");
    let field =
        |name: &str, label: &str, kind: Kind| Field::new(state, t, name, t.text(label), kind).required();
    let fields = vec![
        field("valid_to", "duty.edit.last_day", Kind::Day),
        field("basis", "duty.edit.end_basis", Kind::Line("text")),
        field("source", "law.field.source", Kind::Line("text")).help(t.text("law.help.source")),
    ];
    let links = vec![Link::new(t.text("law.title"), LAW), Link::new(last.title.clone(), path(id))];
    let form = FormPart::new(staff, (format!("{}/end", path(id)), title), (state, key), fields)
        .back(path(id))
        .hidden(SEEN, seen);
    let lead = t.text("duty.edit.end_lead");
    Ok(FormPage { chrome: staff.chrome(title).under(links), lead, rows: Some(table(t, rows)), form })
}

/// Ends it.
pub async fn end(staff: Staff, Path(id): Path<String>, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&["valid_to", "basis", "source", SEEN])?;
    let seen = state.value(SEEN).to_owned();
    let last = day_of(&mut state, "valid_to");
    for name in ["valid_to", "basis", "source"] {
        if state.line(name).is_empty() {
            state.refuse(FieldError::new(name, key!("invalid.required")));
        }
    }
    let last = last.filter(|_| !state.has_errors());
    let error = match last {
        None => None,
        Some(last) => {
            let ending = Ending { last, basis: state.line("basis"), source: state.line("source") };
            let (worker, mark, duty) = (staff.clone(), seen.clone(), id.clone());
            let work = async move {
                let path = path(&duty);
                worker
                    .run(move |app, actor| duty::end(app, actor, &duty, &ending, &mark))
                    .await
                    .map(|()| path)
            };
            match staff.state.once(key.as_ref(), work).await {
                Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("duty.edit.ended"))),
                Err(error) => Some(error),
            }
        }
    };
    let rows = rows(&staff, &id).await?;
    match error {
        Some(ActionError::Stale) => {
            let form = end_form(&staff, (&id, &rows), &state, None, &duty::mark(&rows))?;
            return stale(&staff, form, &rows);
        }
        Some(error) => refusal::note(&mut state, error)?,
        None => {}
    }
    with_form(&end_form(&staff, (&id, &rows), &state, key.as_ref(), &seen)?, &state)
}
