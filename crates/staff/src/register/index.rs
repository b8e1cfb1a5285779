//! The list of registers.

use askama::Template;
use domain::access::Capability;
use domain::register::Register;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Cell, Column, Table, Tone};
use web_kit::{Cache, Language, PageResult, page};

use crate::refusal::fault;
use crate::{Staff, link};

#[derive(Template)]
#[template(path = "register/index.html")]
struct Page {
    chrome: Chrome,
    may_import: bool,
    table: Table,
}

pub(super) async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let counts = staff.run(app::register::counts).await.map_err(fault)?;
    let table = Page {
        chrome: staff.chrome(t.text("nav.registers")),
        may_import: staff.may(Capability::ImportRegisters),
        table: table(t, &counts),
    };
    page(&table, Cache::Private)
}

fn table(t: Language, counts: &[(Register, i64, bool)]) -> Table {
    let columns = vec![
        Column::new(t.text("register_index.register")),
        Column::new(t.text("register_index.lines")).numeric(),
        Column::new(t.text("register_index.template")),
    ];
    let row = |(register, count, is_open): &(Register, i64, bool)| {
        let name = Cell::link(super::name(t, *register), link::register(*register));
        let lines = if *is_open {
            Cell::new(t.number(count.unsigned_abs()))
        } else {
            Cell::badge(Badge::new(Tone::Plain, t.text("register_index.not_opened")))
        };
        let template = format!("{}/template.xlsx", link::register(*register));
        vec![name, lines, Cell::link(t.text("register_index.download_template"), template)]
    };
    Table::new(t, "registers", t.text("nav.registers"), columns)
        .rows(counts.iter().map(row).collect())
        .caption_hidden()
        .cards()
}
