//! The lines of a register: searched, narrowed, page by page.

use app::register::{Page as Found, Query};
use askama::Template;
use domain::access::Capability;
use domain::register::{FieldKind, Record, Register};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Cell, Choice, Column, Empty, Field, Kind, Pager, Table};
use web_kit::form::{self, FieldError, FormState, Path};
use web_kit::{Cache, Language, PageResult, page};
use words::key;

use super::{columns, may_see, of_word, value};
use crate::refusal::fault;
use crate::{Staff, link};

/// Lines on a page, as the action gives them.
const PER_PAGE: u64 = 50;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    from: String,
    to: String,
    word: String,
    page: Option<u32>,
}

impl Asked {
    /// The query it means; what cannot be read is noted and left out.
    pub(super) fn query(&self, register: Register) -> (Query, FormState) {
        let mut form = FormState::of([
            ("q", self.q.clone()),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("word", self.word.clone()),
        ]);
        let mut day = |name: &str, typed: &str| {
            let read = app::rules::read_day(typed);
            if read.is_none() && !typed.trim().is_empty() {
                form.refuse(FieldError::new(name, key!("form.not_a_day")));
            }
            read
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let word = self.word.split_once('.').and_then(|(key, word)| {
            let field = register.field(key)?;
            Some((field.key, field.word(word)?))
        });
        let search = form.line("q");
        let page = i64::from(self.page.unwrap_or(1).max(1));
        (Query { search, from, to, word, page, ..Query::all(register) }, form)
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.from, &self.to, &self.word].iter().any(|text| !text.trim().is_empty())
    }

    fn href(&self, path: &str, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs =
            [("q", &*self.q), ("from", &self.from), ("to", &self.to), ("word", &self.word), ("page", &page)];
        link::with_query(path, &pairs)
    }
}

/// The words of one field, to choose from.
struct Group {
    label: &'static str,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "register/list.html")]
struct Page {
    chrome: Chrome,
    path: String,
    may_write: bool,
    may_import: bool,
    /// Times without a sign of life, in the register of outages.
    standstills: Vec<Link>,
    exports: Option<(String, String)>,
    fields: Vec<Field>,
    groups: Vec<Group>,
    word: String,
    narrowed: bool,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

pub(super) async fn show(
    staff: Staff,
    Path(word): Path<String>,
    form::Query(asked): form::Query<Asked>,
) -> PageResult {
    let register = of_word(&word)?;
    let t = staff.t();
    let (query, form) = asked.query(register);
    let found = staff.run(move |app, actor| app::register::list(app, actor, &query)).await.map_err(fault)?;
    let path = link::register(register);
    let has_standstills = register == Register::Outages && staff.may(Capability::WriteRegisters);
    let standstills = if has_standstills { crate::outage::waiting(&staff).await? } else { Vec::new() };
    let total = found.total.unsigned_abs();
    let exports = staff.may(Capability::ExportRegisters) && total > 0;
    let export = |kind: &str| asked.href(&format!("{path}/export.{kind}"), 1);
    let pager =
        Pager::new(t, (found.page.unsigned_abs(), PER_PAGE, total), |number| asked.href(&path, number));
    page(
        &Page {
            chrome: staff
                .chrome(super::name(t, register))
                .under(vec![Link::new(t.text("nav.registers"), "/registers")]),
            may_write: staff.may(Capability::WriteRegisters),
            may_import: staff.may(Capability::ImportRegisters),
            standstills,
            exports: exports.then(|| (export("xlsx"), export("csv"))),
            fields: filters(t, register, &form),
            groups: groups(&staff, register),
            word: asked.word.clone(),
            narrowed: asked.is_narrowed(),
            empty: found.records.is_empty().then(|| empty(&staff, &asked, &path)),
            table: table(&staff, register, &found),
            pager,
            path,
        },
        Cache::Private,
    )
}

fn filters(t: Language, register: Register, form: &FormState) -> Vec<Field> {
    let day = t.field(register.word(), register.day_field());
    let label = |key: &str| t.fill(key, &[("day", &day)]);
    vec![
        Field::new(form, t, "q", t.text("register_list.search"), Kind::Line("search")),
        Field::new(form, t, "from", &label("register_list.from"), Kind::Day),
        Field::new(form, t, "to", &label("register_list.to"), Kind::Day),
    ]
}

fn groups(staff: &Staff, register: Register) -> Vec<Group> {
    let t = staff.t();
    let group = |field: &'static domain::register::Field| {
        let FieldKind::Word(words) = field.kind else { return None };
        let choice = |(word, _): &(&str, _)| {
            Choice::new(format!("{}.{word}", field.key), t.word(register.word(), field.key, word))
        };
        let choices = words.iter().map(choice).collect();
        Some(Group { label: t.field(register.word(), field.key), choices })
    };
    columns::words(register).filter(|field| may_see(staff, field)).filter_map(group).collect()
}

fn empty(staff: &Staff, asked: &Asked, path: &str) -> Empty {
    let t = staff.t();
    if asked.is_narrowed() || asked.page.is_some_and(|page| page > 1) {
        return Empty::new(t.text("register_list.nothing_title"), t.text("register_list.nothing_text"))
            .action(Link::new(t.text("action.clear_filter"), path));
    }
    let empty = Empty::new(t.text("register_list.empty_title"), t.text("register_list.empty_text"));
    if staff.may(Capability::ImportRegisters) {
        return empty.action(Link::new(t.text("nav.import"), "/import"));
    }
    empty
}

fn table(staff: &Staff, register: Register, found: &Found) -> Table {
    let t = staff.t();
    let today = staff.state.app.today();
    let columns: Vec<&domain::register::Field> = columns::of(register).collect();
    let heads = columns.iter().map(|field| {
        let column = Column::new(t.field(register.word(), field.key));
        match field.kind {
            _ if field.key == register.title_field() => column.wide(),
            FieldKind::Day | FieldKind::Clock | FieldKind::Symbol | FieldKind::Line(..=40) => column.short(),
            _ => column,
        }
    });
    let cell = |record: &Record, field: &domain::register::Field| {
        if field.key == register.title_field() {
            return Cell::link(value::title(t, record), link::record(record));
        }
        let mark = value::mark(t, record, field, today);
        let text = record.values.get(field.key).map(|found| value::shown(t, register, field, found));
        match (mark, text) {
            (Some(mark), _) if field.key == "outcome" => Cell::badge(mark),
            (Some(mark), text) => Cell::new(text.unwrap_or_default()).with_badge(mark),
            (None, text) => Cell::new(text.unwrap_or_default()),
        }
    };
    let row = |record: &Record| columns.iter().map(|field| cell(record, field)).collect();
    let rows = found.records.iter().map(row).collect();
    Table::new(t, "lines", super::name(t, register), heads.collect()).rows(rows).caption_hidden().cards()
}
