//! The page of who leads the office, to read at a glance and to print: crisis and clocks of hours, what waits for this
//! person, what is late and with whom, which step lost the time, which units owe something.

use app::press::{self, CaseRow, Late, Overview};
use askama::Template;
use domain::press::delay::{Place, Share};
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, Table, Tile, Tone};
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use super::{PATH, emergency, path, state_name};
use crate::gate::Staff;
use crate::{refusal, show_day};

/// A part of the page: its heading, and its table, or what stands there instead.
struct Section {
    id: &'static str,
    title: &'static str,
    help: String,
    table: Option<Table>,
    nothing: &'static str,
}

#[derive(Template)]
#[template(path = "press/overview.html")]
struct Page {
    chrome: Chrome,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
}

pub(super) async fn show(staff: Staff) -> PageResult {
    let t = staff.t();
    let (now, today) = (staff.state.app.now(), staff.state.app.today());
    let found = staff.run(|app, actor| press::overview(app, actor)).await.map_err(refusal::fault)?;
    let shown = Page {
        chrome: staff
            .chrome(t.text("press_overview.title"))
            .under(vec![Link::new(t.text("nav.press"), PATH)]),
        tiles: tiles(t, &found),
        sections: vec![
            section(t, "emergencies", emergency::table(t, "open", &found.emergencies, now)),
            section(t, "mine", cases(t, ("mine", "press_overview.mine"), &found.mine, &found.tree)),
            Section {
                help: late_help(t, &found),
                ..section(t, "late", late(t, &found.late, &found.tree, now))
            },
            Section {
                help: soon_help(t, &found),
                ..section(t, "soon", cases(t, ("soon", "press_overview.soon"), &found.soon, &found.tree))
            },
            Section {
                help: closed_help(t, &found),
                ..section(t, "charged", charged(t, &found.charged, &found.tree))
            },
            Section {
                help: t.fill("press_overview.looks_help", &[("count", &found.bypassed)]),
                ..section(t, "looks", looks(t, &found.looks))
            },
            section(t, "parts", parts(t, &found, today)),
            Section {
                // Nothing is owed before anything was sent: that is not the same as everybody having answered.
                nothing: t.text(if found.was_sent {
                    "press_overview.no_roll_outs"
                } else {
                    "press_overview.none_sent"
                }),
                ..section(t, "roll_outs", roll_outs(t, &found, today))
            },
        ],
    };
    page(&shown, Cache::Private)
}

fn section(t: Language, id: &'static str, table: Option<Table>) -> Section {
    Section {
        id,
        title: t.text(&format!("press_overview.{id}")),
        help: String::new(),
        table,
        nothing: t.text(&format!("press_overview.no_{id}")),
    }
}

fn soon_help(t: Language, found: &Overview) -> String {
    t.fill("press_overview.soon_help", &[("day", &show_day::day(found.soon_until))])
}

fn late_help(t: Language, found: &Overview) -> String {
    if found.late_total > i64::try_from(found.late.len()).unwrap_or(i64::MAX) {
        t.fill("press_overview.late_first", &[("shown", &found.late.len()), ("total", &found.late_total)])
    } else {
        String::new()
    }
}

fn closed_help(t: Language, found: &Overview) -> String {
    let (closed, late) = found.closed;
    t.fill("press_overview.closed", &[("days", &press::BACK), ("closed", &closed), ("late", &late)])
}

fn tiles(t: Language, found: &Overview) -> Vec<Tile> {
    let crises = found.emergencies.iter().filter(|row| row.emergency.is_crisis()).count();
    let tile = |key: &str, count: i64, href: &str, is_bad: bool| {
        let tile = Tile::new(t.text(&format!("press_overview.{key}")), count.to_string(), "").href(href);
        if is_bad && count > 0 {
            tile.badge(Badge::new(Tone::Bad, t.text("press_overview.act")))
        } else {
            tile
        }
    };
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    // What was spoken on is open, and asks for nothing.
    let is_waiting = found.emergencies.iter().any(|row| row.emergency.said.is_empty());
    let emergencies = tile("emergencies", count(found.emergencies.len()), "#s-emergencies", is_waiting);
    vec![
        if crises > 0 {
            emergencies.note(t.fill("press_overview.crises", &[("count", &crises)]))
        } else {
            emergencies
        },
        tile("mine", count(found.mine.len()), "#s-mine", false),
        tile("late", found.late_total, "#s-late", true),
        tile("soon", count(found.soon.len()), "#s-soon", false),
    ]
}

/// With whom a request is, in words: the step of the chain, or the state; and the unit.
fn place_name(t: Language, place: &Place, tree: &Tree) -> String {
    let name = if place.title.is_empty() {
        t.text(&format!("press_place.{}", place.state.word()))
    } else {
        &place.title
    };
    match place.unit.and_then(|unit| tree.get(unit)) {
        Some(unit) => format!("{name} · {}", unit.name),
        None => name.to_owned(),
    }
}

/// Working days with one digit behind the comma; less than a tenth is said so.
fn days(t: Language, tenths: i64) -> String {
    if tenths == 0 {
        return t.text("press_overview.under_tenth").to_owned();
    }
    let comma = if t == Language::Vi { ',' } else { '.' };
    t.fill("press_overview.days", &[("days", &format!("{}{comma}{}", tenths / 10, tenths % 10))])
}

/// How long a request was with whom, for its own page.
pub(super) fn shares(t: Language, shares: &[Share], longest: Option<&Place>, tree: &Tree) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_overview.step")).wide(),
        Column::new(t.text("press_overview.held")).short(),
        Column::new(t.text("press_overview.after_due")).short(),
    ];
    let row = |share: &Share| {
        let name = Cell::new(place_name(t, &share.place, tree));
        let name = if longest == Some(&share.place) {
            name.with_badge(Badge::new(Tone::Warning, t.text("press_overview.lost")))
        } else {
            name
        };
        let after =
            if share.after_due_tenths() == 0 { "–".to_owned() } else { days(t, share.after_due_tenths()) };
        vec![name, Cell::new(days(t, share.held_tenths())), Cell::new(after)]
    };
    let table = Table::new(t, "shares", t.text("press_overview.shares"), columns);
    (!shares.is_empty()).then(|| table.rows(shares.iter().map(row).collect()).caption_hidden().cards())
}

fn subject(row: &CaseRow) -> Cell {
    Cell::link(row.request.asked.subject.clone(), path(row.id))
        .note(format!("{} · {}", row.number, row.request.asked.requester))
}

fn due(row: &CaseRow) -> String {
    row.request.deadline.as_ref().map(|deadline| deadline.due.in_words()).unwrap_or_default()
}

fn cases(t: Language, (id, title): (&str, &str), rows: &[CaseRow], tree: &Tree) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_list.subject")).wide(),
        Column::new(t.text("press_overview.with")),
        Column::new(t.text("press_field.due")).short(),
    ];
    let row = |row: &CaseRow| {
        let with = row.request.stays.last();
        let with =
            with.map_or_else(|| state_name(t, row.state).to_owned(), |stay| place_name(t, &stay.place, tree));
        vec![subject(row), Cell::new(with), Cell::new(due(row))]
    };
    (!rows.is_empty()).then(|| {
        Table::new(t, id, t.text(title), columns)
            .rows(rows.iter().map(row).collect())
            .caption_hidden()
            .cards()
    })
}

/// What was approved past the chain, with until when somebody else must have looked.
fn looks(t: Language, rows: &[CaseRow]) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_list.subject")).wide(),
        Column::new(t.text("press_overview.look_by")).short(),
    ];
    let row = |row: &CaseRow| {
        let by = row.request.bypass.as_ref().and_then(|bypass| bypass.look_by);
        vec![subject(row), Cell::new(by.map(show_day::instant).unwrap_or_default())]
    };
    (!rows.is_empty()).then(|| {
        Table::new(t, "looks", t.text("press_overview.looks"), columns)
            .rows(rows.iter().map(row).collect())
            .caption_hidden()
            .cards()
    })
}

fn late(t: Language, rows: &[Late], tree: &Tree, now: Timestamp) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_list.subject")).wide(),
        Column::new(t.text("press_field.due")).short(),
        Column::new(t.text("press_overview.with")),
        Column::new(t.text("press_overview.charged")),
    ];
    let row = |late: &Late| {
        let over = late.row.due_at.map_or(0, |due| (time::day_of(now) - time::day_of(due)).get_days());
        let with = match &late.with {
            Some((place, from)) => Cell::new(place_name(t, place, tree))
                .note(t.fill("press_overview.since", &[("at", &show_day::instant(*from))])),
            None => Cell::new(state_name(t, late.row.state)),
        };
        let charged = late.charged.as_ref().map(|place| place_name(t, place, tree));
        vec![
            subject(&late.row),
            Cell::new(due(&late.row))
                .with_badge(Badge::new(Tone::Bad, t.fill("press_overview.over", &[("days", &over)]))),
            with,
            Cell::new(charged.unwrap_or_else(|| t.text("press_overview.unknown").to_owned())),
        ]
    };
    let table = Table::new(t, "late", t.text("press_overview.late"), columns);
    (!rows.is_empty()).then(|| table.rows(rows.iter().map(row).collect()).caption_hidden().cards())
}

fn charged(t: Language, places: &[(Place, i64)], tree: &Tree) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_overview.step")).wide(),
        Column::new(t.text("press_overview.cases")).short(),
    ];
    let row = |(place, count): &(Place, i64)| {
        vec![Cell::new(place_name(t, place, tree)), Cell::new(count.to_string())]
    };
    let table = Table::new(t, "charged", t.text("press_overview.charged"), columns);
    (!places.is_empty()).then(|| table.rows(places.iter().map(row).collect()).caption_hidden().cards())
}

fn parts(t: Language, found: &Overview, today: Day) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("press_part.unit")).wide(),
        Column::new(t.text("press_overview.cases")).short(),
        Column::new(t.text("press_overview.first_due")).short(),
    ];
    let rows: Vec<Vec<Cell>> = found
        .late_parts
        .iter()
        .map(|(unit, count, first)| {
            let over = (today - *first).get_days();
            let name = found.tree.get(*unit).map_or("", |unit| unit.name.as_str());
            vec![
                Cell::new(name),
                Cell::link(count.to_string(), "/press/work?all=1"),
                Cell::new(words_of::day(t, *first))
                    .with_badge(Badge::new(Tone::Bad, t.fill("press_overview.over", &[("days", &over)]))),
            ]
        })
        .collect();
    let table = Table::new(t, "late-parts", t.text("press_overview.parts"), columns);
    (!rows.is_empty()).then(|| table.rows(rows).caption_hidden().cards())
}

fn roll_outs(t: Language, found: &Overview, today: Day) -> Option<Table> {
    let columns = vec![
        Column::new(t.text("roll_out.regulation")).wide(),
        Column::new(t.text("press_overview.owing")).short(),
        Column::new(t.text("press_part.due")).short(),
    ];
    let rows: Vec<Vec<Cell>> = found
        .roll_outs
        .iter()
        .map(|progress| {
            let campaign = &progress.campaign;
            let due = Cell::new(words_of::day(t, campaign.due_on));
            let is_late = campaign.due_on < today;
            vec![
                Cell::link(campaign.title.clone(), crate::roll_out::path(campaign.id))
                    .note(campaign.symbol.clone()),
                Cell::new(format!("{}/{}", progress.outstanding(), progress.total)),
                if is_late { due.with_badge(Badge::new(Tone::Bad, t.text("press_list.late"))) } else { due },
            ]
        })
        .collect();
    let table = Table::new(t, "roll-outs", t.text("press_overview.roll_outs"), columns);
    (!rows.is_empty()).then(|| table.rows(rows).caption_hidden().cards())
}

#[cfg(test)]
mod tests {
    use domain::press::workflow::State;

    use super::*;

    #[test]
    fn working_days_are_said_with_one_digit_behind_the_comma() {
        assert_eq!(days(Language::Vi, 15), "1,5 ngày");
        assert_eq!(days(Language::En, 1), "0.1 days");
    }

    #[test]
    fn every_open_state_has_words_for_with_whom_it_is() {
        for state in State::ALL.into_iter().filter(|state| !state.is_closed()) {
            let place = Place { state, title: String::new(), unit: None };
            for t in [Language::Vi, Language::En] {
                assert!(!place_name(t, &place, &Tree::default()).is_empty(), "{state:?}");
            }
        }
    }
}
