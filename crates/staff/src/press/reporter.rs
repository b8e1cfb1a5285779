//! A reporter the office knows: adding one to an agency, changing one.

use app::press::{self, AgencyRow, ReporterEdit, ReporterRow};
use domain::id::{AgencyId, ReporterId};
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Fault, PageResult};
use words::key;

use super::agency::LIST;
use super::form::Page;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

const NAMES: [&str; 5] = ["version", "name", "card", "contact", "is_active"];

fn draw(staff: &Staff, agency: &AgencyRow, at: Option<&ReporterRow>, state: &FormState) -> PageResult {
    let t = staff.t();
    let line = |name: &str, key: &str, most: u32| {
        Field::new(state, t, name, t.text(key), Kind::Line("text")).max(most)
    };
    let fields = vec![
        line("name", "press_field.reporter", 100).required(),
        line("card", "press_reporter.card", 100),
        line("contact", "press_field.contact", 200),
        Field::new(state, t, "is_active", t.text("press_reporter.active"), Kind::Check),
    ];
    let own = format!("{LIST}/{}", agency.id);
    let action =
        at.map_or_else(|| format!("{own}/reporters/new"), |row| format!("/press/reporters/{}", row.id));
    let form = FormPart::new(staff, (action, t.text("action.save")), (state, None), fields)
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(&own);
    let title = t.text(if at.is_some() { "press_reporter.change" } else { "press_reporter.add" });
    Page::new(staff, (title, t.text("press_reporter.lead")), Some((agency.name.clone(), own)), form)
        .draw(state)
}

async fn find(staff: &Staff, id: ReporterId) -> Result<(ReporterRow, AgencyRow), Fault> {
    staff.run(move |app, actor| press::reporter(app, actor, id)).await.map_err(refusal::fault)
}

async fn agency(staff: &Staff, id: AgencyId) -> Result<AgencyRow, Fault> {
    staff.run(move |app, actor| press::agency(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn new(staff: Staff, Path(id): Path<AgencyId>) -> PageResult {
    let state = FormState::of([("is_active", "on".to_owned())]);
    draw(&staff, &agency(&staff, id).await?, None, &state)
}

pub(super) async fn open(staff: Staff, Path(id): Path<ReporterId>) -> PageResult {
    let (row, agency) = find(&staff, id).await?;
    let state = FormState::of([
        ("name", row.name.clone()),
        ("card", row.card.clone()),
        ("contact", row.contact.clone()),
        ("is_active", if row.is_active { "on".to_owned() } else { String::new() }),
    ]);
    draw(&staff, &agency, Some(&row), &state)
}

pub(super) async fn add(staff: Staff, Path(id): Path<AgencyId>, sent: Fields) -> PageResult {
    let agency = agency(&staff, id).await?;
    store(staff, agency, None, sent).await
}

pub(super) async fn save(staff: Staff, Path(id): Path<ReporterId>, sent: Fields) -> PageResult {
    let (row, agency) = find(&staff, id).await?;
    store(staff, agency, Some(row), sent).await
}

async fn store(staff: Staff, agency: AgencyRow, row: Option<ReporterRow>, sent: Fields) -> PageResult {
    let mut state = sent.only(&NAMES)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let edit = ReporterEdit {
        name: state.line("name"),
        card: state.line("card"),
        contact: state.line("contact"),
        is_active: state.value("is_active") == "on",
    };
    let of = (agency.id, row.as_ref().map(|row| (row.id, version)));
    match staff.run(move |app, actor| press::save_reporter(app, actor, of, &edit)).await {
        Ok(()) => {
            let back = format!("{LIST}/{}", agency.id);
            return Ok(redirect_with_notice(&staff.visitor, &back, key!("press_reporter.saved")));
        }
        Err(error) => refusal::keep(&mut state, error)?,
    }
    // What is sent again goes over what stands now.
    let row = match row {
        Some(row) => Some(find(&staff, row.id).await?.0),
        None => None,
    };
    draw(&staff, &agency, row.as_ref(), &state)
}
