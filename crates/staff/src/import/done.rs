//! The result of an import, and the file of the rows that were not taken.

use app::ActionError;
use app::importing::ImportView;
use askama::Template;
use domain::id::ImportId;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Cell, Column, Fact, Facts, Table, Tone};
use web_kit::form::{Path, Query};
use web_kit::page::attachment;
use web_kit::{Cache, Fault, Language, PageResult, page, show};

use crate::refusal::fault;
use crate::register::value;
use crate::{Staff, link, register};

/// How far back the page of an import can be opened.
const KNOWN: u16 = 1_000;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    rejected: String,
}

#[derive(Template)]
#[template(path = "import/done.html")]
struct Page {
    chrome: Chrome,
    banner: Banner,
    facts: Facts,
    registers: Option<Table>,
    rejected: Option<String>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: ImportId = id.parse().map_err(|_| Fault::not_found())?;
    let found = staff.run(move |app, actor| {
        let known = app::importing::history(app, actor, KNOWN)?;
        known.into_iter().find(|import| import.id == id).ok_or(ActionError::NotFound)
    });
    let import = found.await.map_err(fault)?;
    let t = staff.t();
    let is_digest = asked.rejected.len() == 64 && asked.rejected.bytes().all(|byte| byte.is_ascii_hexdigit());
    page(
        &Page {
            chrome: staff
                .chrome(t.text("import_done.title"))
                .under(vec![Link::new(t.text("nav.import"), "/import")]),
            banner: banner(t, &import),
            facts: facts(t, &import),
            registers: (!import.registers.is_empty()).then(|| registers(t, &import)),
            rejected: (is_digest && import.rejected > 0)
                .then(|| format!("/import/rejected/{}", asked.rejected)),
        },
        Cache::Private,
    )
}

fn banner(t: Language, import: &ImportView) -> Banner {
    if import.rejected > 0 {
        return Banner::new(Tone::Warning, t.counted("import_done.some_rejected", import.rejected));
    }
    Banner::new(Tone::Done, t.counted("import_done.added", import.added))
}

fn facts(t: Language, import: &ImportView) -> Facts {
    Facts::new(
        t,
        vec![
            Fact::new(t.text("import_list.file"), import.file_name.clone()),
            Fact::new(t.text("import_list.who"), value::who(t, &import.who)),
            Fact::new(t.text("import_list.at"), show::instant(t, import.at)),
            Fact::new(t.text("import_list.added"), t.number(import.added)),
            Fact::new(t.text("import_list.duplicates"), t.number(import.duplicates)),
            Fact::new(t.text("import_list.rejected"), t.number(import.rejected)),
        ],
    )
}

fn registers(t: Language, import: &ImportView) -> Table {
    let columns = vec![
        Column::new(t.text("register_index.register")),
        Column::new(t.text("import_list.added")).numeric(),
        Column::new(t.text("import_list.duplicates")).numeric(),
    ];
    let row = |(of, added, duplicates): &(domain::register::Register, u64, u64)| {
        vec![
            Cell::link(register::name(t, *of), link::register(*of)),
            Cell::new(t.number(*added)),
            Cell::new(t.number(*duplicates)),
        ]
    };
    Table::new(t, "registers", t.text("import_done.registers"), columns)
        .rows(import.registers.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

pub(super) async fn rejected(staff: Staff, Path(digest): Path<String>) -> PageResult {
    let found = staff.run(move |app, actor| app::importing::rejected_file(app, actor, &digest));
    let bytes = found.await.map_err(fault)?;
    Ok(attachment(bytes, XLSX, staff.t().text("import_done.rejected_name")))
}
