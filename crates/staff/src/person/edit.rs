//! Adding and changing a person.

use app::account::{self, Person};
use askama::Template;
use domain::id::PersonId;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use words::key;

use super::{PATH, form, invite, list, path};
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "person/edit.html")]
struct Page {
    chrome: Chrome,
    action: String,
    version: i64,
    errors: ErrorSummary,
    role_error: Option<String>,
    start: FormStart,
    lines: Vec<Field>,
    roles: Vec<Field>,
    enabled: Option<Field>,
    invite: Option<String>,
}

/// An empty form.
pub async fn begin(staff: Staff) -> PageResult {
    draw(&staff, None, (&FormState::new(), None)).await
}

/// The form of a person.
pub async fn show(staff: Staff, Path(id): Path<PersonId>) -> PageResult {
    let person = load(&staff, id).await?;
    draw(&staff, Some(&person), (&form::filled(&person), None)).await
}

async fn load(staff: &Staff, id: PersonId) -> Result<Person, web_kit::Fault> {
    staff.run(move |app, actor| account::person(app, actor, id)).await.map_err(refusal::fault)
}

async fn draw(
    staff: &Staff,
    person: Option<&Person>,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let units = list::units(staff).await?;
    let day = staff.run(|app, _| app::office::day_of_units(app)).await.map_err(refusal::fault)?;
    let lines = form::lines(staff, state, &units, day);
    let title = person.map_or_else(|| t.text("person.add").to_owned(), |person| person.full_name.clone());
    let enabled = person.map(|_| {
        Field::new(state, t, "is_enabled", t.text("person.is_enabled"), Kind::Check)
            .help(t.text("person.is_enabled_help"))
    });
    let page = Page {
        chrome: staff.chrome(title).under(vec![Link::new(t.text("person.title"), PATH)]),
        action: person.map_or_else(|| "/people/new".to_owned(), |person| path(person.id)),
        version: person.map_or(0, |person| person.version),
        errors: ErrorSummary::new(state, t, &lines),
        role_error: state.error("roles", t),
        start: FormStart::again(&staff.visitor, key),
        roles: form::roles(staff, state),
        enabled,
        invite: person.map(|person| format!("{}/invitation", path(person.id))),
        lines,
    };
    with_form(&page, state)
}

/// Adds the person and shows the link with which it sets its password.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&form::names())?;
    let new = form::read(&state);
    let name = new.full_name.clone();
    match staff.run(move |app, actor| account::add_person(app, actor, &new)).await {
        Ok((_, invitation)) => invite::draw(&staff, &name, &invitation),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, None, (&state, key.as_ref())).await
        }
    }
}

/// Changes the person.
pub async fn change(staff: Staff, Path(id): Path<PersonId>, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&form::names())?;
    let change = form::read(&state);
    let version = state.value("version").parse().unwrap_or(0);
    let is_enabled = state.value("is_enabled") == "on";
    let work = move |app: &app::App, actor: &app::Actor| {
        account::change_person(app, actor, (id, version), &change, is_enabled)
    };
    match staff.run(work).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("person.notice.changed"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            let person = load(&staff, id).await?;
            draw(&staff, Some(&person), (&state, key.as_ref())).await
        }
    }
}
