//! One report: where it stands, its figures, its versions, what can be done.

use app::reports::{self, Editor};
use askama::Template;
use domain::access::Capability;
use domain::figure::Amount;
use domain::id::ReportId;
use domain::report::Refusal;
use report::FrozenFigure;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Cell, Column, Event as Happened, Fact, Facts, Table, Timeline, Tone};
use web_kit::form::Path;
use web_kit::{Cache, PageResult, page};

use super::{event_key, path};
use crate::gate::Staff;
use crate::{ledger, link, refusal, show_day};

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "report/show.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    buttons: Vec<Button>,
    figures: Table,
    files: Vec<(&'static str, String)>,
    preview: String,
    edit: Option<String>,
    versions: Vec<Facts>,
    steps: Option<Timeline>,
    findings: Vec<String>,
}

/// Shows a report.
pub async fn show(staff: Staff, Path(id): Path<ReportId>) -> PageResult {
    let t = staff.t();
    let editor =
        staff.run(move |app, actor| reports::editor(app, actor, id)).await.map_err(refusal::fault)?;
    let mut chrome = staff
        .chrome(editor.report.title.clone())
        .under(vec![Link::new(t.text("report.list.title"), "/reports")]);
    if !editor.differences.is_empty() {
        let names: Vec<&str> =
            editor.differences.iter().map(|id| t.text(&format!("figure.{id}.title"))).collect();
        chrome = chrome.banner(Banner::new(Tone::Warning, names.join("; ")).title(t.text("report.differs")));
    }
    let text_can_change = editor.report.state.text_can_change();
    let can_edit = text_can_change && staff.may(Capability::DraftReport);
    let page_of = Page {
        chrome,
        facts: facts(&staff, &editor),
        buttons: buttons(&staff, &editor),
        figures: figures(&staff, &editor),
        files: reports::Kind::ALL
            .into_iter()
            .map(|kind| (kind.file_name(), format!("{}/files/{}", path(id), kind.file_name())))
            .collect(),
        preview: format!("{}/preview", path(id)),
        edit: can_edit.then(|| format!("{}/edit", path(id))),
        versions: versions(&staff, &editor),
        steps: steps(&staff, &editor),
        findings: editor.form_findings.clone(),
    };
    page(&page_of, Cache::Private)
}

fn facts(staff: &Staff, editor: &Editor) -> Facts {
    let t = staff.t();
    let state = editor.report.state;
    let mut facts = vec![
        Fact::new(t.text("report.column.state"), t.text(&format!("report.state.{}", state.word()))),
        Fact::new(t.text("report.column.period"), editor.report.period.in_words()),
    ];
    if let Some(letter) = &editor.letter {
        facts.push(Fact::new(t.text("report.field.letter"), letter.full()));
    }
    if let Some(signer) = &editor.signer {
        facts.push(Fact::new(
            t.text("report.field.signer"),
            format!("{}, {}", signer.name, signer.signer_title),
        ));
    }
    if let (Some(number), Some(day)) = (&editor.number, editor.issued_on) {
        let shown = format!("{number}, {}", show_day::day(day));
        facts.push(Fact::new(t.text("report.field.number"), shown));
    }
    Facts::new(t, facts)
}

fn buttons(staff: &Staff, editor: &Editor) -> Vec<Button> {
    let t = staff.t();
    let button = |(event, result): &(domain::report::Event, Result<(), Refusal>)| Button {
        label: t.text(event_key(*event)),
        href: format!("{}/acts/{}", path(editor.report.id), event.word()),
        refused: result.err().map(|refusal| t.text(&format!("refusal.report_{}", refusal.code()))),
    };
    editor.buttons.iter().map(button).collect()
}

fn figures(staff: &Staff, editor: &Editor) -> Table {
    let t = staff.t();
    let columns = vec![
        Column::new(t.text("report.column.figure")).wide(),
        Column::new(t.text("report.column.value")).numeric(),
        Column::new(t.text("report.column.unit")),
        Column::new(t.text("report.column.left_out")).numeric(),
    ];
    let row = |figure: &FrozenFigure| {
        let view = reports::figure_titles(figure, t);
        let href = link::figure(&figure.id, editor.report.period);
        let unit =
            if matches!(figure.amount, Amount::Ratio { .. }) { String::new() } else { view.unit.clone() };
        vec![
            Cell::link(view.title.clone(), href),
            Cell::new(view.text()),
            Cell::new(unit),
            Cell::new(if figure.left_out.is_empty() {
                String::new()
            } else {
                figure.left_out.len().to_string()
            }),
        ]
    };
    Table::new(t, "figures", t.text("report.figures"), columns)
        .rows(editor.figures.iter().map(row).collect())
        .caption_hidden()
}

fn versions(staff: &Staff, editor: &Editor) -> Vec<Facts> {
    let t = staff.t();
    let version = |frozen: &reports::FrozenView| {
        let mut facts = vec![
            Fact::new(t.text("report.version.number"), frozen.version.to_string()),
            Fact::new(
                t.text("report.version.frozen"),
                format!("{}, {}", show_day::instant(frozen.frozen_at), ledger::who(t, &frozen.who)),
            ),
            Fact::new(t.text("report.version.digest"), frozen.digest.clone()),
            Fact::new(
                t.text("report.version.ledger"),
                format!("{} · {}", frozen.ledger_sequence, frozen.ledger_hash),
            ),
            Fact::new(t.text("report.version.proof"), frozen.proof_path.clone())
                .href(frozen.proof_path.clone()),
        ];
        if !frozen.reason.is_empty() {
            facts.push(Fact::new(t.text("report.version.reason"), frozen.reason.clone()));
        }
        Facts::new(t, facts)
    };
    editor.frozen.iter().map(version).collect()
}

fn steps(staff: &Staff, editor: &Editor) -> Option<Timeline> {
    let t = staff.t();
    let happened = |step: &reports::StepView| Happened {
        when: show_day::instant(step.at),
        datetime: step.at.to_string(),
        title: t.text(&format!("report.event.{}", step.event)).to_owned(),
        detail: {
            let who = ledger::who(t, &step.who);
            if step.note.is_empty() { who } else { format!("{who}: {}", step.note) }
        },
        tone: Tone::Plain,
    };
    (!editor.steps.is_empty()).then(|| Timeline::new(editor.steps.iter().map(happened).collect()))
}
