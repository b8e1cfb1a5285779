//! Checks of our own model: of its measures and parts, and of its text by the same rules as any other text.

use super::{Finding, check_text};
use crate::document::{Document, LaidBlock};
use crate::layout::{self, MOTTO, NATIONAL_NAME};

/// Every fault of form in a document.
pub fn check_document(document: &Document) -> Vec<Finding> {
    let laid = document.laid();
    let mut out: Vec<Finding> = document
        .layout
        .faults()
        .into_iter()
        .map(|fault| {
            Finding::fault(
                fault.basis,
                "layout",
                0,
                &format!("{} {}", fault.what, fault.value),
                fault.allowed,
            )
        })
        .collect();
    if document.header.issuer.iter().all(|line| line.trim().is_empty()) {
        out.push(Finding::fault("PL I.II.2", "header.issuer", 0, "", "tên cơ quan ban hành"));
    }
    if document.header.date.is_some_and(|day| layout::rule_of(day).id != layout::ND_30_2020.id) {
        let basis = layout::ND_30_2020.basis;
        out.push(Finding::fault("0.3", "layout.older_rule", 0, layout::TT_01_2011.basis, basis).advice());
    }
    if document.signature.is_none() {
        out.push(
            Finding::fault("PL I.II.7", "signature.missing", 0, "", "quyền hạn, chức vụ, họ tên người ký")
                .advice(),
        );
    }
    out.extend(check_text(&as_text(document, &laid)));
    out
}

/// The document as the text that a reader sees, one line for each line of the form.
fn as_text(document: &Document, laid: &crate::document::Laid) -> String {
    let mut lines: Vec<String> = laid.header.parent.iter().cloned().collect();
    lines.extend(laid.header.issuer.iter().cloned());
    lines.extend([NATIONAL_NAME.to_owned(), MOTTO.to_owned()]);
    lines.extend([laid.header.number.clone(), laid.header.place.clone()]);
    if document.is_letter() {
        lines.push(format!("V/v {}", document.summary));
    } else {
        lines.extend([laid.type_name.clone(), document.summary.clone()]);
    }
    lines.extend(document.addressees.iter().map(|to| format!("Kính gửi: {to}")));
    lines.extend(laid.bases.iter().cloned());
    lines.extend(laid.body.iter().map(LaidBlock::reads));
    lines.push("Nơi nhận:".to_owned());
    lines.extend(laid.recipients.iter().cloned());
    lines.extend(laid.authority.iter().cloned());
    lines.push(laid.signer.clone());
    lines.join("\n")
}
