//! Open data: what the lists show, as files, and what their columns mean.

use app::open_data::{COMMON, Form, KINDS, columns, derived, head, part, tail};
use app::{App, public};
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream;
use web_kit::component::{Cell, Column, Table};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Fault, PageResult, Visitor, page};

use crate::frame::{self, Frame};

#[derive(Template)]
#[template(path = "open_data.html")]
struct Page {
    frame: Frame,
    files: Vec<(String, [String; 2])>,
    tables: Vec<(&'static str, Table)>,
}

/// What there is.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    let (frame, counts) = frame::with(&app, &visitor, public::counts).await?;
    let t = frame.t();
    let files = KINDS.map(|(kind, _)| {
        let count = counts.iter().find(|(counted, _)| *counted == kind).map_or(0, |(_, count)| *count);
        let count = t.number(u64::try_from(count).unwrap_or(0));
        let name = frame::kind_word(t, kind);
        let label = t.fill("portal.open_data.count", &[("name", &name), ("count", &count)]);
        (label, ["csv", "json"].map(|form| format!("/du-lieu-mo/{}.{form}", kind.spec().path)))
    });
    let tables = KINDS.map(|(kind, register)| {
        let name = frame::kind_word(t, kind);
        let heads = vec![
            Column::new(t.text("portal.open_data.column")),
            Column::new(t.text("portal.open_data.meaning")).wide(),
        ];
        let common = COMMON.map(|key| (key, t.text(&format!("portal.open_data.common.{key}"))));
        let own = columns(register).map(|key| (key, t.field(register.word(), key)));
        let found =
            derived(kind).iter().map(|key| (*key, t.text(&format!("portal.open_data.derived.{key}"))));
        let rows = common
            .into_iter()
            .chain(own)
            .chain(found)
            .map(|(key, text)| vec![Cell::new(key), Cell::new(text)]);
        (name, Table::new(t, kind.word(), name, heads).rows(rows.collect()).caption_hidden())
    });
    let frame = frame
        .title(t.text("portal.open_data.title"))
        .under(Vec::new())
        .about(t.text("portal.open_data.lead"));
    page(&Page { frame, files: files.into(), tables: tables.into() }, frame::SHARED)
}

/// A file, read and sent part by part.
pub async fn file(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Fault> {
    let (path, form) = name.split_once('.').ok_or_else(Fault::not_found)?;
    let (form, media_type) = match form {
        "csv" => (Form::Csv, "text/csv; charset=utf-8"),
        "json" => (Form::Json, "application/json"),
        _ => return Err(Fault::not_found()),
    };
    let of = KINDS.into_iter().find(|(kind, _)| kind.spec().path == path).ok_or_else(Fault::not_found)?;
    let parts = stream::try_unfold((app, Step::Head), move |(app, step)| async move {
        match step {
            Step::Head => Ok(Some((head(form, of), (app, Step::After(String::new()))))),
            Step::After(after) => match app.run(move |app| part(app, form, of, &after)).await {
                Ok(Some((text, last))) => Ok(Some((text, (app, Step::After(last))))),
                Ok(None) => Ok(Some((tail(form).to_owned(), (app, Step::Done)))),
                Err(error) => Err(std::io::Error::other(error)),
            },
            Step::Done => Ok(None),
        }
    });
    Ok(attachment(Body::from_stream(parts), media_type, &name))
}

/// How far a file is sent.
enum Step {
    Head,
    After(String),
    Done,
}
