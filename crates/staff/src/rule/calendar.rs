//! The working calendar of a year: months, special days with their sources, confirming the year.

use app::rules;
use askama::Template;
use domain::access::Capability;
use domain::calendar::{Calendar, DayKind, SpecialDay};
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Banner, Cell, Column, Empty, FormStart, Table, Tone};
use web_kit::form::Query;
use web_kit::{Cache, Fault, Language, PageResult, page, show};

use super::CALENDAR;
use super::month::{self, Month};
use crate::gate::Staff;
use crate::{link, refusal, show_day};

#[derive(Template)]
#[template(path = "rule/calendar.html")]
struct Page {
    chrome: Chrome,
    year: i16,
    years: Vec<(i16, String, bool)>,
    legend: Vec<(&'static str, &'static str, &'static str)>,
    weekdays: Vec<(&'static str, &'static str)>,
    months: Vec<Month>,
    days: Option<Table>,
    no_days: Empty,
    can_write: bool,
    can_confirm: bool,
    note: String,
    start: FormStart,
}

/// Which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    year: Option<i16>,
}

/// Shows it.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let today = staff.state.app.today();
    let year = asked.year.unwrap_or_else(|| today.year());
    let first = Day::new(year, 1, 1).ok().filter(|_| (1900..=2200).contains(&year));
    let first = first.ok_or_else(Fault::not_found)?;
    let calendar = staff.run(|app, _| rules::policy(app)).await.map_err(refusal::fault)?.calendar;
    let can_write = staff.may(Capability::WriteCalendar);
    let is_provisional = calendar.is_provisional(first);
    let mut chrome = staff.chrome(t.fill("calendar.title_year", &[("year", &year)]));
    if is_provisional {
        let text = t.text(if can_write { "calendar.provisional_do" } else { "calendar.provisional" });
        chrome = chrome.banner(Banner::new(Tone::Warning, text).title(t.text("calendar.provisional_title")));
    }
    let known = calendar.years().find(|known| known.year == year);
    let href = |day: Day| if can_write { change(day) } else { String::new() };
    let shown = Page {
        chrome,
        year,
        years: years(&calendar, year),
        legend: legend(t),
        weekdays: weekdays(t),
        months: month::of_year(t, &calendar, (year, today), href),
        days: table(t, &calendar, year, can_write),
        no_days: Empty::new(t.text("calendar.empty_title"), t.text("calendar.empty")),
        can_write,
        can_confirm: can_write && is_provisional,
        note: known.map(|known| known.note.clone()).unwrap_or_default(),
        start: FormStart::plain(&staff.visitor.form_token()),
    };
    page(&shown, Cache::Private)
}

/// Where a day is changed.
fn change(day: Day) -> String {
    link::with_query("/calendar/day", &[("day", &day.to_string())])
}

/// The years of the calendar, the one shown and its neighbours.
fn years(calendar: &Calendar, shown: i16) -> Vec<(i16, String, bool)> {
    let mut years: Vec<i16> = calendar.years().map(|known| known.year).collect();
    years.push(shown);
    years.sort_unstable();
    years.dedup();
    years.into_iter().map(|year| (year, format!("{CALENDAR}?year={year}"), year == shown)).collect()
}

fn legend(t: Language) -> Vec<(&'static str, &'static str, &'static str)> {
    let kinds = DayKind::ALL.into_iter().filter(|kind| *kind != DayKind::Working);
    kinds
        .map(|kind| {
            let mark = t.find(&format!("calendar.mark.{}", kind.word())).unwrap_or("");
            (month::class(kind), mark, t.text(&format!("day_kind.{}", kind.word())))
        })
        .collect()
}

fn weekdays(t: Language) -> Vec<(&'static str, &'static str)> {
    let day = |number: u8| {
        (t.text(&format!("calendar.weekday_short.d{number}")), t.text(&format!("calendar.weekday.d{number}")))
    };
    (1..=7).map(day).collect()
}

/// Days in a row of one kind and source.
struct Run {
    first: Day,
    last: Day,
    kind: DayKind,
    source: String,
}

fn runs<'a>(days: impl Iterator<Item = &'a SpecialDay>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for special in days {
        let follows = |run: &&mut Run| {
            run.last.tomorrow().is_ok_and(|next| next == special.day)
                && run.kind == special.kind
                && run.source == special.source
        };
        match runs.last_mut().filter(follows) {
            Some(run) => run.last = special.day,
            None => runs.push(Run {
                first: special.day,
                last: special.day,
                kind: special.kind,
                source: special.source.clone(),
            }),
        }
    }
    runs
}

fn table(t: Language, calendar: &Calendar, year: i16, can_write: bool) -> Option<Table> {
    let runs = runs(calendar.days_of(year));
    let columns = vec![
        Column::new(t.text("calendar.column.day")),
        Column::new(t.text("calendar.column.kind")),
        Column::new(t.text("calendar.column.source")).wide(),
    ];
    let row = |run: &Run| {
        let weekday =
            |day: Day| t.text(&format!("calendar.weekday.d{}", day.weekday().to_monday_one_offset()));
        let (shown, note) = if run.first == run.last {
            (show_day::day(run.first), weekday(run.first).to_owned())
        } else {
            (
                format!("{} – {}", show_day::day(run.first), show_day::day(run.last)),
                format!("{} – {}", weekday(run.first), weekday(run.last)),
            )
        };
        let day = if can_write { Cell::link(shown, change(run.first)) } else { Cell::new(shown) };
        vec![
            day.note(note),
            Cell::new(t.text(&format!("day_kind.{}", run.kind.word()))),
            Cell::new(run.source.clone()),
        ]
    };
    let made = Table::new(t, "days", t.text("calendar.days"), columns)
        .rows(runs.iter().map(row).collect())
        .caption_hidden()
        .cards();
    (!runs.is_empty()).then_some(made)
}

/// The day as pages of this part name it: `thứ Tư, 02/09/2020`.
pub(super) fn in_words(t: Language, day: Day) -> String {
    let weekday = day.weekday().to_monday_one_offset();
    format!("{}, {}", t.text(&format!("calendar.weekday.d{weekday}")), show::day(t, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_are_one_line_only_with_the_same_kind_and_source() {
        let calendar = Calendar::shipped();
        let runs = runs(calendar.days_of(2020));
        let tet = runs.iter().find(|run| run.first.to_string() == "2020-01-23").unwrap();
        assert_eq!((tet.last.to_string().as_str(), tet.kind), ("2020-01-27", DayKind::Holiday));
        let days: i32 = runs.iter().map(|run| run.first.until(run.last).unwrap().get_days() + 1).sum();
        assert_eq!(usize::try_from(days).unwrap(), calendar.days_of(2020).count());
    }
}
