//! The press desk: a request walks its way, nothing leaves that was not cleared, the register counts it.

use app::press::{self, Act, Assignment, Identification, Intake, Issue, NewPart, Sent};
use app::{ActionError, Actor, App, figures};
use domain::access::Role;
use domain::figure::Amount;
use domain::id::{CaseId, UnitId};
use domain::period::Period;
use domain::press::chain::{Chain, Step};
use domain::press::part;
use domain::press::request::{Answer, Asked, Delivery, Identity};
use domain::press::workflow::{Event, State};
use domain::register::Register;
use domain::time::{Day, at as instant};
use jiff::civil::date;
use testkit::for_each_backend;

use crate::world::{self, invalid, refused};

/// The example office with people of two units.
pub struct Desk {
    pub world: world::World,
    pub lead: UnitId,
    pub other: UnitId,
}

impl Desk {
    pub fn at(&self, day: Day) {
        self.world.clock.set(instant(day, 9, 0).unwrap());
    }

    pub fn app(&self) -> &App {
        &self.world.app
    }

    pub fn person(&self, name: &str, role: Role, unit: Option<UnitId>) -> Actor {
        let new = app::account::NewPerson { unit, ..world::new_person(name, &[role]) };
        let (id, _) = app::account::add_person(self.app(), &Actor::command_line(), &new).unwrap();
        Actor::person(id, unit, vec![role])
    }

    pub fn take(&self, clerk: &Actor, kind: &str) -> CaseId {
        let asked = Asked {
            requester: "Báo Hà Nam".into(),
            requester_kind: "press_agency".into(),
            subject: format!("Tiến độ thu gom rác thải ({kind})"),
            questions: "Bao giờ xong?".into(),
            channel: "letter".into(),
            legal_kind: kind.into(),
            identity: Identity::CardSeen,
            ..Asked::default()
        };
        let intake = Intake { asked, reporter: "Nguyễn Thị Phóng".into(), ..Intake::default() };
        press::take(self.app(), clerk, &intake).unwrap().0
    }

    pub fn version(&self, actor: &Actor, id: CaseId) -> i64 {
        press::show(self.app(), actor, id).unwrap().row.version
    }

    pub fn state(&self, actor: &Actor, id: CaseId) -> State {
        press::show(self.app(), actor, id).unwrap().row.state
    }

    pub fn assign(&self, clerk: &Actor, id: CaseId, kind: &str, parts: Vec<NewPart>) {
        let assignment =
            Assignment { lead: Some(self.lead), legal_kind: kind.into(), parts, note: "Giao việc".into() };
        press::assign(self.app(), clerk, (id, self.version(clerk, id)), &assignment).unwrap();
    }

    pub fn act(&self, actor: &Actor, id: CaseId, event: Event) -> Result<(), ActionError> {
        let shown = press::show(self.app(), actor, id).unwrap();
        let act = Act { reason: "Lý do".into(), shown_digest: Some(shown.digest), ..Act::default() };
        press::act(self.app(), actor, (id, shown.row.version), event, &act)
    }

    pub fn write(&self, actor: &Actor, id: CaseId, text: &str) -> Result<(), ActionError> {
        let answer =
            Answer { text: text.into(), form: "press_release_or_written".into(), ..Answer::default() };
        press::write(self.app(), actor, (id, self.version(actor, id)), &answer)
    }
}

pub fn on_each(check: impl Fn(&Desk)) {
    for_each_backend(|office| {
        let world = world::World::new(office);
        let units = app::office::tree(&world.app).unwrap();
        let own = app::office::office(&world.app).unwrap().unit;
        let mut below = units.children(own, date(2020, 6, 1)).map(|unit| unit.id);
        let (lead, other) = (below.next().unwrap(), below.next().unwrap());
        let desk = Desk { world, lead, other };
        desk.at(date(2020, 6, 1));
        check(&desk);
    });
}

pub fn amount(app: &App, actor: &Actor, id: &str) -> Amount {
    let figures = figures::of_period(app, actor, Period::calendar_year(2020).unwrap()).unwrap();
    figures.into_iter().find(|figure| figure.id == id).unwrap().amount
}

#[test]
#[expect(clippy::too_many_lines, reason = "one walk over every desk")]
fn a_request_walks_from_receipt_through_five_desks_to_a_numbered_reply_that_the_figures_count() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let helper = desk.person("helper", Role::Officer, Some(desk.other));
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        let speaker = desk.person("speaker", Role::Spokesperson, None);
        let leader = desk.person("leader", Role::Leader, None);

        let sent = Sent {
            agency: "Báo Hà Nam".into(),
            reporter: "Nguyễn Thị Phóng".into(),
            contact: "phong@bao.example".into(),
            card: "NB 4711".into(),
            request_symbol: "12/GGT-BHN".into(),
            subject: "Tiến độ thu gom rác thải".into(),
            questions: "Bao giờ xong?".into(),
            consent: true,
            network: "192.0.2.1".into(),
        };
        let code = press::send(app, &sent).unwrap();
        let receipt = press::by_code(app, &code).unwrap();
        assert_eq!((receipt.number.as_str(), receipt.state), ("YC-0001/2020", State::Received));
        assert_eq!(receipt.due.as_ref().unwrap().0, date(2020, 6, 15), "ten working days");
        let id =
            press::list(app, &clerk, &press::Filter { page: 1, ..Default::default() }).unwrap().cases[0].id;

        let part = NewPart { unit: Some(desk.other), question: "Khối lượng rác?".into(), due_on: None };
        desk.assign(&clerk, id, "information", vec![part]);
        desk.act(&officer, id, Event::Accept).unwrap();
        desk.write(&officer, id, "Dự kiến xong trước 30/6/2020.").unwrap();
        assert_eq!(refused(desk.act(&officer, id, Event::Submit)), "press_parts_open");

        let (row, events) = press::show(app, &helper, id).unwrap().parts.remove(0);
        assert!(events.contains(&part::Event::Accept));
        assert_eq!(row.due_on, date(2020, 6, 4), "three working days");
        press::act_on_part(app, &helper, (row.id, row.version), part::Event::Accept, "").unwrap();
        press::act_on_part(app, &helper, (row.id, row.version + 1), part::Event::Deliver, "12 tấn").unwrap();
        desk.act(&officer, id, Event::Submit).unwrap();

        assert_eq!(refused(desk.act(&speaker, id, Event::Endorse)), "press_not_your_step");
        desk.act(&head, id, Event::Endorse).unwrap();
        desk.act(&speaker, id, Event::Endorse).unwrap();
        assert_eq!(refused(desk.act(&speaker, id, Event::Clear)), "press_not_your_step");
        desk.act(&leader, id, Event::Clear).unwrap();

        let issue = Issue {
            number: Some(125),
            gap_reason: "Số 1 đến 124 trong sổ giấy".into(),
            symbol: "UBND-VHTT".into(),
            day: Some(date(2020, 6, 1)),
            delivery: Some(Delivery::Page),
            ..Issue::default()
        };
        let at = (id, desk.version(&clerk, id));
        assert_eq!(refused(press::send_out(app, &clerk, at, &issue)), "press_sender_unverified");
        let known = Identification {
            identity: Identity::CardSeen,
            contact: "024 3825 0000".into(),
            note: "Gọi tòa soạn".into(),
        };
        let code = press::identify(app, &clerk, at, &known).unwrap().unwrap();
        let at = (id, desk.version(&clerk, id));
        press::send_out(app, &clerk, at, &issue).unwrap();
        assert_eq!(desk.state(&clerk, id), State::Answered);

        let receipt = press::by_code(app, &code).unwrap();
        assert_eq!(receipt.answer.unwrap().1, "125/UBND-VHTT");
        assert!(press::letter_by_code(app, &code).unwrap().starts_with(b"%PDF"));
        press::rate(app, &code, 5, "Nhanh").unwrap();
        for (figure, expected) in [
            ("press_requests.received", 1),
            ("press_requests.answered", 1),
            ("press_requests.open", 0),
            ("documents_supplied_on_request", 1),
        ] {
            assert_eq!(amount(app, &clerk, figure), Amount::Count { count: expected }, "{figure}");
        }
        let document =
            app::register::list(app, &clerk, &app::register::Query::all(Register::OutgoingDocuments));
        let document = document.unwrap().records.remove(0);
        assert_eq!(document.values.text("symbol"), Some("125/UBND-VHTT"));
        assert_eq!(document.values.word("supplied_to"), Some("press_agency"));
        assert_eq!(press::next_number(app, &clerk, date(2020, 6, 2)).unwrap().0, 126);

        let turns = app::register::list(app, &clerk, &app::register::Query::all(Register::Statements));
        let turn = turns.unwrap().records.remove(0);
        assert_eq!(turn.values.word("turn"), Some("information"), "what is written gives information");
        assert!(turn.values.text("unit").is_some(), "a turn is of the unit that led");

        let again = press::follow_up(app, &code, "Thế còn tháng 7?", "192.0.2.1").unwrap();
        assert_eq!(press::by_code(app, &again).unwrap().state, State::Received);
        assert_eq!(amount(app, &clerk, "press_requests.received"), Amount::Count { count: 2 });
    });
}

#[test]
fn two_clerks_with_one_reply_send_it_once_and_a_number_is_given_once() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let leader = desk.person("leader", Role::Leader, None);
        let issue = Issue {
            symbol: "UBND-VP".into(),
            day: Some(date(2020, 6, 1)),
            delivery: Some(Delivery::Page),
            ..Issue::default()
        };
        let ready = |kind: &str| {
            let id = desk.take(&clerk, kind);
            desk.assign(&clerk, id, kind, Vec::new());
            desk.act(&officer, id, Event::Accept).unwrap();
            desk.write(&officer, id, "Trả lời").unwrap();
            desk.act(&leader, id, Event::Bypass).unwrap();
            id
        };
        let id = ready("information");
        let at = (id, desk.version(&clerk, id));
        press::send_out(app, &clerk, at, &issue).unwrap();
        assert!(matches!(press::send_out(app, &clerk, at, &issue), Err(ActionError::Stale)));
        let other = ready("interview");
        let at = (other, desk.version(&clerk, other));
        let same = Issue { number: Some(1), symbol: "UBND-KT".into(), ..issue };
        assert_eq!(invalid(press::send_out(app, &clerk, at, &same)), [("number".into(), "number_taken")]);
        // The approval past the chain is looked at by somebody else.
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        assert_eq!(refused(desk.act(&leader, id, Event::SecondLook)), "press_twice");
        desk.act(&head, id, Event::SecondLook).unwrap();
        assert_eq!(refused(desk.act(&head, id, Event::SecondLook)), "press_not_now");
    });
}

#[test]
fn a_text_changed_after_clearance_goes_the_whole_way_again() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        let speaker = desk.person("speaker", Role::Spokesperson, None);
        let id = desk.take(&clerk, "information");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&officer, id, Event::Accept).unwrap();
        desk.write(&officer, id, "Một").unwrap();
        desk.act(&officer, id, Event::Submit).unwrap();
        desk.act(&head, id, Event::Endorse).unwrap();
        desk.write(&officer, id, "Hai").unwrap();
        let shown = press::show(desk.app(), &clerk, id).unwrap();
        assert_eq!((shown.row.state, shown.row.request.clearances.len()), (State::Drafting, 0));
        desk.act(&officer, id, Event::Submit).unwrap();
        desk.act(&head, id, Event::Endorse).unwrap();
        // Back to a chosen step: the unit's head looks again.
        let shown = press::show(desk.app(), &speaker, id).unwrap();
        let act = Act { reason: "Xem lại".into(), step: Some(0), ..Act::default() };
        press::act(desk.app(), &speaker, (id, shown.row.version), Event::Recheck, &act).unwrap();
        let shown = press::show(desk.app(), &head, id).unwrap();
        assert!(shown.row.request.clearances.is_empty());
        // Nobody clears what somebody else was shown.
        let stale = Act { shown_digest: Some("old".into()), ..Act::default() };
        let result = press::act(desk.app(), &head, (id, shown.row.version), Event::Endorse, &stale);
        assert_eq!(refused(result), "press_text_changed");
    });
}

#[test]
fn a_draft_of_policy_may_refuse_a_request_of_30_june_2026_and_not_one_of_1_july() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        for (day, is_offered) in [(date(2026, 6, 30), true), (date(2026, 7, 1), false)] {
            desk.at(day);
            let officer = desk.person(&format!("officer{}", day.day()), Role::Officer, Some(desk.lead));
            let id = desk.take(&clerk, "information");
            // The district has ended; its records go on with the units of its last day.
            desk.assign(&clerk, id, "information", Vec::new());
            desk.act(&officer, id, Event::Accept).unwrap();
            let refusal = Answer {
                text: "Nội dung đang được soạn thảo.".into(),
                form: "press_release_or_written".into(),
                ground: "draft_policy".into(),
                ..Answer::default()
            };
            let written = press::write(desk.app(), &officer, (id, desk.version(&officer, id)), &refusal);
            if is_offered {
                written.unwrap();
            } else {
                assert_eq!(refused(written), "press_ground_not_in_force");
            }
            let shown = press::show(desk.app(), &officer, id).unwrap();
            assert_eq!(shown.grounds.iter().any(|ground| ground.code == "draft_policy"), is_offered, "{day}");
        }
    });
}

#[test]
fn the_law_gives_no_extension_where_the_office_promised_it_may_be_moved_once() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let strict = desk.take(&clerk, "answer_in_press");
        assert_eq!(refused(desk.act(&clerk, strict, Event::Extend)), "press_no_extension");
        assert_eq!(refused(desk.act(&clerk, strict, Event::Pause)), "press_no_pause");
        let id = desk.take(&clerk, "information");
        let extend = |days| {
            let act = Act { reason: "Chờ số liệu".into(), days, ..Act::default() };
            press::act(desk.app(), &clerk, (id, desk.version(&clerk, id)), Event::Extend, &act)
        };
        assert_eq!(invalid(extend(11)), [("days".into(), "over_maximum")]);
        extend(5).unwrap();
        let deadline = press::show(desk.app(), &clerk, id).unwrap().row.request.deadline.unwrap();
        assert_eq!(deadline.first_due.unwrap().day(), date(2020, 6, 15));
        assert_eq!(deadline.due.day(), date(2020, 6, 22));
        assert_eq!(refused(extend(1)), "press_no_extension");
    });
}

#[test]
fn another_kind_in_law_moves_a_limit_only_while_it_runs_with_a_reason_and_in_sight() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let id = desk.take(&clerk, "information");
        let row = || press::show(app, &clerk, id).unwrap().row;
        let assign = |kind: &str, note: &str| {
            let assignment = Assignment {
                lead: Some(desk.lead),
                legal_kind: kind.into(),
                note: note.into(),
                ..Assignment::default()
            };
            press::assign(app, &clerk, (id, row().version), &assignment)
        };
        let due = |row: &press::CaseRow| row.request.deadline.clone().unwrap().due.day();
        assert_eq!(due(&row()), date(2020, 6, 15), "ten working days");
        let silent = assign("answer_in_press", " ");
        assert_eq!(invalid(silent), [("note".into(), "kind_needs_reason")]);
        assign("answer_in_press", "Báo đề nghị trả lời trên báo").unwrap();
        let changed = row();
        assert_eq!(due(&changed), date(2020, 7, 1), "thirty days");
        let first = changed.request.deadline.unwrap().first_due.unwrap();
        assert_eq!(first.day(), date(2020, 6, 15), "what was promised first stays visible");
        let steps = press::show(app, &clerk, id).unwrap().steps;
        let told = steps.iter().find(|(step, _)| step.event == "rekind").unwrap();
        assert!(told.0.note.contains("15/06/2020") && told.0.note.contains("01/07/2020"), "{}", told.0.note);
        desk.at(date(2020, 7, 2));
        let late = assign("information", "Đổi lại");
        assert_eq!(invalid(late), [("legal_kind".into(), "kind_of_late")]);
        assign("answer_in_press", "Giao lại").unwrap();
        assert_eq!(due(&row()), date(2020, 7, 1));
    });
}

#[test]
fn a_step_that_only_the_writer_could_take_is_left_out_and_others_still_clear() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        let speaker = desk.person("speaker", Role::Spokesperson, None);
        let leader = desk.person("leader", Role::Leader, None);
        let id = desk.take(&clerk, "information");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&head, id, Event::Accept).unwrap();
        desk.write(&head, id, "12 tấn.").unwrap();
        desk.act(&head, id, Event::Submit).unwrap();
        let request = press::show(app, &clerk, id).unwrap().row.request;
        assert_eq!((request.chain.len(), request.passed_over.len()), (2, 1));
        assert_eq!(refused(desk.act(&head, id, Event::Endorse)), "press_not_your_step");
        desk.act(&speaker, id, Event::Endorse).unwrap();
        desk.act(&leader, id, Event::Clear).unwrap();

        let second = desk.person("second", Role::UnitHead, Some(desk.lead));
        let id = desk.take(&clerk, "forwarded_opinion");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&head, id, Event::Accept).unwrap();
        desk.write(&head, id, "12 tấn.").unwrap();
        desk.act(&head, id, Event::Submit).unwrap();
        assert_eq!(press::show(app, &clerk, id).unwrap().row.request.passed_over, [""; 0]);
        desk.act(&second, id, Event::Endorse).unwrap();
    });
}

#[test]
fn who_asked_by_name_is_seen_by_the_desk_and_the_unit_that_leads() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let other = desk.person("other", Role::Officer, Some(desk.other));
        let id = desk.take(&clerk, "information");
        let name = |who: &Actor| press::show(app, who, id).unwrap().row.reporter;
        assert_eq!(name(&officer), "", "nobody leads yet");
        desk.assign(&clerk, id, "information", Vec::new());
        for who in [&clerk, &officer] {
            assert_eq!(name(who), "Nguyễn Thị Phóng");
        }
        assert_eq!(name(&other), "", "another unit has nothing to do with it");
    });
}

#[test]
fn a_pause_moves_the_promise_by_its_days_and_no_more_than_the_rule_allows() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let id = desk.take(&clerk, "information");
        desk.at(date(2020, 6, 3));
        desk.act(&clerk, id, Event::Pause).unwrap();
        assert_eq!(refused(desk.act(&clerk, id, Event::Pause)), "press_not_now");
        desk.at(date(2020, 6, 8));
        desk.act(&clerk, id, Event::Resume).unwrap();
        let deadline = press::show(desk.app(), &clerk, id).unwrap().row.request.deadline.unwrap();
        // 3, 4, 5 June were working days of the pause.
        assert_eq!(deadline.due.day(), date(2020, 6, 18));
    });
}

#[test]
fn the_step_that_lost_the_time_is_named_while_it_is_open_and_fixed_when_it_is_closed() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        let other_head = desk.person("other_head", Role::UnitHead, Some(desk.other));
        let overview = |actor: &Actor| press::overview(desk.app(), actor).unwrap();
        let id = desk.take(&clerk, "information");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&officer, id, Event::Accept).unwrap();
        // Promised for 15 June: three working days before it is due soon.
        assert!(overview(&clerk).soon.is_empty());
        desk.at(date(2020, 6, 10));
        assert_eq!(overview(&clerk).soon.len(), 1);
        desk.at(date(2020, 6, 22));
        desk.write(&officer, id, "Xong trước 30/6.").unwrap();
        desk.act(&officer, id, Event::Submit).unwrap();
        desk.at(date(2020, 6, 24));
        assert_eq!((overview(&head).mine.len(), overview(&other_head).mine.len()), (1, 0));
        let seen = overview(&head);
        assert_eq!((seen.late.len(), seen.late_total, seen.soon.len(), seen.closed), (1, 1, 0, (0, 0)));
        let late = &seen.late[0];
        let (with, _) = late.with.clone().unwrap();
        assert_eq!((with.state, with.unit), (State::InClearance, Some(desk.lead)));
        assert_eq!(late.charged.as_ref().unwrap().state, State::Drafting);
        assert!(late.row.reporter.is_empty() && late.row.contact.is_empty());
        desk.act(&clerk, id, Event::Withdraw).unwrap();
        let closed = press::show(desk.app(), &clerk, id).unwrap();
        let charged = closed.row.request.charged.clone().unwrap();
        assert_eq!((charged.state, charged.unit), (State::Drafting, Some(desk.lead)));
        desk.at(date(2020, 12, 1));
        let seen = overview(&head);
        assert_eq!((seen.closed, seen.late.len()), ((1, 1), 0));
        assert_eq!(seen.charged, [(charged, 1)]);
        assert_eq!(press::show(desk.app(), &clerk, id).unwrap().shares, closed.shares, "time stands still");
    });
}

#[test]
fn a_chain_of_the_office_speaks_from_its_day_on_and_a_request_keeps_the_one_it_was_handed_in_with() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let admin = desk.person("admin", Role::Administrator, None);
        let drafted = |subject| {
            let id = desk.take(&clerk, subject);
            desk.assign(&clerk, id, subject, Vec::new());
            desk.act(&officer, id, Event::Accept).unwrap();
            desk.write(&officer, id, "Đã trả lời.").unwrap();
            desk.act(&officer, id, Event::Submit).unwrap();
            id
        };
        let chain = |id| press::show(desk.app(), &clerk, id).unwrap().row.request.chain;
        let before = drafted("information");
        assert_eq!(chain(before).len(), 3);
        let step = Step { title: " Chủ tịch  ".into(), role: Role::Leader, in_lead_unit: false };
        let own = Chain {
            kind: "default".into(),
            steps: vec![step],
            valid_from: date(2020, 6, 2),
            valid_to: None,
            basis: "QĐ 15/QĐ-UBND".into(),
        };
        let add = |chain: &Chain| press::add_chain(desk.app(), &admin, chain);
        assert_eq!(
            invalid(add(&Chain { kind: "khác".into(), ..own.clone() })),
            [("kind".to_owned(), "required")]
        );
        add(&own).unwrap();
        assert_eq!(invalid(add(&own)), [("valid_from".to_owned(), "exists_already")]);
        assert_eq!(chain(drafted("answer_in_press")).len(), 3, "not before its first day");
        desk.at(date(2020, 6, 2));
        let after = drafted("information");
        assert_eq!(chain(after).iter().map(|step| step.title.as_str()).collect::<Vec<_>>(), ["Chủ tịch"]);
        assert_eq!(chain(before).len(), 3, "what was handed in keeps its chain");
        let leader = desk.person("leader", Role::Leader, None);
        desk.act(&leader, after, Event::Clear).unwrap();
        assert_eq!(desk.state(&clerk, after), State::Cleared);
    });
}

#[test]
fn what_a_case_keeps_is_not_changed_in_the_register() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let id = desk.take(&clerk, "information");
        let record = (Register::PressRequests, id.to_string().parse().unwrap());
        let typed = world::typed(&[("subject", "Khác")]);
        assert_eq!(refused(app::register::amend(desk.app(), &clerk, record, 1, &typed)), "record_of_case");
        assert_eq!(refused(app::register::remove(desk.app(), &clerk, record, 1, "Nhầm")), "record_of_case");
    });
}

#[test]
fn the_reporters_name_is_in_no_revision_and_the_public_form_refuses_what_lacks_consent() {
    on_each(|desk| {
        let app = desk.app();
        let bare =
            Sent { agency: "Báo".into(), subject: "x".into(), questions: "y".into(), ..Sent::default() };
        let wrong: Vec<String> =
            invalid(press::send(app, &bare)).into_iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, ["consent", "reporter", "contact"]);
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        let id = desk.take(&clerk, "information");
        assert_eq!(press::show(app, &clerk, id).unwrap().row.reporter, "Nguyễn Thị Phóng");
        assert_eq!(press::show(app, &leader, id).unwrap().row.reporter, "", "leaders see no personal data");
        assert!(press::list(app, &clerk, &press::Filter::default()).unwrap().cases[0].reporter.is_empty());
    });
}

pub fn speech(speaker: &str) -> press::Speech {
    press::Speech {
        at: None,
        speaker: speaker.into(),
        text: "Đám cháy đã được khống chế.".into(),
        form: "press_release_or_written".into(),
        is_holding: true,
    }
}

pub fn name_head(desk: &Desk, name: &str, from: &str, to: &str) {
    let fields =
        [("full_name", name), ("title", "Chủ tịch"), ("kind", "head"), ("starts_on", from), ("ends_on", to)];
    desk.world.add(Register::Spokespersons, &fields);
}

pub fn plan(day: Day) -> press::Plan {
    press::Plan {
        subject: "Kết quả cải cách hành chính".into(),
        occasion: "periodic".into(),
        place: "Hội trường".into(),
        starts_at: instant(day, 9, 0),
        minutes_long: Some(60),
        chair: "Phạm Hoàng Tùng".into(),
        is_public: true,
        guests: "Báo Hà Nam\n\nBáo Nhân Dân\nBÁO HÀ NAM".into(),
        agencies: Vec::new(),
    }
}

pub fn told(symbol: &str) -> press::Told {
    press::Told { symbol: symbol.into(), ..press::Told::default() }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one conference from plan to figures")]
fn a_press_conference_is_notified_by_the_law_of_its_day_held_by_who_may_speak_and_counted() {
    use domain::press::conference::{Event, State};
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        let day = date(2020, 6, 10);
        let none = press::Plan { starts_at: None, place: " ".into(), ..plan(day) };
        let wrong = invalid(press::plan_conference(app, &clerk, &none));
        assert_eq!(wrong, [("place".into(), "required"), ("starts_on".into(), "required")]);
        let id = press::plan_conference(app, &clerk, &plan(day)).unwrap();
        let shown = || press::conference(app, &clerk, id).unwrap();
        let names: Vec<String> =
            shown().row.conference.guests.iter().map(|guest| guest.agency.clone()).collect();
        assert_eq!(names, ["Báo Hà Nam", "Báo Nhân Dân"], "each is invited once");
        let deadline = shown().deadline.unwrap();
        assert_eq!(
            (deadline.rule.as_str(), deadline.due.in_words().as_str()),
            ("PL-CONF-2", "09/06/2020 09:00")
        );
        assert_eq!(press::public_conferences(app).unwrap().coming, [], "not before it was notified");
        let act = |who: &Actor, event, told: &press::Told| {
            press::act_on_conference(app, who, (id, shown().row.version), event, told)
        };
        let early = press::Told { at: instant(date(2020, 6, 1), 9, 0), ..told("UBND-VHTT") };
        assert_eq!(refused(act(&leader, Event::Notify, &early)), "conference_not_yours");
        // An hour after the limit: taken, and late for good.
        desk.world.clock.set(instant(date(2020, 6, 9), 10, 0).unwrap());
        let sent = press::Told { at: instant(date(2020, 6, 9), 10, 0), ..told("UBND-VHTT") };
        let whole = press::Told { symbol: "15/UBND-VHTT".into(), ..sent.clone() };
        assert_eq!(invalid(act(&clerk, Event::Notify, &whole)), [("symbol".into(), "not_a_symbol")]);
        act(&clerk, Event::Notify, &sent).unwrap();
        let notice = shown().row.conference.notice.unwrap();
        assert_eq!((notice.symbol.as_str(), notice.on_time), ("01/UBND-VHTT", Some(false)));
        assert_eq!(notice.addressee, "Ủy ban nhân dân tỉnh Hà Nam");
        let stale = press::act_on_conference(app, &clerk, (id, 1), Event::Cancel, &told("Hoãn"));
        assert!(matches!(stale, Err(ActionError::Stale)));
        assert_eq!(press::public_conferences(app).unwrap().coming.len(), 1);
        let edit = press::edit_conference(app, &clerk, (id, shown().row.version), &plan(day));
        assert_eq!(refused(edit), "conference_not_now", "what was notified is held as notified");
        let came = press::Told { came: vec![1], ..press::Told::default() };
        assert_eq!(refused(act(&leader, Event::Hold, &came)), "conference_not_yet");
        desk.world.clock.set(instant(day, 10, 0).unwrap());
        assert_eq!(refused(act(&leader, Event::Hold, &came)), "speaker_not_named");
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        act(&leader, Event::Hold, &came).unwrap();
        let guests: Vec<bool> = shown().row.conference.guests.iter().map(|guest| guest.came).collect();
        assert_eq!(guests, [false, true]);
        let bare = act(&clerk, Event::Close, &press::Told { number: Some(3), ..told("BB") });
        assert_eq!(invalid(bare), [("minute_taker".into(), "required"), ("text".into(), "required")]);
        let minutes = press::Told {
            text: "Đã trả lời 5 câu hỏi.".into(),
            secretary: "Lê Thị Thư".into(),
            ..told("BB-UBND")
        };
        let unnumbered = [("number".into(), "minutes_number")];
        assert_eq!(invalid(act(&clerk, Event::Close, &minutes)), unnumbered, "a symbol alone is no number");
        let slashed = press::Told { symbol: "/BB-UBND".into(), number: Some(4), ..minutes.clone() };
        assert_eq!(invalid(act(&clerk, Event::Close, &slashed)), [("symbol".into(), "not_a_symbol")]);
        assert_eq!(refused(act(&clerk, Event::Correct, &minutes)), "conference_not_now");
        act(&clerk, Event::Close, &press::Told { number: Some(4), ..minutes.clone() }).unwrap();
        assert_eq!(shown().row.state, State::Closed);
        let wrong = shown().row.conference;
        assert_eq!(wrong.minutes_symbol, "04/BB-UBND");
        // The number was wrong: the minutes are written anew, and those that stood are kept.
        assert_eq!(refused(act(&leader, Event::Correct, &minutes)), "conference_not_yours");
        let right = press::Told { number: Some(3), ..minutes.clone() };
        act(&clerk, Event::Correct, &right).unwrap();
        let corrected = shown().row;
        assert_eq!(
            (corrected.state, corrected.conference.minutes_before),
            (State::Closed, vec![wrong.minutes_kept.unwrap()])
        );
        // An office may give minutes no number at all.
        act(&clerk, Event::Correct, &press::Told { symbol: String::new(), ..minutes }).unwrap();
        assert_eq!(shown().row.conference.minutes_symbol, "");
        act(&clerk, Event::Correct, &right).unwrap();
        let figure = format!("{:?}", amount(app, &clerk, "press_conferences.held"));
        assert!(figure.contains("count: 1"), "{figure}");
        let line = app::register::show(app, &clerk, Register::Statements, id.to_string().parse().unwrap());
        let values = line.unwrap().record.values;
        assert_eq!(values.text("minutes_symbol"), Some("03/BB-UBND"));
        assert_eq!(values.day("notice_on"), Some(date(2020, 6, 9)));
    });
}

#[test]
fn from_july_2026_the_notice_names_who_is_invited_and_the_documents_and_one_refused_begins_anew() {
    use domain::press::conference::{Event, State};
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        desk.world.clock.set(instant(date(2026, 9, 1), 8, 0).unwrap());
        let id = press::plan_conference(app, &clerk, &plan(date(2026, 9, 10))).unwrap();
        let shown = || press::conference(app, &clerk, id).unwrap();
        let missing: Vec<String> =
            shown().papers.into_iter().filter(|(_, there)| !there).map(|(paper, _)| paper.word).collect();
        assert_eq!(missing, ["lawful_documents"]);
        let sent = press::Told { at: instant(date(2026, 9, 1), 8, 0), ..told("UBND-VHTT") };
        let act = |event, told: &press::Told| {
            press::act_on_conference(app, &clerk, (id, shown().row.version), event, told)
        };
        assert_eq!(refused(act(Event::Notify, &sent)), "conference_papers_missing");
        let whole = plan(date(2026, 9, 10));
        let proof = crate::conferences::picture_named("Số liệu");
        press::attach_to_conference(app, &clerk, (id, 1), proof).unwrap();
        act(Event::Notify, &sent).unwrap();
        assert_eq!(shown().row.conference.notice.unwrap().on_time, Some(true));
        let bare = act(Event::Object, &told("20/UBND-VP"));
        assert_eq!(invalid(bare), [("answered_on".into(), "required")], "when it came counts");
        desk.world.clock.set(instant(date(2026, 9, 9), 22, 0).unwrap());
        let before = press::Told { at: instant(date(2026, 9, 1), 7, 0), ..told("20/UBND-VP") };
        assert_eq!(invalid(act(Event::Object, &before)), [("answered_on".into(), "before_start")]);
        // Eleven hours before the conference.
        let came = press::Told { at: instant(date(2026, 9, 9), 22, 0), ..told("20/UBND-VP") };
        act(Event::Object, &came).unwrap();
        assert_eq!(shown().row.conference.objected_on_time, Some(false));
        desk.world.clock.set(instant(date(2026, 9, 9), 23, 0).unwrap());
        assert!(
            press::public_conferences(app).unwrap().coming.is_empty(),
            "readers see none that was refused"
        );
        press::edit_conference(app, &clerk, (id, shown().row.version), &whole).unwrap();
        assert_eq!((shown().row.state, shown().row.conference.notice), (State::Planned, None));
        act(Event::Cancel, &told("Không còn cần")).unwrap();
    });
}

#[test]
fn the_same_case_of_2020_and_of_2026_gets_the_clock_of_its_date_and_the_first_word_decides() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        for (year, rule, due) in
            [(2020, "PS-EXT-3", "30/08/2020 20:00"), (2026, "PS-EXT-4", "30/08/2026 22:30")]
        {
            desk.world.clock.set(instant(date(year, 8, 29), 23, 0).unwrap());
            let new = press::NewEmergency {
                determined_by: String::new(),
                determined_why: String::new(),
                subject: format!("Cháy chợ Quế {year}"),
                class: domain::press::emergency::Class::HighImpact,
                moments: domain::press::emergency::Moments {
                    happened_at: instant(date(year, 8, 29), 20, 0),
                    received_at: instant(date(year, 8, 29), 22, 30),
                    determined_at: None,
                },
            };
            let id = press::open_emergency(app, &clerk, &new).unwrap();
            let clock = press::emergency(app, &clerk, id).unwrap().row.emergency.clock.unwrap();
            assert_eq!((clock.deadline.rule.as_str(), clock.deadline.due.in_words().as_str()), (rule, due));
            assert_eq!(refused(press::close_emergency(app, &leader, (id, 1))), "emergency_not_spoken");
            // One hour after the limit of 2020, and still in time in 2026.
            desk.world.clock.set(instant(date(year, 8, 30), 21, 0).unwrap());
            press::speak(app, &leader, (id, 1), &speech("Phạm Hoàng Tùng")).unwrap();
            let row = press::emergency(app, &clerk, id).unwrap().row;
            assert_eq!(row.emergency.on_time, Some(year == 2026));
            press::close_emergency(app, &leader, (id, row.version)).unwrap();
            let again = press::speak(app, &leader, (id, row.version + 1), &speech("Phạm Hoàng Tùng"));
            assert_eq!(refused(again), "emergency_over");
        }
        assert_eq!(amount(app, &clerk, "extraordinary.spoken"), Amount::Ratio { part: 1, whole: 1 });
        assert_eq!(amount(app, &clerk, "extraordinary.on_time"), Amount::Ratio { part: 0, whole: 1 });
        assert_eq!(amount(app, &clerk, "speech.turns"), Amount::Count { count: 1 });
    });
}

#[test]
fn who_is_not_entitled_that_day_is_refused_with_the_reason_and_a_crisis_has_one_speaker() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        name_head(desk, "Người Cũ", "01/01/2018", "31/12/2019");
        name_head(desk, "Đỗ Hoàng Giang", "01/01/2020", "");
        let now = instant(date(2020, 6, 1), 8, 0);
        let new = press::NewEmergency {
            determined_by: String::new(),
            determined_why: String::new(),
            subject: "Sự cố".into(),
            class: domain::press::emergency::Class::HighImpact,
            moments: domain::press::emergency::Moments {
                happened_at: now,
                received_at: now,
                determined_at: None,
            },
        };
        let id = press::open_emergency(app, &clerk, &new).unwrap();
        assert_eq!(refused(press::speak(app, &leader, (id, 1), &speech("Ai Đó"))), "speaker_not_named");
        assert_eq!(refused(press::speak(app, &leader, (id, 1), &speech("Người Cũ"))), "speaker_not_that_day");
        let case = desk.take(&clerk, "information");
        press::set_crisis(app, &leader, (id, 1), "Phạm Hoàng Tùng", &[case]).unwrap();
        let other = press::speak(app, &leader, (id, 2), &speech("Đỗ Hoàng Giang"));
        assert_eq!(refused(other), "crisis_one_speaker");
        // The answer to a request on the same matter waits.
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        desk.assign(&clerk, case, "information", Vec::new());
        desk.act(&officer, case, Event::Accept).unwrap();
        desk.write(&officer, case, "Trả lời").unwrap();
        desk.act(&leader, case, Event::Bypass).unwrap();
        let issue = Issue {
            symbol: "UBND-VP".into(),
            day: Some(date(2020, 6, 1)),
            delivery: Some(Delivery::Page),
            ..Issue::default()
        };
        let at = (case, desk.version(&clerk, case));
        assert_eq!(refused(press::send_out(app, &clerk, at, &issue)), "press_frozen");
        press::set_crisis(app, &leader, (id, 2), "", &[]).unwrap();
        press::send_out(app, &clerk, at, &issue).unwrap();
        // A turn of speech is refused in the register too.
        let typed = world::typed(&[
            ("held_on", "01/06/2020"),
            ("form", "press_conference"),
            ("turn", "speech"),
            ("subject", "Họp báo"),
            ("speaker", "Người Cũ"),
        ]);
        assert_eq!(
            refused(app::register::add(app, &clerk, Register::Statements, &typed)),
            "speaker_not_that_day"
        );
    });
}

#[test]
fn the_name_of_a_reporter_is_in_no_register_and_is_taken_away_when_the_time_the_policy_gives_is_over() {
    on_each(|desk| {
        let clerk = desk.person("clerk", Role::Clerk, None);
        let (gone, open) = (desk.take(&clerk, "information"), desk.take(&clerk, "answer_in_press"));
        desk.act(&clerk, gone, Event::Withdraw).unwrap();
        let id = gone.to_string().parse().unwrap();
        let line = app::register::show(desk.app(), &clerk, Register::PressRequests, id).unwrap();
        assert_eq!(line.record.values.text("reporter"), None);
        let reporter = |id| press::show(desk.app(), &clerk, id).unwrap().row.reporter;
        let sweep = |day| {
            desk.at(day);
            app::jobs::run_due(desk.app(), "test").unwrap();
        };
        sweep(date(2022, 5, 31));
        assert_eq!(reporter(gone), "Nguyễn Thị Phóng", "24 months are not over");
        sweep(date(2022, 6, 3));
        assert_eq!((reporter(gone).as_str(), reporter(open).as_str()), ("", "Nguyễn Thị Phóng"));
    });
}

#[test]
fn a_regulation_is_handed_on_to_the_units_below_and_the_unit_above_sees_who_has_not() {
    use app::roll_out::{self, OwnRegulation};
    use domain::roll_out::Event;
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let admin = desk.person("admin", Role::Administrator, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let below = app::office::NewUnit {
            name: "Tổ thông tin lưu động".into(),
            short_name: String::new(),
            kind: domain::unit::UnitKind::Department,
            parent: Some(desk.lead),
            valid_from: Some(date(2020, 1, 1)),
            aliases: Vec::new(),
        };
        let below = app::office::add_unit(app, &admin, &below).unwrap();
        let new = roll_out::NewRollOut {
            symbol: "29/2019/QĐ-UBND".into(),
            title: "Quy chế phát ngôn".into(),
            body: "Điều 1. Phạm vi.".into(),
            due_on: Some(date(2020, 6, 10)),
            audience: vec![desk.lead, desk.other],
            replaces: None,
            ..roll_out::NewRollOut::default()
        };
        let id = roll_out::send(app, &clerk, &new).unwrap();
        let shown = || roll_out::show(app, &clerk, id).unwrap();
        let lead = || shown().answers.into_iter().find(|answer| answer.row.unit == desk.lead).unwrap();
        let first = lead().row;
        assert_eq!(roll_out::answer(app, &officer, first.id).unwrap().below[0].0, below);
        let stranger = desk.person("stranger", Role::Officer, Some(desk.other));
        let result = roll_out::hand_on(app, &stranger, (first.id, 1), &[below]);
        assert_eq!(refused(result), "roll_out_not_yours");
        let aside = roll_out::hand_on(app, &officer, (first.id, 1), &[desk.other]);
        assert_eq!(invalid(aside), [("audience".into(), "exists_already")]);
        roll_out::hand_on(app, &officer, (first.id, 1), &[below]).unwrap();
        let second = roll_out::hand_on(app, &officer, (first.id, 1), &[below]);
        assert!(matches!(second, Err(ActionError::Stale)), "the second person is told");
        assert_eq!(lead().below, (0, 1));
        let answers = shown().answers;
        let at = answers.iter().position(|answer| answer.row.unit == below).unwrap();
        assert_eq!(
            (answers[at].depth, answers[at - 1].row.unit),
            (1, desk.lead),
            "below the one that handed it on"
        );
        let person = desk.person("below", Role::Officer, Some(below));
        let digest = shown().progress.campaign.digest;
        let acknowledged = (answers[at].row.id, 1);
        roll_out::act(app, &person, acknowledged, Event::Acknowledge, ("", Some(&digest))).unwrap();
        assert_eq!(lead().below, (1, 1));
        assert_eq!(amount(app, &clerk, "regulation.units_sent"), Amount::Count { count: 3 });

        let own = |symbol: &str, issued_on| OwnRegulation { symbol: symbol.into(), issued_on, file: None };
        let returned = |own: &OwnRegulation| roll_out::return_own(app, &officer, (first.id, 2), own);
        let tomorrow = Some(date(2020, 6, 2));
        assert_eq!(
            invalid(returned(&own(" ", tomorrow))),
            [("symbol".into(), "required"), ("issued_on".into(), "in_the_future")]
        );
        returned(&own("12/QĐ-PVHTT", Some(date(2020, 6, 1)))).unwrap();
        assert_eq!(lead().row.own_symbol, "12/QĐ-PVHTT");
        let line = app::register::show(app, &clerk, Register::RollOuts, first.id).unwrap().record;
        assert_eq!(line.values.day("own_regulation_on"), Some(date(2020, 6, 1)));
    });
}

#[test]
fn a_regulation_is_acknowledged_by_each_unit_for_exactly_its_text_and_the_figures_follow() {
    use app::roll_out;
    use domain::roll_out::{Event, State};
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let other = desk.person("other", Role::UnitHead, Some(desk.other));
        let new = roll_out::NewRollOut {
            symbol: "29/2019/QĐ-UBND".into(),
            title: "Quy chế phát ngôn".into(),
            body: "Điều 1. Phạm vi.".into(),
            due_on: Some(date(2020, 6, 10)),
            audience: vec![desk.lead, desk.other, desk.lead],
            replaces: None,
            ..roll_out::NewRollOut::default()
        };
        let none = roll_out::NewRollOut { audience: Vec::new(), ..new.clone() };
        assert_eq!(invalid(roll_out::send(app, &clerk, &none)), [("audience".into(), "required")]);
        let id = roll_out::send(app, &clerk, &new).unwrap();
        let shown = roll_out::show(app, &clerk, id).unwrap();
        assert_eq!((shown.progress.total, shown.progress.acknowledged), (2, 0));
        let of = |unit| shown.answers.iter().find(|answer| answer.row.unit == unit).unwrap().row.id;
        let digest = shown.progress.campaign.digest.clone();
        let act = |who: &Actor, unit, version, event, words, shown: Option<&str>| {
            roll_out::act(app, who, (of(unit), version), event, (words, shown))
        };
        let stranger = act(&officer, desk.other, 1, Event::Acknowledge, "", Some(&digest));
        assert_eq!(refused(stranger), "roll_out_not_yours");
        let unseen = act(&officer, desk.lead, 1, Event::Acknowledge, "", Some("old"));
        assert_eq!(refused(unseen), "roll_out_other_text");
        act(&officer, desk.lead, 1, Event::Acknowledge, "", Some(&digest)).unwrap();
        act(&other, desk.other, 1, Event::Ask, "Ai ký?", None).unwrap();
        act(&clerk, desk.other, 2, Event::Reply, "Chủ tịch ký.", None).unwrap();
        let shown = roll_out::show(app, &clerk, id).unwrap();
        assert_eq!(shown.answers[0].row.state, State::Sent, "who has not comes first");
        assert_eq!((shown.progress.acknowledged, shown.progress.asking), (1, 0));
        assert_eq!(amount(app, &clerk, "regulation.units_sent"), Amount::Count { count: 2 });
        assert_eq!(amount(app, &clerk, "regulation.units_acknowledged"), Amount::Count { count: 1 });
        act(&clerk, desk.other, 3, Event::Exempt, "Đơn vị giải thể", None).unwrap();
        let result = act(&other, desk.other, 4, Event::Acknowledge, "", Some(&digest));
        assert_eq!(refused(result), "roll_out_not_now");
        // A new text is acknowledged anew, and what was sent before is shown beside it.
        desk.at(date(2020, 6, 2));
        let newer = roll_out::NewRollOut { body: "Điều 1. Phạm vi mới.".into(), ..new };
        let second = roll_out::send(app, &clerk, &newer).unwrap();
        let shown = roll_out::show(app, &clerk, second).unwrap();
        assert_eq!(shown.progress.acknowledged, 0);
        assert_eq!(shown.before.unwrap().id, id);
        // Another regulation in its place: what units acknowledged of the old one counts no more.
        let replacing = roll_out::NewRollOut {
            symbol: "06/2020/QĐ-UBND".into(),
            issued_on: Some(date(2020, 6, 1)),
            effective_on: Some(date(2020, 6, 5)),
            audience: vec![desk.other],
            replaces: Some(second),
            ..newer
        };
        let third = roll_out::send(app, &clerk, &replacing).unwrap();
        assert_eq!(amount(app, &clerk, "regulation.units_acknowledged"), Amount::Count { count: 1 });
        desk.at(date(2020, 6, 5));
        assert_eq!(amount(app, &clerk, "regulation.units_sent"), Amount::Count { count: 1 });
        assert_eq!(amount(app, &clerk, "regulation.units_acknowledged"), Amount::Count { count: 0 });
        let answer = roll_out::show(app, &clerk, third).unwrap().answers[0].row.id;
        let line = app::register::show(app, &clerk, Register::RollOuts, answer).unwrap().record;
        assert_eq!(line.values.text("replaces"), Some("29/2019/QĐ-UBND"));
    });
}
