//! Extraordinary cases: who determines a class and why, and what a crisis freezes.

use app::press::{self, Classification, NewEmergency};
use domain::access::Role;
use domain::press::emergency::{Class, Moments};
use domain::time::{Day, at as instant};
use jiff::civil::date;

use crate::press::{name_head, on_each};
use crate::world::{invalid, refused};

/// A case that happened and was received at these hours of a day; nobody determined its class.
pub fn arisen(subject: &str, class: Class, (day, [happened, received]): (Day, [i8; 2])) -> NewEmergency {
    let moments = Moments {
        happened_at: instant(day, happened, 0),
        received_at: instant(day, received, 0),
        determined_at: None,
    };
    NewEmergency {
        subject: subject.into(),
        class,
        moments,
        determined_by: String::new(),
        determined_why: String::new(),
    }
}

#[test]
fn by_the_law_of_2026_the_office_says_who_determined_that_opinion_is_divided_and_why() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let new = |year| NewEmergency {
            subject: format!("Dư luận về bãi rác {year}"),
            class: Class::DividedOpinion,
            moments: Moments {
                happened_at: instant(date(year, 8, 1), 8, 0),
                received_at: instant(date(year, 8, 1), 9, 0),
                determined_at: None,
            },
            determined_by: String::new(),
            determined_why: String::new(),
        };
        desk.at(date(2020, 8, 2));
        let id = press::open_emergency(app, &clerk, &new(2020)).unwrap();
        let clock = press::emergency(app, &clerk, id).unwrap().row.emergency.clock.unwrap();
        assert_eq!(clock.deadline.rule, "PS-EXT-3", "by the older law it runs from when it happened");
        desk.at(date(2026, 8, 2));
        let bare = press::open_emergency(app, &clerk, &new(2026));
        let missing = ["determined_on", "determined_by", "determined_why"];
        assert_eq!(invalid(bare), missing.map(|field| (field.to_owned(), "required")));
        let mut whole = new(2026);
        whole.moments.determined_at = instant(date(2026, 8, 2), 7, 0);
        whole.determined_by = "Chủ tịch UBND xã".into();
        whole.determined_why = "Nhiều ý kiến trái chiều trên mạng xã hội".into();
        let id = press::open_emergency(app, &clerk, &whole).unwrap();
        let emergency = press::emergency(app, &clerk, id).unwrap().row.emergency;
        assert_eq!(emergency.determined_by, "Chủ tịch UBND xã");
        assert_eq!(emergency.clock.unwrap().deadline.due.in_words(), "03/08/2026 07:00");
    });
}

#[test]
fn a_class_is_determined_anew_before_anything_was_said_and_its_clock_follows() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        desk.at(date(2026, 8, 2));
        let new = arisen("Báo hỏi về bãi rác", Class::PressRequest, (date(2026, 8, 1), [8, 9]));
        let id = press::open_emergency(app, &clerk, &new).unwrap();
        let row = || press::emergency(app, &clerk, id).unwrap().row;
        assert_eq!(row().due_at, None, "a request alone sets no hours");
        let later = Classification {
            class: Class::DividedOpinion,
            determined_at: instant(date(2026, 8, 1), 7, 0),
            determined_by: "Họp giao ban".into(),
            determined_why: "  ".into(),
        };
        let classify =
            |new: &Classification| press::classify_emergency(app, &leader, (id, row().version), new);
        assert_eq!(
            invalid(classify(&later)),
            [("determined_why".into(), "required"), ("determined_on".into(), "before_start")]
        );
        let whole = Classification {
            determined_at: instant(date(2026, 8, 2), 8, 0),
            determined_why: "Trái chiều".into(),
            ..later
        };
        classify(&whole).unwrap();
        assert_eq!(row().due_at, instant(date(2026, 8, 3), 8, 0));
        let other = Classification { class: Class::HighImpact, ..whole.clone() };
        classify(&other).unwrap();
        classify(&whole).unwrap();
        let earlier = row().emergency.earlier;
        let told: Vec<_> = earlier.iter().map(|one| (one.class, one.determined_by.as_str())).collect();
        let expected = [
            (Class::PressRequest, ""),
            (Class::DividedOpinion, "Họp giao ban"),
            (Class::HighImpact, "Họp giao ban"),
        ];
        assert_eq!(told, expected, "what was determined before stays in sight");
        assert_eq!(earlier[1].due.unwrap().in_words(), "03/08/2026 08:00");
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2026", "");
        let speech = press::Speech {
            speaker: "Phạm Hoàng Tùng".into(),
            text: "Đang xác minh.".into(),
            form: "direct_or_interview".into(),
            ..press::Speech::default()
        };
        press::speak(app, &leader, (id, row().version), &speech).unwrap();
        assert_eq!(refused(classify(&whole)), "emergency_spoken", "the first word decided");
    });
}

#[test]
fn a_frozen_request_says_which_crisis_freezes_it() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        let case = desk.take(&clerk, "answer_in_press");
        assert!(press::show(app, &clerk, case).unwrap().frozen_by.is_none());
        let new = arisen("Cháy chợ Quế", Class::HighImpact, (date(2020, 6, 1), [7, 8]));
        let id = press::open_emergency(app, &clerk, &new).unwrap();
        press::set_crisis(app, &leader, (id, 1), "Phạm Hoàng Tùng", &[case]).unwrap();
        let frozen = press::show(app, &clerk, case).unwrap().frozen_by.unwrap();
        assert_eq!(frozen.emergency.subject, "Cháy chợ Quế");
    });
}

#[test]
fn a_limit_that_ran_out_in_silence_is_not_wiped_out_by_another_class() {
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        desk.at(date(2026, 8, 2));
        let new = arisen("Cháy chợ", Class::HighImpact, (date(2026, 8, 1), [7, 8]));
        let id = press::open_emergency(app, &clerk, &new).unwrap();
        let softer = Classification {
            class: Class::PressRequest,
            determined_at: instant(date(2026, 8, 2), 8, 30),
            determined_by: "Chánh Văn phòng".into(),
            determined_why: "Chỉ do báo hỏi".into(),
        };
        let classified = press::classify_emergency(app, &leader, (id, 1), &softer);
        assert_eq!(refused(classified), "emergency_already_late");
        let row = press::emergency(app, &clerk, id).unwrap().row;
        assert_eq!(row.due_at, instant(date(2026, 8, 2), 8, 0));
    });
}
