//! Files that are to be published as they are: refused when they are harmful or not what they say; what is hidden in
//! them is shown to who writes and who approves (checklist DOC-06, UPL-A07).

use domain::publication::{Attachment, Purpose};
use store::Digest;
use store::file_check::{self, FileCheck};
use store::file_text::FileText;

use crate::file_reader::{self, Finding, Problem, Signature};
use crate::{ActionError, App};

/// The code of a file whose parts are of another kind than its first bytes; its words stand under `invalid.`.
const OTHER_KIND: &str = "file_kind";

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFindings {
    /// SHA-256 of the file, in hexadecimal.
    pub digest: String,
    /// The name it is saved under.
    pub name: String,
    /// Whether the system looked into it and could read it; else nobody did.
    pub is_read: bool,
    /// What is hidden in it.
    pub findings: Vec<Finding>,
}

/// A file that may be attached, with what is kept beside it.
pub(crate) struct Looked {
    /// Its words, when they could be drawn out.
    pub(crate) words: Option<FileText>,
    /// What was found.
    pub(crate) check: FileCheck,
}

/// Looks into a file that is to be attached; `media_type` is what its first bytes say.
///
/// # Errors
/// The code of a file that may not be attached: harmful, damaged, locked, not what it says, or marked as a state
/// secret.
pub(crate) fn look(app: &App, bytes: &[u8], media_type: &str) -> Result<Looked, &'static str> {
    let digest = Digest::of(bytes);
    let noted = |problem: &str, findings: &[Finding], signatures: &[Signature]| FileCheck {
        digest: digest.clone(),
        problem: problem.to_owned(),
        findings: serde_json::to_string(findings).unwrap_or_default(),
        signatures: serde_json::to_string(signatures).unwrap_or_default(),
    };
    match file_reader::check(app, bytes) {
        Err(Problem::Refused(code)) => Err(code),
        Err(Problem::Unread(code)) => Ok(Looked { words: None, check: noted(code, &[], &[]) }),
        Ok(checked) if checked.kind.media_type() != media_type => Err(OTHER_KIND),
        Ok(checked) if checked.secret.is_some() => {
            tracing::warn!(target: "security", event = "secret_mark_refused", size = bytes.len());
            Err("reading_secret")
        }
        Ok(checked) => {
            let problem = if checked.text.is_some() { "" } else { "reading_without_words" };
            let check = noted(problem, &checked.findings, &checked.signatures);
            let words = checked.text.map(|body| FileText { digest, body, is_recognised: false });
            Ok(Looked { words, check })
        }
    }
}

/// What was found in those of these files that are handed on as they are, in their order. A file that was attached
/// before files were looked into counts as not read.
///
/// # Errors
/// When the database fails.
pub fn findings_of(app: &App, files: &[Attachment]) -> Result<Vec<FileFindings>, ActionError> {
    app.read(|r| {
        let mut found = Vec::new();
        for file in files.iter().filter(|file| file.purpose == Purpose::Attachment) {
            let Some(digest) = Digest::parse(&file.digest) else { continue };
            let check = file_check::find(r, &digest)?;
            found.push(FileFindings {
                digest: file.digest.clone(),
                name: file.name.clone(),
                is_read: check.as_ref().is_some_and(|check| check.problem.is_empty()),
                findings: check
                    .and_then(|check| serde_json::from_str(&check.findings).ok())
                    .unwrap_or_default(),
            });
        }
        Ok(found)
    })
}

/// The digital signatures found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSignatures {
    /// The name the file is saved under.
    pub name: String,
    /// Only looked at, not trusted.
    pub signatures: Vec<Signature>,
}

/// The digital signatures of those files that have any, in their order.
///
/// # Errors
/// When the database fails.
pub fn signatures_of(app: &App, files: &[Attachment]) -> Result<Vec<FileSignatures>, ActionError> {
    app.read(|r| {
        let mut found = Vec::new();
        for file in files.iter().filter(|file| file.purpose == Purpose::Attachment) {
            let Some(digest) = Digest::parse(&file.digest) else { continue };
            let check = file_check::find(r, &digest)?;
            let signatures: Vec<Signature> =
                check.and_then(|check| serde_json::from_str(&check.signatures).ok()).unwrap_or_default();
            if !signatures.is_empty() {
                found.push(FileSignatures { name: file.name.clone(), signatures });
            }
        }
        Ok(found)
    })
}
