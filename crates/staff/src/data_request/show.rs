//! One request: what was asked and by whom, its limits and how they came about, what can be done now.

use app::data_request::{self, Shown};
use askama::Template;
use domain::access::Capability;
use domain::data_request::Done;
use domain::deadline::Deadline;
use domain::id::DataRequestId;
use web_kit::chrome::Chrome;
use web_kit::component::{Badge, Fact, Facts};
use web_kit::form::Path;
use web_kit::{Cache, Fault, Language, PageResult, page};

use super::{badge, crumbs, event_name, kind_name, path};
use crate::gate::Staff;
use crate::{refusal, show_day};

pub(super) async fn load(staff: &Staff, id: DataRequestId) -> Result<Shown, Fault> {
    staff.run(move |app, actor| data_request::show(app, actor, id)).await.map_err(refusal::fault)
}

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

/// How a limit came about: its name, its basis, its steps.
struct Counted {
    label: &'static str,
    basis: String,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "data_request/show.html")]
struct Page {
    chrome: Chrome,
    badge: Badge,
    facts: Facts,
    counted: Vec<Counted>,
    person: Option<Facts>,
    details: String,
    answer: String,
    buttons: Vec<Button>,
}

/// Shows it.
pub(super) async fn show(staff: Staff, Path(id): Path<DataRequestId>) -> PageResult {
    let t = staff.t();
    let found = load(&staff, id).await?;
    let request = &found.row.request;
    let button = |(event, result): &(_, Result<(), domain::data_request::Refusal>)| Button {
        label: event_name(t, *event),
        href: format!("{}/{}", path(id), event.word()),
        refused: result.err().map(|refusal| t.text(&format!("refusal.{}", refusal.code()))),
    };
    let limits = [
        ("data_request.counted_acknowledge", &request.acknowledge_by),
        ("data_request.counted", &request.deadline),
    ];
    let counted = limits.into_iter().filter_map(|(key, limit)| limit.as_ref().map(|it| counted(t, key, it)));
    let person = staff.may(Capability::ReadPersonalData).then(|| person(t, &found));
    let shown = Page {
        chrome: staff.chrome(found.row.number.clone()).under(crumbs(t)),
        badge: badge(t, found.row.state),
        facts: facts(t, &found),
        counted: counted.collect(),
        person,
        buttons: found.buttons.iter().map(button).collect(),
        details: found.row.person.details,
        answer: found.row.person.answer,
    };
    page(&shown, Cache::Private)
}

fn counted(t: Language, key: &str, limit: &Deadline) -> Counted {
    let steps = match t {
        Language::Vi => limit.describe_vi(),
        Language::En => limit.describe_en(),
    };
    Counted { label: t.text(key), basis: limit.basis.clone(), steps }
}

fn facts(t: Language, found: &Shown) -> Facts {
    let (row, request) = (&found.row, &found.row.request);
    let name = |person: &String| crate::register::value::who(t, found.people.get(person).unwrap_or(person));
    let done = |done: &Done| {
        let late = match done.on_time {
            Some(true) => t.text("data_request.in_time"),
            Some(false) => t.text("data_request.was_late"),
            None => "",
        };
        let parts = [show_day::instant(done.at), name(&done.person), late.to_owned()];
        let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(", ")
    };
    let day = |limit: &Option<Deadline>| limit.as_ref().map(|limit| limit.due.in_words()).unwrap_or_default();
    let acts = [
        ("data_request.acknowledged", &request.acknowledged),
        ("data_request.identified", &request.identified),
        ("data_request.extended", &request.extended),
        ("data_request.decided", &request.decided),
    ];
    let first = request.deadline.as_ref().and_then(|limit| limit.first_due);
    let mut facts = vec![
        ("data_request.asked", kind_name(t, request.kind).to_owned()),
        (
            "data_request.channel_name",
            t.text(&format!("data_request.channel.{}", request.channel.word())).to_owned(),
        ),
        ("data_request.received", show_day::instant(row.received_at)),
        ("data_request.acknowledge_by", day(&request.acknowledge_by)),
        ("data_request.decide_by", day(&request.deadline)),
        ("data_request.first_due", first.map(domain::deadline::Due::in_words).unwrap_or_default()),
    ];
    for (key, act) in acts {
        if let Some(act) = act {
            facts.push((key, done(act)));
            if key == "data_request.extended" {
                facts.push(("data_request.extension_reason", act.reason.clone()));
            } else {
                facts.push(("data_request.ground", act.reason.clone()));
            }
        }
    }
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Facts::new(t, told.map(|(key, value)| Fact::new(t.text(key), value)).collect())
}

/// Who asks; once the time is over nothing is left of it.
fn person(t: Language, found: &Shown) -> Facts {
    let person = &found.row.person;
    let given = [
        ("data_request.name", &person.name),
        ("data_request.contact", &person.contact),
        ("data_request.confirmed_contact", &person.confirmed_contact),
        ("data_request.how", &person.confirmed_how),
    ];
    let mut facts: Vec<Fact> = given
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Fact::new(t.text(key), value.clone()))
        .collect();
    if facts.is_empty() {
        facts.push(Fact::new(t.text("data_request.name"), t.text("data_request.forgotten")));
    }
    Facts::new(t, facts)
}
