//! A new dated row of a rule. Rows are never edited: the row before ends the day before the new one begins.

use app::rules;
use askama::Template;
use domain::law::{Confidence, Limit, Origin, Rule};
use domain::time::Day;
use serde::Deserialize;
use serde_json::json;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Query};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Language, PageResult};
use words::key;

use super::LAW;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

const NAMES: [&str; 12] = [
    "id",
    "title",
    "limit_unit",
    "limit_value",
    "who",
    "trigger",
    "valid_from",
    "valid_to",
    "basis",
    "source",
    "confidence",
    "origin",
];
/// The stored words of limits, those without a number last.
const UNITS: [&str; 14] = [
    "working_days",
    "calendar_days",
    "hours",
    "months",
    "working_days_before",
    "hours_before",
    "before_day_of_year",
    "times_a_month",
    "times_a_quarter",
    "every_years",
    "rounds",
    "next_issue",
    "at_once",
    "open",
];
pub(super) const CONFIDENCES: [Confidence; 4] =
    [Confidence::ReadInText, Confidence::ReadInSummary, Confidence::FromMemory, Confidence::Doubtful];
const ORIGINS: [Origin; 3] = [Origin::Law, Origin::LocalRegulation, Origin::ProductDefault];

#[derive(Template)]
#[template(path = "rule/day.html")]
pub(super) struct Page {
    pub(super) chrome: Chrome,
    pub(super) lead: String,
    pub(super) form: FormPart,
}

/// The rule that gets a new row; none for a new rule.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    rule: String,
}

/// The form, filled with the last row of the rule.
pub async fn begin(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let law = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.law;
    let last = law.rules.iter().filter(|rule| rule.id == asked.rule).max_by_key(|rule| rule.valid_from);
    let state = last.map_or_else(FormState::new, filled);
    draw(&staff, &state, None)
}

/// Everything of the row but its days, basis and source: those are what is new.
fn filled(rule: &Rule) -> FormState {
    let limit = serde_json::to_value(rule.limit).unwrap_or_default();
    let value = limit.get("value").and_then(serde_json::Value::as_u64);
    let unit = limit.get("unit").and_then(serde_json::Value::as_str).unwrap_or_default();
    FormState::of([
        ("id", rule.id.clone()),
        ("title", rule.title.clone()),
        ("limit_unit", unit.to_owned()),
        ("limit_value", value.map(|value| value.to_string()).unwrap_or_default()),
        ("who", rule.who.clone()),
        ("trigger", rule.trigger.clone()),
        ("origin", rule.origin.word().to_owned()),
    ])
}

fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let form =
        FormPart::new(staff, ("/law/new", t.text("law.add")), (state, key), fields(t, state)).back(LAW);
    let page = Page {
        chrome: staff.chrome(t.text("law.add")).under(vec![Link::new(t.text("law.title"), LAW)]),
        lead: t.text("law.add_lead").to_owned(),
        form,
    };
    with_form(&page, state)
}

fn fields(t: Language, state: &FormState) -> Vec<Field> {
    let line = |name: &str| {
        let field = Field::new(state, t, name, t.text(&format!("law.field.{name}")), Kind::Line("text"));
        match t.find(&format!("law.help.{name}")) {
            Some(help) => field.help(help),
            None => field,
        }
    };
    let choice = |name: &str, group: &str, words: &[&str]| {
        let choices =
            words.iter().map(|word| Choice::new(*word, t.text(&format!("{group}.{word}")))).collect();
        Field::new(state, t, name, t.text(&format!("law.field.{name}")), Kind::Select(choices)).required()
    };
    let day = |name: &str| Field::new(state, t, name, t.text(&format!("law.field.{name}")), Kind::Day);
    vec![
        line("id").required(),
        line("title").required(),
        choice("limit_unit", "limit_unit", &UNITS),
        Field::new(state, t, "limit_value", t.text("law.field.limit_value"), Kind::Number)
            .help(t.text("law.help.limit_value")),
        line("who"),
        line("trigger"),
        day("valid_from").required(),
        day("valid_to").help(t.text("law.help.valid_to")),
        line("basis").required(),
        line("source").required(),
        choice("confidence", "confidence", &CONFIDENCES.map(Confidence::word)),
        choice("origin", "origin", &ORIGINS.map(Origin::word)),
    ]
}

/// Adds it.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&NAMES)?;
    let Some(rule) = read(&mut state) else { return draw(&staff, &state, key.as_ref()) };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| rules::add_rule(app, actor, &rule)).await.map(|()| LAW.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("law.added"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref())
        }
    }
}

fn read(state: &mut FormState) -> Option<Rule> {
    let limit = limit_of(state.value("limit_unit"), &state.line("limit_value"));
    if limit.is_none() {
        state.refuse(FieldError::new("limit_value", key!("law.bad_limit")));
    }
    let valid_from = day_of(state, "valid_from");
    if valid_from.is_none() && !state.has_errors() {
        state.refuse(FieldError::new("valid_from", key!("invalid.day_expected")));
    }
    let valid_to = day_of(state, "valid_to");
    let confidence = CONFIDENCES.into_iter().find(|known| known.word() == state.value("confidence"));
    let origin = ORIGINS.into_iter().find(|known| known.word() == state.value("origin"));
    for (name, is_missing) in [("confidence", confidence.is_none()), ("origin", origin.is_none())] {
        if is_missing {
            state.refuse(FieldError::new(name, key!("invalid.required")));
        }
    }
    if state.has_errors() {
        return None;
    }
    Some(Rule {
        id: state.line("id"),
        title: state.line("title"),
        limit: limit?,
        who: state.line("who"),
        trigger: state.line("trigger"),
        valid_from: valid_from?,
        valid_to,
        basis: state.line("basis"),
        source: state.line("source"),
        confidence: confidence?,
        origin: origin?,
    })
}

/// A day of the form; text that is none is noted as an error.
pub(super) fn day_of(state: &mut FormState, name: &str) -> Option<Day> {
    let typed = state.line(name);
    let day = rules::read_day(&typed);
    if day.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new(name, key!("invalid.day_expected")));
    }
    day
}

/// The limit of a stored word with its number; a word without a number takes none.
fn limit_of(unit: &str, value: &str) -> Option<Limit> {
    if value.is_empty() {
        return serde_json::from_value(json!({"unit": unit})).ok();
    }
    let value: u32 = value.parse().ok().filter(|value| *value > 0)?;
    serde_json::from_value(json!({"unit": unit, "value": value})).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_a_number_exactly_where_its_kind_needs_one() {
        assert_eq!(limit_of("working_days", "15"), Some(Limit::WorkingDays(15)));
        assert_eq!(limit_of("working_days", ""), None);
        assert_eq!(limit_of("working_days", "0"), None);
        assert_eq!(limit_of("at_once", ""), Some(Limit::AtOnce));
        assert_eq!(limit_of("no_such", "3"), None);
        for unit in UNITS {
            assert!(limit_of(unit, "").or_else(|| limit_of(unit, "101")).is_some(), "{unit}");
        }
    }
}
