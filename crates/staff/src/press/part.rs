//! What other units are asked, and what they do about it.

use app::ActionError;
use app::press::{self, NewPart};
use domain::id::{CaseId, PartId};
use domain::press::part::Event;
use web_kit::component::{Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::act::{day_of, units};
use super::form::Page;
use super::{PATH, part_event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

const BOARD: &str = "/press/work";

/// A new question for a unit, for a request or apart from any.
async fn draw(staff: &Staff, case: Option<CaseId>, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "unit_0", t.text("press_part.unit"), Kind::Select(units(staff).await?))
            .required(),
        Field::new(state, t, "question_0", t.text("press_part.question"), Kind::Text(4)).required(),
        Field::new(state, t, "due_0", t.text("press_part.due"), Kind::Day)
            .help(t.text("press_part.due_help")),
    ];
    let (action, back) = match case {
        Some(id) => (format!("{}/ask", path(id)), path(id)),
        None => ("/press/ask".to_owned(), BOARD.to_owned()),
    };
    let form =
        FormPart::new(staff, (action, t.text("press_part.ask")), (state, key), fields).back(back.clone());
    let below = case.map(|_| (t.text("press_page.one").to_owned(), back));
    Page::new(staff, (t.text("press_part.ask"), t.text("press_part.lead")), below, form).draw(state)
}

pub(super) async fn new(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    draw(&staff, Some(id), &FormState::new(), None).await
}

pub(super) async fn new_apart(staff: Staff) -> PageResult {
    draw(&staff, None, &FormState::new(), None).await
}

pub(super) async fn ask(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    save(staff, Some(id), sent).await
}

pub(super) async fn ask_apart(staff: Staff, sent: Fields) -> PageResult {
    save(staff, None, sent).await
}

async fn save(staff: Staff, case: Option<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&["unit_0", "question_0", "due_0"])?;
    let due_on = day_of(&mut state, "due_0");
    if !state.has_errors() {
        let new =
            NewPart { unit: state.value("unit_0").parse().ok(), question: state.text("question_0"), due_on };
        let worker = staff.clone();
        let work = async move {
            worker.run(move |app, actor| press::ask(app, actor, case, &new)).await?;
            Ok::<_, ActionError>(case.map_or_else(|| format!("{BOARD}?all=1"), path))
        };
        match staff.state.once(key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("press_part.sent"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw(&staff, case, &state, key.as_ref()).await
}

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

/// What a unit was asked.
async fn find(staff: &Staff, id: PartId) -> Result<press::PartRow, Fault> {
    staff.run(move |app, actor| press::part(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path((id, word)): Path<(PartId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let part = find(&staff, id).await?;
    let state =
        FormState::of([("words", if event == Event::Deliver { part.answer.clone() } else { String::new() })]);
    draw_act(&staff, &part, event, &state)
}

fn draw_act(staff: &Staff, part: &press::PartRow, event: Event, state: &FormState) -> PageResult {
    let t = staff.t();
    let fields = match event {
        Event::Accept => Vec::new(),
        Event::Deliver => vec![
            Field::new(state, t, "words", t.text("press_part.answer"), Kind::Text(8)).max(20_000).required(),
        ],
        Event::Decline | Event::Return | Event::Waive => {
            vec![
                Field::new(state, t, "words", t.text("press_act.reason"), Kind::Text(3))
                    .max(2_000)
                    .required(),
            ]
        }
    };
    let name = part_event_name(t, event);
    let back = part.case.map_or_else(|| BOARD.to_owned(), path);
    let form = FormPart::new(
        staff,
        (format!("{PATH}/parts/{}/{}", part.id, event.word()), name),
        (state, None),
        fields,
    )
    .hidden("version", part.version.to_string())
    .back(back.clone());
    let lead = t.text(&format!("press_part.act.{}", event.word()));
    let below = part.case.map(|_| (t.text("press_page.one").to_owned(), back));
    Page::new(staff, (name, lead), below, form)
        .panel((t.text("press_part.question"), part.question.clone()))
        .draw(state)
}

pub(super) async fn act(staff: Staff, Path((id, word)): Path<(PartId, String)>, sent: Fields) -> PageResult {
    let event = event_of(&word)?;
    let mut state = sent.only(&["version", "words"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let words = state.text("words");
    let done =
        staff.run(move |app, actor| press::act_on_part(app, actor, (id, version), event, &words)).await;
    match done {
        Ok(case) => {
            let path = case.map_or_else(|| BOARD.to_owned(), path);
            return Ok(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")));
        }
        Err(ActionError::Refused(code @ ("part_no_reason" | "part_empty"))) => {
            state.refuse(FieldError::new("words", &format!("refusal.{code}")));
        }
        Err(error) => refusal::keep(&mut state, error)?,
    }
    let part = find(&staff, id).await?;
    draw_act(&staff, &part, event, &state)
}
