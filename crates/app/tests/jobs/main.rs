//! Background work on both databases: planned, done once, tried again, given up, told to the administrator.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod recurring;
mod search;
mod trouble;

use app::jobs::{self, Kind, KindView, RunView};
use app::{Actor, App, Parts, SecretKey};
use domain::access::Role;
use store::{Blobs, Database};
use testkit::Office;

/// An application on this database, with a data folder of its own.
pub(crate) fn node(office: &Office, database: Database) -> App {
    let folder = office.directory.join("data");
    App::new(Parts {
        database,
        blobs: Blobs::open(&folder.join("files").display().to_string(), &[]).unwrap(),
        key: SecretKey::from_bytes([7; 32]),
        folder,
        base_url: "http://127.0.0.1".to_owned(),
        font_places: Vec::new(),
    })
}

/// Somebody with this role.
pub(crate) fn actor(role: Role) -> Actor {
    Actor::person(domain::id::PersonId::from_parts(1, 1), None, vec![role])
}

/// How a kind stands.
pub(crate) fn view(app: &App, kind: Kind) -> KindView {
    let overview = jobs::overview(app, &actor(Role::Administrator)).unwrap();
    overview.kinds.into_iter().find(|view| view.kind == kind).unwrap()
}

/// What ended, of this kind.
pub(crate) fn runs(app: &App, kind: Kind) -> Vec<RunView> {
    let overview = jobs::overview(app, &actor(Role::Administrator)).unwrap();
    overview.runs.into_iter().filter(|run| run.kind == kind.word()).collect()
}

/// The names of the backups in the data folder.
pub(crate) fn backups(app: &App) -> Vec<String> {
    let all = app::overseeing::backups(app, &actor(Role::Administrator)).unwrap();
    all.into_iter().map(|backup| backup.name).collect()
}
