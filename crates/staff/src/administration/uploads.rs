//! How much a person may hand in on one day.

use app::uploads::{self, QuotaForm};
use askama::Template;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use words::key;

use super::{PATH, UPLOADS};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

#[derive(Template)]
#[template(path = "administration/uploads.html")]
struct Page {
    chrome: Chrome,
    form: FormPart,
}

/// The form.
pub async fn show(staff: Staff) -> PageResult {
    let quota = staff.run(uploads::quota).await.map_err(refusal::fault)?;
    let state =
        FormState::of([("files", quota.files.to_string()), ("megabytes", quota.megabytes.to_string())]);
    draw(&staff, &state)
}

fn draw(staff: &Staff, state: &FormState) -> PageResult {
    let t = staff.t();
    let fields = ["files", "megabytes"].map(|name| {
        let label = t.text(&format!("administration.uploads.{name}"));
        Field::new(state, t, name, label, Kind::Number)
            .help(t.text(&format!("administration.uploads.{name}_help")))
            .required()
    });
    let form = FormPart::new(staff, (UPLOADS, t.text("action.save")), (state, None), fields.to_vec());
    let page = Page {
        chrome: staff
            .chrome(t.text("administration.uploads.title"))
            .under(vec![Link::new(t.text("administration.title"), PATH)]),
        form: form.back(PATH),
    };
    with_form(&page, state)
}

/// Saves it.
pub async fn save(staff: Staff, fields: Fields) -> PageResult {
    let mut state = fields.only(&["files", "megabytes"])?;
    let form = QuotaForm { files: state.line("files"), megabytes: state.line("megabytes") };
    match staff.run(move |app, actor| uploads::save_quota(app, actor, &form)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("administration.notice.uploads"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state)
        }
    }
}
