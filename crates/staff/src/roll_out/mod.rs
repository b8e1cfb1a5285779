//! Rolling a regulation out: what was sent and who has not answered, sending one, the answer of a unit.

mod unit;

use app::press;
use app::roll_out::{self, AnswerRow, CampaignRow, NewRollOut, Progress, ShownAnswer, ShownRollOut};
use askama::Template;
use axum::routing::{get, post};
use domain::access::Capability::{DraftPress, ReadPress, TakePress};
use domain::id::{RollOutId, UnitId};
use domain::roll_out::{Event, LONGEST_TEXT, State};
use domain::time::Day;
use web_kit::Language;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Cell, Choice, Column, Difference, Empty, Fact, Facts, Field, Kind, Table, Tone,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult, page, show as words_of};
use words::key;

use crate::gate::Staff;
use crate::part::FormPart;
use crate::{Gate, Route, refusal, show_day};

/// Where the list is.
pub const PATH: &str = "/roll-outs";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPress), || get(list)),
    Route::get("/roll-outs/new", Gate::May(TakePress), || get(new)),
    Route::post("/roll-outs/new", Gate::May(TakePress), || post(send)),
    Route::get("/roll-outs/{id}", Gate::May(ReadPress), || get(show)),
    Route::get("/roll-outs/answers/{id}/hand-on", Gate::May(DraftPress), || get(unit::ask_hand_on)),
    Route::post("/roll-outs/answers/{id}/hand-on", Gate::May(DraftPress), || post(unit::hand_on)),
    Route::get("/roll-outs/answers/{id}/own-regulation", Gate::May(DraftPress), || get(unit::ask_own)),
    Route::post("/roll-outs/answers/{id}/own-regulation", Gate::May(DraftPress), || post(unit::return_own)),
    Route::get("/roll-outs/answers/{id}/own-regulation/file", Gate::May(ReadPress), || get(unit::own_file)),
    Route::get("/roll-outs/answers/{id}/{event}", Gate::May(ReadPress), || get(unit::ask)),
    Route::post("/roll-outs/answers/{id}/{event}", Gate::May(ReadPress), || post(unit::act)),
];

pub(crate) fn path(id: RollOutId) -> String {
    format!("{PATH}/{id}")
}

#[derive(Template)]
#[template(path = "roll_out/list.html")]
struct List {
    chrome: Chrome,
    may_send: bool,
    empty: Option<Empty>,
    table: Table,
}

fn how_far(t: Language, progress: &Progress) -> String {
    t.fill(
        "roll_out.how_far",
        &[("done", &progress.acknowledged), ("total", &progress.total), ("exempt", &progress.exempt)],
    )
}

async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let all = staff.run(|app, actor| roll_out::list(app, actor)).await.map_err(refusal::fault)?;
    let today = staff.state.app.today();
    let columns = vec![
        Column::new(t.text("roll_out.title_field")).wide(),
        Column::new(t.text("roll_out.symbol")).short(),
        Column::new(t.text("roll_out.sent_on")).short(),
        Column::new(t.text("roll_out.due_on")).short(),
        Column::new(t.text("roll_out.progress")),
    ];
    let row = |progress: &Progress| {
        let campaign = &progress.campaign;
        let is_done = progress.acknowledged + progress.exempt == progress.total;
        let due = Cell::new(words_of::day(t, campaign.due_on));
        let is_late = !is_done && campaign.due_on < today;
        vec![
            Cell::link(campaign.title.clone(), path(campaign.id)),
            Cell::new(campaign.symbol.clone()),
            Cell::new(show_day::instant(campaign.created_at)),
            if is_late { due.with_badge(Badge::new(Tone::Bad, t.text("press_list.late"))) } else { due },
            Cell::new(how_far(t, progress)),
        ]
    };
    let shown = List {
        chrome: staff.chrome(t.text("nav.roll_outs")),
        may_send: staff.may(TakePress),
        empty: all.is_empty().then(|| Empty::new(t.text("roll_out.empty_title"), t.text("roll_out.empty"))),
        table: Table::new(t, "roll-outs", t.text("nav.roll_outs"), columns)
            .rows(all.iter().map(row).collect())
            .caption_hidden()
            .cards(),
    };
    page(&shown, Cache::Private)
}

#[derive(Template)]
#[template(path = "roll_out/form.html")]
struct FormPage {
    chrome: Chrome,
    lead: &'static str,
    form: FormPart,
    text: String,
    question: String,
    changed: Option<Difference>,
}

fn form_page(staff: &Staff, title: &str, lead: &'static str, form: FormPart) -> FormPage {
    let crumbs = vec![Link::new(staff.t().text("nav.roll_outs"), PATH)];
    FormPage {
        chrome: staff.chrome(title).under(crumbs),
        lead,
        form,
        text: String::new(),
        question: String::new(),
        changed: None,
    }
}

async fn units(staff: &Staff) -> Result<Vec<(UnitId, String)>, Fault> {
    // The office itself sends; those below it answer.
    let units = staff.run(|app, actor| press::units(app, actor)).await.map_err(refusal::fault)?;
    Ok(units.into_iter().skip(1).collect())
}

fn box_of(unit: UnitId) -> String {
    format!("unit.{unit}")
}

/// What one chooses from to send a roll-out: the units, the roll-outs it may replace.
async fn choices(staff: &Staff) -> Result<(Vec<(UnitId, String)>, Vec<Choice>), Fault> {
    let units = units(staff).await?;
    let sent = staff.run(|app, actor| roll_out::list(app, actor)).await.map_err(refusal::fault)?;
    let title = |of: &CampaignRow| {
        format!("{} · {} · {}", of.symbol, of.title, show_day::day(domain::time::day_of(of.created_at)))
    };
    let none = Choice::new("", staff.t().text("roll_out.replaces_none"));
    let sent = sent.iter().map(|of| Choice::new(of.campaign.id.to_string(), title(&of.campaign)));
    Ok((units, std::iter::once(none).chain(sent).collect()))
}

async fn new(staff: Staff) -> PageResult {
    let choices = choices(&staff).await?;
    let boxes: Vec<String> = choices.0.iter().map(|(unit, _)| box_of(*unit)).collect();
    let state = FormState::of(boxes.iter().map(|name| (name.as_str(), "on".to_owned())));
    draw_new(&staff, choices, &state, None)
}

fn draw_new(
    staff: &Staff,
    (units, sent): (Vec<(UnitId, String)>, Vec<Choice>),
    state: &FormState,
    key: Option<&FormKey>,
) -> PageResult {
    let t = staff.t();
    let most = u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX);
    let mut fields = vec![
        Field::new(state, t, "symbol", t.text("roll_out.symbol"), Kind::Line("text")).max(100).required(),
        Field::new(state, t, "title", t.text("roll_out.title_field"), Kind::Line("text")).max(500).required(),
        Field::new(state, t, "body", t.text("roll_out.text"), Kind::Text(12))
            .help(t.text("roll_out.text_help"))
            .max(most)
            .required(),
        Field::new(state, t, "replaces", t.text("roll_out.replaces"), Kind::Select(sent))
            .help(t.text("roll_out.replaces_help")),
        Field::new(state, t, "due_on", t.text("roll_out.due_on"), Kind::Day).required(),
    ];
    fields.extend(units.iter().map(|(unit, name)| Field::new(state, t, &box_of(*unit), name, Kind::Check)));
    let form =
        FormPart::new(staff, ("/roll-outs/new", t.text("roll_out.send")), (state, key), fields).back(PATH);
    with_form(&form_page(staff, t.text("roll_out.send"), t.text("roll_out.send_lead"), form), state)
}

async fn send(staff: Staff, sent: Fields) -> PageResult {
    let choices = choices(&staff).await?;
    let boxes: Vec<String> = choices.0.iter().map(|(unit, _)| box_of(*unit)).collect();
    let key = sent.key.clone();
    let known: Vec<&str> = ["symbol", "title", "body", "replaces", "due_on"]
        .into_iter()
        .chain(boxes.iter().map(String::as_str))
        .collect();
    let mut state = sent.only(&known)?;
    let typed = state.line("due_on");
    let due_on: Option<Day> = app::rules::read_day(&typed);
    if due_on.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("due_on", key!("form.not_a_day")));
    } else {
        let chosen = choices.0.iter().filter(|(unit, _)| state.value(&box_of(*unit)) == "on");
        let new = NewRollOut {
            symbol: state.line("symbol"),
            title: state.line("title"),
            body: state.text("body"),
            due_on,
            audience: chosen.map(|(unit, _)| *unit).collect(),
            replaces: state.line("replaces").parse().ok(),
        };
        let worker = staff.clone();
        let work =
            async move { worker.run(move |app, actor| roll_out::send(app, actor, &new)).await.map(path) };
        match staff.state.once(key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("roll_out.done"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw_new(&staff, choices, &state, key.as_ref())
}

/// The answer of a unit, with what this person may do about it.
struct Line {
    unit: String,
    /// How far below the units the office sent it to; deeper ones are drawn alike.
    depth: usize,
    badge: Badge,
    facts: Option<Facts>,
    question: String,
    reply: String,
    acts: Vec<Link>,
}

#[derive(Template)]
#[template(path = "roll_out/show.html")]
struct Shown {
    chrome: Chrome,
    facts: Facts,
    missing: Vec<String>,
    lines: Vec<Line>,
    text: String,
    before: Option<(Link, Difference)>,
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Sent => Tone::Warning,
        State::Asking => Tone::Info,
        State::Acknowledged => Tone::Done,
        State::Exempt => Tone::Plain,
    };
    Badge::new(tone, t.text(&format!("roll_out.state.{}", state.word())))
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("roll_out.event.{}", event.word()))
}

/// What this person may do about an answer; the words and the text are asked for on the page of the act.
fn available(staff: &Staff, answer: &AnswerRow) -> Vec<Event> {
    let who = (staff.actor().roles.as_slice(), staff.actor().unit);
    let may = |event: &Event| {
        domain::roll_out::decide((answer.state, answer.unit), *event, who, "-", (Some(""), "")).is_ok()
    };
    Event::ALL.into_iter().filter(may).collect()
}

async fn show(staff: Staff, Path(id): Path<RollOutId>) -> PageResult {
    let t = staff.t();
    let found: ShownRollOut =
        staff.run(move |app, actor| roll_out::show(app, actor, id)).await.map_err(refusal::fault)?;
    let campaign = &found.progress.campaign;
    let facts = Facts::new(
        t,
        vec![
            Fact::new(t.text("roll_out.symbol"), campaign.symbol.clone()),
            Fact::new(t.text("roll_out.sent_on"), show_day::instant(campaign.created_at)),
            Fact::new(t.text("roll_out.due_on"), words_of::day(t, campaign.due_on)),
            Fact::new(t.text("roll_out.progress"), how_far(t, &found.progress)),
            Fact::new(t.text("publication_page.digest"), campaign.digest.clone()),
        ],
    );
    let shown = Shown {
        chrome: staff.chrome(campaign.title.clone()).under(vec![Link::new(t.text("nav.roll_outs"), PATH)]),
        facts,
        missing: found
            .answers
            .iter()
            .filter(|answer| !answer.row.state.is_done())
            .map(|answer| answer.unit.clone())
            .collect(),
        lines: found.answers.iter().map(|answer| line(&staff, &found, answer)).collect(),
        text: campaign.body.clone(),
        before: found.before.as_ref().map(|before| {
            let label = t.fill("roll_out.before", &[("symbol", &before.symbol)]);
            (Link::new(label, path(before.id)), Difference::new(t, &before.body, &campaign.body))
        }),
    };
    page(&shown, Cache::Private)
}

/// The answer of a unit with what this person may do about it.
fn line(staff: &Staff, found: &ShownRollOut, answer: &ShownAnswer) -> Line {
    let (t, row) = (staff.t(), &answer.row);
    let mut facts = Vec::new();
    if let (Some(person), Some(at)) = (&row.person, row.answered_at) {
        let name = found.people.get(person).cloned().unwrap_or_default();
        facts.push(Fact::new(t.text("roll_out.answered"), format!("{name}, {}", show_day::instant(at))));
    }
    if let Some(day) = row.own_issued_on {
        let own = format!("{}, {}", row.own_symbol, show_day::day(day));
        let own = Fact::new(t.text("roll_out.own_regulation"), own);
        let file = format!("{PATH}/answers/{}/own-regulation/file", row.id);
        facts.push(if row.own_file.is_some() { own.href(file) } else { own });
    }
    if answer.below.1 > 0 {
        let below = t.fill("roll_out.below", &[("done", &answer.below.0), ("total", &answer.below.1)]);
        facts.push(Fact::new(t.text("roll_out.handed_on"), below));
    }
    let act = |word: &str, label: &'static str| Link::new(label, format!("{PATH}/answers/{}/{word}", row.id));
    let mut acts: Vec<Link> =
        available(staff, row).into_iter().map(|event| act(event.word(), event_name(t, event))).collect();
    if domain::roll_out::is_of_unit(row.unit, (&staff.actor().roles, staff.actor().unit)) {
        acts.push(act("hand-on", t.text("roll_out.hand_on")));
        acts.push(act("own-regulation", t.text("roll_out.return_own")));
    }
    Line {
        unit: answer.unit.clone(),
        depth: answer.depth.min(3),
        badge: badge(t, row.state),
        facts: (!facts.is_empty()).then(|| Facts::new(t, facts)),
        question: row.question.clone(),
        reply: row.reply.clone(),
        acts,
    }
}
