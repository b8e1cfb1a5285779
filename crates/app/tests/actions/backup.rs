//! A backup holds everything that counts, and a restore ends all sessions.

use std::path::Path;

use app::register::{self, Query};
use app::reports::{self, Act};
use app::{Actor, App, Parts, SecretKey, overseeing};
use domain::access::Role;
use domain::register::Register;
use domain::report::Event;
use store::{Blobs, Database, Sources, Target};
use testkit::{Office, for_each_backend};

use crate::world::{PASSWORD, World, done, form, year};

#[test]
fn sec_sess_a06_a_restored_installation_has_all_records_reports_and_people_and_no_session() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        world.person_with_password("an", &[Role::Clerk]);
        let token = world.token("an");
        world.add(Register::News, &[("posted_on", "05/01/2020"), ("title", "Tin đã sao lưu")]);
        let report = reports::create(app, &boss, year(), "press-speech-five-parts").unwrap();
        reports::act(app, &boss, (report, 1), Event::Freeze, &Act::default()).unwrap();
        let bytes = "STT,Ngày đăng,Tiêu đề\r\n1,05/01/2020,Tin\r\n".as_bytes().to_vec();
        let options = app::importing::Options::default();
        let kept =
            app::importing::preview(app, &boss, "tin.csv", bytes, &options, words::Language::Vi).unwrap();
        let set = reports::file(app, &boss, report, reports::Kind::Json).unwrap();

        let name = overseeing::make_backup(app, &boss).unwrap();
        let shelf = overseeing::backups(app, &boss).unwrap();
        assert_eq!(shelf.iter().map(|backup| backup.name.as_str()).collect::<Vec<_>>(), [name.as_str()]);
        world.add(Register::News, &[("posted_on", "06/01/2020"), ("title", "Tin sau khi sao lưu")]);

        let file = app.folder().join("backups").join(&name);
        let postgres = Office::on_postgres();
        let homes = [testkit::directory(), testkit::directory()];
        let targets = [Target::Sqlite(homes[0].join("phatngon.db")), postgres.db.target().clone()];
        for (target, home) in targets.iter().zip(&homes) {
            let restored = restore(target, home, &file, office.db.sources());
            let news = register::list(&restored, &boss, &Query::all(Register::News)).unwrap();
            assert_eq!(news.records.len(), 1);
            assert_eq!(news.records[0].title(), "Tin đã sao lưu");
            assert_eq!(reports::file(&restored, &boss, report, reports::Kind::Json).unwrap(), set);
            let checked = reports::verify(&restored, std::str::from_utf8(&set).unwrap()).unwrap();
            assert!(checked.is_on_this_ledger && checked.differences.is_empty());
            let again = app::importing::preview_again(
                &restored,
                &boss,
                (&kept.id, "tin.csv"),
                &options,
                words::Language::Vi,
            );
            assert_eq!(again.unwrap().new, 1, "the files are there too");
            assert!(app::account::session(&restored, &token).unwrap().is_none());
            done(app::account::sign_in(&restored, &form("an", PASSWORD)));
            let health = overseeing::verify(&restored, &boss, &mut |_, _| {}).unwrap();
            assert!(health.is_good(), "{:?}", health.first_fault());
            register::add(
                &restored,
                &boss,
                Register::News,
                &crate::world::typed(&[("posted_on", "07/01/2020"), ("title", "Tin sau khi khôi phục")]),
            )
            .unwrap();
        }
    });
}

/// Restores into an empty place of its own.
pub(crate) fn restore(target: &Target, home: &Path, file: &Path, sources: &Sources) -> App {
    let blobs = Blobs::open(&home.join("files").display().to_string(), &[]).unwrap();
    store::archive::restore(file, target, &blobs, sources, false).unwrap();
    App::new(Parts {
        database: Database::open(target, sources.clone()).unwrap(),
        blobs,
        key: SecretKey::from_bytes([7; 32]),
        folder: home.to_owned(),
        base_url: "http://127.0.0.1:8080".to_owned(),
        font_places: Vec::new(),
    })
}
