//! Publications: nobody publishes alone, nothing unapproved is seen, nothing withdrawn is left.

use app::publication::{self, Act, Draft};
use app::{ActionError, Actor, App, public};
use domain::access::Role;
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::{Event, State};
use domain::register::Register;

use testkit::for_each_backend;

use crate::world;

/// The example office with one person of each role.
pub(crate) struct World {
    pub(crate) world: world::World,
    cast: Vec<(Role, Actor)>,
}

impl World {
    pub(crate) fn person(&self, role: Role) -> Actor {
        self.cast.iter().find(|(of, _)| *of == role).unwrap().1.clone()
    }
}

pub(crate) fn on_each(check: impl Fn(&App, &World)) {
    for_each_backend(|office| {
        let world = world::World::new(office);
        let cast = world.cast();
        let world = World { world, cast };
        check(&world.world.app, &world);
    });
}

pub(crate) fn draft(title: &str) -> Draft {
    Draft {
        title: title.into(),
        body: "Sáng 4/5, huyện tổ chức hội nghị.".into(),
        section: "Thời sự".into(),
        ..Draft::default()
    }
}

pub(crate) fn version(app: &App, id: PublicationId) -> i64 {
    publication::show(app, &Actor::command_line(), id).unwrap().row.version
}

pub(crate) fn try_act(
    app: &App,
    actor: &Actor,
    id: PublicationId,
    event: Event,
    note: &str,
) -> Result<(), ActionError> {
    let row = publication::show(app, &Actor::command_line(), id).unwrap().row;
    let act = Act { note: note.into(), shown_digest: Some(row.content.digest()), ..Act::default() };
    publication::act(app, actor, (id, row.version), event, &act)
}

pub(crate) fn code(result: Result<(), ActionError>) -> &'static str {
    match result {
        Err(ActionError::Refused(code)) => code,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn publish(world: &World, id: PublicationId, note: &str) {
    for (role, event) in
        [(Role::Radio, Event::Submit), (Role::Leader, Event::Approve), (Role::Clerk, Event::Publish)]
    {
        try_act(&world.world.app, &world.person(role), id, event, note).unwrap();
    }
}

pub(crate) fn titles(app: &App) -> Vec<String> {
    let page = public::list(app, &public::filter(app, &Kind::ALL)).unwrap();
    page.items.into_iter().map(|found| found.item.title).collect()
}

#[test]
fn a_text_reaches_readers_only_through_two_people_and_is_counted_in_its_register() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::News, &draft("Hội nghị sơ kết")).unwrap();
        assert_eq!(titles(app), Vec::<String>::new());
        assert!(matches!(public::item(app, id), Err(ActionError::NotFound)));
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        let early = try_act(app, &world.person(Role::Clerk), id, Event::Publish, "");
        assert_eq!(code(early), "publication_not_now");
        assert_eq!(code(try_act(app, &radio, id, Event::Approve, "")), "publication_not_yours");
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        try_act(app, &world.person(Role::Clerk), id, Event::Publish, "").unwrap();
        assert_eq!(titles(app), ["Hội nghị sơ kết"]);
        let line =
            app::register::show(app, &Actor::command_line(), Register::News, id.to_string().parse().unwrap());
        let values = line.unwrap().record.values;
        assert_eq!(values.day("posted_on"), Some(app.today()));
        assert_eq!(values.text("category"), Some("Thời sự"));
    });
}

#[test]
fn an_edit_after_the_approval_voids_it_and_the_second_editor_is_told() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::News, &draft("Tin")).unwrap();
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        let seen = version(app, id);
        publication::edit(app, &world.person(Role::Clerk), (id, seen), &draft("Tin đã sửa")).unwrap();
        let row = publication::show(app, &radio, id).unwrap().row;
        assert_eq!((row.state, row.approved_digest), (State::Draft, None));
        let second = publication::edit(app, &radio, (id, seen), &draft("Tin khác"));
        assert!(matches!(second, Err(ActionError::Stale)));
    });
}

#[test]
fn nobody_approves_a_text_they_changed_nor_one_they_were_not_shown() {
    on_each(|app, world| {
        let spokesperson = world.person(Role::Spokesperson);
        let id = publication::begin(app, &spokesperson, Kind::Notice, &draft("Thông báo")).unwrap();
        try_act(app, &spokesperson, id, Event::Submit, "").unwrap();
        assert_eq!(code(try_act(app, &spokesperson, id, Event::Approve, "")), "publication_own_text");
        let blind = Act { shown_digest: Some("khác".into()), ..Act::default() };
        let leader = world.person(Role::Leader);
        let result = publication::act(app, &leader, (id, version(app, id)), Event::Approve, &blind);
        assert_eq!(code(result), "publication_text_changed");
    });
}

#[test]
fn a_change_of_what_is_public_says_what_changed_and_readers_see_it() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::News, &draft("Tin có sai sót")).unwrap();
        publish(world, id, "");
        publication::edit(app, &radio, (id, version(app, id)), &draft("Tin đã đúng")).unwrap();
        assert_eq!(
            titles(app),
            ["Tin có sai sót"],
            "readers keep the old text until the new one is published"
        );
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        let clerk = world.person(Role::Clerk);
        assert_eq!(code(try_act(app, &clerk, id, Event::Publish, " ")), "publication_no_reason");
        let act = Act { note: "Sửa tên hội nghị".into(), is_correction: true, ..Act::default() };
        publication::act(app, &clerk, (id, version(app, id)), Event::Publish, &act).unwrap();
        let seen = public::item(app, id).unwrap();
        assert_eq!(seen.item.title, "Tin đã đúng");
        assert_eq!((seen.notes.len(), seen.notes[0].is_correction), (1, true));
        assert_eq!(publication::show(app, &clerk, id).unwrap().versions.len(), 2);
    });
}

#[test]
fn withdrawing_takes_it_from_readers_and_from_the_count_at_once() {
    on_each(|app, world| {
        let id = publication::begin(app, &world.person(Role::Radio), Kind::News, &draft("Tin mật")).unwrap();
        publish(world, id, "");
        let clerk = world.person(Role::Clerk);
        assert_eq!(code(try_act(app, &clerk, id, Event::Withdraw, "")), "publication_no_reason");
        try_act(app, &clerk, id, Event::Withdraw, "Đăng nhầm").unwrap();
        assert_eq!(titles(app), Vec::<String>::new());
        let left = public::item(app, id).unwrap();
        assert_eq!(left.withdrawn.clone().unwrap().reason, "Đăng nhầm");
        assert!(!format!("{left:?}").contains("mật"));
        let line =
            app::register::show(app, &Actor::command_line(), Register::News, id.to_string().parse().unwrap());
        assert_eq!(line.unwrap().record.values.day("withdrawn_on"), Some(app.today()));
    });
}

#[test]
fn what_is_scheduled_appears_at_its_hour_once_and_never_before() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let last_day = app.today().tomorrow().ok();
        let limited = Draft { last_day, ..draft("Lịch tiếp dân") };
        let id = publication::begin(app, &radio, Kind::Notice, &limited).unwrap();
        try_act(app, &radio, id, Event::Submit, "").unwrap();
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        let publish_at = app.now().checked_add(jiff::SignedDuration::from_mins(30)).ok();
        let act = Act { publish_at, ..Act::default() };
        publication::act(app, &world.person(Role::Clerk), (id, version(app, id)), Event::Schedule, &act)
            .unwrap();
        world.world.clock.advance_minutes(29);
        assert_eq!((publication::run_due(app).unwrap(), titles(app).len()), (0, 0));
        world.world.clock.advance_minutes(1);
        assert_eq!((publication::run_due(app).unwrap(), publication::run_due(app).unwrap()), (1, 0));
        assert_eq!(titles(app), ["Lịch tiếp dân"]);
        world.world.clock.advance_minutes(2 * 24 * 60);
        assert_eq!((publication::run_due(app).unwrap(), titles(app).len()), (1, 0));
        assert_eq!(publication::show(app, &radio, id).unwrap().row.state, State::Expired);
    });
}

#[test]
fn a_document_needs_its_number_and_day_before_it_is_submitted_and_bad_days_are_refused_at_once() {
    on_each(|app, world| {
        let officer = world.person(Role::Officer);
        let bad = Draft {
            fields: [("issued_on".to_owned(), "31/02/2020".to_owned())].into(),
            ..draft("Kế hoạch")
        };
        let refused = publication::begin(app, &officer, Kind::Document, &bad);
        assert!(
            matches!(&refused, Err(ActionError::Invalid(fields)) if fields[0].field == "issued_on"),
            "{refused:?}"
        );
        let some = Draft {
            fields: [("symbol".to_owned(), "12/KH-UBND".to_owned())].into(),
            ..draft("Kế hoạch")
        };
        let id = publication::begin(app, &officer, Kind::Document, &some).unwrap();
        let incomplete = try_act(app, &officer, id, Event::Submit, "");
        assert!(matches!(&incomplete, Err(ActionError::Invalid(fields)) if fields[0].field == "issued_on"));
        let mut whole = some;
        whole.fields.insert("issued_on".into(), "20/11/2020".into());
        publication::edit(app, &officer, (id, version(app, id)), &whole).unwrap();
        try_act(app, &officer, id, Event::Submit, "").unwrap();
    });
}

#[test]
fn a_line_of_a_register_gets_its_text_under_the_same_address() {
    on_each(|app, world| {
        let clerk = world.person(Role::Clerk);
        let typed =
            [("title", "Tin cũ"), ("posted_on", "01/05/2020"), ("supplier", "Đài Truyền thanh huyện")];
        let typed = typed.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let line = app::register::add(app, &clerk, Register::News, &typed).unwrap();
        let id = publication::begin_for(app, &clerk, Register::News, line).unwrap();
        assert_eq!(publication::begin_for(app, &clerk, Register::News, line).unwrap(), id);
        let row = publication::show(app, &clerk, id).unwrap().row;
        let text = Draft {
            title: row.content.title,
            section: row.content.section,
            fields: row.content.fields,
            body: "Toàn văn bản tin.".into(),
            ..Draft::default()
        };
        publication::edit(app, &clerk, (id, row.version), &text).unwrap();
        try_act(app, &clerk, id, Event::Submit, "").unwrap();
        try_act(app, &world.person(Role::Leader), id, Event::Approve, "").unwrap();
        try_act(app, &clerk, id, Event::Publish, "").unwrap();
        let seen = public::item(app, id).unwrap();
        assert_eq!(seen.item.body, "<p>Toàn văn bản tin.</p>");
        assert_eq!(seen.item.posted_on.to_string(), "2020-05-01");
        assert_eq!(titles(app).len(), 1);
    });
}

#[test]
fn a_preview_link_shows_the_working_copy_until_it_is_published() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let id = publication::begin(app, &radio, Kind::News, &draft("Tin chờ")).unwrap();
        let token = publication::make_preview(app, &radio, id).unwrap();
        assert_eq!(publication::by_preview(app, &token).unwrap().id, id);
        assert!(publication::by_preview(app, "khac").is_err());
        publish(world, id, "");
        assert!(matches!(publication::by_preview(app, &token), Err(ActionError::NotFound)));
    });
}

#[test]
fn a_link_that_leads_nowhere_any_more_is_found_by_the_daily_check() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let first = publication::begin(app, &radio, Kind::News, &draft("Tin đầu")).unwrap();
        publish(world, first, "");
        let body = format!(
            "<p><a href=\"/tin-tuc/tin-dau-{first}\">trước</a>, <a href=\"/van-ban?trang=2\">văn bản</a>, \
             <a href=\"/khong-co\">không có</a>, <a href=\"https://example.vn/x\">nơi khác</a></p>"
        );
        let second =
            publication::begin(app, &radio, Kind::News, &Draft { body, ..draft("Tin sau") }).unwrap();
        publish(world, second, "");
        let check = || {
            let administrator = world.person(Role::Administrator);
            world.world.clock.advance_minutes(1);
            app::jobs::run_now(app, &administrator, app::jobs::Kind::Links).unwrap();
            app::jobs::run_due(app, "w").unwrap();
            let health = app::links::health(app, &radio).unwrap();
            assert!(health.review.is_empty());
            let report = health.own.unwrap();
            let broken: Vec<String> = report.broken.into_iter().map(|broken| broken.link).collect();
            (report.checked, broken)
        };
        assert_eq!(check(), ("3".to_owned(), vec!["/khong-co".to_owned()]));
        try_act(app, &world.person(Role::Clerk), first, Event::Withdraw, "Sai").unwrap();
        let (_, broken) = check();
        assert_eq!(broken, [format!("/tin-tuc/tin-dau-{first}"), "/khong-co".to_owned()]);
    });
}

#[test]
fn news_04_every_published_version_stays_with_who_wrote_approved_and_published_it() {
    on_each(|app, world| {
        let (radio, officer) = (world.person(Role::Radio), world.person(Role::Officer));
        let id = publication::begin(app, &radio, Kind::News, &draft("Bản một")).unwrap();
        publication::edit(app, &officer, (id, version(app, id)), &draft("Bản một, đã sửa")).unwrap();
        publish(world, id, "");
        publication::edit(app, &radio, (id, version(app, id)), &draft("Bản hai")).unwrap();
        publish(world, id, "Sửa tên");
        try_act(app, &world.person(Role::Clerk), id, Event::Withdraw, "Đăng nhầm").unwrap();
        let reader = world.person(Role::UnitHead);
        let first = publication::version(app, &reader, id, 1).unwrap();
        assert_eq!((first.row.content.title.as_str(), first.before), ("Bản một, đã sửa", None));
        assert_eq!(first.writers, ["Người Dùng radio", "Người Dùng officer"]);
        assert_eq!(
            (first.approved_by.as_str(), first.published_by.as_str()),
            ("Người Dùng leader", "Người Dùng clerk")
        );
        let second = publication::version(app, &reader, id, 2).unwrap();
        assert_eq!((second.row.note.as_str(), second.writers.len()), ("Sửa tên", 1));
        assert_eq!(second.before.unwrap().title, "Bản một, đã sửa");
        for number in [0, 3] {
            assert!(matches!(publication::version(app, &reader, id, number), Err(ActionError::NotFound)));
        }
        let outsider = world.person(Role::Superior);
        assert!(matches!(publication::version(app, &outsider, id, 1), Err(ActionError::Forbidden(_))));
    });
}

#[test]
fn sec_pub_a06_links_and_their_files_die_with_publishing_withdrawing_and_seven_days() {
    on_each(|app, world| {
        let radio = world.person(Role::Radio);
        let with_file = |id: PublicationId| {
            let uploaded = publication::Uploaded {
                name: "Kế hoạch.pdf".into(),
                bytes: format!("%PDF-1.4\n{id}\n%%EOF").into_bytes(),
                text: "Kế hoạch".into(),
            };
            publication::attach(app, &radio, (id, version(app, id)), uploaded).unwrap();
            let row = publication::show(app, &radio, id).unwrap().row;
            row.content.files.last().unwrap().digest.clone()
        };
        let begin = || {
            let id = publication::begin(app, &radio, Kind::Notice, &draft("Thông báo")).unwrap();
            let file = with_file(id);
            let token = publication::make_preview(app, &radio, id).unwrap();
            assert!(publication::preview_file(app, &token, &file).is_ok());
            (id, token, file)
        };
        let is_dead = |token: &str, file: &str| {
            matches!(publication::by_preview(app, token), Err(ActionError::NotFound))
                && matches!(publication::preview_file(app, token, file), Err(ActionError::NotFound))
        };
        let (published, token, file) = begin();
        publish(world, published, "");
        assert!(is_dead(&token, &file));

        publication::edit(app, &radio, (published, version(app, published)), &draft("Thông báo, sửa"))
            .unwrap();
        let file = with_file(published);
        let token = publication::make_preview(app, &radio, published).unwrap();
        assert!(publication::preview_file(app, &token, &file).is_ok());
        try_act(app, &world.person(Role::Clerk), published, Event::Withdraw, "Nhầm").unwrap();
        assert!(is_dead(&token, &file));

        let (_, token, file) = begin();
        world.world.clock.advance_minutes(7 * 24 * 60 - 1);
        assert!(!is_dead(&token, &file));
        world.world.clock.advance_minutes(1);
        assert!(is_dead(&token, &file));
    });
}
