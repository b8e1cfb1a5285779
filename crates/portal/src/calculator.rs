//! The calculator of limits for everyone: by which rule, from when, until when, and why.

use app::{ActionError, App, rules};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use web_kit::component::Calculator;
use web_kit::form::{FieldError, FormState, Query};
use web_kit::page::with_form;
use web_kit::{PageResult, Visitor};

use crate::frame::{self, Frame};

/// Where it is.
pub const PATH: &str = "/thoi-han";
/// Signs of a typed value that are read: a rule's id, a day with an hour.
const MOST: usize = 64;

#[derive(Template)]
#[template(path = "calculator.html")]
struct Page {
    frame: Frame,
    calculator: Calculator,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    rule: String,
    from: String,
}

/// Shows the form and, once filled, the answer.
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let t = visitor.language;
    let cut = |text: String| text.chars().take(MOST).collect::<String>();
    let (rule, from) = (cut(asked.rule), cut(asked.from));
    let mut state = FormState::of([("rule", rule.clone()), ("from", from.clone())]);
    let (frame, mut policy) = frame::with(&app, &visitor, rules::policy).await?;
    // How the office works inside binds nobody else.
    policy.law.rules.retain(|rule| !domain::law::is_internal(&rule.id));
    let mut computed = None;
    if !rule.is_empty() || !from.is_empty() {
        match rules::compute_with(&policy, &rule, &from) {
            Ok(answer) => computed = Some(answer),
            Err(ActionError::Invalid(fields)) => fields.iter().for_each(|invalid| {
                let code = if invalid.code == "not_a_day" { "day_expected" } else { invalid.code };
                state.refuse(FieldError::new(&invalid.field, &format!("invalid.{code}")));
            }),
            Err(error) => return Err(frame::fault(error)),
        }
    }
    let mut calculator = Calculator::new(t, PATH, &state, &policy.law);
    if let Some(computed) = &computed {
        calculator = calculator.answer(&computed.rule, &computed.deadline);
    }
    let frame = frame.title(t.text("deadline.title")).under(Vec::new()).about(t.text("deadline.lead"));
    with_form(&Page { frame, calculator }, &state)
}
