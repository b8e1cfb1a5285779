//! Background work: once, later, given up, taken over.

use store::job::{self, Ending};
use store::{StoreError, setting};
use testkit::{Office, for_each_backend};

const KINDS: &[&str] = &["backup"];

fn queue(office: &Office, unique_key: Option<&str>) -> Option<domain::id::JobId> {
    let now = office.db.sources().clock.now();
    office.db.write(&office.actor(), |tx| job::enqueue(tx, "backup", "{}", unique_key, now)).unwrap()
}

fn settle(office: &Office, job: &job::JobRow, ending: Ending) -> Result<(), StoreError> {
    office.db.write(&office.actor(), |tx| job::settle(tx, job, &ending))
}

#[test]
fn a_job_is_claimed_by_one_worker_and_done_once() {
    for_each_backend(|office| {
        queue(office, None).unwrap();
        let claimed: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|n| scope.spawn(move || job::claim(&office.db, &format!("w{n}"), KINDS).unwrap()))
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 1);
        settle(office, &claimed[0], Ending::Done("{}".into())).unwrap();
        assert!(matches!(
            settle(office, &claimed[0], Ending::Done("{}".into())),
            Err(StoreError::Stale { .. })
        ));
        assert_eq!(job::claim(&office.db, "w", KINDS).unwrap(), None);
        assert_eq!(office.db.read(|r| job::ended(r, 10)).unwrap()[0].state, "done");
    });
}

#[test]
fn a_worker_that_lost_its_claim_leaves_no_effect() {
    for_each_backend(|office| {
        queue(office, None).unwrap();
        let slow = job::claim(&office.db, "slow", KINDS).unwrap().unwrap();
        office.clock.advance_minutes(11);
        let quick = job::claim(&office.db, "quick", KINDS).unwrap().unwrap();
        assert_eq!((slow.id, quick.attempts), (quick.id, 2));
        let run = |job: &job::JobRow, value: &str| {
            office.db.write(&office.actor(), |tx| {
                setting::set(tx, "effect", value)?;
                job::settle(tx, job, &Ending::Done("{}".into()))
            })
        };
        assert!(matches!(run(&slow, "slow"), Err(StoreError::Stale { .. })));
        run(&quick, "quick").unwrap();
        let effect = office.db.read(|r| setting::get(r, "effect")).unwrap();
        assert_eq!(effect.as_deref(), Some("quick"));
    });
}

#[test]
fn an_open_job_with_the_same_key_is_the_same_job() {
    for_each_backend(|office| {
        assert!(queue(office, Some("daily")).is_some());
        assert!(queue(office, Some("daily")).is_none());
        assert!(queue(office, None).is_some() && queue(office, None).is_some());
        let job = job::claim(&office.db, "w", KINDS).unwrap().unwrap();
        assert_eq!(job.unique_key.as_deref(), Some("daily"), "the one due longest comes first");
        settle(office, &job, Ending::Done("{}".into())).unwrap();
        assert!(queue(office, Some("daily")).is_some());
    });
}

#[test]
fn a_job_of_a_kind_unknown_here_stays_for_another_program() {
    for_each_backend(|office| {
        queue(office, None).unwrap();
        assert_eq!(job::claim(&office.db, "w", &["mail"]).unwrap(), None);
        assert_eq!(job::claim(&office.db, "w", &[]).unwrap(), None);
        assert!(job::claim(&office.db, "w", &["mail", "backup"]).unwrap().is_some());
    });
}

#[test]
fn long_work_keeps_its_claim_as_long_as_it_says_so() {
    for_each_backend(|office| {
        queue(office, None).unwrap();
        let long = job::claim(&office.db, "long", KINDS).unwrap().unwrap();
        for _ in 0..3 {
            office.clock.advance_minutes(9);
            office.db.write(&office.actor(), |tx| job::extend(tx, &long)).unwrap();
            assert_eq!(job::claim(&office.db, "other", KINDS).unwrap(), None);
        }
        office.clock.advance_minutes(11);
        assert!(job::claim(&office.db, "other", KINDS).unwrap().is_some());
        let lost = office.db.write(&office.actor(), |tx| job::extend(tx, &long));
        assert!(matches!(lost, Err(StoreError::Stale { .. })));
    });
}

#[test]
fn a_waiting_job_moves_to_another_time_and_a_running_one_does_not() {
    for_each_backend(|office| {
        queue(office, Some("recurring")).unwrap();
        let later = office.db.sources().clock.now() + jiff::SignedDuration::from_hours(3);
        let moved = || office.db.write(&office.actor(), |tx| job::move_to(tx, "backup", "recurring", later));
        assert!(moved().unwrap());
        let open = || office.db.read(|r| job::open(r, "backup", "recurring")).unwrap();
        assert_eq!(open().unwrap().run_at, later);
        assert_eq!(job::claim(&office.db, "w", KINDS).unwrap(), None);
        office.clock.set(later);
        let job = job::claim(&office.db, "w", KINDS).unwrap().unwrap();
        assert!(!moved().unwrap());
        settle(office, &job, Ending::Done("{\"n\":1}".into())).unwrap();
        assert_eq!(open(), None);
        office.clock.advance_minutes(1);
        office.db.write(&office.actor(), |tx| job::note_done(tx, "backup", "{}", "{\"n\":2}")).unwrap();
        let last = office.db.read(|r| job::last_ended(r, "backup")).unwrap().unwrap();
        assert_eq!((last.state.as_str(), last.result.as_deref()), ("done", Some("{\"n\":2}")));
        assert_eq!(office.db.read(|r| job::ended(r, 10)).unwrap().len(), 2);
    });
}

#[test]
fn a_failing_job_is_tried_later_and_later_and_then_given_up() {
    for_each_backend(|office| {
        let id = queue(office, Some("key")).unwrap();
        let mut waits = Vec::new();
        for _ in 0..job::TRIES {
            let job = job::claim(&office.db, "w", KINDS).unwrap().unwrap();
            settle(office, &job, Ending::Retry("ổ đĩa đầy".into())).unwrap();
            if let Some(row) = office.db.read(|r| job::open(r, "backup", "key")).unwrap() {
                let wait = row.run_at.duration_since(office.db.sources().clock.now());
                waits.push(wait.as_secs_f64() / 60.0);
                assert_eq!(job::claim(&office.db, "w", KINDS).unwrap(), None, "not before its time");
                office.clock.set(row.run_at);
            }
        }
        let bases = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0];
        assert_eq!(waits.len(), bases.len());
        assert!(waits.iter().zip(bases).all(|(wait, base)| (base..=base * 1.25).contains(wait)), "{waits:?}");
        let row = office.db.read(|r| job::ended(r, 1)).unwrap().remove(0);
        assert_eq!((row.state.as_str(), row.last_error.as_deref()), ("failed", Some("ổ đĩa đầy")));
        let before = row.finished_at.unwrap();
        office
            .db
            .write(&office.actor(), |tx| {
                assert_eq!(job::sweep(tx, before)?, 0);
                assert!(job::requeue(tx, id)?);
                assert!(!job::requeue(tx, id)?);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let job = job::claim(&office.db, "w", KINDS).unwrap().unwrap();
        settle(office, &job, Ending::Failed("không sửa được".into())).unwrap();
        queue(office, None);
        let job = job::claim(&office.db, "w", KINDS).unwrap().unwrap();
        settle(office, &job, Ending::Done("{}".into())).unwrap();
        let swept = office.db.write(&office.actor(), |tx| job::sweep(tx, domain::time::Timestamp::MAX));
        assert_eq!(swept.unwrap(), 2);
    });
}
