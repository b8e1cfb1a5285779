//! Templates of reports (*mẫu báo cáo*): reading one, and adding one begun from it. Templates are never edited.

use app::reports::{self, Kept, NewTemplate};
use askama::Template;
use axum::extract::Path;
use domain::access::Capability;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Fact, Facts, Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Query};
use web_kit::page::{page, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult};
use words::key;

use super::add::Page;
use super::law::validity;
use super::{LAW, TEMPLATES};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{link, refusal};

const NEW: &str = "/law/templates/new";
const NAMES: [&str; 2] = ["replaces", "text"];

#[derive(Template)]
#[template(path = "rule/template.html")]
struct ShowPage {
    chrome: Chrome,
    facts: Facts,
    text: String,
    new: String,
    can_write: bool,
}

/// Where a template is read.
pub(super) fn path(id: &str) -> String {
    format!("{TEMPLATES}/{id}")
}

async fn kept(staff: &Staff) -> Result<Vec<Kept>, Fault> {
    let today = staff.state.app.today();
    staff.run(move |app, _| reports::templates(app, today)).await.map_err(refusal::fault)
}

/// Shows a template: whom it binds, since when, by which law, and its text.
pub async fn show(staff: Staff, Path(id): Path<String>) -> PageResult {
    let found = kept(&staff).await?.into_iter().find(|kept| kept.template.id == id);
    let Kept { template, text } = found.ok_or_else(Fault::not_found)?;
    let t = staff.t();
    let confidence = t.text(&format!("confidence.{}", template.confidence.word())).to_owned();
    let facts = [
        (t.text("law.column.valid"), validity(t, template.valid_from, template.valid_to)),
        (t.text("law.column.who"), template.who),
        (t.text("law.column.basis"), template.basis),
        (t.text("law.source"), template.source),
        (t.text("law.field.confidence"), confidence),
        (t.text("law.doubt"), template.doubt),
    ];
    let shown = ShowPage {
        chrome: staff.chrome(template.title).under(vec![Link::new(t.text("law.title"), LAW)]),
        facts: Facts::new(t, facts.into_iter().map(|(term, value)| Fact::new(term, value)).collect()),
        text,
        new: link::with_query(NEW, &[("from", &template.id)]),
        can_write: staff.may(Capability::WriteLaw),
    };
    page(&shown, Cache::Private)
}

/// The template to begin from; none for an empty text.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    from: String,
}

/// The form, with the text of the template it is begun from.
pub async fn begin(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let known = kept(&staff).await?;
    let from = known.iter().find(|kept| kept.template.id == asked.from);
    let state = from.map_or_else(FormState::new, |kept| {
        FormState::of([("replaces", kept.template.id.clone()), ("text", kept.text.clone())])
    });
    draw(&staff, &known, &state, None)
}

fn draw(staff: &Staff, known: &[Kept], state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let title = t.text("law.add_template");
    let choice = |kept: &Kept| Choice::new(kept.template.id.clone(), kept.template.title.clone());
    let choices = known.iter().map(choice).collect();
    let fields = vec![
        Field::new(state, t, "replaces", t.text("law.field.replaces"), Kind::Select(choices))
            .help(t.text("law.help.replaces")),
        Field::new(state, t, "text", t.text("law.field.text"), Kind::Text(30))
            .required()
            .help(t.text("law.help.text")),
    ];
    let page = Page {
        chrome: staff.chrome(title).under(vec![Link::new(t.text("law.title"), LAW)]),
        lead: t.text("law.add_template_lead").to_owned(),
        form: FormPart::new(staff, (NEW, title), (state, key), fields).back(LAW),
    };
    with_form(&page, state)
}

/// Adds it.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&NAMES)?;
    let new = NewTemplate { text: state.value("text").to_owned(), replaces: state.line("replaces") };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| reports::add_template(app, actor, &new)).await.map(|()| LAW.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("law.added_template"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &kept(&staff).await?, &state, key.as_ref())
        }
    }
}
