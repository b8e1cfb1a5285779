//! Uploaded documents and the words of files.

use domain::id::UploadId;
use domain::time::Timestamp;
use store::blob::{self, BlobRow};
use store::file_text::{self, FileText};
use store::uploaded_document::{self, State, UploadedRow};
use store::{Digest, StoreError};
use store::{picture_size, recording};
use testkit::{Office, for_each_backend};

/// A proposal without a file.
pub fn row(name: &str) -> UploadedRow {
    UploadedRow {
        id: UploadId::from_parts(0, 0),
        file_name: name.into(),
        digest: None,
        size_bytes: 3,
        media_type: "application/pdf".into(),
        state: State::Proposed,
        problem: String::new(),
        reading: "{}".into(),
        document_key: String::new(),
        publication: None,
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 0,
    }
}

fn inserted(office: &Office, key: &str) -> UploadedRow {
    let digest = Digest::of(b"tep");
    office
        .db
        .write(&office.actor(), |tx| {
            blob::register(
                tx,
                &BlobRow { digest: digest.clone(), size_bytes: 3, media_type: "application/pdf".into() },
            )?;
            let digest = Some(digest.to_string());
            let row = UploadedRow { id: tx.new_id()?, digest, document_key: key.into(), ..row("qd-12.pdf") };
            uploaded_document::insert(tx, &row)
        })
        .unwrap()
}

#[test]
fn an_uploaded_document_is_kept_changed_listed_and_found_again() {
    for_each_backend(|office| {
        let first = inserted(office, "12/qd-ubnd 2025-01-02");
        let mut second = inserted(office, "");
        assert_eq!((first.version, first.created_by.as_str()), (1, "system"));
        let listed = |state| {
            office.db.read(|r| {
                Ok::<_, StoreError>((
                    uploaded_document::list(r, state, 1, 10)?.len(),
                    uploaded_document::count(r, state)?,
                ))
            })
        };
        assert_eq!(listed(State::Proposed).unwrap(), (2, 2));
        let same = |digest: &str, key: &str| {
            office.db.read(|r| uploaded_document::same(r, digest, key)).unwrap().len()
        };
        assert_eq!(same("", "12/qd-ubnd 2025-01-02"), 1);
        assert_eq!(same("", ""), 0, "no key is no document");
        assert_eq!(same(&Digest::of(b"tep").to_string(), ""), 2);
        second.state = State::Discarded;
        let change = |row: &UploadedRow| {
            office.db.write(&office.actor(), |tx| {
                uploaded_document::update(tx, "uploaded_document.discarded", row)
            })
        };
        assert_eq!(change(&second).unwrap().version, 2);
        assert!(matches!(change(&second), Err(StoreError::Stale { table: "uploaded_documents", .. })));
        assert_eq!(listed(State::Discarded).unwrap(), (1, 1));
        let history =
            office.db.read(|r| store::ledger::history(r, "uploaded_document", &second.id.to_string()));
        assert_eq!(history.unwrap().len(), 2);
    });
}

#[test]
fn the_words_of_a_file_are_kept_once_and_replaced() {
    for_each_backend(|office| {
        let digest = Digest::of(b"tep");
        let text = |body: &str| FileText { digest: digest.clone(), body: body.into(), is_recognised: false };
        let put = |body: &str| office.db.write(&office.actor(), |tx| file_text::put(tx, &text(body)));
        assert!(put("trước").is_err(), "the file must be known");
        inserted(office, "");
        put("trước\0").unwrap();
        put(&"ấ".repeat(1_000_000)).unwrap();
        let found = office.db.read(|r| file_text::find(r, &digest)).unwrap().unwrap();
        assert_eq!(found.body.chars().count(), file_text::LONGEST / 3);
        assert_eq!(office.db.read(|r| file_text::find(r, &Digest::of(b"khac"))).unwrap(), None);
    });
}

#[test]
fn the_length_of_a_recording_is_kept_once_it_is_known() {
    for_each_backend(|office| {
        let digest = Digest::of(b"tep");
        let put = |seconds| office.db.write(&office.actor(), |tx| recording::put(tx, &digest, seconds));
        let found = || office.db.read(|r| recording::seconds(r, &digest)).unwrap();
        assert!(put(None).is_err(), "the file must be known");
        inserted(office, "");
        assert_eq!(found(), None);
        for (told, kept) in [(None, None), (Some(312), Some(312)), (None, Some(312))] {
            put(told).unwrap();
            assert_eq!(found(), kept);
        }
    });
}

#[test]
fn the_size_of_a_picture_is_kept_once_it_is_known_and_what_tells_none_is_looked_at_once() {
    for_each_backend(|office| {
        let register = |bytes: &[u8], media_type: &str| {
            let row = BlobRow { digest: Digest::of(bytes), size_bytes: 1, media_type: media_type.into() };
            office.db.write(&office.actor(), |tx| blob::register(tx, &row)).unwrap();
            row.digest
        };
        let put = |digest: &Digest, size| {
            office.db.write(&office.actor(), |tx| picture_size::put(tx, digest, size))
        };
        assert!(put(&Digest::of(b"anh"), None).is_err(), "the file must be known");
        let (known, broken) = (register(b"anh", "image/png"), register(b"hong", "image/jpeg"));
        register(b"van ban", "application/pdf");
        let waiting = || office.db.read(|r| picture_size::unmeasured(r, 9)).unwrap();
        let found = || {
            let digests = [known.as_str(), broken.as_str()];
            let found = office.db.read(|r| picture_size::of(r, &digests)).unwrap();
            digests.map(|digest| found.get(digest).copied())
        };
        assert_eq!((waiting().len(), found()), (2, [None, None]));
        put(&broken, None).unwrap();
        for (told, kept) in [(None, None), (Some((640, 360)), Some((640, 360))), (None, Some((640, 360)))] {
            put(&known, told).unwrap();
            assert_eq!(found(), [Some(kept), Some(None)]);
        }
        assert_eq!(waiting(), []);
    });
}
