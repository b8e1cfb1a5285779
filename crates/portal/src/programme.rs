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

/// How far readers can page before the first and after the last day that has a programme.
const BESIDE: i64 = 31;

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
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    lines: Vec<Line>,
}

/// Shows a day.
///
/// # Errors
/// Not found for what is no day, and for days far from every programme.
pub async fn of_day(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let today = app.today();
    let day: Day = match asked.ngay.trim() {
        "" => today,
        typed => typed.parse().map_err(|_| Fault::not_found())?,
    };
    let work = move |app: &App| Ok((programme::of_day(app, day)?, programme::days(app)?));
    let (frame, (shown, kept)) = frame::with(&app, &visitor, work).await?;
    let (first, last) = kept.map_or((today, today), |(first, last)| (first.min(today), last.max(today)));
    let span = time::days_later(first, -BESIDE)..=time::days_later(last, BESIDE);
    if !span.contains(&day) {
        return Err(Fault::not_found());
    }
    let t = frame.t();
    let beside = |days: i64| {
        let other = time::days_later(day, days);
        span.contains(&other).then(|| (show::day(t, other), of(other)))
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
