//! *Yêu cầu của báo chí*: the form for reporters, and the page of the code: where it stands, the promised date and
//! how it came about, the answer with its letter, asking on, saying what it was worth. None is kept by any cache.

use app::press::{self, Receipt, Sent};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::press::request::LONGEST_QUESTIONS;
use http::StatusCode;
use serde::Deserialize;
use web_kit::chrome::Link;
use web_kit::component::{Choice, ErrorSummary, Fact, Facts, Field, FormStart, Kind};
use web_kit::form::{FieldError, Fields, FormState, Query};
use web_kit::page::{attachment, page_with, redirect, with_form};
use web_kit::{Cache, Language, PageResult, Visitor, show};

use crate::frame::{self, Frame};
use crate::link;

/// Where the form is.
pub const PATH: &str = "/yeu-cau-bao-chi";
/// Where the reporter follows the request.
pub const STATUS: &str = "/yeu-cau-bao-chi/tra-cuu";
/// Where the reporter asks on.
pub const FOLLOW: &str = "/yeu-cau-bao-chi/hoi-tiep";
/// Where the reporter says what the answer was worth.
pub const RATE: &str = "/yeu-cau-bao-chi/danh-gia";
/// Where the reporter complains.
pub const COMPLAIN: &str = "/yeu-cau-bao-chi/phan-anh";
/// The letter.
pub const LETTER: &str = "/yeu-cau-bao-chi/van-ban";
/// A field no person sees: what is written in it was written by a program.
const TRAP: &str = "website";

#[derive(Template)]
#[template(path = "press.html")]
struct Page {
    frame: Frame,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
    consent: Field,
}

/// The form.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    draw(&app, &visitor, &FormState::new()).await
}

async fn draw(app: &App, visitor: &Visitor, state: &FormState) -> PageResult {
    let t = visitor.language;
    let (frame, ()) = frame::with(app, visitor, |_: &App| Ok(())).await?;
    let line = |name: &str, most: u32| {
        Field::new(state, t, name, t.text(&format!("press_form.{name}")), Kind::Line("text")).max(most)
    };
    let most = u32::try_from(LONGEST_QUESTIONS).unwrap_or(u32::MAX);
    let fields = vec![
        line("agency", 200).required(),
        line("reporter", 100).autocomplete("name").required(),
        line("contact", 200).help(t.text("press_form.contact_help")).required(),
        line("card", 100).help(t.text("press_form.card_help")),
        line("request_symbol", 100),
        line("subject", 500).required(),
        Field::new(state, t, "questions", t.text("press_form.questions"), Kind::Text(8))
            .help(t.text("press_form.questions_help"))
            .max(most)
            .required(),
    ];
    let consent = Field::new(state, t, "consent", t.text("press_form.consent"), Kind::Check).required();
    let all: Vec<Field> = fields.iter().cloned().chain([consent.clone()]).collect();
    let page = Page {
        frame: frame.title(t.text("press_form.title")).under(Vec::new()),
        errors: ErrorSummary::new(state, t, &all),
        start: FormStart::plain(&visitor.form_token()),
        fields,
        consent,
    };
    with_form(&page, state)
}

/// Takes it; leads on to the page of the code.
pub async fn send(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let names =
        ["agency", "reporter", "contact", "card", "request_symbol", "subject", "questions", "consent", TRAP];
    let mut state = fields.only(&names)?;
    if !state.value(TRAP).is_empty() {
        // A program that fills every field is told nothing it could learn from.
        return Ok(redirect(PATH));
    }
    let sent = Sent {
        agency: state.line("agency"),
        reporter: state.line("reporter"),
        contact: state.line("contact"),
        card: state.line("card"),
        request_symbol: state.line("request_symbol"),
        subject: state.line("subject"),
        questions: state.text("questions"),
        consent: state.value("consent") == "on",
        network: visitor.client.ip.to_string(),
    };
    match app.run(move |app| press::send(app, &sent)).await {
        Ok(code) => Ok(redirect(&status_of(&code))),
        Err(ActionError::Invalid(wrong)) => {
            frame::note(&mut state, &wrong);
            draw(&app, &visitor, &state).await
        }
        Err(ActionError::Refused(code)) => {
            state.refuse(FieldError::new("", &format!("refusal.{code}")));
            draw(&app, &visitor, &state).await
        }
        Err(error) => Err(frame::fault(error)),
    }
}

fn status_of(code: &str) -> String {
    link::with_query(STATUS, &[("ma", code)])
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ma: String,
}

struct Found {
    facts: Facts,
    trace: Vec<String>,
    notice: &'static str,
    answer: String,
    letter: Option<String>,
    portal: String,
    is_answered: bool,
    start: FormStart,
    questions: Field,
    rate: Vec<Field>,
    complaints: Vec<ComplaintLine>,
    complaint: Option<Field>,
    errors: ErrorSummary,
}

/// What was complained of, with the day, and what was answered.
struct ComplaintLine {
    day: String,
    text: String,
    reply: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "press_status.html")]
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
    draw_status(&app, &visitor, &asked.ma, FormState::new()).await
}

async fn draw_status(app: &App, visitor: &Visitor, typed: &str, state: FormState) -> PageResult {
    let t = visitor.language;
    let code: String = typed.trim().chars().take(40).collect();
    let wanted = code.clone();
    let find = move |app: &App| match press::by_code(app, &wanted) {
        Ok(receipt) => Ok((Some(receipt), false)),
        Err(ActionError::NotFound) => Ok((None, press::is_replaced(app, &wanted)?)),
        Err(error) => Err(error),
    };
    let (frame, (receipt, is_replaced)) = frame::with(app, visitor, find).await?;
    let is_unknown = receipt.is_none() && !code.is_empty();
    let typed = FormState::of([("ma", code.clone())]);
    let has_errors = state.has_errors();
    let shown = StatusPage {
        frame: frame
            .title(t.text("press_status.title"))
            .under(vec![Link::new(t.text("press_form.title"), PATH)])
            .unlisted(),
        field: Field::new(&typed, t, "ma", t.text("press_status.code"), Kind::Line("text")),
        found: receipt.map(|receipt| found(visitor, &code, receipt, &state)),
        is_unknown,
        is_replaced,
        code,
    };
    let status = if is_unknown {
        StatusCode::NOT_FOUND
    } else if has_errors {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    page_with(status, &shown, Cache::Private).map(IntoResponse::into_response)
}

fn found(visitor: &Visitor, code: &str, receipt: Receipt, state: &FormState) -> Found {
    let t = visitor.language;
    let questions =
        Field::new(state, t, "questions", t.text("press_status.follow"), Kind::Text(4)).required();
    let stars = (1..=5u8)
        .rev()
        .map(|stars| Choice::new(stars.to_string(), t.text(&format!("press_status.stars_{stars}"))));
    let rate = vec![
        Field::new(state, t, "stars", t.text("press_status.stars"), Kind::Radios(stars.collect())).required(),
        Field::new(state, t, "words", t.text("press_status.words"), Kind::Text(2)).max(2_000),
    ];
    let complaint = receipt.may_complain.then(|| {
        Field::new(state, t, "complaint", t.text("press_status.complaint"), Kind::Text(4))
            .help(t.text("press_status.complaint_help"))
            .max(press::LONGEST_COMPLAINT)
            .required()
    });
    let complaints = receipt.complaints.iter().map(|complaint| ComplaintLine {
        day: show::day(t, complaint.day),
        text: complaint.text.clone(),
        reply: complaint.reply.as_ref().map(|(text, day)| (show::day(t, *day), text.clone())),
    });
    let complaints = complaints.collect();
    let all: Vec<Field> = rate.iter().chain([&questions]).chain(&complaint).cloned().collect();
    let is_answered = receipt.answer.is_some();
    let notice = if receipt.is_unverified {
        t.text("press_status.unverified")
    } else if receipt.pause.is_some() {
        t.text("press_status.paused")
    } else {
        ""
    };
    Found {
        facts: facts(t, &receipt),
        trace: receipt.due.as_ref().map(|(_, trace)| trace.clone()).unwrap_or_default(),
        notice,
        letter: receipt
            .answer
            .as_ref()
            .filter(|(_, symbol, _)| !symbol.is_empty())
            .map(|_| link::with_query(LETTER, &[("ma", code)])),
        answer: receipt.answer.map(|(text, _, _)| text).unwrap_or_default(),
        portal: receipt.portal.unwrap_or_default(),
        is_answered,
        start: FormStart::plain(&visitor.form_token()),
        errors: ErrorSummary::new(state, t, &all),
        questions,
        rate,
        complaints,
        complaint,
    }
}

fn facts(t: Language, receipt: &Receipt) -> Facts {
    let mut facts = vec![
        Fact::new(t.text("press_status.number"), receipt.number.clone()),
        Fact::new(t.text("press_form.subject"), receipt.subject.clone()),
        Fact::new(t.text("press_status.state"), t.text(&format!("press.state.{}", receipt.state.word()))),
        Fact::new(t.text("press_status.received"), show::day(t, receipt.received)),
    ];
    if let Some((due, _)) = &receipt.due {
        facts.push(Fact::new(t.text("press_status.due"), show::day(t, *due)));
    }
    if let Some(first) = receipt.first_due {
        facts.push(Fact::new(t.text("press_status.first_due"), show::day(t, first)));
    }
    if let Some(reason) = &receipt.pause {
        facts.push(Fact::new(t.text("press_status.pause"), reason.clone()));
    }
    if let Some((_, symbol, day)) = &receipt.answer {
        let day = show::day(t, *day);
        facts.push(if symbol.is_empty() {
            Fact::new(t.text("press_status.spoken"), day)
        } else {
            Fact::new(t.text("press_status.letter"), format!("{symbol}, {day}"))
        });
    }
    if let Some((title, basis)) = &receipt.ground {
        facts.push(Fact::new(t.text("press_field.ground"), format!("{title} ({basis})")));
    }
    if let Some(rating) = &receipt.rating {
        facts.push(Fact::new(t.text("press_status.rated"), format!("{}/5 {}", rating.stars, rating.text)));
    }
    Facts::new(t, facts)
}

/// Asks on; leads to the page of the new code.
pub async fn follow(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let mut state = fields.only(&["ma", "questions", TRAP])?;
    let code = state.value("ma").to_owned();
    if !state.value(TRAP).is_empty() {
        return Ok(redirect(&status_of(&code)));
    }
    let (typed, questions, network) = (code.clone(), state.text("questions"), visitor.client.ip.to_string());
    match app.run(move |app| press::follow_up(app, &typed, &questions, &network)).await {
        Ok(code) => Ok(redirect(&status_of(&code))),
        Err(error) => again(&app, &visitor, &code, &mut state, error).await,
    }
}

/// Takes what the reporter thinks of the answer.
pub async fn rate(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let mut state = fields.only(&["ma", "stars", "words"])?;
    let code = state.value("ma").to_owned();
    let (typed, stars, words) =
        (code.clone(), state.value("stars").parse().unwrap_or(0), state.text("words"));
    match app.run(move |app| press::rate(app, &typed, stars, &words)).await {
        Ok(()) => Ok(redirect(&status_of(&code))),
        Err(error) => again(&app, &visitor, &code, &mut state, error).await,
    }
}

/// Takes a complaint about how the request is handled.
pub async fn complain(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let mut state = fields.only(&["ma", "complaint", TRAP])?;
    let code = state.value("ma").to_owned();
    if !state.value(TRAP).is_empty() {
        return Ok(redirect(&status_of(&code)));
    }
    let (typed, words, network) = (code.clone(), state.text("complaint"), visitor.client.ip.to_string());
    match app.run(move |app| press::complain(app, &typed, &words, &network)).await {
        Ok(()) => Ok(redirect(&status_of(&code))),
        Err(error) => again(&app, &visitor, &code, &mut state, error).await,
    }
}

async fn again(
    app: &App,
    visitor: &Visitor,
    code: &str,
    state: &mut FormState,
    error: ActionError,
) -> PageResult {
    match error {
        ActionError::Invalid(wrong) => frame::note(state, &wrong),
        ActionError::Refused(code) => state.refuse(FieldError::new("", &format!("refusal.{code}"))),
        other => return Err(frame::fault(other)),
    }
    draw_status(app, visitor, code, state.clone()).await
}

/// The letter, for the holder of the code.
pub async fn letter(State(app): State<App>, Query(asked): Query<Asked>) -> PageResult {
    let bytes = app.run(move |app| press::letter_by_code(app, &asked.ma)).await.map_err(frame::fault)?;
    Ok(attachment(bytes, "application/pdf", "tra-loi.pdf"))
}
