//! Writing the texts of a report, its letter and its signer.

use app::ActionError;
use app::reports::{self, Edit, Editor};
use askama::Template;
use domain::id::ReportId;
use report::document::Citation;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, ErrorSummary, Field, FormStart, Kind, Tone};
use web_kit::form::{FieldError, Fields, FormState, Path};
use web_kit::page::{page_with, redirect_with_notice, with_form};
use web_kit::{Cache, PageResult};
use words::key;

use super::path;
use crate::gate::Staff;
use crate::{refusal, show_day, signer};

const LETTER: [&str; 4] = ["letter.symbol", "letter.date", "letter.issuer", "letter.about"];

#[derive(Template)]
#[template(path = "report/edit.html")]
struct Page {
    chrome: Chrome,
    action: String,
    back: String,
    version: i64,
    errors: ErrorSummary,
    start: FormStart,
    texts: Vec<Field>,
    letter: Vec<Field>,
    signer: Vec<Field>,
    theirs: Vec<(String, String)>,
}

/// The form, filled with what is written.
pub async fn show(staff: Staff, Path(id): Path<ReportId>) -> PageResult {
    let editor = load(&staff, id).await?;
    let form = filled(&editor);
    let drawn = draw(&staff, &editor, &form, editor.report.version, Vec::new());
    with_form(&drawn, &form)
}

async fn load(staff: &Staff, id: ReportId) -> Result<Editor, web_kit::Fault> {
    staff.run(move |app, actor| reports::editor(app, actor, id)).await.map_err(refusal::fault)
}

fn slot_name(key: &str) -> String {
    format!("slot.{key}")
}

fn filled(editor: &Editor) -> FormState {
    let letter = editor.letter.clone().unwrap_or_default();
    let mut values: Vec<(String, String)> =
        editor.narrative.iter().map(|slot| (slot_name(&slot.key), slot.text.clone())).collect();
    let day = letter.date.map(show_day::day).unwrap_or_default();
    for (name, value) in LETTER.into_iter().zip([letter.symbol, day, letter.issuer, letter.about]) {
        values.push((name.to_owned(), value));
    }
    let signer = editor.signer.as_ref().map(signer::values).into_iter().flatten();
    values.extend(signer.map(|(name, value)| (name.to_owned(), value)));
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn draw(
    staff: &Staff,
    editor: &Editor,
    form: &FormState,
    version: i64,
    theirs: Vec<(String, String)>,
) -> Page {
    let t = staff.t();
    let texts: Vec<Field> = editor
        .narrative
        .iter()
        .map(|slot| Field::new(form, t, &slot_name(&slot.key), &slot.label, Kind::Text(6)))
        .collect();
    let line = |name: &str| Field::new(form, t, name, t.text(&format!("report.{name}")), Kind::Line("text"));
    let letter: Vec<Field> = LETTER
        .into_iter()
        .map(|name| match name {
            "letter.date" => Field::new(form, t, name, t.text("report.letter.date"), Kind::Day),
            _ => line(name),
        })
        .collect();
    let signer = signer::fields(t, form);
    let all: Vec<Field> = texts.iter().chain(&letter).chain(&signer).cloned().collect();
    let id = editor.report.id;
    Page {
        chrome: staff.chrome(t.text("report.edit.title")).under(vec![
            Link::new(t.text("report.list.title"), "/reports"),
            Link::new(editor.report.title.clone(), path(id)),
        ]),
        action: format!("{}/edit", path(id)),
        back: path(id),
        version,
        errors: ErrorSummary::new(form, t, &all),
        start: FormStart::once(&staff.visitor),
        texts,
        letter,
        signer,
        theirs,
    }
}

/// Saves what was written.
pub async fn save(staff: Staff, Path(id): Path<ReportId>, fields: Fields) -> PageResult {
    let editor = load(&staff, id).await?;
    let slots: Vec<String> = editor.narrative.iter().map(|slot| slot_name(&slot.key)).collect();
    let mut known: Vec<&str> = slots.iter().map(String::as_str).collect();
    known.extend(LETTER);
    known.extend(signer::NAMES);
    known.push("version");
    let mut form = fields.only(&known)?;
    let version: i64 = form.value("version").parse().unwrap_or(0);
    let Some(edit) = read(&mut form, &editor) else {
        return with_form(&draw(&staff, &editor, &form, version, Vec::new()), &form);
    };
    let saved = staff.run(move |app, actor| reports::edit(app, actor, (id, version), &edit)).await;
    match saved {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, &path(id), key!("report.notice.saved"))),
        Err(ActionError::Stale) => stale(&staff, id, &form).await,
        Err(error) => {
            refusal::note(&mut form, error)?;
            with_form(&draw(&staff, &editor, &form, version, Vec::new()), &form)
        }
    }
}

/// Somebody saved meanwhile: nothing is lost. The page shows what was typed in the form and theirs beside it.
async fn stale(staff: &Staff, id: ReportId, form: &FormState) -> PageResult {
    let editor = load(staff, id).await?;
    let theirs = editor
        .narrative
        .iter()
        .filter(|slot| form.text(&slot_name(&slot.key)) != slot.text)
        .map(|slot| (slot.label.clone(), slot.text.clone()))
        .collect();
    let mut drawn = draw(staff, &editor, form, editor.report.version, theirs);
    drawn.chrome = drawn.chrome.banner(Banner::new(Tone::Warning, staff.t().text("report.edit.stale")));
    page_with(http::StatusCode::CONFLICT, &drawn, Cache::Private)
}

fn read(form: &mut FormState, editor: &Editor) -> Option<Edit> {
    let narrative =
        editor.narrative.iter().map(|slot| (slot.key.clone(), form.text(&slot_name(&slot.key)))).collect();
    let typed_day = form.line("letter.date");
    let date = if typed_day.is_empty() {
        None
    } else {
        let day = app::rules::read_day(&typed_day);
        if day.is_none() {
            form.refuse(FieldError::new("letter.date", key!("invalid.day_expected")));
        }
        day
    };
    let symbol = form.line("letter.symbol");
    let letter = (!symbol.is_empty()).then(|| Citation {
        kind: "Công văn".to_owned(),
        symbol,
        date,
        issuer: form.line("letter.issuer"),
        about: form.line("letter.about"),
    });
    (!form.has_errors()).then_some(Edit { narrative, letter, signer: signer::read(form) })
}
