//! Writing down a request that came by letter, by phone, in person.

use app::press::{self, Intake};
use app::rules::read_day;
use askama::Template;
use domain::id::ReporterId;
use domain::press::request::{Asked, Identity, LONGEST_QUESTIONS};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Query};
use web_kit::page::page;
use web_kit::{Cache, Fault, Language, PageResult};
use words::key;

use super::form::Page;
use super::{PATH, choices, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

const NAMES: [&str; 13] = [
    "requester",
    "requester_kind",
    "reporter",
    "contact",
    "card",
    "identity",
    "request_symbol",
    "channel",
    "legal_kind",
    "received_on",
    "received_time",
    "subject",
    "questions",
];

/// The code of the reporter's page, told once.
#[derive(Template)]
#[template(path = "press/taken.html")]
pub(super) struct Taken {
    chrome: Chrome,
    lead: &'static str,
    path: String,
    code: String,
}

impl Taken {
    /// The page with this title for what was done: the address of the request, a line, the code.
    pub(super) fn draw(staff: &Staff, (title, lead): (&str, &'static str), done: &str) -> PageResult {
        let (path, code) = done.split_once('\n').unwrap_or((done, ""));
        let crumbs = vec![Link::new(staff.t().text("nav.press"), PATH)];
        let taken = Taken {
            chrome: staff.chrome(title).under(crumbs),
            lead,
            path: path.to_owned(),
            code: code.to_owned(),
        };
        page(&taken, Cache::Private)
    }
}

/// The reporter the office knows who asks; none for somebody else.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Asking {
    reporter: String,
}

/// What the form begins with for a reporter the office knows.
async fn known(staff: &Staff, id: &str) -> Result<Vec<(&'static str, String)>, Fault> {
    let Ok(id) = id.parse::<ReporterId>() else { return Ok(Vec::new()) };
    let (row, agency) =
        staff.run(move |app, actor| press::reporter(app, actor, id)).await.map_err(refusal::fault)?;
    let contact = if row.contact.is_empty() { agency.contact } else { row.contact };
    Ok(vec![
        ("requester", agency.name),
        ("requester_kind", agency.kind),
        ("reporter", row.name),
        ("contact", contact),
        ("card", row.card),
    ])
}

pub(super) async fn new(staff: Staff, Query(asking): Query<Asking>) -> PageResult {
    let now = staff.state.app.now();
    let instant = show_day::instant(now);
    let (day, hour) = instant.split_once(' ').unwrap_or((&instant, ""));
    let mut filled = vec![("received_on", day.to_owned()), ("received_time", hour.to_owned())];
    filled.extend(known(&staff, &asking.reporter).await?);
    let form = FormState::of(filled);
    draw(&staff, &form, None).await
}

async fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let agencies = staff.run(|app, actor| press::agencies(app, actor)).await.map_err(refusal::fault)?;
    let known: Vec<String> = agencies.into_iter().filter(|row| row.is_active).map(|row| row.name).collect();
    let fields = fields(t, state, &known);
    let form =
        FormPart::new(staff, ("/press/new", t.text("press_take.save")), (state, key), fields).back(PATH);
    Page::new(staff, (t.text("press_list.take"), t.text("press_take.lead")), None, form).draw(state)
}

fn fields(t: Language, state: &FormState, known: &[String]) -> Vec<Field> {
    let line = |name: &str, most: u32| {
        Field::new(state, t, name, t.text(&format!("press_field.{name}")), Kind::Line("text")).max(most)
    };
    let select = |name: &str| {
        Field::new(state, t, name, t.text(&format!("press_field.{name}")), Kind::Select(choices(t, name)))
    };
    let requester = line("requester", 200).required();
    let requester = if known.is_empty() {
        requester
    } else {
        let names: Vec<&str> = known.iter().take(12).map(String::as_str).collect();
        requester.help(t.fill("press_take.known", &[("names", &names.join(", "))]))
    };
    let most = u32::try_from(LONGEST_QUESTIONS).unwrap_or(u32::MAX);
    vec![
        requester,
        select("requester_kind").required(),
        line("reporter", 100),
        line("contact", 200).help(t.text("press_take.contact_help")),
        line("card", 100).help(t.text("press_take.contact_help")),
        Field::new(state, t, "identity", t.text("press_field.identity"), Kind::Select(identities(t)))
            .required(),
        line("request_symbol", 100),
        select("channel").required(),
        select("legal_kind").help(t.text("press_take.kind_help")),
        Field::new(state, t, "received_on", t.text("press_field.received_on"), Kind::Day).required(),
        Field::new(state, t, "received_time", t.text("press_field.received_time"), Kind::Line("text"))
            .help(t.text("press_take.time_help"))
            .required(),
        line("subject", 500).required(),
        Field::new(state, t, "questions", t.text("press_field.questions"), Kind::Text(8))
            .max(most)
            .required(),
    ]
}

pub(super) fn identities(t: Language) -> Vec<Choice> {
    Identity::ALL
        .map(|identity| Choice::new(identity.word(), t.text(&format!("press.identity.{}", identity.word()))))
        .to_vec()
}

pub(super) async fn take(staff: Staff, sent: Fields) -> PageResult {
    let t = staff.t();
    let key = sent.key.clone();
    let mut state = sent.only(&NAMES)?;
    Field::refuse_missing(&fields(t, &state, &[]), &mut state);
    let Some(intake) = read(&mut state) else { return draw(&staff, &state, key.as_ref()).await };
    let worker = staff.clone();
    let work = async move {
        let (id, code) = worker.run(move |app, actor| press::take(app, actor, &intake)).await?;
        Ok::<_, app::ActionError>(format!("{}\n{code}", path(id)))
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(done) => {
            let words = (t.text("press_take.done_title"), t.text("press_take.done"));
            Taken::draw(&staff, words, &done)
        }
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref()).await
        }
    }
}

fn read(state: &mut FormState) -> Option<Intake> {
    let day = read_day(state.value("received_on"));
    let at = day.and_then(|day| show_day::read_instant(day, &state.line("received_time")));
    if day.is_none() {
        state.refuse(FieldError::new("received_on", key!("form.not_a_day")));
    } else if at.is_none() {
        state.refuse(FieldError::new("received_time", key!("publication_act.no_instant")));
    }
    let identity = Identity::from_word(state.value("identity"));
    if identity.is_none() {
        state.refuse(FieldError::new("identity", key!("invalid.required")));
    }
    if state.has_errors() {
        return None;
    }
    Some(Intake {
        asked: Asked {
            requester: state.line("requester"),
            requester_kind: state.value("requester_kind").to_owned(),
            request_symbol: state.line("request_symbol"),
            subject: state.line("subject"),
            questions: state.text("questions"),
            channel: state.value("channel").to_owned(),
            legal_kind: state.value("legal_kind").to_owned(),
            identity: identity?,
        },
        reporter: state.line("reporter"),
        contact: state.line("contact"),
        card: state.line("card"),
        received_at: at,
    })
}
