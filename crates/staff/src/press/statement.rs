//! Press releases and what was said or posted: the list, the form, the page with the text and the decision below it.

use app::press::{self, File, Release, ShownStatement, StatementEdit, StatementRow, Statements};
use app::{ActionError, Actor, App};
use askama::Template;
use domain::access::Capability;
use domain::id::StatementId;
use domain::press::statement::{self as machine, Event, Form, Refusal, State, Told};
use domain::time;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Cell, Choice, Column, Empty, Fact, Facts, Field, FormStart, Kind, Table, Tone,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::{attachment, redirect_with_notice};
use web_kit::{Cache, Fault, Language, PageResult, page};
use words::key;

use super::PATH;
use super::act::{day_of, units};
use super::conference::{instant_of, number_of, occasions};
use super::form::{Page as FormPage, refused, typed_against};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// Where the list is.
pub(super) const LIST: &str = "/press/statements";
const TYPED: [&str; 11] = [
    "version",
    "subject",
    "text",
    "occasion",
    "turn",
    "unit",
    "speaker",
    "with",
    "held_on",
    "held_time",
    "url",
];

type Work = Box<dyn FnOnce(&App, &Actor) -> Result<StatementId, ActionError> + Send>;

/// The page of a statement.
pub(crate) fn path(id: StatementId) -> String {
    format!("{LIST}/{id}")
}

fn form_name(t: Language, form: Form) -> &'static str {
    t.text(&format!("statement.form.{}", form.word()))
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("statement.event.{}", event.word()))
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Draft => Tone::Plain,
        State::InReview => Tone::Warning,
        State::Approved => Tone::Info,
        State::Issued | State::Given => Tone::Done,
        State::Discarded => Tone::Bad,
    };
    Badge::new(tone, t.text(&format!("statement.state.{}", state.word())))
}

fn crumbs(t: Language) -> Vec<Link> {
    vec![Link::new(t.text("nav.press"), PATH), Link::new(t.text("statement.title"), LIST)]
}

#[derive(Template)]
#[template(path = "press/statements.html")]
struct List {
    chrome: Chrome,
    new: Vec<Link>,
    empty: Option<Empty>,
    open: Option<Table>,
    told: Option<Table>,
}

fn table(t: Language, id: &str, rows: &[StatementRow]) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("statement.subject")).wide(),
        Column::new(t.text("press_field.form")),
        Column::new(t.text("statement.when")).short(),
        Column::new(t.text("press_list.state")),
    ];
    let row = |row: &StatementRow| {
        let (told, issued) = (&row.statement.told, row.statement.issued.as_ref());
        let when = issued.map(|issued| show_day::day(issued.day)).or(told.at.map(show_day::instant));
        vec![
            Cell::link(told.subject.clone(), path(row.id)),
            Cell::new(form_name(t, told.form)),
            Cell::new(when.unwrap_or_default()),
            Cell::badge(badge(t, row.state)),
        ]
    };
    let table = Table::new(t, id, t.text("statement.title"), columns);
    (!rows.is_empty()).then(|| table.rows(rows.iter().map(row).collect()).caption_hidden().cards())
}

/// The forms this person may begin.
fn may_begin(staff: &Staff, form: Form) -> bool {
    staff.may(Capability::TakePress) || (form == Form::Release && machine::may_write(&staff.actor().roles))
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let Statements { open, told } =
        staff.run(|app, actor| press::statements(app, actor)).await.map_err(refusal::fault)?;
    let begun = Form::ALL.into_iter().filter(|form| may_begin(&staff, *form));
    let new = begun.map(|form| {
        let label = t.text(&format!("statement.new.{}", form.word()));
        Link::new(label, format!("{LIST}/new/{}", form.word()))
    });
    let is_empty = open.is_empty() && told.is_empty();
    let shown = List {
        chrome: staff.chrome(t.text("statement.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        new: new.collect(),
        empty: is_empty.then(|| Empty::new(t.text("statement.empty_title"), t.text("statement.empty"))),
        open: table(t, "open", &open),
        told: table(t, "told", &told),
    };
    page(&shown, Cache::Private)
}

async fn fields(staff: &Staff, form: Form, state: &FormState) -> Result<Vec<Field>, Fault> {
    let t = staff.t();
    let today = staff.state.app.today();
    let speakers = staff.run(move |app, actor| press::speakers(app, actor, today)).await;
    let speakers = speakers.map_err(refusal::fault)?;
    let field =
        |name: &str, kind: Kind| Field::new(state, t, name, t.text(&format!("statement.{name}")), kind);
    let longest = u32::try_from(press::LONGEST_STATEMENT).unwrap_or(u32::MAX);
    let speaker = field("speaker", Kind::Line("text")).max(100).suggest(speakers);
    let mut fields = vec![field("subject", Kind::Line("text")).max(500).required()];
    if form.is_spoken() {
        let turns =
            ["speech", "information"].map(|word| Choice::new(word, t.word("statements", "turn", word)));
        fields.extend([
            field("with", Kind::Line("text")).help(t.text("statement.with_help")).max(200).required(),
            field("turn", Kind::Radios(turns.to_vec())).required(),
            speaker.help(t.text("emergency.speaker_help")).required(),
            field("text", Kind::Text(10)).help(t.text("statement.said_help")).max(longest).required(),
        ]);
    } else {
        fields.push(field("text", Kind::Text(14)).max(longest));
        fields.push(speaker.help(t.text("statement.speaker_help")));
    }
    fields.push(field("occasion", Kind::Select(occasions(t))).required());
    fields.push(field("unit", Kind::Select(units(staff).await?)).help(t.text("statement.unit_help")));
    if form != Form::Release {
        fields.push(field("held_on", Kind::Day).required());
        fields.push(field("held_time", Kind::Line("text")).help(t.text("press_take.time_help")).required());
        let url = field("url", Kind::Line("url")).max(1_000);
        fields.push(if form == Form::Post { url.required() } else { url });
    }
    Ok(fields)
}

/// The form of a new statement, or of the one that stands.
async fn draw_edit(
    staff: &Staff,
    (form, at): (Form, Option<&StatementRow>),
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let title = t.text(&format!("statement.new.{}", form.word()));
    let (action, back, label) = match at {
        Some(row) => (format!("{}/edit", path(row.id)), path(row.id), event_name(t, Event::Edit)),
        None => (format!("{LIST}/new/{}", form.word()), LIST.to_owned(), t.text("statement.save")),
    };
    let fields_of = fields(staff, form, state).await?;
    let difference = match at {
        Some(row) if state.is_conflict() => {
            let stands = fields(staff, form, &stored(&row.statement.told)).await?;
            Some(typed_against(t, &stands, &fields_of))
        }
        _ => None,
    };
    let part = FormPart::new(staff, (action, label), (state, key), fields_of)
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(back.clone());
    let below = match at {
        Some(row) => (row.statement.told.subject.clone(), back),
        None => (t.text("statement.title").to_owned(), LIST.to_owned()),
    };
    let lead = t.text(&format!("statement.lead.{}", form.word()));
    FormPage::new(staff, (title, lead), Some(below), part).over(t, difference).draw(state)
}

/// What stands, as the form shows it.
fn stored(told: &Told) -> FormState {
    let at = told.at.map(show_day::instant).unwrap_or_default();
    let (day, hour) = at.split_once(' ').unwrap_or((&at, ""));
    let turn = if told.is_speech { "speech" } else { "information" };
    FormState::of([
        ("subject", told.subject.clone()),
        ("text", told.text.clone()),
        ("occasion", told.occasion.clone()),
        ("turn", turn.to_owned()),
        ("unit", told.unit.map(|unit| unit.to_string()).unwrap_or_default()),
        ("speaker", told.speaker.clone()),
        ("with", told.with.clone()),
        ("held_on", day.to_owned()),
        ("held_time", hour.to_owned()),
        ("url", told.url.clone()),
    ])
}

fn form_of(word: &str) -> Result<Form, Fault> {
    Form::from_word(word).ok_or_else(Fault::not_found)
}

pub(super) async fn new(staff: Staff, Path(word): Path<String>) -> PageResult {
    let form = form_of(&word)?;
    if !may_begin(&staff, form) {
        return Err(Fault::forbidden());
    }
    let now = show_day::instant(staff.state.app.now());
    let (day, hour) = now.split_once(' ').unwrap_or((&now, ""));
    let occasion = if form.is_spoken() { "on_request" } else { "own_initiative" };
    let state = FormState::of([
        ("held_on", day.to_owned()),
        ("held_time", hour.to_owned()),
        ("occasion", occasion.to_owned()),
        ("turn", "speech".to_owned()),
    ]);
    draw_edit(&staff, (form, None), (&state, None)).await
}

/// What was typed; a moment that cannot be read is noted.
fn read(state: &mut FormState, form: Form) -> StatementEdit {
    let at = if form == Form::Release { None } else { instant_of(state, "held") };
    StatementEdit {
        subject: state.line("subject"),
        text: state.text("text"),
        occasion: state.value("occasion").to_owned(),
        is_speech: state.value("turn") == "speech",
        unit: state.value("unit").parse().ok(),
        speaker: state.line("speaker"),
        with: state.line("with"),
        at,
        url: state.line("url"),
    }
}

/// Does the work once; where to go, or nothing when what was wrong stands on the form.
async fn finish(
    staff: &Staff,
    (state, key): (&mut FormState, Option<&FormKey>),
    (id, work): (Option<StatementId>, Work),
) -> Result<Option<axum::response::Response>, Fault> {
    let worker = staff.clone();
    let done = staff.state.once(key, async move { worker.run(work).await.map(path) });
    match done.await {
        Ok(path) => Ok(Some(redirect_with_notice(&staff.visitor, &path, key!("press_page.done")))),
        Err(ActionError::Refused("statement_no_reason")) => {
            state.refuse(FieldError::new("reason", key!("refusal.press_no_reason")));
            Ok(None)
        }
        Err(error) => {
            let of = ("press_statement", id.map(|id| id.to_string()).unwrap_or_default());
            refusal::keep_over(staff, state, of, error).await?;
            Ok(None)
        }
    }
}

pub(super) async fn begin(staff: Staff, Path(word): Path<String>, sent: Fields) -> PageResult {
    let form = form_of(&word)?;
    let key = sent.key.clone();
    let mut state = sent.only(&TYPED)?;
    let edit = read(&mut state, form);
    if !state.has_errors() {
        let work: Work = Box::new(move |app, actor| press::begin_statement(app, actor, (form, &edit)));
        if let Some(done) = finish(&staff, (&mut state, key.as_ref()), (None, work)).await? {
            return Ok(done);
        }
    }
    draw_edit(&staff, (form, None), (&state, key.as_ref())).await
}

async fn load(staff: &Staff, id: StatementId) -> Result<ShownStatement, Fault> {
    staff.run(move |app, actor| press::statement(app, actor, id)).await.map_err(refusal::fault)
}

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "press/statement.html")]
struct Shown {
    chrome: Chrome,
    badge: Badge,
    facts: Facts,
    text: String,
    buttons: Vec<Button>,
    letters: Vec<Link>,
    portal: Option<String>,
    publication: Option<Link>,
    start: FormStart,
}

pub(super) async fn show(staff: Staff, Path(id): Path<StatementId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let (row, own) = (&found.row, path(id));
    let statement = &row.statement;
    let button = |(event, result): &(Event, Result<(), Refusal>)| Button {
        label: event_name(t, *event),
        href: format!("{own}/{}", event.word()),
        refused: result.err().map(|refusal| t.text(&format!("refusal.{}", refusal.code()))),
    };
    let letter = |file: File, key: &str| Link::new(t.text(key), format!("{own}/letter/{}", file.word()));
    let is_drawn = statement.told.form == Form::Release && !statement.told.text.is_empty();
    let may_publish =
        row.state == State::Issued && statement.publication.is_none() && staff.may(Capability::TakePress);
    let publication = statement.publication;
    let shown = Shown {
        chrome: staff.chrome(statement.told.subject.clone()).under(crumbs(t)),
        badge: badge(t, row.state),
        facts: facts(t, &found),
        text: statement.told.text.clone(),
        buttons: found.buttons.iter().map(button).collect(),
        letters: if is_drawn {
            vec![letter(File::Pdf, "conference.pdf"), letter(File::Docx, "conference.docx")]
        } else {
            Vec::new()
        },
        portal: may_publish.then(|| format!("{own}/portal")),
        publication: publication
            .map(|id| Link::new(t.text("press_page.publication"), crate::publication::path(id))),
        start: FormStart::plain(&staff.visitor.form_token()),
    };
    page(&shown, Cache::Private)
}

fn facts(t: Language, found: &ShownStatement) -> Facts {
    let statement = &found.row.statement;
    let told = &statement.told;
    let name = |person: &String| found.people.get(person).cloned().unwrap_or_else(|| person.clone());
    let turn = if told.is_speech { "speech" } else { "information" };
    let occasion = t.word("statements", "occasion", &told.occasion);
    let mut facts = vec![
        ("press_field.form", form_name(t, told.form).to_owned()),
        ("statement.turn", t.word("statements", "turn", turn).to_owned()),
        ("statement.occasion", occasion.to_owned()),
        ("statement.unit", found.unit.clone()),
        ("statement.speaker", told.speaker.clone()),
        ("statement.with", told.with.clone()),
        ("statement.when", told.at.map(show_day::instant).unwrap_or_default()),
        ("statement.writers", statement.writers.iter().map(name).collect::<Vec<_>>().join(", ")),
    ];
    if let Some(approval) = &statement.approval {
        let approved = format!("{}, {}", name(&approval.person), show_day::instant(approval.at));
        facts.push(("statement.approved", approved));
    }
    if let Some(issued) = &statement.issued {
        facts.push(("press_field.issued", format!("{}, {}", issued.symbol, show_day::day(issued.day))));
    }
    facts.push(("statement.note", statement.note.clone()));
    let told_facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut facts: Vec<Fact> = told_facts.map(|(key, value)| Fact::new(t.text(key), value)).collect();
    if !told.url.is_empty() {
        facts.push(Fact::new(t.text("statement.url"), told.url.clone()).href(told.url.clone()));
    }
    Facts::new(t, facts)
}

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

/// The form of an act, above it the text that is decided.
async fn draw_act(
    staff: &Staff,
    found: &ShownStatement,
    event: Event,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let own = path(found.row.id);
    let told = &found.row.statement.told;
    let fields = match event {
        Event::SendBack | Event::Discard => {
            vec![
                Field::new(state, t, "reason", t.text("press_act.reason"), Kind::Text(3))
                    .max(2_000)
                    .required(),
            ]
        }
        Event::Issue => {
            let next = staff.run(|app, actor| press::next_release(app, actor)).await;
            let (next, _) = next.map_err(refusal::fault)?;
            let line = |name: &str, key: &str| Field::new(state, t, name, t.text(key), Kind::Line("text"));
            vec![
                Field::new(state, t, "number", t.text("press_issue.number"), Kind::Number)
                    .help(t.fill("outgoing.number_help", &[("next", &next)])),
                line("gap_reason", "outgoing.gap_reason").help(t.text("outgoing.gap_help")).max(500),
                line("symbol", "press_issue.symbol").max(40).required(),
                Field::new(state, t, "issued_on", t.text("press_issue.day"), Kind::Day).required(),
            ]
        }
        Event::Edit | Event::Submit | Event::Approve => Vec::new(),
    };
    let label = event_name(t, event);
    let form = FormPart::new(staff, (format!("{own}/{}", event.word()), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .hidden("digest", found.digest.clone())
        .back(own.clone());
    let below = Some((told.subject.clone(), own));
    let said = found.said_before.iter().map(|said| {
        let (link, told) = super::show::elsewhere(t, said);
        format!("{}\n{told}", link.label)
    });
    let lead = t.text(&format!("statement.act.{}", event.word()));
    FormPage::new(staff, (label, lead), below, form)
        .panel((t.text("statement.subject"), told.subject.clone()))
        .panel((t.text("statement.speaker"), told.speaker.clone()))
        .panel((t.text("statement.text"), told.text.clone()))
        .panel((t.text("press_page.said_before"), said.collect::<Vec<_>>().join("\n\n")))
        .panels_first()
        .draw(state)
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(StatementId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let told = &found.row.statement.told;
    let against = found.buttons.iter().find(|(of, _)| *of == event);
    if let Some(reason) = against.map_or(Some(Refusal::NotNow), |(_, result)| result.err()) {
        let t = staff.t();
        let title = (event_name(t, event), t.text(&format!("refusal.{}", reason.code())));
        return refused(&staff, title, (told.subject.clone(), path(id)));
    }
    if event == Event::Edit {
        let state = stored(told);
        return draw_edit(&staff, (told.form, Some(&found.row)), (&state, None)).await;
    }
    let next = staff.run(|app, actor| press::next_release(app, actor)).await;
    let (_, symbol) = next.map_err(refusal::fault)?;
    let today = time::day_in_table(staff.state.app.today());
    let state = FormState::of([("symbol", symbol), ("issued_on", today)]);
    draw_act(&staff, &found, event, (&state, None)).await
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(StatementId, String)>,
    sent: Fields,
) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let form = found.row.statement.told.form;
    let key = sent.key.clone();
    let own = ["digest", "reason", "number", "gap_reason", "symbol", "issued_on"];
    let known: Vec<&str> = TYPED.into_iter().chain(own).collect();
    let mut state = sent.only(&known)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let at = (id, version);
    let work: Work = match event {
        Event::Edit => {
            let edit = read(&mut state, form);
            Box::new(move |app, actor| press::edit_statement(app, actor, at, &edit).map(|()| id))
        }
        Event::Issue => {
            let release = Release {
                number: number_of(&mut state),
                gap_reason: state.line("gap_reason"),
                symbol: state.line("symbol"),
                day: day_of(&mut state, "issued_on"),
            };
            Box::new(move |app, actor| press::issue_statement(app, actor, at, &release).map(|()| id))
        }
        _ => {
            let (reason, digest) = (state.text("reason"), state.value("digest").to_owned());
            Box::new(move |app, actor| {
                let given = (reason.as_str(), Some(digest.as_str()));
                press::act_on_statement(app, actor, at, event, given).map(|()| id)
            })
        }
    };
    if !state.has_errors()
        && let Some(done) = finish(&staff, (&mut state, key.as_ref()), (Some(id), work)).await?
    {
        return Ok(done);
    }
    // What is sent again goes over what stands now.
    let found = load(&staff, id).await?;
    if event == Event::Edit {
        draw_edit(&staff, (form, Some(&found.row)), (&state, key.as_ref())).await
    } else {
        draw_act(&staff, &found, event, (&state, key.as_ref())).await
    }
}

/// A file of a release.
pub(super) async fn letter(staff: Staff, Path((id, word)): Path<(StatementId, String)>) -> PageResult {
    let file = File::from_word(&word).ok_or_else(Fault::not_found)?;
    let bytes = staff.run(move |app, actor| press::statement_file(app, actor, id, file)).await;
    let name = format!("thong-cao-bao-chi-{id}.{}", file.word());
    Ok(attachment(bytes.map_err(refusal::fault)?, file.media_type(), &name))
}

/// Begins the publication of a release.
pub(super) async fn portal(staff: Staff, Path(id): Path<StatementId>, sent: Fields) -> PageResult {
    sent.only(&[])?;
    let made = staff.run(move |app, actor| press::statement_to_portal(app, actor, id)).await;
    let publication = crate::publication::path(made.map_err(refusal::fault)?);
    Ok(redirect_with_notice(&staff.visitor, &publication, key!("publication_page.saved")))
}
