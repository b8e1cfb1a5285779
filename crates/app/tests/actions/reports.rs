//! The way of a report: who may do what in which state, who is told what, and what re-opening makes.

use app::reports::{self, Act, Edit, Editor, Kind, ReportView};
use app::{ActionError, Actor, overseeing};
use domain::access::{Role, may};
use domain::id::ReportId;
use domain::period::Period;
use domain::report::{Event, State, TRANSITIONS};
use domain::time::Day;
use testkit::{Office, for_each_backend};

use crate::world::{World, invalid, refused, year};

const TEMPLATE: &str = "press-speech-five-parts";

/// Those who carry a report from its beginning to its issue.
struct Cast {
    clerk: Actor,
    spokesperson: Actor,
    leader: Actor,
}

impl Cast {
    fn new(world: &World) -> Cast {
        Cast {
            clerk: world.person("an", &[Role::Clerk]),
            spokesperson: world.person("dung", &[Role::Spokesperson]),
            leader: world.person("giang", &[Role::Leader]),
        }
    }
}

fn editor(world: &World, id: ReportId) -> Editor {
    reports::editor(&world.app, &Actor::command_line(), id).unwrap()
}

/// The report as lists show it.
fn view(world: &World, id: ReportId) -> ReportView {
    let all = reports::list(&world.app, &Actor::command_line()).unwrap();
    all.into_iter().find(|report| report.id == id).unwrap()
}

/// An act with everything any event asks for.
fn full() -> Act {
    Act {
        reason: Some("Bổ sung số liệu".to_owned()),
        issued_on: Some(Day::constant(2020, 12, 14)),
        ..Act::default()
    }
}

fn act(world: &World, actor: &Actor, id: ReportId, event: Event) -> Result<(), ActionError> {
    let version = view(world, id).version;
    reports::act(&world.app, actor, (id, version), event, &full())
}

fn begin(world: &World, actor: &Actor, period: Period) -> ReportId {
    reports::create(&world.app, actor, period, TEMPLATE).unwrap()
}

/// A report over a year of its own that stands in `state`.
fn report_in(world: &World, cast: &Cast, state: State, year: i16) -> ReportId {
    let id = begin(world, &cast.clerk, Period::calendar_year(year).unwrap());
    let way = [
        (&cast.clerk, Event::Freeze),
        (&cast.clerk, Event::Submit),
        (&cast.spokesperson, Event::Clear),
        (&cast.leader, Event::Sign),
        (&cast.clerk, Event::Issue),
    ];
    for (actor, event) in way {
        if view(world, id).state == state {
            break;
        }
        act(world, actor, id, event).unwrap();
    }
    assert_eq!(view(world, id).state, state);
    id
}

fn on_both(test: impl Fn(&Office, &World, &Cast)) {
    for_each_backend(|office| {
        let world = World::new(office);
        let cast = Cast::new(&world);
        test(office, &world, &cast);
    });
}

#[test]
fn every_event_in_every_state_by_every_role_is_done_or_refused_as_the_table_says() {
    on_both(|_, world, cast| {
        let people = world.cast();
        let mut year = 1900;
        for state in State::ALL {
            year += 1;
            let mut id = report_in(world, cast, state, year);
            for event in Event::ALL {
                let row = TRANSITIONS.iter().find(|row| row.from == state && row.event == event);
                for (role, actor) in &people {
                    let case = format!("{} of a report {} by {}", event.word(), state.word(), role.word());
                    let before = view(world, id);
                    let result = act(world, actor, id, event);
                    let after = view(world, id);
                    match row {
                        Some(row) if may(&[*role], row.needs) => {
                            assert!(result.is_ok(), "{case}: {result:?}");
                            assert_eq!(after.state, row.to, "{case}");
                            year += 1;
                            id = report_in(world, cast, state, year);
                        }
                        Some(_) => assert_eq!(refused(result), "report_not_yours", "{case}"),
                        None => assert_eq!(refused(result), "report_not_now", "{case}"),
                    }
                    if row.is_none_or(|row| !may(&[*role], row.needs)) {
                        assert_eq!(after, before, "{case}: a refused act changes nothing");
                    }
                }
            }
        }
    });
}

#[test]
fn buttons_are_exactly_what_the_acts_allow() {
    on_both(|_, world, cast| {
        let people = world.cast();
        for (number, state) in (1..).zip(State::ALL) {
            let id = report_in(world, cast, state, 1900 + number);
            for (role, actor) in &people {
                let shown = reports::editor(&world.app, actor, id).unwrap();
                let buttons: Vec<Event> = shown.buttons.iter().map(|(event, _)| *event).collect();
                let expected: Vec<Event> = Event::ALL
                    .into_iter()
                    .filter(|event| {
                        let mut rows = TRANSITIONS.iter();
                        rows.any(|row| row.from == state && row.event == *event && may(&[*role], row.needs))
                    })
                    .collect();
                assert_eq!(buttons, expected, "{} in {}", role.word(), state.word());
            }
        }
    });
}

#[test]
fn a_report_goes_its_whole_way_and_each_step_is_kept() {
    on_both(|_, world, cast| {
        let id = report_in(world, cast, State::Issued, 2020);
        let shown = editor(world, id);
        let steps: Vec<(&str, &str)> =
            shown.steps.iter().rev().map(|step| (step.event.as_str(), step.who.as_str())).collect();
        let (an, dung, giang) = ("Người Dùng an", "Người Dùng dung", "Người Dùng giang");
        assert_eq!(steps, [("freeze", an), ("submit", an), ("clear", dung), ("sign", giang), ("issue", an)]);
        assert_eq!(shown.number.as_deref(), Some("1"));
        assert_eq!(shown.issued_on, Some(Day::constant(2020, 12, 14)));
        assert_eq!(shown.frozen.len(), 1);
        let code = shown.frozen[0].proof_path.trim_start_matches("/so-lieu/").to_owned();
        let proof = reports::proof(&world.app, &code).unwrap();
        assert_eq!(proof.issued, Some(("1".to_owned(), Day::constant(2020, 12, 14))));
        for kind in Kind::ALL {
            assert!(!reports::file(&world.app, &cast.clerk, id, kind).unwrap().is_empty(), "{kind:?}");
        }
        let health = overseeing::verify(&world.app, &Actor::command_line(), &mut |_, _| {}).unwrap();
        assert!(health.is_good(), "{:?}", health.first_fault());
    });
}

#[test]
fn one_report_for_a_period_and_a_template_that_is_there() {
    on_both(|_, world, cast| {
        begin(world, &cast.clerk, year());
        let again = reports::create(&world.app, &cast.spokesperson, year(), TEMPLATE);
        assert_eq!(invalid(again), [("period".to_owned(), "exists_already")]);
        let no_template = reports::create(&world.app, &cast.clerk, year(), "../x");
        assert_eq!(invalid(no_template), [("template".to_owned(), "no_such_template")]);
        begin(world, &cast.clerk, Period::closing_year(2020).unwrap());
        assert_eq!(reports::list(&world.app, &cast.leader).unwrap().len(), 2);
    });
}

#[test]
fn issuing_wants_number_and_date_and_returning_or_re_opening_a_reason() {
    on_both(|_, world, cast| {
        let cases = [
            (State::Frozen, Event::Reopen, &cast.clerk),
            (State::InClearance, Event::SendBack, &cast.spokesperson),
            (State::Cleared, Event::SendBack, &cast.leader),
            (State::Signed, Event::SendBack, &cast.leader),
            (State::Issued, Event::Reopen, &cast.clerk),
        ];
        for (number, (state, event, actor)) in (1..).zip(cases) {
            let id = report_in(world, cast, state, 1900 + number);
            let version = view(world, id).version;
            for reason in [None, Some(" \n".to_owned())] {
                let bare = Act { reason, ..full() };
                let result = reports::act(&world.app, actor, (id, version), event, &bare);
                assert_eq!(refused(result), "report_no_reason", "{} in {}", event.word(), state.word());
            }
        }
        let id = report_in(world, cast, State::Signed, 1920);
        let version = view(world, id).version;
        let issue = |act: Act| reports::act(&world.app, &cast.clerk, (id, version), Event::Issue, &act);
        let gap = Act { number: Some(9_999), ..full() };
        assert_eq!(invalid(issue(gap)), [("gap_reason".to_owned(), "number_gap")]);
        assert_eq!(invalid(issue(Act { number: Some(0), ..full() })), [("number".to_owned(), "required")]);
        assert_eq!(invalid(issue(Act { issued_on: None, ..full() })), [("issued_on".to_owned(), "required")]);
        assert_eq!(view(world, id).state, State::Signed);
    });
}

#[test]
fn of_two_who_act_or_write_at_once_the_second_is_told() {
    on_both(|_, world, cast| {
        let id = begin(world, &cast.clerk, year());
        let seen = view(world, id).version;
        let text = |text: &str| Edit {
            narrative: vec![("assessment.duty".to_owned(), text.to_owned())],
            ..Edit::default()
        };
        reports::edit(&world.app, &cast.clerk, (id, seen), &text("Của An")).unwrap();
        let second = reports::edit(&world.app, &cast.spokesperson, (id, seen), &text("Của Dũng"));
        assert!(matches!(second, Err(ActionError::Stale)), "{second:?}");
        let frozen = reports::act(&world.app, &cast.spokesperson, (id, seen), Event::Freeze, &full());
        assert!(matches!(frozen, Err(ActionError::Stale)), "{frozen:?}");
        let slots = editor(world, id).narrative;
        assert!(slots.iter().any(|slot| slot.is_written && slot.text == "Của An"), "{slots:?}");
    });
}

#[test]
fn of_four_who_sign_in_the_same_moment_one_signs() {
    on_both(|_, world, cast| {
        let id = report_in(world, cast, State::Cleared, 2020);
        let version = view(world, id).version;
        let leaders: Vec<Actor> =
            (0..4).map(|number| world.person(&format!("pho{number}"), &[Role::Leader])).collect();
        let start = std::sync::Barrier::new(leaders.len());
        let results: Vec<Result<(), ActionError>> = std::thread::scope(|scope| {
            let work = |leader| {
                let (app, start) = (&world.app, &start);
                scope.spawn(move || {
                    start.wait();
                    reports::act(app, leader, (id, version), Event::Sign, &full())
                })
            };
            let running: Vec<_> = leaders.iter().map(work).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let stale = |result: &&Result<(), ActionError>| matches!(result, Err(ActionError::Stale));
        assert_eq!(results.iter().filter(stale).count(), 3, "{results:?}");
        assert_eq!(editor(world, id).steps.iter().filter(|step| step.event == "sign").count(), 1);
    });
}

#[test]
fn text_changes_only_before_it_is_submitted_and_only_in_slots_of_the_template() {
    on_both(|_, world, cast| {
        let text =
            Edit { narrative: vec![("assessment.duty".to_owned(), "Tốt".to_owned())], ..Edit::default() };
        for (number, state) in (1..).zip(State::ALL) {
            let id = report_in(world, cast, state, 1900 + number);
            let version = view(world, id).version;
            let result = reports::edit(&world.app, &cast.clerk, (id, version), &text);
            match state {
                State::Draft | State::Frozen => result.unwrap(),
                _ => assert_eq!(refused(result), "report_not_now", "{}", state.word()),
            }
        }
        let id = begin(world, &cast.clerk, year());
        let other = Edit { narrative: vec![("x".to_owned(), "y".to_owned())], ..Edit::default() };
        let result = reports::edit(&world.app, &cast.clerk, (id, 1), &other);
        assert_eq!(invalid(result), [("x".to_owned(), "unknown_field")]);
    });
}

#[test]
fn nobody_clears_or_signs_what_the_same_person_drafted_also_after_it_was_re_opened_by_another() {
    on_both(|_, world, cast| {
        let id = begin(world, &cast.clerk, year());
        let both = world.person("kiem", &[Role::Leader, Role::Officer]);
        for (writer, slot) in [(&cast.spokesperson, "assessment.duty"), (&both, "assessment.information")] {
            let version = view(world, id).version;
            let shown = editor(world, id);
            let kept = shown.narrative.into_iter().filter(|slot| slot.is_written);
            let mut narrative: Vec<(String, String)> = kept.map(|slot| (slot.key, slot.text)).collect();
            narrative.push((slot.to_owned(), "Viết tay".to_owned()));
            let edit = Edit { narrative, ..Edit::default() };
            reports::edit(&world.app, writer, (id, version), &edit).unwrap();
        }
        act(world, &cast.clerk, id, Event::Freeze).unwrap();
        for round in ["at first", "after it was re-opened"] {
            act(world, &cast.clerk, id, Event::Submit).unwrap();
            let cleared = act(world, &cast.spokesperson, id, Event::Clear);
            assert_eq!(refused(cleared), "report_own_draft", "{round}");
            assert_eq!(refused(act(world, &both, id, Event::Clear)), "report_own_draft", "{round}");
            act(world, &cast.leader, id, Event::SendBack).unwrap();
            act(world, &cast.clerk, id, Event::Reopen).unwrap();
            act(world, &cast.clerk, id, Event::Freeze).unwrap();
        }
        act(world, &cast.clerk, id, Event::Submit).unwrap();
        act(world, &cast.leader, id, Event::Clear).unwrap();
        assert_eq!(refused(act(world, &both, id, Event::Sign)), "report_own_draft");
        act(world, &cast.leader, id, Event::Sign).unwrap();
    });
}

#[test]
fn what_was_cleared_is_what_is_signed_and_issued() {
    on_both(|office, world, cast| {
        for (state, event, actor) in
            [(State::Cleared, Event::Sign, &cast.leader), (State::Signed, Event::Issue, &cast.clerk)]
        {
            let id = report_in(world, cast, state, if state == State::Cleared { 2020 } else { 2019 });
            office.damage(&format!(
                "UPDATE reports SET narrative = '{{\"assessment.duty\":\"Khác\"}}' WHERE id = '{id}'"
            ));
            assert_eq!(refused(act(world, actor, id, event)), "report_changed_since_clearance");
            assert_eq!(view(world, id).state, state);
        }
    });
}

#[test]
fn a_report_sent_back_is_cleared_again_before_it_is_signed() {
    on_both(|_, world, cast| {
        let id = report_in(world, cast, State::Signed, 2020);
        act(world, &cast.leader, id, Event::SendBack).unwrap();
        let shown = editor(world, id);
        assert_eq!((shown.report.state, shown.steps[0].note.as_str()), (State::Frozen, "Bổ sung số liệu"));
        act(world, &cast.clerk, id, Event::Submit).unwrap();
        assert_eq!(refused(act(world, &cast.leader, id, Event::Sign)), "report_not_now");
        act(world, &cast.spokesperson, id, Event::Clear).unwrap();
        act(world, &cast.leader, id, Event::Sign).unwrap();
    });
}

#[test]
fn an_issued_report_that_is_re_opened_gets_a_new_version_with_the_reason_and_a_new_number() {
    on_both(|_, world, cast| {
        let id = report_in(world, cast, State::Issued, 2020);
        let old = editor(world, id).frozen[0].clone();
        let why = Act { reason: Some("Số liệu đến muộn".to_owned()), ..Act::default() };
        let version = view(world, id).version;
        reports::act(&world.app, &cast.clerk, (id, version), Event::Reopen, &why).unwrap();
        let draft = editor(world, id);
        assert_eq!((draft.report.state, draft.number, draft.issued_on), (State::Draft, None, None));
        let version = draft.report.version;
        reports::act(&world.app, &cast.clerk, (id, version), Event::Freeze, &Act::default()).unwrap();
        let shown = editor(world, id);
        let versions: Vec<(i64, &str)> =
            shown.frozen.iter().map(|frozen| (frozen.version, frozen.reason.as_str())).collect();
        assert_eq!(versions, [(2, "Số liệu đến muộn"), (1, "Bổ sung số liệu")]);
        assert_eq!(shown.frozen[1], old, "a frozen set never changes");

        let code = |path: &str| path.trim_start_matches("/so-lieu/").to_owned();
        let first = reports::proof(&world.app, &code(&old.proof_path)).unwrap();
        assert_eq!((first.version, first.newer), (1, Some(shown.frozen[0].proof_path.clone())));
        let second = reports::proof(&world.app, &code(&shown.frozen[0].proof_path)).unwrap();
        assert_eq!((second.version, second.newer, second.issued), (2, None, None));
    });
}

#[test]
fn the_command_line_drafts_and_issues_but_never_clears_or_signs() {
    on_both(|_, world, cast| {
        let line = Actor::command_line();
        let id = begin(world, &line, year());
        act(world, &line, id, Event::Freeze).unwrap();
        act(world, &line, id, Event::Submit).unwrap();
        assert_eq!(refused(act(world, &line, id, Event::Clear)), "report_not_yours");
        act(world, &cast.spokesperson, id, Event::Clear).unwrap();
        assert_eq!(refused(act(world, &line, id, Event::Sign)), "report_not_yours");
        act(world, &cast.leader, id, Event::Sign).unwrap();
        act(world, &line, id, Event::Issue).unwrap();
    });
}
