//! Answering what a reporter complained of.

use app::press::{self, Shown};
use app::{Actor, App};
use domain::id::CaseId;
use web_kit::PageResult;
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path};

use super::act::{below, carry_out, load, version};
use super::form::Page;
use super::{path, show};
use crate::gate::Staff;
use crate::part::FormPart;

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    draw(&staff, &shown, &FormState::new(), None)
}

fn draw(staff: &Staff, shown: &Shown, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let reply = Field::new(state, t, "reply", t.text("press_complaint.reply"), Kind::Text(6))
        .help(t.text("press_complaint.reply_help"))
        .max(press::LONGEST_COMPLAINT)
        .required();
    let action = format!("{}/complaint", path(shown.row.id));
    let form = FormPart::new(staff, (action, t.text("press_complaint.answer")), (state, key), vec![reply])
        .hidden("version", shown.row.version.to_string())
        .back(path(shown.row.id));
    let complaint = shown.row.request.open_complaint().map(|open| open.text.clone()).unwrap_or_default();
    let title = (t.text("press_complaint.answer"), t.text("press_complaint.lead"));
    Page::new(staff, title, Some(below(shown)), form)
        .about((t.text("press_act.letter"), show::letter_facts(t, shown)), show::letters(t, shown))
        .panel((t.text("press_complaint.title"), complaint))
        .panel((t.text("press_page.answer"), shown.row.request.answer.text.clone()))
        .draw(state)
}

pub(super) async fn answer(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&["version", "reply"])?;
    let version = version(&state)?;
    let reply = state.text("reply");
    let work = move |app: &App, actor: &Actor| press::answer_complaint(app, actor, (id, version), &reply);
    if let Some(done) = carry_out(&staff, id, (&mut state, key.as_ref()), work).await? {
        return Ok(done);
    }
    let shown = load(&staff, id).await?;
    draw(&staff, &shown, &state, key.as_ref())
}
