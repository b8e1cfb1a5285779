//! The ledger: what it says, and that damage is found at the first bad entry.

use domain::ledger::Fault;
use domain::register::Register;
use proptest::prelude::*;
use store::ledger::{BadEntry, Erased, Filter, FirstFault};
use store::{StoreError, ledger, register, setting};
use testkit::{Office, for_each_backend};

use crate::cast;

fn verify(office: &Office) -> Option<FirstFault> {
    office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap().first_fault
}

/// A unit (entry 1), an open register (2) and news (3 …).
fn office_with_news(office: &Office, count: usize) {
    let unit = cast::unit(office);
    let rows: Vec<_> = (0..count).map(|n| cast::news("2020-05-01", &format!("Tin số {n}"))).collect();
    office
        .db
        .write(&office.actor(), |tx| register::insert_many(tx, Register::News, unit, None, &rows))
        .unwrap();
}

#[test]
fn damage_of_each_kind_is_found_at_its_entry() {
    let cases: &[(&str, i64, BadEntry)] = &[
        ("UPDATE ledger SET actor = 'x' WHERE sequence = 4", 4, BadEntry::Chain(Fault::Changed)),
        (
            "DELETE FROM revisions WHERE sequence = 4; DELETE FROM ledger WHERE sequence = 4",
            5,
            BadEntry::Chain(Fault::Gap),
        ),
        ("UPDATE revisions SET content = '{}' WHERE sequence = 5", 5, BadEntry::Revision),
        ("DELETE FROM revisions WHERE sequence = 5", 5, BadEntry::Revision),
        (
            "DELETE FROM revisions WHERE sequence = 6; DELETE FROM ledger WHERE sequence = 6",
            6,
            BadEntry::CutOff,
        ),
        ("DELETE FROM ledger_head", 7, BadEntry::CutOff),
    ];
    for_each_backend(|office| {
        for (sql, sequence, what) in cases {
            let fresh = if office.is_on_postgres() { Office::on_postgres() } else { Office::on_sqlite() };
            office_with_news(&fresh, 4);
            assert_eq!(verify(&fresh), None);
            fresh.damage(sql);
            assert_eq!(verify(&fresh), Some(FirstFault { sequence: *sequence, what: what.clone() }), "{sql}");
        }
    });
}

#[test]
fn a_row_changed_deleted_or_slipped_in_past_the_program_is_found() {
    let cases = [
        ("UPDATE news SET title = 'khác' WHERE title = 'Tin số 1'", 4),
        ("UPDATE news SET search_text = '' WHERE title = 'Tin số 2'", 5),
        ("DELETE FROM news WHERE title = 'Tin số 3'", 6),
        (
            "INSERT INTO news (id, unit_id, record_key, search_text, search_personal, version, created_at,
                               updated_at, posted_on, title)
             SELECT '01ARZ3NDEKTSV4RRFFQ69G5FAV', unit_id, 'x', '', '', 1, 0, 0, '2020-01-01', 'lạ'
             FROM news WHERE title = 'Tin số 0'",
            0,
        ),
    ];
    for_each_backend(|office| {
        for (sql, sequence) in cases {
            let fresh = if office.is_on_postgres() { Office::on_postgres() } else { Office::on_sqlite() };
            office_with_news(&fresh, 4);
            fresh.damage(sql);
            let fault = verify(&fresh).unwrap();
            assert_eq!(fault.sequence, sequence, "{sql}");
            assert!(matches!(fault.what, BadEntry::Row { table: "news", .. }), "{fault:?}");
        }
    });
}

fn erased(sequence: i64, remainder: Option<&str>) -> Erased {
    Erased { sequence, remainder: remainder.map(str::to_owned) }
}

#[test]
fn content_erased_leaves_the_chain_whole_and_the_erasing_is_an_entry() {
    for_each_backend(|office| {
        office.db.write(&office.actor(), |tx| setting::set(tx, "key", "Nguyễn Văn A")).unwrap();
        let digest =
            |r: &mut store::Reader<'_>| Ok::<_, StoreError>(ledger::page(r, &Filter::default(), 9)?.0);
        let before = office.db.read(digest).unwrap();
        let count = office.db.write(&office.actor(), |tx| {
            ledger::erase(tx, "retention", &[erased(1, None), erased(99, None)])
        });
        assert_eq!(count.unwrap(), 1);
        assert_eq!(verify(office), None);
        let after = office.db.read(digest).unwrap();
        assert_eq!((after.len(), after.last()), (2, before.first()), "the entry itself is as it was");
        assert_eq!(after[0].kind, "ledger.erased");
        office
            .db
            .read(|r| {
                assert_eq!(ledger::content(r, 1)?, None);
                assert_eq!(ledger::erased_of(r, &[1, 2])?, [1]);
                assert!(!ledger::content(r, 2)?.unwrap().contains("Nguyễn"));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let again = office.db.write(&office.actor(), |tx| ledger::erase(tx, "retention", &[erased(1, None)]));
        assert_eq!(again.unwrap(), 0, "and no entry says so twice");
        assert_eq!(office.db.read(|r| ledger::checkpoint(r)).unwrap().sequence, 2);
    });
}

#[test]
fn what_remains_of_erased_content_is_read_in_its_place_and_cannot_be_changed() {
    for_each_backend(|office| {
        office.db.write(&office.actor(), |tx| setting::set(tx, "key", "a")).unwrap();
        let erase =
            |tx: &mut store::Tx<'_>| ledger::erase(tx, "retention", &[erased(1, Some("{\"left\":1}"))]);
        office.db.write(&office.actor(), erase).unwrap();
        assert_eq!(office.db.read(|r| ledger::content(r, 1)).unwrap().as_deref(), Some("{\"left\":1}"));
        assert_eq!(verify(office), None);
        for sql in [
            "UPDATE revisions SET remainder = '{\"left\":2}' WHERE sequence = 1",
            "UPDATE revisions SET remainder = NULL WHERE sequence = 1",
        ] {
            office.damage(sql);
            assert_eq!(verify(office), Some(FirstFault { sequence: 1, what: BadEntry::Revision }), "{sql}");
        }
    });
}

#[test]
fn content_taken_away_past_the_program_and_an_erasing_that_is_erased_are_found() {
    for_each_backend(|office| {
        let bad = |sequence| Some(FirstFault { sequence, what: BadEntry::Revision });
        for key in ["a", "b"] {
            office.db.write(&office.actor(), |tx| setting::set(tx, key, "personal")).unwrap();
        }
        office.db.write(&office.actor(), |tx| ledger::erase(tx, "retention", &[erased(1, None)])).unwrap();
        assert_eq!(verify(office), None);
        office.damage("UPDATE revisions SET content = NULL, salt = NULL WHERE sequence = 2");
        assert_eq!(verify(office), bad(2));
        office.damage("UPDATE revisions SET content = NULL, salt = NULL WHERE sequence = 3");
        assert_eq!(verify(office), bad(3), "what names the erased");
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_random_change_of_any_entry_is_found_at_it(sequence in 1_i64..=12, column in 0_usize..7) {
        let column = ["at", "actor", "kind", "subject", "before_digest", "after_digest", "hash"][column];
        let office = Office::on_sqlite();
        office_with_news(&office, 10);
        let value = if column == "at" { "at + 1".into() } else { format!("{column} || '0'") };
        office.damage(&format!("UPDATE ledger SET {column} = {value} WHERE sequence = {sequence}"));
        let fault = verify(&office).unwrap();
        prop_assert_eq!(fault.sequence, sequence);
    }
}

#[test]
fn pages_go_backwards_and_filters_narrow_them() {
    for_each_backend(|office| {
        office_with_news(office, 5);
        let (first, more, rest, news, later) = office
            .db
            .read(|r| {
                let (first, more) = ledger::page(r, &Filter::default(), 4)?;
                let next = Filter { before: Some(first[3].sequence), ..Filter::default() };
                let rest = ledger::page(r, &next, 4)?;
                let news = Filter { subject_kind: Some("news".into()), ..Filter::default() };
                let later = Filter {
                    from: Some(domain::time::Timestamp::MAX),
                    actor: Some("system".into()),
                    ..Filter::default()
                };
                Ok::<_, StoreError>((
                    first,
                    more,
                    rest,
                    ledger::page(r, &news, 100)?.0.len(),
                    ledger::page(r, &later, 100)?.0.len(),
                ))
            })
            .unwrap();
        let sequences: Vec<_> = first.iter().chain(&rest.0).map(|entry| entry.sequence).collect();
        assert_eq!(sequences, [7, 6, 5, 4, 3, 2, 1]);
        assert_eq!((more, rest.1, news, later), (true, false, 5, 0));
    });
}

#[test]
fn a_checkpoint_names_the_last_entry_also_inside_the_transaction_that_makes_it() {
    for_each_backend(|office| {
        let inside = office
            .db
            .write(&office.actor(), |tx| {
                setting::set(tx, "key", "value")?;
                Ok::<_, StoreError>(ledger::checkpoint_in(tx))
            })
            .unwrap();
        let after = office.db.read(|r| ledger::checkpoint(r)).unwrap();
        assert_eq!((inside.sequence, &inside), (1, &after));
        let hash = office.db.read(|r| ledger::hash_at(r, 1)).unwrap();
        assert_eq!(hash, Some(after.hash));
    });
}
