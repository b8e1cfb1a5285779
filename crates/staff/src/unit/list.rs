//! The units of a day as a tree, or all that ever were.

use app::office::{self, UnitView};
use askama::Template;
use domain::access::Capability;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Field, Kind};
use web_kit::form::{FieldError, FormState, Query};
use web_kit::page::with_form;
use web_kit::{Language, PageResult};
use words::key;

use crate::gate::Staff;
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "unit/list.html")]
struct Page {
    chrome: Chrome,
    caption: String,
    day: Field,
    is_all: bool,
    rows: Vec<Row>,
    can_write: bool,
}

/// A unit on the page.
struct Row {
    /// From 0; at most 4 levels are drawn.
    depth: usize,
    name: String,
    short_name: String,
    kind: &'static str,
    from: String,
    to: String,
    successors: Vec<String>,
    /// Where it is ended; nothing when it ended already.
    end: Option<String>,
}

/// Which units.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    on: String,
    all: String,
}

/// Shows them.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let today = staff.state.app.today();
    let is_all = asked.all == "1";
    let mut state = FormState::of([("on", asked.on.clone())]);
    let typed = asked.on.trim();
    let read = app::rules::read_day(typed);
    if read.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("on", key!("form.not_a_day")));
    }
    let day = read.unwrap_or(today);
    if typed.is_empty() {
        state = FormState::of([("on", show_day::day(day))]);
    }
    let on = (!is_all).then_some(day);
    let units = staff.run(move |app, actor| office::units(app, actor, on)).await.map_err(refusal::fault)?;
    let can_write = staff.may(Capability::WriteUnits);
    let caption = if is_all {
        t.text("unit.all").to_owned()
    } else {
        t.fill("unit.on_day", &[("day", &show_day::day(day))])
    };
    let page = Page {
        chrome: staff.chrome(t.text("unit.title")),
        caption,
        day: Field::new(&state, t, "on", t.text("unit.day"), Kind::Day),
        is_all,
        rows: units.iter().map(|unit| row(t, unit, can_write)).collect(),
        can_write,
    };
    with_form(&page, &state)
}

fn row(t: Language, unit: &UnitView, can_write: bool) -> Row {
    let successor = |(_, name, on): &(_, String, _)| {
        t.fill("unit.succeeded", &[("name", name), ("day", &show_day::day(*on))])
    };
    Row {
        depth: unit.depth.min(4),
        name: unit.name.clone(),
        short_name: if unit.short_name == unit.name { String::new() } else { unit.short_name.clone() },
        kind: t.text(&format!("unit_kind.{}", unit.kind)),
        from: unit.valid_from.map(show_day::day).unwrap_or_default(),
        to: unit.valid_to.map(show_day::day).unwrap_or_default(),
        successors: unit.successors.iter().map(successor).collect(),
        end: (can_write && unit.valid_to.is_none()).then(|| format!("/units/{}/end", unit.id)),
    }
}
