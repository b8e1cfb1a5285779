//! The table of routes: every page of the desk with its gate. The router is built from it and from nothing else, and
//! a test walks it role by role.

use axum::Router;
use axum::middleware;
use axum::routing::MethodRouter;
use http::Method;

use crate::gate::{self, Gate};
use crate::{
    State, account, administration, data_breach, data_request, desk, document, duty, exchange, figure,
    import, ledger, notice, office, outage, person, press, publication, radio, register, report, roll_out,
    rule, sign_in, unit, work,
};

/// One page.
#[derive(Clone, Copy)]
pub struct Route {
    /// How it is asked.
    pub verb: Verb,
    /// Its path, as axum writes it: `/registers/{register}`.
    pub path: &'static str,
    /// Who may use it.
    pub gate: Gate,
    handler: fn() -> MethodRouter<State>,
}

/// How a page is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Changes something, or sends a file.
    Post,
}

impl Verb {
    /// The method of HTTP.
    pub const fn method(self) -> Method {
        match self {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
        }
    }
}

impl Route {
    /// A page that is read. `handler` makes `axum::routing::get(…)`.
    pub const fn get(path: &'static str, gate: Gate, handler: fn() -> MethodRouter<State>) -> Route {
        Route { verb: Verb::Get, path, gate, handler }
    }

    /// A form that is sent. `handler` makes `axum::routing::post(…)`, whose function takes a form of the web kit:
    /// those check the token.
    pub const fn post(path: &'static str, gate: Gate, handler: fn() -> MethodRouter<State>) -> Route {
        Route { verb: Verb::Post, path, gate, handler }
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {:?}", self.verb.method(), self.path, self.gate)
    }
}

/// The tables of the parts of the desk. A new part adds its table here.
const TABLES: &[&[Route]] = &[
    sign_in::ROUTES,
    work::ROUTES,
    desk::ROUTES,
    figure::ROUTES,
    register::ROUTES,
    import::ROUTES,
    exchange::ROUTES,
    press::ROUTES,
    roll_out::ROUTES,
    publication::ROUTES,
    document::ROUTES,
    notice::ROUTES,
    data_request::ROUTES,
    data_breach::ROUTES,
    duty::ROUTES,
    outage::ROUTES,
    radio::ROUTES,
    report::ROUTES,
    rule::ROUTES,
    account::ROUTES,
    person::ROUTES,
    unit::ROUTES,
    office::ROUTES,
    ledger::ROUTES,
    administration::ROUTES,
];

/// Every route of the desk.
pub fn all() -> impl Iterator<Item = &'static Route> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The pages of the desk, each behind its gate.
pub fn router(state: &State) -> Router {
    let mut router = Router::new();
    for route in all() {
        let gate = middleware::from_fn_with_state((state.clone(), route.gate), gate::check);
        router = router.route(route.path, (route.handler)().route_layer(gate));
    }
    web_kit::server::desk(router.with_state(state.clone()))
}
