//! Breaches of personal data: the hours run through holidays, the notice leaves under a number, late stays late.

use app::data_breach::{self, AUTHORITY, Notice};
use app::press::File;
use app::register::Query;
use app::{Actor, App};
use domain::access::Role;
use domain::data_breach::{Event, Known, State};
use domain::id::BreachId;
use domain::register::Register;
use domain::time::{Timestamp, at as instant};
use jiff::civil::date;
use testkit::for_each_backend;

use crate::world::{World, invalid, refused};

fn known(noticed_at: Timestamp) -> Known {
    Known {
        subject: "Lộ danh sách người hỏi".into(),
        noticed_at: Some(noticed_at),
        happened: String::new(),
        nature: "Tệp sổ bị gửi nhầm ra ngoài.".into(),
        data_kinds: "Họ tên, số điện thoại.".into(),
        people: None,
        consequences: "Có thể bị làm phiền.".into(),
        measures: "Đã yêu cầu xóa tệp.".into(),
        officer: "Nguyễn Văn Phụ Trách, Chánh Văn phòng".into(),
    }
}

fn notice() -> Notice {
    Notice { symbol: "TB-UBND".into(), addressee: AUTHORITY.into(), ..Notice::default() }
}

fn at(app: &App, actor: &Actor, id: BreachId) -> (BreachId, i64) {
    (id, data_breach::show(app, actor, id).unwrap().row.version)
}

/// What is read in a DOCX file.
fn reading_of(docx: &[u8]) -> String {
    use reading::Limits;
    use reading::file::{Ask, answer};
    format!("{:?}", answer(Ask::Document, docx, &Limits::of(Ask::Document)))
}

#[test]
fn sec_pii_09_a_notice_leaves_in_time_under_a_number_and_another_adds_what_was_not_known() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let leader = world.person("leader", &[Role::Leader]);
        // The last day of the year of the snake: the clock runs through Tết.
        let noticed = instant(date(2026, 2, 16), 22, 30).unwrap();
        world.clock.set(noticed);
        let bare = data_breach::open(app, &leader, &Known::default());
        assert_eq!(invalid(bare), [("subject".into(), "required"), ("noticed_on".into(), "required")]);
        let ahead = known(instant(date(2026, 2, 17), 8, 0).unwrap());
        assert_eq!(invalid(data_breach::open(app, &leader, &ahead)), [("noticed_on".into(), "in_future")]);
        let early = Known { measures: String::new(), ..known(noticed) };
        let id = data_breach::open(app, &leader, &early).unwrap();
        let due = instant(date(2026, 2, 19), 22, 30).unwrap();
        assert_eq!(data_breach::show(app, &leader, id).unwrap().row.due_at, Some(due));
        let waits = app::work::mine(app, &leader).unwrap();
        assert!(waits.iter().any(|task| task.subject == app::work::Subject::Breach(id)));
        let send = |notice: &Notice| data_breach::notify(app, &leader, at(app, &leader, id), notice);
        assert_eq!(refused(send(&notice())), "breach_incomplete");
        data_breach::edit(app, &leader, at(app, &leader, id), &known(noticed)).unwrap();
        let draft = data_breach::notice_file(app, &leader, id, (None, File::Docx)).unwrap();
        assert!(reading_of(&draft).contains("đang xác minh"), "{}", reading_of(&draft));
        world.clock.set(due);
        let wrong = Notice { symbol: "1/TB".into(), addressee: " ".into(), ..Notice::default() };
        assert_eq!(
            invalid(send(&wrong)),
            [("symbol".into(), "not_a_symbol"), ("addressee".into(), "required")]
        );
        let before = Notice { at: instant(date(2026, 2, 16), 22, 0), ..notice() };
        assert_eq!(invalid(send(&before)), [("sent_on".into(), "before_start")]);
        send(&notice()).unwrap();
        let row = data_breach::show(app, &leader, id).unwrap().row;
        assert_eq!((row.state, row.breach.on_time, row.due_at), (State::Notified, Some(true), None));
        assert_eq!(row.breach.notices[0].symbol, "01/TB-UBND");
        let lines = app::register::list(app, &leader, &Query::all(Register::OutgoingDocuments)).unwrap();
        assert_eq!(lines.records[0].values.text("symbol"), Some("01/TB-UBND"));
        let kept = |place, file| data_breach::notice_file(app, &leader, id, (Some(place), file)).unwrap();
        let first = kept(0, File::Docx);
        for told in ["Bộ Công an", "91/2025/QH15", "Họ tên, số điện thoại", "22 giờ 30", "Chánh Văn phòng"]
        {
            assert!(reading_of(&first).contains(told), "{told}: {}", reading_of(&first));
        }
        assert!(kept(0, File::Pdf).starts_with(b"%PDF"));
        // The moment it was noticed can no longer be moved; what is known can.
        let moved = known(instant(date(2026, 2, 16), 22, 0).unwrap());
        let edit = |known: &Known| data_breach::edit(app, &leader, at(app, &leader, id), known);
        assert_eq!(refused(edit(&moved)), "breach_moment_told");
        edit(&Known { people: Some(42), ..known(noticed) }).unwrap();
        world.clock.set(instant(date(2026, 3, 2), 9, 0).unwrap());
        send(&notice()).unwrap();
        assert!(reading_of(&kept(1, File::Docx)).contains("42"));
        assert_eq!(kept(0, File::Docx), first, "what left stays as it left");
        let row = data_breach::show(app, &leader, id).unwrap().row;
        assert_eq!((row.breach.on_time, row.breach.notices.len()), (Some(true), 2), "the first decides");
        let end = |note: &str| data_breach::finish(app, &leader, at(app, &leader, id), Event::Close, note);
        assert_eq!(invalid(end(" ")), [("note".into(), "required")]);
        end("Đã xóa hết").unwrap();
        assert_eq!(refused(edit(&known(noticed))), "breach_not_now");
    });
}

#[test]
fn a_notice_after_the_limit_says_why_and_late_stays_late() {
    for_each_backend(|office| {
        let world = World::new(office);
        let app = &world.app;
        let speaker = world.person("speaker", &[Role::Spokesperson]);
        let noticed = instant(date(2026, 3, 2), 9, 0).unwrap();
        world.clock.set(noticed);
        let id = data_breach::open(app, &speaker, &known(noticed)).unwrap();
        world.clock.set(instant(date(2026, 3, 5), 9, 1).unwrap());
        let send = |notice: &Notice| data_breach::notify(app, &speaker, at(app, &speaker, id), notice);
        assert_eq!(invalid(send(&notice())), [("late_reason".into(), "required")]);
        send(&Notice { late_reason: "Phải xác minh nguồn tệp.".into(), ..notice() }).unwrap();
        let row = data_breach::show(app, &speaker, id).unwrap().row;
        assert_eq!(row.breach.on_time, Some(false));
        let sent = data_breach::notice_file(app, &speaker, id, (Some(0), File::Docx)).unwrap();
        assert!(reading_of(&sent).contains("Phải xác minh nguồn tệp"), "{}", reading_of(&sent));
        let other = data_breach::open(app, &speaker, &known(noticed)).unwrap();
        let none =
            data_breach::finish(app, &speaker, at(app, &speaker, other), Event::Discard, "Tệp thử nghiệm");
        none.unwrap();
        let states: Vec<State> =
            data_breach::list(app, &speaker).unwrap().into_iter().map(|row| row.state).collect();
        assert_eq!(states, [State::Discarded, State::Notified]);
    });
}
