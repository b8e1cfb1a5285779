//! The papers and files of press conferences.

use app::press;
use app::{ActionError, Actor};
use domain::access::Role;
use domain::register::Register;
use domain::time::at as instant;
use jiff::civil::date;

use crate::press::{name_head, on_each, plan, told};
use crate::world::{self, invalid, refused};

/// A small picture.
fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(4, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The picture as it is sent in.
pub fn picture_named(text: &str) -> app::publication::Uploaded {
    app::publication::Uploaded { name: "anh.png".into(), bytes: picture(), text: text.into() }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one conference from plan to minutes")]
fn the_papers_of_a_conference_are_drawn_numbered_once_and_kept_as_they_left() {
    use app::press::{ConferencePaper, File};
    use domain::press::conference::Event;
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        desk.world.clock.set(instant(date(2026, 9, 1), 8, 0).unwrap());
        let edit = press::AgencyEdit {
            name: "Báo Ninh Bình".into(),
            kind: "press_agency".into(),
            medium: "online".into(),
            is_active: true,
            ..press::AgencyEdit::default()
        };
        let agency = press::save_agency(app, &clerk, None, &edit).unwrap();
        let day = date(2026, 9, 10);
        let whole = press::Plan {
            agencies: vec![agency],
            guests: "báo ninh bình\nĐài truyền hình".into(),
            ..plan(day)
        };
        let id = press::plan_conference(app, &clerk, &whole).unwrap();
        let shown = || press::conference(app, &clerk, id).unwrap();
        let nothing = press::Told { at: instant(date(2026, 9, 1), 8, 0), ..told("UBND-VHTT") };
        let bare = press::act_on_conference(app, &clerk, (id, 1), Event::Notify, &nothing);
        assert_eq!(refused(bare), "conference_papers_missing", "nothing is attached");
        press::attach_to_conference(app, &clerk, (id, 1), picture_named("Số liệu")).unwrap();
        let guests: Vec<_> = shown().row.conference.guests;
        assert_eq!(guests.len(), 2, "an agency that is typed and ticked is invited once");
        assert_eq!((guests[0].agency.as_str(), guests[0].known), ("Báo Ninh Bình", Some(agency)));
        assert_eq!(shown().chair_fault, Some("speaker_not_named"), "said before it is too late");
        let paper = |paper| press::conference_paper(app, &clerk, id, (paper, File::Docx));
        let draft = paper(ConferencePaper::Notice).unwrap();
        assert!(matches!(paper(ConferencePaper::Minutes), Err(ActionError::NotFound)));
        let act = |who: &Actor, event, told: &press::Told| {
            press::act_on_conference(app, who, (id, shown().row.version), event, told)
        };
        assert_eq!(refused(act(&clerk, Event::Invite, &told("GM-UBND"))), "conference_not_notified");
        let sent = press::Told { at: instant(date(2026, 9, 1), 8, 0), ..told("UBND-VHTT") };
        act(&clerk, Event::Notify, &sent).unwrap();
        let left = paper(ConferencePaper::Notice).unwrap();
        assert_ne!(left, draft, "it bears its number");
        act(&clerk, Event::Invite, &told("GM-UBND")).unwrap();
        assert_eq!(shown().row.conference.invitation.unwrap().symbol, "02/GM-UBND");
        assert_eq!(refused(act(&clerk, Event::Invite, &told("GM-UBND"))), "conference_invited");
        let lines = app::register::list(app, &clerk, &app::register::Query::all(Register::OutgoingDocuments));
        let symbols: Vec<String> = lines
            .unwrap()
            .records
            .iter()
            .filter_map(|record| record.values.text("symbol").map(str::to_owned))
            .collect();
        assert!(symbols.contains(&"01/UBND-VHTT".to_owned()), "{symbols:?}");
        assert!(symbols.contains(&"02/GM-UBND".to_owned()), "{symbols:?}");

        name_head(desk, "Phạm Hoàng Tùng", "01/01/2026", "");
        assert_eq!(shown().chair_fault, None);
        desk.world.clock.set(instant(day, 11, 0).unwrap());
        act(&leader, Event::Hold, &press::Told::default()).unwrap();
        let minutes = press::Told {
            text: "Đã trả lời.".into(),
            secretary: "Lê Thị Thư".into(),
            ended_at: instant(day, 8, 0),
            number: Some(3),
            ..told("BB-UBND")
        };
        assert_eq!(invalid(act(&clerk, Event::Close, &minutes)), [("ended_on".into(), "before_start")]);
        act(&clerk, Event::Close, &press::Told { ended_at: instant(day, 10, 5), ..minutes }).unwrap();
        assert!(!paper(ConferencePaper::Minutes).unwrap().is_empty());
        assert_eq!(paper(ConferencePaper::Notice).unwrap(), left, "as it left");
        // What a conference keeps is changed through it alone.
        let record = id.to_string().parse().unwrap();
        let typed = world::typed(&[("subject", "Khác")]);
        let amended = app::register::amend(app, &clerk, (Register::Statements, record), 2, &typed);
        assert_eq!(refused(amended), "record_of_case");
    });
}

#[test]
fn files_stand_with_a_conference_and_are_taken_out_only_before_the_notice() {
    use app::publication::Uploaded;
    use domain::press::conference::Event;
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let id = press::plan_conference(app, &clerk, &plan(date(2020, 6, 10))).unwrap();
        let version = || press::conference(app, &clerk, id).unwrap().row.version;
        let upload = |bytes: &[u8]| Uploaded {
            name: "anh.png".into(),
            bytes: bytes.to_vec(),
            text: "Ảnh hiện trường".into(),
        };
        let text = press::attach_to_conference(app, &clerk, (id, version()), upload(b"chu"));
        assert_eq!(invalid(text), [("file".into(), "file_kind")]);
        press::attach_to_conference(app, &clerk, (id, version()), upload(&picture())).unwrap();
        let again = press::attach_to_conference(app, &clerk, (id, version()), upload(&picture()));
        assert_eq!(invalid(again), [("file".into(), "exists_already")]);
        let file = press::conference(app, &clerk, id).unwrap().row.conference.files.remove(0);
        let (found, bytes) = press::conference_file(app, &clerk, id, &file.digest).unwrap();
        assert_eq!((found.text.as_str(), bytes.is_empty()), ("Ảnh hiện trường", false));
        assert!(press::conference_file(app, &clerk, id, &"0".repeat(64)).is_err());
        press::detach_from_conference(app, &clerk, (id, version()), &file.digest).unwrap();
        press::attach_to_conference(app, &clerk, (id, version()), upload(&picture())).unwrap();
        let sent = press::Told { at: instant(date(2020, 6, 1), 9, 0), ..told("UBND-VHTT") };
        press::act_on_conference(app, &clerk, (id, version()), Event::Notify, &sent).unwrap();
        let late = press::detach_from_conference(app, &clerk, (id, version()), &file.digest);
        assert_eq!(refused(late), "conference_not_now", "the notice names it");
        press::act_on_conference(app, &clerk, (id, version()), Event::Cancel, &told("Hoãn")).unwrap();
        let over = press::attach_to_conference(app, &clerk, (id, version()), upload(&picture()));
        assert_eq!(refused(over), "conference_not_now");
    });
}

#[test]
fn a_conference_that_is_over_is_written_down_with_its_notice_and_minutes_by_the_law_of_its_day() {
    use app::press::{ConferencePaper, File};
    use domain::press::conference::{Event, State};
    on_each(|desk| {
        let app = desk.app();
        let clerk = desk.person("clerk", Role::Clerk, None);
        let leader = desk.person("leader", Role::Leader, None);
        desk.world.clock.set(instant(date(2026, 9, 1), 8, 0).unwrap());
        name_head(desk, "Phạm Hoàng Tùng", "01/01/2020", "");
        // Of August 2026: its notice names documents that are kept on paper only.
        let day = date(2026, 8, 10);
        let id = press::plan_conference(app, &clerk, &plan(day)).unwrap();
        let shown = || press::conference(app, &clerk, id).unwrap();
        assert!(shown().is_recorded_later && shown().has_begun && shown().deadline.is_some());
        let act = |who: &Actor, event, told: &press::Told| {
            press::act_on_conference(app, who, (id, shown().row.version), event, told)
        };
        let at = |day, hour| press::Told { at: instant(day, hour, 0), number: Some(7), ..told("UBND-VHTT") };
        let unnumbered = press::Told { number: None, ..at(date(2026, 8, 9), 8) };
        assert_eq!(invalid(act(&clerk, Event::Notify, &unnumbered)), [("number".into(), "required")]);
        let after = act(&clerk, Event::Notify, &at(day, 10));
        assert_eq!(invalid(after), [("sent_on".into(), "after_start")]);
        act(&clerk, Event::Notify, &at(date(2026, 8, 9), 10)).unwrap();
        let notice = shown().row.conference.notice.unwrap();
        assert_eq!(
            (notice.symbol.as_str(), notice.on_time),
            ("07/UBND-VHTT", Some(false)),
            "23 hours before"
        );
        assert_eq!((notice.document, notice.kept), (None, None), "nothing leaves again");
        let lines = app::register::list(app, &clerk, &app::register::Query::all(Register::OutgoingDocuments));
        assert_eq!(lines.unwrap().records.len(), 0, "no number was taken");
        let paper = press::conference_paper(app, &clerk, id, (ConferencePaper::Notice, File::Docx));
        assert!(matches!(paper, Err(ActionError::NotFound)));
        assert_eq!(refused(act(&clerk, Event::Invite, &told("GM-UBND"))), "conference_not_now");
        act(&leader, Event::Hold, &press::Told::default()).unwrap();
        let minutes =
            press::Told { text: "Đã trả lời.".into(), secretary: "Lê Thị Thư".into(), ..told("") };
        act(&clerk, Event::Close, &minutes).unwrap();
        assert_eq!(shown().row.state, State::Closed);
        let line = app::register::show(app, &clerk, Register::Statements, id.to_string().parse().unwrap());
        assert_eq!(line.unwrap().record.values.day("held_on"), Some(day));
    });
}
