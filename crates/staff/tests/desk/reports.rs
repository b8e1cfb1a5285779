//! The way of a report through the pages: each event in each state by each role, as the table of the work says.

use domain::access::{Capability, Role, may};
use domain::report::{Event, State, TRANSITIONS};
use http::StatusCode;

use crate::site::{Answer, Site};

/// Begins a report over a year as the clerk; its path.
async fn begin(site: &Site, year: i16) -> String {
    let period = format!("{year}-01-01..{year}-12-31");
    let fields = [("period", period.as_str()), ("template", "press-speech-five-parts")];
    let sent = site.post(Role::Clerk, "/reports", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    sent.location
}

/// The version of a report, as the form of an act shows it.
async fn version(site: &Site, path: &str) -> String {
    site.get(Role::Clerk, &format!("{path}/acts/freeze")).await.hidden("version")
}

/// Sends an act with everything any act asks for.
async fn act(site: &Site, role: Role, path: &str, event: Event) -> Answer {
    let version = version(site, path).await;
    let mut fields = vec![("version", version.as_str())];
    if event.needs_reason() {
        fields.push(("reason", "Bổ sung số liệu"));
    }
    if event == Event::Issue {
        fields.extend([("number", ""), ("gap_reason", ""), ("issued_on", "14/12/2020")]);
    }
    site.post(role, &format!("{path}/acts/{}", event.word()), &fields).await
}

/// The state a report stands in, as its page says it.
async fn state(site: &Site, path: &str) -> State {
    let page = site.get(Role::Clerk, path).await.text();
    let words = web_kit::Language::Vi;
    let says = |state: &State| {
        page.contains(&format!(">{}<", words.text(&format!("report.state.{}", state.word()))))
    };
    let found: Vec<State> = State::ALL.into_iter().filter(says).collect();
    assert_eq!(found.len(), 1, "{found:?} on {page}");
    found[0]
}

/// Takes a new report on its way until it stands in a state.
async fn report_in(site: &Site, wanted: State, year: i16) -> String {
    let path = begin(site, year).await;
    let way = [
        (State::Draft, Role::Clerk, Event::Freeze),
        (State::Frozen, Role::Clerk, Event::Submit),
        (State::InClearance, Role::Spokesperson, Event::Clear),
        (State::Cleared, Role::Leader, Event::Sign),
        (State::Signed, Role::Clerk, Event::Issue),
    ];
    for (_, role, event) in way.into_iter().take_while(|(from, _, _)| *from != wanted) {
        let done = act(site, role, &path, event).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}: {}", event.word(), done.text());
    }
    path
}

#[tokio::test]
async fn sec_az_a02_every_event_in_every_state_by_every_role_is_done_or_refused_as_the_table_says() {
    let site = Site::new();
    let mut year = 1950;
    for from in State::ALL {
        year += 1;
        let mut path = report_in(&site, from, year).await;
        assert_eq!(state(&site, &path).await, from);
        for event in Event::ALL {
            let row = TRANSITIONS.iter().find(|row| row.from == from && row.event == event);
            for role in Role::ALL {
                let case = format!("{} of a report {} by {}", event.word(), from.word(), role.word());
                // Who drafted neither clears nor signs; no role that drafts alone may here.
                let allowed = row.is_some_and(|row| may(&[role], row.needs));
                let answer = act(&site, role, &path, event).await;
                if allowed {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{case}: {}", answer.text());
                    assert_eq!(state(&site, &path).await, row.unwrap().to, "{case}");
                    year += 1;
                    path = report_in(&site, from, year).await;
                } else {
                    assert_eq!(answer.status, StatusCode::CONFLICT, "{case}");
                    let code = if row.is_some() { "report_not_yours" } else { "report_not_now" };
                    let says = web_kit::Language::Vi.text(&format!("refusal.{code}"));
                    assert!(answer.text().contains(says), "{case}: {}", answer.text());
                }
            }
        }
        assert_eq!(state(&site, &path).await, from, "a refused act changes nothing");
    }
}

#[tokio::test]
async fn a_page_offers_exactly_the_acts_its_reader_may_do() {
    let site = Site::new();
    for (year, from) in (1950..).zip(State::ALL) {
        let path = report_in(&site, from, year).await;
        for role in Role::ALL {
            let page = site.get(role, &path).await.text();
            for event in Event::ALL {
                let offered = page.contains(&format!("href=\"{path}/acts/{}\"", event.word()));
                let row = TRANSITIONS.iter().find(|row| row.from == from && row.event == event);
                let allowed = row.is_some_and(|row| may(&[role], row.needs));
                assert_eq!(offered, allowed, "{} to {} in {}", event.word(), role.word(), from.word());
            }
            let can_edit = from.text_can_change() && may(&[role], Capability::DraftReport);
            assert_eq!(page.contains(&format!("href=\"{path}/edit\"")), can_edit, "{}", role.word());
        }
    }
}

#[tokio::test]
async fn a_report_acted_on_meanwhile_is_not_acted_on_from_an_old_page() {
    let site = Site::new();
    let path = begin(&site, 2020).await;
    let seen = version(&site, &path).await;
    act(&site, Role::Clerk, &path, Event::Freeze).await;
    let again = site.post(Role::Officer, &format!("{path}/acts/freeze"), &[("version", &seen)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(state(&site, &path).await, State::Frozen);
}

#[tokio::test]
async fn sec_az_a02_what_is_no_report_no_event_or_no_file_is_not_there() {
    let site = Site::new();
    let path = begin(&site, 2020).await;
    let missing = "/reports/01ARZ3NDEKTSV4RRFFQ69G5FAV";
    for role in Role::ALL {
        for other in [
            missing.to_owned(),
            format!("{missing}/preview"),
            format!("{missing}/files/bao-cao.docx"),
            format!("{path}/files/secret.key"),
            format!("{path}/acts/erase"),
            format!("{path}x"),
        ] {
            let answer = site.get(role, &other).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{other} as {}", role.word());
        }
    }
}

#[tokio::test]
async fn text_sent_for_a_submitted_report_is_refused_and_stays_in_the_form() {
    let site = Site::new();
    let path = begin(&site, 2020).await;
    let form = site.get(Role::Clerk, &format!("{path}/edit")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    act(&site, Role::Clerk, &path, Event::Freeze).await;
    act(&site, Role::Clerk, &path, Event::Submit).await;
    let version = version(&site, &path).await;
    let fields = [("version", version.as_str()), ("letter.symbol", "1140/STTTT-TTBCXB")];
    let late = site.post(Role::Clerk, &format!("{path}/edit"), &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    let page = late.text();
    let says = web_kit::Language::Vi.text("refusal.report_not_now");
    assert!(page.contains(says) && page.contains("1140/STTTT-TTBCXB"), "{page}");
}

#[tokio::test]
async fn the_page_of_a_frozen_report_shows_the_frozen_figures_and_names_those_that_differ() {
    let site = Site::new();
    let fields = [("posted_on", "05/01/2020"), ("title", "Tin đầu")];
    assert_eq!(site.post(Role::Clerk, "/registers/news/new", &fields).await.status, StatusCode::SEE_OTHER);
    let path = begin(&site, 2020).await;
    act(&site, Role::Clerk, &path, Event::Freeze).await;
    let json = site.get(Role::Clerk, &format!("{path}/files/so-lieu.json")).await.body;
    let fields = [("posted_on", "06/01/2020"), ("title", "Tin đến muộn")];
    site.post(Role::Clerk, "/registers/news/new", &fields).await;
    let page = site.get(Role::Clerk, &path).await.text();
    let t = web_kit::Language::Vi;
    assert!(
        page.contains(t.text("report.differs")) && page.contains(t.text("figure.news.total.title")),
        "{page}"
    );
    assert_eq!(site.get(Role::Clerk, &format!("{path}/files/so-lieu.json")).await.body, json);
}

#[tokio::test]
async fn a_new_report_is_offered_the_periods_of_the_closing_dates_of_its_year() {
    let site = Site::new();
    let page = site.get(Role::Clerk, "/reports?year=2020").await.text();
    assert!(page.contains("value=\"2020\" selected"), "{page}");
    assert!(page.contains("Báo cáo năm: 15/12/2019 – 14/12/2020"), "{page}");
    let before = site.get(Role::Clerk, "/reports?year=2018").await.text();
    assert!(before.contains("Năm dương lịch: 01/01/2018") && !before.contains("14/12/2018"), "{before}");
    let sent = site.post(Role::Clerk, "/reports", &[("period", "2020-closing")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
}

#[tokio::test]
async fn a_period_of_its_own_takes_two_days_and_a_reason_and_keeps_what_was_typed() {
    let site = Site::new();
    let mut fields = vec![("period", "own"), ("first", "05/03/2020"), ("last", "09/04/2020"), ("reason", "")];
    let refused = site.post(Role::Clerk, "/reports", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("href=\"#f-reason\"") && page.contains("value=\"05/03/2020\""), "{page}");
    assert!(page.contains("value=\"own\" selected") && page.contains("14/12/2020"), "{page}");
    for (name, wrong) in [("last", "01/03/2020"), ("last", ""), ("first", "hom qua")] {
        let mut fields = fields.clone();
        fields.retain(|(field, _)| *field != name);
        fields.push((name, wrong));
        let refused = site.post(Role::Clerk, "/reports", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(&format!("href=\"#f-{name}\"")), "{name} {wrong}");
    }
    fields[3] = ("reason", "Công văn số 12/STTTT");
    let sent = site.post(Role::Clerk, "/reports", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let report = site.get(Role::Clerk, &sent.location).await.text();
    assert!(report.contains("Lập với kỳ khác") && report.contains("Công văn số 12/STTTT"), "{report}");
}
