//! Backup, restore and copying to the other database.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use domain::register::{Register, Values};
use store::blob::BlobRow;
use store::register::Filter;
use store::{Blobs, Database, StoreError, Target, archive, blob, ledger, register, session, setting};
use testkit::{Office, for_each_backend};

#[path = "conformance/cast.rs"]
#[expect(dead_code, reason = "shared with the conformance tests")]
mod cast;

fn blobs(directory: &Path) -> Blobs {
    Blobs::open(directory.to_str().unwrap(), &[]).unwrap()
}

/// A unit, news, a setting, a file, a person with a session.
fn fill(office: &Office, blobs: &Blobs) {
    let unit = cast::unit(office);
    let rows: Vec<Values> =
        (0..450).map(|n| cast::news("2020-05-01", &format!("Tin \"số\" {n}\nđặc biệt"))).collect();
    let digest = blobs.put(b"tep dinh kem".to_vec()).unwrap();
    office
        .db
        .write(&office.actor(), |tx| {
            register::insert_many(tx, Register::News, unit, None, &rows)?;
            setting::set(tx, "office.name", "UBND huyện Kim Bảng")?;
            let row = BlobRow { digest: digest.clone(), size_bytes: 12, media_type: "text/plain".into() };
            blob::register(tx, &row)?;
            let person = cast::person(tx, "an")?;
            session::insert(tx, &cast::session(tx, person))
        })
        .unwrap();
}

fn empty_like(office: &Office) -> Office {
    if office.is_on_postgres() { Office::on_sqlite() } else { Office::on_postgres() }
}

#[test]
fn an_installation_copied_to_the_other_database_is_the_same() {
    for_each_backend(|office| {
        fill(office, &blobs(&office.directory.join("blobs")));
        let other = empty_like(office);
        let sums = archive::copy(&office.db, &other.db, |_, _| ()).unwrap();
        assert_eq!(sums.iter().find(|sum| sum.name == "news").unwrap().rows, 450);
        assert_eq!(sums.iter().find(|sum| sum.name == "sessions").unwrap().rows, 1);
        let verify = |db: &Database| db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!(verify(&office.db), verify(&other.db));
        other.db.write(&other.actor(), |tx| setting::set(tx, "goes", "on")).unwrap();
        assert_eq!(verify(&other.db).first_fault, None);
        let again = archive::copy(&office.db, &other.db, |_, _| ());
        assert!(again.unwrap_err().to_string().contains("not empty"));
        let there = blobs(&other.directory.join("copied"));
        let here = blobs(&office.directory.join("blobs"));
        assert_eq!(archive::copy_blobs(&office.db, &here, &there, |_, _| ()).unwrap(), 1);
        assert_eq!(other.db.read(|r| blob::verify(r, &there, |_, _| ())).unwrap(), []);
    });
}

#[test]
fn a_backup_of_either_database_restores_into_sqlite_and_ends_all_sessions() {
    for_each_backend(|office| {
        let files = blobs(&office.directory.join("blobs"));
        fill(office, &files);
        let file = archive::create(&office.db, &files, &office.directory.join("backup"), |_, _| ()).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("phatngon-20201215T020000Z-v") && name.contains("-l454-"), "{name}");
        let home = testkit::directory();
        let target = Target::Sqlite(home.join("phatngon.db"));
        let there = blobs(&home.join("blobs"));
        let sources = office.db.sources();
        archive::restore(&file, &target, &there, sources, true).unwrap();
        assert!(!home.join("phatngon.db").exists(), "a dry run changes nothing");
        archive::restore(&file, &target, &there, sources, false).unwrap();
        let db = Database::open(&target, sources.clone()).unwrap();
        db.check_migrated().unwrap();
        db.read(|r| {
            assert_eq!(register::count(r, &Filter::of(Register::News))?, 450);
            assert_eq!(session::find(r, cast::TOKEN_HASH)?, None);
            assert_eq!(ledger::verify(r, |_, _| ())?, office.db.read(|r| ledger::verify(r, |_, _| ()))?);
            assert_eq!(blob::verify(r, &there, |_, _| ())?, []);
            Ok::<_, StoreError>(())
        })
        .unwrap();
        assert_eq!(db.integrity().unwrap(), [""; 0]);
        let busy = archive::restore(&file, &target, &there, sources, false);
        assert!(matches!(busy, Err(StoreError::InUse(_))));
        std::fs::remove_dir_all(home).unwrap();
    });
}

#[test]
fn a_restore_replaces_what_stood_there_and_keeps_it_beside() {
    let office = Office::on_sqlite();
    let files = blobs(&office.directory.join("blobs"));
    fill(&office, &files);
    let file = archive::create(&office.db, &files, &office.directory.join("backup"), |_, _| ()).unwrap();
    let home = testkit::directory();
    let target = Target::Sqlite(home.join("phatngon.db"));
    let sources = office.db.sources().clone();
    let old = Database::open(&target, sources.clone()).unwrap();
    old.migrate().unwrap();
    old.write(&office.actor(), |tx| setting::set(tx, "old", "value")).unwrap();
    drop(old);
    archive::restore(&file, &target, &blobs(&home.join("blobs")), &sources, false).unwrap();
    let value = |target: &Target, key: &str| {
        let db = Database::open_beside(target, sources.clone()).unwrap();
        db.read(|r| setting::get(r, key)).unwrap()
    };
    assert_eq!(value(&target, "old"), None);
    assert!(value(&target, "office.name").is_some());
    let aside = Target::Sqlite(home.join("replaced-20201215T020000Z/phatngon.db"));
    assert_eq!(value(&aside, "old").as_deref(), Some("value"));
    std::fs::remove_dir_all(home).unwrap();
}

#[test]
fn a_backup_restores_into_an_empty_postgres_and_not_into_a_full_one() {
    let office = Office::on_sqlite();
    let files = blobs(&office.directory.join("blobs"));
    fill(&office, &files);
    let file = archive::create(&office.db, &files, &office.directory.join("backup"), |_, _| ()).unwrap();
    let other = Office::on_postgres();
    let there = blobs(&other.directory.join("blobs"));
    let sources = office.db.sources();
    archive::restore(&file, other.db.target(), &there, sources, false).unwrap();
    assert_eq!(other.db.read(|r| register::count(r, &Filter::of(Register::News))).unwrap(), 450);
    let again = archive::restore(&file, other.db.target(), &there, sources, false);
    assert!(again.unwrap_err().to_string().contains("not empty"));
}

#[test]
fn a_cut_changed_or_newer_backup_is_refused() {
    let office = Office::on_sqlite();
    let files = blobs(&office.directory.join("blobs"));
    fill(&office, &files);
    let file = archive::create(&office.db, &files, &office.directory.join("backup"), |_, _| ()).unwrap();
    let good = std::fs::read(&file).unwrap();
    archive::verify(&file, |_, _| ()).unwrap();
    let damaged = office.directory.join("damaged.zip");
    for at in (0..good.len()).step_by(good.len() / 60) {
        std::fs::write(&damaged, &good[..at]).unwrap();
        assert!(archive::verify(&damaged, |_, _| ()).is_err(), "cut at {at}");
    }
    let mut unseen = 0;
    for at in (40..good.len()).step_by(good.len() / 200) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x40;
        std::fs::write(&damaged, &bytes).unwrap();
        // A flipped byte of a time stamp in a ZIP header is no damage to what the archive holds.
        unseen += u32::from(archive::verify(&damaged, |_, _| ()).is_ok());
    }
    assert!(unseen < 20, "{unseen} of 200 flipped bytes were not seen");
}

#[test]
fn a_backup_under_writes_is_one_instant() {
    for_each_backend(|office| {
        let files = blobs(&office.directory.join("blobs"));
        fill(office, &files);
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut round = 0;
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    round += 1;
                    let value = round.to_string();
                    office.db.write(&office.actor(), |tx| setting::set(tx, "round", &value)).unwrap();
                }
            });
            let file = archive::create(&office.db, &files, &office.directory.join("backup"), |_, _| ());
            stop.store(true, std::sync::atomic::Ordering::SeqCst);
            archive::verify(&file.unwrap(), |_, _| ()).unwrap();
        });
    });
}

#[test]
fn a_missing_or_changed_file_is_found_and_stops_a_backup() {
    let office = Office::on_sqlite();
    let files = blobs(&office.directory.join("blobs"));
    fill(&office, &files);
    let row = office.db.read(blob::all).unwrap().remove(0);
    let (folder, name) = row.digest.as_str().split_at(2);
    let path = office.directory.join("blobs").join(folder).join(name);
    std::fs::write(&path, b"tep dinh kex").unwrap();
    let wrong = office.db.read(|r| blob::verify(r, &files, |_, _| ())).unwrap();
    assert_eq!(wrong, [(row.digest.clone(), "its bytes were changed".to_owned())]);
    std::fs::remove_file(&path).unwrap();
    let wrong = office.db.read(|r| blob::verify(r, &files, |_, _| ())).unwrap();
    assert_eq!(wrong, [(row.digest, "it is missing".to_owned())]);
    let backup = office.directory.join("backup");
    assert!(matches!(archive::create(&office.db, &files, &backup, |_, _| ()), Err(StoreError::Blob { .. })));
    assert_eq!(std::fs::read_dir(&backup).unwrap().count(), 0, "no half file is left");
}
