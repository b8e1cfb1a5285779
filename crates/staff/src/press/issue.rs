//! Sending the reply out: its number, and how and to whom it is given.

use app::press::{self, Issue, Shown};
use app::{Actor, App};
use domain::id::CaseId;
use domain::press::request::Delivery;
use domain::press::workflow::Event;
use web_kit::PageResult;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use words::key;

use super::act::{below, carry_out, day_of, load, stands_against, version};
use super::form::{Page, refused};
use super::{event_name, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day, signer};

/// The number that comes next, and the symbol of letters.
async fn next(staff: &Staff) -> Result<(u32, String), web_kit::Fault> {
    let today = staff.state.app.today();
    staff.run(move |app, actor| press::next_number(app, actor, today)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let shown = load(&staff, id).await?;
    let event = if shown.row.request.answer.refuses() { Event::IssueRefusal } else { Event::Issue };
    if let Some(reason) = stands_against(&staff, &shown, event) {
        return refused(&staff, (event_name(staff.t(), event), reason), below(&shown));
    }
    let (_, symbol) = next(&staff).await?;
    let usual = staff.run(|app, _| app::office::office(app)).await.map_err(refusal::fault)?.signer;
    let first = [
        ("symbol", symbol),
        ("issued_on", show_day::day(staff.state.app.today())),
        ("delivery", Delivery::Page.word().to_owned()),
    ];
    // Who signs the office's documents signs this one, unless somebody else does this time.
    let signer = usual.as_ref().map(signer::values).into_iter().flatten();
    let state = FormState::of(first.into_iter().chain(signer));
    draw(&staff, &shown, &state, None).await
}

async fn draw(staff: &Staff, shown: &Shown, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let (next, _) = next(staff).await?;
    let refuses = shown.row.request.answer.refuses();
    let event = if refuses { Event::IssueRefusal } else { Event::Issue };
    let ways = Delivery::ALL
        .map(|way| Choice::new(way.word(), t.text(&format!("press.delivery.{}", way.word()))))
        .to_vec();
    let mut fields = vec![
        Field::new(state, t, "number", t.text("press_issue.number"), Kind::Number)
            .help(t.fill("outgoing.number_help", &[("next", &next)])),
        Field::new(state, t, "gap_reason", t.text("outgoing.gap_reason"), Kind::Line("text"))
            .help(t.text("outgoing.gap_help"))
            .max(500),
        Field::new(state, t, "symbol", t.text("press_issue.symbol"), Kind::Line("text")).max(40).required(),
        Field::new(state, t, "issued_on", t.text("press_issue.day"), Kind::Day).required(),
        Field::new(state, t, "delivery", t.text("press_field.delivery"), Kind::Radios(ways)).required(),
        Field::new(state, t, "to", t.text("press_issue.to"), Kind::Line("text"))
            .help(t.text("press_issue.to_help"))
            .max(200),
    ];
    fields.extend(signer::fields(t, state));
    let action = format!("{}/issue", path(shown.row.id));
    let form = FormPart::new(staff, (action, event_name(t, event)), (state, key), fields)
        .hidden("version", shown.row.version.to_string())
        .back(path(shown.row.id));
    Page::new(staff, (event_name(t, event), t.text("press_issue.lead")), Some(below(shown)), form)
        .panel((t.text("press_page.answer"), shown.row.request.answer.text.clone()))
        .panels_first()
        .draw(state)
}

pub(super) async fn issue(staff: Staff, Path(id): Path<CaseId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let own = ["version", "number", "gap_reason", "symbol", "issued_on", "delivery", "to"];
    let names: Vec<&str> = own.into_iter().chain(signer::NAMES).collect();
    let mut state = sent.only(&names)?;
    let version = version(&state)?;
    let day = day_of(&mut state, "issued_on");
    let typed = state.line("number");
    let number: Option<u32> = typed.parse().ok();
    if number.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("number", key!("invalid.not_a_count")).with("value", &typed));
    }
    if !state.has_errors() {
        let issue = Issue {
            number,
            gap_reason: state.line("gap_reason"),
            symbol: state.line("symbol"),
            day,
            signer: signer::read(&state),
            delivery: Delivery::from_word(state.value("delivery")),
            to: state.line("to"),
        };
        let work = move |app: &App, actor: &Actor| press::send_out(app, actor, (id, version), &issue);
        if let Some(done) = carry_out(&staff, id, (&mut state, key.as_ref()), work).await? {
            return Ok(done);
        }
    }
    let shown = load(&staff, id).await?;
    draw(&staff, &shown, &state, key.as_ref()).await
}
