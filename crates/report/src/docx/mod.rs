//! The document as DOCX, to edit and sign in the office's usual chain. Times New Roman by name; what it draws is what
//! [`Document::laid`] says.
//!
//! Packed here and not by the library, so that the archive carries no time of day and the same document gives the
//! same bytes.

mod body;
mod header;
mod pack;
mod proof;

use docx_rs::{
    AlignmentType, Docx, Header as PageHeader, LineSpacing, LineSpacingType, PageMargin, PageNum,
    PageNumType, PageSize, Paragraph, Run, RunFonts, Section,
};

use crate::document::{Document, Laid, LaidAnnex};
use crate::escape;
use crate::layout::{self, Layout};

/// Why there is no DOCX.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The picture of the QR code could not be made.
    #[error("the QR code could not be drawn: {0}")]
    Code(#[from] png::EncodingError),
}

/// Draws the document.
///
/// # Errors
/// When the archive cannot be written; not for any text that people wrote.
pub fn docx(document: &Document) -> Result<Vec<u8>, DocxError> {
    let laid = document.laid();
    let layout = &document.layout;
    let mut file = empty(layout, &laid);
    file = header::add(file, layout, &laid);
    file = body::add_title(file, layout, &laid);
    file = body::add_addressed(file, layout, &laid);
    for basis in &laid.bases {
        file = file.add_paragraph(body::basis(layout, &laid, basis));
    }
    let mut pieces = body::blocks(&laid.body, layout, &laid);
    // The last line stays with the signature: nobody signs an empty page.
    if let Some(body::Drawn::Paragraph(last)) = pieces.last_mut() {
        **last = last.as_ref().clone().keep_next(true);
    }
    for piece in pieces {
        file = piece.add_to(file);
    }
    file = body::add_signature(file, layout, &laid, document.proof.as_ref())?;
    let annexes = !laid.annexes.is_empty();
    if annexes {
        // The section of the document itself ends here; each annex numbers its pages on its own (PL I.III.1đ).
        file = add_annexes(file, layout, &laid);
    }
    pack::pack(file.build(), document)
}

/// Twentieths of a point.
pub(crate) fn twips(hundredths_of_mm: u32) -> u32 {
    // 1 inch = 25,4 mm = 1440 twentieths of a point, rounded.
    (hundredths_of_mm * 1440 + 1270) / 2540
}

/// Half points.
pub(crate) fn half(points: u32) -> usize {
    points as usize * 2
}

pub(crate) fn signed(twips: u32) -> i32 {
    i32::try_from(twips).unwrap_or(i32::MAX)
}

/// Width of the text in twentieths of a point.
pub(crate) fn text_width(layout: &Layout) -> u32 {
    twips(layout.text_width() * 100)
}

pub(crate) fn fonts() -> RunFonts {
    RunFonts::new().ascii(layout::FONT).hi_ansi(layout::FONT).cs(layout::FONT).east_asia(layout::FONT)
}

/// A run of text, clean of what XML cannot hold.
pub(crate) fn run(text: &str, points: u32) -> Run {
    Run::new().add_text(escape::plain(text)).size(half(points)).fonts(fonts())
}

/// Single spacing, nothing before or after.
pub(crate) fn tight() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Auto).line(240).before(0).after(0)
}

/// A centred line, single spacing.
pub(crate) fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).line_spacing(tight()).add_run(run)
}

fn empty(layout: &Layout, laid: &Laid) -> Docx {
    let margins = margins(layout);
    Docx::new()
        .default_fonts(fonts())
        .default_size(half(laid.sizes.body))
        .page_size(twips(layout::PAGE.0 * 100), twips(layout::PAGE.1 * 100))
        .page_margin(margins)
        .title_pg()
        .first_header(PageHeader::new().add_paragraph(Paragraph::new().line_spacing(tight())))
        .header(page_number(laid))
}

fn margins(layout: &Layout) -> PageMargin {
    let mm = |mm: u32| signed(twips(mm * 100));
    PageMargin {
        top: mm(layout.margins.top),
        bottom: mm(layout.margins.bottom),
        left: mm(layout.margins.left),
        right: mm(layout.margins.right),
        header: mm(10),
        footer: mm(10),
        gutter: 0,
    }
}

/// Centred in the top margin (PL I.I.7).
fn page_number(laid: &Laid) -> PageHeader {
    let number = Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(tight())
        .size(half(laid.sizes.page_number))
        .fonts(fonts())
        .add_page_num(PageNum::new());
    PageHeader::new().add_paragraph(number)
}

fn add_annexes(mut file: Docx, layout: &Layout, laid: &Laid) -> Docx {
    // In this format a section's properties stand at its end: the last annex takes those of the file.
    let last = laid.annexes.len() - 1;
    file = file.add_section(section(layout, laid, None));
    for (index, annex) in laid.annexes.iter().enumerate() {
        let pieces = annex_pieces(annex, layout, laid);
        if index == last {
            file = file.page_num_type(PageNumType::new().start(1));
            for piece in pieces {
                file = piece.add_to(file);
            }
        } else {
            let mut own = section(layout, laid, Some(1));
            for piece in pieces {
                own = piece.add_to_section(own);
            }
            file = file.add_section(own);
        }
    }
    file
}

fn section(layout: &Layout, laid: &Laid, start: Option<u32>) -> Section {
    let mut section = Section::new()
        .first_header(PageHeader::new().add_paragraph(Paragraph::new().line_spacing(tight())))
        .header(page_number(laid));
    section = section
        .page_size(PageSize::new().size(twips(layout::PAGE.0 * 100), twips(layout::PAGE.1 * 100)))
        .page_margin(margins(layout))
        .title_pg();
    match start {
        Some(first) => section.page_num_type(PageNumType::new().start(first)),
        None => section,
    }
}

fn annex_pieces(annex: &LaidAnnex, layout: &Layout, laid: &Laid) -> Vec<body::Drawn> {
    let title = |text: &str| body::Drawn::Paragraph(Box::new(centred(run(text, 14).bold()).keep_next(true)));
    let mut out = vec![title(&annex.word), title(&annex.title)];
    out.extend(body::blocks(&annex.body, layout, laid));
    out
}
