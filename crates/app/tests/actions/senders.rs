//! Who asks: what is personal about them stands apart and is forgotten, a forger reads nothing, letters to them.

use app::press::{self, Identification, Issue, Sent};
use app::{ActionError, Actor, App};
use domain::access::Role;
use domain::id::CaseId;
use domain::press::request::{Delivery, Identity};
use domain::press::workflow::{Event, State};
use domain::register::Register;
use domain::time::at as instant;
use jiff::civil::date;

use crate::press::{Desk, on_each};
use crate::world::{invalid, refused};

pub const CARD: &str = "NB 4711";

pub fn sent(contact: &str) -> Sent {
    Sent {
        agency: "Báo Hà Nam".into(),
        reporter: "Nguyễn Thị Phóng".into(),
        contact: contact.into(),
        card: CARD.into(),
        request_symbol: "12/GGT-BHN".into(),
        subject: "Tiến độ thu gom rác thải".into(),
        questions: "Bao giờ xong?".into(),
        consent: true,
        network: "192.0.2.1".into(),
    }
}

pub fn newest(app: &App, actor: &Actor) -> CaseId {
    press::list(app, actor, &press::Filter { page: 1, ..Default::default() }).unwrap().cases[0].id
}

fn confirmed(contact: &str) -> Identification {
    Identification {
        identity: Identity::KnownContact,
        contact: contact.into(),
        note: "Gọi tòa soạn theo số trên trang của báo".into(),
    }
}

/// Assigns, writes and clears past the chain.
pub fn ready(desk: &Desk, id: CaseId) {
    let clerk = desk.person(&format!("clerk{id}"), Role::Clerk, None);
    let officer = desk.person(&format!("officer{id}"), Role::Officer, Some(desk.lead));
    let leader = desk.person(&format!("leader{id}"), Role::Leader, None);
    desk.assign(&clerk, id, "information", Vec::new());
    desk.act(&officer, id, Event::Accept).unwrap();
    desk.write(&officer, id, "Dự kiến xong trước 30/6/2020.").unwrap();
    desk.act(&leader, id, Event::Bypass).unwrap();
}

pub fn issue() -> Issue {
    Issue {
        symbol: "UBND-VHTT".into(),
        day: Some(date(2020, 6, 1)),
        delivery: Some(Delivery::Page),
        ..Issue::default()
    }
}

#[test]
fn the_card_of_a_reporter_stands_in_no_text_line_or_letter_and_is_forgotten_with_the_name() {
    on_each(|desk| {
        let app = desk.app();
        let (clerk, leader) =
            (desk.person("clerk", Role::Clerk, None), desk.person("leader", Role::Leader, None));
        press::send(app, &sent("0912 345 678")).unwrap();
        let id = newest(app, &clerk);
        let row = press::show(app, &clerk, id).unwrap().row;
        assert_eq!((row.card.as_str(), row.request.asked.request_symbol.as_str()), (CARD, "12/GGT-BHN"));
        assert_eq!(press::show(app, &leader, id).unwrap().row.card, "", "a right of its own");
        assert!(!serde_json::to_string(&row.request).unwrap().contains(CARD));
        let found = press::Filter { search: CARD.into(), page: 1, ..Default::default() };
        assert_eq!(press::list(app, &clerk, &found).unwrap().total, 0, "nothing is found by it");
        let line = app::register::show(app, &clerk, Register::PressRequests, id.to_string().parse().unwrap());
        assert!(!format!("{:?}", line.unwrap().record.values).contains(CARD));
        let history =
            app.database().read(|r| store::ledger::history(r, "press_case", &id.to_string())).unwrap();
        assert!(!format!("{history:?}").contains(CARD));
        ready(desk, id);
        let docx = press::file(app, &clerk, id, press::File::Docx).unwrap();
        let letter = reading_of(&docx);
        assert!(letter.contains("12/GGT-BHN") && !letter.contains(CARD), "{letter}");
        desk.act(&clerk, id, Event::Withdraw).unwrap();
        sweep(desk, 2022);
        let row = press::show(app, &clerk, id).unwrap().row;
        assert_eq!((row.card, row.reporter, row.contact), Default::default());
    });
}

/// Clears up in June of a year, when the time of what was closed two years before is over.
fn sweep(desk: &Desk, year: i16) {
    for day in [date(year, 6, 1), date(year, 6, 3)] {
        desk.at(day);
        app::jobs::run_due(desk.app(), "test").unwrap();
    }
}

/// What is read in a DOCX file.
fn reading_of(docx: &[u8]) -> String {
    use reading::Limits;
    use reading::file::{Ask, answer};
    format!("{:?}", answer(Ask::Document, docx, &Limits::of(Ask::Document)))
}

#[test]
fn sec_press_a01_who_sent_a_request_in_a_reporters_name_reads_nothing_once_the_reporter_was_confirmed() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let forged = press::send(app, &sent("forger@evil.example")).unwrap();
        let id = newest(app, &clerk);
        assert!(press::by_code(app, &forged).unwrap().is_unverified);
        ready(desk, id);
        let at = || (id, desk.version(&clerk, id));
        assert_eq!(refused(press::send_out(app, &clerk, at(), &issue())), "press_sender_unverified");
        for (wrong, field) in [
            (Identification { contact: " ".into(), ..confirmed("") }, "contact"),
            (Identification { note: "\n".into(), ..confirmed("024 3825 0000") }, "note"),
        ] {
            let result = press::identify(app, &clerk, at(), &wrong);
            assert_eq!(invalid(result), [(field.to_owned(), "required")]);
        }
        let given = press::identify(app, &clerk, at(), &confirmed("024 3825 0000")).unwrap().unwrap();
        assert_eq!(press::show(app, &clerk, id).unwrap().row.confirmed_contact, "024 3825 0000");
        let again = press::identify(app, &clerk, at(), &confirmed("024 3825 0000")).unwrap();
        assert_eq!(again, None, "the same contact keeps the code it has");
        press::send_out(app, &clerk, at(), &issue()).unwrap();

        assert!(press::is_replaced(app, &forged).unwrap() && !press::is_replaced(app, &given).unwrap());
        for result in [
            press::by_code(app, &forged).map(drop),
            press::letter_by_code(app, &forged).map(drop),
            press::follow_up(app, &forged, "Còn gì nữa?", "192.0.2.1").map(drop),
            press::rate(app, &forged, 1, ""),
        ] {
            assert!(matches!(result, Err(ActionError::NotFound)), "{result:?}");
        }
        assert_eq!(press::by_code(app, &given).unwrap().state, State::Answered);
        assert!(press::letter_by_code(app, &given).unwrap().starts_with(b"%PDF"));

        // Whoever holds the confirmed code is who was confirmed.
        desk.at(date(2020, 6, 2));
        let next = press::follow_up(app, &given, "Thế còn tháng 7?", "192.0.2.1").unwrap();
        assert!(!press::by_code(app, &next).unwrap().is_unverified);
        let row = press::show(app, &clerk, newest(app, &clerk)).unwrap().row;
        assert_eq!(
            (row.contact.as_str(), row.confirmed_contact.as_str()),
            ("024 3825 0000", "024 3825 0000")
        );
        // Once nobody knows who that was, they begin as anybody does.
        sweep(desk, 2023);
        let late = press::follow_up(app, &given, "Thế còn tháng 8?", "192.0.2.1").unwrap();
        assert!(press::by_code(app, &late).unwrap().is_unverified);
    });
}

#[test]
fn a_contact_that_turns_out_wrong_takes_the_code_that_was_handed_to_it_along() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let first = press::send(app, &sent("0912 345 678")).unwrap();
        let id = newest(app, &clerk);
        let identify = |found: &Identification| {
            press::identify(app, &clerk, (id, desk.version(&clerk, id)), found).unwrap()
        };
        let second = identify(&confirmed("024 1111")).unwrap();
        let doubt = Identification { identity: Identity::Unverified, ..confirmed("") };
        assert_eq!(identify(&doubt), None);
        assert_eq!(press::show(app, &clerk, id).unwrap().row.confirmed_contact, "");
        let third = identify(&confirmed("024 2222")).unwrap();
        assert!(press::is_replaced(app, &first).unwrap(), "the sender is told what became of the code");
        for old in [&first, &second] {
            assert!(matches!(press::by_code(app, old), Err(ActionError::NotFound)));
        }
        press::by_code(app, &third).unwrap();
    });
}

#[test]
fn sec_press_01_how_and_to_whom_an_answer_was_given_and_when_it_was_written_down_are_kept() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let intake = press::Intake {
            received_at: instant(date(2020, 5, 29), 16, 0),
            contact: "0912 345 678".into(),
            asked: domain::press::request::Asked {
                requester: "Báo Hà Nam".into(),
                requester_kind: "press_agency".into(),
                subject: "Thu gom rác".into(),
                questions: "Bao giờ xong?".into(),
                channel: "phone".into(),
                identity: Identity::CardSeen,
                ..Default::default()
            },
            ..Default::default()
        };
        let (id, _) = press::take(app, &clerk, &intake).unwrap();
        let row = press::show(app, &clerk, id).unwrap().row;
        assert_eq!(row.received_at, instant(date(2020, 5, 29), 16, 0).unwrap(), "as it was typed");
        assert_eq!(row.request.entered_at, instant(date(2020, 6, 1), 9, 0), "by the clock of the server");
        ready(desk, id);
        let send = |issue: Issue| press::send_out(app, &clerk, (id, desk.version(&clerk, id)), &issue);
        for (delivery, wrong) in [
            (None, ("delivery", "required")),
            (Some(Delivery::Email), ("delivery", "no_confirmed_address")),
            (Some(Delivery::Post), ("to", "required")),
            (Some(Delivery::Hand), ("to", "required")),
        ] {
            let result = send(Issue { delivery, ..issue() });
            assert_eq!(invalid(result), [(wrong.0.to_owned(), wrong.1)], "{delivery:?}");
        }
        send(Issue { delivery: Some(Delivery::Hand), to: "Chị Phóng, tại cơ quan".into(), ..issue() })
            .unwrap();
        let row = press::show(app, &clerk, id).unwrap().row;
        assert_eq!(row.delivered_to, "Chị Phóng, tại cơ quan");
        assert_eq!(row.request.issued.as_ref().unwrap().delivery, Some(Delivery::Hand));
        assert!(!serde_json::to_string(&row).unwrap().contains("Chị Phóng"), "no revision names anybody");
    });
}
