//! Figures follow the records, the sentence of the report follows the figures, and a frozen set stands.

use app::reports::{self, Act, Kind};
use app::{Actor, figures, office, page_views, register, rules};
use domain::access::Role;
use domain::calendar::DayKind;
use domain::figure::{Amount, Figure};
use domain::id::{RecordId, ReportId};
use domain::page_view::Part;
use domain::period::Period;
use domain::register::Register;
use domain::report::Event;
use domain::time::Day;
use report::FrozenSet;
use testkit::for_each_backend;

use crate::world::{World, refused, typed, year};

const QUESTIONS: Register = Register::Questions;

fn question(world: &World, code: &str, answered_on: &str) -> RecordId {
    let subject = format!("Câu hỏi {code}");
    let fields =
        [("code", code), ("received_on", "02/03/2020"), ("subject", &subject), ("answered_on", answered_on)];
    world.add(QUESTIONS, &fields)
}

fn figure(world: &World, id: &str) -> Figure {
    let all = figures::of_period(&world.app, &Actor::command_line(), year()).unwrap();
    all.into_iter().find(|figure| figure.id == id).unwrap()
}

fn answer_on(world: &World, id: RecordId, day: &str) {
    let clerk = Actor::command_line();
    let version = register::show(&world.app, &clerk, QUESTIONS, id).unwrap().record.version;
    let change = typed(&[("answered_on", day)]);
    register::amend(&world.app, &clerk, (QUESTIONS, id), version, &change).unwrap();
}

fn begin(world: &World) -> ReportId {
    reports::create(&world.app, &Actor::command_line(), year(), "press-speech-five-parts").unwrap()
}

fn act(world: &World, id: ReportId, event: Event) {
    let clerk = Actor::command_line();
    let version = reports::editor(&world.app, &clerk, id).unwrap().report.version;
    let act = Act { reason: Some("Bổ sung".to_owned()), ..Act::default() };
    reports::act(&world.app, &clerk, (id, version), event, &act).unwrap();
}

/// The words of the document, without marks and with single spaces.
fn document(world: &World, id: ReportId) -> String {
    let html = reports::preview_html(&world.app, &Actor::command_line(), id).unwrap();
    let html = html.split_once("</style>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for sign in html.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            sign if !inside => text.push(if sign == '\u{a0}' { ' ' } else { sign }),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn set(world: &World, id: ReportId) -> String {
    String::from_utf8(reports::file(&world.app, &Actor::command_line(), id, Kind::Json).unwrap()).unwrap()
}

/// Figures that differ when the set is computed again from the ledger.
fn differences(world: &World, json: &str) -> Vec<String> {
    let checked = reports::verify(&world.app, json).unwrap();
    assert!(checked.is_on_this_ledger);
    checked.differences.into_iter().map(|difference| difference.figure).collect()
}

#[test]
fn a_late_answer_changes_the_figure_and_the_sentence_of_the_report() {
    for_each_backend(|office| {
        let world = World::new(office);
        question(&world, "01", "20/03/2020");
        let id = question(&world, "02", "20/03/2020");
        let report = begin(&world);
        assert_eq!(figure(&world, "questions.on_time").amount, Amount::Ratio { part: 2, whole: 2 });
        let before = document(&world, report);
        assert!(before.contains("Trả lời 100% các câu hỏi (02/02 câu hỏi) và đúng thời hạn"), "{before}");

        answer_on(&world, id, "24/03/2020");
        let on_time = figure(&world, "questions.on_time");
        assert_eq!(on_time.amount, Amount::Ratio { part: 1, whole: 2 });
        let left: Vec<(RecordId, &str)> =
            on_time.left_out.iter().map(|left| (left.record.id, left.reason)).collect();
        assert_eq!(left, [(id, "late")]);
        let after = document(&world, report);
        assert!(!after.contains("và đúng thời hạn."), "{after}");
        assert!(after.contains("đúng thời hạn 01/02 câu hỏi, đạt 50%"), "{after}");
        assert!(after.contains("Có 01 câu hỏi của công dân chưa được trả lời đúng thời hạn"), "{after}");

        answer_on(&world, id, "23/03/2020");
        assert_eq!(document(&world, report), before, "the last day of the limit is in time");
    });
}

#[test]
fn a_suggestion_saved_as_it_stood_goes_on_following_the_figures_and_what_a_person_wrote_stands() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = Actor::command_line();
        let id = question(&world, "01", "20/03/2020");
        let report = begin(&world);
        let shown = reports::editor(&world.app, &clerk, report).unwrap();
        // As a browser sends it: every text, lines ended by CR LF, one of them changed.
        let narrative = shown.narrative.iter().map(|slot| {
            let text = if slot.key == "assessment.information" { "Viết tay." } else { &slot.text };
            (slot.key.clone(), text.replace('\n', "\r\n"))
        });
        let edit = reports::Edit { narrative: narrative.collect(), ..reports::Edit::default() };
        reports::edit(&world.app, &clerk, (report, shown.report.version), &edit).unwrap();
        let before = document(&world, report);
        assert!(before.contains("đã thực hiện theo quy định") && before.contains("Viết tay."), "{before}");

        answer_on(&world, id, "24/03/2020");
        let after = document(&world, report);
        assert!(after.contains("cơ bản thực hiện quy định") && after.contains("Viết tay."), "{after}");
    });
}

#[test]
fn a_register_never_opened_is_no_data_and_never_zero() {
    for_each_backend(|office| {
        let world = World::new(office);
        assert_eq!(figure(&world, "questions.received").amount, Amount::NoData);
        let report = begin(&world);
        assert!(document(&world, report).contains("chưa có dữ liệu"));
        let id = question(&world, "01", "20/03/2020");
        register::remove(&world.app, &Actor::command_line(), (QUESTIONS, id), 1, "Thử").unwrap();
        assert_eq!(figure(&world, "questions.received").amount, Amount::Count { count: 0 });
    });
}

#[test]
fn a_figure_opens_exactly_the_records_it_counts_and_only_for_who_reads_registers() {
    for_each_backend(|office| {
        let world = World::new(office);
        let ids = [question(&world, "01", "20/03/2020"), question(&world, "02", "24/03/2020")];
        let leader = world.person("giang", &[Role::Leader]);
        let superior = world.person("hanh", &[Role::Superior]);
        let open =
            |actor: &Actor| figures::open(&world.app, actor, year(), ("questions.on_time", None), 1).unwrap();
        let opened = open(&leader);
        assert_eq!(opened.counted.iter().map(|record| record.id).collect::<Vec<_>>(), [ids[0]]);
        assert_eq!(opened.left_out.iter().map(|(record, _)| record.id).collect::<Vec<_>>(), [ids[1]]);
        let seen = open(&superior);
        assert_eq!((seen.total, seen.counted.len(), seen.left_out.len()), (1, 0, 0));
    });
}

#[test]
fn a_frozen_report_stands_and_says_which_figures_differ_from_today_s() {
    for_each_backend(|office| {
        let world = World::new(office);
        let id = question(&world, "01", "20/03/2020");
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        let (text, json) = (document(&world, report), set(&world, report));
        answer_on(&world, id, "24/03/2020");
        assert_eq!((document(&world, report), set(&world, report)), (text, json.clone()));
        let shown = reports::editor(&world.app, &Actor::command_line(), report).unwrap();
        let on_page = shown.figures.iter().find(|figure| figure.id == "questions.on_time").unwrap();
        assert_eq!(on_page.amount, Amount::Ratio { part: 1, whole: 1 }, "the page shows the frozen figures");
        assert!(
            shown.differences.iter().any(|figure| figure == "questions.on_time"),
            "{:?}",
            shown.differences
        );
        assert_eq!(differences(&world, &json), Vec::<String>::new(), "the ledger as it stood then");

        act(&world, report, Event::Reopen);
        act(&world, report, Event::Freeze);
        let second = set(&world, report);
        assert_ne!(second, json);
        let text = document(&world, report);
        assert!(text.contains("đúng thời hạn 0/01 câu hỏi, đạt 0%"), "{text}");
        for set in [&json, &second] {
            assert_eq!(differences(&world, set), Vec::<String>::new());
        }
    });
}

#[test]
fn a_set_is_equal_to_its_ledger_after_names_units_rules_and_calendar_changed() {
    for_each_backend(|office_of_test| {
        let world = World::new(office_of_test);
        let boss = Actor::command_line();
        question(&world, "01", "20/03/2020");
        let news = [("posted_on", "05/01/2020"), ("title", "Tin"), ("supplier", "Đài huyện ta")];
        world.add(Register::News, &news);
        let regulation = [
            ("symbol", "09/2017/QĐ-UBND"),
            ("issued_on", "01/03/2017"),
            ("issuer", "UBND huyện"),
            ("title", "Quy chế phát ngôn"),
        ];
        world.add(Register::Regulations, &regulation);
        let sent = [
            ("regulation", "09/2017/QĐ-UBND"),
            ("recipient", "UBND xã Thanh Sơn"),
            ("sent_on", "05/03/2017"),
        ];
        world.add(Register::RollOuts, &sent);
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        let json = set(&world, report);

        let mut changed = office::office(&world.app).unwrap();
        changed.radio_names = vec!["Đài huyện ta".to_owned()];
        changed.names.name = "Ủy ban nhân dân thị xã Kim Bảng".to_owned();
        office::change_office(&world.app, &boss, &changed).unwrap();
        let new = office::NewUnit {
            name: "Xã Mới".to_owned(),
            short_name: String::new(),
            kind: domain::unit::UnitKind::Commune,
            parent: Some(changed.unit),
            valid_from: Some(Day::constant(2020, 1, 1)),
            aliases: Vec::new(),
        };
        office::add_unit(&world.app, &boss, &new).unwrap();
        rules::set_day(
            &world.app,
            &boss,
            Day::constant(2020, 3, 10),
            DayKind::LocalClosure,
            "Quyết định thử",
        )
        .unwrap();
        rules::confirm_year(&world.app, &boss, 2020).unwrap();
        let now = reports::editor(&world.app, &boss, report).unwrap().differences;
        assert!(now.iter().any(|figure| figure == "news.from_radio"), "{now:?}");
        assert_eq!(differences(&world, &json), Vec::<String>::new());
    });
}

#[test]
fn a_set_changed_after_it_was_frozen_is_refused_or_its_difference_named() {
    for_each_backend(|office| {
        let world = World::new(office);
        question(&world, "01", "20/03/2020");
        question(&world, "02", "24/03/2020");
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        let json = set(&world, report);
        let verify = |json: &str| reports::verify(&world.app, json);
        assert_eq!(refused(verify(&json.replace("\"part\": 1", "\"part\": 2"))), "set_changed");
        assert_eq!(refused(verify(&json.replace("\"format\": 1", "\"format\": 9"))), "set_newer");
        assert_eq!(refused(verify("{")), "set_unreadable");
        assert_eq!(refused(verify("{}")), "set_unreadable");

        // With a digest that fits: what somebody who knows the format could write.
        let mut forged = FrozenSet::parse(&json).unwrap();
        let on_time = forged.figures.iter_mut().find(|figure| figure.id == "questions.on_time").unwrap();
        on_time.amount = Amount::Ratio { part: 2, whole: 2 };
        let named = differences(&world, &forged.to_json().unwrap());
        assert_eq!(named, ["questions.on_time"]);

        let mut elsewhere = FrozenSet::parse(&json).unwrap();
        elsewhere.ledger_hash = "0".repeat(64);
        elsewhere.figures.clear();
        let checked = verify(&elsewhere.to_json().unwrap()).unwrap();
        assert!(!checked.is_on_this_ledger && checked.differences.is_empty());
    });
}

#[test]
fn rows_changed_past_the_ledger_do_not_get_into_a_frozen_set() {
    for_each_backend(|office| {
        let world = World::new(office);
        question(&world, "01", "24/03/2020");
        let report = begin(&world);
        office.damage("UPDATE questions SET answered_on = '2020-03-20'");
        let clerk = Actor::command_line();
        let frozen = reports::act(&world.app, &clerk, (report, 1), Event::Freeze, &Act::default());
        assert_eq!(refused(frozen), "ledger_differs");
        let health = app::overseeing::verify(&world.app, &clerk, &mut |_, _| {}).unwrap();
        assert!(!health.is_good());
    });
}

#[test]
fn a_proof_is_found_by_its_whole_code_only_and_shows_counts_not_contents() {
    for_each_backend(|office| {
        let world = World::new(office);
        question(&world, "01", "20/03/2020");
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        let shown = reports::editor(&world.app, &Actor::command_line(), report).unwrap();
        let code = shown.frozen[0].proof_path.trim_start_matches("/so-lieu/").to_owned();
        let proof = reports::proof(&world.app, &code).unwrap();
        assert_eq!((proof.digest.as_str(), proof.issued.is_none()), (shown.frozen[0].digest.as_str(), true));
        assert!(!format!("{proof:?}").contains("Câu hỏi 01"));
        assert_eq!(reports::proof_json(&world.app, &code).unwrap(), set(&world, report));
        let longer = format!("{code}0");
        for other in ["", "0", &code[..11], "000000000000", "%", longer.as_str()] {
            let found = reports::proof(&world.app, other);
            assert!(matches!(found, Err(app::ActionError::NotFound)), "{other}");
        }
    });
}

#[test]
fn a_typed_limit_stands_and_a_corrected_day_of_receipt_moves_the_computed_one() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = Actor::command_line();
        let id = question(&world, "01", "");
        let shown = |id| register::show(&world.app, &clerk, QUESTIONS, id).unwrap();
        let limit = |id| shown(id).record.values.day("due_on").unwrap();
        assert_eq!(limit(id), Day::constant(2020, 3, 23));

        // As the form sends it: the old limit stands beside the corrected day.
        let corrected = typed(&[("received_on", "01/06/2020"), ("due_on", "23/03/2020")]);
        register::amend(&world.app, &clerk, (QUESTIONS, id), 1, &corrected).unwrap();
        assert_eq!(limit(id), Day::constant(2020, 6, 22));

        let agreed = typed(&[("due_on", "30/06/2020")]);
        register::amend(&world.app, &clerk, (QUESTIONS, id), 2, &agreed).unwrap();
        assert_eq!(limit(id), Day::constant(2020, 6, 30));
        let shown = shown(id);
        assert_eq!((shown.record.values.text("due_basis"), shown.deadline), (None, None));
        let again = typed(&[("received_on", "02/06/2020"), ("due_on", "30/06/2020")]);
        register::amend(&world.app, &clerk, (QUESTIONS, id), 3, &again).unwrap();
        assert_eq!(limit(id), Day::constant(2020, 6, 30), "what a person wrote down stands");
    });
}

#[test]
fn a_later_change_of_the_calendar_alters_no_limit_of_an_earlier_record() {
    for_each_backend(|office| {
        let world = World::new(office);
        let clerk = Actor::command_line();
        let id = question(&world, "01", "");
        rules::set_day(
            &world.app,
            &clerk,
            Day::constant(2020, 3, 10),
            DayKind::LocalClosure,
            "Quyết định thử",
        )
        .unwrap();
        answer_on(&world, id, "23/03/2020");
        assert_eq!(figure(&world, "questions.on_time").amount, Amount::Ratio { part: 1, whole: 1 });
        let later = question(&world, "02", "24/03/2020");
        let due = register::show(&world.app, &clerk, QUESTIONS, later).unwrap().record.values.day("due_on");
        assert_eq!(due, Some(Day::constant(2020, 3, 24)));
    });
}

#[test]
fn views_of_pages_are_a_figure_once_their_day_is_over_and_stand_in_a_frozen_set() {
    for_each_backend(|office| {
        let world = World::new(office);
        for part in [Part::Home, Part::Home, Part::Document] {
            world.app.count_view(part);
        }
        page_views::write_down(&world.app).unwrap();
        let today = world.app.today();
        let of_today = Period::new(today, today).unwrap();
        let all = figures::of_period(&world.app, &Actor::command_line(), of_today).unwrap();
        let visits = all.iter().find(|figure| figure.id == "visits").unwrap();
        assert_eq!(visits.amount, Amount::NoData, "the day is not over");
        let add = |on: Day, views: u64| {
            let actor = store::Actor { name: "system".to_owned() };
            let write = |tx: &mut store::Tx<'_>| {
                store::page_view::add(tx, on, &[(Part::News, views)])?;
                store::page_view::close_before(tx, Day::constant(2020, 12, 15)).map(drop)
            };
            world.app.database().write::<_, store::StoreError, _>(&actor, write).unwrap();
        };
        add(Day::constant(2020, 3, 5), 7);
        add(Day::constant(2019, 3, 5), 4);
        assert_eq!(figure(&world, "visits.year_before").amount, Amount::Count { count: 4 });
        let visits = figure(&world, "visits");
        let first = visits.parts.first().unwrap();
        assert_eq!((visits.amount, first.label.as_str()), (Amount::Count { count: 7 }, "2020-03"));
        assert_eq!(visits.doubts[0].word, "some_days_not_counted");
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        let json = set(&world, report);
        add(Day::constant(2020, 3, 6), 1);
        assert_eq!(differences(&world, &json), Vec::<String>::new());
        let now = reports::editor(&world.app, &Actor::command_line(), report).unwrap().differences;
        assert_eq!(now, ["visits"]);
    });
}

#[test]
fn news_of_the_year_before_are_read_from_rows_and_ledger_alike() {
    for_each_backend(|office| {
        let world = World::new(office);
        for (day, title) in [("05/01/2020", "a"), ("06/01/2020", "b"), ("07/02/2019", "c")] {
            world.add(Register::News, &[("posted_on", day), ("title", title)]);
        }
        assert_eq!(figure(&world, "news.year_before").amount, Amount::Count { count: 1 });
        let opened =
            figures::open(&world.app, &Actor::command_line(), year(), ("news.total", None), 1).unwrap();
        assert_eq!(opened.before, Some(Amount::Count { count: 1 }));
        let report = begin(&world);
        act(&world, report, Event::Freeze);
        assert_eq!(differences(&world, &set(&world, report)), Vec::<String>::new());
    });
}

#[test]
fn an_office_that_has_ended_must_reach_the_units_of_its_last_day() {
    for_each_backend(|office| {
        let world = World::new(office);
        let of = |year| {
            let period = Period::calendar_year(year).unwrap();
            let all = figures::of_period(&world.app, &Actor::command_line(), period).unwrap();
            all.into_iter().find(|figure| figure.id == "regulation.units_total").unwrap().amount
        };
        assert_eq!(of(2020), Amount::Count { count: 31 });
        assert_eq!(of(2026), of(2024), "not nothing");
        assert_ne!(of(2026), Amount::NoData);
    });
}
