//! The link to the public page of the figures, with its QR code, under the recipients.

use docx_rs::{Paragraph, Pic, Run, TableCell};

use super::{DocxError, run, tight};
use crate::document::ProofLink;
use crate::qr;

/// Points of the note.
const SIZE: u32 = 9;
/// Side of the code: 18 mm in English metric units.
const SIDE: u32 = 18 * 36_000;

pub(crate) fn add(cell: TableCell, proof: &ProofLink) -> Result<TableCell, DocxError> {
    let line = |words: &str| Paragraph::new().line_spacing(tight().after(20)).add_run(run(words, SIZE));
    let mut cell = cell;
    if let Some(code) = qr::modules(&proof.url) {
        let (bytes, pixels) = code.png()?;
        // The id is fixed: the library counts pictures through the life of the process.
        let pic = Pic::new_with_dimensions(bytes, pixels, pixels).id("rIdImage1").size(SIDE, SIDE);
        let spacing = tight().before(160).after(40);
        cell = cell.add_paragraph(Paragraph::new().line_spacing(spacing).add_run(Run::new().add_image(pic)));
    }
    Ok(cell
        .add_paragraph(line("Kiểm chứng số liệu của văn bản này tại:"))
        .add_paragraph(line(&proof.url))
        .add_paragraph(line(&format!(
            "Mã kiểm: {}; mốc nhật ký: {}",
            proof.digest_on_paper(),
            proof.checkpoint
        ))))
}
