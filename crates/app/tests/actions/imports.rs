//! Importing: preview without a trace in the registers, all or nothing, good rows only, twice adds nothing.

use app::importing::{self, Mode, Options, Outcome, Preview};
use app::register::{self, Query};
use app::{ActionError, Actor, overseeing};
use domain::access::Role;
use domain::register::Register;
use testkit::for_each_backend;
use words::Language;

use crate::world::{World, invalid, refused};

const HEAD: &str = "STT,Ngày đăng,Tiêu đề,Chuyên mục,Đơn vị cung cấp\r\n";
const FIRST: &str = "1,05/01/2020,Hội nghị tổng kết năm 2019,Tin hoạt động,Đài Truyền thanh huyện\r\n";
const SECOND: &str = "2,20/03/2020,Tăng cường phòng dịch,Y tế,Phòng Y tế\r\n";
const BAD: &str = "3,31/02/2020,Một ngày không có,Y tế,Phòng Y tế\r\n";

fn preview(world: &World, actor: &Actor, text: &str) -> Result<Preview, ActionError> {
    let bytes = text.as_bytes().to_vec();
    importing::preview(&world.app, actor, "tin.csv", bytes, &Options::default(), Language::Vi)
}

fn import(world: &World, actor: &Actor, text: &str, mode: Mode) -> Result<Outcome, ActionError> {
    let id = preview(world, actor, text)?.id;
    world.clock.advance_minutes(1);
    importing::run(&world.app, actor, (&id, "tin.csv"), &Options::default(), mode, &mut |_| {})
}

fn news(world: &World) -> i64 {
    register::list(&world.app, &Actor::command_line(), &Query::all(Register::News)).unwrap().total
}

fn is_open(world: &World) -> bool {
    let counts = register::counts(&world.app, &Actor::command_line()).unwrap();
    counts.iter().any(|(register, _, is_open)| *register == Register::News && *is_open)
}

#[test]
fn a_preview_counts_what_would_happen_and_writes_no_line() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let seen = preview(&world, &clerk, &[HEAD, FIRST, SECOND, FIRST, BAD].concat()).unwrap();
        assert_eq!((seen.new, seen.duplicates, seen.rejected), (2, 1, 1));
        let bad = seen.findings.first().unwrap();
        assert_eq!((bad.severity, bad.value.as_str()), ("bad", "31/02/2020"));
        assert!(!bad.message.is_empty() && !bad.remedy.is_empty() && !bad.cell.is_empty(), "{bad:?}");
        assert_eq!((news(&world), is_open(&world)), (0, false));
    });
}

#[test]
fn the_same_file_twice_adds_nothing_whatever_it_is_called() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let file = [HEAD, FIRST, SECOND].concat();
        let first = import(&world, &clerk, &file, Mode::AllOrNothing).unwrap();
        assert_eq!((first.added, first.duplicates), (2, 0));
        let again = import(&world, &clerk, &file, Mode::AllOrNothing).unwrap();
        assert_eq!((again.added, again.duplicates, again.rejected), (0, 2, 0));
        let with_more = [HEAD, SECOND, "3,02/04/2020,Tin thứ ba,Y tế,Phòng Y tế\r\n", FIRST].concat();
        let third = import(&world, &clerk, &with_more, Mode::AllOrNothing).unwrap();
        assert_eq!((third.added, third.duplicates), (1, 2));
        assert_eq!(news(&world), 3);
        let history = importing::history(&world.app, &clerk, 10).unwrap();
        let added: Vec<u64> = history.iter().map(|import| import.added).collect();
        assert_eq!(added, [1, 0, 2], "newest first");
        assert!(history.iter().all(|import| import.who == "Người Dùng an"));
    });
}

#[test]
fn all_or_nothing_takes_nothing_when_one_row_is_bad() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let file = [HEAD, FIRST, SECOND, BAD].concat();
        assert_eq!(refused(import(&world, &clerk, &file, Mode::AllOrNothing)), "import_has_bad_rows");
        assert_eq!((news(&world), is_open(&world)), (0, false));
        assert!(importing::history(&world.app, &clerk, 10).unwrap().is_empty());
    });
}

#[test]
fn good_rows_only_takes_them_and_gives_the_rest_back_as_a_file_that_can_be_mended_and_imported() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let outcome = import(&world, &clerk, &[HEAD, FIRST, BAD, SECOND].concat(), Mode::GoodRows).unwrap();
        assert_eq!((outcome.added, outcome.rejected), (2, 1));
        let digest = outcome.rejected_file.unwrap();
        let file = importing::rejected_file(&world.app, &clerk, &digest).unwrap();
        let options = Options::default();
        let seen =
            importing::preview(&world.app, &clerk, "con-lai.xlsx", file, &options, Language::Vi).unwrap();
        assert_eq!((seen.new, seen.duplicates, seen.rejected), (0, 0, 1));
        let mended =
            import(&world, &clerk, &[HEAD, &BAD.replace("31/02", "29/02")].concat(), Mode::AllOrNothing);
        assert_eq!(mended.unwrap().added, 1);
        assert_eq!(news(&world), 3);
        let health = overseeing::verify(&world.app, &Actor::command_line(), &mut |_, _| {}).unwrap();
        assert!(health.is_good(), "{:?}", health.first_fault());
    });
}

#[test]
fn two_who_import_the_same_file_in_the_same_moment_add_its_rows_once() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let file = [HEAD, FIRST, SECOND].concat();
        let id = preview(&world, &clerk, &file).unwrap().id;
        let start = std::sync::Barrier::new(2);
        let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        let (options, mode) = (Options::default(), Mode::AllOrNothing);
                        importing::run(&world.app, &clerk, (&id, "tin.csv"), &options, mode, &mut |_| {})
                            .unwrap()
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().map(|outcome| outcome.added).sum::<u64>(), 2);
        assert_eq!(outcomes.iter().map(|outcome| outcome.duplicates).sum::<u64>(), 2);
        assert_eq!(news(&world), 2);
    });
}

#[test]
fn an_empty_register_is_open_after_its_import_and_no_table_is_refused() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let outcome = import(&world, &clerk, HEAD, Mode::AllOrNothing);
        match outcome {
            Ok(outcome) => assert_eq!((outcome.added, is_open(&world)), (0, true)),
            Err(error) => panic!("a register without lines is a register: {error:?}"),
        }
        let other = import(&world, &clerk, "a,b\r\n1,2\r\n", Mode::AllOrNothing);
        assert_eq!(refused(other), "import_has_no_rows");
        assert_eq!(invalid(import(&world, &clerk, "", Mode::AllOrNothing))[0].0, "file");
    });
}

#[test]
fn what_was_not_kept_is_not_imported_and_an_upload_is_not_given_out_again() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let run = |id: &str| {
            let (options, mode) = (Options::default(), Mode::AllOrNothing);
            importing::run(&world.app, &clerk, (id, "tin.csv"), &options, mode, &mut |_| {})
        };
        for id in ["", "x", "../../secret.key", &"0".repeat(64)] {
            assert!(matches!(run(id), Err(ActionError::NotFound)), "{id}");
        }
        let kept = preview(&world, &clerk, &[HEAD, FIRST].concat()).unwrap().id;
        let out = importing::rejected_file(&world.app, &clerk, &kept);
        assert!(matches!(out, Err(ActionError::NotFound)), "{out:?}");
    });
}

#[test]
fn sec_az_04_a_file_of_an_import_is_of_whoever_sent_it_and_taking_the_rejected_rows_is_kept() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let file = [HEAD, FIRST, BAD].concat();
        let id = preview(&world, &clerk, &file).unwrap().id;
        let digest = import(&world, &clerk, &file, Mode::GoodRows).unwrap().rejected_file.unwrap();
        let options = Options::default();
        for (n, role) in Role::ALL.into_iter().enumerate() {
            let other = world.person(&format!("b{n}"), &[role]);
            let rows = importing::rejected_file(&world.app, &other, &digest);
            let looked =
                importing::preview_again(&world.app, &other, (&id, "tin.csv"), &options, Language::Vi);
            let ran =
                importing::run(&world.app, &other, (&id, "tin.csv"), &options, Mode::GoodRows, &mut |_| {});
            for refused in [rows.map(drop), looked.map(drop), ran.map(drop)] {
                let is_refused = matches!(refused, Err(ActionError::NotFound | ActionError::Forbidden(_)));
                assert!(is_refused, "{role:?}: {refused:?}");
            }
        }
        assert_eq!(news(&world), 1);
        // The rows given back are no source of another import, and the source is not given out as such rows.
        let as_source =
            importing::preview_again(&world.app, &clerk, (&digest, "x.xlsx"), &options, Language::Vi);
        assert!(matches!(as_source, Err(ActionError::NotFound)));
        assert!(matches!(importing::rejected_file(&world.app, &clerk, &id), Err(ActionError::NotFound)));
        // Nor is any other file that is kept.
        let kept = world.app.blobs().put(b"khac".to_vec()).unwrap();
        let row = store::blob::BlobRow {
            digest: kept.clone(),
            size_bytes: 4,
            media_type: "application/octet-stream".to_owned(),
        };
        office.db.write(&office.actor(), |tx| store::blob::register(tx, &row)).unwrap();
        let other =
            importing::preview_again(&world.app, &clerk, (kept.as_str(), "x.csv"), &options, Language::Vi);
        assert!(matches!(other, Err(ActionError::NotFound)));

        importing::rejected_file(&world.app, &clerk, &digest).unwrap();
        let (entries, _) = overseeing::ledger(&world.app, &Actor::command_line(), None, 1).unwrap();
        assert_eq!(
            (entries[0].kind.as_str(), entries[0].who.as_str()),
            ("import.rejected_taken", "Người Dùng an")
        );
    });
}
