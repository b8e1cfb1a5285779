//! *Báo lỗi nội dung*: a form for whoever finds something wrong, and the page where the sender reads what became of
//! it. Neither is kept by any cache.

use app::notice::{self, Receipt, Sent};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::id::PublicationId;
use domain::notice::{LONGEST_CONTACT, LONGEST_TEXT};
use http::StatusCode;
use serde::Deserialize;
use web_kit::component::{ErrorSummary, Fact, Facts, Field, FormStart, Kind};
use web_kit::form::{Fields, FormState, Query};
use web_kit::page::{page_with, redirect, with_form};
use web_kit::{Cache, Language, PageResult, Visitor, page, show};

use crate::frame::{self, Frame};
use crate::link;

/// Where the form is.
pub const PATH: &str = "/gop-y";
/// Where the sender reads the answer.
pub const RECEIPT: &str = "/gop-y/bien-nhan";
/// A field no person sees: what is written in it was written by a program.
const TRAP: &str = "website";

#[derive(Template)]
#[template(path = "notice.html")]
struct Page {
    frame: Frame,
    about: Option<(String, String)>,
    item: String,
    errors: ErrorSummary,
    start: FormStart,
    message: Field,
    contact: Field,
    consent: Field,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    muc: String,
    ma: String,
}

/// The form.
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    draw(&app, &visitor, &asked.muc, &FormState::new()).await
}

async fn draw(app: &App, visitor: &Visitor, item: &str, state: &FormState) -> PageResult {
    let t = visitor.language;
    let id: Option<PublicationId> = item.parse().ok();
    let find = move |app: &App| match id.map(|id| app::public::item(app, id)) {
        None => Ok(None),
        Some(Ok(found)) if found.withdrawn.is_none() => {
            Ok(Some((found.item.title.clone(), link::item(&found))))
        }
        Some(Ok(_)) => Ok(None),
        Some(Err(ActionError::NotFound)) => Ok(None),
        Some(Err(error)) => Err(error),
    };
    let (frame, about) = frame::with(app, visitor, find).await?;
    let most = |signs: usize| u32::try_from(signs).unwrap_or(u32::MAX);
    let message = Field::new(state, t, "message", t.text("notice.message"), Kind::Text(6))
        .help(t.text("notice.message_help"))
        .max(most(LONGEST_TEXT))
        .required();
    let contact = Field::new(state, t, "contact", t.text("notice.contact"), Kind::Line("text"))
        .help(t.text("notice.contact_help"))
        .max(most(LONGEST_CONTACT));
    let consent = Field::new(state, t, "consent", t.text("notice.consent"), Kind::Check);
    let fields = [message.clone(), contact.clone(), consent.clone()];
    let page = Page {
        frame: frame.title(t.text("notice.title")).under(Vec::new()).unlisted(),
        item: if about.is_some() { item.to_owned() } else { String::new() },
        about,
        errors: ErrorSummary::new(state, t, &fields),
        start: FormStart::plain(&visitor.form_token()),
        message,
        contact,
        consent,
    };
    with_form(&page, state)
}

/// Takes it; leads on to the page of the receipt.
pub async fn send(State(app): State<App>, visitor: Visitor, fields: Fields) -> PageResult {
    let mut state = fields.only(&["item", "message", "contact", "consent", TRAP])?;
    let item = state.value("item").to_owned();
    if !state.value(TRAP).is_empty() {
        // A program that fills every field is told nothing it could learn from.
        return Ok(redirect(PATH));
    }
    let sent = Sent {
        item: item.parse().ok(),
        message: state.text("message"),
        contact: state.line("contact"),
        consent: state.value("consent") == "on",
        network: visitor.client.ip.to_string(),
    };
    match app.run(move |app| notice::send(app, &sent)).await {
        Ok(code) => Ok(redirect(&link::with_query(RECEIPT, &[("ma", &code)]))),
        Err(ActionError::Invalid(wrong)) => {
            frame::note(&mut state, &wrong);
            draw(&app, &visitor, &item, &state).await
        }
        Err(error) => Err(frame::fault(error)),
    }
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
    field: Field,
    found: Option<(Facts, String)>,
    /// By which rule the day of the answer was counted, and how, day by day.
    counted: Option<(String, Vec<String>)>,
    is_unknown: bool,
}

/// What became of a notice.
pub async fn receipt(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let t = visitor.language;
    let code: String = asked.ma.trim().chars().take(40).collect();
    let typed = code.clone();
    let find = move |app: &App| match notice::by_code(app, &typed) {
        Ok(receipt) => Ok(Some(receipt)),
        Err(ActionError::NotFound) => Ok(None),
        Err(error) => Err(error),
    };
    let (frame, found) = frame::with(&app, &visitor, find).await?;
    let state = FormState::of([("ma", code.clone())]);
    let is_unknown = found.is_none() && !code.is_empty();
    let shown = ReceiptPage {
        frame: frame
            .title(t.text("notice.receipt_title"))
            .under(vec![web_kit::chrome::Link::new(t.text("notice.title"), PATH)])
            .unlisted(),
        field: Field::new(&state, t, "ma", t.text("notice.code"), Kind::Line("text")),
        counted: found.as_ref().filter(|receipt| !receipt.state.is_closed()).and_then(|receipt| {
            let (rule, deadline) = receipt.term.as_ref()?;
            let steps = match t {
                Language::Vi => deadline.describe_vi(),
                Language::En => deadline.describe_en(),
            };
            Some((format!("{} ({})", rule.title, rule.basis), steps))
        }),
        found: found.map(|receipt| (facts(t, &receipt), receipt.answer)),
        is_unknown,
        code,
    };
    if is_unknown {
        page_with(StatusCode::NOT_FOUND, &shown, Cache::Private)
    } else {
        page(&shown, Cache::Private)
    }
    .map(IntoResponse::into_response)
}

fn facts(t: Language, receipt: &Receipt) -> Facts {
    let state = t.text(&format!("notice.state.{}", receipt.state.word()));
    let mut facts = vec![
        Fact::new(t.text("notice.state_name"), state),
        Fact::new(t.text("notice.received"), show::day(t, receipt.received)),
    ];
    if let Some(due) = receipt.due_on.filter(|_| !receipt.state.is_closed()) {
        facts.push(Fact::new(t.text("notice.due"), show::day(t, due)));
    }
    facts.push(Fact::new(t.text("notice.page"), receipt.address.clone()).href(receipt.address.clone()));
    Facts::new(t, facts)
}
