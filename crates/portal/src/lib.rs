//! The public pages. No page here knows a person: each takes what the browser sent, asks an action of `app` that
//! needs no actor, and draws the answer. What is public is decided below, in one place (`app::public`).
//!
//! - [`home`] at `/`; [`list`] and [`item`] below the address part of each kind (`/tin-tuc`, `/van-ban`, …);
//! - `search` at `/tim-kiem`;
//! - [`feed`]: RSS, Atom, podcast; [`file`](mod@file) at `/tep/`; [`site_map`];
//! - [`programme`] of the station at `/ban-tin/chuong-trinh`;
//! - [`proof`] at `/so-lieu/{code}`, where the QR code of a report leads;
//! - [`calculator`] at `/thoi-han`;
//! - [`notice`]: errors that readers report at `/gop-y`;
//! - [`data_request`]: requests of people about their own data at `/du-lieu-ca-nhan`;
//! - [`press`]: requests of reporters at `/yeu-cau-bao-chi`;
//! - [`look`]: colours and picture of the site, as the administrator chose them;
//! - [`about`] at `/tro-nang`, `/gioi-thieu`, `/quyen-rieng-tu`, `/robots.txt`, `/.well-known/security.txt`.

pub mod about;
mod ask;
pub mod calculator;
pub mod conference;
pub mod contact;
pub mod data_request;
mod document;
pub mod feed;
pub mod file;
mod frame;
pub mod home;
pub mod item;
mod link;
pub mod list;
pub mod look;
mod lost;
mod meta;
pub mod notice;
pub mod open_data;
pub mod press;
pub mod preview;
pub mod programme;
pub mod proof;
pub mod reading;
mod search;
pub mod site_map;
mod story;
mod unchanged;

use app::App;
use axum::routing::{get, post};
use axum::{Router, middleware};
use domain::publication::Kind;
use web_kit::page::redirect;

/// The public pages, and the page for addresses that lead nowhere.
pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .route("/", get(home::show))
        .route(feed::PODCAST, get(feed::podcast))
        .route(programme::PATH, get(programme::of_day))
        .route("/xem-truoc/{token}", get(preview::show))
        .route("/xem-truoc/{token}/{digest}/{name}", get(preview::file))
        .route(search::PATH, get(search::show))
        .route(search::SUGGESTIONS, get(search::suggestions))
        .route(link::OPEN_DATA, get(open_data::show))
        .route("/du-lieu-mo/{name}", get(open_data::file))
        .route("/mau-sac/{name}", get(look::colours))
        .route("/bieu-trung/{name}", get(look::logo))
        .route("/tep/{digest}/{name}", get(file::show))
        .route(notice::PATH, get(notice::show).post(notice::send))
        .route(notice::RECEIPT, get(notice::receipt))
        .route(data_request::PATH, get(data_request::show).post(data_request::send))
        .route(data_request::STATUS, get(data_request::status))
        .route(press::PATH, get(press::show).post(press::send))
        .route(press::STATUS, get(press::status))
        .route(press::FOLLOW, post(press::follow))
        .route(press::RATE, post(press::rate))
        .route(press::COMPLAIN, post(press::complain))
        .route(press::LETTER, get(press::letter))
        .route(link::CONTACT, get(contact::show))
        .route(conference::PATH, get(conference::show))
        .route(conference::CALENDAR, get(conference::calendar))
        .route(link::SITE_MAP, get(site_map::tree))
        .route("/sitemap.xml", get(site_map::index))
        .route("/sitemap/{name}", get(site_map::part))
        .route("/so-lieu/{code}", get(proof::show))
        .route("/so-lieu/{code}/so-lieu.json", get(proof::json))
        .route(calculator::PATH, get(calculator::show))
        .route(about::ACCESSIBILITY, get(about::accessibility))
        .route(about::ABOUT, get(about::about))
        .route(about::PRIVACY, get(about::privacy))
        .route("/robots.txt", get(about::robots))
        .route("/.well-known/security.txt", get(about::security))
        .route("/dang-nhap", get(|| async { redirect("/sign-in") }));
    for kind in Kind::ALL {
        let path = kind.spec().path;
        router = router
            .route(&format!("/{path}"), list::of(kind))
            .route(&format!("/{path}/rss.xml"), feed::of(kind, feed::Form::Rss))
            .route(&format!("/{path}/atom.xml"), feed::of(kind, feed::Form::Atom))
            .route(&format!("/{path}/{{name}}"), item::of(kind));
    }
    router
        .layer(middleware::from_fn_with_state(app.clone(), lost::instead))
        .layer(middleware::from_fn(unchanged::answer))
        .fallback(lost::show)
        .with_state(app)
}
