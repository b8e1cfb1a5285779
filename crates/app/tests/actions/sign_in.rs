//! Signing in: wrong combinations, waiting, sessions and how they end.

use std::net::{IpAddr, Ipv4Addr};

use app::account::{self, SignIn};
use app::{ActionError, Actor, jobs};
use domain::access::Role;
use testkit::for_each_backend;

use crate::world::{PASSWORD, World, done, form, new_person, refused};

fn from(last: u8, form: SignIn) -> SignIn {
    SignIn { network: IpAddr::V4(Ipv4Addr::new(10, 0, 0, last)), ..form }
}

fn wait_of(world: &World, form: &SignIn) -> i64 {
    match account::sign_in(&world.app, form) {
        Err(ActionError::TooMany { seconds }) => seconds,
        other => panic!("did not have to wait: {other:?}"),
    }
}

#[test]
fn sec_auth_12_wrong_password_unknown_account_and_locked_account_are_one_answer() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        world.person("moi", &[Role::Clerk]);
        let gone = world.person_with_password("nghi", &[Role::Clerk]);
        let (app, boss) = (&world.app, Actor::command_line());
        let version = account::person(app, &boss, gone).unwrap().version;
        account::change_person(app, &boss, (gone, version), &new_person("nghi", &[Role::Clerk]), false)
            .unwrap();
        for wrong in [
            form("an", "mật khẩu sai hoàn toàn"),
            form("khong-co", PASSWORD),
            form("moi", ""),
            form("nghi", PASSWORD),
            form("an", &"x".repeat(100_000)),
        ] {
            assert_eq!(refused(account::sign_in(app, &wrong)), "sign_in_failed", "{}", wrong.account);
        }
        done(account::sign_in(app, &form("an", PASSWORD)));
    });
}

#[test]
fn sec_auth_a05_a_password_typed_in_composed_and_in_decomposed_letters_is_the_same() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let decomposed: String = PASSWORD.replace('ồ', "o\u{302}\u{300}");
        assert_ne!(decomposed, PASSWORD);
        done(account::sign_in(&world.app, &form("an", &decomposed)));
        done(account::sign_in(&world.app, &form(" AN ", PASSWORD)));
    });
}

#[test]
fn sec_auth_a01_five_failures_make_an_account_wait_15_minutes_and_six_half_an_hour() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        for _ in 0..5 {
            assert_eq!(refused(account::sign_in(&world.app, &form("an", "sai"))), "sign_in_failed");
        }
        assert_eq!(wait_of(&world, &form("an", PASSWORD)), 15 * 60, "the right password has to wait too");
        assert_eq!(wait_of(&world, &form("AN", PASSWORD)), 15 * 60, "however the account is written");
        world.clock.advance_minutes(14);
        wait_of(&world, &form("an", PASSWORD));
        world.clock.advance_minutes(2);
        assert_eq!(refused(account::sign_in(&world.app, &form("an", "sai"))), "sign_in_failed");
        assert_eq!(wait_of(&world, &form("an", PASSWORD)), 30 * 60);
        world.clock.advance_minutes(31);
        done(account::sign_in(&world.app, &form("an", PASSWORD)));
        assert_eq!(refused(account::sign_in(&world.app, &form("an", "sai"))), "sign_in_failed");
        done(account::sign_in(&world.app, &form("an", PASSWORD)));
    });
}

#[test]
fn sec_auth_a03_a_colleague_who_fails_on_purpose_elsewhere_locks_nobody_out() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        for _ in 0..5 {
            account::sign_in(&world.app, &from(66, form("an", "sai"))).unwrap_err();
        }
        wait_of(&world, &from(66, form("an", PASSWORD)));
        done(account::sign_in(&world.app, &from(7, form("an", PASSWORD))));
    });
}

#[test]
fn sec_lim_03_one_network_waits_after_ten_failures_a_minute_but_thirty_people_sign_in_behind_it() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        for _ in 0..30 {
            done(account::sign_in(&world.app, &form("an", PASSWORD)));
        }
        for number in 0..10 {
            account::sign_in(&world.app, &form(&format!("ai{number}"), "sai")).unwrap_err();
        }
        assert_eq!(wait_of(&world, &form("an", PASSWORD)), 60);
        world.clock.advance_minutes(2);
        done(account::sign_in(&world.app, &form("an", PASSWORD)));
    });
}

#[test]
fn sec_auth_a01_a_thousand_networks_do_not_try_one_account_more_than_a_hundred_times_a_day() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let known = from(1, form("an", PASSWORD));
        done(account::sign_in(&world.app, &known));
        world.clock.advance_minutes(10 * 24 * 60);
        jobs::run_now(&world.app, &Actor::command_line(), jobs::Kind::Sweep).unwrap();
        jobs::run_due(&world.app, "test").unwrap();
        let mut checked = 0;
        for network in 2..=120 {
            match account::sign_in(&world.app, &from(network, form("an", "sai"))) {
                Err(ActionError::Refused(_)) => checked += 1,
                Err(ActionError::TooMany { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(checked <= 100, "{checked} passwords were tried");
        done(account::sign_in(&world.app, &known));
    });
}

#[test]
fn sec_sess_a05_a_session_ends_after_15_idle_minutes_and_after_12_hours_of_work() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let idle = world.token("an");
        world.clock.advance_minutes(14);
        assert!(world.alive(&idle).is_some());
        world.clock.advance_minutes(16);
        assert!(world.alive(&idle).is_none());
        world.clock.advance_minutes(-16);
        assert!(world.alive(&idle).is_none(), "an ended session does not come back with the clock");

        let busy = world.token("an");
        let mut minutes = 0;
        while world.alive(&busy).is_some() {
            world.clock.advance_minutes(10);
            minutes += 10;
            assert!(minutes <= 12 * 60, "a session lived longer than a working day");
        }
        assert_eq!(minutes, 12 * 60);
    });
}

#[test]
fn sec_sess_04_the_sixth_session_ends_the_oldest() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let tokens: Vec<String> = (0..6)
            .map(|_| {
                world.clock.advance_minutes(1);
                world.token("an")
            })
            .collect();
        let alive: Vec<bool> = tokens.iter().map(|token| world.alive(token).is_some()).collect();
        assert_eq!(alive, [false, true, true, true, true, true]);
    });
}

#[test]
fn sec_sess_a02_signing_out_and_a_new_password_end_sessions_at_once() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let (first, second) = (world.token("an"), world.token("an"));
        account::sign_out(&world.app, &first).unwrap();
        assert!(world.alive(&first).is_none() && world.alive(&second).is_some());

        let third = world.token("an");
        let session = world.alive(&third).unwrap();
        let new = "mưa rào thì nghỉ, nắng thì đi cày";
        account::change_password(&world.app, &session, PASSWORD, new).unwrap();
        assert!(world.alive(&second).is_none() && world.alive(&third).is_some());
        assert_eq!(refused(account::sign_in(&world.app, &form("an", PASSWORD))), "sign_in_failed");
        done(account::sign_in(&world.app, &form("an", new)));
    });
}

#[test]
fn sec_auth_the_old_password_cannot_be_guessed_through_the_form_that_changes_it() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        let session = world.session("an");
        let new = "mưa rào thì nghỉ, nắng thì đi cày";
        for _ in 0..5 {
            let wrong = account::change_password(&world.app, &session, "sai", new);
            assert!(matches!(wrong, Err(ActionError::Invalid(_))), "{wrong:?}");
        }
        let waiting = account::change_password(&world.app, &session, PASSWORD, new);
        assert!(matches!(waiting, Err(ActionError::TooMany { .. })), "{waiting:?}");
    });
}

#[test]
fn one_s_own_sessions_are_listed_and_ended_and_nobody_else_s() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Clerk]);
        world.person_with_password("binh", &[Role::Officer]);
        let (mine, other) = (world.session("an"), world.token("an"));
        let stranger = world.session("binh");
        let views = account::sessions(&world.app, &mine).unwrap();
        assert_eq!(views.iter().filter(|view| view.is_this).count(), 1);
        assert_eq!(views.len(), 2);
        let hers = views.iter().find(|view| !view.is_this).unwrap();
        let taken = account::end_session(&world.app, &stranger, &hers.token_hash);
        assert!(matches!(taken, Err(ActionError::NotFound)), "{taken:?}");
        assert!(world.alive(&other).is_some());
        account::end_session(&world.app, &mine, &hers.token_hash).unwrap();
        assert!(world.alive(&other).is_none());
    });
}

#[test]
fn a_proof_lasts_five_minutes_and_wants_the_password() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Administrator]);
        let token = world.token("an");
        assert!(world.alive(&token).unwrap().is_proved, "signing in is a proof");
        world.clock.advance_minutes(5);
        let session = world.alive(&token).unwrap();
        assert!(!session.is_proved);
        assert_eq!(refused(account::prove(&world.app, &session, "sai", None)), "sign_in_failed");
        assert!(!world.alive(&token).unwrap().is_proved);
        account::prove(&world.app, &session, PASSWORD, None).unwrap();
        assert!(world.alive(&token).unwrap().is_proved);
        for _ in 0..5 {
            account::prove(&world.app, &session, "sai", None).unwrap_err();
        }
        let waiting = account::prove(&world.app, &session, PASSWORD, None);
        assert!(matches!(waiting, Err(ActionError::TooMany { .. })), "{waiting:?}");
    });
}
