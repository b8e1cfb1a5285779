//! What a form shows again: what was typed, and what is wrong with it.

use std::collections::BTreeMap;

use words::{Language, key};

use crate::csrf;

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The name of the field; empty for the form as a whole.
    pub field: String,
    /// The key of the text.
    pub key: String,
    /// What the text is filled with.
    pub args: Vec<(String, String)>,
}

impl FieldError {
    /// `key` is wrong with `field`.
    pub fn new(field: &str, key: &str) -> FieldError {
        FieldError { field: field.to_owned(), key: key.to_owned(), args: Vec::new() }
    }

    /// The same, with a value for `{name}` in the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> FieldError {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// The text, in this language.
    pub fn text(&self, language: Language) -> String {
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            self.args.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)).collect();
        language.fill(&self.key, &args)
    }
}

/// What was typed into a form, and its errors in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    typed: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
    is_conflict: bool,
}

impl FormState {
    /// A form nobody has typed into.
    pub fn new() -> FormState {
        FormState::default()
    }

    /// A form that shows these values.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> FormState {
        let typed = values.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect();
        FormState { typed, ..FormState::default() }
    }

    pub(super) fn typed(pairs: &BTreeMap<String, Vec<String>>) -> FormState {
        let typed = pairs.iter().filter(|(name, _)| is_kept(name));
        let typed = typed.map(|(name, values)| (name.clone(), values.clone())).collect();
        FormState { typed, ..FormState::default() }
    }

    /// Adds an error. Of one field the first is told.
    pub fn refuse(&mut self, error: FieldError) {
        let is_told = !error.field.is_empty() && self.errors.iter().any(|known| known.field == error.field);
        if !is_told {
            self.errors.push(error);
        }
    }

    /// Notes each of these fields that is empty, so that all that is missing is told at once.
    pub fn refuse_empty<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        for field in fields {
            if self.value(field).trim().is_empty() {
                self.refuse(FieldError::new(field, key!("invalid.required")));
            }
        }
    }

    /// Adds an error that is not in what was typed: the thing changed meanwhile, or does not allow it now.
    pub fn conflict(&mut self, error: FieldError) {
        self.is_conflict = true;
        self.errors.push(error);
    }

    /// Whether something stands against it that is not in what was typed.
    pub fn is_conflict(&self) -> bool {
        self.is_conflict
    }

    /// Whether anything is wrong.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// All errors.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The first value of a field; empty when there is none.
    pub fn value(&self, field: &str) -> &str {
        self.typed.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The first value of a field as one clean line (GEN-04).
    pub fn line(&self, field: &str) -> String {
        domain::text::clean_line(self.value(field))
    }

    /// The first value of a field as clean text of several lines.
    pub fn text(&self, field: &str) -> String {
        domain::text::clean_text(self.value(field))
    }

    /// All values of a field.
    pub fn values(&self, field: &str) -> &[String] {
        self.typed.get(field).map_or(&[], Vec::as_slice)
    }

    /// The first error of a field, as text.
    pub fn error(&self, field: &str, language: Language) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.text(language))
    }
}

/// Passwords, codes and our own hidden fields are never sent back.
fn is_kept(name: &str) -> bool {
    name != csrf::FIELD
        && name != FormKey::FIELD
        && !["password", "secret", "passcode", "totp"].iter().any(|part| name.contains(part))
}

/// The one-time key of a form (GEN-18): made with the form, kept by the application with the first result, so that
/// a second sending gives the same result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormKey(String);

impl FormKey {
    /// The name of the hidden field.
    pub const FIELD: &'static str = "form_key";

    /// The key in `text`, when it looks like one: 64 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<FormKey> {
        let fits = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| FormKey(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_except_secrets() {
        let pairs =
            [("name", "Lan"), ("password", "x"), ("new_password", "y"), ("csrf", "z"), ("totp", "123456")];
        let pairs =
            pairs.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).into_iter().collect();
        let state = FormState::typed(&pairs);
        assert_eq!(state.value("name"), "Lan");
        for secret in ["password", "new_password", "csrf", "totp"] {
            assert_eq!(state.value(secret), "");
        }
    }

    #[test]
    fn sec_gen_04_lines_hold_no_line_break_and_nothing_invisible() {
        let state = FormState::of([("title", " Đề\n a\u{301}n \u{202e}x\u{200b}".to_owned())]);
        assert_eq!(state.line("title"), "Đề án x");
        assert_eq!(state.text("title"), "Đề\nán x");
    }

    #[test]
    fn an_error_says_its_words_in_the_reader_s_language() {
        let mut state = FormState::new();
        state.refuse(FieldError::new("title", words::key!("form.too_long")).with("max", 500));
        assert!(state.error("title", Language::Vi).unwrap().contains("500"));
        assert_ne!(state.error("title", Language::Vi), state.error("title", Language::En));
        assert_eq!(state.error("other", Language::Vi), None);
    }

    #[test]
    fn only_64_digits_are_a_form_key() {
        assert!(FormKey::parse(&"a1".repeat(32)).is_some());
        assert!(FormKey::parse("").is_none() && FormKey::parse(&"A1".repeat(32)).is_none());
    }
}
