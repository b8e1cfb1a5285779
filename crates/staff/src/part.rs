//! A form as a part of a page: several may stand on one page, each with its own address.

use web_kit::component::{ErrorSummary, Field, FormStart};
use web_kit::form::{FormKey, FormState};

use crate::gate::Staff;

/// A form as a part of a page. A template shows it by naming it `form` and including `form_part.html`.
#[derive(Debug)]
pub struct FormPart {
    /// Where it goes.
    pub action: String,
    /// The text of its button.
    pub label: &'static str,
    /// The style of its button.
    pub button: &'static str,
    /// A second button that sends the same form: its name and its text.
    pub second: Option<(&'static str, &'static str)>,
    /// Where one may go instead; empty for nowhere.
    pub back: String,
    /// How it is sent, as an attribute: a form with a file is sent in parts.
    pub encoding: &'static str,
    /// Hidden fields.
    pub hidden: Vec<(&'static str, String)>,
    /// What is wrong.
    pub errors: ErrorSummary,
    /// The fields every form begins with.
    pub start: FormStart,
    /// Its own fields.
    pub fields: Vec<Field>,
}

impl FormPart {
    /// The form `fields` of `state`, sent to `action`; `key` is the one-time key it had before errors.
    pub fn new(
        staff: &Staff,
        (action, label): (impl Into<String>, &'static str),
        (state, key): (&FormState, Option<&FormKey>),
        fields: Vec<Field>,
    ) -> FormPart {
        FormPart {
            action: action.into(),
            label,
            button: "button-main",
            second: None,
            back: String::new(),
            encoding: "",
            hidden: Vec::new(),
            errors: ErrorSummary::new(state, staff.t(), &fields),
            start: FormStart::again(&staff.visitor, key),
            fields,
        }
    }

    /// The same, with a hidden field.
    #[must_use]
    pub fn hidden(mut self, name: &'static str, value: impl Into<String>) -> FormPart {
        self.hidden.push((name, value.into()));
        self
    }

    /// The same, for a form with a file.
    #[must_use]
    pub fn with_file(mut self) -> FormPart {
        self.encoding = "multipart/form-data";
        self
    }

    /// The same, with a second button that is sent as `name`.
    #[must_use]
    pub fn second(mut self, name: &'static str, label: &'static str) -> FormPart {
        self.second = Some((name, label));
        self
    }

    /// The same, with a way back.
    #[must_use]
    pub fn back(mut self, path: impl Into<String>) -> FormPart {
        self.back = path.into();
        self
    }

    /// The same, with another style of its button: empty for a plain one, `button-danger`.
    #[must_use]
    pub fn button(mut self, class: &'static str) -> FormPart {
        self.button = class;
        self
    }
}
