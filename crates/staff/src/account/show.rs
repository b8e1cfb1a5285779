//! The page of the own account.

use app::account::{self, SessionView};
use askama::Template;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Fact, Facts, Field, FormStart, Kind, Tone};
use web_kit::form::FormState;
use web_kit::page::with_form;
use web_kit::{Fault, PageResult, show};

use super::{browser, with_session};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

#[derive(Template)]
#[template(path = "account/show.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    password: FormPart,
    has_factor: bool,
    begin: FormStart,
    remove: FormPart,
    sessions: Vec<Line>,
    end: FormStart,
}

/// A session on the page.
struct Line {
    browser: String,
    began: String,
    times: String,
    is_this: bool,
    token_hash: String,
}

/// The forms of the page with what was typed into one of them.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) password: FormState,
    pub(super) remove: FormState,
}

/// Shows the account.
pub async fn show(staff: Staff) -> PageResult {
    draw(&staff, &Typed::default()).await
}

pub(super) async fn draw(staff: &Staff, typed: &Typed) -> Result<axum::response::Response, Fault> {
    let t = staff.t();
    let sessions = with_session(staff, account::sessions).await.map_err(refusal::fault)?;
    let page = Page {
        chrome: staff.chrome(t.text("account.title")),
        facts: facts(staff),
        password: password(staff, &typed.password),
        has_factor: staff.session.person.has_factor,
        begin: FormStart::plain(&staff.visitor.form_token()),
        remove: remove(staff, &typed.remove),
        sessions: sessions.into_iter().map(|session| line(staff, session)).collect(),
        end: FormStart::plain(&staff.visitor.form_token()),
    };
    let wrong = if typed.password.has_errors() { &typed.password } else { &typed.remove };
    with_form(&page, wrong)
}

fn facts(staff: &Staff) -> Facts {
    let t = staff.t();
    let person = &staff.session.person;
    let roles: Vec<&str> = person.roles.iter().map(|role| t.text(crate::gate::role_key(*role))).collect();
    let factor = if person.has_factor {
        Badge::new(Tone::Done, t.text("account.factor.on"))
    } else {
        Badge::new(Tone::Warning, t.text("account.factor.off"))
    };
    Facts::new(
        t,
        vec![
            Fact::new(t.text("account.full_name"), person.full_name.clone()),
            Fact::new(t.text("account.account"), person.account.clone()),
            Fact::new(t.text("account.job"), person.title.clone()),
            Fact::new(t.text("account.roles"), roles.join(", ")),
            Fact::new(t.text("account.factor.title"), t.text("account.factor.short")).badge(factor),
        ],
    )
}

fn password(staff: &Staff, state: &FormState) -> FormPart {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "old_password", t.text("account.password.old"), Kind::Password)
            .required()
            .autocomplete("current-password"),
        Field::new(state, t, "new_password", t.text("account.password.new"), Kind::Password)
            .required()
            .help(t.text("account.password.help"))
            .autocomplete("new-password"),
    ];
    FormPart::new(staff, ("/account/password", t.text("account.password.change")), (state, None), fields)
}

fn remove(staff: &Staff, state: &FormState) -> FormPart {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "own_password", t.text("account.password.present"), Kind::Password)
            .required()
            .autocomplete("current-password"),
        Field::new(state, t, "passcode", t.text("account.factor.code"), Kind::Line("text"))
            .required()
            .help(t.text("account.factor.code_or_recovery"))
            .autocomplete("one-time-code"),
    ];
    FormPart::new(staff, ("/account/factor/remove", t.text("account.factor.remove")), (state, None), fields)
        .button("button-danger")
}

fn line(staff: &Staff, session: SessionView) -> Line {
    let t = staff.t();
    let (began, seen) = (show::instant(t, session.created_at), show::instant(t, session.seen_at));
    Line {
        browser: browser::in_words(&session.user_agent),
        times: t.fill("account.sessions.times", &[("began", &began), ("seen", &seen)]),
        began,
        is_this: session.is_this,
        token_hash: session.token_hash,
    }
}
