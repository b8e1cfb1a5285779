//! The link to the public page of the figures, with its QR code.

use docx_rs::{Docx, Paragraph, Pic, Run, TableCell, TableRow, VAlignType, WidthType};

use super::header::borderless;
use super::{DocxError, run, tight, twips};
use crate::document::ProofLink;
use crate::qr;

/// Points of the note.
const SIZE: u32 = 10;
/// Side of the code: 22 mm in English metric units.
const SIDE: u32 = 22 * 36_000;

pub(crate) fn add(file: Docx, proof: &ProofLink) -> Result<Docx, DocxError> {
    let line = |words: &str| Paragraph::new().line_spacing(tight().after(40)).add_run(run(words, SIZE));
    let (first, second) = (twips(2_600), twips(12_000));
    let mut picture = Paragraph::new().line_spacing(tight());
    if let Some(code) = qr::modules(&proof.url) {
        let (bytes, pixels) = code.png()?;
        // The id is fixed: the library counts pictures through the life of the process.
        let pic = Pic::new_with_dimensions(bytes, pixels, pixels).id("rIdImage1").size(SIDE, SIDE);
        picture = picture.add_run(Run::new().add_image(pic));
    }
    let words = TableCell::new()
        .width(second as usize, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .add_paragraph(line("Kiểm chứng số liệu của văn bản này tại:"))
        .add_paragraph(line(&proof.url))
        .add_paragraph(line(&format!(
            "Mã kiểm: {}; mốc nhật ký: {}",
            proof.digest_on_paper(),
            proof.checkpoint
        )));
    let code = TableCell::new().width(first as usize, WidthType::Dxa).add_paragraph(picture);
    let row = TableRow::new(vec![code, words]).cant_split();
    Ok(file
        .add_paragraph(Paragraph::new().line_spacing(tight().before(120)))
        .add_table(borderless(vec![row], &[first, second])))
}
