//! Search over everything public, at `/tim-kiem`, and suggestions while typing. Answers are never kept: what people
//! look for is nobody else's, and what was withdrawn must be gone from the next answer.

mod ask;

use app::public::Status;
use app::search::{self, Answer, Facet, Found, Hit, Marked, Order, Suggestion};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::publication::Kind;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde_json::json;
use web_kit::chrome::Link;
use web_kit::component::{Badge, Data, Empty, Pager};
use web_kit::page::page_with;
use web_kit::{Cache, Fault, Language, PageResult, Visitor, show as shown};

use crate::ask::{status_of, status_word};
use crate::document;
use crate::frame::{self, Frame};

pub(crate) use ask::PATH;
use ask::{Asked, FACETS, ORDERS, PER_PAGE};

/// Where suggestions are.
pub(crate) const SUGGESTIONS: &str = "/tim-kiem/goi-y.json";
/// Suggestions given.
const SUGGESTED: usize = 8;
/// Values of a facet that are shown before one asks for more.
const FIRST_VALUES: usize = 7;
/// Values of a facet at most.
const MOST_VALUES: usize = 60;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    frame: Frame,
    asked: String,
    carried: Vec<(&'static str, String)>,
    dated: Vec<(&'static str, String)>,
    days: [String; 2],
    wrong_days: [bool; 2],
    suggested: Vec<Suggestion>,
    state: Shown,
    chips: Vec<Link>,
}

/// What stands below the box.
enum Shown {
    Preparing,
    Nothing(Empty),
    Results(Box<List>),
}

struct List {
    found: String,
    mended: Option<String>,
    partial: bool,
    cut: bool,
    meant: Option<Link>,
    orders: Vec<(Link, bool)>,
    lines: Vec<Line>,
    pager: Option<Pager>,
    is_deep: bool,
    facets: Vec<Choices>,
}

/// A result.
struct Line {
    kind: &'static str,
    href: String,
    title: Marked,
    symbol: Option<Marked>,
    excerpt: Marked,
    day: String,
    datetime: String,
    section: String,
    source: String,
    effect: Option<Badge>,
}

/// A facet to choose from.
struct Choices {
    label: &'static str,
    first: Vec<Choice>,
    more: Vec<Choice>,
}

struct Choice {
    label: String,
    href: String,
    count: String,
    is_chosen: bool,
}

/// The search page.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, asked: Asked) -> PageResult {
    let query = asked.query(app.today());
    let work = move |app: &App| {
        let answer = search::find(app, &query)?;
        let suggested = if query.text.is_empty() { Vec::new() } else { suggest(app, &query.text)? };
        Ok((answer, suggested))
    };
    let (frame, (answer, suggested)) = frame::with(&app, &visitor, work).await?;
    let page = draw(frame, &asked, answer, suggested);
    if matches!(page.state, Shown::Preparing) {
        let mut response = page_with(StatusCode::SERVICE_UNAVAILABLE, &page, Cache::Private)?;
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
        return Ok(response);
    }
    page_with(StatusCode::OK, &page, Cache::Private)
}

fn suggest(app: &App, typed: &str) -> Result<Vec<Suggestion>, ActionError> {
    search::suggest(app, typed, SUGGESTED)
}

/// What goes on as was typed: title, number and symbol, address.
pub(crate) async fn suggestions(State(app): State<App>, asked: Asked) -> Result<Response, Fault> {
    let found = app.run(move |app| suggest(app, &asked.text)).await.map_err(frame::fault)?;
    let lines: Vec<_> = found
        .iter()
        .map(|one| json!({ "title": one.title.text, "symbol": one.number_symbol, "href": one.url }))
        .collect();
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    Ok((headers, json!(lines).to_string()).into_response())
}

/// What programs are told of the search, on the first page.
pub(crate) fn json_ld(visitor: &Visitor, name: &str) -> Data {
    let target = format!("{}?q={{search_term_string}}", visitor.site.absolute(PATH));
    let action = json!({
        "@type": "SearchAction",
        "target": { "@type": "EntryPoint", "urlTemplate": target },
        "query-input": "required name=search_term_string",
    });
    let site = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": visitor.site.absolute("/"),
        "inLanguage": "vi",
        "potentialAction": action,
    });
    Data::new(&site.to_string())
}

fn draw(frame: Frame, asked: &Asked, answer: Answer, suggested: Vec<Suggestion>) -> Page {
    let t = frame.t();
    let title = if asked.text.is_empty() {
        t.text("portal.search.title").to_owned()
    } else {
        t.fill("portal.search.title_of", &[("words", &asked.text)])
    };
    let state = match answer {
        Answer::Preparing => Shown::Preparing,
        Answer::Found(found) if found.total == 0 => Shown::Nothing(nothing(t, asked)),
        Answer::Found(found) => Shown::Results(Box::new(list(t, asked, found))),
    };
    Page {
        frame: frame.title(title).under(Vec::new()).unlisted(),
        asked: asked.text.clone(),
        carried: asked.carried(&["q"]),
        dated: asked.carried(&["tu", "den"]),
        days: asked.days.clone(),
        wrong_days: asked.wrong_days(),
        suggested,
        chips: chips(t, asked),
        state,
    }
}

fn nothing(t: Language, asked: &Asked) -> Empty {
    if !asked.is_something() {
        return Empty::new(t.text("portal.list.nothing_yet"), t.text("portal.list.nothing_yet_text"));
    }
    let empty = Empty::new(t.text("portal.search.nothing"), t.text("portal.search.nothing_text"));
    if asked.is_narrowed() {
        let wider = Asked { text: asked.text.clone(), ..Asked::default() };
        return empty.action(Link::new(t.text("portal.search.everywhere"), wider.href()));
    }
    empty
}

/// What narrows, each with the search without it.
fn chips(t: Language, asked: &Asked) -> Vec<Link> {
    let mut chips = Vec::new();
    for (place, (facet, _)) in FACETS.iter().enumerate() {
        let value = &asked.values[place];
        if !value.is_empty() {
            chips.push(Link::new(value_word(t, *facet, value), asked.with_value(place, "").href()));
        }
    }
    for (place, key) in ["portal.search.since", "portal.search.until"].into_iter().enumerate() {
        if !asked.days[place].is_empty() && !asked.wrong_days()[place] {
            let mut without = Asked { page: 1, ..asked.clone() };
            without.days[place].clear();
            let day = asked.days[place].parse().map_or_else(|_| String::new(), |day| shown::day(t, day));
            chips.push(Link::new(t.fill(key, &[("day", &day)]), without.href()));
        }
    }
    chips
}

/// A value as people read it: kinds and states of effect have words, other values are texts.
fn value_word(t: Language, facet: Facet, value: &str) -> String {
    let known = match facet {
        Facet::Kind => Kind::from_path(value).map(|kind| frame::kind_word(t, kind)),
        Facet::Effect => status_of(value).map(|status| document::status(t, status)),
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}

fn list(t: Language, asked: &Asked, found: Found) -> List {
    let page = |number: u64| Asked { page: usize::try_from(number).unwrap_or(1), ..asked.clone() }.href();
    let size = PER_PAGE as u64;
    let reach = found.total.min(search::DEEPEST as u64);
    let meant = found.did_you_mean.as_ref().map(|words| {
        let other = Asked { text: words.clone(), page: 1, ..asked.clone() };
        Link::new(words.as_str(), other.href())
    });
    let has_words = !asked.text.is_empty();
    let orders = ORDERS.iter().filter(|(order, _)| has_words || *order != Order::Relevance);
    let key = |order: Order| match order {
        Order::Relevance => "portal.search.best_first",
        Order::Newest => "portal.search.newest_first",
        Order::Oldest => "portal.search.oldest_first",
    };
    let is_present = |order: Order| {
        order == asked.order || (!has_words && order == Order::Newest && asked.order == Order::Relevance)
    };
    let link = |order: Order| Link::new(t.text(key(order)), Asked { order, page: 1, ..asked.clone() }.href());
    List {
        found: t.counted("portal.search.found", found.total),
        mended: found
            .mended
            .as_ref()
            .map(|words| t.fill("portal.search.mended", &[("typed", &asked.text), ("words", words)])),
        partial: found.partial,
        cut: found.cut,
        meant,
        orders: orders.map(|(order, _)| (link(*order), is_present(*order))).collect(),
        pager: (reach > size).then(|| Pager::new(t, (asked.page as u64, size, reach), page)),
        is_deep: reach < found.total && asked.page as u64 * size >= reach,
        facets: FACETS.iter().enumerate().filter_map(|(place, _)| choices(t, asked, &found, place)).collect(),
        lines: found.hits.into_iter().map(|hit| line(t, hit)).collect(),
    }
}

fn line(t: Language, hit: Hit) -> Line {
    Line {
        kind: Kind::from_word(&hit.kind).map_or("", |kind| frame::kind_word(t, kind)),
        href: hit.path,
        title: hit.title,
        symbol: hit.symbol,
        excerpt: hit.excerpt,
        day: shown::day(t, hit.day),
        datetime: hit.day.to_string(),
        section: hit.section,
        source: hit.source,
        effect: hit.effect.map(|status| document::badge(t, status)),
    }
}

/// The values of a facet; none when there is nothing to choose.
fn choices(t: Language, asked: &Asked, found: &Found, place: usize) -> Option<Choices> {
    let (facet, _) = FACETS[place];
    let chosen = &asked.values[place];
    let counts = found.facets.get(&facet)?;
    if counts.len() < 2 && chosen.is_empty() {
        return None;
    }
    let choice = |count: &search::Count| {
        let value = match facet {
            Facet::Kind => Kind::from_word(&count.value).map_or("", |kind| kind.spec().path),
            Facet::Effect => Status::from_word(&count.value).map_or("", status_word),
            _ => count.value.as_str(),
        };
        let is_chosen = value == chosen
            || (!chosen.is_empty() && facet != Facet::Kind && domain::text::is_one_name(value, chosen));
        let next = if is_chosen { "" } else { value };
        Choice {
            label: value_word(t, facet, value),
            href: asked.with_value(place, next).href(),
            count: t.number(count.count),
            is_chosen,
        }
    };
    let mut first: Vec<Choice> = counts.iter().take(MOST_VALUES).map(choice).collect();
    // One value more than are shown first is no reason to hide it.
    let most = if first.len() <= FIRST_VALUES + 1 { first.len() } else { FIRST_VALUES };
    let more = first.split_off(most);
    let label = t.text(match facet {
        Facet::Kind => "portal.search.kind",
        Facet::DocumentType => "portal.list.type",
        Facet::Effect => "document_effect.title",
        Facet::Issuer => "portal.search.source",
        Facet::Year => "portal.list.year",
        Facet::Section | Facet::Field => "portal.list.section",
    });
    Some(Choices { label, first, more })
}
