//! Keeping the registers: adding, amending and removing, by several people at once, and what each may see.

use app::register::{self, Query, Shown};
use app::{ActionError, Actor, overseeing};
use domain::access::Role;
use domain::id::RecordId;
use domain::register::Register;
use testkit::for_each_backend;

use crate::world::{World, invalid, typed};

const QUESTIONS: Register = Register::Questions;
const QUESTION: &[(&str, &str)] = &[
    ("code", "CH-01"),
    ("received_on", "02/03/2020"),
    ("asker", "Nguyễn Văn Hỏi"),
    ("contact", "0912 345 678"),
    ("subject", "Thời gian tiếp công dân"),
];

fn shown(world: &World, actor: &Actor, id: RecordId) -> Shown {
    register::show(&world.app, actor, QUESTIONS, id).unwrap()
}

fn value(world: &World, id: RecordId, field: &str) -> String {
    let shown = shown(world, &Actor::command_line(), id);
    shown.record.values.get(field).map(register::shown_value).unwrap_or_default()
}

fn amend(
    world: &World,
    actor: &Actor,
    (id, version): (RecordId, i64),
    field: (&str, &str),
) -> Result<(), ActionError> {
    register::amend(&world.app, actor, (QUESTIONS, id), version, &typed(&[field]))
}

fn is_whole(world: &World) {
    let health = overseeing::verify(&world.app, &Actor::command_line(), &mut |_, _| {}).unwrap();
    assert!(health.is_good(), "{:?}", health.first_fault());
}

#[test]
fn a_record_keeps_what_was_typed_its_limit_with_its_basis_and_its_history() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let id = register::add(&world.app, &clerk, QUESTIONS, &typed(QUESTION)).unwrap();
        assert_eq!(value(&world, id, "due_on"), "23/03/2020", "15 working days from the day after receipt");
        amend(&world, &clerk, (id, 1), ("answered_on", "20/03/2020")).unwrap();
        let shown = shown(&world, &clerk, id);
        assert_eq!(shown.record.version, 2);
        assert!(shown.record.values.text("due_basis").is_some_and(|basis| basis.contains("PT-QA-4")));
        assert!(shown.deadline.is_some_and(|sentences| !sentences.is_empty()));
        let kinds: Vec<&str> = shown.history.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds, ["questions.amended", "questions.recorded"]);
        assert_eq!(shown.history[0].who, "Người Dùng an");
        assert_eq!(shown.history[0].changes, [("answered_on", None, Some("20/03/2020".to_owned()))]);
        is_whole(&world);
    });
}

#[test]
fn what_cannot_be_taken_is_named_field_by_field_and_nothing_is_written() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = Actor::command_line();
        let bad = typed(&[
            ("received_on", "31/02/2020"),
            ("subject", " "),
            ("answered_on", "01/03/2020"),
            ("outcome", "chẳng biết"),
            ("color", "xanh"),
        ]);
        let fields = invalid(register::add(&world.app, &clerk, QUESTIONS, &bad));
        for expected in [
            ("received_on", "not_a_day"),
            ("subject", "required"),
            ("outcome", "not_a_word"),
            ("color", "unknown_field"),
        ] {
            assert!(fields.iter().any(|(f, c)| (f.as_str(), *c) == expected), "{expected:?} in {fields:?}");
        }
        let early = typed(&[("received_on", "02/03/2020"), ("subject", "A"), ("answered_on", "01/03/2020")]);
        let early = invalid(register::add(&world.app, &clerk, QUESTIONS, &early));
        assert_eq!(early, [("answered_on".to_owned(), "before_start")]);
        assert_eq!(register::list(&world.app, &clerk, &Query::all(QUESTIONS)).unwrap().total, 0);
        let opened = register::counts(&world.app, &clerk).unwrap();
        assert!(opened.iter().all(|(_, _, is_open)| !is_open), "a refused line opens no register");
    });
}

#[test]
fn of_two_who_amend_one_record_the_second_is_told_and_nothing_is_lost() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (an, binh) = (world.person("an", &[Role::Clerk]), world.person("binh", &[Role::Officer]));
        let id = world.add(QUESTIONS, QUESTION);
        let seen = shown(&world, &an, id).record.version;
        assert_eq!(seen, shown(&world, &binh, id).record.version);
        amend(&world, &an, (id, seen), ("answered_on", "20/03/2020")).unwrap();
        let second = amend(&world, &binh, (id, seen), ("topic", "Tiếp dân"));
        assert!(matches!(second, Err(ActionError::Stale)), "{second:?}");
        assert_eq!(value(&world, id, "answered_on"), "20/03/2020");
        assert_eq!(value(&world, id, "topic"), "");
        let removed = register::remove(&world.app, &binh, (QUESTIONS, id), seen, "Ghi trùng");
        assert!(matches!(removed, Err(ActionError::Stale)), "{removed:?}");

        let now = shown(&world, &binh, id).record.version;
        amend(&world, &binh, (id, now), ("topic", "Tiếp dân")).unwrap();
        assert_eq!(value(&world, id, "answered_on"), "20/03/2020");
        assert_eq!(value(&world, id, "topic"), "Tiếp dân");
    });
}

#[test]
fn of_eight_who_amend_one_record_in_the_same_moment_one_succeeds_and_seven_are_told() {
    for_each_backend(|office| {
        let world = World::new(office);
        let id = world.add(QUESTIONS, QUESTION);
        let people: Vec<Actor> =
            (0..8).map(|number| world.person(&format!("nguoi{number}"), &[Role::Clerk])).collect();
        let start = std::sync::Barrier::new(people.len());
        let results: Vec<Result<(), ActionError>> = std::thread::scope(|scope| {
            let work = |person| {
                let (world, start) = (&world, &start);
                scope.spawn(move || {
                    start.wait();
                    amend(world, person, (id, 1), ("topic", "Tiếp dân"))
                })
            };
            let running: Vec<_> = people.iter().map(work).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let stale = results.iter().filter(|result| matches!(result, Err(ActionError::Stale))).count();
        assert_eq!((results.iter().filter(|result| result.is_ok()).count(), stale), (1, 7), "{results:?}");
        assert_eq!(shown(&world, &people[0], id).record.version, 2);
        is_whole(&world);
    });
}

#[test]
fn of_eight_who_add_the_same_record_in_the_same_moment_one_succeeds() {
    for_each_backend(|office| {
        let world = World::new(office);
        let start = std::sync::Barrier::new(8);
        let results: Vec<Result<RecordId, ActionError>> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..8)
                .map(|_| {
                    let (app, start) = (&world.app, &start);
                    scope.spawn(move || {
                        start.wait();
                        register::add(app, &Actor::command_line(), QUESTIONS, &typed(QUESTION))
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        for told in results.into_iter().filter(Result::is_err) {
            assert_eq!(invalid(told), [("code".to_owned(), "exists_already")]);
        }
        let all = register::list(&world.app, &Actor::command_line(), &Query::all(QUESTIONS)).unwrap();
        assert_eq!(all.total, 1);
        is_whole(&world);
    });
}

#[test]
fn a_record_amended_into_another_that_stands_already_is_refused_at_its_field() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = Actor::command_line();
        world.add(QUESTIONS, QUESTION);
        let mut second = QUESTION.to_vec();
        second[0].1 = "CH-02";
        let id = world.add(QUESTIONS, &second);
        let taken = amend(&world, &clerk, (id, 1), ("code", "CH-01"));
        assert_eq!(invalid(taken), [("code".to_owned(), "exists_already")]);
        assert_eq!(value(&world, id, "code"), "CH-02");
        is_whole(&world);
    });
}

#[test]
fn a_record_is_taken_out_with_a_reason_once_and_its_history_stays() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        let id = world.add(QUESTIONS, QUESTION);
        let unreasoned = register::remove(&world.app, &clerk, (QUESTIONS, id), 1, "  ");
        assert_eq!(invalid(unreasoned), [("reason".to_owned(), "required")]);
        register::remove(&world.app, &clerk, (QUESTIONS, id), 1, "Ghi trùng").unwrap();
        let gone = register::show(&world.app, &clerk, QUESTIONS, id);
        assert!(matches!(gone, Err(ActionError::NotFound)), "{gone:?}");
        let late = amend(&world, &clerk, (id, 1), ("topic", "Tiếp dân"));
        assert!(matches!(late, Err(ActionError::NotFound)), "{late:?}");
        let again = register::remove(&world.app, &clerk, (QUESTIONS, id), 1, "Ghi trùng");
        assert!(matches!(again, Err(ActionError::NotFound | ActionError::Stale)), "{again:?}");

        let (entries, _) = overseeing::ledger(&world.app, &Actor::command_line(), None, 50).unwrap();
        let of_it: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.subject == id.to_string())
            .map(|entry| entry.kind.as_str())
            .collect();
        assert_eq!(of_it, ["questions.removal_reason", "questions.deleted", "questions.recorded"]);
        is_whole(&world);
        world.add(QUESTIONS, QUESTION);
    });
}

#[test]
fn nothing_changed_writes_nothing() {
    for_each_backend(|office| {
        let world = World::new(office);
        let id = world.add(QUESTIONS, QUESTION);
        register::amend(&world.app, &Actor::command_line(), (QUESTIONS, id), 1, &typed(QUESTION)).unwrap();
        let shown = shown(&world, &Actor::command_line(), id);
        assert_eq!((shown.record.version, shown.history.len()), (1, 1));
    });
}

#[test]
fn sec_az_a05_personal_values_are_kept_from_who_may_not_see_them_in_page_history_list_search_and_file() {
    for_each_backend(|office| {
        let world = World::new(office);
        let (clerk, radio) = (world.person("an", &[Role::Clerk]), world.person("chi", &[Role::Radio]));
        let leader = world.person("giang", &[Role::Leader]);
        let id = world.add(QUESTIONS, QUESTION);
        amend(&world, &clerk, (id, 1), ("contact", "0987 654 321")).unwrap();
        let secrets = ["Nguyễn Văn Hỏi", "0912 345 678", "0987 654 321"];
        for (actor, sees) in [(&clerk, true), (&radio, false), (&leader, false)] {
            let shown = shown(&world, actor, id);
            let list = register::list(&world.app, actor, &Query::all(QUESTIONS)).unwrap();
            let text = format!("{:?} {:?} {:?}", shown.record, shown.history, list.records);
            for secret in secrets {
                assert_eq!(text.contains(secret), sees, "{secret} for {:?}", actor.roles);
            }
            for search in ["Nguyễn Văn Hỏi", "0987"] {
                let query = Query { search: search.to_owned(), ..Query::all(QUESTIONS) };
                let found = register::list(&world.app, actor, &query).unwrap().total;
                assert_eq!(found, i64::from(sees), "{search} for {:?}", actor.roles);
            }
        }
        for (actor, sees) in [(&clerk, true), (&leader, false)] {
            let csv = register::export_csv(&world.app, actor, &Query::all(QUESTIONS)).unwrap();
            assert_eq!(String::from_utf8(csv).unwrap().contains("Nguyễn Văn Hỏi"), sees);
        }
    });
}

#[test]
fn who_may_not_see_personal_values_does_not_write_or_erase_them_either() {
    for_each_backend(|office| {
        let world = World::new(office);
        let radio = world.person("chi", &[Role::Radio]);
        let id = world.add(QUESTIONS, QUESTION);
        let change = typed(&[("topic", "Tiếp dân"), ("contact", ""), ("asker", "Người Khác")]);
        register::amend(&world.app, &radio, (QUESTIONS, id), 1, &change).unwrap();
        assert_eq!(value(&world, id, "topic"), "Tiếp dân");
        assert_eq!(value(&world, id, "contact"), "0912 345 678");
        assert_eq!(value(&world, id, "asker"), "Nguyễn Văn Hỏi");
    });
}

#[test]
fn an_export_is_kept_in_the_ledger_with_who_and_how_much() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = world.person("an", &[Role::Clerk]);
        world.add(QUESTIONS, QUESTION);
        register::export_xlsx(&world.app, &clerk, &Query::all(QUESTIONS)).unwrap();
        let (entries, _) = overseeing::ledger(&world.app, &Actor::command_line(), None, 1).unwrap();
        assert_eq!(entries[0].who, "Người Dùng an");
        assert!(entries[0].kind.contains("export"), "{}", entries[0].kind);
    });
}

#[test]
fn the_edition_is_asked_for_where_connections_are_carried_on_either_database() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let carrier = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let before = carrier.block_on(async { app.edition() });
        let fields =
            [("posted_on", "01/06/2020"), ("title", "Tin mới"), ("supplier", "Đài Truyền thanh huyện")];
        app::register::add(&app, &Actor::command_line(), Register::News, &typed(&fields)).unwrap();
        let after = carrier.block_on(async { app.edition() });
        assert_ne!(before, after, "what was written here is seen at once");
    });
}
