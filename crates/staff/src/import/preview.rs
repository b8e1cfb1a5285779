//! The page of a preview: what the file holds, what is wrong with it, what would be added.

use app::importing::{FindingView, Options, Preview};
use askama::Template;
use domain::register::Register;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Cell, Choice, Column, ErrorSummary, FormStart, Table, Tile, Tone};
use web_kit::form::FormState;
use web_kit::page::with_form;
use web_kit::{Language, PageResult};

use super::choice::{self, Group, SKIP};
use crate::{Staff, register};

/// Findings shown of each severity; the file of rejected rows names all.
const SHOWN: usize = 100;

/// Groups whose columns are in sight at once.
const UNFOLDED: usize = 3;

/// A column of a file with the choices of its field.
struct ColumnView {
    id: String,
    letter: String,
    heading: String,
    field: String,
}

/// Sheets decided together.
struct GroupView {
    index: usize,
    title: String,
    sheets: String,
    register: String,
    header: String,
    columns: Vec<ColumnView>,
    fields: Vec<Choice>,
    counts: Table,
    is_read: bool,
    is_open: bool,
    unfolded: bool,
}

#[derive(Template)]
#[template(path = "import/preview.html")]
struct Page {
    chrome: Chrome,
    start: FormStart,
    errors: ErrorSummary,
    id: String,
    name: String,
    seen: String,
    tiles: Vec<Tile>,
    banner: Banner,
    registers: Vec<Choice>,
    groups: Vec<GroupView>,
    year: String,
    legacy: Option<(&'static str, bool)>,
    bad: Option<Table>,
    doubts: Option<Table>,
    infos: Option<Table>,
    hidden: Option<String>,
    all: Option<String>,
    good: Option<String>,
}

pub(super) fn draw(staff: &Staff, looked: &Preview, options: &Options, form: &FormState) -> PageResult {
    let t = staff.t();
    let groups = choice::groups(&looked.sheets);
    let fields = choice::fields(&groups, options);
    let of = |severity: &str| -> Vec<&FindingView> {
        looked.findings.iter().filter(|finding| finding.severity == severity).collect()
    };
    let (bad, doubts, infos) = (of("bad"), of("doubt"), of("info"));
    let hidden = looked.bad.saturating_sub(bad.len().min(SHOWN))
        + looked.doubts.saturating_sub(doubts.len().min(SHOWN));
    let good = looked.new;
    let rejected = looked.rejected > 0;
    let count = t.number(good);
    with_form(
        &Page {
            chrome: staff
                .chrome(t.fill("import_page.preview_title", &[("file", &looked.file_name)]))
                .under(vec![Link::new(t.text("nav.import"), "/import")]),
            start: FormStart::once(&staff.visitor),
            errors: ErrorSummary::new(form, t, &[]),
            id: looked.id.clone(),
            name: looked.file_name.clone(),
            seen: serde_json::to_string(&fields).unwrap_or_default(),
            tiles: tiles(t, looked),
            banner: banner(t, looked),
            registers: registers(t),
            groups: groups.iter().enumerate().map(|(index, group)| view(t, index, group, looked)).collect(),
            year: fields.get("year").cloned().unwrap_or_default(),
            legacy: looked
                .legacy
                .or(options.convert_legacy)
                .map(|legacy| (choice::legacy_word(legacy), options.convert_legacy.is_some())),
            bad: findings(t, "bad", &bad),
            doubts: findings(t, "doubt", &doubts),
            infos: findings(t, "info", &infos),
            hidden: (hidden > 0)
                .then(|| t.fill("import_page.more_findings", &[("count", &t.number(hidden as u64))])),
            all: (good > 0 && !rejected).then(|| t.fill("import_page.take_all", &[("count", &count)])),
            good: (good > 0 && rejected).then(|| t.fill("import_page.take_good", &[("count", &count)])),
        },
        form,
    )
}

fn tiles(t: Language, looked: &Preview) -> Vec<Tile> {
    let rows = t.text("import_page.rows");
    let tile = |key: &str, count: u64| Tile::new(t.text(key), t.number(count), rows);
    vec![
        tile("import_page.new", looked.new),
        tile("import_page.duplicates", looked.duplicates).note(t.text("import_page.duplicates_note")),
        tile("import_page.rejected", looked.rejected),
        Tile::new(t.text("import_page.doubts"), t.number(looked.doubts as u64), t.text("import_page.places")),
    ]
}

fn banner(t: Language, looked: &Preview) -> Banner {
    if looked.new == 0 && looked.rejected == 0 && looked.duplicates > 0 {
        return Banner::new(Tone::Info, t.text("import_page.all_known"));
    }
    if looked.new == 0 && looked.rejected == 0 {
        return Banner::new(Tone::Warning, t.text("import_page.nothing_read"));
    }
    if looked.rejected > 0 {
        return Banner::new(Tone::Warning, t.text("import_page.some_bad_text"))
            .title(t.counted("import_page.some_bad", looked.rejected));
    }
    Banner::new(Tone::Info, t.text("import_page.nothing_written"))
}

fn registers(t: Language) -> Vec<Choice> {
    let skip = Choice::new(SKIP, t.text("import_page.skip_sheet"));
    let registers = Register::ALL.map(|of| Choice::new(of.word(), register::name(t, of)));
    std::iter::once(skip).chain(registers).collect()
}

fn view(t: Language, index: usize, group: &Group, looked: &Preview) -> GroupView {
    let column = |(letter, heading, field): &(String, String, Option<&'static str>)| ColumnView {
        id: format!("g{index}-c-{letter}"),
        letter: letter.clone(),
        heading: heading.clone(),
        field: field.unwrap_or(SKIP).to_owned(),
    };
    let fields = group.register.map_or(&[][..], Register::fields);
    let choice = |field: &domain::register::Field| {
        Choice::new(field.key, t.field(group.register.map_or("", Register::word), field.key))
    };
    let skip = Choice::new(SKIP, t.text("import_page.skip_column"));
    GroupView {
        index,
        title: title(t, group),
        sheets: serde_json::to_string(&group.sheets).unwrap_or_default(),
        register: group.register.map_or(SKIP, Register::word).to_owned(),
        header: choice::header_text(group.header_row),
        columns: group.columns.iter().map(column).collect(),
        fields: std::iter::once(skip).chain(fields.iter().map(choice)).collect(),
        counts: counts(t, index, group, looked),
        is_read: group.register.is_some(),
        is_open: group.is_open,
        unfolded: index < UNFOLDED,
    }
}

fn title(t: Language, group: &Group) -> String {
    match group.sheets.as_slice() {
        [one] => t.fill("import_page.sheet", &[("name", one)]),
        many => t.fill("import_page.sheets", &[("count", &t.number(many.len() as u64))]),
    }
}

/// How many rows each sheet of a group gives.
fn counts(t: Language, index: usize, group: &Group, looked: &Preview) -> Table {
    let columns = vec![
        Column::new(t.text("import_page.sheet_name")),
        Column::new(t.text("import_page.good_rows")).numeric(),
        Column::new(t.text("import_page.bad_rows")).numeric(),
        Column::new(t.text("import_page.passed_rows")).numeric(),
    ];
    let sheets = looked.sheets.iter().filter(|sheet| group.sheets.contains(&sheet.name));
    let number = |count: u32| Cell::new(t.number(u64::from(count)));
    let row = |sheet: &import::SheetSurvey| {
        vec![
            Cell::new(sheet.name.clone()),
            number(sheet.rows_good),
            number(sheet.rows_bad),
            number(sheet.rows_passed_over),
        ]
    };
    Table::new(t, &format!("g{index}-counts"), t.text("import_page.counts"), columns)
        .rows(sheets.map(row).collect())
        .caption_hidden()
        .cards()
}

fn findings(t: Language, id: &str, found: &[&FindingView]) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("import_page.cell")),
        Column::new(t.text("import_page.cell_value")),
        Column::new(t.text("import_page.problem")).wide(),
        Column::new(t.text("import_page.remedy")).wide(),
    ];
    let severity = t.text(&format!("import.severity.{id}"));
    let place = |finding: &FindingView| match (finding.sheet.as_str(), finding.cell.as_str()) {
        ("", "") => Cell::new(t.text("import_page.whole_file")),
        (sheet, "") => Cell::new(sheet),
        (sheet, cell) => Cell::new(cell).note(sheet),
    };
    let row = |finding: &&FindingView| {
        vec![
            place(finding),
            Cell::new(finding.value.clone()),
            Cell::new(finding.message.clone()),
            Cell::new(finding.remedy.clone()),
        ]
    };
    (!found.is_empty()).then(|| {
        Table::new(t, id, severity, columns)
            .rows(found.iter().take(SHOWN).map(row).collect())
            .caption_hidden()
            .cards()
    })
}
