//! What the station broadcast and supplied, month by month, for people and for a sheet.

use app::radio::{self, Month, SUPPLIED};
use askama::Template;
use domain::access::Capability;
use domain::period::Period;
use domain::publication::Kind;
use domain::time::Day;
use serde::Deserialize;
use web_kit::chrome::Chrome;
use web_kit::component::{Banner, Cell, Column, Table, Tone};
use web_kit::form::Query;
use web_kit::page::attachment;
use web_kit::{Cache, Fault, Language, PageResult, page};

use super::PATH;
use crate::refusal::fault;
use crate::{Staff, link};

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    year: Option<i16>,
    /// Bulletins handed in just now.
    done: Option<u32>,
    /// Bulletins that could not be.
    kept: Option<u32>,
}

#[derive(Template)]
#[template(path = "radio/months.html")]
struct Page {
    chrome: Chrome,
    may_write: bool,
    before: (String, String),
    after: Option<(String, String)>,
    csv: String,
    table: Table,
}

async fn months(staff: &Staff, asked: &Asked) -> Result<(i16, Period, Vec<Month>), Fault> {
    let year = asked.year.unwrap_or_else(|| staff.state.app.today().year());
    let period = Period::calendar_year(year).map_err(|_| Fault::not_found())?;
    let months = staff.run(move |app, actor| radio::months(app, actor, year)).await.map_err(fault)?;
    Ok((year, period, months))
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let (year, period, months) = months(&staff, &asked).await?;
    let of = |year: i16| (year.to_string(), link::with_query(PATH, &[("year", &year.to_string())]));
    let mut chrome = staff.chrome(t.fill("radio.title_of", &[("year", &year)]));
    if let (Some(done), Some(kept)) = (asked.done, asked.kept) {
        let tone = if kept > 0 { Tone::Warning } else { Tone::Done };
        chrome =
            chrome.banner(Banner::new(tone, t.fill("radio.submitted", &[("done", &done), ("kept", &kept)])));
    }
    let shown = Page {
        chrome,
        may_write: staff.may(Capability::WritePublications),
        before: of(year - 1),
        after: (year < staff.state.app.today().year()).then(|| of(year + 1)),
        csv: link::with_query("/radio/months.csv", &[("year", &year.to_string())]),
        table: table(t, period, &months),
    };
    page(&shown, Cache::Private)
}

fn table(t: Language, period: Period, months: &[Month]) -> Table {
    let columns = vec![
        Column::new(t.text("radio.month")),
        Column::new(t.text("radio.bulletins")).numeric(),
        Column::new(t.text("radio.with_sound")).numeric(),
        Column::new(t.text("radio.minutes_of_sound")).numeric(),
        Column::new(t.text("radio.supplied")).numeric(),
    ];
    let row = |month: &Month| {
        let supplied = t.number(month.supplied);
        vec![
            Cell::new(t.fill("part_label.month", &[("month", &month.month), ("year", &period.year())])),
            Cell::new(t.number(month.bulletins)),
            Cell::new(t.number(month.with_sound)),
            Cell::new(minutes(t, month.seconds, month.unknown)),
            match days(period.year(), month.month) {
                Some([first, last]) if month.supplied > 0 => {
                    let query = [("from", first.to_string()), ("to", last.to_string())];
                    let query = query.each_ref().map(|(name, day)| (*name, day.as_str()));
                    Cell::link(supplied, link::with_query("/registers/news", &query))
                }
                _ => Cell::new(supplied),
            },
        ]
    };
    let total = |of: fn(&Month) -> u64| t.number(months.iter().map(of).sum());
    let bulletins = link::with_query("/publications", &[("kind", Kind::Bulletin.word())]);
    Table::new(t, "months", t.text("radio.months"), columns)
        .rows(months.iter().map(row).collect())
        .foot(vec![
            Cell::new(t.text("radio.total")),
            Cell::link(total(|month| month.bulletins), bulletins),
            Cell::new(total(|month| month.with_sound)),
            Cell::new(minutes(
                t,
                months.iter().map(|month| month.seconds).sum(),
                months.iter().map(|month| month.unknown).sum(),
            )),
            Cell::link(total(|month| month.supplied), link::figure(SUPPLIED, period)),
        ])
        .caption_hidden()
}

/// Whole minutes, and of how many bulletins the length is not known.
fn minutes(t: Language, seconds: u64, unknown: u64) -> String {
    let minutes = t.number(rounded(seconds));
    if unknown == 0 {
        minutes
    } else {
        t.fill("radio.minutes_unknown", &[("minutes", &minutes), ("unknown", &t.number(unknown))])
    }
}

/// Seconds as minutes, rounded once.
const fn rounded(seconds: u64) -> u64 {
    (seconds + 30) / 60
}

/// First and last day of a month.
fn days(year: i16, month: i8) -> Option<[Day; 2]> {
    let first = Day::new(year, month, 1).ok()?;
    Some([first, first.last_of_month()])
}

/// The same numbers for a sheet.
pub(super) async fn csv(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let (year, _, months) = months(&staff, &asked).await?;
    let heads = [
        "radio.month",
        "radio.bulletins",
        "radio.with_sound",
        "radio.minutes_of_sound",
        "radio.length_unknown",
        "radio.supplied",
    ];
    let line = |month: &Month| {
        let Month { month, bulletins, with_sound, seconds, unknown, supplied } = month;
        let minutes = rounded(*seconds);
        format!("{month}/{year},{bulletins},{with_sound},{minutes},{unknown},{supplied}\r\n")
    };
    let head = heads.map(|head| format!("\"{}\"", t.text(head))).join(",");
    let lines: String = months.iter().map(line).collect();
    let name = format!("phat-thanh-{year}.csv");
    Ok(attachment(format!("\u{FEFF}{head}\r\n{lines}"), "text/csv; charset=utf-8", &name))
}
