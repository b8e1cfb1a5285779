//! The programme of the station.

use domain::id::{BatchId, SlotId, UnitId};
use domain::programme::Slot;
use store::bulletin_batch::{self, State};
use store::{StoreError, Tx, programme, public_item};
use testkit::for_each_backend;

use crate::cast::{self, day};

pub fn slot(unit: UnitId, on: &str, start: u16) -> Slot {
    let id = SlotId::from_parts(1, u128::from(start));
    Slot { id, unit, day: day(on), start, minutes: 30, title: "Thời sự".into(), bulletin: None }
}

#[test]
fn the_programme_of_a_day_is_in_order_and_each_change_makes_a_new_edition() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let add = |on: &str, start: u16| {
            office
                .db
                .write(&office.actor(), |tx: &mut Tx<'_>| {
                    let slot = Slot { id: tx.new_id()?, ..slot(unit, on, start) };
                    programme::insert(tx, &slot)?;
                    Ok::<_, StoreError>(slot)
                })
                .unwrap()
        };
        assert_eq!(office.db.read(|r| programme::days(r)).unwrap(), None);
        let (late, early) = (add("2020-03-05", 1_020), add("2020-03-05", 330));
        add("2020-03-06", 330);
        let edition = || office.db.read(|r| public_item::edition(r)).unwrap();
        let of_day = || office.db.read(|r| programme::of_day(r, day("2020-03-05"))).unwrap();
        assert_eq!(of_day(), [early.clone(), late.clone()]);
        assert_eq!(office.db.read(|r| programme::find(r, late.id)).unwrap(), Some(late.clone()));
        let before = edition();
        office.db.write(&office.actor(), |tx| programme::delete(tx, &early)).unwrap();
        assert!(edition() > before);
        assert_eq!(of_day(), [late]);
        let kept = office.db.read(|r| programme::days(r)).unwrap();
        assert_eq!(kept, Some((day("2020-03-05"), day("2020-03-06"))));
        let again = office.db.write(&office.actor(), |tx| programme::delete(tx, &early));
        assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
    });
}

#[test]
fn a_batch_waits_until_it_is_ended_once() {
    for_each_backend(|office| {
        let id = BatchId::from_parts(1, 1);
        let write =
            |work: &dyn Fn(&mut Tx<'_>) -> Result<(), StoreError>| office.db.write(&office.actor(), work);
        write(&|tx| bulletin_batch::insert(tx, id, State::Open, "{\"a\":1}")).unwrap();
        let open = || office.db.read(|r| bulletin_batch::open(r, 10)).unwrap();
        assert_eq!(open().iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [id]);
        let end = |version| write(&|tx| bulletin_batch::end(tx, (id, version), State::Taken, "{}"));
        assert!(matches!(end(2), Err(StoreError::Stale { .. })));
        end(1).unwrap();
        // Even from the version it has now.
        assert!(matches!(end(2), Err(StoreError::Stale { .. })));
        let row = office.db.read(|r| bulletin_batch::find(r, id)).unwrap().unwrap();
        assert_eq!((row.state, row.content.as_str(), row.version), (State::Taken, "{}", 2));
        assert!(open().is_empty());
    });
}
