//! The calculator: a rule and a day give a date, with every step of how it came about.

use app::rules::{self, Computed};
use askama::Template;
use domain::law::{Law, Rule};
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Banner, ErrorSummary, Fact, Facts, Field, Kind, Tone};
use web_kit::form::{FormState, Query};
use web_kit::page::with_form;
use web_kit::{Language, PageResult};

use super::{law, section};
use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "rule/calculator.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    rule_error: Option<String>,
    groups: Vec<Group>,
    from: Field,
    answer: Option<Answer>,
}

/// Rules of one section.
struct Group {
    title: &'static str,
    rules: Vec<(String, String, bool)>,
}

/// A computed limit.
struct Answer {
    due: String,
    facts: Facts,
    banner: Option<Banner>,
    steps: Vec<(String, bool)>,
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
    let is_asked = !asked.rule.is_empty() || !asked.from.is_empty();
    let law = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.law;
    let mut answer = None;
    if is_asked {
        let (rule, from) = (asked.rule.clone(), asked.from.clone());
        match staff.run(move |app, _| rules::compute(app, &rule, &from)).await {
            Ok(computed) => answer = Some(answered(t, &computed)),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    let from = Field::new(&state, t, "from", t.text("deadline.from"), Kind::Line("text"))
        .required()
        .help(t.text("deadline.from_help"));
    let page = Page {
        chrome: staff.chrome(t.text("deadline.title")),
        errors: ErrorSummary::new(&state, t, std::slice::from_ref(&from)),
        rule_error: state.error("rule", t),
        groups: groups(t, &law, &asked.rule),
        from,
        answer,
    };
    with_form(&page, &state)
}

/// The rules that give a date, by section; of each id the last row speaks.
fn groups(t: Language, law: &Law, chosen: &str) -> Vec<Group> {
    let mut last: Vec<&Rule> = Vec::new();
    for rule in law.rules.iter().filter(|rule| rule.limit.is_countable()) {
        match last.iter_mut().find(|known| known.id == rule.id) {
            Some(known) if known.valid_from < rule.valid_from => *known = rule,
            Some(_) => {}
            None => last.push(rule),
        }
    }
    let of = |word: &'static str| {
        let rules: Vec<(String, String, bool)> = last
            .iter()
            .filter(|rule| section::of(&rule.id) == word)
            .map(|rule| (rule.id.clone(), format!("{} ({})", rule.title, limit(t, rule)), rule.id == chosen))
            .collect();
        (!rules.is_empty()).then(|| Group { title: t.text(&format!("law.section.{word}")), rules })
    };
    section::words().filter_map(of).collect()
}

fn limit(t: Language, rule: &Rule) -> String {
    match t {
        Language::Vi => rule.limit.in_vietnamese(),
        Language::En => rule.limit.in_english(),
    }
}

fn answered(t: Language, computed: &Computed) -> Answer {
    let rule = &computed.rule;
    let mut basis = Fact::new(t.text("deadline.basis"), rule.basis.clone());
    if let Some(badge) = law::doubt(t, rule.confidence) {
        basis = basis.badge(badge);
    }
    let facts = vec![
        Fact::new(t.text("deadline.rule"), rule.title.clone())
            .badge(Badge::new(Tone::Plain, rule.id.clone())),
        Fact::new(t.text("deadline.limit"), limit(t, rule)),
        Fact::new(t.text("deadline.trigger"), rule.trigger.clone()),
        basis,
        Fact::new(t.text("deadline.valid_from"), show_day::day(rule.valid_from)),
    ];
    let deadline = &computed.deadline;
    let words = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    let counted =
        deadline.trace.iter().map(domain::deadline::Step::is_counted).chain(std::iter::repeat(false));
    Answer {
        due: deadline.due.in_words(),
        facts: Facts::new(t, facts),
        banner: deadline.is_provisional.then(|| Banner::new(Tone::Warning, t.text("deadline.provisional"))),
        steps: words.into_iter().zip(counted).collect(),
    }
}
