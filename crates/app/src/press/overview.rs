//! The page of who leads the office: what is late and with whom, what waits for them, which step lost the time.

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::id::UnitId;
use domain::press::clock;
use domain::press::delay::{self, Place, Share};
use domain::press::workflow::State;
use domain::time::{self, Day, Timestamp};
use domain::unit::Tree;
use store::press::{self as rows, CaseRow, Filter};

use super::{EmergencyRow, forget, is_late};
use crate::roll_out::{self, Progress};
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, office};

/// Requests in each list of the page.
const MOST: u16 = 50;
/// Open requests that are looked through for those due soon.
const LOOKED_AT: u16 = 200;
/// How far back closed requests are looked at, in days.
pub const BACK: i64 = 365;

/// A late request with whom it is, and who had it longest.
#[derive(Debug, Clone)]
pub struct Late {
    /// The request, without name and contact.
    pub row: CaseRow,
    /// With whom it is, and from when; nobody when it is closed.
    pub with: Option<(Place, Timestamp)>,
    /// The step that lost the time.
    pub charged: Option<Place>,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Extraordinary cases that are not over.
    pub emergencies: Vec<EmergencyRow>,
    /// Requests that wait for this person's step of clearance.
    pub mine: Vec<CaseRow>,
    /// Open requests past their limit, the first due first.
    pub late: Vec<Late>,
    /// How many there are in all.
    pub late_total: i64,
    /// Requests due until the last day that people are reminded of now.
    pub soon: Vec<CaseRow>,
    /// That day.
    pub soon_until: Day,
    /// Units with parts past their day: how many, and the first day.
    pub late_parts: Vec<(UnitId, i64, Day)>,
    /// Regulations that units still owe an answer to.
    pub roll_outs: Vec<Progress>,
    /// Whether any regulation was sent at all.
    pub was_sent: bool,
    /// Answers approved past the chain that somebody still has to look at.
    pub looks: Vec<CaseRow>,
    /// How often that was done within a year.
    pub bypassed: i64,
    /// Requests closed within a year, and how many of them late.
    pub closed: (i64, i64),
    /// Which step lost the time of those late ones, the most first.
    pub charged: Vec<(Place, i64)>,
    /// All units.
    pub tree: Tree,
}

/// What the page of who leads the office shows.
///
/// # Errors
/// Without the right to see requests.
pub fn overview(app: &App, actor: &Actor) -> Result<Overview, ActionError> {
    actor.require(Capability::ReadPress)?;
    let policy = rules::policy(app)?;
    let (now, today) = (app.now(), app.today());
    app.read(|r| {
        let mut open = rows::open(r, None, LOOKED_AT)?;
        open.iter_mut().for_each(forget);
        let (late, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|row| is_late(row, now));
        let soon = clock::reminded_until(&policy.law, &policy.calendar, today).unwrap_or(today);
        let since = now - jiff::SignedDuration::from_hours(24 * BACK);
        let late_closed = rows::closed_late(r, since, LOOKED_AT)?;
        let mut looks = rows::second_looks(r, MOST)?;
        looks.iter_mut().for_each(forget);
        Ok(Overview {
            looks,
            bypassed: rows::bypassed_since(r, since)?,
            emergencies: store::emergency::open(r)?,
            mine: mine(r, actor)?,
            late: late.into_iter().take(usize::from(MOST)).map(|row| charge(&policy, row, now)).collect(),
            late_total: rows::count(r, &Filter { late_at: Some(now), ..Filter::default() })?,
            soon: rest
                .into_iter()
                .filter(|row| row.due_at.is_some_and(|due| time::day_of(due) <= soon))
                .take(usize::from(MOST))
                .collect(),
            soon_until: soon,
            late_parts: late_parts(r, today)?,
            roll_outs: roll_out::outstanding(r)?,
            was_sent: !store::roll_out::all(r)?.is_empty(),
            closed: rows::closed_since(r, since)?,
            charged: by_place(late_closed.into_iter().map(|row| charge(&policy, row, now))),
            tree: office::load_tree(r)?,
        })
    })
}

/// Requests whose next step of clearance is for one of the person's roles.
fn mine(r: &mut store::Reader<'_>, actor: &Actor) -> Result<Vec<CaseRow>, ActionError> {
    let filter = Filter { states: vec![State::InClearance], per_page: LOOKED_AT, ..Filter::default() };
    let mut waiting = rows::list(r, &filter)?;
    waiting.retain(|row| {
        let step = row.request.chain.get(row.request.next_step());
        step.is_some_and(|step| {
            actor.roles.contains(&step.role) && (!step.in_lead_unit || row.request.lead == actor.unit)
        })
    });
    waiting.truncate(usize::from(MOST));
    waiting.iter_mut().for_each(forget);
    waiting.sort_by_key(|row| (row.due_at.is_none(), row.due_at));
    Ok(waiting)
}

/// With whom a late request is, and who had it longest: as it was decided when it was closed, or as it is now.
fn charge(policy: &Policy, row: CaseRow, now: Timestamp) -> Late {
    let with = if row.state.is_closed() { None } else { row.request.stays.last() };
    let with = with.map(|stay| (stay.place.clone(), stay.from));
    let charged = row.request.charged.clone().or_else(|| {
        let shares = shares(policy, &row, now);
        delay::longest(&shares).map(|share| share.place.clone())
    });
    Late { row, with, charged }
}

/// How long a request was with whom, until it was closed or now.
pub(super) fn shares(policy: &Policy, row: &CaseRow, now: Timestamp) -> Vec<Share> {
    delay::shares(&row.request, row.due_at, row.closed_at.unwrap_or(now), &policy.calendar)
}

fn by_place(late: impl Iterator<Item = Late>) -> Vec<(Place, i64)> {
    let mut counts: BTreeMap<Place, i64> = BTreeMap::new();
    for place in late.filter_map(|late| late.charged) {
        *counts.entry(place).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn late_parts(r: &mut store::Reader<'_>, today: Day) -> Result<Vec<(UnitId, i64, Day)>, ActionError> {
    let mut units: BTreeMap<UnitId, (i64, Day)> = BTreeMap::new();
    let waiting = rows::waiting_parts(r, None, LOOKED_AT)?.into_iter();
    for part in waiting.map(|(part, _)| part).filter(|part| part.due_on < today) {
        let (count, first) = units.entry(part.unit).or_insert((0, part.due_on));
        *count += 1;
        *first = (*first).min(part.due_on);
    }
    let mut units: Vec<_> = units.into_iter().map(|(unit, (count, first))| (unit, count, first)).collect();
    units.sort_by_key(|(_, count, first)| (std::cmp::Reverse(*count), *first));
    Ok(units)
}
