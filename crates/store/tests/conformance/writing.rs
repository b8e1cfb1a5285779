//! Transactions: groups, savepoints, failure, locks.

use std::sync::Barrier;

use domain::register::Register;
use store::register::{Filter, NewRecord};
use store::{Actor, Database, Sources, StoreError, Target, ledger, register, setting};
use testkit::{Office, for_each_backend};

use crate::cast;

#[test]
fn a_failing_change_does_not_hurt_the_others_of_its_group() {
    for_each_backend(|office| {
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (db, start) = (office.db.clone(), &start);
                scope.spawn(move || {
                    start.wait();
                    let result = db.write(&Actor::system(), |tx| {
                        setting::set(tx, &format!("key.{number}"), "value")?;
                        if number % 2 == 0 {
                            return Err(StoreError::Database("changed my mind".into()));
                        }
                        Ok(())
                    });
                    assert_eq!(result.is_err(), number % 2 == 0);
                });
            }
        });
        let keys: Vec<_> =
            office.db.read(|r| setting::all(r)).unwrap().into_iter().map(|row| row.key).collect();
        assert_eq!(keys, ["key.1", "key.3", "key.5", "key.7"]);
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!((verification.entries, verification.first_fault), (4, None));
    });
}

#[test]
fn many_writers_at_once_make_one_chain_without_gaps() {
    for_each_backend(|office| {
        std::thread::scope(|scope| {
            for worker in 0..6 {
                let db = office.db.clone();
                scope.spawn(move || {
                    for round in 0..20 {
                        db.write(&Actor::system(), |tx| {
                            setting::set(tx, &format!("key.{worker}.{round}"), "value")
                        })
                        .unwrap();
                    }
                });
            }
        });
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!((verification.entries, verification.first_fault), (120, None));
    });
}

#[test]
fn two_nodes_on_one_database_keep_one_chain() {
    for_each_backend(|office| {
        let other = Database::open_beside(office.db.target(), office.db.sources().clone()).unwrap();
        std::thread::scope(|scope| {
            for (node, db) in [office.db.clone(), other.clone()].into_iter().enumerate() {
                scope.spawn(move || {
                    for round in 0..20 {
                        db.write(&Actor::system(), |tx| {
                            setting::set(tx, &format!("key.{node}.{round}"), "value")
                        })
                        .unwrap();
                    }
                });
            }
        });
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!((verification.entries, verification.first_fault), (40, None));
    });
}

#[test]
fn a_panic_inside_a_change_leaves_nothing_behind_and_the_writer_alive() {
    for_each_backend(|office| {
        let db = office.db.clone();
        let panicked = std::thread::spawn(move || {
            db.write(&Actor::system(), |tx| -> Result<(), StoreError> {
                setting::set(tx, "lost", "value")?;
                panic!("on purpose");
            })
        })
        .join();
        assert!(panicked.is_err());
        office.db.write(&office.actor(), |tx| setting::set(tx, "kept", "value")).unwrap();
        let found =
            office.db.read(|r| Ok::<_, StoreError>((setting::get(r, "lost")?, setting::get(r, "kept")?)));
        assert_eq!(found.unwrap(), (None, Some("value".into())));
    });
}

#[test]
fn after_a_failed_statement_nothing_more_of_the_transaction_runs_or_is_kept() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let result = office.db.write(&office.actor(), |tx| {
            setting::set(tx, "before", "value")?;
            assert!(matches!(
                store::unit::insert(tx, &cast::unit_row(unit, "again")),
                Err(StoreError::Unique(_))
            ));
            assert!(matches!(setting::set(tx, "after", "value"), Err(StoreError::Aborted)));
            Ok::<_, StoreError>(())
        });
        assert!(matches!(result, Err(StoreError::Aborted)));
        assert_eq!(office.db.read(|r| setting::get(r, "before")).unwrap(), None);
    });
}

#[test]
fn a_reader_sees_one_instant_while_others_write() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        office
            .db
            .read(|r| {
                let before = register::count(r, &Filter::of(Register::News))?;
                let new = NewRecord {
                    register: Register::News,
                    unit,
                    values: cast::news("2020-03-02", "Tin mới"),
                    import: None,
                };
                office.db.write(&office.actor(), |tx| register::insert(tx, &new)).unwrap();
                assert_eq!(register::count(r, &Filter::of(Register::News))?, before);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(office.db.read(|r| register::count(r, &Filter::of(Register::News))).unwrap(), 1);
    });
}

#[test]
fn one_act_has_one_instant_and_many_ids() {
    for_each_backend(|office| {
        office
            .db
            .write(&office.actor(), |tx| {
                let before = tx.now();
                office.clock.advance_minutes(5);
                assert_eq!(tx.now(), before);
                let (a, b) = (tx.new_id::<domain::id::RecordId>()?, tx.new_id::<domain::id::RecordId>()?);
                assert_ne!(a, b);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_data_directory_belongs_to_one_process_and_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::on_sqlite();
    assert!(matches!(
        Database::open(office.db.target(), Sources::system()),
        Err(StoreError::InUse(directory)) if directory == office.directory
    ));
    let Target::Sqlite(path) = office.db.target() else { panic!("not SQLite") };
    let fresh = testkit::directory().join("inner/phatngon.db");
    let db = Database::open(&Target::Sqlite(fresh.clone()), Sources::system()).unwrap();
    db.migrate().unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(fresh.parent().unwrap()), 0o700);
    for file in [path.as_path(), &path.with_extension("db-wal"), &fresh] {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
}

#[test]
fn the_address_of_a_database_is_shown_without_its_password() {
    let target = Target::parse("postgres://an:secret@db.local/phatngon?sslmode=disable").unwrap();
    assert_eq!(format!("{target:?}"), "postgres://db.local/phatngon");
    assert!(matches!(Target::parse("mysql://x/y"), Err(StoreError::BadTarget(_))));
    assert_eq!(Target::parse("data/phatngon.db").unwrap(), Target::Sqlite("data/phatngon.db".into()));
}
