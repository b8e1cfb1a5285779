//! Coming in and going out: sign-in, sign-out, an invitation, proving oneself again before administration.

use app::ActionError;
use app::account::{self, SignIn, SignedIn};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use axum::routing::{get, post};
use http::HeaderMap;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::cookie::{self, Life};
use web_kit::form::{FieldError, Form, FormState, Path, Query, Submitted};
use web_kit::page::{redirect, redirect_with_notice, set_cookie, with_form};
use web_kit::site::local_path;
use web_kit::visitor::SESSION;
use web_kit::{Fault, PageResult, Visitor};
use words::key;

use crate::gate::{Gate, PROVE, SIGN_IN, Staff};
use crate::work::HOME;
use crate::{Route, State, refusal};

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(SIGN_IN, Gate::Anyone, || get(show)),
    Route::post(SIGN_IN, Gate::Anyone, || post(sign_in)),
    Route::post("/sign-out", Gate::SignedIn, || post(sign_out)),
    Route::get("/invitation/{token}", Gate::Anyone, || get(invited)),
    Route::post("/invitation/{token}", Gate::Anyone, || post(accept)),
    Route::get(PROVE, Gate::SignedIn, || get(ask_proof)),
    Route::post(PROVE, Gate::SignedIn, || post(prove)),
];

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    chrome: Chrome,
    lead: String,
    action: String,
    label: &'static str,
    next: String,
    errors: ErrorSummary,
    start: FormStart,
    fields: Vec<Field>,
}

/// Where to go after signing in.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Next {
    next: Option<String>,
}

fn fields(visitor: &Visitor, form: &FormState) -> Vec<Field> {
    let t = visitor.language;
    vec![
        Field::new(form, t, "account", t.text("sign_in.account"), Kind::Line("text"))
            .required()
            .autocomplete("username"),
        Field::new(form, t, "password", t.text("sign_in.password"), Kind::Password)
            .required()
            .autocomplete("current-password"),
        Field::new(form, t, "code", t.text("sign_in.code"), Kind::Line("text"))
            .help(t.text("sign_in.code_help"))
            .autocomplete("one-time-code"),
    ]
}

fn draw(visitor: &Visitor, form: &FormState, next: &str) -> PageResult {
    let t = visitor.language;
    let fields = fields(visitor, form);
    let page = Page {
        chrome: Chrome::bare(visitor, t.text("sign_in.title").to_owned()),
        lead: t.text("sign_in.lead").to_owned(),
        action: SIGN_IN.to_owned(),
        label: t.text("sign_in.button"),
        next: next.to_owned(),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::once(visitor),
        fields,
    };
    with_form(&page, form)
}

/// The form.
pub async fn show(visitor: Visitor, Query(query): Query<Next>) -> PageResult {
    draw(&visitor, &FormState::new(), query.next.as_deref().unwrap_or(""))
}

/// What was typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    account: Option<String>,
    password: Option<String>,
    code: Option<String>,
    next: Option<String>,
}

/// Signs in.
pub async fn sign_in(
    Shared(state): Shared<State>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form<Typed>,
) -> PageResult {
    let mut shown = form.state;
    let typed = form.value;
    let next = typed.next.unwrap_or_default();
    let user_agent = headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok());
    let attempt = SignIn {
        account: typed.account.unwrap_or_default(),
        password: typed.password.unwrap_or_default(),
        code: typed.code,
        network: visitor.client.ip,
        user_agent: user_agent.unwrap_or("").to_owned(),
    };
    match state.app.run(move |app| account::sign_in(app, &attempt)).await {
        Ok(SignedIn::Done { token, .. }) => {
            let to = local_path(&next).unwrap_or(HOME);
            let line = cookie::write(&visitor.site, SESSION, &token, Life::Browser);
            Ok(set_cookie(redirect(to), line))
        }
        Ok(SignedIn::NeedsCode) => {
            shown.refuse(FieldError::new("code", key!("sign_in.needs_code")));
            draw(&visitor, &shown, &next)
        }
        Err(ActionError::TooMany { seconds }) => {
            let minutes = (seconds + 59) / 60;
            shown.refuse(FieldError::new("", key!("sign_in.too_many")).with("minutes", minutes));
            draw(&visitor, &shown, &next)
        }
        Err(error) => {
            refusal::note(&mut shown, error)?;
            draw(&visitor, &shown, &next)
        }
    }
}

/// Signs out.
pub async fn sign_out(staff: Staff, _: Submitted) -> PageResult {
    if let Some(token) = staff.visitor.session.clone() {
        staff.state.app.run(move |app| account::sign_out(app, &token)).await.map_err(refusal::fault)?;
    }
    let line = cookie::write(&staff.visitor.site, SESSION, "", Life::Seconds(0));
    Ok(set_cookie(redirect_with_notice(&staff.visitor, SIGN_IN, key!("sign_in.signed_out")), line))
}

fn draw_invitation(visitor: &Visitor, form: &FormState, token: &str, name: &str) -> PageResult {
    let t = visitor.language;
    let fields = vec![
        Field::new(form, t, "new", t.text("sign_in.new_password"), Kind::Password)
            .required()
            .help(t.text("sign_in.new_password_help"))
            .autocomplete("new-password"),
    ];
    let page = Page {
        chrome: Chrome::bare(visitor, t.text("sign_in.invitation").to_owned()),
        lead: name.to_owned(),
        action: format!("/invitation/{token}"),
        label: t.text("sign_in.set_password"),
        next: String::new(),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::once(visitor),
        fields,
    };
    with_form(&page, form)
}

/// The form of an invitation.
pub async fn invited(
    Shared(state): Shared<State>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> PageResult {
    let asked = token.clone();
    let person = state.app.run(move |app| account::invited(app, &asked)).await.map_err(refusal::fault)?;
    draw_invitation(&visitor, &FormState::new(), &token, &person.full_name)
}

/// The password of the invited person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    new: Option<String>,
}

/// Sets the password.
pub async fn accept(
    Shared(state): Shared<State>,
    visitor: Visitor,
    Path(token): Path<String>,
    form: Form<NewPassword>,
) -> PageResult {
    let mut shown = form.state;
    let asked = token.clone();
    let person = state.app.run(move |app| account::invited(app, &asked)).await.map_err(refusal::fault)?;
    let (asked, new) = (token.clone(), form.value.new.unwrap_or_default());
    match state.app.run(move |app| account::accept_invitation(app, &asked, &new)).await {
        Ok(()) => Ok(redirect_with_notice(&visitor, SIGN_IN, key!("sign_in.password_set"))),
        Err(error) => {
            refusal::note(&mut shown, error)?;
            draw_invitation(&visitor, &shown, &token, &person.full_name)
        }
    }
}

fn draw_proof(staff: &Staff, form: &FormState, next: &str) -> PageResult {
    let t = staff.t();
    let mut fields = vec![
        Field::new(form, t, "password", t.text("sign_in.password"), Kind::Password)
            .required()
            .autocomplete("current-password"),
    ];
    if staff.session.person.has_factor {
        fields.push(
            Field::new(form, t, "code", t.text("sign_in.code"), Kind::Line("text"))
                .autocomplete("one-time-code"),
        );
    }
    let page = Page {
        chrome: Chrome::bare(&staff.visitor, t.text("sign_in.proof").to_owned()),
        lead: t.text("sign_in.proof_lead").to_owned(),
        action: PROVE.to_owned(),
        label: t.text("sign_in.proof_button"),
        next: next.to_owned(),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::once(&staff.visitor),
        fields,
    };
    with_form(&page, form)
}

/// The form that asks for the password again.
pub async fn ask_proof(staff: Staff, Query(query): Query<Next>) -> PageResult {
    draw_proof(&staff, &FormState::new(), query.next.as_deref().unwrap_or(""))
}

/// Proves the person again.
pub async fn prove(staff: Staff, form: Form<Typed>) -> Result<Response, Fault> {
    let mut shown = form.state;
    let next = form.value.next.unwrap_or_default();
    let (password, code) = (form.value.password.unwrap_or_default(), form.value.code);
    let session = std::sync::Arc::clone(&staff.session);
    let proved =
        staff.state.app.run(move |app| account::prove(app, &session, &password, code.as_deref())).await;
    match proved {
        Ok(()) => Ok(redirect(local_path(&next).unwrap_or(HOME))),
        Err(error) => {
            refusal::note(&mut shown, error)?;
            draw_proof(&staff, &shown, &next)
        }
    }
}
