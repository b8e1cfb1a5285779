//! Requests of people about their own data: found by the digest of their code, saved by version, forgotten when the time is
//! over, with nothing personal in the ledger. Breaches of personal data beside them.

use domain::calendar::Calendar;
use domain::data_breach::{Breach, Known};
use domain::data_request::{Channel, DataRequest, Kind, State};
use domain::id::{BreachId, DataRequestId, UnitId};
use domain::law::Law;
use domain::time::Timestamp;
use store::data_breach::{self, BreachRow};
use store::data_request::{self, DataRequestRow, Person};
use store::{StoreError, ledger};
use testkit::for_each_backend;

use crate::cast;

const RECEIVED: i64 = 1_770_000_000_000;

/// A request as it comes.
pub fn given(unit: UnitId, number: u128) -> DataRequestRow {
    let received_at = Timestamp::from_millisecond(RECEIVED).unwrap();
    let law = (&Law::shipped(), &Calendar::shipped());
    DataRequestRow {
        id: DataRequestId::from_parts(1, number),
        unit,
        number: format!("DL-{number:04}/2026"),
        code_hash: format!("hash {number}"),
        replaced_code_hash: None,
        state: State::Received,
        request: DataRequest::new((Kind::See, Channel::Letter), received_at, law),
        person: Person {
            name: "Trần Thị Riêng".into(),
            contact: "0912 345 678".into(),
            details: "Thư hỏi tháng 3".into(),
            confirmed_contact: "0912 345 679".into(),
            confirmed_how: "Gọi lại".into(),
            answer: "Đã gửi bản sao".into(),
        },
        due_at: Timestamp::from_millisecond(RECEIVED + 1_000).ok(),
        received_at,
        closed_at: None,
        created_by: String::new(),
        version: 1,
    }
}

#[test]
fn a_request_is_found_by_its_code_listed_by_state_and_saved_once_from_a_version() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let write = |row: &DataRequestRow| {
            office.db.write(&office.actor(), |tx| data_request::insert(tx, row)).unwrap()
        };
        let (first, mut later) = (write(&given(unit, 1)), given(unit, 2));
        later.due_at = None;
        let later = write(&later);
        assert_eq!(office.db.read(|r| data_request::numbered(r, unit, 2026)).unwrap(), 2);
        assert_eq!(office.db.read(|r| data_request::by_code(r, "hash 1")).unwrap(), Some(first.clone()));
        assert_eq!(office.db.read(|r| data_request::by_code(r, "other")).unwrap(), None);
        assert_eq!(office.db.read(|r| data_request::open(r, 10)).unwrap(), [first.clone(), later]);
        let moved = DataRequestRow {
            state: State::Refused,
            code_hash: "new".into(),
            replaced_code_hash: Some("hash 1".into()),
            closed_at: Some(first.received_at),
            due_at: None,
            ..first
        };
        let save =
            || office.db.write(&office.actor(), |tx| data_request::update(tx, "data_request.refuse", &moved));
        let saved = save().unwrap();
        assert_eq!(saved.version, 2);
        assert!(matches!(save(), Err(StoreError::Stale { .. })));
        assert_eq!(office.db.read(|r| data_request::find(r, saved.id)).unwrap(), Some(saved.clone()));
        let is_replaced = |code: &str| office.db.read(|r| data_request::is_replaced(r, code)).unwrap();
        assert!(is_replaced("hash 1") && !is_replaced("hash 2"));
        let list = |state, page| office.db.read(|r| data_request::list(r, state, page, 1)).unwrap();
        assert_eq!(list(Some(State::Refused), 1), (vec![saved], 1));
        assert_eq!((list(None, 2).0.len(), list(None, 2).1), (1, 2));
        assert_eq!(office.db.read(|r| data_request::open(r, 10)).unwrap().len(), 1);
    });
}

#[test]
fn what_is_personal_is_taken_away_after_the_end_and_was_never_in_the_ledger() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let kept = office.db.write(&office.actor(), |tx| data_request::insert(tx, &given(unit, 1))).unwrap();
        let forget = |before: i64| {
            let before = Timestamp::from_millisecond(before).unwrap();
            office.db.write(&office.actor(), |tx| data_request::forget_people(tx, before, 10)).unwrap()
        };
        assert_eq!(forget(RECEIVED + 1_000), 0, "an open one keeps it");
        let closed =
            DataRequestRow { state: State::Fulfilled, closed_at: Some(kept.received_at), ..kept.clone() };
        office
            .db
            .write(&office.actor(), |tx| data_request::update(tx, "data_request.fulfil", &closed))
            .unwrap();
        assert_eq!((forget(RECEIVED), forget(RECEIVED + 1_000), forget(RECEIVED + 1_000)), (0, 1, 0));
        let found = office.db.read(|r| data_request::find(r, kept.id)).unwrap().unwrap();
        assert_eq!((&found.person, found.version), (&Person::default(), 3));
        let history = office.db.read(|r| ledger::history(r, "data_request", &kept.id.to_string())).unwrap();
        assert_eq!(history.len(), 3);
        let personal = ["Riêng", "0912", "tháng 3", "Gọi lại", "bản sao", "hash"];
        for (_, content) in history {
            let content = content.unwrap();
            assert!(content.contains("DL-0001/2026"), "{content}");
            assert!(!personal.iter().any(|word| content.contains(word)), "{content}");
        }
    });
}

/// A breach that was noticed.
pub fn breach(unit: UnitId) -> BreachRow {
    let known = Known { subject: "Mất sổ theo dõi".into(), ..Known::default() };
    BreachRow {
        id: BreachId::from_parts(1, 1),
        unit,
        state: domain::data_breach::State::Open,
        breach: Breach { known, clock: None, on_time: None, notices: Vec::new(), note: String::new() },
        due_at: Timestamp::from_millisecond(RECEIVED).ok(),
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

#[test]
fn breaches_are_listed_newest_first_and_saved_once_from_a_version() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let write =
            |row: &BreachRow| office.db.write(&office.actor(), |tx| data_breach::insert(tx, row)).unwrap();
        let first = write(&breach(unit));
        let second = write(&BreachRow { id: BreachId::from_parts(2, 2), ..breach(unit) });
        let next = BreachRow { state: domain::data_breach::State::Notified, due_at: None, ..first };
        let save =
            || office.db.write(&office.actor(), |tx| data_breach::update(tx, "data_breach.notify", &next));
        let saved = save().unwrap();
        assert_eq!(saved.version, 2);
        assert!(matches!(save(), Err(StoreError::Stale { .. })));
        assert_eq!(office.db.read(|r| data_breach::find(r, saved.id)).unwrap(), Some(saved.clone()));
        assert_eq!(office.db.read(|r| data_breach::list(r, 10)).unwrap(), [second, saved]);
        assert_eq!(office.db.read(|r| data_breach::list(r, 1)).unwrap().len(), 1);
    });
}
