//! Units, people, sessions, tries, settings, rules, calendar, imports, files.

use domain::access::Role;
use domain::id::UnitId;
use domain::register::Register;
use store::blob::BlobRow;
use store::calendar::{CalendarDayRow, CalendarYearRow};
use store::import::ImportRow;
use store::person::Credentials;
use store::rule::RuleRow;
use store::unit::{UnitLinkRow, UnitRow};
use store::{
    Blobs, Digest, StoreError, attempt, blob, calendar, import, person, rule, session, setting, unit,
};
use testkit::for_each_backend;

use crate::cast::{self, day};

#[test]
fn units_have_parents_dates_and_successors() {
    for_each_backend(|office| {
        let district = cast::unit(office);
        let commune: UnitId = office.db.write(&office.actor(), |tx| tx.new_id()).unwrap();
        let mut row = UnitRow {
            parent: Some(district),
            valid_from: Some(day("1975-04-30")),
            valid_to: Some(day("2025-06-30")),
            aliases: r#"["Xã Ba Sao"]"#.into(),
            ..cast::unit_row(commune, "UBND thị trấn Ba Sao")
        };
        office
            .db
            .write(&office.actor(), |tx| {
                unit::insert(tx, &row)?;
                unit::link(
                    tx,
                    &UnitLinkRow {
                        predecessor: commune,
                        successor: district,
                        changed_on: day("2025-07-01"),
                        basis: "NQ 1686/NQ-UBTVQH15".into(),
                    },
                )
            })
            .unwrap();
        assert_eq!(office.db.read(|r| unit::find(r, commune)).unwrap().as_ref(), Some(&row));
        row.short_name = "Ba Sao".into();
        office.db.write(&office.actor(), |tx| unit::update(tx, &row)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| unit::update(tx, &row));
        assert!(matches!(stale, Err(StoreError::Stale { table: "units", .. })));
        let (all, links) = office.db.read(|r| Ok::<_, StoreError>((unit::all(r)?, unit::links(r)?))).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all.iter().find(|unit| unit.id == commune).unwrap().version, 2);
        assert_eq!(links[0].changed_on, day("2025-07-01"));
        office
            .db
            .write(&office.actor(), |tx| {
                assert!(unit::unlink(tx, commune, district)?);
                assert!(!unit::unlink(tx, commune, district)?);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let orphan = UnitRow { parent: Some(commune), ..cast::unit_row(district, "x") };
        let dangling = UnitRow {
            id: office.db.write(&office.actor(), |tx| tx.new_id()).unwrap(),
            parent: Some(office.db.write(&office.actor(), |tx| tx.new_id()).unwrap()),
            ..orphan
        };
        let result = office.db.write(&office.actor(), |tx| unit::insert(tx, &dangling));
        assert!(result.is_err(), "a parent must exist");
        assert_eq!(office.db.read(|r| unit::all(r)).unwrap().len(), 2);
    });
}

#[test]
fn people_are_found_by_any_spelling_and_their_proofs_are_apart() {
    for_each_backend(|office| {
        let id = office.db.write(&office.actor(), |tx| cast::person(tx, "Văn.Thư")).unwrap();
        let found = office.db.read(|r| person::find_by_account(r, "VAN.THU")).unwrap().unwrap();
        assert_eq!((found.id, found.roles.as_slice()), (id, [Role::Clerk].as_slice()));
        assert!(found.has_second_factor);
        assert_eq!(found.created_at, office.db.sources().clock.now());
        let credentials = office.db.read(|r| person::credentials(r, id)).unwrap().unwrap();
        assert_eq!(credentials.totp_secret, Some(vec![0, 255, 7]));
        assert_eq!(format!("{credentials:?}"), "Credentials(hidden)");
        let taken = office.db.write(&office.actor(), |tx| cast::person(tx, "văn.thư"));
        assert!(matches!(taken, Err(StoreError::Unique(_))));
        assert_eq!(office.db.read(|r| person::find_by_account(r, "khac")).unwrap(), None);
    });
}

#[test]
fn people_change_and_the_last_administrator_can_be_counted() {
    for_each_backend(|office| {
        let id = office.db.write(&office.actor(), |tx| cast::person(tx, "giang")).unwrap();
        let mut row = office.db.read(|r| person::find(r, id)).unwrap().unwrap();
        row.roles = vec![Role::Leader, Role::Administrator];
        office.db.write(&office.actor(), |tx| person::update(tx, &row)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| person::update(tx, &row));
        assert!(matches!(stale, Err(StoreError::Stale { table: "people", .. })));
        office
            .db
            .write(&office.actor(), |tx| {
                person::set_password(tx, id, "$argon2id$y", true)?;
                person::set_second_factor(tx, id, None)?;
                person::note_seen(tx, id)
            })
            .unwrap();
        office
            .db
            .read(|r| {
                let saved = person::all(r)?.remove(0);
                assert_eq!(saved.roles, [Role::Leader, Role::Administrator]);
                assert!(saved.must_change_password && !saved.has_second_factor);
                assert!(saved.last_seen_at.is_some());
                assert_eq!(saved.version, 4);
                assert_eq!(person::count_enabled(r, Role::Administrator)?, 1);
                assert_eq!(person::count_enabled(r, Role::Clerk)?, 0);
                let expected = Credentials { password_hash: Some("$argon2id$y".into()), totp_secret: None };
                assert_eq!(person::credentials(r, id)?, Some(expected));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn no_proof_of_a_person_stands_in_the_ledger() {
    for_each_backend(|office| {
        let id = office.db.write(&office.actor(), |tx| cast::person(tx, "an")).unwrap();
        office.db.write(&office.actor(), |tx| person::set_password(tx, id, "$argon2id$new", false)).unwrap();
        let history = office.db.read(|r| store::ledger::history(r, "person", &id.to_string())).unwrap();
        assert_eq!(history.len(), 2);
        for (entry, content) in history {
            assert!(!content.unwrap().contains("argon2"), "{}", entry.kind);
            assert!(!format!("{entry:?}").contains("Người dùng"));
        }
    });
}

#[test]
fn sessions_begin_are_used_and_end() {
    for_each_backend(|office| {
        let other = "00".repeat(32);
        let id = office
            .db
            .write(&office.actor(), |tx| {
                let id = cast::person(tx, "an")?;
                let mut row = cast::session(tx, id);
                session::insert(tx, &row)?;
                row.token_hash.clone_from(&other);
                row.proved_at = None;
                session::insert(tx, &row)?;
                Ok::<_, StoreError>(id)
            })
            .unwrap();
        office.clock.advance_minutes(10);
        office
            .db
            .write(&office.actor(), |tx| {
                session::touch(tx, cast::TOKEN_HASH)?;
                session::prove(tx, &other)
            })
            .unwrap();
        let now = office.db.sources().clock.now();
        let of = office.db.read(|r| session::of_person(r, id)).unwrap();
        assert_eq!(of.len(), 2);
        let seen = office.db.read(|r| session::find(r, cast::TOKEN_HASH)).unwrap().unwrap();
        assert_eq!((seen.seen_at, seen.person), (now, id));
        let proved = office.db.read(|r| session::find(r, &other)).unwrap().unwrap();
        assert_eq!(proved.proved_at, Some(now));
        let ended =
            office.db.write(&office.actor(), |tx| session::delete_of_person(tx, id, Some(cast::TOKEN_HASH)));
        assert_eq!(ended.unwrap(), 1);
        let swept = office
            .db
            .write(&office.actor(), |tx| session::sweep(tx, domain::time::Timestamp::UNIX_EPOCH, now));
        assert_eq!(swept.unwrap(), 1, "begun before");
        office.db.write(&office.actor(), |tx| session::delete(tx, cast::TOKEN_HASH)).unwrap();
        assert_eq!(office.db.read(|r| session::find(r, cast::TOKEN_HASH)).unwrap(), None);
    });
}

#[test]
fn tries_are_counted_per_window_and_forgotten() {
    for_each_backend(|office| {
        let window = office.db.sources().clock.now();
        let count = |bucket: &str| {
            office.db.write(&office.actor(), |tx| attempt::count_up(tx, bucket, window)).unwrap()
        };
        assert_eq!((count("an"), count("an"), count("binh")), (1, 2, 1));
        let tries = |since| office.db.read(|r| attempt::tries(r, "an", since)).unwrap();
        assert_eq!((tries(window), tries(domain::time::Timestamp::MAX)), (2, 0));
        let add = |more| {
            let added = office.db.write(&office.actor(), |tx| attempt::count_up_by(tx, "an", window, more));
            added.unwrap();
        };
        add(5_000_000_000);
        add(7);
        assert_eq!(tries(window), 5_000_000_009);
        office.db.write(&office.actor(), |tx| attempt::clear(tx, "an")).unwrap();
        assert_eq!(tries(window), 0);
        office.db.write(&office.actor(), |tx| attempt::sweep(tx, domain::time::Timestamp::MAX)).unwrap();
        assert_eq!(count("binh"), 1);
    });
}

#[test]
fn a_form_sent_twice_counts_once_also_when_both_come_together() {
    for_each_backend(|office| {
        let firsts: usize = std::thread::scope(|scope| {
            let senders: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        let used = office
                            .db
                            .write(&office.actor(), |tx| attempt::use_key(tx, "key", "person", "/reports/1"));
                        usize::from(used.unwrap().is_none())
                    })
                })
                .collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).sum()
        });
        assert_eq!(firsts, 1);
        let result = office.db.read(|r| attempt::key_result(r, "key", "person")).unwrap();
        assert_eq!(result.as_deref(), Some("/reports/1"));
    });
}

#[test]
fn a_setting_set_to_what_it_is_leaves_no_trace() {
    for_each_backend(|office| {
        for (value, version) in [("1", 1), ("1", 1), ("2", 2)] {
            office.db.write(&office.actor(), |tx| setting::set(tx, "key", value)).unwrap();
            let row = office.db.read(|r| setting::all(r)).unwrap().remove(0);
            assert_eq!((row.value.as_str(), row.version), (value, version));
        }
        let at = office.db.read(|r| store::ledger::checkpoint(r)).unwrap();
        assert_eq!(at.sequence, 2);
    });
}

#[test]
fn rules_are_dated_rows_with_versions() {
    for_each_backend(|office| {
        let old = RuleRow {
            id: "press.reply".into(),
            valid_from: day("2017-03-30"),
            valid_to: None,
            body: r#"{"days":5}"#.into(),
            version: 0,
        };
        let new = RuleRow { valid_from: day("2026-07-01"), ..old.clone() };
        office
            .db
            .write(&office.actor(), |tx| {
                rule::save(tx, &new)?;
                rule::save(tx, &old)
            })
            .unwrap();
        let twice = office.db.write(&office.actor(), |tx| rule::save(tx, &old));
        assert!(matches!(twice, Err(StoreError::Unique(_))));
        let mut found = office.db.read(|r| rule::find(r, "press.reply", day("2017-03-30"))).unwrap().unwrap();
        assert_eq!(found.version, 1);
        found.valid_to = Some(day("2026-06-30"));
        office.db.write(&office.actor(), |tx| rule::save(tx, &found)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| rule::save(tx, &found));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        let all = office.db.read(|r| rule::all(r)).unwrap();
        assert_eq!(all[0], RuleRow { version: 2, ..found });
        assert_eq!(all[1].valid_from, new.valid_from);
        office.db.write(&office.actor(), |tx| rule::delete(tx, "press.reply", new.valid_from, 1)).unwrap();
        assert_eq!(office.db.read(|r| rule::all(r)).unwrap().len(), 1);
    });
}

#[test]
fn calendar_days_and_years_are_rows_with_versions() {
    for_each_backend(|office| {
        let holiday = CalendarDayRow {
            day: day("2020-09-02"),
            scope: String::new(),
            kind: "holiday".into(),
            name: "Quốc khánh".into(),
            source: "BLLĐ 2012 Đ115".into(),
            version: 0,
        };
        let closure = CalendarDayRow { scope: "unit".into(), kind: "closure".into(), ..holiday.clone() };
        let year = CalendarYearRow {
            year: 2020,
            state: "provisional".into(),
            source: "TB".into(),
            confirmed_by: None,
            confirmed_at: None,
            version: 0,
        };
        office
            .db
            .write(&office.actor(), |tx| {
                calendar::save_day(tx, &holiday)?;
                calendar::save_day(tx, &closure)?;
                calendar::save_year(tx, &year)?;
                let person = cast::person(tx, "giang")?;
                calendar::save_year(
                    tx,
                    &CalendarYearRow {
                        state: "confirmed".into(),
                        confirmed_by: Some(person),
                        confirmed_at: Some(tx.now()),
                        version: 1,
                        ..year.clone()
                    },
                )
            })
            .unwrap();
        let renamed = CalendarDayRow { name: "Quốc khánh 2/9".into(), version: 1, ..holiday.clone() };
        office.db.write(&office.actor(), |tx| calendar::save_day(tx, &renamed)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| calendar::save_day(tx, &renamed));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        office
            .db
            .read(|r| {
                let days = calendar::days(r)?;
                assert_eq!(days[0], CalendarDayRow { version: 2, ..renamed.clone() });
                assert_eq!(days[1].scope, "unit");
                assert_eq!(calendar::days_between(r, day("2020-09-03"), day("2020-12-31"))?, []);
                assert_eq!(calendar::days_between(r, day("2020-09-02"), day("2020-09-02"))?.len(), 2);
                let years = calendar::years(r)?;
                assert_eq!((years[0].state.as_str(), years[0].version), ("confirmed", 2));
                assert!(years[0].confirmed_by.is_some() && years[0].confirmed_at.is_some());
                Ok::<_, StoreError>(())
            })
            .unwrap();
        office
            .db
            .write(&office.actor(), |tx| calendar::delete_day(tx, day("2020-09-02"), "unit", 1))
            .unwrap();
        assert_eq!(office.db.read(|r| calendar::days(r)).unwrap().len(), 1);
    });
}

#[test]
fn an_import_names_a_file_that_is_kept_and_what_came_of_it() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let mut row = office
            .db
            .write(&office.actor(), |tx| {
                Ok::<_, StoreError>(ImportRow {
                    id: tx.new_id()?,
                    register: Register::News,
                    unit,
                    file_name: "Tin bài 2020.xlsx".into(),
                    file_digest: Some("ab".repeat(32)),
                    person: "command_line".into(),
                    imported_at: tx.now(),
                    options: "{}".into(),
                    counts: "{}".into(),
                    status: "running".into(),
                    version: 1,
                })
            })
            .unwrap();
        let dangling = office.db.write(&office.actor(), |tx| import::insert(tx, &row));
        assert!(matches!(dangling, Err(StoreError::Dangling(_))));
        let digest = Digest::parse(&"ab".repeat(32)).unwrap();
        office
            .db
            .write(&office.actor(), |tx| {
                let blob_row =
                    BlobRow { digest: digest.clone(), size_bytes: 3, media_type: "text/csv".into() };
                blob::register(tx, &blob_row)?;
                blob::register(tx, &blob_row)?;
                import::insert(tx, &row)?;
                let values = [cast::news("2020-01-01", "Tin")];
                store::register::insert_many(tx, Register::News, unit, Some(row.id), &values)
            })
            .unwrap();
        row.status = "done".into();
        office.db.write(&office.actor(), |tx| import::finish(tx, &row)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| import::finish(tx, &row));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        office
            .db
            .read(|r| {
                assert_eq!(blob::find(r, &digest)?.unwrap().size_bytes, 3);
                let saved = import::find(r, row.id)?.unwrap();
                assert_eq!(saved, ImportRow { version: 2, ..row.clone() });
                assert_eq!(import::latest(r, 10)?, [saved]);
                let filter = store::register::Filter {
                    import: Some(row.id),
                    unit: Some(unit),
                    ..store::register::Filter::of(Register::News)
                };
                assert_eq!(store::register::count(r, &filter)?, 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn files_are_kept_once_by_their_digest() {
    let directory = testkit::directory().join("blobs");
    let blobs = Blobs::open(directory.to_str().unwrap(), &[]).unwrap();
    let digest = blobs.put(b"bao cao".to_vec()).unwrap();
    assert_eq!(blobs.put(b"bao cao".to_vec()).unwrap(), digest);
    assert_eq!(blobs.get(&digest).unwrap(), b"bao cao");
    let other = Digest::of(b"khac");
    assert!(blobs.exists(&digest).unwrap() && !blobs.exists(&other).unwrap());
    assert!(matches!(blobs.get(&other), Err(StoreError::Blob { .. })));
    let at = "2020-12-15T02:00:00Z".parse().unwrap();
    assert!(blobs.set_aside(&digest, at).unwrap() && !blobs.set_aside(&digest, at).unwrap());
    assert_eq!(blobs.listed().unwrap(), []);
    assert!(blobs.exists(&digest).unwrap(), "found where it was set aside");
    assert_eq!(blobs.get(&digest).unwrap(), b"bao cao");
    let aside = blobs.aside().unwrap();
    assert_eq!(
        aside.iter().map(|file| (&file.digest, file.at, file.size_bytes)).collect::<Vec<_>>(),
        [(&digest, at, 7)]
    );
    blobs.put_back(&aside[0]).unwrap();
    assert_eq!((blobs.aside().unwrap(), blobs.listed().unwrap()), (vec![], vec![digest.clone()]));
    blobs.set_aside(&digest, at).unwrap();
    blobs.delete_aside(&aside[0]).unwrap();
    assert!(!blobs.exists(&digest).unwrap());
    assert!(matches!(blobs.get(&digest), Err(StoreError::Blob { .. })));
    assert!(matches!(Blobs::open("ftp://x", &[]), Err(StoreError::BadTarget(_))));
    std::fs::remove_dir_all(directory.parent().unwrap()).unwrap();
}

#[test]
fn a_cut_file_is_written_again() {
    let directory = testkit::directory();
    let blobs = Blobs::open(directory.to_str().unwrap(), &[]).unwrap();
    let digest = blobs.put(b"bao cao".to_vec()).unwrap();
    let (folder, name) = digest.as_str().split_at(2);
    std::fs::write(directory.join(folder).join(name), b"bao").unwrap();
    blobs.put(b"bao cao".to_vec()).unwrap();
    assert_eq!(blobs.get(&digest).unwrap(), b"bao cao");
    std::fs::remove_dir_all(directory).unwrap();
}
