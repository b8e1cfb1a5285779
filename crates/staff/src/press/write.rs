//! Writing the answer. Two people at once: the second keeps what was typed and sees what the first saved.

use app::ActionError;
use app::press::{self, Shown, Source};
use domain::id::CaseId;
use domain::press::request::{Answer, LONGEST_ANSWER};
use domain::press::workflow::Event;
use web_kit::component::{Choice, Difference, Field, Kind};
use web_kit::form::{FieldError, Fields, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::act::{below, changed, stands_against};
use super::form::{Page, refused};
use super::{choices, event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// What the words of choices begin with.
const TEMPLATE: &str = "template:";
const ANSWER: &str = "answer:";

async fn load(staff: &Staff, id: CaseId) -> Result<Shown, Fault> {
    staff.run(move |app, actor| press::show(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    if let Some(reason) = stands_against(&staff, &shown, Event::Write) {
        return refused(&staff, (event_name(staff.t(), Event::Write), reason), below(&shown));
    }
    let answer = &shown.row.request.answer;
    let form =
        if answer.form.is_empty() { "press_release_or_written".to_owned() } else { answer.form.clone() };
    let state = FormState::of([
        ("text", answer.text.clone()),
        ("form", form),
        ("ground", answer.ground.clone()),
        ("speaker", answer.speaker.clone()),
    ]);
    draw(&staff, &shown, &state, None).await
}

/// What can be put into the answer: texts that answers begin with, then what was answered before on the same subject.
async fn sources(staff: &Staff, shown: &Shown) -> Result<Vec<Choice>, Fault> {
    let found = staff.run(press::reply_templates).await.map_err(refusal::fault)?;
    let templates = found.iter().filter(|row| row.is_active);
    let mut sources: Vec<Choice> =
        templates.map(|row| Choice::new(format!("{TEMPLATE}{}", row.id), row.title.clone())).collect();
    sources.extend(shown.said_before.iter().map(|row| {
        let label = format!("{}: {}", row.number, row.request.asked.subject);
        Choice::new(format!("{ANSWER}{}", row.id), label)
    }));
    Ok(sources)
}

fn source_of(word: &str) -> Option<Source> {
    match (word.strip_prefix(TEMPLATE), word.strip_prefix(ANSWER)) {
        (Some(id), _) => id.parse().ok().map(Source::Template),
        (_, Some(id)) => id.parse().ok().map(Source::Answer),
        _ => None,
    }
}

/// What others changed since the version the person began with: who last, when, and the difference.
async fn theirs(staff: &Staff, id: CaseId, began: i64) -> Result<Option<(String, Difference)>, Fault> {
    let (_, drafts) =
        staff.run(move |app, actor| press::drafts(app, actor, id)).await.map_err(refusal::fault)?;
    let base = drafts.iter().rfind(|draft| draft.version <= began).map_or("", |draft| draft.text.as_str());
    let Some(last) = drafts.last().filter(|draft| draft.version > began) else { return Ok(None) };
    let who = format!("{}, {}", last.who, show_day::instant(last.at));
    Ok(Some((who, Difference::new(staff.t(), base, &last.text))))
}

/// Draws the form; `began` is the version the person began with when somebody else saved another one since.
async fn draw(staff: &Staff, shown: &Shown, state: &FormState, began: Option<i64>) -> PageResult {
    let t = staff.t();
    let sources = sources(staff, shown).await?;
    let today = staff.state.app.today();
    let speakers = staff.run(move |app, actor| press::speakers(app, actor, today)).await;
    let grounds = shown
        .grounds
        .iter()
        .map(|ground| Choice::new(ground.code.clone(), format!("{} ({})", ground.title, ground.basis)))
        .collect();
    let most = u32::try_from(LONGEST_ANSWER).unwrap_or(u32::MAX);
    let mut fields = vec![
        Field::new(state, t, "text", t.text("press_write.text"), Kind::Text(14))
            .help(t.text("press_write.text_help"))
            .max(most)
            .required(),
        Field::new(state, t, "form", t.text("press_field.form"), Kind::Select(choices(t, "reply_form")))
            .required(),
        Field::new(state, t, "speaker", t.text("press_field.speaker"), Kind::Line("text"))
            .max(100)
            .suggest(speakers.map_err(refusal::fault)?),
        Field::new(state, t, "ground", t.text("press_field.ground"), Kind::Select(grounds))
            .help(t.text("press_write.ground_help")),
    ];
    let has_sources = !sources.is_empty();
    if has_sources {
        fields.insert(
            0,
            Field::new(state, t, "source", t.text("press_write.source"), Kind::Select(sources))
                .help(t.text("press_write.source_help")),
        );
    }
    let mut form = FormPart::new(
        staff,
        (format!("{}/write", path(shown.row.id)), t.text("action.save")),
        (state, None),
        fields,
    )
    .hidden("version", shown.row.version.to_string())
    .back(path(shown.row.id));
    if has_sources {
        form = form.second("insert", t.text("press_write.insert"));
    }
    let below = Some((shown.row.request.asked.subject.clone(), path(shown.row.id)));
    let mut page = Page::new(staff, (event_name(t, Event::Write), t.text("press_write.lead")), below, form);
    if let Some(began) = began
        && let Some((who, difference)) = theirs(staff, shown.row.id, began).await?
    {
        page = page
            .changed(who, difference)
            .panel((t.text("press_write.theirs"), shown.row.request.answer.text.clone()));
    }
    page = page.panel((t.text("press_field.questions"), shown.row.request.asked.questions.clone()));
    for (part, _) in &shown.parts {
        if part.state == domain::press::part::State::Delivered {
            let unit = shown.tree.get(part.unit).map_or("", |unit| unit.name.as_str());
            page = page.panel((t.text("press_part.answer"), format!("{unit}: {}", part.answer)));
        }
    }
    page.draw(state)
}

pub(super) async fn save(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let mut state = sent.only(&["version", "text", "form", "ground", "speaker", "source", "insert"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    if !state.value("insert").is_empty() {
        return insert(&staff, id, &state).await;
    }
    let answer = Answer {
        text: state.text("text"),
        form: state.value("form").to_owned(),
        ground: state.value("ground").to_owned(),
        speaker: state.line("speaker"),
    };
    let done = staff.run(move |app, actor| press::write(app, actor, (id, version), &answer)).await;
    let mut began = None;
    match done {
        Ok(()) => {
            return Ok(redirect_with_notice(&staff.visitor, &path(id), key!("press_write.saved")));
        }
        Err(ActionError::Stale) => began = Some(version),
        Err(error) => refusal::keep(&mut state, error)?,
    }
    let shown = load(&staff, id).await?;
    if began.is_some() {
        state.conflict(changed(staff.t(), &shown));
    }
    draw(&staff, &shown, &state, began).await
}

/// Shows the form again with what was chosen added to what was typed; nothing is saved.
async fn insert(staff: &Staff, id: CaseId, state: &FormState) -> PageResult {
    let Some(source) = source_of(state.value("source")) else {
        let mut state = state.clone();
        state.refuse(FieldError::new("source", key!("invalid.required")));
        let shown = load(staff, id).await?;
        return draw(staff, &shown, &state, None).await;
    };
    let added = staff.run(move |app, actor| press::from_library(app, actor, id, source)).await;
    let typed = state.text("text");
    let gap = if typed.trim().is_empty() { "" } else { "\n\n" };
    let state = FormState::of([
        ("text", format!("{typed}{gap}{}", added.map_err(refusal::fault)?)),
        ("form", state.value("form").to_owned()),
        ("ground", state.value("ground").to_owned()),
        ("speaker", state.value("speaker").to_owned()),
    ]);
    let shown = load(staff, id).await?;
    draw(staff, &shown, &state, None).await
}
