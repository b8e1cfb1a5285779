//! Templates of reports as dated rows that an office adds to.

use app::reports::{self, NewTemplate};
use app::{Actor, overseeing};
use domain::period::Period;
use domain::time::Day;
use testkit::for_each_backend;

use crate::world::{World, invalid};

const FIVE_PARTS: &str = "press-speech-five-parts";
const SHIPPED: &str = include_str!("../../../../data/report/press-speech-five-parts.toml");

/// The shipped template, as a province might prescribe it from 2021 on.
fn own() -> String {
    SHIPPED
        .replace("id = \"press-speech-five-parts\"", "id = \"tinh-mau\"")
        .replace("valid_from = \"2017-03-30\"", "valid_from = \"2021-01-01\"")
        .replace("heading = \"Công tác triển khai\"", "heading = \"Việc triển khai quy chế\"")
}

fn add(app: &app::App, text: String, replaces: &str) -> Result<(), app::ActionError> {
    reports::add_template(app, &Actor::command_line(), &NewTemplate { text, replaces: replaces.to_owned() })
}

fn ids(app: &app::App, day: Day) -> Vec<(String, bool)> {
    let kept = reports::templates(app, day).unwrap();
    kept.iter().map(|kept| (kept.template.id.clone(), kept.template.valid_on(day))).collect()
}

#[test]
fn a_template_of_the_province_takes_the_place_of_the_one_it_replaces_from_its_day_on() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let boss = Actor::command_line();
        let year = |year| Period::calendar_year(year).unwrap();
        let old = reports::create(&app, &boss, year(2020), FIVE_PARTS).unwrap();
        add(&app, own(), FIVE_PARTS).unwrap();
        let first = |day| ids(&app, day).remove(0);
        assert_eq!(first(Day::constant(2020, 12, 31)), (FIVE_PARTS.to_owned(), true));
        assert_eq!(first(Day::constant(2021, 1, 1)), ("tinh-mau".to_owned(), true));
        let new = reports::create(&app, &boss, year(2021), "tinh-mau").unwrap();
        let html = |id| reports::preview_html(&app, &boss, id).unwrap();
        assert!(html(new).contains("Việc triển khai quy chế"));
        assert!(html(old).contains("Công tác triển khai") && !html(old).contains("Việc triển khai quy chế"));
        assert!(overseeing::verify(&app, &boss, &mut |_, _| {}).unwrap().is_good());
    });
}

#[test]
fn a_template_with_a_fault_is_refused_with_the_place_and_nothing_is_kept() {
    for_each_backend(|office| {
        let World { app, .. } = World::new(office);
        let day = Day::constant(2022, 1, 1);
        let before = ids(&app, day);
        let refused = |text: String, replaces: &str| invalid(add(&app, text, replaces));
        let on_text = |code| vec![("text".to_owned(), code)];
        assert_eq!(refused(" ".to_owned(), ""), on_text("required"));
        assert_eq!(refused("id = ".to_owned(), ""), on_text("bad_template"));
        assert_eq!(refused(SHIPPED.to_owned(), ""), on_text("template_exists"));
        assert_eq!(refused(own().replace("tinh-mau", "Tỉnh"), ""), on_text("bad_template"));
        let unknown = own().replace("number('press_requests.refused')", "number('press_requests.lost')");
        assert_eq!(refused(unknown, ""), on_text("bad_template"));
        // A sentence that does not stand without data is tried all the same.
        let broken =
            own().replace("{{ number('press_requests.refused') }}", "{{ numbre('press_requests.refused') }}");
        assert_ne!(broken, own());
        assert_eq!(refused(broken, ""), on_text("bad_template"));
        assert_eq!(refused(own(), "none"), [("replaces".to_owned(), "no_such_template")]);
        let early = own().replace("2021-01-01", "2017-03-30");
        assert_eq!(refused(early, FIVE_PARTS), [("replaces".to_owned(), "before_start")]);
        assert_eq!(ids(&app, day), before);
    });
}
