//! Notices of readers: found by the digest of their code, moved on by version, without their contact in the ledger.

use domain::id::NoticeId;
use domain::notice::State;
use domain::time::Timestamp;
use store::notice::{self, NoticeRow};
use store::{StoreError, ledger};
use testkit::{Office, for_each_backend};

/// A notice as it comes.
pub fn given(id: NoticeId, code: &str) -> NoticeRow {
    NoticeRow {
        id,
        item: None,
        address: "/".to_owned(),
        message: "Sai ngày".to_owned(),
        contact: "0912 345 678".to_owned(),
        code_hash: code.to_owned(),
        state: State::New,
        answer: String::new(),
        received_at: 1_600_000_000_000,
        due_on: "2026-12-08".parse().ok(),
        closed_at: None,
        version: 1,
    }
}

fn row(office: &Office, code: &str) -> NoticeRow {
    let row = office.db.write(&office.actor(), |tx| {
        let row = given(tx.new_id()?, code);
        notice::insert(tx, &row)?;
        Ok::<_, StoreError>(row)
    });
    row.unwrap()
}

#[test]
fn a_notice_is_found_by_its_code_listed_by_state_and_moved_on_once() {
    for_each_backend(|office| {
        let kept = row(office, "a");
        row(office, "b");
        assert_eq!(office.db.read(|r| notice::by_code(r, "a")).unwrap(), Some(kept.clone()));
        assert_eq!(office.db.read(|r| notice::by_code(r, "c")).unwrap(), None);
        let moved = NoticeRow { state: State::Accepted, ..kept.clone() };
        office.db.write(&office.actor(), |tx| notice::update(tx, &moved)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| notice::update(tx, &moved));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        let (new, total) = office.db.read(|r| notice::list(r, Some(State::New), 1, 10)).unwrap();
        assert_eq!((new.len(), total), (1, 1));
        let (all, total) = office.db.read(|r| notice::list(r, None, 2, 1)).unwrap();
        assert_eq!((all.len(), total), (1, 2));
        let missing: NoticeId = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        assert_eq!(office.db.read(|r| notice::find(r, missing)).unwrap(), None);
    });
}

#[test]
fn a_contact_is_taken_away_when_its_time_is_over_and_was_never_in_the_ledger() {
    for_each_backend(|office| {
        let kept = row(office, "a");
        let erase = |before: i64| {
            let before = Timestamp::from_millisecond(before).unwrap();
            office.db.write(&office.actor(), |tx| notice::erase_contacts(tx, before)).unwrap()
        };
        let late = kept.received_at + 1_000;
        assert_eq!(erase(late), 0, "an open notice keeps it");
        let closed = NoticeRow { state: State::Corrected, closed_at: Some(kept.received_at), ..kept.clone() };
        office.db.write(&office.actor(), |tx| notice::update(tx, &closed)).unwrap();
        assert_eq!((erase(kept.received_at), erase(late), erase(late)), (0, 1, 0));
        let found = office.db.read(|r| notice::find(r, kept.id)).unwrap().unwrap();
        assert_eq!((found.contact.as_str(), found.version), ("", 3));
        let history = office.db.read(|r| ledger::history(r, "notice", &kept.id.to_string())).unwrap();
        assert_eq!(history.len(), 3);
        for (_, content) in history {
            let content = content.unwrap();
            assert!(content.contains("Sai ngày") && !content.contains("0912"), "{content}");
        }
    });
}
