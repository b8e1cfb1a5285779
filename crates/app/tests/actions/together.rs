//! Units work together on a request (G2), and reporters say when it goes wrong (B15).

use app::ActionError;
use app::press::{self, NewPart};
use domain::access::Role;
use domain::press::part::Event as PartEvent;
use domain::press::workflow::Event;

use crate::press::on_each;
use crate::world::{invalid, refused};

fn question(unit: domain::id::UnitId) -> NewPart {
    NewPart { unit: Some(unit), question: "Khối lượng rác?".into(), due_on: None }
}

#[test]
fn the_unit_that_leads_asks_others_talks_with_them_and_sends_back_what_does_not_suffice() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("van.thu", Role::Clerk, None);
        let officer = desk.person("chuyen.vien", Role::Officer, Some(desk.lead));
        let helper = desk.person("don.vi", Role::Officer, Some(desk.other));
        let speaker = desk.person("phat.ngon", Role::Spokesperson, None);
        let id = desk.take(&clerk, "information");
        let part = question(desk.other);
        assert_eq!(refused(press::ask(app, &officer, Some(id), &part)), "part_not_yours", "nobody leads yet");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&officer, id, Event::Accept).unwrap();
        assert!(press::show(app, &officer, id).unwrap().may_ask);
        assert!(!press::show(app, &helper, id).unwrap().may_ask, "who does not lead does not ask");
        assert_eq!(refused(press::ask(app, &helper, Some(id), &part)), "part_not_yours");
        let apart = press::ask(app, &officer, None, &part);
        assert!(matches!(apart, Err(ActionError::Forbidden(_))), "apart from any request: {apart:?}");
        let asked = press::ask(app, &officer, Some(id), &part).unwrap();

        assert_eq!(invalid(press::discuss(app, &helper, asked, "  "))[0].0, "words");
        assert_eq!(invalid(press::discuss(app, &helper, asked, &"a".repeat(4_001)))[0].0, "words");
        press::discuss(app, &helper, asked, "Tính từ tháng nào?").unwrap();
        press::discuss(app, &officer, asked, "Từ tháng 1/2020.").unwrap();
        press::discuss(app, &speaker, asked, "Cần số đã kiểm tra.").unwrap();
        let radio = desk.person("dai", Role::Radio, None);
        let told = press::discuss(app, &radio, asked, "Tôi cũng nghĩ vậy");
        assert!(told.is_err(), "who has nothing to do with it says nothing: {told:?}");
        let shown = press::part(app, &helper, asked).unwrap();
        let said: Vec<&str> = shown.remarks.iter().map(|remark| remark.body.as_str()).collect();
        assert_eq!(said, ["Tính từ tháng nào?", "Từ tháng 1/2020.", "Cần số đã kiểm tra."]);
        assert_eq!(press::show(app, &clerk, id).unwrap().remarks.get(&asked), Some(&3));

        let act = |actor, event, words: &str| {
            let version = press::part(app, actor, asked).unwrap().row.version;
            press::act_on_part(app, actor, (asked, version), event, words)
        };
        act(&helper, PartEvent::Accept, "").unwrap();
        act(&helper, PartEvent::Deliver, "Khoảng 12 tấn").unwrap();
        act(&officer, PartEvent::Return, "Cần số chính xác").unwrap();
        assert_eq!(
            refused(act(&officer, PartEvent::Waive, "Thôi")),
            "part_not_yours",
            "only who co-ordinates"
        );
        act(&helper, PartEvent::Deliver, "12,4 tấn").unwrap();

        desk.write(&officer, id, "12,4 tấn.").unwrap();
        let at = (id, desk.version(&clerk, id));
        let withdraw = press::Act { reason: "Báo rút".into(), ..press::Act::default() };
        press::act(app, &clerk, at, Event::Withdraw, &withdraw).unwrap();
        assert!(press::discuss(app, &helper, asked, "Muộn rồi").is_err(), "what is closed is closed");
        assert!(!press::part(app, &helper, asked).unwrap().may_discuss);
        assert!(press::ask(app, &officer, Some(id), &question(desk.other)).is_err());
    });
}

#[test]
fn a_reporter_complains_once_at_a_time_and_reads_what_the_office_says() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("van.thu", Role::Clerk, None);
        let officer = desk.person("chuyen.vien", Role::Officer, Some(desk.lead));
        let leader = desk.person("lanh.dao", Role::Leader, None);
        let asked = domain::press::request::Asked {
            requester: "Báo Hà Nam".into(),
            requester_kind: "press_agency".into(),
            subject: "Tiến độ".into(),
            questions: "Bao giờ xong?".into(),
            channel: "letter".into(),
            ..Default::default()
        };
        let (id, code) =
            press::take(app, &clerk, &press::Intake { asked, ..press::Intake::default() }).unwrap();
        assert_eq!(invalid(press::complain(app, &code, " ", "192.0.2.1"))[0].0, "complaint");
        assert_eq!(invalid(press::complain(app, &code, &"a".repeat(4_001), "192.0.2.1"))[0].0, "complaint");
        assert!(matches!(press::complain(app, "AAAA-BBBB", "x", "192.0.2.1"), Err(ActionError::NotFound)));
        press::complain(app, &code, "Chậm quá.", "192.0.2.1").unwrap();
        assert_eq!(refused(press::complain(app, &code, "Vẫn chậm.", "192.0.2.1")), "press_complaint_waits");
        assert!(!press::by_code(app, &code).unwrap().may_complain);

        let waits = |actor| press::board(app, actor, false).unwrap().complaints.len();
        assert_eq!((waits(&clerk), waits(&leader), waits(&officer)), (1, 1, 0), "for those who may answer");
        let at = |actor| (id, desk.version(actor, id));
        let no = press::answer_complaint(app, &officer, at(&officer), "Không");
        assert!(matches!(no, Err(ActionError::Forbidden(_))), "{no:?}");
        assert_eq!(invalid(press::answer_complaint(app, &leader, at(&leader), ""))[0].0, "reply");
        let stale = (id, desk.version(&leader, id) - 1);
        assert!(matches!(press::answer_complaint(app, &leader, stale, "x"), Err(ActionError::Stale)));
        press::answer_complaint(app, &leader, at(&leader), "Sẽ trả lời trước thứ Sáu.").unwrap();
        assert_eq!(refused(press::answer_complaint(app, &leader, at(&leader), "Nữa")), "press_not_now");
        assert_eq!(waits(&clerk), 0);
        let receipt = press::by_code(app, &code).unwrap();
        let press::Complained { text, reply, .. } = receipt.complaints[0].clone();
        assert_eq!((text.as_str(), reply.unwrap().0.as_str()), ("Chậm quá.", "Sẽ trả lời trước thứ Sáu."));
        assert!(receipt.may_complain, "another one may follow");
        let steps = press::show(app, &clerk, id).unwrap().steps;
        let taken: Vec<&str> = steps.iter().map(|(step, _)| step.event.as_str()).collect();
        assert_eq!(taken[..2], ["answer_complaint", "complain"]);
        assert!(steps.iter().all(|(step, _)| step.note.is_empty()), "what was said stands in one place");
    });
}
