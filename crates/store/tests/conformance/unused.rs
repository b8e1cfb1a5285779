//! Files that nothing refers to: what is named anywhere stays, also when it is named at the last moment.

use domain::time::Timestamp;
use store::blob::{self, BlobRow, NAMED_IN, Removed, Unused};
use store::{Digest, StoreError, Tx, file_text, import, ledger, picture_size, recording, setting};
use testkit::{Office, for_each_backend};

fn keep(tx: &mut Tx<'_>, content: &[u8]) -> Result<Digest, StoreError> {
    let digest = Digest::of(content);
    let size_bytes = i64::try_from(content.len()).unwrap();
    blob::register(tx, &BlobRow { digest: digest.clone(), size_bytes, media_type: "text/plain".into() })?;
    Ok(digest)
}

fn kept(office: &Office, content: &[u8]) -> Digest {
    office.db.write(&office.actor(), |tx| keep(tx, content)).unwrap()
}

fn is_known(office: &Office, digest: &Digest) -> bool {
    office.db.read(|r| blob::find(r, digest)).unwrap().is_some()
}

fn unused(office: &Office) -> Unused {
    let now = office.db.sources().clock.now();
    office.db.read(|r| blob::unused(r, now)).unwrap()
}

fn remove(office: &Office, unused: &Unused) -> Removed {
    office.db.write(&office.actor(), |tx| blob::remove_unused(tx, unused)).unwrap()
}

#[test]
fn what_nothing_names_goes_with_what_stands_about_it_and_the_entry_says_how_much() {
    for_each_backend(|office| {
        let (used, gone, other) = (kept(office, b"used"), kept(office, b"gone"), kept(office, b"other"));
        office
            .db
            .write(&office.actor(), |tx| {
                setting::set(tx, "logo", &format!("{{\"digest\":\"{used}\"}}"))?;
                let text = file_text::FileText {
                    digest: gone.clone(),
                    body: "lời văn".into(),
                    is_recognised: false,
                };
                file_text::put(tx, &text)?;
                recording::put(tx, &gone, Some(3))?;
                picture_size::put(tx, &gone, Some((3, 4)))?;
                import::claim_file(tx, &gone, import::Purpose::Source)
            })
            .unwrap();
        assert!(unused(office).is_empty(), "none is older than now");
        office.clock.advance_minutes(1);
        let young = kept(office, b"young");
        let removed = remove(office, &unused(office));
        assert_eq!((removed.digests.len(), removed.bytes), (2, 9));
        let known = |digest| is_known(office, digest);
        assert!(known(&used) && known(&young) && !known(&gone) && !known(&other));
        office
            .db
            .read(|r| {
                assert_eq!(file_text::find(r, &gone)?, None);
                assert!(!import::is_file_of(r, &gone, "system", import::Purpose::Source)?);
                let last = ledger::checkpoint(r)?.sequence;
                let content = ledger::content(r, last)?;
                assert_eq!(content.as_deref(), Some(r#"{"bytes":9,"files":2}"#));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let again = remove(office, &unused(office));
        assert_eq!(again, Removed::default());
        assert_eq!(office.db.integrity().unwrap(), [""; 0]);
    });
}

#[test]
fn what_is_named_or_handed_in_after_it_was_found_unused_stays() {
    for_each_backend(|office| {
        let (named, again, gone) = (kept(office, b"named"), kept(office, b"again"), kept(office, b"gone"));
        office.clock.advance_minutes(1);
        let found = unused(office);
        office.db.write(&office.actor(), |tx| setting::set(tx, "logo", named.as_str())).unwrap();
        kept(office, b"again");
        assert_eq!(remove(office, &found).digests, [gone]);
        assert!(is_known(office, &named) && is_known(office, &again));
        assert!(!is_known(office, &Digest::of(b"gone")));
    });
}

/// A reference in each column of the list, written past the program so that no column can be left out.
#[test]
fn a_name_in_any_column_of_the_list_keeps_its_file() {
    let office = Office::on_sqlite();
    let digest = kept(&office, b"named");
    office.clock.advance_minutes(1);
    for (table, column) in NAMED_IN {
        assert!(!unused(&office).is_empty(), "{table}.{column} before");
        // The table as a copy without ties, so that a row may stand alone.
        office.damage(&format!(
            "ALTER TABLE {table} RENAME TO kept_{table};
             CREATE TABLE {table} AS SELECT * FROM kept_{table} WHERE 1 = 0;
             INSERT INTO {table} ({column}) VALUES ('{{\"a\":[\"{digest}\"]}}');"
        ));
        assert!(unused(&office).is_empty(), "{table}.{column}");
        office.damage(&format!("DROP TABLE {table}; ALTER TABLE kept_{table} RENAME TO {table};"));
    }
}

#[test]
fn a_file_of_an_import_is_of_one_person_for_one_purpose_until_its_time_is_over() {
    for_each_backend(|office| {
        let digest = kept(office, b"rows");
        let of = |person: &str, purpose| {
            office.db.read(|r| import::is_file_of(r, &digest, person, purpose)).unwrap()
        };
        let claim = |tx: &mut Tx<'_>| import::claim_file(tx, &digest, import::Purpose::Source);
        office.db.write(&office.actor(), claim).unwrap();
        let actor = office.actor().name;
        assert!(of(&actor, import::Purpose::Source));
        assert!(!of(&actor, import::Purpose::Rejected) && !of("other", import::Purpose::Source));
        let end = |before: Timestamp| {
            office.db.write(&office.actor(), |tx| import::end_claims(tx, before)).unwrap()
        };
        assert_eq!(end(office.db.sources().clock.now()), 0);
        assert_eq!(end(Timestamp::MAX), 1);
        assert!(!of(&actor, import::Purpose::Source));
    });
}
