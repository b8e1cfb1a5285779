//! Approvals cannot be gone round: by the register, by many at once, by two at the same instant.

use app::publication::{self, Act, Many, Ticked};
use app::{ActionError, Actor, App, overseeing, public, register};
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::{Event, State};
use domain::register::Register;

use crate::publications::{World, code, draft, on_each, publish, titles, try_act, version};

#[test]
fn sec_wf_02_the_line_of_a_text_is_neither_amended_nor_removed_in_its_register() {
    on_each(|app, world| {
        let mut document = draft("Kế hoạch");
        document.fields =
            [("symbol", "12/KH-UBND"), ("issued_on", "20/11/2020")].map(|(k, v)| (k.into(), v.into())).into();
        for (kind, register, text) in [
            (Kind::News, Register::News, draft("Tin đã duyệt")),
            (Kind::Document, Register::PortalDocuments, document),
        ] {
            let id = publication::begin(app, &world.person(Role::Clerk), kind, &text).unwrap();
            for (role, event) in
                [(Role::Clerk, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Publish)]
            {
                try_act(app, &world.person(role), id, event, "").unwrap();
            }
            let seen = public::item(app, id).unwrap();
            let record = (register, id.to_string().parse().unwrap());
            for role in [Role::Clerk, Role::Officer, Role::Radio, Role::Spokesperson] {
                let person = world.person(role);
                for (key, value) in [
                    ("title", "Tiêu đề chưa ai duyệt"),
                    ("summary", "Trích yếu chưa ai duyệt"),
                    ("posted_on", "01/01/2020"),
                    ("withdrawn_on", "15/12/2020"),
                ] {
                    let typed = [(key.to_owned(), value.to_owned())].into();
                    let amended = app::register::amend(app, &person, record, 1, &typed);
                    assert_eq!(code(amended), "record_of_publication", "{role:?} {key}");
                }
                let removed = app::register::remove(app, &person, record, 1, "Nhầm");
                assert_eq!(code(removed), "record_of_publication", "{role:?}");
            }
            assert_eq!(public::item(app, id).unwrap(), seen);
        }
    });
}

#[test]
fn a_line_whose_text_is_only_begun_is_kept_by_it_and_a_bare_one_by_its_register() {
    on_each(|app, world| {
        let clerk = world.person(Role::Clerk);
        let line = world.world.add(Register::News, &[("title", "Tin cũ"), ("posted_on", "01/05/2020")]);
        let typed = |title: &str| [("title".to_owned(), title.to_owned())].into();
        app::register::amend(app, &clerk, (Register::News, line), 1, &typed("Tin cũ đã sửa")).unwrap();
        assert_eq!(titles(app), ["Tin cũ đã sửa"]);
        publication::begin_for(app, &clerk, Register::News, line).unwrap();
        let refused = app::register::amend(app, &clerk, (Register::News, line), 2, &typed("Khác"));
        assert_eq!(code(refused), "record_of_publication");
        assert_eq!(titles(app), ["Tin cũ đã sửa"]);
    });
}

/// Texts of the radio desk that wait for approval.
fn submitted(app: &App, world: &World, titles: &[&str]) -> Vec<PublicationId> {
    let radio = world.person(Role::Radio);
    let submit = |title: &&str| {
        world.world.clock.advance_minutes(1);
        let id = publication::begin(app, &radio, Kind::Bulletin, &draft(title)).unwrap();
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        id
    };
    titles.iter().map(submit).collect()
}

/// As its page shows it.
fn ticked(app: &App, id: PublicationId) -> Ticked {
    let row = publication::show(app, &Actor::command_line(), id).unwrap().row;
    Ticked { id, version: row.version, digest: row.content.digest(), note: String::new() }
}

fn states(app: &App, ids: &[PublicationId]) -> Vec<State> {
    let state = |id: &PublicationId| publication::show(app, &Actor::command_line(), *id).unwrap().row.state;
    ids.iter().map(state).collect()
}

#[test]
fn many_are_approved_or_approved_and_published_at_once() {
    on_each(|app, world| {
        let leader = world.person(Role::Leader);
        let ids = submitted(app, world, &["Bản tin 1", "Bản tin 2", "Bản tin 3"]);
        let items: Vec<Ticked> = ids.iter().map(|id| ticked(app, *id)).collect();
        assert!(matches!(publication::approve_many(app, &leader, &items[..2], false), Ok(Many::Done)));
        assert_eq!(states(app, &ids), [State::Approved, State::Approved, State::InReview]);
        assert!(matches!(publication::approve_many(app, &leader, &items[2..], true), Ok(Many::Done)));
        assert_eq!(states(app, &ids)[2], State::Published);
        assert_eq!(titles(app), ["Bản tin 3"]);
        let row = publication::show(app, &leader, ids[2]).unwrap();
        let steps: Vec<&str> = row.steps.iter().rev().map(|(step, _)| step.event.as_str()).collect();
        assert_eq!(steps, ["submit", "approve", "publish"]);
        assert_eq!(row.versions[0].approved_by, leader.name);
    });
}

#[test]
fn sec_wf_a05_one_that_cannot_be_approved_leaves_all_as_they_were_and_is_named() {
    on_each(|app, world| {
        let spokesperson = world.person(Role::Spokesperson);
        let ids = submitted(app, world, &["Bản tin 1", "Bản tin 2", "Bản tin 3"]);
        let own = publication::begin(app, &spokesperson, Kind::News, &draft("Bài của tôi")).unwrap();
        try_act(app, &spokesperson, own, Event::Submit, "").unwrap();
        let items: Vec<Ticked> = ids.iter().map(|id| ticked(app, *id)).collect();
        let waiting = publication::waiting_for_approval(app, &spokesperson).unwrap();
        let open: Vec<_> = waiting.open.iter().map(|item| item.row.id).collect();
        assert_eq!((open, waiting.has_more), (ids.clone(), false), "the longest waiting first");
        assert_eq!(waiting.open[0].writers, ["Người Dùng radio"]);
        let closed: Vec<_> = waiting.closed.iter().map(|(row, code)| (row.id, *code)).collect();
        assert_eq!(closed, [(own, "publication_own_text")]);

        // Changed and submitted again after it was shown; of others the text is not the one that was shown.
        publication::edit(app, &world.person(Role::Radio), (ids[1], version(app, ids[1])), &draft("Đã sửa"))
            .unwrap();
        try_act(app, &world.person(Role::Radio), ids[1], Event::Submit, "").unwrap();
        let blind = Ticked { digest: "khác".into(), ..items[2].clone() };
        let all = [items[0].clone(), items[1].clone(), blind, ticked(app, own)];
        for publishes in [false, true] {
            let Many::Refused(problems) =
                publication::approve_many(app, &spokesperson, &all, publishes).unwrap()
            else {
                panic!("done")
            };
            let named: Vec<_> = problems.iter().map(|problem| (problem.id, problem.title.as_str())).collect();
            assert_eq!(named, [(ids[1], "Đã sửa"), (ids[2], "Bản tin 3"), (own, "Bài của tôi")]);
            assert!(matches!(problems[0].error, ActionError::Stale));
            assert!(matches!(problems[1].error, ActionError::Refused("publication_text_changed")));
            assert!(matches!(problems[2].error, ActionError::Refused("publication_own_text")));
            assert_eq!(states(app, &ids), [State::InReview; 3]);
            assert_eq!(titles(app), Vec::<String>::new());
            let steps = publication::show(app, &spokesperson, ids[0]).unwrap().steps;
            assert_eq!(steps.len(), 1, "nothing of the act is left");
        }
        let (radio, leader) = (world.person(Role::Radio), world.person(Role::Leader));
        let forbidden = publication::approve_many(app, &radio, &items[..1], false);
        assert!(matches!(forbidden, Err(ActionError::Forbidden(_))));
        assert!(matches!(publication::waiting_for_approval(app, &radio), Err(ActionError::Forbidden(_))));
        let none = publication::approve_many(app, &leader, &[], false).map(drop);
        assert_eq!(code(none), "publication_none_ticked");
        let too_many = vec![items[0].clone(); publication::MOST_AT_ONCE + 1];
        let too_many = publication::approve_many(app, &leader, &too_many, false).map(drop);
        assert_eq!(code(too_many), "publication_too_many_ticked");
    });
}

#[test]
fn a_text_published_before_is_published_among_many_only_with_what_changed() {
    on_each(|app, world| {
        let (radio, leader) = (world.person(Role::Radio), world.person(Role::Leader));
        let id = publication::begin(app, &radio, Kind::Bulletin, &draft("Bản tin")).unwrap();
        publish(world, id, "");
        publication::edit(app, &radio, (id, version(app, id)), &draft("Bản tin, sửa")).unwrap();
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        let silent = ticked(app, id);
        let Many::Refused(problems) =
            publication::approve_many(app, &leader, &[silent.clone()], true).unwrap()
        else {
            panic!("done")
        };
        assert!(matches!(problems[0].error, ActionError::Refused("publication_no_reason")));
        assert_eq!((states(app, &[id]), titles(app)), (vec![State::InReview], vec!["Bản tin".to_owned()]));
        let told = Ticked { note: "Sửa giờ phát".into(), ..silent };
        assert!(matches!(publication::approve_many(app, &leader, &[told], true), Ok(Many::Done)));
        assert_eq!(public::item(app, id).unwrap().notes[0].text, "Sửa giờ phát");
    });
}

/// Two acts at the same instant, each on a thread of its own, both from the version both saw.
fn at_once(app: &App, id: PublicationId, acts: [(&Actor, Event); 2]) -> Vec<Result<(), ActionError>> {
    let row = publication::show(app, &Actor::command_line(), id).unwrap().row;
    let act = Act { note: "Lý do".into(), shown_digest: Some(row.content.digest()), ..Act::default() };
    let start = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        let threads = acts.map(|(person, event)| {
            let (start, act) = (&start, &act);
            scope.spawn(move || {
                start.wait();
                publication::act(app, person, (id, row.version), event, act)
            })
        });
        threads.map(|thread| thread.join().unwrap()).into_iter().collect()
    })
}

#[test]
fn sec_wf_a03_of_two_acts_at_once_one_is_done_and_the_other_told() {
    on_each(|app, world| {
        let (leader, spokesperson) = (world.person(Role::Leader), world.person(Role::Spokesperson));
        let clerk = world.person(Role::Clerk);
        let radio = world.person(Role::Radio);
        for round in 0..3 {
            let id = publication::begin(app, &radio, Kind::News, &draft(&format!("Tin {round}"))).unwrap();
            try_act(app, &radio, id, Event::Submit, "").unwrap();
            let steps = |events: &[Event]| {
                let steps = publication::show(app, &clerk, id).unwrap().steps;
                let is_one = |(step, _): &&(publication::StepRow, String)| {
                    events.iter().any(|event| event.word() == step.event)
                };
                steps.iter().filter(is_one).count()
            };
            let told = |results: &[Result<(), ActionError>]| {
                assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
                let stale = results.iter().filter(|result| matches!(result, Err(ActionError::Stale)));
                assert_eq!(stale.count(), 1, "{results:?}");
            };
            told(&at_once(app, id, [(&leader, Event::Approve), (&spokesperson, Event::Approve)]));
            assert_eq!((states(app, &[id]), steps(&[Event::Approve])), (vec![State::Approved], 1));
            try_act(app, &clerk, id, Event::Publish, "").unwrap();
            publication::edit(app, &radio, (id, version(app, id)), &draft(&format!("Tin {round}, sửa")))
                .unwrap();
            try_act(app, &radio, id, Event::Submit, "").unwrap();
            try_act(app, &leader, id, Event::Approve, "").unwrap();
            told(&at_once(app, id, [(&clerk, Event::Publish), (&spokesperson, Event::Withdraw)]));
            let row = publication::show(app, &clerk, id).unwrap().row;
            let seen = public::item(app, id).unwrap();
            match row.state {
                State::Published => assert_eq!((row.published_version, seen.withdrawn), (2, None)),
                State::Withdrawn => {
                    assert_eq!((row.published_version, row.is_public), (1, false));
                    assert!(seen.withdrawn.is_some() && seen.item.title.is_empty());
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(
                steps(&[Event::Publish, Event::Withdraw]),
                2,
                "the first publication and one of the two"
            );
        }
    });
}

#[test]
fn sec_wf_02_lines_that_went_public_alone_wait_for_a_second_look_by_somebody_else() {
    on_each(|app, world| {
        let clerk = world.person(Role::Clerk);
        let both = Actor::person(clerk.person.unwrap(), None, vec![Role::Clerk, Role::Leader]);
        let leader = world.person(Role::Leader);
        let news = Register::News;
        let typed = |title: &str| {
            [("posted_on", "02/12/2020"), ("title", title)]
                .map(|(key, value)| (key.into(), value.into()))
                .into()
        };
        let line = register::add(app, &clerk, news, &typed("Tin nhập từ sổ")).unwrap();
        let waiting = || publication::lines_to_look_at(app, &leader).unwrap();
        let first = waiting();
        assert_eq!((first.lines.len(), first.has_more, first.lines[0].is_own), (1, false, false));
        let seen = [(first.lines[0].row.id, first.lines[0].row.changed)];
        let own = publication::look_at_lines(app, &both, &seen);
        assert!(matches!(own, Err(ActionError::Refused("publication_own_text"))), "{own:?}");
        assert_eq!(publication::look_at_lines(app, &leader, &seen).unwrap(), 1);
        assert!(waiting().lines.is_empty());
        let again = publication::look_at_lines(app, &leader, &seen);
        assert!(matches!(again, Err(ActionError::Stale)), "a look is taken once");
        let version = register::show(app, &clerk, news, line).unwrap().record.version;
        register::amend(app, &clerk, (news, line), version, &typed("Tin đã sửa")).unwrap();
        assert_eq!(waiting().lines[0].row.title, "Tin đã sửa", "what is changed waits again");
        assert!(overseeing::verify(app, &Actor::command_line(), &mut |_, _| {}).unwrap().is_good());
    });
}
