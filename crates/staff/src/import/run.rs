//! Looking again with other choices, and importing.

use std::time::Duration;

use app::ActionError;
use app::importing::{Mode, Options, Outcome};
use axum::Extension;
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect;
use web_kit::server::Patience;
use web_kit::{Fault, PageResult};
use words::key;

use super::{choice, preview, upload};
use crate::refusal::fault;
use crate::{Staff, link};

/// A large file takes longer than a page may.
const MORE_TIME: Duration = Duration::from_mins(10);

/// What the button that was pressed asks for.
fn mode(action: &str) -> Result<Option<Mode>, Fault> {
    match action {
        "look" => Ok(None),
        "all" => Ok(Some(Mode::AllOrNothing)),
        "good" => Ok(Some(Mode::GoodRows)),
        _ => Err(Fault::bad_request()),
    }
}

pub(super) async fn send(
    staff: Staff,
    Path(id): Path<String>,
    patience: Option<Extension<Patience>>,
    sent: Fields,
) -> PageResult {
    if let Some(Extension(patience)) = patience {
        patience.extend(MORE_TIME);
    }
    let key = sent.key.clone();
    let names = choice::names();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut form = sent.only(&known)?;
    let mode = mode(form.value("action"))?;
    let chosen = choice::read(&form);
    let name = form.line("name");
    match mode {
        Some(mode) if chosen.is_seen => {
            let done = import(&staff, (&id, &name), chosen.options.clone(), mode, key.as_ref()).await;
            match done {
                Ok(path) => return Ok(redirect(&path)),
                Err(error) => upload::refuse(&mut form, error)?,
            }
        }
        Some(_) => form.refuse(FieldError::new("", key!("import_page.changed"))),
        None => {}
    }
    look(&staff, id, name, chosen.options, &form).await
}

async fn look(staff: &Staff, id: String, name: String, options: Options, form: &FormState) -> PageResult {
    let t = staff.t();
    let look = options.clone();
    let looked = staff
        .run(move |app, actor| app::importing::preview_again(app, actor, (&id, &name), &look, t))
        .await
        .map_err(fault)?;
    preview::draw(staff, &looked, &options, form)
}

async fn import(
    staff: &Staff,
    (id, name): (&str, &str),
    options: Options,
    mode: Mode,
    key: Option<&FormKey>,
) -> Result<String, ActionError> {
    let (id, name) = (id.to_owned(), name.to_owned());
    let work = async {
        let act = move |app: &app::App, actor: &app::Actor| {
            app::importing::run(app, actor, (&id, &name), &options, mode, &mut |_| {})
        };
        staff.run(act).await.map(|outcome| path(&outcome))
    };
    staff.state.once(key, work).await
}

fn path(outcome: &Outcome) -> String {
    let rejected = outcome.rejected_file.as_deref().unwrap_or("");
    link::with_query(&format!("/import/done/{}", outcome.import), &[("rejected", rejected)])
}
