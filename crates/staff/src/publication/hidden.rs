//! What is hidden in files that are handed on as they are, in words: for who writes and who approves (DOC-06).

use std::collections::BTreeMap;

use app::documents::{self, FileFindings};
use domain::publication::Attachment;
use web_kit::Fault;
use words::Language;

use crate::gate::Staff;
use crate::refusal;

/// The lines under each file, by its digest.
pub(super) type Notes = BTreeMap<String, Vec<String>>;

/// The lines for these files.
pub(super) async fn notes(staff: &Staff, files: Vec<Attachment>) -> Result<Notes, Fault> {
    let t = staff.t();
    let found = staff.run(move |app, _| documents::findings_of(app, &files)).await.map_err(refusal::fault)?;
    Ok(found.into_iter().map(|file| (file.digest.clone(), lines(t, &file))).collect())
}

fn lines(t: Language, file: &FileFindings) -> Vec<String> {
    let mut lines: Vec<String> = file
        .findings
        .iter()
        .map(|finding| {
            let what = t.text(&format!("file_findings.{}", finding.hidden.word()));
            if finding.example.is_empty() {
                return t.fill("file_findings.line", &[("what", &what), ("count", &finding.count)]);
            }
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("what", &what), ("count", &finding.count), ("example", &finding.example)];
            t.fill("file_findings.line_example", &values)
        })
        .collect();
    if !file.is_read {
        lines.insert(0, t.text("file_findings.unread").to_owned());
    } else if lines.is_empty() {
        lines.push(t.text("file_findings.nothing").to_owned());
    }
    lines
}
