//! Press conferences for readers and reporters: the coming ones with a calendar to subscribe to, the past ones.

use app::App;
use app::press::{self, ConferenceRow, Conferences};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::press::conference::State as Stage;
use domain::time;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use web_kit::chrome::Link;
use web_kit::ical::{self, Entry, Standing, When};
use web_kit::{Fault, PageResult, Visitor, page};

use crate::frame::{self, Frame};
use crate::link;

/// Where they are.
pub const PATH: &str = "/hop-bao";
/// The calendar of the coming ones.
pub const CALENDAR: &str = "/hop-bao/lich.ics";

/// A press conference as the page shows it.
struct Line {
    subject: String,
    when: String,
    datetime: String,
    place: String,
    chair: String,
    is_cancelled: bool,
}

#[derive(Template)]
#[template(path = "conference.html")]
struct Page {
    frame: Frame,
    coming: Vec<Line>,
    past: Vec<Line>,
    calendar: &'static str,
}

fn line(row: &ConferenceRow) -> Line {
    Line {
        subject: row.conference.subject.clone(),
        when: time::instant_in_table(row.starts_at),
        datetime: row.starts_at.to_string(),
        place: row.conference.place.clone(),
        chair: row.conference.chair.clone(),
        is_cancelled: row.state == Stage::Cancelled,
    }
}

/// Shows them.
///
/// # Errors
/// When the database gives no answer.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    let (frame, Conferences { coming, past }) =
        frame::with(&app, &visitor, press::public_conferences).await?;
    let t = frame.t();
    let frame = frame
        .title(t.text("portal.conference.title"))
        .under(vec![Link::new(t.text("portal.contact.title"), link::CONTACT)])
        .about(t.text("portal.conference.lead"));
    let [coming, past] = [coming, past].map(|rows| rows.iter().map(line).collect());
    page(&Page { frame, coming, past, calendar: CALENDAR }, frame::SHARED)
}

/// The calendar of the coming ones; those that were cancelled are marked so.
///
/// # Errors
/// When the database gives no answer.
pub async fn calendar(State(app): State<App>, visitor: Visitor) -> Result<Response, Fault> {
    let (frame, Conferences { coming, .. }) = frame::with(&app, &visitor, press::public_conferences).await?;
    let t = frame.t();
    let url = visitor.site.absolute(PATH);
    let entry = |row: &ConferenceRow| Entry {
        uid: format!("{}@phat-ngon", row.id),
        when: When::Between(row.starts_at, row.conference.ends_at(row.starts_at)),
        title: format!("{}: {}", t.text("conference.one"), row.conference.subject),
        place: row.conference.place.clone(),
        url: url.clone(),
        // Readers see none that is still to be notified.
        standing: if row.state == Stage::Cancelled { Standing::Cancelled } else { Standing::Confirmed },
        version: row.version,
    };
    let entries: Vec<Entry> = coming.iter().map(entry).collect();
    // Written anew for each change only: the same calendar has the same bytes.
    let made = coming.iter().map(|row| row.created_at).max().unwrap_or_default();
    let text = ical::calendar(t.text("portal.conference.title"), &entries, made);
    let headers = [(CONTENT_TYPE, ical::MEDIA_TYPE), (CACHE_CONTROL, "public, max-age=0, s-maxage=60")];
    Ok((headers, text).into_response())
}
