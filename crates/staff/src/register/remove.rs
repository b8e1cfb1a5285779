//! Taking a record out of its register, with a reason. Its history stays.

use app::ActionError;
use app::register::Shown;
use askama::Template;
use serde::Deserialize;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Facts, Field, FormStart, Kind};
use web_kit::form::{Form, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use words::key;

use super::{crumbs, record, value};
use crate::refusal::note;
use crate::{Staff, link};

#[derive(Template)]
#[template(path = "register/remove.html")]
struct Page {
    chrome: Chrome,
    start: FormStart,
    errors: ErrorSummary,
    /// Where the text that keeps the line is.
    text: Option<String>,
    facts: Facts,
    reason: Field,
    version: i64,
    back: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    reason: String,
    version: i64,
}

fn draw(staff: &Staff, shown: &Shown, start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let record = &shown.record;
    let mut under = crumbs(t, record.register);
    under.push(Link::new(value::title(t, record), link::record(record)));
    let reason = Field::new(form, t, "reason", t.text("record.reason"), Kind::Text(3))
        .required()
        .help(t.text("record.reason_help"));
    Page {
        chrome: staff.chrome(t.text("record.remove_title")).under(under),
        start,
        errors: ErrorSummary::new(form, t, std::slice::from_ref(&reason)),
        text: record::text(staff, shown),
        facts: record::facts(staff, record),
        reason,
        version: record.version,
        back: link::record(record),
    }
}

pub(super) async fn open(staff: Staff, Path((word, id)): Path<(String, String)>) -> PageResult {
    let shown = record::find(&staff, &word, &id).await?;
    let form = FormState::new();
    with_form(&draw(&staff, &shown, FormStart::once(&staff.visitor), &form), &form)
}

pub(super) async fn send(
    staff: Staff,
    Path((word, id)): Path<(String, String)>,
    sent: Form<Sent>,
) -> PageResult {
    let Form { value: Sent { reason, version }, key, state: mut form } = sent;
    let list = link::register(super::of_word(&word)?);
    let done = staff.state.once(key.as_ref(), async {
        let shown = match record::find(&staff, &word, &id).await {
            Ok(shown) => shown,
            Err(problem) => return Err((problem, None)),
        };
        let (register, id) = (shown.record.register, shown.record.id);
        let act = move |app: &app::App, actor: &app::Actor| {
            app::register::remove(app, actor, (register, id), version, &reason)
        };
        match staff.run(act).await {
            Ok(()) => Ok(list),
            Err(error) => Err((web_kit::Fault::stale(), Some((shown, error)))),
        }
    });
    let (shown, error): (Shown, ActionError) = match done.await {
        Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("record.removed"))),
        Err((problem, None)) => return Err(problem),
        Err((_, Some(failed))) => failed,
    };
    note(&mut form, error)?;
    let start = FormStart::again(&staff.visitor, key.as_ref());
    with_form(&draw(&staff, &shown, start, &form), &form)
}
