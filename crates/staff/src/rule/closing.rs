//! A new dated row of the closing dates of a report (*thời gian chốt số liệu*); rows are never edited, as with limits.

use app::rules;
use domain::law::{Closing, Confidence};
use serde::Deserialize;
use web_kit::chrome::Link;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Query};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Language, PageResult};
use words::key;

use super::LAW;
use super::add::{CONFIDENCES, Page, day_of};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

const PATH: &str = "/law/closings/new";
const NAMES: [&str; 11] = [
    "id",
    "title",
    "months",
    "last_month",
    "first_day",
    "last_day",
    "valid_from",
    "valid_to",
    "basis",
    "source",
    "confidence",
];

/// The closing that gets a new row; none for a new one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    closing: String,
}

/// The form, filled with what seldom changes from the last row of the closing.
pub async fn begin(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let law = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.law;
    let last = law.closings.iter().filter(|row| row.id == asked.closing).max_by_key(|row| row.valid_from);
    let filled = |row: &Closing| {
        FormState::of([
            ("id", row.id.clone()),
            ("title", row.title.clone()),
            ("months", row.months.to_string()),
            ("last_month", row.last_month.map(|month| month.to_string()).unwrap_or_default()),
            ("first_day", row.first_day.to_string()),
            ("last_day", row.last_day.to_string()),
        ])
    };
    draw(&staff, &last.map_or_else(FormState::new, filled), None)
}

fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let title = t.text("law.add_closing");
    let page = Page {
        chrome: staff.chrome(title).under(vec![Link::new(t.text("law.title"), LAW)]),
        lead: t.text("law.add_lead").to_owned(),
        form: FormPart::new(staff, (PATH, title), (state, key), fields(t, state)).back(LAW),
    };
    with_form(&page, state)
}

fn fields(t: Language, state: &FormState) -> Vec<Field> {
    let field = |name: &str, kind: Kind| {
        let field = Field::new(state, t, name, t.text(&format!("law.field.{name}")), kind);
        match t.find(&format!("law.help.{name}")) {
            Some(help) => field.help(help),
            None => field,
        }
    };
    let confidences = CONFIDENCES
        .map(Confidence::word)
        .into_iter()
        .map(|word| Choice::new(word, t.text(&format!("confidence.{word}"))))
        .collect();
    vec![
        Field::new(state, t, "id", t.text("law.field.id"), Kind::Line("text"))
            .required()
            .help(t.text("law.closing_id_help")),
        field("title", Kind::Line("text")).required(),
        field("months", Kind::Number).required(),
        field("last_month", Kind::Number),
        field("first_day", Kind::Number).required(),
        field("last_day", Kind::Number).required(),
        field("valid_from", Kind::Day).required(),
        field("valid_to", Kind::Day),
        field("basis", Kind::Line("text")).required(),
        field("source", Kind::Line("text")).required(),
        field("confidence", Kind::Select(confidences)).required(),
    ]
}

/// Adds it.
pub async fn add(staff: Staff, fields: Fields) -> PageResult {
    let key = fields.key.clone();
    let mut state = fields.only(&NAMES)?;
    let Some(closing) = read(&mut state) else { return draw(&staff, &state, key.as_ref()) };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| rules::add_closing(app, actor, &closing)).await.map(|()| LAW.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("law.added_closing"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref())
        }
    }
}

/// The number of a field between 1 and `most`; notes what is wrong with it.
fn number_of(state: &mut FormState, name: &str, most: i8) -> Option<i8> {
    let typed = state.line(name);
    let number = typed.parse::<i8>().ok().filter(|number| (1..=most).contains(number));
    if number.is_none() && !typed.is_empty() {
        let error = FieldError::new(name, key!("invalid.number_between")).with("least", 1).with("most", most);
        state.refuse(error);
    }
    number
}

fn read(state: &mut FormState) -> Option<Closing> {
    let months = number_of(state, "months", 12);
    let last_month = number_of(state, "last_month", 12);
    let first_day = number_of(state, "first_day", 31);
    let last_day = number_of(state, "last_day", 31);
    let confidence = CONFIDENCES.into_iter().find(|known| known.word() == state.value("confidence"));
    let valid_from = day_of(state, "valid_from");
    let valid_to = day_of(state, "valid_to");
    for name in ["months", "first_day", "last_day", "valid_from"] {
        if state.line(name).is_empty() {
            state.refuse(FieldError::new(name, key!("invalid.required")));
        }
    }
    if confidence.is_none() {
        state.refuse(FieldError::new("confidence", key!("invalid.required")));
    }
    if state.has_errors() {
        return None;
    }
    Some(Closing {
        id: state.line("id"),
        title: state.line("title"),
        months: months?,
        last_month,
        first_day: first_day?,
        last_day: last_day?,
        valid_from: valid_from?,
        valid_to,
        basis: state.line("basis"),
        source: state.line("source"),
        confidence: confidence?,
    })
}
