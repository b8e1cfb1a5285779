//! The list of reports, and beginning one.

use app::reports::{self, ReportView};
use askama::Template;
use axum::response::Response;
use domain::access::Capability;
use domain::period::Period;
use serde::Deserialize;
use web_kit::component::{Cell, Choice, Column, Empty, ErrorSummary, Field, FormStart, Kind, Table};
use web_kit::form::{FieldError, Form, FormKey, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::path;
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "report/list.html")]
struct Page {
    chrome: web_kit::chrome::Chrome,
    table: Option<Table>,
    empty: Empty,
    can_draft: bool,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
}

/// The reports there are.
pub async fn show(staff: Staff) -> PageResult {
    let form = FormState::of([("period", (staff.state.app.today().year()).to_string())]);
    draw(&staff, &form, None).await
}

async fn draw(staff: &Staff, form: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let rows = staff.run(reports::list).await.map_err(refusal::fault)?;
    let templates: Vec<Choice> = report::Template::shipped()
        .map_err(Fault::internal)?
        .into_iter()
        .map(|template| Choice::new(template.id.clone(), template.title.clone()))
        .collect();
    let fields = vec![
        Field::new(form, t, "period", t.text("report.field.period"), Kind::Line("text"))
            .required()
            .help(t.text("report.field.period_help")),
        Field::new(form, t, "template", t.text("report.field.template"), Kind::Select(templates))
            .help(t.text("report.field.template_help")),
    ];
    let page = Page {
        chrome: staff.chrome(t.text("report.list.title")),
        table: (!rows.is_empty()).then(|| table(staff, &rows)),
        empty: Empty::new(t.text("report.list.empty_title"), t.text("report.list.empty")),
        can_draft: staff.may(Capability::DraftReport),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::again(&staff.visitor, key),
        fields,
    };
    with_form(&page, form)
}

fn table(staff: &Staff, rows: &[ReportView]) -> Table {
    let t = staff.t();
    let columns = ["period", "title", "state", "updated"]
        .map(|name| Column::new(t.text(&format!("report.column.{name}"))))
        .to_vec();
    let row = |row: &ReportView| {
        vec![
            Cell::link(row.period.in_words(), path(row.id)),
            Cell::new(row.title.clone()),
            Cell::new(t.text(&format!("report.state.{}", row.state.word()))),
            Cell::new(show_day::instant(row.updated_at)),
        ]
    };
    Table::new(t, "reports", t.text("report.list.title"), columns)
        .rows(rows.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

/// A report to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    period: Option<String>,
    template: Option<String>,
}

/// Begins a report.
pub async fn create(staff: Staff, form: Form<New>) -> PageResult {
    let mut state = form.state;
    let Ok(period) = form.value.period.unwrap_or_default().parse::<Period>() else {
        state.refuse(FieldError::new("period", key!("report.field.period_wrong")));
        return draw(&staff, &state, form.key.as_ref()).await;
    };
    let template = match form.value.template {
        Some(template) => template,
        None => {
            let templates = reports::templates(period).map_err(refusal::fault)?;
            templates.first().map(|template| template.id.clone()).unwrap_or_default()
        }
    };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| reports::create(app, actor, period, &template)).await.map(path)
    };
    match staff.state.once(form.key.as_ref(), work).await {
        Ok(path) => Ok(redirect(&staff, &path)),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, form.key.as_ref()).await
        }
    }
}

fn redirect(staff: &Staff, path: &str) -> Response {
    redirect_with_notice(&staff.visitor, path, key!("report.notice.created"))
}
