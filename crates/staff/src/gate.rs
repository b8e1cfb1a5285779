//! Who may come in. Each route of the table names its [`Gate`]; the gate looks the session up, checks the capability
//! and hands the handler a [`Staff`]. There is no other way to get one, so a handler that acts for a person cannot be
//! reached past the table.

use std::sync::Arc;

use app::account::{self, Session};
use app::office::{self, Office};
use app::{ActionError, Actor, App};
use axum::extract::{FromRequestParts, Request, State as Shared};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::{Capability, Role};
use http::Method;
use http::request::Parts;
use web_kit::chrome::{Chrome, Person};
use web_kit::component::{Banner, Tone};
use web_kit::page::redirect;
use web_kit::{Fault, Language, Visitor};

use crate::refusal::fault;
use crate::{State, menu};

/// Where people sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a person proves again who it is.
pub const PROVE: &str = "/account/prove";

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Anyone: signing in, an invitation.
    Anyone,
    /// Any signed-in person: the own account.
    SignedIn,
    /// Signed-in people whose roles allow it.
    May(Capability),
    /// The same, and the password was given within the last five minutes: acts of administration.
    Proved(Capability),
}

impl Gate {
    /// What one must be allowed.
    pub const fn capability(self) -> Option<Capability> {
        match self {
            Gate::Anyone | Gate::SignedIn => None,
            Gate::May(capability) | Gate::Proved(capability) => Some(capability),
        }
    }
}

/// A signed-in person who passed the gate of the route.
#[derive(Debug, Clone)]
pub struct Staff {
    /// What every page works with.
    pub state: State,
    /// What is known of the browser.
    pub visitor: Visitor,
    /// The session.
    pub session: Arc<Session>,
    /// The office. Nothing before it was set up.
    pub office: Option<Arc<Office>>,
}

impl Staff {
    /// The language of the page.
    pub fn t(&self) -> Language {
        self.visitor.language
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.session.actor
    }

    /// Whether the person's roles allow it: to show or leave out a link. Actions check for themselves.
    pub fn may(&self, capability: Capability) -> bool {
        self.actor().may(capability)
    }

    /// Does an action on a thread that may wait.
    ///
    /// # Errors
    /// Those of the action.
    pub async fn run<T, F>(&self, work: F) -> Result<T, ActionError>
    where
        F: FnOnce(&App, &Actor) -> Result<T, ActionError> + Send + 'static,
        T: Send + 'static,
    {
        let session = Arc::clone(&self.session);
        self.state.app.run(move |app| work(app, &session.actor)).await
    }

    /// The frame of a page with this title: menu, person, office.
    pub fn chrome(&self, title: impl Into<String>) -> Chrome {
        let t = self.t();
        let roles: &[Role] = &self.actor().roles;
        let names: Vec<&str> = roles.iter().map(|role| t.text(role_key(*role))).collect();
        let person = Person {
            name: self.session.person.full_name.clone(),
            roles: names.join(", "),
            account: "/account".to_owned(),
            sign_out: "/sign-out".to_owned(),
        };
        let mut chrome = Chrome::desk(&self.visitor, title.into(), (person, roles), menu::MENU);
        if let Some(office) = &self.office {
            chrome = chrome.office(office.names.name.clone());
            if office.is_example {
                chrome = chrome.banner(Banner::new(Tone::Info, t.text("desk.example")));
            }
        }
        chrome
    }
}

pub(crate) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Clerk => "role.clerk",
        Role::Officer => "role.officer",
        Role::UnitHead => "role.unit_head",
        Role::Radio => "role.radio",
        Role::Spokesperson => "role.spokesperson",
        Role::Leader => "role.leader",
        Role::Superior => "role.superior",
        Role::Administrator => "role.administrator",
    }
}

impl<S: Sync> FromRequestParts<S> for Staff {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Staff, Fault> {
        parts
            .extensions
            .get::<Staff>()
            .cloned()
            .ok_or_else(|| Fault::internal("a handler asks for a person on a route whose gate is Anyone"))
    }
}

/// The gate of a route, run before its handler.
pub(crate) async fn check(
    Shared((state, gate)): Shared<(State, Gate)>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Response {
    if gate == Gate::Anyone {
        return next.run(request).await;
    }
    match enter(state, gate, visitor, request.method()).await {
        Ok(staff) => {
            request.extensions_mut().insert(staff);
            next.run(request).await
        }
        Err(response) => *response,
    }
}

async fn enter(state: State, gate: Gate, visitor: Visitor, method: &Method) -> Result<Staff, Box<Response>> {
    let refuse = |error| Box::new(fault(error).into_response());
    let to_sign_in = || Box::new(redirect(&with_next(SIGN_IN, &visitor, method)));
    let Some(token) = visitor.session.clone() else { return Err(to_sign_in()) };
    let (session, office) = state.app.run(move |app| find(app, &token)).await.map_err(refuse)?;
    let Some(session) = session else { return Err(to_sign_in()) };
    tracing::Span::current().record("person", session.actor.name.as_str());
    if let Some(capability) = gate.capability() {
        session.actor.require(capability).map_err(refuse)?;
    }
    if matches!(gate, Gate::Proved(_)) && !session.is_proved {
        return Err(Box::new(redirect(&with_next(PROVE, &visitor, method))));
    }
    Ok(Staff { state, visitor, session: Arc::new(session), office: office.map(Arc::new) })
}

fn find(app: &App, token: &str) -> Result<(Option<Session>, Option<Office>), ActionError> {
    let session = account::session(app, token)?;
    let office = match office::office(app) {
        Ok(office) => Some(office),
        Err(ActionError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    Ok((session, office))
}

/// `/sign-in?next=…`, to come back to the page that was asked for. What a form sent is not kept.
fn with_next(path: &str, visitor: &Visitor, method: &Method) -> String {
    if *method != Method::GET || visitor.path == crate::work::HOME {
        return path.to_owned();
    }
    format!("{path}?next={}", crate::link::encode(&visitor.path))
}
