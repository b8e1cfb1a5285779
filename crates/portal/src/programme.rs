//! The programme of the station: one day on a page, the days before and after beside it.

use app::App;
use app::radio::programme::{self, Shown};
use askama::Template;
use axum::extract::{Query, State};
use domain::programme::write_time;
use domain::publication::Kind;
use domain::time::{self, Day};
use serde::Deserialize;
use web_kit::chrome::Link;
use web_kit::{Fault, Language, PageResult, Visitor, page, show};

use crate::frame::{self, Frame};
use crate::link;

/// Where it is: below the bulletins.
pub const PATH: &str = "/ban-tin/chuong-trinh";

/// What the address asks: `ngay`, a day as `2020-03-05`; today without.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ngay: String,
}

struct Line {
    time: String,
    title: String,
    /// The bulletin, while readers can open it.
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "programme.html")]
struct Page {
    frame: Frame,
    before: (String, String),
    after: (String, String),
    lines: Vec<Line>,
}

/// Shows a day.
///
/// # Errors
/// Not found for what is no day.
pub async fn of_day(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let today = app.today();
    let day: Day = match asked.ngay.trim() {
        "" => today,
        typed => typed.parse().map_err(|_| Fault::not_found())?,
    };
    let (frame, shown) = frame::with(&app, &visitor, move |app| programme::of_day(app, day)).await?;
    let t = frame.t();
    let beside = |days: i64| {
        let other = time::days_later(day, days);
        (show::day(t, other), of(other))
    };
    let title = t.fill("portal.programme.title", &[("day", &show::day(t, day))]);
    let mut frame = frame
        .title(title)
        .under(vec![Link::new(frame::kind_word(t, Kind::Bulletin), link::list(Kind::Bulletin))])
        .about(t.text("portal.programme.lead"));
    frame.canonical = visitor.site.absolute(&of(day));
    page(
        &Page {
            before: beside(-1),
            after: beside(1),
            lines: shown.iter().map(|shown| line(t, shown)).collect(),
            frame,
        },
        frame::SHARED,
    )
}

fn of(day: Day) -> String {
    link::with_query(PATH, &[("ngay", &day.to_string())])
}

fn line(t: Language, shown: &Shown) -> Line {
    let slot = &shown.slot;
    let href = shown.bulletin.as_ref().zip(slot.bulletin);
    Line {
        time: format!("{} – {}", write_time(slot.start), write_time(slot.end())),
        title: shown.title().unwrap_or(t.text("radio.bulletin")).to_owned(),
        href: href.map(|((_, slug), id)| app::publication::public_path(Kind::Bulletin, slug, id)),
    }
}
