//! Adding a record and changing one: one form, drawn from the fields of the register.

use app::ActionError;
use app::register::{Shown, Typed};
use askama::Template;
use axum::response::Response;
use domain::register::{Field as Column, FieldKind, Presence, Record, Register, due};
use http::StatusCode;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, ErrorSummary, Field, FormStart, Kind, Table};
use web_kit::form::{Fields, FormKey, FormState, Path};
use web_kit::page::{page_with, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, Language, PageResult};
use words::key;

use super::{crumbs, may_see, of_word, record, value};
use crate::refusal::{fault, note};
use crate::{Staff, link};

/// The hidden field with the version the form started from.
const VERSION: &str = "version";

#[derive(Template)]
#[template(path = "register/edit.html")]
struct Page {
    chrome: Chrome,
    start: FormStart,
    errors: ErrorSummary,
    /// Where the text that keeps the line is.
    text: Option<String>,
    conflict: Option<Table>,
    fields: Vec<Field>,
    version: String,
    back: String,
}

/// The fields this person may write.
fn editable(staff: &Staff, register: Register) -> Vec<&'static Column> {
    register.fields().iter().filter(|field| may_see(staff, field)).collect()
}

pub(super) async fn new(staff: Staff, Path(word): Path<String>) -> PageResult {
    let register = of_word(&word)?;
    let form = FormState::of([(register.day_field(), today(&staff))]);
    let start = FormStart::once(&staff.visitor);
    with_form(&adding(&staff, register, start, &form), &form)
}

fn today(staff: &Staff) -> String {
    domain::time::day_in_table(staff.state.app.today())
}

fn adding(staff: &Staff, register: Register, start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let title = t.fill("record.add_title", &[("one", &super::one(t, register).to_lowercase())]);
    let fields = fields(staff, register, form);
    Page {
        chrome: staff.chrome(title).under(crumbs(t, register)),
        start,
        errors: ErrorSummary::new(form, t, &fields),
        text: None,
        conflict: None,
        fields,
        version: String::new(),
        back: link::register(register),
    }
}

pub(super) async fn add(staff: Staff, Path(word): Path<String>, sent: Fields) -> PageResult {
    let register = of_word(&word)?;
    let key = sent.key.clone();
    let columns = editable(&staff, register);
    let mut form = sent.only(&columns.iter().map(|field| field.key).collect::<Vec<_>>())?;
    let typed = typed(&columns, &form);
    let done = staff.state.once(key.as_ref(), async {
        let id = staff.run(move |app, actor| app::register::add(app, actor, register, &typed)).await?;
        Ok::<_, ActionError>(format!("{}/{id}", link::register(register)))
    });
    match done.await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("record.added"))),
        Err(error) => {
            note(&mut form, error)?;
            let start = FormStart::again(&staff.visitor, key.as_ref());
            with_form(&adding(&staff, register, start, &form), &form)
        }
    }
}

/// What was typed, field by field; an empty text takes a value away.
fn typed(columns: &[&'static Column], form: &FormState) -> Typed {
    columns.iter().map(|field| (field.key.to_owned(), form.value(field.key).to_owned())).collect()
}

pub(super) async fn open(staff: Staff, Path((word, id)): Path<(String, String)>) -> PageResult {
    let shown = record::find(&staff, &word, &id).await?;
    let form = FormState::of(shown.record.values.iter().map(|(key, found)| (key, value::typed(found))));
    let start = FormStart::once(&staff.visitor);
    with_form(&changing(&staff, &shown, start, &form), &form)
}

fn changing(staff: &Staff, shown: &Shown, start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let record = &shown.record;
    let mut under = crumbs(t, record.register);
    under.push(Link::new(value::title(t, record), link::record(record)));
    let fields = fields(staff, record.register, form);
    Page {
        chrome: staff
            .chrome(t.fill("record.edit_title", &[("one", &super::one(t, record.register).to_lowercase())]))
            .under(under),
        start,
        errors: ErrorSummary::new(form, t, &fields),
        text: record::text(staff, shown),
        conflict: None,
        fields,
        version: record.version.to_string(),
        back: link::record(record),
    }
}

pub(super) async fn amend(
    staff: Staff,
    Path((word, id)): Path<(String, String)>,
    sent: Fields,
) -> PageResult {
    let shown = record::find(&staff, &word, &id).await?;
    let record = &shown.record;
    let (register, id) = (record.register, record.id);
    let key = sent.key.clone();
    let columns = editable(&staff, register);
    let known: Vec<&str> = columns.iter().map(|field| field.key).chain([VERSION]).collect();
    let mut form = sent.only(&known)?;
    let version: i64 = form.value(VERSION).parse().map_err(|_| Fault::bad_request())?;
    let typed = typed(&columns, &form);
    let path = link::record(record);
    let done = staff.state.once(key.as_ref(), async {
        let act = move |app: &app::App, actor: &app::Actor| {
            app::register::amend(app, actor, (register, id), version, &typed)
        };
        staff.run(act).await?;
        Ok::<_, ActionError>(path)
    });
    match done.await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("record.saved"))),
        Err(ActionError::Stale) => conflict(&staff, &word, &id.to_string(), &form).await,
        Err(error) => {
            note(&mut form, error)?;
            let mut page = changing(&staff, &shown, again(&staff, key.as_ref()), &form);
            page.version = version.to_string();
            with_form(&page, &form)
        }
    }
}

fn again(staff: &Staff, key: Option<&FormKey>) -> FormStart {
    FormStart::again(&staff.visitor, key)
}

/// Somebody else saved meanwhile: both texts side by side, and the form goes on from the newer version.
async fn conflict(staff: &Staff, word: &str, id: &str, form: &FormState) -> Result<Response, Fault> {
    let record = record::find(staff, word, id).await.map_err(|problem| {
        // Taken out of the register meanwhile: there is nothing left to compare with.
        if problem.status == StatusCode::NOT_FOUND { fault(ActionError::Stale) } else { problem }
    })?;
    let mut page = changing(staff, &record, FormStart::once(&staff.visitor), form);
    page.conflict = Some(differences(staff, &record.record, form));
    page_with(StatusCode::CONFLICT, &page, Cache::Private)
}

fn differences(staff: &Staff, record: &Record, form: &FormState) -> Table {
    let t = staff.t();
    let heads = ["record.field", "record.stored", "record.typed"].map(|key| t.text(key));
    let columns = heads.map(web_kit::component::Column::new).to_vec();
    let row = |field: &&'static Column| {
        let stored = record.values.get(field.key).map(value::typed).unwrap_or_default();
        let typed = form.value(field.key);
        let same = domain::text::clean_text(&stored) == domain::text::clean_text(typed);
        let word = |text: &str| match field.word(text) {
            Some(word) => t.word(record.register.word(), field.key, word).to_owned(),
            None => text.to_owned(),
        };
        let label = t.field(record.register.word(), field.key);
        (!same).then(|| {
            let cells = [label.to_owned(), word(&stored), word(typed)];
            let dash = |text: String| if text.is_empty() { t.text("value.none").to_owned() } else { text };
            cells.map(|text| Cell::new(dash(text))).to_vec()
        })
    };
    let rows = editable(staff, record.register).iter().filter_map(row).collect();
    Table::new(t, "differences", t.text("record.conflict_caption"), columns).rows(rows).cards()
}

fn fields(staff: &Staff, register: Register, form: &FormState) -> Vec<Field> {
    let t = staff.t();
    let field = |column: &&'static Column| {
        let label = t.field(register.word(), column.key);
        let field = Field::new(form, t, column.key, label, kind(t, register, column));
        let field = match help(t, register, column) {
            Some(help) => field.help(help),
            None => field,
        };
        if column.presence == Presence::Required { field.required() } else { field }
    };
    editable(staff, register).iter().map(field).collect()
}

fn help(t: Language, register: Register, column: &Column) -> Option<String> {
    if due::limit_fields(register).contains(&column.key) {
        let key = if column.key == "due_basis" { "record.basis_help" } else { "record.limit_help" };
        return Some(t.text(key).to_owned());
    }
    match column.kind {
        FieldKind::Symbol => Some(t.text("record.symbol_help").to_owned()),
        FieldKind::Clock => Some(t.text("record.clock_help").to_owned()),
        FieldKind::Line(most) if most >= 300 => Some(t.fill("record.length_help", &[("most", &most)])),
        _ => None,
    }
}

fn kind(t: Language, register: Register, column: &Column) -> Kind {
    match column.kind {
        FieldKind::Line(most) if most >= 300 && column.key != "url" => Kind::Text(3),
        FieldKind::Line(_) | FieldKind::Unit | FieldKind::Symbol | FieldKind::Clock => Kind::Line("text"),
        FieldKind::Text => Kind::Text(4),
        FieldKind::Day => Kind::Day,
        FieldKind::Count => Kind::Number,
        FieldKind::Flag => Kind::Select(vec![
            Choice::new(value::YES, t.text("flag.yes")),
            Choice::new(value::NO, t.text("flag.no")),
        ]),
        FieldKind::Word(words) => {
            let choice =
                |(word, _): &(&str, _)| Choice::new(*word, t.word(register.word(), column.key, word));
            Kind::Select(words.iter().map(choice).collect())
        }
    }
}
