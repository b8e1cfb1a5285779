//! Writing down a request that came by letter or in person. The code of its page is told once, to be handed on.

use app::ActionError;
use app::data_request::{self, Intake, LONGEST_DETAILS};
use askama::Template;
use domain::data_request::{Channel, Kind as Asking};
use web_kit::chrome::Chrome;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{Fields, FormKey, FormState};
use web_kit::page::page;
use web_kit::{Cache, PageResult};

use super::{PATH, crumbs, kind_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::press::form::Page;
use crate::press::instant_of;
use crate::{refusal, show_day};

const NAMES: [&str; 7] = ["kind", "channel", "name", "contact", "details", "received_on", "received_time"];

/// The code, told once.
#[derive(Template)]
#[template(path = "data_request/code.html")]
struct Told {
    chrome: Chrome,
    lead: &'static str,
    path: String,
    code: String,
}

/// The page with this title that tells a code: the address of the request, a line break, the code.
pub(super) fn tell(staff: &Staff, (title, lead): (&str, &'static str), done: &str) -> PageResult {
    let (path, code) = done.split_once('\n').unwrap_or((done, ""));
    let chrome = staff.chrome(title).under(crumbs(staff.t()));
    page(&Told { chrome, lead, path: path.to_owned(), code: code.to_owned() }, Cache::Private)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let instant = show_day::instant(staff.state.app.now());
    let (day, hour) = instant.split_once(' ').unwrap_or((&instant, ""));
    let state = FormState::of([("received_on", day.to_owned()), ("received_time", hour.to_owned())]);
    draw(&staff, &state, None)
}

fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let field = |name: &str, kind| Field::new(state, t, name, t.text(&format!("data_request.{name}")), kind);
    let kinds = Asking::ALL.map(|kind| Choice::new(kind.word(), kind_name(t, kind))).to_vec();
    let ways = [Channel::Letter, Channel::Visit]
        .map(|way| Choice::new(way.word(), t.text(&format!("data_request.channel.{}", way.word()))));
    let fields = vec![
        Field::new(state, t, "kind", t.text("data_request.asked"), Kind::Select(kinds)).required(),
        Field::new(state, t, "channel", t.text("data_request.channel_name"), Kind::Radios(ways.to_vec()))
            .required(),
        field("name", Kind::Line("text")).max(100).required(),
        field("contact", Kind::Line("text")).max(200).required(),
        field("details", Kind::Text(6)).max(LONGEST_DETAILS).required(),
        field("received_on", Kind::Day).required(),
        field("received_time", Kind::Line("text")).help(t.text("press_take.time_help")).required(),
    ];
    let title = (t.text("data_request.take"), t.text("data_request.take_lead"));
    let form = FormPart::new(staff, ("/data-requests/new", t.text("action.save")), (state, key), fields);
    Page::under(staff, title, crumbs(t), form.back(PATH)).draw(state)
}

pub(super) async fn take(staff: Staff, sent: Fields) -> PageResult {
    let t = staff.t();
    let key = sent.key.clone();
    let mut state = sent.only(&NAMES)?;
    let intake = Intake {
        kind: Asking::from_word(state.value("kind")),
        channel: Channel::from_word(state.value("channel")),
        name: state.line("name"),
        contact: state.line("contact"),
        details: state.text("details"),
        received_at: instant_of(&mut state, "received"),
    };
    if state.has_errors() {
        return draw(&staff, &state, key.as_ref());
    }
    let worker = staff.clone();
    let work = async move {
        let (id, code) = worker.run(move |app, actor| data_request::take(app, actor, &intake)).await?;
        Ok::<_, ActionError>(format!("{}\n{code}", path(id)))
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(done) => tell(&staff, (t.text("data_request.taken"), t.text("data_request.taken_lead")), &done),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref())
        }
    }
}
