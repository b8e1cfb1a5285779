//! What is known of who asks before anybody is signed in. Sessions themselves live in the database; here is only
//! the token the browser showed.

use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::HeaderValue;
use http::request::Parts;
use words::Language;

use crate::cookie::{self, Life};
use crate::csrf;
use crate::fault::Fault;
use crate::site::{Client, Site};

/// Fills a buffer with random bytes. Given at start, so that tests can know what comes.
pub type Random = fn(&mut [u8]);

/// Name of the session cookie.
pub const SESSION: &str = "session";
/// Name of the cookie that forms of people without a session are bound to.
pub const VISITOR: &str = "visitor";
/// Name of the language cookie.
pub const LANGUAGE: &str = "language";
/// Name of the theme cookie.
pub const THEME: &str = "theme";
/// Name of the cookie of the size of letters.
pub const TEXT_SIZE: &str = "text-size";
/// Name of the cookie that carries one notice over a redirect.
pub const NOTICE: &str = "notice";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, the default first.
    pub const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this stored word.
    pub fn from_word(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// How large the letters of public pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TextSize {
    /// As the browser is set.
    #[default]
    Usual,
    /// An eighth larger.
    Large,
    /// A third larger.
    Largest,
}

impl TextSize {
    /// All, the default first.
    pub const ALL: [TextSize; 3] = [TextSize::Usual, TextSize::Large, TextSize::Largest];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            TextSize::Usual => "usual",
            TextSize::Large => "large",
            TextSize::Largest => "largest",
        }
    }

    /// The size with this stored word.
    pub fn from_word(word: &str) -> Option<TextSize> {
        TextSize::ALL.into_iter().find(|size| size.word() == word)
    }
}

/// Everything the server found out about a request before routing it. Handlers take it as an argument.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The reference number of the request, 16 hexadecimal digits; on error pages and in every log line.
    pub request_id: String,
    /// Who sent it.
    pub client: Client,
    /// The site.
    pub site: Arc<Site>,
    /// The language of the page.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// How large the letters are.
    pub text_size: TextSize,
    /// Path and query, to come back to.
    pub path: String,
    /// The session token the browser showed, unchecked. Only its hash is known to the database.
    pub session: Option<String>,
    /// The notice that the page before left for this one: a key of the locale files.
    pub notice: Option<String>,
    anonymous: Option<String>,
    fresh: Arc<OnceLock<String>>,
    random: Random,
}

impl Visitor {
    pub(crate) fn read(
        parts: &Parts,
        (request_id, client): (String, Client),
        site: &Arc<Site>,
        random: Random,
    ) -> Visitor {
        let cookie = |name| cookie::read(site, &parts.headers, name);
        let token = |name| cookie(name).filter(|value| is_token(value));
        Visitor {
            request_id,
            client,
            site: Arc::clone(site),
            language: cookie(LANGUAGE).and_then(|tag| Language::from_tag(&tag)).unwrap_or_default(),
            theme: cookie(THEME).and_then(|word| Theme::from_word(&word)).unwrap_or_default(),
            text_size: cookie(TEXT_SIZE).and_then(|word| TextSize::from_word(&word)).unwrap_or_default(),
            path: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            session: token(SESSION),
            notice: cookie(NOTICE).filter(|key| Language::Vi.find(key).is_some()),
            anonymous: token(VISITOR),
            fresh: Arc::default(),
            random,
        }
    }

    /// The secret that form tokens of this browser are made from: the session, else the visitor cookie.
    pub(crate) fn form_secret(&self) -> Option<&str> {
        self.session.as_deref().or(self.anonymous.as_deref())
    }

    /// The form token for the page being drawn. A browser with neither session nor visitor cookie gets a visitor
    /// cookie with the answer, which then nobody may keep; the server sees to both.
    pub fn form_token(&self) -> String {
        if let Some(secret) = self.form_secret() {
            return csrf::token(secret);
        }
        csrf::token(self.fresh.get_or_init(|| random_token(self.random)))
    }

    /// The cookie for the secret that [`Visitor::form_token`] used, when it is a new one.
    pub(crate) fn new_cookie(&self) -> Option<HeaderValue> {
        cookie::write(&self.site, VISITOR, self.fresh.get()?, Life::Seconds(86_400))
    }

    /// 256 random bits as 64 hexadecimal digits: a session token, a one-time key.
    pub fn random_token(&self) -> String {
        random_token(self.random)
    }
}

fn random_token(random: Random) -> String {
    let mut bytes = [0; 32];
    random(&mut bytes);
    hex::encode(bytes)
}

/// Whether it looks like one of [`Visitor::random_token`]; anything else in a cookie is not read.
fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Fault> {
        of(parts).cloned()
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Visitor>, Fault> {
        Ok(parts.extensions.get::<Visitor>().cloned())
    }
}

/// The visitor that the server put into the request.
pub(crate) fn of(parts: &Parts) -> Result<&Visitor, Fault> {
    parts
        .extensions
        .get::<Visitor>()
        .ok_or_else(|| Fault::internal("the request did not come through server::Front"))
}
