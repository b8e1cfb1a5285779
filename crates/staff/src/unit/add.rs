//! A new unit.

use app::office::{self, NewUnit};
use askama::Template;
use domain::unit::UnitKind;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::PATH;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

const NAMES: [&str; 6] = ["name", "short_name", "kind", "parent", "valid_from", "aliases"];

#[derive(Template)]
#[template(path = "unit/form.html")]
pub(super) struct Page {
    pub(super) chrome: Chrome,
    pub(super) lead: &'static str,
    pub(super) form: FormPart,
}

/// An empty form.
pub async fn begin(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new(), None).await
}

/// The units of today as choices.
pub(super) async fn choices(staff: &Staff) -> Result<Vec<Choice>, Fault> {
    let units = staff.run(|app, actor| office::units(app, actor, Some(app.today()))).await;
    let units = units.map_err(refusal::fault)?;
    Ok(units.into_iter().map(|unit| Choice::new(unit.id.to_string(), unit.name)).collect())
}

async fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let kinds = UnitKind::ALL
        .map(|kind| Choice::new(kind.word(), t.text(&format!("unit_kind.{}", kind.word()))))
        .to_vec();
    let fields = vec![
        Field::new(state, t, "name", t.text("unit.name"), Kind::Line("text"))
            .required()
            .help(t.text("unit.name_help")),
        Field::new(state, t, "short_name", t.text("unit.short_name"), Kind::Line("text")),
        Field::new(state, t, "kind", t.text("unit.kind"), Kind::Select(kinds)).required(),
        Field::new(state, t, "parent", t.text("unit.parent"), Kind::Select(choices(staff).await?)),
        Field::new(state, t, "valid_from", t.text("unit.valid_from"), Kind::Day)
            .help(t.text("unit.valid_from_help")),
        Field::new(state, t, "aliases", t.text("unit.aliases"), Kind::Text(3))
            .help(t.text("unit.aliases_help")),
    ];
    let form = FormPart::new(staff, ("/units/new", t.text("unit.add")), (state, key), fields).back(PATH);
    let page = Page {
        chrome: staff.chrome(t.text("unit.add")).under(vec![Link::new(t.text("unit.title"), PATH)]),
        lead: t.text("unit.add_lead"),
        form,
    };
    with_form(&page, state)
}

/// Adds it.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&NAMES)?;
    let Some(new) = read(&mut state) else { return draw(&staff, &state, key.as_ref()).await };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| office::add_unit(app, actor, &new)).await.map(|_| PATH.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("unit.notice.added"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref()).await
        }
    }
}

fn read(state: &mut FormState) -> Option<NewUnit> {
    let kind = UnitKind::from_word(state.value("kind"));
    if kind.is_none() {
        state.refuse(FieldError::new("kind", key!("invalid.required")));
    }
    let typed = state.line("valid_from");
    let valid_from = app::rules::read_day(&typed);
    if valid_from.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("valid_from", key!("invalid.day_expected")));
    }
    let parent = state.value("parent").parse().ok();
    let typed_aliases = state.text("aliases");
    let aliases = typed_aliases.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let new = NewUnit {
        name: state.line("name"),
        short_name: state.line("short_name"),
        kind: kind.unwrap_or(UnitKind::Other),
        parent,
        valid_from,
        aliases: aliases.collect(),
    };
    (!state.has_errors()).then_some(new)
}
