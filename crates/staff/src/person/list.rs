//! The list of people.

use app::account::{self, Person};
use app::office::{self, UnitView};
use askama::Template;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Cell, Column, Table, Tone};
use web_kit::{Cache, PageResult, page, show};

use super::path;
use crate::gate::{Staff, role_key};
use crate::refusal;

#[derive(Template)]
#[template(path = "person/list.html")]
struct Page {
    chrome: Chrome,
    table: Table,
}

/// Shows everyone.
pub async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let people = staff.run(account::people).await.map_err(refusal::fault)?;
    let units = units(&staff).await?;
    let columns = ["full_name", "account", "unit", "roles", "factor", "seen", "state"]
        .map(|name| Column::new(t.text(&format!("person.{name}"))))
        .to_vec();
    let table = Table::new(t, "people", t.text("person.title"), columns)
        .rows(people.iter().map(|person| row(&staff, person, &units)).collect())
        .caption_hidden()
        .cards();
    page(&Page { chrome: staff.chrome(t.text("person.title")), table }, Cache::Private)
}

/// All units; none for people who may not read registers.
pub(super) async fn units(staff: &Staff) -> Result<Vec<UnitView>, web_kit::Fault> {
    if !staff.may(domain::access::Capability::ReadRegisters) {
        return Ok(Vec::new());
    }
    staff.run(|app, actor| office::units(app, actor, None)).await.map_err(refusal::fault)
}

fn row(staff: &Staff, person: &Person, units: &[UnitView]) -> Vec<Cell> {
    let t = staff.t();
    let unit = units.iter().find(|unit| Some(unit.id) == person.unit);
    let roles: Vec<&str> = person.roles.iter().map(|role| t.text(role_key(*role))).collect();
    let factor = if person.has_factor { "flag.yes" } else { "flag.no" };
    let state = if person.is_enabled {
        Badge::new(Tone::Done, t.text("person.enabled"))
    } else {
        Badge::new(Tone::Plain, t.text("person.disabled"))
    };
    vec![
        Cell::link(person.full_name.clone(), path(person.id)).note(person.title.clone()),
        Cell::new(person.account.clone()),
        Cell::new(unit.map(|unit| unit.short_name.clone()).unwrap_or_default()),
        Cell::new(roles.join(", ")),
        Cell::new(t.text(factor)),
        Cell::new(
            person.last_seen_at.map_or_else(|| t.text("person.never").to_owned(), |at| show::instant(t, at)),
        ),
        Cell::badge(state),
    ]
}
