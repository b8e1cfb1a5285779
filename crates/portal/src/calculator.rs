//! The public calculator of limits: a rule, a day, and how the end was counted.

use app::rules::{self, Computed};
use app::{ActionError, App};
use askama::Template;
use axum::extract::State;
use domain::law::Law;
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Banner, Choice, ErrorSummary, Fact, Facts, Field, Kind, Tone};
use web_kit::form::{FieldError, FormState, Query};
use web_kit::page::with_form;
use web_kit::{Language, PageResult, Visitor};

use crate::fault;

#[derive(Template)]
#[template(path = "calculator.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    fields: Vec<Field>,
    answer: Option<Answer>,
}

struct Answer {
    facts: Facts,
    notes: Vec<Banner>,
    steps: Vec<String>,
}

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    rule: Option<String>,
    from: Option<String>,
}

/// The form and, when something was asked, the answer.
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let t = visitor.language;
    let (rule, from) = (asked.rule.unwrap_or_default(), asked.from.unwrap_or_default());
    let mut form = FormState::of([("rule", rule.clone()), ("from", from.clone())]);
    let today = app.today();
    let policy = app.run(rules::policy).await.map_err(fault)?;
    let mut answer = None;
    if !(rule.is_empty() && from.is_empty()) {
        match rules::compute_with(&policy, &rule, &from) {
            Ok(computed) => answer = Some(draw(t, &computed)),
            Err(ActionError::Invalid(problems)) => {
                for problem in problems {
                    form.refuse(FieldError::new(
                        &problem.field,
                        &format!("invalid.{}", calculator_code(problem.code)),
                    ));
                }
            }
            Err(error) => return Err(fault(error)),
        }
    }
    let fields = vec![
        Field::new(
            &form,
            t,
            "rule",
            t.text("portal.calculator.rule"),
            Kind::Select(choices(&policy.law, today)),
        )
        .required(),
        Field::new(&form, t, "from", t.text("portal.calculator.from"), Kind::Line("text"))
            .required()
            .help(t.text("portal.calculator.from_help")),
    ];
    let page = Page {
        chrome: Chrome::bare(&visitor, t.text("portal.calculator.title").to_owned()),
        errors: ErrorSummary::new(&form, t, &fields),
        fields,
        answer,
    };
    with_form(&page, &form)
}

/// A day that was not read has no arguments here.
fn calculator_code(code: &'static str) -> &'static str {
    if code == "not_a_day" { "day_expected" } else { code }
}

/// Every rule that can be counted, once; of several rows of one id the latest.
fn choices(law: &Law, today: Day) -> Vec<Choice> {
    let mut rules: Vec<_> = law.rules.iter().filter(|rule| rule.limit.is_countable()).collect();
    rules.sort_by(|a, b| {
        a.id.cmp(&b.id)
            .then(b.is_in_force(today).cmp(&a.is_in_force(today)))
            .then(b.valid_from.cmp(&a.valid_from))
    });
    rules.dedup_by(|later, earlier| later.id == earlier.id);
    rules.iter().map(|rule| Choice::new(rule.id.clone(), format!("{}: {}", rule.id, rule.title))).collect()
}

fn draw(t: Language, computed: &Computed) -> Answer {
    let (rule, deadline) = (&computed.rule, &computed.deadline);
    let mut notes = Vec::new();
    if rule.confidence.is_doubtful() {
        notes.push(Banner::new(Tone::Warning, t.text("portal.calculator.doubtful")));
    }
    if deadline.is_provisional {
        notes.push(Banner::new(Tone::Warning, t.text("portal.calculator.provisional")));
    }
    let limit = if t == Language::Vi { rule.limit.in_vietnamese() } else { rule.limit.in_english() };
    Answer {
        facts: Facts::new(
            t,
            vec![
                Fact::new(t.text("portal.calculator.due"), deadline.due.in_words()),
                Fact::new(t.text("portal.calculator.limit"), limit),
                Fact::new(t.text("portal.calculator.basis"), rule.basis.clone()),
            ],
        ),
        notes,
        steps: if t == Language::Vi { deadline.describe_vi() } else { deadline.describe_en() },
    }
}
