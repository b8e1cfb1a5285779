//! What is no longer to be kept: unused files, and what is personal in registers. Figures and frozen sets stand.

use std::path::Path;

use app::importing::{self, Mode, Options};
use app::jobs::{self, Kind, Outcome};
use app::publication::{self, Uploaded};
use app::register::{self, Query};
use app::reports::{self, Act};
use app::{ActionError, Actor, App, figures, overseeing, radio, site};
use domain::access::Role;
use domain::register::Register;
use domain::report::Event;
use store::Digest;
use testkit::{Office, for_each_backend};
use words::Language;

use crate::backup::restore;
use crate::publications::draft;
use crate::world::{World, year};

const DAY: i64 = 24 * 60;
const NAME: &str = "Nguyễn Thị Bưởi";

/// Does everything that is due and gives how a kind ended.
fn run(app: &App, kind: Kind) -> Outcome {
    jobs::run_now(app, &Actor::command_line(), kind).unwrap();
    jobs::run_due(app, "w").unwrap();
    ended(app, kind)
}

fn ended(app: &App, kind: Kind) -> Outcome {
    let overview = jobs::overview(app, &Actor::command_line()).unwrap();
    let view = overview.kinds.into_iter().find(|view| view.kind == kind).unwrap();
    view.last.unwrap().outcome.unwrap()
}

fn preview(app: &App, actor: &Actor, text: &str) -> String {
    let (bytes, options) = (text.as_bytes().to_vec(), Options::default());
    importing::preview(app, actor, "so.csv", bytes, &options, Language::Vi).unwrap().id
}

fn import(app: &App, actor: &Actor, text: &str) -> importing::Outcome {
    let id = preview(app, actor, text);
    let options = Options::default();
    importing::run(app, actor, (&id, "so.csv"), &options, Mode::GoodRows, &mut |_| {}).unwrap()
}

fn exists(app: &App, digest: &str) -> bool {
    app.blobs().exists(&Digest::parse(digest).unwrap()).unwrap()
}

fn asked(code: &str, answered_on: &str) -> String {
    format!("{code},02/03/2020,{NAME},0912345678,Nội dung {code},{answered_on}\r\n")
}

const QUESTIONS: &str = "Mã câu hỏi,Ngày nhận,Người hỏi,Số điện thoại,Nội dung câu hỏi,Ngày trả lời\r\n";

fn is_sound(app: &App) {
    let health = overseeing::verify(app, &Actor::command_line(), &mut |_, _| {}).unwrap();
    assert!(health.is_good(), "{:?}", health.first_fault());
}

#[test]
fn sec_upl_a09_files_that_nothing_refers_to_are_removed_after_their_time_and_all_others_stay() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("an", &[Role::Clerk]);
        let looked = preview(app, &clerk, &[QUESTIONS, &asked("1", "05/03/2020")].concat());
        let bad = [QUESTIONS, &asked("2", "05/03/2020"), &asked("3", "31/02/2020")].concat();
        let rejected = import(app, &clerk, &bad).rejected_file.unwrap();
        let imported = Digest::of(bad.as_bytes()).to_string();
        let id = publication::begin(app, &clerk, domain::publication::Kind::News, &draft("Tin")).unwrap();
        let attach = |name: &str, version| {
            let bytes = testkit::recording(3, name);
            let file = Uploaded { name: format!("{name}.mp3"), bytes, text: String::new() };
            publication::attach(app, &clerk, (id, version), file).unwrap()
        };
        let version = attach("b", attach("a", 1));
        let files = publication::show(app, &clerk, id).unwrap().row.content.files;
        let (stays, goes) = (&files[0].digest, &files[1].digest);
        publication::detach(app, &clerk, (id, version), goes).unwrap();
        let mut batch = radio::Batch::default();
        batch.add(app, &clerk, "sang.mp3", testkit::recording(4, "c")).unwrap();
        let batch = batch.propose(app, &clerk).unwrap();
        let recording = radio::batch(app, &clerk, batch).unwrap().planned[0].files[0].digest.clone();
        radio::put_aside(app, &clerk, (batch, 1)).unwrap();
        let logo = testkit_picture();
        site::set_logo(app, &Actor::command_line(), &logo).unwrap();
        let logo = site::look(app).unwrap().logo.unwrap().digest;
        // A server was killed between keeping the file and naming it.
        let stray = app.blobs().put(b"stray".to_vec()).unwrap().to_string();

        let all = [&looked, &rejected, &imported, stays, goes, &recording, &logo, &stray];
        let unused = [&looked, &rejected, goes, &recording];
        office.clock.advance_minutes(2 * DAY);
        assert_eq!(run(app, Kind::Files).args["files"], "0", "their time is not over");
        assert!(all.iter().all(|digest| exists(app, digest)));
        office.clock.advance_minutes(2 * DAY);
        let outcome = run(app, Kind::Files);
        assert_eq!((outcome.code.as_str(), outcome.good), ("files_removed", true));
        assert_eq!((outcome.args["files"].as_str(), outcome.args["deleted"].as_str()), ("4", "0"));
        assert_ne!(outcome.args["bytes"], "0");
        for digest in unused {
            let known = office.db.read(|r| store::blob::find(r, &Digest::parse(digest).unwrap())).unwrap();
            assert_eq!(known, None);
            assert!(exists(app, digest), "set aside for whoever still reads it");
        }
        let again =
            importing::preview_again(app, &clerk, (&looked, "so.csv"), &Options::default(), Language::Vi);
        assert!(matches!(again, Err(ActionError::NotFound)), "{again:?}");
        is_sound(app);

        // Somebody hands the same file in again before it is deleted.
        assert_eq!(preview(app, &clerk, &[QUESTIONS, &asked("1", "05/03/2020")].concat()), looked);
        office.clock.advance_minutes(3 * DAY);
        run(app, Kind::Files);
        office.clock.advance_minutes(2 * DAY);
        run(app, Kind::Files);
        let left: Vec<bool> = all.iter().map(|digest| exists(app, digest)).collect();
        assert_eq!(left[1..], [false, true, true, false, false, true, false]);
        let (entries, _) = overseeing::ledger(app, &Actor::command_line(), None, 100).unwrap();
        assert!(entries.iter().any(|entry| entry.kind == "blob.removed"));
        is_sound(app);
        overseeing::make_backup(app, &Actor::command_line()).unwrap();
    });
}

fn testkit_picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(4, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_file_named_again_while_it_is_set_aside_is_put_back_and_its_bytes_were_never_gone() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("an", &[Role::Clerk]);
        let text = [QUESTIONS, &asked("1", "05/03/2020")].concat();
        let id = preview(app, &clerk, &text);
        office.clock.advance_minutes(4 * DAY);
        run(app, Kind::Files);
        let digest = Digest::parse(&id).unwrap();
        // An upload that found the file in its place a moment before it was set aside.
        let row = store::blob::BlobRow { digest: digest.clone(), size_bytes: 1, media_type: String::new() };
        let name = |tx: &mut store::Tx<'_>| {
            store::blob::register(tx, &row)?;
            store::setting::set(tx, "named", &id)
        };
        office.db.write(&office.actor(), name).unwrap();
        assert_eq!(app.blobs().get(&digest).unwrap(), text.as_bytes());
        for _ in 0..3 {
            office.clock.advance_minutes(2 * DAY);
            run(app, Kind::Files);
            assert_eq!(app.blobs().get(&digest).unwrap(), text.as_bytes());
        }
        assert_eq!(app.blobs().aside().unwrap(), []);
        assert_eq!(app.blobs().listed().unwrap(), [digest]);
    });
}

/// Questions and a request of the press with names, half of them answered long ago; a report frozen over them.
fn with_names(world: &World) -> Vec<u8> {
    let (app, boss) = (&world.app, Actor::command_line());
    let lines = ["05/03/2020", "30/03/2020", ""];
    let text: String = lines.iter().enumerate().map(|(n, day)| asked(&n.to_string(), day)).collect();
    assert_eq!(import(app, &boss, &[QUESTIONS, &text].concat()).added, 3);
    world.add(
        Register::PressRequests,
        &[
            ("received_on", "03/03/2020"),
            ("requester", "Báo Hà Nam"),
            ("reporter", NAME),
            ("subject", "Tiến độ đường vành đai"),
            ("answered_on", "04/03/2020"),
        ],
    );
    let report = reports::create(app, &boss, year(), "press-speech-five-parts").unwrap();
    reports::act(app, &boss, (report, 1), Event::Freeze, &Act::default()).unwrap();
    reports::file(app, &boss, report, reports::Kind::Json).unwrap()
}

fn names(app: &App) -> usize {
    let boss = Actor::command_line();
    [Register::Questions, Register::PressRequests]
        .into_iter()
        .flat_map(|register| register::list(app, &boss, &Query::all(register)).unwrap().records)
        .filter(|record| ["asker", "contact", "reporter"].iter().any(|key| record.values.get(key).is_some()))
        .count()
}

/// Every revision that holds the name.
fn revisions_with_name(office: &Office) -> usize {
    office
        .db
        .read(|r| {
            let last = store::ledger::checkpoint(r)?.sequence;
            let mut count = 0;
            for sequence in 1..=last {
                let content = store::ledger::content(r, sequence)?;
                count += usize::from(content.is_some_and(|content| content.contains(NAME)));
            }
            Ok::<_, store::StoreError>(count)
        })
        .unwrap()
}

#[test]
fn sec_pii_names_leave_registers_and_history_when_their_time_is_over_and_no_figure_changes() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let set = with_names(&world);
        let figures = || figures::of_period(app, &boss, year()).unwrap();
        let before = figures();
        office.clock.set("2022-03-05T10:00:00Z".parse().unwrap());
        assert_eq!(run(app, Kind::PersonalData).args["records"], "1", "the reporter of 4 March 2020");
        assert_eq!(names(app), 3);
        office.clock.set("2022-12-20T10:00:00Z".parse().unwrap());
        let outcome = run(app, Kind::PersonalData);
        assert_eq!((outcome.code.as_str(), outcome.args["records"].as_str()), ("personal_forgotten", "2"));
        assert_eq!(outcome.args["files"], "1", "and the register file they came in");
        assert_eq!(names(app), 1, "who has no answer yet must be reached");
        assert_eq!(revisions_with_name(office), 1);
        assert_eq!(figures(), before);
        let checked = reports::verify(app, std::str::from_utf8(&set).unwrap()).unwrap();
        assert!(checked.is_on_this_ledger && checked.differences.is_empty(), "{:?}", checked.differences);
        is_sound(app);

        let (entries, _) = overseeing::ledger(app, &boss, None, 500).unwrap();
        assert_eq!(entries.iter().filter(|entry| entry.is_erased).count(), 3);
        let of = |kind: &str| entries.iter().filter(|entry| entry.kind == kind).count();
        assert_eq!((of("personal_data.forgotten"), of("questions.personal_forgotten")), (2, 2));
        let lines = register::list(app, &boss, &Query::all(Register::Questions)).unwrap().records;
        let answered = lines.iter().find(|line| line.values.text("code") == Some("0")).unwrap();
        let shown = register::show(app, &boss, Register::Questions, answered.id).unwrap();
        assert_eq!(shown.history.iter().map(|line| line.is_erased).collect::<Vec<_>>(), [false, true]);
        assert!(shown.history[1].changes.iter().any(|(key, ..)| *key == "subject"));
        assert!(shown.history.iter().all(|line| line.changes.iter().all(|(key, ..)| *key != "asker")));

        assert_eq!(run(app, Kind::PersonalData).args["records"], "0", "done once");
        let digest = Digest::of(
            [QUESTIONS, &asked("0", "05/03/2020"), &asked("1", "30/03/2020"), &asked("2", "")]
                .concat()
                .as_bytes(),
        );
        office.clock.advance_minutes(4 * DAY);
        run(app, Kind::Files);
        office.clock.advance_minutes(4 * DAY);
        run(app, Kind::Files);
        assert!(!exists(app, digest.as_str()));
        is_sound(app);
    });
}

#[test]
fn a_name_in_the_history_of_a_line_that_was_taken_out_goes_too() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        let fields = [("received_on", "02/03/2020"), ("asker", NAME), ("subject", "Hỏi nhầm nơi")];
        let id = world.add(Register::Questions, &fields);
        register::remove(app, &boss, (Register::Questions, id), 1, "ghi nhầm").unwrap();
        let removed = app.now();
        assert_eq!(run(app, Kind::PersonalData).args["records"], "0");
        assert_eq!(revisions_with_name(office), 1);
        office.clock.set(removed);
        office.clock.advance_minutes(732 * DAY);
        assert_eq!(run(app, Kind::PersonalData).args["revisions"], "1");
        assert_eq!(revisions_with_name(office), 0);
        is_sound(app);
    });
}

#[test]
fn a_restored_backup_removes_again_what_was_removed_since_at_the_first_start() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (app, boss) = (&world.app, Actor::command_line());
        with_names(&world);
        jobs::run_due(app, "w").unwrap();
        let looked = preview(app, &boss, &[QUESTIONS, &asked("9", "05/03/2020")].concat());
        let name = overseeing::make_backup(app, &boss).unwrap();
        office.clock.set("2022-12-20T10:00:00Z".parse().unwrap());
        jobs::run_due(app, "w").unwrap();
        assert_eq!((names(app), exists(app, &looked)), (1, true));

        let home = testkit::directory();
        let target = store::Target::Sqlite(home.join("phatngon.db"));
        let file = app.folder().join("backups").join(name);
        let restored = restore(&target, Path::new(&home), &file, office.db.sources());
        assert_eq!(names(&restored), 4);
        jobs::run_due(&restored, "w").unwrap();
        assert_eq!(names(&restored), 1);
        assert_eq!(ended(&restored, Kind::PersonalData).args["records"], "3");
        assert_ne!(ended(&restored, Kind::Files).args["files"], "0");
        is_sound(&restored);
        std::fs::remove_dir_all(home).unwrap();
    });
}

#[test]
fn a_backup_of_the_same_day_is_worked_on_at_the_first_start_not_in_the_next_night() {
    let office = Office::on_sqlite();
    let world = World::new(&office);
    let (app, boss) = (&world.app, Actor::command_line());
    with_names(&world);
    jobs::run_due(app, "w").unwrap();
    office.clock.set("2022-12-20T10:00:00Z".parse().unwrap());
    // The jobs of the night are done; their next time is tomorrow. Only then comes an old line.
    jobs::run_due(app, "w").unwrap();
    let fields =
        [("received_on", "02/03/2020"), ("asker", NAME), ("subject", "Sót"), ("answered_on", "03/03/2020")];
    world.add(Register::Questions, &fields);
    let name = overseeing::make_backup(app, &boss).unwrap();
    assert_eq!((jobs::run_due(app, "w").unwrap(), names(app)), (0, 2));
    let home = testkit::directory();
    let target = store::Target::Sqlite(home.join("phatngon.db"));
    let restored =
        restore(&target, Path::new(&home), &app.folder().join("backups").join(name), office.db.sources());
    assert_eq!(jobs::run_due(&restored, "w").unwrap(), store::job::DUE_AFTER_RESTORE.len());
    assert_eq!(names(&restored), 1);
    std::fs::remove_dir_all(home).unwrap();
}

#[test]
fn without_a_rule_nothing_is_removed_and_the_overview_says_so() {
    let office = Office::on_sqlite();
    let world = World::new(&office);
    let app = &world.app;
    with_names(&world);
    office.damage("DELETE FROM law_rules WHERE id LIKE 'PS-OWN-%'");
    office.clock.set("2030-01-01T10:00:00Z".parse().unwrap());
    for kind in [Kind::PersonalData, Kind::Files] {
        let outcome = run(app, kind);
        assert_eq!((outcome.code.as_str(), outcome.good), ("no_rule", false));
    }
    assert_eq!(names(app), 4);
}
