//! Changing what the office is called.

use app::ActionError;
use app::office::{self, Office};
use askama::Template;
use domain::ledger;
use web_kit::chrome::Chrome;
use web_kit::component::{Banner, ErrorSummary, Field, FormStart, Tone};
use web_kit::form::{Fields, FormState};
use web_kit::page::{page_with, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult};
use words::key;

use super::{PATH, form};
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "office/edit.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    /// The digest of what the form was filled with: who saves over another's change is told.
    seen: String,
    names: Vec<Field>,
    lists: Vec<Field>,
    signer: Vec<Field>,
}

async fn load(staff: &Staff) -> Result<Office, Fault> {
    staff.run(|app, _| office::office(app)).await.map_err(refusal::fault)
}

fn digest(office: &Office) -> Result<String, Fault> {
    let text = serde_json::to_string(office).map_err(Fault::internal)?;
    Ok(ledger::digest(b"office form", &text))
}

/// The form.
pub async fn show(staff: Staff) -> PageResult {
    let office = load(&staff).await?;
    let state = form::filled(&office);
    with_form(&page(&staff, &state, digest(&office)?), &state)
}

fn page(staff: &Staff, state: &FormState, seen: String) -> Page {
    let t = staff.t();
    let [names, lists, signer] = form::fields(t, state);
    let all: Vec<Field> = names.iter().chain(&lists).chain(&signer).cloned().collect();
    Page {
        chrome: staff.chrome(t.text("office.title")),
        errors: ErrorSummary::new(state, t, &all),
        start: FormStart::once(&staff.visitor),
        seen,
        names,
        lists,
        signer,
    }
}

/// Saves it.
pub async fn save(staff: Staff, fields: Fields) -> PageResult {
    let mut state = fields.only(&form::names())?;
    let present = load(&staff).await?;
    let seen = state.value("seen").to_owned();
    if seen != digest(&present)? {
        let mut shown = page(&staff, &state, digest(&present)?);
        let banner = Banner::new(Tone::Warning, staff.t().text("office.stale"));
        shown.chrome = shown.chrome.banner(banner);
        return page_with(http::StatusCode::CONFLICT, &shown, Cache::Private);
    }
    let changed = form::read(&state, &present);
    let saved: Result<(), ActionError> =
        staff.run(move |app, actor| office::change_office(app, actor, &changed)).await;
    match saved {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, PATH, key!("office.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            with_form(&page(&staff, &state, seen), &state)
        }
    }
}
