//! The second factor: set up with an authenticator app, confirmed by a first code, removed with password and code.

use std::fmt::Write as _;

use app::account::{self, Enrolment};
use askama::Template;
use qrcode::{Color, QrCode};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Field, Kind};
use web_kit::form::{Form, FormState, Submitted};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult, page};
use words::key;

use super::password::renamed;
use super::show::{Typed, draw};
use super::{PATH, with_session};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

#[derive(Template)]
#[template(path = "account/factor.html")]
struct SetUp {
    chrome: Chrome,
    /// Nothing after a wrong code: the app already has the seed, which is not shown twice.
    enrolment: Option<Shown>,
    confirm: FormPart,
}

struct Shown {
    size: usize,
    path: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "account/recovery.html")]
struct Recovery {
    chrome: Chrome,
    codes: Vec<String>,
}

fn chrome(staff: &Staff, title: &'static str) -> Chrome {
    staff.chrome(title).under(vec![Link::new(staff.t().text("account.title"), PATH)])
}

/// Makes a seed and shows it, once.
pub async fn begin(staff: Staff, _: Submitted) -> PageResult {
    let enrolment = with_session(&staff, account::begin_factor).await.map_err(refusal::fault)?;
    let page = set_up(&staff, Some(drawn(&enrolment)?), &FormState::new());
    web_kit::page(&page, Cache::Private)
}

fn set_up(staff: &Staff, enrolment: Option<Shown>, state: &FormState) -> SetUp {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "passcode", t.text("account.factor.code"), Kind::Line("text"))
            .required()
            .help(t.text("account.factor.code_help"))
            .autocomplete("one-time-code"),
    ];
    let target = ("/account/factor/confirm", t.text("account.factor.confirm"));
    SetUp {
        chrome: chrome(staff, t.text("account.factor.set_up")),
        enrolment,
        confirm: FormPart::new(staff, target, (state, None), fields).back(PATH),
    }
}

fn drawn(enrolment: &Enrolment) -> Result<Shown, Fault> {
    let code = QrCode::new(enrolment.url.as_bytes()).map_err(Fault::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (index, _) in code.to_colors().iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET);
    }
    let secret: Vec<String> = enrolment
        .secret_base32
        .as_bytes()
        .chunks(4)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    Ok(Shown { size: width + 2 * QUIET, path, secret: secret.join(" ") })
}

/// A code of the app.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    passcode: Option<String>,
}

/// Turns it on and shows the recovery codes, once.
pub async fn confirm(staff: Staff, form: Form<Code>) -> PageResult {
    let code = form.value.passcode.unwrap_or_default();
    match with_session(&staff, move |app, session| account::confirm_factor(app, session, &code)).await {
        Ok(codes) => {
            let title = staff.t().text("account.factor.recovery");
            page(&Recovery { chrome: chrome(&staff, title), codes }, Cache::Private)
        }
        Err(error) => {
            let mut state = FormState::new();
            refusal::note(&mut state, error)?;
            let state = renamed(&state, &[("code", "passcode")]);
            with_form(&set_up(&staff, None, &state), &state)
        }
    }
}

/// What proves the person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    own_password: Option<String>,
    passcode: Option<String>,
}

/// Turns it off.
pub async fn remove(staff: Staff, form: Form<Proof>) -> PageResult {
    let (password, code) =
        (form.value.own_password.unwrap_or_default(), form.value.passcode.unwrap_or_default());
    let removed =
        with_session(&staff, move |app, session| account::remove_factor(app, session, &password, &code));
    match removed.await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("account.notice.factor_removed"))),
        Err(error) => {
            let mut state = FormState::new();
            refusal::note(&mut state, error)?;
            let remove = renamed(&state, &[("password", "own_password"), ("code", "passcode")]);
            draw(&staff, &Typed { remove, ..Typed::default() }).await
        }
    }
}
