//! Grounds of refusal as dated rows: added with a source, ended by the row that follows.

use app::{ActionError, Actor, overseeing, rules};
use domain::law::{Confidence, Ground, Law, Refuses, Rule};
use domain::time::Day;
use testkit::for_each_backend;

use crate::world::World;

fn ground(code: &str) -> Ground {
    Ground {
        code: code.to_owned(),
        title: "Căn cứ thử".to_owned(),
        refuses: Refuses::Press,
        valid_from: Day::constant(2028, 1, 1),
        valid_to: None,
        basis: "Quyết định mẫu".to_owned(),
        source: "Bản giấy".to_owned(),
        confidence: Confidence::Doubtful,
    }
}

#[test]
fn a_new_row_of_a_ground_ends_the_one_before_and_both_changes_stand_in_the_ledger() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let entries = || overseeing::ledger(&app, &Actor::command_line(), None, 1).unwrap().0[0].sequence;
        let before = entries();
        rules::add_ground(&app, &Actor::command_line(), &ground("case_pending")).unwrap();
        assert_eq!(entries(), before + 2);
        let law = rules::policy(&app).unwrap().law;
        let of = |day: Day| {
            let mut rows = law.grounds_at(day).filter(|row| row.code == "case_pending");
            let found = rows.next().unwrap().basis.clone();
            assert!(rows.next().is_none());
            found
        };
        assert!(of(Day::constant(2027, 12, 31)).contains("126/2025/QH15"));
        assert_eq!(of(Day::constant(2028, 1, 1)), "Quyết định mẫu");
    });
}

#[test]
fn a_ground_without_source_or_of_another_kind_or_twice_is_refused_and_nothing_changes() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let stored = || rules::policy(&app).unwrap().law.grounds;
        let before = stored();
        let refused = |row: Ground| match rules::add_ground(&app, &Actor::command_line(), &row) {
            Err(ActionError::Invalid(fields)) => (fields[0].field.clone(), fields[0].code),
            other => panic!("{other:?}"),
        };
        let field = |name: &str, code| (name.to_owned(), code);
        let no_source = Ground { source: " ".to_owned(), ..ground("case_pending") };
        assert_eq!(refused(no_source), field("source", "required"));
        assert_eq!(refused(ground("Bí mật")), field("code", "not_a_code"));
        let citizen = Ground { refuses: Refuses::InformationRequest, ..ground("case_pending") };
        assert_eq!(refused(citizen), field("code", "exists_already"));
        let backwards = Ground { valid_to: Some(Day::constant(2027, 1, 1)), ..ground("case_pending") };
        assert_eq!(refused(backwards), field("valid_to", "before_start"));
        let same_day = Ground { valid_from: Day::constant(2026, 7, 1), ..ground("case_pending") };
        assert_eq!(refused(same_day), field("valid_from", "exists_already"));
        let between = Ground { valid_from: Day::constant(2020, 1, 1), ..ground("case_pending") };
        assert_eq!(refused(between), field("valid_from", "overlaps"));
        assert_eq!(stored(), before);
    });
}

#[test]
fn rules_of_a_newer_program_come_into_an_older_installation_and_what_the_office_deleted_stays_away() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let mut law = Law::shipped();
        assert_eq!(rules::add_shipped(&app, &law).unwrap(), 0, "nothing is added to what is whole");
        let has = |id: &str| rules::policy(&app).unwrap().law.rules.iter().any(|rule| rule.id == id);
        let newer = Rule { id: "PS-OWN-NEWER".into(), ..law.rules[0].clone() };
        law.rules.push(newer.clone());
        law.grounds.push(ground("newer"));
        assert_eq!(rules::add_shipped(&app, &law).unwrap(), 2);
        assert!(has("PS-OWN-NEWER"));
        assert_eq!(rules::add_shipped(&app, &law).unwrap(), 0, "once");
        let delete = |tx: &mut store::Tx<'_>| store::rule::delete(tx, &newer.id, newer.valid_from, 1);
        office.db.write(&office.actor(), delete).unwrap();
        assert_eq!(rules::add_shipped(&app, &law).unwrap(), 0, "the office did not want it");
        assert!(!has("PS-OWN-NEWER"));
    });
}
