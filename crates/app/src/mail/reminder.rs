//! The daily letter: what is due soon or late for a person. Everybody gets one at most, on working days, and nobody who is
//! away.

use std::collections::BTreeSet;

use domain::access::Capability;
use domain::id::PersonId;
use domain::press::clock;
use domain::time::{self, Day};
use jiff::SignedDuration;
use store::person::PersonRow;
use store::press as cases;
use store::roll_out as roll_outs;
use store::{Reader, Tx};

use super::{Content, Item, Subject, queue, settings};
use crate::jobs::Outcome;
use crate::{ActionError, Actor, rules};

/// Lines of a letter.
const LINES: usize = 30;
/// Requests that are looked through.
const LOOKED_AT: u16 = 500;
/// A reminder is of no use when the next one comes.
const OF_USE: SignedDuration = SignedDuration::from_hours(20);

/// What is due until the last day of which people are reminded.
struct Due {
    items: Vec<(Option<domain::id::UnitId>, Item)>,
}

/// Queues the letters of today.
pub(crate) fn remind(tx: &mut Tx<'_>) -> Result<Outcome, ActionError> {
    if !settings::is_on(tx)? {
        return Ok(Outcome::good("mail_off"));
    }
    let policy = rules::load(tx)?;
    let today = time::day_of(tx.now());
    let last = clock::reminded_until(&policy.law, &policy.calendar, today);
    let Some(last) = last.filter(|_| policy.calendar.is_working(today)) else {
        return Ok(Outcome::good("no_reminders"));
    };
    let due = Due::find(tx, last)?;
    let away: BTreeSet<PersonId> = store::absence::since(tx, today)?
        .into_iter()
        .filter(|absence| absence.first <= today)
        .filter_map(|absence| absence.person)
        .collect();
    let until = tx.now() + OF_USE;
    let mut letters = 0;
    for person in store::person::all(tx)? {
        if !person.is_enabled || person.email.is_empty() || away.contains(&person.id) {
            continue;
        }
        let mut items = due.of(&person);
        if items.is_empty() {
            continue;
        }
        let more = items.len().saturating_sub(LINES);
        items.truncate(LINES);
        let content = Content::Reminder { day: today, items, more };
        letters +=
            usize::from(queue(tx, person.id, &format!("reminder {today} {}", person.id), &content, until)?);
    }
    Ok(Outcome::good("reminded").with("letters", letters))
}

impl Due {
    /// Everything due until a day, the first due first.
    fn find(r: &mut Reader<'_>, last: Day) -> Result<Due, ActionError> {
        let mut items = Vec::new();
        for case in cases::open(r, None, LOOKED_AT)? {
            let Some(due) = case.due_at.map(time::day_of).filter(|due| *due <= last) else { continue };
            let path = format!("/press/{}", case.id);
            let label = case.number.clone();
            items.push((case.request.lead, Item { subject: Subject::Case, label, due, path }));
        }
        for (part, number) in cases::waiting_parts(r, None, LOOKED_AT)? {
            if part.due_on <= last {
                let path = "/press/work".to_owned();
                let item = Item { subject: Subject::Part, label: number, due: part.due_on, path };
                items.push((Some(part.unit), item));
            }
        }
        for row in store::emergency::open(r)? {
            let Some(at) = row.due_at.filter(|_| row.emergency.said.is_empty()) else { continue };
            let due = time::day_of(at);
            if due <= last {
                let (label, path) = (time::instant_in_table(at), format!("/press/emergencies/{}", row.id));
                items.push((None, Item { subject: Subject::Emergency, label, due, path }));
            }
        }
        for row in cases::second_looks(r, LOOKED_AT)? {
            let look_by = row.request.bypass.as_ref().and_then(|bypass| bypass.look_by);
            let Some(due) = look_by.map(time::day_of).filter(|due| *due <= last) else { continue };
            let (label, path) = (row.number.clone(), format!("/press/{}", row.id));
            items.push((row.request.lead, Item { subject: Subject::SecondLook, label, due, path }));
        }
        let standing = crate::roll_out::standing(roll_outs::all(r)?);
        for campaign in standing.into_iter().filter(|campaign| campaign.due_on <= last) {
            let waiting = roll_outs::answers(r, campaign.id)?.into_iter();
            for answer in waiting.filter(|answer| !answer.state.is_done()) {
                let path = format!("/roll-outs/{}", campaign.id);
                let label = campaign.symbol.clone();
                let item = Item { subject: Subject::RollOut, label, due: campaign.due_on, path };
                items.push((Some(answer.unit), item));
            }
        }
        items.sort_by_key(|(_, item)| item.due);
        Ok(Due { items })
    }

    /// What of it is this person's business, by the own unit; everything but the answers of units for those who work for
    /// the whole office.
    fn of(&self, person: &PersonRow) -> Vec<Item> {
        let actor = Actor::person(person.id, person.unit, person.roles.clone());
        let acts = [
            Capability::TakePress,
            Capability::DraftPress,
            Capability::ClearPress,
            Capability::ApprovePress,
            Capability::IssuePress,
        ];
        if !acts.into_iter().any(|capability| actor.may(capability)) {
            return Vec::new();
        }
        let is_mine = |unit: &Option<domain::id::UnitId>, item: &Item| match person.unit {
            Some(own) => *unit == Some(own),
            None => item.subject != Subject::RollOut,
        };
        let may_do = |item: &Item| match item.subject {
            Subject::Emergency => actor.may(Capability::ApprovePress),
            Subject::SecondLook => actor.may(Capability::ClearPress),
            Subject::Case | Subject::Part | Subject::RollOut => true,
        };
        self.items
            .iter()
            .filter(|(unit, item)| is_mine(unit, item) && may_do(item))
            .map(|(_, item)| item.clone())
            .collect()
    }
}
