//! The example office with the people of a test, on a database of its own.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::account::{self, NewPerson, Session, SignIn, SignedIn};
use app::register::Typed;
use app::{ActionError, Actor, App, Parts, SecretKey, installation};
use domain::access::Role;
use domain::id::{PersonId, RecordId};
use domain::period::Period;
use domain::register::Register;
use store::Blobs;
use testkit::{FakeClock, Office};

/// A password that may be taken: long, and of nobody's name.
pub const PASSWORD: &str = "chuồn chuồn bay thấp thì mưa rào";

/// The example office, its registers empty.
pub struct World {
    pub app: App,
    pub clock: Arc<FakeClock>,
}

impl World {
    pub fn new(office: &Office) -> World {
        let folder = office.directory.clone();
        let app = App::new(Parts {
            database: office.db.clone(),
            blobs: Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
            key: SecretKey::from_bytes([7; 32]),
            folder,
            base_url: "http://127.0.0.1:8080".to_owned(),
            font_places: Vec::new(),
        });
        installation::make(&app, &Actor::command_line(), &installation::example()).unwrap();
        World { app, clock: Arc::clone(&office.clock) }
    }

    /// A person with these roles, without a password yet.
    pub fn person(&self, account: &str, roles: &[Role]) -> Actor {
        let (id, _) =
            account::add_person(&self.app, &Actor::command_line(), &new_person(account, roles)).unwrap();
        Actor::person(id, None, roles.to_vec())
    }

    /// One person for each role.
    pub fn cast(&self) -> Vec<(Role, Actor)> {
        Role::ALL.into_iter().map(|role| (role, self.person(role.word(), &[role]))).collect()
    }

    /// A person who took the invitation and set [`PASSWORD`].
    pub fn person_with_password(&self, account: &str, roles: &[Role]) -> PersonId {
        let new = new_person(account, roles);
        let (id, invitation) = account::add_person(&self.app, &Actor::command_line(), &new).unwrap();
        account::accept_invitation(&self.app, &invitation.token, PASSWORD).unwrap();
        id
    }

    /// Signs in with [`PASSWORD`]; the token.
    pub fn token(&self, account: &str) -> String {
        done(account::sign_in(&self.app, &form(account, PASSWORD)))
    }

    /// Signs in with [`PASSWORD`]; the session.
    pub fn session(&self, account: &str) -> Session {
        let token = self.token(account);
        self.alive(&token).unwrap()
    }

    /// The session of a token, when it is alive.
    pub fn alive(&self, token: &str) -> Option<Session> {
        account::session(&self.app, token).unwrap()
    }

    /// Adds a line to a register as the command line.
    pub fn add(&self, register: Register, fields: &[(&str, &str)]) -> RecordId {
        app::register::add(&self.app, &Actor::command_line(), register, &typed(fields)).unwrap()
    }
}

/// The form of a new person.
pub fn new_person(account: &str, roles: &[Role]) -> NewPerson {
    NewPerson {
        account: account.to_owned(),
        full_name: format!("Người Dùng {account}"),
        title: "Chuyên viên".to_owned(),
        email: format!("{}@kimbang.example", account.trim().to_lowercase()),
        unit: None,
        roles: roles.to_vec(),
    }
}

/// What is typed to sign in, from one network.
pub fn form(account: &str, password: &str) -> SignIn {
    SignIn {
        account: account.to_owned(),
        password: password.to_owned(),
        code: None,
        network: IpAddr::V4(Ipv4Addr::LOCALHOST),
        user_agent: "test".to_owned(),
    }
}

/// The token of a sign-in that was done.
pub fn done(result: Result<SignedIn, ActionError>) -> String {
    match result {
        Ok(SignedIn::Done { token, .. }) => token,
        other => panic!("not signed in: {other:?}"),
    }
}

/// Field → text, as a form sends it.
pub fn typed(fields: &[(&str, &str)]) -> Typed {
    fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The year of the example.
pub fn year() -> Period {
    Period::calendar_year(2020).unwrap()
}

/// The code of a refusal.
pub fn refused<T: std::fmt::Debug>(result: Result<T, ActionError>) -> &'static str {
    match result {
        Err(ActionError::Refused(code)) => code,
        other => panic!("not refused: {other:?}"),
    }
}

/// The fields that could not be taken, with their codes.
pub fn invalid<T: std::fmt::Debug>(result: Result<T, ActionError>) -> Vec<(String, &'static str)> {
    match result {
        Err(ActionError::Invalid(fields)) => {
            fields.into_iter().map(|field| (field.field, field.code)).collect()
        }
        other => panic!("not invalid: {other:?}"),
    }
}
