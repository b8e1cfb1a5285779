//! Who reads files that came from outside: a port, so that no action knows of processes. What cannot be read is told by
//! a code whose words stand in the locales under `invalid.`.

pub use reading::article::{Article, LeftOut, Picture};
pub use reading::attachment::{Checked, Finding, Hidden};
pub use reading::file::{Answer, Ask, Document, Format};
pub use reading::process::{Separate, Unread, can_recognise};
pub use reading::signature::{Integrity, Signature};

use crate::{ActionError, App};

/// Reads files from outside.
pub trait FileReader: Send + Sync {
    /// Answers a question about a file. Blocks.
    ///
    /// # Errors
    /// When there is no answer; the file is to be taken as not readable.
    fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread>;
}

impl FileReader for Separate {
    fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread> {
        Separate::read(self, ask, bytes)
    }
}

/// Reads in this very process: for tests and tools over files of one's own, never for a server.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

impl FileReader for InProcess {
    fn read(&self, ask: Ask, bytes: &[u8]) -> Result<Answer, Unread> {
        Ok(reading::file::answer(ask, bytes, &reading::Limits::of(ask)))
    }
}

fn ask(app: &App, ask: Ask, bytes: &[u8]) -> Result<Answer, &'static str> {
    let answer = app.reader().map_or(Err(Unread::NotStarted), |reader| reader.read(ask, bytes));
    match answer {
        Ok(Answer::Refused(refused)) => Err(refused.code()),
        Ok(answer) => Ok(answer),
        Err(unread) => {
            tracing::warn!(target: "security", event = "upload_unread", code = unread.code(), size = bytes.len());
            Err(unread.code())
        }
    }
}

/// Why a file that is to be attached was not looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is harmful, damaged, or not what it says: it may not be attached.
    Refused(&'static str),
    /// The reader could not do it: nobody knows what is in it.
    Unread(&'static str),
}

/// What a file that is to be attached holds.
pub(crate) fn check(app: &App, bytes: &[u8]) -> Result<Checked, Problem> {
    let answer = app.reader().map_or(Err(Unread::NotStarted), |reader| reader.read(Ask::Check, bytes));
    match answer {
        Ok(Answer::Checked(checked)) => Ok(*checked),
        Ok(Answer::Refused(refused)) => Err(Problem::Refused(refused.code())),
        Ok(_) => Err(Problem::Unread(Unread::Died.code())),
        Err(unread) => {
            tracing::warn!(target: "security", event = "upload_unread", code = unread.code(), size = bytes.len());
            Err(Problem::Unread(unread.code()))
        }
    }
}

/// The article in a Word file; never of one with a mark of state secrets (checklist DOC-A05).
pub(crate) fn article(app: &App, bytes: &[u8]) -> Result<Article, ActionError> {
    // One that cannot be looked through for marks is not taken over either.
    let read = document(app, Ask::Document, bytes).map_err(|code| ActionError::invalid("file", code))?;
    if read.secret.is_some() {
        tracing::warn!(target: "security", event = "secret_mark_refused", size = bytes.len());
        return Err(ActionError::invalid("file", "reading_secret"));
    }
    match ask(app, Ask::Article, bytes) {
        Ok(Answer::Article(article)) => Ok(article),
        Ok(_) => Err(ActionError::invalid("file", Unread::Died.code())),
        Err(code) => Err(ActionError::invalid("file", code)),
    }
}

/// The official document in a file, or the code of why it cannot be read.
pub(crate) fn document(app: &App, question: Ask, bytes: &[u8]) -> Result<Document, &'static str> {
    match ask(app, question, bytes)? {
        Answer::Document(document) => Ok(*document),
        _ => Err(Unread::Died.code()),
    }
}

/// How many seconds a recording lasts; none when nothing in it tells.
pub(crate) fn length(app: &App, bytes: &[u8]) -> Result<Option<u32>, Problem> {
    match app.reader().map_or(Err(Unread::NotStarted), |reader| reader.read(Ask::Length, bytes)) {
        Ok(Answer::Length(seconds)) => Ok(seconds),
        Ok(Answer::Refused(refused)) => Err(Problem::Refused(refused.code())),
        Ok(_) => Err(Problem::Unread(Unread::Died.code())),
        Err(unread) => Err(Problem::Unread(unread.code())),
    }
}

/// How many seconds a recording lasts; none when nobody can tell. A recording without a length is taken all the same.
pub(crate) fn seconds(app: &App, bytes: &[u8]) -> Option<u32> {
    match ask(app, Ask::Length, bytes) {
        Ok(Answer::Length(seconds)) => seconds,
        Ok(_) | Err(_) => None,
    }
}
