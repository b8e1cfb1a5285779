//! The calculator of limits: a rule and a day give a date, with every step of how it came about. A form of its own,
//! sent by GET, so that an answer has an address.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::deadline::{Deadline, Step};
use domain::law::{Confidence, Law, Limit, Rule, section_of, sections};
use domain::time;
use words::Language;

use super::field::{ErrorSummary, Field, Kind};
use super::list::{Fact, Facts};
use super::small::{Badge, Banner, Tone};
use crate::form::FormState;

/// The form of the calculator and, once asked, its answer. The fields are `rule` and `from`.
#[derive(Debug, Clone, Template)]
#[template(path = "components/calculator.html")]
pub struct Calculator {
    t: Language,
    action: String,
    errors: ErrorSummary,
    rule_error: Option<String>,
    groups: Vec<Group>,
    from: Field,
    answer: Option<Answer>,
}

impl HtmlSafe for Calculator {}

/// Rules of one section.
#[derive(Debug, Clone)]
struct Group {
    title: &'static str,
    rules: Vec<Choice>,
}

#[derive(Debug, Clone)]
struct Choice {
    id: String,
    label: String,
    is_chosen: bool,
}

/// A computed limit.
#[derive(Debug, Clone)]
struct Answer {
    due: String,
    facts: Facts,
    banner: Option<Banner>,
    steps: Vec<(String, bool)>,
}

impl Calculator {
    /// The calculator at `action`, over the rules of `law`; `form` holds what was typed and what is wrong with it.
    pub fn new(t: Language, action: &str, form: &FormState, law: &Law) -> Calculator {
        let from = Field::new(form, t, "from", t.text("deadline.from"), Kind::Line("text"))
            .required()
            .help(t.text("deadline.from_help"));
        Calculator {
            t,
            action: action.to_owned(),
            errors: ErrorSummary::new(form, t, std::slice::from_ref(&from)).titled(t.text("deadline.wrong")),
            rule_error: form.error("rule", t),
            groups: groups(t, law, form.value("rule")),
            from,
            answer: None,
        }
    }

    /// The same, with an answer.
    #[must_use]
    pub fn answer(mut self, rule: &Rule, deadline: &Deadline) -> Calculator {
        self.answer = Some(answer(self.t, rule, deadline));
        self
    }
}

/// A limit as a table shows it.
pub fn limit_in_words(t: Language, limit: Limit) -> String {
    match t {
        Language::Vi => limit.in_vietnamese(),
        Language::En => limit.in_english(),
    }
}

/// The mark of a row of law that is not certain.
pub fn doubt_badge(t: Language, confidence: Confidence) -> Option<Badge> {
    let words = t.text(&format!("confidence.{}", confidence.word()));
    confidence.is_doubtful().then(|| Badge::new(Tone::Warning, words))
}

/// The rules that give a date, by section; for each id its last row speaks.
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
        let rules: Vec<Choice> = last
            .iter()
            .filter(|rule| section_of(&rule.id) == word)
            .map(|rule| Choice {
                id: rule.id.clone(),
                label: format!("{} ({})", rule.title, limit_in_words(t, rule.limit)),
                is_chosen: rule.id == chosen,
            })
            .collect();
        (!rules.is_empty()).then(|| Group { title: t.text(&format!("law.section.{word}")), rules })
    };
    sections().filter_map(of).collect()
}

fn answer(t: Language, rule: &Rule, deadline: &Deadline) -> Answer {
    let mut basis = Fact::new(t.text("deadline.basis"), rule.basis.clone());
    if let Some(badge) = doubt_badge(t, rule.confidence) {
        basis = basis.badge(badge);
    }
    let facts = vec![
        Fact::new(t.text("deadline.rule"), rule.title.clone())
            .badge(Badge::new(Tone::Plain, rule.id.clone())),
        Fact::new(t.text("deadline.limit"), limit_in_words(t, rule.limit)),
        Fact::new(t.text("deadline.trigger"), rule.trigger.clone()),
        basis,
        Fact::new(t.text("deadline.valid_from"), time::day_in_table(rule.valid_from)),
    ];
    let words = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    let counted = deadline.trace.iter().map(Step::is_counted).chain(std::iter::repeat(false));
    Answer {
        due: deadline.due.in_words(),
        facts: Facts::new(t, facts),
        banner: deadline.is_provisional.then(|| Banner::new(Tone::Warning, t.text("deadline.provisional"))),
        steps: words.into_iter().zip(counted).collect(),
    }
}
