//! Press conferences: the list, planning one, its page with the time and the papers the law of its day asks for, a file for
//! calendars.

use app::press::{self, ConferencePaper, ConferenceRow, Conferences, File, Plan, ShownConference};
use app::rules::read_day;
use app::{ActionError, Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::id::{AgencyId, ConferenceId};
use domain::press::conference::{Event, Guest, Refusal, State};
use domain::publication::Attachment;
use domain::register::{FieldKind, Register};
use domain::time::Timestamp;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Empty, Fact, Facts, Field, FormStart, Kind, Table, Tone,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::ical::{self, Entry, Standing, When};
use web_kit::page::{attachment, redirect_with_notice};
use web_kit::{Cache, Fault, Language, PageResult, page};
use words::key;

use super::PATH;
use super::form::{Page as FormPage, typed_against};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// Where the list is.
const LIST: &str = "/press/conferences";
pub(super) const PLAN: [&str; 10] = [
    "version",
    "subject",
    "occasion",
    "place",
    "starts_on",
    "starts_time",
    "minutes_long",
    "chair",
    "is_public",
    "guests",
];

pub(super) type Work = Box<dyn FnOnce(&App, &Actor) -> Result<ConferenceId, ActionError> + Send>;

pub(crate) fn path(id: ConferenceId) -> String {
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
pub(super) fn occasions(t: Language) -> Vec<Choice> {
    let Some(FieldKind::Word(words)) = Register::Statements.field("occasion").map(|field| field.kind) else {
        return Vec::new();
    };
    words.iter().map(|(word, _)| Choice::new(*word, t.word("statements", "occasion", word))).collect()
}

/// What one chooses from to plan a conference: the press agencies the office knows, who may speak today.
#[derive(Debug, Clone, Default)]
pub(super) struct Offered {
    pub(super) agencies: Vec<(AgencyId, String)>,
    speakers: Vec<String>,
}

/// The name of the box of an agency.
pub(super) fn box_of(agency: AgencyId) -> String {
    format!("agency.{agency}")
}

pub(super) async fn offered(staff: &Staff) -> Result<Offered, Fault> {
    let today = staff.state.app.today();
    let found =
        staff.run(move |app, actor| Ok((press::agencies(app, actor)?, press::speakers(app, actor, today)?)));
    let (agencies, speakers) = found.await.map_err(refusal::fault)?;
    let active = agencies.into_iter().filter(|agency| agency.is_active);
    Ok(Offered { agencies: active.map(|agency| (agency.id, agency.name)).collect(), speakers })
}

fn plan_fields(t: Language, state: &FormState, offered: &Offered) -> Vec<Field> {
    let field =
        |name: &str, kind: Kind| Field::new(state, t, name, t.text(&format!("conference.{name}")), kind);
    let known = offered.agencies.iter();
    let known = known.map(|(id, name)| Field::new(state, t, &box_of(*id), name, Kind::Check));
    let mut fields = vec![
        field("subject", Kind::Line("text")).max(500).required(),
        field("occasion", Kind::Select(occasions(t))).required(),
        field("starts_on", Kind::Day).required(),
        field("starts_time", Kind::Line("text")).help(t.text("press_take.time_help")).required(),
        field("minutes_long", Kind::Number).required(),
        field("place", Kind::Line("text")).max(200).required(),
        field("chair", Kind::Line("text"))
            .help(t.text("emergency.speaker_help"))
            .max(100)
            .suggest(offered.speakers.clone())
            .required(),
        field("is_public", Kind::Check),
        field("guests", Kind::Text(4)).help(t.text("conference.guests_help")),
    ];
    fields.extend(known);
    fields
}

/// What stands, as the form of the plan shows it: agencies of the register are ticked, the others stand in the text.
pub(super) fn stored(row: &ConferenceRow, offered: &Offered) -> FormState {
    let conference = &row.conference;
    let starts = show_day::instant(row.starts_at);
    let (day, hour) = starts.split_once(' ').unwrap_or((&starts, ""));
    let mark = |is_set: bool| if is_set { "on".to_owned() } else { String::new() };
    let is_offered =
        |guest: &&Guest| guest.known.is_some_and(|known| offered.agencies.iter().any(|(id, _)| *id == known));
    let (known, others): (Vec<&Guest>, Vec<&Guest>) = conference.guests.iter().partition(is_offered);
    let boxes: Vec<String> = known.iter().filter_map(|guest| guest.known.map(box_of)).collect();
    let others: Vec<&str> = others.iter().map(|guest| guest.agency.as_str()).collect();
    let mut values = vec![
        ("subject", conference.subject.clone()),
        ("occasion", conference.occasion.clone()),
        ("place", conference.place.clone()),
        ("starts_on", day.to_owned()),
        ("starts_time", hour.to_owned()),
        ("minutes_long", conference.minutes_long.to_string()),
        ("chair", conference.chair.clone()),
        ("is_public", mark(conference.is_public)),
        ("guests", others.join("\n")),
    ];
    values.extend(boxes.iter().map(|name| (name.as_str(), "on".to_owned())));
    FormState::of(values)
}

/// The form of a plan: a new one, or the one that stands.
pub(super) async fn draw_plan(
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
    let offered = offered(staff).await?;
    let fields = plan_fields(t, state, &offered);
    let difference = at
        .filter(|_| state.is_conflict())
        .map(|row| typed_against(t, &plan_fields(t, &stored(row, &offered), &offered), &fields));
    let form = FormPart::new(staff, (action, t.text(label)), (state, key), fields)
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(back);
    FormPage::new(staff, (t.text(label), t.text("conference.plan_lead")), Some(below), form)
        .over(t, difference)
        .draw(state)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let form = FormState::of([
        ("occasion", "periodic".to_owned()),
        ("minutes_long", "60".to_owned()),
        ("is_public", "on".to_owned()),
    ]);
    draw_plan(&staff, None, (&form, None)).await
}

pub(crate) fn instant_of(state: &mut FormState, name: &str) -> Option<Timestamp> {
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

/// The number that was typed; one that is none is noted.
pub(crate) fn number_of(state: &mut FormState) -> Option<u32> {
    let typed = state.line("number");
    let number = typed.parse().ok();
    if number.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("number", key!("invalid.not_a_count")).with("value", &typed));
    }
    number
}

pub(super) fn read_plan(t: Language, state: &mut FormState, offered: &Offered) -> Option<Plan> {
    Field::refuse_missing(&plan_fields(t, state, offered), state);
    let starts_at = instant_of(state, "starts");
    let typed = state.line("minutes_long");
    let minutes_long = typed.parse().ok();
    if minutes_long.is_none() {
        state.refuse(FieldError::new("minutes_long", key!("invalid.not_a_count")).with("value", &typed));
    }
    let ticked = offered.agencies.iter().filter(|(id, _)| state.value(&box_of(*id)) == "on");
    let agencies = ticked.map(|(id, _)| *id).collect();
    (!state.has_errors()).then(|| Plan {
        agencies,
        subject: state.line("subject"),
        occasion: state.value("occasion").to_owned(),
        place: state.line("place"),
        starts_at,
        minutes_long,
        chair: state.line("chair"),
        is_public: state.value("is_public") == "on",
        guests: state.text("guests"),
    })
}

/// Does the work once; where to go, or nothing when what was wrong stands on the form.
pub(super) async fn finish(
    staff: &Staff,
    (state, key): (&mut FormState, Option<&FormKey>),
    (id, work): (Option<ConferenceId>, Work),
) -> Result<Option<axum::response::Response>, Fault> {
    let worker = staff.clone();
    let work = async move { worker.run(work).await.map(path) };
    match staff.state.once(key, work).await {
        Ok(path) => return Ok(Some(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")))),
        Err(error) => {
            let of = ("press_conference", id.map(|id| id.to_string()).unwrap_or_default());
            refusal::keep_over(staff, state, of, error).await?;
        }
    }
    Ok(None)
}

pub(super) async fn plan(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let offered = offered(&staff).await?;
    let boxes: Vec<String> = offered.agencies.iter().map(|(id, _)| box_of(*id)).collect();
    let known: Vec<&str> = PLAN.into_iter().chain(boxes.iter().map(String::as_str)).collect();
    let mut state = sent.only(&known)?;
    if let Some(plan) = read_plan(staff.t(), &mut state, &offered) {
        let work: Work = Box::new(move |app, actor| press::plan_conference(app, actor, &plan));
        if let Some(done) = finish(&staff, (&mut state, key.as_ref()), (None, work)).await? {
            return Ok(done);
        }
    }
    draw_plan(&staff, None, (&state, key.as_ref())).await
}

pub(super) async fn load(staff: &Staff, id: ConferenceId) -> Result<ShownConference, Fault> {
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
    documents: Vec<(&'static str, Vec<Link>)>,
    files: Vec<FileLine>,
    attach: Option<String>,
    detach: Option<String>,
    start: FormStart,
    version: String,
}

/// A file of the conference.
struct FileLine {
    href: String,
    name: String,
    text: String,
    digest: String,
    detach: String,
}

pub(super) async fn show(staff: Staff, Path(id): Path<ConferenceId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let row = &found.row;
    let was_held = matches!(row.state, State::Held | State::Closed);
    let button = |(event, result): &(Event, Result<(), _>)| Button {
        label: t.text(&format!("conference.event.{}", event.word())),
        href: format!("{}/{}", path(id), event.word()),
        refused: result.as_ref().err().map(|refusal: &Refusal| match (event, refusal) {
            (Event::Hold, Refusal::NotYours) => t.text("conference.hold_by"),
            _ => t.text(&format!("refusal.{}", refusal.code())),
        }),
    };
    let guest =
        |guest: &domain::press::conference::Guest| (guest.agency.clone(), was_held.then_some(guest.came));
    let paper = |(paper, is_there): &(domain::press::conference::Paper, bool)| {
        (t.text(&format!("conference.paper.{}", paper.word)), *is_there)
    };
    let own = path(id);
    let may_detach = found.may_attach && row.state == State::Planned && !row.conference.files.is_empty();
    let mut chrome = staff.chrome(row.conference.subject.clone()).under(crumbs(t));
    if let Some(fault) = found.chair_fault {
        let reason = t.text(&format!("refusal.{fault}"));
        let words =
            t.fill("conference.chair_fault", &[("chair", &row.conference.chair), ("reason", &reason)]);
        chrome = chrome.banner(Banner::new(Tone::Warning, words));
    }
    if found.is_recorded_later {
        chrome = chrome.banner(Banner::new(Tone::Info, t.text("conference.recorded_later")));
    }
    chrome = late_notice(t, &found).into_iter().fold(chrome, Chrome::banner);
    let mut bases: Vec<&str> = found.papers.iter().map(|(paper, _)| paper.basis.as_str()).collect();
    bases.dedup();
    let shown = Shown {
        chrome,
        badge: badge(t, row.state),
        facts: facts(t, &found),
        trace: trace(t, &found),
        buttons: found.buttons.iter().map(button).collect(),
        papers: found.papers.iter().map(paper).collect(),
        papers_basis: bases.join("; "),
        guests: row.conference.guests.iter().map(guest).collect(),
        minutes: row.conference.minutes.clone(),
        calendar: format!("{own}/calendar.ics"),
        documents: documents(t, row),
        files: row.conference.files.iter().map(|file| file_line(t, &own, file)).collect(),
        attach: found.may_attach.then(|| format!("{own}/attach")),
        detach: may_detach.then(|| format!("{own}/detach")),
        start: FormStart::plain(&staff.visitor.form_token()),
        version: row.version.to_string(),
    };
    page(&shown, Cache::Private)
}

fn file_line(t: Language, own: &str, file: &Attachment) -> FileLine {
    FileLine {
        href: format!("{own}/files/{}", file.digest),
        name: file.name.clone(),
        text: file.text.clone(),
        digest: file.digest.clone(),
        detach: t.fill("publication_page.detach", &[("name", &file.name)]),
    }
}

/// The papers that are drawn of it: those that left as they left, the others as drafts.
fn documents(t: Language, row: &ConferenceRow) -> Vec<(&'static str, Vec<Link>)> {
    let links = |paper: ConferencePaper| {
        let link = |file: File, key: &str| {
            let href = format!("{}/papers/{}/{}", path(row.id), paper.word(), file.word());
            Link::new(t.text(key), href)
        };
        vec![link(File::Pdf, "conference.pdf"), link(File::Docx, "conference.docx")]
    };
    let drawn = ConferencePaper::ALL.into_iter().filter(|paper| press::is_drawn(row, *paper));
    drawn.map(|paper| (t.text(&format!("conference.document.{}", paper.word())), links(paper))).collect()
}

fn trace(t: Language, found: &ShownConference) -> Vec<String> {
    let Some(deadline) = &found.deadline else { return Vec::new() };
    let mut lines = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    lines.push(t.fill("press_page.basis", &[("basis", &deadline.bases())]));
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
        let to =
            if notice.addressee.is_empty() { String::new() } else { format!(" · {}", notice.addressee) };
        let sent = fact("notice", format!("{}, {}{to}", notice.symbol, show_day::instant(notice.at)));
        facts.push(match notice.on_time {
            Some(true) => sent.badge(Badge::new(Tone::Done, t.text("conference.on_time"))),
            Some(false) => sent.badge(Badge::new(Tone::Bad, t.text("conference.was_late"))),
            None => sent,
        });
    }
    if let Some(invitation) = &conference.invitation {
        facts.push(fact("invitation", format!("{}, {}", invitation.symbol, show_day::day(invitation.day))));
    }
    if !conference.answer.is_empty() {
        let key = if row.state == State::Cancelled { "reason" } else { "answer" };
        let at = conference.answered_at.filter(|_| row.state != State::Cancelled);
        let at = at.map(|at| format!(", {}", show_day::instant(at))).unwrap_or_default();
        let answer = fact(key, format!("{}{at}", conference.answer));
        facts.push(match conference.objected_on_time {
            Some(false) => answer.badge(Badge::new(Tone::Bad, t.text("conference.objected_late"))),
            _ => answer,
        });
    }
    if let Some(ended) = conference.ended_at {
        facts.push(fact("ended", show_day::instant(ended)));
    }
    if !conference.secretary.is_empty() {
        facts.push(fact("minute_taker", conference.secretary.clone()));
    }
    if !conference.minutes_symbol.is_empty() {
        facts.push(fact("minutes_symbol", conference.minutes_symbol.clone()));
    }
    if !conference.minutes_before.is_empty() {
        facts.push(fact("minutes_corrected", conference.minutes_before.len().to_string()));
    }
    let shown = if conference.is_public { "conference.public_yes" } else { "conference.public_no" };
    facts.push(fact("is_public", t.text(shown).to_owned()));
    facts.push(fact("planned_by", found.planned_by.clone()));
    Facts::new(t, facts)
}

/// What is said before a notice leaves that is late already.
pub(super) fn late_notice(t: Language, found: &ShownConference) -> Option<Banner> {
    let deadline = found.deadline.as_ref().filter(|_| found.is_notice_late && !found.has_begun)?;
    let words = t.fill("conference.late_notice", &[("due", &deadline.due.in_words())]);
    Some(Banner::new(Tone::Warning, words))
}

/// A press conference as calendars take it.
fn entry(staff: &Staff, found: &ShownConference) -> Entry {
    let row = &found.row;
    let standing = match row.state {
        State::Cancelled => Standing::Cancelled,
        State::Objected => Standing::Tentative,
        State::Planned if found.deadline.is_some() => Standing::Tentative,
        _ => Standing::Confirmed,
    };
    Entry {
        uid: format!("{}@phat-ngon", row.id),
        when: When::Between(row.starts_at, row.conference.ends_at(row.starts_at)),
        title: format!("{}: {}", staff.t().text("conference.one"), row.conference.subject),
        place: row.conference.place.clone(),
        url: staff.visitor.site.absolute(&path(row.id)),
        standing,
        version: row.version,
    }
}

pub(super) async fn calendar(staff: Staff, Path(id): Path<ConferenceId>) -> PageResult {
    let found = load(&staff, id).await?;
    let name = staff.t().text("conference.title");
    let text = ical::calendar(name, &[entry(&staff, &found)], staff.state.app.now());
    Ok(attachment(text, ical::MEDIA_TYPE, "hop-bao.ics"))
}
