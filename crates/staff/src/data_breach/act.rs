//! Writing a breach down, changing what is known, sending the notice, ending it. What was typed stays when it cannot be
//! done.

use app::data_breach::{self, AUTHORITY, LONGEST, Notice, Shown};
use app::{ActionError, Actor, App};
use domain::data_breach::{Event, Known, Refusal};
use domain::id::BreachId;
use web_kit::chrome::Link;
use web_kit::component::{Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::show::load;
use super::{PATH, crumbs, event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::press::form::{Page, refused_under};
use crate::press::{instant_of, number_of};
use crate::{refusal, show_day};

const TYPED: [&str; 19] = [
    "version",
    "subject",
    "noticed_on",
    "noticed_time",
    "happened",
    "nature",
    "data_kinds",
    "people",
    "consequences",
    "measures",
    "officer",
    "number",
    "gap_reason",
    "symbol",
    "addressee",
    "sent_on",
    "sent_time",
    "late_reason",
    "note",
];

type Work = Box<dyn FnOnce(&App, &Actor) -> Result<BreachId, ActionError> + Send>;

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

fn below(staff: &Staff, found: &Shown) -> Vec<Link> {
    let mut crumbs = crumbs(staff.t());
    crumbs.push(Link::new(found.row.breach.known.subject.clone(), path(found.row.id)));
    crumbs
}

fn known_fields(staff: &Staff, state: &FormState) -> Vec<Field> {
    let t = staff.t();
    let field = |name: &str, kind| Field::new(state, t, name, t.text(&format!("breach.{name}")), kind);
    let text =
        |name: &str| field(name, Kind::Text(4)).help(t.text(&format!("breach.{name}_help"))).max(LONGEST);
    vec![
        field("subject", Kind::Line("text")).max(300).required(),
        field("noticed_on", Kind::Day).required(),
        field("noticed_time", Kind::Line("text")).help(t.text("press_take.time_help")).required(),
        text("nature"),
        text("happened"),
        text("data_kinds"),
        field("people", Kind::Number).help(t.text("breach.people_help")),
        text("consequences"),
        text("measures"),
        field("officer", Kind::Line("text")).help(t.text("breach.officer_help")).max(300),
    ]
}

/// The form of a new breach, or of what is known of one.
fn draw_known(
    staff: &Staff,
    found: Option<&Shown>,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let (action, back, title, crumbs) = match found {
        Some(found) => {
            let own = path(found.row.id);
            (format!("{own}/edit"), own, event_name(t, Event::Edit), below(staff, found))
        }
        None => (format!("{PATH}/new"), PATH.to_owned(), t.text("breach.new"), crumbs(t)),
    };
    let fields = known_fields(staff, state);
    let form = FormPart::new(staff, (action, t.text("action.save")), (state, key), fields)
        .hidden("version", found.map_or(0, |found| found.row.version).to_string())
        .back(back);
    Page::under(staff, (title, t.text("breach.lead.edit")), crumbs, form).draw(state)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let instant = show_day::instant(staff.state.app.now());
    let (day, hour) = instant.split_once(' ').unwrap_or((&instant, ""));
    let state = FormState::of([("noticed_on", day.to_owned()), ("noticed_time", hour.to_owned())]);
    draw_known(&staff, None, (&state, None))
}

fn read_known(state: &mut FormState) -> Known {
    let noticed_at = instant_of(state, "noticed");
    let typed = state.line("people");
    let people = typed.parse().ok();
    if people.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("people", key!("invalid.not_a_count")).with("value", &typed));
    }
    Known {
        subject: state.line("subject"),
        noticed_at,
        happened: state.text("happened"),
        nature: state.text("nature"),
        data_kinds: state.text("data_kinds"),
        people,
        consequences: state.text("consequences"),
        measures: state.text("measures"),
        officer: state.line("officer"),
    }
}

/// Does the work once; where to go, or nothing when what was wrong stands on the form.
async fn finish(
    staff: &Staff,
    (state, key): (&mut FormState, Option<&FormKey>),
    work: Work,
) -> Result<Option<axum::response::Response>, Fault> {
    let worker = staff.clone();
    match staff.state.once(key, async move { worker.run(work).await.map(path) }).await {
        Ok(path) => Ok(Some(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")))),
        Err(error) => {
            refusal::keep(state, error)?;
            Ok(None)
        }
    }
}

pub(super) async fn open(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&TYPED)?;
    let known = read_known(&mut state);
    if !state.has_errors() {
        let work: Work = Box::new(move |app, actor| data_breach::open(app, actor, &known));
        if let Some(done) = finish(&staff, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    draw_known(&staff, None, (&state, key.as_ref()))
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(BreachId, String)>) -> PageResult {
    let t = staff.t();
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let against = found.buttons.iter().find(|(of, _)| *of == event);
    if let Some(reason) = against.map_or(Some(Refusal::NotNow), |(_, result)| result.err()) {
        let title = (event_name(t, event), t.text(&format!("refusal.{}", reason.code())));
        return refused_under(&staff, title, below(&staff, &found));
    }
    let split = |at| {
        let instant = show_day::instant(at);
        let (day, hour) = instant.split_once(' ').unwrap_or((&instant, ""));
        (day.to_owned(), hour.to_owned())
    };
    let state = match event {
        Event::Edit => {
            let known = &found.row.breach.known;
            let (day, hour) = known.noticed_at.map(split).unwrap_or_default();
            FormState::of([
                ("subject", known.subject.clone()),
                ("noticed_on", day),
                ("noticed_time", hour),
                ("happened", known.happened.clone()),
                ("nature", known.nature.clone()),
                ("data_kinds", known.data_kinds.clone()),
                ("people", known.people.map(|count| count.to_string()).unwrap_or_default()),
                ("consequences", known.consequences.clone()),
                ("measures", known.measures.clone()),
                ("officer", known.officer.clone()),
            ])
        }
        Event::Notify => {
            let next = staff.run(|app, actor| data_breach::next_notice(app, actor)).await;
            let (_, symbol) = next.map_err(refusal::fault)?;
            let (day, hour) = split(staff.state.app.now());
            FormState::of([
                ("symbol", symbol),
                ("addressee", AUTHORITY.to_owned()),
                ("sent_on", day),
                ("sent_time", hour),
            ])
        }
        Event::Close | Event::Discard => FormState::new(),
    };
    draw_act(&staff, &found, event, (&state, None)).await
}

async fn draw_act(
    staff: &Staff,
    found: &Shown,
    event: Event,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let line = |name: &str, key: &str| Field::new(state, t, name, t.text(key), Kind::Line("text"));
    let fields = match event {
        Event::Edit => return draw_known(staff, Some(found), (state, key)),
        Event::Notify => {
            let next = staff.run(|app, actor| data_breach::next_notice(app, actor)).await;
            let (next, _) = next.map_err(refusal::fault)?;
            vec![
                line("addressee", "breach.addressee").max(300).required(),
                Field::new(state, t, "number", t.text("press_issue.number"), Kind::Number)
                    .help(t.fill("outgoing.number_help", &[("next", &next)])),
                line("gap_reason", "outgoing.gap_reason").help(t.text("outgoing.gap_help")).max(500),
                line("symbol", "press_issue.symbol").max(40).required(),
                Field::new(state, t, "sent_on", t.text("breach.sent_on"), Kind::Day).required(),
                line("sent_time", "breach.sent_time").help(t.text("press_take.time_help")).required(),
                Field::new(state, t, "late_reason", t.text("breach.late_reason"), Kind::Text(3))
                    .help(t.text("breach.late_reason_help"))
                    .max(LONGEST),
            ]
        }
        Event::Close | Event::Discard => {
            vec![Field::new(state, t, "note", t.text("breach.note"), Kind::Text(4)).max(LONGEST).required()]
        }
    };
    let (own, label) = (path(found.row.id), event_name(t, event));
    let form = FormPart::new(staff, (format!("{own}/{}", event.word()), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .back(own);
    let lead = t.text(&format!("breach.lead.{}", event.word()));
    Page::under(staff, (label, lead), below(staff, found), form).draw(state)
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(BreachId, String)>,
    sent: Fields,
) -> PageResult {
    let event = event_of(&word)?;
    let key = sent.key.clone();
    let mut state = sent.only(&TYPED)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let at = (id, version);
    let work: Work = match event {
        Event::Edit => {
            let known = read_known(&mut state);
            Box::new(move |app, actor| data_breach::edit(app, actor, at, &known).map(|()| id))
        }
        Event::Notify => {
            let notice = Notice {
                number: number_of(&mut state),
                gap_reason: state.line("gap_reason"),
                symbol: state.line("symbol"),
                addressee: state.line("addressee"),
                at: instant_of(&mut state, "sent"),
                late_reason: state.text("late_reason"),
            };
            Box::new(move |app, actor| data_breach::notify(app, actor, at, &notice).map(|()| id))
        }
        Event::Close | Event::Discard => {
            let note = state.text("note");
            Box::new(move |app, actor| data_breach::finish(app, actor, at, event, &note).map(|()| id))
        }
    };
    if !state.has_errors()
        && let Some(done) = finish(&staff, (&mut state, key.as_ref()), work).await?
    {
        return Ok(done);
    }
    // What is sent again goes over what stands now.
    let found = load(&staff, id).await?;
    draw_act(&staff, &found, event, (&state, key.as_ref())).await
}
