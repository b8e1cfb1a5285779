//! Views of pages: counted by day, closed once, the same from rows and from the ledger.

use domain::page_view::Part;
use domain::period::Period;
use store::{StoreError, ledger, page_view};
use testkit::for_each_backend;

use crate::cast::day;

#[test]
fn a_day_is_counted_up_closed_once_and_reads_the_same_from_the_ledger() {
    for_each_backend(|office| {
        let add = |on: &str, views: &[(Part, u64)]| {
            office.db.write(&office.actor(), |tx| page_view::add(tx, day(on), views)).unwrap()
        };
        let close = |today: &str| {
            office.db.write(&office.actor(), |tx| page_view::close_before(tx, day(today))).unwrap()
        };
        let period = Period::new(day("2020-03-01"), day("2020-03-31")).unwrap();
        let rows = || office.db.read(|r| page_view::by_day(r, period)).unwrap();
        assert_eq!(office.db.read(|r| page_view::days(r)).unwrap(), None);
        assert!(add("2020-03-05", &[(Part::Home, 2), (Part::News, 3), (Part::Search, 0)]));
        assert!(add("2020-03-05", &[(Part::Home, 1)]));
        assert!(add("2020-03-06", &[]));
        assert!(rows().is_empty(), "a day that is not closed is no figure");
        assert_eq!((close("2020-03-06"), close("2020-03-06")), (1, 0));
        assert_eq!(rows(), [(day("2020-03-05"), 6)].into());
        let before = office.db.read(|r| Ok::<_, StoreError>(ledger::checkpoint(r)?.sequence)).unwrap();
        assert!(!add("2020-03-05", &[(Part::Home, 9)]), "what is closed takes no more");
        assert_eq!(close("2020-03-07"), 1);
        assert_eq!(rows(), [(day("2020-03-05"), 6), (day("2020-03-06"), 0)].into(), "a true zero");
        let at = |sequence| office.db.read(|r| page_view::by_day_at(r, sequence)).unwrap();
        assert_eq!(at(before), [(day("2020-03-05"), 6)].into());
        assert_eq!(at(i64::MAX), rows());
        assert_eq!(
            office.db.read(|r| page_view::days(r)).unwrap(),
            Some((day("2020-03-05"), day("2020-03-06")))
        );
    });
}
