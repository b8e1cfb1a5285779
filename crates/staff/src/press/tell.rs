//! Noting that a cleared answer was said: when, and where or through what.

use app::press::{self, Shown, Telling};
use app::{Actor, App};
use domain::id::CaseId;
use domain::press::workflow::Event;
use web_kit::PageResult;
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path};

use super::act::{below, carry_out, load, stands_against, version};
use super::conference::instant_of;
use super::form::{Page, refused};
use super::{event_name, path, show};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::show_day;

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    if let Some(reason) = stands_against(&staff, &shown, Event::Tell) {
        return refused(&staff, (event_name(staff.t(), Event::Tell), reason), below(&shown));
    }
    let now = show_day::instant(staff.state.app.now());
    let (day, time) = now.split_once(' ').unwrap_or_default();
    let state = FormState::of([("told_on", day.to_owned()), ("told_time", time.to_owned())]);
    draw(&staff, &shown, &state, None)
}

fn draw(staff: &Staff, shown: &Shown, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let field =
        |name: &str, kind: Kind| Field::new(state, t, name, t.text(&format!("press_tell.{name}")), kind);
    let fields = vec![
        field("told_on", Kind::Day).required(),
        field("told_time", Kind::Line("text")).required(),
        field("place", Kind::Line("text")).help(t.text("press_tell.place_help")).max(200).required(),
    ];
    let label = event_name(t, Event::Tell);
    let form = FormPart::new(staff, (format!("{}/tell", path(shown.row.id)), label), (state, key), fields)
        .hidden("version", shown.row.version.to_string())
        .back(path(shown.row.id));
    Page::new(staff, (label, t.text("press_tell.lead")), Some(below(shown)), form)
        .about((t.text("press_act.letter"), show::letter_facts(t, shown)), Vec::new())
        .panel((t.text("press_page.answer"), shown.row.request.answer.text.clone()))
        .panels_first()
        .draw(state)
}

pub(super) async fn tell(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&["version", "told_on", "told_time", "place"])?;
    let version = version(&state)?;
    let at = instant_of(&mut state, "told");
    if !state.has_errors() {
        let telling = Telling { at, place: state.line("place") };
        let work = move |app: &App, actor: &Actor| press::tell(app, actor, (id, version), &telling);
        if let Some(done) = carry_out(&staff, id, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    draw(&staff, &load(&staff, id).await?, &state, key.as_ref())
}
