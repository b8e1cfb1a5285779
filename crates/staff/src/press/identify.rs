//! Who asks: confirmed by somebody, who says how and where they are reached. The code that takes the place of the one
//! given out before is shown once.

use app::ActionError;
use app::press::{self, Identification, Shown};
use domain::access::Capability;
use domain::id::CaseId;
use domain::press::request::Identity;
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::act::{below, load, version};
use super::form::Page;
use super::path;
use super::take::{Taken, identities};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    let state = FormState::of([
        ("identity", shown.row.request.asked.identity.word().to_owned()),
        ("contact", shown.row.confirmed_contact.clone()),
    ]);
    draw(&staff, &shown, &state, None)
}

fn draw(staff: &Staff, shown: &Shown, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "identity", t.text("press_field.identity"), Kind::Select(identities(t)))
            .required(),
        Field::new(state, t, "contact", t.text("press_field.confirmed_contact"), Kind::Line("text"))
            .help(t.text("press_act.contact_help"))
            .max(200),
        Field::new(state, t, "note", t.text("press_act.how"), Kind::Text(2))
            .help(t.text("press_act.how_help"))
            .max(2_000)
            .required(),
    ];
    let action = format!("{}/identify", path(shown.row.id));
    let form = FormPart::new(staff, (action, t.text("action.save")), (state, key), fields)
        .hidden("version", shown.row.version.to_string())
        .back(path(shown.row.id));
    let title = (t.text("press.event.identify"), t.text("press_act.identify"));
    let page = Page::new(staff, title, Some(below(shown)), form);
    // What the sender says of themselves is what is to be confirmed.
    let said = if staff.may(Capability::ReadPersonalData) {
        [&shown.row.reporter, &shown.row.contact, &shown.row.card].map(String::as_str).join("\n")
    } else {
        String::new()
    };
    page.panel((t.text("press_act.said"), said)).draw(state)
}

pub(super) async fn identify(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let t = staff.t();
    let key = sent.key.clone();
    let mut state = sent.only(&["version", "identity", "contact", "note"])?;
    let version = version(&state)?;
    let found = Identification {
        identity: Identity::from_word(state.value("identity")).ok_or_else(Fault::bad_request)?,
        contact: state.line("contact"),
        note: state.text("note"),
    };
    let worker = staff.clone();
    let work = async move {
        let code = worker.run(move |app, actor| press::identify(app, actor, (id, version), &found)).await?;
        Ok::<_, ActionError>(match code {
            Some(code) => format!("{}\n{code}", path(id)),
            None => path(id),
        })
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(done) if done.contains('\n') => {
            let words = (t.text("press_act.identified"), t.text("press_act.new_code"));
            Taken::draw(&staff, words, &done)
        }
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("press_page.done"))),
        Err(error) => {
            refusal::keep(&mut state, error)?;
            let shown = load(&staff, id).await?;
            draw(&staff, &shown, &state, key.as_ref())
        }
    }
}
