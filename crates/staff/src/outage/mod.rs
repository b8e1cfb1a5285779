//! A time without a sign of life of the server: written into the register of outages, or said to have been none.

use app::outages::{self, StandstillRow};
use app::register::Typed;
use askama::Template;
use axum::routing::{get, post};
use domain::access::Capability::WriteRegisters;
use domain::id::StandstillId;
use domain::register::{FieldKind, Register};
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{Fields, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use words::key;

use crate::gate::Staff;
use crate::part::FormPart;
use crate::{Gate, Route, link, refusal, show_day};

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get("/outages/{id}", Gate::May(WriteRegisters), || get(show)),
    Route::post("/outages/{id}", Gate::May(WriteRegisters), || post(settle)),
];

/// Those that wait, each with its address, for the list of the register.
pub(crate) async fn waiting(staff: &Staff) -> Result<Vec<Link>, web_kit::Fault> {
    let found = staff.run(outages::standstills).await.map_err(refusal::fault)?;
    Ok(found.iter().map(|row| Link::new(span(staff, row), format!("/outages/{}", row.id))).collect())
}

fn span(staff: &Staff, row: &StandstillRow) -> String {
    let (from, until) = (show_day::instant(row.from), show_day::instant(row.until));
    staff.t().fill("outage.span", &[("from", &from), ("until", &until)])
}

#[derive(Template)]
#[template(path = "outage/show.html")]
struct Page {
    chrome: Chrome,
    span: String,
    form: FormPart,
}

async fn show(staff: Staff, Path(id): Path<StandstillId>) -> PageResult {
    let subject = staff.t().text("outage.whole").to_owned();
    draw(&staff, id, FormState::of([("kind", "unplanned".to_owned()), ("subject", subject)])).await
}

async fn draw(staff: &Staff, id: StandstillId, state: FormState) -> PageResult {
    let t = staff.t();
    let row =
        staff.run(move |app, actor| outages::standstill(app, actor, id)).await.map_err(refusal::fault)?;
    let word = Register::Outages.word();
    let kinds = match Register::Outages.field("kind").map(|field| field.kind) {
        Some(FieldKind::Word(words)) => words,
        _ => &[],
    };
    let kinds = kinds.iter().map(|(kind, _)| Choice::new(*kind, t.word(word, "kind", kind))).collect();
    let line = |name: &'static str| Field::new(&state, t, name, t.field(word, name), Kind::Line("text"));
    let fields = vec![
        line("subject"),
        Field::new(&state, t, "kind", t.field(word, "kind"), Kind::Radios(kinds)),
        line("cause").help(t.text("outage.cause_help")),
    ];
    let register = link::register(Register::Outages);
    let action = (format!("/outages/{id}"), t.text("outage.note"));
    let page = Page {
        chrome: staff.chrome(t.text("outage.title")).under(vec![
            Link::new(t.text("nav.registers"), "/registers"),
            Link::new(t.text("register.outages.name"), register.clone()),
        ]),
        span: span(staff, &row),
        form: FormPart::new(staff, action, (&state, None), fields)
            .second("dismiss", t.text("outage.dismiss"))
            .back(register),
    };
    with_form(&page, &state)
}

async fn settle(staff: Staff, Path(id): Path<StandstillId>, fields: Fields) -> PageResult {
    let mut state = fields.only(&["subject", "kind", "cause", "dismiss"])?;
    let register = link::register(Register::Outages);
    let done = if state.line("dismiss").is_empty() {
        let typed: Typed = ["subject", "kind", "cause"]
            .map(|name| (name.to_owned(), state.line(name)))
            .into_iter()
            .collect();
        let noted = staff.run(move |app, actor| outages::note_standstill(app, actor, id, &typed)).await;
        noted.map(|record| (format!("{register}/{record}"), key!("outage.noted")))
    } else {
        let why = state.line("cause");
        let dismissed = staff.run(move |app, actor| outages::dismiss_standstill(app, actor, id, &why)).await;
        dismissed.map(|()| (register, key!("outage.dismissed")))
    };
    match done {
        Ok((path, said)) => Ok(redirect_with_notice(&staff.visitor, &path, said)),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, state).await
        }
    }
}
