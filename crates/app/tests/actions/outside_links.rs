//! Links to other sites: asked only when that is switched on, broken only after two failures a day apart.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use app::jobs::{self, Kind, TimetableForm};
use app::links::{self, Answer, Fetched, OutsideReport, Prober};
use app::publication::{self, Draft};
use app::{Actor, App};
use domain::access::Role;
use domain::publication::Kind as Publication;

use crate::publications::{World, draft, on_each, publish};

/// Answers as it is told; what it was not told leads somewhere. Remembers what it was asked.
#[derive(Default)]
struct Fake {
    answers: Mutex<BTreeMap<String, Answer>>,
    asked: Mutex<Vec<Vec<String>>>,
}

impl Fake {
    fn tell(&self, link: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(link.to_owned(), answer);
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().pop().unwrap_or_default()
    }
}

impl Prober for Fake {
    fn look(&self, links: &[String]) -> io::Result<Vec<(String, Answer)>> {
        self.asked.lock().unwrap().push(links.to_vec());
        let answers = self.answers.lock().unwrap();
        let answer = |link: &String| answers.get(link).copied().unwrap_or(Answer::Leads);
        Ok(links.iter().map(|link| (link.clone(), answer(link))).collect())
    }

    fn fetch(&self, _: &str, _: usize) -> io::Result<Fetched> {
        unreachable!("checking links fetches no document")
    }
}

const GONE: &str = "https://bao.vn/mat";
const GOOD: &str = "https://bao.vn/con?a=1&b=2";

fn set(app: &App, is_on: bool) {
    let form = TimetableForm {
        outside_links: is_on,
        ..jobs::timetable(app, &Actor::command_line()).unwrap().form()
    };
    jobs::save_timetable(app, &Actor::command_line(), &form).unwrap();
}

/// Publishes a text with links to elsewhere, to this site and to what is no page.
fn begin(app: &App, world: &World) -> Arc<Fake> {
    let fake = Arc::new(Fake::default());
    let _ = app.clone().with_prober(Arc::clone(&fake) as Arc<dyn Prober>);
    let radio = world.person(Role::Radio);
    let body = format!(
        "<p><a href=\"{GONE}#muc\">một</a> <a href=\"{}\">hai</a> <a href=\"/van-ban\">trong cổng</a> \
         <a href=\"http://127.0.0.1:8080/tin-tuc\">trong cổng</a> <a href=\"mailto:a@b.vn\">thư</a></p>",
        GOOD.replace('&', "&amp;")
    );
    let id = publication::begin(app, &radio, Publication::News, &Draft { body, ..draft("Tin có liên kết") });
    publish(world, id.unwrap(), "");
    fake
}

fn run(world: &World) -> Option<OutsideReport> {
    let app = &world.world.app;
    world.world.clock.advance_minutes(1);
    jobs::run_now(app, &Actor::command_line(), Kind::OutsideLinks).unwrap();
    jobs::run_due(app, "w").unwrap();
    links::health(app, &Actor::command_line()).unwrap().outside
}

fn numbers(report: &OutsideReport) -> Vec<&str> {
    ["total", "asked", "count", "waiting", "untold"].map(|name| report.numbers[name].as_str()).to_vec()
}

#[test]
fn nothing_is_asked_until_the_administrator_switches_it_on() {
    on_each(|app, world| {
        let fake = begin(app, world);
        assert_eq!(run(world), None);
        assert!(!links::health(app, &Actor::command_line()).unwrap().asks_outside);
        assert_eq!(fake.asked(), Vec::<String>::new());
        set(app, true);
        let report = run(world).unwrap();
        assert_eq!(
            (report.code.as_str(), numbers(&report)),
            ("outside_whole", vec!["2", "2", "0", "0", "0"])
        );
        assert_eq!(fake.asked(), [GOOD, GONE]);
        // Not again within a day, and not when it is off again.
        assert_eq!(numbers(&run(world).unwrap())[1], "0");
        assert_eq!(fake.asked(), Vec::<String>::new());
        set(app, false);
        assert_eq!(run(world), None);
    });
}

#[test]
fn a_link_is_broken_when_it_failed_twice_a_day_apart_and_whole_again_when_it_answers() {
    on_each(|app, world| {
        let fake = begin(app, world);
        set(app, true);
        fake.tell(GONE, Answer::Status(404));
        let report = run(world).unwrap();
        assert_eq!(
            (report.code.as_str(), numbers(&report)),
            ("outside_whole", vec!["2", "2", "0", "1", "0"])
        );
        assert_eq!(run(world).unwrap().broken, []);
        world.world.clock.advance_minutes(24 * 60);
        let report = run(world).unwrap();
        assert_eq!(
            (report.code.as_str(), numbers(&report)),
            ("outside_broken", vec!["2", "2", "1", "0", "0"])
        );
        let found = &report.broken[0];
        assert_eq!((found.reason.as_str(), found.status.as_str()), ("status", "404"));
        assert_eq!((found.broken.link.as_str(), found.broken.title.as_str()), (GONE, "Tin có liên kết"));
        assert!(found.broken.page.starts_with("/tin-tuc/"));
        // A page that cannot be told from here is not broken.
        fake.tell(GONE, Answer::Untrusted);
        world.world.clock.advance_minutes(24 * 60);
        let report = run(world).unwrap();
        assert_eq!((report.broken.len(), numbers(&report)), (0, vec!["2", "2", "0", "0", "1"]));
    });
}

#[test]
fn without_a_network_nothing_is_broken_and_what_was_known_stays() {
    on_each(|app, world| {
        let fake = begin(app, world);
        set(app, true);
        fake.tell(GONE, Answer::Unanswered);
        run(world).unwrap();
        world.world.clock.advance_minutes(24 * 60);
        assert_eq!(run(world).unwrap().broken.len(), 1);
        fake.tell(GONE, Answer::Silent);
        fake.tell(GOOD, Answer::Silent);
        for _ in 0..3 {
            world.world.clock.advance_minutes(24 * 60);
            let report = run(world).unwrap();
            assert_eq!((report.code.as_str(), report.broken.len()), ("outside_no_network", 1));
            assert_eq!(report.broken[0].reason, "unanswered");
        }
    });
}

#[test]
fn sec_mon_01_a_feed_is_never_fetched_from_inside() {
    on_each(|app, _| {
        let _ = app.clone().with_prober(Arc::new(outgoing::Client::new("test")));
        for inside in [
            "http://127.0.0.1/rss.xml",
            "http://169.254.169.254/",
            "http://[::1]/",
            "http://2130706433/",
            "file:///etc/passwd",
            "x",
        ] {
            let refused = app::radio::fetch(app, &Actor::command_line(), inside);
            let Err(app::ActionError::Invalid(fields)) = refused else { panic!("{inside}: {refused:?}") };
            assert_eq!(
                (fields[0].field.as_str(), fields[0].code),
                ("address", "feed_not_public"),
                "{inside}"
            );
        }
    });
}
