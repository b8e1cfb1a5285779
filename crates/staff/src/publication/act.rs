//! An act on a publication: asked for on a page of its own, so that it works without a script and is never done by
//! accident. Who approves sees the text there, and its digest goes with the form.

use app::ActionError;
use app::publication::{self, Act, Shown};
use askama::Template;
use domain::id::PublicationId;
use domain::publication::workflow::Event;
use domain::time::Timestamp;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, Form, FormKey, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::hidden;
use super::whole::Whole;
use super::{event_name, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "publication/act.html")]
struct Page {
    chrome: Chrome,
    explanation: &'static str,
    label: &'static str,
    action: String,
    back: String,
    version: i64,
    digest: String,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
    whole: Whole,
    personal: Vec<String>,
}

/// The page that asks.
pub(super) async fn ask(staff: Staff, Path((id, event)): Path<(PublicationId, String)>) -> PageResult {
    let event = event_of(&event)?;
    let form = FormState::of([("publish_on", show_day::day(staff.state.app.today()))]);
    draw(&staff, id, event, &form, None).await
}

/// Editing has a page of its own, expiring is the program's.
fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word)
        .filter(|event| !matches!(event, Event::Edit | Event::Expire))
        .ok_or_else(Fault::not_found)
}

async fn draw(
    staff: &Staff,
    id: PublicationId,
    event: Event,
    form: &FormState,
    key: Option<&FormKey>,
) -> PageResult {
    let t = staff.t();
    let shown =
        staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
    let fields = fields(staff, &shown, event, form);
    let notes = hidden::notes(staff, shown.row.content.files.clone()).await?;
    let content = &shown.row.content;
    let label = event_name(t, event);
    let page = Page {
        chrome: staff.chrome(label).under(vec![
            Link::new(t.text("nav.publications"), "/publications"),
            Link::new(content.title.clone(), path(id)),
        ]),
        explanation: t.text(&format!("publication_act.{}", event.word())),
        label,
        action: format!("{}/acts/{}", path(id), event.word()),
        back: path(id),
        version: shown.row.version,
        digest: content.digest(),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::again(&staff.visitor, key),
        fields,
        personal: if matches!(event, Event::Approve | Event::Submit | Event::Publish) {
            personal(t, content)
        } else {
            Vec::new()
        },
        whole: Whole::new(t, shown.row.kind, content, &format!("{}/files", path(id)), &notes),
    };
    with_form(&page, form)
}

/// What in the text may be personal data (QA-07): who approves decides whether it may be published.
fn personal(t: web_kit::Language, content: &domain::publication::Content) -> Vec<String> {
    let text = format!("{}\n{}\n{}", content.title, content.summary, rich_text::to_lines(&content.body));
    let text = domain::text::clean_text(&text);
    let line = |hit: domain::redaction::Hit| {
        format!("{}: {}", t.text(&format!("redaction.{}", hit.kind.word())), &text[hit.range])
    };
    let mut lines: Vec<String> = domain::redaction::find(&text).into_iter().map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn fields(staff: &Staff, shown: &Shown, event: Event, form: &FormState) -> Vec<Field> {
    let t = staff.t();
    let was_public = shown.row.published_version > 0;
    let note = |key: &str| Field::new(form, t, "note", t.text(key), Kind::Text(3)).required();
    let mut fields = Vec::new();
    match event {
        Event::SendBack => fields.push(note("publication_act.reason")),
        Event::Withdraw => fields.push(note("publication_act.public_reason")),
        Event::Publish | Event::Schedule if was_public && shown.row.publish_note.is_empty() => {
            fields.push(note("publication_act.what_changed"));
            fields.push(Field::new(
                form,
                t,
                "is_correction",
                t.text("publication_act.is_correction"),
                Kind::Check,
            ));
        }
        _ => {}
    }
    if event == Event::Schedule {
        fields.push(
            Field::new(form, t, "publish_on", t.text("publication_act.publish_on"), Kind::Day).required(),
        );
        let at =
            Field::new(form, t, "publish_time", t.text("publication_act.publish_time"), Kind::Line("text"));
        fields.push(at.required().help(t.text("publication_act.publish_time_help")));
    }
    fields
}

/// What the page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    version: Option<i64>,
    digest: Option<String>,
    note: Option<String>,
    is_correction: Option<String>,
    publish_on: Option<String>,
    publish_time: Option<String>,
}

/// Carries the act out.
pub(super) async fn act(
    staff: Staff,
    Path((id, event)): Path<(PublicationId, String)>,
    form: Form<Sent>,
) -> PageResult {
    let event = event_of(&event)?;
    let mut state = form.state;
    let sent = form.value;
    let publish_at = if event == Event::Schedule {
        let Some(at) = instant(&sent) else {
            state.refuse(FieldError::new("publish_time", key!("publication_act.no_instant")));
            return draw(&staff, id, event, &state, form.key.as_ref()).await;
        };
        Some(at)
    } else {
        None
    };
    let act = Act {
        note: sent.note.unwrap_or_default(),
        is_correction: sent.is_correction.is_some(),
        publish_at,
        shown_digest: sent.digest,
    };
    let version = sent.version.unwrap_or(0);
    let worker = staff.clone();
    let work = async move {
        worker
            .run(move |app, actor| publication::act(app, actor, (id, version), event, &act))
            .await
            .map(|()| path(id))
    };
    match staff.state.once(form.key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("publication_page.done"))),
        Err(ActionError::Refused("publication_no_reason")) => {
            state.refuse(FieldError::new("note", key!("refusal.publication_no_reason")));
            draw(&staff, id, event, &state, form.key.as_ref()).await
        }
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, event, &state, form.key.as_ref()).await
        }
    }
}

/// Day and time of day in Vietnam, `20/11/2026` and `07:30`.
fn instant(sent: &Sent) -> Option<Timestamp> {
    let day = app::rules::read_day(sent.publish_on.as_deref()?)?;
    show_day::read_instant(day, sent.publish_time.as_deref()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_offices_write_it_and_stands_in_vietnam() {
        let at = |time: &str| {
            let sent = Sent {
                version: None,
                digest: None,
                note: None,
                is_correction: None,
                publish_on: Some("20/11/2026".into()),
                publish_time: Some(time.into()),
            };
            instant(&sent).map(|at| at.to_string())
        };
        for typed in ["07:30", "7h30", " 7 : 30 "] {
            assert_eq!(at(typed).as_deref(), Some("2026-11-20T00:30:00Z"), "{typed}");
        }
        assert_eq!(at("7h").as_deref(), Some("2026-11-20T00:00:00Z"));
        for typed in ["", "25:00", "7", "7:61", "sáng"] {
            assert_eq!(at(typed), None, "{typed}");
        }
    }
}
