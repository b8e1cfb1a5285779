//! One notice: what it says, about what, and what is done about it.

use app::notice::{self, NoticeRow};
use askama::Template;
use domain::access::Capability;
use domain::id::NoticeId;
use domain::notice::{LONGEST_TEXT, State};
use domain::time::Timestamp;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Fact, Facts, Field, Kind};
use web_kit::form::{FieldError, Fields, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult, show as words_of};
use words::key;

use super::{PATH, state_name};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

#[derive(Template)]
#[template(path = "notice/show.html")]
struct Page {
    chrome: Chrome,
    message: String,
    answer: String,
    facts: Facts,
    form: Option<FormPart>,
}

/// Shows it.
pub(super) async fn show(staff: Staff, Path(id): Path<NoticeId>) -> PageResult {
    draw(&staff, id, FormState::new()).await
}

async fn draw(staff: &Staff, id: NoticeId, mut state: FormState) -> PageResult {
    let t = staff.t();
    let (row, title) =
        staff.run(move |app, actor| notice::show(app, actor, id)).await.map_err(refusal::fault)?;
    if !state.has_errors() {
        state = FormState::of([("answer", row.answer.clone())]);
    }
    let page = Page {
        chrome: staff.chrome(t.text("notice.one")).under(vec![Link::new(t.text("nav.notices"), PATH)]),
        facts: facts(staff, &row, &title),
        form: (staff.may(Capability::WritePublications) && !row.state.is_closed())
            .then(|| form(staff, &row, &state)),
        message: row.message,
        answer: row.answer,
    };
    with_form(&page, &state)
}

fn facts(staff: &Staff, row: &NoticeRow, title: &str) -> Facts {
    let t = staff.t();
    let received = Timestamp::from_millisecond(row.received_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let page = if title.is_empty() { row.address.clone() } else { title.to_owned() };
    let mut facts = vec![
        Fact::new(t.text("notice.state_name"), state_name(t, row.state)),
        Fact::new(t.text("notice.page"), page).href(row.address.clone()),
        Fact::new(t.text("notice.received"), words_of::instant(t, received)),
    ];
    if let Some(due) = row.due_on {
        facts.push(Fact::new(t.text("notice.due_rule"), words_of::day(t, due)));
    }
    let contact =
        if row.contact.is_empty() { t.text("notice.no_contact").to_owned() } else { row.contact.clone() };
    facts.push(Fact::new(t.text("notice.contact"), contact));
    Facts::new(t, facts)
}

fn form(staff: &Staff, row: &NoticeRow, state: &FormState) -> FormPart {
    let t = staff.t();
    let next = State::ALL.into_iter().filter(|next| row.state.leads_to(*next));
    let choices = next.map(|next| Choice::new(next.word(), t.text(&format!("notice.act.{}", next.word()))));
    let most = u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX);
    let fields = vec![
        Field::new(state, t, "state", t.text("notice.next"), Kind::Radios(choices.collect())).required(),
        Field::new(state, t, "answer", t.text("notice.answer"), Kind::Text(5))
            .help(t.text("notice.answer_help"))
            .max(most),
    ];
    FormPart::new(staff, (format!("{PATH}/{}", row.id), t.text("action.save")), (state, None), fields)
        .hidden("version", row.version.to_string())
}

/// Moves it on.
pub(super) async fn act(staff: Staff, Path(id): Path<NoticeId>, fields: Fields) -> PageResult {
    let mut state = fields.only(&["state", "answer", "version"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let Some(next) = State::from_word(state.value("state")) else {
        state.refuse(FieldError::new("state", key!("invalid.required")));
        return draw(&staff, id, state).await;
    };
    let answer = state.text("answer");
    let done = staff.run(move |app, actor| notice::act(app, actor, (id, version), next, &answer)).await;
    match done {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, &format!("{PATH}/{id}"), key!("notice.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, state).await
        }
    }
}
