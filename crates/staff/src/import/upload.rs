//! Choosing a file.

use app::ActionError;
use app::importing::{ImportView, Options};
use askama::Template;
use domain::register::Register;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Column, ErrorSummary, Field, FormStart, Kind, Table};
use web_kit::form::{FieldError, FormState, Upload};
use web_kit::page::{redirect, with_form};
use web_kit::{Fault, Language, PageResult, show};
use words::key;

use crate::refusal::{fault, note};
use crate::register::value;
use crate::{Staff, link, register};

/// Imports listed.
const LISTED: u16 = 20;

#[derive(Template)]
#[template(path = "import/upload.html")]
struct Page {
    chrome: Chrome,
    start: FormStart,
    errors: ErrorSummary,
    file: Field,
    templates: Vec<Link>,
    history: Option<Table>,
}

pub(super) async fn open(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new()).await
}

async fn draw(staff: &Staff, form: &FormState) -> PageResult {
    let t = staff.t();
    // Who may import may not always read registers; then there is no list.
    let history = staff.run(|app, actor| app::importing::history(app, actor, LISTED)).await;
    let history = match history {
        Ok(history) => history,
        Err(ActionError::Forbidden(_)) => Vec::new(),
        Err(error) => return Err(fault(error)),
    };
    let file = Field::new(form, t, "file", t.text("import_page.file"), Kind::File(".xlsx,.xls,.ods,.csv"))
        .required()
        .help(t.text("import_page.file_help"));
    let template = |register: Register| {
        Link::new(register::name(t, register), format!("{}/template.xlsx", link::register(register)))
    };
    with_form(
        &Page {
            chrome: staff.chrome(t.text("nav.import")),
            start: FormStart::plain(&staff.visitor.form_token()),
            errors: ErrorSummary::new(form, t, std::slice::from_ref(&file)),
            file,
            templates: Register::ALL.into_iter().map(template).collect(),
            history: (!history.is_empty()).then(|| table(t, &history)),
        },
        form,
    )
}

fn table(t: Language, imports: &[ImportView]) -> Table {
    let columns = vec![
        Column::new(t.text("import_list.file")),
        Column::new(t.text("import_list.who")),
        Column::new(t.text("import_list.at")).short(),
        Column::new(t.text("import_list.added")).numeric(),
        Column::new(t.text("import_list.duplicates")).numeric(),
        Column::new(t.text("import_list.rejected")).numeric(),
    ];
    let row = |import: &ImportView| {
        vec![
            Cell::link(import.file_name.clone(), format!("/import/done/{}", import.id)),
            Cell::new(value::who(t, &import.who)),
            Cell::new(show::instant(t, import.at)),
            Cell::new(t.number(import.added)),
            Cell::new(t.number(import.duplicates)),
            Cell::new(t.number(import.rejected)),
        ]
    };
    Table::new(t, "imports", t.text("import_list.title"), columns)
        .rows(imports.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

pub(super) async fn send(staff: Staff, sent: Upload) -> PageResult {
    let mut form = sent.only(&[])?;
    if sent.bytes.is_empty() {
        form.refuse(FieldError::new("file", key!("import_page.no_file")));
        return draw(&staff, &form).await;
    }
    let t = staff.t();
    let (name, bytes) = (sent.file_name.clone(), sent.bytes.to_vec());
    let looked = staff.run(move |app, actor| {
        let preview = app::importing::preview(app, actor, &name, bytes, &Options::default(), t)?;
        Ok((preview.id, name))
    });
    match looked.await {
        Ok((id, name)) => Ok(redirect(&link::with_query(&format!("/import/{id}"), &[("name", &name)]))),
        Err(error) => {
            refuse(&mut form, error)?;
            draw(&staff, &form).await
        }
    }
}

/// What stands against a whole file: its words are those of the importer's findings.
pub(super) fn refuse(form: &mut FormState, error: ActionError) -> Result<(), Fault> {
    let ActionError::Invalid(problems) = error else { return note(form, error) };
    for problem in problems {
        let start = FieldError::new(&problem.field, &format!("import.finding.{}", problem.code));
        form.refuse(problem.args.iter().fold(start, |error, (name, value)| error.with(name, value)));
    }
    Ok(())
}
