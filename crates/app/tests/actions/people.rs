//! Invitations, people and their rights.

use app::account::{self, NewPerson};
use app::{ActionError, Actor};
use domain::access::{Capability, Role};
use domain::id::PersonId;
use testkit::for_each_backend;

use crate::world::{PASSWORD, World, done, form, invalid, new_person, refused};

fn version(world: &World, id: PersonId) -> i64 {
    account::person(&world.app, &Actor::command_line(), id).unwrap().version
}

fn is_dead(world: &World, token: &str) -> bool {
    let invited = account::invited(&world.app, token);
    let accepted = account::accept_invitation(&world.app, token, PASSWORD);
    matches!(invited, Err(ActionError::NotFound)) && matches!(accepted, Err(ActionError::NotFound))
}

#[test]
fn sec_auth_a06_an_invitation_works_once_for_an_hour_and_dies_with_a_newer_one() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let (id, first) = account::add_person(app, &boss, &new_person("an", &[Role::Clerk])).unwrap();
        assert_eq!(account::invited(app, &first.token).unwrap().id, id);
        let second = account::invite(app, &boss, id).unwrap();
        assert!(is_dead(&world, &first.token), "a newer invitation ends the one before");
        world.clock.advance_minutes(61);
        assert!(is_dead(&world, &second.token), "an hour is over");
        let third = account::invite(app, &boss, id).unwrap();
        let bad = account::accept_invitation(app, &third.token, "ngắn");
        assert_eq!(invalid(bad), [("new".to_owned(), "too_short")]);
        account::accept_invitation(app, &third.token, PASSWORD).unwrap();
        assert!(is_dead(&world, &third.token), "it was used");
        done(account::sign_in(app, &form("an", PASSWORD)));

        let fourth = account::invite(app, &boss, id).unwrap();
        let changed = format!("{}x", fourth.token);
        for forged in ["", "x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", &id.to_string(), &changed] {
            assert!(is_dead(&world, forged), "{forged}");
        }
    });
}

#[test]
fn an_invitation_of_a_person_disabled_meanwhile_is_dead() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let new = new_person("an", &[Role::Clerk]);
        let (id, invitation) = account::add_person(app, &boss, &new).unwrap();
        account::change_person(app, &boss, (id, version(&world, id)), &new, false).unwrap();
        assert!(is_dead(&world, &invitation.token));
    });
}

#[test]
fn accepting_an_invitation_ends_the_sessions_of_the_old_password() {
    for_each_backend(|office| {
        let world = World::new(office);
        let id = world.person_with_password("an", &[Role::Clerk]);
        let token = world.token("an");
        let invitation = account::invite(&world.app, &Actor::command_line(), id).unwrap();
        assert!(world.alive(&token).is_some(), "an invitation alone changes nothing");
        account::accept_invitation(&world.app, &invitation.token, "nắng tốt dưa, mưa tốt lúa").unwrap();
        assert!(world.alive(&token).is_none());
    });
}

#[test]
fn a_person_needs_a_plain_account_a_name_and_a_role() {
    for_each_backend(|office| {
        let world = World::new(office);
        let boss = Actor::command_line();
        let bad = NewPerson { account: "Ân".to_owned(), full_name: " ".to_owned(), ..new_person("x", &[]) };
        let fields: Vec<String> = invalid(account::add_person(&world.app, &boss, &bad))
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(fields, ["account", "full_name", "roles"]);
        account::add_person(&world.app, &boss, &new_person("an", &[Role::Clerk])).unwrap();
        for taken in ["an", "AN", " an "] {
            let again = account::add_person(&world.app, &boss, &new_person(taken, &[Role::Clerk]));
            assert_eq!(invalid(again), [("account".to_owned(), "exists_already")], "{taken}");
        }
    });
}

#[test]
fn sec_sess_a02_disabling_ends_sessions_and_new_roles_count_from_the_next_request() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let id = world.person_with_password("an", &[Role::Clerk]);
        let token = world.token("an");
        let change = new_person("an", &[Role::Radio]);
        account::change_person(app, &boss, (id, version(&world, id)), &change, true).unwrap();
        let session = world.alive(&token).unwrap();
        assert_eq!(session.actor.roles, [Role::Radio]);
        assert!(!session.actor.may(Capability::ExportRegisters));

        account::change_person(app, &boss, (id, version(&world, id)), &change, false).unwrap();
        assert!(world.alive(&token).is_none());
        assert_eq!(refused(account::sign_in(app, &form("an", PASSWORD))), "sign_in_failed");
        account::change_person(app, &boss, (id, version(&world, id)), &change, true).unwrap();
        assert!(world.alive(&token).is_none(), "an ended session stays ended");
        done(account::sign_in(app, &form("an", PASSWORD)));
    });
}

#[test]
fn of_two_who_change_one_person_the_second_is_told_and_nothing_is_lost() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let (id, _) = account::add_person(app, &boss, &new_person("an", &[Role::Clerk])).unwrap();
        let seen = version(&world, id);
        let first = NewPerson { title: "Văn thư".to_owned(), ..new_person("an", &[Role::Clerk]) };
        account::change_person(app, &boss, (id, seen), &first, true).unwrap();
        let second = account::change_person(app, &boss, (id, seen), &new_person("an", &[Role::Leader]), true);
        assert!(matches!(second, Err(ActionError::Stale)), "{second:?}");
        let person = account::person(app, &boss, id).unwrap();
        assert_eq!((person.title.as_str(), person.roles), ("Văn thư", vec![Role::Clerk]));
    });
}

#[test]
fn the_last_administrator_stays() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let add = |account: &str| {
            account::add_person(app, &boss, &new_person(account, &[Role::Administrator])).unwrap().0
        };
        let (first, second) = (add("mot"), add("hai"));
        let as_clerk = new_person("mot", &[Role::Clerk]);
        account::change_person(app, &boss, (first, version(&world, first)), &as_clerk, true).unwrap();
        let last = (second, version(&world, second));
        let demoted = account::change_person(app, &boss, last, &new_person("hai", &[Role::Clerk]), true);
        assert_eq!(refused(demoted), "last_administrator");
        let same = new_person("hai", &[Role::Administrator]);
        assert_eq!(refused(account::change_person(app, &boss, last, &same, false)), "last_administrator");
        account::change_person(app, &boss, last, &same, true).unwrap();
    });
}

#[test]
fn sec_az_a07_an_administrator_does_not_change_the_own_rights() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, world.person("mot", &[Role::Administrator]));
        world.person("hai", &[Role::Administrator]);
        let id = boss.person.unwrap();
        let own = |roles: &[Role], is_enabled: bool| {
            let change = new_person("mot", roles);
            account::change_person(app, &boss, (id, version(&world, id)), &change, is_enabled)
        };
        assert_eq!(refused(own(&[Role::Administrator, Role::Leader], true)), "own_rights");
        assert_eq!(refused(own(&[Role::Clerk], true)), "own_rights");
        assert_eq!(refused(own(&[Role::Administrator], false)), "own_rights");
        own(&[Role::Administrator], true).unwrap();
        assert_eq!(account::person(app, &boss, id).unwrap().roles, [Role::Administrator]);
    });
}
