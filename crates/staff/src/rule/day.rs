//! Changing a day of the calendar, and confirming a year.

use app::rules;
use askama::Template;
use domain::calendar::DayKind;
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, Form, FormState, Query};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{CALENDAR, calendar};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

#[derive(Template)]
#[template(path = "rule/day.html")]
struct Page {
    chrome: Chrome,
    lead: String,
    form: FormPart,
}

/// Which day: `2020-09-02`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    day: String,
}

/// The form of a day, filled with what it is now.
pub async fn ask(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let day: Day = asked.day.parse().map_err(|_| Fault::not_found())?;
    let calendar = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.calendar;
    let source = calendar.source_of(day).unwrap_or_default().to_owned();
    let state = FormState::of([("kind", calendar.kind_of(day).word().to_owned()), ("source", source)]);
    draw(&staff, day, &state)
}

fn draw(staff: &Staff, day: Day, state: &FormState) -> PageResult {
    let t = staff.t();
    let kinds = DayKind::ALL
        .map(|kind| Choice::new(kind.word(), t.text(&format!("day_kind.{}", kind.word()))))
        .to_vec();
    let fields = vec![
        Field::new(state, t, "kind", t.text("calendar.column.kind"), Kind::Radios(kinds)).required(),
        Field::new(state, t, "source", t.text("calendar.column.source"), Kind::Line("text"))
            .required()
            .help(t.text("calendar.source_help")),
    ];
    let back = format!("{CALENDAR}?year={}", day.year());
    let form = FormPart::new(staff, ("/calendar/day", t.text("action.save")), (state, None), fields)
        .hidden("day", day.to_string())
        .back(back.clone());
    let page = Page {
        chrome: staff
            .chrome(calendar::in_words(t, day))
            .under(vec![Link::new(t.fill("calendar.title_year", &[("year", &day.year())]), back)]),
        lead: t.text("calendar.day_lead").to_owned(),
        form,
    };
    with_form(&page, state)
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    day: String,
    kind: Option<String>,
    source: Option<String>,
}

/// Makes the day what the form says.
pub async fn set(staff: Staff, form: Form<Sent>) -> PageResult {
    let day: Day = form.value.day.parse().map_err(|_| Fault::bad_request())?;
    let mut state = form.state;
    let Some(kind) = DayKind::from_word(&form.value.kind.unwrap_or_default()) else {
        state.refuse(FieldError::new("kind", key!("form.not_a_choice")));
        return draw(&staff, day, &state);
    };
    let source = form.value.source.unwrap_or_default();
    match staff.run(move |app, actor| rules::set_day(app, actor, day, kind, &source)).await {
        Ok(()) => {
            let path = format!("{CALENDAR}?year={}", day.year());
            Ok(redirect_with_notice(&staff.visitor, &path, key!("calendar.notice.day")))
        }
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, day, &state)
        }
    }
}

/// Which year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    year: i16,
}

/// Confirms it.
pub async fn confirm(staff: Staff, form: Form<Year>) -> PageResult {
    let year = form.value.year;
    staff.run(move |app, actor| rules::confirm_year(app, actor, year)).await.map_err(refusal::fault)?;
    let path = format!("{CALENDAR}?year={year}");
    Ok(redirect_with_notice(&staff.visitor, &path, key!("calendar.notice.confirmed")))
}
