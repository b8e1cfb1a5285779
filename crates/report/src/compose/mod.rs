//! From a template, figures and the texts of people to a [`Document`].
//!
//! Which sentence stands follows from the figures by rules in the template. What people write is never read as a
//! template: the only thing that lives in it is `[[figure.id]]`, which becomes the figure.

mod wording;

use std::collections::BTreeMap;

use domain::period::Period;
use domain::time::Day;

use crate::document::{
    Block, Citation, Document, Header, Inline, OfficeNames, Piece, ProofLink, Signature, SignatureFault,
    Signer, Table,
};
use crate::figure_view::FigureView;
use crate::layout::{Layout, LayoutFault};
use crate::template::{BlockKind, Sentence, Template, TemplateBlock};
use wording::Wording;

/// Everything a document is made from besides its template.
#[derive(Debug, Clone)]
pub struct ReportInput {
    /// What the office is called.
    pub office: OfficeNames,
    /// What is counted.
    pub period: Period,
    /// The letter that asked for the report.
    pub request: Option<Citation>,
    /// The regulation in force.
    pub regulation: Option<Citation>,
    /// Figures by id.
    pub figures: BTreeMap<String, FigureView>,
    /// Texts of people by slot. A slot that is absent takes the suggestion; an empty text leaves the line out.
    pub narrative: BTreeMap<String, String>,
    /// Given when the document is issued.
    pub number: Option<u32>,
    /// Given when the document is issued.
    pub date: Option<Day>,
    /// `None` in a draft without a signer.
    pub signer: Option<Signer>,
    /// `None` before the figures are frozen.
    pub proof: Option<ProofLink>,
    /// Measures.
    pub layout: Layout,
}

/// A slot with what is suggested for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// `results.speech`.
    pub slot: String,
    /// What the slot is for.
    pub label: String,
    /// The suggestion as it reads today.
    pub text: String,
    /// The suggestion with `[[figure.id]]` where a figure stands; what an editor should offer, so that the sentence
    /// follows the figures.
    pub source: String,
}

/// Why no document came out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ComposeError {
    /// A wording or rule of the template has a fault.
    #[error("the template {template} has a fault in {place}: {fault}")]
    Template {
        /// Its id.
        template: String,
        /// The part or slot.
        place: String,
        /// What is wrong.
        fault: String,
    },
    /// The signature may not be written so.
    #[error(transparent)]
    Signature(#[from] SignatureFault),
    /// A measure is outside the legal range.
    #[error(transparent)]
    Layout(#[from] LayoutFault),
    /// The names of the office lack something that every document needs.
    #[error("the office has no {0}; complete its names first")]
    Office(&'static str),
}

/// Makes the document.
///
/// # Errors
/// See [`ComposeError`].
pub fn compose(template: &Template, input: &ReportInput) -> Result<Document, ComposeError> {
    check_office(&input.office)?;
    if let Some(fault) = input.layout.faults().into_iter().next() {
        return Err(fault.into());
    }
    let wording = Wording::new(template, input);
    let summary = wording.line("summary", &template.summary)?.reads();
    let bases = wording.sentences("bases", &template.bases)?;
    let mut body = Vec::new();
    for part in &template.parts {
        let place = part.heading.as_deref().unwrap_or("opening or closing");
        if let Some(heading) = &part.heading {
            body.push(Block::Heading { level: part.level, text: wording.line(place, heading)? });
        }
        for block in &part.blocks {
            compose_block(&wording, place, block, input, &mut body)?;
        }
    }
    Ok(Document {
        layout: input.layout,
        header: Header {
            parent: input.office.parent.clone().filter(|parent| !parent.trim().is_empty()),
            issuer: input.office.header.clone(),
            number: input.number,
            symbol: format!("{}-{}", template.type_code, input.office.symbol),
            place: input.office.place.clone(),
            date: input.date,
            counted_until: input.period.last(),
        },
        type_name: template.type_name.clone(),
        summary,
        addressees: input.office.addressees.clone(),
        bases: bases.into_iter().map(|line| line.reads()).collect(),
        pattern: template.pattern,
        body,
        signature: input.signer.as_ref().map(Signature::compose).transpose()?,
        recipients: input.office.recipients.clone(),
        filing_unit: input.office.filing_unit.clone(),
        secretary: String::new(),
        annexes: Vec::new(),
        proof: input.proof.clone(),
    })
}

/// What is suggested for every slot, in order.
///
/// # Errors
/// When a wording or rule has a fault.
pub fn suggestions(template: &Template, input: &ReportInput) -> Result<Vec<Suggestion>, ComposeError> {
    let wording = Wording::new(template, input);
    wording.line("summary", &template.summary)?;
    wording.sentences("bases", &template.bases)?;
    let mut out = Vec::new();
    // Lines without a slot are rendered too: they decide which mention of a text is the first.
    for block in template.parts.iter().flat_map(|part| &part.blocks) {
        let line = join(wording.sentences(&block.label, &block.sentences)?);
        if let Some(slot) = &block.slot {
            out.push(Suggestion {
                slot: slot.clone(),
                label: block.label.clone(),
                text: line.reads(),
                source: source_of(&line),
            });
        }
    }
    Ok(out)
}

/// Tries every wording and every rule of a template, those that would not stand today too.
///
/// # Errors
/// The first fault, with its part or slot.
pub fn try_out(template: &Template, input: &ReportInput) -> Result<(), ComposeError> {
    let wording = Wording::new(template, input);
    let try_all = |place: &str, sentences: &[Sentence]| {
        for sentence in sentences {
            if let Some(rule) = &sentence.when {
                wording.holds(place, rule)?;
            }
            wording.line(place, &sentence.text)?;
        }
        Ok::<(), ComposeError>(())
    };
    try_all("bases", &template.bases)?;
    for part in &template.parts {
        for block in &part.blocks {
            let heading = part.heading.as_deref().unwrap_or("opening or closing");
            let place = if block.label.is_empty() { heading } else { &block.label };
            try_all(place, &block.sentences)?;
        }
    }
    compose(template, input).map(drop)
}

fn source_of(inline: &Inline) -> String {
    inline
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Figure { id, .. } => format!("[[{id}]]"),
        })
        .collect()
}

fn check_office(office: &OfficeNames) -> Result<(), ComposeError> {
    for (what, present) in [
        ("name", !office.name.trim().is_empty()),
        ("header", office.header.iter().any(|line| !line.trim().is_empty())),
        ("place", !office.place.trim().is_empty()),
        ("symbol", !office.symbol.trim().is_empty()),
        ("filing_unit", !office.filing_unit.trim().is_empty()),
    ] {
        if !present {
            return Err(ComposeError::Office(what));
        }
    }
    Ok(())
}

fn compose_block(
    wording: &Wording<'_>,
    place: &str,
    block: &TemplateBlock,
    input: &ReportInput,
    body: &mut Vec<Block>,
) -> Result<(), ComposeError> {
    if block.kind == BlockKind::Table {
        let rows = block.rows.iter().map(|row| row.iter().map(|cell| wording.line(place, cell)).collect());
        body.push(Block::Table(Table {
            caption: wording.line(place, &block.caption)?.reads(),
            columns: block.columns.clone(),
            rows: rows.collect::<Result<_, _>>()?,
        }));
        return Ok(());
    }
    let written = block.slot.as_ref().and_then(|slot| input.narrative.get(slot));
    let lines = match written {
        Some(text) => wording.narrative(text),
        None => vec![join(wording.sentences(place, &block.sentences)?)],
    };
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        body.push(match block.kind {
            BlockKind::Dash => Block::Dash(line),
            BlockKind::Paragraph | BlockKind::Table => Block::Paragraph(line),
        });
    }
    Ok(())
}

fn join(sentences: Vec<Inline>) -> Inline {
    let mut out = Inline::default();
    for sentence in sentences.into_iter().filter(|sentence| !sentence.is_empty()) {
        if !out.0.is_empty() {
            out.0.push(Piece::Text(" ".to_owned()));
        }
        out.0.extend(sentence.0);
    }
    out
}

impl Wording<'_> {
    fn sentences(&self, place: &str, sentences: &[Sentence]) -> Result<Vec<Inline>, ComposeError> {
        let mut out = Vec::new();
        for sentence in sentences {
            if sentence.when.as_ref().map_or(Ok(true), |rule| self.holds(place, rule))? {
                out.push(self.line(place, &sentence.text)?);
            }
        }
        Ok(out)
    }
}
