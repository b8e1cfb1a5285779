//! *Yêu cầu về dữ liệu cá nhân*: the form for whoever asks about their own data, and the page of the code: where it stands,
//! until when and how that came about, what was done. None is kept by any cache.

use app::data_request::{self, LONGEST_DETAILS, Receipt, Sent};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::data_request::{Kind as Asking, State as StateOf};
use http::StatusCode;
use serde::Deserialize;
use web_kit::chrome::Link;
use web_kit::component::{Choice, ErrorSummary, Fact, Facts, Field, FormStart, Kind};
use web_kit::form::{Fields, FormState, Query};
use web_kit::page::{page_with, redirect, with_form};
use web_kit::{Cache, Language, PageResult, Visitor, show as words};

use crate::frame::{self, Frame};
use crate::{about, link};

/// Where the form is.
pub const PATH: &str = "/du-lieu-ca-nhan";
/// Where the person follows the request.
pub const STATUS: &str = "/du-lieu-ca-nhan/tra-cuu";
/// A field no person sees: what is written in it was written by a program.
const TRAP: &str = "website";

#[derive(Template)]
#[template(path = "data_request.html")]
struct Page {
    frame: Frame,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
}

fn under(t: Language) -> Vec<Link> {
    vec![Link::new(t.text("portal.nav.privacy"), about::PRIVACY)]
}

/// The form.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    draw(&app, &visitor, &FormState::new()).await
}

async fn draw(app: &App, visitor: &Visitor, state: &FormState) -> PageResult {
    let t = visitor.language;
    let (frame, ()) = frame::with(app, visitor, |_: &App| Ok(())).await?;
    let field = |name: &str, kind| Field::new(state, t, name, t.text(&format!("data_form.{name}")), kind);
    let kinds =
        Asking::ALL.map(|kind| Choice::new(kind.word(), t.text(&format!("data_form.{}", kind.word()))));
    let fields = vec![
        field("kind", Kind::Radios(kinds.to_vec())).required(),
        field("name", Kind::Line("text")).autocomplete("name").max(100).required(),
        field("contact", Kind::Line("text")).help(t.text("data_form.contact_help")).max(200).required(),
        field("details", Kind::Text(6))
            .help(t.text("data_form.details_help"))
            .max(LONGEST_DETAILS)
            .required(),
    ];
    let page = Page {
        frame: frame.title(t.text("data_form.title")).under(under(t)),
        errors: ErrorSummary::new(state, t, &fields),
        start: FormStart::plain(&visitor.form_token()),
        fields,
    };
    with_form(&page, state)
}

/// Takes it; leads on to the page of the code.
pub async fn send(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let mut state = fields.only(&["kind", "name", "contact", "details", TRAP])?;
    if !state.value(TRAP).is_empty() {
        // A program that fills every field is told nothing it could learn from.
        return Ok(redirect(PATH));
    }
    let sent = Sent {
        kind: Asking::from_word(state.value("kind")),
        name: state.line("name"),
        contact: state.line("contact"),
        details: state.text("details"),
        network: visitor.client.ip.to_string(),
    };
    match app.run(move |app| data_request::send(app, &sent)).await {
        Ok(code) => Ok(redirect(&link::with_query(STATUS, &[("ma", &code)]))),
        Err(ActionError::Invalid(wrong)) => {
            frame::note(&mut state, &wrong);
            draw(&app, &visitor, &state).await
        }
        Err(error) => Err(frame::fault(error)),
    }
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ma: String,
}

struct Found {
    facts: Facts,
    /// By which rule the day was counted, and how, day by day.
    counted: Option<(String, Vec<String>)>,
    is_unidentified: bool,
    reasons: Vec<String>,
    answer: String,
}

#[derive(Template)]
#[template(path = "data_status.html")]
struct StatusPage {
    frame: Frame,
    code: String,
    field: Field,
    found: Option<Found>,
    is_unknown: bool,
    is_replaced: bool,
}

/// Where a request stands.
pub async fn status(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let t = visitor.language;
    let code: String = asked.ma.trim().chars().take(40).collect();
    let typed = code.clone();
    let find = move |app: &App| match data_request::by_code(app, &typed) {
        Ok(receipt) => Ok((Some(receipt), false)),
        Err(ActionError::NotFound) => Ok((None, data_request::is_replaced(app, &typed)?)),
        Err(error) => Err(error),
    };
    let (frame, (receipt, is_replaced)) = frame::with(&app, &visitor, find).await?;
    let is_unknown = receipt.is_none() && !code.is_empty();
    let state = FormState::of([("ma", code.clone())]);
    let mut crumbs = under(t);
    crumbs.push(Link::new(t.text("data_form.title"), PATH));
    let shown = StatusPage {
        frame: frame.title(t.text("data_status.title")).under(crumbs).unlisted(),
        field: Field::new(&state, t, "ma", t.text("data_status.code"), Kind::Line("text")),
        found: receipt.map(|receipt| found(t, receipt)),
        is_unknown,
        is_replaced,
        code,
    };
    let status = if is_unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
    page_with(status, &shown, Cache::Private).map(IntoResponse::into_response)
}

fn found(t: Language, receipt: Receipt) -> Found {
    let counted = receipt.limit.as_ref().map(|limit| {
        let steps = match t {
            Language::Vi => limit.describe_vi(),
            Language::En => limit.describe_en(),
        };
        (limit.basis.clone(), steps)
    });
    Found {
        facts: facts(t, &receipt),
        counted,
        is_unidentified: receipt.is_unidentified,
        reasons: receipt.reasons,
        answer: receipt.answer,
    }
}

fn facts(t: Language, receipt: &Receipt) -> Facts {
    let mut facts = vec![
        Fact::new(t.text("data_status.number"), receipt.number.clone()),
        Fact::new(t.text("data_form.kind"), t.text(&format!("data_request.kind.{}", receipt.kind.word()))),
        Fact::new(
            t.text("data_status.state"),
            t.text(&format!("data_request.state.{}", receipt.state.word())),
        ),
        Fact::new(t.text("data_status.received"), words::day(t, receipt.received)),
    ];
    let waits = receipt.state == StateOf::Received;
    let acknowledge_by = receipt.limit.as_ref().filter(|_| waits).map(|limit| limit.due.day());
    let days = [
        ("data_status.acknowledged", receipt.acknowledged),
        ("data_status.acknowledge_by", acknowledge_by),
        ("data_status.due", receipt.decide_by),
        (
            "data_status.first_due",
            receipt.limit.as_ref().and_then(|limit| limit.first_due).map(domain::deadline::Due::day),
        ),
        ("data_status.decided", receipt.decided),
    ];
    for (key, day) in days {
        if let Some(day) = day {
            facts.push(Fact::new(t.text(key), words::day(t, day)));
        }
    }
    Facts::new(t, facts)
}
