//! Ready answers of public pages: drawn once, kept as bytes in each encoding, given out until the edition changes.
//!
//! An *edition* is a number that changes whenever anything the public sees changes. An answer is kept under the
//! edition that was current before it was drawn, so one drawn from old data can never pass for a new one. Only
//! answers that say themselves that anybody may keep them are kept (`Cache::Public`), and none that sets a cookie.
//! What is kept depends on the address, language, theme and size of text, and on nothing else a browser sends (PUB-04).

use std::io::Write as _;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    RANGE, SET_COOKIE, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt as _;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;
use words::Language;

use super::finish::REQUEST_ID;
use super::reading;
use crate::visitor::{TextSize, Theme, Visitor};

/// The number of the present edition. Asked for with each request: it must be quick.
pub type Edition = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The largest answer that is kept.
const LARGEST: usize = 1_024 * 1_024;
/// The longest an answer is given out, whatever the edition: what does not count as public data is this old at most.
const LONGEST: Duration = Duration::from_mins(1);
/// Bodies below this are not worth packing.
const SMALLEST_PACKED: usize = 512;

/// Ready answers, up to so many bytes.
#[derive(Clone)]
pub struct Shelf {
    edition: Edition,
    answers: Arc<Cache<Key, Arc<Ready>, Weight>>,
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shelf({} answers)", self.answers.len())
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    address: String,
    language: Language,
    theme: Theme,
    text_size: TextSize,
}

/// Where an answer will stand once it is drawn.
pub(super) struct Place {
    key: Key,
    edition: u64,
}

struct Ready {
    edition: u64,
    is_page: bool,
    until: Instant,
    headers: HeaderMap,
    /// Of the plain bytes; the tag of each encoding is made from it.
    hash: String,
    plain: Packed,
    /// Packed when first asked for: most readers of a page read the same encoding. Nothing where packing is no gain.
    gzip: OnceLock<Option<Packed>>,
    brotli: OnceLock<Option<Packed>>,
}

struct Packed {
    bytes: Bytes,
    tag: HeaderValue,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Ready>> for Weight {
    fn weight(&self, key: &Key, ready: &Arc<Ready>) -> u64 {
        // What is packed later takes half of the plain bytes at most, both encodings together, for what we serve.
        let bytes = key.address.len() + ready.plain.bytes.len() * 3 / 2;
        bytes as u64 + 1_024
    }
}

/// What the shelf says to a request.
pub(super) enum Found {
    /// The answer, and whether it is a page.
    Answer(Response, bool),
    /// Nothing yet; the answer that is drawn may be kept there.
    Nothing(Place),
    /// It never keeps an answer to this.
    NotOurs,
}

impl Shelf {
    /// A shelf for answers of at most `bytes` together.
    pub fn new(edition: Edition, bytes: u64) -> Shelf {
        let items = usize::try_from(bytes / 16_384).unwrap_or(usize::MAX).max(64);
        Shelf { edition, answers: Arc::new(Cache::with_weighter(items, bytes, Weight)) }
    }

    /// Looks for the answer to a request.
    pub(super) fn find(&self, parts: &Parts, visitor: &Visitor) -> Found {
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if !reads
            || visitor.notice.is_some()
            || visitor.session.is_some()
            || parts.headers.contains_key(RANGE)
        {
            return Found::NotOurs;
        }
        let key = Key {
            address: visitor.path.clone(),
            language: visitor.language,
            theme: visitor.theme,
            text_size: visitor.text_size,
        };
        let edition = (self.edition)();
        match self.answers.get(&key) {
            Some(ready) if ready.edition == edition && Instant::now() < ready.until => {
                Found::Answer(ready.answer(parts), ready.is_page)
            }
            _ => Found::Nothing(Place { key, edition }),
        }
    }

    /// Keeps an answer that is complete, where it may be kept, and gives it out.
    pub(super) async fn keep(&self, place: Place, parts: &Parts, response: Response) -> Response {
        if parts.method != Method::GET || !may_be_kept(&response) {
            return response;
        }
        let (head, body) = response.into_parts();
        // Its size was known and small: nothing is lost by collecting it.
        let Ok(collected) = body.collect().await else {
            let mut broken = Response::new(Body::empty());
            *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return broken;
        };
        let ready = Arc::new(Ready::of(place.edition, head.headers, collected.to_bytes()));
        let answer = ready.answer(parts);
        self.answers.insert(place.key, ready);
        answer
    }
}

/// Whether an answer says that anybody may keep it.
fn may_be_kept(response: &Response) -> bool {
    let headers = response.headers();
    let is_public = headers.get(CACHE_CONTROL).is_some_and(|value| {
        value.as_bytes().starts_with(b"public") && !value.as_bytes().ends_with(b"immutable")
    });
    let is_small =
        http_body::Body::size_hint(response.body()).upper().is_some_and(|size| size <= LARGEST as u64);
    let is_bare = [SET_COOKIE, CONTENT_ENCODING].iter().all(|name| !headers.contains_key(name));
    response.status() == StatusCode::OK && is_public && is_small && is_bare
}

impl Ready {
    fn of(edition: u64, mut headers: HeaderMap, body: Bytes) -> Ready {
        headers.remove(CONTENT_LENGTH);
        // Places for what each answer brings, so that a copy of the headers need not grow.
        headers.insert(REQUEST_ID, HeaderValue::from_static("-"));
        headers.insert(ETAG, HeaderValue::from_static("-"));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
        let hash = hex::encode(&Sha256::digest(&body)[..8]);
        let packs = body.len() >= SMALLEST_PACKED && is_text(&headers);
        let packed = || if packs { OnceLock::new() } else { OnceLock::from(None) };
        Ready {
            edition,
            is_page: reading::is_page(&headers),
            until: Instant::now() + LONGEST,
            gzip: packed(),
            brotli: packed(),
            plain: Packed { bytes: body, tag: tag(&hash, "") },
            hash,
            headers,
        }
    }

    fn packed<'a>(
        &'a self,
        kept: &'a OnceLock<Option<Packed>>,
        pack: fn(&[u8]) -> Option<Vec<u8>>,
        ending: &str,
    ) -> Option<&'a Packed> {
        let made = kept.get_or_init(|| {
            let bytes = pack(&self.plain.bytes).filter(|bytes| bytes.len() < self.plain.bytes.len())?;
            Some(Packed { bytes: bytes.into(), tag: tag(&self.hash, ending) })
        });
        made.as_ref()
    }

    /// The answer in the encoding the browser reads, or that its copy still holds.
    fn answer(&self, parts: &Parts) -> Response {
        let accepted =
            parts.headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let reads = |name: &str| {
            accepted.split(',').any(|one| {
                let mut words = one.split(';').map(str::trim);
                words.next() == Some(name)
                    && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        let brotli = || self.packed(&self.brotli, brotli, "-br").map(|one| ("br", one));
        let gzip = || self.packed(&self.gzip, gzip, "-gz").map(|one| ("gzip", one));
        let chosen = reads("br").then(brotli).flatten().or_else(|| reads("gzip").then(gzip).flatten());
        let (encoding, packed) = chosen.map_or((None, &self.plain), |(name, packed)| (Some(name), packed));
        let known =
            parts.headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let tag = packed.tag.to_str().unwrap_or_default();
        let is_fresh = known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
        let mut response = if is_fresh || parts.method == Method::HEAD {
            Response::new(Body::empty())
        } else {
            Response::new(Body::from(packed.bytes.clone()))
        };
        *response.headers_mut() = self.headers.clone();
        let headers = response.headers_mut();
        headers.insert(ETAG, packed.tag.clone());
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if is_fresh {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_ENCODING);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else if parts.method == Method::HEAD {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(packed.bytes.len()));
        }
        response
    }
}

fn tag(hash: &str, ending: &str) -> HeaderValue {
    HeaderValue::try_from(format!("\"{hash}{ending}\"")).unwrap_or(HeaderValue::from_static("\"-\""))
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.contains("json") || kind.contains("xml")
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 20, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings).ok()?;
    Some(packed)
}
