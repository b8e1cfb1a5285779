//! Parts of forms.

use askama::Template;
use askama::filters::HtmlSafe;
use words::Language;

use super::small::Badge;
use crate::form::{FieldError, FormKey, FormState};
use crate::visitor::Visitor;

/// What a field is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line; the HTML type: `text`, `email`, `search`, `url`.
    Line(&'static str),
    /// Several lines, so many rows.
    Text(u8),
    /// A day, typed as `20/11/2020`.
    Day,
    /// A whole number.
    Number,
    /// A password. Its value is never sent back.
    Password,
    /// One of few, from a list.
    Select(Vec<Choice>),
    /// One of few, all in sight.
    Radios(Vec<Choice>),
    /// Yes or no.
    Check,
    /// A file; the kinds accepted, `.xlsx,.ods`.
    File(&'static str),
    /// Several files at once; the kinds accepted.
    Files(&'static str),
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The word sent.
    pub value: String,
    /// The text shown.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into() }
    }
}

/// One field with label, help and error, tied together for screen readers.
#[derive(Debug, Clone, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    t: Language,
    name: String,
    label: String,
    kind: Kind,
    value: String,
    help: String,
    error: Option<String>,
    required: bool,
    max: Option<u32>,
    autocomplete: &'static str,
    suggestions: Vec<String>,
    badge: Option<Badge>,
}

impl HtmlSafe for Field {}

impl Field {
    /// A field of `form` with this name and label.
    pub fn new(form: &FormState, t: Language, name: &str, label: &str, kind: Kind) -> Field {
        let value = if kind == Kind::Password { String::new() } else { form.value(name).to_owned() };
        Field {
            t,
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            value,
            help: String::new(),
            error: form.error(name, t),
            required: false,
            max: None,
            autocomplete: "",
            suggestions: Vec::new(),
            badge: None,
        }
    }

    /// The same, and it must be filled in.
    #[must_use]
    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// The same, with a help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Field {
        self.help = help.into();
        self
    }

    /// The same, with a largest number of characters shown in the help. Nothing is cut while typing.
    #[must_use]
    pub fn max(mut self, max: u32) -> Field {
        self.max = Some(max);
        self
    }

    /// The same, with what the browser may fill in (`username`, `current-password`, `one-time-code`).
    #[must_use]
    pub fn autocomplete(mut self, autocomplete: &'static str) -> Field {
        self.autocomplete = autocomplete;
        self
    }

    /// The same, with what is offered while one types; anything else may be typed as well. For lines.
    #[must_use]
    pub fn suggest(mut self, suggestions: Vec<String>) -> Field {
        self.suggestions = suggestions;
        self
    }

    /// The same, with a mark beside its label.
    #[must_use]
    pub fn badge(mut self, badge: Badge) -> Field {
        self.badge = Some(badge);
        self
    }

    /// Whether it is the field of this name.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    /// The id of the field's control: target of the error summary's link.
    pub fn id(&self) -> String {
        control_id(&self.name)
    }

    /// Notes every field that must be filled in and is empty, so that all of them are told at once.
    pub fn refuse_missing(fields: &[Field], form: &mut FormState) {
        form.refuse_empty(fields.iter().filter(|field| field.required).map(|field| field.name.as_str()));
    }

    /// Its label and what stands in it, as a line to read: for telling what two people wrote apart.
    pub fn in_words(&self) -> String {
        let value = match &self.kind {
            Kind::Password => "",
            Kind::Check => ["–", "✓"][usize::from(!self.value.is_empty())],
            Kind::Select(choices) | Kind::Radios(choices) => {
                let chosen = choices.iter().find(|choice| choice.value == self.value);
                chosen.map_or(self.value.as_str(), |choice| choice.label.as_str())
            }
            Kind::Line(_) | Kind::Text(_) | Kind::Day | Kind::Number | Kind::File(_) | Kind::Files(_) => {
                self.value.as_str()
            }
        };
        format!("{}: {value}", self.label)
    }

    /// Whether something is wrong with it.
    pub fn has_error(&self) -> bool {
        self.error.is_some()
    }

    fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Radios(_))
    }

    fn help_id(&self) -> String {
        format!("{}-help", self.id())
    }

    fn list_id(&self) -> String {
        format!("{}-list", self.id())
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id())
    }

    /// The ids of help and error, for `aria-describedby`.
    fn described(&self) -> String {
        let help = (!self.help.is_empty()).then(|| self.help_id());
        let error = self.error.is_some().then(|| self.error_id());
        help.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    fn is_checked(&self) -> bool {
        matches!(self.value.as_str(), "on" | "true" | "1")
    }
}

pub(super) fn control_id(name: &str) -> String {
    format!("f-{}", name.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"))
}

/// All errors of a form, with links to the fields. Draws nothing when there are none.
#[derive(Debug, Clone, Template)]
#[template(path = "components/errors.html")]
pub struct ErrorSummary {
    title: &'static str,
    items: Vec<(String, String)>,
}

impl HtmlSafe for ErrorSummary {}

impl ErrorSummary {
    /// The summary of `form`; errors of one of `fields` are named by its label.
    pub fn new(form: &FormState, t: Language, fields: &[Field]) -> ErrorSummary {
        let item = |error: &FieldError| {
            let text = error.text(t);
            match fields.iter().find(|field| field.name == error.field) {
                Some(field) => (format!("#{}", field.id()), format!("{}: {text}", field.label)),
                None => (String::new(), text),
            }
        };
        let items = form.errors().iter().map(item).collect();
        ErrorSummary { title: t.text("form.errors_title"), items }
    }

    /// The same under another heading, for a form that saves nothing.
    #[must_use]
    pub fn titled(self, title: &'static str) -> ErrorSummary {
        ErrorSummary { title, ..self }
    }
}

/// The hidden fields that every form of ours begins with: the proof of origin, the one-time key.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<input type="hidden" name="csrf" value="{{ csrf }}">{% if !key.is_empty() %}<input type="hidden" name="form_key" value="{{ key }}">{% endif %}"#,
    ext = "html"
)]
pub struct FormStart {
    csrf: String,
    key: String,
}

impl HtmlSafe for FormStart {}

impl FormStart {
    /// With a new one-time key: for forms that make something.
    pub fn once(visitor: &Visitor) -> FormStart {
        FormStart { csrf: visitor.form_token(), key: visitor.random_token() }
    }

    /// With the key the form already had, after errors.
    pub fn again(visitor: &Visitor, key: Option<&FormKey>) -> FormStart {
        let key = key.map_or_else(|| visitor.random_token(), |key| key.as_str().to_owned());
        FormStart { csrf: visitor.form_token(), key }
    }

    /// Without a one-time key: for forms whose repetition changes nothing.
    pub fn plain(csrf: &str) -> FormStart {
        FormStart { csrf: csrf.to_owned(), key: String::new() }
    }
}
