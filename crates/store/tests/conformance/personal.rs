//! Taking what is personal out of a register: from the line, from its history, from the file of the database.

use domain::id::RecordId;
use domain::register::{Record, Register, Values};
use store::ledger::Filter;
use store::register::{Forgotten, Held};
use store::{StoreError, Target, ledger, register};
use testkit::{Office, for_each_backend};

use crate::cast::{self, text};

const NAME: &str = "Nguyễn Thị Bưởi";

fn ask(office: &Office, subject: &str) -> Record {
    office.clock.advance_minutes(1);
    let unit = cast::unit(office);
    let values = cast::question("2020-06-01", subject, NAME);
    let ids = office
        .db
        .write(&office.actor(), |tx| register::insert_many(tx, Register::Questions, unit, None, &[values]));
    let id = ids.unwrap().inserted[0];
    office.db.read(|r| register::find(r, Register::Questions, id)).unwrap().unwrap().record
}

fn amend(office: &Office, record: &mut Record, change: impl Fn(&mut Values)) {
    change(&mut record.values);
    record.version = office.db.write(&office.actor(), |tx| register::update(tx, record)).unwrap();
}

fn held(office: &Office) -> Vec<Held> {
    office.db.read(|r| register::holding_personal(r, Register::Questions)).unwrap()
}

fn forget(office: &Office, ids: &[RecordId]) -> Forgotten {
    let forget =
        |tx: &mut store::Tx<'_>| register::forget_personal(tx, Register::Questions, ids, "retention");
    office.db.write(&office.actor(), forget).unwrap()
}

/// Everything the ledger can still tell.
fn told(office: &Office) -> String {
    office
        .db
        .read(|r| {
            let (entries, _) = ledger::page(r, &Filter::default(), 100)?;
            let mut told = String::new();
            for entry in entries {
                told.push_str(&entry.subject);
                told.push_str(&entry.kind);
                told.push_str(&ledger::content(r, entry.sequence)?.unwrap_or_default());
            }
            Ok::<_, StoreError>(told)
        })
        .unwrap()
}

#[test]
fn a_name_leaves_the_line_and_every_revision_and_the_rest_stays_as_it_was() {
    for_each_backend(|office| {
        let mut asked = ask(office, "Thủ tục đất đai");
        amend(office, &mut asked, |values| {
            values.set(Register::Questions.field("note").unwrap(), text("chuyển phòng"));
        });
        let other = ask(office, "Thủ tục khác");
        let before = office.db.read(|r| ledger::checkpoint(r)).unwrap().sequence;
        assert_eq!(held(office).iter().map(|held| held.id).collect::<Vec<_>>(), [asked.id, other.id]);
        assert_eq!(forget(office, &[asked.id]), Forgotten { records: 1, revisions: 2 });
        assert_eq!(held(office).iter().map(|held| held.id).collect::<Vec<_>>(), [other.id]);
        let mut bare = asked.clone();
        bare.values.clear("asker");
        office
            .db
            .read(|r| {
                let line = register::find(r, Register::Questions, asked.id)?.unwrap().record;
                assert_eq!((line.values.clone(), line.version), (bare.values.clone(), 3));
                let mut then = Vec::new();
                register::records_at(r, Register::Questions, before, |record| {
                    then.push(record);
                    Ok(())
                })?;
                assert_eq!(then, [bare.clone(), other.clone()], "the past without the name");
                let filter = register::Filter {
                    search: Some("buoi".into()),
                    searches_personal: true,
                    ..register::Filter::of(Register::Questions)
                };
                assert_eq!(register::count(r, &filter)?, 1);
                assert_eq!(ledger::verify(r, |_, _| ())?.first_fault, None);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        forget(office, &[other.id]);
        assert!(!told(office).contains("Bưởi"));
        assert_eq!(office.db.integrity().unwrap(), [""; 0]);
    });
}

#[test]
fn a_name_that_was_taken_out_by_hand_or_with_its_line_is_found_in_the_history() {
    for_each_backend(|office| {
        let mut cleared = ask(office, "Một");
        amend(office, &mut cleared, |values| values.clear("asker"));
        let removed = ask(office, "Hai");
        let deleted = office.db.write(&office.actor(), |tx| {
            register::delete(tx, Register::Questions, removed.id, removed.version)
        });
        deleted.unwrap();
        let now = office.db.sources().clock.now();
        let found = held(office);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].id, found[0].removed_at), (cleared.id, None));
        assert_eq!(found[0].values.text("asker"), None);
        assert_eq!((found[1].id, found[1].removed_at), (removed.id, Some(now)));
        assert_eq!(found[1].values.text("subject"), Some("Hai"));
        assert_eq!(forget(office, &[cleared.id, removed.id]), Forgotten { records: 2, revisions: 2 });
        assert_eq!(held(office), []);
        let line = office.db.read(|r| register::find(r, Register::Questions, cleared.id)).unwrap().unwrap();
        assert_eq!(line.record.version, cleared.version, "the line had no name and is left alone");
        assert!(!told(office).contains("Bưởi"));
        assert_eq!(office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap().first_fault, None);
    });
}

#[test]
fn no_copy_of_a_name_is_left_in_the_files_of_sqlite() {
    let office = Office::on_sqlite();
    let Target::Sqlite(path) = office.db.target().clone() else { panic!("not a file") };
    let files = || {
        let with = |end: &str| std::fs::read(format!("{}{end}", path.display())).unwrap_or_default();
        [with(""), with("-wal")].concat()
    };
    let holds = |bytes: &[u8]| bytes.windows(NAME.len()).any(|part| part == NAME.as_bytes());
    let ids: Vec<RecordId> = (0..30).map(|n| ask(&office, &format!("Câu hỏi {n}")).id).collect();
    assert!(holds(&files()));
    forget(&office, &ids);
    assert!(office.db.truncate_log().unwrap());
    assert!(!holds(&files()));
    assert_eq!(office.db.integrity().unwrap(), [""; 0]);
}
