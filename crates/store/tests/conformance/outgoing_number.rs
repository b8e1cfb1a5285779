//! Numbers of outgoing documents: each given once in its year, voided once, never given back.

use domain::id::{RecordId, UnitId};
use domain::time::Timestamp;
use store::StoreError;
use store::outgoing_number::{self, NumberRow};
use testkit::for_each_backend;

use crate::cast;

pub fn row(unit: UnitId, number: u32) -> NumberRow {
    NumberRow {
        unit,
        year: 2020,
        number,
        symbol: format!("{number:02}/UBND-VP"),
        document: RecordId::from_parts(1, number.into()),
        gap_from: (number > 1).then_some(1),
        gap_reason: "Đã cấp trong sổ giấy".into(),
        void_reason: String::new(),
        given_by: String::new(),
        given_at: Timestamp::UNIX_EPOCH,
        voided_at: None,
    }
}

#[test]
fn sec_doc_01_a_number_is_given_once_in_its_year_and_a_voided_one_stays_with_its_reason() {
    for_each_backend(|office| {
        let (unit, other) = (cast::unit(office), cast::unit(office));
        let give = |row: &NumberRow| office.db.write(&office.actor(), |tx| outgoing_number::give(tx, row));
        let seven = row(unit, 7);
        give(&seven).unwrap();
        assert!(matches!(give(&seven), Err(StoreError::Unique(_))));
        let another =
            NumberRow { symbol: "07/BC-UBND".into(), document: RecordId::from_parts(2, 2), ..seven.clone() };
        assert!(matches!(give(&another), Err(StoreError::Unique(_))), "whatever its symbol");
        give(&NumberRow { year: 2021, ..another.clone() }).unwrap();
        give(&NumberRow { unit: other, ..another }).unwrap();
        let find = || office.db.read(|r| outgoing_number::of_document(r, seven.document)).unwrap();
        let kept = find().unwrap();
        assert_eq!((kept.number, kept.gap_from, kept.given_by.is_empty()), (7, Some(1), false));
        let void = || {
            let (kept, reason) = (kept.clone(), "Phát hành nhầm");
            office.db.write(&office.actor(), |tx| outgoing_number::void(tx, &kept, reason))
        };
        void().unwrap();
        assert!(matches!(void(), Err(StoreError::Stale { .. })), "once");
        assert_eq!(find(), None, "it stands no more");
        assert!(matches!(give(&seven), Err(StoreError::Unique(_))), "and never comes back");
        let all = office.db.read(|r| outgoing_number::of_year(r, unit, 2020)).unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].void_reason.as_str(), all[0].voided_at.is_some()), ("Phát hành nhầm", true));
    });
}
