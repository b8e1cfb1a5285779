//! Press conferences: the list, planning one, its notice with the time and the papers the law of its day asks for, who
//! came, the minutes, a file for calendars.

use app::press::{self, ConferenceRow, Conferences, Plan, ShownConference, Told};
use app::rules::read_day;
use app::{ActionError, Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::id::ConferenceId;
use domain::press::conference::{Event, State};
use domain::register::{FieldKind, Register};
use domain::time::{self, Timestamp};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Choice, Column, Empty, Fact, Facts, Field, Kind, Table, Tone};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::ical::{self, Entry, When};
use web_kit::page::{attachment, redirect_with_notice};
use web_kit::{Cache, Fault, Language, PageResult, page};
use words::key;

use super::PATH;
use super::form::Page as FormPage;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// Where the list is.
const LIST: &str = "/press/conferences";
const PLAN: [&str; 11] = [
    "version",
    "subject",
    "occasion",
    "place",
    "starts_on",
    "starts_time",
    "minutes_long",
    "chair",
    "has_documents",
    "is_public",
    "guests",
];

type Work = Box<dyn FnOnce(&App, &Actor) -> Result<ConferenceId, ActionError> + Send>;

fn path(id: ConferenceId) -> String {
    format!("{LIST}/{id}")
}

fn crumbs(t: Language) -> Vec<Link> {
    vec![Link::new(t.text("nav.press"), PATH), Link::new(t.text("conference.title"), LIST)]
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Planned => Tone::Warning,
        State::Notified => Tone::Info,
        State::Accepted | State::Held | State::Closed => Tone::Done,
        State::Objected => Tone::Bad,
        State::Cancelled => Tone::Plain,
    };
    Badge::new(tone, t.text(&format!("conference.state.{}", state.word())))
}

#[derive(Template)]
#[template(path = "press/conferences.html")]
struct List {
    chrome: Chrome,
    may_plan: bool,
    empty: Option<Empty>,
    coming: Option<Table>,
    past: Option<Table>,
}

fn table(t: Language, id: &str, rows: &[ConferenceRow]) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("conference.subject")).wide(),
        Column::new(t.text("conference.starts")).short(),
        Column::new(t.text("conference.place")),
        Column::new(t.text("press_list.state")),
    ];
    let row = |row: &ConferenceRow| {
        vec![
            Cell::link(row.conference.subject.clone(), path(row.id)),
            Cell::new(show_day::instant(row.starts_at)),
            Cell::new(row.conference.place.clone()),
            Cell::badge(badge(t, row.state)),
        ]
    };
    let table = Table::new(t, id, t.text("conference.title"), columns);
    (!rows.is_empty()).then(|| table.rows(rows.iter().map(row).collect()).caption_hidden().cards())
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let Conferences { coming, past } =
        staff.run(|app, actor| press::conferences(app, actor)).await.map_err(refusal::fault)?;
    let is_empty = coming.is_empty() && past.is_empty();
    let shown = List {
        chrome: staff.chrome(t.text("conference.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        may_plan: staff.may(Capability::TakePress),
        empty: is_empty.then(|| Empty::new(t.text("conference.empty_title"), t.text("conference.empty"))),
        coming: table(t, "coming", &coming),
        past: table(t, "past", &past),
    };
    page(&shown, Cache::Private)
}

/// The occasions of the register of statements, as choices.
fn occasions(t: Language) -> Vec<Choice> {
    let Some(FieldKind::Word(words)) = Register::Statements.field("occasion").map(|field| field.kind) else {
        return Vec::new();
    };
    words.iter().map(|(word, _)| Choice::new(*word, t.word("statements", "occasion", word))).collect()
}

fn plan_fields(t: Language, state: &FormState) -> Vec<Field> {
    let field =
        |name: &str, kind: Kind| Field::new(state, t, name, t.text(&format!("conference.{name}")), kind);
    vec![
        field("subject", Kind::Line("text")).max(500).required(),
        field("occasion", Kind::Select(occasions(t))).required(),
        field("starts_on", Kind::Day).required(),
        field("starts_time", Kind::Line("text")).help(t.text("press_take.time_help")).required(),
        field("minutes_long", Kind::Number).required(),
        field("place", Kind::Line("text")).max(200).required(),
        field("chair", Kind::Line("text")).help(t.text("emergency.speaker_help")).max(100).required(),
        field("guests", Kind::Text(6)).help(t.text("conference.guests_help")),
        field("has_documents", Kind::Check),
        field("is_public", Kind::Check),
    ]
}

/// The form of a plan: a new one, or the one that stands.
fn draw_plan(
    staff: &Staff,
    at: Option<&ConferenceRow>,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let (action, back, label) = match at {
        Some(row) => (format!("{}/edit", path(row.id)), path(row.id), "conference.event.edit"),
        None => (format!("{LIST}/new"), LIST.to_owned(), "conference.plan"),
    };
    let below = match at {
        Some(row) => (row.conference.subject.clone(), back.clone()),
        None => (t.text("conference.title").to_owned(), LIST.to_owned()),
    };
    let form = FormPart::new(staff, (action, t.text(label)), (state, key), plan_fields(t, state))
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(back);
    FormPage::new(staff, (t.text(label), t.text("conference.plan_lead")), Some(below), form).draw(state)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let form = FormState::of([
        ("occasion", "periodic".to_owned()),
        ("minutes_long", "60".to_owned()),
        ("is_public", "on".to_owned()),
    ]);
    draw_plan(&staff, None, (&form, None))
}

fn instant_of(state: &mut FormState, name: &str) -> Option<Timestamp> {
    let (on, hour) = (format!("{name}_on"), format!("{name}_time"));
    let day = read_day(state.value(&on));
    let at = day.and_then(|day| show_day::read_instant(day, &state.line(&hour)));
    if day.is_none() {
        state.refuse(FieldError::new(&on, key!("form.not_a_day")));
    } else if at.is_none() {
        state.refuse(FieldError::new(&hour, key!("publication_act.no_instant")));
    }
    at
}

fn read_plan(state: &mut FormState) -> Option<Plan> {
    let starts_at = instant_of(state, "starts");
    let typed = state.line("minutes_long");
    let minutes_long = typed.parse().ok();
    if minutes_long.is_none() {
        state.refuse(FieldError::new("minutes_long", key!("invalid.not_a_count")).with("value", &typed));
    }
    (!state.has_errors()).then(|| Plan {
        subject: state.line("subject"),
        occasion: state.value("occasion").to_owned(),
        place: state.line("place"),
        starts_at,
        minutes_long,
        chair: state.line("chair"),
        has_documents: state.value("has_documents") == "on",
        is_public: state.value("is_public") == "on",
        guests: state.text("guests"),
    })
}

/// Does the work once; where to go, or nothing when what was wrong stands on the form.
async fn finish(
    staff: &Staff,
    (state, key): (&mut FormState, Option<&FormKey>),
    work: Work,
) -> Result<Option<axum::response::Response>, Fault> {
    let worker = staff.clone();
    let work = async move { worker.run(work).await.map(path) };
    match staff.state.once(key, work).await {
        Ok(path) => return Ok(Some(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")))),
        Err(error) => refusal::keep(state, error)?,
    }
    Ok(None)
}

pub(super) async fn plan(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&PLAN)?;
    if let Some(plan) = read_plan(&mut state) {
        let work: Work = Box::new(move |app, actor| press::plan_conference(app, actor, &plan));
        if let Some(done) = finish(&staff, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    draw_plan(&staff, None, (&state, key.as_ref()))
}

async fn load(staff: &Staff, id: ConferenceId) -> Result<ShownConference, Fault> {
    staff.run(move |app, actor| press::conference(app, actor, id)).await.map_err(refusal::fault)
}

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "press/conference.html")]
struct Shown {
    chrome: Chrome,
    badge: Badge,
    facts: Facts,
    trace: Vec<String>,
    buttons: Vec<Button>,
    papers: Vec<(&'static str, bool)>,
    papers_basis: String,
    guests: Vec<(String, Option<bool>)>,
    minutes: String,
    calendar: String,
}

pub(super) async fn show(staff: Staff, Path(id): Path<ConferenceId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let row = &found.row;
    let was_held = matches!(row.state, State::Held | State::Closed);
    let button = |(event, result): &(Event, Result<(), _>)| Button {
        label: t.text(&format!("conference.event.{}", event.word())),
        href: format!("{}/{}", path(id), event.word()),
        refused: result.as_ref().err().map(|refusal: &domain::press::conference::Refusal| {
            t.text(&format!("refusal.{}", refusal.code()))
        }),
    };
    let guest =
        |guest: &domain::press::conference::Guest| (guest.agency.clone(), was_held.then_some(guest.came));
    let paper = |(paper, is_there): &(domain::press::conference::Paper, bool)| {
        (t.text(&format!("conference.paper.{}", paper.word)), *is_there)
    };
    let mut bases: Vec<&str> = found.papers.iter().map(|(paper, _)| paper.basis.as_str()).collect();
    bases.dedup();
    let shown = Shown {
        chrome: staff.chrome(row.conference.subject.clone()).under(crumbs(t)),
        badge: badge(t, row.state),
        facts: facts(t, &found),
        trace: trace(t, &found),
        buttons: found.buttons.iter().map(button).collect(),
        papers: found.papers.iter().map(paper).collect(),
        papers_basis: bases.join("; "),
        guests: row.conference.guests.iter().map(guest).collect(),
        minutes: row.conference.minutes.clone(),
        calendar: format!("{}/calendar.ics", path(id)),
    };
    page(&shown, Cache::Private)
}

fn trace(t: Language, found: &ShownConference) -> Vec<String> {
    let Some(deadline) = &found.deadline else { return Vec::new() };
    let mut lines = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    lines.push(t.fill("press_page.basis", &[("rule", &deadline.rule), ("basis", &deadline.basis)]));
    lines
}

fn facts(t: Language, found: &ShownConference) -> Facts {
    let row = &found.row;
    let conference = &row.conference;
    let fact = |key: &str, value: String| Fact::new(t.text(&format!("conference.{key}")), value);
    let mut facts = vec![
        fact("starts", show_day::instant(row.starts_at)),
        fact("ends", show_day::instant(conference.ends_at(row.starts_at))),
        fact("place", conference.place.clone()),
        fact("chair", conference.chair.clone()),
        fact("occasion", t.word("statements", "occasion", &conference.occasion).to_owned()),
    ];
    facts.push(match &found.deadline {
        Some(deadline) => fact("notify_by", deadline.due.in_words()),
        None => fact("notify_by", t.text("conference.no_notice").to_owned()),
    });
    if let Some(notice) = &conference.notice {
        let sent = fact("notice", format!("{}, {}", notice.symbol, show_day::instant(notice.at)));
        facts.push(match notice.on_time {
            Some(true) => sent.badge(Badge::new(Tone::Done, t.text("conference.on_time"))),
            Some(false) => sent.badge(Badge::new(Tone::Bad, t.text("conference.was_late"))),
            None => sent,
        });
    }
    if !conference.answer.is_empty() {
        let key = if row.state == State::Cancelled { "reason" } else { "answer" };
        facts.push(fact(key, conference.answer.clone()));
    }
    if !conference.minutes_symbol.is_empty() {
        facts.push(fact("minutes_symbol", conference.minutes_symbol.clone()));
    }
    let shown = if conference.is_public { "conference.public_yes" } else { "conference.public_no" };
    facts.push(fact("is_public", t.text(shown).to_owned()));
    facts.push(fact("planned_by", found.planned_by.clone()));
    Facts::new(t, facts)
}

/// A press conference as calendars take it.
fn entry(staff: &Staff, row: &ConferenceRow) -> Entry {
    Entry {
        uid: format!("{}@phat-ngon", row.id),
        when: When::Between(row.starts_at, row.conference.ends_at(row.starts_at)),
        title: format!("{}: {}", staff.t().text("conference.one"), row.conference.subject),
        place: row.conference.place.clone(),
        url: staff.visitor.site.absolute(&path(row.id)),
        is_cancelled: row.state == State::Cancelled,
        version: row.version,
    }
}

pub(super) async fn calendar(staff: Staff, Path(id): Path<ConferenceId>) -> PageResult {
    let found = load(&staff, id).await?;
    let name = staff.t().text("conference.title");
    let text = ical::calendar(name, &[entry(&staff, &found.row)], staff.state.app.now());
    Ok(attachment(text, ical::MEDIA_TYPE, "hop-bao.ics"))
}

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

fn draw_act(
    staff: &Staff,
    found: &ShownConference,
    event: Event,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let own = path(found.row.id);
    let word = event.word();
    let symbol = t.text(&format!("conference.told.{word}"));
    let symbol = || Field::new(state, t, "symbol", symbol, Kind::Line("text")).max(500).required();
    let fields = match event {
        Event::Hold => {
            let guest = |(index, guest): (usize, &domain::press::conference::Guest)| {
                Field::new(state, t, &format!("came.{index}"), &guest.agency, Kind::Check)
            };
            found.row.conference.guests.iter().enumerate().map(guest).collect()
        }
        Event::Notify => vec![
            symbol(),
            Field::new(state, t, "sent_on", t.text("conference.sent_on"), Kind::Day).required(),
            Field::new(state, t, "sent_time", t.text("conference.sent_time"), Kind::Line("text"))
                .help(t.text("press_take.time_help"))
                .required(),
        ],
        Event::Close => {
            let text = Field::new(state, t, "text", t.text("conference.minutes"), Kind::Text(12));
            vec![symbol(), text.max(20_000).required()]
        }
        Event::Edit | Event::Accept | Event::Object | Event::Cancel => vec![symbol()],
    };
    let label = t.text(&format!("conference.event.{word}"));
    let form = FormPart::new(staff, (format!("{own}/{word}"), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .back(own.clone());
    let below = Some((found.row.conference.subject.clone(), own));
    FormPage::new(staff, (label, t.text(&format!("conference.lead.{word}"))), below, form).draw(state)
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(ConferenceId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let row = &found.row;
    if event == Event::Edit {
        let conference = &row.conference;
        let starts = show_day::instant(row.starts_at);
        let (day, hour) = starts.split_once(' ').unwrap_or((&starts, ""));
        let mark = |is_set: bool| if is_set { "on".to_owned() } else { String::new() };
        let guests: Vec<&str> = conference.guests.iter().map(|guest| guest.agency.as_str()).collect();
        let state = FormState::of([
            ("subject", conference.subject.clone()),
            ("occasion", conference.occasion.clone()),
            ("place", conference.place.clone()),
            ("starts_on", day.to_owned()),
            ("starts_time", hour.to_owned()),
            ("minutes_long", conference.minutes_long.to_string()),
            ("chair", conference.chair.clone()),
            ("has_documents", mark(conference.has_documents)),
            ("is_public", mark(conference.is_public)),
            ("guests", guests.join("\n")),
        ]);
        return draw_plan(&staff, Some(row), (&state, None));
    }
    let now = time::instant_in_table(staff.state.app.now());
    let (day, hour) = now.split_once(' ').unwrap_or((&now, ""));
    let state = FormState::of([("sent_on", day.to_owned()), ("sent_time", hour.to_owned())]);
    draw_act(&staff, &found, event, (&state, None))
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(ConferenceId, String)>,
    sent: Fields,
) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let key = sent.key.clone();
    let boxes: Vec<String> =
        (0..found.row.conference.guests.len()).map(|index| format!("came.{index}")).collect();
    let own = ["symbol", "sent_on", "sent_time", "text"];
    let known: Vec<&str> = PLAN.into_iter().chain(own).chain(boxes.iter().map(String::as_str)).collect();
    let mut state = sent.only(&known)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let work: Option<Work> = if event == Event::Edit {
        read_plan(&mut state).map(|plan| -> Work {
            Box::new(move |app, actor| press::edit_conference(app, actor, (id, version), &plan).map(|()| id))
        })
    } else {
        let at = if event == Event::Notify { instant_of(&mut state, "sent") } else { None };
        let came = boxes.iter().enumerate().filter(|(_, name)| state.value(name) == "on");
        let told = Told {
            symbol: state.line("symbol"),
            at,
            came: came.map(|(index, _)| index).collect(),
            text: state.text("text"),
        };
        (!state.has_errors()).then(|| -> Work {
            Box::new(move |app, actor| {
                press::act_on_conference(app, actor, (id, version), event, &told).map(|()| id)
            })
        })
    };
    if let Some(work) = work
        && let Some(done) = finish(&staff, (&mut state, key.as_ref()), work).await?
    {
        return Ok(done);
    }
    // What is sent again goes over what stands now.
    let found = load(&staff, id).await?;
    if event == Event::Edit {
        draw_plan(&staff, Some(&found.row), (&state, key.as_ref()))
    } else {
        draw_act(&staff, &found, event, (&state, key.as_ref()))
    }
}
