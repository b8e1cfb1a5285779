//! What a request ends with when it cannot be served: a status, a plain page, a line in the log. The page itself is
//! drawn by the server, which knows the reader's language and the reference number (ERR-01).

use std::fmt::Display;

use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// What a handler returns.
pub type PageResult = Result<Response, Fault>;

/// A request that cannot be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The status.
    pub status: StatusCode,
    /// The stable code; texts are `error.<code>.title` and `error.<code>.text`.
    pub code: &'static str,
    /// After how many seconds it makes sense to try again.
    pub retry_after: Option<u64>,
    /// The name of the security event, when the refusal is one (LOG-06, LOG-07).
    pub event: Option<&'static str>,
    /// What happened, for the log only. Never shown.
    pub cause: Option<String>,
}

impl Fault {
    const fn new(status: StatusCode, code: &'static str) -> Fault {
        Fault { status, code, retry_after: None, event: None, cause: None }
    }

    /// The request makes no sense: 400.
    pub const fn bad_request() -> Fault {
        Fault::new(StatusCode::BAD_REQUEST, "bad_request")
    }

    /// Nothing here, or nothing for this person: one answer for both (ERR-06).
    pub const fn not_found() -> Fault {
        Fault::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// Signed in, and this is not among the person's rights: 403.
    pub fn forbidden() -> Fault {
        Fault::new(StatusCode::FORBIDDEN, "forbidden").event("access_refused")
    }

    /// No proof that the form came from our page: 403.
    pub fn forged() -> Fault {
        Fault::new(StatusCode::FORBIDDEN, "forged").event("csrf_mismatch")
    }

    /// Somebody else changed it meanwhile: 409.
    pub const fn stale() -> Fault {
        Fault::new(StatusCode::CONFLICT, "stale")
    }

    /// The act is refused: a step left out, an own text approved, a text that changed since it was shown: 409.
    pub fn refused() -> Fault {
        Fault::new(StatusCode::CONFLICT, "refused").event("act_refused")
    }

    /// Too often: 429.
    pub fn too_often(seconds: u64) -> Fault {
        Fault::new(StatusCode::TOO_MANY_REQUESTS, "too_often").retry_after(seconds).event("limit_hit")
    }

    /// Too busy, or something needed is away: 503.
    pub const fn busy(seconds: u64) -> Fault {
        Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy").retry_after(seconds)
    }

    /// Our own mistake: 500. `cause` goes to the log and nowhere else.
    pub fn internal(cause: impl Display) -> Fault {
        Fault { cause: Some(cause.to_string()), ..Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "internal") }
    }

    /// The fault for a status without a page of its own.
    pub fn of_status(status: StatusCode) -> Fault {
        let code = match status.as_u16() {
            401 | 403 => "forbidden",
            404 | 410 => "not_found",
            405 => "method",
            408 => "too_slow",
            409 => "stale",
            413 => "too_large",
            414 => "uri_too_long",
            415 => "media_type",
            421 => "wrong_host",
            429 => "too_often",
            431 => "headers_too_large",
            503 | 504 => "busy",
            code if code >= 500 => "internal",
            _ => "bad_request",
        };
        Fault::new(status, code)
    }

    /// All codes, for the test of texts.
    pub const CODES: [&'static str; 16] = [
        "bad_request",
        "not_found",
        "forbidden",
        "forged",
        "stale",
        "refused",
        "too_often",
        "busy",
        "internal",
        "method",
        "too_slow",
        "too_large",
        "uri_too_long",
        "media_type",
        "wrong_host",
        "headers_too_large",
    ];

    /// The same, with a security event.
    #[must_use]
    pub fn event(mut self, event: &'static str) -> Fault {
        self.event = Some(event);
        self
    }

    /// The same, with a cause for the log.
    #[must_use]
    pub fn cause(mut self, cause: impl Display) -> Fault {
        self.cause = Some(cause.to_string());
        self
    }

    /// The same, worth trying again after so many seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Fault {
        self.retry_after = Some(seconds);
        self
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
