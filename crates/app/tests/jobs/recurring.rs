//! The timetable, and that what it says is done once.

use std::time::Duration;

use app::jobs::{self, Kind, State, TimetableForm, Worker, run_due, run_now, save_timetable, timetable};
use app::{ActionError, installation};
use domain::access::Role;
use domain::id::PersonId;
use domain::time::Timestamp;
use store::session::SessionRow;
use store::{Database, Target};
use testkit::for_each_backend;

use crate::{actor, backups, node, runs, view};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn each_kind_is_done_once_a_day_at_its_hour_of_vietnam() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        assert_eq!(view(&app, Kind::Backup).state, State::Unplanned);
        assert_eq!(run_due(&app, "w").unwrap(), 0, "planned and not yet due");
        assert_eq!(view(&app, Kind::Sweep).next, Some(at("2020-12-15T17:30:00Z")));
        assert_eq!(view(&app, Kind::Backup).next, Some(at("2020-12-15T18:00:00Z")));
        assert_eq!(view(&app, Kind::Verify).next, Some(at("2020-12-15T19:00:00Z")));
        office.clock.set(at("2020-12-15T18:00:00Z"));
        assert_eq!(run_due(&app, "w").unwrap(), 4, "clearing away, personal data, files, backup");
        office.clock.set(at("2020-12-15T19:00:01Z"));
        assert_eq!(run_due(&app, "w").unwrap(), 1);
        assert_eq!(run_due(&app, "w").unwrap(), 0);
        let verify = view(&app, Kind::Verify);
        assert_eq!(verify.next, Some(at("2020-12-16T19:00:00Z")));
        let last = verify.last.unwrap();
        assert_eq!(last.at, at("2020-12-15T19:00:01Z"));
        assert!(last.outcome.unwrap().good);
        assert_eq!(backups(&app).len(), 1);
    });
}

#[test]
fn a_server_that_was_off_for_days_catches_up_once() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        run_due(&app, "w").unwrap();
        office.clock.set(at("2020-12-19T01:00:00Z"));
        assert_eq!(run_due(&app, "w").unwrap(), Kind::ALL.len());
        assert_eq!(run_due(&app, "w").unwrap(), 0);
        assert_eq!(view(&app, Kind::Backup).next, Some(at("2020-12-19T18:00:00Z")));
    });
}

#[test]
fn several_nodes_on_one_database_do_each_job_once() {
    for_each_backend(|office| {
        let apps: Vec<_> = (0..3)
            .map(|_| {
                // A node is a process of its own on PostgreSQL, a thread of the one process on SQLite.
                let database = match office.db.target() {
                    Target::Postgres(_) => {
                        Database::open(office.db.target(), office.db.sources().clone()).unwrap()
                    }
                    Target::Sqlite(_) => office.db.clone(),
                };
                node(office, database)
            })
            .collect();
        for day in 1..=3 {
            run_due(&apps[0], "w0").unwrap();
            office.clock.advance_minutes(24 * 60);
            let done: usize = std::thread::scope(|scope| {
                let nodes: Vec<_> = apps
                    .iter()
                    .enumerate()
                    .map(|(n, app)| scope.spawn(move || run_due(app, &format!("w{n}")).unwrap()))
                    .collect();
                nodes.into_iter().map(|node| node.join().unwrap()).sum()
            });
            assert_eq!(done, Kind::ALL.len());
            for kind in Kind::ALL {
                assert_eq!(runs(&apps[0], kind).len(), day, "{}", kind.word());
            }
            assert_eq!(backups(&apps[0]).len(), day);
        }
    });
}

#[test]
fn sweeping_ends_old_sessions_and_forgets_old_tries() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        installation::make(&app, &app::Actor::command_line(), &installation::example()).unwrap();
        installation::example_people(&app).unwrap();
        let person: PersonId = office.db.read(|r| store::person::all(r)).unwrap()[0].id;
        let session = |token: &str, at: Timestamp| SessionRow {
            token_hash: token.to_owned(),
            person,
            created_at: at,
            seen_at: at,
            proved_at: None,
            user_agent: String::new(),
        };
        let old = app.now();
        office
            .db
            .write(&office.actor(), |tx| {
                store::attempt::count_up(tx, "sign_in:a", old)?;
                store::session::insert(tx, &session("old", old))
            })
            .unwrap();
        // Longer than a network stays known.
        office.clock.advance_minutes(31 * 24 * 60);
        let new = app.now();
        office.db.write(&office.actor(), |tx| store::session::insert(tx, &session("new", new))).unwrap();
        run_now(&app, &actor(Role::Administrator), Kind::Sweep).unwrap();
        run_due(&app, "w").unwrap();
        let found = |token: &str| office.db.read(|r| store::session::find(r, token)).unwrap().is_some();
        assert!(found("new") && !found("old"));
        let tries = office.db.read(|r| store::attempt::tries(r, "sign_in:a", Timestamp::MIN)).unwrap();
        assert_eq!(tries, 0);
        let outcome = view(&app, Kind::Sweep).last.unwrap().outcome.unwrap();
        assert_eq!(outcome.args["sessions"], "1");
    });
}

#[test]
fn a_new_hour_moves_what_waits_and_a_wrong_one_is_refused_with_its_field() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        let administrator = actor(Role::Administrator);
        run_due(&app, "w").unwrap();
        let form = TimetableForm {
            backup_at: "22:30".to_owned(),
            verify_at: "02:00".to_owned(),
            keep_days: "3".to_owned(),
            outside_links: false,
        };
        save_timetable(&app, &administrator, &form).unwrap();
        assert_eq!(timetable(&app, &administrator).unwrap().form(), form);
        assert_eq!(view(&app, Kind::Backup).next, Some(at("2020-12-15T15:30:00Z")));
        assert_eq!(view(&app, Kind::Verify).next, Some(at("2020-12-15T19:00:00Z")));
        let wrong = TimetableForm {
            backup_at: "25:00".to_owned(),
            verify_at: "sáng".to_owned(),
            keep_days: "1".to_owned(),
            outside_links: false,
        };
        let Err(ActionError::Invalid(fields)) = save_timetable(&app, &administrator, &wrong) else {
            panic!("a wrong timetable was taken")
        };
        let fields: Vec<&str> = fields.iter().map(|invalid| invalid.field.as_str()).collect();
        assert_eq!(fields, ["backup_at", "verify_at", "keep_days"]);
        let clerk = actor(Role::Clerk);
        assert!(matches!(save_timetable(&app, &clerk, &form), Err(ActionError::Forbidden(_))));
        assert!(matches!(run_now(&app, &clerk, Kind::Sweep), Err(ActionError::Forbidden(_))));
        assert!(matches!(jobs::overview(&app, &clerk), Err(ActionError::Forbidden(_))));
    });
}

#[test]
fn backups_of_so_many_days_are_kept() {
    for_each_backend(|office| {
        let app = node(office, office.db.clone());
        let form = TimetableForm {
            backup_at: "01:00".to_owned(),
            verify_at: "02:00".to_owned(),
            keep_days: "2".to_owned(),
            outside_links: false,
        };
        save_timetable(&app, &actor(Role::Administrator), &form).unwrap();
        run_due(&app, "w").unwrap();
        for _ in 0..4 {
            office.clock.advance_minutes(24 * 60);
            run_due(&app, "w").unwrap();
        }
        let kept = backups(&app);
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept[0].starts_with("phatngon-20201219T") && kept[1].starts_with("phatngon-20201218T"));
    });
}

#[test]
fn a_worker_does_what_is_due_and_stops_when_asked() {
    let office = testkit::Office::on_sqlite();
    let app = node(&office, office.db.clone());
    run_now(&app, &actor(Role::Administrator), Kind::Sweep).unwrap();
    let worker = Worker::start(app.clone()).unwrap();
    let done = (0..1_000_000).any(|_| !runs(&app, Kind::Sweep).is_empty());
    assert!(done, "the worker did nothing");
    assert!(worker.stop(Duration::from_secs(30)));
}
