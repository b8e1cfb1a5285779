//! Documents of which nothing is left to doubt, each with its values: one button confirms all that are ticked, or none.

use app::documents;
use app::publication::Draft;
use askama::Template;
use domain::id::UploadId;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Empty, ErrorSummary, Fact, Facts, FormStart};
use web_kit::form::{Form, FormState, Query};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult};
use words::key;

use super::{PATH as LIST, path};
use crate::gate::Staff;
use crate::publication::relations;
use crate::{link, refusal, show_day};

/// The page.
pub(super) const PATH: &str = "/publications/documents/certain";

/// A document that may be ticked.
struct Item {
    control: String,
    value: String,
    is_ticked: bool,
    title: String,
    facts: Facts,
    href: String,
    name: String,
}

#[derive(Template)]
#[template(path = "document/many.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    items: Vec<Item>,
    /// Ticks all, or none.
    tick: Link,
    empty: Option<Empty>,
}

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Whether all are ticked.
    all: Option<u8>,
}

/// What the page sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sent {
    /// What was ticked: id and version as shown, parted by a dot.
    item: Vec<String>,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    draw(&staff, &FormState::new(), asked.all.is_some()).await
}

/// Confirms what is ticked, or does nothing and shows it again.
pub(super) async fn send(staff: Staff, form: Form<Sent>) -> PageResult {
    let Form { value: sent, key, mut state } = form;
    let read = |word: &String| read(word).ok_or_else(Fault::bad_request);
    let ticked = sent.item.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let worker = staff.clone();
    let work = async move {
        let confirm = move |app: &app::App, actor: &app::Actor| documents::confirm_many(app, actor, &ticked);
        worker.run(confirm).await.map(|_| LIST.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("document_many.confirmed"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, false).await
        }
    }
}

/// `id.version`.
fn read(word: &str) -> Option<(UploadId, i64)> {
    let (id, version) = word.split_once('.')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

async fn draw(staff: &Staff, form: &FormState, ticks_all: bool) -> PageResult {
    let t = staff.t();
    let found = staff.run(documents::certain).await.map_err(refusal::fault)?;
    let item = |(shown, draft): &(documents::Shown, Draft)| {
        let id = shown.row.id.to_string();
        let value = format!("{id}.{}", shown.row.version);
        Item {
            control: format!("item-{id}"),
            is_ticked: ticks_all || form.values("item").contains(&value),
            title: draft.title.clone(),
            facts: facts(t, draft),
            href: path(shown.row.id),
            name: shown.row.file_name.clone(),
            value,
        }
    };
    let tick = if ticks_all {
        Link::new(t.text("document_many.tick_none"), PATH)
    } else {
        Link::new(t.text("document_many.tick_all"), link::with_query(PATH, &[("all", "1")]))
    };
    let page = Page {
        chrome: staff.chrome(t.text("document_many.title")).under(vec![
            Link::new(t.text("nav.publications"), "/publications"),
            Link::new(t.text("document_page.title"), LIST),
        ]),
        errors: ErrorSummary::new(form, t, &[]),
        start: FormStart::once(&staff.visitor),
        items: found.iter().map(item).collect(),
        tick,
        empty: found.is_empty().then(|| {
            Empty::new(t.text("document_many.empty_title"), t.text("document_many.empty"))
                .action(Link::new(t.text("document_page.title"), LIST))
        }),
    };
    with_form(&page, form)
}

/// Every value that would be confirmed.
fn facts(t: Language, draft: &Draft) -> Facts {
    let mut facts = vec![Fact::new(t.text("publication_field.type_name"), draft.section.clone())];
    for key in ["symbol", "issued_on", "effective_on", "issuer", "signer", "signer_title"] {
        let value = draft.fields.get(key).cloned().unwrap_or_default();
        let value = value.parse().map_or(value, show_day::day);
        facts.push(Fact::new(t.field("portal_documents", key), value));
    }
    let based: Vec<String> = draft.relations.iter().map(|relation| relations::target(t, relation)).collect();
    facts.push(Fact::new(t.text("document_act.based_on"), based.join("\n")));
    Facts::new(t, facts)
}
