use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::*;
use crate::access::Role;

fn facts(state: State, drafters: &[String]) -> ReportFacts<'_> {
    ReportFacts { state, drafters, digest: "d1", cleared_digest: Some("d1") }
}

fn try_it(state: State, event: Event, role: Role) -> Result<State, Refusal> {
    decide(&facts(state, &[]), event, Who { person: "p", roles: &[role] }, Some("vì sao"))
        .map(|step| step.to())
}

#[test]
fn the_whole_table_cell_by_cell() {
    let mut table = String::new();
    for state in State::ALL {
        for event in Event::ALL {
            let cells: Vec<&str> = Role::ALL
                .into_iter()
                .map(|role| try_it(state, event, role).map_or_else(Refusal::code, State::word))
                .collect();
            if cells.iter().any(|cell| *cell != "not_now") {
                writeln!(table, "{:12} {:9} {}", state.word(), event.word(), cells.join(" ")).unwrap();
            }
        }
    }
    // Columns: clerk officer unit_head radio spokesperson leader superior administrator.
    let expected = "\
draft        freeze    frozen frozen not_yours not_yours frozen not_yours not_yours not_yours
frozen       reopen    draft draft not_yours not_yours draft not_yours not_yours not_yours
frozen       submit    in_clearance in_clearance not_yours not_yours in_clearance not_yours not_yours not_yours
in_clearance send_back not_yours not_yours not_yours not_yours frozen frozen not_yours not_yours
in_clearance clear     not_yours not_yours not_yours not_yours cleared cleared not_yours not_yours
cleared      send_back not_yours not_yours not_yours not_yours not_yours frozen not_yours not_yours
cleared      sign      not_yours not_yours not_yours not_yours not_yours signed not_yours not_yours
signed       send_back not_yours not_yours not_yours not_yours not_yours frozen not_yours not_yours
signed       issue     issued not_yours not_yours not_yours not_yours not_yours not_yours not_yours
issued       reopen    draft draft not_yours not_yours draft not_yours not_yours not_yours
";
    assert_eq!(table, expected);
}

#[test]
fn every_state_can_be_reached_and_left() {
    let reached: BTreeSet<State> = TRANSITIONS.iter().map(|row| row.to).collect();
    let left: BTreeSet<State> = TRANSITIONS.iter().map(|row| row.from).collect();
    for state in State::ALL {
        assert!(reached.contains(&state) && left.contains(&state), "{state:?}");
    }
    let cells: BTreeSet<_> = TRANSITIONS.iter().map(|row| (row.from, row.event)).collect();
    assert_eq!(cells.len(), TRANSITIONS.len(), "a cell stands twice");
}

#[test]
fn whoever_drafted_neither_clears_nor_signs() {
    let drafters = ["dung".to_owned()];
    let dung = Who { person: "dung", roles: &[Role::Spokesperson, Role::Leader] };
    assert_eq!(
        decide(&facts(State::InClearance, &drafters), Event::Clear, dung, None),
        Err(Refusal::OwnDraft)
    );
    assert_eq!(decide(&facts(State::Cleared, &drafters), Event::Sign, dung, None), Err(Refusal::OwnDraft));
    let other = Who { person: "binh", ..dung };
    assert!(decide(&facts(State::Cleared, &drafters), Event::Sign, other, None).is_ok());
}

#[test]
fn a_text_changed_since_clearance_is_neither_signed_nor_issued() {
    let mut report = facts(State::Cleared, &[]);
    report.digest = "d2";
    let leader = Who { person: "p", roles: &[Role::Leader] };
    assert_eq!(decide(&report, Event::Sign, leader, None), Err(Refusal::ChangedSinceClearance));
    report.state = State::Signed;
    let clerk = Who { person: "p", roles: &[Role::Clerk] };
    assert_eq!(decide(&report, Event::Issue, clerk, None), Err(Refusal::ChangedSinceClearance));
}

#[test]
fn going_back_needs_a_reason() {
    let clerk = Who { person: "p", roles: &[Role::Clerk] };
    for reason in [None, Some("  ")] {
        assert_eq!(decide(&facts(State::Issued, &[]), Event::Reopen, clerk, reason), Err(Refusal::NoReason));
    }
}

#[test]
fn buttons_ask_the_same_decision() {
    let leader = Who { person: "p", roles: &[Role::Leader] };
    let events: Vec<Event> =
        available(&facts(State::Cleared, &[]), leader).into_iter().map(|(event, _)| event).collect();
    assert_eq!(events, [Event::SendBack, Event::Sign]);
}
