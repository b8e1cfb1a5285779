//! What waits for one person is what that person can do, whatever it is about.

use app::press::{self, NewPart};
use app::work::{self, Due, Subject};
use app::{Actor, App};
use domain::access::Role;
use domain::press::emergency::Class;
use domain::press::part::Event as PartEvent;
use domain::press::workflow::Event;
use domain::time::at as instant;
use jiff::civil::date;

use crate::emergencies::arisen;
use crate::press::{name_head, on_each, plan, speech};

/// What waits, as words: `assign`, `part accept`.
fn waiting(app: &App, actor: &Actor) -> Vec<String> {
    let tasks = work::mine(app, actor).unwrap();
    let word = |subject: &Subject| match subject {
        Subject::Request(_, event) => event.word().to_owned(),
        Subject::Part(_, _, event) => format!("part {}", event.word()),
        Subject::SecondLook(_) => "second_look".to_owned(),
        Subject::Complaint(_) => "complaint".to_owned(),
        other => format!("{other:?}"),
    };
    tasks.iter().map(|task| word(&task.subject)).collect()
}

#[test]
fn a_request_is_in_the_work_of_whoever_it_waits_for_and_in_nobody_elses() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("van.thu", Role::Clerk, None);
        let officer = desk.person("chuyen.vien", Role::Officer, Some(desk.lead));
        let head = desk.person("truong.phong", Role::UnitHead, Some(desk.lead));
        let helper = desk.person("don.vi", Role::Officer, Some(desk.other));
        let leader = desk.person("lanh.dao", Role::Leader, None);
        let none: [String; 0] = [];
        let id = desk.take(&clerk, "information");
        assert_eq!(waiting(app, &clerk), ["assign"]);
        assert_eq!(waiting(app, &officer), none);
        let part = NewPart { unit: Some(desk.other), question: "Khối lượng?".into(), due_on: None };
        desk.assign(&clerk, id, "information", vec![part]);
        assert_eq!(waiting(app, &clerk), none);
        assert_eq!(waiting(app, &officer), ["accept"]);
        assert_eq!(waiting(app, &helper), ["part accept"], "its part, not the request");
        desk.act(&officer, id, Event::Accept).unwrap();
        assert_eq!(waiting(app, &officer), ["write"]);
        desk.write(&officer, id, "12 tấn.").unwrap();
        assert_eq!(waiting(app, &officer), ["submit"]);
        let tasks = work::mine(app, &helper).unwrap();
        assert_eq!((tasks[0].due, tasks[0].is_late), (Some(Due::On(date(2020, 6, 4))), false));
        desk.at(date(2020, 6, 5));
        assert!(work::mine(app, &helper).unwrap()[0].is_late, "its own limit, not that of the request");
        assert!(!work::mine(app, &officer).unwrap()[0].is_late);

        let (part, _) = app::press::show(app, &clerk, id).unwrap().parts.remove(0);
        for (event, version) in [(PartEvent::Accept, 1), (PartEvent::Deliver, 2)] {
            app::press::act_on_part(app, &helper, (part.id, version), event, "12 tấn").unwrap();
        }
        assert_eq!(waiting(app, &helper), none);
        desk.act(&officer, id, Event::Submit).unwrap();
        assert_eq!((waiting(app, &head), waiting(app, &leader)), (vec!["endorse".to_owned()], Vec::new()));
        desk.act(&leader, id, Event::Bypass).unwrap();
        assert_eq!(waiting(app, &clerk), ["issue"]);
        assert_eq!(waiting(app, &head), ["second_look"], "by another than who passed the chain by");
        assert_eq!(waiting(app, &leader), none);
    });
}

#[test]
fn a_running_clock_of_24_hours_a_conference_and_an_accepted_part_are_in_the_work_of_who_acts() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("van.thu", Role::Clerk, None);
        let leader = desk.person("lanh.dao", Role::Leader, None);
        let helper = desk.person("don.vi", Role::Officer, Some(desk.other));
        name_head(desk, "Người Dùng lanh.dao", "01/01/2020", "");
        let new = arisen("Cháy chợ Quế", Class::HighImpact, (date(2020, 6, 1), [7, 8]));
        let id = press::open_emergency(app, &clerk, &new).unwrap();
        let tasks = work::mine(app, &leader).unwrap();
        assert_eq!(tasks[0].subject, Subject::Emergency(id));
        assert_eq!(tasks[0].due, Some(Due::At(instant(date(2020, 6, 2), 7, 0).unwrap())));
        let clerks = work::mine(app, &clerk).unwrap();
        let is_emergency = |task: &work::Task| matches!(task.subject, Subject::Emergency(_));
        assert!(!clerks.iter().any(is_emergency), "who may not speak is not waited for");
        press::speak(app, &leader, (id, 1), &speech("Người Dùng lanh.dao")).unwrap();
        assert_eq!(waiting(app, &leader), [""; 0]);

        let conference = press::plan_conference(app, &clerk, &plan(date(2020, 6, 10))).unwrap();
        let mut tasks = work::mine(app, &clerk).unwrap();
        tasks.retain(|task| matches!(task.subject, Subject::Conference(..)));
        let notify = domain::press::conference::Event::Notify;
        assert_eq!(tasks[0].subject, Subject::Conference(conference, notify));
        assert!(tasks[0].due.is_some(), "the law says until when");

        let part = NewPart { unit: Some(desk.other), question: "Khối lượng?".into(), due_on: None };
        let part = press::ask(app, &clerk, None, &part).unwrap();
        press::act_on_part(app, &helper, (part, 1), PartEvent::Accept, "").unwrap();
        assert_eq!(waiting(app, &helper), ["part deliver"], "not to be declined first");
    });
}
