//! The calculator of limits on the desk; the public has the same one.

use app::rules;
use askama::Template;
use serde::Deserialize;
use web_kit::PageResult;
use web_kit::chrome::Chrome;
use web_kit::component::Calculator;
use web_kit::form::{FormState, Query};
use web_kit::page::with_form;

use super::DEADLINE;
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "rule/calculator.html")]
struct Page {
    chrome: Chrome,
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
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let mut state = FormState::of([("rule", asked.rule.clone()), ("from", asked.from.clone())]);
    let policy = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?;
    let is_asked = !asked.rule.is_empty() || !asked.from.is_empty();
    let mut computed = None;
    if is_asked {
        match rules::compute_with(&policy, &asked.rule, &asked.from) {
            Ok(answer) => computed = Some(answer),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    let mut calculator = Calculator::new(t, DEADLINE, &state, &policy.law);
    if let Some(computed) = &computed {
        calculator = calculator.answer(&computed.rule, &computed.deadline);
    }
    with_form(&Page { chrome: staff.chrome(t.text("deadline.title")), calculator }, &state)
}
