//! Requests of people about their own data: acknowledged, extended once, decided; nothing is shown to anybody unconfirmed.

use app::data_request::{self, Given, Identification, Intake, Sent};
use app::{ActionError, Actor, App};
use domain::access::Role;
use domain::data_request::{Channel, Event, Kind, State};
use domain::id::DataRequestId;
use domain::time::{Day, at as instant};
use jiff::civil::date;
use testkit::for_each_backend;

use crate::world::{World, invalid, refused};

fn sent(kind: Kind) -> Sent {
    Sent {
        kind: Some(kind),
        name: "Trần Thị Riêng".into(),
        contact: "0912 345 678".into(),
        details: "Thư hỏi tôi gửi tháng 3".into(),
        network: "192.0.2.1".into(),
    }
}

fn on(world: &World, day: Day) {
    world.clock.set(instant(day, 9, 0).unwrap());
}

fn newest(app: &App, clerk: &Actor) -> DataRequestId {
    data_request::list(app, clerk, None, 1).unwrap().0[0].id
}

fn at(app: &App, clerk: &Actor, id: DataRequestId) -> (DataRequestId, i64) {
    (id, data_request::show(app, clerk, id).unwrap().row.version)
}

fn act(app: &App, clerk: &Actor, id: DataRequestId, event: Event, given: &Given) -> Result<(), ActionError> {
    data_request::act(app, clerk, at(app, clerk, id), event, given)
}

fn words(reason: &str, answer: &str, days: Option<u32>) -> Given {
    Given { reason: reason.into(), answer: answer.into(), days }
}

fn known() -> Identification {
    Identification { contact: "0912 345 678".into(), how: "Gọi lại số máy trong hồ sơ".into() }
}

#[test]
fn sec_pii_03_a_request_is_acknowledged_extended_once_and_fulfilled_for_a_confirmed_person_alone() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("clerk", &[Role::Clerk]);
        // Monday.
        on(&world, date(2026, 3, 2));
        let code = data_request::send(app, &sent(Kind::See)).unwrap();
        let id = newest(app, &clerk);
        let shown = data_request::show(app, &clerk, id).unwrap();
        assert_eq!((shown.row.number.as_str(), shown.extension), ("DL-0001/2026", Some(10)));
        assert_eq!(shown.row.person.name, "Trần Thị Riêng");
        let due = |code: &str| data_request::by_code(app, code).unwrap().limit.unwrap().due.day();
        assert_eq!(due(&code), date(2026, 3, 4), "two working days for the acknowledgement");
        let decide_by = |code: &str| data_request::by_code(app, code).unwrap().decide_by;
        assert_eq!(decide_by(&code), Some(date(2026, 3, 12)));
        assert_eq!(
            refused(act(app, &clerk, id, Event::Fulfil, &words("", "Đã gửi", None))),
            "data_request_not_now"
        );
        on(&world, date(2026, 3, 4));
        act(app, &clerk, id, Event::Acknowledge, &Given::default()).unwrap();
        assert_eq!(due(&code), date(2026, 3, 12), "ten days to show");
        let more = |reason: &str, days| act(app, &clerk, id, Event::Extend, &words(reason, "", days));
        assert_eq!(invalid(more("", None)), [("reason".into(), "required"), ("days".into(), "required")]);
        assert_eq!(invalid(more("Nhiều hồ sơ", Some(11))), [("days".into(), "number_between")]);
        more("Nhiều hồ sơ", Some(5)).unwrap();
        assert_eq!(refused(more("Lại nhiều", Some(5))), "data_request_extended_before");
        assert_eq!(due(&code), date(2026, 3, 17));
        let fulfil = |answer: &str| act(app, &clerk, id, Event::Fulfil, &words("", answer, None));
        assert_eq!(refused(fulfil("Đã gửi bản sao")), "data_request_unidentified");
        let bare = data_request::identify(app, &clerk, at(app, &clerk, id), &Identification::default());
        assert_eq!(invalid(bare), [("contact".into(), "required"), ("how".into(), "required")]);
        let new = data_request::identify(app, &clerk, at(app, &clerk, id), &known()).unwrap();
        assert!(matches!(data_request::by_code(app, &code), Err(ActionError::NotFound)), "it opens nothing");
        assert!(data_request::is_replaced(app, &code).unwrap());
        assert!(!data_request::is_replaced(app, &new).unwrap());
        assert_eq!(invalid(fulfil(" ")), [("answer".into(), "required")]);
        on(&world, date(2026, 3, 17));
        fulfil("Đã gửi bản sao").unwrap();
        let receipt = data_request::by_code(app, &new).unwrap();
        assert_eq!((receipt.state, receipt.answer.as_str()), (State::Fulfilled, "Đã gửi bản sao"));
        assert_eq!(receipt.decide_by, None);
        assert_eq!((receipt.reasons, receipt.limit), (vec!["Nhiều hồ sơ".to_owned()], None));
        let request = data_request::show(app, &clerk, id).unwrap().row.request;
        assert_eq!(request.acknowledged.unwrap().on_time, Some(true));
        assert_eq!(request.decided.unwrap().on_time, Some(true));
        assert_eq!(refused(fulfil("Lại")), "data_request_not_now");
    });
}

#[test]
fn late_stays_late_and_a_refusal_names_its_ground() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("clerk", &[Role::Clerk]);
        on(&world, date(2026, 3, 2));
        let code = data_request::send(app, &sent(Kind::Delete)).unwrap();
        let id = newest(app, &clerk);
        on(&world, date(2026, 3, 5));
        act(app, &clerk, id, Event::Acknowledge, &Given::default()).unwrap();
        on(&world, date(2026, 3, 24));
        let late = act(app, &clerk, id, Event::Extend, &words("Vướng", "", Some(5)));
        assert_eq!(refused(late), "data_request_already_late");
        let refuse = |reason: &str| act(app, &clerk, id, Event::Refuse, &words(reason, "Riêng cho bà", None));
        assert_eq!(invalid(refuse("")), [("reason".into(), "required")]);
        refuse("Luật Lưu trữ buộc giữ").unwrap();
        let request = data_request::show(app, &clerk, id).unwrap().row.request;
        assert_eq!(request.acknowledged.unwrap().on_time, Some(false));
        assert_eq!(request.decided.unwrap().on_time, Some(false));
        let receipt = data_request::by_code(app, &code).unwrap();
        assert_eq!(receipt.reasons, ["Luật Lưu trữ buộc giữ"]);
        assert_eq!(receipt.answer, "", "nobody confirmed who holds the code");
        // A rule that is changed afterwards alters nothing that was decided.
        assert!(receipt.limit.is_none());
    });
}

#[test]
fn the_desk_writes_down_what_came_by_letter_from_the_day_it_came() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("clerk", &[Role::Clerk]);
        on(&world, date(2026, 3, 9));
        let intake = Intake {
            kind: Some(Kind::Withdraw),
            channel: Some(Channel::Letter),
            name: "Trần Thị Riêng".into(),
            contact: "thôn 3".into(),
            details: "Rút đồng ý".into(),
            received_at: instant(date(2026, 3, 6), 8, 0),
        };
        let wrong = Intake { channel: Some(Channel::Portal), ..intake.clone() };
        assert_eq!(invalid(data_request::take(app, &clerk, &wrong)), [("channel".into(), "required")]);
        let ahead = Intake { received_at: instant(date(2026, 3, 10), 8, 0), ..intake.clone() };
        assert_eq!(invalid(data_request::take(app, &clerk, &ahead)), [("received_on".into(), "in_future")]);
        let bare = data_request::take(app, &clerk, &Intake::default());
        let lacking: Vec<String> = invalid(bare).into_iter().map(|(field, _)| field).collect();
        assert_eq!(lacking, ["kind", "channel", "name", "contact", "details"]);
        let (id, code) = data_request::take(app, &clerk, &intake).unwrap();
        let request = data_request::show(app, &clerk, id).unwrap().row.request;
        assert_eq!(request.deadline.unwrap().due.day(), date(2026, 3, 23), "15 days, past the weekend");
        act(app, &clerk, id, Event::TakeBack, &words("Tự thôi", "", None)).unwrap();
        assert_eq!(data_request::by_code(app, &code).unwrap().state, State::TakenBack);
        let waits = app::work::mine(app, &clerk).unwrap();
        assert!(!waits.iter().any(|task| matches!(task.subject, app::work::Subject::DataRequest(_))));
    });
}

#[test]
fn who_asks_is_forgotten_after_the_time_of_the_rule_and_one_network_cannot_bury_the_desk() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("clerk", &[Role::Clerk]);
        on(&world, date(2026, 3, 2));
        for _ in 0..data_request::AN_HOUR {
            data_request::send(app, &sent(Kind::Correct)).unwrap();
        }
        let over = data_request::send(app, &sent(Kind::Correct));
        assert!(matches!(over, Err(ActionError::TooMany { .. })), "{over:?}");
        let id = newest(app, &clerk);
        let waits = app::work::mine(app, &clerk).unwrap();
        let numbers: Vec<&str> = waits.iter().map(|task| task.number.as_str()).collect();
        assert_eq!(numbers.len(), usize::try_from(data_request::AN_HOUR).unwrap(), "{numbers:?}");
        act(app, &clerk, id, Event::TakeBack, &words("Tự thôi", "", None)).unwrap();
        let sweep = |day: Day| {
            on(&world, day);
            app::jobs::run_due(app, "test").unwrap();
            data_request::show(app, &clerk, id).unwrap().row.person
        };
        assert_eq!(sweep(date(2028, 3, 1)).name, "Trần Thị Riêng");
        assert_eq!(sweep(date(2028, 3, 3)), store::data_request::Person::default());
    });
}

#[test]
fn who_may_not_read_personal_data_sees_none_of_it() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let clerk = world.person("clerk", &[Role::Clerk]);
        data_request::send(app, &sent(Kind::See)).unwrap();
        let (listed, total) = data_request::list(app, &clerk, Some(State::Received), 1).unwrap();
        assert_eq!((listed[0].person.name.as_str(), total), ("", 1));
        let leader = world.person("leader", &[Role::Leader]);
        let closed = data_request::show(app, &leader, listed[0].id);
        assert!(matches!(closed, Err(ActionError::Forbidden(_))));
    });
}
