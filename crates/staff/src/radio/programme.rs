//! The programme of a day: shown, added to, copied from another day.

use app::publication::{self, Filter, PublicationRow};
use app::radio::programme::{self, Shown, Typed};
use askama::Template;
use domain::access::Capability;
use domain::id::SlotId;
use domain::programme::write_time;
use domain::publication::Kind;
use domain::time::{self, Day};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Empty, Field, FormStart, Kind as FieldKind};
use web_kit::form::{FieldError, Fields, FormState, Path, Query, Submitted};
use web_kit::page::{redirect, redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult};
use words::key;

use crate::gate::Staff;
use crate::part::FormPart;
use crate::{link, refusal, show_day};

const PATH: &str = "/radio/programme";

/// Bulletins that may be named.
const MOST_BULLETINS: u16 = 100;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    day: String,
}

/// A part of the programme as the page shows it.
struct Line {
    id: String,
    time: String,
    minutes: String,
    title: String,
    href: String,
}

#[derive(Template)]
#[template(path = "radio/programme.html")]
struct Page {
    chrome: Chrome,
    choose: Field,
    before: String,
    after: String,
    lines: Vec<Line>,
    empty: Option<Empty>,
    start: FormStart,
    form: Option<FormPart>,
    /// Days it may be copied from: label and day.
    copies: Vec<(&'static str, String)>,
    day: String,
}

/// The page of a day.
fn path(day: Day) -> String {
    link::with_query(PATH, &[("day", &day.to_string())])
}

fn read(typed: &str, otherwise: Day) -> Option<Day> {
    if typed.trim().is_empty() { Some(otherwise) } else { app::rules::read_day(typed) }
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let today = staff.state.app.today();
    let mut form = FormState::of([("day", asked.day.clone())]);
    let day = read(&asked.day, today).unwrap_or_else(|| {
        form.refuse(FieldError::new("day", key!("form.not_a_day")));
        today
    });
    draw(&staff, day, &form).await
}

async fn draw(staff: &Staff, day: Day, form: &FormState) -> PageResult {
    let t = staff.t();
    let filter =
        Filter { kind: Some(Kind::Bulletin), page: 1, per_page: MOST_BULLETINS, ..Filter::default() };
    let work = move |app: &app::App, actor: &app::Actor| {
        Ok((programme::of_day(app, day)?, publication::list(app, actor, &filter)?.publications))
    };
    let (shown, bulletins) = staff.run(work).await.map_err(refusal::fault)?;
    let may_write = staff.may(Capability::WritePublications);
    let other = |days: i64| time::days_later(day, days);
    let words = show_day::day(day);
    let typed_day = FormState::of([("day", words.clone())]);
    let page = Page {
        chrome: staff
            .chrome(t.fill("radio.programme_of", &[("day", &words)]))
            .under(vec![Link::new(t.text("nav.radio"), super::PATH)]),
        choose: Field::new(&typed_day, t, "day", t.text("radio.day"), FieldKind::Line("text")),
        before: path(other(-1)),
        after: path(other(1)),
        empty: shown
            .is_empty()
            .then(|| Empty::new(t.text("radio.no_programme"), t.text("radio.no_programme_text"))),
        lines: shown.iter().map(|shown| line(t, shown)).collect(),
        start: FormStart::plain(&staff.visitor.form_token()),
        form: may_write.then(|| add_form(staff, day, form, &bulletins)),
        copies: if may_write && shown.is_empty() {
            vec![
                (t.text("radio.copy_yesterday"), other(-1).to_string()),
                (t.text("radio.copy_last_week"), other(-7).to_string()),
            ]
        } else {
            Vec::new()
        },
        day: day.to_string(),
    };
    with_form(&page, form)
}

fn line(t: Language, shown: &Shown) -> Line {
    let slot = &shown.slot;
    Line {
        id: slot.id.to_string(),
        time: format!("{} – {}", write_time(slot.start), write_time(slot.end())),
        minutes: slot.minutes.to_string(),
        title: shown.title().unwrap_or(t.text("radio.bulletin")).to_owned(),
        href: slot.bulletin.map(crate::publication::path).unwrap_or_default(),
    }
}

fn add_form(staff: &Staff, day: Day, form: &FormState, bulletins: &[PublicationRow]) -> FormPart {
    let t = staff.t();
    let choice = |row: &PublicationRow| Choice::new(row.id.to_string(), row.content.title.clone());
    let choices = bulletins.iter().map(choice).collect();
    let fields = vec![
        Field::new(form, t, "start", t.text("radio.start"), FieldKind::Line("text"))
            .required()
            .help(t.text("radio.start_help")),
        Field::new(form, t, "minutes", t.text("radio.minutes"), FieldKind::Line("text")).required(),
        Field::new(form, t, "bulletin", t.text("radio.bulletin"), FieldKind::Select(choices)),
        Field::new(form, t, "title", t.text("radio.part_title"), FieldKind::Line("text"))
            .help(t.text("radio.part_title_help")),
    ];
    FormPart::new(staff, (PATH, t.text("radio.add")), (form, None), fields).hidden("day", day.to_string())
}

/// Adds a part.
pub(super) async fn add(staff: Staff, fields: Fields) -> PageResult {
    let mut form = fields.only(&["day", "start", "minutes", "bulletin", "title"])?;
    let day: Day = form.value("day").parse().map_err(|_| Fault::bad_request())?;
    let bulletin = match form.value("bulletin") {
        "" => None,
        id => Some(id.parse().map_err(|_| Fault::bad_request())?),
    };
    let typed = Typed {
        start: form.value("start").to_owned(),
        minutes: form.value("minutes").to_owned(),
        title: form.value("title").to_owned(),
        bulletin,
    };
    match staff.run(move |app, actor| programme::add(app, actor, day, &typed)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, &path(day), key!("radio.added"))),
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, day, &form).await
        }
    }
}

/// Takes a part out.
pub(super) async fn remove(staff: Staff, Path(id): Path<SlotId>, _: Submitted) -> PageResult {
    let day = staff.run(move |app, actor| programme::remove(app, actor, id)).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &path(day), key!("radio.removed")))
}

/// Copies another day's programme.
pub(super) async fn copy(staff: Staff, fields: Fields) -> PageResult {
    let mut form = fields.only(&["day", "from"])?;
    let [day, from]: [Day; 2] = [form.value("day"), form.value("from")]
        .map(|day| day.parse().map_err(|_| Fault::bad_request()))
        .into_iter()
        .collect::<Result<Vec<Day>, Fault>>()?
        .try_into()
        .map_err(|_| Fault::bad_request())?;
    match staff.run(move |app, actor| programme::copy(app, actor, (from, day))).await {
        Ok(_) => Ok(redirect(&path(day))),
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, day, &form).await
        }
    }
}
