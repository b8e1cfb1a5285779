//! The press agencies the office knows.

use app::press::{self, AgencyEdit, AgencyRow, MEDIA, ReporterRow};
use askama::Template;
use domain::access::Capability;
use domain::id::AgencyId;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Choice, Column, Empty, Field, Kind, Table, Tone};
use web_kit::form::{FieldError, Fields, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult, page};
use words::key;

use super::{PATH, choices, word_of};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

pub(super) const LIST: &str = "/press/agencies";
const NAMES: [&str; 8] = ["version", "name", "kind", "medium", "cycle_days", "contact", "note", "is_active"];

#[derive(Template)]
#[template(path = "press/agencies.html")]
struct Page {
    chrome: Chrome,
    may_add: bool,
    empty: Option<Empty>,
    table: Table,
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let agencies = staff.run(|app, actor| press::agencies(app, actor)).await.map_err(refusal::fault)?;
    let may_add = staff.may(Capability::TakePress);
    let columns = vec![
        Column::new(t.text("press_agency.name")).wide(),
        Column::new(t.text("press_field.requester_kind")),
        Column::new(t.text("press_agency.medium")),
        Column::new(t.text("press_agency.contact")),
    ];
    let row = |row: &AgencyRow| {
        let name = if may_add {
            Cell::link(row.name.clone(), format!("{LIST}/{}", row.id))
        } else {
            Cell::new(row.name.clone())
        };
        vec![
            if row.is_active {
                name
            } else {
                name.with_badge(Badge::new(Tone::Plain, t.text("press_agency.inactive")))
            },
            Cell::new(word_of(t, "requester_kind", &row.kind)),
            Cell::new(t.text(&format!("press_medium.{}", row.medium))),
            Cell::new(row.contact.clone()),
        ]
    };
    let shown = Page {
        chrome: staff.chrome(t.text("press_agency.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        may_add,
        empty: agencies
            .is_empty()
            .then(|| Empty::new(t.text("press_agency.empty_title"), t.text("press_agency.empty"))),
        table: Table::new(t, "agencies", t.text("press_agency.title"), columns)
            .rows(agencies.iter().map(row).collect())
            .caption_hidden()
            .cards(),
    };
    page(&shown, Cache::Private)
}

#[derive(Template)]
#[template(path = "press/agency.html")]
struct OnePage {
    chrome: Chrome,
    lead: &'static str,
    form: FormPart,
    reporters: Option<(Table, String)>,
}

/// The reporters of an agency, for those who may see them, and where one is added.
async fn reporters(staff: &Staff, at: Option<&AgencyRow>) -> Result<Option<(Table, String)>, Fault> {
    let Some(agency) = at.map(|row| row.id).filter(|_| staff.may(Capability::ReadPersonalData)) else {
        return Ok(None);
    };
    let t = staff.t();
    let found =
        staff.run(move |app, actor| press::reporters(app, actor, agency)).await.map_err(refusal::fault)?;
    let columns = vec![
        Column::new(t.text("press_field.reporter")).wide(),
        Column::new(t.text("press_reporter.card")),
        Column::new(t.text("press_field.contact")),
        Column::new(t.text("press_reporter.request")),
    ];
    let row = |row: &ReporterRow| {
        let name = Cell::link(row.name.clone(), format!("/press/reporters/{}", row.id));
        let take = Cell::link(t.text("press_list.take"), format!("/press/new?reporter={}", row.id));
        let inactive = Badge::new(Tone::Plain, t.text("press_reporter.inactive"));
        vec![
            if row.is_active { name } else { name.with_badge(inactive) },
            Cell::new(row.card.clone()),
            Cell::new(row.contact.clone()),
            if row.is_active { take } else { Cell::new("") },
        ]
    };
    let table = Table::new(t, "reporters", t.text("press_reporter.title"), columns)
        .rows(found.iter().map(row).collect())
        .caption_hidden()
        .cards();
    Ok(Some((table, format!("{LIST}/{agency}/reporters/new"))))
}

async fn draw(staff: &Staff, at: Option<&AgencyRow>, state: &FormState) -> PageResult {
    let t = staff.t();
    let media = MEDIA.map(|medium| Choice::new(medium, t.text(&format!("press_medium.{medium}")))).to_vec();
    let fields = vec![
        Field::new(state, t, "name", t.text("press_agency.name"), Kind::Line("text")).max(200).required(),
        Field::new(
            state,
            t,
            "kind",
            t.text("press_field.requester_kind"),
            Kind::Select(choices(t, "requester_kind")),
        )
        .required(),
        Field::new(state, t, "medium", t.text("press_agency.medium"), Kind::Select(media))
            .help(t.text("press_agency.medium_help"))
            .required(),
        Field::new(state, t, "cycle_days", t.text("press_agency.cycle"), Kind::Number),
        Field::new(state, t, "contact", t.text("press_agency.contact"), Kind::Line("text"))
            .help(t.text("press_agency.contact_help"))
            .max(200),
        Field::new(state, t, "note", t.text("press_agency.note"), Kind::Text(3)).max(2_000),
        Field::new(state, t, "is_active", t.text("press_agency.active"), Kind::Check),
    ];
    let action = at.map_or_else(|| format!("{LIST}/new"), |row| format!("{LIST}/{}", row.id));
    let title = at.map_or_else(|| t.text("press_agency.add").to_owned(), |row| row.name.clone());
    let form = FormPart::new(staff, (action, t.text("action.save")), (state, None), fields)
        .hidden("version", at.map_or(0, |row| row.version).to_string())
        .back(LIST);
    let above = vec![Link::new(t.text("nav.press"), PATH), Link::new(t.text("press_agency.title"), LIST)];
    let shown = OnePage {
        chrome: staff.chrome(&title).under(above),
        lead: t.text("press_agency.lead"),
        form,
        reporters: reporters(staff, at).await?,
    };
    with_form(&shown, state)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let state = FormState::of([("is_active", "on".to_owned()), ("kind", "press_agency".to_owned())]);
    draw(&staff, None, &state).await
}

async fn find(staff: &Staff, id: AgencyId) -> Result<AgencyRow, Fault> {
    staff.run(move |app, actor| press::agency(app, actor, id)).await.map_err(refusal::fault)
}

pub(super) async fn open(staff: Staff, Path(id): Path<AgencyId>) -> PageResult {
    let row = find(&staff, id).await?;
    let state = FormState::of([
        ("name", row.name.clone()),
        ("kind", row.kind.clone()),
        ("medium", row.medium.clone()),
        ("cycle_days", row.cycle_days.map(|days| days.to_string()).unwrap_or_default()),
        ("contact", row.contact.clone()),
        ("note", row.note.clone()),
        ("is_active", if row.is_active { "on".to_owned() } else { String::new() }),
    ]);
    draw(&staff, Some(&row), &state).await
}

pub(super) async fn add(staff: Staff, sent: Fields) -> PageResult {
    store(staff, None, sent).await
}

pub(super) async fn save(staff: Staff, Path(id): Path<AgencyId>, sent: Fields) -> PageResult {
    store(staff, Some(id), sent).await
}

async fn store(staff: Staff, id: Option<AgencyId>, sent: Fields) -> PageResult {
    let mut state = sent.only(&NAMES)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let cycle = state.line("cycle_days");
    let cycle_days = cycle.parse().ok();
    if cycle_days.is_none() && !cycle.is_empty() {
        state.refuse(FieldError::new("cycle_days", key!("invalid.not_a_count")).with("value", &cycle));
    } else {
        let edit = AgencyEdit {
            name: state.line("name"),
            kind: state.value("kind").to_owned(),
            medium: state.value("medium").to_owned(),
            cycle_days,
            contact: state.line("contact"),
            note: state.text("note"),
            is_active: state.value("is_active") == "on",
        };
        let at = id.map(|id| (id, version));
        match staff.run(move |app, actor| press::save_agency(app, actor, at, &edit)).await {
            Ok(_) => return Ok(redirect_with_notice(&staff.visitor, LIST, key!("press_agency.saved"))),
            Err(error) => refusal::keep(&mut state, error)?,
        }
    }
    let row = match id {
        Some(id) => Some(find(&staff, id).await?),
        None => None,
    };
    draw(&staff, row.as_ref(), &state).await
}
