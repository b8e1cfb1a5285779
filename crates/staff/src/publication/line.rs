//! *Đưa lên không qua người thứ hai*: lines of registers that are public and that nobody but their writer has seen, with
//! one button for a second look at those that are ticked and one for all that are shown.

use app::publication::{self, Line, Lines};
use askama::Template;
use domain::id::PublicationId;
use domain::publication::Kind;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Empty, ErrorSummary, FormStart};
use web_kit::form::{Form, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult, show as words_of};
use words::key;

use super::kind_name;
use crate::gate::Staff;
use crate::refusal;

/// The page.
pub(super) const PATH: &str = "/publications/lines";

/// A line that waits.
struct Item {
    value: String,
    title: String,
    about: String,
    href: String,
    /// Whether this person wrote it and may not look at it.
    is_own: bool,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "publication/lines.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    items: Vec<Item>,
    has_open: bool,
    has_more: bool,
    empty: Option<Empty>,
}

/// What the page sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sent {
    /// `all` for what was shown, `ticked` for what was ticked.
    act: String,
    /// What was ticked: id and ledger entry as shown, parted by a dot.
    item: Vec<String>,
    /// What was shown, the same way.
    shown: Vec<String>,
}

/// The page before anything is ticked.
pub(super) async fn show(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new()).await
}

/// Notes the look, or shows the page again.
pub(super) async fn send(staff: Staff, form: Form<Sent>) -> PageResult {
    let Form { value: sent, key, mut state } = form;
    let chosen = match sent.act.as_str() {
        "all" => sent.shown,
        "ticked" => sent.item,
        _ => return Err(Fault::bad_request()),
    };
    let seen = chosen.iter().map(|word| read(word).ok_or_else(Fault::bad_request));
    let seen = seen.collect::<Result<Vec<_>, _>>()?;
    let worker = staff.clone();
    let work = async move {
        let act = move |app: &app::App, actor: &app::Actor| publication::look_at_lines(app, actor, &seen);
        worker.run(act).await.map(|_| PATH.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("publication_lines.done"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state).await
        }
    }
}

/// `id.entry`.
fn read(word: &str) -> Option<(PublicationId, i64)> {
    let (id, changed) = word.split_once('.')?;
    Some((id.parse().ok()?, changed.parse().ok()?))
}

async fn draw(staff: &Staff, form: &FormState) -> PageResult {
    let t = staff.t();
    let Lines { lines, has_more } = staff.run(publication::lines_to_look_at).await.map_err(refusal::fault)?;
    let items: Vec<Item> = lines.iter().map(|line| item(t, line, form)).collect();
    let page = Page {
        chrome: staff
            .chrome(t.text("publication_lines.title"))
            .under(vec![Link::new(t.text("nav.publications"), "/publications")]),
        errors: ErrorSummary::new(form, t, &[]),
        start: FormStart::once(&staff.visitor),
        has_open: items.iter().any(|item| !item.is_own),
        empty: items.is_empty().then(|| {
            Empty::new(t.text("publication_lines.empty_title"), t.text("publication_lines.empty"))
                .action(Link::new(t.text("nav.publications"), "/publications"))
        }),
        items,
        has_more,
    };
    with_form(&page, form)
}

fn item(t: Language, line: &Line, form: &FormState) -> Item {
    let row = &line.row;
    let kind = Kind::from_word(&row.kind);
    let value = format!("{}.{}", row.id, row.changed);
    let about: [(&str, &dyn std::fmt::Display); 3] = [
        ("kind", &kind.map_or("", |kind| kind_name(t, kind))),
        ("day", &words_of::day(t, row.day)),
        ("writer", &line.writer),
    ];
    Item {
        title: row.title.clone(),
        about: t.fill("publication_lines.about", &about),
        href: kind.map_or_else(String::new, |kind| publication::public_path(kind, &row.slug, row.id)),
        is_own: line.is_own,
        is_ticked: form.values("item").contains(&value),
        value,
    }
}
