//! Extraordinary cases: the board with the hours left, opening one, what was said, the crisis with its one speaker.

use app::press::{self, Classification, EmergencyRow, NewEmergency, ShownEmergency, Speech};
use app::rules::read_day;
use app::{ActionError, Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::id::EmergencyId;
use domain::press::emergency::{Class, Earlier, Moments};
use domain::time::Timestamp;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Event as Happened, Fact, Facts, Field, Kind, Table, Timeline, Tone,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Cache, Fault, Language, PageResult, page};
use words::key;

use super::form::{Page as FormPage, refused};
use super::{PATH, choices, path as case_path, word_of};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// What is done once the form is read.
type Work = Box<dyn FnOnce(&App, &Actor) -> Result<(), ActionError> + Send>;

const LIST: &str = "/press/emergencies";

pub(crate) fn path(id: EmergencyId) -> String {
    format!("{LIST}/{id}")
}

fn class_name(t: Language, class: Class) -> &'static str {
    t.word("extraordinary_cases", "class", class.word())
}

/// From so many hours on, what is overdue is told in days.
const LONG: i64 = 48;

/// Hours and minutes left, or since; days since long ago.
fn left(t: Language, row: &EmergencyRow, now: Timestamp) -> Badge {
    match (row.emergency.on_time, row.due_at) {
        (Some(true), _) => Badge::new(Tone::Done, t.text("emergency.on_time")),
        (Some(false), _) => Badge::new(Tone::Bad, t.text("emergency.was_late")),
        (None, None) => Badge::new(Tone::Plain, t.text("emergency.no_limit")),
        (None, Some(due)) => {
            let minutes = now.duration_until(due).as_mins();
            let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
            if minutes < 0 && hours >= LONG {
                let (days, hours) = (hours / 24, hours % 24);
                return Badge::new(
                    Tone::Bad,
                    t.fill("emergency.over_by_days", &[("days", &days), ("hours", &hours)]),
                );
            }
            let (tone, key) = if minutes < 0 {
                (Tone::Bad, "emergency.over_by")
            } else if hours < 6 {
                (Tone::Warning, "emergency.left")
            } else {
                (Tone::Info, "emergency.left")
            };
            Badge::new(tone, t.fill(key, &[("hours", &hours), ("minutes", &rest)]))
        }
    }
}

#[derive(Template)]
#[template(path = "press/emergencies.html")]
struct List {
    chrome: Chrome,
    may_open: bool,
    open: Option<Table>,
    over: Option<Table>,
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let now = staff.state.app.now();
    let (open, over) =
        staff.run(|app, actor| press::emergencies(app, actor)).await.map_err(refusal::fault)?;
    let shown = List {
        chrome: staff.chrome(t.text("emergency.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        may_open: staff.may(Capability::TakePress),
        open: table(t, "open", &open, now),
        over: table(t, "over", &over, now),
    };
    page(&shown, Cache::Private)
}

/// Cases with what their clocks say; none when there are none.
pub(super) fn table(t: Language, id: &str, rows: &[EmergencyRow], now: Timestamp) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("emergency.subject")).wide(),
        Column::new(t.text("emergency.class")),
        Column::new(t.text("emergency.due")).short(),
        Column::new(t.text("emergency.clock")),
    ];
    let row = |row: &EmergencyRow| {
        let due = row.emergency.clock.as_ref().map(|clock| clock.deadline.due.in_words());
        vec![
            Cell::link(row.emergency.subject.clone(), path(row.id)),
            Cell::new(class_name(t, row.emergency.class)),
            Cell::new(due.unwrap_or_default()),
            Cell::badge(left(t, row, now)),
        ]
    };
    let table = Table::new(t, id, t.text("emergency.title"), columns);
    (!rows.is_empty()).then(|| table.rows(rows.iter().map(row).collect()).caption_hidden().cards())
}

/// What is done to a case.
const ACTS: [&str; 4] = ["speak", "classify", "crisis", "close"];

const MOMENTS: [&str; 3] = ["happened", "received", "determined"];

pub(super) async fn new(staff: Staff) -> PageResult {
    let now = show_day::instant(staff.state.app.now());
    let (day, hour) = now.split_once(' ').unwrap_or((&now, ""));
    let form = FormState::of([
        ("class", Class::HighImpact.word().to_owned()),
        ("received_on", day.to_owned()),
        ("received_time", hour.to_owned()),
    ]);
    draw_new(&staff, &form, None)
}

fn moment_fields(t: Language, state: &FormState, name: &str, is_required: bool) -> [Field; 2] {
    let day = Field::new(state, t, &format!("{name}_on"), t.text(&format!("emergency.{name}_on")), Kind::Day);
    let hour = Field::new(
        state,
        t,
        &format!("{name}_time"),
        t.text(&format!("emergency.{name}_time")),
        Kind::Line("text"),
    )
    .help(t.text("press_take.time_help"));
    if is_required { [day.required(), hour.required()] } else { [day, hour] }
}

/// Who determined the class, and why.
fn determined_fields(t: Language, state: &FormState, is_required: bool) -> [Field; 2] {
    let field = |name: &str, kind, most| {
        let field = Field::new(state, t, name, t.text(&format!("emergency.{name}")), kind).max(most);
        let field = field.help(t.text(&format!("emergency.{name}_help")));
        if is_required { field.required() } else { field }
    };
    [field("determined_by", Kind::Line("text"), 200), field("determined_why", Kind::Text(3), 2_000)]
}

/// The fields of a new case.
fn open_fields(t: Language, state: &FormState) -> Vec<Field> {
    let classes = Class::ALL.map(|class| Choice::new(class.word(), class_name(t, class))).to_vec();
    let mut fields = vec![
        Field::new(state, t, "subject", t.text("emergency.subject"), Kind::Line("text")).max(500).required(),
        Field::new(state, t, "class", t.text("emergency.class"), Kind::Select(classes)).required(),
    ];
    for name in MOMENTS {
        fields.extend(moment_fields(t, state, name, name != "determined"));
    }
    fields.extend(determined_fields(t, state, false));
    fields
}

fn draw_new(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let action = (format!("{LIST}/new"), t.text("emergency.open"));
    let form = FormPart::new(staff, action, (state, key), open_fields(t, state)).back(LIST);
    let below = Some((t.text("emergency.title").to_owned(), LIST.to_owned()));
    FormPage::new(staff, (t.text("emergency.open"), t.text("emergency.open_lead")), below, form).draw(state)
}

/// The moment of two fields; one that cannot be read is noted.
fn moment(state: &mut FormState, name: &str) -> Option<Timestamp> {
    let (day_field, time_field) = (format!("{name}_on"), format!("{name}_time"));
    let (day, hour) = (state.line(&day_field), state.line(&time_field));
    if day.is_empty() && hour.is_empty() {
        return None;
    }
    let Some(day) = read_day(&day) else {
        state.refuse(FieldError::new(&day_field, key!("form.not_a_day")));
        return None;
    };
    let at = show_day::read_instant(day, &hour);
    if at.is_none() {
        state.refuse(FieldError::new(&time_field, key!("publication_act.no_instant")));
    }
    at
}

pub(super) async fn open(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let names: Vec<String> =
        MOMENTS.iter().flat_map(|name| [format!("{name}_on"), format!("{name}_time")]).collect();
    let known: Vec<&str> = ["subject", "class", "determined_by", "determined_why"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    let mut state = sent.only(&known)?;
    Field::refuse_missing(&open_fields(staff.t(), &state), &mut state);
    let class = Class::from_word(state.value("class"));
    if class.is_none() {
        state.refuse(FieldError::new("class", key!("invalid.required")));
    }
    let moments = Moments {
        happened_at: moment(&mut state, "happened"),
        received_at: moment(&mut state, "received"),
        determined_at: moment(&mut state, "determined"),
    };
    if let Some(class) = class.filter(|_| !state.has_errors()) {
        let new = NewEmergency {
            subject: state.line("subject"),
            class,
            moments,
            determined_by: state.line("determined_by"),
            determined_why: state.text("determined_why"),
        };
        let worker = staff.clone();
        let work = async move {
            worker.run(move |app, actor| press::open_emergency(app, actor, &new)).await.map(path)
        };
        match staff.state.once(key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("press_page.done"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw_new(&staff, &state, key.as_ref())
}

#[derive(Template)]
#[template(path = "press/emergency.html")]
struct Shown {
    chrome: Chrome,
    badge: Badge,
    facts: Facts,
    trace: Vec<String>,
    earlier: Option<Timeline>,
    said: Option<Timeline>,
    texts: Vec<(String, String)>,
    related: Vec<Link>,
    acts: Vec<Link>,
}

async fn load(staff: &Staff, id: EmergencyId) -> Result<ShownEmergency, Fault> {
    staff.run(move |app, actor| press::emergency(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn show(staff: Staff, Path(id): Path<EmergencyId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let row = &found.row;
    let emergency = &row.emergency;
    let mut chrome = staff
        .chrome(emergency.subject.clone())
        .under(vec![Link::new(t.text("nav.press"), PATH), Link::new(t.text("emergency.title"), LIST)]);
    if emergency.is_crisis() {
        let words = t.fill("emergency.crisis_on", &[("speaker", &emergency.one_speaker)]);
        chrome = chrome.banner(Banner::new(Tone::Bad, words));
    }
    let own = path(id);
    let mut acts = Vec::new();
    if staff.may(Capability::ApprovePress) && row.closed_at.is_none() {
        let spoken = !emergency.said.is_empty();
        // What is decided about the limit stays decided.
        let is_settled = spoken || emergency.is_overdue(staff.state.app.now());
        for act in ACTS.into_iter().filter(|act| *act != "classify" || !is_settled) {
            acts.push(Link::new(t.text(&format!("emergency.act.{act}")), format!("{own}/{act}")));
        }
    }
    let shown = Shown {
        chrome,
        badge: left(t, row, staff.state.app.now()),
        facts: facts(t, &found),
        trace: trace(t, row),
        earlier: earlier(t, &found),
        said: said(t, &found),
        texts: emergency
            .said
            .iter()
            .map(|said| (format!("{} – {}", show_day::instant(said.at), said.speaker), said.text.clone()))
            .collect(),
        related: found
            .related
            .iter()
            .map(|(case, number, subject)| Link::new(format!("{number} – {subject}"), case_path(*case)))
            .collect(),
        acts,
    };
    page(&shown, Cache::Private)
}

fn facts(t: Language, found: &ShownEmergency) -> Facts {
    let row = &found.row;
    let mut facts = vec![Fact::new(t.text("emergency.class"), class_name(t, row.emergency.class))];
    let moments = row.emergency.moments;
    for (name, at) in [
        ("happened_at", moments.happened_at),
        ("received_at", moments.received_at),
        ("determined_at", moments.determined_at),
    ] {
        if let Some(at) = at {
            facts.push(Fact::new(t.text(&format!("emergency.{name}")), show_day::instant(at)));
        }
    }
    for (key, value) in [
        ("emergency.determined_by", &row.emergency.determined_by),
        ("emergency.determined_why", &row.emergency.determined_why),
    ] {
        if !value.is_empty() {
            facts.push(Fact::new(t.text(key), value.clone()));
        }
    }
    match &row.emergency.clock {
        Some(clock) => {
            let start = t.text(&format!("emergency.start.{}", clock.start.word()));
            facts.push(Fact::new(
                t.text("emergency.started"),
                format!("{start}, {}", show_day::instant(clock.at)),
            ));
            facts.push(Fact::new(t.text("emergency.due"), clock.deadline.due.in_words()));
        }
        None => facts.push(Fact::new(t.text("emergency.due"), t.text("emergency.no_limit"))),
    }
    if let Some(closed) = row.closed_at {
        facts.push(Fact::new(t.text("emergency.closed"), show_day::instant(closed)));
    }
    Facts::new(t, facts)
}

fn trace(t: Language, row: &EmergencyRow) -> Vec<String> {
    let Some(clock) = &row.emergency.clock else { return Vec::new() };
    let deadline = &clock.deadline;
    let mut lines = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    lines.push(t.fill("press_page.basis", &[("basis", &deadline.bases())]));
    lines
}

/// The classes it had before, with who determined them, until when that stood, and the limit by each.
fn earlier(t: Language, found: &ShownEmergency) -> Option<Timeline> {
    let happened = |earlier: &Earlier| {
        let person = found.people.get(&earlier.person).cloned().unwrap_or_else(|| earlier.person.clone());
        let due = earlier.due.map(|due| due.in_words());
        let due = due.unwrap_or_else(|| t.text("emergency.no_limit").to_owned());
        let by = [&earlier.determined_by, &earlier.determined_why];
        let by = by.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(": ");
        let due = format!("{}: {due}", t.text("emergency.due"));
        let detail = [by, due, t.fill("emergency.replaced_by", &[("name", &person)])];
        Happened {
            when: show_day::instant(earlier.until),
            datetime: earlier.until.to_string(),
            title: class_name(t, earlier.class).to_owned(),
            detail: detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            tone: Tone::Plain,
        }
    };
    let events: Vec<Happened> = found.row.emergency.earlier.iter().map(happened).collect();
    (!events.is_empty()).then(|| Timeline::new(events))
}

fn said(t: Language, found: &ShownEmergency) -> Option<Timeline> {
    let events: Vec<Happened> = found
        .row
        .emergency
        .said
        .iter()
        .map(|said| Happened {
            when: show_day::instant(said.at),
            datetime: said.at.to_string(),
            title: format!(
                "{}: {}",
                t.text(if said.is_holding { "emergency.holding" } else { "emergency.full" }),
                said.speaker
            ),
            detail: word_of(t, "reply_form", &said.form),
            tone: Tone::Plain,
        })
        .collect();
    (!events.is_empty()).then(|| Timeline::new(events))
}

/// What the pages of acts have in common: the form of one.
async fn draw_act(
    staff: &Staff,
    found: &ShownEmergency,
    act: &str,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let own = path(found.row.id);
    let today = staff.state.app.today();
    let speakers = staff.run(move |app, actor| press::speakers(app, actor, today)).await;
    let speakers = speakers.map_err(refusal::fault)?;
    let fields = match act {
        "speak" => {
            let mut fields = vec![
                Field::new(state, t, "speaker", t.text("press_field.speaker"), Kind::Line("text"))
                    .help(t.text("emergency.speaker_help"))
                    .suggest(speakers)
                    .max(100)
                    .required(),
            ];
            fields.extend(moment_fields(t, state, "spoken", true));
            fields.push(
                Field::new(
                    state,
                    t,
                    "form",
                    t.text("press_field.form"),
                    Kind::Select(choices(t, "reply_form")),
                )
                .required(),
            );
            fields.push(Field::new(state, t, "is_holding", t.text("emergency.is_holding"), Kind::Check));
            fields.push(
                Field::new(state, t, "text", t.text("emergency.text"), Kind::Text(8)).max(20_000).required(),
            );
            fields
        }
        "classify" => {
            let classes = Class::ALL.map(|class| Choice::new(class.word(), class_name(t, class))).to_vec();
            let class = Field::new(state, t, "class", t.text("emergency.class"), Kind::Select(classes));
            let mut fields = vec![class.required()];
            fields.extend(moment_fields(t, state, "determined", true));
            fields.extend(determined_fields(t, state, true));
            fields
        }
        "crisis" => {
            let mut fields = vec![
                Field::new(state, t, "one_speaker", t.text("emergency.one_speaker"), Kind::Line("text"))
                    .help(t.text("emergency.one_speaker_help"))
                    .suggest(speakers)
                    .max(100),
            ];
            let known = found.related.iter().chain(&found.open);
            fields.extend(known.map(|(case, number, subject)| {
                let label = format!("{number} – {subject}");
                Field::new(state, t, &format!("case.{case}"), &label, Kind::Check)
            }));
            fields
        }
        _ => Vec::new(),
    };
    let label = t.text(&format!("emergency.act.{act}"));
    let form = FormPart::new(staff, (format!("{own}/{act}"), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .back(own.clone());
    let below = Some((found.row.emergency.subject.clone(), own));
    let lead = t.text(&format!("emergency.lead.{act}"));
    FormPage::new(staff, (label, lead), below, form).draw(state)
}

pub(super) async fn ask(staff: Staff, Path((id, act)): Path<(EmergencyId, String)>) -> PageResult {
    if !ACTS.contains(&act.as_str()) {
        return Err(Fault::not_found());
    }
    let found = load(&staff, id).await?;
    let (t, emergency) = (staff.t(), &found.row.emergency);
    let against = match act.as_str() {
        _ if found.row.closed_at.is_some() => Some("refusal.emergency_over"),
        "classify" if !emergency.said.is_empty() => Some("refusal.emergency_spoken"),
        "classify" if emergency.is_overdue(staff.state.app.now()) => Some("refusal.emergency_already_late"),
        "close" if emergency.said.is_empty() && emergency.clock.is_some() => {
            Some("refusal.emergency_not_spoken")
        }
        _ => None,
    };
    if let Some(reason) = against {
        let title = t.text(&format!("emergency.act.{act}"));
        return refused(&staff, (title, t.text(reason)), (emergency.subject.clone(), path(id)));
    }
    let now = show_day::instant(staff.state.app.now());
    let (day, hour) = now.split_once(' ').unwrap_or((&now, ""));
    let mut values = vec![
        ("spoken_on".to_owned(), day.to_owned()),
        ("spoken_time".to_owned(), hour.to_owned()),
        ("one_speaker".to_owned(), found.row.emergency.one_speaker.clone()),
        ("speaker".to_owned(), found.row.emergency.one_speaker.clone()),
        ("class".to_owned(), emergency.class.word().to_owned()),
        ("determined_on".to_owned(), day.to_owned()),
        ("determined_time".to_owned(), hour.to_owned()),
    ];
    values.extend(found.related.iter().map(|(case, ..)| (format!("case.{case}"), "on".to_owned())));
    let state = FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())));
    draw_act(&staff, &found, &act, (&state, None)).await
}

pub(super) async fn act(
    staff: Staff,
    Path((id, act)): Path<(EmergencyId, String)>,
    sent: Fields,
) -> PageResult {
    let found = load(&staff, id).await?;
    let key = sent.key.clone();
    let cases: Vec<_> = found.related.iter().chain(&found.open).map(|(case, ..)| *case).collect();
    let boxes: Vec<String> = cases.iter().map(|case| format!("case.{case}")).collect();
    let own = [
        "version",
        "speaker",
        "spoken_on",
        "spoken_time",
        "form",
        "is_holding",
        "text",
        "one_speaker",
        "class",
        "determined_on",
        "determined_time",
        "determined_by",
        "determined_why",
    ];
    let known: Vec<&str> = own.into_iter().chain(boxes.iter().map(String::as_str)).collect();
    let mut state = sent.only(&known)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let at = (id, version);
    let work: Work = match act.as_str() {
        "speak" => {
            let spoken_at = moment(&mut state, "spoken");
            let speech = Speech {
                at: spoken_at,
                speaker: state.line("speaker"),
                text: state.text("text"),
                form: state.value("form").to_owned(),
                is_holding: state.value("is_holding") == "on",
            };
            Box::new(move |app, actor| press::speak(app, actor, at, &speech))
        }
        "classify" => {
            let new = Classification {
                class: Class::from_word(state.value("class")).ok_or_else(Fault::bad_request)?,
                determined_at: moment(&mut state, "determined"),
                determined_by: state.line("determined_by"),
                determined_why: state.text("determined_why"),
            };
            Box::new(move |app, actor| press::classify_emergency(app, actor, at, &new))
        }
        "crisis" => {
            let chosen: Vec<_> =
                cases.into_iter().filter(|case| state.value(&format!("case.{case}")) == "on").collect();
            let speaker = state.line("one_speaker");
            Box::new(move |app, actor| press::set_crisis(app, actor, at, &speaker, &chosen))
        }
        "close" => Box::new(move |app, actor| press::close_emergency(app, actor, at)),
        _ => return Err(Fault::not_found()),
    };
    if !state.has_errors() {
        let worker = staff.clone();
        match staff.state.once(key.as_ref(), async move { worker.run(work).await.map(|()| path(id)) }).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("press_page.done"))),
            Err(error) => {
                let of = ("press_emergency", id.to_string());
                refusal::keep_over(&staff, &mut state, of, error).await?;
            }
        }
    }
    let found = load(&staff, id).await?;
    draw_act(&staff, &found, &act, (&state, key.as_ref())).await
}
