//! An act on a request: asked for on a page of its own, so that it works without a script and is never done by
//! accident. Who clears sees the text there, and its digest goes with the form.

use app::press::{self, Act, Assignment, NewPart, Shown};
use app::rules::read_day;
use app::{ActionError, Actor, App};
use domain::id::CaseId;
use domain::press::workflow::{Event, Refusal};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, Language, PageResult};
use words::key;

use super::form::{Page, refused};
use super::{choices, event_name, path, show};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// How many units may be asked at once on the page of the assignment.
const PARTS: usize = 3;

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).filter(|event| !event.brings_more()).ok_or_else(Fault::not_found)
}

pub(super) async fn load(staff: &Staff, id: CaseId) -> Result<Shown, Fault> {
    staff.run(move |app, actor| press::show(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) fn below(shown: &Shown) -> (String, String) {
    (shown.row.request.asked.subject.clone(), path(shown.row.id))
}

pub(super) fn version(state: &FormState) -> Result<i64, Fault> {
    state.value("version").parse().map_err(|_| Fault::bad_request())
}

/// Does `work` once and leads back to the request; what stands against it is noted in the form.
pub(super) async fn carry_out<F>(
    staff: &Staff,
    id: CaseId,
    (state, key): (&mut FormState, Option<&FormKey>),
    work: F,
) -> Result<Option<axum::response::Response>, Fault>
where
    F: FnOnce(&App, &Actor) -> Result<(), ActionError> + Send + 'static,
{
    let worker = staff.clone();
    let done = staff.state.once(key, async move { worker.run(work).await.map(|()| path(id)) });
    match done.await {
        Ok(path) => Ok(Some(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")))),
        Err(ActionError::Refused("press_no_reason" | "part_no_reason")) => {
            state.refuse(FieldError::new("reason", key!("refusal.press_no_reason")));
            Ok(None)
        }
        // What was typed stays in the form, over the request as it stands now.
        Err(ActionError::Stale) => {
            state.conflict(changed(staff.t(), &load(staff, id).await?));
            Ok(None)
        }
        Err(error) => {
            refusal::keep(state, error)?;
            Ok(None)
        }
    }
}

/// What the second of two people is told: who did what, and when.
pub(super) fn changed(t: Language, shown: &Shown) -> FieldError {
    let Some((step, who)) = shown.steps.first() else {
        return FieldError::new("", key!("press_page.changed"));
    };
    FieldError::new("", key!("press_page.changed_by"))
        .with("who", crate::register::value::who(t, who))
        .with("what", t.text(&format!("press_step.{}", step.event)))
        .with("when", show_day::instant(step.taken_at))
}

pub(super) async fn open(staff: Staff, Path((id, word)): Path<(CaseId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let shown = load(&staff, id).await?;
    if let Some(reason) = stands_against(&staff, &shown, event) {
        return refused(&staff, (event_name(staff.t(), event), reason), below(&shown));
    }
    draw(&staff, &shown, event, &FormState::new(), None)
}

/// Why an act is not possible now, or not for this person; nothing for one that is.
pub(super) fn stands_against(staff: &Staff, shown: &Shown, event: Event) -> Option<&'static str> {
    let t = staff.t();
    let found = shown.buttons.iter().find(|(of, _)| *of == event);
    match found.map_or(Some(Refusal::NotNow), |(_, result)| result.err()) {
        Some(refusal) => Some(t.text(&format!("refusal.{}", refusal.code()))),
        None => super::show::frozen(t, shown, event),
    }
}

/// What an act is not possible without.
const fn required(event: Event) -> &'static [&'static str] {
    match event {
        Event::Decline | Event::SendBack | Event::Bypass | Event::Withdraw | Event::Pause => &["reason"],
        Event::Recheck => &["step", "reason"],
        Event::Extend => &["days", "reason"],
        _ => &[],
    }
}

/// What is asked for with an act.
fn fields(t: Language, shown: &Shown, event: Event, state: &FormState) -> Vec<Field> {
    let request = &shown.row.request;
    let reason =
        || Field::new(state, t, "reason", t.text("press_act.reason"), Kind::Text(3)).max(2_000).required();
    let document =
        || Field::new(state, t, "document", t.text("press_act.document"), Kind::Line("text")).max(200);
    match event {
        Event::Decline | Event::SendBack | Event::Bypass | Event::Withdraw => vec![reason()],
        Event::Recheck => {
            let steps = request.chain.iter().take(request.clearances.len()).enumerate();
            let steps =
                steps.map(|(index, step)| Choice::new(index.to_string(), step.title.clone())).collect();
            let step = Field::new(state, t, "step", t.text("press_act.step"), Kind::Radios(steps)).required();
            vec![step, reason()]
        }
        Event::Extend => {
            let days = Field::new(state, t, "days", t.text("press_act.days"), Kind::Number).required();
            let days = match shown.extension_most {
                Some(most) => days.help(t.fill("press_act.days_help", &[("most", &most)])),
                None => days,
            };
            vec![days, reason(), document()]
        }
        Event::Pause => vec![reason(), document()],
        _ => Vec::new(),
    }
}

fn draw(staff: &Staff, shown: &Shown, event: Event, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let request = &shown.row.request;
    let fields = fields(t, shown, event, state);
    let action = format!("{}/acts/{}", path(shown.row.id), event.word());
    let form = FormPart::new(staff, (action, event_name(t, event)), (state, key), fields)
        .hidden("version", shown.row.version.to_string())
        .hidden("digest", shown.digest.clone())
        .back(path(shown.row.id));
    let lead = t.text(&format!("press_act.{}", event.word()));
    let page = Page::new(staff, (event_name(t, event), lead), Some(below(shown)), form);
    // Who clears sees what is cleared, and what was said before on the same subject (B16).
    let said = shown.said_before.iter().map(|row| {
        let symbol = row.request.reply_symbol();
        format!("{symbol} – {}\n{}", row.request.asked.subject, row.request.answer.text)
    });
    let said = said.chain(shown.said_elsewhere.iter().map(|said| {
        let (link, told) = super::show::elsewhere(t, said);
        format!("{}\n{told}", link.label)
    }));
    let ground = shown.grounds.iter().find(|ground| ground.code == request.answer.ground);
    let ground = ground.map(|ground| format!("{} ({})", ground.title, ground.basis)).unwrap_or_default();
    let page = match event {
        Event::Endorse
        | Event::Clear
        | Event::Bypass
        | Event::SecondLook
        | Event::SendBack
        | Event::Recheck => {
            page.about((t.text("press_act.letter"), show::letter_facts(t, shown)), show::letters(t, shown))
        }
        _ => page,
    };
    page.panel((t.text("press_field.questions"), request.asked.questions.clone()))
        .panel((t.text("press_page.answer"), request.answer.text.clone()))
        .panel((t.text("press_field.ground"), ground))
        .panel((t.text("press_page.said_before"), said.collect::<Vec<_>>().join("\n\n")))
        .panels_first()
        .draw(state)
}

/// Carries an act out.
pub(super) async fn act(staff: Staff, Path((id, word)): Path<(CaseId, String)>, sent: Fields) -> PageResult {
    let event = event_of(&word)?;
    let key = sent.key.clone();
    let mut state = sent.only(&["version", "digest", "reason", "document", "days", "step"])?;
    let version = version(&state)?;
    let days = state.line("days");
    state.refuse_empty(required(event).iter().copied());
    if !days.is_empty() && days.parse::<u32>().is_err() {
        state.refuse(FieldError::new("days", key!("invalid.not_a_count")).with("value", &days));
    }
    if !state.has_errors() {
        let act = Act {
            reason: state.text("reason"),
            document: state.line("document"),
            days: days.parse().unwrap_or(0),
            step: state.value("step").parse().ok(),
            shown_digest: Some(state.value("digest").to_owned()),
        };
        let work = move |app: &App, actor: &Actor| press::act(app, actor, (id, version), event, &act);
        if let Some(done) = carry_out(&staff, id, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    let shown = load(&staff, id).await?;
    draw(&staff, &shown, event, &state, key.as_ref())
}

// Assigning: who leads, who helps, what it is in law.

pub(super) async fn open_assign(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    let asked = &shown.row.request.asked;
    let state = FormState::of([
        ("legal_kind", asked.legal_kind.clone()),
        ("lead", shown.row.request.lead.map(|unit| unit.to_string()).unwrap_or_default()),
    ]);
    draw_assign(&staff, &shown, &state, None).await
}

pub(super) async fn units(staff: &Staff) -> Result<Vec<Choice>, Fault> {
    let units = staff.run(|app, actor| press::units(app, actor)).await.map_err(refusal::fault)?;
    let t = staff.t();
    let choice = |unit: press::Assignee| {
        let label = if unit.has_account {
            unit.name
        } else {
            format!("{} ({})", unit.name, t.text("press_page.no_account"))
        };
        Choice::new(unit.id.to_string(), label)
    };
    Ok(units.into_iter().map(choice).collect())
}

async fn draw_assign(staff: &Staff, shown: &Shown, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let units = units(staff).await?;
    let select =
        |name: &str, label: &str, of: &[Choice]| Field::new(state, t, name, label, Kind::Select(of.to_vec()));
    let mut fields = vec![
        select("legal_kind", t.text("press_field.legal_kind"), &choices(t, "legal_kind")).required(),
        select("lead", t.text("press_field.lead"), &units).required(),
    ];
    for index in 0..PARTS {
        let number = index + 1;
        let label = |key: &str| t.fill(key, &[("number", &number)]);
        fields.push(select(&format!("unit_{index}"), &label("press_part.unit_n"), &units));
        fields.push(Field::new(
            state,
            t,
            &format!("question_{index}"),
            &label("press_part.question_n"),
            Kind::Text(2),
        ));
        fields.push(
            Field::new(state, t, &format!("due_{index}"), &label("press_part.due_n"), Kind::Day)
                .help(t.text("press_part.due_help")),
        );
    }
    fields.push(Field::new(state, t, "note", t.text("press_act.note"), Kind::Text(3)).max(2_000));
    let action = format!("{}/assign", path(shown.row.id));
    let form = FormPart::new(staff, (action, event_name(t, Event::Assign)), (state, key), fields)
        .hidden("version", shown.row.version.to_string())
        .back(path(shown.row.id));
    Page::new(staff, (event_name(t, Event::Assign), t.text("press_act.assign")), Some(below(shown)), form)
        .panel((t.text("press_field.questions"), shown.row.request.asked.questions.clone()))
        .draw(state)
}

/// The day of a field that may be empty; one that cannot be read is noted.
pub(super) fn day_of(state: &mut FormState, name: &str) -> Option<domain::time::Day> {
    let typed = state.line(name);
    let day = read_day(&typed);
    if day.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new(name, key!("form.not_a_day")));
    }
    day
}

pub(super) async fn assign(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let own: Vec<String> = (0..PARTS)
        .flat_map(|index| ["unit", "question", "due"].map(|name| format!("{name}_{index}")))
        .collect();
    let names: Vec<&str> =
        ["version", "legal_kind", "lead", "note"].into_iter().chain(own.iter().map(String::as_str)).collect();
    let mut state = sent.only(&names)?;
    let version = version(&state)?;
    let mut parts = Vec::new();
    for index in 0..PARTS {
        let due_on = day_of(&mut state, &format!("due_{index}"));
        let unit = state.value(&format!("unit_{index}")).parse().ok();
        let question = state.text(&format!("question_{index}"));
        if unit.is_some() || !question.is_empty() || due_on.is_some() {
            parts.push(NewPart { unit, question, due_on });
        }
    }
    if !state.has_errors() {
        let assignment = Assignment {
            lead: state.value("lead").parse().ok(),
            legal_kind: state.value("legal_kind").to_owned(),
            parts,
            note: state.text("note"),
        };
        let work = move |app: &App, actor: &Actor| press::assign(app, actor, (id, version), &assignment);
        if let Some(done) = carry_out(&staff, id, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    let shown = load(&staff, id).await?;
    draw_assign(&staff, &shown, &state, key.as_ref()).await
}
