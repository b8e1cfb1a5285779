//! Who is away and who stands in.

use app::absence::{self, Absence, Away, NewAbsence};
use app::{ActionError, rules};
use askama::Template;
use domain::access::Capability;
use domain::id::{AbsenceId, PersonId};
use domain::time::Day;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, Empty, Field, FormStart, Kind};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path};
use web_kit::page::redirect_with_notice;
use web_kit::{Cache, Fault, PageResult, page};
use words::key;

use super::PATH;
use super::form::Page as FormPage;
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// Where the list is.
pub(super) const LIST: &str = "/press/absences";

/// Before the name of a spokesperson without an account among the choices of who is away.
const SPEAKER: &str = "speaker:";

/// An absence as the page shows it.
struct Line {
    id: String,
    name: String,
    days: String,
    deputy: String,
    version: i64,
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "press/absences.html")]
struct Page {
    chrome: Chrome,
    empty: Option<Empty>,
    lines: Vec<Line>,
    start: FormStart,
}

pub(super) async fn list(staff: Staff) -> PageResult {
    let t = staff.t();
    let absences = staff.run(|app, actor| absence::absences(app, actor)).await.map_err(refusal::fault)?;
    let line = |absence: &Absence| Line {
        id: format!("a-{}", absence.row.id),
        name: absence.name.clone(),
        days: format!("{} – {}", show_day::day(absence.row.first), show_day::day(absence.row.last)),
        deputy: absence.deputy.clone(),
        version: absence.row.version,
        end: absence.may_end.then(|| format!("{LIST}/{}/end", absence.row.id)),
    };
    let shown = Page {
        chrome: staff.chrome(t.text("absence.title")).under(vec![Link::new(t.text("nav.press"), PATH)]),
        empty: absences
            .is_empty()
            .then(|| Empty::new(t.text("absence.empty_title"), t.text("absence.empty"))),
        lines: absences.iter().map(line).collect(),
        start: FormStart::plain(&staff.visitor.form_token()),
    };
    page(&shown, Cache::Private)
}

pub(super) async fn new(staff: Staff) -> PageResult {
    let own = staff.actor().person.map(|id| id.to_string()).unwrap_or_default();
    draw(&staff, &FormState::of([("person", own)]), None).await
}

async fn draw(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let read = |app: &app::App, actor: &app::Actor| -> Result<_, ActionError> {
        Ok((absence::colleagues(app, actor)?, absence::speakers_without_account(app, actor)?))
    };
    let (people, speakers) = staff.run(read).await.map_err(refusal::fault)?;
    let choice = |(id, name): &(PersonId, String)| Choice::new(id.to_string(), name.clone());
    let field = |name: &str, kind: Kind| Field::new(state, t, name, t.text(&format!("absence.{name}")), kind);
    let mut fields = Vec::new();
    // Only the clerk writes it down for others.
    if staff.may(Capability::TakePress) {
        let speaker = |name: &String| {
            let label = t.fill("absence.speaker", &[("name", name)]);
            Choice::new(format!("{SPEAKER}{name}"), label)
        };
        let all = people.iter().map(choice).chain(speakers.iter().map(speaker)).collect();
        fields.push(field("person", Kind::Select(all)).required());
    }
    let nobody = std::iter::once(Choice::new("", t.text("absence.nobody")));
    fields.extend([
        field("first", Kind::Day).required(),
        field("last", Kind::Day).required(),
        field("deputy", Kind::Select(nobody.chain(people.iter().map(choice)).collect())),
    ]);
    let action = format!("{LIST}/new");
    let form = FormPart::new(staff, (action, t.text("absence.add")), (state, key), fields).back(LIST);
    let below = Some((t.text("absence.title").to_owned(), LIST.to_owned()));
    FormPage::new(staff, (t.text("absence.add"), t.text("absence.lead")), below, form).draw(state)
}

fn day_of(state: &mut FormState, name: &str) -> Option<Day> {
    let typed = state.line(name);
    let day = rules::read_day(&typed);
    if day.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new(name, key!("form.not_a_day")));
    }
    day
}

pub(super) async fn add(staff: Staff, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut state = sent.only(&["person", "first", "last", "deputy"])?;
    let (first, last) = (day_of(&mut state, "first"), day_of(&mut state, "last"));
    if !state.has_errors() {
        let person = state.line("person");
        let who = match person.strip_prefix(SPEAKER) {
            Some(name) => Some(Away::Speaker(name.to_owned())),
            None => person.parse().ok().map(Away::Person),
        };
        let new = NewAbsence { who, first, last, deputy: state.line("deputy").parse().ok() };
        let worker = staff.clone();
        let work = async move {
            let added = worker.run(move |app, actor| absence::add_absence(app, actor, &new)).await;
            added.map(|()| LIST.to_owned())
        };
        match staff.state.once(key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("absence.added"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw(&staff, &state, key.as_ref()).await
}

pub(super) async fn end(staff: Staff, Path(id): Path<AbsenceId>, sent: Fields) -> PageResult {
    let state = sent.only(&["version"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    match staff.run(move |app, actor| absence::end_absence(app, actor, (id, version))).await {
        // Somebody ended it meanwhile: the list shows so.
        Ok(()) | Err(ActionError::Stale) => {
            Ok(redirect_with_notice(&staff.visitor, LIST, key!("absence.ended")))
        }
        Err(error) => Err(refusal::fault(error)),
    }
}
