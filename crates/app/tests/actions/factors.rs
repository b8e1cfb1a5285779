//! The second factor: codes and recovery codes, each once; taking it away.

use app::account::{self, RECOVERY_CODES, Session, SignIn, SignedIn};
use app::{ActionError, App};
use domain::access::Role;
use testkit::for_each_backend;
use totp_rs::{Algorithm, Builder, Secret};

use crate::world::{PASSWORD, World, done, form, invalid, refused};

/// The code an authenticator app shows now, or some steps off.
fn code(world: &World, secret_base32: &str, steps: i64) -> String {
    let seconds = world.app.now().as_second() + steps * 30;
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::try_from_base32(secret_base32).unwrap())
        .with_account_name("x".to_owned())
        .with_issuer(None::<String>)
        .build()
        .unwrap();
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

/// Sets up a factor for the person `an`: the session, the seed, the recovery codes.
fn enrolled(world: &World) -> (Session, String, Vec<String>) {
    world.person_with_password("an", &[Role::Leader]);
    let token = world.token("an");
    let session = world.alive(&token).unwrap();
    let enrolment = account::begin_factor(&world.app, &session).unwrap();
    let first = code(world, &enrolment.secret_base32, 0);
    let codes = account::confirm_factor(&world.app, &session, &first).unwrap();
    (world.alive(&token).unwrap(), enrolment.secret_base32, codes)
}

fn with_code(code: &str) -> SignIn {
    SignIn { code: Some(code.to_owned()), ..form("an", PASSWORD) }
}

fn fails(app: &App, form: &SignIn) {
    assert_eq!(refused(account::sign_in(app, form)), "sign_in_failed");
}

#[test]
fn a_factor_counts_from_its_first_code_and_ends_the_other_sessions() {
    for_each_backend(|office| {
        let world = World::new(office);
        world.person_with_password("an", &[Role::Leader]);
        let (own, other) = (world.token("an"), world.token("an"));
        let session = world.alive(&own).unwrap();
        let enrolment = account::begin_factor(&world.app, &session).unwrap();
        assert!(enrolment.url.starts_with("otpauth://totp/"), "{}", enrolment.url);
        done(account::sign_in(&world.app, &form("an", PASSWORD)));
        let wrong = account::confirm_factor(&world.app, &session, "000000");
        assert_eq!(invalid(wrong), [("code".to_owned(), "code_wrong")]);
        assert!(!world.alive(&own).unwrap().person.has_factor);

        let right = code(&world, &enrolment.secret_base32, 0);
        let codes = account::confirm_factor(&world.app, &session, &right).unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(world.alive(&other).is_none());
        let session = world.alive(&own).unwrap();
        assert!(session.person.has_factor);
        assert_eq!(refused(account::begin_factor(&world.app, &session)), "factor_exists");
        let again = account::confirm_factor(&world.app, &session, &right);
        assert!(matches!(again, Err(ActionError::NotFound)), "{again:?}");
    });
}

#[test]
fn sec_auth_a07_a_code_works_once_and_only_one_step_off() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (_, seed, _) = enrolled(&world);
        let needs = account::sign_in(&world.app, &form("an", PASSWORD)).unwrap();
        assert_eq!(needs, SignedIn::NeedsCode);
        fails(&world.app, &with_code(&code(&world, &seed, 0))); // used when it was set up
        world.clock.advance_minutes(2);
        let now = code(&world, &seed, 0);
        done(account::sign_in(&world.app, &with_code(&now)));
        fails(&world.app, &with_code(&now));
        fails(&world.app, &with_code(&code(&world, &seed, -1))); // an older step than the one used
        fails(&world.app, &with_code(&code(&world, &seed, 3)));
        done(account::sign_in(&world.app, &with_code(&code(&world, &seed, 1))));
        world.clock.advance_minutes(10);
        fails(&world.app, &SignIn { password: "sai".to_owned(), ..with_code(&code(&world, &seed, 0)) });
        done(account::sign_in(&world.app, &with_code(&code(&world, &seed, 0))));
    });
}

#[test]
fn sec_auth_a07_guessing_codes_has_to_wait_after_five() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (_, seed, _) = enrolled(&world);
        world.clock.advance_minutes(2);
        let right = code(&world, &seed, 0);
        let wrong = if right == "123456" { "123457" } else { "123456" };
        for _ in 0..5 {
            fails(&world.app, &with_code(wrong));
            // Asking for the code again, password only, forgets nothing.
            account::sign_in(&world.app, &form("an", PASSWORD)).ok();
        }
        let waiting = account::sign_in(&world.app, &with_code(&right));
        assert!(matches!(waiting, Err(ActionError::TooMany { .. })), "{waiting:?}");
    });
}

#[test]
fn sec_auth_a08_each_recovery_code_works_once() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (_, _, codes) = enrolled(&world);
        for recovery in &codes {
            done(account::sign_in(&world.app, &with_code(&recovery.to_uppercase())));
            fails(&world.app, &with_code(recovery));
            world.clock.advance_minutes(1);
        }
        fails(&world.app, &with_code("aaaaa-aaaaa-aaaaa-aaaaa"));
    });
}

#[test]
fn sec_auth_a09_a_factor_goes_only_with_password_and_code() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (session, seed, codes) = enrolled(&world);
        world.clock.advance_minutes(2);
        let right = code(&world, &seed, 0);
        let app = &world.app;
        assert_eq!(refused(account::remove_factor(app, &session, PASSWORD, "")), "sign_in_failed");
        assert_eq!(refused(account::remove_factor(app, &session, "sai", &right)), "sign_in_failed");
        assert_eq!(refused(account::prove(app, &session, PASSWORD, None)), "sign_in_failed");
        account::remove_factor(app, &session, PASSWORD, &right).unwrap();
        done(account::sign_in(app, &form("an", PASSWORD)));

        // A new factor does not know the codes of the old one.
        let session = world.session("an");
        let enrolment = account::begin_factor(app, &session).unwrap();
        assert_ne!(enrolment.secret_base32, seed);
        world.clock.advance_minutes(1);
        account::confirm_factor(app, &session, &code(&world, &enrolment.secret_base32, 0)).unwrap();
        fails(app, &with_code(&codes[0]));
    });
}

#[test]
fn sec_auth_08_an_invitation_sets_the_password_and_leaves_the_factor() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (session, seed, _) = enrolled(&world);
        let boss = app::Actor::command_line();
        let invitation = account::invite(&world.app, &boss, session.person.id).unwrap();
        let new = "nắng tốt dưa, mưa tốt lúa";
        account::accept_invitation(&world.app, &invitation.token, new).unwrap();
        let without = SignIn { password: new.to_owned(), ..form("an", "") };
        assert_eq!(account::sign_in(&world.app, &without).unwrap(), SignedIn::NeedsCode);
        world.clock.advance_minutes(2);
        let code = Some(code(&world, &seed, 0));
        done(account::sign_in(&world.app, &SignIn { code, ..without }));
    });
}
