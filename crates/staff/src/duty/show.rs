//! One duty: basis, term with its explanation, what shows that it was done.

use app::duty::{self, Typed, View};
use askama::Template;
use domain::access::Capability;
use domain::duty::Duty;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Fact, Facts, Field, Kind};
use web_kit::form::{Fields, FormState, Path};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Language, PageResult, show as words_of};
use words::key;

use super::{PATH, badge, period_name};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, rule};

#[derive(Template)]
#[template(path = "duty/show.html")]
struct Page {
    chrome: Chrome,
    badge: Badge,
    facts: Facts,
    trace: Vec<String>,
    form: Option<FormPart>,
}

/// Shows it.
pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> PageResult {
    draw(&staff, id, None).await
}

async fn draw(staff: &Staff, id: String, typed: Option<FormState>) -> PageResult {
    let t = staff.t();
    let view = staff.run(move |app, actor| duty::show(app, actor, &id)).await.map_err(refusal::fault)?;
    let state = typed.unwrap_or_else(|| filled(t, &view));
    let fields = vec![
        Field::new(&state, t, "created_on", t.text("duty.created_on"), Kind::Day)
            .help(t.text("duty.created_on_help")),
        Field::new(&state, t, "item", t.text("duty.item"), Kind::Line("text")).help(t.text("duty.item_help")),
    ];
    let action = (format!("{PATH}/{}", view.duty.id), t.text("action.save"));
    let page = Page {
        chrome: staff.chrome(view.duty.title.clone()).under(vec![Link::new(t.text("nav.duties"), PATH)]),
        badge: badge(t, view.standing),
        facts: facts(t, &view),
        trace: view.term.as_ref().map_or_else(Vec::new, |term| {
            if t == Language::Vi { term.describe_vi() } else { term.describe_en() }
        }),
        form: staff
            .may(Capability::WritePublications)
            .then(|| FormPart::new(staff, action, (&state, None), fields).back(PATH)),
    };
    with_form(&page, &state)
}

fn filled(t: Language, view: &View) -> FormState {
    let proof = view.evidence.as_ref();
    let created = proof.and_then(|proof| proof.created_on);
    FormState::of([
        ("created_on", created.map(|day| words_of::day(t, day)).unwrap_or_default()),
        ("item", proof.map(|proof| proof.item.clone()).unwrap_or_default()),
    ])
}

fn facts(t: Language, view: &View) -> Facts {
    let duty = &view.duty;
    let mut facts = vec![
        Fact::new(t.text("duty.basis"), duty.basis.clone()),
        Fact::new(t.text("law.source"), source(t, duty)).href(rule::duty::path(&duty.id)),
        Fact::new(t.text("law.field.confidence"), t.text(&format!("confidence.{}", duty.confidence.word()))),
        Fact::new(t.text("duty.unit"), duty.unit.clone()),
        Fact::new(t.text("duty.period"), period_name(t, &view.period)),
        Fact::new(t.text("duty.since"), words_of::day(t, duty.valid_from)),
    ];
    if let Some(rule) = &duty.rule {
        facts.push(Fact::new(t.text("duty.rule"), rule.clone()));
    }
    if let Some(term) = &view.term {
        facts.push(Fact::new(t.text("duty.due"), words_of::day(t, term.due.day())));
    }
    if let Some(found) = &view.item {
        let kind = domain::publication::Kind::from_word(&found.item.kind);
        let href = kind.map(|kind| format!("/{}/{}", kind.spec().path, found.id)).unwrap_or_default();
        facts.push(Fact::new(t.text("duty.shown_by"), found.item.title.clone()).href(href));
        facts.push(Fact::new(t.text("duty.posted"), words_of::day(t, found.item.posted_on)));
    } else if view.evidence.as_ref().is_some_and(|proof| !proof.item.is_empty()) {
        facts.push(Fact::new(t.text("duty.shown_by"), t.text("duty.gone")));
    }
    Facts::new(t, facts)
}

/// Where the row was read and whose it is.
fn source(t: Language, duty: &Duty) -> String {
    let origin = rule::duty::origin(t, duty);
    if duty.source.is_empty() { origin.to_owned() } else { format!("{} · {origin}", duty.source) }
}

/// Notes what shows that it was done.
pub(super) async fn prove(staff: Staff, Path(id): Path<String>, fields: Fields) -> PageResult {
    let mut state = fields.only(&["created_on", "item"])?;
    let typed = Typed { created_on: state.line("created_on"), item: state.line("item") };
    let duty = id.clone();
    match staff.run(move |app, actor| duty::prove(app, actor, &duty, &typed)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, &format!("{PATH}/{id}"), key!("duty.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, Some(state)).await
        }
    }
}
