//! Outages: what is typed, what the server notices itself, and that no figure counts what nobody confirmed.

use app::{ActionError, Actor, figures, outages, register};
use domain::access::Role;
use domain::figure::Amount;
use domain::period::Period;
use domain::register::Register;
use testkit::for_each_backend;

use crate::world::{World, typed};

fn amounts(world: &World) -> [Amount; 2] {
    let today = world.app.today();
    let period = Period::new(today, today).unwrap();
    let all = figures::of_period(&world.app, &Actor::command_line(), period).unwrap();
    ["outages", "outages.unreachable"].map(|id| all.iter().find(|figure| figure.id == id).unwrap().amount)
}

#[test]
fn a_time_without_a_sign_of_life_is_proposed_and_counts_once_somebody_confirms_it() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("vanthu", &[Role::Clerk]);
        let waiting = || outages::standstills(&world.app, &clerk).unwrap();
        // The first sign has none before it; a minute or less between two is no standstill.
        for minutes in [0, 1, 1, 31, 1, 45] {
            world.clock.advance_minutes(minutes);
            outages::sign(&world.app).unwrap();
        }
        let found = waiting();
        let minutes: Vec<_> = found.iter().map(|row| row.until.duration_since(row.from).as_mins()).collect();
        assert_eq!(minutes, [31, 45]);
        assert_eq!(amounts(&world), [Amount::NoData; 2]);
        let line = typed(&[("subject", "Toàn bộ Cổng"), ("kind", "unplanned"), ("cause", "Mất điện")]);
        let note = |id| outages::note_standstill(&world.app, &clerk, id, &line);
        let missing = outages::note_standstill(&world.app, &clerk, found[0].id, &typed(&[("cause", "x")]));
        assert!(
            matches!(&missing, Err(ActionError::Invalid(fields)) if fields[0].field == "subject"),
            "{missing:?}"
        );
        let record = note(found[0].id).unwrap();
        let shown = register::show(&world.app, &clerk, Register::Outages, record).unwrap().record;
        assert!(shown.values.text("noted_by").is_some_and(|name| !name.is_empty()));
        assert_eq!(amounts(&world), [1, 31].map(|count| Amount::Count { count }));
        // What was said is said once.
        assert!(matches!(note(found[0].id), Err(ActionError::NotFound)));
        let dismiss = |why| outages::dismiss_standstill(&world.app, &clerk, found[1].id, why);
        assert!(matches!(dismiss("  "), Err(ActionError::Invalid(_))));
        dismiss("Chuyển máy chủ, trang vẫn mở từ máy cũ").unwrap();
        assert!(waiting().is_empty() && matches!(dismiss("x"), Err(ActionError::NotFound)));
        assert_eq!(amounts(&world), [1, 31].map(|count| Amount::Count { count }));
        let checked = world.app.database().read(|r| store::ledger::verify(r, |_, _| {})).unwrap();
        assert!(checked.first_fault.is_none());
    });
}

#[test]
fn hours_of_an_outage_are_hours_and_its_end_is_whole_and_after_its_beginning() {
    for_each_backend(|office| {
        let world = World::new(office);
        let refused = |more: &[(&str, &str)]| {
            let mut line = typed(&[("started_on", "05/03/2020"), ("subject", "Cổng")]);
            line.extend(typed(more));
            match register::add(&world.app, &Actor::command_line(), Register::Outages, &line) {
                Ok(_) => Vec::new(),
                Err(ActionError::Invalid(fields)) => {
                    fields.into_iter().map(|invalid| (invalid.field, invalid.code)).collect()
                }
                Err(other) => panic!("{other:?}"),
            }
        };
        let one = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(refused(&[("started_at", "sáng")]), one("started_at", "not_a_clock"));
        assert_eq!(refused(&[("ended_on", "05/03/2020")]), one("ended_at", "required"));
        assert_eq!(refused(&[("ended_at", "10:00")]), one("ended_on", "required"));
        let end = |day, hour| [("started_at", "9h30"), ("ended_on", day), ("ended_at", hour)];
        assert_eq!(refused(&end("05/03/2020", "09:00")), one("ended_at", "before_start"));
        assert_eq!(refused(&end("04/03/2020", "10:00")), one("ended_on", "before_start"));
        assert_eq!(refused(&end("06/03/2020", "09:00")), []);
    });
}
