//! *Kiểm tra thể thức*: the faults of form in a text (as pasted or typed) or in a [`crate::document::Document`].
//!
//! It finds and explains; it never changes text. Findings carry the rule of the decree and what it should be.

mod citation;
mod document;
mod signature;
mod text;
mod words;

pub use document::check_document;
pub use text::{check_text, check_text_with};

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A rule of the decree is broken.
    Fault,
    /// Custom, or a rule whose text leaves room.
    Advice,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule, as the law notes number it: `FM-SG-2`. Locale key `form.<rule>`.
    pub rule: &'static str,
    /// What kind of fault it is: stable, `signature.deputy_is_head`.
    pub code: &'static str,
    /// How sure.
    pub level: Level,
    /// Line from 1; 0 when something is missing from the whole.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What it should be.
    pub should_be: String,
}

impl Finding {
    fn fault(
        rule: &'static str,
        code: &'static str,
        line: usize,
        found: &str,
        should_be: impl Into<String>,
    ) -> Finding {
        Finding {
            rule,
            code,
            level: Level::Fault,
            line,
            found: found.to_owned(),
            should_be: should_be.into(),
        }
    }

    fn advice(self) -> Finding {
        Finding { level: Level::Advice, ..self }
    }
}
