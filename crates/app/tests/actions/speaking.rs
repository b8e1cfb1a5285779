//! Who may speak and who is away; answers that are said.

use app::absence::{self, Away, NewAbsence};
use app::press::{self, Telling};
use app::{ActionError, Actor};
use domain::access::Role;
use domain::figure::Amount;
use domain::press::emergency::Class;
use domain::press::request::Answer;
use domain::press::workflow::{Event, State};
use domain::register::Register;
use domain::time::{Day, at as instant};
use jiff::civil::date;

use crate::emergencies::arisen;
use crate::press::{Desk, amount, name_head, on_each, speech};
use crate::world::{invalid, refused};

/// Opens an extraordinary case on a day and lets `name` speak on it.
fn speaks_of_a_case(
    desk: &Desk,
    (clerk, leader): (&Actor, &Actor),
    on: Day,
    name: &str,
) -> Result<(), ActionError> {
    let app = desk.app();
    desk.world.clock.set(instant(on, 8, 0).unwrap());
    let new = arisen(&format!("Cháy chợ {on}"), Class::HighImpact, (on, [7, 7]));
    let id = press::open_emergency(app, clerk, &new).unwrap();
    press::speak(app, leader, (id, 1), &speech(name))
}

#[test]
fn who_is_away_speaks_for_nobody_and_only_a_colleague_of_the_same_unit_and_roles_stands_in() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let (leader, deputy) =
            (desk.person("leader", Role::Leader, None), desk.person("deputy", Role::Leader, None));
        let name = "Người Dùng leader";
        name_head(desk, name, "01/01/2020", "");
        let new = NewAbsence {
            who: None,
            first: Some(date(2020, 6, 2)),
            last: Some(date(2020, 6, 3)),
            deputy: deputy.person,
        };
        let add = |who: &Actor, new: &NewAbsence| absence::add_absence(app, who, new);
        let wrong = NewAbsence { first: Some(date(2020, 5, 31)), last: None, ..new.clone() };
        assert_eq!(invalid(add(&leader, &wrong)), [("first".into(), "in_past"), ("last".into(), "required")]);
        let with = |deputy: &Actor| NewAbsence { deputy: deputy.person, ..new.clone() };
        assert_eq!(invalid(add(&leader, &with(&leader))), [("deputy".into(), "deputy_self")]);
        assert_eq!(invalid(add(&leader, &with(&clerk))), [("deputy".into(), "deputy_cannot")]);
        let other = NewAbsence { who: leader.person.map(Away::Person), ..new.clone() };
        assert!(matches!(add(&deputy, &other), Err(ActionError::Forbidden(_))), "the clerk alone for others");
        add(&clerk, &other).unwrap();
        assert_eq!(invalid(add(&leader, &new)), [("first".into(), "away_already")]);
        let back = NewAbsence { who: None, deputy: leader.person, ..new.clone() };
        assert_eq!(invalid(add(&deputy, &back)), [("deputy".into(), "deputy_away")]);
        assert_eq!(absence::stands_in(app, &deputy).unwrap(), [], "it has not begun");

        let case = |on| speaks_of_a_case(desk, (&clerk, &deputy), on, name);
        assert_eq!(refused(case(date(2020, 6, 2))), "speaker_absent");
        let shown = absence::stands_in(app, &deputy).unwrap();
        assert_eq!(shown[0].name, name);
        let row = &shown[0].row;
        let stranger = absence::end_absence(app, &deputy, (row.id, row.version));
        assert!(matches!(stranger, Err(ActionError::Forbidden(_))));
        desk.world.clock.set(instant(date(2020, 6, 3), 8, 0).unwrap());
        absence::end_absence(app, &leader, (row.id, row.version)).unwrap();
        case(date(2020, 6, 3)).unwrap();
        assert_eq!(absence::absences(app, &clerk).unwrap(), []);
    });
}

#[test]
fn a_spokesperson_without_an_account_may_be_away_too_and_nobody_stands_in() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        let name = "Người Dùng leader";
        name_head(desk, name, "01/01/2020", "");
        let add = |who: &Actor, new: &NewAbsence| absence::add_absence(app, who, new);
        let speaker = "Trần Thị Không Tài Khoản";
        name_head(desk, speaker, "01/01/2020", "");
        speaks_of_a_case(desk, (&clerk, &leader), date(2020, 6, 4), speaker).unwrap();
        let day = Some(date(2020, 6, 5));
        let of = |name: &str| NewAbsence {
            who: Some(Away::Speaker(name.into())),
            first: day,
            last: day,
            deputy: None,
        };
        assert_eq!(absence::speakers_without_account(app, &clerk).unwrap(), [speaker]);
        assert!(matches!(add(&leader, &of(speaker)), Err(ActionError::Forbidden(_))));
        for unknown in [name, "Người Lạ"] {
            assert_eq!(invalid(add(&clerk, &of(unknown))), [("person".into(), "speaker_not_named")]);
        }
        let with_deputy = NewAbsence { deputy: leader.person, ..of(speaker) };
        assert_eq!(invalid(add(&clerk, &with_deputy)), [("deputy".into(), "deputy_of_speaker")]);
        add(&clerk, &of("trần thị không tài khoản")).unwrap();
        assert_eq!(invalid(add(&clerk, &of(speaker))), [("first".into(), "away_already")]);
        assert_eq!(absence::absences(app, &clerk).unwrap()[0].name, speaker);
        assert_eq!(press::speakers(app, &clerk, date(2020, 6, 5)).unwrap(), [name]);
        let absent = speaks_of_a_case(desk, (&clerk, &leader), date(2020, 6, 5), speaker);
        assert_eq!(refused(absent), "speaker_absent");
    });
}

#[test]
fn an_answer_that_is_said_ends_the_request_without_a_number_and_counts_as_speech() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let officer = desk.person("officer", Role::Officer, Some(desk.lead));
        let head = desk.person("head", Role::UnitHead, Some(desk.lead));
        let spokesperson = desk.person("speaker", Role::Spokesperson, None);
        let leader = desk.person("leader", Role::Leader, None);
        let name = "Nguyễn Văn Chủ Tịch";
        name_head(desk, name, "01/01/2020", "");
        let id = desk.take(&clerk, "information");
        desk.assign(&clerk, id, "information", Vec::new());
        desk.act(&officer, id, Event::Accept).unwrap();
        let answer = Answer {
            text: "Dự kiến xong trước 30/6/2020.".into(),
            form: "direct_or_interview".into(),
            speaker: name.into(),
            ..Answer::default()
        };
        press::write(app, &officer, (id, desk.version(&officer, id)), &answer).unwrap();
        let told = |who: &Actor, hour, minute, place: &str| {
            let at = instant(date(2020, 6, 1), hour, minute);
            let telling = Telling { at, place: place.into() };
            press::tell(app, who, (id, desk.version(who, id)), &telling)
        };
        assert_eq!(refused(told(&clerk, 9, 0, "Tại trụ sở")), "press_not_now", "nobody cleared it");
        desk.act(&officer, id, Event::Submit).unwrap();
        desk.act(&head, id, Event::Endorse).unwrap();
        desk.act(&spokesperson, id, Event::Endorse).unwrap();
        desk.act(&leader, id, Event::Clear).unwrap();
        desk.world.clock.set(instant(date(2020, 6, 1), 10, 0).unwrap());

        assert_eq!(refused(told(&officer, 9, 30, "Tại trụ sở")), "press_not_yours");
        assert_eq!(invalid(told(&clerk, 8, 59, "Tại trụ sở"))[0], ("told_on".into(), "before_clearance"));
        assert_eq!(invalid(told(&clerk, 10, 1, "Tại trụ sở"))[0], ("told_on".into(), "in_future"));
        assert_eq!(invalid(told(&clerk, 9, 30, " "))[0], ("place".into(), "required"));
        told(&spokesperson, 9, 30, "Qua điện thoại").unwrap();
        assert_eq!(refused(told(&spokesperson, 9, 30, "Qua điện thoại")), "press_not_now");

        let shown = press::show(app, &clerk, id).unwrap().row;
        assert_eq!(shown.state, State::Answered);
        assert_eq!(shown.closed_at, instant(date(2020, 6, 1), 9, 30));
        assert!(matches!(press::file(app, &clerk, id, press::File::Pdf), Err(ActionError::NotFound)));
        let records = |register| {
            app::register::list(app, &clerk, &app::register::Query::all(register)).unwrap().records
        };
        let line = &records(Register::PressRequests)[0].values;
        assert_eq!(line.day("answered_on"), Some(date(2020, 6, 1)));
        assert_eq!((line.text("speaker"), line.text("reply_symbol")), (Some(name), None));
        let turn = &records(Register::Statements)[0].values;
        assert_eq!((turn.word("turn"), turn.text("speaker")), (Some("speech"), Some(name)));
        assert_eq!(records(Register::OutgoingDocuments), [], "it bears no number");
        assert_eq!(amount(app, &clerk, "press_requests.answered"), Amount::Count { count: 1 });
        let draft = press::for_portal(app, &clerk, id, &[]).unwrap();
        assert_eq!(draft.summary, "Trả lời trực tiếp ngày 01 tháng 6 năm 2020.");
    });
}
