//! The log of security events: one chain, checked against itself and against the ledger, shortened with a mark.

use domain::ledger::Fault;
use domain::time::Timestamp;
use store::ledger;
use store::security::{self, BadEvent, NewEvent, Verification};
use testkit::{Office, for_each_backend};

fn note(office: &Office, events: &[&str]) {
    let at_milliseconds = office.db.sources().clock.now().as_millisecond();
    let new = |event: &&str| NewEvent {
        at_milliseconds,
        event: (*event).to_owned(),
        address: "10.0.0.1".to_owned(),
        port: 50_000,
        ..NewEvent::default()
    };
    let events: Vec<NewEvent> = events.iter().map(new).collect();
    office.db.write(&office.actor(), |tx| security::append(tx, &events)).unwrap();
}

fn verify(office: &Office) -> Verification {
    office.db.read(security::verify).unwrap()
}

fn anchor(office: &Office) -> bool {
    office.db.write(&office.actor(), security::anchor).unwrap()
}

#[test]
fn events_stand_in_one_chain_and_are_paged_by_kind() {
    for_each_backend(|office| {
        assert_eq!(verify(office), Verification { events: 0, first_fault: None });
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| note(office, &["signed_in", "access_refused"]));
            }
        });
        assert_eq!(verify(office), Verification { events: 8, first_fault: None });
        let kinds = office.db.read(security::kinds).unwrap();
        assert_eq!(kinds, ["access_refused", "signed_in"]);
        let (events, more) = office.db.read(|r| security::page(r, None, None, 5)).unwrap();
        assert_eq!((events.len(), events[0].sequence, more), (5, 8, true));
        let (events, more) = office.db.read(|r| security::page(r, Some(4), Some("signed_in"), 5)).unwrap();
        assert!(events.iter().all(|event| event.event == "signed_in" && event.sequence < 4) && !more);
    });
}

#[test]
fn a_changed_missing_or_cut_off_event_is_found_and_so_is_a_chain_made_anew() {
    let fault = |damage: &str| {
        let found = std::cell::RefCell::new(Vec::new());
        for_each_backend(|office| {
            note(office, &["signed_in", "access_refused", "signed_out"]);
            assert!(anchor(office));
            assert!(!anchor(office), "nothing new to record");
            office.damage(damage);
            found.borrow_mut().push(verify(office).first_fault.unwrap());
        });
        let found = found.into_inner();
        assert_eq!(found[0], found[1]);
        found[0]
    };
    let changed = "UPDATE security_events SET address = '10.0.0.2' WHERE sequence = 2";
    assert_eq!(fault(changed), (2, BadEvent::Chain(Fault::Changed)));
    assert_eq!(fault("DELETE FROM security_events WHERE sequence = 2"), (3, BadEvent::Chain(Fault::Gap)));
    assert_eq!(fault("DELETE FROM security_events WHERE sequence = 3"), (4 - 1, BadEvent::CutOff));
    let anew = "DELETE FROM security_events;
        UPDATE security_head SET sequence = 0, hash = removed_hash WHERE id = 1";
    assert_eq!(fault(anew), (1, BadEvent::CutOff));
}

#[test]
fn events_kept_long_enough_go_and_the_rest_still_verifies() {
    for_each_backend(|office| {
        note(office, &["signed_in", "signed_out"]);
        anchor(office);
        office.clock.advance_minutes(60);
        let limit = office.db.sources().clock.now();
        let remove = |before: Timestamp| {
            office.db.write(&office.actor(), |tx| security::remove_before(tx, before)).unwrap()
        };
        assert_eq!(remove(limit), None, "the newest event always stays: the chain keeps its end");
        note(office, &["signed_in"]);
        assert_eq!(remove(limit), Some(2));
        assert_eq!(remove(limit), None);
        assert_eq!(verify(office), Verification { events: 1, first_fault: None });
        office.damage("UPDATE security_head SET removed_sequence = 1 WHERE id = 1");
        assert_eq!(verify(office).first_fault, Some((3, BadEvent::Chain(Fault::Gap))));
    });
}

#[test]
fn an_anchor_is_an_entry_of_the_ledger() {
    for_each_backend(|office| {
        note(office, &["signed_in"]);
        office.db.write(&office.actor(), |tx| security::anchor(tx).map(drop)).unwrap();
        let (entries, _) = office.db.read(|r| ledger::page(r, &ledger::Filter::default(), 10)).unwrap();
        assert_eq!(entries[0].kind, "security_log.anchored");
        let checked = office.db.read(|r| ledger::verify(r, |_, _| {})).unwrap();
        assert_eq!(checked.first_fault, None);
    });
}
