//! Title, *Kính gửi*, body and signature.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, Paragraph, Section, SpecialIndentType, Table,
    TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::header::{borderless, rule};
use super::{DocxError, centred, proof, run, signed, text_width, tight, twips};
use crate::document::{Addressed, Column, HeadingStyle, Laid, LaidBlock, ProofLink, Span};
use crate::layout::{Layout, SECRETARY};

/// Something that stands in a section.
pub(crate) enum Drawn {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

impl Drawn {
    pub(crate) fn add_to(self, file: Docx) -> Docx {
        match self {
            Drawn::Paragraph(paragraph) => file.add_paragraph(*paragraph),
            Drawn::Table(table) => file.add_table(*table),
        }
    }

    pub(crate) fn add_to_section(self, section: Section) -> Section {
        match self {
            Drawn::Paragraph(paragraph) => section.add_paragraph(*paragraph),
            Drawn::Table(table) => section.add_table(*table),
        }
    }
}

/// Cell 5a with the rule under the summary; a letter has none.
pub(crate) fn add_title(file: Docx, layout: &Layout, laid: &Laid) -> Docx {
    if !laid.about.is_empty() {
        return file.add_paragraph(Paragraph::new().line_spacing(tight()));
    }
    let size = laid.sizes.title;
    let type_name = Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(tight().before(360))
        .outline_lvl(0)
        .keep_next(true)
        .add_run(run(&laid.type_name, size).bold());
    let mut file = file.add_paragraph(type_name);
    for line in &laid.summary {
        file = file.add_paragraph(centred(run(line, size).bold()).keep_next(true));
    }
    file.add_paragraph(rule(text_width(layout), laid.summary_rule))
}

/// Cell 9a: one addressee on the line, more below it with dashes under the colon.
pub(crate) fn add_addressed(file: Docx, layout: &Layout, laid: &Laid) -> Docx {
    let size = laid.sizes.body;
    match &laid.addressed {
        Addressed::None => file,
        Addressed::One(to) => {
            let words = format!("Kính gửi: {to}");
            file.add_paragraph(centred(run(&words, size)).line_spacing(tight().before(120).after(240)))
        }
        Addressed::Many(lines) => {
            let width = text_width(layout);
            let first = width * 35 / 100;
            let cell = |twips: u32| TableCell::new().width(twips as usize, WidthType::Dxa);
            let left =
                |words: &str| Paragraph::new().line_spacing(tight().after(40)).add_run(run(words, size));
            let word = left("Kính gửi:").align(AlignmentType::Right);
            let mut to = cell(width - first).add_paragraph(left(""));
            for line in lines {
                to = to.add_paragraph(left(&format!("- {line}")));
            }
            let row = TableRow::new(vec![cell(first).add_paragraph(word), to]);
            file.add_table(borderless(vec![row], &[first, width - first]))
                .add_paragraph(Paragraph::new().line_spacing(tight()))
        }
    }
}

/// A legal basis: italic, as the body else (PL I.II.6a).
pub(crate) fn basis(layout: &Layout, laid: &Laid, text: &str) -> Paragraph {
    body_paragraph(layout).add_run(run(text, laid.sizes.body).italic())
}

fn spacing(layout: &Layout) -> LineSpacing {
    // 240 is a single line.
    let line = signed(layout.line_hundredths * 240 / 100);
    LineSpacing::new()
        .line_rule(LineSpacingType::Auto)
        .line(line)
        .before(0)
        .after(layout.paragraph_points * 20)
}

fn first_line(layout: &Layout) -> i32 {
    signed(twips(layout.first_line.hundredths_of_mm()))
}

/// Justified, with first-line indent (PL I.II.6e).
fn body_paragraph(layout: &Layout) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .line_spacing(spacing(layout))
        .indent(Some(0), Some(SpecialIndentType::FirstLine(first_line(layout))), None, None)
        .widow_control(true)
}

fn words(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// The body of the document or of an annex.
pub(crate) fn blocks(blocks: &[LaidBlock], layout: &Layout, laid: &Laid) -> Vec<Drawn> {
    let size = laid.sizes.body;
    let mut out = Vec::new();
    for block in blocks {
        let paragraph = match block {
            LaidBlock::Heading { level, style, marker, text } => {
                let run = run(&format!("{marker} {}", words(text)), size);
                let run = if *style == HeadingStyle::Plain { run } else { run.bold() };
                body_paragraph(layout).outline_lvl(usize::from(*level)).keep_next(true).add_run(run)
            }
            LaidBlock::Paragraph { text } => body_paragraph(layout).add_run(run(&words(text), size)),
            LaidBlock::Dash { text } => {
                body_paragraph(layout).add_run(run(&format!("- {}", words(text)), size))
            }
            LaidBlock::Table { columns, rows, .. } => {
                out.push(Drawn::Table(Box::new(table(columns, rows, layout, size))));
                let gap = LineSpacing::new().line_rule(LineSpacingType::Exact).line(160).before(0).after(0);
                out.push(Drawn::Paragraph(Box::new(Paragraph::new().line_spacing(gap))));
                continue;
            }
        };
        out.push(Drawn::Paragraph(Box::new(paragraph)));
    }
    out
}

fn table(columns: &[Column], rows: &[Vec<Vec<Span>>], layout: &Layout, size: u32) -> Table {
    let width = text_width(layout);
    let shares: u32 = columns.iter().map(|column| column.share).sum::<u32>().max(1);
    let widths: Vec<u32> = columns.iter().map(|column| width * column.share / shares).collect();
    let cell = |index: usize, paragraph: Paragraph| {
        TableCell::new()
            .width(widths.get(index).copied().unwrap_or_default() as usize, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(paragraph)
    };
    let heads = columns.iter().enumerate().map(|(index, c)| cell(index, centred(run(&c.title, size).bold())));
    let mut all = vec![TableRow::new(heads.collect()).cant_split()];
    for row in rows {
        let cells = row.iter().zip(columns).enumerate().map(|(index, (spans, column))| {
            let align = if column.centred { AlignmentType::Center } else { AlignmentType::Left };
            cell(index, Paragraph::new().align(align).line_spacing(tight()).add_run(run(&words(spans), size)))
        });
        all.push(TableRow::new(cells.collect()).cant_split());
    }
    Table::new(all)
        .set_grid(widths.iter().map(|width| *width as usize).collect())
        .width(width as usize, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(60, 100, 60, 100))
}

/// Cell 7: who signs, with room for the signature and the seal over its left third.
fn signed_by(authority: &[String], name: &str, width: u32, size: u32) -> TableCell {
    let mut cell = TableCell::new().width(width as usize, WidthType::Dxa);
    for row in authority {
        cell = cell.add_paragraph(centred(run(row, size).bold()));
    }
    for _ in 0..4 {
        cell = cell.add_paragraph(centred(run("", size)));
    }
    cell.add_paragraph(centred(run(name, size).bold()))
}

/// Cells 7 and 9b side by side; who kept minutes signs beside the chair, *Nơi nhận* stands below. They never part.
pub(crate) fn add_signature(
    file: Docx,
    layout: &Layout,
    laid: &Laid,
    proof: Option<&ProofLink>,
) -> Result<Docx, DocxError> {
    let width = text_width(layout);
    let left = width * 45 / 100;
    let right = width - left;
    let small = |words: &str, points: u32| Paragraph::new().line_spacing(tight()).add_run(run(words, points));
    let word = Paragraph::new()
        .line_spacing(tight())
        .add_run(run("Nơi nhận:", laid.sizes.recipients_word).bold().italic());
    let mut recipients = TableCell::new().width(left as usize, WidthType::Dxa).add_paragraph(word);
    for row in &laid.recipients {
        recipients = recipients.add_paragraph(small(row, laid.sizes.recipients));
    }
    if let Some(proof) = proof {
        recipients = proof::add(recipients, proof)?;
    }
    let signer = signed_by(&laid.authority, &laid.signer, right, laid.sizes.signer);
    let rows = if laid.secretary.is_empty() {
        vec![TableRow::new(vec![recipients, signer]).cant_split()]
    } else {
        let secretary = signed_by(&[SECRETARY.to_owned()], &laid.secretary, left, laid.sizes.signer);
        let empty = TableCell::new().width(right as usize, WidthType::Dxa);
        let below = TableRow::new(vec![recipients, empty.add_paragraph(small("", laid.sizes.recipients))]);
        vec![TableRow::new(vec![secretary, signer]).cant_split(), below.cant_split()]
    };
    let gap = LineSpacing::new().line_rule(LineSpacingType::Exact).line(200).before(0).after(0);
    Ok(file
        .add_paragraph(Paragraph::new().line_spacing(gap).size(4).keep_next(true))
        .add_table(borderless(rows, &[left, right])))
}
