//! An act on a request, asked for on a page of its own. What was typed stays when it cannot be done.

use app::ActionError;
use app::data_request::{self, Given, Identification, LONGEST_WORDS, Shown};
use domain::data_request::{Event, Refusal};
use domain::id::DataRequestId;
use web_kit::chrome::Link;
use web_kit::component::{Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::show::load;
use super::take::tell;
use super::{crumbs, event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::press::form::{Page, refused_under};
use crate::refusal;

const NAMES: [&str; 6] = ["version", "reason", "answer", "days", "contact", "how"];

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

fn below(staff: &Staff, found: &Shown) -> Vec<Link> {
    let mut crumbs = crumbs(staff.t());
    crumbs.push(Link::new(found.row.number.clone(), path(found.row.id)));
    crumbs
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(DataRequestId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let against = found.buttons.iter().find(|(of, _)| *of == event);
    if let Some(reason) = against.map_or(Some(Refusal::NotNow), |(_, result)| result.err()) {
        let t = staff.t();
        let title = (event_name(t, event), t.text(&format!("refusal.{}", reason.code())));
        return refused_under(&staff, title, below(&staff, &found));
    }
    let mut state = FormState::new();
    if event == Event::Identify {
        state = FormState::of([("contact", found.row.person.confirmed_contact.clone())]);
    }
    draw(&staff, &found, event, (&state, None))
}

fn draw(
    staff: &Staff,
    found: &Shown,
    event: Event,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let own = path(found.row.id);
    let text = |name: &str, label: &str, help: &str| {
        Field::new(state, t, name, t.text(label), Kind::Text(5)).help(t.text(help)).max(LONGEST_WORDS)
    };
    let fields = match event {
        Event::Acknowledge => Vec::new(),
        Event::Identify => vec![
            Field::new(state, t, "contact", t.text("data_request.confirmed_contact"), Kind::Line("text"))
                .max(200)
                .required(),
            Field::new(state, t, "how", t.text("data_request.how"), Kind::Text(2))
                .help(t.text("data_request.how_help"))
                .max(2_000)
                .required(),
        ],
        Event::Extend => {
            let most = found.extension.unwrap_or(0).to_string();
            vec![
                Field::new(state, t, "days", t.text("data_request.days"), Kind::Number)
                    .help(t.fill("data_request.days_help", &[("most", &most)]))
                    .required(),
                text("reason", "data_request.extension_reason", "data_request.reason_help").required(),
            ]
        }
        Event::Fulfil => {
            vec![text("answer", "data_request.answer", "data_request.answer_help").required()]
        }
        Event::Refuse => vec![
            text("reason", "data_request.ground", "data_request.reason_help").required(),
            text("answer", "data_request.words", "data_request.answer_help"),
        ],
        Event::TakeBack => {
            vec![text("reason", "data_request.back_reason", "data_request.reason_help").required()]
        }
    };
    let label = event_name(t, event);
    let form = FormPart::new(staff, (format!("{own}/{}", event.word()), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .back(own);
    let lead = t.text(&format!("data_request.lead.{}", event.word()));
    Page::under(staff, (label, lead), below(staff, found), form)
        .panel((t.text("data_request.details"), found.row.person.details.clone()))
        .draw(state)
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(DataRequestId, String)>,
    sent: Fields,
) -> PageResult {
    let t = staff.t();
    let event = event_of(&word)?;
    let key = sent.key.clone();
    let mut state = sent.only(&NAMES)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let typed = state.line("days");
    let days = typed.parse().ok();
    if days.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("days", key!("invalid.not_a_count")).with("value", &typed));
        return draw(&staff, &load(&staff, id).await?, event, (&state, key.as_ref()));
    }
    let given = Given { reason: state.text("reason"), answer: state.text("answer"), days };
    let found = Identification { contact: state.line("contact"), how: state.text("how") };
    let worker = staff.clone();
    let work = async move {
        let code = worker.run(move |app, actor| match event {
            Event::Identify => data_request::identify(app, actor, (id, version), &found).map(Some),
            _ => data_request::act(app, actor, (id, version), event, &given).map(|()| None),
        });
        Ok::<_, ActionError>(match code.await? {
            Some(code) => format!("{}\n{code}", path(id)),
            None => path(id),
        })
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(done) if done.contains('\n') => {
            let words = (t.text("data_request.identified_title"), t.text("data_request.identified_lead"));
            tell(&staff, words, &done)
        }
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("press_page.done"))),
        Err(error) => {
            refusal::keep(&mut state, error)?;
            draw(&staff, &load(&staff, id).await?, event, (&state, key.as_ref()))
        }
    }
}
