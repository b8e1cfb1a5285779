//! The chains of clearance: who looks at an answer in which order, by the kind of request and by date; adding one of the
//! office.

use app::press::{self, ChainRow};
use askama::Template;
use domain::access::{Capability, Role, may};
use domain::press::chain::{Chain, DEFAULT, MOST_STEPS, Step};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Field, Kind, Table};
use web_kit::form::{FieldError, Fields, FormKey, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Language, PageResult, page, show as words_of};
use words::key;

use super::add::Page;
use super::{CHAINS, LAW};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::press::{choices, word_of};
use crate::refusal;

const ADD: &str = "/law/chains/new";

#[derive(Template)]
#[template(path = "rule/chains.html")]
struct ListPage {
    chrome: Chrome,
    may_add: bool,
    table: Table,
}

fn kind_name(t: Language, kind: &str) -> String {
    if kind == DEFAULT { t.text("press_chain.default").to_owned() } else { word_of(t, "legal_kind", kind) }
}

/// A step in words: its title, and who takes it where the title does not say so.
fn step_name(t: Language, (index, step): (usize, &Step)) -> String {
    let role = t.text(&format!("role.{}", step.role.word()));
    let unit = if step.in_lead_unit { t.text("press_chain.of_lead") } else { "" };
    let who = [if role == step.title { "" } else { role }, unit];
    let who: Vec<&str> = who.into_iter().filter(|word| !word.is_empty()).collect();
    let who = if who.is_empty() { String::new() } else { format!(" ({})", who.join(", ")) };
    format!("{}. {}{who}", index + 1, step.title)
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let rows = staff.run(|app, actor| press::chains(app, actor)).await.map_err(refusal::fault)?;
    let columns = vec![
        Column::new(t.text("press_chain.kind")),
        Column::new(t.text("press_chain.steps")).wide(),
        Column::new(t.text("press_chain.valid")),
        Column::new(t.text("press_chain.basis")).wide(),
    ];
    let row = |row: &ChainRow| {
        let chain = &row.chain;
        let steps: Vec<String> = chain.steps.iter().enumerate().map(|step| step_name(t, step)).collect();
        let from = words_of::day(t, chain.valid_from);
        let valid = match chain.valid_to {
            Some(last) => t.fill("press_chain.from_to", &[("from", &from), ("to", &words_of::day(t, last))]),
            None => t.fill("press_chain.from", &[("from", &from)]),
        };
        let origin = t.text(if row.is_own { "duty.edit.of_office" } else { "duty.edit.shipped" });
        vec![
            Cell::new(kind_name(t, &chain.kind)),
            Cell::new(steps.join("; ")),
            Cell::new(valid),
            Cell::new(chain.basis.clone()).note(origin),
        ]
    };
    let shown = ListPage {
        chrome: staff.chrome(t.text("press_chain.heading")).under(vec![Link::new(t.text("law.title"), LAW)]),
        may_add: staff.may(Capability::WriteLaw),
        table: Table::new(t, "chains", t.text("press_chain.heading"), columns)
            .rows(rows.iter().map(row).collect())
            .caption_hidden()
            .cards(),
    };
    page(&shown, Cache::Private)
}

pub(super) async fn begin(staff: Staff) -> PageResult {
    draw(&staff, &FormState::of([("kind", DEFAULT.to_owned())]), None)
}

/// The roles that may clear answers; none for a step that is not there.
fn roles(t: Language) -> Vec<Choice> {
    let clears = |role: &Role| may(&[*role], Capability::ClearPress);
    let choice = |role: Role| Choice::new(role.word(), t.text(&format!("role.{}", role.word())));
    let none = Choice::new("", t.text("press_chain.no_step"));
    std::iter::once(none).chain(Role::ALL.into_iter().filter(clears).map(choice)).collect()
}

fn names() -> Vec<String> {
    let of_step = |index| ["role", "title", "unit"].map(|name| format!("{name}_{index}"));
    let names = ["kind", "valid_from", "valid_to", "basis"].map(str::to_owned);
    names.into_iter().chain((0..MOST_STEPS).flat_map(of_step)).collect()
}

fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let field = |name: &str, key: &str, kind: Kind| Field::new(state, t, name, t.text(key), kind);
    let mut kinds = vec![Choice::new(DEFAULT, t.text("press_chain.default"))];
    kinds.extend(choices(t, "legal_kind"));
    let mut fields = vec![
        field("kind", "press_chain.kind", Kind::Select(kinds)).required(),
        field("valid_from", "law.field.valid_from", Kind::Day).required(),
        field("valid_to", "law.field.valid_to", Kind::Day),
        field("basis", "press_chain.basis", Kind::Line("text"))
            .help(t.text("press_chain.basis_help"))
            .max(200)
            .required(),
    ];
    for index in 0..MOST_STEPS {
        let label = |key: &str| t.fill(key, &[("number", &(index + 1))]);
        let step = |of: &str, kind: Kind| {
            let label = label(&format!("press_chain.{of}"));
            Field::new(state, t, &format!("{of}_{index}"), &label, kind)
        };
        fields.push(step("role", Kind::Select(roles(t))));
        fields.push(step("title", Kind::Line("text")).max(200));
        fields.push(step("unit", Kind::Check));
    }
    let title = t.text("press_chain.add");
    let above = [Link::new(t.text("law.title"), LAW), Link::new(t.text("press_chain.heading"), CHAINS)];
    let page = Page {
        chrome: staff.chrome(title).under(above.into()),
        lead: t.text("press_chain.add_lead").to_owned(),
        form: FormPart::new(staff, (ADD, title), (state, key), fields).back(CHAINS),
    };
    with_form(&page, state)
}

fn read(state: &mut FormState) -> Option<Chain> {
    let mut day = |name: &str| {
        let typed = state.line(name);
        let read = app::rules::read_day(&typed);
        if read.is_none() && !typed.is_empty() {
            state.refuse(FieldError::new(name, key!("form.not_a_day")));
        }
        read
    };
    let (valid_from, valid_to) = (day("valid_from"), day("valid_to"));
    if state.line("valid_from").is_empty() {
        state.refuse(FieldError::new("valid_from", key!("invalid.required")));
    }
    let mut steps = Vec::new();
    for index in 0..MOST_STEPS {
        let name = format!("role_{index}");
        let title = state.line(&format!("title_{index}"));
        match Role::from_word(&state.line(&name)) {
            Some(role) if steps.len() == index => {
                let in_lead_unit = state.value(&format!("unit_{index}")) == "on";
                steps.push(Step { title, role, in_lead_unit });
            }
            // A step after a gap, or a name without who takes it, would be lost silently.
            Some(_) => state.refuse(FieldError::new(&name, key!("press_chain.gap"))),
            None if !title.is_empty() => state.refuse(FieldError::new(&name, key!("invalid.required"))),
            None => {}
        }
    }
    let (kind, basis) = (state.line("kind"), state.line("basis"));
    let valid_from = valid_from.filter(|_| !state.has_errors())?;
    Some(Chain { kind, steps, valid_from, valid_to, basis })
}

pub(super) async fn add(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let names = names();
    let mut state = sent.only(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
    if let Some(chain) = read(&mut state) {
        let worker = staff.clone();
        let work = async move {
            worker
                .run(move |app, actor| press::add_chain(app, actor, &chain))
                .await
                .map(|()| CHAINS.to_owned())
        };
        match staff.state.once(key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("press_chain.added"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw(&staff, &state, key.as_ref())
}
