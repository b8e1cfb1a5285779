//! Closing dates of reports as dated rows, and the periods they give to new reports.

use app::reports;
use app::{ActionError, Actor, overseeing, rules};
use domain::law::{Closing, Confidence};
use domain::period::Period;
use domain::time::Day;
use testkit::for_each_backend;

use crate::world::{World, invalid};

const TEMPLATE: &str = "press-speech-five-parts";

/// The year counted from 1 December to 30 November, from 2028 on.
fn row() -> Closing {
    Closing {
        id: "RP-Y".to_owned(),
        title: "Báo cáo năm".to_owned(),
        months: 12,
        last_month: Some(11),
        first_day: 1,
        last_day: 30,
        valid_from: Day::constant(2028, 1, 1),
        valid_to: None,
        basis: "Quyết định mẫu".to_owned(),
        source: "Bản giấy".to_owned(),
        confidence: Confidence::ReadInText,
    }
}

#[test]
fn a_new_installation_has_the_shipped_closing_dates() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let by_id = |mut rows: Vec<Closing>| {
            rows.sort_by(|one, other| one.id.cmp(&other.id));
            rows
        };
        let stored = by_id(rules::policy(&app).unwrap().law.closings);
        assert_eq!(stored, by_id(rules::shipped().law.closings));
    });
}

#[test]
fn a_new_row_of_closing_dates_ends_the_one_before_and_gives_the_periods_of_new_reports() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let boss = Actor::command_line();
        let entries = || overseeing::ledger(&app, &boss, None, 1).unwrap().0[0].sequence;
        let before = entries();
        rules::add_closing(&app, &boss, &row()).unwrap();
        assert_eq!(entries(), before + 2);
        let law = rules::policy(&app).unwrap().law;
        let old = law.closing_at("RP-Y", Day::constant(2027, 12, 31)).unwrap();
        assert_eq!((old.last_day, old.valid_to), (14, Some(Day::constant(2027, 12, 31))));
        let period = Period::new(Day::constant(2027, 11, 1), Day::constant(2028, 11, 30)).unwrap();
        assert!(!rules::shipped().law.is_offered(period));
        assert!(law.is_offered(period), "{:?}", law.periods_of(2028));
        reports::create(&app, &boss, period, TEMPLATE).unwrap();
    });
}

#[test]
fn closing_dates_without_source_or_period_or_twice_are_refused_and_nothing_changes() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let stored = || rules::policy(&app).unwrap().law.closings;
        let before = stored();
        let refused = |row: Closing| invalid(rules::add_closing(&app, &Actor::command_line(), &row));
        let field = |name: &str, code| vec![(name.to_owned(), code)];
        assert_eq!(refused(Closing { source: " ".to_owned(), ..row() }), field("source", "required"));
        assert_eq!(refused(Closing { last_day: 31, ..row() }), field("last_day", "no_period"));
        let backwards = Closing { valid_to: Some(Day::constant(2027, 1, 1)), ..row() };
        assert_eq!(refused(backwards), field("valid_to", "before_start"));
        let same_day = Closing { valid_from: Day::constant(2019, 3, 12), ..row() };
        assert_eq!(refused(same_day), field("valid_from", "exists_already"));
        let earlier = Closing { valid_from: Day::constant(2018, 1, 1), ..row() };
        assert_eq!(refused(earlier), field("valid_from", "overlaps"));
        assert_eq!(stored(), before);
    });
}

#[test]
fn a_period_of_its_own_needs_a_reason_that_the_report_keeps() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let boss = Actor::command_line();
        let period = Period::new(Day::constant(2020, 3, 5), Day::constant(2020, 4, 9)).unwrap();
        let blank = reports::create_over(&app, &boss, (period, " \n"), TEMPLATE);
        assert_eq!(invalid(blank), [("reason".to_owned(), "required")]);
        assert!(matches!(reports::create(&app, &boss, period, TEMPLATE), Err(ActionError::Invalid(_))));
        assert!(reports::list(&app, &boss).unwrap().is_empty());
        let id = reports::create_over(&app, &boss, (period, "Công văn số 12/STTTT"), TEMPLATE).unwrap();
        let steps = reports::editor(&app, &boss, id).unwrap().steps;
        let kept: Vec<(&str, &str)> =
            steps.iter().map(|step| (step.event.as_str(), step.note.as_str())).collect();
        assert_eq!(kept, [("begin", "Công văn số 12/STTTT")]);
        let offered = Period::closing_year(2020).unwrap();
        let plain = reports::create_over(&app, &boss, (offered, "thừa"), TEMPLATE).unwrap();
        assert!(reports::editor(&app, &boss, plain).unwrap().steps.is_empty());
        assert!(overseeing::verify(&app, &boss, &mut |_, _| {}).unwrap().is_good());
    });
}
