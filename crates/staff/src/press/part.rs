//! What other units are asked, and what they do about it.

use app::ActionError;
use app::press::{self, LONGEST_REMARK, NewPart, PartRow, ShownPart};
use askama::Template;
use domain::id::{CaseId, PartId};
use domain::press::part::{Event, State};
use domain::time;
use domain::unit::Tree;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Event as Happened, Fact, Facts, Field, Kind, Timeline, Tone};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult, show as words_of};
use words::key;

use super::act::{day_of, units};
use super::form::{Page, refused};
use super::{PATH, part_badge, part_event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

const BOARD: &str = "/press/work";

/// The page of a part: the talk about it.
pub(crate) fn part_path(id: PartId) -> String {
    format!("{PATH}/parts/{id}")
}

type People = std::collections::BTreeMap<String, String>;

/// A part as pages show it.
pub(super) struct PartLine {
    pub(super) unit: String,
    pub(super) badge: Badge,
    pub(super) question: String,
    /// What `answer` is: what was sent, or why it was declined or waived.
    pub(super) answer_label: &'static str,
    pub(super) answer: String,
    pub(super) facts: Facts,
    pub(super) acts: Vec<Link>,
}

pub(super) fn line(t: Language, part: &PartRow, events: &[Event], of: (&Tree, &People)) -> PartLine {
    let (tree, people) = of;
    let name = |word: &str| people.get(word).cloned().unwrap_or_else(|| word.to_owned());
    let mut facts = vec![
        Fact::new(
            t.text("press_part.asked"),
            format!("{}, {}", name(&part.asked_by), show_day::instant(part.asked_at)),
        ),
        Fact::new(t.text("press_part.due"), words_of::day(t, part.due_on)),
    ];
    if let (Some(person), Some(at)) = (&part.person, part.done_at) {
        let label = t.text(&format!("press_part.done.{}", part.state.word()));
        let done = Fact::new(label, format!("{}, {}", name(person), show_day::instant(at)));
        let is_late = time::day_of(at) > part.due_on;
        facts.push(if is_late { done.badge(Badge::new(Tone::Bad, t.text("press_list.late"))) } else { done });
    }
    PartLine {
        unit: tree.get(part.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
        badge: part_badge(t, part.state),
        question: part.question.clone(),
        answer_label: t.text(match part.state {
            State::Declined | State::Waived => "press_act.reason",
            State::Asked | State::Accepted | State::Delivered => "press_part.answer",
        }),
        answer: part.answer.clone(),
        facts: Facts::new(t, facts),
        acts: events
            .iter()
            .map(|event| {
                Link::new(part_event_name(t, *event), format!("{}/{}", part_path(part.id), event.word()))
            })
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "press/part.html")]
struct PartPage {
    chrome: Chrome,
    part: PartLine,
    remarks: Option<Timeline>,
    form: Option<FormPart>,
}

/// What a unit was asked, and what was said about it.
pub(super) async fn show(staff: Staff, Path(id): Path<PartId>) -> PageResult {
    let shown = find(&staff, id).await?;
    draw_part(&staff, &shown, &FormState::new(), None)
}

fn draw_part(staff: &Staff, shown: &ShownPart, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let most = u32::try_from(LONGEST_REMARK).unwrap_or(u32::MAX);
    let field = || {
        Field::new(state, t, "words", t.text("press_part.remark"), Kind::Text(3))
            .help(t.text("press_part.remark_help"))
            .max(most)
            .required()
    };
    let own = part_path(shown.row.id);
    let form = shown.may_discuss.then(|| {
        let label = t.text("press_part.remark_send");
        FormPart::new(staff, (own.clone(), label), (state, key), vec![field()])
    });
    let remark = |remark: &app::press::RemarkRow| Happened {
        when: show_day::instant(remark.said_at),
        datetime: remark.said_at.to_string(),
        title: shown.people.get(&remark.person).cloned().unwrap_or_else(|| remark.person.clone()),
        detail: remark.body.clone(),
        tone: Tone::Plain,
    };
    let remarks: Vec<_> = shown.remarks.iter().map(remark).collect();
    let mut crumbs = vec![Link::new(t.text("nav.press"), PATH)];
    crumbs.push(match (shown.row.case, &shown.case) {
        (Some(case), Some((number, subject))) => Link::new(format!("{number}: {subject}"), path(case)),
        _ => Link::new(t.text("nav.press_work"), BOARD),
    });
    let page = PartPage {
        chrome: staff.chrome(t.text("press_part.title")).under(crumbs),
        part: line(t, &shown.row, &shown.events, (&shown.tree, &shown.people)),
        remarks: (!remarks.is_empty()).then(|| Timeline::new(remarks)),
        form,
    };
    with_form(&page, state)
}

/// Says something about a part.
pub(super) async fn discuss(staff: Staff, Path(id): Path<PartId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&["words"])?;
    let words = state.text("words");
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| press::discuss(app, actor, id, &words)).await?;
        Ok::<_, ActionError>(part_path(id))
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("press_part.said"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            let shown = find(&staff, id).await?;
            draw_part(&staff, &shown, &state, key.as_ref())
        }
    }
}

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
async fn find(staff: &Staff, id: PartId) -> Result<ShownPart, Fault> {
    staff.run(move |app, actor| press::part(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path((id, word)): Path<(PartId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let found = find(&staff, id).await?;
    if let Some((_, refusal)) = found.refused.iter().find(|(of, _)| *of == event) {
        let t = staff.t();
        let reason = t.text(&format!("refusal.{}", refusal.code()));
        let below = (t.text("press_part.question").to_owned(), part_path(id));
        return refused(&staff, (part_event_name(t, event), reason), below);
    }
    let state = FormState::of([(
        "words",
        if event == Event::Deliver { found.row.answer.clone() } else { String::new() },
    )]);
    draw_act(&staff, &found, event, &state)
}

fn draw_act(staff: &Staff, found: &ShownPart, event: Event, state: &FormState) -> PageResult {
    let t = staff.t();
    let part = &found.row;
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
    let back = part.case.map_or_else(|| part_path(part.id), path);
    let form = FormPart::new(
        staff,
        (format!("{}/{}", part_path(part.id), event.word()), name),
        (state, None),
        fields,
    )
    .hidden("version", part.version.to_string())
    .back(back.clone());
    let lead = t.text(&format!("press_part.act.{}", event.word()));
    let below = found.case.as_ref().map(|(number, subject)| (format!("{number} {subject}"), back));
    // Which unit it is about stands in the title.
    let unit = found.tree.get(part.unit).map_or("", |unit| unit.name.as_str());
    Page::new(staff, (&format!("{name}: {unit}"), lead), below, form)
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
        Err(error) => {
            refusal::keep_over(&staff, &mut state, ("press_part", id.to_string()), error).await?;
        }
    }
    draw_act(&staff, &find(&staff, id).await?, event, &state)
}
