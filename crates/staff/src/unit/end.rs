//! The end of a unit, with those who take over.

use app::office::{self, UnitEnd, UnitView};
use askama::Template;
use domain::id::UnitId;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, Fields, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{PATH, add};
use crate::gate::Staff;
use crate::refusal;

/// At most so many take over.
const SUCCESSORS: [&str; 4] = ["successor_1", "successor_2", "successor_3", "successor_4"];

#[derive(Template)]
#[template(path = "unit/end.html")]
struct Page {
    chrome: Chrome,
    action: String,
    version: i64,
    errors: ErrorSummary,
    start: FormStart,
    last: Field,
    successors: Vec<Field>,
    basis: Field,
}

async fn load(staff: &Staff, id: UnitId) -> Result<UnitView, Fault> {
    let units = staff.run(|app, actor| office::units(app, actor, None)).await.map_err(refusal::fault)?;
    units.into_iter().find(|unit| unit.id == id).ok_or_else(Fault::not_found)
}

/// The form.
pub async fn ask(staff: Staff, Path(id): Path<UnitId>) -> PageResult {
    let unit = load(&staff, id).await?;
    draw(&staff, &unit, &FormState::new()).await
}

async fn draw(staff: &Staff, unit: &UnitView, state: &FormState) -> PageResult {
    let t = staff.t();
    let own = unit.id.to_string();
    let choices: Vec<Choice> =
        add::choices(staff).await?.into_iter().filter(|choice| choice.value != own).collect();
    let last = Field::new(state, t, "last", t.text("unit.last"), Kind::Day).required();
    let basis = Field::new(state, t, "basis", t.text("unit.basis"), Kind::Line("text"))
        .help(t.text("unit.basis_help"));
    let successor = |(index, name): (usize, &str)| {
        let label = format!("{} {}", t.text("unit.successor"), index + 1);
        Field::new(state, t, name, &label, Kind::Select(choices.clone()))
    };
    let page = Page {
        chrome: staff
            .chrome(format!("{}: {}", t.text("unit.end"), unit.name))
            .under(vec![Link::new(t.text("unit.title"), PATH)]),
        action: format!("/units/{}/end", unit.id),
        version: unit.version,
        errors: ErrorSummary::new(state, t, &[last.clone(), basis.clone()]),
        start: FormStart::once(&staff.visitor),
        last,
        successors: SUCCESSORS.into_iter().enumerate().map(successor).collect(),
        basis,
    };
    with_form(&page, state)
}

/// Ends it.
pub async fn end(staff: Staff, Path(id): Path<UnitId>, fields: Fields) -> PageResult {
    let mut known = vec!["last", "basis", "version"];
    known.extend(SUCCESSORS);
    let mut state = fields.only(&known)?;
    let unit = load(&staff, id).await?;
    let Some(last) = app::rules::read_day(&state.line("last")) else {
        state.refuse(FieldError::new("last", key!("invalid.day_expected")));
        return draw(&staff, &unit, &state).await;
    };
    let mut successors: Vec<UnitId> =
        SUCCESSORS.iter().filter_map(|name| state.value(name).parse().ok()).collect();
    successors.sort_unstable();
    successors.dedup();
    let version = state.value("version").parse().unwrap_or(0);
    let unit_end = UnitEnd { last, successors, basis: state.line("basis") };
    match staff.run(move |app, actor| office::end_unit(app, actor, id, version, &unit_end)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("unit.notice.ended"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &unit, &state).await
        }
    }
}
