//! The dated rules: those in force on a day, or every row there ever was; the grounds of refusal.

use app::reports::{self, Kept};
use app::{Actor, App, duty, rules};
use askama::Template;
use domain::access::Capability;
use domain::duty::Duty;
use domain::law::{Closing, Ground, Law, Refuses, Rule, section_of, sections};
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Cell, Column, Field, Kind, Table, doubt_badge, limit_in_words};
use web_kit::form::{FieldError, FormState, Query};
use web_kit::page::with_form;
use web_kit::{Language, PageResult};
use words::key;

use crate::gate::Staff;
use crate::{link, refusal, show_day};

#[derive(Template)]
#[template(path = "rule/law.html")]
struct Page {
    chrome: Chrome,
    day: Field,
    is_all: bool,
    summary: String,
    sections: Vec<Section>,
    can_write: bool,
}

struct Section {
    id: String,
    title: &'static str,
    table: Table,
}

/// Which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    on: String,
    all: String,
}

/// Shows them.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let today = staff.state.app.today();
    let typed = asked.on.trim();
    let read = rules::read_day(typed);
    let day = read.unwrap_or(today);
    let mut state =
        FormState::of([("on", if typed.is_empty() { show_day::day(day) } else { asked.on.clone() })]);
    if read.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("on", key!("form.not_a_day")));
    }
    let read = move |app: &App, actor: &Actor| {
        Ok((rules::policy(app)?.law, reports::templates(app, day)?, duty::rows(app, actor)?))
    };
    let (law, kept, owed) = staff.run(read).await.map_err(refusal::fault)?;
    let on = (asked.all != "1").then_some(day);
    let can_write = staff.may(Capability::WriteLaw);
    let shown: Vec<&Rule> =
        law.rules.iter().filter(|rule| on.is_none_or(|day| rule.is_in_force(day))).collect();
    let doubtful = shown.iter().filter(|rule| rule.confidence.is_doubtful()).count();
    let count = |number: usize| t.number(number as u64);
    let summary = match on {
        Some(day) => t.fill(
            "law.summary",
            &[("count", &count(shown.len())), ("day", &show_day::day(day)), ("doubtful", &count(doubtful))],
        ),
        None => t.fill("law.summary_all", &[("count", &count(shown.len())), ("doubtful", &count(doubtful))]),
    };
    let page = Page {
        chrome: staff.chrome(t.text("law.title")),
        day: Field::new(&state, t, "on", t.text("law.day"), Kind::Day),
        is_all: on.is_none(),
        summary,
        sections: by_section(t, &shown, can_write)
            .into_iter()
            .chain(closings(t, &law, on, can_write))
            .chain(templates(t, &kept, on))
            .chain(grounds(t, &law, on, can_write))
            .chain(duties(t, &owed, on))
            .collect(),
        can_write,
    };
    with_form(&page, &state)
}

fn by_section(t: Language, rules: &[&Rule], can_write: bool) -> Vec<Section> {
    let of = |word: &'static str| {
        let rows: Vec<Vec<Cell>> = rules
            .iter()
            .filter(|rule| section_of(&rule.id) == word)
            .map(|rule| row(t, rule, can_write))
            .collect();
        let title = t.text(&format!("law.section.{word}"));
        let columns = vec![
            Column::new(t.text("law.column.rule")).wide(),
            Column::new(t.text("law.column.limit")),
            Column::new(t.text("law.column.who")).wide(),
            Column::new(t.text("law.column.valid")),
            Column::new(t.text("law.column.basis")).wide(),
        ];
        let id = format!("rules-{}", word.replace('_', "-"));
        let table = Table::new(t, &id, title, columns).caption_hidden().cards();
        (!rows.is_empty()).then(|| Section { id: format!("s-{word}"), title, table: table.rows(rows) })
    };
    sections().filter_map(of).collect()
}

fn row(t: Language, rule: &Rule, can_write: bool) -> Vec<Cell> {
    let limit = limit_in_words(t, rule.limit);
    let title = if can_write {
        Cell::link(rule.title.clone(), link::with_query("/law/new", &[("rule", &rule.id)]))
    } else {
        Cell::new(rule.title.clone())
    };
    let basis = Cell::new(rule.basis.clone()).note(format!(
        "{}: {} · {}",
        t.text("law.source"),
        rule.source,
        t.text(&format!("origin.{}", rule.origin.word()))
    ));
    vec![
        title.note(rule.id.clone()),
        Cell::new(limit),
        Cell::new(rule.who.clone()).note(format!("{}: {}", t.text("law.trigger"), rule.trigger)),
        Cell::new(validity(t, rule.valid_from, rule.valid_to)),
        match doubt_badge(t, rule.confidence) {
            Some(badge) => basis.with_badge(badge),
            None => basis,
        },
    ]
}

pub(super) fn validity(t: Language, from: Day, to: Option<Day>) -> String {
    let from = show_day::day(from);
    match to {
        Some(last) => t.fill("law.from_to", &[("from", &from), ("to", &show_day::day(last))]),
        None => t.fill("law.from", &[("from", &from)]),
    }
}

fn ground_row(t: Language, ground: &Ground, can_write: bool) -> Vec<Cell> {
    let title = if can_write {
        let href = link::with_query("/law/grounds/new", &[("ground", &ground.code)]);
        Cell::link(ground.title.clone(), href)
    } else {
        Cell::new(ground.title.clone())
    };
    let mut basis = Cell::new(ground.basis.clone());
    if !ground.source.is_empty() {
        basis = basis.note(format!("{}: {}", t.text("law.source"), ground.source));
    }
    if let Some(badge) = doubt_badge(t, ground.confidence) {
        basis = basis.with_badge(badge);
    }
    vec![title, Cell::new(validity(t, ground.valid_from, ground.valid_to)), basis]
}

fn grounds(t: Language, law: &Law, on: Option<Day>, can_write: bool) -> Vec<Section> {
    let is_shown = |ground: &&Ground| {
        on.is_none_or(|day| ground.valid_from <= day && ground.valid_to.is_none_or(|last| day <= last))
    };
    let of = |(refuses, word): (Refuses, &'static str)| {
        let rows: Vec<Vec<Cell>> = law
            .grounds
            .iter()
            .filter(is_shown)
            .filter(|ground| ground.refuses == refuses)
            .map(|ground| ground_row(t, ground, can_write))
            .collect();
        let title = t.text(&format!("law.grounds_{word}"));
        let columns = vec![
            Column::new(t.text("law.column.ground")).wide(),
            Column::new(t.text("law.column.valid")),
            Column::new(t.text("law.column.basis")).wide(),
        ];
        let table = Table::new(t, &format!("grounds-{word}"), title, columns).caption_hidden().cards();
        (!rows.is_empty()).then(|| Section {
            id: format!("s-grounds-{word}"),
            title,
            table: table.rows(rows),
        })
    };
    [(Refuses::Press, "press"), (Refuses::InformationRequest, "citizen")].into_iter().filter_map(of).collect()
}

fn closings(t: Language, law: &Law, on: Option<Day>, can_write: bool) -> Option<Section> {
    let row = |closing: &Closing| {
        let title = if can_write {
            let href = link::with_query("/law/closings/new", &[("closing", &closing.id)]);
            Cell::link(closing.title.clone(), href)
        } else {
            Cell::new(closing.title.clone())
        };
        let basis =
            Cell::new(closing.basis.clone()).note(format!("{}: {}", t.text("law.source"), closing.source));
        vec![
            title.note(closing.id.clone()),
            Cell::new(days_in_words(t, closing)),
            Cell::new(validity(t, closing.valid_from, closing.valid_to)),
            match doubt_badge(t, closing.confidence) {
                Some(badge) => basis.with_badge(badge),
                None => basis,
            },
        ]
    };
    let is_shown = |closing: &&Closing| on.is_none_or(|day| closing.is_in_force(day));
    let rows: Vec<Vec<Cell>> = law.closings.iter().filter(is_shown).map(row).collect();
    let title = t.text("law.closings");
    let columns = vec![
        Column::new(t.text("law.column.closing")).wide(),
        Column::new(t.text("law.column.days")),
        Column::new(t.text("law.column.valid")),
        Column::new(t.text("law.column.basis")).wide(),
    ];
    let table = Table::new(t, "closings", title, columns).caption_hidden().cards();
    (!rows.is_empty()).then(|| Section { id: "s-closings".to_owned(), title, table: table.rows(rows) })
}

fn duties(t: Language, rows: &[Duty], on: Option<Day>) -> Option<Section> {
    let row = |row: &Duty| {
        vec![
            Cell::link(row.title.clone(), super::duty::path(&row.id)).note(row.id.clone()),
            Cell::new(t.text(&format!("duty.renew.{}", row.renew.word())))
                .note(row.rule.clone().unwrap_or_default()),
            Cell::new(row.unit.clone()),
            Cell::new(validity(t, row.valid_from, row.valid_to)),
            super::duty::basis(t, row),
        ]
    };
    let shown = rows.iter().filter(|row| on.is_none_or(|day| row.is_owed(day)));
    let rows: Vec<Vec<Cell>> = shown.map(row).collect();
    let title = t.text("duty.edit.section");
    let columns = vec![
        Column::new(t.text("duty.what")).wide(),
        Column::new(t.text("duty.period")),
        Column::new(t.text("duty.unit")),
        Column::new(t.text("law.column.valid")),
        Column::new(t.text("law.column.basis")).wide(),
    ];
    let table = Table::new(t, "duties", title, columns).caption_hidden().cards();
    (!rows.is_empty()).then(|| Section { id: "s-duties".to_owned(), title, table: table.rows(rows) })
}

fn templates(t: Language, kept: &[Kept], on: Option<Day>) -> Option<Section> {
    let row = |Kept { template, .. }: &Kept| {
        let basis =
            Cell::new(template.basis.clone()).note(format!("{}: {}", t.text("law.source"), template.source));
        vec![
            Cell::link(template.title.clone(), super::template::path(&template.id)).note(template.id.clone()),
            Cell::new(template.who.clone()),
            Cell::new(validity(t, template.valid_from, template.valid_to)),
            match doubt_badge(t, template.confidence) {
                Some(badge) => basis.with_badge(badge),
                None => basis,
            },
        ]
    };
    let is_shown = |kept: &&Kept| on.is_none_or(|day| kept.template.valid_on(day));
    let rows: Vec<Vec<Cell>> = kept.iter().filter(is_shown).map(row).collect();
    let title = t.text("law.templates");
    let columns = vec![
        Column::new(t.text("law.column.template")).wide(),
        Column::new(t.text("law.column.who")),
        Column::new(t.text("law.column.valid")),
        Column::new(t.text("law.column.basis")).wide(),
    ];
    let table = Table::new(t, "templates", title, columns).caption_hidden().cards();
    (!rows.is_empty()).then(|| Section { id: "s-templates".to_owned(), title, table: table.rows(rows) })
}

fn days_in_words(t: Language, closing: &Closing) -> String {
    let days = [
        ("months", t.number(u64::from(closing.months.unsigned_abs()))),
        ("first", closing.first_day.to_string()),
        ("last", closing.last_day.to_string()),
        ("month", closing.last_month.unwrap_or_default().to_string()),
    ];
    let days = days.each_ref().map(|(name, value)| (*name, value as &dyn std::fmt::Display));
    match closing.last_month {
        Some(_) => t.fill("law.closing_in_month", &days),
        None => t.fill("law.closing_any_month", &days[..3]),
    }
}
