//! Letters that wait: once per cause, claimed by one worker, put off, given up, forgotten.

use domain::id::PersonId;
use jiff::SignedDuration;
use store::StoreError;
use store::mail::{self, Ending, MailRow, Recipient, TRIES};
use testkit::{Office, for_each_backend};

use crate::cast;

fn person(office: &Office) -> PersonId {
    office.db.write(&office.actor(), |tx| cast::person(tx, "an")).unwrap()
}

fn queue(office: &Office, person: PersonId, cause: &str) -> bool {
    let until = office.db.sources().clock.now() + SignedDuration::from_hours(24);
    office.db.write(&office.actor(), |tx| mail::queue(tx, person, (cause, "{}"), until)).unwrap()
}

fn claim(office: &Office) -> Option<MailRow> {
    mail::claim(&office.db, "w").unwrap()
}

fn settle(office: &Office, row: &MailRow, ending: &Ending) -> Result<(), StoreError> {
    office.db.write(&office.actor(), |tx| mail::settle(tx, row, ending))
}

fn states(office: &Office) -> Vec<(String, i64)> {
    office.db.read(mail::counts).unwrap()
}

#[test]
fn a_cause_makes_one_letter_and_one_worker_sends_it_once() {
    for_each_backend(|office| {
        let person = person(office);
        assert!(queue(office, person, "c1"));
        assert!(!queue(office, person, "c1"));
        let claimed: Vec<MailRow> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|n| scope.spawn(move || mail::claim(&office.db, &format!("w{n}")).unwrap()))
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 1);
        settle(office, &claimed[0], &Ending::Sent).unwrap();
        let again = settle(office, &claimed[0], &Ending::Sent);
        assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
        assert_eq!(claim(office), None);
        assert_eq!(states(office), [("sent".to_owned(), 1)]);
    });
}

#[test]
fn a_letter_goes_to_a_person_or_to_who_sent_a_request_and_to_nobody_who_is_not_there() {
    for_each_backend(|office| {
        let person = person(office);
        queue(office, person, "c1");
        let case = crate::press::case(cast::unit(office), 1);
        let until = office.db.sources().clock.now() + SignedDuration::from_hours(24);
        let to_sender =
            || office.db.write(&office.actor(), |tx| mail::queue(tx, case.id, ("c2", "{}"), until));
        assert!(matches!(to_sender(), Err(StoreError::Dangling(_))), "{:?}", to_sender());
        office.db.write(&office.actor(), |tx| store::press::insert(tx, &case)).unwrap();
        assert!(to_sender().unwrap());
        let (first, second) = (claim(office).unwrap(), claim(office).unwrap());
        assert_eq!((first.to, second.to), (Recipient::Person(person), Recipient::Sender(case.id)));
    });
}

#[test]
fn a_worker_that_died_loses_its_letter_after_ten_minutes_under_the_same_id() {
    for_each_backend(|office| {
        let person = person(office);
        queue(office, person, "c1");
        let dead = claim(office).unwrap();
        office.clock.advance_minutes(9);
        assert_eq!(claim(office), None);
        office.clock.advance_minutes(2);
        let taken_over = claim(office).unwrap();
        assert_eq!((taken_over.id, taken_over.attempts), (dead.id, 2));
        assert!(matches!(settle(office, &dead, &Ending::Sent), Err(StoreError::Stale { .. })));
        settle(office, &taken_over, &Ending::Sent).unwrap();
    });
}

#[test]
fn without_a_server_everything_waits_in_order_and_nothing_is_given_up() {
    for_each_backend(|office| {
        let person = person(office);
        for cause in ["c1", "c2", "c3"] {
            queue(office, person, cause);
            office.clock.advance_milliseconds(1);
        }
        for _ in 0..TRIES + 5 {
            let row = claim(office).unwrap();
            settle(office, &row, &Ending::Unreachable("no way".into())).unwrap();
            assert_eq!(claim(office), None, "one try, not one for each letter");
            office.clock.advance_minutes(61);
        }
        let mut order = Vec::new();
        while let Some(row) = claim(office) {
            order.push(row.cause.clone());
            settle(office, &row, &Ending::Sent).unwrap();
        }
        assert_eq!(order, ["c1", "c2", "c3"]);
    });
}

#[test]
fn what_the_server_puts_off_ten_times_or_refuses_is_given_up_until_a_person_says_again() {
    for_each_backend(|office| {
        let person = person(office);
        queue(office, person, "c1");
        for _ in 0..TRIES {
            let row = claim(office).unwrap();
            settle(office, &row, &Ending::Later("greylisted".into())).unwrap();
            office.clock.advance_minutes(61);
        }
        assert_eq!(claim(office), None);
        let row = office.db.read(|r| mail::latest(r, 5)).unwrap().remove(0);
        assert_eq!((row.state.as_str(), row.last_error.as_deref()), ("failed", Some("greylisted")));
        let until = office.db.sources().clock.now() + SignedDuration::from_hours(1);
        let again = |id| office.db.write(&office.actor(), |tx| mail::again(tx, id, until)).unwrap();
        assert!(again(row.id));
        assert!(!again(row.id), "it waits already");
        let row = claim(office).unwrap();
        assert_eq!((row.attempts, row.expires_at), (1, until));
        settle(office, &row, &Ending::Failed("no such box".into())).unwrap();
        assert_eq!(states(office), [("failed".to_owned(), 1)]);
    });
}

#[test]
fn what_is_put_off_goes_at_once_when_hastened_and_what_ended_is_forgotten() {
    for_each_backend(|office| {
        let person = person(office);
        queue(office, person, "c1");
        let row = claim(office).unwrap();
        settle(office, &row, &Ending::Unreachable("no way".into())).unwrap();
        assert_eq!(claim(office), None);
        office.db.write(&office.actor(), mail::hasten).unwrap();
        let row = claim(office).unwrap();
        settle(office, &row, &Ending::Expired).unwrap();
        queue(office, person, "c2");
        office.clock.advance_minutes(1);
        let now = office.db.sources().clock.now();
        assert_eq!(office.db.write(&office.actor(), |tx| mail::sweep(tx, now)).unwrap(), 1);
        assert_eq!(states(office), [("waiting".to_owned(), 1)]);
    });
}
