//! From a report to its documents and files.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::figure;
use domain::id::ReportId;
use domain::period::Period;
use domain::register::{RecordRef, Register};
use domain::report::{Event, State};
use domain::time::Day;
use report::document::{Citation, Document, ProofLink, Signer};
use report::{FigureView, FrozenFigure, FrozenSet, RecordLabel, ReportInput, Template};
use store::report::{self as rows, ReportRow, ReportVersionRow};
use words::Language;

use super::{Act, Edit, Slot, act, create_over, edit, freeze, period_of, proof, template};
use crate::office::Office;
use crate::{ActionError, Actor, App, figures, office};

/// A report with everything its document is made from.
pub(super) struct Loaded {
    pub(super) row: ReportRow,
    pub(super) office: Office,
    pub(super) period: Period,
    pub(super) versions: Vec<ReportVersionRow>,
    pub(super) set: FrozenSet,
    pub(super) letter: Option<Citation>,
    pub(super) signer: Option<Signer>,
    pub(super) regulation: Option<Citation>,
    pub(super) template: Template,
    pub(super) narrative: BTreeMap<String, String>,
    pub(super) differences: Vec<String>,
}

/// Loads a report: the frozen set unless it is a draft, else the set of this moment, to be looked at.
pub(super) fn load(app: &App, id: ReportId) -> Result<Loaded, ActionError> {
    load_as(app, id, freeze::Digested::No)
}

fn load_as(app: &App, id: ReportId, draft: freeze::Digested) -> Result<Loaded, ActionError> {
    let today = app.today();
    app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        let office = office::load(r)?;
        let period = period_of(&row)?;
        let versions = rows::versions(r, id)?;
        let checkpoint = store::ledger::checkpoint(r)?;
        let frozen = versions.last().filter(|_| row.state != State::Draft);
        let digested = if frozen.is_some() { freeze::Digested::Yes } else { draft };
        let template = (row.template.as_str(), row.frozen_version);
        let live = freeze::set_now(r, (period, today), template, checkpoint, digested)?;
        let (set, differences) = match frozen {
            Some(version) => {
                let set = FrozenSet::parse(&version.frozen_set).map_err(anyhow::Error::new)?;
                let differences = report::compare(&set, &live)
                    .into_iter()
                    .map(|difference| difference.figure)
                    .filter(|figure| !figure.is_empty())
                    .collect();
                (set, differences)
            }
            None => (live, Vec::new()),
        };
        Ok(Loaded {
            letter: serde_json::from_str(&row.request_letter).unwrap_or_default(),
            signer: serde_json::from_str(&row.signer).unwrap_or_default(),
            narrative: serde_json::from_str(&row.narrative).unwrap_or_default(),
            regulation: regulation(r, &office, period.last())?,
            template: template::of(r, &row)?,
            row,
            office,
            period,
            versions,
            set,
            differences,
        })
    })
}

/// The regulation in force at the end of a period: the latest one registered that had not ended.
fn regulation(r: &mut store::Reader<'_>, office: &Office, day: Day) -> Result<Option<Citation>, ActionError> {
    let mut found: Option<(Day, Citation)> = None;
    store::register::all(r, Register::Regulations, Some(office.unit), |stored| {
        let values = &stored.record.values;
        let in_force = values.day("ended_on").is_none_or(|last| day <= last);
        if let Some(issued) = values.day("issued_on").filter(|issued| *issued <= day && in_force)
            && found.as_ref().is_none_or(|(latest, _)| *latest < issued)
        {
            let text = |key: &str| values.text(key).unwrap_or("").to_owned();
            let about = text("title");
            let kind = if text("symbol").contains("QĐ") { "Quyết định" } else { "Văn bản" };
            let lower = |about: &str| {
                let mut letters = about.chars();
                let first = letters.next().map(|first| first.to_lowercase().collect::<String>());
                format!("{}{}", first.unwrap_or_default(), letters.as_str())
            };
            let about =
                if about.starts_with("Quy chế") { format!("ban hành {about}") } else { lower(&about) };
            let citation = Citation {
                kind: kind.to_owned(),
                symbol: text("symbol"),
                date: Some(issued),
                issuer: text("issuer"),
                about,
            };
            found = Some((issued, citation));
        }
        Ok(())
    })?;
    Ok(found.map(|(_, citation)| citation))
}

fn input(app: &App, loaded: &Loaded) -> ReportInput {
    let is_frozen = loaded.row.state != State::Draft;
    let proof = loaded.versions.last().filter(|_| is_frozen).map(|version| ProofLink {
        url: format!("{}{}", app.base_url().trim_end_matches('/'), proof::path_of(&version.digest)),
        digest: version.digest.clone(),
        checkpoint: version.ledger_sequence,
    });
    ReportInput {
        office: loaded.office.names.clone(),
        period: loaded.period,
        request: loaded.letter.clone(),
        regulation: loaded.regulation.clone(),
        figures: loaded.set.figures.iter().map(|figure| (figure.id.clone(), figure.view())).collect(),
        narrative: loaded.narrative.clone(),
        number: loaded.row.number.as_deref().and_then(|number| number.parse().ok()),
        date: loaded.row.issued_on,
        signer: loaded.signer.clone(),
        proof,
        layout: report::layout::Layout::default(),
    }
}

/// The document of a report.
pub(super) fn compose(app: &App, loaded: &Loaded) -> Result<Document, ActionError> {
    Ok(report::compose(&loaded.template, &input(app, loaded)).map_err(anyhow::Error::new)?)
}

/// What is suggested for each text, by the figures alone.
fn suggestions(loaded: &Loaded) -> Result<Vec<report::Suggestion>, ActionError> {
    let bare = ReportInput {
        office: loaded.office.names.clone(),
        period: loaded.period,
        request: loaded.letter.clone(),
        regulation: loaded.regulation.clone(),
        figures: loaded.set.figures.iter().map(|figure| (figure.id.clone(), figure.view())).collect(),
        narrative: BTreeMap::new(),
        number: None,
        date: None,
        signer: None,
        proof: None,
        layout: report::layout::Layout::default(),
    };
    Ok(report::suggestions(&loaded.template, &bare).map_err(anyhow::Error::new)?)
}

/// Slot → what is suggested for it.
pub(super) fn suggested(loaded: &Loaded) -> Result<BTreeMap<String, String>, ActionError> {
    Ok(suggestions(loaded)?.into_iter().map(|suggestion| (suggestion.slot, suggestion.source)).collect())
}

/// The texts of a report with what is suggested for each.
pub(super) fn slots(loaded: &Loaded) -> Result<Vec<Slot>, ActionError> {
    let slot = |suggestion: report::Suggestion| {
        let written = loaded.narrative.get(&suggestion.slot);
        Slot {
            text: written.cloned().unwrap_or_else(|| suggestion.source.clone()),
            is_written: written.is_some_and(|written| *written != suggestion.source),
            key: suggestion.slot,
            label: suggestion.label,
            suggestion: suggestion.source,
        }
    };
    Ok(suggestions(loaded)?.into_iter().map(slot).collect())
}

/// A file of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `bao-cao.docx`.
    Docx,
    /// `bao-cao.pdf`.
    Pdf,
    /// `bao-cao.html`.
    Html,
    /// `so-lieu.xlsx`.
    Xlsx,
    /// `so-lieu.json`.
    Json,
}

impl Kind {
    /// All files.
    pub const ALL: [Kind; 5] = [Kind::Docx, Kind::Pdf, Kind::Html, Kind::Xlsx, Kind::Json];

    /// The name of the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Kind::Docx => "bao-cao.docx",
            Kind::Pdf => "bao-cao.pdf",
            Kind::Html => "bao-cao.html",
            Kind::Xlsx => "so-lieu.xlsx",
            Kind::Json => "so-lieu.json",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Pdf => "application/pdf",
            Kind::Html => "text/html; charset=utf-8",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Json => "application/json",
        }
    }

    /// The kind with this file name.
    pub fn from_file_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.file_name() == name)
    }
}

/// A file of a report.
///
/// # Errors
/// Without the right to read reports; when the document cannot be made.
pub fn file(app: &App, actor: &Actor, id: ReportId, kind: Kind) -> Result<Vec<u8>, ActionError> {
    actor.require(Capability::ReadReports)?;
    let digested = match kind {
        Kind::Json | Kind::Xlsx => freeze::Digested::Yes,
        Kind::Docx | Kind::Pdf | Kind::Html => freeze::Digested::No,
    };
    let loaded = load_as(app, id, digested)?;
    draw(app, actor, &loaded, kind)
}

fn draw(app: &App, actor: &Actor, loaded: &Loaded, kind: Kind) -> Result<Vec<u8>, ActionError> {
    Ok(match kind {
        Kind::Docx => report::docx(&compose(app, loaded)?).map_err(anyhow::Error::new)?,
        Kind::Pdf => report::pdf(&compose(app, loaded)?, &app.fonts()?).map_err(anyhow::Error::new)?.bytes,
        Kind::Html => report::html::page(&compose(app, loaded)?).into_bytes(),
        Kind::Xlsx => {
            let labels = labels(app, actor, &loaded.set)?;
            report::workbook(&loaded.set, &labels).map_err(anyhow::Error::new)?
        }
        Kind::Json => loaded.set.to_json().map_err(anyhow::Error::new)?.into_bytes(),
    })
}

/// Names of the records, for those who may read registers.
fn labels(app: &App, actor: &Actor, set: &FrozenSet) -> Result<BTreeMap<String, RecordLabel>, ActionError> {
    if !actor.may(Capability::ReadRegisters) {
        return Ok(BTreeMap::new());
    }
    let mut references: Vec<RecordRef> = Vec::new();
    for figure in &set.figures {
        let left = figure.left_out.iter().map(|left| &left.record);
        for record in figure.records.iter().chain(left) {
            if let (Some(register), Ok(id)) = (Register::from_word(&record.register), record.id.parse()) {
                references.push(RecordRef { register, id });
            }
        }
    }
    references.sort();
    references.dedup();
    let records = app.read(|r| figures::load(r, &references))?;
    Ok(records
        .into_iter()
        .map(|record| {
            let label = RecordLabel { day: record.day(), title: record.title().to_owned() };
            (format!("{}/{}", record.register.word(), record.id), label)
        })
        .collect())
}

/// The document of a report as a whole HTML page.
///
/// # Errors
/// As [`fn@file`].
pub fn preview_html(app: &App, actor: &Actor, id: ReportId) -> Result<String, ActionError> {
    actor.require(Capability::ReadReports)?;
    Ok(report::html::page(&compose(app, &load(app, id)?)?))
}

/// What `phatngon report make` is asked for.
#[derive(Debug, Clone)]
pub struct Make {
    /// The period.
    pub period: Period,
    /// The template; the one in force at the end of the period when absent.
    pub template: Option<String>,
    /// The letter that asked for the report.
    pub letter: Option<Citation>,
    /// Who signs.
    pub signer: Option<Signer>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Made {
    /// The report.
    pub id: ReportId,
    /// The frozen version.
    pub version: i64,
    /// Its digest.
    pub digest: String,
    /// Name and bytes of each file.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

/// Makes the report of a period with all its files: begins it when there is none, freezes the figures when they are
/// not frozen or changed since.
///
/// # Errors
/// Without the right to draft; when it is being cleared or was issued and the figures changed since.
pub fn make(app: &App, actor: &Actor, make: &Make) -> Result<Made, ActionError> {
    actor.require(Capability::DraftReport)?;
    let template = match &make.template {
        Some(id) => id.clone(),
        None => template::templates(app, make.period.last())?
            .first()
            .map(|kept| kept.template.id.clone())
            .unwrap_or_default(),
    };
    let known = app.read(|r| {
        Ok(rows::all(r)?.into_iter().find(|row| {
            row.template == template
                && (row.period_first, row.period_last) == (make.period.first(), make.period.last())
        }))
    })?;
    let id = match known {
        Some(row) => row.id,
        None => create_over(app, actor, (make.period, "Kỳ do người chạy lệnh lập báo cáo chọn"), &template)?,
    };
    let mut loaded = load(app, id)?;
    if loaded.row.state == State::Frozen && !loaded.differences.is_empty() {
        let why = Act { reason: Some("Số liệu thay đổi sau khi chốt".to_owned()), ..Act::default() };
        act(app, actor, (id, loaded.row.version), Event::Reopen, &why)?;
        loaded = load(app, id)?;
    }
    let written = Edit {
        narrative: loaded.narrative.clone().into_iter().collect(),
        letter: make.letter.clone().or_else(|| loaded.letter.clone()),
        signer: make.signer.clone().or_else(|| loaded.signer.clone()),
    };
    if loaded.row.state.text_can_change()
        && (written.letter != loaded.letter || written.signer != loaded.signer)
    {
        edit(app, actor, (id, loaded.row.version), &written)?;
        loaded = load(app, id)?;
    }
    if loaded.row.state == State::Draft {
        act(app, actor, (id, loaded.row.version), Event::Freeze, &Act::default())?;
        loaded = load(app, id)?;
    }
    let files = Kind::ALL
        .into_iter()
        .map(|kind| Ok((kind.file_name(), draw(app, actor, &loaded, kind)?)))
        .collect::<Result<_, ActionError>>()?;
    let last = loaded.versions.last().ok_or(ActionError::NotFound)?;
    Ok(Made { id, version: last.version, digest: last.digest.clone(), files })
}

/// A figure of a report with its words in a language, for pages that list figures.
pub fn figure_titles(figure: &FrozenFigure, language: Language) -> FigureView {
    let of = |definition: &&figure::Definition| definition.id == figure.id;
    let unit = figure::ALL.iter().find(of).map_or("", |definition| definition.unit);
    FigureView {
        title: language.text(&format!("figure.{}.title", figure.id)).to_owned(),
        definition: language.text(&format!("figure.{}.definition", figure.id)).to_owned(),
        unit: language.text(&format!("unit_of_count.{unit}")).to_owned(),
        ..figure.view()
    }
}
