//! The index beside the database: made, kept in step, thrown away, shared.

use std::time::Duration;

use app::App;
use app::register;
use app::search::{self, Answer, Keeper, Query};
use domain::register::Register;
use testkit::{Office, for_each_backend};

use crate::node;

fn add(app: &App, title: &str, posted_on: &str) -> String {
    let typed = [("title", title), ("posted_on", posted_on)];
    let typed = typed.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let actor = app::Actor::command_line();
    register::add(app, &actor, Register::News, &typed).unwrap().to_string()
}

fn office_app(office: &Office) -> App {
    let app = node(office, office.db.clone());
    let installation = app::installation::example();
    app::installation::make(&app, &app::Actor::command_line(), &installation).unwrap();
    app
}

/// The titles that are found; nothing while the index is being made.
fn titles(app: &App, text: &str) -> Option<Vec<String>> {
    match search::find(app, &Query::new(text, app.today())).unwrap() {
        Answer::Found(found) => {
            assert_eq!(found.total, found.hits.len() as u64);
            Some(found.hits.into_iter().map(|hit| hit.title.text).collect())
        }
        Answer::Preparing => None,
    }
}

/// Runs a keeper until it has made the index.
fn prepare(app: &App) {
    let keeper = Keeper::start(app.clone()).unwrap();
    while titles(app, "").is_none() {
        std::thread::yield_now();
    }
    assert!(keeper.stop(Duration::from_secs(20)));
}

#[test]
fn the_index_is_made_by_the_keeper_and_every_search_sees_what_was_written_before_it() {
    for_each_backend(|office| {
        let app = office_app(office);
        add(&app, "Họp dân thôn Đoài", "02/03/2020");
        assert_eq!(titles(&app, "hop dan"), None, "before it is made, that is said");
        prepare(&app);
        assert_eq!(titles(&app, "hop dan").unwrap(), ["Họp dân thôn Đoài"]);
        let id = add(&app, "Họp dân thôn Đông", "03/03/2020");
        assert_eq!(titles(&app, "hop dan").unwrap().len(), 2);
        let suggested = search::suggest(&app, "thon do", 5).unwrap();
        assert_eq!(suggested.len(), 2);
        let id = id.parse().unwrap();
        register::remove(&app, &app::Actor::command_line(), (Register::News, id), 1, "Đăng nhầm").unwrap();
        assert_eq!(titles(&app, "hop dan").unwrap(), ["Họp dân thôn Đoài"]);
        assert_eq!(search::suggest(&app, "thon do", 5).unwrap().len(), 1);
    });
}

#[test]
fn an_item_of_a_later_day_is_not_found_before_it() {
    for_each_backend(|office| {
        let app = office_app(office);
        add(&app, "Lịch cắt điện", "02/03/2099");
        prepare(&app);
        assert_eq!(titles(&app, "cắt điện").unwrap(), Vec::<String>::new());
        assert_eq!(search::suggest(&app, "cắt", 5).unwrap().len(), 0);
    });
}

#[test]
fn after_a_restart_the_index_goes_on_where_it_stood() {
    for_each_backend(|office| {
        let first = office_app(office);
        add(&first, "Tin một", "02/03/2020");
        prepare(&first);
        drop(first);
        let second = node(office, office.db.clone());
        add(&second, "Tin hai", "02/03/2020");
        prepare(&second);
        assert_eq!(titles(&second, "tin").unwrap().len(), 2);
    });
}

#[test]
fn an_index_that_is_damaged_missing_or_of_another_state_of_the_database_is_made_anew() {
    for_each_backend(|office| {
        let first = office_app(office);
        add(&first, "Tin một", "02/03/2020");
        prepare(&first);
        let folder = first.folder().to_owned();
        drop(first);
        for entry in walk(&folder.join("search")) {
            std::fs::write(entry, b"rubbish").unwrap();
        }
        let second = node(office, office.db.clone());
        prepare(&second);
        assert_eq!(titles(&second, "một").unwrap().len(), 1);
        drop(second);
        search::forget(&folder).unwrap();
        search::forget(&folder).unwrap();
        let index = ::search::Index::open(&folder.join("search")).unwrap();
        let old = ::search::Entry {
            id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ".into(),
            title: "Tin cũ".into(),
            ..Default::default()
        };
        index.apply(&[::search::Change::Put(Box::new(old))], 1).unwrap();
        drop(index);
        let third = node(office, office.db.clone());
        prepare(&third);
        assert_eq!(titles(&third, "tin").unwrap(), ["Tin một"]);
    });
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            files.extend(walk(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}

#[test]
fn whatever_an_index_holds_what_is_not_public_is_not_shown() {
    for_each_backend(|office| {
        let app = office_app(office);
        add(&app, "Tin một", "02/03/2020");
        prepare(&app);
        let folder = app.folder().join("search");
        drop(app);
        let index = ::search::Index::open(&folder).unwrap();
        let alien = ::search::Entry {
            id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ".into(),
            title: "Tin lạ".into(),
            ..Default::default()
        };
        index.apply(&[::search::Change::Put(Box::new(alien))], 1).unwrap();
        drop(index);
        let app = node(office, office.db.clone());
        prepare(&app);
        assert_eq!(titles(&app, "tin").unwrap(), ["Tin một"]);
        assert_eq!(search::suggest(&app, "tin l", 5).unwrap().len(), 0);
    });
}

#[test]
fn one_program_keeps_an_index_and_another_only_reads_it() {
    for_each_backend(|office| {
        let serving = office_app(office);
        add(&serving, "Tin một", "02/03/2020");
        prepare(&serving);
        let other = node(office, office.db.clone());
        let refused = search::rebuild(&other, &mut |_| ()).unwrap_err();
        assert!(matches!(refused, app::ActionError::Refused("search_index_in_use")), "{refused:?}");
        prepare(&other);
        add(&serving, "Tin hai", "02/03/2020");
        assert_eq!(titles(&serving, "tin").unwrap().len(), 2);
        assert_eq!(titles(&other, "tin").unwrap().len(), 2);
        drop(serving);
        assert_eq!(search::rebuild(&other, &mut |_| ()).unwrap(), 2);
    });
}
