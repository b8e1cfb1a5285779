//! Rolling a regulation out: what was sent and who has not answered, sending one, the answer of a unit.

mod unit;

use app::publication::Uploaded;
use app::roll_out::{
    self, Addressee, AnswerRow, CampaignRow, NewRollOut, Progress, ShownAnswer, ShownRollOut,
};
use askama::Template;
use axum::routing::{get, post};
use domain::access::Capability::{DraftPress, ReadPress, TakePress};
use domain::id::{RollOutId, UnitId};
use domain::roll_out::{Event, LONGEST_TEXT, Refusal, State};
use domain::time::Day;
use domain::unit::UnitKind;
use web_kit::Language;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Difference, Empty, Fact, Facts, Field, Kind, Table, Tone,
};
use web_kit::form::{FieldError, FormKey, FormState, Path, Upload, with_file_of};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult, page, show as words_of};
use words::key;

use crate::gate::Staff;
use crate::part::FormPart;
use crate::publication::MOST_BYTES;
use crate::{Gate, Route, refusal, show_day};

/// Where the list is.
pub const PATH: &str = "/roll-outs";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPress), || get(list)),
    Route::get("/roll-outs/new", Gate::May(TakePress), || get(new)),
    Route::post("/roll-outs/new", Gate::May(TakePress), || with_file_of(MOST_BYTES, post(send))),
    Route::get("/roll-outs/{id}", Gate::May(ReadPress), || get(show)),
    Route::get("/roll-outs/{id}/file", Gate::May(ReadPress), || get(file)),
    Route::get("/roll-outs/answers/{id}/by_paper", Gate::May(TakePress), || get(unit::ask_paper)),
    Route::post("/roll-outs/answers/{id}/by_paper", Gate::May(TakePress), || {
        with_file_of(MOST_BYTES, post(unit::note_paper))
    }),
    Route::get("/roll-outs/answers/{id}/paper", Gate::May(ReadPress), || get(unit::paper_file)),
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
    let replaced: Vec<RollOutId> = all.iter().filter_map(|progress| progress.campaign.replaces).collect();
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
        let is_replaced = replaced.contains(&campaign.id);
        let is_late = !is_done && !is_replaced && campaign.due_on < today;
        let title = Cell::link(campaign.title.clone(), path(campaign.id));
        vec![
            if is_replaced {
                title.with_badge(Badge::new(Tone::Plain, t.text("roll_out.replaced")))
            } else {
                title
            },
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
    file: Option<Link>,
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
        file: None,
        question: String::new(),
        changed: None,
    }
}

fn box_of(unit: UnitId) -> String {
    format!("unit.{unit}")
}

/// What one chooses from to send a roll-out: the units, the roll-outs it may replace.
struct Offered {
    units: Vec<Addressee>,
    sent: Vec<Choice>,
}

async fn offered(staff: &Staff) -> Result<Offered, Fault> {
    let found = staff.run(|app, actor| Ok((roll_out::audience(app, actor)?, roll_out::list(app, actor)?)));
    let (units, sent) = found.await.map_err(refusal::fault)?;
    let title = |of: &CampaignRow| {
        format!("{} · {} · {}", of.symbol, of.title, show_day::day(domain::time::day_of(of.created_at)))
    };
    let none = Choice::new("", staff.t().text("roll_out.replaces_none"));
    let sent = sent.iter().map(|of| Choice::new(of.campaign.id.to_string(), title(&of.campaign)));
    Ok(Offered { units, sent: std::iter::once(none).chain(sent).collect() })
}

/// The groups whose units can be ticked at once: all, those right below the office, those of a kind, those below a unit.
fn groups(t: Language, units: &[Addressee]) -> Vec<Choice> {
    let mut groups = vec![
        Choice::new("all", t.text("roll_out.group_all")),
        Choice::new("direct", t.text("roll_out.group_direct")),
    ];
    for kind in UnitKind::ALL {
        if units.iter().any(|unit| unit.kind == kind) {
            groups.push(Choice::new(kind.word(), t.text(&format!("unit_kind.{}", kind.word()))));
        }
    }
    let parents = units.iter().filter(|unit| units.iter().any(|other| other.parent == Some(unit.unit)));
    groups.extend(parents.map(|unit| {
        Choice::new(unit.unit.to_string(), t.fill("roll_out.group_below", &[("unit", &unit.name)]))
    }));
    groups
}

/// Whether a unit is of a group.
fn is_of(group: &str, unit: &Addressee) -> bool {
    match group {
        "all" => true,
        "direct" => unit.depth == 1,
        other => unit.kind.word() == other || unit.parent.is_some_and(|parent| parent.to_string() == other),
    }
}

const TYPED: [&str; 10] =
    ["symbol", "title", "issuer", "issued_on", "effective_on", "body", "replaces", "due_on", "group", "mark"];

async fn new(staff: Staff) -> PageResult {
    let offered = offered(&staff).await?;
    let boxes: Vec<String> = offered.units.iter().map(|unit| box_of(unit.unit)).collect();
    let state = FormState::of(boxes.iter().map(|name| (name.as_str(), "on".to_owned())));
    draw_new(&staff, offered, &state, None)
}

fn draw_new(staff: &Staff, offered: Offered, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let most = u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX);
    let line =
        |name: &str, key: &str, most| Field::new(state, t, name, t.text(key), Kind::Line("text")).max(most);
    let day = |name: &str, key: &str| Field::new(state, t, name, t.text(key), Kind::Day);
    let mut fields = vec![
        line("symbol", "roll_out.symbol", 100).required(),
        line("title", "roll_out.title_field", 500).required(),
        line("issuer", "roll_out.issuer", 200),
        day("issued_on", "roll_out.issued_on"),
        day("effective_on", "roll_out.effective_on"),
        Field::new(state, t, "file", t.text("roll_out.file"), Kind::File(unit::TAKEN))
            .help(t.text("roll_out.file_help")),
        Field::new(state, t, "body", t.text("roll_out.text"), Kind::Text(12))
            .help(t.text("roll_out.text_help"))
            .max(most),
        Field::new(state, t, "replaces", t.text("roll_out.replaces"), Kind::Select(offered.sent))
            .help(t.text("roll_out.replaces_help")),
        day("due_on", "roll_out.due_on").required(),
        Field::new(state, t, "group", t.text("roll_out.group"), Kind::Select(groups(t, &offered.units)))
            .help(t.text("roll_out.group_help")),
    ];
    fields.extend(offered.units.iter().map(|unit| {
        let field = Field::new(state, t, &box_of(unit.unit), &unit.name, Kind::Check);
        if unit.has_account { field } else { field.help(t.text("roll_out.no_account")) }
    }));
    let form = FormPart::new(staff, ("/roll-outs/new", t.text("roll_out.send")), (state, key), fields)
        .with_file()
        .second("mark", t.text("roll_out.mark"))
        .back(PATH);
    with_form(&form_page(staff, t.text("roll_out.send"), t.text("roll_out.send_lead"), form), state)
}

/// The day of a field that may be empty; one that cannot be read is noted.
fn day_of(state: &mut FormState, name: &str) -> Option<Day> {
    let typed = state.line(name);
    let day = app::rules::read_day(&typed);
    if day.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new(name, key!("form.not_a_day")));
    }
    day
}

/// The form with the units of the chosen group ticked and no others; what else was typed stays.
fn marked(state: &FormState, units: &[Addressee]) -> FormState {
    let typed = TYPED.iter().filter(|name| **name != "mark");
    let mut values: Vec<(String, String)> =
        typed.map(|name| ((*name).to_owned(), state.value(name).to_owned())).collect();
    let chosen = units.iter().filter(|unit| is_of(state.value("group"), unit));
    values.extend(chosen.map(|unit| (box_of(unit.unit), "on".to_owned())));
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

async fn send(staff: Staff, sent: Upload) -> PageResult {
    let offered = offered(&staff).await?;
    let boxes: Vec<String> = offered.units.iter().map(|unit| box_of(unit.unit)).collect();
    let key = sent.key.clone();
    let known: Vec<&str> = TYPED.into_iter().chain(boxes.iter().map(String::as_str)).collect();
    let mut state = sent.only(&known)?;
    if !state.value("mark").is_empty() {
        let state = marked(&state, &offered.units);
        return draw_new(&staff, offered, &state, key.as_ref());
    }
    let [due_on, issued_on, effective_on] =
        ["due_on", "issued_on", "effective_on"].map(|name| day_of(&mut state, name));
    if sent.is_too_large {
        crate::publication::has_file(&mut state, &sent);
    }
    if !state.has_errors() {
        let chosen = offered.units.iter().filter(|unit| state.value(&box_of(unit.unit)) == "on");
        let symbol = state.line("symbol");
        let new = NewRollOut {
            title: state.line("title"),
            body: state.text("body"),
            issuer: state.line("issuer"),
            issued_on,
            effective_on,
            file: uploaded(&sent, &symbol),
            symbol,
            due_on,
            audience: chosen.map(|unit| unit.unit).collect(),
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
    draw_new(&staff, offered, &state, key.as_ref())
}

/// The file that was sent along, with what it is; none when none was chosen.
fn uploaded(sent: &Upload, text: &str) -> Option<Uploaded> {
    let file =
        || Uploaded { name: sent.file_name.clone(), bytes: sent.bytes.to_vec(), text: text.to_owned() };
    (!sent.bytes.is_empty()).then(file)
}

/// The file of the regulation.
async fn file(staff: Staff, Path(id): Path<RollOutId>) -> PageResult {
    let found = staff.run(move |app, actor| roll_out::regulation_file(app, actor, id)).await;
    let (file, bytes) = found.map_err(refusal::fault)?;
    unit::download(&file, bytes)
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
    Event::ALL.into_iter().filter(|event| against(staff, answer, *event).is_none()).collect()
}

/// What stands against an act besides what its page asks for.
fn against(staff: &Staff, answer: &AnswerRow, event: Event) -> Option<Refusal> {
    let who = (staff.actor().roles.as_slice(), staff.actor().unit);
    domain::roll_out::decide((answer.state, answer.unit), event, who, "-", (Some(""), "")).err()
}

/// What is known of a regulation and how far its roll-out is.
fn facts(t: Language, progress: &Progress) -> Vec<Fact> {
    let campaign = &progress.campaign;
    let about = &campaign.about;
    let mut facts = vec![Fact::new(t.text("roll_out.symbol"), campaign.symbol.clone())];
    if !about.issuer.is_empty() {
        facts.push(Fact::new(t.text("roll_out.issuer"), about.issuer.clone()));
    }
    for (key, day) in [("roll_out.issued_on", about.issued_on), ("roll_out.effective_on", about.effective_on)]
    {
        if let Some(day) = day {
            facts.push(Fact::new(t.text(key), show_day::day(day)));
        }
    }
    if let Some(file) = &about.file {
        let href = format!("{}/file", path(campaign.id));
        facts.push(Fact::new(t.text("roll_out.file"), file.name.clone()).href(href));
    }
    facts.extend([
        Fact::new(t.text("roll_out.sent_on"), show_day::instant(campaign.created_at)),
        Fact::new(t.text("roll_out.due_on"), words_of::day(t, campaign.due_on)),
        Fact::new(t.text("roll_out.progress"), how_far(t, progress)),
        Fact::new(t.text("publication_page.digest"), campaign.digest.clone()),
    ]);
    facts
}

async fn show(staff: Staff, Path(id): Path<RollOutId>) -> PageResult {
    let t = staff.t();
    let found: ShownRollOut =
        staff.run(move |app, actor| roll_out::show(app, actor, id)).await.map_err(refusal::fault)?;
    let campaign = &found.progress.campaign;
    let facts = Facts::new(t, facts(t, &found.progress));
    let mut chrome =
        staff.chrome(campaign.title.clone()).under(vec![Link::new(t.text("nav.roll_outs"), PATH)]);
    if let Some(after) = &found.after {
        let words = t.fill("roll_out.after", &[("symbol", &after.symbol), ("title", &after.title)]);
        chrome = chrome.banner(Banner::new(Tone::Warning, words));
    }
    let shown = Shown {
        chrome,
        facts,
        missing: found
            .answers
            .iter()
            // What a newer text replaces is owed no more.
            .filter(|answer| found.after.is_none() && !answer.row.state.is_done())
            .map(|answer| {
                if answer.has_account {
                    answer.unit.clone()
                } else {
                    format!("{} ({})", answer.unit, t.text("roll_out.no_account"))
                }
            })
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
        let key = if row.paper.is_some() { "roll_out.noted" } else { "roll_out.answered" };
        facts.push(Fact::new(t.text(key), format!("{name}, {}", show_day::instant(at))));
    }
    if let Some(paper) = &row.paper {
        let fact =
            Fact::new(t.text("roll_out.paper"), format!("{}, {}", paper.symbol, show_day::day(paper.day)));
        let fact = fact.badge(Badge::new(Tone::Info, t.text("roll_out.on_paper")));
        let file = format!("{PATH}/answers/{}/paper", row.id);
        facts.push(if paper.file.is_some() { fact.href(file) } else { fact });
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
    // To a text that another replaces nothing is owed any more.
    let events = if found.after.is_some() { Vec::new() } else { available(staff, row) };
    let mut acts: Vec<Link> =
        events.into_iter().map(|event| act(event.word(), event_name(t, event))).collect();
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
