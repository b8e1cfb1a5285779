//! What stands before every page: numbers the request, checks it, bounds its time, completes and logs the answer.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Method, StatusCode, request};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

use super::arriving::Patience;
use super::numbers::Numbers;
use super::reading::{self, Reading};
use super::shelf::{Found, Place, Shelf};
use super::{check, finish, is_foreign_load, limits::Limits, metrics, violation};
use crate::fault::Fault;
use crate::site::Site;
use crate::visitor::{Random, Visitor};
use crate::{asset, form};

/// Whether the application can serve: asked by `/readyz`.
pub type Ready = Arc<dyn Fn() -> bool + Send + Sync>;

/// What the server needs to know.
#[derive(Clone)]
pub struct Settings {
    /// How the site is reached.
    pub site: Arc<Site>,
    /// Sizes, times and counts.
    pub limits: Limits,
    /// The source of reference numbers and tokens.
    pub random: Random,
    /// Whether the database answers. Called on a thread that may block.
    pub ready: Ready,
}

/// The front of a router. `answer` is the whole path of a request, with or without a socket.
#[derive(Clone)]
pub struct Front {
    router: Router,
    settings: Settings,
    places: Arc<Semaphore>,
    shelf: Option<Shelf>,
    reading: Option<Reading>,
    numbers: Numbers,
    home: Option<Handle>,
}

/// A request that no ready answer stood for.
struct Asked {
    started: Instant,
    visitor: Visitor,
    parts: request::Parts,
    probe: bool,
    checked: Result<(), Fault>,
}

/// The route a request matched, told outwards for the log.
#[derive(Clone)]
struct Route(MatchedPath);

impl Front {
    /// [`Front::over`] a router that knows nothing of addresses that no route leads to.
    pub fn new(router: Router, settings: Settings) -> Front {
        Front::over(router.fallback(|| async { Fault::not_found() }), settings)
    }

    /// Puts the checks, the assets, the language and theme forms, `/healthz` and `/readyz` before `router`, which
    /// answers addresses that no route leads to itself.
    pub fn over(router: Router, settings: Settings) -> Front {
        let ready = Arc::clone(&settings.ready);
        let router = router
            .merge(asset::router())
            .merge(form::display::router())
            .merge(violation::router())
            .route("/healthz", get(|| async { "ok\n" }))
            .route("/readyz", get(move || readiness(Arc::clone(&ready))))
            .method_not_allowed_fallback(|| async { Fault::of_status(StatusCode::METHOD_NOT_ALLOWED) })
            .layer(middleware::from_fn(note_route))
            .layer(CatchPanicLayer::custom(after_panic));
        let places = Arc::new(Semaphore::new(settings.limits.in_flight));
        let numbers = Numbers::new(settings.random);
        Front { router, settings, places, shelf: None, reading: None, numbers, home: None }
    }

    /// The same, giving out ready answers of public pages from a shelf.
    #[must_use]
    pub fn with_shelf(mut self, shelf: Shelf) -> Front {
        self.shelf = Some(shelf);
        self
    }

    /// The same, telling this of each page that is read.
    #[must_use]
    pub fn with_reading(mut self, reading: Reading) -> Front {
        self.reading = Some(reading);
        self
    }

    /// The same, having every answer that is not ready made by `home`, while the caller's thread goes on.
    #[must_use]
    pub(super) fn at_home(mut self, home: Handle) -> Front {
        self.home = Some(home);
        self
    }

    /// The settings it was made with.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Answers one request of `peer`. Everything logged on the way bears its number and source (LOG-02); the gate of
    /// a page for signed-in people adds the person. What is ready is given out before anything is made for the log.
    pub async fn answer(&self, peer: SocketAddr, request: Request) -> Response {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        let visitor = self.visitor(peer, &parts);
        let probe = matches!(parts.uri.path(), "/healthz" | "/readyz");
        let checked =
            if probe { Ok(()) } else { check::request(&parts, &self.settings.site, &self.settings.limits) };
        let found = match (&checked, &self.shelf) {
            (Ok(()), Some(shelf)) if !probe => shelf.find(&parts, &visitor),
            _ => Found::NotOurs,
        };
        let place = match found {
            Found::Answer(response, is_page) => {
                if is_page {
                    self.note_read(&parts, &visitor, response.status());
                }
                metrics::count_ready(&parts.method, response.status(), started.elapsed());
                return finish::numbered(response, &visitor);
            }
            Found::Nothing(place) => Some(place),
            Found::NotOurs => None,
        };
        let span = tracing::info_span!(
            "request",
            id = visitor.request_id,
            ip = %visitor.client.ip,
            port = visitor.client.port,
            person = tracing::field::Empty,
        );
        let asked = Asked { started, visitor, parts, probe, checked };
        let Some(home) = &self.home else {
            return self.answer_anew(asked, body, place).instrument(span).await;
        };
        let front = self.clone();
        // A set ends its tasks when it is dropped: a request whose connection ended is not worked on.
        let mut task = JoinSet::new();
        let anew = async move { front.answer_anew(asked, body, place).await };
        task.spawn_on(anew.instrument(span), home);
        match task.join_next().await {
            Some(Ok(response)) => response,
            // Panics of handlers are caught before; here the runtime is ending.
            _ => Fault::busy(5).into_response(),
        }
    }

    /// Has an answer made, keeps it where it may be kept, and logs the request.
    async fn answer_anew(&self, asked: Asked, body: Body, place: Option<Place>) -> Response {
        let Asked { started, visitor, mut parts, probe, checked } = asked;
        let patience = parts.extensions.get_or_insert_with(|| Patience::new(started)).clone();
        parts.extensions.insert(visitor.clone());
        let response = match checked {
            Ok(()) => self.work(request::Parts::clone(&parts), body, &patience, probe).await,
            Err(fault) => fault.into_response(),
        };
        let route = response.extensions().get::<Route>().map(|route| route.0.as_str().to_owned());
        let mut response = finish::response(response, &visitor);
        if reading::is_page(response.headers()) {
            self.note_read(&parts, &visitor, response.status());
        }
        if let (Some(place), Some(shelf)) = (place, &self.shelf) {
            response = finish::numbered(shelf.keep(place, &parts, response).await, &visitor);
        }
        let took = started.elapsed();
        let route = route.as_deref().unwrap_or("-");
        metrics::count(&parts.method, route, response.status(), took);
        tracing::info!(
            target: "http",
            id = visitor.request_id,
            method = parts.method.as_str(),
            route,
            status = response.status().as_u16(),
            ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        );
        response
    }

    /// Tells whoever counts that a page is read.
    fn note_read(&self, parts: &request::Parts, visitor: &Visitor, status: StatusCode) {
        if let Some(told) = &self.reading
            && reading::is_read(&parts.method, visitor, &parts.headers, status)
        {
            told(parts.uri.path());
        }
    }

    fn visitor(&self, peer: SocketAddr, parts: &request::Parts) -> Visitor {
        let id = self.numbers.next();
        let client = self.settings.site.client(peer, &parts.headers);
        Visitor::read(parts, (hex::encode(id), client), &self.settings.site, self.settings.random)
    }

    async fn work(&self, parts: request::Parts, body: Body, patience: &Patience, probe: bool) -> Response {
        let place = self.places.try_acquire();
        if place.is_err() && !probe {
            return Fault::busy(5).event("overload").into_response();
        }
        let mut answer = std::pin::pin!(self.router.clone().oneshot(Request::from_parts(parts, body)));
        loop {
            let deadline = patience.deadline(self.settings.limits.handler);
            if deadline <= Instant::now() {
                return Fault::busy(30).cause("the handler took too long").into_response();
            }
            tokio::select! {
                response = &mut answer => return response.unwrap_or_else(|never| match never {}),
                () = tokio::time::sleep_until(deadline) => {}
            }
        }
    }
}

/// What every page of signed-in people gets: no copy anywhere, nothing for other sites' scripts, images or frames.
pub fn desk(router: Router) -> Router {
    router.layer(middleware::from_fn(|request: Request, next: Next| async move {
        if is_foreign_load(request.headers()) {
            return Fault::forbidden().event("foreign_load").into_response();
        }
        let mut response = next.run(request).await;
        let no_store = http::HeaderValue::from_static("no-store");
        response.headers_mut().insert(http::header::CACHE_CONTROL, no_store);
        response
    }))
}

async fn note_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let is_head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    if is_head {
        *response.body_mut() = Body::empty();
    }
    response
}

async fn readiness(ready: Ready) -> Response {
    let is_ready = tokio::task::spawn_blocking(move || ready()).await.unwrap_or(false);
    if is_ready { "ready\n".into_response() } else { Fault::busy(5).cause("not ready").into_response() }
}

/// ERR-03: one request fails, the process lives. The words of the panic go to the log only.
#[expect(clippy::needless_pass_by_value, reason = "the signature tower-http asks for")]
fn after_panic(panic: Box<dyn Any + Send>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Fault::internal(format!("panic: {words}")).into_response()
}
