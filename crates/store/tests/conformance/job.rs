//! Background work: once, later, given up, taken over.

use store::job::{self, Ending};
use store::{StoreError, setting};
use testkit::{Office, for_each_backend};

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
                .map(|n| scope.spawn(move || job::claim(&office.db, &format!("w{n}")).unwrap()))
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 1);
        settle(office, &claimed[0], Ending::Done).unwrap();
        assert!(matches!(settle(office, &claimed[0], Ending::Done), Err(StoreError::Stale { .. })));
        assert_eq!(job::claim(&office.db, "w").unwrap(), None);
        assert_eq!(office.db.read(|r| job::latest(r, 10)).unwrap()[0].state, "done");
    });
}

#[test]
fn a_worker_that_lost_its_claim_leaves_no_effect() {
    for_each_backend(|office| {
        queue(office, None).unwrap();
        let slow = job::claim(&office.db, "slow").unwrap().unwrap();
        office.clock.advance_minutes(11);
        let quick = job::claim(&office.db, "quick").unwrap().unwrap();
        assert_eq!((slow.id, quick.attempts), (quick.id, 2));
        let run = |job: &job::JobRow, value: &str| {
            office.db.write(&office.actor(), |tx| {
                setting::set(tx, "effect", value)?;
                job::settle(tx, job, &Ending::Done)
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
        let job = job::claim(&office.db, "w").unwrap().unwrap();
        assert_eq!(job.unique_key.as_deref(), Some("daily"), "the one due longest comes first");
        settle(office, &job, Ending::Done).unwrap();
        assert!(queue(office, Some("daily")).is_some());
    });
}

#[test]
fn a_failing_job_is_tried_later_and_later_and_then_given_up() {
    for_each_backend(|office| {
        let id = queue(office, None).unwrap();
        let mut waits = Vec::new();
        for _ in 0..job::TRIES {
            let job = job::claim(&office.db, "w").unwrap().unwrap();
            settle(office, &job, Ending::Retry("ổ đĩa đầy".into())).unwrap();
            let row = office.db.read(|r| job::latest(r, 1)).unwrap().remove(0);
            if row.state == "queued" {
                let wait = row.run_at.duration_since(office.db.sources().clock.now()).as_mins();
                waits.push(wait);
                assert_eq!(job::claim(&office.db, "w").unwrap(), None, "not before its time");
                office.clock.advance_minutes(wait);
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64]);
        let row = office.db.read(|r| job::latest(r, 1)).unwrap().remove(0);
        assert_eq!((row.state.as_str(), row.last_error.as_deref()), ("failed", Some("ổ đĩa đầy")));
        office
            .db
            .write(&office.actor(), |tx| {
                assert_eq!(job::sweep(tx, domain::time::Timestamp::MAX)?, 0, "what was given up stays");
                assert!(job::requeue(tx, id)?);
                assert!(!job::requeue(tx, id)?);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let job = job::claim(&office.db, "w").unwrap().unwrap();
        settle(office, &job, Ending::Failed("không sửa được".into())).unwrap();
        queue(office, None);
        let job = job::claim(&office.db, "w").unwrap().unwrap();
        settle(office, &job, Ending::Done).unwrap();
        let swept = office.db.write(&office.actor(), |tx| job::sweep(tx, domain::time::Timestamp::MAX));
        assert_eq!(swept.unwrap(), 1);
    });
}
