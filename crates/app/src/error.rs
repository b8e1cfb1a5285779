//! What can stand against an action, for every front door: pages, command line, jobs.

use store::StoreError;

/// Why an action was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// A rule of the work refuses it; locale key `refusal.<code>`.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// There is no such thing, or it is not for this person: the same answer (ERR-06).
    #[error("not found")]
    NotFound,
    /// The person's roles do not allow it.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// Somebody else changed it since this person began.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// Fields that cannot be taken.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Invalid>),
    /// Too many tries; again after so many seconds.
    #[error("too many tries, again in {seconds} s")]
    TooMany {
        /// Seconds to wait.
        seconds: i64,
    },
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// A field that cannot be taken: its key, a locale key and arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The field.
    pub field: String,
    /// Locale key `invalid.<code>`.
    pub code: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Invalid {
    /// An invalid field without arguments.
    pub fn new(field: impl Into<String>, code: &'static str) -> Invalid {
        Invalid { field: field.into(), code, args: Vec::new() }
    }

    /// With an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Invalid {
        self.args.push((name, value.to_string()));
        self
    }
}

impl ActionError {
    /// One invalid field.
    pub fn invalid(field: &str, code: &'static str) -> ActionError {
        ActionError::Invalid(vec![Invalid::new(field, code)])
    }
}

impl From<StoreError> for ActionError {
    fn from(error: StoreError) -> ActionError {
        match error {
            StoreError::Stale { .. } => ActionError::Stale,
            // A file that is missing or no longer what was stored is told at once, not at the nightly check (DOC-03).
            StoreError::Blob { digest, problem } => {
                tracing::warn!(target: "security", event = "stored_file_wrong", digest, problem);
                ActionError::Internal(StoreError::Blob { digest, problem }.into())
            }
            other => ActionError::Internal(other.into()),
        }
    }
}
