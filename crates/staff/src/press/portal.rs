//! Handing an answer on to the portal: what may be personal data is proposed to be covered, a person decides about each,
//! and sees the text as readers would. Without a script.

use app::press::{self, ForPortal};
use domain::id::CaseId;
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Language, PageResult};
use words::key;

use super::form::Page;
use super::path;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

/// Proposals that one page shows; an answer with more personal data than that is written anew.
const MOST: usize = 60;

fn name(number: usize) -> String {
    format!("hide-{number}")
}

/// What is to be covered, by what is ticked and typed.
fn hidden(state: &FormState, answer: &ForPortal) -> Vec<String> {
    let ticked = answer.proposed.iter().take(MOST).enumerate();
    let ticked = ticked.filter(|(number, _)| !state.value(&name(*number)).is_empty());
    let typed = state.text("more");
    let typed = typed.lines().map(str::to_owned).filter(|line| !line.is_empty());
    ticked.map(|(_, (_, it))| it.clone()).chain(typed).collect()
}

async fn load(staff: &Staff, id: CaseId, hidden: Vec<String>) -> Result<ForPortal, app::ActionError> {
    staff.run(move |app, actor| press::for_portal(app, actor, id, &hidden)).await
}

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let answer = load(&staff, id, Vec::new()).await.map_err(refusal::fault)?;
    let all: Vec<String> = (0..answer.proposed.len().min(MOST)).map(name).collect();
    let state = FormState::of(all.iter().map(|name| (name.as_str(), "on".to_owned())));
    draw(&staff, id, &state, None).await
}

async fn draw(staff: &Staff, id: CaseId, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let bare = load(staff, id, Vec::new()).await.map_err(refusal::fault)?;
    // What is wrong with what was typed is said above the form; the text is then shown with nothing covered.
    let shown = load(staff, id, hidden(state, &bare)).await.unwrap_or_else(|_| bare.clone());
    let mut fields: Vec<Field> = bare
        .proposed
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(number, (kind, it))| Field::new(state, t, &name(number), &label(t, *kind, it), Kind::Check))
        .collect();
    let none = if fields.is_empty() { "press_portal.nothing_found" } else { "press_portal.lead" };
    fields.push(
        Field::new(state, t, "more", t.text("press_portal.more"), Kind::Text(4))
            .help(t.text("press_portal.more_help"))
            .max(5_000),
    );
    let form = FormPart::new(
        staff,
        (format!("{}/portal", path(id)), t.text("press_portal.make")),
        (state, key),
        fields,
    )
    .second("look", t.text("press_portal.look"))
    .back(path(id));
    let below = Some((bare.subject.clone(), path(id)));
    Page::new(staff, (t.text("press_page.to_portal"), t.text(none)), below, form)
        .panel((
            t.text("press_portal.shown"),
            format!("{}\n\n{}\n\n{}", shown.title, shown.summary, shown.body),
        ))
        .panel((t.text("press_portal.covered"), t.fill("press_portal.places", &[("count", &shown.places)])))
        .draw(state)
}

fn label(t: Language, kind: Option<domain::redaction::Kind>, it: &str) -> String {
    let kind = kind.map_or("reporter", domain::redaction::Kind::word);
    format!("{}: {it}", t.text(&format!("redaction.{kind}")))
}

/// Begins the publication, or shows what it would be.
pub(super) async fn make(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let names: Vec<String> = (0..MOST).map(name).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["more", "look"]).collect();
    let mut state = sent.only(&known)?;
    let bare = load(&staff, id, Vec::new()).await.map_err(refusal::fault)?;
    if !state.value("look").is_empty() {
        return draw(&staff, id, &state, key.as_ref()).await;
    }
    let hidden = hidden(&state, &bare);
    let worker = staff.clone();
    let work = async move {
        worker
            .run(move |app, actor| press::to_portal(app, actor, id, &hidden))
            .await
            .map(crate::publication::path)
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("publication_page.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, &state, key.as_ref()).await
        }
    }
}
