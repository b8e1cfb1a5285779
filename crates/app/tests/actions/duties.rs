//! The list of duties: the shipped one with the rows of the office laid over it.

use app::duty::{self, Ending};
use app::{ActionError, Actor, overseeing, rules};
use domain::duty::{Duty, Renew};
use domain::law::Confidence;
use domain::time::Day;
use testkit::for_each_backend;

use crate::world::{World, invalid};

const FROM: Day = Day::constant(2028, 1, 1);

fn row(id: &str) -> Duty {
    Duty {
        id: id.to_owned(),
        title: "Lịch tiếp công dân".to_owned(),
        renew: Renew::Quarter,
        rule: Some("AI-PUB-2".to_owned()),
        unit: "Văn phòng".to_owned(),
        kind: "notice".to_owned(),
        valid_from: FROM,
        valid_to: None,
        basis: "Quyết định mẫu".to_owned(),
        source: "Bản giấy".to_owned(),
        ended_by: String::new(),
        confidence: Confidence::Doubtful,
    }
}

fn ending(last: Day) -> Ending {
    Ending { last, basis: "Quyết định số 5".to_owned(), source: "Bản giấy".to_owned() }
}

fn of(world: &World, id: &str) -> Vec<Duty> {
    let all = duty::rows(&world.app, &Actor::command_line()).unwrap();
    all.into_iter().filter(|row| row.id == id).collect()
}

#[test]
fn a_new_installation_has_the_shipped_duties_and_stores_none() {
    for_each_backend(|office| {
        let world = World::new(office);
        let mut shipped = domain::duty::shipped().to_vec();
        shipped.sort_by(|one, other| (&one.id, one.valid_from).cmp(&(&other.id, other.valid_from)));
        assert_eq!(duty::rows(&world.app, &Actor::command_line()).unwrap(), shipped);
    });
}

#[test]
fn a_duty_of_the_office_is_added_changed_and_ended_and_each_stands_in_the_ledger() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let entries = || overseeing::ledger(app, &boss, None, 1).unwrap().0[0].sequence;
        let before = entries();
        duty::add(app, &boss, &row("KB-LICH"), "").unwrap();
        let first = of(&world, "KB-LICH");
        assert_eq!((first.len(), entries()), (1, before + 1));
        assert_eq!((first[0].clone(), first[0].is_shipped()), (row("KB-LICH"), false));
        // A version of its own row ends the stored one; the rules of law are read as before.
        let second = Duty { valid_from: Day::constant(2029, 1, 1), renew: Renew::Year, ..row("KB-LICH") };
        duty::add(app, &boss, &second, &duty::mark(&first)).unwrap();
        let rows = of(&world, "KB-LICH");
        assert_eq!((rows.len(), entries()), (2, before + 3));
        assert_eq!(rows[0].valid_to, Some(Day::constant(2028, 12, 31)));
        assert!(rules::policy(app).unwrap().law.rules.iter().all(|rule| !rule.id.contains("KB-LICH")));
        duty::end(app, &boss, "KB-LICH", &ending(Day::constant(2030, 6, 30)), &duty::mark(&rows)).unwrap();
        let rows = of(&world, "KB-LICH");
        assert_eq!((rows.len(), entries()), (2, before + 4));
        assert_eq!(rows[1].valid_to, Some(Day::constant(2030, 6, 30)));
        assert_eq!(rows[1].ended_by, "Quyết định số 5 (Bản giấy)");
        assert!(overseeing::verify(app, &boss, &mut |_, _| {}).unwrap().is_good());
    });
}

#[test]
fn a_shipped_duty_is_changed_and_ended_by_what_is_laid_over_it() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let shipped = of(&world, "AI-WORK");
        duty::add(app, &boss, &row("AI-WORK"), &duty::mark(&shipped)).unwrap();
        let rows = of(&world, "AI-WORK");
        assert_eq!(rows.len(), shipped.len() + 1);
        let (own, before) = rows.split_last().unwrap();
        assert!(before.iter().all(Duty::is_shipped) && !own.is_shipped());
        assert_eq!(before.last().unwrap().valid_to, Some(Day::constant(2027, 12, 31)));
        let list = of(&world, "PS-SPOKESPERSON");
        duty::end(app, &boss, "PS-SPOKESPERSON", &ending(Day::constant(2027, 6, 30)), &duty::mark(&list))
            .unwrap();
        let ended = of(&world, "PS-SPOKESPERSON");
        assert_eq!((ended.len(), ended[0].valid_to), (1, Some(Day::constant(2027, 6, 30))));
        assert!(ended[0].is_shipped() && !ended[0].ended_by.is_empty());
        // What ended is owed no more; proofs of others are as they were.
        world.clock.set("2027-07-01T03:00:00Z".parse().unwrap());
        let owed = duty::list(app, &boss).unwrap();
        assert!(owed.iter().all(|view| view.duty.id != "PS-SPOKESPERSON"));
        assert!(owed.iter().any(|view| view.duty.id == "AI-WORK" && view.duty.is_shipped()));
    });
}

#[test]
fn who_comes_second_is_told() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let shipped = of(&world, "AI-WORK");
        let seen = duty::mark(&shipped);
        duty::add(app, &boss, &row("AI-WORK"), &seen).unwrap();
        let later = Duty { valid_from: Day::constant(2029, 1, 1), ..row("AI-WORK") };
        assert!(matches!(duty::add(app, &boss, &later, &seen), Err(ActionError::Stale)));
        let end = ending(Day::constant(2030, 1, 1));
        assert!(matches!(duty::end(app, &boss, "AI-WORK", &end, &seen), Err(ActionError::Stale)));
        assert_eq!(of(&world, "AI-WORK").len(), shipped.len() + 1);
    });
}

#[test]
fn nothing_that_is_no_duty_is_taken_and_nothing_changes() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let before = duty::rows(app, &boss).unwrap();
        let seen = duty::mark(&of(&world, "AI-WORK"));
        let field = |name: &str, code| vec![(name.to_owned(), code)];
        let new = |row: Duty| invalid(duty::add(app, &boss, &row, ""));
        let next = |row: Duty| invalid(duty::add(app, &boss, &row, &seen));
        assert_eq!(new(row("kb lich")), field("id", "not_an_id"));
        assert_eq!(new(row("AI-WORK")), field("id", "exists_already"));
        assert_eq!(new(Duty { source: " ".to_owned(), ..row("KB-1") }), field("source", "required"));
        assert_eq!(new(Duty { basis: String::new(), ..row("KB-1") }), field("basis", "required"));
        assert_eq!(new(Duty { title: "a".repeat(501), ..row("KB-1") }), field("title", "too_long"));
        assert_eq!(new(Duty { kind: "song".to_owned(), ..row("KB-1") }), field("kind", "not_a_word"));
        assert_eq!(new(Duty { rule: Some("NO".to_owned()), ..row("KB-1") }), field("rule", "no_such_rule"));
        let early = Duty { valid_from: Day::constant(2001, 1, 1), ..row("KB-1") };
        assert_eq!(new(early), field("rule", "not_in_force"));
        let backwards = Duty { valid_to: Some(Day::constant(2027, 1, 1)), ..row("KB-1") };
        assert_eq!(new(backwards), field("valid_to", "before_start"));
        let same_day = Duty { valid_from: Day::constant(2018, 7, 1), ..row("AI-WORK") };
        assert_eq!(next(same_day), field("valid_from", "exists_already"));
        let before_it = Duty { valid_from: Day::constant(2017, 1, 1), rule: None, ..row("AI-WORK") };
        assert_eq!(next(before_it), field("valid_from", "overlaps"));
        let end = |last, basis: &str| {
            let ending = Ending { basis: basis.to_owned(), ..ending(last) };
            invalid(duty::end(app, &boss, "AI-WORK", &ending, &seen))
        };
        assert_eq!(end(FROM, " "), field("basis", "required"));
        assert_eq!(end(Day::constant(2018, 6, 30), "QĐ"), field("valid_to", "before_start"));
        let law = duty::mark(&of(&world, "PT-LAW"));
        let again = duty::end(app, &boss, "PT-LAW", &ending(FROM), &law);
        assert_eq!(invalid(again), field("valid_to", "ends_before"));
        let none = duty::end(app, &boss, "KB-NONE", &ending(FROM), "");
        assert!(matches!(none, Err(ActionError::NotFound)));
        assert_eq!(duty::rows(app, &boss).unwrap(), before);
    });
}
