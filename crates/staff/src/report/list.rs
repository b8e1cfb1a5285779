//! The list of reports, and beginning one.

use std::collections::BTreeSet;

use app::reports::{self, ReportView};
use app::{Actor, App, figures, rules};
use askama::Template;
use axum::response::Response;
use domain::access::Capability;
use domain::law::Law;
use domain::period::Period;
use domain::time::Day;
use serde::Deserialize;
use web_kit::component::{Cell, Choice, Column, Empty, ErrorSummary, Field, FormStart, Kind, Table};
use web_kit::form::{FieldError, Form, FormKey, FormState, Query};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult};
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
    years: Vec<Year>,
    fields: Vec<Field>,
}

/// A year whose periods the form can offer.
struct Year {
    year: i16,
    is_shown: bool,
}

/// The choice of a period that no closing row gives.
const OWN: &str = "own";

/// The year whose periods are offered; this year when none is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    year: Option<i16>,
}

/// The reports there are.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let year = asked.year.unwrap_or_else(|| staff.state.app.today().year());
    let form = FormState::of([("period", year.to_string())]);
    draw(&staff, &form, None).await
}

async fn draw(staff: &Staff, form: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let today = staff.state.app.today().year();
    let year = year_of(form).unwrap_or(today);
    let end = Day::new(year, 12, 31).map_err(Fault::internal)?;
    let (rows, law, recorded, templates) = staff
        .run(move |app, actor| {
            let templates = reports::templates(app, end)?;
            Ok((reports::list(app, actor)?, rules::policy(app)?.law, figures::years(app, actor)?, templates))
        })
        .await
        .map_err(refusal::fault)?;
    let years: BTreeSet<i16> = recorded.into_iter().chain([today - 1, today, year]).collect();
    let fields = fields(t, form, (periods(t, &law, form, year), year), &templates);
    let page = Page {
        chrome: staff.chrome(t.text("report.list.title")),
        table: (!rows.is_empty()).then(|| table(staff, &rows)),
        empty: Empty::new(t.text("report.list.empty_title"), t.text("report.list.empty")),
        can_draft: staff.may(Capability::DraftReport),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::again(&staff.visitor, key),
        years: years.into_iter().rev().map(|known| Year { year: known, is_shown: known == year }).collect(),
        fields,
    };
    with_form(&page, form)
}

/// The year of the period chosen or typed.
fn year_of(form: &FormState) -> Option<i16> {
    let chosen = form.value("period").parse::<Period>().ok().map(|period| period.year());
    chosen.or_else(|| rules::read_day(form.value("last")).map(Day::year))
}

/// The periods of a year by the closing rows; the one that was sent, whatever it is; an own one.
fn periods(t: Language, law: &Law, form: &FormState, year: i16) -> Vec<Choice> {
    let span =
        |period: Period| format!("{} – {}", show_day::day(period.first()), show_day::day(period.last()));
    let sent = form.value("period");
    let sent_period = sent.parse::<Period>().ok();
    let mut choices = Vec::new();
    let mut is_sent_offered = false;
    for offered in law.periods_of(year) {
        let titles: Vec<&str> = offered.rows.iter().map(|row| row.title.as_str()).collect();
        let title = if titles.is_empty() {
            t.text("report.field.period_calendar").to_owned()
        } else {
            titles.join("; ")
        };
        let is_sent = sent_period == Some(offered.period);
        is_sent_offered |= is_sent;
        let value = if is_sent { sent.to_owned() } else { offered.period.to_string() };
        choices.push(Choice::new(value, format!("{title}: {}", span(offered.period))));
    }
    if let Some(period) = sent_period.filter(|_| !is_sent_offered) {
        choices.push(Choice::new(sent, span(period)));
    }
    choices.push(Choice::new(OWN, t.text("report.field.period_own")));
    choices
}

fn fields(
    t: Language,
    form: &FormState,
    (periods, year): (Vec<Choice>, i16),
    templates: &[reports::Kept],
) -> Vec<Field> {
    let choice = |kept: &reports::Kept| Choice::new(kept.template.id.clone(), kept.template.title.clone());
    let templates = templates.iter().map(choice).collect();
    let field = |name: &str, label: &str, kind: Kind| Field::new(form, t, name, t.text(label), kind);
    vec![
        field("period", "report.field.period", Kind::Select(periods))
            .required()
            .help(t.fill("report.field.period_help", &[("year", &year)])),
        field("first", "report.field.first", Kind::Day).help(t.text("report.field.own_help")),
        field("last", "report.field.last", Kind::Day).help(t.text("report.field.own_help")),
        field("reason", "report.field.own_reason", Kind::Line("text"))
            .help(t.text("report.field.own_reason_help")),
        field("template", "report.field.template", Kind::Select(templates))
            .help(t.text("report.field.template_help")),
    ]
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
    first: Option<String>,
    last: Option<String>,
    reason: Option<String>,
    template: Option<String>,
}

impl New {
    /// The period chosen, or typed as an own one; else what is wrong with which field.
    fn period(&self) -> Result<Period, FieldError> {
        let chosen = self.period.as_deref().unwrap_or_default();
        if chosen.trim() != OWN {
            return chosen.parse().map_err(|_| FieldError::new("period", key!("report.field.period_wrong")));
        }
        let day = |name: &'static str, typed: Option<&String>| match typed.map(|typed| typed.trim()) {
            None | Some("") => Err(FieldError::new(name, key!("invalid.required"))),
            Some(typed) => {
                rules::read_day(typed).ok_or_else(|| FieldError::new(name, key!("invalid.day_expected")))
            }
        };
        let (first, last) = (day("first", self.first.as_ref())?, day("last", self.last.as_ref())?);
        Period::new(first, last).map_err(|_| FieldError::new("last", key!("report.field.backwards")))
    }
}

/// Begins a report.
pub async fn create(staff: Staff, form: Form<New>) -> PageResult {
    let mut state = form.state;
    let period = match form.value.period() {
        Ok(period) => period,
        Err(error) => {
            state.refuse(error);
            return draw(&staff, &state, form.key.as_ref()).await;
        }
    };
    let reason = form.value.reason.unwrap_or_default();
    let template = match form.value.template {
        Some(template) => template,
        None => {
            let of_day = move |app: &App, _: &Actor| reports::templates(app, period.last());
            let templates = staff.run(of_day).await.map_err(refusal::fault)?;
            templates.first().map(|kept| kept.template.id.clone()).unwrap_or_default()
        }
    };
    let worker = staff.clone();
    let work = async move {
        let create =
            move |app: &App, actor: &Actor| reports::create_over(app, actor, (period, &reason), &template);
        worker.run(create).await.map(path)
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
