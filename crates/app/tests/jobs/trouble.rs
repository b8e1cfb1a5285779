//! Work that fails, and findings that a person must hear of.

use app::jobs::{self, Kind, State, Warning, run_due, run_now, warnings};
use app::overseeing;
use domain::access::Role;
use testkit::{Office, for_each_backend};

use crate::{actor, backups, node, runs, view};

/// Something stands where the backups should lie.
fn block_the_shelf(office: &Office) -> std::path::PathBuf {
    let shelf = office.directory.join("data").join("backups");
    std::fs::create_dir_all(shelf.parent().unwrap()).unwrap();
    std::fs::write(&shelf, b"not a folder").unwrap();
    shelf
}

#[test]
fn a_backup_that_cannot_be_made_is_tried_again_then_given_up_and_told_and_runs_again_on_demand() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        let administrator = actor(Role::Administrator);
        let shelf = block_the_shelf(office);
        run_now(&app, &administrator, Kind::Backup).unwrap();
        run_due(&app, "w").unwrap();
        let first = view(&app, Kind::Backup);
        assert_eq!((first.state, first.error.is_some()), (State::Retrying, true));
        assert_eq!(warnings(&app, &administrator).unwrap(), []);
        for _ in 1..store::job::TRIES {
            office.clock.set(view(&app, Kind::Backup).next.unwrap());
            run_due(&app, "w").unwrap();
        }
        let given_up = view(&app, Kind::Backup);
        assert_eq!(given_up.state, State::Waiting, "the next day has its own try");
        let last = given_up.last.unwrap();
        assert_eq!((last.attempts, last.outcome.is_none()), (store::job::TRIES, true));
        assert!(!last.error.unwrap().is_empty());
        let told = warnings(&app, &administrator).unwrap();
        assert!(matches!(told[..], [Warning::GivenUp { kind: Kind::Backup, .. }]), "{told:?}");
        assert_eq!(warnings(&app, &actor(Role::Clerk)).unwrap(), []);
        std::fs::remove_file(&shelf).unwrap();
        run_now(&app, &administrator, Kind::Backup).unwrap();
        run_due(&app, "w").unwrap();
        assert_eq!(backups(&app).len(), 1);
        assert_eq!(warnings(&app, &administrator).unwrap(), []);
    });
}

#[test]
fn a_worker_killed_after_making_the_backup_leaves_one_backup() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        let administrator = actor(Role::Administrator);
        run_now(&app, &administrator, Kind::Backup).unwrap();
        let kinds = [Kind::Backup.word()];
        store::job::claim(&office.db, "killed", &kinds).unwrap().unwrap();
        // What the killed worker had made, a second after the job was due.
        office.clock.advance_milliseconds(1_000);
        overseeing::make_backup(&app, &administrator).unwrap();
        let made = backups(&app);
        office.clock.advance_minutes(11);
        run_due(&app, "w").unwrap();
        assert_eq!(backups(&app), made);
        let outcome = view(&app, Kind::Backup).last.unwrap().outcome.unwrap();
        assert_eq!(outcome.args["name"], made[0]);
    });
}

#[test]
fn a_ledger_changed_past_the_program_is_found_and_told_until_a_check_is_good_again() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        let administrator = actor(Role::Administrator);
        office.db.write(&office.actor(), |tx| store::setting::set(tx, "a", "1")).unwrap();
        office.damage("UPDATE ledger SET actor = 'somebody'");
        run_now(&app, &administrator, Kind::Verify).unwrap();
        run_due(&app, "w").unwrap();
        let run = runs(&app, Kind::Verify).remove(0);
        let outcome = run.outcome.unwrap();
        assert!(!outcome.good && run.error.is_none(), "checking was done; what it found is bad");
        let told = warnings(&app, &administrator).unwrap();
        assert!(
            matches!(&told[..], [Warning::Unsound { fault, .. }] if fault.contains("entry 1")),
            "{told:?}"
        );
        assert_eq!(warnings(&app, &actor(Role::Leader)).unwrap(), told);
        assert_eq!(warnings(&app, &actor(Role::Clerk)).unwrap(), []);
        office.damage("UPDATE ledger SET actor = 'system'");
        office.clock.advance_minutes(1);
        assert!(overseeing::verify_now(&app, &administrator).unwrap().is_good());
        assert_eq!(warnings(&app, &administrator).unwrap(), []);
        assert_eq!(jobs::overview(&app, &administrator).unwrap().runs.len(), 2);
    });
}
