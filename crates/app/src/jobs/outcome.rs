//! What a job found or made, as it is stored and shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a job found or made. Stored as JSON with the job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether all is well; work that ended with bad news was done and is not good.
    pub good: bool,
    /// Locale key `administration.job.outcome_<code>`.
    pub code: String,
    /// Arguments of the sentence.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Outcome {
    /// Good news.
    pub fn good(code: &str) -> Outcome {
        Outcome { good: true, code: code.to_owned(), args: BTreeMap::new() }
    }

    /// Bad news.
    pub fn bad(code: &str) -> Outcome {
        Outcome { good: false, ..Outcome::good(code) }
    }

    /// The same, with an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Outcome {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::json!({"good": self.good, "code": self.code, "args": self.args}).to_string()
    }

    /// None for a row of another program.
    pub(super) fn from_json(json: &str) -> Option<Outcome> {
        serde_json::from_str(json).ok()
    }
}
