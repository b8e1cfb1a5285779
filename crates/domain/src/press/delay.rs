//! Which step lost the time (*bước làm chậm*): how long a request was with whom, and who had it longest. Only working
//! days count, and no day of a pause.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::request::{Request, Shift};
use super::workflow::State;
use crate::calendar::Calendar;
use crate::id::UnitId;
use crate::time::{self, Day, Timestamp};

/// With whom a request is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Where it stands.
    pub state: State,
    /// The title of the step of the chain; empty outside clearance.
    #[serde(default)]
    pub title: String,
    /// The unit that has it, where it is one.
    #[serde(default)]
    pub unit: Option<UnitId>,
}

/// From when a request was with somebody; until the next one, or its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// With whom.
    #[serde(flatten)]
    pub place: Place,
    /// From when.
    pub from: Timestamp,
}

/// How long a request was with somebody, all stays together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// With whom.
    pub place: Place,
    /// In working days.
    pub held: SignedDuration,
    /// Of that, after its limit had passed.
    pub after_due: SignedDuration,
}

/// Tenths of a working day, rounded.
const fn tenths(duration: SignedDuration) -> i64 {
    const MINUTES: i64 = 144;
    (duration.as_mins() + MINUTES / 2) / MINUTES
}

impl Share {
    /// How long it was with them, in tenths of a working day.
    pub const fn held_tenths(&self) -> i64 {
        tenths(self.held)
    }

    /// Of that, after its limit had passed, in tenths of a working day.
    pub const fn after_due_tenths(&self) -> i64 {
        tenths(self.after_due)
    }
}

/// With whom a request in `state` is; nobody when it is closed.
pub fn place(state: State, request: &Request) -> Option<Place> {
    if state.is_closed() {
        return None;
    }
    let step = request.chain.get(request.next_step()).filter(|_| state == State::InClearance);
    let is_with_lead =
        matches!(state, State::Assigned | State::Drafting) || step.is_some_and(|step| step.in_lead_unit);
    Some(Place {
        state,
        title: step.map(|step| step.title.clone()).unwrap_or_default(),
        unit: request.lead.filter(|_| is_with_lead),
    })
}

/// Notes with whom a request is from `at` on. Nothing when that did not change, or it is closed.
pub fn note(request: &mut Request, state: State, at: Timestamp) {
    let Some(place) = place(state, request) else { return };
    if request.stays.last().is_none_or(|stay| stay.place != place) {
        request.stays.push(Stay { place, from: at });
    }
}

/// How long a request was with whom until `end`, in the order of the first stays.
pub fn shares(request: &Request, due: Option<Timestamp>, end: Timestamp, calendar: &Calendar) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    let ends = request.stays.iter().skip(1).map(|next| next.from).chain([end]);
    for (stay, to) in request.stays.iter().zip(ends) {
        let worked = |from: Timestamp| worked((from, to), &request.shifts, calendar);
        let held = worked(stay.from);
        let after_due = due.map_or(SignedDuration::ZERO, |due| worked(stay.from.max(due)));
        match shares.iter_mut().find(|share| share.place == stay.place) {
            Some(share) => {
                share.held += held;
                share.after_due += after_due;
            }
            None => shares.push(Share { place: stay.place.clone(), held, after_due }),
        }
    }
    shares
}

/// Who had it longest: the step that lost the time. The earlier one among equals.
pub fn longest(shares: &[Share]) -> Option<&Share> {
    shares.iter().rev().max_by_key(|share| share.held)
}

/// The time between two instants that lies in working days outside pauses.
fn worked((from, to): (Timestamp, Timestamp), shifts: &[Shift], calendar: &Calendar) -> SignedDuration {
    let mut total = SignedDuration::ZERO;
    let (first, last) = (time::day_of(from), time::day_of(to));
    for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
        if !calendar.is_working(day) || shifts.iter().any(|shift| is_paused(shift, day)) {
            continue;
        }
        let next = day.tomorrow().and_then(time::start_of);
        let (Ok(start), Ok(next)) = (time::start_of(day), next) else { continue };
        let (start, end) = (start.max(from), next.min(to));
        if start < end {
            total += end.duration_since(start);
        }
    }
    total
}

fn is_paused(shift: &Shift, day: Day) -> bool {
    shift.days == 0 && shift.from <= day && shift.to.is_none_or(|last| day <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::chain::Step;
    use super::*;
    use crate::access::Role;

    fn at(day: i8, hour: i8) -> Timestamp {
        time::at(date(2026, 8, day), hour, 0).unwrap()
    }

    fn hours(hours: i64) -> SignedDuration {
        SignedDuration::from_hours(hours)
    }

    /// Received on Monday 3 August 2026 at 8:00, assigned at 10:00, drafted from Tuesday 8:00, handed in on Friday 8:00.
    fn request() -> Request {
        let lead = Some(UnitId::from_parts(7, 7));
        let step =
            Step { title: "Người phát ngôn".into(), role: Role::Spokesperson, in_lead_unit: false };
        let mut request = Request { chain: vec![step], ..Request::default() };
        note(&mut request, State::Received, at(3, 8));
        request.lead = lead;
        note(&mut request, State::Assigned, at(3, 10));
        note(&mut request, State::Drafting, at(4, 8));
        note(&mut request, State::Drafting, at(5, 8));
        note(&mut request, State::InClearance, at(7, 8));
        request
    }

    #[test]
    fn the_step_that_had_it_longest_lost_the_time_and_weekends_are_nobodys() {
        let calendar = Calendar::shipped();
        let shares = shares(&request(), Some(at(6, 8)), at(10, 8), &calendar);
        let held: Vec<_> =
            shares.iter().map(|share| (share.place.state, share.held, share.after_due)).collect();
        assert_eq!(
            held,
            [
                (State::Received, hours(2), hours(0)),
                (State::Assigned, hours(22), hours(0)),
                (State::Drafting, hours(72), hours(24)),
                // Friday from 8:00, nothing of the weekend, Monday until 8:00.
                (State::InClearance, hours(24), hours(24)),
            ]
        );
        let longest = longest(&shares).unwrap();
        assert_eq!(
            (longest.place.state, longest.place.unit),
            (State::Drafting, Some(UnitId::from_parts(7, 7)))
        );
        assert_eq!((shares[1].held_tenths(), longest.after_due_tenths()), (9, 10));
        assert_eq!(shares[3].place.title, "Người phát ngôn");
        assert_eq!(shares[3].place.unit, None);
    }

    #[test]
    fn a_pause_is_nobodys_time_and_coming_back_adds_to_the_first_stay() {
        let mut request = request();
        let (from, to) = (date(2026, 8, 5), Some(date(2026, 8, 6)));
        let (reason, document, rule) = (String::new(), String::new(), String::new());
        request.shifts.push(Shift { reason, document, from, to, days: 0, rule });
        note(&mut request, State::Drafting, at(10, 8));
        note(&mut request, State::Answered, at(10, 20));
        let shares = shares(&request, None, at(10, 20), &Calendar::shipped());
        let drafting = shares.iter().find(|share| share.place.state == State::Drafting).unwrap();
        // Tuesday from 8:00 and Friday until 8:00, then Monday from 8:00 to 20:00.
        assert_eq!((drafting.held, drafting.after_due), (hours(16 + 8 + 12), hours(0)));
        assert_eq!(shares.len(), 4, "closed is no place");
    }

    #[test]
    fn among_equals_the_earlier_one_is_named() {
        let share = |state| Share {
            place: Place { state, title: String::new(), unit: None },
            held: hours(1),
            after_due: hours(0),
        };
        let shares = [share(State::Received), share(State::Drafting)];
        assert_eq!(longest(&shares).unwrap().place.state, State::Received);
        assert_eq!(longest(&[]), None);
    }
}
