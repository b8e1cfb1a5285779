//! A new dated row of a ground of refusal (*căn cứ từ chối*); rows are never edited, as with limits.

use app::rules;
use domain::law::{Confidence, Ground, Refuses};
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

const NAMES: [&str; 8] =
    ["code", "title", "refuses", "valid_from", "valid_to", "basis", "source", "confidence"];
/// What a ground refuses, with the word of the form.
const REFUSES: [(Refuses, &str); 2] = [(Refuses::Press, "press"), (Refuses::InformationRequest, "citizen")];

/// The ground that gets a new row; none for a new ground.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    ground: String,
}

/// The form, filled with what does not change from the last row of the ground.
pub async fn begin(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let law = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.law;
    let last = law.grounds.iter().filter(|row| row.code == asked.ground).max_by_key(|row| row.valid_from);
    let filled = |row: &Ground| {
        let refuses =
            REFUSES.iter().find(|(refuses, _)| *refuses == row.refuses).map_or("", |(_, word)| word);
        FormState::of([
            ("code", row.code.clone()),
            ("title", row.title.clone()),
            ("refuses", refuses.to_owned()),
        ])
    };
    draw(&staff, &last.map_or_else(FormState::new, filled), None)
}

fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let title = t.text("law.add_ground");
    let page = Page {
        chrome: staff.chrome(title).under(vec![Link::new(t.text("law.title"), LAW)]),
        lead: t.text("law.add_lead").to_owned(),
        form: FormPart::new(staff, ("/law/grounds/new", title), (state, key), fields(t, state)).back(LAW),
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
    let refuses =
        REFUSES.iter().map(|(_, word)| Choice::new(*word, t.text(&format!("law.grounds_{word}")))).collect();
    let confidences = CONFIDENCES
        .map(Confidence::word)
        .into_iter()
        .map(|word| Choice::new(word, t.text(&format!("confidence.{word}"))))
        .collect();
    vec![
        field("code", Kind::Line("text")).required(),
        field("title", Kind::Line("text")).required(),
        field("refuses", Kind::Select(refuses)).required(),
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
    let Some(ground) = read(&mut state) else { return draw(&staff, &state, key.as_ref()) };
    let worker = staff.clone();
    let work = async move {
        worker.run(move |app, actor| rules::add_ground(app, actor, &ground)).await.map(|()| LAW.to_owned())
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("law.added_ground"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state, key.as_ref())
        }
    }
}

fn read(state: &mut FormState) -> Option<Ground> {
    let refuses = REFUSES.iter().find(|(_, word)| *word == state.value("refuses"));
    let confidence = CONFIDENCES.into_iter().find(|known| known.word() == state.value("confidence"));
    let valid_from = day_of(state, "valid_from");
    let is_day_missing = state.line("valid_from").is_empty();
    let valid_to = day_of(state, "valid_to");
    for (name, is_missing) in
        [("refuses", refuses.is_none()), ("confidence", confidence.is_none()), ("valid_from", is_day_missing)]
    {
        if is_missing {
            state.refuse(FieldError::new(name, key!("invalid.required")));
        }
    }
    if state.has_errors() {
        return None;
    }
    Some(Ground {
        code: state.line("code"),
        title: state.line("title"),
        refuses: refuses?.0,
        valid_from: valid_from?,
        valid_to,
        basis: state.line("basis"),
        source: state.line("source"),
        confidence: confidence?,
    })
}
