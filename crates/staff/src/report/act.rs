//! An act on a report: asked for on a page of its own, so that it works without a script and is never done by
//! accident.

use app::reports::{self, Act};
use askama::Template;
use domain::id::ReportId;
use domain::report::Event;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, Form, FormKey, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{event_key, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "report/act.html")]
struct Page {
    chrome: Chrome,
    explanation: &'static str,
    label: &'static str,
    action: String,
    back: String,
    version: i64,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
}

/// The page that asks.
pub async fn ask(staff: Staff, Path((id, event)): Path<(ReportId, String)>) -> PageResult {
    let event = Event::from_word(&event).ok_or_else(Fault::not_found)?;
    let today = show_day::day(staff.state.app.today());
    let form = FormState::of([("issued_on", today)]);
    draw(&staff, id, event, &form, None).await
}

async fn draw(
    staff: &Staff,
    id: ReportId,
    event: Event,
    form: &FormState,
    key: Option<&FormKey>,
) -> PageResult {
    let t = staff.t();
    let editor =
        staff.run(move |app, actor| reports::editor(app, actor, id)).await.map_err(refusal::fault)?;
    let mut fields = Vec::new();
    if event.needs_reason() {
        fields.push(Field::new(form, t, "reason", t.text("report.field.reason"), Kind::Text(4)).required());
    }
    if event == Event::Issue {
        let today = staff.state.app.today();
        let next = staff.run(move |app, actor| reports::next_number(app, actor, today)).await;
        let next = next.map_err(refusal::fault)?;
        fields.push(
            Field::new(form, t, "number", t.text("report.field.number"), Kind::Number)
                .help(t.fill("outgoing.number_help", &[("next", &next)])),
        );
        fields.push(
            Field::new(form, t, "gap_reason", t.text("outgoing.gap_reason"), Kind::Line("text"))
                .help(t.text("outgoing.gap_help"))
                .max(500),
        );
        fields.push(Field::new(form, t, "issued_on", t.text("report.field.issued_on"), Kind::Day).required());
    }
    let label = t.text(event_key(event));
    let page = Page {
        chrome: staff.chrome(label).under(vec![
            Link::new(t.text("report.list.title"), "/reports"),
            Link::new(editor.report.title.clone(), path(id)),
        ]),
        explanation: t.text(&format!("report.explained.{}", event.word())),
        label,
        action: format!("{}/acts/{}", path(id), event.word()),
        back: path(id),
        version: editor.report.version,
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::again(&staff.visitor, key),
        fields,
    };
    with_form(&page, form)
}

/// What the page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    version: Option<i64>,
    reason: Option<String>,
    number: Option<String>,
    gap_reason: Option<String>,
    issued_on: Option<String>,
}

/// Carries the act out.
pub async fn act(staff: Staff, Path((id, event)): Path<(ReportId, String)>, form: Form<Sent>) -> PageResult {
    let event = Event::from_word(&event).ok_or_else(Fault::not_found)?;
    let mut state = form.state;
    let sent = form.value;
    let issued_on = sent.issued_on.as_deref().and_then(app::rules::read_day);
    if event == Event::Issue && issued_on.is_none() {
        state.refuse(FieldError::new("issued_on", key!("invalid.day_expected")));
        return draw(&staff, id, event, &state, form.key.as_ref()).await;
    }
    let typed = sent.number.as_deref().map(str::trim).unwrap_or_default();
    let number = typed.parse().ok();
    if number.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("number", key!("invalid.not_a_count")).with("value", typed));
        return draw(&staff, id, event, &state, form.key.as_ref()).await;
    }
    let act = Act { reason: sent.reason, number, gap_reason: sent.gap_reason.unwrap_or_default(), issued_on };
    let version = sent.version.unwrap_or(0);
    let worker = staff.clone();
    let work = async move {
        worker
            .run(move |app, actor| reports::act(app, actor, (id, version), event, &act))
            .await
            .map(|()| path(id))
    };
    match staff.state.once(form.key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("report.notice.done"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, event, &state, form.key.as_ref()).await
        }
    }
}
